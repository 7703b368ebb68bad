/* SPDX-License-Identifier: MIT */
/* armour: the lines by which OpenPGP wraps a text, within the text (RFC 9580 6, 7).
 *
 * Armoured data, of a message, a signature or a key, is no text. What is signed in
 * clear is: only the lines around it go, and the dashes that escape its own.
 *
 * A block is followed only as long as its lines look like one, so that an end that was
 * cut off takes no text along.
 *
 * Not handled: verification, decryption.
 */
#include "parser/lines.h"

#include <string.h>

#define HEADERS_MOST 8 /* "Version:", "Comment:", "Hash:" below the first line */

static const char begin[] = "-----BEGIN PGP ", end[] = "-----END PGP ";

typedef enum { IN_TEXT, IN_DATA, IN_HEADERS, IN_SIGNED } State;

/* "Version: GnuPG v2", "Hash: SHA256" */
static gboolean
is_header (const char *content)
{
  gsize name = strspn (content, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-");

  return name > 0 && content[name] == ':' && (content[name + 1] == ' ' || content[name + 1] == '\0');
}

/* Base64 of a whole line: no blank within. */
static gboolean
is_data (const char *content)
{
  gsize length = strspn (content, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                  "0123456789+/=");

  return content[length + strspn (content + length, " \t\r")] == '\0';
}

static State
begin_block (HeddleLine *line)
{
  const char *what = line->content + strlen (begin);

  line->hints |= HEDDLE_HINT_ARMOUR;
  if (g_str_has_prefix (what, "SIGNED"))
    return IN_HEADERS;
  if (g_str_has_prefix (what, "MESSAGE"))
    line->hints |= HEDDLE_HINT_SECRET;
  return IN_DATA;
}

/* What is behind @line in a block of @state. */
static State
read_line (HeddleLine *line, State state, int depth, guint *headers)
{
  if (g_str_has_prefix (line->content, begin)) {
    *headers = 0;
    return begin_block (line);
  }
  switch (state) {
  case IN_TEXT:
    return IN_TEXT;
  case IN_DATA:
    if (g_str_has_prefix (line->content, end)) {
      line->hints |= HEDDLE_HINT_ARMOUR;
      return IN_TEXT;
    }
    if (!is_data (line->content) && !(is_header (line->content) && (*headers)++ < HEADERS_MOST))
      return IN_TEXT;
    line->hints |= HEDDLE_HINT_ARMOUR;
    return IN_DATA;
  case IN_HEADERS:
    if (is_header (line->content) && (*headers)++ < HEADERS_MOST) {
      line->hints |= HEDDLE_HINT_ARMOUR;
      return IN_HEADERS;
    }
    return IN_SIGNED;
  case IN_SIGNED:
  default:
    if (line->depth == depth && g_str_has_prefix (line->content, "- ")) /* RFC 9580 7.2 */
      line->content += 2;
    return IN_SIGNED;
  }
}

gboolean
heddle_body_read_armour (HeddleBody *body, guint first)
{
  State state = IN_TEXT;
  guint headers = 0;
  int depth = 0; /* of the block */
  gboolean secret = FALSE;

  for (guint i = first; i < body->lines->len; i++) {
    HeddleLine *line = body->lines->pdata[i];

    if (state == IN_TEXT && *line->content != '-')
      continue;
    if (*line->content != '\0' && (line->depth < depth || (state == IN_DATA && line->depth > depth)))
      state = IN_TEXT; /* quoted in part; what is signed may quote others */
    if (state == IN_TEXT)
      depth = line->depth;
    state = read_line (line, state, depth, &headers);
    secret |= depth == 0 && (line->hints & HEDDLE_HINT_SECRET) != 0;
  }
  return secret;
}
