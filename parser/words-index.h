/* SPDX-License-Identifier: MIT */
/* words-index: how the index of words lies in memory. For words.c, which reads it,
 * words-build.c, which makes it, and words-write.c, which writes it as C. */
#ifndef HEDDLE_PARSER_WORDS_INDEX_H
#define HEDDLE_PARSER_WORDS_INDEX_H

#include "parser/words-fold.h"
#include "parser/words.h"

/* A trie over folded bytes, in the order of its depth, a node's children side by side. A
 * stretch of bytes that branches nowhere and in which no word ends is one node: few of a
 * word's bytes share it with others, and so a look-up reads few places of memory. */
typedef struct {
  HeddleKinds below;      /* the kinds of all words that go on here or end here */
  HeddleKinds ending;     /* of those that end here */
  guint children;     /* the first of them */
  guint first_row;    /* 1 + index into rows, 0: no word ends here */
  guint run;          /* index into runs: what leads here behind the node's own byte */
  guint16 n_children; /* 256 at most */
  guint16 n_run;
} HeddleWordNode;

typedef struct {
  guint64 languages; /* a set of heddle_language_bit() */
  HeddleWord word;
  guint next; /* 1 + index of another word with the same text, 0: none */
} HeddleWordEnd;

enum { HEDDLE_ASCII = 128 };

struct _HeddleWords {
  const guint16 *sieve;        /* by the first letters or bytes: an index into sets */
  const HeddleKinds *sets;         /* the kinds of all words that begin so; the first: none */
  const guint16 *folded;       /* HEDDLE_FOLDED of them, 0 for those that are passed over */
  const HeddleWordNode *nodes; /* the root first */
  const guchar *bytes;         /* of each node, the one that leads to it */
  const guchar *runs;
  const HeddleWordEnd *rows;
  const HeddleKinds *begins;   /* the same by the first character alone, of HEDDLE_ASCII */
  guint sieve_shift; /* what it leaves of 64 bits is an index into the sieve */
  guint n_sets, n_nodes, n_runs, n_rows;
  guint32 glued[26]; /* by the last letter, the last but one, of words that are glued on */
};

static inline guint
heddle_sieve_size (const HeddleWords *words)
{
  return 1U << (64 - words->sieve_shift);
}

/* The place of a word's beginning in the sieve; others may share it. */
static inline guint
heddle_sieve_index (const HeddleWords *words, guint64 key)
{
  return (guint)((key * G_GUINT64_CONSTANT (11400714819323198485)) >> words->sieve_shift);
} /* Knuth 6.4 */

#endif
