/* SPDX-License-Identifier: MIT */
/* htmltext: from text and breaks, as HTML elements make them, to lines.
 *
 * White space collapses, space around paragraphs becomes one empty line. A break is
 * not made when it is told of but when the next text comes, so that a table's row can
 * still go on: its cells stand in one line, " | " between them, as long as each is
 * one line itself; otherwise the table is taken for layout.
 *
 * Knows no element and no attribute: what they mean is html.c's.
 */
#include "parser/htmltext.h"

#include <string.h>

#define RULE_LENGTH 32 /* as Outlook's plain text has it */
#define MARK_BYTES 32  /* more than an item's number or a cell's gap adds */

static void
link_clear (gpointer data)
{
  g_free (((HeddleLink *)data)->href);
}

void
heddle_html_text_init (HeddleHtmlText *text, HeddleBody *body, const HeddleLimits *limits,
                       GPtrArray *warnings)
{
  *text = (HeddleHtmlText){
    .body = body, .limits = limits, .warnings = warnings, .list = -1, .link_start = -1
  };
  text->line = g_string_new (NULL);
  text->links = g_array_new (FALSE, FALSE, sizeof (HeddleLink));
  g_array_set_clear_func (text->links, link_clear);
}

void
heddle_html_text_clear (HeddleHtmlText *text)
{
  g_string_free (text->line, TRUE);
  g_array_unref (text->links);
  g_free (text->href);
}

/* --- lines -------------------------------------------------------------------------------- */

/* The open link's text in this line, if any. */
static void
keep_link (HeddleHtmlText *text)
{
  if (text->href != NULL && text->link_start >= 0
      && (gsize)text->link_start < text->line->len) {
    HeddleLink link = { (gsize)text->link_start, text->line->len, g_strdup (text->href) };

    g_array_append_val (text->links, link);
  }
  text->link_start = -1;
}

static HeddleLine *
append_line (HeddleHtmlText *text, const char *bytes, gsize length)
{
  if (text->body->lines->len >= text->limits->lines) {
    if (!text->full)
      heddle_warn (text->warnings, "The body has too many lines; the rest is left out.");
    text->full = TRUE;
    return NULL;
  }
  return heddle_body_append (text->body, g_strndup (bytes, length));
}

static gboolean
ends_in_colon (const char *text)
{
  return g_str_has_suffix (text, ":") || g_str_has_suffix (text, "\357\274\232");
}

static void
set_line (HeddleHtmlText *text, HeddleLine *line, gsize length)
{
  line->depth = text->line_depth;
  line->hints = text->line_hints;
  line->style = text->line_style;
  if (g_bit_nth_lsf (text->line_hues, -1) == g_bit_nth_msf (text->line_hues, -1))
    line->hue = (HeddleHue)MAX (g_bit_nth_lsf (text->line_hues, -1), 0);
  if (text->turns == 1 && text->turned < length) {
    line->late_hue = text->worn;
    line->late = text->turned;
  }
  for (guint i = 0; i < text->links->len; i++) {
    const HeddleLink *link = &g_array_index (text->links, HeddleLink, i);

    if (link->start < length)
      heddle_line_add_link (line, link->start, MIN (link->end, length), link->href);
  }
  if (length > 0 && text->first_hints != 0) {
    line->hints |= text->first_hints;
    if (line->style == NULL)
      line->style = text->first_style;
    text->first_hints = 0;
    text->first_style = NULL;
  }
  /* A container's name may promise more than its text holds: Gmail calls the header
   * of a forward an attribution as well, and people write within containers. */
  if ((line->hints & HEDDLE_HINT_ATTRIBUTION) && !ends_in_colon (line->text)) {
    line->hints &= ~(guint)HEDDLE_HINT_ATTRIBUTION;
    if (line->hints == 0)
      line->style = NULL;
  }
}

void
heddle_html_text_flush (HeddleHtmlText *text)
{
  gsize length = text->line->len;
  HeddleLine *line;

  if (!text->open)
    return;
  keep_link (text);
  while (length > 0
         && (text->line->str[length - 1] == ' ' || text->line->str[length - 1] == '\t'))
    length--;
  line = append_line (text, text->line->str, length);
  if (line != NULL)
    set_line (text, line, length);
  g_array_set_size (text->links, 0);
  g_string_truncate (text->line, 0);
  text->open = FALSE;
  text->space = FALSE;
}

static void
add_margin (HeddleHtmlText *text)
{
  const GPtrArray *lines = text->body->lines;
  const HeddleLine *above = lines->len > 0 ? lines->pdata[lines->len - 1] : NULL;
  HeddleLine *blank;

  text->margin = FALSE;
  if (above == NULL || *above->text == '\0')
    return;
  blank = append_line (text, "", 0);
  if (blank != NULL)
    blank->depth = MIN (above->depth, text->depth);
}

static void
open_line (HeddleHtmlText *text)
{
  if (text->margin)
    add_margin (text);
  text->open = TRUE;
  text->line_depth = text->depth;
  text->line_hints = (text->attribution ? HEDDLE_HINT_ATTRIBUTION : 0)
                     | (text->signature ? HEDDLE_HINT_SIGNATURE : 0);
  text->line_style = text->attribution ? text->style : NULL;
  text->line_hues = 0;
  text->turns = 0;
}

static void
add_item_mark (HeddleHtmlText *text)
{
  text->item = FALSE;
  if (text->list < 0)
    g_string_append (text->line, "- ");
  else
    g_string_append_printf (text->line, "%d. ", text->list++);
}

/* A cell that follows another: " | ", or a blank behind a label ("From:"). */
static void
add_cell_gap (HeddleHtmlText *text)
{
  while (text->line->len > 0 && text->line->str[text->line->len - 1] == ' ')
    g_string_truncate (text->line, text->line->len - 1);
  if (text->line->len > 0)
    g_string_append (text->line, text->line->str[text->line->len - 1] == ':' ? " " : " | ");
}

/* All that comes before text: breaks that are due, a new line, a blank. */
static void
before_text (HeddleHtmlText *text)
{
  if (text->open && text->gap != HEDDLE_HTML_GAP_NONE) {
    keep_link (text);
    if (text->gap == HEDDLE_HTML_GAP_CELL && !text->margin) {
      add_cell_gap (text);
      text->space = FALSE;
    } else {
      text->row.broken |= text->row.inked;
      heddle_html_text_flush (text);
    }
  }
  text->gap = HEDDLE_HTML_GAP_NONE;
  if (!text->open) {
    open_line (text);
    text->space = FALSE;
  }
  if (text->item)
    add_item_mark (text);
  if (text->space && text->line->len > 0)
    g_string_append_c (text->line, ' ');
  text->space = FALSE;
  text->row.inked = text->row.open;
  if (text->href != NULL && text->link_start < 0)
    text->link_start = (gssize)text->line->len;
}

void
heddle_html_text_break (HeddleHtmlText *text)
{
  if (text->open && text->gap != HEDDLE_HTML_GAP_NONE)
    heddle_html_text_flush (text);
  text->gap = HEDDLE_HTML_GAP_NONE;
  if (!text->open) {
    text->margin = FALSE;
    open_line (text);
  }
  text->row.broken |= text->row.inked;
  heddle_html_text_flush (text);
}

void
heddle_html_text_block (HeddleHtmlText *text)
{
  if (text->gap != HEDDLE_HTML_GAP_CELL)
    text->gap = HEDDLE_HTML_GAP_BREAK;
  text->space = FALSE;
}

/* --- text ------------------------------------------------------------------------------- */

/* The text that comes now has the hue of its element. */
static void
note_hue (HeddleHtmlText *text)
{
  if (text->line_hues != 0 && text->hue != text->worn) {
    text->turns++;
    text->turned = text->line->len;
  }
  text->worn = text->hue;
  text->line_hues |= 1u << text->hue;
}

static void
add_bytes (HeddleHtmlText *text, const char *bytes, gsize length)
{
  const char *joiner = g_steal_pointer (&text->joiner);

  if (joiner != NULL && *bytes != ' ' && text->open && text->gap == HEDDLE_HTML_GAP_NONE)
    g_string_append (text->line, joiner);
  before_text (text);
  if (*bytes != ' ')
    note_hue (text);
  while (text->line->len + length > text->limits->line_bytes && !text->full) {
    gsize n = text->limits->line_bytes - MIN (text->line->len, text->limits->line_bytes);

    n = MIN (n, length);
    while (n > 0 && n < length && ((guchar)bytes[n] & 0xc0) == 0x80)
      n--;
    g_string_append_len (text->line, bytes, (gssize)n);
    heddle_warn (text->warnings, "A line is too long and was broken.");
    heddle_html_text_flush (text);
    open_line (text);
    if (text->href != NULL)
      text->link_start = 0;
    bytes += n;
    length -= n;
    if (n == 0 && text->line->len == 0)
      break;
  }
  g_string_append_len (text->line, bytes, (gssize)length);
}

/* Characters that are there to fill or to hint, and show nothing: soft hyphen, zero
 * width space, word joiner, no-break space of no width, combining joiner. */
static gsize
invisible_at (const char *p)
{
  static const char *const invisible[]
      = { "\302\255", "\342\200\213", "\342\201\240", "\357\273\277", "\315\217" };

  for (gsize i = 0; i < G_N_ELEMENTS (invisible); i++)
    if (g_str_has_prefix (p, invisible[i]))
      return strlen (invisible[i]);
  return 0;
}

/* ZWNJ and ZWJ spell words and emoji between what they part or join; at a blank they pad
 * what a list of mails shows beside the subject. */
static gboolean
keep_joiner (HeddleHtmlText *text, const char *p)
{
  static const char *const joiners[] = { "\342\200\214", "\342\200\215" };

  for (gsize i = 0; i < G_N_ELEMENTS (joiners); i++)
    if (g_str_has_prefix (p, joiners[i])) {
      if (text->open && text->line->len > 0 && text->gap == HEDDLE_HTML_GAP_NONE && !text->space
          && text->line->str[text->line->len - 1] != ' ')
        text->joiner = joiners[i];
      return TRUE;
    }
  return FALSE;
}

/* FALSE for white space and what may be a character that is looked at by itself. */
static gboolean
is_plain (char c)
{
  return (guchar)c > ' ' && c != '\302' && c != '\342' && c != '\357' && c != '\315';
}

/* Bytes at @p that can go to the line as they are, with @words the blanks between words too. */
static gsize
run_length (const char *p, const char *end, gboolean words)
{
  const char *q = p;

  while (q < end
         && (is_plain (*q) || (words && *q == ' ' && q > p && q + 1 < end && is_plain (q[1]))))
    q++;
  return (gsize)(q - p);
}

/* White space at @p: a blank to be, or as it stands within <pre>. */
static void
add_space (HeddleHtmlText *text, char c)
{
  text->joiner = NULL;
  if (!text->pre) {
    text->space = text->open && text->gap == HEDDLE_HTML_GAP_NONE;
  } else if (c == '\n') {
    heddle_html_text_break (text);
  } else if (c == ' ' || c == '\t') {
    add_bytes (text, &c, 1);
  }
}

void
heddle_html_text_add (HeddleHtmlText *text, const char *bytes, gsize length)
{
  const char *p = bytes, *end = bytes + length;

  if (text->full)
    return;
  while (p < end) {
    /* A line that may be too long is broken word by word. */
    gboolean fits = text->line->len + (gsize)(end - p) + MARK_BYTES < text->limits->line_bytes;
    gsize n = run_length (p, end, fits && !text->pre), gone;

    if (n > 0) {
      add_bytes (text, p, n);
    } else if ((guchar)*p <= ' ') {
      add_space (text, *p);
      n = 1;
    } else if ((gone = invisible_at (p)) > 0) {
      n = gone;
    } else if (keep_joiner (text, p)) {
      n = 3;
    } else if (g_str_has_prefix (p, "\302\240")) { /* a no-break space counts as text */
      add_bytes (text, " ", 1);
      n = 2;
    } else {
      n = (gsize)(g_utf8_next_char (p) - p);
      n = MIN (n, (gsize)(end - p));
      add_bytes (text, p, n);
    }
    p += n;
  }
}

/* --- rules, rows, links ------------------------------------------------------------------- */

void
heddle_html_text_rule (HeddleHtmlText *text)
{
  g_autofree char *rule = g_strnfill (RULE_LENGTH, '_');
  HeddleLine *line;

  heddle_html_text_flush (text);
  text->gap = HEDDLE_HTML_GAP_NONE;
  line = append_line (text, rule, RULE_LENGTH);
  if (line != NULL) {
    line->depth = text->depth;
    line->hints = HEDDLE_HINT_RULE;
  }
}

void
heddle_html_text_cell (HeddleHtmlText *text)
{
  if (text->row.open && text->row.inked && !text->row.broken && text->open)
    text->gap = HEDDLE_HTML_GAP_CELL;
  else
    text->gap = HEDDLE_HTML_GAP_BREAK;
}

void
heddle_html_text_set_row (HeddleHtmlText *text, HeddleHtmlRow row)
{
  text->row = row;
  text->gap = HEDDLE_HTML_GAP_BREAK;
}

void
heddle_html_text_begin_link (HeddleHtmlText *text, const char *href)
{
  g_free (text->href);
  text->href = g_strstrip (g_strdup (href));
  text->link_start = -1;
}

void
heddle_html_text_end_link (HeddleHtmlText *text)
{
  keep_link (text);
  g_clear_pointer (&text->href, g_free);
}
