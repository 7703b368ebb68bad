/* SPDX-License-Identifier: MIT */
/* fold: the tables of folding, which make-fold.c writes while Heddle is built. */
#ifndef HEDDLE_PARSER_FOLD_H
#define HEDDLE_PARSER_FOLD_H

#include <glib.h>

enum {
  HEDDLE_FOLD_BITS = 6,                      /* of a code point: its place in a block */
  HEDDLE_FOLD_PAGES = 0x110000 >> HEDDLE_FOLD_BITS,
  HEDDLE_FOLD_SAME = 0,                      /* the character itself */
  HEDDLE_FOLD_SAME_LOOSE = 1,                /* so too, and it joins what stands before it */
  HEDDLE_FOLD_FIRST = 2,                     /* from here on a place in the pool */
  HEDDLE_FOLD_LOOSE = 0x80                   /* beside a length: joins what stands before it */
};

/* The block of code point c is pages[c >> BITS]. In the pool stands a length, then as many
 * bytes of UTF-8. */
extern const guint16 heddle_fold_pages[HEDDLE_FOLD_PAGES];
extern const guint16 heddle_fold_blocks[][1 << HEDDLE_FOLD_BITS];
extern const guint8 heddle_fold_pool[];

#endif
