/* SPDX-License-Identifier: MIT */
/* style: which client wrote a boundary. Within parser/ only.
 *
 * A boundary is described by its shape, a short string that no language is left in, and
 * the catalogue's rows are patterns of shapes. docs/boundaries.md is printed from the
 * same rows. A shape is made of
 *
 *   attributions: o a word for "on", @ one for "at", v one for "wrote", r "in article
 *     <id>"; W, w a day of the week, whole and abbreviated; M, m a month; Y a year of four
 *     digits, n another number; t a time of day, s one with seconds; p "PM"; z a zone;
 *     / - . between the numbers of a date; the person: A Name <address>, Q "Name" <address>,
 *     J Name<address>, R Name (address), a the address alone, P the name alone, X a withheld
 *     one (any of these in a pattern); d a row of dashes; commas; : at the end;
 *     + where text shares the line
 *   banners: # the number of dashes before the words, x if they are no hyphens, _ if a
 *     blank parts them, then o
 *     "original message", f "forwarded message", b "begin forwarded message"; y if who
 *     forwarded follows, m if who wrote
 *   ^: a help desk's marker; ^u an update of one, : at its end, ^c one of two lines; ^d a
 *     message of a digest, then its header block
 *   header blocks: =, ! if it says "Author", and a letter a field, F From, S Sent, D Date, T To, C Cc, B Bcc, J
 *     Subject, R Reply-To, E another; then / and the shape of the date.
 *
 * In a pattern [] holds characters of which one is there, ? follows one that may be
 * missing, and * at the end stands for any rest.
 */
#ifndef HEDDLE_PARSER_STYLE_H
#define HEDDLE_PARSER_STYLE_H

#include "parser/attribution.h"

typedef struct {
  const char *client;  /* the style: "gmail" */
  gboolean own_clock;  /* its mail is dated by the author's clock, in the author's zone */
  const char *form;    /* "reply", "forward", or both */
  const char *shape;   /* the pattern */
  const char *example; /* its lines; invented people */
  const char *seen;    /* where: project and file, or a kind of public mail */
} HeddleStyle;

/* Ends with a NULL client; the first row that fits counts. */
extern const HeddleStyle heddle_styles[];

/* The row that @shape fits first, (nullable). */
const HeddleStyle *heddle_style_row (const char *shape);
/* The client whose boundaries have @shape, "unknown" if none. Static. */
const char *heddle_style_find (const char *shape);
/* Whether that client writes it above what it forwards, and nowhere else. */
gboolean heddle_style_forwards (const char *shape);

/* Whether "+0000" in the Date field of a mail by @client is where its author is; FALSE for
 * clients that date all mail in UTC, "unknown" and NULL. */
gboolean heddle_style_own_clock (const char *client);

/* The shape of an attribution into @shape. */
void heddle_style_attribution (const HeddleTables *tables, const HeddleJoined *joined,
                               const HeddleParts *parts, char shape[HEDDLE_SHAPE_MOST]);
/* The same of a banner, whose words begin at @words and are @word. */
void heddle_style_banner (const HeddleWord *word, char dash, guint dashes, gboolean spaced,
                          gboolean by, char shape[HEDDLE_SHAPE_MOST]);
/* The same of the header block in lines @first to @last. */
void heddle_style_block (const HeddleView *view, guint first, guint last, gboolean author,
                         char shape[HEDDLE_SHAPE_MOST]);

#endif
