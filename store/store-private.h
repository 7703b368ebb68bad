/* SPDX-License-Identifier: MIT */
/* What the files of store/ share about an open store. */
#ifndef HEDDLE_STORE_PRIVATE_H
#define HEDDLE_STORE_PRIVATE_H

#include "store/sql.h"

struct _HeddleStore {
  HeddleStoreMode mode;
  HeddleSql *truth;
  HeddleSql *index;
};

extern const HeddleSchema heddle_truth_schema;
extern const HeddleSchema heddle_index_schema;

#define HEDDLE_SHA_BYTES 32

/* The 64 digits of a mail's id to its 32 bytes. Fails with UNKNOWN. */
gboolean heddle_sha_read (const char *mail, guint8 *ret, GError **error);
/* (transfer full) */
char *heddle_sha_write (gconstpointer sha);

/* @plain compressed, or as it is where that is no shorter; a byte in front says
 * which. (transfer full) */
GBytes *heddle_pack (GBytes *plain);
/* What heddle_pack() was given, at most @most bytes. Fails with CORRUPT. @what: for the
 * message. (transfer full) */
GBytes *heddle_unpack (gconstpointer packed, gsize length, gsize most, const char *what,
                       GError **error);

/* --- truth.c: mails ---------------------------------------------------------------- */

typedef struct {
  gint64 id;
  gint64 size;
  HeddleTime received;
  gboolean verified;
} HeddleTruthMail;

/* What the truth says of the mail with the id's bytes @sha. Fails with UNKNOWN. */
gboolean heddle_truth_find (HeddleStore *store, const guint8 *sha, HeddleTruthMail *ret,
                            GError **error);

/* --- index.c ------------------------------------------------------------------------- */

/* The index at @path, made anew by a writer where it has to be. */
gboolean heddle_index_open (HeddleStore *store, GError **error);
/* Begin to write to it. */
gboolean heddle_index_begin (HeddleStore *store, HeddleTransaction *transaction, GError **error);

#endif
