/* SPDX-License-Identifier: MIT */
/* threads/fingerprint: what of a text survives re-wrapping and re-quoting. */
#ifndef HEDDLE_THREADS_FINGERPRINT_H
#define HEDDLE_THREADS_FINGERPRINT_H

#include "parser/parser.h"

/* Points at 10, 20, 40 … letters from either end, and hashes of windows kept. */
#define HEDDLE_FINGERPRINT_POINTS 12
#define HEDDLE_FINGERPRINT_SKETCH 16

/* Below SHORT a text proves nothing by itself ("Thank you very much!"); from
 * LONG on it is all but unique. In bytes of folded letters, so that a script
 * whose letters say more counts for more. */
#define HEDDLE_FINGERPRINT_SHORT 20
#define HEDDLE_FINGERPRINT_LONG 80

typedef struct {
  guint letters;    /* how many */
  guint bones;      /* letters that no damage to accents reaches; what follows counts these */
  guint redactions; /* marks of withheld words, in greeting and sign-off too */
  gboolean fragile; /* has letters, or marks in their places, that a charset may have spoilt */
  gboolean wrecked; /* more was spoilt than is left */
  guint64 full;     /* of all bones */
  guint64 head, tail; /* of the first and last 28, of all where there are fewer */
  guint64 greeting; /* of the greeting; 0: none, or one with a name withheld */
  guint points;
  guint32 front[HEDDLE_FINGERPRINT_POINTS]; /* of the first 10·2^i bones */
  guint32 back[HEDDLE_FINGERPRINT_POINTS];  /* of the last 10·2^i */
  guint n_sketch;
  guint32 sketch[HEDDLE_FINGERPRINT_SKETCH]; /* the least hashes of all windows, ascending */
  guint64 exact;       /* of all letters, vowels and all */
  guint64 whole_exact; /* the same of the text with greeting and sign-off */
  guint64 whole_bones;
} HeddleFingerprint;

typedef enum {
  HEDDLE_TEXT_DIFFERENT,
  HEDDLE_TEXT_UNKNOWN, /* one says nothing */
  HEDDLE_TEXT_PARTIAL, /* one is cut, extended or blacked out */
  HEDDLE_TEXT_SAME
} HeddleTextRelation;

/* Linear in the text. Greeting and sign-off are left out, since names are
 * withheld there first, unless nothing else is there. */
void heddle_fingerprint_make (const HeddleMessage *message, HeddleFingerprint *ret);

HeddleTextRelation heddle_fingerprint_compare (const HeddleFingerprint *a,
                                               const HeddleFingerprint *b);

/* Whether what @withheld shows stands in @open, in that order and from its beginning: what
 * many withheld places tell of a text whose windows they all spoil. Linear. */
gboolean heddle_fingerprint_uncovers (const char *open, const char *withheld);

/* Whether a reader sees one text in both, greeting and sign-off included: line
 * ends, quote marks, links and spoilt accents aside. */
gboolean heddle_fingerprint_reads_alike (const HeddleFingerprint *a, const HeddleFingerprint *b);

/* All that counts of @text, for laying two texts beside one another (transfer full). */
char *heddle_fingerprint_letters (const char *text);

/* A hash for tables and keys, no protection against one who wants a collision:
 * whatever it joins is compared again by other means. */
guint64 heddle_fingerprint_hash (gconstpointer bytes, gsize length);
/* @a and @b in one. */
guint64 heddle_fingerprint_mix (guint64 a, guint64 b);

#endif
