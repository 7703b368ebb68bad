/* SPDX-License-Identifier: MIT */
/* Any bytes as a mail and as a document: one clear error, or a chain whose indices,
 * spans and strings are what parser.h promises, and that crosses the pipe unchanged. */
#include "parser/parser.h"
#include "tests/fuzz/fuzz.h"

static void
check_text (const char *text)
{
  g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
}

static void
check_lines (const HeddleChain *chain)
{
  for (guint i = 0; i < chain->lines->len; i++) {
    const HeddleChainLine *line = chain->lines->pdata[i];

    check_text (line->text);
    g_assert_cmpint (line->message, >=, -1);
    g_assert_cmpint (line->message, <, (int)chain->messages->len);
    g_assert_true (line->message >= 0 || line->zone == HEDDLE_ZONE_OTHER
                   || line->zone == HEDDLE_ZONE_BLANK);
  }
}

static void
check_message (const HeddleChain *chain, guint index)
{
  const HeddleMessage *message = chain->messages->pdata[index];
  guint last = 0;

  g_assert_cmpint (message->parent, >=, -1);
  g_assert_cmpint (message->parent, <, (int)chain->messages->len);
  g_assert_cmpint (message->parent, !=, (int)index);
  g_assert_true (index > 0 || message->kind == HEDDLE_KIND_RECEIVED);
  check_text (message->text);
  check_text (message->subject);
  check_text (message->greeting);
  check_text (message->signoff);
  check_text (message->signature);
  for (guint i = 0; i < message->spans->len; i++) {
    const HeddleSpan *span = &g_array_index (message->spans, HeddleSpan, i);

    g_assert_cmpuint (span->first, >, last);
    g_assert_cmpuint (span->last, >=, span->first);
    g_assert_cmpuint (span->last, <=, chain->lines->len);
    last = span->last;
  }
}

static void
check_chain (HeddleChain *chain, GError *error)
{
  g_assert_true ((chain == NULL) == (error != NULL));
  if (chain == NULL) {
    g_error_free (error);
    return;
  }
  g_assert_cmpuint (chain->messages->len, >, 0);
  g_assert_cmpuint (chain->messages->len, <=, heddle_limits_default.messages);
  check_lines (chain);
  for (guint i = 0; i < chain->messages->len; i++)
    check_message (chain, i);
  g_autoptr (GBytes) record = heddle_chain_to_record (chain, TRUE);
  g_autoptr (HeddleChain) back = heddle_chain_from_record (record, NULL);
  g_assert_nonnull (back);
  g_autoptr (GBytes) again = heddle_chain_to_record (back, TRUE);
  g_assert_true (g_bytes_equal (record, again));
  heddle_chain_free (chain);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static HeddleParser *parser;
  GError *error = NULL;

  if (parser == NULL)
    parser = heddle_parser_new ();
  HeddleChain *chain = heddle_parse_mail (parser, data, size, NULL, &error);
  check_chain (chain, error);
  error = NULL;
  chain = heddle_parse_text (parser, data, size, NULL, &error);
  check_chain (chain, error);
  return 0;
}
