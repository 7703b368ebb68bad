/* SPDX-License-Identifier: MIT */
/* scan: the small steps that the finders of facts share. Within parser/ only.
 *
 * All of them look at no more than `length` bytes, are safe on any valid UTF-8
 * and take constant time or time linear in what they pass over.
 */
#ifndef HEDDLE_PARSER_SCAN_H
#define HEDDLE_PARSER_SCAN_H

#include <glib.h>

typedef struct { /* a place in a text that a reader moves on */
  const char *text;
  gsize length;
  gsize at;
} HeddleScan;

/* Bytes of the white space character that begins @text, else 0: the no-break and
 * narrow blanks that CLDR writes before "PM" count, and the direction marks that
 * mailers put around dates. A zero-width non-joiner does not: Persian needs it. */
gsize heddle_blank_at (const char *text, gsize length);

/* Whether the character that begins @text belongs to a word: a letter, a mark, a
 * digit or "_". FALSE at the end. */
gboolean heddle_word_at (const char *text, gsize length);
/* The same for a letter or a mark alone. */
gboolean heddle_letter_at (const char *text, gsize length);
/* Whether a word may begin at @at: the character before it is none of a word's. */
gboolean heddle_word_begins (const char *text, gsize at);

/* Move over white space, unless there is a blank line in it: what stands on its two
 * sides never belongs together. TRUE when anything was passed. */
gboolean heddle_scan_blanks (HeddleScan *scan);
/* Move over @c when it stands here. */
gboolean heddle_scan_char (HeddleScan *scan, char c);
/* The byte @ahead of here, 0 past the end. */
char heddle_scan_peek (const HeddleScan *scan, gsize ahead);
/* Read a number of @least to @most ASCII digits that no further digit follows; moves
 * only on success. @ret_digits: (out) (optional). */
gboolean heddle_scan_number (HeddleScan *scan, guint least, guint most, int *ret, guint *ret_digits);
/* Move over @word (lower case ASCII), case disregarded, if no letter follows. */
gboolean heddle_scan_word (HeddleScan *scan, const char *word);

/* Where @c stands next, looking at no more than @most bytes and not past the end
 * of a paragraph; -1 when it does not. */
gssize heddle_find_near (const char *text, gsize length, char c, gsize most);

/* @text with runs of white space as one blank, none at the ends, and without
 * control characters. (transfer full) */
char *heddle_fold_blanks (const char *text, gsize length);

#endif
