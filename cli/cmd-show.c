/* SPDX-License-Identifier: MIT */
/* heddle show: one thread, whole; or one mail's bytes. */
#include "cli/cli.h"

int
heddle_cmd_show (HeddleCli *cli)
{
  g_autoptr (GError) error = NULL;
  const char *id = heddle_cli_arg (cli, 0), *raw = heddle_cli_option (cli, "raw");
  if ((id == NULL) == (raw == NULL)) {
    heddle_cli_note (cli, "it wants a THREAD or --raw MAIL; see heddle show --help");
    return HEDDLE_EXIT_USAGE;
  }
  if (raw != NULL)
    return heddle_cli_print_mail (cli, raw);
  HeddleStore *store = heddle_cli_store (cli, HEDDLE_STORE_ASK, &error);
  if (store == NULL)
    return heddle_cli_fail (cli, error);
  g_autoptr (HeddleThread) thread = heddle_cli_thread (cli, id, &error);
  g_autoptr (GPtrArray) decisions = NULL;
  if (thread != NULL)
    decisions = cli->config->has_policy ? heddle_store_decisions (store, &error) : g_ptr_array_new ();
  const char *state
      = decisions != NULL ? heddle_cli_state (cli, thread, decisions, &error) : NULL;
  g_autoptr (GPtrArray) suggestions
      = state != NULL ? heddle_store_suggestions (store, thread, &error) : NULL;
  if (suggestions == NULL)
    return heddle_cli_fail (cli, error);
  if (cli->json) {
    HeddleJson *json = heddle_json_new (2);
    heddle_render_thread (json, thread, state, suggestions);
    heddle_cli_print_json (json);
    return HEDDLE_EXIT_OK;
  }
  if (heddle_cli_flag (cli, "tree"))
    heddle_text_tree (thread, state);
  else
    heddle_text_thread (thread, state, cli->zone);
  heddle_text_suggestions (thread, suggestions);
  return HEDDLE_EXIT_OK;
}
