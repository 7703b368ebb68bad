/* SPDX-License-Identifier: MIT */
/* The table of commands and its help. A new command is a row here, a cmd-*.c, a
 * section of heddle(1) (a test asks). */
#include "cli/cli.h"

#include <string.h>

/* In the program that only reads (reader.c) a command that is not linked has no function.
 * One that is not named here is part of that program. */
#ifdef HEDDLE_READER
#pragma weak heddle_cmd_check
#pragma weak heddle_cmd_decide
#pragma weak heddle_cmd_due
#pragma weak heddle_cmd_export
#pragma weak heddle_cmd_gaps
#pragma weak heddle_cmd_inclusive
#pragma weak heddle_cmd_ingest
#pragma weak heddle_cmd_join
#pragma weak heddle_cmd_outbox
#pragma weak heddle_cmd_parse
#pragma weak heddle_cmd_people
#pragma weak heddle_cmd_quarantine
#pragma weak heddle_cmd_rebuild
#pragma weak heddle_cmd_remind
#pragma weak heddle_cmd_split
#pragma weak heddle_cmd_status
#pragma weak heddle_cmd_why
#pragma weak heddle_cmd_worker
#endif

static const HeddleOption parse_options[] = {
  { "text", NULL, "the input is a bare text document, not a mail" },
  { "lines", NULL, "give every line with its zone and its message" },
  { "explain", NULL, "the same, with the rule that decided" },
  { NULL, NULL, NULL },
};
static const HeddleOption ingest_options[] = {
  { "unverified", NULL, "do not count these mails as proven to come from us" },
  { NULL, NULL, NULL },
};
static const HeddleOption threads_options[] = {
  { "limit", "N", "at most so many" },
  { "offset", "N", "leave out so many first" },
  { NULL, NULL, NULL },
};
static const HeddleOption search_options[] = {
  { "output", "WHAT",
    "messages (default), threads, participants, urls, domains, attachments, handles, cases" },
  { "sort", "HOW", "best (default), newest, oldest" },
  { "limit", "N", "at most so many" },
  { "offset", "N", "leave out so many first" },
  { NULL, NULL, NULL },
};
static const HeddleOption show_options[] = {
  { "raw", "MAIL", "the bytes of that mail, as they came" },
  { "tree", NULL, "a line a message, with lines that show what answers what" },
  { NULL, NULL, NULL },
};
static const HeddleOption export_options[] = {
  { "format", "FORM", "json (default), mbox, html, ics" },
  { NULL, NULL, NULL },
};
static const HeddleOption gaps_options[] = {
  { "limit", "N", "at most so many" },
  { NULL, NULL, NULL },
};
static const HeddleOption claim_options[] = {
  { "as", "PERSON", "who claims it, a [person] of the configuration" },
  { NULL, NULL, NULL },
};
static const HeddleOption remind_options[] = {
  { "dry-run", NULL, "say what would be mailed; write and send nothing" },
  { "outdir", "DIR", "write each mail to DIR as .eml instead of sending it" },
  { NULL, NULL, NULL },
};
static const HeddleOption outbox_options[] = {
  { "state", "STATE", "waiting, failed or sent; default: waiting and failed" },
  { NULL, NULL, NULL },
};
static const HeddleOption worker_options[] = {
  { "once", NULL, "drain the spool and end" },
  { NULL, NULL, NULL },
};

const HeddleCommand heddle_commands[] = {
  { "parse", "[FILE]", "one mail to its reply chain",
    "Reads standard input without FILE or with \"-\". Needs no store and no configuration.\n"
    "Example: heddle parse --json forward.eml",
    parse_options, 0, 1, HEDDLE_COMMAND_PLAIN, heddle_cmd_parse },
  { "ingest", "PATH…", "mails into the store",
    "PATH is a mail, an mbox, a Maildir, a folder of .eml files, or \"-\". The same bytes\n"
    "twice add nothing. Makes the store.\n"
    "Example: heddle ingest ~/Maildir archive.mbox",
    ingest_options, 1, -1, HEDDLE_COMMAND_PLAIN, heddle_cmd_ingest },
  { "threads", "[QUERY]", "a line a thread, newest first",
    "Example: heddle threads from:ana date:2018-03..2018-04", threads_options, 0, -1,
    HEDDLE_COMMAND_QUERY, heddle_cmd_threads },
  { "show", "THREAD", "one thread, whole",
    "THREAD is a thread id, a message id or a Message-ID.\n"
    "Example: heddle show --json t0123456789ab",
    show_options, 0, 1, HEDDLE_COMMAND_PLAIN, heddle_cmd_show },
  { "search", "QUERY", "messages that match, best first",
    "Words and \"phrases\", from: to: participant: subject: body: thread: id: date:FROM..TO\n"
    "before: after: url: domain: handle: case: attachment: type: lang: has: is:, AND OR NOT - ( ).\n"
    "Example: heddle search --sort=newest 'verified account' from:ana",
    search_options, 1, -1, HEDDLE_COMMAND_QUERY, heddle_cmd_search },
  { "export", "THREAD", "one thread to take elsewhere",
    "mbox holds the mails it was made from, as they came.\n"
    "Example: heddle export t0123456789ab --format=mbox > thread.mbox",
    export_options, 1, 1, HEDDLE_COMMAND_PLAIN, heddle_cmd_export },
  { "join", "THREAD THREAD…", "these are one conversation",
    "Now and whatever mail comes later; heddle split takes them apart again.\n"
    "Example: heddle join t0123456789ab t0123456789cd",
    NULL, 2, -1, HEDDLE_COMMAND_PLAIN, heddle_cmd_join },
  { "split", "THREAD MESSAGE", "that message begins a conversation of its own",
    "With all that answers it, now and whatever mail comes later; heddle join takes it\n"
    "back. The first message of what was joined takes all of that with it.\n"
    "Example: heddle split t0123456789ab m0123456789cd",
    NULL, 2, 2, HEDDLE_COMMAND_PLAIN, heddle_cmd_split },
  { "people", "[TEXT] | join ID ID… | part ID ADDRESS", "who is who, and by what evidence",
    "TEXT stands in a name or an address, or is an id. join says that they are one person,\n"
    "part that an address is somebody else; both hold whatever mail comes later.\n"
    "Example: heddle people ana",
    NULL, 0, -1, HEDDLE_COMMAND_PLAIN, heddle_cmd_people },
  { "gaps", "[THREAD]", "what others answer or name and nobody showed us",
    "Messages that never came, and files that a text names and no mail brought, each with\n"
    "whom to ask and a sentence to send. Of all threads without THREAD, newest first.\n"
    "Example: heddle gaps t0123456789ab",
    gaps_options, 0, 1, HEDDLE_COMMAND_PLAIN, heddle_cmd_gaps },
  { "inclusive", "THREAD", "the fewest mails that hold the whole thread",
    "And what each of the others would add: nothing, a file, another text of a message.\n"
    "Example: heddle inclusive t0123456789ab",
    NULL, 1, 1, HEDDLE_COMMAND_PLAIN, heddle_cmd_inclusive },
  { "due", "", "open follow-ups, most overdue first", "Example: heddle due --now 2018-04-10",
    NULL, 0, 0, HEDDLE_COMMAND_PLAIN, heddle_cmd_due },
  { "why", "FOLLOWUP", "how a follow-up came about, day by day",
    "Example: heddle why f0123456789ab", NULL, 1, 1, HEDDLE_COMMAND_PLAIN, heddle_cmd_why },
  { "close", "FOLLOWUP", "it is settled", "Example: heddle close f0123456789ab", NULL, 1, 1,
    HEDDLE_COMMAND_PLAIN, heddle_cmd_decide },
  { "reopen", "FOLLOWUP", "it is not settled after all", "Example: heddle reopen f0123456789ab",
    NULL, 1, 1, HEDDLE_COMMAND_PLAIN, heddle_cmd_decide },
  { "claim", "FOLLOWUP", "somebody is at it", "Example: heddle claim f0123456789ab --as ana",
    claim_options, 1, 1, HEDDLE_COMMAND_PLAIN, heddle_cmd_decide },
  { "snooze", "FOLLOWUP UNTIL", "no reminder until then",
    "UNTIL is a time in ISO 8601, or a number of days or weeks from now: 3d, 2w.\n"
    "Example: heddle snooze f0123456789ab 3d",
    NULL, 2, 2, HEDDLE_COMMAND_PLAIN, heddle_cmd_decide },
  { "set-due", "FOLLOWUP DATE", "due at the end of that day",
    "Example: heddle set-due f0123456789ab 2018-04-20", NULL, 2, 2, HEDDLE_COMMAND_PLAIN,
    heddle_cmd_decide },
  { "assign", "FOLLOWUP PERSON", "whom to remind",
    "PERSON is a [person] of the configuration.\nExample: heddle assign f0123456789ab sam",
    NULL, 2, 2, HEDDLE_COMMAND_PLAIN, heddle_cmd_decide },
  { "remind", "", "mail what is due as calendar invites",
    "Puts invites in the outbox and delivers the outbox; for a timer.\n"
    "Example: heddle remind --dry-run",
    remind_options, 0, 0, HEDDLE_COMMAND_PLAIN, heddle_cmd_remind },
  { "outbox", "", "mail that waits or failed, and why", "Example: heddle outbox --state=failed",
    outbox_options, 0, 0, HEDDLE_COMMAND_PLAIN, heddle_cmd_outbox },
  { "quarantine", "list | show MAIL | retry [MAIL…]", "mails that could not be parsed",
    "show gives the bytes; retry tries those mails again, or all.\n"
    "Example: heddle quarantine retry",
    NULL, 0, -1, HEDDLE_COMMAND_PLAIN, heddle_cmd_quarantine },
  { "status", "", "counts, sizes, what waits", "Example: heddle status --json", NULL, 0, 0,
    HEDDLE_COMMAND_PLAIN, heddle_cmd_status },
  { "check", "", "whether the store still says what it was told",
    "Reads every page and every mail again; writes nothing.\nExample: heddle check", NULL, 0, 0,
    HEDDLE_COMMAND_PLAIN, heddle_cmd_check },
  { "rebuild", "", "make the index anew from the mails", "Example: heddle rebuild", NULL, 0, 0,
    HEDDLE_COMMAND_PLAIN, heddle_cmd_rebuild },
  { "worker", "", "the service: drain the spool that the milter fills",
    "Example: heddle worker --once", worker_options, 0, 0, HEDDLE_COMMAND_PLAIN,
    heddle_cmd_worker },
  { "help", "[COMMAND]", "say what a command does", "Example: heddle help search", NULL, 0, 1,
    HEDDLE_COMMAND_PLAIN, heddle_cmd_help },
};
const gsize heddle_n_commands = G_N_ELEMENTS (heddle_commands);

static const char *const planned[]
    = { "feed", "setup", "doctor", "backup", "forget", NULL };

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
