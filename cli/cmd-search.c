/* SPDX-License-Identifier: MIT */
/* heddle search: what matches, as messages, threads or tallies. */
#include "cli/cli.h"

#include <string.h>

static gboolean
choose (const HeddleCli *cli, const char *option, const char *const *words, int *ret,
        GError **error)
{
  const char *said = heddle_cli_option (cli, option);
  *ret = 0;
  if (said == NULL)
    return TRUE;
  for (int i = 0; words[i] != NULL; i++)
    if (strcmp (words[i], said) == 0) {
      *ret = i;
      return TRUE;
    }
  g_autofree char *list = g_strjoinv (", ", (char **)words);
  g_set_error (error, HEDDLE_CLI_ERROR, HEDDLE_CLI_ERROR_USAGE, "--%s=%s is none of %s", option,
               said, list);
  return FALSE;
}

/* The snippet with what was found made bold. */
static char *
snippet_text (const char *snippet)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_auto (GStrv) pieces = g_strsplit_set (snippet != NULL ? snippet : "", "\001\002", -1);
  for (guint i = 0; pieces[i] != NULL; i++) {
    g_autofree char *clean = heddle_clean (pieces[i], TRUE);
    g_string_append_printf (out, "%s%s%s", i % 2 == 1 ? heddle_style (HEDDLE_STYLE_BOLD) : "",
                            clean, i % 2 == 1 ? heddle_style (HEDDLE_STYLE_PLAIN) : "");
  }
  return heddle_isolate (g_string_free (g_steal_pointer (&out), FALSE));
}

static void
print_hit (const HeddleHit *hit)
{
  g_autofree char *who = heddle_text_person (hit->from);
  g_autofree char *when = heddle_text_date (hit->date);
  g_autofree char *subject = heddle_excerpt (hit->subject, 60);
  g_autofree char *snippet = snippet_text (hit->snippet);
  printf ("%s  %s, %s: %s\n    %s\n", hit->message, when, who, subject, snippet);
}

static void
print_tally (const HeddleTally *tally, GTimeZone *zone)
{
  g_autofree char *value = heddle_excerpt (tally->value, 100);
  g_autofree char *last = heddle_text_time (tally->last, zone);
  printf ("%6u  %-16s  %s\n", tally->count, last, value);
}

/* @tally: the rows are HeddleTally, else HeddleHit. */
static void
print_rows (HeddleCli *cli, const GPtrArray *rows, gboolean tally)
{
  HeddleJson *json = cli->json ? heddle_json_new (2) : NULL;
  if (json != NULL)
    heddle_json_begin_array (json, NULL);
  for (guint i = 0; i < rows->len; i++) {
    if (json != NULL && tally)
      heddle_render_tally (json, rows->pdata[i]);
    else if (json != NULL)
      heddle_render_hit (json, rows->pdata[i]);
    else if (tally)
      print_tally (rows->pdata[i], cli->zone);
    else
      print_hit (rows->pdata[i]);
  }
  if (json != NULL) {
    heddle_json_end_array (json);
    heddle_cli_print_json (json);
  }
}

int
heddle_cmd_search (HeddleCli *cli)
{
  static const char *const outputs[] = {
    [HEDDLE_OUTPUT_MESSAGES] = "messages",
    [HEDDLE_OUTPUT_THREADS] = "threads",
    [HEDDLE_OUTPUT_PARTICIPANTS] = "participants",
    [HEDDLE_OUTPUT_URLS] = "urls",
    [HEDDLE_OUTPUT_DOMAINS] = "domains",
    [HEDDLE_OUTPUT_ATTACHMENTS] = "attachments",
    [HEDDLE_OUTPUT_HANDLES] = "handles",
    [HEDDLE_OUTPUT_CASES] = "cases",
    NULL,
  };
  static const char *const sorts[] = {
    [HEDDLE_SORT_BEST] = "best",
    [HEDDLE_SORT_NEWEST] = "newest",
    [HEDDLE_SORT_OLDEST] = "oldest",
    NULL,
  };
  g_autoptr (GError) error = NULL;
  HeddleAskOptions options;
  int output, sort;
  if (!choose (cli, "output", outputs, &output, &error)
      || !choose (cli, "sort", sorts, &sort, &error)
      || !heddle_cli_ask_options (cli, &options, &error))
    return heddle_cli_fail (cli, error);
  options.sort = (HeddleSort)sort;
  HeddleStore *store = heddle_cli_store (cli, HEDDLE_STORE_ASK, &error);
  if (store == NULL)
    return heddle_cli_fail (cli, error);
  g_autofree char *query = heddle_cli_query (cli);
  if (output == HEDDLE_OUTPUT_THREADS)
    return heddle_cli_print_threads (cli, query, &options);
  gboolean tally = output != HEDDLE_OUTPUT_MESSAGES;
  g_autoptr (GPtrArray) rows
      = tally ? heddle_store_tally (store, query, (HeddleOutput)output, &options, &error)
              : heddle_store_search (store, query, &options, &error);
  if (rows == NULL)
    return heddle_cli_fail_query (cli, error, query);
  print_rows (cli, rows, tally);
  if (rows->len == 0)
    heddle_cli_note (cli, "nothing matches");
  return HEDDLE_EXIT_OK;
}
