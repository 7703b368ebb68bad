/* SPDX-License-Identifier: MIT */
/* people: whom the mails of the index name, told to threads/, which says who is who.
 *
 * Every mail's record is read, where each piece of evidence still says what it showed
 * itself; the index says which message and conversation it is of.
 */
#include "config.h"

#include "store/messages.h"

/* Where a piece of evidence stands; FALSE where the index does not know it. */
static gboolean
find_message (HeddleStore *store, HeddleSighting *sighting, gboolean *ret_known, GError **error)
{
  g_autofree char *index = g_strdup_printf ("%u", sighting->index);
  const char *parts[] = { sighting->mail, index, NULL };
  g_autofree char *id = heddle_id ('m', parts);
  gint64 number = 0;
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      store->index,
      "SELECT n.id, n.thread, n.time FROM ids i JOIN nodes n ON n.id = i.node"
      " WHERE i.id = ?",
      error);
  if (stmt == NULL)
    return FALSE;
  heddle_id_number (id, &number);
  heddle_stmt_bind (stmt, "i", number);
  HeddleStep step = heddle_stmt_step (stmt, error);
  *ret_known = step == HEDDLE_STEP_ROW;
  if (*ret_known) {
    sighting->message = heddle_stmt_int (stmt, 0);
    sighting->thread = heddle_stmt_int (stmt, 1);
    sighting->time = heddle_stmt_time (stmt, 2);
  }
  return step != HEDDLE_STEP_ERROR;
}

static void
see (HeddlePeople *people, HeddleSighting *sighting, const HeddlePerson *person)
{
  if (person == NULL)
    return;
  sighting->name = person->name;
  sighting->address = person->address;
  heddle_people_see (people, sighting);
}

static gboolean
see_message (HeddleStore *store, HeddlePeople *people, const char *mail, guint index,
             const HeddleMessage *message, GError **error)
{
  const GPtrArray *lists[] = { message->to, message->cc, message->bcc };
  HeddleSighting sighting = { .mail = mail,
                              .index = index,
                              .header = index == 0 || message->kind == HEDDLE_KIND_ATTACHED };
  gboolean known = FALSE;
  if (!find_message (store, &sighting, &known, error))
    return FALSE;
  if (!known)
    return TRUE;
  sighting.author = TRUE;
  see (people, &sighting, message->from);
  sighting.author = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint k = 0; k < lists[i]->len; k++)
      see (people, &sighting, lists[i]->pdata[k]);
  return TRUE;
}

static gboolean
see_mails (HeddleStore *store, HeddlePeople *people, GError **error)
{
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      store->index,
      "SELECT sha, pack, start, length FROM mails WHERE bundle > 0 ORDER BY pack, start",
      error);
  if (stmt == NULL)
    return FALSE;
  HeddleStep step;
  while ((step = heddle_stmt_step (stmt, error)) == HEDDLE_STEP_ROW) {
    HeddleSlot slot;
    gsize length = 0;
    g_autofree char *mail = heddle_sha_write (heddle_stmt_blob (stmt, 0, &length));
    heddle_slot_column (stmt, 1, &slot);
    g_autoptr (HeddleChain) chain = heddle_record_load (store, &slot, error);
    if (chain == NULL)
      return FALSE;
    for (guint i = 0; i < chain->messages->len; i++)
      if (!see_message (store, people, mail, i, chain->messages->pdata[i], error))
        return FALSE;
  }
  return step == HEDDLE_STEP_DONE;
}

gboolean
heddle_store_people (HeddleStore *store, HeddlePeople *people, GError **error)
{
  g_auto (HeddleTransaction) snapshot = { 0 };
  g_autoptr (GPtrArray) decisions = heddle_store_decisions (store, error);
  if (decisions == NULL
      || !heddle_transaction_begin (&snapshot, store->index, HEDDLE_STORE_READ, error)
      || !see_mails (store, people, error))
    return FALSE;
  for (guint i = 0; i < decisions->len; i++) {
    const HeddleDecision *decision = decisions->pdata[i];
    if (decision->kind == HEDDLE_DECISION_PEOPLE_JOIN)
      heddle_people_rule (people, HEDDLE_PEOPLE_JOIN, decision->subject, decision->value);
    else if (decision->kind == HEDDLE_DECISION_PEOPLE_PART)
      heddle_people_rule (people, HEDDLE_PEOPLE_PART, decision->subject, NULL);
  }
  return TRUE;
}
