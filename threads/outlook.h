/* SPDX-License-Identifier: MIT */
/* threads/outlook: what Outlook's conversation index (Thread-Index) says. */
#ifndef HEDDLE_THREADS_OUTLOOK_H
#define HEDDLE_THREADS_OUTLOOK_H

#include "threads/pool.h"

/* The number under which mails of one such conversation are found. FALSE: it is in none. */
gboolean heddle_outlook_key (const HeddleMessage *message, guint64 *ret);

typedef struct {
  guint item, other;  /* of one conversation */
  gboolean answers;   /* and @item answers @other */
} HeddleOutlookLink;

/* What indexes connect in @pool, joined: array of HeddleOutlookLink (transfer full). */
GArray *heddle_outlook_links (HeddlePool *pool);

#endif
