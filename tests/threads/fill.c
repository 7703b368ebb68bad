/* SPDX-License-Identifier: MIT */
/* What a merged message and its conversation say. */
#include "tests/threads/support.h"
#include "base/base.h"

#include <string.h>

#define OPEN                                                                                       \
  "The account of Mira Levin was taken over on Monday night. Could you please tell us which "      \
  "papers you need, so that it can be given back before the weekend?"
#define REDACTED                                                                                   \
  "The account of (b)(6) was taken over on Monday night. Could you please tell us which "          \
  "papers you need, so that it can be given back before the weekend?"
#define ANSWER                                                                                     \
  "We need a copy of the registration and a letter on paper with the letterhead. Both can be "     \
  "sent as photographs; the review takes three working days from then on."

#define ANA "Ana Ruiz <ana@example.org>"
#define SAM "Sam Okoro <sam@chirper.example>"
#define LEA "Lea Brandt <lea@partner.example>"

/* The one message whose text begins so. */
static const HeddleNode *
node_of (const GPtrArray *threads, const char *text)
{
  const HeddleNode *found = NULL;

  for (guint i = 0; i < threads->len; i++) {
    const GPtrArray *messages = ((HeddleThread *) threads->pdata[i])->messages;
    for (guint k = 0; k < messages->len; k++) {
      const HeddleNode *node = messages->pdata[k];
      if (!g_str_has_prefix (node->message->text, text))
        continue;
      g_assert_null (found);
      found = node;
    }
  }
  g_assert_nonnull (found);
  return found;
}

static gboolean
bears (const HeddleNode *node, const char *message_id)
{
  const char *parts[] = { "mid", message_id, NULL };
  g_autofree char *id = heddle_id ('m', parts);

  for (guint i = 0; i < node->ids->len; i++) {
    if (strcmp (node->ids->pdata[i], id) == 0)
      return TRUE;
  }
  return FALSE;
}

static void
assert_best (const HeddleNode *node, const char *mail_name, guint index)
{
  g_autofree char *mail = heddle_sha256 (mail_name, strlen (mail_name));
  const HeddleEvidence *best = node->evidence->pdata[node->best];

  g_assert_cmpstr (best->mail, ==, mail);
  g_assert_cmpuint (best->index, ==, index);
}

static void
test_open_copy (void)
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
  const HeddleNode *node = node_of (threads, "The account of Mira");

  g_assert_cmpuint (node->evidence->len, ==, 2);
  g_assert_cmpstr (node->message->from->name, ==, "Ana Ruiz");
  g_assert_cmpstr (node->message->from->address, ==, "ana@example.org");
  g_assert_false (node->message->from->redacted);
  g_assert_cmpstr (((HeddlePerson *) node->message->to->pdata[0])->name, ==, "Sam Okoro");
  assert_best (node, "open", 1);
}

static void
test_withheld_stays (void)
{
  static const Mail mails[MAILS_MAX] = {
    { "released", FALSE,
      { { ANSWER, .up = 1, .from = LEA, .date = "2026-03-09 09:00:00+00:00", .id = "c@x" },
        { REDACTED, .kind = HEDDLE_KIND_FORWARD, .from = "?", .date = "2026-03-02 10:05" } } },
    { "again", FALSE,
      { { "See below.", .up = 1, .from = SAM, .date = "2026-03-10 09:00:00+00:00", .id = "b@x" },
        { REDACTED, .kind = HEDDLE_KIND_REPLY, .date = "2026-03-02 10:05" } } },
  };
  g_autoptr (GPtrArray) all = support_mails (mails), threads = heddle_threads_merge (all);
  const HeddleNode *node = node_of (threads, "The account of (b)");
  const HeddleThread *thread = threads->pdata[0];

  g_assert_cmpuint (node->evidence->len, ==, 2);
  g_assert_true (node->message->from->redacted);
  g_assert_null (node->message->from->name);
  g_assert_cmpuint (threads->len, ==, 1);
  g_assert_cmpuint (thread->participants->len, ==, 2);
}

/* What was received is not replaced by a longer quotation; bytes come from all. */
static void
test_received_text (void)
{
  static const Mail mails[MAILS_MAX] = {
    { "a", TRUE, { { OPEN, .from = ANA, .date = "2026-03-02 10:05:11+01:00", .id = "a@x", .subject = "Help", .attachment = "letter.pdf" } } },
    { "b", FALSE,
      { { ANSWER, .up = 1, .from = SAM, .date = "2026-03-02 12:00:00+00:00", .id = "b@x", .subject = "Re: Help" },
        { OPEN " And this stands only in the quotation.", .kind = HEDDLE_KIND_REPLY, .from = "Ana Ruiz", .date = "2026-03-02 04:05", .subject = "HELP!", .attachment = "photo.jpg" } } },
  };
  g_autoptr (GPtrArray) all = support_mails (mails), threads = heddle_threads_merge (all);
  const HeddleNode *node = node_of (threads, "The account of");
  const HeddleThread *thread = threads->pdata[0];

  g_assert_cmpuint (node->evidence->len, ==, 2);
  g_assert_cmpstr (node->message->text, ==, OPEN);
  assert_best (node, "a", 0);
  g_assert_cmpint (node->message->kind, ==, HEDDLE_KIND_RECEIVED);
  g_assert_cmpstr (node->message->subject, ==, "Help");
  g_assert_true (node->message->date->has_offset);
  g_assert_cmpstr (node->message->date->raw, ==, "2026-03-02 10:05:11+01:00");
  g_assert_cmpuint (node->message->attachments->len, ==, 2);
  g_assert_cmpstr (((HeddleAttachment *) node->message->attachments->pdata[0])->name, ==, "letter.pdf");
  g_assert_cmpint (node->message->parent, ==, -1);
  g_assert_cmpstr (thread->subject, ==, "Help");
  g_assert_cmpuint (thread->participants->len, ==, 2);
  g_assert_cmpint (thread->last - thread->first, ==, 2 * 3600 + 54 * 60 + 49);
}

/* The quoted parent is what In-Reply-To names, until another shows to be it. */
static void
test_inferred_message_id (void)
{
  static const Mail mails[MAILS_MAX] = {
    { "b", FALSE,
      { { ANSWER, .up = 1, .from = SAM, .date = "2026-03-02 12:00:00+00:00", .id = "b@x", .answers = "a@x" },
        { OPEN, .kind = HEDDLE_KIND_REPLY, .from = "Ana Ruiz", .date = "2026-03-02 10:05" } } },
    { "a", FALSE, { { "I wrote something else.", .from = LEA, .date = "2026-03-02 10:07:11+01:00", .id = "a@x" } } },
  };
  g_autoptr (GPtrArray) all = support_mails (mails), one = g_ptr_array_new (), first = NULL, both = NULL;

  g_ptr_array_add (one, all->pdata[0]);
  first = heddle_threads_merge (one);
  g_assert_cmpstr (node_of (first, "The account")->message->message_id, ==, "a@x");
  g_assert_true (bears (node_of (first, "The account"), "a@x"));

  both = heddle_threads_merge (all);
  g_assert_null (node_of (both, "The account")->message->message_id);
  g_assert_false (bears (node_of (both, "The account"), "a@x"));
  g_assert_true (bears (node_of (both, "I wrote"), "a@x"));
}

/* Two answers that quote different messages as the one they answer: no proof. */
static void
test_inferred_against_evidence (void)
{
  static const Mail mails[MAILS_MAX] = {
    { "b", FALSE,
      { { ANSWER, .up = 1, .from = SAM, .date = "2026-03-02 12:00:00+00:00", .id = "b@x", .answers = "a@x" },
        { OPEN, .kind = HEDDLE_KIND_REPLY, .from = "Ana Ruiz", .date = "2026-03-02 10:05" } } },
    { "c", FALSE,
      { { "So do I.", .up = 1, .from = LEA, .date = "2026-03-02 13:00:00+00:00", .id = "c@x", .answers = "a@x" },
        { "An older message by somebody else", .kind = HEDDLE_KIND_REPLY, .from = "Sam Okoro", .date = "2026-03-01 17:12" } } },
  };
  g_autoptr (GPtrArray) all = support_mails (mails), threads = heddle_threads_merge (all);

  g_assert_cmpuint (threads->len, ==, 1);
  g_assert_null (node_of (threads, "The account")->message->message_id);
  g_assert_null (node_of (threads, "An older")->message->message_id);
}

/* A forged Message-ID neither takes the place of the stored mail nor hides it. */
static void
test_forged (void)
{
  static const Mail mails[MAILS_MAX] = {
    { "a", TRUE, { { OPEN, .from = ANA, .date = "2026-03-02 10:05:11+01:00", .id = "a@x" } } },
    { "forged", FALSE, { { ANSWER, .from = ANA, .date = "2026-03-02 10:05:11+01:00", .id = "a@x" } } },
    { "again", FALSE, { { ANSWER, .from = ANA, .date = "2026-03-02 10:05:11+01:00", .id = "a@x" } } },
    { "longer", FALSE, { { OPEN " Or send the money to the number below at once.", .from = ANA, .date = "2026-03-02 10:05:11+01:00", .id = "a@x" } } },
  };
  g_autoptr (GPtrArray) all = support_mails (mails), threads = heddle_threads_merge (all);
  const HeddleNode *real = node_of (threads, "The account"), *forged = node_of (threads, "We need");

  g_assert_cmpuint (threads->len, ==, 2);
  g_assert_cmpstr (real->message->text, ==, OPEN);
  g_assert_cmpuint (real->evidence->len, ==, 2);
  g_assert_cmpuint (forged->evidence->len, ==, 2);
  g_assert_true (bears (real, "a@x"));
  g_assert_false (bears (forged, "a@x"));
  g_assert_cmpstr (forged->message->message_id, ==, "a@x");
}

/* A quoted clock without a zone seems to be later than the answer's. */
static void
test_order (void)
{
  static const Mail mails[MAILS_MAX] = {
    { "b", FALSE,
      { { ANSWER, .up = 1, .from = SAM, .date = "2026-03-02 01:00:00+00:00", .id = "b@x" },
        { OPEN, .up = 2, .kind = HEDDLE_KIND_REPLY, .from = ANA, .date = "2026-03-02 10:05" },
        { "No date at all", .kind = HEDDLE_KIND_REPLY, .from = LEA } } },
    { "c", FALSE, { { "Both clocks say their zone.", .from = LEA, .date = "2026-03-01 23:00:00+00:00", .id = "c@x", .answers = "b@x" } } },
  };
  static const char *const expected[] = { "Both", "No date", "The account", "We need" };
  g_autoptr (GPtrArray) all = support_mails (mails), threads = heddle_threads_merge (all);
  const HeddleThread *thread = threads->pdata[0];

  g_assert_cmpuint (thread->messages->len, ==, 4);
  for (guint i = 0; i < 4; i++) {
    const HeddleNode *node = thread->messages->pdata[i];
    g_assert_true (g_str_has_prefix (node->message->text, expected[i]));
  }
  g_assert_cmpint (((HeddleNode *) thread->messages->pdata[0])->parent, ==, 3);
}

/* An answer that was cut down to its grandparent: the header knows better. */
static void
test_header_before_quotation (void)
{
  static const Mail mails[MAILS_MAX] = {
    { "a", FALSE, { { OPEN, .from = ANA, .date = "2026-03-02 10:05:11+01:00", .id = "a@x" } } },
    { "b", FALSE, { { ANSWER, .from = SAM, .date = "2026-03-02 12:00:00+00:00", .id = "b@x", .answers = "a@x" } } },
    { "c", FALSE,
      { { "Thanks!", .up = 1, .from = ANA, .date = "2026-03-02 14:00:00+01:00", .id = "c@x", .answers = "b@x" },
        { OPEN, .kind = HEDDLE_KIND_REPLY, .from = ANA, .date = "2026-03-02 10:05" } } },
  };
  g_autoptr (GPtrArray) all = support_mails (mails), threads = heddle_threads_merge (all);
  const HeddleThread *thread = threads->pdata[0];

  g_assert_cmpuint (thread->messages->len, ==, 3);
  g_assert_cmpint (((HeddleNode *) thread->messages->pdata[2])->parent, ==, 1);
  g_assert_cmpint (((HeddleNode *) thread->messages->pdata[1])->parent, ==, 0);
}

static void
test_missing (void)
{
  static const Mail mails[MAILS_MAX] = {
    { "b", FALSE, { { ANSWER, .from = SAM, .date = "2026-03-02 12:00:00+00:00", .id = "b@x", .references = "r@x a@x" } } },
  };
  g_autoptr (GPtrArray) all = support_mails (mails), threads = heddle_threads_merge (all);
  const HeddleThread *thread = threads->pdata[0];
  const HeddleNode *missing = thread->messages->pdata[0];

  g_assert_cmpuint (thread->missing, ==, 1);
  g_assert_cmpint (missing->message->kind, ==, HEDDLE_KIND_MISSING);
  g_assert_cmpstr (missing->message->message_id, ==, "a@x");
  g_assert_cmpint (missing->best, ==, -1);
  g_assert_null (missing->message->from);
  g_assert_true (bears (missing, "a@x"));
  g_assert_true (bears (missing, "r@x"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/threads/fill/open copy", test_open_copy);
  g_test_add_func ("/threads/fill/withheld stays", test_withheld_stays);
  g_test_add_func ("/threads/fill/received text", test_received_text);
  g_test_add_func ("/threads/fill/inferred Message-ID", test_inferred_message_id);
  g_test_add_func ("/threads/fill/inferred against evidence", test_inferred_against_evidence);
  g_test_add_func ("/threads/fill/forged", test_forged);
  g_test_add_func ("/threads/fill/order", test_order);
  g_test_add_func ("/threads/fill/header before quotation", test_header_before_quotation);
  g_test_add_func ("/threads/fill/missing", test_missing);
  return g_test_run ();
}
