/* SPDX-License-Identifier: MIT */
/* The lines of an attribution, joined.
 *
 * A mailer wraps an attribution at any blank of it, and the next one wraps what came
 * out of that, with its own marks before some of the pieces only. So a piece may stand
 * less deep than the first one, never deeper, but for one case: a ">" that closes an
 * address and came to stand at the beginning of a line reads as a mark. Where a "<" is
 * open and a line is a level too deep, or holds marks alone, that mark was the bracket.
 *
 * Nothing is joined past a colon while a bracket is open: "(időpont:" goes on.
 *
 * Not handled: words broken within; attributions of more than five lines.
 */
#include "parser/attribution.h"

#include <string.h>

#define LINES_MOST 5 /* with something in them */
#define GAPS_MOST 4  /* blank lines between them */

static gboolean
is_ignored (gunichar c)
{
  return (c >= 0x200e && c <= 0x200f) || (c >= 0x202a && c <= 0x202e)
         || (c >= 0x2066 && c <= 0x2069) || c == 0x200b || c == 0xfeff || c == 0xad;
}

static gboolean
is_space (gunichar c)
{
  return c == ' ' || c == '\t' || c == 0xa0 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f
         || c == 0x3000 || c == '\f' || c == '\v';
}

/* "&lt;": archives make entities of brackets, and some never undo them. */
static char
entity_at (const char *text, gsize length)
{
  if (length < 4 || text[0] != '&' || text[2] != 't' || text[3] != ';')
    return 0;
  return text[1] == 'l' ? '<' : text[1] == 'g' ? '>' : 0;
}

static gboolean
add_char (HeddleJoined *joined, const char *bytes, gsize n)
{
  if (joined->length + n > HEDDLE_ATTRIBUTION_MOST)
    return FALSE;
  memcpy (joined->text + joined->length, bytes, n);
  joined->length += n;
  joined->text[joined->length] = '\0';
  return TRUE;
}

static gboolean
add_blank (HeddleJoined *joined)
{
  if (joined->length == 0 || joined->text[joined->length - 1] == ' ')
    return TRUE;
  return add_char (joined, " ", 1);
}

gboolean
heddle_joined_add (HeddleJoined *joined, const char *piece, gsize length)
{
  const char *end = piece + length;
  gboolean room = TRUE;
  for (const char *p = piece; p < end && room;) {
    const char *next = g_utf8_next_char (p);
    char entity = entity_at (p, (gsize) (end - p));
    if (entity != 0) {
      room = add_char (joined, &entity, 1);
      next = p + 4;
    } else if (is_space (g_utf8_get_char (p))) {
      room = add_blank (joined);
    } else if (!is_ignored (g_utf8_get_char (p))) {
      room = add_char (joined, p, (gsize) (next - p));
    }
    p = next;
  }
  return room;
}

static void
drop_blanks (HeddleJoined *joined)
{
  while (joined->length > 0 && joined->text[joined->length - 1] == ' ')
    joined->length--;
  joined->text[joined->length] = '\0';
}

/* Bytes of the colon that ends @text, ASCII or full width, blanks behind it included. */
static gsize
colon_before (const char *text, gsize length)
{
  gsize end = length;
  while (end > 0 && text[end - 1] == ' ')
    end--;
  if (end > 0 && text[end - 1] == ':')
    return length - (end - 1);
  if (end >= 3 && memcmp (text + end - 3, "\xef\xbc\x9a", 3) == 0)
    return length - (end - 3);
  return 0;
}

void
heddle_joined_finish (HeddleJoined *joined)
{
  gsize dashes = 0, colon;
  drop_blanks (joined);
  while (joined->length > 0 && joined->text[joined->length - 1] == '-') {
    joined->length--;
    dashes++;
  }
  joined->dashes = dashes >= 2;
  drop_blanks (joined);
  while ((colon = colon_before (joined->text, joined->length)) > 0) {
    joined->length -= colon;
    joined->colon = TRUE;
    drop_blanks (joined);
  }
}

/* How many brackets of a kind are open at the end. */
static guint
open_at_end (const HeddleJoined *joined, char open, char close)
{
  guint n = 0;
  for (gsize i = 0; i < joined->length; i++) {
    if (joined->text[i] == open)
      n++;
    else if (joined->text[i] == close && n > 0)
      n--;
  }
  return n;
}

gboolean
heddle_joined_above_quote (const HeddleView *view, guint last, int depth)
{
  guint next = heddle_view_next (view, last + 1, 3);
  return next < view->lines->len && heddle_view_line (view, next)->depth > depth;
}

/* Whether the text so far ends as an attribution does. */
static gboolean
is_whole (const HeddleView *view, guint last, int depth, const HeddleJoined *joined)
{
  if (colon_before (joined->text, joined->length) > 0)
    return open_at_end (joined, '(', ')') == 0 && open_at_end (joined, '<', '>') == 0;
  gsize length = joined->length;
  /* "2018/4/10 Ana Ruiz <ana@example.org>", as Gmail wrote it in some languages. */
  if (length > 0 && joined->text[length - 1] == '>' && g_ascii_isdigit (joined->text[0]))
    return heddle_joined_above_quote (view, last, depth);
  while (length > 0 && (joined->text[length - 1] == '-' || joined->text[length - 1] == ' '))
    length--;
  gboolean dashes = joined->length - length > 2;
  if (dashes)
    length -= colon_before (joined->text, length);
  if (!dashes && !heddle_joined_above_quote (view, last, depth))
    return FALSE;
  return heddle_parts_wrote_before (view->tables, joined->text, length) != NULL;
}

/* With a "<" open: whether the mark before line @k is the bracket that closes it. */
static gboolean
mark_closes (const HeddleView *view, guint k, int depth, const HeddleJoined *joined)
{
  gsize length;
  const char *text = heddle_view_content (view, k, &length);
  int here = heddle_view_line (view, k)->depth;
  if (here == 0 || length == 0 || here > depth)
    return here > 0 && (length == 0 || here == depth + 1);
  /* Of a mark before "wrote:", where the address is whole, nobody knows: the bracket
   * is missed more. */
  const char *open = strrchr (joined->text, '<');
  return open != NULL && strchr (open, '@') != NULL
         && heddle_words_at (view->tables->words, text, length,
                             HEDDLE_WORD_BIT (HEDDLE_WORD_WROTE), NULL)
                != NULL;
}

static gboolean
close_bracket (HeddleJoined *joined)
{
  drop_blanks (joined);
  return add_char (joined, ">", 1);
}

/* Whether the break before @line lies within an address: "<ana.ruiz@" and "example.org>". */
static gboolean
is_within_address (const HeddleJoined *joined, const char *line, gsize length)
{
  const char *open = joined->length > 0 ? strrchr (joined->text, '<') : NULL;
  const char *close = memchr (line, '>', length);
  if (open == NULL || open[1] == '\0' || close == NULL || strpbrk (open, " >") != NULL
      || memchr (line, ' ', (gsize) (close - line)) != NULL)
    return FALSE;
  return strchr (open, '@') != NULL || memchr (line, '@', (gsize) (close - line)) != NULL;
}

gboolean
heddle_joined_read (const HeddleView *view, guint i, gboolean gaps, HeddleJoined *ret)
{
  int depth = heddle_view_line (view, i)->depth;
  guint lines = 0, blank = 0;
  ret->length = 0;
  ret->colon = ret->dashes = ret->shared = FALSE;
  for (guint k = i; k < view->lines->len && lines < LINES_MOST; k++) {
    gsize length;
    const char *line = heddle_view_content (view, k, &length);
    gboolean closes = open_at_end (ret, '<', '>') > 0 && mark_closes (view, k, depth, ret);
    if (closes && !close_bracket (ret))
      return FALSE;
    if (length == 0) {
      if (!closes && (!gaps || ++blank > GAPS_MOST))
        return FALSE;
      continue;
    }
    if (heddle_view_line (view, k)->depth > depth + (closes ? 1 : 0)
        || (!is_within_address (ret, line, length) && !add_blank (ret))
        || !heddle_joined_add (ret, line, length))
      return FALSE;
    lines++;
    if (!is_whole (view, k, depth, ret))
      continue;
    ret->last = k;
    heddle_joined_finish (ret);
    return ret->length > 0;
  }
  return FALSE;
}
