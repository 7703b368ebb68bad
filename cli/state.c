/* SPDX-License-Identifier: MIT */
/* The state of a thread: who owes something in it. */
#include "cli/cli.h"

const char *
heddle_cli_state (HeddleCli *cli, const HeddleThread *thread, const GPtrArray *decisions,
                  GError **error)
{
  HeddleTime now;
  const HeddlePolicy *policy = heddle_cli_policy (cli, error);
  if (policy == NULL || !heddle_cli_now (cli, &now, error))
    return NULL;
  g_autoptr (GPtrArray) followups = heddle_ledger (policy, thread, decisions, now);
  return heddle_ledger_state (followups);
}
