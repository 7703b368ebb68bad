/* SPDX-License-Identifier: MIT */
/* words-index: how the index of words lies in memory. For words.c, which reads it,
 * words-build.c, which makes it, and words-write.c, which writes it as C. */
#ifndef HEDDLE_PARSER_WORDS_INDEX_H
#define HEDDLE_PARSER_WORDS_INDEX_H

#include "parser/words-fold.h"
#include "parser/words.h"

#include <string.h>

/* A trie over folded bytes. In the order of their depth, siblings side by side: a node's
 * children stand together, and those of the next node behind them, so that a step looks
 * at one stretch of memory. */
typedef struct {
  guint64 below;   /* the kinds of all words that go on here or end here */
  guint children;  /* the first of them; the last stands before the next node's first */
  guint first_row; /* 1 + index into rows, 0: no word ends here */
} HeddleWordNode;

typedef struct {
  guint64 languages; /* a set of heddle_language_bit() */
  HeddleWord word;
  guint next; /* 1 + index of another word with the same text, 0: none */
} HeddleWordEnd;

struct _HeddleWords {
  const guint64 *sieve;        /* the kinds of all words whose first bytes fall here */
  const guint16 *folded;       /* HEDDLE_FOLDED of them, 0 for those that are passed over */
  const HeddleWordNode *nodes; /* one more than there are, for its `children` */
  const guchar *bytes;         /* of each node, the one that leads to it */
  const HeddleWordEnd *rows;
  guint sieve_shift; /* what it leaves of 32 bits is an index into the sieve */
  guint n_nodes, n_rows;
};

#define HEDDLE_SIEVE_BYTES 4 /* of a word that the sieve looks at */

static inline guint
heddle_sieve_size (const HeddleWords *words)
{
  return 1U << (32 - words->sieve_shift);
}

/* The place of a word's first folded bytes in the sieve; others may share it. */
static inline guint
heddle_sieve_index (const HeddleWords *words, guint32 key)
{
  return (key * (guint32)2654435761U) >> words->sieve_shift; /* Knuth 6.4 */
}

/* The first folded bytes of @text, as a key. */
static inline guint32
heddle_sieve_key (const guint16 *folded, const char *text, gsize length)
{
  if (length >= HEDDLE_SIEVE_BYTES) { /* as most text is */
    guint32 four;
    memcpy (&four, text, sizeof four);
    if ((four & 0x80808080U) == 0) {
      guint32 a = folded[(guchar)text[0]], b = folded[(guchar)text[1]],
              c = folded[(guchar)text[2]], d = folded[(guchar)text[3]];
      if (a > ' ' && b + c != 2 * ' ' && c + d != 2 * ' ')
        return a | b << 8 | c << 16 | d << 24;
    }
  }
  const char *p = text, *end = text + length;
  char first[HEDDLE_SIEVE_BYTES + 6];
  gsize n = 0;
  while (n < HEDDLE_SIEVE_BYTES && p < end)
    n += (gsize)heddle_words_fold_next (folded, &p, end, first + n);
  guint32 key = 0;
  for (gsize i = 0; i < MIN (n, HEDDLE_SIEVE_BYTES); i++)
    key |= (guint32)(guchar)first[i] << (8 * i);
  return key;
}

#endif
