/* SPDX-License-Identifier: MIT */
/* quarantine: mails of the truth that the parser could not take, with the reason.
 * They are rows of the index without a bundle, so `heddle rebuild` tries them again. */
#include "config.h"

#include "store/store-private.h"

GPtrArray *
heddle_store_quarantine (HeddleStore *store, GError **error)
{
  g_autoptr (GPtrArray) list
      = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_quarantined_free);
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      store->index, "SELECT sha, reason FROM mails WHERE bundle IS NULL ORDER BY id", error);
  if (stmt == NULL)
    return NULL;
  HeddleStep step;
  while ((step = heddle_stmt_step (stmt, error)) == HEDDLE_STEP_ROW) {
    gsize length = 0;
    gconstpointer sha = heddle_stmt_blob (stmt, 0, &length);
    HeddleTruthMail mail = { 0 };
    if (!heddle_truth_find (store, sha, &mail, error))
      return NULL;
    HeddleQuarantined *item = g_new0 (HeddleQuarantined, 1);
    item->mail = heddle_sha_write (sha);
    item->reason = heddle_stmt_text (stmt, 1);
    item->since = mail.received;
    item->size = mail.size;
    g_ptr_array_add (list, item);
  }
  return step == HEDDLE_STEP_DONE ? g_steal_pointer (&list) : NULL;
}

gboolean
heddle_store_release (HeddleStore *store, const char *mail, GError **error)
{
  guint8 sha[HEDDLE_SHA_BYTES];
  g_auto (HeddleTransaction) transaction = { 0 };
  if (!heddle_sha_read (mail, sha, error) || !heddle_index_begin (store, &transaction, error))
    return FALSE;
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      store->index, "DELETE FROM mails WHERE sha = ? AND bundle IS NULL", error);
  if (stmt == NULL)
    return FALSE;
  heddle_stmt_bind_blob (stmt, 1, sha, sizeof sha);
  if (!heddle_stmt_run (stmt, error))
    return FALSE;
  if (heddle_sql_changes (store->index) == 0) {
    g_set_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_UNKNOWN,
                 "no mail %s in quarantine; 'heddle quarantine' lists what is", mail);
    return FALSE;
  }
  return heddle_transaction_commit (&transaction, error);
}
