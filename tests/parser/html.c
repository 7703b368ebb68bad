/* SPDX-License-Identifier: MIT */
/* HTML bodies to lines. A case is a document and its lines: the depth, letters for
 * the hints (A attribution, H header block, Q first line of a quotation, S signature,
 * R rule) and the style, "|", the text; then "{START-END HREF}" for each link. */
#include "parser/lines.h"

#include <string.h>
#include <time.h>

typedef struct {
  const char *name;
  const char *html;
  const char *expected; /* lines joined by LF */
} Case;

static const Case cases[] = {
  { "empty", "", "" },
  { "text alone", "Dear Sam,", "0|Dear Sam," },
  { "a whole document",
    "<!DOCTYPE html>\n<html><head><title>T</title><style>p { a < b }</style>\n"
    "<meta charset=utf-8></head>\n<body>\n<p>a</p>\n</body></html>\n",
    "0|a" },
  { "text behind the end", "<html><body><div>a</div></body></html>\n<div>b</div> c",
    "0|a\n0|b\n0|c" },
  { "paragraphs", "<p>a\n b</p><p>c</p>", "0|a b\n0|\n0|c" },
  { "no margin", "<p class=MsoNormal>a</p><p style='margin:0in 0in .1pt'>b</p>", "0|a\n0|b" },
  { "an empty paragraph",
    "<p class=MsoNormal>a</p><p class=\"MsoNormal\"><o:p>&nbsp;</o:p></p>"
    "<p class=MsoNormal>b</p>",
    "0|a\n0|\n0|b" },
  { "breaks", "<div>a<br>b<br><br>c<br></div><div><br></div><div>d</div>",
    "0|a\n0|b\n0|\n0|c\n0|\n0|d" },
  { "break behind a block", "<div>a</div><br><div>b</div>", "0|a\n0|\n0|b" },
  { "divs within divs", "<div><div>a</div></div><div><div><div>b</div></div></div>",
    "0|a\n0|b" },
  { "inline", "a<b>b</b> <i>c</i><span> d</span>", "0|ab c d" },
  { "entities", "a &amp; b &lt;c&gt; &eacute; &#8212; &#x41; &nbsp;x &unknown; &",
    "0|a & b <c> \303\251 \342\200\224 A  x &unknown; &" },
  { "less than", "a < b <3 c", "0|a < b <3 c" },
  { "zero width", "a\342\200\213b&shy;c\357\273\277d&zwnj;e&#8203;f", "0|abcd\342\200\214ef" },
  { "pre", "<pre>a\n  b\tc\n\nd</pre>e", "0|a\n0|  b\tc\n0|\n0|d\n0|\n0|e" },
  { "marks of a plain text", "<pre>Ana wrote:\n&gt; a\n\n&gt;&gt; b\n&gt; c\nd\n&gt; 5</pre>",
    "0|Ana wrote:\n1|a\n0|\n2|b\n1|c\n0|d\n0|> 5" },
  { "list", "<ul><li>a<li><p>b</p></ul><ol><li>c</li><li>d</li></ol>e",
    "0|- a\n0|\n0|- b\n0|\n0|1. c\n0|2. d\n0|\n0|e" },
  { "rule", "a<hr>b", "0|a\n0R|________________________________\n0|b" },
  { "headings", "<h1>a</h1>b", "0|a\n0|\n0|b" },
  /* tables */
  { "a table",
    "<table><tr><th>a</th><th>b</th></tr><tr><td><p class=MsoNormal>c</p></td>"
    "<td>d</td></tr></table>e",
    "0|a | b\n0|c | d\n0|e" },
  { "a layout table",
    "<table><tr><td>a</td></tr><tr><td><img src=x></td><td>b<br>c</td></tr></table>",
    "0|a\n0|b\n0|c" },
  { "cells of many lines", "<table><tr><td>a<br>b</td><td>c</td></tr></table>",
    "0|a\n0|b\n0|c" },
  { "a label and its value", "<table><tr><th>From: </th><td>Ana</td></tr></table>",
    "0|From: Ana" },
  { "a table within a cell",
    "<table><tr><td><table><tr><td>a</td><td>b</td></tr></table></td></tr><tr><td>c</td></tr></"
    "table>",
    "0|a | b\n0|c" },
  /* hidden */
  { "hidden",
    "a<div style='display:none'>b</div><span style=\"mso-hide:all\">c</span>"
    "<span hidden>d</span><div style='visibility : hidden'>e</div>"
    "<span style='color:#fff;FONT-SIZE:0px'>f</span><p style='font-size:0.9em'>g</p>",
    "0|a\n0|\n0|g" },
  { "hidden by a background of the text's colour",
    "a<font color=#ffffff style='background:#ffffff'>b</font>c", "0|ac" },
  /* elements that change nothing */
  { "Word's paragraph",
    "<p class=MsoNormal><span lang=EN-US>a <b>b</b>c<o:p></o:p></span></p>"
    "<p class=MsoNormal><span lang=EN-US>d<br>e<o:p></o:p></span></p>",
    "0|a bc\n0|d\n0|e" },
  { "idle within hidden", "a<span style='display:none'>b<span>c</span>d</span>e", "0|ae" },
  { "hidden within idle", "a<span>b<span style='display:none'>c</span>d</span>e", "0|abde" },
  { "idle ones that are not closed", "<div>a<b>b<i>c</b>d</div>e", "0|abcd\n0|e" },
  { "idle ones within each other",
    "<b><i><u><b><i><u><b><i><u><b>a</b></u></i></b></u></i></b></u></i></b>b", "0|ab" },
  { "scripts and styles",
    "a<script>b<div></script><style><!-- c --></style><noscript>d</noscript>e", "0|ae" },
  { "an unclosed style", "<style>a<div>b</div>", "0|a\n0|b" },
  { "comments",
    "a<!-- b -->c<!--[if mso]>d<![endif]-->e<![if !mso]>f<![endif]>g"
    "<!--[if !mso]><!-->h<!--<![endif]-->i<?xml:namespace x />j",
    "0|acefghij" },
  { "an unclosed comment", "a<!-- b>c", "0|ac" },
  { "images", "a<img alt=\"logo\" src=\"cid:x\">b", "0|ab" },
  /* links */
  { "a link", "see <a href=\"https://example.com/a?b=1&amp;c\">here now</a>.",
    "0|see here now.{4-12 https://example.com/a?b=1&c}" },
  { "a link with its space", "see <a href=' https://example.com/ '> here </a>now",
    "0|see here now{4-8 https://example.com/}" },
  { "a lost link", "<a href=\"#\">a</a> <a>b</a>", "0|a b{0-1 #}" },
  { "a link over two lines", "<a href=u:x>a<br>b</a>c", "0|a{0-1 u:x}\n0|bc{0-1 u:x}" },
  { "links in cells",
    "<table><tr><td><a href=u:x>a</a></td><td><a href=u:y>b</a></td></tr></table>",
    "0|a | b{0-1 u:x}{4-5 u:y}" },
  { "a link of an image", "a<a href=u:x><img></a>b", "0|ab" },
  /* quotations */
  { "blockquote", "a<blockquote>b<blockquote type=cite>c</blockquote>d</blockquote>e",
    "0|a\n0|\n1Q|b\n1|\n2Q|c\n1|\n1|d\n0|\n0|e" },
  { "an indent",
    "a<blockquote style='margin:0 0 0 40px;border:none;padding:0px'><div>b</div>"
    "</blockquote>c",
    "0|a\n0|b\n0|c" },
  { "no indent: it has a bar",
    "a<blockquote style='border:none;border-left:solid blue 1.5pt'>b</blockquote>",
    "0|a\n0|\n1Q|b" },
  { "gmail",
    "<div dir=ltr>a</div><br><div class=\"gmail_quote\"><div dir=\"ltr\" class=\"gmail_attr\">"
    "On Tue, Apr 10, 2018 at 3:40 PM Ana Ruiz &lt;<a href=\"mailto:ana@example.org\">"
    "ana@example.org</a>&gt; wrote:<br></div><blockquote class=\"gmail_quote\" "
    "style=\"margin:0 0 0 .8ex;border-left:1px #ccc solid\"><div>b</div></blockquote></div>",
    "0|a\n0|\n0A gmail|On Tue, Apr 10, 2018 at 3:40 PM Ana Ruiz <ana@example.org> wrote:"
    "{42-57 mailto:ana@example.org}\n1Q|b" },
  { "gmail of old",
    "a<div class=gmail_extra><br><div class=gmail_quote>On x, Ana wrote:<br>"
    "<blockquote class=gmail_quote>b</blockquote></div></div>",
    "0|a\n0|\n0A gmail|On x, Ana wrote:\n0|\n1Q|b" },
  { "gmail forwards",
    "<div class=gmail_quote><div class=gmail_attr>---------- Forwarded message ---------<br>"
    "From: <strong>Ana</strong><br></div><br>b</div>",
    "0|---------- Forwarded message ---------\n0|From: Ana\n0|\n0|b" },
  { "outlook",
    "<p class=MsoNormal>a</p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;"
    "padding:3.0pt 0in 0in 0in'><p class=MsoNormal><b>From:</b> Ana<br><b>Sent:</b> "
    "x</p></div></div>"
    "<p class=MsoNormal>b</p>",
    "0|a\n0H outlook|From: Ana\n0|Sent: x\n0|b" },
  { "outlook on the web",
    "a<div id=\"x_appendonsend\"></div><hr tabindex=-1><div id=\"x_divRplyFwdMsg\" dir=ltr>"
    "<font face=Calibri><b>From:</b> Ana<br><b>Sent:</b> "
    "x</font><div>&nbsp;</div></div><div>b</div>",
    "0|a\n0R|________________________________\n0H outlook|From: Ana\n0|Sent: x\n0|\n0|b" },
  { "thunderbird",
    "a<br><div class=\"moz-cite-prefix\">On 4/10/18 3:40 PM, Ana wrote:<br></div>"
    "<blockquote type=cite cite=\"mid:x\"><p>b</p></blockquote>"
    "<div class=\"moz-signature\">-- <br>Ana</div>",
    "0|a\n0A thunderbird|On 4/10/18 3:40 PM, Ana wrote:\n0|\n1Q|b\n0|\n0S|--\n0S|Ana" },
  { "apple",
    "a<br><div><blockquote type=\"cite\"><div>On Apr 10, 2018, Ana wrote:</div>"
    "<br class=\"Apple-interchange-newline\"><div>b</div></blockquote></div>",
    "0|a\n0|\n1Q|On Apr 10, 2018, Ana wrote:\n1|\n1|b" },
  { "yahoo",
    "a<div id=\"yahoo_quoted_1\" class=\"yahoo_quoted\"><div><div>On Tuesday, Ana wrote:</div>"
    "<div><br></div><div>b</div></div></div>",
    "0|a\n0A yahoo|On Tuesday, Ana wrote:\n0|\n0|b" },
  { "signatures",
    "a<div class=gmail_signature data-x=y><div>Ana</div></div>"
    "<div id=AppleMailSignature>b</div>c",
    "0|a\n0S|Ana\n0S|b\n0|c" },
  /* broken */
  { "ends without beginnings", "a</div></blockquote></p>b</td></tr>c", "0|abc" },
  { "a div that ends with its quotation",
    "<div>a<blockquote type=cite><div>b</blockquote>c</div>d",
    "0|a\n0|\n1Q|b\n0|\n0|c\n0|d" },
  { "divs that end with theirs",
    "<blockquote>a<blockquote><div><div>b</blockquote><div>c</blockquote>d",
    "1Q|a\n1|\n2Q|b\n1|\n1|c\n0|\n0|d" },
  { "a quotation that ends with its div", "<div><blockquote>a</div><div>b</blockquote>c</div>",
    "1Q|a\n0|\n0|bc" },
  { "a quotation does not end within a table of it",
    "<blockquote><table><tr><td><div>a</blockquote>b</td></tr></table>c</blockquote>d",
    "1Q|ab\n1|c\n0|\n0|d" },
  { "a cell ends what is open in it",
    "<table><tr><td><blockquote><div>a</td></tr></table><div>b<blockquote><div>c</blockquote>d",
    "1Q|a\n0|\n0|b\n0|\n1Q|c\n0|\n0|d" },
  { "an unclosed tag", "a<div class=\"x", "0|a" },
  { "an unclosed value", "<p>a</p><a href=\"u:x>b</a> c", "0|a\n0|\n0|b c{0-1 u:x}" },
  { "attributes without end", "<p a=b c d='e' f=\"g\" / = h>a</p>", "0|a" },
  { "latin1 by its meta",
    "<meta http-equiv=x content=\"text/html; charset=iso-8859-1\">caf\351", "0|caf\303\251" },
  { "a NUL", "a&#0;b", "0|ab" },
  { "joiners that pad", "<p>a&zwnj;&nbsp;&zwnj;&nbsp;&zwnj;</p><p>&zwj;b&zwnj;</p>", "0|a\n0|\n0|b" },
  { "no room", "<div style=\"max-height:9px;height:0;overflow:hidden\">a</div><div "
    "style=\"height:0\">b</div><div style=\"overflow:hidden\">c</div>", "0|b\n0|c" },
  { "outside", "<p style=\"position:absolute;left:-9999px\">a</p><p style=\"left:-9px\">b</p>",
    "0|b" },
  { "the colour of its ground", "<p style=\"color:#FFF;background:white\">a</p><p "
    "style=\"color:white;background-color:#000\">b</p><p style=\"color:#fff\">c</p>",
    "0|b\n0|\n0|c" },
  { "GroupWise's line", "a<br>&gt;&gt;&gt; b &gt;&gt;&gt;<br>c", "0|a\n3|b >>>\n0|c" },
};

static char *
render (const HeddleBody *body)
{
  static const char letters[] = "AHQSR";
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < body->lines->len; i++) {
    const HeddleLine *line = body->lines->pdata[i];

    g_string_append_printf (out, "%s%d", i ? "\n" : "", line->depth);
    for (int bit = 0; bit < 5; bit++)
      if (line->hints & (1u << bit))
        g_string_append_c (out, letters[bit]);
    g_string_append_printf (out, "%s%s|%s", line->style ? " " : "",
                            line->style ? line->style : "", line->content);
    for (guint j = 0; line->links != NULL && j < line->links->len; j++) {
      const HeddleLink *link = &g_array_index (line->links, HeddleLink, j);

      g_string_append_printf (out, "{%u-%u %s}", (guint)link->start, (guint)link->end,
                              link->href);
    }
  }
  return g_string_free (out, FALSE);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (HeddleBody) body = heddle_body_new ();
  g_autofree char *got = NULL;

  heddle_body_add_html (body, c->html, strlen (c->html), NULL, &heddle_limits_default, NULL);
  got = render (body);
  g_assert_cmpstr (got, ==, c->expected);
}

/* --- hostile documents ------------------------------------------------------------------- */

static GString *
repeat (const char *first, gsize times, const char *second, gsize times_second)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < times; i++)
    g_string_append (text, first);
  for (gsize i = 0; i < times_second; i++)
    g_string_append (text, second);
  return text;
}

/* Each in less than a second of this process, a few with sanitizers; what is not
 * linear would take minutes. */
static void
test_hostile (void)
{
  GString *documents[] = {
    repeat ("<b>", 75000, "</i>", 75000),           repeat ("<div>", 75000, "</div>", 75000),
    repeat ("<blockquote>", 25000, "x</p>", 25000), repeat ("<a ", 1, "b=c d ", 75000),
    repeat ("<style>", 50000, "</", 50000),         repeat ("<!--", 50000, "<!", 50000),
    repeat ("<a b=\"'", 1, "<a b='", 50000),        repeat ("&", 125000, "&#", 125000),
    repeat ("<table><tr><td>", 25000, "x", 1),      repeat ("<", 125000, ">", 125000),
    repeat ("x", 500000, "\302\240", 125000),       repeat ("<pre>\n", 1, "\n", 125000),
    repeat ("<blockquote><div>", 25000, "</blockquote>", 75000),
    repeat ("<div><blockquote>", 25000, "</div>", 75000),
    repeat ("<table><blockquote>", 25000, "</div></td>", 50000),
    repeat ("<a href=u:x>", 1, "x<br>", 50000),     repeat ("<p style=\"", 1, ";:;a:b", 75000),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++) {
    g_autoptr (HeddleBody) body = heddle_body_new ();
    clock_t start = clock ();

    heddle_body_add_html (body, documents[i]->str, documents[i]->len, NULL,
                          &heddle_limits_default, NULL);
    g_test_message ("%u: %d ms", (guint)i, (int)((clock () - start) * 1000 / CLOCKS_PER_SEC));
    g_assert_cmpuint (body->lines->len, <=, heddle_limits_default.lines);
    g_assert_cmpint (clock () - start, <, 10 * CLOCKS_PER_SEC);
    for (guint j = 0; j < body->lines->len; j++) {
      const HeddleLine *line = body->lines->pdata[j];

      g_assert_true (g_utf8_validate (line->text, -1, NULL));
      g_assert_cmpuint (strlen (line->text), <=, heddle_limits_default.line_bytes);
    }
    g_string_free (documents[i], TRUE);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/html/", cases[i].name, NULL);

    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/html/hostile", test_hostile);
  return g_test_run ();
}
