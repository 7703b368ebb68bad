/* SPDX-License-Identifier: MIT */
/* threads/correct: people's corrections, laid over the conversations that evidence makes. */
#ifndef HEDDLE_THREADS_CORRECT_H
#define HEDDLE_THREADS_CORRECT_H

#include "threads/graph.h"
#include "threads/rule.h"

/* Two nodes that belong to one conversation. */
typedef struct {
  guint a, b;
} HeddleTie;

/* Change `group` and `parent` of the nodes of @graph as @rules (of HeddlePoolRule, in
 * order) say. @ties: of HeddleTie, all that made the groups. */
void heddle_correct (HeddleGraph *graph, const GArray *rules, const GArray *ties,
                     const guint *node_of_item);

#endif
