/* SPDX-License-Identifier: MIT */
/* heddle: from the command line to a command and its exit status. */
#include "config.h"

#include "cli/reader.h"

#include <errno.h>
#include <locale.h>
#include <string.h>

/* Built twice: as the program that only reads, and as the one that has every command. */
#ifdef HEDDLE_READER
#pragma weak heddle_cmd_home
#define SERVES(cli) heddle_reader_serves (cli)
#define HAND_OVER(argv) heddle_reader_hand_over (argv)
#else
#define SERVES(cli) TRUE
#define HAND_OVER(argv) HEDDLE_EXIT_SOFTWARE
#endif

/* A result that could not be written is no result. A reader that went away needs
 * no words. */
static int
close_output (int status)
{
  gboolean failed = ferror (stdout) != 0;
  errno = 0;
  if ((fflush (stdout) != 0 || failed) && errno != EPIPE) {
    fprintf (stderr, "heddle: standard output: %s; make room or write elsewhere\n",
             g_strerror (errno != 0 ? errno : EIO));
    return status == HEDDLE_EXIT_OK ? HEDDLE_EXIT_IOERR : status;
  }
  return status;
}

static int
run (HeddleCli *cli)
{
  if (heddle_cli_flag (cli, "version")) {
    printf ("heddle %s\n", PACKAGE_VERSION);
    return HEDDLE_EXIT_OK;
  }
  if (heddle_cli_flag (cli, "help")) {
    if (cli->command == NULL)
      heddle_help_all (stdout);
    else
      heddle_help_command (cli->command, stdout);
    return HEDDLE_EXIT_OK;
  }
  return cli->command == NULL ? heddle_cmd_home (cli) : cli->command->run (cli);
}

int
main (int argc, char **argv)
{
  setlocale (LC_CTYPE, "");
  static HeddleCli cli;
  g_autoptr (GError) error = NULL;
  int status;
  if (!heddle_options_parse (&cli, argc, argv, &error))
    status = heddle_cli_fail (&cli, error);
  else
    status = SERVES (&cli) ? run (&cli) : HAND_OVER (argv);
#ifndef HEDDLE_READER
  /* Who only reads leaves nothing half done: the end of the process frees as well. */
  heddle_cli_clear (&cli);
#endif
  return close_output (status);
}
