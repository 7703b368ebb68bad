/* SPDX-License-Identifier: MIT */
/* threads/fill: one message from all its evidence. */
#ifndef HEDDLE_THREADS_FILL_H
#define HEDDLE_THREADS_FILL_H

#include "threads/graph.h"

/* The public node of @node, its `parent` still -1 (transfer full). */
HeddleNode *heddle_fill_node (HeddlePool *pool, const HeddleGraphNode *node);

#endif
