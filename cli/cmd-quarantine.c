/* SPDX-License-Identifier: MIT */
/* heddle quarantine: mails that could not be parsed; to look at, to try again. */
#include "cli/cli.h"

#include "worker/worker.h"

#include <string.h>

static int
list (HeddleCli *cli)
{
  g_autoptr (GError) error = NULL;
  HeddleStore *store = heddle_cli_store (cli, HEDDLE_STORE_READ, &error);
  g_autoptr (GPtrArray) items = store != NULL ? heddle_store_quarantine (store, &error) : NULL;
  if (items == NULL)
    return heddle_cli_fail (cli, error);
  HeddleJson *json = cli->json ? heddle_json_new (2) : NULL;
  if (json != NULL)
    heddle_json_begin_array (json, NULL);
  for (guint i = 0; i < items->len; i++) {
    const HeddleQuarantined *item = items->pdata[i];
    g_autofree char *since = heddle_text_time (item->since, cli->zone);
    g_autofree char *reason = heddle_excerpt (item->reason, 160);
    if (json == NULL) {
      printf ("%s  %s  %9" G_GINT64_FORMAT "  %s\n", item->mail, since, item->size, reason);
      continue;
    }
    heddle_json_begin_object (json, NULL);
    heddle_json_string (json, "mail", item->mail);
    heddle_json_string (json, "reason", item->reason);
    heddle_json_time (json, "since", item->since);
    heddle_json_int (json, "size", item->size);
    heddle_json_end_object (json);
  }
  if (json != NULL) {
    heddle_json_end_array (json);
    heddle_cli_print_json (json);
  }
  if (items->len == 0)
    heddle_cli_note (cli, "nothing is quarantined");
  return HEDDLE_EXIT_OK;
}

/* The mails that were named, or all; @ret_unknown counts those that are not
 * there. */
static gboolean
release (HeddleCli *cli, guint *ret_unknown, GError **error)
{
  g_autoptr (GPtrArray) items = heddle_store_quarantine (cli->store, error);
  if (items == NULL)
    return FALSE;
  guint named = cli->args->len - 1;
  for (guint i = 0; i < (named > 0 ? named : items->len); i++) {
    const char *mail = named > 0 ? heddle_cli_arg (cli, i + 1)
                                 : ((HeddleQuarantined *)items->pdata[i])->mail;
    g_autoptr (GError) trouble = NULL;
    if (heddle_store_release (cli->store, mail, &trouble))
      continue;
    if (!g_error_matches (trouble, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_UNKNOWN)) {
      g_propagate_error (error, g_steal_pointer (&trouble));
      return FALSE;
    }
    heddle_cli_note (cli, "%s", trouble->message);
    ++*ret_unknown;
  }
  return TRUE;
}

static int
retry (HeddleCli *cli)
{
  g_autoptr (GError) error = NULL;
  guint unknown = 0, tried = 0;
  g_autoptr (HeddleChild) child = heddle_child_new (NULL, &error);
  /* Read first: retrying nothing must not make a store. */
  if (child == NULL || heddle_cli_store (cli, HEDDLE_STORE_READ, &error) == NULL)
    return heddle_cli_fail (cli, error);
  g_clear_pointer (&cli->store, heddle_store_close);
  if (heddle_cli_store (cli, HEDDLE_STORE_WRITE, &error) == NULL
      || !release (cli, &unknown, &error))
    return heddle_cli_fail (cli, error);
  g_autoptr (HeddlePipeline) pipeline
      = heddle_pipeline_new (cli->config, cli->store, child, 1, NULL, NULL);
  if (!heddle_pipeline_catch_up (pipeline, &tried, NULL, NULL, NULL, &error))
    return heddle_cli_fail (cli, error);
  g_autoptr (GPtrArray) left = heddle_store_quarantine (cli->store, &error);
  if (left == NULL)
    return heddle_cli_fail (cli, error);
  heddle_cli_note (cli, "%u tried, %u in quarantine now", tried, left->len);
  return unknown > 0 || left->len > 0 ? HEDDLE_EXIT_PARTIAL : HEDDLE_EXIT_OK;
}

int
heddle_cmd_quarantine (HeddleCli *cli)
{
  const char *verb = heddle_cli_arg (cli, 0);
  if ((verb == NULL || strcmp (verb, "list") == 0) && cli->args->len <= 1)
    return list (cli);
  if (g_strcmp0 (verb, "show") == 0 && cli->args->len == 2)
    return heddle_cli_print_mail (cli, heddle_cli_arg (cli, 1));
  if (g_strcmp0 (verb, "retry") == 0)
    return retry (cli);
  heddle_cli_note (cli, "it wants %s; see heddle quarantine --help", cli->command->arguments);
  return HEDDLE_EXIT_USAGE;
}
