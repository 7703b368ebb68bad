/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <string.h>

#include "tests/store/fixture.h"

#define NOW 1523390351 /* 2018-04-10T19:59:11Z */

/* Each is known to the tables below by its letter. */
static const char *const mails[] = {
  /* a */
  "From: Ana Ruiz <ana@example.org>\nTo: Sam Lee <sam@chirper.example>\nCc: desk@partner.example\n"
  "Subject: Account taken over\nMessage-ID: <a@example.org>\n"
  "Date: Tue, 10 Apr 2018 09:00:00 +0200\n\n"
  "Dear Sam,\n\nThe account @minaret_voice was taken over this morning. Please look at "
  "https://status.chirper.example/Minaret and restore it: Case# 778123.\n",
  /* b */
  "From: Sam Lee <sam@chirper.example>\nTo: Ana Ruiz <ana@example.org>\n"
  "Subject: Re: Account taken over\nMessage-ID: <b@chirper.example>\nIn-Reply-To: <a@example.org>\n"
  "References: <a@example.org>\nDate: Tue, 10 Apr 2018 11:30:00 +0200\n\n"
  "Restored, please tell the owner that her résumé of the morning was helpful. Account account.\n",
  /* c */
  "From: Mona Haddad <mona@partner.example>\nTo: Ana Ruiz <ana@example.org>\n"
  "Subject: Training in May\nMessage-ID: <c@partner.example>\n"
  "Date: Mon, 02 Apr 2018 08:00:00 +0000\nMIME-Version: 1.0\n"
  "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain; charset=utf-8\n\n"
  "We would like to hold the training on safe travel. Ruiz-Haddad agreed, see 日本語の資料.\n"
  "--x\nContent-Type: image/png; name=\"floor plan.png\"\n"
  "Content-Disposition: attachment; filename=\"floor plan.png\"\nContent-Transfer-Encoding: base64\n\n"
  "iVBORw0KGgo=\n--x--\n",
  /* d: answers one that nobody has shown us */
  "From: Anabel Cruz <anabel@sub.example.org>\nTo: mona@partner.example\nSubject: Re: Visa\n"
  "Message-ID: <d@sub.example.org>\nIn-Reply-To: <gone@nowhere.example>\n"
  "References: <gone@nowhere.example>\nDate: Thu, 15 Mar 2018 12:00:00 +0000\n\n"
  "The visa was refused on Thursday; write to https://status.chirper.example/minaret about it.\n",
};

static char
letter_of (const char *message_id)
{
  return message_id[0];
}

static HeddleStore *
fill (Fixture *fixture)
{
  HeddleStore *store = fixture_open (fixture);
  g_ptr_array_unref (fixture_index (store, mails, G_N_ELEMENTS (mails)));
  return store;
}

/* The letters of @hits in their order; '?' for the message that is missing. */
static char *
letters (HeddleStore *store, const GPtrArray *hits)
{
  static const char *const names[] = { "a@example.org", "b@chirper.example", "c@partner.example",
                                       "d@sub.example.org" };
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < hits->len; i++) {
    const HeddleHit *hit = hits->pdata[i];
    char letter = '?';
    for (gsize j = 0; j < G_N_ELEMENTS (names); j++) {
      g_autoptr (HeddleThread) thread = heddle_store_thread (store, names[j], NULL);
      for (guint n = 0; n < thread->messages->len; n++) {
        const HeddleNode *node = thread->messages->pdata[n];
        if (strcmp (node->id, hit->message) == 0 && g_strcmp0 (node->message->message_id, names[j]) == 0)
          letter = letter_of (names[j]);
      }
    }
    g_string_append_c (out, letter);
  }
  return g_string_free (out, FALSE);
}

static const struct {
  const char *query, *want; /* oldest first */
} queries[] = {
  { "", "dcab" },
  { "account", "ab" },
  { "ACCOUNT", "ab" },
  { "resume", "b" },
  { "Résumé", "b" },
  { "rest*", "ab" },
  { "rest", "" },
  { "\"taken over\"", "ab" },
  { "\"over taken\"", "" },
  { "training OR visa", "dc" },
  { "training visa", "" },
  { "please -restored", "a" },
  { "NOT please", "dc" },
  { "ruiz", "c" }, /* what authors wrote, not who they are */
  { "語の", "c" },
  { "subject:account", "ab" },
  { "body:account", "ab" },
  { "subject:training", "c" },
  { "body:visa subject:visa", "d" },
  { "from:ana", "a" }, /* a whole word: not Anabel */
  { "from:ruiz", "a" },
  { "from:\"ana ruiz\"", "a" },
  { "from:ana@example.org", "a" },
  { "from:ANA@EXAMPLE.ORG", "a" },
  { "from:@example.org", "a" },
  { "from:example.org", "da" },
  { "from:@sub.example.org", "d" },
  { "to:ana", "cb" },
  { "to:desk@partner.example", "a" },
  { "participant:ana", "cab" },
  { "participant:mona@partner.example", "dc" },
  { "to:\"org ana\"", "" }, /* no phrase from one person into the next */
  { "domain:chirper.example", "da" },
  { "url:https://status.chirper.example/Minaret", "da" },
  { "url:MINARET", "da" },
  { "handle:@minaret_voice", "a" },
  { "handle:Minaret_Voice", "a" },
  { "case:778123", "a" },
  { "attachment:floor", "c" },
  { "attachment:\"floor plan.png\"", "c" },
  { "type:image", "c" },
  { "type:image/png", "c" },
  { "type:image/jpeg", "" },
  { "lang:en", "dcab" },
  { "lang:fa", "" },
  { "has:attachment", "c" },
  { "has:url", "da" },
  { "-has:url -has:attachment", "b" },
  { "is:received", "dcab" },
  { "is:quoted", "" },
  { "is:encrypted", "" },
  { "is:missing", "?" },
  { "date:2018-04", "cab" },
  { "date:2018-04-10", "ab" },
  { "date:..2018-04-02", "dc" },
  { "before:2018-04-02", "d" },
  { "after:2018-04-02", "cab" },
  { "date:today", "ab" },
  { "date:8days..yesterday", "c" },
  { "date:2018-04-10T07:00..2018-04-10T07:00", "a" },
  { "id:<a@example.org>", "a" },
  { "id:a@example.org OR id:c@partner.example", "ca" },
  { "account -from:ana@example.org has:url", "" },
  { "(from:ana OR from:sam) subject:account", "ab" },
};

static void
test_queries (Fixture *fixture, gconstpointer unused)
{
  const HeddleAskOptions options = { .sort = HEDDLE_SORT_OLDEST, .now = NOW };
  g_autoptr (HeddleStore) store = fill (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++) {
    g_autoptr (GError) error = NULL;
    g_test_message ("%s", queries[i].query);
    g_autoptr (GPtrArray) hits = heddle_store_search (store, queries[i].query, &options, &error);
    g_assert_no_error (error);
    g_autofree char *got = letters (store, hits);
    g_assert_cmpstr (got, ==, queries[i].want);
  }
}

static void
test_orders (Fixture *fixture, gconstpointer unused)
{
  static const struct {
    const char *query;
    HeddleAskOptions options;
    const char *want;
  } cases[] = {
    { "account", { .sort = HEDDLE_SORT_NEWEST }, "ba" },
    { "", { .sort = HEDDLE_SORT_NEWEST }, "bacd" },
    { "", { .sort = HEDDLE_SORT_BEST }, "bacd" }, /* nothing to rank by: newest */
    { "", { .sort = HEDDLE_SORT_OLDEST, .limit = 2 }, "dc" },
    { "", { .sort = HEDDLE_SORT_OLDEST, .limit = 2, .offset = 1 }, "ca" },
    { "", { .sort = HEDDLE_SORT_OLDEST, .offset = 3 }, "b" },
    { "", { .sort = HEDDLE_SORT_OLDEST, .offset = 9 }, "" },
    { "travel OR account", { .sort = HEDDLE_SORT_BEST, .limit = 1 }, "c" }, /* the rarer word */
  };
  g_autoptr (HeddleStore) store = fill (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) hits
        = heddle_store_search (store, cases[i].query, &cases[i].options, &error);
    g_assert_no_error (error);
    g_autofree char *got = letters (store, hits);
    g_test_message ("%d: %s", (int) i, got);
    g_assert_cmpstr (got, ==, cases[i].want);
  }
}

static void
test_hit (Fixture *fixture, gconstpointer unused)
{
  const HeddleAskOptions options = { .now = NOW };
  g_autoptr (HeddleStore) store = fill (fixture);
  g_autoptr (GPtrArray) hits = heddle_store_search (store, "resume", &options, NULL);
  const HeddleHit *hit = hits->pdata[0];
  g_assert_cmpstr (hit->from->address, ==, "sam@chirper.example");
  g_assert_cmpstr (hit->subject, ==, "Re: Account taken over");
  g_assert_true (hit->date->has_utc);
  g_assert_cmpint (hit->date->utc, ==, 1523352600);
  g_assert_cmpfloat (hit->score, >, 0);
  g_assert_nonnull (strstr (hit->snippet, "her \001résumé\002 of the morning"));
  g_autoptr (GPtrArray) plain = heddle_store_search (store, "from:sam", &options, NULL);
  hit = plain->pdata[0];
  g_assert_cmpfloat (hit->score, ==, 0);
  g_assert_null (strchr (hit->snippet, '\001'));
}

static void
test_threads (Fixture *fixture, gconstpointer unused)
{
  static const struct {
    const char *query;
    guint limit;
    const char *subjects;
  } cases[] = {
    { NULL, 0, "Account taken over|Training in May|Re: Visa|" },
    { NULL, 1, "Account taken over|" },
    { "from:sam", 0, "Account taken over|" },
    { "has:url", 0, "Account taken over|Re: Visa|" },
    { "training", 0, "Training in May|" },
    { "nothing", 0, "" },
  };
  g_autoptr (HeddleStore) store = fill (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const HeddleAskOptions options = { .now = NOW, .limit = cases[i].limit };
    g_autoptr (GError) error = NULL;
    g_autoptr (GString) got = g_string_new (NULL);
    g_autoptr (GPtrArray) list = heddle_store_threads (store, cases[i].query, &options, &error);
    g_assert_no_error (error);
    for (guint t = 0; t < list->len; t++)
      g_string_append_printf (got, "%s|", ((HeddleThreadSummary *) list->pdata[t])->thread->subject);
    g_assert_cmpstr (got->str, ==, cases[i].subjects);
  }
  const HeddleAskOptions options = { .now = NOW };
  g_autoptr (GPtrArray) all = heddle_store_threads (store, NULL, &options, NULL);
  const HeddleThread *first = ((HeddleThreadSummary *) all->pdata[0])->thread;
  const HeddleThread *last = ((HeddleThreadSummary *) all->pdata[2])->thread;
  g_assert_cmpuint (first->received, ==, 2);
  g_assert_cmpint (first->first, ==, 1523343600);
  g_assert_cmpint (first->last, ==, 1523352600);
  g_assert_cmpuint (first->messages->len, ==, 0);
  g_assert_cmpuint (first->participants->len, >=, 2);
  g_assert_cmpuint (last->missing, ==, 1);
}

static void
test_tallies (Fixture *fixture, gconstpointer unused)
{
  static const struct {
    HeddleOutput output;
    const char *query, *want;
  } cases[] = {
    { HEDDLE_OUTPUT_DOMAINS, "", "chirper.example 2 1521115200 1523343600|" },
    { HEDDLE_OUTPUT_URLS, "from:ana", "https://status.chirper.example/Minaret 1 1523343600 1523343600|" },
    { HEDDLE_OUTPUT_HANDLES, "", "@minaret_voice 1 1523343600 1523343600|" },
    { HEDDLE_OUTPUT_CASES, "", "778123 1 1523343600 1523343600|" },
    { HEDDLE_OUTPUT_ATTACHMENTS, "", "floor plan.png 1 1522656000 1522656000|" },
    { HEDDLE_OUTPUT_ATTACHMENTS, "account", "" },
    { HEDDLE_OUTPUT_PARTICIPANTS, "from:sam",
      "Ana Ruiz <ana@example.org> 1 1523352600 1523352600|"
      "Sam Lee <sam@chirper.example> 1 1523352600 1523352600|" },
  };
  g_autoptr (HeddleStore) store = fill (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const HeddleAskOptions options = { .now = NOW };
    g_autoptr (GError) error = NULL;
    g_autoptr (GString) got = g_string_new (NULL);
    g_autoptr (GPtrArray) list
        = heddle_store_tally (store, cases[i].query, cases[i].output, &options, &error);
    g_assert_no_error (error);
    for (guint t = 0; t < list->len; t++) {
      const HeddleTally *tally = list->pdata[t];
      g_string_append_printf (got, "%s %u %d %d|", tally->value, tally->count, (int) tally->first,
                              (int) tally->last);
    }
    g_assert_cmpstr (got->str, ==, cases[i].want);
  }
  /* Most frequent first, then by value; one name for an address. */
  const HeddleAskOptions options = { .now = NOW, .limit = 2, .offset = 0 };
  g_autoptr (GPtrArray) people
      = heddle_store_tally (store, "", HEDDLE_OUTPUT_PARTICIPANTS, &options, NULL);
  g_assert_cmpuint (people->len, ==, 2);
  g_assert_cmpstr (((HeddleTally *) people->pdata[0])->value, ==, "Ana Ruiz <ana@example.org>");
  g_assert_cmpuint (((HeddleTally *) people->pdata[0])->count, ==, 3);
}

/* Words of mail text that mean something to SQL or FTS5 are words. */
static void
test_hostile_text (Fixture *fixture, gconstpointer unused)
{
  static const char *const hostile[] = {
    "From: \"'; DROP TABLE nodes; --\" <x'y\"@example.org>\nSubject: \" OR 1=1 NEAR(a) {b} : c*\n"
    "Message-ID: <'\"@%>\nDate: Tue, 10 Apr 2018 09:00:00 +0000\n\n"
    "words MATCH 'a' AND NOT \"b\" ^c \001hidden\002 %_?\n",
  };
  const HeddleAskOptions options = { .now = NOW };
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  g_ptr_array_unref (fixture_index (store, hostile, 1));
  g_autoptr (GPtrArray) hits = heddle_store_search (store, "match NEAR", &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hits->len, ==, 1);
  const HeddleHit *hit = hits->pdata[0];
  g_assert_nonnull (strstr (hit->snippet, "words \001MATCH\002"));
  g_assert_null (strstr (hit->snippet, "\001hidden")); /* a mail cannot forge a mark */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store/search/queries", test_queries);
  FIXTURE_TEST ("/store/search/orders", test_orders);
  FIXTURE_TEST ("/store/search/hit", test_hit);
  FIXTURE_TEST ("/store/search/threads", test_threads);
  FIXTURE_TEST ("/store/search/tallies", test_tallies);
  FIXTURE_TEST ("/store/search/hostile-text", test_hostile_text);
  return g_test_run ();
}
