/* SPDX-License-Identifier: MIT */
/* heddle as it is installed: the program that reads the store, and nothing else. It
 * answers search, threads, show, help and --version itself; for all else, and where an
 * answer needs follow-ups, it becomes heddle-full, which has every command.
 *
 * Why: whoever asks waits for the dynamic loader first. GMime, libxml2, libical and what
 * they bring are 20 libraries and most of the time of a search, which uses none of them;
 * and what reads no mail needs no MIME parser.
 *
 * It stands in for state.c: where the configuration says who we are, heddle-full answers;
 * where it does not, nothing is open. */
#include "config.h"

#include "cli/reader.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define FULL "heddle-full"

/* Whether what is asked has to do with what is open. A query that only seems to (a word
 * that ends in "is:") costs some milliseconds. */
static gboolean
asks_for_state (const HeddleCli *cli)
{
  g_autofree char *query = heddle_cli_query (cli);
  g_autofree char *folded = g_ascii_strdown (query, -1);
  return strcmp (cli->command->name, "search") != 0 || strstr (folded, "is:") != NULL
         || g_strcmp0 (heddle_cli_option (cli, "output"), "threads") == 0;
}

gboolean
heddle_reader_serves (const HeddleCli *cli)
{
  if (heddle_cli_flag (cli, "help") || heddle_cli_flag (cli, "version"))
    return TRUE;
  if (cli->command == NULL || cli->command->run == NULL)
    return FALSE;
  if (strcmp (cli->command->name, "help") == 0 || !asks_for_state (cli))
    return TRUE;
  /* What is wrong with it the command will find and say. */
  g_autoptr (HeddleConfig) config = heddle_config_load (heddle_cli_option (cli, "config"), NULL);
  return config == NULL || !config->has_policy;
}

int
heddle_reader_hand_over (char **argv)
{
  g_autofree char *program = heddle_program_find (FULL);
  if (program != NULL)
    execv (program, argv);
  fprintf (stderr, "heddle: %s: %s; install Heddle whole\n",
           program != NULL ? program : HEDDLE_LIBEXECDIR "/" FULL,
           g_strerror (program != NULL ? errno : ENOENT));
  return HEDDLE_EXIT_UNAVAILABLE;
}

const char *
heddle_cli_state (HeddleCli *cli, const HeddleThread *thread, const GPtrArray *decisions,
                  GError **error)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  return heddle_ledger_state (none);
}

GPtrArray *
heddle_cli_threads_in (HeddleAskState state, gpointer data, GError **error)
{
  heddle_cli_note_no_policy (data);
  return g_ptr_array_new ();
}
