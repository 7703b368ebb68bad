/* SPDX-License-Identifier: MIT */
/* message: one mail on its way from the MTA into the spool. Within milter/ only.
 * Trouble is kept until the end of the mail, where it is answered. */
#ifndef HEDDLE_MILTER_MESSAGE_H
#define HEDDLE_MILTER_MESSAGE_H

#include "spool/spool.h"

typedef struct {
  HeddleSpoolEnvelope *envelope;
  GPtrArray *inboxes;        /* of char *: recipients of ours as the MTA gave them */
  guint others;              /* recipients that are not ours */
  HeddleSpoolWriter *writer; /* (nullable) until DATA, and after trouble */
  guint64 size, limit;
  GError *trouble; /* (nullable) */
} HeddleMilterMessage;

HeddleMilterMessage *heddle_milter_message_new (guint64 limit);
/* Leaves nothing in the spool of what was not committed. NULL is fine. */
void heddle_milter_message_free (HeddleMilterMessage *message);

void heddle_milter_message_begin (HeddleMilterMessage *message, HeddleSpool *spool);
/* A field as the MTA gave it: @value with its own leading blank, or (@blank) to be
 * written behind one; folded with LF. */
void heddle_milter_message_header (HeddleMilterMessage *message, const char *name,
                                   const char *value, gboolean blank);
void heddle_milter_message_body (HeddleMilterMessage *message, gconstpointer bytes,
                                 gsize length);
/* Durable when TRUE. @ret_name: (transfer full): the entry. Else `trouble` is set. */
gboolean heddle_milter_message_commit (HeddleMilterMessage *message, char **ret_name);

#endif
