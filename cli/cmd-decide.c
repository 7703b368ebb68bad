/* SPDX-License-Identifier: MIT */
/* heddle close, reopen, claim, snooze, set-due, assign: what a person decides about
 * a follow-up, written down for ever.
 *
 * The follow-up must be there; what it is decided about it is not weighed: closing
 * twice is two decisions. Not handled: who sits at the keyboard (claim --as says). */
#include "cli/cli.h"

#include <string.h>

static const struct {
  const char *command;
  HeddleDecisionKind kind;
} kinds[] = {
  { "close", HEDDLE_DECISION_CLOSE },     { "reopen", HEDDLE_DECISION_REOPEN },
  { "claim", HEDDLE_DECISION_CLAIM },     { "snooze", HEDDLE_DECISION_SNOOZE },
  { "set-due", HEDDLE_DECISION_SET_DUE }, { "assign", HEDDLE_DECISION_ASSIGN },
};

/* "3d", "2w" from @now; anything else is ISO 8601. */
static gboolean
read_until (const HeddleCli *cli, const char *text, HeddleTime now, HeddleTime *ret,
            GError **error)
{
  gsize length = strlen (text);
  char unit = length > 1 ? text[length - 1] : '\0';
  g_autofree char *digits = g_strndup (text, length > 0 ? length - 1 : 0);
  guint64 number;
  if ((unit == 'd' || unit == 'w')
      && g_ascii_string_to_unsigned (digits, 10, 1, 3650, &number, NULL)) {
    /* By the calendar, so that a night in which clocks change shifts nothing. */
    g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now);
    g_autoptr (GDateTime) here = utc != NULL ? g_date_time_to_timezone (utc, cli->zone) : NULL;
    g_autoptr (GDateTime) then
        = here != NULL ? g_date_time_add_days (here, (int)number * (unit == 'w' ? 7 : 1))
                       : NULL;
    if (then != NULL) {
      *ret = g_date_time_to_unix (then);
      return TRUE;
    }
  }
  return heddle_time_parse (text, cli->zone, ret, error);
}

/* The last second of the day that @text names, in the configuration's zone. */
static gboolean
read_end_of_day (const HeddleCli *cli, const char *text, HeddleTime *ret, GError **error)
{
  HeddleTime ignored;
  if (!heddle_time_parse (text, cli->zone, &ignored, error))
    return FALSE;
  if (strlen (text) != 10) {
    g_set_error (error, HEDDLE_CLI_ERROR, HEDDLE_CLI_ERROR_USAGE,
                 "\"%s\" is more than a date; write it as 2018-04-20", text);
    return FALSE;
  }
  g_autofree char *end = g_strconcat (text, "T23:59:59", NULL);
  return heddle_time_parse (end, cli->zone, ret, error);
}

static gboolean
check_person (const HeddleCli *cli, const char *id, GError **error)
{
  if (heddle_config_person (cli->config, id) != NULL)
    return TRUE;
  g_set_error (error, HEDDLE_CLI_ERROR, HEDDLE_CLI_ERROR_INPUT,
               "%s: no [person %s] in the configuration; name one that is there", id, id);
  return FALSE;
}

/* What stands behind the follow-up on the command line. */
static gboolean
read_rest (const HeddleCli *cli, HeddleDecision *decision, HeddleTime now, GError **error)
{
  const char *word = heddle_cli_arg (cli, 1);
  switch (decision->kind) {
  case HEDDLE_DECISION_SNOOZE:
    if (!read_until (cli, word, now, &decision->time, error))
      return FALSE;
    if (decision->time > now)
      return TRUE;
    g_set_error (error, HEDDLE_CLI_ERROR, HEDDLE_CLI_ERROR_USAGE,
                 "%s is past; give a time to come", word);
    return FALSE;
  case HEDDLE_DECISION_SET_DUE:
    return read_end_of_day (cli, word, &decision->time, error);
  case HEDDLE_DECISION_ASSIGN:
    decision->value = g_strdup (word);
    return check_person (cli, word, error);
  case HEDDLE_DECISION_CLAIM:
    decision->value = g_strdup (heddle_cli_option (cli, "as"));
    return decision->value == NULL || check_person (cli, decision->value, error);
  case HEDDLE_DECISION_CLOSE:
  case HEDDLE_DECISION_REOPEN:
  case HEDDLE_DECISION_JOIN: /* cmd-correct.c's, as the next; the last two are cmd-people.c's */
  case HEDDLE_DECISION_SPLIT:
  case HEDDLE_DECISION_PEOPLE_JOIN:
  case HEDDLE_DECISION_PEOPLE_PART:
    return TRUE;
  }
  g_assert_not_reached ();
}

static void
print_decision (const HeddleCli *cli, const HeddleDecision *decision)
{
  g_autofree char *until = heddle_text_time (decision->time, cli->zone);
  if (!cli->json) {
    printf ("%s: %s%s%s%s%s\n", decision->subject, cli->command->name,
            decision->value != NULL ? " " : "", decision->value != NULL ? decision->value : "",
            decision->time != HEDDLE_TIME_NONE ? " " : "",
            decision->time != HEDDLE_TIME_NONE ? until : "");
    return;
  }
  HeddleJson *json = heddle_json_new (2);
  heddle_json_begin_object (json, NULL);
  heddle_json_string (json, "schema", "heddle.decision/1");
  heddle_json_string (json, "followup", decision->subject);
  heddle_json_string (json, "decision", cli->command->name);
  heddle_json_string (json, "person", decision->value);
  heddle_json_time (json, "time", decision->time);
  heddle_json_time (json, "made", decision->made);
  heddle_json_end_object (json);
  heddle_cli_print_json (json);
}

static gboolean
decide (HeddleCli *cli, HeddleDecision *decision, GError **error)
{
  const HeddlePolicy *policy = heddle_cli_policy (cli, error);
  if (policy == NULL || !heddle_cli_now (cli, &decision->made, error)
      || !read_rest (cli, decision, decision->made, error))
    return FALSE;
  const char *id = heddle_cli_arg (cli, 0);
  /* Read first: deciding about nothing must not make a store. */
  HeddleStore *store = heddle_cli_store (cli, HEDDLE_STORE_READ, error);
  g_autoptr (HeddleFollowup) followup
      = store != NULL ? heddle_followup_find (policy, store, id, decision->made, error) : NULL;
  if (followup == NULL) {
    g_prefix_error (error, "%s: ", id);
    return FALSE;
  }
  g_clear_pointer (&cli->store, heddle_store_close);
  if (heddle_cli_store (cli, HEDDLE_STORE_WRITE, error) == NULL)
    return FALSE;
  decision->subject = g_strdup (followup->id);
  return heddle_store_decide (cli->store, decision, error);
}

int
heddle_cmd_decide (HeddleCli *cli)
{
  g_autoptr (GError) error = NULL;
  HeddleDecision *decision = g_new0 (HeddleDecision, 1);
  decision->time = HEDDLE_TIME_NONE;
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].command, cli->command->name) == 0)
      decision->kind = kinds[i].kind;
  int status = HEDDLE_EXIT_OK;
  if (decide (cli, decision, &error))
    print_decision (cli, decision);
  else
    status = heddle_cli_fail (cli, error);
  heddle_decision_free (decision);
  return status;
}
