/* SPDX-License-Identifier: MIT */
/* Pages of an answer are pieces of the whole one, in every order; and what means something
 * to SQL or to the full text index means itself behind every prefix. */
#include "config.h"

#include <string.h>

#include "store/query.h"
#include "tests/store/fixture.h"

#define NOW 1523390351 /* 2018-04-10T19:59:11Z */
#define MAILS 90

/* Many of one time, and two that have none. */
static HeddleStore *
fill (Fixture *fixture)
{
  HeddleStore *store = fixture_open (fixture);
  g_autoptr (GPtrArray) mails = g_ptr_array_new_with_free_func (g_free);
  for (int i = 0; i < MAILS; i++) {
    g_autofree char *date = g_strdup_printf ("Date: Tue, 10 Apr 2018 09:%02d:00 +0200\n", i / 9);
    g_ptr_array_add (
        mails, g_strdup_printf (
                   "From: %s <%c@example.org>\nTo: desk@partner.example\nSubject: Stripes %d\n"
                   "Message-ID: <p%d@example.org>\n%s\nThe zebra of number %d ran away. "
                   "See https://zoo%d.example/a and ask @keeper_%d%s\n",
                   i % 3 ? "Ana Ruiz" : "Sam Lee", 'a' + i % 3, i % 10, i, i < 88 ? date : "", i,
                   i % 7, i % 5, i % 4 ? "." : ", zebra or no zebra."));
  }
  g_ptr_array_unref (fixture_index (store, (const char *const *) mails->pdata, mails->len));
  return store;
}

typedef char *(*LineFunc) (gconstpointer row);

static char *
line_of_hit (gconstpointer row)
{
  const HeddleHit *hit = row;
  return g_strdup_printf ("%s %s", hit->message, hit->snippet);
}
static char *
line_of_thread (gconstpointer row)
{
  return g_strdup (((const HeddleThreadSummary *) row)->thread->id);
}
static char *
line_of_tally (gconstpointer row)
{
  const HeddleTally *tally = row;
  return g_strdup_printf ("%s %u", tally->value, tally->count);
}

static void
append_lines (GPtrArray *lines, GPtrArray *rows, LineFunc line_of)
{
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (lines, line_of (rows->pdata[i]));
  g_ptr_array_unref (rows);
}

static GPtrArray *
ask (HeddleStore *store, const char *query, HeddleOutput output, const HeddleAskOptions *options)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = output == HEDDLE_OUTPUT_MESSAGES
                        ? heddle_store_search (store, query, options, &error)
                    : output == HEDDLE_OUTPUT_THREADS
                        ? heddle_store_threads (store, query, options, &error)
                        : heddle_store_tally (store, query, output, options, &error);
  g_assert_no_error (error);
  return rows;
}

static void
check_pages (HeddleStore *store, const char *query, HeddleOutput output, HeddleSort sort,
             guint page)
{
  LineFunc line_of = output == HEDDLE_OUTPUT_MESSAGES  ? line_of_hit
                     : output == HEDDLE_OUTPUT_THREADS ? line_of_thread
                                                       : line_of_tally;
  HeddleAskOptions options = { .sort = sort, .now = NOW };
  g_autoptr (GPtrArray) whole = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) pieces = g_ptr_array_new_with_free_func (g_free);
  append_lines (whole, ask (store, query, output, &options), line_of);
  options.limit = page;
  for (; options.offset <= whole->len; options.offset += page)
    append_lines (pieces, ask (store, query, output, &options), line_of);
  g_assert_cmpuint (pieces->len, ==, whole->len);
  g_assert_cmpuint (whole->len, >, 1);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < whole->len; i++) {
    g_assert_cmpstr (pieces->pdata[i], ==, whole->pdata[i]);
    g_assert_true (g_hash_table_add (seen, whole->pdata[i])); /* none twice */
  }
}

static void
test_pages (Fixture *fixture, gconstpointer unused)
{
  static const char *const queries[] = { "", "zebra", "from:ana", "zebra -subject:7", "keeper_1 OR stripes" };
  static const guint pages[] = { 1, 7, 50 };
  g_autoptr (HeddleStore) store = fill (fixture);
  for (gsize q = 0; q < G_N_ELEMENTS (queries); q++)
    for (gsize p = 0; p < G_N_ELEMENTS (pages); p++)
      for (int output = HEDDLE_OUTPUT_MESSAGES; output <= HEDDLE_OUTPUT_HANDLES; output++) {
        if (output == HEDDLE_OUTPUT_ATTACHMENTS)
          continue; /* there are none */
        for (int sort = HEDDLE_SORT_BEST; sort <= HEDDLE_SORT_OLDEST; sort++)
          if (output == HEDDLE_OUTPUT_MESSAGES || sort == HEDDLE_SORT_NEWEST)
            check_pages (store, queries[q], (HeddleOutput) output, (HeddleSort) sort, pages[p]);
      }
}

/* A word of more messages than are sorted (COMMON_HITS in search.c): those of a page are
 * found another way than those of the whole answer. */
static void
test_common (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  g_autoptr (GPtrArray) mails = g_ptr_array_new_with_free_func (g_free);
  for (int i = 0; i < 620; i++)
    g_ptr_array_add (mails, g_strdup_printf (
                                "From: p%d@example.org\nSubject: Page %d\nMessage-ID: <c%d@example.org>\n"
                                "Date: Tue, %02d Apr 2018 09:%02d:00 +0000\n\nThe %s of number %d.\n",
                                i % 4, i, i, 1 + i * 7 % 28, i % 3, i % 31 ? "zebra" : "horse", i));
  g_ptr_array_unref (fixture_index (store, (const char *const *) mails->pdata, mails->len));
  check_pages (store, "zebra", HEDDLE_OUTPUT_MESSAGES, HEDDLE_SORT_NEWEST, 20);
  check_pages (store, "zebra from:p3@example.org", HEDDLE_OUTPUT_MESSAGES, HEDDLE_SORT_NEWEST, 50);
  check_pages (store, "zebra OR horse", HEDDLE_OUTPUT_MESSAGES, HEDDLE_SORT_NEWEST, 61);
}

/* The index loses all threads while a question is answered, once. */
static void
lose_threads (gpointer data)
{
  char **index = data;
  if (*index != NULL)
    fixture_sql (*index, "DELETE FROM threads");
  *index = NULL;
}

/* Which messages hold a word and what is shown of them are of one state, whatever a writer
 * does between the statements. */
static void
test_one_state (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *index = g_strconcat (fixture->path, "-index", NULL);
  char *left = index;
  const HeddleAskOptions options = { .limit = 20, .sort = HEDDLE_SORT_NEWEST, .now = NOW };
  g_autoptr (GPtrArray) mails = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  for (int i = 0; i < 620; i++)
    g_ptr_array_add (mails, g_strdup_printf ("From: ana@example.org\nSubject: Page %d\nMessage-ID: <s%d@example.org>\n"
                                             "\nThe zebra of number %d.\n", i, i, i));
  g_ptr_array_unref (fixture_index (store, (const char *const *) mails->pdata, mails->len));
  heddle_store_set_idle (store, lose_threads, &left);
  g_autoptr (GPtrArray) hits = ask (store, "zebra", HEDDLE_OUTPUT_MESSAGES, &options);
  g_assert_null (left);
  g_assert_cmpuint (hits->len, ==, 20);
  heddle_store_set_idle (store, NULL, NULL);
}

static const char *const prefixes[] = { "", "from:", "to:", "participant:", "subject:", "body:", "thread:",
                                        "id:", "url:", "domain:", "handle:", "case:", "attachment:",
                                        "type:", "-from:", "-id:", "date:", "before:", "lang:", "has:",
                                        "is:" };
static const char *const nasty[] = {
  "' OR '1'='1",    "') OR 1=1 --", "x' UNION SELECT 1,2,3,4,5,6 --", "%", "_", "*", "?", "?17x", ":aq",
  "$aq", "\\", "x* OR y*", "{subject} : x", "subject : x", "NEAR(a b)", "a NEAR b", "^aq", "a + b",
  "-", "--", "/*", ";", "NULL", "1", "x'00'", "@", "@@", "<>", "\001\002", "\xe2\x80\xae", "a:b", "..",
};

/* No mail holds any of them, so whoever finds one has read it as something else. */
static void
test_nasty (Fixture *fixture, gconstpointer unused)
{
  const HeddleAskOptions options = { .now = NOW };
  g_autoptr (HeddleStore) store = fill (fixture);
  for (gsize p = 0; p < G_N_ELEMENTS (prefixes); p++)
    for (gsize i = 0; i < G_N_ELEMENTS (nasty); i++) {
      g_autofree char *query = g_strdup_printf ("%s\"%s\"", prefixes[p], nasty[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) hits = heddle_store_search (store, query, &options, &error);
      g_test_message ("%s: %d", query, hits != NULL ? (int) hits->len : -1);
      if (hits == NULL) {
        g_assert_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_QUERY);
        g_assert_true (g_str_has_prefix (error->message, "at column "));
        continue;
      }
      /* "1" is a word of some mails; ".." of a date asks for no side, which is an error. */
      if (strcmp (nasty[i], "1") != 0)
        g_assert_cmpuint (hits->len, ==, prefixes[p][0] == '-' ? MAILS : 0);
    }
}

/* One mail that holds them all, where each prefix looks. */
static void
test_literal (Fixture *fixture, gconstpointer unused)
{
  static const char *const mails[] = {
    "From: \"O'Hara; DROP TABLE\" <o'hara_%@example.org>\nTo: \"a* NEAR(b)\" <near@partner.example>\n"
    "Subject: {subject} : \"x\" OR 1=1\nMessage-ID: <'%_*?\"@example.org>\n"
    "Date: Tue, 10 Apr 2018 09:00:00 +0000\nMIME-Version: 1.0\n"
    "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\n"
    "Look at https://odd.example/a'b%25_*?c=1;d for the words.\n"
    "--x\nContent-Type: application/x-odd; name=\"50%_off';--.png\"\n"
    "Content-Disposition: attachment; filename=\"50%_off';--.png\"\n\nx\n--x--\n",
    "From: Ana Ruiz <ana@example.org>\nSubject: Lunch\nMessage-ID: <plain@example.org>\n"
    "Date: Tue, 10 Apr 2018 10:00:00 +0000\n\nAt noon? https://plain.example/ab\n",
  };
  static const char *const found[] = {
    "from:\"o'hara; drop\"", "from:o'hara_%@example.org", "to:\"a* near(b)\"", "subject:\"{subject} : x\"",
    "subject:\"or 1=1\"", "id:\"'%_*?\"", "url:\"a'b%25_*\"", "url:\"?c=1;d\"", "attachment:\"50%_off';--.png\"",
    "type:application/x-odd",
  };
  const HeddleAskOptions options = { .now = NOW };
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  g_ptr_array_unref (fixture_index (store, mails, G_N_ELEMENTS (mails)));
  for (gsize i = 0; i < G_N_ELEMENTS (found); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) hits = heddle_store_search (store, found[i], &options, &error);
    g_assert_no_error (error);
    g_test_message ("%s: %u", found[i], hits->len);
    /* A quotation mark cannot stand in a value, so that id is not to be asked for. */
    g_assert_cmpuint (hits->len, ==, g_str_has_prefix (found[i], "id:") ? 0 : 1);
  }
}

/* --- people ------------------------------------------------------------------------- */

/* The digits of the Message-IDs of @query's messages, and the words of those without one. */
static char *
found_by (HeddleStore *store, const char *query)
{
  const HeddleAskOptions options = { .sort = HEDDLE_SORT_OLDEST, .now = NOW };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = heddle_store_search (store, query, &options, &error);
  g_assert_no_error (error);
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < hits->len; i++) {
    const char *mark = strstr (((HeddleHit *) hits->pdata[i])->snippet, "mark");
    g_string_append_c (out, mark != NULL ? mark[4] : '?');
  }
  return g_string_free (out, FALSE);
}

static void
check_found (HeddleStore *store, const char *query, const char *want)
{
  g_autofree char *got = found_by (store, query);
  g_test_message ("%s", query);
  g_assert_cmpstr (got, ==, want);
}

static void
decide (HeddleStore *store, HeddleDecisionKind kind, const char *one, const char *other)
{
  g_autoptr (GError) error = NULL;
  HeddleDecision decision = { kind, (char *) one, (char *) other, HEDDLE_TIME_NONE, NOW };
  g_assert_true (heddle_store_decide (store, &decision, &error));
}

#define MAIL(from, id, day, subject, text) \
  "From: " from "\nTo: desk@partner.example\nSubject: " subject "\nMessage-ID: <" id "@x.example>\n" \
  "Date: Tue, " day " Apr 2018 09:00:00 +0200\n\n" text "\n"
#define QUOTES(day, who, text) "\n\nOn Mon, Apr " day ", 2018 at 8:00 AM, " who " wrote:\n> " text

static const char *const of_people[] = {
  MAIL ("Ana Ruiz <ana@example.org>", "1", "03", "Lock", "This lock is mark1, as we said."),
  MAIL ("Sam Lee <sam@chirper.example>", "2", "10", "Re: Lock", "I look at it, mark2.")
      QUOTES ("09", "Ana Ruiz", "Does the lock of the gate hold, mark3?")
      QUOTES ("02", "(b)(6)", "Who has the key of the gate, mark4?"),
  /* elsewhere the name alone says nothing of her */
  MAIL ("Mona Haddad <mona@partner.example>", "5", "17", "Visa", "So it is, mark5.")
      QUOTES ("16", "Ana Ruiz", "Is the visa for the journey there, mark6?"),
  /* and where another bears it, it may be either */
  MAIL ("Ana Ruiz <ana@elsewhere.example>", "7", "24", "Bus", "We take the bus at nine, mark7. To ana@example.org.")
      QUOTES ("23", "Ana Ruiz", "When does the bus to the coast leave, mark8?"),
  MAIL ("A. R. <ar@home.example>", "9", "25", "Home", "From home there is this, mark9."),
};

static HeddleStore *
fill_people (Fixture *fixture)
{
  HeddleStore *store = fixture_open (fixture);
  /* The second answers the first. */
  g_auto (GStrv) mails = g_new0 (char *, G_N_ELEMENTS (of_people) + 1);
  for (gsize i = 0; i < G_N_ELEMENTS (of_people); i++)
    mails[i] = g_strdup_printf ("%s%s", i == 1 ? "In-Reply-To: <1@x.example>\n" : "", of_people[i]);
  g_ptr_array_unref (fixture_index (store, (const char *const *) mails, G_N_ELEMENTS (of_people)));
  return store;
}

static void
test_people (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (HeddleStore) store = fill_people (fixture);
  check_found (store, "from:ana@example.org", "13");
  check_found (store, "NOT from:ana@example.org", "4265879");
  check_found (store, "from:ana@elsewhere.example", "87");
  check_found (store, "from:\"ana ruiz\"", "13687");
  check_found (store, "from:ar@home.example", "9");
  check_found (store, "from:@example.org", "1");

  decide (store, HEDDLE_DECISION_PEOPLE_JOIN, "address:ana@example.org", "address:ar@home.example");
  check_found (store, "from:ana@example.org", "139");
  check_found (store, "from:ar@home.example", "139");
  check_found (store, "from:\"a r\"", "139");
  check_found (store, "from:sam@chirper.example", "2");
  check_found (store, "from:ana@elsewhere.example", "87");

  decide (store, HEDDLE_DECISION_PEOPLE_JOIN, "name:ana ruiz", "address:mona@partner.example");
  check_found (store, "from:mona@partner.example", "3658");

  decide (store, HEDDLE_DECISION_PEOPLE_PART, "address:ar@home.example", NULL);
  check_found (store, "from:ana@example.org", "13");
  check_found (store, "from:ar@home.example", "9");
}

/* However many are one person, a query stays within its bounds. */
static void
test_many_people (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (HeddleStore) store = fill_people (fixture);
  g_autoptr (GString) query = g_string_new ("from:ana@example.org");
  for (int i = 0; i < 200; i++) {
    g_autofree char *other = g_strdup_printf ("address:a%d@example.org", i);
    decide (store, HEDDLE_DECISION_PEOPLE_JOIN, "address:ana@example.org", other);
  }
  for (int i = 0; i < 99; i++)
    g_string_append_printf (query, " OR from:a%d@example.org", i);
  check_found (store, query->str, "13");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store/asking/pages", test_pages);
  FIXTURE_TEST ("/store/asking/common", test_common);
  FIXTURE_TEST ("/store/asking/one-state", test_one_state);
  FIXTURE_TEST ("/store/asking/nasty", test_nasty);
  FIXTURE_TEST ("/store/asking/literal", test_literal);
  FIXTURE_TEST ("/store/asking/people", test_people);
  FIXTURE_TEST ("/store/asking/many-people", test_many_people);
  return g_test_run ();
}
