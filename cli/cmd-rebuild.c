/* SPDX-License-Identifier: MIT */
/* heddle rebuild: the index made anew from the truth. */
#include "cli/cli.h"

#include "worker/worker.h"

static void
show_progress (guint done, guint all, gpointer user_data)
{
  heddle_progress (user_data, "mails", done, all);
}

/* Mails a transaction: nobody waits for a single one. */
#define BATCH 500

int
heddle_cmd_rebuild (HeddleCli *cli)
{
  g_autoptr (GError) error = NULL;
  HeddleProgress progress = { 0 };
  guint count = 0, lost = 0;
  if (heddle_cli_config (cli, &error) == NULL)
    return heddle_cli_fail (cli, error);
  g_autofree char *path = heddle_config_store_path (cli->config, heddle_cli_option (cli, "db"));
  if (!g_file_test (path, G_FILE_TEST_EXISTS)) {
    heddle_cli_note (cli, "%s: no store there; heddle ingest makes one", path);
    return HEDDLE_EXIT_NOINPUT;
  }
  g_autoptr (HeddleChild) child = heddle_child_new (NULL, &error);
  if (child == NULL || heddle_cli_store (cli, HEDDLE_STORE_WRITE, &error) == NULL
      || !heddle_store_drop_index (cli->store, &error))
    return heddle_cli_fail (cli, error);
  g_autoptr (HeddlePipeline) pipeline
      = heddle_pipeline_new (cli->config, cli->store, child, BATCH, NULL, NULL);
  gboolean ok
      = heddle_pipeline_catch_up (pipeline, &count, &lost, show_progress, &progress, &error);
  heddle_progress_end (&progress);
  if (!ok)
    return heddle_cli_fail (cli, error);
  heddle_cli_note (cli, "%u mails indexed anew", count - lost);
  if (lost == 0)
    return HEDDLE_EXIT_OK;
  heddle_cli_note (cli, "%u mails are damaged and were left out; 'heddle check' names them", lost);
  return HEDDLE_EXIT_PARTIAL;
}
