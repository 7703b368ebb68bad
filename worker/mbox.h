/* SPDX-License-Identifier: MIT */
/* mbox: where the mails of an mbox begin and end. Within worker/ only. */
#ifndef HEDDLE_WORKER_MBOX_H
#define HEDDLE_WORKER_MBOX_H

#include <glib.h>

/* Whether these bytes begin as an mbox does. */
gboolean heddle_mbox_is (const char *data, gsize size);

/* The mail that begins at or behind *@at, which must be 0 or what the last call
 * left there: *@ret_start and *@ret_end bound its own bytes, without its "From "
 * line and the blank line that parts it from the next; *@at moves behind it. FALSE
 * when there is no more. */
gboolean heddle_mbox_next (const char *data, gsize size, gsize *at, gsize *ret_start,
                           gsize *ret_end);

#endif
