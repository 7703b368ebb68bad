/* SPDX-License-Identifier: MIT */
/* messages: parsed mails into the index.
 *
 * One transaction: forget what the index knew of these mails, let threads/ find the
 * bundles that they touch (it asks back through `keys`), write the mails, then replace
 * what the index holds of those bundles. A node that merging gave as before keeps its
 * row and its words: in a long conversation only what is new is written.
 *
 * A bundle's number is the least row of its mails. All mails with a key are in one
 * bundle, so a key names one of them. Keys are kept as 64 bits: should two collide, two
 * bundles are merged together, and merging, which compares the messages themselves, still
 * keeps their threads apart.
 *
 * Replacing the rows of the bundles is replace.c's.
 */
#include "config.h"

#include <string.h>

#include "store/messages.h"

/* --- keys ------------------------------------------------------------------------- */

typedef struct {
  HeddleStore *store;
  GPtrArray *mails;    /* of HeddleThreadMail: to be threaded */
  GHashTable *chosen;  /* char * to GBytes, both the caller's: the mails that have a record, and
                          it where it is to be written */
  GHashTable *touched; /* set of gint64: bundles that lost a mail */
  GHashTable *known;   /* set of gint64: bundles that have a key of `mails` */
  GPtrArray *former;   /* of char *: ids that mails which are made anew had given */
  GPtrArray *results;  /* of HeddleIndexed, in the order of the records */
} Batch;

/* A key is a letter and 64 bits. */
static gint64
key_number (const char *key)
{
  guint64 kind = (guint64) (guchar) key[0];
  return (gint64) (g_ascii_strtoull (key + 1, NULL, 16) ^ kind * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));
}

static gboolean
row_of (HeddleStore *store, const char *mail, gint64 *ret, GError **error)
{
  guint8 sha[HEDDLE_SHA_BYTES];
  if (!heddle_sha_read (mail, sha, error))
    return FALSE;
  g_autoptr (HeddleStmt) stmt
      = heddle_sql_prepare (store->index, "SELECT id FROM mails WHERE sha = ?", error);
  if (stmt == NULL)
    return FALSE;
  heddle_stmt_bind_blob (stmt, 1, sha, sizeof sha);
  HeddleStep step = heddle_stmt_step (stmt, error);
  *ret = step == HEDDLE_STEP_ROW ? heddle_stmt_int (stmt, 0) : 0;
  return step != HEDDLE_STEP_ERROR;
}

typedef struct {
  gint64 key, mail;
} KeyRow;

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  const KeyRow *x = a, *y = b;
  return (x->key > y->key) - (x->key < y->key);
}

/* The keys of all mails of the batch, in the order of the table. */
static GArray *
list_keys (Batch *batch, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (KeyRow));
  for (guint m = 0; m < batch->mails->len; m++) {
    const HeddleThreadMail *mail = batch->mails->pdata[m];
    g_autoptr (GPtrArray) keys = heddle_thread_keys (mail);
    KeyRow row = { 0 };
    if (!row_of (batch->store, mail->mail, &row.mail, error))
      return NULL;
    for (guint i = 0; i < keys->len; i++) {
      row.key = key_number (keys->pdata[i]);
      g_array_append_val (rows, row);
    }
  }
  g_array_sort (rows, compare_keys);
  return g_steal_pointer (&rows);
}

/* A key that was there: the bundle that holds it is known, and where none does (its mail is
 * one of this batch, or is gone) it names this mail from now on. */
static gboolean
take_known_key (Batch *batch, const KeyRow *row, GError **error)
{
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      batch->store->index,
      "SELECT m.bundle FROM keys k JOIN mails m ON m.id = k.mail WHERE k.key = ? AND m.bundle > 0",
      error);
  if (stmt == NULL)
    return FALSE;
  heddle_stmt_bind (stmt, "i", row->key);
  HeddleStep step = heddle_stmt_step (stmt, error);
  if (step == HEDDLE_STEP_ROW) {
    gint64 bundle = heddle_stmt_int (stmt, 0);
    if (!g_hash_table_contains (batch->known, &bundle))
      g_hash_table_add (batch->known, g_memdup2 (&bundle, sizeof bundle));
  }
  if (step != HEDDLE_STEP_DONE)
    return step == HEDDLE_STEP_ROW;
  g_autoptr (HeddleStmt) mend = heddle_sql_prepare (
      batch->store->index, "UPDATE keys SET mail = ? WHERE key = ?", error);
  if (mend == NULL)
    return FALSE;
  heddle_stmt_bind (mend, "ii", row->mail, row->key);
  return heddle_stmt_run (mend, error);
}

/* All keys of the batch have a row from now on; one that had none names a mail of ours. */
static gboolean
write_keys (Batch *batch, GError **error)
{
  g_autoptr (GArray) rows = list_keys (batch, error);
  g_autoptr (HeddleStmt) stmt = rows == NULL ? NULL : heddle_sql_prepare (
      batch->store->index, "INSERT OR IGNORE INTO keys VALUES (?, ?)", error);
  if (stmt == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++) {
    const KeyRow *row = &g_array_index (rows, KeyRow, i);
    if (i > 0 && row->key == row[-1].key)
      continue;
    heddle_stmt_bind (stmt, "ii", row->key, row->mail);
    if (!heddle_stmt_run (stmt, error))
      return FALSE;
    if (heddle_sql_changes (batch->store->index) == 0 && !take_known_key (batch, row, error))
      return FALSE;
  }
  return TRUE;
}

/* --- what threads/ asks for ---------------------------------------------------------- */

/* It asks with the keys of all mails of the batch: write_keys() has seen to them. */
static GPtrArray *
mails_by_keys (gpointer self, const GPtrArray *keys G_GNUC_UNUSED, GError **error)
{
  Batch *batch = self;
  g_autoptr (GPtrArray) mails
      = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_thread_mail_free);
  GHashTableIter iter;
  gpointer bundle;
  g_hash_table_iter_init (&iter, batch->known);
  while (g_hash_table_iter_next (&iter, &bundle, NULL))
    if (!heddle_bundle_load (batch->store, *(gint64 *) bundle, mails, error))
      return NULL;
  return g_steal_pointer (&mails);
}

/* --- one mail at a time ----------------------------------------------------------------- */

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

static gboolean
run_with_number (HeddleStore *store, const char *text, gint64 number, GError **error)
{
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (store->index, text, error);
  if (stmt == NULL)
    return FALSE;
  heddle_stmt_bind (stmt, "i", number);
  return heddle_stmt_run (stmt, error);
}

/* The keys of a mail go, those that others share come back when these are threaded anew.
 * The ids that it gave are remembered: what still has one is known only then. */
static gboolean
forget_keys (Batch *batch, const guint8 *sha, const HeddleSlot *slot, GError **error)
{
  HeddleChain *chain = heddle_record_load (batch->store, slot, error);
  if (chain == NULL)
    return FALSE;
  g_autofree char *id = heddle_sha_write (sha);
  g_autoptr (HeddleThreadMail) mail = heddle_thread_mail_new (id, FALSE, chain);
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  g_ptr_array_add (one, mail);
  g_autoptr (GPtrArray) threads = heddle_threads_merge (one);
  for (guint t = 0; t < threads->len; t++) {
    const GPtrArray *nodes = ((HeddleThread *) threads->pdata[t])->messages;
    for (guint n = 0; n < nodes->len; n++)
      g_ptr_array_extend (batch->former, ((HeddleNode *) nodes->pdata[n])->ids,
                          (GCopyFunc) (void (*) (void)) g_strdup, NULL);
  }
  g_autoptr (GPtrArray) keys = heddle_thread_keys (mail);
  for (guint i = 0; i < keys->len; i++)
    if (!run_with_number (batch->store, "DELETE FROM keys WHERE key = ?",
                          key_number (keys->pdata[i]), error))
      return FALSE;
  return TRUE;
}

/* Whether @record (nullable) stands at @slot already. */
static gboolean
is_record (HeddleStore *store, const HeddleSlot *slot, GBytes *record)
{
  g_autoptr (GBytes) old
      = record != NULL ? heddle_slot_read (store, HEDDLE_PACKS_INDEX, slot, NULL) : NULL;
  return old != NULL && g_bytes_equal (old, record);
}

/* Forget what the index knew of a mail. @ret_bundle: 0 where it knew nothing. @ret_slot:
 * where @record (nullable), which is to be its record now, stands already. */
static gboolean
forget_mail (Batch *batch, const guint8 *sha, GBytes *record, gint64 *ret_bundle,
             HeddleSlot *ret_slot, GError **error)
{
  HeddleStore *store = batch->store;
  g_autoptr (HeddleStmt) find = heddle_sql_prepare (
      store->index, "SELECT ifnull (bundle, 0), id, pack, start, length FROM mails WHERE sha = ?",
      error);
  if (find == NULL)
    return FALSE;
  heddle_stmt_bind_blob (find, 1, sha, HEDDLE_SHA_BYTES);
  HeddleStep step = heddle_stmt_step (find, error);
  *ret_bundle = 0;
  if (step != HEDDLE_STEP_ROW)
    return step == HEDDLE_STEP_DONE;
  HeddleSlot slot;
  *ret_bundle = heddle_stmt_int (find, 0);
  heddle_slot_column (find, 2, &slot);
  if (*ret_bundle != 0) {
    if (!forget_keys (batch, sha, &slot, error))
      return FALSE;
    if (is_record (store, &slot, record))
      *ret_slot = slot;
    else if (!heddle_slot_drop (store, HEDDLE_PACKS_INDEX, &slot, error))
      return FALSE;
  }
  return run_with_number (store, "DELETE FROM mails WHERE id = ?", heddle_stmt_int (find, 1), error);
}

static gboolean
write_mail (HeddleStore *store, const guint8 *sha, const HeddleSlot *slot, GError **error)
{
  g_autoptr (HeddleStmt) insert = heddle_sql_prepare (
      store->index,
      "INSERT INTO mails (sha, bundle, pack, start, length) VALUES (?, 0, ?, ?, ?)", /* of none yet */
      error);
  if (insert == NULL)
    return FALSE;
  heddle_stmt_bind_blob (insert, 1, sha, HEDDLE_SHA_BYTES);
  heddle_stmt_bind_int (insert, 2, slot->pack);
  heddle_stmt_bind_int (insert, 3, slot->start);
  heddle_stmt_bind_int (insert, 4, slot->length);
  return heddle_stmt_run (insert, error);
}

/* Look at one record: into quarantine, or into batch->mails. */
static gboolean
take_record (Batch *batch, HeddleStoreRecord *record, GError **error)
{
  guint8 sha[HEDDLE_SHA_BYTES];
  HeddleTruthMail known = { 0 };
  gint64 bundle = 0;
  HeddleSlot slot = { 0 };
  HeddleIndexed *result = g_new0 (HeddleIndexed, 1);
  result->mail = g_strdup (record->mail);
  g_ptr_array_add (batch->results, result);
  if (!heddle_sha_read (record->mail, sha, error)
      || !heddle_truth_find (batch->store, sha, &known, error))
    return FALSE;
  if (g_hash_table_contains (batch->chosen, record->mail))
    return TRUE; /* twice in one batch */
  g_autoptr (GError) broken = NULL;
  g_autoptr (HeddleChain) chain = g_steal_pointer (&record->chain);
  if (chain == NULL && record->record != NULL)
    chain = heddle_chain_from_record (record->record, &broken);
  if (!forget_mail (batch, sha, chain != NULL ? record->record : NULL, &bundle, &slot, error))
    return FALSE;
  if (bundle != 0)
    g_hash_table_add (batch->touched, g_memdup2 (&bundle, sizeof bundle));
  if (chain == NULL)
    return quarantine (batch, sha, broken != NULL ? broken->message : record->reason, error);
  HeddleThreadMail *mail
      = heddle_thread_mail_new (record->mail, known.verified, g_steal_pointer (&chain));
  heddle_rules_tell (batch->store, mail);
  g_hash_table_insert (batch->chosen, record->mail, slot.pack == 0 ? record->record : NULL);
  g_ptr_array_add (batch->mails, mail);
  return heddle_rules_touch_mail (batch->store, mail, batch->touched, error)
         && write_mail (batch->store, sha, &slot, error);
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
    if (evidence->index == 0) {
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

/* Ids that no message bears any more are nobody's. */
static gboolean
forget_ids (Batch *batch, const GPtrArray *bundles, GError **error)
{
  if (batch->former->len == 0)
    return TRUE;
  g_autoptr (GHashTable) alive = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint b = 0; b < bundles->len; b++) {
    const GPtrArray *threads = ((HeddleBundle *) bundles->pdata[b])->threads;
    for (guint t = 0; t < threads->len; t++) {
      const GPtrArray *nodes = ((HeddleThread *) threads->pdata[t])->messages;
      for (guint n = 0; n < nodes->len; n++) {
        const GPtrArray *ids = ((HeddleNode *) nodes->pdata[n])->ids;
        for (guint i = 0; i < ids->len; i++)
          g_hash_table_add (alive, ids->pdata[i]);
      }
    }
  }
  for (guint i = 0; i < batch->former->len; i++) {
    gint64 number = 0;
    if (!g_hash_table_contains (alive, batch->former->pdata[i])
        && heddle_id_number (batch->former->pdata[i], &number)
        && !run_with_number (batch->store, "DELETE FROM ids WHERE id = ?", number, error))
      return FALSE;
  }
  return TRUE;
}

static void
count_again (Batch *batch, const GPtrArray *bundles)
{
  guint all = 0;
  for (guint b = 0; b < bundles->len; b++)
    all += ((HeddleBundle *) bundles->pdata[b])->mails->len;
  batch->store->merged_again = all - MIN (all, g_hash_table_size (batch->chosen));
}

guint
heddle_store_merged_again (const HeddleStore *store)
{
  return store->merged_again;
}

/* Only the messages that were merged are written: the mails of a long conversation would
 * take as much room again. */
static void
forget_chains (const GPtrArray *bundles)
{
  for (guint b = 0; b < bundles->len; b++) {
    const GPtrArray *mails = ((HeddleBundle *) bundles->pdata[b])->mails;
    for (guint i = 0; i < mails->len; i++)
      heddle_thread_mail_forget (mails->pdata[i]);
  }
}

static gboolean
index_batch (Batch *batch, const GPtrArray *records, GError **error)
{
  const HeddleThreadSource source = { batch, mails_by_keys };
  for (guint i = 0; i < records->len; i++)
    if (!take_record (batch, records->pdata[i], error))
      return FALSE;
  if (!heddle_rules_touch (batch->store, batch->touched, error)
      || !add_bundle_mates (batch, error) || !write_keys (batch, error))
    return FALSE;
  g_autoptr (GPtrArray) bundles = heddle_threads_add (&source, batch->mails, error);
  if (bundles != NULL)
    forget_chains (bundles);
  if (bundles == NULL
      || !heddle_replace (batch->store, bundles, batch->touched, batch->chosen, error)
      || !forget_ids (batch, bundles, error))
    return FALSE;
  count_bundles (batch, bundles);
  repeat_results (batch);
  count_again (batch, bundles);
  return TRUE;
}

gboolean
heddle_store_index (HeddleStore *store, const GPtrArray *records, GPtrArray **ret, GError **error)
{
  g_auto (HeddleTransaction) transaction = { 0 };
  if (!heddle_index_begin (store, &transaction, error) || !heddle_rules_read (store, error))
    return FALSE;
  g_autoptr (GPtrArray) mails
      = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_thread_mail_free);
  g_autoptr (GHashTable) chosen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) results
      = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_indexed_free);
  g_autoptr (GHashTable) touched = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GPtrArray) former = g_ptr_array_new_with_free_func (g_free);
  Batch batch = { store, mails, chosen, touched, known, former, results };
  if (!index_batch (&batch, records, error) || !heddle_transaction_commit (&transaction, error)) {
    heddle_pack_cache_clear (store->packs[HEDDLE_PACKS_INDEX]);
    return FALSE;
  }
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
