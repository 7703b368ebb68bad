/* SPDX-License-Identifier: MIT */
/* htmltext: the text of HTML elements, as it comes, to the lines of a body. The
 * elements themselves are html.c's. Within parser/ only.
 */
#ifndef HEDDLE_PARSER_HTMLTEXT_H
#define HEDDLE_PARSER_HTMLTEXT_H

#include "parser/lines.h"

typedef struct { /* the innermost row of a table that is open */
  gboolean open;
  gboolean inked;  /* a cell before has text */
  gboolean broken; /* a cell had more than one line */
} HeddleHtmlRow;

typedef enum {
  HEDDLE_HTML_GAP_NONE,
  HEDDLE_HTML_GAP_BREAK,
  HEDDLE_HTML_GAP_CELL
} HeddleHtmlGap;

typedef struct {
  /* What the open elements say of text that comes; html.c sets it. */
  guint pre, attribution, signature; /* how many of the open elements are so */
  int depth;
  const char *style;
  HeddleHue hue;
  int list;          /* of the innermost list: -1 none or bulleted, else the next number */
  gboolean margin;   /* an empty line comes before the next line */
  gboolean item;     /* the next text begins an item of a list */
  guint first_hints; /* for the next line that has text */
  const char *first_style;

  /* For html.c to read. */
  gboolean full; /* no more lines are taken */
  HeddleHtmlRow row;

  /* htmltext.c's own. */
  HeddleBody *body;
  const HeddleLimits *limits;
  GPtrArray *warnings;
  GString *line;     /* the line that is being written */
  gboolean open;     /* there is one, even if it is empty */
  const char *joiner; /* (nullable) of no width: shown if more of a word follows */
  gboolean space;    /* white space stands before the next text */
  HeddleHtmlGap gap; /* what comes before the next text */
  int line_depth;
  guint line_hints;
  guint line_hues; /* bits: those of its text so far */
  guint turns;     /* how often its text took another hue, */
  gsize turned;    /* where it last did so, */
  HeddleHue worn;  /* and to which */
  const char *line_style;
  GArray *links;     /* of HeddleLink, of the line */
  char *href;        /* of the link that is open */
  gssize link_start; /* in the line, -1 when it has no text yet */
} HeddleHtmlText;

/* The three must outlive @text; @warnings: (nullable). */
void heddle_html_text_init (HeddleHtmlText *text, HeddleBody *body, const HeddleLimits *limits,
                            GPtrArray *warnings);
/* Writes nothing: heddle_html_text_flush() comes before. */
void heddle_html_text_clear (HeddleHtmlText *text);

/* @bytes: UTF-8, whole characters. */
void heddle_html_text_add (HeddleHtmlText *text, const char *bytes, gsize length);
/* Write the open line, if there is one. */
void heddle_html_text_flush (HeddleHtmlText *text);
/* <br>: end the line, even an empty one. */
void heddle_html_text_break (HeddleHtmlText *text);
/* A block begins or ends: what comes next stands in a line of its own. */
void heddle_html_text_block (HeddleHtmlText *text);
/* <hr>: a line of its own. */
void heddle_html_text_rule (HeddleHtmlText *text);

/* A row begins, or it ends and @row is the one around it. */
void heddle_html_text_set_row (HeddleHtmlText *text, HeddleHtmlRow row);
void heddle_html_text_cell (HeddleHtmlText *text);

/* Text from here on is a link to @href, until the link ends. */
void heddle_html_text_begin_link (HeddleHtmlText *text, const char *href);
void heddle_html_text_end_link (HeddleHtmlText *text);

#endif
