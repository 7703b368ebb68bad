/* SPDX-License-Identifier: MIT */
/* words-fold: text as words are compared, a character at a time. For words.c and those
 * who make its index. */
#ifndef HEDDLE_PARSER_WORDS_FOLD_H
#define HEDDLE_PARSER_WORDS_FOLD_H

#include <glib.h>

#define HEDDLE_FOLDED 0x3000 /* characters whose folding is kept: all but those of East Asia   \
                              */

/* @c as words are compared: lower case, its plain form where writers of a language take
 * two letters for one, a blank for all white space; 0 where it shows nothing (direction
 * marks, joiners, vowel signs) and is passed over. */
gunichar heddle_words_fold (gunichar c);

/* Behind @p, what is passed over in a word, and with @blanks white space too.
 * @folded: here and below, heddle_words_fold() of each character below HEDDLE_FOLDED. */
const char *heddle_words_fold_pass (const guint16 *folded, const char *p, const char *end,
                                    gboolean blanks);

/* What heddle_words_fold_next() does where the short way is not enough. */
int heddle_words_fold_wide (const guint16 *folded, const char **p, const char *end,
                            char bytes[6]);

/* The bytes of one folded character at *@p into @bytes, a whole run of white space
 * counting as one; returns how many, 0 for what is passed over. Most text is ASCII, and
 * goes the short way. */
static inline int
heddle_words_fold_next (const guint16 *folded, const char **p, const char *end, char bytes[6])
{
  guchar first = (guchar) * *p;
  if (first >= 0x80 || folded[first] <= ' ')
    return heddle_words_fold_wide (folded, p, end, bytes);
  bytes[0] = (char)folded[first];
  (*p)++;
  if (*p < end && (guchar) * *p >= 0x80)
    *p = heddle_words_fold_pass (folded, *p, end, FALSE);
  return 1;
}

#endif
