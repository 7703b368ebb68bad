/* SPDX-License-Identifier: MIT */
/* threads/cluster: evidence that was found to be one message. */
#ifndef HEDDLE_THREADS_CLUSTER_H
#define HEDDLE_THREADS_CLUSTER_H

#include "threads/pool.h"

/* What is known of one message from all its evidence so far. */
typedef struct _HeddleCluster {
  guint parent;      /* of the union-find forest */
  guint size;
  int next;          /* the next item of the same cluster, -1 at the end */
  guint last;        /* of a root: the last item of its list */
  guint64 slot;      /* of an item: root and mail, where it is the first there */
  int same_mail;     /* the next item of the same cluster in the same mail, -1 */
  int name;          /* its own Message-ID, -1 */
  int inferred;      /* the Message-ID that its position gives it, -1 */
  HeddleAuthor author;
  HeddleClock clock;
} HeddleCluster;

void heddle_cluster_init (HeddlePool *pool);
guint heddle_cluster_find (HeddlePool *pool, guint item);

/* Make the messages of items @a and @b one if heddle_match() finds so on that
 * @ground and nothing that is known of either as a whole speaks against it:
 * another Message-ID, or a mail in which one of them answers the other.
 * Returns whether they are one now. */
gboolean heddle_cluster_try (HeddlePool *pool, guint a, guint b, HeddleGround ground);

#endif
