/* SPDX-License-Identifier: MIT */
/* lines: one model for the lines of all bodies, whatever they were written in.
 * Within parser/ only.
 */
#ifndef HEDDLE_PARSER_LINES_H
#define HEDDLE_PARSER_LINES_H

#include "parser/parser.h"
#include "parser/words.h"

/* What the markup of a body says about a line; text bodies set none. */
typedef enum {
  HEDDLE_HINT_ATTRIBUTION = 1 << 0, /* "X wrote:" by its class: gmail_attr, moz-cite-prefix … */
  HEDDLE_HINT_HEADERS = 1 << 1,     /* an inline header block begins: divRplyFwdMsg, Outlook's border-top */
  HEDDLE_HINT_QUOTE = 1 << 2,       /* the first line inside a quote container */
  HEDDLE_HINT_SIGNATURE = 1 << 3,   /* inside gmail_signature, moz-signature … */
  HEDDLE_HINT_RULE = 1 << 4,        /* an <hr>; the line's text is a row of "_" */
  HEDDLE_HINT_ARMOUR = 1 << 5,      /* of OpenPGP: no text (armour.c) */
  HEDDLE_HINT_SECRET = 1 << 6,      /* and what it begins is encrypted */
} HeddleHint;

typedef struct { /* a link of an HTML body */
  gsize start, end; /* bytes of the line's content */
  char *href;       /* "" or "#…" when the target was lost */
} HeddleLink;

typedef struct {
  char *text;          /* the physical line, decoded, marks kept, no line end, no NUL */
  const char *content; /* within text: behind the quote marks and the one blank after them */
  int depth;           /* quote marks, or quote containers around it */
  guint hints;         /* of HeddleHint */
  const char *style;   /* (nullable) static: the client whose markup this is */
  HeddleHue hue;       /* of all its text */
  HeddleHue late_hue;  /* of its last words, where its first have none */
  gsize late;          /* byte of text at which those begin */
  gboolean soft;       /* format=flowed: the next line goes on with this one */
  gboolean joined;     /* soft, and with DelSp: the trailing blank was taken off content */
  GArray *links;       /* (nullable) of HeddleLink, ascending */
  /* heddle_view_content()'s memory, so that a line is measured once: */
  const char *measured; /* (nullable) the content that it was asked of, */
  const char *ink;      /* its first byte that is not blank, */
  gsize ink_length;     /* and the bytes from there to its last one */
} HeddleLine;

typedef struct {
  GPtrArray *lines; /* of HeddleLine */
  gboolean html;
} HeddleBody;

HeddleBody *heddle_body_new (void);
void heddle_body_free (HeddleBody *body);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleBody, heddle_body_free)

/* Append a line that is @text (transfer full; valid UTF-8, no line end, no NUL),
 * content the same, all else unset. (transfer none) */
HeddleLine *heddle_body_append (HeddleBody *body, char *text);

/* Note that bytes [@start, @end) of the content carry a link. */
void heddle_line_add_link (HeddleLine *line, gsize start, gsize end, const char *href);

/* Add @sentence to @warnings unless it is there already, so that a flaw that
 * repeats a million times is told once. @warnings: (nullable). */
void heddle_warn (GPtrArray *warnings, const char *sentence);

typedef struct {
  gboolean flowed; /* RFC 3676: text/plain; format=flowed */
  gboolean delsp;
} HeddleTextForm;

/* Append the lines of @text (valid UTF-8; CRLF, CR and LF all end a line, the last one may lack its end) to
 * @body. Quote marks are ">" in all the ways that they are met: ">>", "> >",
 * ">text", up to three blanks before; ">From " is no quote, unless the line above
 * is one: its ">" guards an mbox, and stands in text but not in content.
 * @warnings: array of char *, gets a sentence when a limit cut something off. */
void heddle_body_add_text (HeddleBody *body, const char *text, gsize length, HeddleTextForm form,
                           const HeddleLimits *limits, GPtrArray *warnings);

/* The same marks in lines from @first on that were rendered from HTML: a server that
 * makes HTML of a plain text keeps them as text. They add to the depth. */
void heddle_body_read_marks (HeddleBody *body, guint first);

/* OpenPGP's own lines among those from @first on: gives them HEDDLE_HINT_ARMOUR and undoes
 * the escapes of what is signed in clear (armour.c). TRUE if something that is not quoted
 * is encrypted. */
gboolean heddle_body_read_armour (HeddleBody *body, guint first);

/* Append the rendered lines of an HTML document (any bytes; @charset as declared
 * outside, nullable): a line a block or <br>, quote containers as depth (marks
 * are not added to the text), hidden text left out, tables a line a row with
 * " | " between cells, lists with "- ". See html.c. */
void heddle_body_add_html (HeddleBody *body, const char *html, gsize length, const char *charset,
                           const HeddleLimits *limits, GPtrArray *warnings);

#endif
