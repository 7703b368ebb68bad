/* SPDX-License-Identifier: MIT */
/* messages: parsed mails into the index.
 *
 * One transaction: forget what the index knew of these mails, let threads/ find the
 * bundles that they touch (it asks back through `keys`), write the mails, then replace
 * what the index holds of those bundles. A node that merging gave as before keeps its
 * row and its words: in a long conversation only what is new is written.
 *
 * A bundle's number is the least row of its mails. Keys are kept as 64 bits of their
 * SHA-256: should two collide, two bundles are merged together, and merging, which
 * compares the messages themselves, still keeps their threads apart.
 *
 * Replacing the rows of the bundles is replace.c's.
 */
#include "config.h"

#include <string.h>

#include "store/messages.h"

/* --- keys ------------------------------------------------------------------------- */

static gint64
key_number (const char *key)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  gint64 number;
  g_checksum_update (sum, (const guchar *) key, -1);
  g_checksum_get_digest (sum, digest, &length);
  memcpy (&number, digest, sizeof number);
  return GINT64_FROM_BE (number);
}

static gboolean
write_keys (HeddleStore *store, gint64 id, const HeddleThreadMail *mail, GError **error)
{
  g_autoptr (GPtrArray) keys = heddle_thread_keys (mail);
  g_autoptr (HeddleStmt) stmt
      = heddle_sql_prepare (store->index, "INSERT OR IGNORE INTO keys VALUES (?, ?)", error);
  if (stmt == NULL)
    return FALSE;
  for (guint i = 0; i < keys->len; i++) {
    heddle_stmt_bind (stmt, "ii", key_number (keys->pdata[i]), id);
    if (!heddle_stmt_run (stmt, error))
      return FALSE;
  }
  return TRUE;
}

/* --- what threads/ asks for ---------------------------------------------------------- */

/* Adds the bundle that holds @key, if one does: all mails with a key are in one. */
static gboolean
find_bundle (HeddleStore *store, const char *key, GHashTable *bundles, GError **error)
{
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      store->index,
      "SELECT m.bundle FROM keys k JOIN mails m ON m.id = k.mail"
      " WHERE k.key = ? AND m.bundle > 0 LIMIT 1",
      error);
  if (stmt == NULL)
    return FALSE;
  heddle_stmt_bind (stmt, "i", key_number (key));
  HeddleStep step = heddle_stmt_step (stmt, error);
  if (step == HEDDLE_STEP_ROW) {
    gint64 bundle = heddle_stmt_int (stmt, 0);
    g_hash_table_add (bundles, g_memdup2 (&bundle, sizeof bundle));
  }
  return step != HEDDLE_STEP_ERROR;
}

static GPtrArray *
mails_by_keys (gpointer self, const GPtrArray *keys, GError **error)
{
  HeddleStore *store = self;
  g_autoptr (GHashTable) bundles = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GPtrArray) mails
      = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_thread_mail_free);
  for (guint i = 0; i < keys->len; i++)
    if (!find_bundle (store, keys->pdata[i], bundles, error))
      return NULL;
  GHashTableIter iter;
  gpointer bundle;
  g_hash_table_iter_init (&iter, bundles);
  while (g_hash_table_iter_next (&iter, &bundle, NULL))
    if (!heddle_bundle_load (store, *(gint64 *) bundle, mails, error))
      return NULL;
  return g_steal_pointer (&mails);
}

/* --- one mail at a time ----------------------------------------------------------------- */

typedef struct {
  HeddleStore *store;
  GPtrArray *mails;    /* of HeddleThreadMail: to be threaded */
  GHashTable *chosen;  /* set of char *: the mails that have a record, owned by the caller's */
  GHashTable *touched; /* set of gint64: bundles that lost a mail */
  GPtrArray *results;  /* of HeddleIndexed, in the order of the records */
} Batch;

static gboolean
quarantine (Batch *batch, const guint8 *sha, const char *reason, GError **error)
{
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      batch->store->index, "INSERT INTO mails (sha, reason) VALUES (?, ?)", error);
  if (stmt == NULL)
    return FALSE;
  heddle_stmt_bind_blob (stmt, 1, sha, HEDDLE_SHA_BYTES);
  heddle_stmt_bind_text (stmt, 2, reason != NULL ? reason : "it could not be parsed");
  return heddle_stmt_run (stmt, error);
}

/* Forget what the index knew of a mail. @ret_bundle: 0 where it knew nothing. */
static gboolean
forget_mail (HeddleStore *store, const guint8 *sha, gint64 *ret_bundle, GError **error)
{
  static const char *const deletes[] = { "DELETE FROM keys WHERE mail = ?",
                                         "DELETE FROM records WHERE mail = ?",
                                         "DELETE FROM mails WHERE id = ?" };
  g_autoptr (HeddleStmt) find = heddle_sql_prepare (
      store->index, "SELECT id, ifnull (bundle, 0) FROM mails WHERE sha = ?", error);
  if (find == NULL)
    return FALSE;
  heddle_stmt_bind_blob (find, 1, sha, HEDDLE_SHA_BYTES);
  HeddleStep step = heddle_stmt_step (find, error);
  *ret_bundle = 0;
  if (step != HEDDLE_STEP_ROW)
    return step == HEDDLE_STEP_DONE;
  gint64 id = heddle_stmt_int (find, 0);
  *ret_bundle = heddle_stmt_int (find, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (deletes); i++) {
    g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (store->index, deletes[i], error);
    if (stmt == NULL)
      return FALSE;
    heddle_stmt_bind (stmt, "i", id);
    if (!heddle_stmt_run (stmt, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
write_mail (HeddleStore *store, const guint8 *sha, const HeddleThreadMail *mail, GBytes *record,
            GError **error)
{
  g_autoptr (HeddleStmt) insert = heddle_sql_prepare (
      store->index, "INSERT INTO mails (sha, bundle) VALUES (?, 0)", error); /* 0: of none yet */
  if (insert == NULL)
    return FALSE;
  heddle_stmt_bind_blob (insert, 1, sha, HEDDLE_SHA_BYTES);
  if (!heddle_stmt_run (insert, error))
    return FALSE;
  gint64 id = heddle_sql_last_id (store->index);
  g_autoptr (GBytes) packed = heddle_pack (record);
  g_autoptr (HeddleStmt) keep
      = heddle_sql_prepare (store->index, "INSERT INTO records VALUES (?, ?)", error);
  if (keep == NULL)
    return FALSE;
  heddle_stmt_bind (keep, "ib", id, packed);
  return heddle_stmt_run (keep, error) && write_keys (store, id, mail, error);
}

/* Look at one record: into quarantine, or into batch->mails. */
static gboolean
take_record (Batch *batch, const HeddleStoreRecord *record, GError **error)
{
  guint8 sha[HEDDLE_SHA_BYTES];
  HeddleTruthMail known = { 0 };
  gint64 bundle = 0;
  HeddleIndexed *result = g_new0 (HeddleIndexed, 1);
  result->mail = g_strdup (record->mail);
  g_ptr_array_add (batch->results, result);
  if (!heddle_sha_read (record->mail, sha, error)
      || !heddle_truth_find (batch->store, sha, &known, error))
    return FALSE;
  if (g_hash_table_contains (batch->chosen, record->mail))
    return TRUE; /* twice in one batch */
  if (!forget_mail (batch->store, sha, &bundle, error))
    return FALSE;
  if (bundle != 0)
    g_hash_table_add (batch->touched, g_memdup2 (&bundle, sizeof bundle));
  g_autoptr (GError) broken = NULL;
  g_autoptr (HeddleChain) chain
      = record->record != NULL ? heddle_chain_from_record (record->record, &broken) : NULL;
  if (chain == NULL)
    return quarantine (batch, sha, broken != NULL ? broken->message : record->reason, error);
  HeddleThreadMail *mail
      = heddle_thread_mail_new (record->mail, known.verified, g_steal_pointer (&chain));
  g_hash_table_add (batch->chosen, record->mail);
  g_ptr_array_add (batch->mails, mail);
  return write_mail (batch->store, sha, mail, record->record, error);
}

/* The mails that are left of a bundle that lost one are threaded anew too: it may have
 * been all that held them together. */
static gboolean
add_bundle_mates (Batch *batch, GError **error)
{
  GHashTableIter iter;
  gpointer bundle;
  g_hash_table_iter_init (&iter, batch->touched);
  while (g_hash_table_iter_next (&iter, &bundle, NULL))
    if (!heddle_bundle_load (batch->store, *(gint64 *) bundle, batch->mails, error))
      return FALSE;
  return TRUE;
}

/* --- what each mail brought ------------------------------------------------------------- */

/* Place of @mail among the results, -1 for a mail that was there before. */
static int
place_of (GHashTable *places, const char *mail)
{
  gpointer place = g_hash_table_lookup (places, mail);
  return place != NULL ? GPOINTER_TO_INT (place) - 1 : -1;
}

static void
count_node (Batch *batch, GHashTable *places, const HeddleThread *thread, const HeddleNode *node)
{
  int first = G_MAXINT, last_mail = G_MAXINT;
  for (guint i = 0; i < node->evidence->len; i++)
    first = MIN (first, place_of (places, ((HeddleEvidence *) node->evidence->pdata[i])->mail));
  for (guint i = 0; i < node->evidence->len; i++) {
    const HeddleEvidence *evidence = node->evidence->pdata[i];
    int place = place_of (places, evidence->mail);
    if (place < 0)
      continue;
    HeddleIndexed *result = batch->results->pdata[place];
    if (evidence->index == 0 && evidence->received) {
      g_free (result->message);
      g_free (result->thread);
      result->message = g_strdup (node->id);
      result->thread = g_strdup (thread->id);
    }
    if (place == last_mail) /* the evidence is sorted by mail: count each once */
      continue;
    last_mail = place;
    if (place == first)
      result->added++;
    else
      result->merged++;
  }
}

static void
count_bundles (Batch *batch, const GPtrArray *bundles)
{
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < batch->results->len; i++) {
    char *mail = ((HeddleIndexed *) batch->results->pdata[i])->mail;
    if (!g_hash_table_contains (places, mail))
      g_hash_table_insert (places, mail, GINT_TO_POINTER ((int) i + 1));
  }
  for (guint b = 0; b < bundles->len; b++) {
    const HeddleBundle *bundle = bundles->pdata[b];
    for (guint t = 0; t < bundle->threads->len; t++) {
      const HeddleThread *thread = bundle->threads->pdata[t];
      for (guint n = 0; n < thread->messages->len; n++)
        count_node (batch, places, thread, thread->messages->pdata[n]);
    }
  }
}

/* A mail that came twice in one batch stands where it stands the first time. */
static void
repeat_results (Batch *batch)
{
  g_autoptr (GHashTable) first = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < batch->results->len; i++) {
    HeddleIndexed *result = batch->results->pdata[i];
    const HeddleIndexed *before = g_hash_table_lookup (first, result->mail);
    if (before == NULL) {
      g_hash_table_insert (first, result->mail, result);
      continue;
    }
    result->message = g_strdup (before->message);
    result->thread = g_strdup (before->thread);
    result->merged = before->added + before->merged;
  }
}

/* --- all together ------------------------------------------------------------------------ */

static gboolean
index_batch (Batch *batch, const GPtrArray *records, GError **error)
{
  const HeddleThreadSource source = { batch->store, mails_by_keys };
  for (guint i = 0; i < records->len; i++)
    if (!take_record (batch, records->pdata[i], error))
      return FALSE;
  if (!add_bundle_mates (batch, error))
    return FALSE;
  g_autoptr (GPtrArray) bundles = heddle_threads_add (&source, batch->mails, error);
  if (bundles == NULL || !heddle_replace (batch->store, bundles, batch->touched, error))
    return FALSE;
  count_bundles (batch, bundles);
  repeat_results (batch);
  return TRUE;
}

gboolean
heddle_store_index (HeddleStore *store, const GPtrArray *records, GPtrArray **ret, GError **error)
{
  g_auto (HeddleTransaction) transaction = { 0 };
  if (!heddle_index_begin (store, &transaction, error))
    return FALSE;
  g_autoptr (GPtrArray) mails
      = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_thread_mail_free);
  g_autoptr (GHashTable) chosen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) results
      = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_indexed_free);
  g_autoptr (GHashTable) touched = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Batch batch = { store, mails, chosen, touched, results };
  if (!index_batch (&batch, records, error) || !heddle_transaction_commit (&transaction, error))
    return FALSE;
  if (ret != NULL)
    *ret = g_steal_pointer (&results);
  return TRUE;
}

HeddleIndexed *
heddle_store_indexed (HeddleStore *store, const char *mail, GError **error)
{
  guint8 sha[HEDDLE_SHA_BYTES];
  if (!heddle_sha_read (mail, sha, error))
    return NULL;
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      store->index,
      "SELECT n.message, t.thread FROM mails m JOIN nodes n ON n.id = m.node"
      " JOIN threads t ON t.id = n.thread WHERE m.sha = ?",
      error);
  if (stmt == NULL)
    return NULL;
  heddle_stmt_bind_blob (stmt, 1, sha, sizeof sha);
  HeddleStep step = heddle_stmt_step (stmt, error);
  if (step == HEDDLE_STEP_DONE)
    g_set_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_UNKNOWN,
                 "mail %s is not in the index", mail);
  if (step != HEDDLE_STEP_ROW)
    return NULL;
  HeddleIndexed *indexed = g_new0 (HeddleIndexed, 1);
  indexed->mail = g_strdup (mail);
  indexed->message = heddle_stmt_text (stmt, 0);
  indexed->thread = heddle_stmt_text (stmt, 1);
  return indexed;
}
