/* SPDX-License-Identifier: MIT */
/* What messages.c, replace.c and thread.c share. */
#ifndef HEDDLE_STORE_MESSAGES_H
#define HEDDLE_STORE_MESSAGES_H

#include "store/packs.h"
#include "store/store-private.h"

/* --- thread.c ------------------------------------------------------------------------ */

/* What a mail's record says. Fails with CORRUPT. (transfer full) */
HeddleChain *heddle_record_load (HeddleStore *store, const HeddleSlot *slot, GError **error);

/* Add all mails of a bundle to @mails (array of HeddleThreadMail), in no order. Mails
 * that the truth has no more are left out. */
gboolean heddle_bundle_load (HeddleStore *store, gint64 bundle, GPtrArray *mails, GError **error);

/* --- replace.c ------------------------------------------------------------------------- */

/* Write @bundles (array of HeddleBundle), whose mails have their rows, and take away what
 * is left of the bundles that those mails were in and of @touched (set of gint64 *).
 * @records: those to be written, char * to GBytes *. Within a transaction. */
gboolean heddle_replace (HeddleStore *store, const GPtrArray *bundles, GHashTable *touched,
                         GHashTable *records, GError **error);

#endif
