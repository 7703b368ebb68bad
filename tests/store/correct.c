/* SPDX-License-Identifier: MIT */
/* Corrections in a store: the same whether the mails came before or after them, after a
 * rebuild, after a crash between the two files, and with a truth of yesterday. */
#include "config.h"

#include <string.h>

#include "tests/store/fixture.h"

#define MAIL(letter, day, more)                                                                    \
  "From: Ana Ruiz <ana@example.org>\nSubject: Mail " letter "\nMessage-ID: <" letter               \
  "@example.org>\nDate: " day " Apr 2018 10:00:00 +0000\n" more "\nThis is what mail " letter      \
  " has to say.\n"
#define ANSWERS(letter) "In-Reply-To: <" letter "@example.org>\n"

/* a ← b ← c; d ← e apart. */
static const char *const mails[] = {
  MAIL ("a", "10", ""), MAIL ("b", "11", ANSWERS ("a")), MAIL ("c", "12", ANSWERS ("b")),
  MAIL ("d", "13", ""), MAIL ("e", "14", ANSWERS ("d")),
};
enum { A, B, C, D, E, MAILS };

static void
decide (HeddleStore *store, HeddleDecisionKind kind, int one, int other)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *subject = heddle_mail_id (mails[one], strlen (mails[one]));
  g_autofree char *value = heddle_mail_id (mails[other], strlen (mails[other]));
  HeddleEvidence evidence[] = { { subject, 0, TRUE, FALSE }, { value, 0, TRUE, FALSE } };
  g_autoptr (HeddleDecision) decision = g_new0 (HeddleDecision, 1);
  decision->kind = kind;
  decision->subject = heddle_evidence_name (&evidence[0]);
  decision->value = kind == HEDDLE_DECISION_JOIN ? heddle_evidence_name (&evidence[1]) : NULL;
  decision->time = HEDDLE_TIME_NONE;
  decision->made = 1523390351;
  g_assert_true (heddle_store_decide (store, decision, &error));
  g_assert_no_error (error);
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* "abc de": the subjects' last letters, a word a thread. */
static char *
together (HeddleStore *store)
{
  const HeddleAskOptions options = { .sort = HEDDLE_SORT_OLDEST };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) threads = heddle_store_threads (store, NULL, &options, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < threads->len; i++) {
    const char *id = ((HeddleThreadSummary *) threads->pdata[i])->thread->id;
    g_autoptr (HeddleThread) thread = heddle_store_thread (store, id, &error);
    g_assert_no_error (error);
    GString *word = g_string_new (NULL);
    for (guint n = 0; n < thread->messages->len; n++) {
      const char *subject = ((HeddleNode *) thread->messages->pdata[n])->message->subject;
      g_string_append_c (word, subject[strlen (subject) - 1]);
    }
    g_ptr_array_add (words, g_string_free (word, FALSE));
  }
  g_ptr_array_sort (words, compare_words);
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" ", (char **) words->pdata);
}

static void
assert_together (HeddleStore *store, const char *want)
{
  g_autofree char *got = together (store);
  g_assert_cmpstr (got, ==, want);
}

static void
assert_dump (HeddleStore *store, const char *want)
{
  g_autofree char *got = fixture_dump (store);
  g_assert_cmpstr (got, ==, want);
}

static void
check_words (Fixture *fixture)
{
  g_autofree char *index = g_strconcat (fixture->path, "-index", NULL);
  fixture_sql (index, "INSERT INTO words (words) VALUES ('integrity-check')");
}

/* Each decision at once, and undone by a later one. */
static void
test_decided (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  g_ptr_array_unref (fixture_index (store, mails, MAILS));
  g_autoptr (HeddleThread) first = heddle_store_thread (store, "a@example.org", &error);
  g_autoptr (HeddleThread) second = heddle_store_thread (store, "d@example.org", &error);
  g_autofree char *before = fixture_dump (store);
  assert_together (store, "abc de");
  decide (store, HEDDLE_DECISION_JOIN, A, E);
  assert_together (store, "abcde");
  for (guint i = 0; i < first->ids->len + second->ids->len; i++) {
    const char *id = i < first->ids->len ? first->ids->pdata[i]
                                         : second->ids->pdata[i - first->ids->len];
    g_autoptr (HeddleThread) found = heddle_store_thread (store, id, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (found->messages->len, ==, 5);
  }
  decide (store, HEDDLE_DECISION_SPLIT, D, D);
  assert_together (store, "abc de");
  assert_dump (store, before);
  decide (store, HEDDLE_DECISION_SPLIT, B, B);
  assert_together (store, "a bc de");
  decide (store, HEDDLE_DECISION_JOIN, B, D);
  assert_together (store, "a bcde");
  decide (store, HEDDLE_DECISION_JOIN, A, B);
  assert_together (store, "abcde");
  decide (store, HEDDLE_DECISION_SPLIT, D, D);
  assert_dump (store, before);
  check_words (fixture);
}

/* The mails one by one behind the decisions, in some orders; and all of it rebuilt. */
static void
test_later_mail (Fixture *fixture, gconstpointer unused)
{
  static const int orders[][MAILS]
      = { { A, B, C, D, E }, { E, D, C, B, A }, { C, E, A, D, B }, { B, D, A, E, C } };
  g_autofree char *want = NULL;
  for (gsize o = 0; o < G_N_ELEMENTS (orders); o++) {
    for (int late = 0; late <= MAILS; late++) {
      g_autoptr (GError) error = NULL;
      g_autofree char *name = g_strdup_printf ("%d-%d.db", (int) o, late);
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
      g_autoptr (HeddleStore) store = heddle_store_open (path, HEDDLE_STORE_WRITE, &error);
      g_assert_no_error (error);
      for (int i = 0; i < MAILS; i++) {
        if (i == late) {
          decide (store, HEDDLE_DECISION_SPLIT, B, B);
          decide (store, HEDDLE_DECISION_JOIN, C, E);
        }
        g_ptr_array_unref (fixture_index (store, &mails[orders[o][i]], 1));
      }
      if (late == MAILS) {
        decide (store, HEDDLE_DECISION_SPLIT, B, B);
        decide (store, HEDDLE_DECISION_JOIN, C, E);
      }
      assert_together (store, "a bcde");
      if (want == NULL)
        want = fixture_dump (store);
      assert_dump (store, want);
      g_assert_true (heddle_store_drop_index (store, &error));
      g_ptr_array_unref (fixture_index (store, mails, MAILS));
      assert_dump (store, want);
    }
  }
}

/* A decision that is in the truth and that the index has not heard of. */
static void
test_crash (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  g_ptr_array_unref (fixture_index (store, mails, MAILS));
  g_autofree char *index = g_strconcat (fixture->path, "-index", NULL);
  g_autofree char *aside = g_strconcat (index, ".aside", NULL);
  g_autofree char *before = fixture_dump (store);
  decide (store, HEDDLE_DECISION_JOIN, A, D);
  g_autofree char *after = fixture_dump (store);
  decide (store, HEDDLE_DECISION_SPLIT, D, D);
  assert_dump (store, before);
  /* As if the split had never been: the truth came back from a backup. */
  g_clear_pointer (&store, heddle_store_close);
  fixture_sql (fixture->path, "DELETE FROM decisions WHERE kind = 'split'");
  store = fixture_open (fixture);
  g_ptr_array_unref (fixture_index (store, mails, 1));
  assert_dump (store, after);
  /* Nor the join; then both again, in the truth alone. */
  g_clear_pointer (&store, heddle_store_close);
  fixture_sql (fixture->path, "CREATE TABLE kept AS SELECT * FROM decisions; DELETE FROM decisions");
  store = fixture_open (fixture);
  g_ptr_array_unref (fixture_index (store, mails, 1));
  assert_dump (store, before);
  g_clear_pointer (&store, heddle_store_close);
  fixture_sql (fixture->path, "INSERT INTO decisions SELECT * FROM kept; DROP TABLE kept");
  store = fixture_open (fixture);
  g_ptr_array_unref (fixture_index (store, mails, 1));
  assert_dump (store, after);
  check_words (fixture);
}

/* Another program decides while this one has the store open. */
static void
test_two (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  g_ptr_array_unref (fixture_index (store, mails, MAILS - 1));
  assert_together (store, "abc d");
  g_autoptr (HeddleStore) reader = heddle_store_open (fixture->path, HEDDLE_STORE_READ, &error);
  g_autoptr (HeddleStore) other = fixture_open (fixture);
  assert_together (reader, "abc d");
  decide (other, HEDDLE_DECISION_JOIN, A, D);
  decide (other, HEDDLE_DECISION_SPLIT, C, C);
  assert_together (reader, "abd c");
  g_ptr_array_unref (fixture_index (store, &mails[E], 1));
  assert_together (store, "abde c");
  assert_together (reader, "abde c");
}

/* What names nothing that is there is kept and does nothing. */
static void
test_strangers (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  fixture_sql (fixture->path,
               "INSERT INTO decisions (kind, subject, value, made) VALUES ('join', 'x', 'y', 1),"
               " ('split', '', NULL, 1), ('split', 'zz/0', NULL, 1), ('join', '/', '/', 1)");
  decide (store, HEDDLE_DECISION_SPLIT, B, B);
  g_ptr_array_unref (fixture_index (store, mails, 1));
  assert_together (store, "a");
  g_ptr_array_unref (fixture_index (store, mails, MAILS));
  assert_together (store, "a bc de");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store/correct/decided", test_decided);
  FIXTURE_TEST ("/store/correct/later-mail", test_later_mail);
  FIXTURE_TEST ("/store/correct/crash", test_crash);
  FIXTURE_TEST ("/store/correct/two", test_two);
  FIXTURE_TEST ("/store/correct/strangers", test_strangers);
  return g_test_run ();
}
