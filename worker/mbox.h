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

/* The mail from @start to @end, of which @separator is the line before: as it stands, or,
 * where that says so ("From mboxrd@z", the custom of git and public-inbox, and what
 * `heddle export` writes), with one '>' taken off each line of '>'s and "From ".
 * (transfer full) */
GBytes *heddle_mbox_mail (GBytes *bytes, gsize separator, gsize start, gsize end);

#endif
