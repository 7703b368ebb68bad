/* SPDX-License-Identifier: MIT */
/* html: HTML bodies to the one model of lines.
 *
 * htmltame.c drops what is no text; libxml2 reads the rest in pieces and calls
 * back for each element and text (its push interface: no tree, no recursion);
 * here these calls become lines. A block or a <br> ends a line, white space
 * collapses, space around paragraphs becomes one empty line. Breaks are not made
 * when an element ends but when the next text comes, so that a table's row can
 * still go on: its cells stand in one line, " | " between them, as long as each is
 * one line itself; otherwise the table is taken for layout.
 *
 * A blockquote adds to the depth, unless it only indents. A client's other
 * containers give hints, for their first lines or all of them (htmlmark.c).
 *
 * Bounded: elements deeper than DEPTH_MOST are forgotten by libxml2, whose end
 * tags search through all that are open; our own frames stay.
 * Not handled: style sheets, columns by CSS, text in images.
 */
#include "parser/html.h"
#include "parser/charset.h"
#include "parser/lines.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#define DEPTH_MOST 512
#define CHUNK 2048
#define RULE_LENGTH 32 /* as Outlook's plain text has it */

/* --- elements --------------------------------------------------------------------------- */

typedef enum {
  IS_BLOCK = 1 << 0,
  IS_SPACED = 1 << 1, /* with an empty line around it */
  IS_SKIPPED = 1 << 2,
  IS_PRE = 1 << 3,
  IS_QUOTE = 1 << 4,
  IS_LIST = 1 << 5,
  IS_ITEM = 1 << 6,
  IS_ROW = 1 << 7,
  IS_CELL = 1 << 8,
  IS_LINK = 1 << 9,
  IS_BREAK = 1 << 10,
  IS_RULE = 1 << 11,
  IS_ORDERED = 1 << 12,
} Kind;

static const struct {
  const char *name;
  guint kind;
} elements[] = {
  { "a", IS_LINK },
  { "address", IS_BLOCK },
  { "article", IS_BLOCK },
  { "blockquote", IS_BLOCK | IS_SPACED | IS_QUOTE },
  { "br", IS_BREAK },
  { "caption", IS_BLOCK },
  { "center", IS_BLOCK },
  { "dd", IS_BLOCK },
  { "div", IS_BLOCK },
  { "dl", IS_BLOCK | IS_SPACED },
  { "dt", IS_BLOCK },
  { "fieldset", IS_BLOCK },
  { "footer", IS_BLOCK },
  { "form", IS_BLOCK },
  { "h1", IS_BLOCK | IS_SPACED },
  { "h2", IS_BLOCK | IS_SPACED },
  { "h3", IS_BLOCK | IS_SPACED },
  { "h4", IS_BLOCK | IS_SPACED },
  { "h5", IS_BLOCK | IS_SPACED },
  { "h6", IS_BLOCK | IS_SPACED },
  { "header", IS_BLOCK },
  { "hr", IS_BLOCK | IS_RULE },
  { "legend", IS_BLOCK },
  { "li", IS_BLOCK | IS_ITEM },
  { "main", IS_BLOCK },
  { "nav", IS_BLOCK },
  { "noscript", IS_SKIPPED },
  { "object", IS_SKIPPED },
  { "ol", IS_BLOCK | IS_SPACED | IS_LIST | IS_ORDERED },
  { "p", IS_BLOCK | IS_SPACED },
  { "pre", IS_BLOCK | IS_SPACED | IS_PRE },
  { "script", IS_SKIPPED },
  { "section", IS_BLOCK },
  { "style", IS_SKIPPED },
  { "svg", IS_SKIPPED },
  { "table", IS_BLOCK },
  { "tbody", IS_BLOCK },
  { "td", IS_CELL },
  { "template", IS_SKIPPED },
  { "tfoot", IS_BLOCK },
  { "th", IS_CELL },
  { "thead", IS_BLOCK },
  { "title", IS_SKIPPED },
  { "tr", IS_BLOCK | IS_ROW },
  { "ul", IS_BLOCK | IS_SPACED | IS_LIST },
  { "xml", IS_SKIPPED },
};

static int
compare_name (const void *name, const void *row)
{
  return strcmp (name, *(const char *const *)row);
}

static guint
kind_of (const char *name)
{
  const void *row
      = bsearch (name, elements, G_N_ELEMENTS (elements), sizeof elements[0], compare_name);

  return row ? elements[((const char *)row - (const char *)elements)
                        / (gssize)sizeof elements[0]]
                   .kind
             : 0;
}

/* --- state -------------------------------------------------------------------------------- */

typedef struct { /* the innermost row of a table that is open */
  gboolean open;
  gboolean inked;  /* a cell before has text */
  gboolean broken; /* a cell had more than one line */
} Row;

typedef struct { /* an open element */
  guint kind;    /* of Kind; without what did not count */
  guint marks;   /* of HeddleMark */
  const char *style;
  const char *outer_style; /* of the elements around it */
  Row outer_row;           /* where kind is IS_ROW, or a table within a cell */
  int outer_list;          /* where kind is IS_LIST */
} Frame;

typedef enum { GAP_NONE, GAP_BREAK, GAP_CELL } Gap;

typedef struct {
  HeddleBody *body;
  const HeddleLimits *limits;
  GPtrArray *warnings;
  htmlParserCtxtPtr context;
  guint level;   /* elements that libxml2 has open */
  gboolean full; /* no more lines are taken */

  GArray *frames;                            /* of Frame */
  guint hidden, pre, attribution, signature; /* how many of the frames are so */
  int depth;
  const char *style;
  Row row;
  int list; /* of the innermost list: -1 none or bulleted, else the next number */

  GString *line;   /* the line that is being written */
  gboolean open;   /* there is one, even if it is empty */
  gboolean space;  /* white space stands before the next text */
  Gap gap;         /* what comes before the next text */
  gboolean margin; /* an empty line comes before the next line */
  gboolean item;   /* the next text begins an item of a list */
  int line_depth;
  guint line_hints, first_hints; /* of the line; and for the next line that has text */
  const char *line_style, *first_style;
  GArray *links;     /* of HeddleLink, of the line */
  char *href;        /* of the link that is open */
  gssize link_start; /* in the line, -1 when it has no text yet */
} Html;

/* --- lines ----------------------------------------------------------------------------------
 */

static void
link_clear (gpointer data)
{
  g_free (((HeddleLink *)data)->href);
}

/* The open link's text in this line, if any. */
static void
end_link (Html *html)
{
  if (html->href != NULL && html->link_start >= 0
      && (gsize)html->link_start < html->line->len) {
    HeddleLink link = { (gsize)html->link_start, html->line->len, g_strdup (html->href) };

    g_array_append_val (html->links, link);
  }
  html->link_start = -1;
}

static HeddleLine *
append_line (Html *html, const char *text, gsize length)
{
  if (html->body->lines->len >= html->limits->lines) {
    if (!html->full)
      heddle_warn (html->warnings, "The body has too many lines; the rest is left out.");
    html->full = TRUE;
    return NULL;
  }
  return heddle_body_append (html->body, g_strndup (text, length));
}

static gboolean
ends_in_colon (const char *text)
{
  return g_str_has_suffix (text, ":") || g_str_has_suffix (text, "\357\274\232");
}

static void
set_line (Html *html, HeddleLine *line, gsize length)
{
  line->depth = html->line_depth;
  line->hints = html->line_hints;
  line->style = html->line_style;
  for (guint i = 0; i < html->links->len; i++) {
    const HeddleLink *link = &g_array_index (html->links, HeddleLink, i);

    if (link->start < length)
      heddle_line_add_link (line, link->start, MIN (link->end, length), link->href);
  }
  if (length > 0 && html->first_hints != 0) {
    line->hints |= html->first_hints;
    if (line->style == NULL)
      line->style = html->first_style;
    html->first_hints = 0;
    html->first_style = NULL;
  }
  /* A container's name may promise more than its text holds: Gmail calls the header
   * of a forward an attribution as well, and people write within containers. */
  if ((line->hints & HEDDLE_HINT_ATTRIBUTION) && !ends_in_colon (line->text)) {
    line->hints &= ~(guint)HEDDLE_HINT_ATTRIBUTION;
    if (line->hints == 0)
      line->style = NULL;
  }
}

/* Write the open line, if there is one. */
static void
flush_line (Html *html)
{
  gsize length = html->line->len;
  HeddleLine *line;

  if (!html->open)
    return;
  end_link (html);
  while (length > 0
         && (html->line->str[length - 1] == ' ' || html->line->str[length - 1] == '\t'))
    length--;
  line = append_line (html, html->line->str, length);
  if (line != NULL)
    set_line (html, line, length);
  g_array_set_size (html->links, 0);
  g_string_truncate (html->line, 0);
  html->open = FALSE;
  html->space = FALSE;
}

static void
add_margin (Html *html)
{
  const GPtrArray *lines = html->body->lines;
  const HeddleLine *above = lines->len > 0 ? lines->pdata[lines->len - 1] : NULL;
  HeddleLine *blank;

  html->margin = FALSE;
  if (above == NULL || *above->text == '\0')
    return;
  blank = append_line (html, "", 0);
  if (blank != NULL)
    blank->depth = MIN (above->depth, html->depth);
}

static void
open_line (Html *html)
{
  if (html->margin)
    add_margin (html);
  html->open = TRUE;
  html->line_depth = html->depth;
  html->line_hints = (html->attribution ? HEDDLE_HINT_ATTRIBUTION : 0)
                     | (html->signature ? HEDDLE_HINT_SIGNATURE : 0);
  html->line_style = html->attribution ? html->style : NULL;
}

static void
add_item_mark (Html *html)
{
  html->item = FALSE;
  if (html->list < 0)
    g_string_append (html->line, "- ");
  else
    g_string_append_printf (html->line, "%d. ", html->list++);
}

/* A cell that follows another: " | ", or a blank behind a label ("From:"). */
static void
add_cell_gap (Html *html)
{
  while (html->line->len > 0 && html->line->str[html->line->len - 1] == ' ')
    g_string_truncate (html->line, html->line->len - 1);
  if (html->line->len > 0)
    g_string_append (html->line, html->line->str[html->line->len - 1] == ':' ? " " : " | ");
}

/* All that comes before text: breaks that are due, a new line, a blank. */
static void
before_text (Html *html)
{
  if (html->open && html->gap != GAP_NONE) {
    end_link (html);
    if (html->gap == GAP_CELL && !html->margin) {
      add_cell_gap (html);
      html->space = FALSE;
    } else {
      html->row.broken |= html->row.inked;
      flush_line (html);
    }
  }
  html->gap = GAP_NONE;
  if (!html->open) {
    open_line (html);
    html->space = FALSE;
  }
  if (html->item)
    add_item_mark (html);
  if (html->space && html->line->len > 0)
    g_string_append_c (html->line, ' ');
  html->space = FALSE;
  html->row.inked = html->row.open;
  if (html->href != NULL && html->link_start < 0)
    html->link_start = (gssize)html->line->len;
}

static void
break_line (Html *html)
{
  if (html->open && html->gap != GAP_NONE)
    flush_line (html);
  html->gap = GAP_NONE;
  if (!html->open) {
    html->margin = FALSE;
    open_line (html);
  }
  html->row.broken |= html->row.inked;
  flush_line (html);
}

static void
begin_block (Html *html)
{
  if (html->gap != GAP_CELL)
    html->gap = GAP_BREAK;
  html->space = FALSE;
}

/* --- text -----------------------------------------------------------------------------------
 */

static void
add_bytes (Html *html, const char *text, gsize length)
{
  before_text (html);
  while (html->line->len + length > html->limits->line_bytes && !html->full) {
    gsize n = html->limits->line_bytes - MIN (html->line->len, html->limits->line_bytes);

    n = MIN (n, length);
    while (n > 0 && n < length && ((guchar)text[n] & 0xc0) == 0x80)
      n--;
    g_string_append_len (html->line, text, (gssize)n);
    heddle_warn (html->warnings, "A line is too long and was broken.");
    flush_line (html);
    open_line (html);
    if (html->href != NULL)
      html->link_start = 0;
    text += n;
    length -= n;
    if (n == 0 && html->line->len == 0)
      break;
  }
  g_string_append_len (html->line, text, (gssize)length);
}

/* Characters that are there to fill or to hint, and show nothing: soft hyphen, zero
 * width space, word joiner, no-break space of no width, combining joiner. ZWNJ and ZWJ stay:
 * they spell words and emoji. */
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

/* Bytes at @p that can go to the line as they are. */
static gsize
run_length (const char *p, const char *end)
{
  const char *q = p;

  while (q < end && (guchar)*q > ' ' && *q != '\302' && *q != '\342' && *q != '\357'
         && *q != '\315')
    q++;
  return (gsize)(q - p);
}

/* White space at @p: a blank to be, or as it stands within <pre>. */
static void
add_space (Html *html, char c)
{
  if (!html->pre) {
    html->space = html->open && html->gap == GAP_NONE;
  } else if (c == '\n') {
    break_line (html);
  } else if (c == ' ' || c == '\t') {
    add_bytes (html, &c, 1);
  }
}

static void
add_text (Html *html, const char *text, gsize length)
{
  const char *p = text, *end = text + length;

  if (html->hidden > 0 || html->full)
    return;
  while (p < end) {
    gsize n = run_length (p, end), gone;

    if (n > 0) {
      add_bytes (html, p, n);
    } else if ((guchar)*p <= ' ') {
      add_space (html, *p);
      n = 1;
    } else if ((gone = invisible_at (p)) > 0) {
      n = gone;
    } else if (g_str_has_prefix (p, "\302\240")) { /* a no-break space counts as text */
      add_bytes (html, " ", 1);
      n = 2;
    } else {
      n = (gsize)(g_utf8_next_char (p) - p);
      n = MIN (n, (gsize)(end - p));
      add_bytes (html, p, n);
    }
    p += n;
  }
}

/* --- elements begin and end ------------------------------------------------------------------
 */

static void
add_rule (Html *html)
{
  g_autofree char *rule = g_strnfill (RULE_LENGTH, '_');
  HeddleLine *line;

  flush_line (html);
  html->gap = GAP_NONE;
  line = append_line (html, rule, RULE_LENGTH);
  if (line != NULL) {
    line->depth = html->depth;
    line->hints = HEDDLE_HINT_RULE;
  }
}

static void
begin_cell (Html *html)
{
  if (html->row.open && html->row.inked && !html->row.broken && html->open)
    html->gap = GAP_CELL;
  else
    html->gap = GAP_BREAK;
}

static void
begin_row (Html *html, Frame *frame)
{
  frame->outer_row = html->row;
  html->row = (Row){ .open = TRUE };
  html->gap = GAP_BREAK;
}

/* What the frame adds to the state; end_frame() takes it away again. */
static void
begin_marks (Html *html, const Frame *frame)
{
  html->hidden += (frame->marks & HEDDLE_MARK_HIDDEN) || (frame->kind & IS_SKIPPED);
  html->pre += (frame->marks & HEDDLE_MARK_PRE) || (frame->kind & IS_PRE);
  html->attribution += (frame->marks & HEDDLE_MARK_ATTRIBUTION) != 0;
  html->signature += (frame->marks & HEDDLE_MARK_SIGNATURE) != 0;
  if (frame->style != NULL)
    html->style = frame->style;
  if (html->hidden > 0)
    return;
  if ((frame->kind & IS_QUOTE)
      || (frame->marks & (HEDDLE_MARK_FIRST_ATTRIBUTION | HEDDLE_MARK_FIRST_HEADERS)))
    flush_line (html); /* what is first is not what stands before */
  if (frame->kind & IS_QUOTE) {
    html->depth++;
    html->first_hints |= HEDDLE_HINT_QUOTE;
  } else if (frame->marks & HEDDLE_MARK_FIRST_ATTRIBUTION) {
    html->first_hints |= HEDDLE_HINT_ATTRIBUTION;
    html->first_style = frame->style;
  }
  if (frame->marks & HEDDLE_MARK_FIRST_HEADERS) {
    html->first_hints |= HEDDLE_HINT_HEADERS;
    html->first_style = frame->style ? frame->style : "outlook";
  }
}

static void
begin_frame (Html *html, Frame *frame, const char *href)
{
  frame->outer_style = html->style;
  frame->outer_list = html->list;
  if (frame->kind & (IS_BLOCK | IS_QUOTE))
    begin_block (html);
  if (frame->kind & IS_SPACED)
    html->margin = TRUE;
  if (frame->kind & IS_ROW)
    begin_row (html, frame);
  else if (frame->kind & IS_CELL)
    begin_cell (html);
  if (frame->kind & IS_LIST)
    html->list = frame->kind & IS_ORDERED ? 1 : -1;
  html->item |= (frame->kind & IS_ITEM) != 0;
  if ((frame->kind & IS_LINK) && href != NULL) {
    g_free (html->href);
    html->href = g_strstrip (g_strdup (href));
    html->link_start = -1;
  }
  begin_marks (html, frame);
}

static void
end_frame (Html *html, const Frame *frame)
{
  if ((frame->kind & IS_QUOTE) && html->hidden == 0) {
    flush_line (html);
    html->depth--;
    html->first_hints &= ~(guint)HEDDLE_HINT_QUOTE;
  }
  html->hidden -= (frame->marks & HEDDLE_MARK_HIDDEN) || (frame->kind & IS_SKIPPED);
  html->pre -= (frame->marks & HEDDLE_MARK_PRE) || (frame->kind & IS_PRE);
  html->attribution -= (frame->marks & HEDDLE_MARK_ATTRIBUTION) != 0;
  html->signature -= (frame->marks & HEDDLE_MARK_SIGNATURE) != 0;
  html->style = frame->outer_style;
  if (frame->kind & IS_LIST)
    html->list = frame->outer_list;
  if (frame->kind & IS_LINK) {
    end_link (html);
    g_clear_pointer (&html->href, g_free);
  }
  if (frame->kind & IS_ITEM)
    html->item = FALSE;
  if (frame->kind & IS_ROW) {
    html->row = frame->outer_row;
    html->gap = GAP_BREAK;
  }
  if (frame->kind & (IS_BLOCK | IS_QUOTE))
    begin_block (html);
  if (frame->kind & IS_SPACED)
    html->margin = TRUE;
}

static void
start_element (void *data, const xmlChar *name, const xmlChar **attributes)
{
  Html *html = data;
  HeddleMarks marks = heddle_html_marks ((const char *)name, (const char *const *)attributes);
  Frame frame
      = { .kind = kind_of ((const char *)name), .marks = marks.marks, .style = marks.style };

  html->level++;
  if (frame.marks & HEDDLE_MARK_NO_MARGIN)
    frame.kind &= ~(guint)IS_SPACED;
  if ((frame.kind & IS_QUOTE)
      && (frame.marks & (HEDDLE_MARK_INDENT | HEDDLE_MARK_BAR)) == HEDDLE_MARK_INDENT
      && frame.style == NULL)
    frame.kind &= ~(guint)(IS_QUOTE | IS_SPACED);
  if (frame.kind & IS_QUOTE) /* the name of its class says whose it is, no more */
    frame.marks &= HEDDLE_MARK_HIDDEN;
  if (html->hidden > 0)
    frame.kind &= IS_SKIPPED;
  else if (frame.kind & IS_BREAK)
    break_line (html);
  else if (frame.kind & IS_RULE)
    add_rule (html);
  begin_frame (html, &frame, marks.href);
  g_array_append_val (html->frames, frame);
}

static void
end_element (void *data, const xmlChar *name)
{
  Html *html = data;
  guint n = html->frames->len;

  if (n == 0 || html->level == 0)
    return;
  html->level--;
  end_frame (html, &g_array_index (html->frames, Frame, n - 1));
  g_array_set_size (html->frames, n - 1);
}

static void
characters (void *data, const xmlChar *text, int length)
{
  add_text (data, (const char *)text, (gsize)length);
}

/* --- reading -------------------------------------------------------------------------------
 */

static htmlSAXHandler handler = {
  .startElement = start_element,
  .endElement = end_element,
  .characters = characters,
  .ignorableWhitespace = characters,
};

/* A parser within <body>, so that libxml2 need not guess where it begins: it puts
 * text outside in a <p>, and a paragraph is what an author makes. */
static void
new_context (Html *html)
{
  static const char begin[] = "<html><body>";

  htmlFreeParserCtxt (html->context);
  html->context = htmlCreatePushParserCtxt (&handler, html, begin, sizeof begin - 1, NULL,
                                            XML_CHAR_ENCODING_UTF8);
  htmlCtxtUseOptions (html->context, HTML_PARSE_IGNORE_ENC | HTML_PARSE_NOERROR
                                         | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
  html->level = 0;
}

static void
feed (Html *html, const GString *tame)
{
  for (gsize at = 0; at < tame->len && !html->full; at += CHUNK) {
    htmlParseChunk (html->context, tame->str + at, (int)MIN (CHUNK, tame->len - at), 0);
    if (html->level > DEPTH_MOST) {
      heddle_warn (html->warnings,
                   "The HTML is nested too deep; some of its ends are ignored.");
      htmlParseChunk (html->context, NULL, 0, 0);
      new_context (html);
    }
  }
  htmlParseChunk (html->context, NULL, 0, 1);
}

void
heddle_body_add_html (HeddleBody *body, const char *bytes, gsize length, const char *charset,
                      const HeddleLimits *limits, GPtrArray *warnings)
{
  g_autofree char *claimed = charset ? NULL : heddle_html_charset (bytes, length);
  g_autofree char *owned = NULL;
  gboolean odd;
  const char *text
      = heddle_charset_view (bytes, length, charset ? charset : claimed, &owned, &length, &odd);
  GString *tame = heddle_html_tame (text, length);
  Html html
      = { .body = body, .limits = limits, .warnings = warnings, .list = -1, .link_start = -1 };

  if (odd)
    heddle_warn (warnings, "A text is not in the charset that it claims.");
  body->html = TRUE;
  html.frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  html.line = g_string_new (NULL);
  html.links = g_array_new (FALSE, FALSE, sizeof (HeddleLink));
  g_array_set_clear_func (html.links, link_clear);
  new_context (&html);
  feed (&html, tame);
  flush_line (&html);
  htmlFreeParserCtxt (html.context);
  g_string_free (tame, TRUE);
  g_string_free (html.line, TRUE);
  g_array_unref (html.frames);
  g_array_unref (html.links);
  g_free (html.href);
}
