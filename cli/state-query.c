/* SPDX-License-Identifier: MIT */
/* Which threads are in a state, for queries. Follow-ups are computed when they are asked
 * for, so the store cannot know. */
#include "cli/cli.h"

/* A thread is open where one of us owes something, else waiting, as heddle_ledger_state()
 * says of one. */
static gboolean
is_in (HeddleAskState state, const HeddleFollowup *followup, GHashTable *ours)
{
  switch (state) {
  case HEDDLE_ASK_OPEN:
    return followup->ours;
  case HEDDLE_ASK_WAITING:
    return !g_hash_table_contains (ours, followup->thread);
  case HEDDLE_ASK_OVERDUE:
    return followup->overdue;
  case HEDDLE_ASK_UNSETTLED:
    return TRUE;
  }
  return FALSE;
}

/* Reads every thread, so once for all that a query says. */
static gboolean
read_open (HeddleCli *cli, GError **error)
{
  HeddleTime now;
  const HeddlePolicy *policy = heddle_cli_policy (cli, error);
  if (policy == NULL || !heddle_cli_now (cli, &now, error))
    return FALSE;
  if (!cli->config->has_policy)
    heddle_cli_note_no_policy (cli);
  cli->open = heddle_followups_open (policy, cli->store, now, error);
  return cli->open != NULL;
}

GPtrArray *
heddle_cli_threads_in (HeddleAskState state, gpointer data, GError **error)
{
  HeddleCli *cli = data;
  if (cli->open == NULL && !read_open (cli, error))
    return NULL;
  const GPtrArray *followups = cli->open;
  g_autoptr (GHashTable) ours = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < followups->len; i++) {
    HeddleFollowup *followup = followups->pdata[i];
    if (followup->ours)
      g_hash_table_add (ours, followup->thread);
  }
  GPtrArray *threads = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < followups->len; i++) {
    const HeddleFollowup *followup = followups->pdata[i];
    if (is_in (state, followup, ours))
      g_ptr_array_add (threads, g_strdup (followup->thread));
  }
  return threads;
}
