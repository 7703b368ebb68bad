/* SPDX-License-Identifier: MIT */
/* attribution: the steps by which an attribution is read. Within parser/ only, and
 * of use to attribution.c alone: joined.c puts its lines together, parts.c divides it
 * into date, person and fixed words.
 */
#ifndef HEDDLE_PARSER_ATTRIBUTION_H
#define HEDDLE_PARSER_ATTRIBUTION_H

#include "parser/boundary.h"

#define HEDDLE_ATTRIBUTION_MOST 600 /* bytes of an attribution, joined */

/* --- joined.c ---------------------------------------------------------------------- */

/* The lines of an attribution as one: blanks single, none at the ends, without the
 * colon that ends it, without marks of direction. */
typedef struct {
  char text[HEDDLE_ATTRIBUTION_MOST + 1];
  gsize length;
  guint last;      /* its last line */
  gboolean shared; /* text follows on its last line */
  gboolean colon;  /* ended by one */
  gboolean dashes; /* in a row of dashes on both sides, as Zoho writes it */
} HeddleJoined;

/* Append @piece, folded; FALSE when there is no room. */
gboolean heddle_joined_add (HeddleJoined *joined, const char *piece, gsize length);
/* Take a colon or a row of dashes off the end, and note which. */
void heddle_joined_finish (HeddleJoined *joined);

/* Join the lines from @i on, at most five, up to the one that ends in a colon or, with
 * quoted lines below or among dashes, in a word for "wrote". @gaps: lines that came
 * apart, with blank ones between, belong together too. */
gboolean heddle_joined_read (const HeddleView *view, guint i, gboolean gaps, HeddleJoined *ret);

/* Whether what follows @last stands at least one level deeper than @depth. */
gboolean heddle_joined_above_quote (const HeddleView *view, guint last, int depth);

/* --- parts.c ------------------------------------------------------------------------- */

typedef struct {
  HeddleDate *date;     /* (nullable) without a local time where the year is missing */
  HeddlePerson *person; /* (nullable) */
  const char *id;       /* (nullable) "<id>" of "in article <id>", within the text; */
  gsize id_length;      /* its bytes */
  gsize date_start, date_end; /* where the date stands in the text, */
  gsize who_start, who_end;   /* and the person; the same twice: nowhere */
  gboolean on, wrote;   /* such words were there */
  gboolean odd;         /* more is there than date, person and fixed words */
} HeddleParts;

void heddle_parts_read (const HeddleTables *tables, const char *text, gsize length,
                        HeddleParts *ret);
void heddle_parts_clear (HeddleParts *parts);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HeddleParts, heddle_parts_clear)

/* Whether a date seems to begin @text, a word for "on" before it or not. */
gboolean heddle_parts_date_begins (const HeddleTables *tables, const char *text, gsize length);
/* Where the word for "wrote" that ends @text begins; NULL when none does. */
const char *heddle_parts_wrote_before (const HeddleTables *tables, const char *text,
                                       gsize length);

#endif
