/* SPDX-License-Identifier: MIT */
/* threads/persons: who wrote a message and to whom, from all its evidence. */
#ifndef HEDDLE_THREADS_PERSONS_H
#define HEDDLE_THREADS_PERSONS_H

#include "threads/pool.h"

/* Set the people of @into from @items (array of HeddlePoolItem, the best rank first).
 * @ret_filled: for each field the place in @items from which people were filled in that
 * another of them withholds; -1: none was. */
void heddle_persons_merge (HeddleMessage *into, const GPtrArray *items,
                           int ret_filled[HEDDLE_FIELDS]);

#endif
