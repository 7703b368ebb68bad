/* SPDX-License-Identifier: MIT */
/* Debts: from "this message asked, nobody answered" to a date and a reason.
 *
 * The day of the message is not counted; the debtor's own week and zone are. A date
 * that the text gives beats the days of the policy, unless it lies before the
 * message (a year was guessed wrong) or ten years after it.
 */
#include "followup/debt.h"

#include <string.h>

#define DATE_DAYS_MAX 3660
#define LINE_CHARS 200

void
heddle_debt_free (HeddleDebt *debt)
{
  if (debt == NULL)
    return;
  g_free (debt->key);
  g_free (debt);
}

gboolean
heddle_debt_is_dated (const HeddlePolicy *policy, const HeddlePartyConfig *party,
                      HeddleTime since, const HeddleAction *action)
{
  HeddleDay start = heddle_day_of (heddle_policy_workdays (policy, party)->zone, since), day;

  return action != NULL && action->has_due && heddle_day_from_wall (&action->due, &day)
         && day >= start && day - start <= DATE_DAYS_MAX;
}

static const HeddlePersonConfig *
first_of_ours (const GArray *addressees)
{
  for (guint i = 0; i < addressees->len; i++) {
    const HeddleSide *side = g_array_index (addressees, HeddleAddressee, i).side;

    if (side->config != NULL)
      return side->config;
  }
  return NULL;
}

/* Whose job it is: the debtor if one of us, else who asked, else who was written
 * to, else the first person of the configuration. */
static const HeddlePersonConfig *
find_owner (const HeddlePolicy *policy, const HeddleDebt *debt)
{
  const GPtrArray *persons = heddle_policy_config (policy)->persons;
  const HeddlePersonConfig *owner = debt->side->config;

  if (owner == NULL)
    owner = debt->opener->author->config;
  if (owner == NULL)
    owner = first_of_ours (debt->opener->to);
  if (owner == NULL)
    owner = first_of_ours (debt->opener->heard);
  if (owner == NULL && persons->len > 0)
    owner = g_ptr_array_index (persons, 0);
  return owner;
}

static void
date_by_text (const HeddlePolicy *policy, HeddleFollowup *followup, const HeddleDebt *debt)
{
  const HeddleWorkdays *work = heddle_policy_workdays (policy, followup->party);
  const HeddleWall *due = &debt->action->due;
  gboolean promise = debt->kind == HEDDLE_FOLLOWUP_COMMITMENT;
  HeddleDay day = 0;

  heddle_day_from_wall (due, &day);
  followup->due = heddle_day_end (work->zone, day);
  followup->rule = g_strdup (promise ? "promise" : "deadline");
  followup->reason = g_strdup_printf (promise ? "It was promised by %04d-%02d-%02d."
                                              : "It was asked for by %04d-%02d-%02d.",
                                      due->year, due->month, due->day);
}

static void
date_by_policy (const HeddlePolicy *policy, HeddleFollowup *followup, const HeddleDebt *debt)
{
  static const char *const words[] = {
    [HEDDLE_FOLLOWUP_AWAITING_REPLY] = "has not answered what we wrote",
    [HEDDLE_FOLLOWUP_REQUEST] = "was asked and has not answered",
    [HEDDLE_FOLLOWUP_COMMITMENT] = "promised this and has not come back to it",
    [HEDDLE_FOLLOWUP_DEADLINE] = "was given a deadline and has not answered",
  };
  static const char *const roles[] = {
    [HEDDLE_ROLE_OTHER] = "The other side",
    [HEDDLE_ROLE_PLATFORM] = "The platform",
    [HEDDLE_ROLE_PARTNER] = "The partner",
    [HEDDLE_ROLE_OFFICIAL] = "The official",
  };
  const HeddleWorkdays *work = heddle_policy_workdays (policy, followup->party);
  /* What we owe is counted by our week, but a party may have its own days for it. */
  const HeddlePartyConfig *party = followup->party != NULL  ? followup->party
                                   : debt->creditor != NULL ? debt->creditor->party
                                                            : NULL;
  int days = heddle_policy_days (policy, party, debt->kind, &followup->rule);
  HeddleDay last = heddle_workdays_add (work, heddle_day_of (work->zone, followup->since), days,
                                        followup->steps);

  followup->due = heddle_day_end (work->zone, last);
  followup->reason
      = g_strdup_printf ("%s %s; the rule %s gives %d working day%s.",
                         followup->ours            ? "One of us"
                         : followup->party == NULL ? roles[HEDDLE_ROLE_OTHER]
                                                   : roles[followup->party->role],
                         words[debt->kind], followup->rule, days, days == 1 ? "" : "s");
}

void
heddle_followup_measure (const HeddlePolicy *policy, HeddleFollowup *followup, HeddleTime now)
{
  const HeddleWorkdays *work = heddle_policy_workdays (policy, followup->party);
  HeddleDay today = heddle_day_of (work->zone, now);

  followup->overdue = !followup->closed && now > followup->due;
  followup->overdue_working_days
      = followup->overdue
            ? heddle_workdays_between (work, heddle_day_of (work->zone, followup->due), today)
            : 0;
  followup->waited_working_days
      = heddle_workdays_between (work, heddle_day_of (work->zone, followup->since), today);
}

/* --- evidence -------------------------------------------------------------------- */

/* The first line that is neither blank nor the greeting. */
static char *
first_line (const HeddleMessage *message)
{
  const char *text = message->text;
  g_autofree char *line = NULL;

  if (message->greeting != NULL && g_str_has_prefix (text, message->greeting))
    text += strlen (message->greeting);
  text += strspn (text, " \t\r\n");
  line = g_strndup (text, strcspn (text, "\r\n"));
  if (g_utf8_strlen (line, -1) <= LINE_CHARS)
    return g_steal_pointer (&line);
  return g_utf8_substring (line, 0, LINE_CHARS);
}

static void
set_evidence (HeddleFollowup *followup, const HeddleDebt *debt)
{
  const HeddleMessage *message = debt->opener->message;
  const GPtrArray *evidence = debt->opener->node->evidence;

  followup->evidence_text
      = debt->action != NULL ? g_strdup (debt->action->text) : first_line (message);
  if (debt->action != NULL && debt->action->span.first > 0)
    g_array_append_val (followup->spans, debt->action->span);
  else if (message->spans->len > 0)
    g_array_append_vals (followup->spans, message->spans->data, message->spans->len);
  for (guint i = 0; i < evidence->len; i++)
    followup->verified |= ((const HeddleEvidence *)g_ptr_array_index (evidence, i))->verified;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static void
set_ids (HeddleFollowup *followup, const HeddleDebt *debt)
{
  const HeddleNode *node = debt->opener->node;
  g_autofree char *ordinal = g_strdup_printf ("%u", debt->ordinal);

  for (guint i = 0; i < node->ids->len; i++) {
    const char *parts[] = { g_ptr_array_index (node->ids, i),
                            heddle_followup_kind_name (debt->kind), ordinal, NULL };

    g_ptr_array_add (followup->ids, heddle_id ('f', parts));
  }
  g_ptr_array_sort (followup->ids, compare_ids);
  if (followup->ids->len > 0)
    followup->id = g_strdup (g_ptr_array_index (followup->ids, 0));
}

/* --- the follow-up --------------------------------------------------------------- */

HeddleFollowup *
heddle_debt_followup (const HeddlePolicy *policy, const HeddleThread *thread,
                      const HeddleDebt *debt, HeddleTime now)
{
  HeddleFollowup *followup = g_new0 (HeddleFollowup, 1);

  followup->ids = g_ptr_array_new_with_free_func (g_free);
  followup->spans = g_array_new (FALSE, FALSE, sizeof (HeddleSpan));
  followup->steps = g_array_new (FALSE, FALSE, sizeof (HeddleDayStep));
  followup->snoozed_until = HEDDLE_TIME_NONE;
  followup->thread = g_strdup (thread->id);
  followup->message = g_strdup (debt->opener->node->id);
  followup->subject = g_strdup (thread->subject);
  followup->kind = debt->kind;
  followup->waiting_on = heddle_person_copy (debt->debtor);
  followup->ours = debt->side->kind == HEDDLE_SIDE_US;
  followup->party = debt->side->party;
  followup->chasers = debt->chasers;
  followup->owner = find_owner (policy, debt);
  set_ids (followup, debt);
  set_evidence (followup, debt);
  followup->since = debt->opener->time;
  if (debt->dated)
    date_by_text (policy, followup, debt);
  else
    date_by_policy (policy, followup, debt);
  if (debt->closer != NULL) {
    followup->closed = TRUE;
    followup->closed_by = g_strdup (debt->closer->node->id);
    followup->closed_reason
        = g_strdup (debt->kind == HEDDLE_FOLLOWUP_COMMITMENT && followup->ours
                        ? "Whoever promised it has written again since."
                        : "A later message of that side answers it.");
  }
  heddle_followup_measure (policy, followup, now);
  return followup;
}
