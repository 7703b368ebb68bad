/* SPDX-License-Identifier: MIT */
/* html: HTML bodies to the one model of lines.
 *
 * htmltame.c drops what is no text; libxml2 reads the rest in pieces and calls
 * back for each element and text (its push interface: no tree, no recursion);
 * here each call is looked up in a table of elements, and told to htmltext.c as
 * text, breaks, rows and links, which makes lines of them.
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
#include "parser/htmltext.h"
#include "parser/lines.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#define DEPTH_MOST 512
#define CHUNK 2048

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
  IS_SIGNATURE = 1 << 13,
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
  { "signature", IS_BLOCK | IS_SIGNATURE }, /* Mailspring's own */
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

typedef struct { /* an open element */
  guint kind;    /* of Kind; without what did not count */
  guint marks;   /* of HeddleMark */
  const char *style;
  guint colour;
  const char *outer_style; /* of the elements around it */
  HeddleHue outer_hue;
  HeddleHtmlRow outer_row; /* where kind is IS_ROW, or a table within a cell */
  int outer_list;          /* where kind is IS_LIST */
  guint plain; /* elements open right within that change nothing: <b>, <font>, <span> */
} Frame;

typedef struct {
  HeddleHtmlText text;
  htmlParserCtxtPtr context;
  guint level;    /* elements that libxml2 has open */
  GArray *frames; /* of Frame */
  guint hidden;   /* how many of the frames are so */
} Html;

/* --- elements begin and end -------------------------------------------------------------- */

/* What the frame adds to the state; end_frame() takes it away again. */
static void
begin_marks (Html *html, const Frame *frame)
{
  HeddleHtmlText *text = &html->text;

  html->hidden += (frame->marks & HEDDLE_MARK_HIDDEN) || (frame->kind & IS_SKIPPED);
  text->pre += (frame->marks & HEDDLE_MARK_PRE) || (frame->kind & IS_PRE);
  text->attribution += (frame->marks & HEDDLE_MARK_ATTRIBUTION) != 0;
  text->signature += (frame->marks & HEDDLE_MARK_SIGNATURE) || (frame->kind & IS_SIGNATURE);
  if (frame->style != NULL)
    text->style = frame->style;
  if (frame->colour != 0)
    text->hue = heddle_html_hue (frame->colour);
  if (html->hidden > 0)
    return;
  if ((frame->kind & IS_QUOTE)
      || (frame->marks & (HEDDLE_MARK_FIRST_ATTRIBUTION | HEDDLE_MARK_FIRST_HEADERS)))
    heddle_html_text_flush (text); /* what is first is not what stands before */
  if (frame->kind & IS_QUOTE) {
    text->depth++;
    text->first_hints |= HEDDLE_HINT_QUOTE;
  } else if (frame->marks & HEDDLE_MARK_FIRST_ATTRIBUTION) {
    /* Superhuman's container holds Gmail's. */
    if (!(text->first_hints & HEDDLE_HINT_ATTRIBUTION))
      text->first_style = frame->style;
    text->first_hints |= HEDDLE_HINT_ATTRIBUTION;
  }
  if (frame->marks & HEDDLE_MARK_FIRST_HEADERS) {
    text->first_hints |= HEDDLE_HINT_HEADERS;
    text->first_style = frame->style ? frame->style : "outlook";
  }
}

static void
begin_frame (Html *html, Frame *frame, const char *href)
{
  HeddleHtmlText *text = &html->text;

  frame->outer_style = text->style;
  frame->outer_hue = text->hue;
  frame->outer_list = text->list;
  if (frame->kind & (IS_BLOCK | IS_QUOTE))
    heddle_html_text_block (text);
  if (frame->kind & IS_SPACED)
    text->margin = TRUE;
  if (frame->kind & IS_ROW) {
    frame->outer_row = text->row;
    heddle_html_text_set_row (text, (HeddleHtmlRow){ .open = TRUE });
  } else if (frame->kind & IS_CELL) {
    heddle_html_text_cell (text);
  }
  if (frame->kind & IS_LIST)
    text->list = frame->kind & IS_ORDERED ? 1 : -1;
  text->item |= (frame->kind & IS_ITEM) != 0;
  if ((frame->kind & IS_LINK) && href != NULL)
    heddle_html_text_begin_link (text, href);
  begin_marks (html, frame);
}

static void
end_frame (Html *html, const Frame *frame)
{
  HeddleHtmlText *text = &html->text;

  if ((frame->kind & IS_QUOTE) && html->hidden == 0) {
    heddle_html_text_flush (text);
    text->depth--;
    text->first_hints &= ~(guint)HEDDLE_HINT_QUOTE;
  }
  html->hidden -= (frame->marks & HEDDLE_MARK_HIDDEN) || (frame->kind & IS_SKIPPED);
  text->pre -= (frame->marks & HEDDLE_MARK_PRE) || (frame->kind & IS_PRE);
  text->attribution -= (frame->marks & HEDDLE_MARK_ATTRIBUTION) != 0;
  text->signature -= (frame->marks & HEDDLE_MARK_SIGNATURE) || (frame->kind & IS_SIGNATURE);
  text->style = frame->outer_style;
  text->hue = frame->outer_hue;
  if (frame->kind & IS_LIST)
    text->list = frame->outer_list;
  if (frame->kind & IS_LINK)
    heddle_html_text_end_link (text);
  if (frame->kind & IS_ITEM)
    text->item = FALSE;
  if (frame->kind & IS_ROW)
    heddle_html_text_set_row (text, frame->outer_row);
  if (frame->kind & (IS_BLOCK | IS_QUOTE))
    heddle_html_text_block (text);
  if (frame->kind & IS_SPACED)
    text->margin = TRUE;
}

static Frame *
top_frame (const Html *html)
{
  return &g_array_index (html->frames, Frame, html->frames->len - 1);
}

static void
start_element (void *data, const xmlChar *name, const xmlChar **attributes)
{
  Html *html = data;
  HeddleMarks marks = heddle_html_marks ((const char *)name, (const char *const *)attributes);
  Frame frame
      = { .kind = kind_of ((const char *)name), .marks = marks.marks, .style = marks.style, .colour = marks.colour };

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
    heddle_html_text_break (&html->text);
  else if (frame.kind & IS_RULE)
    heddle_html_text_rule (&html->text);
  if (frame.kind == 0 && frame.marks == 0 && frame.style == NULL && frame.colour == 0
      && html->frames->len > 0) {
    top_frame (html)->plain++;
    return;
  }
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
  if (top_frame (html)->plain > 0) {
    top_frame (html)->plain--;
    return;
  }
  end_frame (html, top_frame (html));
  g_array_set_size (html->frames, n - 1);
}

static void
characters (void *data, const xmlChar *text, int length)
{
  Html *html = data;

  if (html->hidden == 0)
    heddle_html_text_add (&html->text, (const char *)text, (gsize)length);
}

/* --- reading ----------------------------------------------------------------------------- */

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
  for (gsize at = 0; at < tame->len && !html->text.full; at += CHUNK) {
    htmlParseChunk (html->context, tame->str + at, (int)MIN (CHUNK, tame->len - at), 0);
    if (html->level > DEPTH_MOST) {
      heddle_warn (html->text.warnings,
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
  guint odd;
  guint first = body->lines->len;
  const char *text
      = heddle_charset_view (bytes, length, charset ? charset : claimed, &owned, &length, &odd);
  GString *tame = heddle_html_tame (text, length);
  Html html = { .frames = g_array_new (FALSE, FALSE, sizeof (Frame)) };

  heddle_charset_warn (odd, warnings);
  body->html = TRUE;
  heddle_html_text_init (&html.text, body, limits, warnings);
  new_context (&html);
  feed (&html, tame);
  heddle_html_text_flush (&html.text);
  heddle_html_text_clear (&html.text);
  heddle_body_read_marks (body, first);
  htmlFreeParserCtxt (html.context);
  g_string_free (tame, TRUE);
  g_array_unref (html.frames);
}
