/* SPDX-License-Identifier: MIT */
/* heddle due and heddle why: what is open, and how it came about. */
#include "cli/cli.h"

static void
note_no_policy (HeddleCli *cli)
{
  heddle_cli_note (cli, "nobody is waited for: the configuration does not say who we are; "
                        "set domains under [us]");
}

static int
print_due (HeddleCli *cli, const GPtrArray *followups)
{
  if (cli->json) {
    HeddleJson *json = heddle_json_new (2);
    heddle_json_begin_array (json, NULL);
    for (guint i = 0; i < followups->len; i++)
      heddle_render_followup (json, followups->pdata[i]);
    heddle_json_end_array (json);
    heddle_cli_print_json (json);
  } else
    for (guint i = 0; i < followups->len; i++)
      heddle_text_followup (followups->pdata[i], cli->zone);
  if (!cli->config->has_policy)
    note_no_policy (cli);
  else if (followups->len == 0)
    heddle_cli_note (cli, "nothing is open");
  return HEDDLE_EXIT_OK;
}

int
heddle_cmd_due (HeddleCli *cli)
{
  g_autoptr (GError) error = NULL;
  HeddleTime now;
  const HeddlePolicy *policy = heddle_cli_followups (cli, HEDDLE_STORE_READ, &now, &error);
  if (policy == NULL)
    return heddle_cli_fail (cli, error);
  g_autoptr (GPtrArray) followups = heddle_followups_open (policy, cli->store, now, &error);
  return followups != NULL ? print_due (cli, followups) : heddle_cli_fail (cli, error);
}

static void
print_why (HeddleCli *cli, const HeddleFollowup *f)
{
  heddle_text_followup (f, cli->zone);
  g_autofree char *reason = heddle_clean (f->reason, TRUE);
  printf ("\nbecause   %s (%s)\nmessage   %s\n", reason, f->rule, f->message);
  if (f->closed) {
    g_autofree char *closed = heddle_clean (f->closed_reason, TRUE);
    printf ("closed    %s%s%s\n", closed, f->closed_by != NULL ? " by " : "",
            f->closed_by != NULL ? f->closed_by : "");
  }
  int counted = 0;
  for (guint i = 0; f->steps != NULL && i < f->steps->len; i++) {
    const HeddleDayStep *step = &g_array_index (f->steps, HeddleDayStep, i);
    g_autofree char *number
        = step->counted ? g_strdup_printf ("%d", ++counted) : g_strdup ("-");
    printf ("  %04d-%02d-%02d  %3s  %s\n", step->day.year, step->day.month, step->day.day,
            number, step->reason);
  }
}

int
heddle_cmd_why (HeddleCli *cli)
{
  g_autoptr (GError) error = NULL;
  HeddleTime now;
  const HeddlePolicy *policy = heddle_cli_followups (cli, HEDDLE_STORE_READ, &now, &error);
  if (policy == NULL)
    return heddle_cli_fail (cli, error);
  g_autoptr (HeddleFollowup) followup
      = heddle_followup_find (policy, cli->store, heddle_cli_arg (cli, 0), now, &error);
  if (followup == NULL) {
    g_prefix_error (&error, "%s: ", heddle_cli_arg (cli, 0));
    return heddle_cli_fail (cli, error);
  }
  if (cli->json) {
    HeddleJson *json = heddle_json_new (2);
    heddle_render_why (json, followup);
    heddle_cli_print_json (json);
  } else
    print_why (cli, followup);
  return HEDDLE_EXIT_OK;
}
