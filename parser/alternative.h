/* SPDX-License-Identifier: MIT */
/* alternative: whether the texts of a multipart/alternative say the same. Within parser/
 * only.
 */
#ifndef HEDDLE_PARSER_ALTERNATIVE_H
#define HEDDLE_PARSER_ALTERNATIVE_H

#include <glib.h>

typedef struct _HeddleAlternative HeddleAlternative;

/* (transfer full), for g_free(). */
HeddleAlternative *heddle_alternative_new (void);
/* The bytes of either text, its transfer encoding undone, in any charset. */
void heddle_alternative_add_plain (HeddleAlternative *both, const char *bytes, gsize length);
void heddle_alternative_add_html (HeddleAlternative *both, const char *bytes, gsize length);

typedef struct {
  gboolean differ;    /* one has words that the other lacks, and not only a few */
  gboolean plain_cut; /* plain is less than half of the HTML, and nothing but that */
  gboolean html_cut;  /* the other way round */
} HeddleDifference;
HeddleDifference heddle_alternative_compare (const HeddleAlternative *both);

#endif
