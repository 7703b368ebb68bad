/* SPDX-License-Identifier: MIT */
/* heddle threads: a line a thread, newest first. */
#include "cli/cli.h"

/* The state rests on all of a thread's messages, which a summary does not hold; it
 * is read only where the configuration says who we are. */
static const char *
summary_state (HeddleCli *cli, const HeddleThread *summary, const GPtrArray *decisions,
               GError **error)
{
  if (!cli->config->has_policy)
    return heddle_cli_state (cli, summary, decisions, error);
  g_autoptr (HeddleThread) thread = heddle_store_thread (cli->store, summary->id, error);
  return thread != NULL ? heddle_cli_state (cli, thread, decisions, error) : NULL;
}

static void
print_line (const HeddleThread *thread, const char *state, GTimeZone *zone)
{
  g_autofree char *last
      = heddle_text_time (thread->has_first ? thread->last : HEDDLE_TIME_NONE, zone);
  g_autofree char *subject
      = heddle_excerpt (thread->subject != NULL ? thread->subject : "(no subject)", 60);
  g_autoptr (GString) people = g_string_new (NULL);
  for (guint i = 0; i < thread->participants->len && i < 4; i++) {
    const HeddlePerson *person = thread->participants->pdata[i];
    g_autofree char *name
        = heddle_excerpt (person->name != NULL ? person->name : person->address, 24);
    g_string_append_printf (people, "%s%s", i > 0 ? ", " : "", name);
  }
  if (thread->participants->len > 4)
    g_string_append_printf (people, " +%u", thread->participants->len - 4);
  printf ("%s  %-16s  %-7s %3u/%-3u %s%s%s  %s\n", thread->id, last, state, thread->received,
          thread->received + thread->quoted_only + thread->missing,
          heddle_style (HEDDLE_STYLE_BOLD), subject, heddle_style (HEDDLE_STYLE_PLAIN),
          people->str);
}

static gboolean
print_json (HeddleCli *cli, HeddleJson *json, const HeddleThreadSummary *summary,
            const char *state, GError **error)
{
  g_autoptr (GPtrArray) suggestions
      = summary->alike ? heddle_store_suggestions (cli->store, summary->thread, error)
                       : g_ptr_array_new ();
  if (suggestions == NULL)
    return FALSE;
  heddle_render_summary (json, summary->thread, state, suggestions);
  return TRUE;
}

static gboolean
print_all (HeddleCli *cli, const GPtrArray *summaries, HeddleJson *json, GError **error)
{
  g_autoptr (GPtrArray) decisions
      = cli->config->has_policy ? heddle_store_decisions (cli->store, error) : g_ptr_array_new ();
  if (decisions == NULL)
    return FALSE;
  for (guint i = 0; i < summaries->len; i++) {
    const HeddleThreadSummary *summary = summaries->pdata[i];
    const char *state = summary_state (cli, summary->thread, decisions, error);
    if (state == NULL)
      return FALSE;
    if (json == NULL)
      print_line (summary->thread, state, cli->zone);
    else if (!print_json (cli, json, summary, state, error))
      return FALSE;
  }
  return TRUE;
}

int
heddle_cli_print_threads (HeddleCli *cli, const char *query, const HeddleAskOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) summaries = heddle_store_threads (cli->store, query, options, &error);
  if (summaries == NULL)
    return heddle_cli_fail_query (cli, error, query);
  g_autoptr (HeddleJson) json = NULL;
  if (cli->json) {
    json = heddle_json_new (2);
    heddle_json_begin_array (json, NULL);
  }
  if (!print_all (cli, summaries, json, &error))
    return heddle_cli_fail (cli, error);
  if (json != NULL) {
    heddle_json_end_array (json);
    heddle_cli_print_json (g_steal_pointer (&json));
  }
  if (summaries->len == 0)
    heddle_cli_note (cli, "no thread matches");
  return HEDDLE_EXIT_OK;
}

int
heddle_cmd_threads (HeddleCli *cli)
{
  g_autoptr (GError) error = NULL;
  HeddleAskOptions options;
  if (!heddle_cli_ask_options (cli, &options, &error)
      || heddle_cli_store (cli, HEDDLE_STORE_ASK, &error) == NULL)
    return heddle_cli_fail (cli, error);
  options.sort = HEDDLE_SORT_NEWEST;
  g_autofree char *query = heddle_cli_query (cli);
  return heddle_cli_print_threads (cli, query, &options);
}
