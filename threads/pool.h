/* SPDX-License-Identifier: MIT */
/* threads/pool: all evidence of a bundle in one row, and what was found to be
 * one message. */
#ifndef HEDDLE_THREADS_POOL_H
#define HEDDLE_THREADS_POOL_H

#include "threads/match.h"

/* One chain entry of one mail. Its number is its rank by mail and index: every
 * tie falls to the lesser number, so nothing depends on who came first. */
typedef struct {
  const HeddleThreadMail *mail;
  guint mail_number;
  guint index;
  const HeddleMessage *message;
  const HeddleTraits *traits;
  int up;                 /* the entry of the same mail that this one answers or forwards, -1 */
  guint enter, leave;     /* of a walk over the mail's entries: b is below a when it enters within */
  int name;               /* its Message-ID, as a number of `names`, -1 */
  guint reference, references; /* where its Message-IDs stand in `reference_names`, and how many */
} HeddlePoolItem;

typedef struct {
  HeddlePoolItem *items;
  guint n;
  GPtrArray *names;        /* of const char *: Message-IDs by number (owned by the mails) */
  GArray *reference_names; /* of int */
  /* Who is one with whom (cluster.c); by the number of the root. */
  struct _HeddleCluster *clusters;
  GHashTable *slots; /* cluster and mail to the first item there */
  guint unions;      /* how often two became one */
  int *holders;      /* by name: the root of the message that it belongs to, -1 (join.c) */
} HeddlePool;

/* @mails: array of HeddleThreadMail in any order; one that is there twice counts once. */
HeddlePool *heddle_pool_new (const GPtrArray *mails);
void heddle_pool_free (HeddlePool *pool);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddlePool, heddle_pool_free)

/* The Message-ID that item @i answers directly, as a number; -1: it names none. */
int heddle_pool_answers (const HeddlePool *pool, guint i);
/* Stands the item in a header of its own: the mail itself, or attached to it? */
gboolean heddle_pool_is_whole (const HeddlePoolItem *item);

#endif
