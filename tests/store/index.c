/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "tests/store/fixture.h"

/* One conversation of three mails and a stranger. The third quotes the second, and
 * answers one that nobody has shown us as well. */
static const char *const talk[] = {
  "From: Ana Ruiz <ana@example.org>\nTo: Sam Lee <sam@chirper.example>\n"
  "Subject: Account taken over\nMessage-ID: <a1@example.org>\n"
  "Date: Tue, 10 Apr 2018 09:00:00 +0200\n\n"
  "Dear Sam,\n\nthe account @minaret_voice was taken over this morning, please restore it "
  "to its owner as soon as you can.\n\nBest,\nAna\n",
  "From: Sam Lee <sam@chirper.example>\nTo: Ana Ruiz <ana@example.org>\n"
  "Subject: Re: Account taken over\nMessage-ID: <b1@chirper.example>\n"
  "In-Reply-To: <a1@example.org>\nReferences: <a1@example.org>\n"
  "Date: Tue, 10 Apr 2018 11:30:00 +0200\n\n"
  "Hi Ana,\n\nwe have locked it and opened Case# 778123 at https://help.chirper.example/c/778123 "
  "for the owner to write to.\n\nSam\n",
  "From: Ana Ruiz <ana@example.org>\nTo: Sam Lee <sam@chirper.example>\n"
  "Subject: Re: Account taken over\nMessage-ID: <c1@example.org>\n"
  "In-Reply-To: <b1@chirper.example>\nReferences: <a1@example.org> <b1@chirper.example>\n"
  "Date: Wed, 11 Apr 2018 10:00:00 +0200\n\n"
  "Thank you Sam, the owner has written to you now with her passport.\n\n"
  "On Tue, Apr 10, 2018 at 11:30 AM Sam Lee <sam@chirper.example> wrote:\n"
  "> Hi Ana,\n>\n> we have locked it and opened Case# 778123 at "
  "https://help.chirper.example/c/778123\n> for the owner to write to.\n>\n> Sam\n",
  "From: Mona Haddad <mona@partner.example>\nTo: Ana Ruiz <ana@example.org>\n"
  "Subject: Training in May\nMessage-ID: <d1@partner.example>\n"
  "Date: Mon, 02 Apr 2018 08:00:00 +0000\n\n"
  "We would like to hold the training on safe travel in the second week of May.\n",
};

static void
test_results (Fixture *fixture, gconstpointer unused)
{
  static const struct {
    guint added, merged;
  } want[] = { { 1, 0 }, { 1, 0 }, { 1, 1 }, { 1, 0 } };
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  g_autoptr (GPtrArray) all = fixture_index (store, talk, G_N_ELEMENTS (talk));
  const HeddleIndexed *first = all->pdata[0], *second = all->pdata[1], *last = all->pdata[3];
  for (guint i = 0; i < all->len; i++) {
    const HeddleIndexed *one = all->pdata[i];
    g_autoptr (HeddleIndexed) again = heddle_store_indexed (store, one->mail, NULL);
    g_test_message ("%s %s added %u merged %u", one->thread, one->message, one->added, one->merged);
    g_assert_cmpuint (one->added, ==, want[i].added);
    g_assert_cmpuint (one->merged, ==, want[i].merged);
    g_assert_cmpstr (again->message, ==, one->message);
    g_assert_cmpstr (again->thread, ==, one->thread);
  }
  g_assert_cmpstr (first->thread, ==, second->thread);
  g_assert_cmpstr (first->message, !=, second->message);
  g_assert_cmpstr (first->thread, !=, last->thread);
  HeddleStoreStats stats = { 0 };
  g_assert_true (heddle_store_stats (store, &stats, NULL));
  g_assert_cmpuint (stats.mails, ==, 4);
  g_assert_cmpuint (stats.messages, ==, 4);
  g_assert_cmpuint (stats.threads, ==, 2);
  g_assert_cmpuint (stats.pending, ==, 0);
}

static void
test_ids (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  /* The last first: each mail that follows changes what the conversation is. */
  for (int i = 2; i >= 0; i--) {
    g_autoptr (GPtrArray) one = fixture_index (store, &talk[i], 1);
    const HeddleIndexed *indexed = one->pdata[0];
    g_autoptr (HeddleThread) thread = heddle_store_thread (store, indexed->thread, NULL);
    g_ptr_array_add (ids, g_strdup (indexed->thread));
    for (guint n = 0; n < thread->messages->len; n++)
      g_ptr_array_add (ids, g_strdup (((HeddleNode *) thread->messages->pdata[n])->id));
  }
  g_ptr_array_add (ids, g_strdup ("a1@example.org"));
  g_ptr_array_add (ids, g_strdup ("<b1@chirper.example>"));
  g_autoptr (HeddleThread) want = heddle_store_thread (store, "<c1@example.org>", NULL);
  g_assert_nonnull (want);
  g_assert_cmpuint (want->messages->len, ==, 3);
  for (guint i = 0; i < ids->len; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (HeddleThread) thread = heddle_store_thread (store, ids->pdata[i], &error);
    g_assert_no_error (error);
    g_assert_cmpstr (thread->id, ==, want->id);
  }
}

static void
test_unknown (Fixture *fixture, gconstpointer unused)
{
  static const char *const ids[] = { "", "t000000000000", "m000000000000", "<>", "x@y", "' OR 1 --" };
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  g_autoptr (GPtrArray) all = fixture_index (store, talk, G_N_ELEMENTS (talk));
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (HeddleThread) thread = heddle_store_thread (store, ids[i], &error);
    g_assert_null (thread);
    g_assert_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_UNKNOWN);
  }
}

static void
permute (Fixture *fixture, int *order, int fixed, char **want)
{
  if (fixed < 4) {
    for (int i = fixed; i < 4; i++) {
      int swap[4];
      memcpy (swap, order, sizeof swap);
      swap[fixed] = order[i];
      swap[i] = order[fixed];
      permute (fixture, swap, fixed + 1, want);
    }
    return;
  }
  g_autofree char *name = g_strdup_printf ("%d%d%d%d.db", order[0], order[1], order[2], order[3]);
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (HeddleStore) store = heddle_store_open (path, HEDDLE_STORE_WRITE, NULL);
  for (int i = 0; i < 4; i++)
    g_ptr_array_unref (fixture_index (store, &talk[order[i]], 1));
  g_autofree char *got = fixture_dump (store);
  if (*want == NULL)
    *want = g_strdup (got);
  g_assert_cmpstr (got, ==, *want);
}

static void
test_orders (Fixture *fixture, gconstpointer unused)
{
  int order[4] = { 0, 1, 2, 3 };
  g_autofree char *want = NULL;
  permute (fixture, order, 0, &want);
}

/* The index anew from the truth, and each mail a second time, give the same. */
static void
test_rebuild (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  g_ptr_array_unref (fixture_index (store, talk, G_N_ELEMENTS (talk)));
  g_autofree char *before = fixture_dump (store);
  g_ptr_array_unref (fixture_index (store, talk, G_N_ELEMENTS (talk)));
  g_autofree char *twice = fixture_dump (store);
  g_assert_cmpstr (twice, ==, before);
  g_assert_true (heddle_store_drop_index (store, &error));
  g_assert_no_error (error);
  g_autoptr (GPtrArray) pending = heddle_store_pending (store, 0, NULL);
  g_assert_cmpuint (pending->len, ==, 4);
  g_autofree char *empty = fixture_dump (store);
  g_assert_cmpstr (empty, ==, "");
  for (int i = 3; i >= 0; i--)
    g_ptr_array_unref (fixture_index (store, &talk[i], 1));
  g_autofree char *after = fixture_dump (store);
  g_assert_cmpstr (after, ==, before);
  g_autofree char *index = g_strconcat (fixture->path, "-index", NULL);
  fixture_sql (index, "INSERT INTO words (words) VALUES ('integrity-check')");
}

static HeddleIndexed *
index_record (HeddleStore *store, HeddleStoreRecord *record)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records
      = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_store_record_free);
  g_autoptr (GPtrArray) indexed = NULL;
  g_ptr_array_add (records, record);
  g_assert_true (heddle_store_index (store, records, &indexed, &error));
  g_assert_no_error (error);
  return g_ptr_array_steal_index (indexed, 0);
}

/* A mail that is read differently, as by a better parser, leaves nothing of what it was
 * before: the one that held two others together lets them part. */
static void
test_anew (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  const char *const outer[] = { talk[0], talk[3] };
  g_ptr_array_unref (fixture_index (store, outer, 2));
  g_autofree char *apart = fixture_dump (store);
  g_ptr_array_unref (fixture_index (store, &talk[1], 1));
  HeddleStoreRecord *record = fixture_record (talk[1]);
  g_clear_pointer (&record->record, g_bytes_unref);
  record->reason = g_strdup ("the parser was killed");
  g_autoptr (HeddleIndexed) indexed = index_record (store, record);
  g_assert_null (indexed->thread);
  g_autofree char *got = fixture_dump (store);
  g_assert_cmpstr (got, ==, apart);
  g_autofree char *index = g_strconcat (fixture->path, "-index", NULL);
  fixture_sql (index, "INSERT INTO words (words) VALUES ('integrity-check')");
  g_assert_cmpint (fixture_number (index, "SELECT count(*) FROM facts WHERE node NOT IN (SELECT id FROM nodes)"), ==, 0);
  g_assert_cmpint (fixture_number (index, "SELECT count(*) FROM keys WHERE mail NOT IN (SELECT id FROM mails)"), ==, 0);
}

static void
test_quarantine (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  g_autofree char *mail = fixture_add (store, talk[0]);
  HeddleStoreRecord *record = g_new0 (HeddleStoreRecord, 1);
  record->mail = g_strdup (mail);
  record->reason = g_strdup ("over its memory");
  heddle_indexed_free (index_record (store, record));
  /* A child that was taken over sends what is no record. */
  g_autofree char *other = fixture_add (store, talk[1]);
  record = g_new0 (HeddleStoreRecord, 1);
  record->mail = g_strdup (other);
  record->record = g_bytes_new_static ("\xff\xff\xff\xff\xff\xff\xff\xff\xff", 9);
  heddle_indexed_free (index_record (store, record));
  g_autoptr (GPtrArray) list = heddle_store_quarantine (store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 2);
  const HeddleQuarantined *item = list->pdata[0];
  g_assert_cmpstr (item->mail, ==, mail);
  g_assert_cmpstr (item->reason, ==, "over its memory");
  g_assert_cmpint (item->size, ==, (gint64) strlen (talk[0]));
  g_assert_cmpint (item->since, ==, 1523390351);
  g_autoptr (GPtrArray) pending = heddle_store_pending (store, 0, NULL);
  g_assert_cmpuint (pending->len, ==, 0);
  g_assert_true (heddle_store_release (store, mail, &error));
  g_autoptr (GPtrArray) again = heddle_store_pending (store, 0, NULL);
  g_assert_cmpuint (again->len, ==, 1);
  g_assert_cmpstr (again->pdata[0], ==, mail);
  g_assert_false (heddle_store_release (store, mail, &error));
  g_assert_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_UNKNOWN);
}

static void
test_stranger (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  g_autoptr (GPtrArray) records
      = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_store_record_free);
  g_free (fixture_add (store, talk[0]));
  g_ptr_array_add (records, fixture_record (talk[0]));
  g_ptr_array_add (records, fixture_record (talk[1])); /* not in the truth */
  g_assert_false (heddle_store_index (store, records, NULL, &error));
  g_assert_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_UNKNOWN);
  g_autoptr (GPtrArray) pending = heddle_store_pending (store, 0, NULL);
  g_assert_cmpuint (pending->len, ==, 1); /* none is indexed where one is not */
}

static void
test_ambiguous (Fixture *fixture, gconstpointer unused)
{
  static const char *const forged[] = {
    "From: Mallory <m@evil.example>\nMessage-ID: <d1@partner.example>\nSubject: Invoice\n"
    "Date: Fri, 06 Jul 2018 08:00:00 +0000\n\nPlease pay the attached invoice by return of post.\n",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  g_ptr_array_unref (fixture_index (store, &talk[3], 1));
  g_ptr_array_unref (fixture_index (store, forged, 1));
  HeddleStoreStats stats = { 0 };
  g_assert_true (heddle_store_stats (store, &stats, NULL));
  g_assert_cmpuint (stats.messages, ==, 2); /* neither hides the other */
  g_assert_cmpuint (stats.threads, ==, 2);
  /* Both are proven, and shown once: the least of their ids decides, in any order. Either
   * says that there is the other, which its own id finds. */
  g_autoptr (HeddleThread) thread = heddle_store_thread (store, "<d1@partner.example>", &error);
  g_assert_no_error (error);
  const HeddleNode *first = thread->messages->pdata[0];
  g_assert_cmpuint (first->namesakes->len, ==, 1);
  const char *other_id = first->namesakes->pdata[0];
  g_autoptr (HeddleThread) other = heddle_store_thread (store, other_id, &error);
  g_assert_no_error (error);
  const HeddleNode *second = other->messages->pdata[0];
  g_assert_cmpstr (second->namesakes->pdata[0], ==, first->id);
  g_assert_cmpstr (second->message->message_id, ==, first->message->message_id);
  g_autoptr (GPtrArray) both = heddle_store_search (
      store, "id:d1@partner.example", &(HeddleAskOptions){ .now = 1530000000 }, &error);
  g_assert_cmpuint (both->len, ==, 2);
}

typedef struct {
  const char *bytes; /* what the index file is made */
  gsize length;
  const char *sql;   /* (nullable) run on it instead */
} Damage;

/* Who only asks need not be told when the store is opened, but with the answer. */
static void
check_asked_damaged (Fixture *fixture)
{
  static const HeddleAskOptions options = { .now = 1530000000 };
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleStore) store = heddle_store_open (fixture->path, HEDDLE_STORE_ASK, &error);
  g_autoptr (GPtrArray) found
      = store != NULL ? heddle_store_search (store, "domain:example.org", &options, &error) : NULL;
  g_assert_null (found);
  g_assert_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, "heddle rebuild"));
}

/* Asked quickly or read with care, the answers are the same: while the truth's first page
 * still waits beside its file, and when it is in it. */
static void
test_asked (Fixture *fixture, gconstpointer unused)
{
  static const HeddleAskOptions options = { .now = 1530000000 };
  HeddleStore *writer = fixture_open (fixture);
  g_ptr_array_unref (fixture_index (writer, talk, G_N_ELEMENTS (talk)));
  for (int closed = 0; closed < 2; closed++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (HeddleStore) store = heddle_store_open (fixture->path, HEDDLE_STORE_ASK, &error);
    g_assert_no_error (error);
    g_autoptr (GPtrArray) hits = heddle_store_search (store, "", &options, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (hits->len, ==, 4);
    const HeddleHit *hit = hits->pdata[0];
    g_autoptr (HeddleThread) thread = heddle_store_thread (store, hit->message, &error);
    g_assert_no_error (error);
    g_autoptr (GPtrArray) decisions = heddle_store_decisions (store, &error);
    g_assert_no_error (error);
    g_autofree char *mail = g_strdup (((HeddleEvidence *) ((HeddleNode *) thread->messages->pdata[0])
                                           ->evidence->pdata[0])->mail);
    g_autoptr (GBytes) raw = heddle_store_raw (store, mail, &error);
    g_assert_no_error (error);
    g_clear_pointer (&writer, heddle_store_close);
  }
}

/* A search does not open the truth, so what is wrong with it is no matter of the search. */
static void
test_asked_alone (Fixture *fixture, gconstpointer unused)
{
  static const HeddleAskOptions options = { .now = 1530000000 };
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize length = 0;
  HeddleStore *store = fixture_open (fixture);
  g_ptr_array_unref (fixture_index (store, talk, G_N_ELEMENTS (talk)));
  heddle_store_close (store);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &length, NULL));
  memset (bytes + 100, 0x5a, 3996); /* the tables' names; not the page behind them */
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) length, NULL));
  store = heddle_store_open (fixture->path, HEDDLE_STORE_READ, &error);
  g_assert_null (store);
  g_assert_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_CORRUPT);
  g_clear_error (&error);
  store = heddle_store_open (fixture->path, HEDDLE_STORE_ASK, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) hits = heddle_store_search (store, "", &options, &error);
  g_assert_cmpuint (hits->len, ==, 4);
  const HeddleHit *hit = hits->pdata[0];
  g_autoptr (HeddleThread) thread = heddle_store_thread (store, hit->message, &error);
  g_assert_null (thread);
  g_assert_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_CORRUPT);
  heddle_store_close (store);
}

/* The store of somebody else in this one's place: its index is not asked. */
static void
test_asked_of_another (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *other = g_strconcat (fixture->path, ".other", NULL);
  g_autofree char *other_index = g_strconcat (other, "-index", NULL);
  g_autoptr (GError) error = NULL;
  HeddleStore *store = fixture_open (fixture);
  g_ptr_array_unref (fixture_index (store, talk, G_N_ELEMENTS (talk)));
  heddle_store_close (store);
  heddle_store_close (heddle_store_open (other, HEDDLE_STORE_WRITE, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_rename (other, fixture->path), ==, 0);
  store = heddle_store_open (fixture->path, HEDDLE_STORE_ASK, &error);
  g_assert_null (store);
  g_assert_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_CORRUPT);
  g_remove (other_index);
}

static void
test_damaged (Fixture *fixture, gconstpointer unused)
{
  static const Damage damages[] = {
    { "this is no database, but quite long enough for one to look at it as if it were", 78, NULL },
    { "SQLite format 3\0\x10\0\2\2\0\x40\x20\x20garbage garbage garbage garbage garbage garbage", 71, NULL },
    { "", 0, NULL },
    { NULL, 0, "DROP TABLE facts" },
    { NULL, 0, "PRAGMA application_id=5" },
    { NULL, 0, "UPDATE meta SET value = x'00'" }, /* the index of another truth */
  };
  g_autofree char *index = g_strconcat (fixture->path, "-index", NULL);
  g_autofree char *want = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (damages); i++) {
    g_autoptr (GError) error = NULL;
    HeddleStore *store = fixture_open (fixture);
    g_ptr_array_unref (fixture_index (store, talk, G_N_ELEMENTS (talk)));
    g_autofree char *dump = fixture_dump (store);
    heddle_store_close (store);
    if (want == NULL)
      want = g_strdup (dump);
    g_assert_cmpstr (dump, ==, want);
    if (damages[i].sql != NULL)
      fixture_sql (index, damages[i].sql);
    else
      g_assert_true (g_file_set_contents (index, damages[i].bytes, (gssize) damages[i].length, NULL));
    g_test_message ("damage %d", (int) i);
    store = heddle_store_open (fixture->path, HEDDLE_STORE_READ, &error);
    g_assert_null (store);
    g_assert_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_CORRUPT);
    g_assert_nonnull (strstr (error->message, "heddle rebuild"));
    check_asked_damaged (fixture);
    store = fixture_open (fixture);
    g_autoptr (GPtrArray) pending = heddle_store_pending (store, 0, NULL);
    g_assert_cmpuint (pending->len, ==, 4);
    heddle_store_close (store);
  }
  g_remove (index);
  g_autoptr (GError) error = NULL;
  HeddleStore *reader = heddle_store_open (fixture->path, HEDDLE_STORE_READ, &error);
  g_assert_null (reader);
  g_assert_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_CORRUPT);
}

/* A truth that lost its name takes no sound index with it, which may be all that is left of
 * some mails, and nobody is sent to rebuild. */
static void
test_nameless (Fixture *fixture, gconstpointer unused)
{
  static const char *const damages[] = { NULL, "DELETE FROM meta", "UPDATE meta SET value = x'00'" };
  static const HeddleStoreMode modes[]
      = { HEDDLE_STORE_WRITE, HEDDLE_STORE_WRITE, HEDDLE_STORE_READ, HEDDLE_STORE_ASK };
  g_autofree char *index = g_strconcat (fixture->path, "-index", NULL);
  g_autofree char *aside = g_strconcat (index, ".damaged", NULL), *truth = NULL, *before = NULL;
  gsize truth_length = 0, length = 0, after_length = 0;
  HeddleStore *store = fixture_open (fixture);
  g_ptr_array_unref (fixture_index (store, talk, G_N_ELEMENTS (talk)));
  heddle_store_close (store);
  g_assert_true (g_file_get_contents (fixture->path, &truth, &truth_length, NULL));
  g_assert_true (g_file_get_contents (index, &before, &length, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (damages); i++) {
    g_autofree char *copy = g_memdup2 (truth, truth_length), *after = NULL;
    if (damages[i] == NULL)
      memset (copy + 4096, 0x5a, 4096);
    g_assert_true (g_file_set_contents (fixture->path, copy, (gssize) truth_length, NULL));
    if (damages[i] != NULL)
      fixture_sql (fixture->path, damages[i]);
    for (gsize m = 0; m < G_N_ELEMENTS (modes); m++) {
      g_autoptr (GError) error = NULL;
      store = heddle_store_open (fixture->path, modes[m], &error);
      g_assert_null (store);
      g_assert_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_CORRUPT);
      g_assert_nonnull (strstr (error->message, "restore it from a backup"));
    }
    g_assert_false (g_file_test (aside, G_FILE_TEST_EXISTS));
    g_assert_true (g_file_get_contents (index, &after, &after_length, NULL));
    g_assert_cmpmem (before, length, after, after_length);
  }
}

/* Damage further in is met while one works; heddle_store_drop_index() mends it. */
static void
test_damaged_inside (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *index = g_strconcat (fixture->path, "-index", NULL);
  g_autofree char *bytes = NULL;
  gsize length = 0;
  HeddleStore *store = fixture_open (fixture);
  g_ptr_array_unref (fixture_index (store, talk, G_N_ELEMENTS (talk)));
  heddle_store_close (store);
  g_assert_true (g_file_get_contents (index, &bytes, &length, NULL));
  memset (bytes + 4096, 0x5a, length - 4096);
  g_assert_true (g_file_set_contents (index, bytes, (gssize) length, NULL));
  store = fixture_open (fixture);
  g_assert_true (heddle_store_drop_index (store, &error));
  g_assert_no_error (error);
  g_autoptr (GPtrArray) pending = heddle_store_pending (store, 0, NULL);
  g_assert_cmpuint (pending->len, ==, 4);
  g_ptr_array_unref (fixture_index (store, talk, G_N_ELEMENTS (talk)));
  heddle_store_close (store);
}

/* Another program set the file aside while this one had it open. */
static void
test_moved (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *index = g_strconcat (fixture->path, "-index", NULL);
  g_autofree char *aside = g_strconcat (index, ".damaged", NULL);
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  g_ptr_array_unref (fixture_index (store, talk, 2));
  g_assert_cmpint (g_rename (index, aside), ==, 0);
  g_ptr_array_unref (fixture_index (store, &talk[3], 1));
  g_autoptr (GPtrArray) pending = heddle_store_pending (store, 0, NULL);
  g_assert_cmpuint (pending->len, ==, 2);
}

/* Killed while it indexes, at any moment: what is not in the index is pending, and
 * after catching up all is as if nothing had happened. */
static void
test_kill (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (fixture->folder, "quiet.db", NULL);
  HeddleStore *quiet = heddle_store_open (path, HEDDLE_STORE_WRITE, NULL);
  g_ptr_array_unref (fixture_index (quiet, talk, G_N_ELEMENTS (talk)));
  g_autofree char *want = fixture_dump (quiet);
  heddle_store_close (quiet);
  heddle_store_close (fixture_open (fixture));
  for (int round = 0; round < 8; round++) {
    int ready[2];
    char byte;
    g_assert_cmpint (pipe (ready), ==, 0);
    pid_t pid = fork ();
    if (pid == 0) {
      HeddleStore *store = fixture_open (fixture);
      for (;;) {
        if (!heddle_store_drop_index (store, NULL) || write (ready[1], "x", 1) != 1)
          _exit (1);
        for (int i = 0; i < 4; i++)
          g_ptr_array_unref (fixture_index (store, &talk[i], 1));
      }
    }
    g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
    g_usleep ((gulong) round * 9000);
    kill (pid, SIGKILL);
    waitpid (pid, NULL, 0);
    close (ready[0]);
    close (ready[1]);
    g_autoptr (HeddleStore) store = fixture_open (fixture);
    g_autoptr (GPtrArray) pending = heddle_store_pending (store, 0, NULL);
    g_test_message ("round %d: %u pending", round, pending->len);
    for (guint i = 0; i < pending->len; i++)
      for (int j = 0; j < 4; j++) {
        g_autofree char *mail = heddle_mail_id (talk[j], strlen (talk[j]));
        if (strcmp (mail, pending->pdata[i]) == 0)
          g_ptr_array_unref (fixture_index (store, &talk[j], 1));
      }
    g_ptr_array_unref (fixture_index (store, talk, G_N_ELEMENTS (talk)));
    g_autofree char *got = fixture_dump (store);
    g_assert_cmpstr (got, ==, want);
  }
}

/* A mail proven later is proven in its thread, without indexing it again. */
static void
test_verified (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  g_ptr_array_unref (fixture_index (store, talk, 1));
  g_autoptr (GPtrArray) mails
      = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_store_mail_free);
  for (int proven = 0; proven <= 1; proven++) {
    g_autoptr (HeddleThread) thread = heddle_store_thread (store, "a1@example.org", NULL);
    const HeddleNode *node = thread->messages->pdata[0];
    g_assert_cmpint (((HeddleEvidence *) node->evidence->pdata[0])->verified, ==, proven);
    if (proven == 0) {
      g_ptr_array_add (mails, fixture_mail (talk[0], TRUE));
      g_assert_true (heddle_store_add_mails (store, mails, NULL, NULL));
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store/index/results", test_results);
  FIXTURE_TEST ("/store/index/ids", test_ids);
  FIXTURE_TEST ("/store/index/unknown", test_unknown);
  FIXTURE_TEST ("/store/index/orders", test_orders);
  FIXTURE_TEST ("/store/index/rebuild", test_rebuild);
  FIXTURE_TEST ("/store/index/asked", test_asked);
  FIXTURE_TEST ("/store/index/asked-alone", test_asked_alone);
  FIXTURE_TEST ("/store/index/asked-of-another", test_asked_of_another);
  FIXTURE_TEST ("/store/index/anew", test_anew);
  FIXTURE_TEST ("/store/index/quarantine", test_quarantine);
  FIXTURE_TEST ("/store/index/stranger", test_stranger);
  FIXTURE_TEST ("/store/index/ambiguous", test_ambiguous);
  FIXTURE_TEST ("/store/index/damaged", test_damaged);
  FIXTURE_TEST ("/store/index/damaged-inside", test_damaged_inside);
  FIXTURE_TEST ("/store/index/nameless", test_nameless);
  FIXTURE_TEST ("/store/index/moved", test_moved);
  FIXTURE_TEST ("/store/index/kill", test_kill);
  FIXTURE_TEST ("/store/index/verified", test_verified);
  return g_test_run ();
}
