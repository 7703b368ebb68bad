/* SPDX-License-Identifier: MIT */
/* thread: whole conversations out of the store.
 *
 * The index only says which bundle an id is of; the conversation itself is merged anew
 * from the records of the bundle's mails, so what is shown is what threads/ says of the
 * mails and nothing that an index row could have got wrong.
 */
#include "config.h"

#include <string.h>

#include "store/messages.h"

/* --- mails of a bundle ------------------------------------------------------------- */

HeddleChain *
heddle_record_load (HeddleStore *store, const HeddleSlot *slot, GError **error)
{
  g_autoptr (GBytes) record = heddle_slot_read (store, HEDDLE_PACKS_INDEX, slot, error);
  if (record == NULL)
    return NULL;
  g_autoptr (GError) cause = NULL;
  HeddleChain *chain = heddle_chain_from_record (record, &cause);
  if (chain == NULL)
    g_set_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_CORRUPT,
                 "the index holds a damaged record (%s); run 'heddle rebuild'", cause->message);
  return chain;
}

static HeddleThreadMail *
read_mail (HeddleStore *store, HeddleStmt *stmt, const HeddleTruthMail *known, GError **error)
{
  HeddleSlot slot;
  gsize sha_length = 0;
  heddle_slot_column (stmt, 1, &slot);
  HeddleChain *chain = heddle_record_load (store, &slot, error);
  if (chain == NULL)
    return NULL;
  g_autofree char *mail = heddle_sha_write (heddle_stmt_blob (stmt, 0, &sha_length));
  return heddle_thread_mail_new (mail, known->verified, chain);
}

gboolean
heddle_bundle_load (HeddleStore *store, gint64 bundle, GPtrArray *mails, GError **error)
{
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      store->index,
      "SELECT sha, pack, start, length FROM mails WHERE bundle = ?", error);
  if (stmt == NULL)
    return FALSE;
  heddle_stmt_bind (stmt, "i", bundle);
  HeddleStep step;
  while ((step = heddle_stmt_step (stmt, error)) == HEDDLE_STEP_ROW) {
    HeddleTruthMail known = { 0 };
    g_autoptr (GError) cause = NULL;
    gsize length = 0;
    if (!heddle_truth_find (store, heddle_stmt_blob (stmt, 0, &length), &known, &cause)) {
      if (g_error_matches (cause, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_UNKNOWN))
        continue;
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
    HeddleThreadMail *mail = read_mail (store, stmt, &known, error);
    if (mail == NULL)
      return FALSE;
    heddle_rules_tell (store, mail);
    g_ptr_array_add (mails, mail);
  }
  return step == HEDDLE_STEP_DONE;
}

/* --- from an id to its thread ----------------------------------------------------------- */

typedef struct {
  gint64 bundle;
  char *thread;
} Place;

static void
place_clear (Place *place)
{
  g_free (place->thread);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static const char by_id[] =
    "SELECT t.bundle, t.thread FROM ids i JOIN nodes n ON n.id = i.node"
    " JOIN threads t ON t.id = n.thread WHERE i.id = ?1";
static const char by_message_id[] =
    "SELECT DISTINCT t.bundle, t.thread FROM nodes n JOIN threads t ON t.id = n.thread"
    " WHERE n.message_id = ?1 ORDER BY t.thread LIMIT 2";

/* By @number where it is not 0, else by @message_id. @ret_found: how many rows there were,
 * at most 2. */
static gboolean
find_place (HeddleStore *store, gint64 number, const char *message_id, Place *ret,
            guint *ret_found, GError **error)
{
  g_autoptr (HeddleStmt) stmt
      = heddle_sql_prepare (store->index, number != 0 ? by_id : by_message_id, error);
  if (stmt == NULL)
    return FALSE;
  if (number != 0)
    heddle_stmt_bind (stmt, "i", number);
  else
    heddle_stmt_bind (stmt, "t", message_id);
  HeddleStep step;
  *ret_found = 0;
  while ((step = heddle_stmt_step (stmt, error)) == HEDDLE_STEP_ROW)
    if ((*ret_found)++ == 0) {
      ret->bundle = heddle_stmt_int (stmt, 0);
      ret->thread = heddle_stmt_text (stmt, 1);
    }
  return step == HEDDLE_STEP_DONE;
}

/* The number of the id that a Message-ID gives the one message that it is counted for
 * (threads.h says which, where several claim it). */
static gint64
number_of_message_id (const char *message_id)
{
  const char *parts[] = { "mid", message_id, NULL };
  g_autofree char *id = heddle_id ('m', parts);
  gint64 number = 0;
  heddle_id_number (id, &number);
  return number;
}

static gboolean
resolve (HeddleStore *store, const char *id, Place *ret, GError **error)
{
  gsize length = strlen (id);
  gboolean bracketed = length > 2 && id[0] == '<' && id[length - 1] == '>';
  g_autofree char *bare = bracketed ? g_strndup (id + 1, length - 2) : g_strdup (id);
  gint64 number = 0;
  guint found = 0;
  if (heddle_id_number (bare, &number) && number != 0
      && !find_place (store, number, NULL, ret, &found, error))
    return FALSE;
  if (found == 0
      && !find_place (store, number_of_message_id (bare), NULL, ret, &found, error))
    return FALSE;
  if (found > 0)
    return TRUE;
  if (!find_place (store, 0, bare, ret, &found, error))
    return FALSE;
  if (found == 1)
    return TRUE;
  g_set_error (error, HEDDLE_STORE_ERROR,
               found == 0 ? HEDDLE_STORE_ERROR_UNKNOWN : HEDDLE_STORE_ERROR_AMBIGUOUS,
               found == 0 ? "no thread or message %s in this store"
                          : "several messages bear the Message-ID %s: 'heddle search id:…' lists "
                            "them, use an id of Heddle",
               id);
  return FALSE;
}

static gboolean
has_string (const GPtrArray *strings, const char *wanted)
{
  for (guint i = 0; i < strings->len; i++)
    if (strcmp (strings->pdata[i], wanted) == 0)
      return TRUE;
  return FALSE;
}

HeddleThread *
heddle_store_thread (HeddleStore *store, const char *id, GError **error)
{
  g_auto (HeddleTransaction) snapshot = { 0 };
  g_auto (Place) place = { 0 };
  g_autoptr (GPtrArray) mails
      = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_thread_mail_free);
  if (!heddle_truth_need (store, error) || !heddle_rules_read (store, error)
      || !heddle_transaction_begin (&snapshot, store->index, HEDDLE_STORE_READ, error)
      || !resolve (store, id, &place, error)
      || !heddle_bundle_load (store, place.bundle, mails, error))
    return NULL;
  g_autoptr (GPtrArray) threads = heddle_threads_merge (mails);
  for (guint i = 0; i < threads->len; i++)
    if (has_string (((HeddleThread *) threads->pdata[i])->ids, place.thread))
      return g_ptr_array_steal_index (threads, i);
  g_set_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_CORRUPT,
               "the index does not fit thread %s; run 'heddle rebuild'", place.thread);
  return NULL;
}

HeddleChain *
heddle_store_chain (HeddleStore *store, const char *mail, GError **error)
{
  guint8 sha[HEDDLE_SHA_BYTES];
  HeddleSlot slot;
  if (!heddle_sha_read (mail, sha, error))
    return NULL;
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      store->index, "SELECT pack, start, length FROM mails WHERE sha = ?", error);
  if (stmt == NULL)
    return NULL;
  heddle_stmt_bind_blob (stmt, 1, sha, sizeof sha);
  HeddleStep step = heddle_stmt_step (stmt, error);
  if (step == HEDDLE_STEP_DONE)
    g_set_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_UNKNOWN,
                 "no mail %s in the index", mail);
  if (step != HEDDLE_STEP_ROW)
    return NULL;
  heddle_slot_column (stmt, 0, &slot);
  return heddle_record_load (store, &slot, error);
}
