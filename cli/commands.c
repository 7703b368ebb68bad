/* SPDX-License-Identifier: MIT */
/* The table of commands and its help. A new command is a row here, a cmd-*.c, a
 * section of heddle(1) (a test asks). */
#include "cli/cli.h"

#include <string.h>

static const HeddleOption parse_options[] = {
  { "text", NULL, "the input is a bare text document, not a mail" },
  { "lines", NULL, "give every line with its zone and its message" },
  { "explain", NULL, "the same, with the rule that decided" },
  { NULL, NULL, NULL },
};
static const HeddleOption outbox_options[] = {
  { "state", "STATE", "waiting, failed or sent; default: waiting and failed" },
  { NULL, NULL, NULL },
};

const HeddleCommand heddle_commands[] = {
  { "parse", "[FILE]", "one mail to its reply chain",
    "Reads standard input without FILE or with \"-\". Needs no store and no configuration.\n"
    "Example: heddle parse --json forward.eml",
    parse_options, 0, 1, HEDDLE_COMMAND_PLAIN, heddle_cmd_parse },
  { "outbox", "", "mail that waits or failed, and why", "Example: heddle outbox --state=failed",
    outbox_options, 0, 0, HEDDLE_COMMAND_PLAIN, heddle_cmd_outbox },
  { "status", "", "counts, sizes, what waits", "Example: heddle status --json", NULL, 0, 0,
    HEDDLE_COMMAND_PLAIN, heddle_cmd_status },
  { "help", "[COMMAND]", "say what a command does", "Example: heddle help search", NULL, 0, 1,
    HEDDLE_COMMAND_PLAIN, heddle_cmd_help },
};
const gsize heddle_n_commands = G_N_ELEMENTS (heddle_commands);

static const char *const planned[]
    = { "gaps",   "inclusive",  "join",    "split",  "people",  "feed",   "setup",   "doctor",
        "check",  "backup",     "forget",  "ingest", "threads", "show",   "search",  "export",
        "due",    "why",        "close",   "reopen", "claim",   "snooze", "set-due", "assign",
        "remind", "quarantine", "rebuild", "worker", NULL };

const HeddleCommand *
heddle_command_find (const char *name)
{
  for (gsize i = 0; i < heddle_n_commands; i++)
    if (strcmp (heddle_commands[i].name, name) == 0)
      return &heddle_commands[i];
  return NULL;
}

gboolean
heddle_command_is_planned (const char *name)
{
  return g_strv_contains (planned, name);
}

static void
print_options (const HeddleOption *options, FILE *out)
{
  for (; options != NULL && options->name != NULL; options++) {
    g_autofree char *left = options->value != NULL
                                ? g_strdup_printf ("--%s %s", options->name, options->value)
                                : g_strdup_printf ("--%s", options->name);
    fprintf (out, "  %-16s %s\n", left, options->help);
  }
}

void
heddle_help_all (FILE *out)
{
  fputs ("heddle: what was said, in mail that was forwarded; and who owes an answer\n\n"
         "usage: heddle [OPTION…] [COMMAND [OPTION…] [ARGUMENT…]]\n\n"
         "  (no command)     is it well, what is due, what waits\n",
         out);
  for (gsize i = 0; i < heddle_n_commands; i++)
    fprintf (out, "  %-16s %s\n", heddle_commands[i].name, heddle_commands[i].summary);
  fputs ("\noptions, before or after the command:\n", out);
  print_options (heddle_global_options, out);
  g_autofree char *list = g_strjoinv (", ", (char **)planned);
  fprintf (
      out,
      "\nnot yet: %s\n\nheddle help COMMAND says more. Manual: heddle(1), heddle.conf(5).\n",
      list);
}

void
heddle_help_command (const HeddleCommand *command, FILE *out)
{
  fprintf (out, "heddle %s: %s\n\nusage: heddle %s%s%s%s\n", command->name, command->summary,
           command->name, command->options != NULL ? " [OPTION…]" : "",
           *command->arguments != '\0' ? " " : "", command->arguments);
  if (command->options != NULL) {
    fputc ('\n', out);
    print_options (command->options, out);
  }
  fprintf (out, "\n%s\n\noptions of every command:\n", command->more);
  print_options (heddle_global_options, out);
}

int
heddle_cmd_help (HeddleCli *cli)
{
  const char *name = heddle_cli_arg (cli, 0);
  const HeddleCommand *command = name != NULL ? heddle_command_find (name) : NULL;
  if (name == NULL)
    heddle_help_all (stdout);
  else if (command != NULL)
    heddle_help_command (command, stdout);
  else {
    heddle_cli_note (cli, "\"%s\" is %s; see heddle --help", name,
                     heddle_command_is_planned (name) ? "not built yet" : "no command");
    return HEDDLE_EXIT_USAGE;
  }
  return HEDDLE_EXIT_OK;
}
