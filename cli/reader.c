/* SPDX-License-Identifier: MIT */
/* heddle as it is installed: the program that reads the store, and nothing else. It
 * answers search, threads, show, help and --version itself; for all else, and for queries
 * about what is open, it becomes heddle-full, which has every command.
 *
 * Why: whoever asks waits for the dynamic loader first. GMime, libxml2, libical and what
 * they bring are 20 libraries and most of the time of a search, which uses none of them;
 * and what reads no mail needs no MIME parser.
 *
 * It stands in for policy.c and state-query.c. The state of a thread it computes itself, as
 * long as the holidays are no file, which would need libical. */
#include "config.h"

#include "cli/reader.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define FULL "heddle-full"

/* Whether the query asks for what is open, which takes the follow-ups of all threads. One
 * that only seems to (a word that ends in "is:") costs some milliseconds. */
static gboolean
asks_what_is_open (const HeddleCli *cli)
{
  g_autofree char *query = heddle_cli_query (cli);
  g_autofree char *folded = g_ascii_strdown (query, -1);
  return strstr (folded, "is:") != NULL;
}

/* Whether the answer says which state threads are in. */
static gboolean
says_state (const HeddleCli *cli)
{
  return strcmp (cli->command->name, "search") != 0
         || g_strcmp0 (heddle_cli_option (cli, "output"), "threads") == 0;
}

gboolean
heddle_reader_serves (const HeddleCli *cli)
{
  if (heddle_cli_flag (cli, "help") || heddle_cli_flag (cli, "version"))
    return TRUE;
  if (cli->command == NULL || cli->command->run == NULL)
    return FALSE;
  gboolean open = asks_what_is_open (cli);
  if (strcmp (cli->command->name, "help") == 0 || (!open && !says_state (cli)))
    return TRUE;
  /* What is wrong with it the command will find and say. */
  g_autoptr (HeddleConfig) config = heddle_config_load (heddle_cli_option (cli, "config"), NULL);
  return config == NULL || !config->has_policy || (!open && config->calendar.holidays == NULL);
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

const HeddlePolicy *
heddle_cli_policy (HeddleCli *cli, GError **error)
{
  if (cli->policy == NULL) {
    const HeddleConfig *config = heddle_cli_config (cli, error);
    if (config == NULL)
      return NULL;
    cli->policy = heddle_policy_new_plain (config, error);
    cli->free_policy = heddle_policy_free;
  }
  return cli->policy;
}

GPtrArray *
heddle_cli_threads_in (HeddleAskState state, gpointer data, GError **error)
{
  heddle_cli_note_no_policy (data);
  return g_ptr_array_new ();
}
