/* SPDX-License-Identifier: MIT */
/* cli: the command `heddle`, for people and for scripts.
 *
 * It promises: results on standard output, all else on standard error; the exit
 * statuses of base.h; --json answers of the documented form; nothing of a mail
 * reaches a terminal unescaped. The only folder that prints.
 *
 * How: main.c hands argv to options.c, which finds the command's row in commands.c
 * and what was said to it; the command (cmd-*.c) asks context.c for configuration,
 * clock and store when it needs them, and the renderers (render-*.c) for its words.
 */
#ifndef HEDDLE_CLI_H
#define HEDDLE_CLI_H

#include <stdio.h>

#include "base/base.h"
#include "followup/followup.h"
#include "parser/parser.h"
#include "store/store.h"
#include "threads/threads.h"

/* --- commands and options ------------------------------------------------------- */

typedef struct _HeddleCli HeddleCli;

typedef struct {
  const char *name;  /* without "--" */
  const char *value; /* what its value is called, NULL for a flag */
  const char *help;
} HeddleOption; /* a list ends with a NULL name */

typedef enum {
  HEDDLE_COMMAND_PLAIN,
  HEDDLE_COMMAND_QUERY, /* its arguments are one query, in which "-word" is no option */
} HeddleCommandKind;

typedef struct {
  const char *name;
  const char *arguments;       /* "[FILE]" */
  const char *summary;         /* one line */
  const char *more;            /* what else there is to say, with an example */
  const HeddleOption *options; /* (nullable) */
  int least, most;             /* arguments; most -1: any number */
  HeddleCommandKind kind;
  int (*run) (HeddleCli *cli);
} HeddleCommand;

extern const HeddleCommand heddle_commands[];
extern const gsize heddle_n_commands;
extern const HeddleOption heddle_global_options[];
/* The row of that name, NULL where there is none. */
const HeddleCommand *heddle_command_find (const char *name);
/* Whether it is promised for later. */
gboolean heddle_command_is_planned (const char *name);
void heddle_help_all (FILE *out);
void heddle_help_command (const HeddleCommand *command, FILE *out);

struct _HeddleCli {
  const HeddleCommand *command; /* NULL: none was named */
  GPtrArray *args;              /* of char *, what is no option */
  GHashTable *values;           /* name to value, "" for flags */
  gboolean json;
  HeddleConfig *config; /* (nullable) until heddle_cli_config() */
  GTimeZone *zone;      /* (nullable) likewise */
  HeddlePolicy *policy; /* (nullable) until heddle_cli_policy() */
  void (*free_policy) (HeddlePolicy *policy);
  HeddleStore *store;   /* (nullable) until heddle_cli_store() */
  GPtrArray *open;      /* (nullable) open follow-ups, once a query asked for them */
};

/* Read argv into @cli. Fails with HEDDLE_CLI_ERROR_USAGE. */
gboolean heddle_options_parse (HeddleCli *cli, int argc, char **argv, GError **error);
void heddle_cli_clear (HeddleCli *cli);

#define HEDDLE_CLI_ERROR (heddle_cli_error_quark ())
GQuark heddle_cli_error_quark (void);
typedef enum {
  HEDDLE_CLI_ERROR_USAGE,   /* wrong options (exit 2) */
  HEDDLE_CLI_ERROR_INPUT,   /* something of the input failed (exit 1) */
  HEDDLE_CLI_ERROR_NOINPUT, /* no such file (exit 66) */
  HEDDLE_CLI_ERROR_IO,      /* disk (exit 74) */
  HEDDLE_CLI_ERROR_CONFIG,  /* configuration (exit 78) */
} HeddleCliError;

/* --- context -------------------------------------------------------------------------- */

/* What was said with --@name, NULL where it was not; "" for a flag. */
const char *heddle_cli_option (const HeddleCli *cli, const char *name);
gboolean heddle_cli_flag (const HeddleCli *cli, const char *name);
/* The number said with --@name, 0 where it was not. Fails with USAGE. */
gboolean heddle_cli_number (const HeddleCli *cli, const char *name, guint *ret, GError **error);
/* Argument @i, NULL where there are fewer. */
const char *heddle_cli_arg (const HeddleCli *cli, guint i);

/* Load the configuration once. (transfer none) */
const HeddleConfig *heddle_cli_config (HeddleCli *cli, GError **error);
/* --now, else the system's clock. */
gboolean heddle_cli_now (HeddleCli *cli, HeddleTime *ret, GError **error);
/* Open the store that --db or the configuration name; one that was open is closed.
 * (transfer none) */
HeddleStore *heddle_cli_store (HeddleCli *cli, HeddleStoreMode mode, GError **error);
const HeddlePolicy *heddle_cli_policy (HeddleCli *cli, GError **error);
/* All that a question about follow-ups needs: the policy, the time and the store. */
const HeddlePolicy *heddle_cli_followups (HeddleCli *cli, HeddleStoreMode mode,
                                          HeddleTime *ret_now, GError **error);
/* A query's options: --limit, --offset, clock and zone. */
gboolean heddle_cli_ask_options (HeddleCli *cli, HeddleAskOptions *ret, GError **error);
/* All arguments as one query (transfer full). */
char *heddle_cli_query (const HeddleCli *cli);

/* The exit status that @error asks for. */
int heddle_exit_status (const GError *error);
/* Say "heddle: COMMAND: @error" on standard error; the status. */
int heddle_cli_fail (const HeddleCli *cli, const GError *error);
/* The same, and where @error is about @query a caret under the place. */
int heddle_cli_fail_query (const HeddleCli *cli, const GError *error, const char *query);
/* Say "heddle: COMMAND: …" on standard error. */
void heddle_cli_note (const HeddleCli *cli, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Say that nobody is owed anything, as nobody said who we are. */
void heddle_cli_note_no_policy (const HeddleCli *cli);

/* The path of another program of Heddle's (transfer full) (nullable). */
char *heddle_program_find (const char *name);

/* Print what @json holds and a line end; frees it. */
void heddle_cli_print_json (HeddleJson *json);
/* Print the bytes of @mail as they came, or say why not; the status. */
int heddle_cli_print_mail (HeddleCli *cli, const char *mail);

/* Deliver the outbox by the program that speaks SMTP. Fails with RELAY where the mails wait;
 * the counts are of what was done until then. */
gboolean heddle_cli_deliver (HeddleCli *cli, HeddleTime now, guint *ret_sent, guint *ret_failed,
                             GError **error);

/* --- the terminal ------------------------------------------------------------------------ */

typedef enum {
  HEDDLE_STYLE_PLAIN,
  HEDDLE_STYLE_BOLD,
  HEDDLE_STYLE_DIM,
  HEDDLE_STYLE_RED,
  HEDDLE_STYLE_GREEN,
  HEDDLE_STYLE_YELLOW,
} HeddleStyle;

/* What begins and ends @style on standard output; "" where no colour is wanted. */
const char *heddle_style (HeddleStyle style);
/* @text fit for a terminal: controls, escape sequences and bidi controls made
 * visible or left out; line ends and tabs stay, or with @one_line are blanks.
 * NULL gives "". (transfer full) */
char *heddle_clean (const char *text, gboolean one_line);
/* The first letter of @text, 0 where there is none. */
gunichar heddle_first_strong (const char *text);
gboolean heddle_is_rtl (gunichar c);
/* @clean, of heddle_clean() and one line, between bidi isolates where it has a letter of a
 * right-to-left script. (transfer full) for both. */
char *heddle_isolate (char *clean);
/* At most @width characters of the first lines, cleaned and isolated, with "…" (transfer full). */
char *heddle_excerpt (const char *text, guint width);

typedef struct {
  gint64 began, shown; /* monotonic microseconds */
  gboolean on;         /* a line stands on the terminal */
} HeddleProgress;
/* Say how far it is, on a terminal's standard error, after a second. @all 0: not
 * known. */
void heddle_progress (HeddleProgress *progress, const char *what, guint64 done, guint64 all);
void heddle_progress_end (HeddleProgress *progress);

/* --- rendering as JSON: the one place that knows the forms -----------------------------------
 */

/* @strings (array of char *) as an array on one line. */
void heddle_render_strings (HeddleJson *json, const char *key, const GPtrArray *strings);
void heddle_render_person (HeddleJson *json, const char *key, const HeddlePerson *person);
void heddle_render_date (HeddleJson *json, const char *key, const HeddleDate *date,
                         gboolean evidence);
void heddle_render_spans (HeddleJson *json, const char *key, const GArray *spans);
/* The whole answer of `heddle parse`. */
void heddle_render_chain (HeddleJson *json, const HeddleChain *chain, gboolean lines,
                          gboolean rules);
/* The fields that a message of a chain and one of a thread share, from "kind" on. */
/* @node: (nullable) whose `message` it is, in a thread. @evidence: what inferred dates rest on. */
void heddle_render_message_fields (HeddleJson *json, const HeddleMessage *message,
                                   const HeddleNode *node, gboolean evidence);
void heddle_render_evidence (HeddleJson *json, const char *key, const HeddleEvidence *evidence);
/* @suggestions: array of HeddleSuggestion */
void heddle_render_thread (HeddleJson *json, const HeddleThread *thread, const char *state,
                           const GPtrArray *suggestions);
void heddle_render_summary (HeddleJson *json, const HeddleThread *thread, const char *state,
                            const GPtrArray *suggestions);
void heddle_render_hit (HeddleJson *json, const HeddleHit *hit);
void heddle_render_tally (HeddleJson *json, const HeddleTally *tally);
void heddle_render_followup (HeddleJson *json, const HeddleFollowup *followup);
void heddle_render_gap (HeddleJson *json, const HeddleThread *thread, const HeddleGap *gap);
void heddle_render_inclusive (HeddleJson *json, const HeddleThread *thread,
                              const HeddleInclusive *inclusive);
void heddle_render_why (HeddleJson *json, const HeddleFollowup *followup);

/* --- rendering for people
 * ------------------------------------------------------------------------ */

/* "Ana Ruiz <ana@example.org>", "somebody" (withheld: "[withheld]") (transfer full). */
char *heddle_text_person (const HeddlePerson *person);
/* "2018-04-10 15:40 -04:00", "undated" (transfer full). */
char *heddle_text_date (const HeddleDate *date);
/* @time in @zone, "2018-04-10 15:40" (transfer full). */
char *heddle_text_time (HeddleTime time, GTimeZone *zone);
/* Their clock, and ours, of @zone (nullable), where it shows another time: "2018-04-10 15:40
 * -04:00 (ours 2018-04-10 21:40)" (transfer full). */
char *heddle_text_clocks (const HeddleDate *date, GTimeZone *zone);
void heddle_text_chain (const HeddleChain *chain);
void heddle_text_explain (const HeddleChain *chain, gboolean rules);
/* Whether a mail is the message itself, and not only a mail that quotes it. */
gboolean heddle_node_is_received (const HeddleNode *node);
/* Subject, id, @state and counts, on two lines. */
void heddle_text_thread_head (const HeddleThread *thread, const char *state);
/* @zone: (nullable) ours, in which each time is said too. */
void heddle_text_thread (const HeddleThread *thread, const char *state, GTimeZone *zone);
/* What it may belong together with, a line each. */
void heddle_text_suggestions (const HeddleThread *thread, const GPtrArray *suggestions);
/* A line a message, behind lines that show what answers what. */
void heddle_text_tree (const HeddleThread *thread, const char *state);
void heddle_text_followup (const HeddleFollowup *followup, GTimeZone *zone);

/* --- shared by commands
 * ------------------------------------------------------------------------- */

/* heddle_store_thread() of the store that is open; notes who else bears the Message-ID that
 * @id is. (transfer full) */
HeddleThread *heddle_cli_thread (HeddleCli *cli, const char *id, GError **error);
/* The threads in @state; @data is the HeddleCli (a HeddleAskThreadsFunc). */
GPtrArray *heddle_cli_threads_in (HeddleAskState state, gpointer data, GError **error);
/* "open", "waiting" or "closed" (static), NULL on failure. @decisions: as the store
 * gives them. */
const char *heddle_cli_state (HeddleCli *cli, const HeddleThread *thread,
                              const GPtrArray *decisions, GError **error);
/* The threads as an array or as lines; "no thread" is a note. */
int heddle_cli_print_threads (HeddleCli *cli, const char *query,
                              const HeddleAskOptions *options);

int heddle_cmd_home (HeddleCli *cli);
int heddle_cmd_parse (HeddleCli *cli);
int heddle_cmd_ingest (HeddleCli *cli);
int heddle_cmd_threads (HeddleCli *cli);
int heddle_cmd_show (HeddleCli *cli);
int heddle_cmd_export (HeddleCli *cli);
int heddle_cmd_gaps (HeddleCli *cli);
int heddle_cmd_inclusive (HeddleCli *cli);
int heddle_cmd_search (HeddleCli *cli);
int heddle_cmd_due (HeddleCli *cli);
int heddle_cmd_why (HeddleCli *cli);
int heddle_cmd_decide (HeddleCli *cli);
int heddle_cmd_join (HeddleCli *cli);
int heddle_cmd_split (HeddleCli *cli);
int heddle_cmd_people (HeddleCli *cli);
int heddle_cmd_remind (HeddleCli *cli);
int heddle_cmd_outbox (HeddleCli *cli);
int heddle_cmd_quarantine (HeddleCli *cli);
int heddle_cmd_status (HeddleCli *cli);
int heddle_cmd_check (HeddleCli *cli);
int heddle_cmd_rebuild (HeddleCli *cli);
int heddle_cmd_worker (HeddleCli *cli);
int heddle_cmd_help (HeddleCli *cli);

#endif
