/* SPDX-License-Identifier: MIT */
/* outbox: what calendars were told, and the mails that tell them, frozen.
 *
 * A reminder and its mail are written in one transaction that first looks at what
 * stands there, so of two planners that came to the same plan one writes and the
 * other is told so (LOCKED: plan again). The unique indexes of the schema say the
 * same a second time.
 */
#include "config.h"

#include "store/store-private.h"

static const char *const states[] = {
  [HEDDLE_OUTBOX_WAITING] = "waiting",
  [HEDDLE_OUTBOX_SENT] = "sent",
  [HEDDLE_OUTBOX_FAILED] = "failed",
};

/* --- types ------------------------------------------------------------------------ */

HeddleReminder *
heddle_reminder_copy (const HeddleReminder *reminder)
{
  HeddleReminder *copy = g_memdup2 (reminder, sizeof *reminder);
  copy->followup = g_strdup (reminder->followup);
  copy->person = g_strdup (reminder->person);
  copy->address = g_strdup (reminder->address);
  copy->uid = g_strdup (reminder->uid);
  copy->token = g_strdup (reminder->token);
  return copy;
}

void
heddle_reminder_free (HeddleReminder *reminder)
{
  if (reminder == NULL)
    return;
  g_free (reminder->followup);
  g_free (reminder->person);
  g_free (reminder->address);
  g_free (reminder->uid);
  g_free (reminder->token);
  g_free (reminder);
}

void
heddle_outbox_item_free (HeddleOutboxItem *item)
{
  if (item == NULL)
    return;
  g_free (item->sender);
  g_free (item->rcpt);
  g_clear_pointer (&item->bytes, g_bytes_unref);
  g_free (item->trouble);
  g_free (item);
}

/* --- reminders ---------------------------------------------------------------------- */

GPtrArray *
heddle_store_reminders (HeddleStore *store, GError **error)
{
  g_autoptr (GPtrArray) list
      = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_reminder_free);
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      store->truth,
      "SELECT followup, person, address, uid, sequence, cancelled, start, queued, token"
      " FROM reminders ORDER BY queued, uid",
      error);
  if (stmt == NULL)
    return NULL;
  HeddleStep step;
  while ((step = heddle_stmt_step (stmt, error)) == HEDDLE_STEP_ROW) {
    HeddleReminder *reminder = g_new0 (HeddleReminder, 1);
    reminder->followup = heddle_stmt_text (stmt, 0);
    reminder->person = heddle_stmt_text (stmt, 1);
    reminder->address = heddle_stmt_text (stmt, 2);
    reminder->uid = heddle_stmt_text (stmt, 3);
    reminder->sequence = (int) heddle_stmt_int (stmt, 4);
    reminder->cancelled = heddle_stmt_int (stmt, 5) != 0;
    reminder->start = heddle_stmt_time (stmt, 6);
    reminder->queued = heddle_stmt_time (stmt, 7);
    reminder->token = heddle_stmt_text (stmt, 8);
    g_ptr_array_add (list, reminder);
  }
  return step == HEDDLE_STEP_DONE ? g_steal_pointer (&list) : NULL;
}

/* Whether another planner was first. */
static gboolean
check_race (HeddleStore *store, const HeddleReminder *reminder, GError **error)
{
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      store->truth,
      "SELECT uid = ?1 FROM reminders WHERE (uid = ?1 AND"
      " (sequence >= ?2 OR followup <> ?3 OR person <> ?4))"
      " OR (uid <> ?1 AND followup = ?3 AND person = ?4 AND cancelled = 0 AND ?5 = 0) LIMIT 1",
      error);
  if (stmt == NULL)
    return FALSE;
  heddle_stmt_bind (stmt, "titti", reminder->uid, (gint64) reminder->sequence, reminder->followup,
                    reminder->person, (gint64) (reminder->cancelled != FALSE));
  HeddleStep step = heddle_stmt_step (stmt, error);
  if (step == HEDDLE_STEP_ROW)
    g_set_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_LOCKED,
                 heddle_stmt_int (stmt, 0) != 0
                     ? "another program has queued a reminder of %s at the same time: try again"
                     : "another program has begun to remind of %s at the same time: try again",
                 reminder->followup);
  return step == HEDDLE_STEP_DONE;
}

static gboolean
write_reminder (HeddleStore *store, const HeddleReminder *reminder, GError **error)
{
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      store->truth,
      "INSERT INTO reminders (uid, followup, person, address, sequence, cancelled, start, queued,"
      " token) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (uid) DO UPDATE SET"
      " address = excluded.address, sequence = excluded.sequence, cancelled = excluded.cancelled,"
      " start = excluded.start, queued = excluded.queued, token = excluded.token",
      error);
  if (stmt == NULL)
    return FALSE;
  heddle_stmt_bind (stmt, "ttttiiTTt", reminder->uid, reminder->followup, reminder->person,
                    reminder->address, (gint64) reminder->sequence,
                    (gint64) (reminder->cancelled != FALSE), reminder->start, reminder->queued,
                    reminder->token);
  return heddle_stmt_run (stmt, error);
}

static gboolean
write_item (HeddleStore *store, const HeddleReminder *reminder, const HeddleOutboxItem *item,
            GError **error)
{
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      store->truth,
      "INSERT INTO outbox (uid, sequence, sender, rcpt, bytes, state, queued, next, attempts,"
      " trouble) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      error);
  if (stmt == NULL)
    return FALSE;
  heddle_stmt_bind (stmt, "titt" "btTTit", reminder->uid, (gint64) reminder->sequence,
                    item->sender, item->rcpt, item->bytes, states[item->state], item->queued,
                    item->next, (gint64) item->attempts, item->trouble);
  return heddle_stmt_run (stmt, error);
}

gboolean
heddle_store_queue (HeddleStore *store, const HeddleReminder *reminder,
                    const HeddleOutboxItem *item, GError **error)
{
  g_auto (HeddleTransaction) transaction = { 0 };
  return heddle_transaction_begin (&transaction, store->truth, HEDDLE_STORE_WRITE, error)
         && check_race (store, reminder, error) && write_reminder (store, reminder, error)
         && write_item (store, reminder, item, error)
         && heddle_transaction_commit (&transaction, error);
}

/* --- the outbox ------------------------------------------------------------------------ */

GPtrArray *
heddle_store_outbox (HeddleStore *store, HeddleOutboxState state, GError **error)
{
  g_autoptr (GPtrArray) list
      = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_outbox_item_free);
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      store->truth,
      "SELECT id, sender, rcpt, bytes, queued, next, attempts, trouble FROM outbox"
      " WHERE state = ? ORDER BY id",
      error);
  if (stmt == NULL)
    return NULL;
  heddle_stmt_bind (stmt, "t", states[state]);
  HeddleStep step;
  while ((step = heddle_stmt_step (stmt, error)) == HEDDLE_STEP_ROW) {
    HeddleOutboxItem *item = g_new0 (HeddleOutboxItem, 1);
    item->id = heddle_stmt_int (stmt, 0);
    item->sender = heddle_stmt_text (stmt, 1);
    item->rcpt = heddle_stmt_text (stmt, 2);
    item->bytes = heddle_stmt_bytes (stmt, 3);
    item->state = state;
    item->queued = heddle_stmt_time (stmt, 4);
    item->next = heddle_stmt_time (stmt, 5);
    item->attempts = (int) heddle_stmt_int (stmt, 6);
    item->trouble = heddle_stmt_text (stmt, 7);
    g_ptr_array_add (list, item);
  }
  return step == HEDDLE_STEP_DONE ? g_steal_pointer (&list) : NULL;
}

gboolean
heddle_store_outbox_update (HeddleStore *store, const HeddleOutboxItem *item, GError **error)
{
  /* What was sent stays sent, whatever a slower program found out meanwhile. */
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      store->truth,
      "UPDATE outbox SET state = ?2, attempts = ?3, next = ?4, trouble = ?5"
      " WHERE id = ?1 AND (state <> 'sent' OR ?2 = 'sent')",
      error);
  if (stmt == NULL)
    return FALSE;
  heddle_stmt_bind (stmt, "itiTt", item->id, states[item->state], (gint64) item->attempts,
                    item->next, item->trouble);
  if (!heddle_stmt_run (stmt, error))
    return FALSE;
  if (heddle_sql_changes (store->truth) > 0)
    return TRUE;
  g_set_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_UNKNOWN,
               "no mail %" G_GINT64_FORMAT " in the outbox that has not been sent", item->id);
  return FALSE;
}
