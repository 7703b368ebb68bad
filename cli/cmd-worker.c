/* SPDX-License-Identifier: MIT */
/* heddle worker: the service that drains the spool. All of it is worker/. */
#include "cli/cli.h"

#include "worker/worker.h"

int
heddle_cmd_worker (HeddleCli *cli)
{
  g_autoptr (GError) error = NULL;
  const HeddleConfig *config = heddle_cli_config (cli, &error);
  if (config == NULL)
    return heddle_cli_fail (cli, error);
  g_autofree char *path = heddle_config_store_path (config, heddle_cli_option (cli, "db"));
  return heddle_worker_run (config, path, heddle_cli_flag (cli, "once"));
}
