/* SPDX-License-Identifier: MIT */
/* What a message says of its copies: their texts, people whom one of them withholds,
 * other messages of its Message-ID; and what Outlook's index connects. */
#include "tests/threads/support.h"
#include "base/base.h"

#include <string.h>

#define FIRST                                                                                      \
  "The account of Mira Levin was taken over on Monday night. Could you please tell us which "      \
  "papers you need"
#define OPEN FIRST ", so that it can be given back before the weekend?"
#define WRAPPED                                                                                    \
  "> The account of Mira\n> Levin was taken over on\n> Monday night. Could you please tell us "    \
  "which\n> papers you need, so that it can be given back before\n> the weekend?"
#define REDACTED                                                                                   \
  "The account of (b)(6) was taken over on Monday night. Could you please tell us which "          \
  "papers you need, so that it can be given back before the weekend?"
#define EDITED                                                                                     \
  "The account of Mira Levin was taken over on Tuesday night. Could you please tell us which "     \
  "papers you need, so that it can be given back before the weekend?"
#define ANSWER                                                                                     \
  "We need a copy of the registration and a letter on paper with the letterhead. Both can be "     \
  "sent as photographs; the review takes three working days from then on."
#define LINK "Please look at https://partner.example/help and tell us whether the page is the right one for that."
#define LINK_SAFE "Please look at https://scan.example/?url=partner.example%2Fhelp&x=1 and tell us whether the page is the right one for that."
#define FRENCH "Le café du père Noël est fermé depuis lundi, pourriez-vous me dire à quelle heure il sera ouvert demain matin ?"
#define FRENCH_LOST "Le caf? du p?re No?l est ferm? depuis lundi, pourriez-vous me dire ? quelle heure il sera ouvert demain matin ?"

#define ANA "Ana Ruiz <ana@example.org>"
#define SAM "Sam Okoro <sam@chirper.example>"
#define LEA "Lea Brandt <lea@partner.example>"
#define DATE "2026-03-02 10:05:11+01:00"

static const HeddleNode *
node_of (const GPtrArray *threads, const char *text)
{
  for (guint i = 0; i < threads->len; i++) {
    const GPtrArray *messages = ((HeddleThread *) threads->pdata[i])->messages;
    for (guint k = 0; k < messages->len; k++) {
      const HeddleNode *node = messages->pdata[k];
      if (strcmp (node->message->text, text) == 0)
        return node;
    }
  }
  g_assert_not_reached ();
}

/* A received text, and the same quoted below an answer. */
typedef struct {
  const char *name, *received, *quoted, *signature;
  HeddleDifference expected; /* SHOWN: no variants */
} Pair;

static const Pair pairs[] = {
  { "equal", OPEN, OPEN, NULL, HEDDLE_VARIANT_SHOWN },
  { "wrapped and marked", OPEN, WRAPPED, NULL, HEDDLE_VARIANT_SHOWN },
  { "links rewritten", LINK, LINK_SAFE, NULL, HEDDLE_VARIANT_SHOWN },
  { "accents lost", FRENCH, FRENCH_LOST, NULL, HEDDLE_VARIANT_SHOWN },
  { "the signature left in", OPEN, OPEN "\nAna Ruiz\nHelpline lead", "Ana Ruiz\nHelpline lead", HEDDLE_VARIANT_SHOWN },
  { "no text at all", OPEN, "", NULL, HEDDLE_VARIANT_SHOWN },
  { "cut", OPEN, FIRST, NULL, HEDDLE_VARIANT_TRUNCATED },
  { "more behind", OPEN, OPEN " This is said to nobody but you.", NULL, HEDDLE_VARIANT_EXTENDED },
  { "a name withheld", OPEN, REDACTED, NULL, HEDDLE_VARIANT_REDACTED },
  { "another word", OPEN, EDITED, NULL, HEDDLE_VARIANT_OTHER },
};

static void
test_pair (gconstpointer data)
{
  const Pair *pair = data;
  const Mail mails[MAILS_MAX] = {
    { "a", FALSE, { { pair->received, .from = ANA, .date = DATE, .id = "a@x" } } },
    { "b", FALSE,
      { { ANSWER, .up = 1, .from = SAM, .date = "2026-03-02 12:00:00+00:00", .id = "b@x", .answers = "a@x" },
        { pair->quoted, .kind = HEDDLE_KIND_REPLY, .from = "Ana Ruiz", .date = "2026-03-02 04:05" } } },
  };
  g_autoptr (GPtrArray) all = support_mails (mails), threads = NULL;
  HeddleMessage *received
      = ((HeddleThreadMail *) all->pdata[0])->chain->messages->pdata[0];
  const HeddleNode *node;

  received->signature = g_strdup (pair->signature);
  threads = heddle_threads_merge (all);
  node = node_of (threads, pair->received);
  g_assert_cmpuint (node->evidence->len, ==, 2);
  if (pair->expected == HEDDLE_VARIANT_SHOWN) {
    g_assert_cmpuint (node->variants->len, ==, 0);
    return;
  }
  g_assert_cmpuint (node->variants->len, ==, 2);
  for (guint i = 0; i < 2; i++) {
    const HeddleVariant *variant = node->variants->pdata[i];
    const HeddleEvidence *evidence
        = node->evidence->pdata[g_array_index (variant->evidence, guint, 0)];
    g_assert_cmpstr (variant->text, ==, i == 0 ? pair->received : pair->quoted);
    g_assert_cmpint (variant->difference, ==, i == 0 ? HEDDLE_VARIANT_SHOWN : pair->expected);
    g_assert_cmpuint (variant->evidence->len, ==, 1);
    g_assert_cmpint (evidence->received, ==, i == 0);
  }
}

/* Forty copies, each with a text of its own, and the received one twice. */
static void
test_many_variants (void)
{
  g_autoptr (GPtrArray) mails = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_thread_mail_free);
  g_autoptr (GPtrArray) threads = NULL;
  const HeddleNode *node;

  for (guint i = 0; i < 40; i++) {
    g_autofree char *name = g_strdup_printf ("copy %u", i);
    g_autofree char *text = i < 2 ? g_strdup (OPEN) : g_strdup_printf (OPEN " %u is added.", i * 7919);
    Entry entry = { .text = text, .from = ANA, .date = DATE, .id = "a@x" };
    GPtrArray *messages = g_ptr_array_new ();
    g_ptr_array_add (messages, support_message (&entry));
    g_ptr_array_add (mails, support_mail_of (name, i < 2, messages));
  }
  threads = heddle_threads_merge (mails);
  node = node_of (threads, OPEN);
  g_assert_cmpuint (node->evidence->len, ==, 40);
  g_assert_cmpuint (node->variants->len, ==, 16);
  g_assert_cmpuint (((HeddleVariant *) node->variants->pdata[0])->evidence->len, ==, 2);
  g_assert_cmpuint (node->variants_left_out, ==, 40 - 2 - 15);
}

/* Who a copy withholds is filled in from another, and it is said from which. */
static void
test_filled (void)
{
  static const Mail mails[MAILS_MAX] = {
    { "released", FALSE,
      { { ANSWER, .up = 1, .from = LEA, .date = "2026-03-09 09:00:00+00:00", .id = "c@x" },
        { REDACTED, .kind = HEDDLE_KIND_FORWARD, .from = "?", .to = "?", .date = "2026-03-02 10:05" } } },
    { "open", FALSE,
      { { "See below.", .up = 1, .from = SAM, .date = "2026-03-03 09:00:00+00:00", .id = "b@x" },
        { OPEN, .kind = HEDDLE_KIND_REPLY, .from = ANA, .to = SAM, .date = "2026-03-02 10:05" } } },
  };
  g_autoptr (GPtrArray) all = support_mails (mails), threads = heddle_threads_merge (all);
  const HeddleNode *node = node_of (threads, OPEN), *other = node_of (threads, ANSWER);
  g_autofree char *open = heddle_sha256 ("open", 4);

  for (int field = HEDDLE_FIELD_FROM; field <= HEDDLE_FIELD_TO; field++) {
    g_assert_cmpint (node->filled[field], >=, 0);
    const HeddleEvidence *evidence = node->evidence->pdata[node->filled[field]];
    g_assert_cmpstr (evidence->mail, ==, open);
    g_assert_cmpint (other->filled[field], ==, -1);
  }
  g_assert_cmpint (node->filled[HEDDLE_FIELD_CC], ==, -1);
  g_assert_cmpint (((HeddleVariant *) node->variants->pdata[1])->difference, ==, HEDDLE_VARIANT_REDACTED);
}

/* A name alone, that an address completes, is nothing that was withheld. */
static void
test_not_filled (void)
{
  static const Mail mails[MAILS_MAX] = {
    { "a", FALSE, { { OPEN, .from = ANA, .date = DATE, .id = "a@x" } } },
    { "b", FALSE,
      { { ANSWER, .up = 1, .from = SAM, .date = "2026-03-02 12:00:00+00:00", .id = "b@x" },
        { OPEN, .kind = HEDDLE_KIND_REPLY, .from = "Ana Ruiz", .date = "2026-03-02 10:05" } } },
  };
  g_autoptr (GPtrArray) all = support_mails (mails), threads = heddle_threads_merge (all);

  g_assert_cmpint (node_of (threads, OPEN)->filled[HEDDLE_FIELD_FROM], ==, -1);
}

static void
test_namesakes (void)
{
  static const Mail mails[MAILS_MAX] = {
    { "a", TRUE, { { OPEN, .from = ANA, .date = DATE, .id = "a@x" } } },
    { "forged", FALSE, { { ANSWER, .from = LEA, .date = DATE, .id = "a@x" } } },
    { "b", FALSE, { { "Thanks!", .from = SAM, .date = DATE, .id = "b@x", .answers = "a@x" } } },
  };
  g_autoptr (GPtrArray) all = support_mails (mails), threads = heddle_threads_merge (all);
  const HeddleNode *real = node_of (threads, OPEN), *forged = node_of (threads, ANSWER);

  g_assert_cmpuint (real->namesakes->len, ==, 1);
  g_assert_cmpstr (real->namesakes->pdata[0], ==, forged->id);
  g_assert_cmpuint (forged->namesakes->len, ==, 1);
  g_assert_cmpstr (forged->namesakes->pdata[0], ==, real->id);
  g_assert_cmpuint (node_of (threads, "Thanks!")->namesakes->len, ==, 0);
}

/* --- Outlook's index ------------------------------------------------------------------- */

#define HEAD "01d3d0c5b3a1" "00112233445566778899aabbccddeeff"
#define EMPTY "01d3d0c5b3a1" "00000000000000000000000000000000"
#define FIVE "8000000010"
#define OTHER "8000000020"

typedef struct {
  const char *name;
  guint threads, edges;
  Mail mails[MAILS_MAX];
} Talk;

static const Talk talks[] = {
  { "an answer by its index alone", 1, 1,
    { { "a", FALSE, { { OPEN, .subject = "Account", .index = HEAD, .from = ANA, .to = SAM, .date = DATE, .id = "a@x" } } },
      { "b", FALSE, { { ANSWER, .subject = "RE: Account", .index = HEAD FIVE, .from = SAM, .to = ANA, .date = "2026-03-02 12:00:00+00:00", .id = "b@x" } } } } },
  { "an answer to an answer that is missing", 1, 0,
    { { "a", FALSE, { { OPEN, .subject = "Account", .index = HEAD, .from = ANA, .to = SAM, .date = DATE, .id = "a@x" } } },
      { "b", FALSE, { { ANSWER, .subject = "RE: Account", .index = HEAD FIVE FIVE, .from = SAM, .to = ANA, .date = "2026-03-02 12:00:00+00:00", .id = "b@x" } } } } },
  { "the header says another", 1, 2,
    { { "a", FALSE, { { OPEN, .subject = "Account", .index = HEAD, .from = ANA, .to = SAM, .date = DATE, .id = "a@x" } } },
      { "b", FALSE, { { ANSWER, .subject = "RE: Account", .index = HEAD FIVE, .from = SAM, .to = ANA, .date = "2026-03-02 12:00:00+00:00", .id = "b@x" } } },
      { "c", FALSE, { { "Thanks!", .subject = "RE: Account", .index = HEAD OTHER, .from = ANA, .to = SAM, .date = "2026-03-02 13:00:00+00:00", .id = "c@x", .answers = "b@x" } } } } },
  { "another subject", 2, 0,
    { { "a", FALSE, { { OPEN, .subject = "Account", .index = HEAD, .from = ANA, .to = SAM, .date = DATE, .id = "a@x" } } },
      { "b", FALSE, { { ANSWER, .subject = "Invoice", .index = HEAD FIVE, .from = SAM, .to = ANA, .date = "2026-03-02 12:00:00+00:00", .id = "b@x" } } } } },
  { "a template sent to others", 2, 0,
    { { "a", FALSE, { { OPEN, .subject = "Account", .index = HEAD, .from = ANA, .to = SAM, .date = DATE, .id = "a@x" } } },
      { "b", FALSE, { { ANSWER, .subject = "Account", .index = HEAD FIVE, .from = LEA, .to = "Kim <kim@partner.example>", .date = "2026-03-02 12:00:00+00:00", .id = "b@x" } } } } },
  { "an index without a GUID", 2, 0,
    { { "a", FALSE, { { OPEN, .subject = "Account", .index = EMPTY, .from = ANA, .to = SAM, .date = DATE, .id = "a@x" } } },
      { "b", FALSE, { { ANSWER, .subject = "RE: Account", .index = EMPTY FIVE, .from = SAM, .to = ANA, .date = "2026-03-02 12:00:00+00:00", .id = "b@x" } } } } },
  { "two that bear the parent's index", 1, 0,
    { { "a", FALSE, { { OPEN, .subject = "Account", .index = HEAD, .from = ANA, .to = SAM, .date = DATE, .id = "a@x" } } },
      { "a2", FALSE, { { FIRST " now?", .subject = "Account", .index = HEAD, .from = ANA, .to = SAM, .date = "2026-03-02 11:17:00+00:00", .id = "a2@x" } } },
      { "b", FALSE, { { ANSWER, .subject = "RE: Account", .index = HEAD FIVE, .from = SAM, .to = ANA, .date = "2026-03-02 12:00:00+00:00", .id = "b@x" } } } } },
  { "broken indexes", 2, 0,
    { { "a", FALSE, { { OPEN, .subject = "Account", .index = "01d3", .from = ANA, .to = SAM, .date = DATE, .id = "a@x" } } },
      { "b", FALSE, { { ANSWER, .subject = "RE: Account", .index = HEAD "80", .from = SAM, .to = ANA, .date = "2026-03-02 12:00:00+00:00", .id = "b@x" } } } } },
};

static void
test_talk (gconstpointer data)
{
  const Talk *talk = data;
  g_autoptr (GPtrArray) all = support_mails (talk->mails), threads = heddle_threads_merge (all);
  g_autoptr (GPtrArray) one = g_ptr_array_new (), grown = NULL;
  g_autoptr (Memory) memory = memory_new ();
  g_autofree char *together = support_print (threads), *apart = NULL;
  guint edges = 0;

  for (guint i = 0; i < threads->len; i++) {
    const GPtrArray *messages = ((HeddleThread *) threads->pdata[i])->messages;
    for (guint k = 0; k < messages->len; k++)
      edges += ((HeddleNode *) messages->pdata[k])->parent >= 0;
  }
  g_assert_cmpuint (threads->len, ==, talk->threads);
  g_assert_cmpuint (edges, ==, talk->edges);
  /* Keys bring them together where they come one by one, the last first. */
  for (guint i = all->len; i-- > 0;) {
    g_ptr_array_set_size (one, 0);
    g_ptr_array_add (one, all->pdata[i]);
    memory_add (memory, one);
  }
  grown = memory_threads (memory);
  apart = support_print (grown);
  g_assert_cmpstr (apart, ==, together);
}

/* All bear one index: every pair of them is no more than looked at once. */
static void
test_one_index (void)
{
  const guint n = 20000;
  g_autoptr (GPtrArray) mails = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_thread_mail_free);
  g_autoptr (GPtrArray) threads = NULL;
  g_autoptr (GTimer) timer = NULL;

  for (guint i = 0; i < n; i++) {
    g_autofree char *name = g_strdup_printf ("mail %u", i), *id = g_strdup_printf ("%u@x", i);
    Entry entry = { .text = "Yes.", .subject = "Account", .index = i % 2 ? HEAD : HEAD FIVE, .from = ANA, .to = SAM, .date = DATE, .id = id };
    GPtrArray *messages = g_ptr_array_new ();
    g_ptr_array_add (messages, support_message (&entry));
    g_ptr_array_add (mails, support_mail_of (name, FALSE, messages));
  }
  timer = g_timer_new ();
  threads = heddle_threads_merge (mails);
  g_assert_cmpfloat (g_timer_elapsed (timer, NULL), <, 20.0);
  g_assert_cmpuint (threads->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++) {
    g_autofree char *name = g_strdup_printf ("/threads/copies/variants/%s", pairs[i].name);
    g_test_add_data_func (name, &pairs[i], test_pair);
  }
  for (guint i = 0; i < G_N_ELEMENTS (talks); i++) {
    g_autofree char *name = g_strdup_printf ("/threads/copies/index/%s", talks[i].name);
    g_test_add_data_func (name, &talks[i], test_talk);
  }
  g_test_add_func ("/threads/copies/many variants", test_many_variants);
  g_test_add_func ("/threads/copies/filled", test_filled);
  g_test_add_func ("/threads/copies/not filled", test_not_filled);
  g_test_add_func ("/threads/copies/namesakes", test_namesakes);
  g_test_add_func ("/threads/copies/index/one for all", test_one_index);
  return g_test_run ();
}
