/* SPDX-License-Identifier: MIT */
/* decision: what people decided about follow-ups and about which mails belong together,
 * word for word and for ever. What follows from it is followup/'s and threads/'s. */
#include "config.h"

#include "store/store-private.h"

/* As they stand in the file; the place is the HeddleDecisionKind. */
static const char *const kinds[] = {
  [HEDDLE_DECISION_CLOSE] = "close",   [HEDDLE_DECISION_REOPEN] = "reopen",
  [HEDDLE_DECISION_CLAIM] = "claim",   [HEDDLE_DECISION_SNOOZE] = "snooze",
  [HEDDLE_DECISION_SET_DUE] = "set-due", [HEDDLE_DECISION_ASSIGN] = "assign",
  [HEDDLE_DECISION_JOIN] = "join",     [HEDDLE_DECISION_SPLIT] = "split",
  [HEDDLE_DECISION_PEOPLE_JOIN] = "people-join",
  [HEDDLE_DECISION_PEOPLE_PART] = "people-part",
};

void
heddle_decision_free (HeddleDecision *decision)
{
  if (decision == NULL)
    return;
  g_free (decision->subject);
  g_free (decision->value);
  g_free (decision);
}

static gboolean
add_decision (HeddleStore *store, const HeddleDecision *decision, GError **error)
{
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      store->truth, "INSERT INTO decisions (kind, subject, value, time, made) VALUES (?, ?, ?, ?, ?)",
      error);
  if (stmt == NULL)
    return FALSE;
  heddle_stmt_bind (stmt, "tttTT", kinds[decision->kind], decision->subject, decision->value,
                    decision->time, decision->made);
  return heddle_stmt_run (stmt, error);
}

gboolean
heddle_store_decide_all (HeddleStore *store, const GPtrArray *decisions, GError **error)
{
  gboolean threads = FALSE;
  g_auto (HeddleTransaction) transaction = { 0 };
  if (!heddle_transaction_begin (&transaction, store->truth, HEDDLE_STORE_WRITE, error))
    return FALSE;
  for (guint i = 0; i < decisions->len; i++) {
    const HeddleDecision *decision = decisions->pdata[i];
    threads = threads || decision->kind == HEDDLE_DECISION_JOIN
              || decision->kind == HEDDLE_DECISION_SPLIT;
    if (!add_decision (store, decision, error))
      return FALSE;
  }
  if (!heddle_transaction_commit (&transaction, error))
    return FALSE;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  return !threads || heddle_store_index (store, none, NULL, error);
}

gboolean
heddle_store_decide (HeddleStore *store, const HeddleDecision *decision, GError **error)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  g_ptr_array_add (one, (gpointer) decision);
  return heddle_store_decide_all (store, one, error);
}

static HeddleDecision *
read_decision (HeddleStmt *stmt)
{
  g_autofree char *kind = heddle_stmt_text (stmt, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    if (g_strcmp0 (kind, kinds[i]) != 0)
      continue;
    HeddleDecision *decision = g_new0 (HeddleDecision, 1);
    decision->kind = (HeddleDecisionKind) i;
    decision->subject = heddle_stmt_text (stmt, 1);
    decision->value = heddle_stmt_text (stmt, 2);
    decision->time = heddle_stmt_time (stmt, 3);
    decision->made = heddle_stmt_time (stmt, 4);
    return decision;
  }
  return NULL;
}

GPtrArray *
heddle_store_decisions (HeddleStore *store, GError **error)
{
  g_autoptr (GPtrArray) list
      = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_decision_free);
  if (!heddle_truth_need (store, error))
    return NULL;
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      store->truth, "SELECT kind, subject, value, time, made FROM decisions ORDER BY id", error);
  if (stmt == NULL)
    return NULL;
  HeddleStep step;
  while ((step = heddle_stmt_step (stmt, error)) == HEDDLE_STEP_ROW) {
    HeddleDecision *decision = read_decision (stmt);
    if (decision == NULL) {
      g_set_error_literal (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_CORRUPT,
                           "the store holds a decision of an unknown kind; run 'heddle check'");
      return NULL;
    }
    g_ptr_array_add (list, decision);
  }
  return step == HEDDLE_STEP_DONE ? g_steal_pointer (&list) : NULL;
}
