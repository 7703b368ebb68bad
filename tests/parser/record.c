/* SPDX-License-Identifier: MIT */
/* Chains through the pipe and back; records that nobody should believe. */
#include "parser/parser.h"

#include <string.h>

static HeddleWall
day (int year, int month, int number)
{
  return (HeddleWall){ .year = year, .month = month, .day = number };
}

static HeddleMessage *
full_message (void)
{
  HeddleMessage *m = heddle_message_new (HEDDLE_KIND_REPLY);
  HeddleSpan span = { 1, 2 };
  HeddleUrl url = { g_strdup ("https://example.com/a"), g_strdup ("here"),
                    g_strdup ("example.com"), g_strdup ("https://scan.example/x") };
  HeddleCase number = { g_strdup ("1234"), g_strdup ("Case# 1234") };
  HeddleAttachment file = { g_strdup ("a.png"), g_strdup ("image/png"), 3, g_strnfill (64, 'a'),
                            HEDDLE_ATTACHMENT_PART, g_strdup ("the letter") };
  HeddleMention mention
      = { g_strdup ("by Friday"), day (2018, 4, 13), TRUE, day (2018, 4, 14), 0 };
  HeddleAction action
      = { HEDDLE_ACTION_DEADLINE, g_strdup ("By Friday."), TRUE, day (2018, 4, 13), { 2, 2 } };

  m->parent = 1;
  m->style = g_strdup ("gmail");
  m->from = heddle_person_new ("Ana Ruiz", NULL, TRUE, "Ana Ruiz (b)(6)");
  g_ptr_array_add (m->to,
                   heddle_person_new (NULL, "sam@example.org", FALSE, "sam@example.org"));
  g_ptr_array_add (m->cc, heddle_person_new ("\303\211va", NULL, FALSE, "\303\211va"));
  g_ptr_array_add (m->bcc, heddle_person_new ("Kim", NULL, FALSE, "Kim"));
  m->subject = g_strdup ("");
  m->date = g_new0 (HeddleDate, 1);
  *m->date = (HeddleDate){ g_strdup ("raw"), TRUE, day (2018, 4, 10),   TRUE, -240, TRUE,
                           1523332800,       TRUE, HEDDLE_PRECISION_DAY,
                           HEDDLE_PIN_COPY, -240, 1 };
  m->message_id = g_strdup ("a@example.org");
  m->in_reply_to = g_strdup ("b@example.org");
  g_ptr_array_add (m->references, g_strdup ("c@example.org"));
  m->thread_index = g_strdup ("01d3d0c5b3a1");
  g_free (m->text);
  m->text = g_strdup ("Dear Sam,\nBy Friday.");
  m->greeting = g_strdup ("Dear Sam,");
  m->signoff = g_strdup ("Best");
  m->signature = g_strdup ("Ana");
  g_ptr_array_add (m->markings, g_strdup ("UNCLASSIFIED"));
  g_ptr_array_add (m->handles, g_strdup ("@example"));
  g_ptr_array_add (m->urls, g_memdup2 (&url, sizeof url));
  g_ptr_array_add (m->cases, g_memdup2 (&number, sizeof number));
  g_ptr_array_add (m->attachments, g_memdup2 (&file, sizeof file));
  g_ptr_array_add (m->dates, g_memdup2 (&mention, sizeof mention));
  g_ptr_array_add (m->actions, g_memdup2 (&action, sizeof action));
  m->encrypted = TRUE;
  m->automatic = HEDDLE_AUTOMATIC_LIST;
  g_array_append_val (m->spans, span);
  return m;
}

static HeddleChain *
full_chain (void)
{
  HeddleChain *chain = heddle_chain_new ();

  g_ptr_array_add (chain->messages, full_message ());
  g_ptr_array_add (chain->messages, heddle_message_new (HEDDLE_KIND_REPLY));
  for (int i = 0; i < 2; i++) {
    HeddleChainLine line
        = { g_strdup (i ? "By Friday." : "Dear Sam,"), HEDDLE_ZONE_BODY, 0, i, NULL };

    g_ptr_array_add (chain->lines, g_memdup2 (&line, sizeof line));
  }
  g_ptr_array_add (chain->warnings, g_strdup ("odd"));
  return chain;
}

/* What comes back says the same: its own record has the same bytes. A copy of a
 * message does as well, which holds every field of heddle_message_copy(). */
static void
test_round_trip (void)
{
  g_autoptr (HeddleChain) chain = full_chain ();
  HeddleMessage *first = chain->messages->pdata[0];

  for (int with_lines = 0; with_lines < 2; with_lines++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) record = heddle_chain_to_record (chain, with_lines);
    g_autoptr (HeddleChain) back = heddle_chain_from_record (record, &error);
    g_autoptr (GBytes) again = NULL;

    g_assert_no_error (error);
    g_assert_cmpuint (back->lines->len, ==, with_lines ? 2 : 0);
    again = heddle_chain_to_record (back, with_lines);
    g_assert_true (g_bytes_equal (record, again));
    chain->messages->pdata[0] = heddle_message_copy (first);
    heddle_message_free (first);
    first = chain->messages->pdata[0];
  }
}

static void
test_values (void)
{
  g_autoptr (HeddleChain) chain = full_chain ();
  g_autoptr (GBytes) record = heddle_chain_to_record (chain, TRUE);
  g_autoptr (HeddleChain) back = heddle_chain_from_record (record, NULL);
  const HeddleMessage *m = back->messages->pdata[0];
  const HeddleAction *action = m->actions->pdata[0];
  const HeddleChainLine *line = back->lines->pdata[1];

  g_assert_cmpstr (m->from->name, ==, "Ana Ruiz");
  g_assert_null (m->from->address);
  g_assert_cmpstr (m->subject, ==, "");
  g_assert_cmpint (m->date->offset, ==, -240);
  g_assert_cmpint (m->date->pin, ==, HEDDLE_PIN_COPY);
  g_assert_cmpint (m->date->zone, ==, -240);
  g_assert_cmpint (m->date->witness, ==, 1);
  g_assert_cmpstr (((HeddleAttachment *) m->attachments->pdata[0])->caption, ==, "the letter");
  g_assert_cmpint (action->span.first, ==, 2);
  g_assert_cmpint (action->due.day, ==, 13);
  g_assert_cmpstr (line->text, ==, "By Friday.");
  g_assert_cmpint (line->depth, ==, 1);
}

/* --- records that lie ------------------------------------------------------------------- */

static void
lie_kind (HeddleChain *c)
{
  ((HeddleMessage *)c->messages->pdata[0])->kind = 99;
}
static void
lie_missing (HeddleChain *c)
{
  ((HeddleMessage *)c->messages->pdata[0])->kind = HEDDLE_KIND_MISSING;
}
static void
lie_witness (HeddleChain *c)
{
  ((HeddleMessage *)c->messages->pdata[0])->date->witness = 2;
}

static void
lie_parent (HeddleChain *c)
{
  ((HeddleMessage *)c->messages->pdata[0])->parent = 2;
}
static void
lie_self (HeddleChain *c)
{
  ((HeddleMessage *)c->messages->pdata[0])->parent = 0;
}
static void
lie_ring (HeddleChain *c)
{
  ((HeddleMessage *)c->messages->pdata[1])->parent = 0;
}
static void
lie_automatic (HeddleChain *c)
{
  ((HeddleMessage *)c->messages->pdata[1])->automatic = -1;
}
static void
lie_wall (HeddleChain *c)
{
  ((HeddleMessage *)c->messages->pdata[0])->date->local.hour = 24;
}
static void
lie_day (HeddleChain *c)
{
  ((HeddleMessage *)c->messages->pdata[0])->date->local.day = 31;
}
static void
lie_utc (HeddleChain *c)
{
  ((HeddleMessage *)c->messages->pdata[0])->date->utc = G_MAXINT64;
}
static void
lie_span (HeddleChain *c)
{
  g_array_index (((HeddleMessage *)c->messages->pdata[0])->spans, HeddleSpan, 0).last = 3;
}
static void
lie_span_zero (HeddleChain *c)
{
  g_array_index (((HeddleMessage *)c->messages->pdata[0])->spans, HeddleSpan, 0).first = 0;
}
static void
lie_action (HeddleChain *c)
{
  ((HeddleAction *)((HeddleMessage *)c->messages->pdata[0])->actions->pdata[0])->kind = 7;
}
static void
lie_size (HeddleChain *c)
{
  ((HeddleAttachment *)((HeddleMessage *)c->messages->pdata[0])->attachments->pdata[0])->size
      = -2;
}
static void
lie_sha (HeddleChain *c)
{
  ((HeddleAttachment *)((HeddleMessage *)c->messages->pdata[0])->attachments->pdata[0])
      ->sha256[3]
      = 'G';
}
static void
lie_zone (HeddleChain *c)
{
  ((HeddleChainLine *)c->lines->pdata[0])->zone = 9;
}
static void
lie_message (HeddleChain *c)
{
  ((HeddleChainLine *)c->lines->pdata[0])->message = 2;
}
static void
lie_depth (HeddleChain *c)
{
  ((HeddleChainLine *)c->lines->pdata[0])->depth = -1;
}
static void
lie_empty (HeddleChain *c)
{
  g_ptr_array_set_size (c->messages, 0);
}

static const struct {
  const char *name;
  void (*lie) (HeddleChain *chain);
} lies[] = {
  { "kind", lie_kind },
  { "missing", lie_missing },
  { "parent", lie_parent },
  { "witness", lie_witness },
  { "self", lie_self },
  { "ring", lie_ring },
  { "automatic", lie_automatic },
  { "wall", lie_wall },
  { "day", lie_day },
  { "utc", lie_utc },
  { "span", lie_span },
  { "span zero", lie_span_zero },
  { "action", lie_action },
  { "size", lie_size },
  { "sha256", lie_sha },
  { "zone", lie_zone },
  { "message", lie_message },
  { "depth", lie_depth },
  { "empty", lie_empty },
};

static void
test_lie (gconstpointer data)
{
  void (*lie) (HeddleChain * chain) = lies[GPOINTER_TO_UINT (data)].lie;
  g_autoptr (HeddleChain) chain = full_chain ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) record = NULL;

  lie (chain);
  record = heddle_chain_to_record (chain, TRUE);
  g_assert_null (heddle_chain_from_record (record, &error));
  g_assert_error (error, HEDDLE_PARSE_ERROR, HEDDLE_PARSE_ERROR_RECORD);
}

/* Each byte changed, each length cut: refused or a chain, never anything else; and
 * a chain that comes of it can be written again. */
static void
test_broken (void)
{
  g_autoptr (HeddleChain) chain = full_chain ();
  g_autoptr (GBytes) record = heddle_chain_to_record (chain, TRUE);
  gsize length, refused = 0;
  const guint8 *bytes = g_bytes_get_data (record, &length);
  g_autofree guint8 *copy = g_memdup2 (bytes, length);

  for (gsize i = 0; i < 2 * length; i++) {
    g_autoptr (GBytes) broken = NULL;
    g_autoptr (HeddleChain) back = NULL;

    copy[i % length] ^= i < length ? 0xff : 0x01;
    broken = g_bytes_new (copy, length);
    copy[i % length] = bytes[i % length];
    back = heddle_chain_from_record (broken, NULL);
    refused += back == NULL;
    if (back != NULL)
      g_bytes_unref (heddle_chain_to_record (back, TRUE));
  }
  for (gsize i = 0; i < length; i++) {
    g_autoptr (GBytes) cut = g_bytes_new (bytes, i);
    g_autoptr (HeddleChain) back = heddle_chain_from_record (cut, NULL);

    g_assert_null (back);
  }
  g_assert_cmpuint (refused, >, length / 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/round trip", test_round_trip);
  g_test_add_func ("/record/values", test_values);
  for (guint i = 0; i < G_N_ELEMENTS (lies); i++) {
    g_autofree char *path = g_strconcat ("/record/lie/", lies[i].name, NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_lie);
  }
  g_test_add_func ("/record/broken", test_broken);
  return g_test_run ();
}
