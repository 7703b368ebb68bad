/* SPDX-License-Identifier: MIT */
/* What questions about follow-ups need: the policy, made when it is first asked for. Not
 * in context.c, so that a program that asks for none has none of followup/ in it. */
#include "cli/cli.h"

const HeddlePolicy *
heddle_cli_policy (HeddleCli *cli, GError **error)
{
  if (cli->policy == NULL) {
    const HeddleConfig *config = heddle_cli_config (cli, error);
    if (config == NULL)
      return NULL;
    cli->policy = heddle_policy_new (config, error);
    cli->free_policy = heddle_policy_free;
  }
  return cli->policy;
}

const HeddlePolicy *
heddle_cli_followups (HeddleCli *cli, HeddleStoreMode mode, HeddleTime *ret_now, GError **error)
{
  const HeddlePolicy *policy = heddle_cli_policy (cli, error);
  if (policy == NULL || !heddle_cli_now (cli, ret_now, error)
      || heddle_cli_store (cli, mode, error) == NULL)
    return NULL;
  return policy;
}
