/* SPDX-License-Identifier: MIT */
/* check: whether both files still say what they were told.
 *
 * The truth first: SQLite's own look at its pages, then each mail is unpacked and hashed
 * again, in the order in which mails stand in the file. Then the index, if it opens: its
 * pages, whether each of its mails is in the truth, whether each record can be read.
 * Nothing is written, and what is found ends nothing: a damaged page spoils the mails
 * that stand on it, and all the others are still looked at.
 *
 * Not handled: whether the index says of a mail what today's parser would say of it;
 * 'heddle rebuild' makes that true.
 */
#include "config.h"

#include <string.h>

#include "store/messages.h"
#include "store/store-private.h"

#define PAGE_FAULTS "20" /* of one file that are told; more say nothing more */

typedef struct {
  HeddleStore *store;
  HeddleCheck *check;
  HeddleCheckFunc progress;
  gpointer user_data;
} Checking;

static void
fault_free (gpointer data)
{
  HeddleFault *fault = data;
  g_free (fault->mail);
  g_free (fault->what);
  g_free (fault);
}

void
heddle_check_free (HeddleCheck *check)
{
  if (check == NULL)
    return;
  g_ptr_array_unref (check->faults);
  g_free (check);
}

static void
add_fault (HeddleCheck *check, HeddleFaultPart part, const char *mail, const char *what)
{
  HeddleFault *fault = g_new0 (HeddleFault, 1);
  fault->part = part;
  fault->mail = g_strdup (mail);
  fault->what = g_strdup (what);
  g_ptr_array_add (check->faults, fault);
}

/* A step that failed is a fault of @part, unless somebody only was in the way. */
static gboolean
take_trouble (Checking *at, HeddleFaultPart part, GError *trouble, GError **error)
{
  if (g_error_matches (trouble, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_LOCKED)) {
    g_propagate_error (error, trouble);
    return FALSE;
  }
  add_fault (at->check, part, NULL, trouble->message);
  g_error_free (trouble);
  return TRUE;
}

/* --- pages ------------------------------------------------------------------------- */

static gboolean
check_pages (Checking *at, HeddleSql *sql, HeddleFaultPart part, GError **error)
{
  g_autoptr (GError) trouble = NULL;
  g_autoptr (HeddleStmt) stmt
      = heddle_sql_prepare_once (sql, "PRAGMA integrity_check (" PAGE_FAULTS ")", &trouble);
  HeddleStep step = stmt != NULL ? HEDDLE_STEP_ROW : HEDDLE_STEP_ERROR;
  while (stmt != NULL && (step = heddle_stmt_step (stmt, &trouble)) == HEDDLE_STEP_ROW) {
    g_autofree char *said = heddle_stmt_text (stmt, 0);
    if (g_strcmp0 (said, "ok") != 0)
      add_fault (at->check, part, NULL, said);
  }
  return step != HEDDLE_STEP_ERROR || take_trouble (at, part, g_steal_pointer (&trouble), error);
}

/* --- mails --------------------------------------------------------------------------- */

typedef struct {
  gint64 id;
  guint8 sha[HEDDLE_SHA_BYTES];
} Listed;

static int
compare_listed (gconstpointer a, gconstpointer b)
{
  const Listed *x = a, *y = b;
  int order = (x->id > y->id) - (x->id < y->id);
  return order != 0 ? order : memcmp (x->sha, y->sha, HEDDLE_SHA_BYTES);
}

/* The mails that one way through the file leads to, as far as it goes. */
static gboolean
list_mails (Checking *at, const char *text, GArray *mails, GError **error)
{
  g_autoptr (GError) trouble = NULL;
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare_once (at->store->truth, text, &trouble);
  HeddleStep step = HEDDLE_STEP_ERROR;
  while (stmt != NULL && (step = heddle_stmt_step (stmt, &trouble)) == HEDDLE_STEP_ROW) {
    Listed mail = { .id = heddle_stmt_int (stmt, 0) };
    gsize length = 0;
    gconstpointer sha = heddle_stmt_blob (stmt, 1, &length);
    if (length != HEDDLE_SHA_BYTES) {
      add_fault (at->check, HEDDLE_FAULT_TRUTH, NULL, "a mail's id has not its length");
      continue;
    }
    memcpy (mail.sha, sha, sizeof mail.sha);
    g_array_append_val (mails, mail);
  }
  return step != HEDDLE_STEP_ERROR
         || take_trouble (at, HEDDLE_FAULT_TRUTH, g_steal_pointer (&trouble), error);
}

static gboolean
read_size (Checking *at, gint64 id, gint64 *ret, GError **error)
{
  g_autoptr (HeddleStmt) stmt
      = heddle_sql_prepare (at->store->truth, "SELECT size FROM mails WHERE id = ?", error);
  if (stmt == NULL)
    return FALSE;
  heddle_stmt_bind (stmt, "i", id);
  HeddleStep step = heddle_stmt_step (stmt, error);
  *ret = step == HEDDLE_STEP_ROW ? heddle_stmt_int (stmt, 0) : -1;
  return step != HEDDLE_STEP_ERROR;
}

static gboolean
check_mail (Checking *at, const Listed *listed, GError **error)
{
  gint64 size = -1;
  g_autofree char *mail = heddle_sha_write (listed->sha);
  g_autoptr (GError) trouble = NULL;
  g_autoptr (GBytes) bytes = heddle_store_raw (at->store, mail, &trouble);
  if (bytes != NULL && !read_size (at, listed->id, &size, &trouble))
    g_clear_pointer (&bytes, g_bytes_unref);
  if (g_error_matches (trouble, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_LOCKED)) {
    g_propagate_error (error, g_steal_pointer (&trouble));
    return FALSE;
  }
  if (bytes == NULL)
    add_fault (at->check, HEDDLE_FAULT_MAIL, mail, trouble->message);
  else if ((gint64) g_bytes_get_size (bytes) != size)
    add_fault (at->check, HEDDLE_FAULT_MAIL, mail, "its size is not the one that was noted");
  else
    at->check->bytes += (guint64) size;
  at->check->mails++;
  return TRUE;
}

/* Two ways lead to the mails, the table and the index of their ids: what only one of them
 * still shows is looked at too, so that a damaged page hides no mail. */
static gboolean
check_mails (Checking *at, GError **error)
{
  g_autoptr (GArray) mails = g_array_new (FALSE, FALSE, sizeof (Listed));
  if (!list_mails (at, "SELECT id, sha FROM mails NOT INDEXED ORDER BY id", mails, error)
      || !list_mails (at, "SELECT id, sha FROM mails ORDER BY sha", mails, error))
    return FALSE;
  g_array_sort (mails, compare_listed);
  for (guint i = 0; i < mails->len; i++) {
    const Listed *mail = &g_array_index (mails, Listed, i);
    if (i > 0 && compare_listed (mail - 1, mail) == 0)
      continue;
    if (!check_mail (at, mail, error))
      return FALSE;
    if (at->progress != NULL)
      at->progress (at->check->mails, mails->len / 2, at->user_data);
  }
  return TRUE;
}

/* --- index ----------------------------------------------------------------------------- */

/* That the mail is known, and what was parsed of it can be read. */
static gboolean
check_indexed (Checking *at, const guint8 *sha, HeddleStmt *row, GError **error)
{
  HeddleTruthMail mail = { 0 };
  HeddleSlot slot;
  g_autofree char *name = heddle_sha_write (sha);
  g_autoptr (GError) trouble = NULL;
  g_autoptr (HeddleChain) chain = NULL;
  if (heddle_truth_find (at->store, sha, &mail, &trouble) && !heddle_stmt_is_null (row, 1)) {
    heddle_slot_column (row, 2, &slot);
    chain = heddle_record_load (at->store, &slot, &trouble);
  }
  if (g_error_matches (trouble, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_LOCKED)) {
    g_propagate_error (error, g_steal_pointer (&trouble));
    return FALSE;
  }
  if (trouble != NULL)
    add_fault (at->check, HEDDLE_FAULT_INDEX, name, trouble->message);
  return TRUE;
}

static gboolean
check_records (Checking *at, GError **error)
{
  g_autoptr (GError) trouble = NULL;
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare_once (
      at->store->index, "SELECT sha, bundle, pack, start, length FROM mails ORDER BY pack, start",
      &trouble);
  HeddleStep step = HEDDLE_STEP_ERROR;
  while (stmt != NULL && (step = heddle_stmt_step (stmt, &trouble)) == HEDDLE_STEP_ROW) {
    gsize length = 0;
    gconstpointer sha = heddle_stmt_blob (stmt, 0, &length);
    if (length == HEDDLE_SHA_BYTES && !check_indexed (at, sha, stmt, error))
      return FALSE;
    if (heddle_stmt_is_null (stmt, 1))
      at->check->quarantined++;
    else
      at->check->indexed++;
  }
  return step != HEDDLE_STEP_ERROR
         || take_trouble (at, HEDDLE_FAULT_INDEX, g_steal_pointer (&trouble), error);
}

static gboolean
check_index (Checking *at, GError **error)
{
  GError *trouble = NULL;
  if (!heddle_truth_check_name (at->store, &trouble))
    return take_trouble (at, HEDDLE_FAULT_TRUTH, trouble, error);
  if (!heddle_index_open (at->store, &trouble))
    return take_trouble (at, HEDDLE_FAULT_INDEX, trouble, error);
  if (!check_pages (at, at->store->index, HEDDLE_FAULT_INDEX, error)
      || !check_records (at, error))
    return FALSE;
  g_autoptr (GPtrArray) pending = heddle_store_pending (at->store, 0, &trouble);
  if (pending == NULL)
    return take_trouble (at, HEDDLE_FAULT_INDEX, trouble, error);
  at->check->pending = pending->len;
  return TRUE;
}

HeddleCheck *
heddle_store_check (const char *path, HeddleCheckFunc progress, gpointer user_data, GError **error)
{
  g_autoptr (HeddleStore) store = heddle_store_open_truth (path, HEDDLE_STORE_READ, error);
  if (store == NULL)
    return NULL;
  g_autoptr (HeddleCheck) check = g_new0 (HeddleCheck, 1);
  check->faults = g_ptr_array_new_with_free_func (fault_free);
  Checking at = { .store = store, .check = check, .progress = progress, .user_data = user_data };
  if (!check_pages (&at, store->truth, HEDDLE_FAULT_TRUTH, error) || !check_mails (&at, error)
      || !check_index (&at, error))
    return NULL;
  return g_steal_pointer (&check);
}
