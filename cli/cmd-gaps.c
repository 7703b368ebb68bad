/* SPDX-License-Identifier: MIT */
/* heddle gaps: what others answer or name and nobody showed us.
 *
 * Without THREAD every thread is read, one at a time: the cost grows with the store,
 * memory with the largest thread and with what is missing. */
#include "cli/cli.h"

/* Of the evidence for one gap, in the text for people. */
#define EVIDENCE_SHOWN 5

typedef struct {
  HeddleCli *cli;
  HeddleJson *json; /* (nullable): text for people */
  guint limit, n;
} Output;

static void
print_evidence (const HeddleThread *thread, const HeddleGapEvidence *evidence)
{
  static const char *const words[]
      = { "answered by", "referred to by", "named by", "captioned by", "spoken of by" };
  const HeddleNode *node = thread->messages->pdata[evidence->message];
  g_autofree char *who = heddle_text_person (node->message->from);
  g_autofree char *when = heddle_text_date (node->message->date);
  g_autofree char *text = evidence->text != NULL ? heddle_excerpt (evidence->text, 100) : NULL;
  printf ("    %s %s, %s  %s%s%s", words[evidence->reason], who, when,
          heddle_style (HEDDLE_STYLE_DIM), node->id, heddle_style (HEDDLE_STYLE_PLAIN));
  if (text != NULL)
    printf ("\n      \"%s\"", text);
  putchar ('\n');
}

static void
print_times (HeddleCli *cli, const HeddleGap *gap)
{
  if (gap->kind != HEDDLE_GAP_MESSAGE)
    return;
  g_autofree char *after = heddle_text_time (gap->after, cli->zone);
  g_autofree char *before = heddle_text_time (gap->before, cli->zone);
  if (gap->after != HEDDLE_TIME_NONE && gap->before != HEDDLE_TIME_NONE)
    printf ("    sent between %s and %s\n", after, before);
  else if (gap->after != HEDDLE_TIME_NONE)
    printf ("    sent after %s\n", after);
  else if (gap->before != HEDDLE_TIME_NONE)
    printf ("    sent before %s\n", before);
}

static void
print_gap (HeddleCli *cli, const HeddleThread *thread, const HeddleGap *gap)
{
  const HeddleNode *node = thread->messages->pdata[gap->message];
  g_autofree char *name = gap->name != NULL ? heddle_clean (gap->name, TRUE) : NULL;
  g_autofree char *message_id = heddle_clean (node->message->message_id, TRUE);
  g_autofree char *author
      = gap->likely_author != NULL ? heddle_text_person (gap->likely_author) : NULL;
  g_autofree char *ask = gap->ask != NULL ? heddle_text_person (gap->ask) : NULL;
  g_autofree char *sentence = heddle_clean (gap->sentence, TRUE);

  if (gap->kind == HEDDLE_GAP_MESSAGE)
    printf ("  a message, %s%s%s  %s\n", *message_id != '\0' ? "Message-ID " : "", message_id,
            author != NULL ? ", likely from " : "", author != NULL ? author : "");
  else
    printf ("  a file%s%s\n", name != NULL ? ": " : " without a name", name != NULL ? name : "");
  print_times (cli, gap);
  for (guint i = 0; i < gap->evidence->len && i < EVIDENCE_SHOWN; i++)
    print_evidence (thread, gap->evidence->pdata[i]);
  if (gap->evidence->len > EVIDENCE_SHOWN)
    printf ("    and by %u more\n", gap->evidence->len - EVIDENCE_SHOWN);
  printf ("    %sask %s:%s %s\n", heddle_style (HEDDLE_STYLE_GREEN),
          ask != NULL ? ask : "whoever may have it", heddle_style (HEDDLE_STYLE_PLAIN), sentence);
}

static gboolean
is_full (const Output *output)
{
  return output->limit > 0 && output->n >= output->limit;
}

static void
print_thread (Output *output, const HeddleThread *thread)
{
  g_autoptr (GPtrArray) gaps = heddle_gaps (thread, output->cli->config);
  if (gaps->len > 0 && output->json == NULL) {
    g_autofree char *subject
        = heddle_excerpt (thread->subject != NULL ? thread->subject : "(no subject)", 60);
    printf ("%s%s%s  %s\n", heddle_style (HEDDLE_STYLE_BOLD), subject,
            heddle_style (HEDDLE_STYLE_PLAIN), thread->id);
  }
  for (guint i = 0; i < gaps->len && !is_full (output); i++, output->n++)
    if (output->json != NULL)
      heddle_render_gap (output->json, thread, gaps->pdata[i]);
    else
      print_gap (output->cli, thread, gaps->pdata[i]);
}

static gboolean
print_all (Output *output, const HeddleAskOptions *options, GError **error)
{
  HeddleStore *store = output->cli->store;
  HeddleAskOptions all = *options;
  HeddleProgress progress = { 0 };
  all.limit = all.offset = 0;
  all.sort = HEDDLE_SORT_NEWEST;
  g_autoptr (GPtrArray) summaries = heddle_store_threads (store, NULL, &all, error);
  if (summaries == NULL)
    return FALSE;
  gboolean done = TRUE;
  for (guint i = 0; i < summaries->len && done && !is_full (output); i++) {
    const HeddleThread *summary = ((HeddleThreadSummary *)summaries->pdata[i])->thread;
    g_autoptr (HeddleThread) thread = heddle_store_thread (store, summary->id, error);
    heddle_progress (&progress, "threads read", i, summaries->len);
    done = thread != NULL;
    if (done)
      print_thread (output, thread);
  }
  heddle_progress_end (&progress);
  return done;
}

int
heddle_cmd_gaps (HeddleCli *cli)
{
  g_autoptr (GError) error = NULL;
  HeddleAskOptions options;
  const char *id = heddle_cli_arg (cli, 0);
  if (!heddle_cli_ask_options (cli, &options, &error)
      || heddle_cli_store (cli, HEDDLE_STORE_READ, &error) == NULL)
    return heddle_cli_fail (cli, error);
  g_autoptr (HeddleJson) json = cli->json ? heddle_json_new (2) : NULL;
  Output output = { cli, json, options.limit, 0 };
  if (json != NULL)
    heddle_json_begin_array (json, NULL);
  g_autoptr (HeddleThread) thread
      = id != NULL ? heddle_cli_thread (cli, id, &error) : NULL;
  if (thread != NULL)
    print_thread (&output, thread);
  if ((id != NULL && thread == NULL) || (id == NULL && !print_all (&output, &options, &error)))
    return heddle_cli_fail (cli, error);
  if (json != NULL) {
    heddle_json_end_array (json);
    heddle_cli_print_json (g_steal_pointer (&json));
  }
  if (output.n == 0)
    heddle_cli_note (cli, "nothing is missing");
  return HEDDLE_EXIT_OK;
}
