/* SPDX-License-Identifier: MIT */
/* helpdesk: what help desks and lists write between messages that is neither an
 * attribution nor a header block.
 *
 * - The marker that a help desk puts on top of what it sends, "##- Please type your reply
 *   above this line -##": with text above it in its message, it is where that ends. The
 *   marker itself is nobody's text (footer.c).
 * - Zendesk's line of an update, "Ana Ruiz, Apr 3, 2018, 10:45 PDT": below a row of dashes,
 *   or with a colon at its end and a zone. In HTML the name and the date are lines of
 *   their own, "Ana Ruiz (Helpline)" above "Apr 3, 2018, 10:45 PDT", where the marker
 *   stands on top of the mail.
 * - "Message: 3" between a row of dashes and the header block of a digest.
 *
 * Not handled: updates whose date lacks the year; who wrote what stands below a marker.
 */
#include "parser/boundary.h"
#include "parser/redaction.h"
#include "parser/style.h"

#include <string.h>

#define MARKER_MOST 160 /* bytes of a marker */
#define UPDATE_MOST 160 /* bytes of an update's line */
#define ROW_LEAST 20    /* dashes above it */
#define DIGEST_MOST 40  /* bytes of "Message: 3" */
#define NAME_MOST 80    /* bytes of who wrote an update */
#define TOP_LINES 5     /* of a mail, where the marker stands */
#define CARD_DATE 60    /* bytes of a date that is a line of its own */

/* Bytes of the marks at @text: "##-", "--", "===". */
static gsize
marks_at (const char *text, gsize length)
{
  gsize n = 0;
  while (n < length) {
    gunichar c = g_utf8_get_char (text + n);
    if (c != ' ' && c != '-' && c != '#' && c != '=' && c != '*' && c != '_' && c != '~'
        && (c < 0x2010 || c > 0x2015))
      break;
    n += (gsize) (g_utf8_next_char (text + n) - (text + n));
  }
  return n;
}

gboolean
heddle_is_reply_marker (const HeddleView *view, guint i)
{
  gsize length, covered;
  const char *text = heddle_view_content (view, i, &length);
  if (length == 0 || length > MARKER_MOST)
    return FALSE;
  gsize at = marks_at (text, length);
  if (at == length && i > 0 && memchr (text, '#', length) != NULL) {
    /* its last marks, wrapped */
    gsize above;
    const char *words = heddle_view_content (view, i - 1, &above);
    return marks_at (words, above) < above && heddle_is_reply_marker (view, i - 1);
  }
  if (heddle_words_at (view->tables->words, text + at, length - at,
                       HEDDLE_WORD_BIT (HEDDLE_WORD_REPLY_ABOVE), &covered)
      == NULL)
    return FALSE;
  at += covered;
  if (at < length && text[at] == '.')
    at++;
  return at + marks_at (text + at, length - at) == length;
}

/* A row of hyphens right above line @i, one blank line between them at most: its line, or
 * -1. */
static int
row_above (const HeddleView *view, guint i, guint from)
{
  for (guint k = i; k > from && i - k < 2; k--) {
    gsize length;
    const char *text = heddle_view_content (view, k - 1, &length);
    if (length > 0)
      return length >= ROW_LEAST && strspn (text, "-") >= length
                     && heddle_view_line (view, k - 1)->depth == heddle_view_line (view, i)->depth
                 ? (int) (k - 1)
                 : -1;
  }
  return -1;
}

static gboolean
is_marks (const HeddleView *view, guint i)
{
  gsize length;
  const char *text = heddle_view_content (view, i, &length);
  return marks_at (text, length) == length;
}

static HeddleBoundary *
marker_at (const HeddleView *view, guint i, guint from)
{
  if (!heddle_is_reply_marker (view, i))
    return NULL;
  gboolean above = FALSE;
  for (guint k = i; k > from && !above; k--)
    above = !is_marks (view, k - 1)
            && heddle_view_line (view, k - 1)->depth == heddle_view_line (view, i)->depth;
  if (!above)
    return NULL;
  guint last = i;
  if (i + 1 < view->lines->len && is_marks (view, i + 1) && heddle_is_reply_marker (view, i + 1))
    last = i + 1;
  HeddleBoundary *boundary = heddle_boundary_new (i, last, "unknown", "reply above this line");
  boundary->depth = heddle_view_line (view, i)->depth;
  boundary->block = TRUE;
  gsize length;
  char mark = *heddle_view_content (view, i, &length);
  boundary->shape[0] = '^';
  boundary->shape[1] = mark == '#' || mark == '-' || mark == '=' ? mark : '\0';
  boundary->style = heddle_style_find (boundary->shape);
  return boundary;
}

static HeddleBoundary *
update_at (const HeddleView *view, guint i, guint from)
{
  gsize length;
  const char *text = heddle_view_content (view, i, &length);
  if (length < 12 || length > UPDATE_MOST)
    return NULL;
  const char *comma = memchr (text, ',', MIN (length, NAME_MOST));
  gboolean colon = text[length - 1] == ':';
  if (comma == NULL || comma == text || comma + 2 >= text + length || comma[1] != ' ')
    return NULL;
  gboolean withheld = heddle_redaction_fills (view->tables, text, (gsize) (comma - text));
  if (!withheld && !g_unichar_isalpha (g_utf8_get_char (text)))
    return NULL;
  int row = row_above (view, i, from);
  if (row < 0 && !colon)
    return NULL;
  guint below = i + 1;
  if (below < view->lines->len && !heddle_view_blank (view, below))
    return NULL;
  const char *when = comma + 2, *end = text + length - (colon ? 1 : 0);
  g_autoptr (HeddleDate) date = NULL;
  gsize read = heddle_when_read (view->tables, when, (gsize) (end - when), &date);
  if (read == 0 || when + read != end || date == NULL || !date->has_local
      || date->precision == HEDDLE_PRECISION_DAY || (row < 0 && !date->has_offset))
    return NULL;
  g_autoptr (HeddlePerson) person
      = heddle_person_read (view->tables, text, (gsize) (comma - text));
  if (person == NULL
      || (!withheld
          && (person->name == NULL || g_unichar_islower (g_utf8_get_char (person->name)))))
    return NULL;
  HeddleBoundary *boundary
      = heddle_boundary_new (row >= 0 ? (guint) row : i, i, "unknown", "a help desk's update");
  boundary->depth = heddle_view_line (view, i)->depth;
  boundary->block = TRUE;
  boundary->from = g_steal_pointer (&person);
  boundary->date = g_steal_pointer (&date);
  g_strlcpy (boundary->shape, row >= 0 ? "^u" : "^u:", sizeof boundary->shape);
  boundary->style = heddle_style_find (boundary->shape);
  return boundary;
}

static gboolean
marker_on_top (const HeddleView *view)
{
  guint end = MIN (view->lines->len, TOP_LINES);
  for (guint i = 0; i < end; i++)
    if (heddle_is_reply_marker (view, i))
      return TRUE;
  return FALSE;
}

/* The date that is all of line @i, with a time of day and a zone. (transfer full) (nullable) */
static HeddleDate *
whole_date (const HeddleView *view, guint i)
{
  gsize length;
  const char *text = i < view->lines->len ? heddle_view_content (view, i, &length) : "";
  if (*text == '\0' || length > CARD_DATE || memchr (text, ':', length) == NULL
      || !g_unichar_isalnum (g_utf8_get_char (text)))
    return NULL;
  g_autoptr (HeddleDate) date = NULL;
  gsize read = heddle_when_read (view->tables, text, length, &date);
  return read == length && date != NULL && date->has_offset ? g_steal_pointer (&date) : NULL;
}

static HeddleBoundary *
card_at (const HeddleView *view, guint i, guint from)
{
  gsize length;
  const char *text = heddle_view_content (view, i, &length);
  if (length > NAME_MOST || (i > from && !heddle_view_blank (view, i - 1)))
    return NULL;
  g_autoptr (HeddleDate) date = whole_date (view, i + 1);
  if (date == NULL || !marker_on_top (view))
    return NULL;
  const char *open = text[length - 1] == ')' ? memchr (text, '(', length) : NULL;
  gsize name = open != NULL && open > text + 1 ? (gsize) (open - text) : length;
  HeddlePerson *person = heddle_person_read (view->tables, text, name);
  if (person == NULL)
    return NULL;
  g_free (person->raw);
  person->raw = g_strndup (text, length);
  HeddleBoundary *boundary
      = heddle_boundary_new (i, i + 1, "unknown", "a help desk's update");
  boundary->depth = heddle_view_line (view, i)->depth;
  boundary->block = TRUE;
  boundary->from = person;
  boundary->date = g_steal_pointer (&date);
  g_strlcpy (boundary->shape, "^c", sizeof boundary->shape);
  boundary->style = heddle_style_find (boundary->shape);
  return boundary;
}

HeddleBoundary *
heddle_helpdesk_at (const HeddleView *view, guint i, guint from)
{
  HeddleBoundary *boundary = marker_at (view, i, from);
  if (boundary == NULL)
    boundary = update_at (view, i, from);
  return boundary != NULL ? boundary : card_at (view, i, from);
}

void
heddle_digest_take_above (const HeddleView *view, HeddleBoundary *block, guint from)
{
  gsize length;
  if (block->first <= from)
    return;
  const char *text = heddle_view_content (view, block->first - 1, &length);
  const char *colon = memchr (text, ':', MIN (length, DIGEST_MOST));
  if (length > DIGEST_MOST || colon == NULL || colon == text
      || strspn (colon + 1, " 0123456789") < (gsize) (text + length - (colon + 1))
      || !g_ascii_isdigit (text[length - 1]))
    return;
  int row = row_above (view, block->first - 1, from);
  if (row < 0)
    return;
  block->first = (guint) row;
  block->forward = block->digest = TRUE;
  g_autofree char *shape = g_strconcat ("^d", block->shape, NULL);
  g_strlcpy (block->shape, shape, sizeof block->shape);
  const char *style = heddle_style_find (block->shape);
  if (strcmp (style, "unknown") != 0)
    block->style = style;
}
