/* SPDX-License-Identifier: MIT */
/* What the files of store/ share about an open store. */
#ifndef HEDDLE_STORE_PRIVATE_H
#define HEDDLE_STORE_PRIVATE_H

#include "store/sql.h"

typedef struct _HeddlePackCache HeddlePackCache;

struct _HeddleStore {
  HeddleStoreMode mode;
  char *path;
  int peeked;       /* descriptor of the truth that heddle_truth_peek() left open; -1: none */
  HeddleSql *truth; /* (nullable) of ASK: until heddle_truth_need() */
  HeddleSql *index;
  HeddlePackCache *packs[2]; /* by HeddlePacks */
  guint merged_again; /* heddle_store_merged_again() */
  struct _HeddleRules *rules; /* (nullable) rules.c */
};

extern const HeddleSchema heddle_truth_schema;
extern const HeddleSchema heddle_index_schema;

#define HEDDLE_SHA_BYTES 32
#define HEDDLE_NAME_BYTES 16 /* of a store */

/* The bits of a message's or a thread's id: both of one piece of evidence have the same
 * ones. FALSE where @id has not the form of one. */
gboolean heddle_id_number (const char *id, gint64 *ret);

/* The 64 digits of a mail's id to its 32 bytes. Fails with UNKNOWN. */
gboolean heddle_sha_read (const char *mail, guint8 *ret, GError **error);
/* (transfer full) */
char *heddle_sha_write (gconstpointer sha);

/* @plain compressed, or as it is where that is no shorter; a byte in front says which.
 * @before: (nullable): bytes that it has much in common with. (transfer full) */
GBytes *heddle_pack (GBytes *plain, GBytes *before);
/* What heddle_pack() was given with the same @before, at most @most bytes. Fails with
 * CORRUPT. @what: for the message. (transfer full) */
GBytes *heddle_unpack (gconstpointer packed, gsize length, GBytes *before, gsize most,
                       const char *what, GError **error);

/* --- base64.c --------------------------------------------------------------------- */

/* A mail with its base64 as the bytes it means, NULL where it has none. (transfer full) */
GBytes *heddle_base64_fold (GBytes *plain);
/* The mail again, of @size bytes; NULL where @folded is damaged. (transfer full) */
GBytes *heddle_base64_unfold (GBytes *folded, gsize size);

/* --- pack-cache.c ----------------------------------------------------------------- */

/* At most @most bytes in all. (transfer full) */
HeddlePackCache *heddle_pack_cache_new (gsize most);
void heddle_pack_cache_free (HeddlePackCache *cache);
void heddle_pack_cache_clear (HeddlePackCache *cache);
/* (transfer full) (nullable) */
GBytes *heddle_pack_cache_get (HeddlePackCache *cache, gint64 pack);
/* Keep @plain (transfer none), of a pack that is not in it. */
void heddle_pack_cache_put (HeddlePackCache *cache, gint64 pack, GBytes *plain);

/* --- peek.c ----------------------------------------------------------------------- */

/* The name of the truth at @path, as its main file has it, to @ret (HEDDLE_NAME_BYTES).
 * FALSE where that is not to be seen at once, which means nothing. @ret_fd: where it was
 * opened: to be closed when nothing of this process holds the file open any more, whose
 * locks would go with it. */
gboolean heddle_truth_peek (const char *path, guint8 *ret, int *ret_fd);

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

/* --- rules.c: what people decided about threads ------------------------------------- */

/* Know all that was decided up to now. */
gboolean heddle_rules_read (HeddleStore *store, GError **error);
/* What of it names @mail, told to it; as heddle_rules_read() left it. */
void heddle_rules_tell (HeddleStore *store, HeddleThreadMail *mail);
/* Add the bundles (gint64 *) to @touched that hold a mail which a rule of @mail names: what
 * is joined by hand need share no key that the index has. */
gboolean heddle_rules_touch_mail (HeddleStore *store, const HeddleThreadMail *mail,
                                  GHashTable *touched, GError **error);
/* Add the bundles to @touched that what was decided since the index last heard
 * of it concerns, and write down that it has heard. Within a transaction of the index. */
gboolean heddle_rules_touch (HeddleStore *store, GHashTable *touched, GError **error);
void heddle_rules_free (struct _HeddleRules *rules);

/* --- store.c ------------------------------------------------------------------------- */

/* As heddle_store_open(), with an index that is not open: for questions to the truth
 * alone. (transfer full) */
HeddleStore *heddle_store_open_truth (const char *path, HeddleStoreMode mode, GError **error);

/* Before anything is asked of the truth: of a store that was opened with ASK it is not open
 * yet. */
gboolean heddle_truth_need (HeddleStore *store, GError **error);

/* --- index.c ------------------------------------------------------------------------- */

/* Whether the truth can say its name; CORRUPT where it cannot. */
gboolean heddle_truth_check_name (HeddleStore *store, GError **error);
/* The index at @path, made anew by a writer where it has to be. */
gboolean heddle_index_open (HeddleStore *store, GError **error);
/* For questions alone, if it is that of the truth called @name: nothing else of it is
 * looked at. FALSE where it is not, or there is none: no error. */
gboolean heddle_index_open_named (HeddleStore *store, const guint8 *name);
/* Begin to write to it. */
gboolean heddle_index_begin (HeddleStore *store, HeddleTransaction *transaction, GError **error);

#endif
