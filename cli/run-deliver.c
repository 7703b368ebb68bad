/* SPDX-License-Identifier: MIT */
/* Running heddle-deliver, the program that speaks SMTP, and reading what it says.
 *
 * It dies with us, as if we had sent the mail ourselves. */
#include "config.h"

#include "cli/cli.h"
#include "cli/deliver.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#define NAME "heddle-deliver"

static void
die_with_parent (gpointer unused)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static int
error_code (int status)
{
  return status == HEDDLE_DELIVER_RELAY || status == HEDDLE_EXIT_TEMPFAIL
             ? HEDDLE_FOLLOWUP_ERROR_RELAY
             : HEDDLE_FOLLOWUP_ERROR_CONFIG;
}

/* What it left behind, to counts or an error. */
static gboolean
read_outcome (int wait_status, const char *out, char *words, guint *ret_sent, guint *ret_failed,
              GError **error)
{
  if (sscanf (out, "%u %u", ret_sent, ret_failed) != 2)
    *ret_sent = *ret_failed = 0;
  if (WIFEXITED (wait_status) && WEXITSTATUS (wait_status) == HEDDLE_EXIT_OK)
    return TRUE;
  int status = WIFEXITED (wait_status) ? WEXITSTATUS (wait_status) : HEDDLE_EXIT_TEMPFAIL;
  g_strchomp (words);
  if (*words == '\0')
    g_set_error (error, HEDDLE_FOLLOWUP_ERROR, HEDDLE_FOLLOWUP_ERROR_RELAY,
                 NAME " ended unexpectedly (status %d); the mails wait, run 'heddle remind' again",
                 wait_status);
  else if (status == HEDDLE_EXIT_IOERR)
    g_set_error_literal (error, HEDDLE_CLI_ERROR, HEDDLE_CLI_ERROR_IO, words);
  else
    g_set_error_literal (error, HEDDLE_FOLLOWUP_ERROR, error_code (status), words);
  return FALSE;
}

gboolean
heddle_cli_deliver (HeddleCli *cli, HeddleTime now, guint *ret_sent, guint *ret_failed,
                    GError **error)
{
  g_autofree char *program = heddle_program_find (NAME);
  g_autofree char *store = heddle_config_store_path (cli->config, heddle_cli_option (cli, "db"));
  g_autofree char *time = g_strdup_printf ("%" G_GINT64_FORMAT, now);
  g_autofree char *out = NULL, *words = NULL;
  char *config = g_hash_table_lookup (cli->values, "config");
  char *argv[] = { program, store, time, config, NULL };
  int wait_status = 0;
  *ret_sent = *ret_failed = 0;
  if (program == NULL) {
    g_set_error_literal (error, HEDDLE_FOLLOWUP_ERROR, HEDDLE_FOLLOWUP_ERROR_RELAY,
                         HEDDLE_LIBEXECDIR "/" NAME " is not there; install Heddle whole. "
                         "The mails wait");
    return FALSE;
  }
  if (!g_spawn_sync (NULL, argv, NULL, G_SPAWN_DEFAULT, die_with_parent, NULL, &out, &words,
                     &wait_status, error)) {
    g_prefix_error (error, "%s: ", program);
    return FALSE;
  }
  return read_outcome (wait_status, out, words, ret_sent, ret_failed, error);
}
