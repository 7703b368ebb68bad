/* SPDX-License-Identifier: MIT */
/* threads/merge: the mails of one bundle to its conversations, the way in order:
 * all evidence in one row (pool.c), what is one message (join.c, match.c), which
 * answers which (graph.c), the messages' contents (fill.c), the conversations
 * (assemble.c). */
#include "threads/assemble.h"
#include "threads/join.h"

GPtrArray *
heddle_threads_merge (const GPtrArray *mails)
{
  g_autoptr (HeddlePool) pool = heddle_pool_new (mails);
  g_autoptr (HeddleGraph) graph = NULL;

  heddle_join_all (pool);
  graph = heddle_graph_new (pool);
  return heddle_threads_assemble (pool, graph);
}
