/* SPDX-License-Identifier: MIT */
/* quoting: quotations that are marked otherwise than by ">": by "|" or ":" before each
 * line, or by an indent alone.
 *
 * Such signs are also those of tables, lists and code. So they count only right below an
 * attribution, which attribution.c must find there, or where what they stand before begins
 * with a mail's header, which block.c must find; once it did, lines with the sign are
 * quoted to the end of the body, since answers may stand between them. An indented
 * quotation is one piece: where it ends is only certain at a blank line.
 *
 * How: a line that begins with a sign, below one that ends in a colon, is given a depth for
 * a moment and the attribution is asked for; few lines come so far.
 *
 * Not handled: other signs, and names, before each line ("Ana> ").
 */
#include "parser/quoting.h"

#include <string.h>

#define ABOVE_LINES 2   /* from an attribution to what it announces */
#define WRAPPED_LINES 3 /* of an attribution that ends above */
#define INDENT_LEAST 2
#define INDENT_MOST 40 /* so that a staircase of indents is not looked at again and again */
#define DEPTH_MOST 16 /* signs of one line */
#define HEADER_LINES 16 /* of a header behind signs, looked at */
#define HEADER_LEAST 3

static HeddleLine *
line_at (const HeddleView *view, guint i)
{
  return g_ptr_array_index (view->lines, i);
}

/* The line above @i that ends in a colon, blank ones passed over; @i when there is none. */
static guint
colon_above (const HeddleView *view, guint i)
{
  for (guint a = i; a > 0 && i - a <= ABOVE_LINES; a--) {
    gsize length;
    const char *text = heddle_view_content (view, a - 1, &length);

    if (length == 0)
      continue;
    if (text[length - 1] != ':'
        && !(length > 3 && memcmp (text + length - 3, "\357\274\232", 3) == 0))
      return i;
    return line_at (view, a - 1)->depth == line_at (view, i)->depth ? a - 1 : i;
  }
  return i;
}

/* Whether an attribution ends in line @above if @i stands deeper than it. */
static gboolean
is_announced (const HeddleView *view, guint above, guint i)
{
  HeddleLine *line = line_at (view, i);
  gboolean found = FALSE;

  line->depth++;
  for (guint n = 0; n < WRAPPED_LINES && n <= above && !found; n++) {
    g_autoptr (HeddleBoundary) boundary = heddle_attribution_at (view, above - n);

    found = boundary != NULL && boundary->last == above;
    if (heddle_view_blank (view, above - n))
      break;
  }
  line->depth--;
  return found;
}

/* --- signs before each line ------------------------------------------------------------------ */

/* Behind the sign and its blank at @p; NULL when there is none. */
static const char *
behind_sign (const char *p, char sign)
{
  if (*p != sign || (p[1] != ' ' && p[1] != '\0' && p[1] != '\t' && p[1] != sign))
    return NULL;
  return p + 1 + (p[1] == ' ');
}

/* A table's row has the sign at its end as well. */
static gboolean
is_row (const char *content)
{
  gsize length = strlen (content);

  while (length > 0 && g_ascii_isspace (content[length - 1]))
    length--;
  return length > 1 && content[length - 1] == '|';
}

static void
take_signs (HeddleLine *line, char sign)
{
  const char *next;

  for (int n = 0; n < DEPTH_MOST; n++) {
    next = behind_sign (line->content, sign);
    if (next == NULL && n > 0)
      next = behind_sign (line->content, '>');
    if (next == NULL)
      return;
    line->content = next;
    line->depth++;
  }
}

/* How many lines from @i on have the sign and are as deep. */
static guint
count_signs (const HeddleView *view, guint i, char sign)
{
  guint n = i;
  while (n < view->lines->len && n - i < HEADER_LINES
         && line_at (view, n)->depth == line_at (view, i)->depth
         && behind_sign (line_at (view, n)->content, sign) != NULL)
    n++;
  return n - i;
}

/* ": Date: …", ": From: …", ": Subject: …": a whole header behind the signs, at the
 * beginning of a paragraph. */
static gboolean
is_headed (const HeddleView *view, guint i, char sign)
{
  const HeddleLine *line = line_at (view, i);
  const char *text = behind_sign (line->content, sign), *kept[HEADER_LINES];
  gsize value;
  if ((i > 0 && !heddle_view_blank (view, i - 1))
      || heddle_label_at (view->tables, text, strlen (text), &value) < 0)
    return FALSE;
  guint lines = count_signs (view, i, sign);
  if (lines < HEADER_LEAST)
    return FALSE;
  for (guint n = 0; n < lines; n++) {
    kept[n] = line_at (view, i + n)->content;
    line_at (view, i + n)->content = behind_sign (kept[n], sign);
  }
  g_autoptr (HeddleBoundary) block = heddle_block_at (view, i);
  for (guint n = 0; n < lines; n++)
    line_at (view, i + n)->content = kept[n];
  return block != NULL && block->first == i && block->last + 1 >= i + HEADER_LEAST
         && block->last < i + lines;
}

/* --- an indent alone --------------------------------------------------------------------------- */

static gsize
indent_of (const HeddleLine *line)
{
  return strspn (line->content, " \t");
}

static gboolean
is_indented (const HeddleLine *line, const HeddleLine *attribution)
{
  gsize least = indent_of (attribution);

  return line->content[least] == '\t' || indent_of (line) >= least + INDENT_LEAST;
}

/* The end of the quotation that begins with @i; @i when it is not certain. @ret_indent:
 * what all its lines have before them. */
static guint
end_of_indented (const HeddleView *view, guint above, guint i, gsize *ret_indent)
{
  guint j, end = i, lines = 0;
  gboolean pair = FALSE; /* two lines without a blank between: no first lines of paragraphs */
  gsize indent = indent_of (line_at (view, i));

  for (j = i; j < view->lines->len; j++) {
    const HeddleLine *line = line_at (view, j);

    if (heddle_view_blank (view, j))
      continue;
    if (line->depth != line_at (view, i)->depth || !is_indented (line, line_at (view, above)))
      break;
    pair |= lines > 0 && end == j;
    indent = MIN (indent, indent_of (line));
    end = j + 1;
    lines++;
  }
  *ret_indent = indent;
  if (j < view->lines->len && (end == j || !pair))
    return i;
  return end;
}

static void
take_indented (const HeddleView *view, guint i, guint end, gsize indent)
{
  for (; i < end; i++) {
    HeddleLine *line = line_at (view, i);

    line->content += MIN (indent, indent_of (line));
    line->depth++;
  }
}

/* --- one pass --------------------------------------------------------------------------------- */

void
heddle_quoting_read (const HeddleView *view)
{
  char sign = '\0';
  int depth = 0; /* of the attribution above the first sign */

  for (guint i = 0; i < view->lines->len; i++) {
    HeddleLine *line = line_at (view, i);
    char c = *line->content;
    guint above, end;
    gsize indent;

    if (c != ' ' && c != '\t' && c != '|' && c != ':')
      continue;
    if (c == '|' || c == ':') {
      if (behind_sign (line->content, c) == NULL || (c == '|' && is_row (line->content)))
        continue;
      if ((c != sign || line->depth != depth)
          && ((above = colon_above (view, i)) == i || !is_announced (view, above, i))
          && !is_headed (view, i, c))
        continue;
      sign = c;
      depth = line->depth;
      take_signs (line, sign);
    } else if (indent_of (line) >= INDENT_LEAST || c == '\t') {
      if (heddle_view_blank (view, i) || (above = colon_above (view, i)) == i
          || !is_indented (line, line_at (view, above)) || indent_of (line) > INDENT_MOST)
        continue;
      end = end_of_indented (view, above, i, &indent);
      if (end == i || !is_announced (view, above, i))
        continue;
      take_indented (view, i, end, indent);
      i = end - 1;
    }
  }
}
