/* SPDX-License-Identifier: MIT */
/* html: what html.c, htmltame.c, htmlnest.c and htmlmark.c share. Within parser/ only. */
#ifndef HEDDLE_PARSER_HTML_H
#define HEDDLE_PARSER_HTML_H

#include "parser/lines.h"

/* --- htmltame.c ------------------------------------------------------------------- */

/* HTML (valid UTF-8) as tame HTML: comments, declarations, <script>, <style> and
 * <title> gone; of tags only the name and the few attributes that say something,
 * each once, short and quoted; innermost elements that change nothing gone; and the
 * </div> added without which a quotation would not end. (transfer full) */
GString *heddle_html_tame (const char *html, gsize length);

/* The charset that a <meta> at the beginning of @html claims (transfer full)
 * (nullable). */
char *heddle_html_charset (const char *html, gsize length);

/* --- htmlnest.c ------------------------------------------------------------------- */

/* What is open of the elements that bear on quotations. (transfer full), for
 * g_array_unref(). */
GArray *heddle_html_nest_new (void);
/* The element @name, in lower case, begins. */
void heddle_html_nest_begin (GArray *nest, const char *name);
/* It ends: what has to end before it is written to @out, in all no more than had
 * begun. */
void heddle_html_nest_end (GArray *nest, const char *name, GString *out);

/* --- htmlmark.c ------------------------------------------------------------------- */

/* What the attributes of an element say. */
typedef enum {
  HEDDLE_MARK_HIDDEN = 1 << 0,            /* not shown */
  HEDDLE_MARK_PRE = 1 << 1,               /* white space as it stands */
  HEDDLE_MARK_NO_MARGIN = 1 << 2,         /* a paragraph without space around it */
  HEDDLE_MARK_INDENT = 1 << 3,            /* a blockquote that only indents */
  HEDDLE_MARK_ATTRIBUTION = 1 << 4,       /* all of it is an attribution */
  HEDDLE_MARK_FIRST_ATTRIBUTION = 1 << 5, /* its first line is one */
  HEDDLE_MARK_FIRST_HEADERS = 1 << 6, /* an inline header block begins with its first line */
  HEDDLE_MARK_SIGNATURE = 1 << 7,
  HEDDLE_MARK_BAR = 1 << 8,     /* a line at the left, as around quotations */
  HEDDLE_MARK_FLAT = 1 << 9,    /* no room for its text, */
  HEDDLE_MARK_CLIPPED = 1 << 10 /* and none outside: both together hide it */
} HeddleMark;

typedef struct {
  guint marks;       /* of HeddleMark */
  const char *style; /* (nullable) static: the client that writes such markup */
  const char *href;  /* (nullable) (transfer none) */
  guint colour;      /* of its text, HEDDLE_COLOUR and 0xRRGGBB; 0 when none is said */
} HeddleMarks;
#define HEDDLE_COLOUR (1u << 24)

/* A colour as CSS and HTML write it: "#f00", "FF0000", "rgb(255, 0, 0)", "red"; 0 when it
 * is none that is known. (htmlcolour.c) */
guint heddle_html_colour (const char *value, gsize length);
/* What people call it (htmlcolour.c). */
HeddleHue heddle_html_hue (guint colour);

typedef enum { HEDDLE_BY_CLASS, HEDDLE_BY_ID, HEDDLE_BY_NAME } HeddleBy;

/* A container by its class, id or name; @value is the beginning of the word, lower case. */
typedef struct {
  HeddleBy by;
  const char *value;
  guint marks;       /* of HeddleMark */
  const char *style; /* (nullable) */
  const char *seen;  /* where, for docs/boundaries.md */
} HeddleContainer;
extern const HeddleContainer heddle_html_containers[]; /* ends with a NULL value */

/* Whether others write the containers of @style as well, (nullable), so that what a line
 * looks like says more. */
gboolean heddle_html_is_lent (const char *style);

/* @attributes: names and values in turns, ending with NULL; values may be NULL. */
HeddleMarks heddle_html_marks (const char *element, const char *const *attributes);
/* Whether heddle_html_marks() might say something else without that attribute. @value: not
 * decoded; of what has "&" in it nothing is known before it is. */
gboolean heddle_html_says (const char *element, const char *name, const char *value);

#endif
