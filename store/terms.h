/* SPDX-License-Identifier: MIT */
/* terms: text to the words that full text search compares, the same way for what is
 * indexed, what is asked and what a snippet marks. */
#ifndef HEDDLE_STORE_TERMS_H
#define HEDDLE_STORE_TERMS_H

#include <glib.h>

typedef struct {
  char *term;        /* folded */
  gsize start, end;  /* bytes in the text it came from; 0 by heddle_terms_split() */
} HeddleTerm;

/* Stands between two things in one column, so that no phrase reaches from one into the
 * next. */
#define HEDDLE_TERM_GAP "\302\246"

/* The words of @text, folded: array of char * (transfer full). */
GPtrArray *heddle_terms_split (const char *text);
/* The same joined with blanks, appended to @out: what goes into the index. */
void heddle_terms_append (GString *out, const char *text);
/* The words of @text with where they stand, at most @most: array of HeddleTerm
 * (transfer full). */
GArray *heddle_terms_locate (const char *text, guint most);

#endif
