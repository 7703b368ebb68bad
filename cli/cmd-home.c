/* SPDX-License-Identifier: MIT */
/* heddle without arguments: is it well, what is due, what waits. */
#include "cli/cli.h"

/* More than a screen of it is no summary; `heddle due` has them all. */
#define MOST_SHOWN 5

typedef struct {
  HeddleStoreStats stats;
  GPtrArray *followups;
  guint overdue;
} Home;

static void
print_json (const Home *home, gboolean well)
{
  HeddleJson *json = heddle_json_new (2);
  heddle_json_begin_object (json, NULL);
  heddle_json_string (json, "schema", "heddle.home/1");
  heddle_json_bool (json, "well", well);
  heddle_json_int (json, "threads", (gint64)home->stats.threads);
  heddle_json_int (json, "messages", (gint64)home->stats.messages);
  heddle_json_int (json, "mails", (gint64)home->stats.mails);
  heddle_json_int (json, "pending", (gint64)home->stats.pending);
  heddle_json_int (json, "quarantined", (gint64)home->stats.quarantined);
  heddle_json_int (json, "waiting", (gint64)home->stats.waiting);
  heddle_json_int (json, "failed", (gint64)home->stats.failed);
  heddle_json_int (json, "open", home->followups->len);
  heddle_json_int (json, "overdue", home->overdue);
  heddle_json_begin_array (json, "due");
  for (guint i = 0; i < home->followups->len && i < MOST_SHOWN; i++)
    heddle_render_followup (json, home->followups->pdata[i]);
  heddle_json_end_array (json);
  heddle_json_end_object (json);
  heddle_cli_print_json (json);
}

static void
print_text (const HeddleCli *cli, const Home *home, gboolean well)
{
  const HeddleStoreStats *stats = &home->stats;
#define N G_GUINT64_FORMAT
  printf ("%" N " threads, %" N " messages from %" N " mails\n", stats->threads,
          stats->messages, stats->mails);
  if (well)
    printf ("%sall is well%s\n", heddle_style (HEDDLE_STYLE_GREEN),
            heddle_style (HEDDLE_STYLE_PLAIN));
  if (stats->quarantined > 0)
    printf ("%" N " mails could not be parsed: heddle quarantine\n", stats->quarantined);
  if (stats->pending > 0)
    printf ("%" N " mails wait to be indexed: heddle worker --once\n", stats->pending);
  if (stats->failed > 0)
    printf ("%" N " invites were refused: heddle outbox\n", stats->failed);
  if (stats->waiting > 0)
    printf ("%" N " invites wait to be sent: heddle remind\n", stats->waiting);
#undef N
  if (!cli->config->has_policy) {
    printf (
        "nobody is waited for: the configuration does not say who we are (heddle.conf(5))\n");
    return;
  }
  printf ("%u open follow-ups, %u overdue\n", home->followups->len, home->overdue);
  for (guint i = 0; i < home->followups->len && i < MOST_SHOWN; i++)
    heddle_text_followup (home->followups->pdata[i], cli->zone);
  if (home->followups->len > MOST_SHOWN)
    printf ("… and %u more: heddle due\n", home->followups->len - MOST_SHOWN);
}

int
heddle_cmd_home (HeddleCli *cli)
{
  g_autoptr (GError) error = NULL;
  HeddleTime now;
  Home home = { 0 };
  const HeddlePolicy *policy = heddle_cli_policy (cli, &error);
  if (policy == NULL || !heddle_cli_now (cli, &now, &error)
      || heddle_cli_store (cli, HEDDLE_STORE_READ, &error) == NULL
      || !heddle_store_stats (cli->store, &home.stats, &error))
    return heddle_cli_fail (cli, error);
  g_autoptr (GPtrArray) followups = heddle_followups_open (policy, cli->store, now, &error);
  if (followups == NULL)
    return heddle_cli_fail (cli, error);
  home.followups = followups;
  for (guint i = 0; i < followups->len; i++)
    home.overdue += ((HeddleFollowup *)followups->pdata[i])->overdue != FALSE;
  gboolean well
      = home.stats.quarantined == 0 && home.stats.pending == 0 && home.stats.failed == 0;
  if (cli->json)
    print_json (&home, well);
  else
    print_text (cli, &home, well);
  return HEDDLE_EXIT_OK;
}
