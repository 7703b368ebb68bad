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

/* What an ASCII character is: bits of HEDDLE_IS_…. */
enum { HEDDLE_IS_BLANK = 1, HEDDLE_IS_WORD = 2, HEDDLE_IS_LETTER = 4 };
extern const guint8 heddle_ascii[0x80];

/* The same questions as below for what is not ASCII. */
gsize heddle_wide_blank_at (const char *text, gsize length);
gboolean heddle_wide_word_at (const char *text, gsize length);
gboolean heddle_wide_letter_at (const char *text, gsize length);
int heddle_wide_digit_at (const char *text, gsize length, gsize *ret_bytes);

/* Bytes of the white space character that begins @text, else 0: the no-break and
 * narrow blanks that CLDR writes before "PM" count, and the direction marks that
 * mailers put around dates. A zero-width non-joiner does not: Persian needs it. */
static inline gsize
heddle_blank_at (const char *text, gsize length)
{
  if (length == 0)
    return 0;
  if ((guchar) *text < 0x80)
    return heddle_ascii[(guchar) *text] & HEDDLE_IS_BLANK;
  return heddle_wide_blank_at (text, length);
}

/* Whether the character that begins @text belongs to a word: a letter, a mark, a
 * digit or "_". FALSE at the end. */
static inline gboolean
heddle_word_at (const char *text, gsize length)
{
  if (length == 0)
    return FALSE;
  if ((guchar) *text < 0x80)
    return (heddle_ascii[(guchar) *text] & HEDDLE_IS_WORD) != 0;
  return heddle_wide_word_at (text, length);
}

/* The same for a letter or a mark alone. */
static inline gboolean
heddle_letter_at (const char *text, gsize length)
{
  if (length == 0)
    return FALSE;
  if ((guchar) *text < 0x80)
    return (heddle_ascii[(guchar) *text] & HEDDLE_IS_LETTER) != 0;
  return heddle_wide_letter_at (text, length);
}

/* Whether the character that begins @text is of a script that puts no blanks between
 * words, or glues to a word what others set apart (Han, kana, Hangul): a word may begin
 * and end anywhere in it. */
gboolean heddle_unspaced_at (const char *text, gsize length);

/* Whether a word may begin at @at: the character before it is none of a word's. */
gboolean heddle_word_begins (const char *text, gsize at);

/* Move over white space, unless there is a blank line in it: what stands on its two
 * sides never belongs together. TRUE when anything was passed. */
gboolean heddle_scan_blanks (HeddleScan *scan);
/* Move over @c when it stands here. */
gboolean heddle_scan_char (HeddleScan *scan, char c);
/* The same for @c as other scripts write it too: full-width ",.:-/()[]", Arabic and
 * ideographic commas. */
gboolean heddle_scan_sign (HeddleScan *scan, char c);
/* The byte @ahead of here, 0 past the end. */
char heddle_scan_peek (const HeddleScan *scan, gsize ahead);
/* The decimal digit that begins @text, ASCII, full-width, Arabic, Persian or Devanagari, and
 * its bytes; -1 when there is none. */
static inline int
heddle_digit_at (const char *text, gsize length, gsize *ret_bytes)
{
  *ret_bytes = 1;
  if (length == 0)
    return -1;
  if ((guchar) *text < 0x80)
    return g_ascii_isdigit (*text) ? *text - '0' : -1;
  return heddle_wide_digit_at (text, length, ret_bytes);
}
/* Read a number of @least to @most such digits that no further digit follows; moves
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
