/* SPDX-License-Identifier: MIT */
/* entry: the form of a spool entry. Within spool/ only.
 *
 *   head      "heddle-spool 1 ENVELOPE MAIL DIGEST\n": the version, the lengths of
 *             the envelope (10 decimal digits) and of the mail (19), the SHA-256
 *             of mail and envelope in that order; HEDDLE_ENTRY_HEAD bytes always
 *   mail      as it came
 *   envelope  fields "NAME LENGTH:BYTES\n" (names in entry.c); those that are
 *             absent are left out, those that repeat keep their order
 *
 * The envelope stands last because the milter knows all of it only at the end of
 * the mail; the head is written over its place once the lengths are known.
 */
#ifndef HEDDLE_SPOOL_ENTRY_H
#define HEDDLE_SPOOL_ENTRY_H

#include "spool/spool.h"

#define HEDDLE_ENTRY_HEAD 111

/* @head gets HEDDLE_ENTRY_HEAD bytes and a NUL. @digest: 64 hexadecimal digits. */
void heddle_entry_head (char head[HEDDLE_ENTRY_HEAD + 1], gsize envelope, guint64 mail,
                        const char *digest);
/* (transfer full) */
GString *heddle_entry_encode (const HeddleSpoolEnvelope *envelope);

#endif
