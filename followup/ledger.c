/* SPDX-License-Identifier: MIT */
/* The ledger: who owes whom what, by taking turns.
 *
 * The turns of a thread are walked once, oldest first. Each turn first settles what
 * its author owed, then opens what it asks for or promises:
 *
 *   we write to X       X owes an answer (awaiting_reply; deadline, if we named a
 *                       day), where we asked something, or opened the conversation
 *   X asks us           we owe one (request, deadline)
 *   one of us asks a colleague        the colleague owes one (request, deadline)
 *   X or one of us promises           they owe the rest (commitment)
 *
 * What is open hangs under a key that says who may settle it, so that a turn finds
 * its debts without searching. Who asks again while something is open chases: that
 * is counted and restarts nothing. Thanks, notes to the inbox, what a machine wrote
 * and what nobody has shown us do neither. Precision goes before recall: one whom
 * the document does not name opens nothing, and a turn without a date cannot start
 * a clock, but it can settle.
 *
 * Not handled: partial answers, and what is only reported ("they told me on the
 * phone that …").
 */
#include "followup/debt.h"
#include "followup/decide.h"

#define DEBTORS_MAX 8 /* of one message */

typedef struct {
  const HeddlePolicy *policy;
  GPtrArray *debts; /* of HeddleDebt, all */
  GHashTable *open; /* key → GPtrArray of HeddleDebt that are open */
  GHashTable *met;  /* set: keys of sides that we wrote to or that wrote */
  const HeddleTurn *turn;
} Ledger;

/* --- keys ------------------------------------------------------------------------ */

static char *
key_of (const char *what, const char *who)
{
  return g_strconcat (what, "\n", who, NULL);
}

#define OWED_BY "owed by"     /* side: what somebody outside owes */
#define OWED_TO "owed to"     /* side: what we owe somebody outside */
#define COLLEAGUE "colleague" /* person: what one of us owes another */
#define PROMISE "promise"     /* person: what one of us promised among us */
#define OUTWARD "outward"     /* person: what one of us promised outside */

/* What a turn of one of us settles. */
static void
our_keys (const HeddleTurn *turn, GPtrArray *keys)
{
  gboolean outward = heddle_addressees_have (turn->heard, HEDDLE_SIDE_OTHER)
                     || heddle_addressees_have (turn->heard, HEDDLE_SIDE_WITHHELD)
                     || turn->heard->len == 0;

  g_ptr_array_add (keys, key_of (COLLEAGUE, turn->author->person));
  g_ptr_array_add (keys, key_of (PROMISE, turn->author->person));
  if (outward)
    g_ptr_array_add (keys, key_of (OUTWARD, turn->author->person));
  for (guint i = 0; i < turn->heard->len; i++) {
    const HeddleSide *side = g_array_index (turn->heard, HeddleAddressee, i).side;

    if (side->kind == HEDDLE_SIDE_OTHER)
      g_ptr_array_add (keys, key_of (OWED_TO, side->key));
  }
}

/* The keys whose debts @turn settles. (transfer full) */
static GPtrArray *
settled_keys (const HeddleTurn *turn)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);

  if (!turn->speaks)
    return keys;
  if (turn->author->kind == HEDDLE_SIDE_US)
    our_keys (turn, keys);
  else if (turn->author->kind != HEDDLE_SIDE_NOBODY)
    g_ptr_array_add (keys, key_of (OWED_BY, turn->author->key));
  return keys;
}

static gboolean
settles (const HeddleTurn *turn, const char *key)
{
  g_autoptr (GPtrArray) keys = settled_keys (turn);

  return g_ptr_array_find_with_equal_func (keys, key, g_str_equal, NULL);
}

static void
settle (Ledger *ledger)
{
  g_autoptr (GPtrArray) keys = settled_keys (ledger->turn);

  for (guint i = 0; i < keys->len; i++) {
    const char *key = g_ptr_array_index (keys, i);
    GPtrArray *open = g_hash_table_lookup (ledger->open, key);

    for (guint j = 0; open != NULL && j < open->len; j++)
      ((HeddleDebt *)g_ptr_array_index (open, j))->closer = ledger->turn;
    g_hash_table_remove (ledger->open, key);
  }
}

/* --- what a message asks and promises -------------------------------------------- */

/* The sentence of @message that asks: one with a date before a request before a
 * question; a deadline only with its date. NULL where none does. */
static const HeddleAction *
find_ask (const HeddleMessage *message)
{
  const HeddleAction *request = NULL, *question = NULL;

  for (guint i = 0; i < message->actions->len; i++) {
    const HeddleAction *action = g_ptr_array_index (message->actions, i);

    if (action->kind == HEDDLE_ACTION_COMMITMENT)
      continue;
    if (action->has_due)
      return action;
    if (action->kind == HEDDLE_ACTION_REQUEST && request == NULL)
      request = action;
    if (action->kind == HEDDLE_ACTION_QUESTION && question == NULL)
      question = action;
  }
  return request != NULL ? request : question;
}

static const HeddleAction *
find_promise (const HeddleMessage *message)
{
  const HeddleAction *first = NULL;

  for (guint i = 0; i < message->actions->len; i++) {
    const HeddleAction *action = g_ptr_array_index (message->actions, i);

    if (action->kind != HEDDLE_ACTION_COMMITMENT)
      continue;
    if (action->has_due)
      return action;
    if (first == NULL)
      first = action;
  }
  return first;
}

/* --- opening --------------------------------------------------------------------- */

static void
open_debt (Ledger *ledger, HeddleFollowupKind kind, const char *what, const char *who,
           const HeddlePerson *debtor, const HeddleSide *side, const HeddleSide *creditor,
           const HeddleAction *action)
{
  HeddleDebt *debt = g_new0 (HeddleDebt, 1);
  GPtrArray *open;

  debt->key = key_of (what, who);
  debt->dated = heddle_debt_is_dated (ledger->policy, side->party, ledger->turn->time, action);
  debt->kind
      = debt->dated && kind != HEDDLE_FOLLOWUP_COMMITMENT ? HEDDLE_FOLLOWUP_DEADLINE : kind;
  debt->opener = ledger->turn;
  debt->debtor = debtor;
  debt->side = side;
  debt->creditor = creditor;
  debt->action = action;
  for (guint i = ledger->debts->len; i > 0; i--) {
    const HeddleDebt *other = g_ptr_array_index (ledger->debts, i - 1);

    if (other->opener != ledger->turn)
      break;
    debt->ordinal += other->kind == debt->kind;
  }
  g_ptr_array_add (ledger->debts, debt);
  open = g_hash_table_lookup (ledger->open, debt->key);
  if (open == NULL) {
    open = g_ptr_array_new ();
    g_hash_table_insert (ledger->open, g_strdup (debt->key), open);
  }
  g_ptr_array_add (open, debt);
}

/* Whether something is open there already; who asks again then chases it. */
static gboolean
chase (Ledger *ledger, const char *what, const char *who, gboolean asks)
{
  g_autofree char *key = key_of (what, who);
  GPtrArray *open = g_hash_table_lookup (ledger->open, key);

  if (open == NULL)
    return FALSE;
  for (guint i = 0; asks && i < open->len; i++)
    ((HeddleDebt *)g_ptr_array_index (open, i))->chasers++;
  return TRUE;
}

/* One of us to somebody outside. What opens a conversation wants an answer, asked
 * for in words or not, unless it says that the next step is ours. */
static void
open_outside (Ledger *ledger, const HeddleAddressee *to, const HeddleAction *ask,
              const HeddleAction *promise)
{
  const HeddleTurn *turn = ledger->turn;
  gboolean opening = turn->speaks && promise == NULL && to->side->kind == HEDDLE_SIDE_OTHER
                     && !g_hash_table_contains (ledger->met, to->side->key);

  if (chase (ledger, OWED_BY, to->side->key, ask != NULL))
    return;
  if (ask != NULL || opening)
    open_debt (ledger, HEDDLE_FOLLOWUP_AWAITING_REPLY, OWED_BY, to->side->key, to->person,
               to->side, turn->author, ask);
}

/* One of us to one colleague alone. */
static void
open_colleague (Ledger *ledger, const HeddleAddressee *to, const HeddleAction *ask)
{
  const HeddleTurn *turn = ledger->turn;

  if (ask == NULL || to->side->inbox || g_str_equal (to->side->person, turn->author->person))
    return;
  if (!chase (ledger, COLLEAGUE, to->side->person, TRUE))
    open_debt (ledger, HEDDLE_FOLLOWUP_REQUEST, COLLEAGUE, to->side->person, to->person,
               to->side, turn->author, ask);
}

static void
open_by_us (Ledger *ledger, const HeddleAction *ask, const HeddleAction *promise)
{
  const HeddleTurn *turn = ledger->turn;
  gboolean outside = heddle_addressees_have (turn->to, HEDDLE_SIDE_OTHER);
  gboolean ours = heddle_addressees_have (turn->to, HEDDLE_SIDE_US);
  guint opened = 0;

  for (guint i = 0; i < turn->to->len && opened < DEBTORS_MAX; i++) {
    const HeddleAddressee *to = &g_array_index (turn->to, HeddleAddressee, i);
    /* Somebody withheld owes only where the text itself calls them, and nobody else. */
    gboolean withheld = to->side->kind == HEDDLE_SIDE_WITHHELD && !outside && !ours && i == 0
                        && heddle_side_greets_withheld (turn->message->greeting);

    if (to->side->kind == HEDDLE_SIDE_OTHER || withheld) {
      open_outside (ledger, to, ask, promise);
      opened++;
    } else if (to->side->kind == HEDDLE_SIDE_US && turn->to->len == 1) {
      open_colleague (ledger, to, ask);
    }
  }
  if (promise != NULL)
    open_debt (ledger, HEDDLE_FOLLOWUP_COMMITMENT,
               heddle_addressees_have (turn->heard, HEDDLE_SIDE_OTHER) ? OUTWARD : PROMISE,
               turn->author->person, turn->message->from, turn->author, NULL, promise);
}

static void
open_by_other (Ledger *ledger, const HeddleAction *ask, const HeddleAction *promise)
{
  const HeddleTurn *turn = ledger->turn;

  if (promise != NULL)
    open_debt (ledger, HEDDLE_FOLLOWUP_COMMITMENT, OWED_BY, turn->author->key,
               turn->message->from, turn->author, NULL, promise);
  for (guint i = 0; ask != NULL && i < turn->to->len; i++) {
    const HeddleAddressee *to = &g_array_index (turn->to, HeddleAddressee, i);

    if (to->side->kind != HEDDLE_SIDE_US)
      continue;
    if (!chase (ledger, OWED_TO, turn->author->key, TRUE))
      open_debt (ledger, HEDDLE_FOLLOWUP_REQUEST, OWED_TO, turn->author->key, to->person,
                 to->side, turn->author, ask);
    return;
  }
}

static void
meet (Ledger *ledger)
{
  const HeddleTurn *turn = ledger->turn;

  if (turn->author->kind == HEDDLE_SIDE_OTHER)
    g_hash_table_add (ledger->met, (gpointer)turn->author->key);
  for (guint i = 0; turn->author->kind == HEDDLE_SIDE_US && i < turn->to->len; i++)
    g_hash_table_add (ledger->met,
                      (gpointer)g_array_index (turn->to, HeddleAddressee, i).side->key);
}

static void
take_turn (Ledger *ledger, const HeddleTurn *turn)
{
  const HeddleAction *ask = find_ask (turn->message), *promise = find_promise (turn->message);

  if (!turn->counts)
    return;
  ledger->turn = turn;
  settle (ledger);
  if (turn->time != HEDDLE_TIME_NONE) {
    if (turn->author->kind == HEDDLE_SIDE_US)
      open_by_us (ledger, ask, promise);
    else if (turn->author->kind == HEDDLE_SIDE_OTHER)
      open_by_other (ledger, ask, promise);
  }
  meet (ledger);
}

/* --- the whole
 * -------------------------------------------------------------------------------- */

/* Somebody reopened it: only what was written after that closes it again. */
static void
close_after (HeddleDebt *debt, const GPtrArray *turns, HeddleTime reopened)
{
  debt->closer = NULL;
  for (guint i = 0; i < turns->len; i++) {
    const HeddleTurn *turn = g_ptr_array_index (turns, i);

    if (turn->time != HEDDLE_TIME_NONE && turn->time > reopened && settles (turn, debt->key)) {
      debt->closer = turn;
      return;
    }
  }
}

static HeddleFollowup *
finish (const HeddlePolicy *policy, const HeddleThread *thread, const GPtrArray *turns,
        HeddleDebt *debt, HeddleDecisions *decisions, HeddleTime now)
{
  g_autoptr (HeddleFollowup) followup = heddle_debt_followup (policy, thread, debt, now);
  HeddleTime reopened = heddle_decisions_reopened (decisions, followup->ids);

  if (debt->closer != NULL && reopened != HEDDLE_TIME_NONE
      && (debt->closer->time == HEDDLE_TIME_NONE || debt->closer->time <= reopened)) {
    g_autoptr (HeddleFollowup) stale = g_steal_pointer (&followup);

    close_after (debt, turns, reopened);
    followup = heddle_debt_followup (policy, thread, debt, now);
  }
  heddle_decisions_apply (decisions, policy, followup, now);
  return g_steal_pointer (&followup);
}

static int
by_since (gconstpointer a, gconstpointer b)
{
  const HeddleFollowup *one = *(HeddleFollowup *const *)a, *two = *(HeddleFollowup *const *)b;

  if (one->since != two->since)
    return one->since < two->since ? -1 : 1;
  if (one->due != two->due)
    return one->due < two->due ? -1 : 1;
  if (one->kind != two->kind)
    return one->kind < two->kind ? -1 : 1;
  return g_strcmp0 (one->id, two->id);
}

GPtrArray *
heddle_ledger_decided (const HeddlePolicy *policy, const HeddleThread *thread,
                       HeddleDecisions *decisions, HeddleTime now)
{
  const HeddleConfig *config = heddle_policy_config (policy);
  GPtrArray *followups = g_ptr_array_new_with_free_func ((GDestroyNotify)heddle_followup_free);

  if (!config->has_policy)
    return followups;
  {
    g_autoptr (HeddleSides) sides = heddle_sides_new (config, thread);
    g_autoptr (GPtrArray) turns = heddle_turns_new (policy, sides, thread, now);
    g_autoptr (GPtrArray) debts
        = g_ptr_array_new_with_free_func ((GDestroyNotify)heddle_debt_free);
    g_autoptr (GHashTable) open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                         (GDestroyNotify)g_ptr_array_unref);
    g_autoptr (GHashTable) met = g_hash_table_new (g_str_hash, g_str_equal);
    Ledger ledger = { policy, debts, open, met, NULL };

    for (guint i = 0; i < turns->len; i++)
      take_turn (&ledger, g_ptr_array_index (turns, i));
    for (guint i = 0; i < debts->len; i++)
      g_ptr_array_add (followups, finish (policy, thread, turns, g_ptr_array_index (debts, i),
                                          decisions, now));
  }
  g_ptr_array_sort (followups, by_since);
  return followups;
}

GPtrArray *
heddle_ledger (const HeddlePolicy *policy, const HeddleThread *thread,
               const GPtrArray *decisions, HeddleTime now)
{
  g_autoptr (HeddleDecisions) decided = heddle_decisions_new (decisions);

  return heddle_ledger_decided (policy, thread, decided, now);
}
