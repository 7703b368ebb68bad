/* SPDX-License-Identifier: MIT */
/* threads/variants: the texts in which one message stands. */
#ifndef HEDDLE_THREADS_VARIANTS_H
#define HEDDLE_THREADS_VARIANTS_H

#include "threads/pool.h"

/* Fill `variants` and `variants_left_out` of @node, whose evidence and `best` are
 * there. @items: array of HeddlePoolItem, its evidence, the best rank first;
 * @places: the place in the node's evidence of each of them. */
void heddle_variants_find (const GPtrArray *items, const guint *places, HeddleNode *node);

#endif
