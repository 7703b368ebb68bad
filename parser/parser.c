/* SPDX-License-Identifier: MIT */
/* parser: the object that holds the tables, and the two ways in. */
#include "parser/parser.h"

#include "parser/caption.h"
#include "parser/chain.h"
#include "parser/clock.h"
#include "parser/mail.h"
#include "parser/tables.h"

#include <string.h>

struct _HeddleParser {
  HeddleTables tables;
};

HeddleParser *
heddle_parser_new (void)
{
  HeddleParser *parser = g_new0 (HeddleParser, 1);
  parser->tables.words = &heddle_words_made;
  parser->tables.names = &heddle_names_made;
  parser->tables.domains = heddle_domains_new ();
  return parser;
}

void
heddle_parser_free (HeddleParser *parser)
{
  if (parser == NULL)
    return;
  heddle_domains_free (parser->tables.domains);
  g_free (parser);
}

const HeddleTables *
heddle_parser_tables (const HeddleParser *parser)
{
  return &parser->tables;
}

/* Old Macintosh programs end lines with CR alone; no other mail has CR and not one LF.
 * The bytes with LF in its place, else NULL. (transfer full) (nullable) */
static char *
without_bare_cr (gconstpointer bytes, gsize length)
{
  if (length == 0 || memchr (bytes, '\n', length) != NULL || memchr (bytes, '\r', length) == NULL)
    return NULL;
  char *copy = g_memdup2 (bytes, length);
  for (char *p = copy; (p = memchr (p, '\r', length - (gsize) (p - copy))) != NULL;)
    *p++ = '\n';
  return copy;
}

HeddleChain *
heddle_parse_mail (HeddleParser *parser, gconstpointer bytes, gsize length,
                   const HeddleLimits *limits, GError **error)
{
  if (limits == NULL)
    limits = &heddle_limits_default;
  g_autoptr (HeddleChain) chain = heddle_chain_new ();
  g_autofree char *lines = length <= limits->bytes ? without_bare_cr (bytes, length) : NULL;
  if (lines != NULL) {
    g_ptr_array_add (chain->warnings, g_strdup ("Its lines end in CR alone."));
    bytes = lines;
  }
  g_autoptr (HeddleMail) mail = heddle_mail_read (bytes, length, limits, chain->warnings, error);
  if (mail == NULL)
    return NULL;
  heddle_chain_build (&parser->tables, mail, FALSE, limits, chain);
  heddle_chain_name_parents (chain);
  heddle_clock_infer (chain);
  if (limits->facts > 0)
    heddle_captions_tie (&parser->tables, chain);
  return g_steal_pointer (&chain);
}

/* A document is text: a byte in ten that no text holds says that it is none. */
static gboolean
is_binary (const guint8 *bytes, gsize length)
{
  gsize odd = 0, looked = MIN (length, 4096);
  for (gsize i = 0; i < looked; i++)
    odd += (bytes[i] < 0x20 && bytes[i] != '\t' && bytes[i] != '\n' && bytes[i] != '\r' &&
            bytes[i] != '\f') ||
           bytes[i] == 0x7f;
  return odd > looked / 10;
}

static gboolean
is_white (const char *text, gsize length)
{
  return strspn (text, " \t\r\n\f\v") >= length;
}

HeddleChain *
heddle_parse_text (HeddleParser *parser, gconstpointer bytes, gsize length,
                   const HeddleLimits *limits, GError **error)
{
  if (limits == NULL)
    limits = &heddle_limits_default;
  if (length > limits->bytes) {
    g_set_error (error, HEDDLE_PARSE_ERROR, HEDDLE_PARSE_ERROR_LIMIT,
                 "%" G_GSIZE_FORMAT " bytes are more than the limit of %" G_GSIZE_FORMAT, length,
                 limits->bytes);
    return NULL;
  }
  if (length > 0 && is_binary (bytes, length)) {
    g_set_error (error, HEDDLE_PARSE_ERROR, HEDDLE_PARSE_ERROR_NOT_MAIL, "binary data, not a text");
    return NULL;
  }
  gsize text_length = 0;
  g_autofree char *text = heddle_text_decode (bytes != NULL ? bytes : "", length, &text_length);
  if (is_white (text, text_length)) {
    g_set_error (error, HEDDLE_PARSE_ERROR, HEDDLE_PARSE_ERROR_EMPTY, "nothing in it");
    return NULL;
  }
  g_autoptr (HeddleChain) chain = heddle_chain_new ();
  g_autoptr (HeddleMail) mail = g_new0 (HeddleMail, 1);
  mail->head = heddle_message_new (HEDDLE_KIND_RECEIVED);
  mail->body = heddle_body_new ();
  mail->nested = g_ptr_array_new ();
  heddle_body_add_text (mail->body, text, text_length, (HeddleTextForm){ FALSE, FALSE }, limits,
                        chain->warnings);
  mail->head->encrypted = heddle_body_read_armour (mail->body, 0);
  heddle_chain_build (&parser->tables, mail, TRUE, limits, chain);
  heddle_chain_name_parents (chain);
  heddle_clock_infer (chain);
  if (limits->facts > 0)
    heddle_captions_tie (&parser->tables, chain);
  return g_steal_pointer (&chain);
}
