/* SPDX-License-Identifier: MIT */
/* words-fold: text as words are compared, a character at a time. For words.c and those
 * who make its index. */
#ifndef HEDDLE_PARSER_WORDS_FOLD_H
#define HEDDLE_PARSER_WORDS_FOLD_H

#include <glib.h>
#include <string.h>

#define HEDDLE_FOLDED                                                                          \
  0x3000 /* characters whose folding is kept: all but those of East Asia                       \
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

#define HEDDLE_KEY_BYTES 4

/* What heddle_words_fold_key() does where the short way is not enough. */
guint32 heddle_words_fold_key_wide (const guint16 *folded, const char *text, gsize length);

/* The first folded bytes of @text, up to four, as a number. */
static inline guint32
heddle_words_fold_key (const guint16 *folded, const char *text, gsize length)
{
  guint32 four = G_MAXUINT32;
  if (length >= HEDDLE_KEY_BYTES)
    memcpy (&four, text, HEDDLE_KEY_BYTES);
  if ((four & 0x80808080U) == 0) {
    guint32 a = folded[(guchar)text[0]], b = folded[(guchar)text[1]],
            c = folded[(guchar)text[2]], d = folded[(guchar)text[3]];
    if (a > ' ' && b + c != 2 * ' ' && c + d != 2 * ' ')
      return a | b << 8 | c << 16 | d << 24;
  }
  return heddle_words_fold_key_wide (folded, text, length);
}

#endif
