/* SPDX-License-Identifier: MIT */
/* words-fold: text as words are compared, a character at a time. For words.c and those
 * who make its index. */
#ifndef HEDDLE_PARSER_WORDS_FOLD_H
#define HEDDLE_PARSER_WORDS_FOLD_H

#include <glib.h>
#include <string.h>

/* Characters whose folding is kept in a table: all but those of East Asia. */
#define HEDDLE_FOLDED 0x3000

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
  if (first >= 0x80 || folded[first] < ' ')
    return heddle_words_fold_wide (folded, p, end, bytes);
  if (folded[first] == ' ' /* one blank before a letter is what there mostly is */
      && (end - *p < 2 || (guchar)(*p)[1] >= 0x80 || folded[(guchar)(*p)[1]] <= ' '))
    return heddle_words_fold_wide (folded, p, end, bytes);
  bytes[0] = (char)folded[first];
  (*p)++;
  if (*p < end && (guchar) * *p >= 0x80)
    *p = heddle_words_fold_pass (folded, *p, end, FALSE);
  return 1;
}

enum {
  HEDDLE_KEY_LETTERS = 8, /* of a to z, in a key */
  HEDDLE_KEY_BYTES = 4    /* in a key that begins with none of them */
};

/* What heddle_words_fold_key() does where the short way is not enough. */
guint64 heddle_words_fold_key_wide (const guint16 *folded, const char *text, gsize length);

/* How @text begins, as a number: the letters of a to z that stand there, folded, eight at
 * most; where none does, the first folded bytes, four at most. A word that ends among such
 * letters would end within a word, so all that may begin here have the same letters and not
 * one more. Eight bytes are looked at at once. */
static inline guint64
heddle_words_fold_key (const guint16 *folded, const char *text, gsize length)
{
  const guint64 each = G_GUINT64_CONSTANT (0x0101010101010101);
  guint64 bytes = 0;
  if (length >= HEDDLE_KEY_LETTERS)
    memcpy (&bytes, text, HEDDLE_KEY_LETTERS);
  else
    memcpy (&bytes, text, length);
  bytes = GUINT64_FROM_LE (bytes);
  guint64 lower = bytes | 0x20 * each, low = lower & 0x7f * each;
  guint64 letter = (low + (0x80 - 'a') * each) & ~(low + (0x7f - 'z') * each) & ~bytes;
  guint64 other = ~letter & 0x80 * each;
  if (other == 0)
    return lower;
  guint64 first = other & -other; /* the high bit of the first byte that is none */
  if (first == 0x80 || (bytes & first) != 0)
    return heddle_words_fold_key_wide (folded, text, length);
  return lower & ((first >> 7) - 1);
}

/* Whether a key is of letters. */
static inline gboolean
heddle_words_fold_is_letters (guint64 key)
{
  return (key & 0xff) >= 'a' && (key & 0xff) <= 'z';
}

#endif
