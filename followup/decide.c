/* SPDX-License-Identifier: MIT */
/* Decisions: a person's word beats every rule. They are kept under the id that a
 * follow-up had on that day, and found by any that it ever had. Closing and
 * reopening undo each other, as do two dates; an answer that comes after somebody
 * reopened a follow-up closes it again.
 */
#include "followup/decide.h"

#include "followup/debt.h"

struct _HeddleDecisions {
  GHashTable *by_subject; /* id → GPtrArray of HeddleDecision, oldest first */
};

HeddleDecisions *
heddle_decisions_new (const GPtrArray *decisions)
{
  HeddleDecisions *self = g_new0 (HeddleDecisions, 1);

  self->by_subject = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                            (GDestroyNotify)g_ptr_array_unref);
  for (guint i = 0; decisions != NULL && i < decisions->len; i++) {
    HeddleDecision *decision = g_ptr_array_index (decisions, i);
    GPtrArray *list = g_hash_table_lookup (self->by_subject, decision->subject);

    if (list == NULL) {
      list = g_ptr_array_new ();
      g_hash_table_insert (self->by_subject, decision->subject, list);
    }
    g_ptr_array_add (list, decision);
  }
  return self;
}

void
heddle_decisions_free (HeddleDecisions *decisions)
{
  if (decisions == NULL)
    return;
  g_hash_table_unref (decisions->by_subject);
  g_free (decisions);
}

static int
by_made (gconstpointer a, gconstpointer b)
{
  const HeddleDecision *one = *(HeddleDecision *const *)a, *two = *(HeddleDecision *const *)b;

  return one->made < two->made ? -1 : one->made > two->made;
}

/* All that was decided of any of @ids, oldest first. GLib's sort is stable. */
static GPtrArray *
decided (HeddleDecisions *decisions, const GPtrArray *ids)
{
  GPtrArray *all = g_ptr_array_new ();

  for (guint i = 0; i < ids->len; i++) {
    GPtrArray *list = g_hash_table_lookup (decisions->by_subject, g_ptr_array_index (ids, i));

    for (guint j = 0; list != NULL && j < list->len; j++)
      g_ptr_array_add (all, g_ptr_array_index (list, j));
  }
  g_ptr_array_sort (all, by_made);
  return all;
}

HeddleTime
heddle_decisions_reopened (HeddleDecisions *decisions, const GPtrArray *ids)
{
  g_autoptr (GPtrArray) all = decided (decisions, ids);
  HeddleTime reopened = HEDDLE_TIME_NONE;

  for (guint i = 0; i < all->len; i++) {
    const HeddleDecision *decision = g_ptr_array_index (all, i);

    if (decision->kind == HEDDLE_DECISION_REOPEN)
      reopened = decision->made;
    else if (decision->kind == HEDDLE_DECISION_CLOSE)
      reopened = HEDDLE_TIME_NONE;
  }
  return reopened;
}

/* The ledger has heeded reopenings (heddle_decisions_reopened()): what is closed in
 * spite of one was answered after it. */
static void
close_by_hand (HeddleFollowup *followup)
{
  g_clear_pointer (&followup->closed_by, g_free);
  g_free (followup->closed_reason);
  followup->closed = TRUE;
  followup->closed_reason = g_strdup ("Somebody closed it by hand.");
}

static void
set_due_by_hand (HeddleFollowup *followup, HeddleTime due)
{
  followup->due = due;
  followup->due_by_hand = TRUE;
  g_free (followup->rule);
  g_free (followup->reason);
  followup->rule = g_strdup ("decision.set-due");
  followup->reason = g_strdup ("Somebody set this date by hand.");
  g_array_set_size (followup->steps, 0);
}

static void
apply (const HeddlePolicy *policy, HeddleFollowup *followup, const HeddleDecision *decision,
       HeddleTime now)
{
  const HeddlePersonConfig *person = NULL;

  switch (decision->kind) {
  case HEDDLE_DECISION_CLOSE:
  case HEDDLE_DECISION_REOPEN:
    break; /* the last of both holds */
  case HEDDLE_DECISION_JOIN:
  case HEDDLE_DECISION_SPLIT:
  case HEDDLE_DECISION_PEOPLE_JOIN:
  case HEDDLE_DECISION_PEOPLE_PART:
    break; /* of threads and people */
  case HEDDLE_DECISION_SNOOZE:
    followup->snoozed_until = decision->time > now ? decision->time : HEDDLE_TIME_NONE;
    break;
  case HEDDLE_DECISION_SET_DUE:
    if (decision->time != HEDDLE_TIME_NONE)
      set_due_by_hand (followup, decision->time);
    break;
  case HEDDLE_DECISION_CLAIM:
  case HEDDLE_DECISION_ASSIGN:
    if (decision->value != NULL)
      person = heddle_config_person (heddle_policy_config (policy), decision->value);
    if (person != NULL)
      followup->owner = person;
    break;
  }
}

void
heddle_decisions_apply (HeddleDecisions *decisions, const HeddlePolicy *policy,
                        HeddleFollowup *followup, HeddleTime now)
{
  g_autoptr (GPtrArray) all = decided (decisions, followup->ids);
  gboolean closed = FALSE;

  if (all->len == 0)
    return;
  for (guint i = 0; i < all->len; i++) {
    const HeddleDecision *decision = g_ptr_array_index (all, i);

    apply (policy, followup, decision, now);
    if (decision->kind == HEDDLE_DECISION_CLOSE || decision->kind == HEDDLE_DECISION_REOPEN)
      closed = decision->kind == HEDDLE_DECISION_CLOSE;
  }
  if (closed)
    close_by_hand (followup);
  heddle_followup_measure (policy, followup, now);
}
