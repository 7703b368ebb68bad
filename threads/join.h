/* SPDX-License-Identifier: MIT */
/* threads/join: find all evidence that is one message. */
#ifndef HEDDLE_THREADS_JOIN_H
#define HEDDLE_THREADS_JOIN_H

#include "threads/pool.h"

/* Fills the pool's clusters, with the Message-IDs that position gives them, and
 * its holders. */
void heddle_join_all (HeddlePool *pool);

#endif
