/* SPDX-License-Identifier: MIT */
/* Over all threads: what is open, which follow-up an id means, what to remind of.
 *
 * Follow-ups are computed, not kept, so that a new holiday moves them at once. The
 * price is a reading of every thread. Threads are read one at a time: memory grows
 * with the largest of them and with what is open.
 */
#include "followup/decide.h"
#include "followup/policy.h"
#include "followup/reminder.h"

/* Called with the follow-ups of one thread, which it may take out; FALSE stops. */
typedef gboolean (*LedgerFunc) (GPtrArray *followups, gpointer data);

static gboolean
each_ledger (const HeddlePolicy *policy, HeddleStore *store, HeddleTime now, LedgerFunc func,
             gpointer data, GError **error)
{
  const HeddleAskOptions options = { .sort = HEDDLE_SORT_NEWEST, .now = now };
  g_autoptr (GPtrArray) decisions = heddle_store_decisions (store, error);
  g_autoptr (HeddleDecisions) decided = NULL;
  g_autoptr (GPtrArray) summaries = NULL;

  if (decisions == NULL)
    return FALSE;
  /* Whoever has not said who they are is owed nothing: no need to read it all. */
  if (!heddle_policy_config (policy)->has_policy)
    return TRUE;
  decided = heddle_decisions_new (decisions);
  summaries = heddle_store_threads (store, NULL, &options, error);
  if (summaries == NULL)
    return FALSE;
  for (guint i = 0; i < summaries->len; i++) {
    const HeddleThreadSummary *summary = g_ptr_array_index (summaries, i);
    g_autoptr (HeddleThread) thread = heddle_store_thread (store, summary->thread->id, error);
    g_autoptr (GPtrArray) followups = NULL;

    if (thread == NULL)
      return FALSE;
    followups = heddle_ledger_decided (policy, thread, decided, now);
    if (!func (followups, data))
      return TRUE;
  }
  return TRUE;
}

static gboolean
gather (GPtrArray *followups, gpointer data)
{
  GPtrArray *all = data;

  while (followups->len > 0)
    g_ptr_array_add (all, g_ptr_array_steal_index_fast (followups, followups->len - 1));
  return TRUE;
}

static gboolean
gather_open (GPtrArray *followups, gpointer data)
{
  GPtrArray *all = data;

  while (followups->len > 0) {
    g_autoptr (HeddleFollowup) one
        = g_ptr_array_steal_index_fast (followups, followups->len - 1);

    if (!one->closed)
      g_ptr_array_add (all, g_steal_pointer (&one));
  }
  return TRUE;
}

static int
by_due (gconstpointer a, gconstpointer b)
{
  const HeddleFollowup *one = *(HeddleFollowup *const *)a, *two = *(HeddleFollowup *const *)b;

  if (one->due != two->due)
    return one->due < two->due ? -1 : 1;
  return g_strcmp0 (one->id, two->id);
}

static GPtrArray *
collect (const HeddlePolicy *policy, HeddleStore *store, HeddleTime now, LedgerFunc func,
         GError **error)
{
  g_autoptr (GPtrArray) all
      = g_ptr_array_new_with_free_func ((GDestroyNotify)heddle_followup_free);

  if (!each_ledger (policy, store, now, func, all, error))
    return NULL;
  g_ptr_array_sort (all, by_due);
  return g_steal_pointer (&all);
}

GPtrArray *
heddle_followups_open (const HeddlePolicy *policy, HeddleStore *store, HeddleTime now,
                       GError **error)
{
  return collect (policy, store, now, gather_open, error);
}

static GPtrArray *
followups_all (const HeddlePolicy *policy, HeddleStore *store, HeddleTime now, GError **error)
{
  return collect (policy, store, now, gather, error);
}

typedef struct {
  const char *id;
  HeddleFollowup *found;
} Search;

static gboolean
look_for (GPtrArray *followups, gpointer data)
{
  Search *search = data;

  for (guint i = 0; i < followups->len; i++) {
    const HeddleFollowup *one = g_ptr_array_index (followups, i);

    if (g_ptr_array_find_with_equal_func (one->ids, search->id, g_str_equal, NULL)) {
      search->found = g_ptr_array_steal_index (followups, i);
      return FALSE;
    }
  }
  return TRUE;
}

HeddleFollowup *
heddle_followup_find (const HeddlePolicy *policy, HeddleStore *store, const char *id,
                      HeddleTime now, GError **error)
{
  Search search = { id, NULL };

  if (!each_ledger (policy, store, now, look_for, &search, error))
    return NULL;
  if (search.found == NULL)
    g_set_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_UNKNOWN,
                 "no follow-up is known by that id; `heddle due` lists those that are open");
  return search.found;
}

GPtrArray *
heddle_reminders_plan (const HeddlePolicy *policy, HeddleStore *store, HeddleTime now,
                       GError **error)
{
  g_autoptr (GPtrArray) reminders = heddle_store_reminders (store, error);
  g_autoptr (GPtrArray) followups = NULL;
  HeddleStoreStats stats;

  if (reminders == NULL || !heddle_store_stats (store, &stats, error))
    return NULL;
  followups = followups_all (policy, store, now, error);
  if (followups == NULL)
    return NULL;
  return heddle_reminders_decide (policy, followups, reminders, stats.pending == 0, now, error);
}
