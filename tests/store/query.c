/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <string.h>

#include "store/store.h"
#include "tests/store/fixture.h"
#include "store/query.h"

#define NOW 1523390351 /* 2018-04-10T19:59:11Z, a Tuesday */

/* A tree as one line, for comparison. */
static void
write_tree (GString *out, const HeddleQuery *query)
{
  static const char *const names[] = { "all", "and", "or", "not", "words", "fact", "time", "flag",
                                       "id", "thread", "named", "state" };
  g_string_append_printf (out, "%s", names[query->kind]);
  if (query->kind == HEDDLE_QUERY_WORDS) {
    g_string_append_printf (out, "[%s:", query->columns);
    for (guint i = 0; i < query->terms->len; i++)
      g_string_append_printf (out, " %s", (char *) query->terms->pdata[i]);
    g_string_append (out, query->beginning ? "*]" : "]");
  } else if (query->kind == HEDDLE_QUERY_FACT) {
    g_string_append_printf (out, "[%d-%d %d %s]", query->first_fact, query->last_fact, query->match,
                            query->value);
  } else if (query->kind == HEDDLE_QUERY_TIME) {
    g_autofree char *from = heddle_time_format (query->from);
    g_autofree char *to = heddle_time_format (query->to);
    g_string_append_printf (out, "[%s %s]", from != NULL ? from : "-", to != NULL ? to : "-");
  } else if (query->kind == HEDDLE_QUERY_FLAG) {
    g_string_append_printf (out, "[%u]", query->flags);
  } else if (query->kind == HEDDLE_QUERY_STATE) {
    g_string_append_printf (out, "[%d]", query->state);
  } else if (query->value != NULL) {
    g_string_append_printf (out, "[%s]", query->value);
  }
  if (query->children == NULL)
    return;
  g_string_append_c (out, '(');
  for (guint i = 0; i < query->children->len; i++) {
    if (i > 0)
      g_string_append_c (out, ' ');
    write_tree (out, query->children->pdata[i]);
  }
  g_string_append_c (out, ')');
}

static const struct {
  const char *query, *tree;
} trees[] = {
  { "", "all" },
  { "  \t\n ", "all" },
  { "*", "all" },
  { "Update", "words[{subject body}: update]" },
  { "upd*", "words[{subject body}: upd*]" },
  { "follow-up", "words[{subject body}: follow up]" },
  { "\"please Advise\"", "words[{subject body}: please advise]" },
  { "a b", "and(words[{subject body}: a] words[{subject body}: b])" },
  { "a AND b", "and(words[{subject body}: a] words[{subject body}: b])" },
  { "a OR b c", "or(words[{subject body}: a] and(words[{subject body}: b] words[{subject body}: c]))" },
  { "(a OR b) c", "and(or(words[{subject body}: a] words[{subject body}: b]) words[{subject body}: c])" },
  { "-a", "not(words[{subject body}: a])" },
  { "NOT (a b)", "not(and(words[{subject body}: a] words[{subject body}: b]))" },
  { "a -from:sam", "and(words[{subject body}: a] not(words[author: sam]))" },
  { "and or", "and(words[{subject body}: and] words[{subject body}: or])" },
  { "ANDES", "words[{subject body}: andes]" },
  { "12:30", "words[{subject body}: 12 30]" },
  { "https://x.example/a", "words[{subject body}: https x example a]" },
  { "\"foo:bar\"", "words[{subject body}: foo bar]" },
  { "from:ana", "words[author: ana]" },
  { "FROM:\"Ana Ruiz\"", "words[author: ana ruiz]" },
  { "from:Ana@Example.org", "fact[0-0 0 ana@example.org]" },
  { "from:@example.org", "fact[0-0 3 @example.org]" },
  { "from:example.org", "words[author: example org]" },
  { "to:ana", "words[others: ana]" },
  { "participant:ana@example.org", "fact[0-1 0 ana@example.org]" },
  { "participant:\"Ana Ruiz <ana@example.org>\"", "words[{author others}: ana ruiz ana example org]" },
  { "subject:x body:y", "and(words[subject: x] words[body: y])" },
  { "attachment:shot.png", "words[attachments: shot png]" },
  { "thread:tabc", "thread[tabc]" },
  { "id:<x@y>", "id[x@y]" },
  { "url:HTTPS://Example.org/A", "fact[2-2 1 https://example.org/a]" },
  { "domain:Example.ORG", "fact[3-3 0 example.org]" },
  { "handle:Example_", "fact[4-4 0 @example_]" },
  { "handle:@example_", "fact[4-4 0 @example_]" },
  { "case:1234", "fact[5-5 0 1234]" },
  { "type:image", "fact[7-7 2 image/]" },
  { "type:image/png", "fact[7-7 0 image/png]" },
  { "is:received OR has:url", "or(flag[1] flag[32])" },
  { "lang:FA", "fact[8-8 0 fa]" },
  { "lang:pt-BR", "fact[8-8 0 pt]" },
  { "is:open", "state[0]" },
  { "is:Waiting -is:overdue", "and(state[1] not(state[2]))" },
  { "is:closed", "not(state[3])" },
  { "date:2018", "time[2018-01-01T00:00:00Z 2019-01-01T00:00:00Z]" },
  { "date:2018-04", "time[2018-04-01T00:00:00Z 2018-05-01T00:00:00Z]" },
  { "date:2018-02..2018-04-10", "time[2018-02-01T00:00:00Z 2018-04-11T00:00:00Z]" },
  { "date:2018-04-10T15:40", "time[2018-04-10T15:40:00Z 2018-04-10T15:41:00Z]" },
  { "date:2018-04-10T15:40:30Z..", "time[2018-04-10T15:40:30Z -]" },
  { "date:2018-04-10T15:40-0400", "time[2018-04-10T19:40:00Z 2018-04-10T19:41:00Z]" },
  { "date:..2018", "time[- 2019-01-01T00:00:00Z]" },
  { "before:2018-04", "time[- 2018-04-01T00:00:00Z]" },
  { "after:2018-04", "time[2018-04-01T00:00:00Z -]" },
  { "date:today", "time[2018-04-10T00:00:00Z 2018-04-11T00:00:00Z]" },
  { "date:yesterday..today", "time[2018-04-09T00:00:00Z 2018-04-11T00:00:00Z]" },
  { "date:3days..", "time[2018-04-07T00:00:00Z -]" },
  { "date:1day", "time[2018-04-09T00:00:00Z 2018-04-10T00:00:00Z]" },
  { "date:2weeks..", "time[2018-03-25T00:00:00Z -]" },
  { "date:1month..", "time[2018-03-01T00:00:00Z -]" },
  { "date:1year", "time[2017-01-01T00:00:00Z 2018-01-01T00:00:00Z]" },
  { "date:1M", "time[2018-03-01T00:00:00Z 2018-04-01T00:00:00Z]" },
  { "date:5m..", "time[2018-04-10T19:54:00Z -]" },
  { "date:tuesday", "time[2018-04-03T00:00:00Z 2018-04-04T00:00:00Z]" },
  { "date:Sun", "time[2018-04-08T00:00:00Z 2018-04-09T00:00:00Z]" },
  { "date:march", "time[2018-03-01T00:00:00Z 2018-04-01T00:00:00Z]" },
  { "date:dec_2017..jan", "time[2017-12-01T00:00:00Z 2018-02-01T00:00:00Z]" },
  { "date:10_april", "time[2018-04-10T00:00:00Z 2018-04-11T00:00:00Z]" },
  { "date:april_10", "time[2018-04-10T00:00:00Z 2018-04-11T00:00:00Z]" },
  { "date:10april2017", "time[2017-04-10T00:00:00Z 2017-04-11T00:00:00Z]" },
  { "date:2017_april", "time[2017-04-01T00:00:00Z 2017-05-01T00:00:00Z]" },
  { "date:20170410", "time[2017-04-10T00:00:00Z 2017-04-11T00:00:00Z]" },
  { "date:10.4.2017", "time[2017-04-10T00:00:00Z 2017-04-11T00:00:00Z]" },
  { "date:4/10/2017", "time[2017-04-10T00:00:00Z 2017-04-11T00:00:00Z]" },
  { "date:@1523390351", "time[2018-04-10T19:59:11Z 2018-04-10T19:59:12Z]" },
  { "date:2hours..", "time[2018-04-10T17:00:00Z -]" },
  { "date:this_week", "time[2018-04-08T00:00:00Z 2018-04-15T00:00:00Z]" },
  { "date:last_month", "time[2018-03-01T00:00:00Z 2018-04-01T00:00:00Z]" },
  { "日本", "words[{subject body}: 日 本]" },
};

static void
test_trees (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (trees); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (HeddleQuery) query = heddle_query_parse (trees[i].query, NOW, NULL, &error);
    g_test_message ("%s", trees[i].query);
    g_assert_no_error (error);
    g_autoptr (GString) got = g_string_new (NULL);
    write_tree (got, query);
    g_assert_cmpstr (got->str, ==, trees[i].tree);
  }
}

static const struct {
  const char *query, *beginning;
} errors[] = {
  { "a (b", "at column 3: this bracket is never closed" },
  { "a )", "at column 3: this bracket was never opened" },
  { ")", "at column 1: a word" },
  { "()", "at column 1: there is nothing between" },
  { "é \"b c", "at column 3: this quotation mark is never closed" },
  { "a OR", "at column 5: a word, a phrase" },
  { "OR a", "at column 1: a word, a phrase" },
  { "AND", "at column 1: a word, a phrase" },
  { "a AND OR b", "at column 7: a word" },
  { "NOT", "at column 4: a word" },
  { "a - b", "at column 3: '-' stands before nothing" },
  { "-", "at column 1: '-' stands before nothing" },
  { "from:", "at column 6: a value is expected after 'from:'" },
  { "x from:\"\"", "at column 3: a value is expected after 'from:'" },
  { "colour:red", "at column 1: there is no prefix 'colour:'" },
  { "***", "at column 1: there is no word in" },
  { "\"\"", "at column 1: there is no word in" },
  { "date:soon", "at column 6: 'soon' is no date" },
  { "date:2018-13", "at column 6: '2018-13' is no date" },
  { "date:april_april", "at column 6: 'april_april' is no date" },
  { "date:31_april", "at column 6: '31_april' is no date" },
  { "date:0_april", "at column 6: '0_april' is no date" },
  { "date:1_2_april", "at column 6: '1_2_april' is no date" },
  { "date:april_", "at column 6: 'april_' is no date" },
  { "date:20180230", "at column 6: '20180230' is no date" },
  { "date:20180400", "at column 6: '20180400' is no date" },
  { "date:1.13.2018", "at column 6: '1.13.2018' is no date" },
  { "date:1.2.3.2018", "at column 6: '1.2.3.2018' is no date" },
  { "date:@", "at column 6: '@' is no date" },
  { "date:ap", "at column 6: 'ap' is no date" },
  { "date:2018-04-31", "at column 6: '2018-04-31' is no date" },
  { "date:..", "at column 6: a date is expected" },
  { "date:2019..2018", "at column 6: '2019..2018' ends before it begins" },
  { "is:blue", "at column 4: is: knows received" },
  { "has:wings", "at column 5: has: knows attachment, url" },
  { "lang:klingon", "at column 6: 'klingon' is no language" },
};

static void
test_errors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (HeddleQuery) query = heddle_query_parse (errors[i].query, NOW, NULL, &error);
    g_test_message ("%s: %s", errors[i].query, error != NULL ? error->message : "no error");
    g_assert_null (query);
    g_assert_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_QUERY);
    g_assert_true (g_str_has_prefix (error->message, errors[i].beginning));
  }
}

/* @unit @count times. */
static char *
repeat (const char *unit, guint count, const char *tail)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < count; i++)
    g_string_append (text, unit);
  g_string_append (text, tail);
  return g_string_free (text, FALSE);
}

static void
test_bounds (void)
{
  static const struct {
    const char *unit;
    guint count;
    const char *what;
  } cases[] = {
    { "(", 8000, "deep" },      { "NOT ", 2000, "deep" }, { "-", 8000, "deep" },
    { "a ", 4000, "100 terms" }, { "a", 9000, "8192 bytes" }, { "(a ", 2000, "deep" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *text = repeat (cases[i].unit, cases[i].count, "x");
    g_autoptr (HeddleQuery) query = heddle_query_parse (text, NOW, NULL, &error);
    g_assert_null (query);
    g_assert_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_QUERY);
    g_assert_nonnull (strstr (error->message, cases[i].what));
  }
}

/* Dates are read in the asker's zone. */
static void
test_zone (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr (GError) error = NULL;
  g_assert_nonnull (zone);
  g_autoptr (HeddleQuery) query = heddle_query_parse ("date:2018-03-25", NOW, zone, &error);
  g_autoptr (GString) got = g_string_new (NULL);
  g_assert_no_error (error);
  write_tree (got, query); /* the day has 23 hours */
  g_assert_cmpstr (got->str, ==, "time[2018-03-24T23:00:00Z 2018-03-25T22:00:00Z]");
}

/* Whatever is asked, the answer is one or a QUERY error, and the store stays whole. The
 * same strings are asked of a store without mails, so the SQL runs. */
static void
test_hostile (Fixture *fixture, gconstpointer unused)
{
  static const char *const queries[] = {
    "'; DROP TABLE nodes; --", "\"'; DELETE FROM mails; --\"", "from:' OR 1=1 --", "a\" OR \"b",
    "NEAR(a b, 3)", "\"a\" NEAR \"b\"", "subject : x", "{subject body} : x", "^start", "a + b",
    "col:umn", "-\"words\"", "words MATCH x", "a* b*", "\"a*\"", "%", "_", "%%%", "?", "?1", ":a",
    "@a", "$a", "\\", "\\\"", "`x`", "[x]", "x'00'", "\xff\xfe", "a\xc3", "\xe2\x80\x8b", "NOT NOT a",
    "id:\"' UNION SELECT 1 --\"", "thread:%", "url:%", "type:*", "case:'", "attachment:\"*\"",
    "date:'..'", "before:9999999999999999999days", "after:999999years", "date:0000", "date:9999",
    "before:999999d", "((((((((((a))))))))))", "a OR b OR c -d NOT (e f) \"g h\" i*",
  };
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++) {
    const HeddleAskOptions options = { .now = NOW };
    g_autoptr (GError) error = NULL;
    g_test_message ("%s", queries[i]);
    for (int sort = HEDDLE_SORT_BEST; sort <= HEDDLE_SORT_OLDEST; sort++) {
      HeddleAskOptions sorted = options;
      sorted.sort = (HeddleSort) sort;
      g_clear_error (&error);
      g_autoptr (GPtrArray) hits = heddle_store_search (store, queries[i], &sorted, &error);
      if (hits == NULL)
        g_assert_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_QUERY);
    }
    g_clear_error (&error);
    g_autoptr (GPtrArray) threads = heddle_store_threads (store, queries[i], &options, &error);
    if (threads == NULL)
      g_assert_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_QUERY);
    g_clear_error (&error);
    g_autoptr (GPtrArray) tally
        = heddle_store_tally (store, queries[i], HEDDLE_OUTPUT_URLS, &options, &error);
    if (tally == NULL)
      g_assert_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_QUERY);
  }
  HeddleStoreStats stats = { 0 };
  g_assert_true (heddle_store_stats (store, &stats, NULL));
}

/* The largest query that is allowed runs: the depth of its SQL is bounded too. */
static void
test_largest (Fixture *fixture, gconstpointer unused)
{
  static const char *const units[] = { "a ", "-a ", "has:url ", "a OR has:url ", "-(a ", "(-has:url OR " };
  const HeddleAskOptions options = { .now = NOW };
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++) {
    gboolean nested = strchr (units[i], '(') != NULL;
    g_autofree char *closing = repeat (")", nested ? 9 : 0, "");
    g_autofree char *tail = g_strconcat ("x", closing, NULL);
    g_autofree char *text = repeat (units[i], nested ? 9 : 49, tail);
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) hits = heddle_store_search (store, text, &options, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (hits->len, ==, 0);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/query/trees", test_trees);
  g_test_add_func ("/store/query/errors", test_errors);
  g_test_add_func ("/store/query/bounds", test_bounds);
  g_test_add_func ("/store/query/zone", test_zone);
  FIXTURE_TEST ("/store/query/hostile", test_hostile);
  FIXTURE_TEST ("/store/query/largest", test_largest);
  return g_test_run ();
}
