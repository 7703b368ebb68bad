/* SPDX-License-Identifier: MIT */
/* glance: one look at each word of a text, kept for all finders of facts: where something
 * of theirs may begin. Within parser/ only.
 */
#ifndef HEDDLE_PARSER_GLANCE_H
#define HEDDLE_PARSER_GLANCE_H

#include "parser/tables.h"

typedef enum {
  HEDDLE_GLANCE_DATE,   /* a date or a span of time, with what stands before it */
  HEDDLE_GLANCE_BEHIND, /* a BY or WITHIN that stands behind what it belongs to */
  HEDDLE_GLANCE_CASE,   /* a case number, with the word or bracket before it */
  HEDDLE_GLANCE_ASK,    /* a phrase of a request, a promise or courtesy, "if", "and" */
  HEDDLE_GLANCE_LINK,   /* words of a link */
  HEDDLE_GLANCE_ACKNOWLEDGE, /* words of who confirms, is away, or has found something */
  HEDDLE_N_GLANCES
} HeddleGlanceOf;

typedef struct _HeddleGlance HeddleGlance;

/* Looks at every word of @text, in linear time; a bit a byte and finder is kept. */
HeddleGlance *heddle_glance_new (const HeddleTables *tables, const char *text, gsize length);
void heddle_glance_free (HeddleGlance *glance);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleGlance, heddle_glance_free)

/* Where something of @of may begin next, at @at or behind it; the text's length when it
 * does nowhere. Within a word of ASCII nothing begins. */
gsize heddle_glance_next (const HeddleGlance *glance, HeddleGlanceOf of, gsize at);

/* FALSE where nothing of @of begins at @at, or from there to @most bytes further. */
gboolean heddle_glance_at (const HeddleGlance *glance, HeddleGlanceOf of, gsize at);
gboolean heddle_glance_near (const HeddleGlance *glance, HeddleGlanceOf of, gsize at, gsize most);

#endif
