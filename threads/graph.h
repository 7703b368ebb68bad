/* SPDX-License-Identifier: MIT */
/* threads/graph: messages, and which answers which. */
#ifndef HEDDLE_THREADS_GRAPH_H
#define HEDDLE_THREADS_GRAPH_H

#include "threads/pool.h"

typedef struct {
  int root;      /* of its cluster; -1: nobody showed it */
  int name;      /* its Message-ID, known or inferred, if it is held by this message; -1 */
  int parent;    /* node, -1 */
  gboolean kept; /* FALSE: referred to, but not worth a message of its own */
  guint group;   /* equal for all nodes of one conversation */
  GArray *items; /* of guint, ascending; empty where nobody showed it */
  GArray *aliases; /* (nullable) of int: names of nodes that were not kept, found here */
} HeddleGraphNode;

typedef struct {
  HeddleGraphNode *nodes;
  guint n;
} HeddleGraph;

/* @pool: joined (heddle_join_all). */
HeddleGraph *heddle_graph_new (HeddlePool *pool);
void heddle_graph_free (HeddleGraph *graph);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleGraph, heddle_graph_free)

#endif
