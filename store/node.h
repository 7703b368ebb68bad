/* SPDX-License-Identifier: MIT */
/* node: what the index keeps of one message. */
#ifndef HEDDLE_STORE_NODE_H
#define HEDDLE_STORE_NODE_H

#include "store/query.h"
#include "store/store-private.h"

enum { HEDDLE_COLUMNS = 5 }; /* subject, body, author, others, attachments */

/* The columns of the full text index: array of HEDDLE_COLUMNS char * (transfer full).
 * The same for a message and for what heddle_gist_read() gives of it: a contentless
 * index is told the old words to forget them. */
GPtrArray *heddle_node_columns (const HeddleMessage *message);

guint heddle_node_flags (const HeddleNode *node);
/* UTC, else the clock on the wall taken for UTC, else NONE. */
HeddleTime heddle_node_time (const HeddleMessage *message);

typedef struct {
  HeddleFactKind kind;
  char *value; /* folded: what is compared */
  char *shown; /* as a tally gives it */
} HeddleFact;
/* Array of HeddleFact (transfer full); the same value may come twice. */
GArray *heddle_node_facts (const HeddleMessage *message);

/* All that a search hit shows of @message (transfer full). */
GBytes *heddle_gist_write (const HeddleMessage *message);
/* Fails with CORRUPT. (transfer full) */
HeddleMessage *heddle_gist_read (GBytes *gist, GError **error);

/* A fingerprint of all that the index keeps of @node, whose facts are @facts, so that what
 * has not changed is not written again. (transfer full) */
GBytes *heddle_node_digest (const HeddleNode *node, const GArray *facts);
/* The same of its ids. */
GBytes *heddle_node_names (const HeddleNode *node);

/* A list of persons as one packed value, and back. */
GBytes *heddle_persons_write (GPtrArray *persons);
GPtrArray *heddle_persons_read (gconstpointer packed, gsize length, GError **error);

#endif
