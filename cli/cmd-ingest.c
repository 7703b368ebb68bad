/* SPDX-License-Identifier: MIT */
/* heddle ingest: mails from files into the store, a line of JSON each if asked.
 *
 * The parse child is forked before anything is opened. What one mail does wrong is
 * said and the next goes on; what the store does wrong ends it. */
#include "cli/cli.h"

#include "worker/worker.h"

#include <string.h>

/* A transaction's mails: enough that syncing is cheap, few enough that a crash
 * costs little. */
#define BATCH 500

typedef struct {
  HeddleCli *cli;
  HeddlePipeline *pipeline;
  gboolean verified;
  HeddleTime now;
  guint64 fates[HEDDLE_FATE_REFUSED + 1];
  guint64 added, done;
  HeddleProgress progress;
  GError *error; /* why it ended early */
} Ingest;

typedef struct { /* where a mail came from */
  char *path;
  gint64 offset;
} Origin;

static void
print_line (const Origin *origin, const HeddleOutcome *outcome)
{
  const HeddleIndexed *indexed = outcome->indexed;
  HeddleJson *json = heddle_json_new (0);
  heddle_json_begin_object (json, NULL);
  heddle_json_string (json, "path", origin->path);
  heddle_json_int (json, "offset", origin->offset);
  heddle_json_string (json, "status", heddle_fate_name (outcome->fate));
  heddle_json_string (json, "thread", indexed != NULL ? indexed->thread : NULL);
  heddle_json_string (json, "message", indexed != NULL ? indexed->message : NULL);
  heddle_json_int (json, "added", indexed != NULL ? indexed->added : 0);
  heddle_json_int (json, "merged", indexed != NULL ? indexed->merged : 0);
  heddle_json_string (json, "error", outcome->error);
  heddle_json_end_object (json);
  heddle_cli_print_json (json);
}

static void
report (Ingest *ingest, const Origin *origin, const HeddleOutcome *outcome)
{
  ingest->fates[outcome->fate]++;
  ingest->added += outcome->indexed != NULL ? outcome->indexed->added : 0;
  if (outcome->fate == HEDDLE_FATE_QUARANTINED || outcome->fate == HEDDLE_FATE_REFUSED) {
    heddle_progress_end (&ingest->progress);
    g_autofree char *place = origin->offset > 0
                                 ? g_strdup_printf (", byte %" G_GINT64_FORMAT, origin->offset)
                                 : g_strdup ("");
    heddle_cli_note (ingest->cli, "%s%s: %s: %s", origin->path, place,
                     heddle_fate_name (outcome->fate),
                     outcome->error != NULL ? outcome->error : "no reason was given");
  }
  if (ingest->cli->json)
    print_line (origin, outcome);
  heddle_progress (&ingest->progress, "mails", ++ingest->done, 0);
}

/* A path that gave no mail at all, in the form in which a mail is told of. */
static void
report_path (Ingest *ingest, const char *path, const char *trouble)
{
  Origin origin = { (char *)path, 0 };
  HeddleOutcome outcome = { .fate = HEDDLE_FATE_REFUSED, .error = trouble };
  report (ingest, &origin, &outcome);
}

static void
take_outcome (const HeddleOutcome *outcome, gpointer user_data)
{
  Origin *origin = outcome->tag;
  report (user_data, origin, outcome);
  g_free (origin->path);
  g_free (origin);
}

static gboolean
take_mail (const char *path, gint64 offset, GBytes *bytes, const char *error_text,
           gpointer user_data)
{
  Ingest *ingest = user_data;
  if (bytes == NULL) {
    report_path (ingest, path, error_text);
    return TRUE;
  }
  HeddleStoreMail *mail = g_new0 (HeddleStoreMail, 1);
  mail->bytes = g_bytes_ref (bytes);
  mail->envelope = g_new0 (HeddleEnvelope, 1);
  mail->envelope->path = g_strdup (path);
  mail->received = ingest->now;
  mail->verified = ingest->verified;
  Origin *origin = g_new0 (Origin, 1);
  origin->path = g_strdup (path);
  origin->offset = offset;
  return heddle_pipeline_add (ingest->pipeline, mail, origin, &ingest->error);
}

/* Each PATH; one that is not there is said and counted, and only then it is the
 * whole that failed when there is no other. */
static int
take_paths (Ingest *ingest)
{
  const HeddleCli *cli = ingest->cli;
  int status = HEDDLE_EXIT_OK;
  for (guint i = 0; i < cli->args->len && ingest->error == NULL; i++) {
    const char *path = heddle_cli_arg (cli, i);
    g_autoptr (GError) trouble = NULL;
    gboolean absent = strcmp (path, "-") != 0 && !g_file_test (path, G_FILE_TEST_EXISTS);
    if (absent) {
      report_path (ingest, path, "no such file or folder; give one that is there");
      status = cli->args->len == 1 ? HEDDLE_EXIT_NOINPUT : HEDDLE_EXIT_PARTIAL;
    } else if (!heddle_source_each (path, take_mail, ingest, &trouble)) {
      report_path (ingest, path, trouble->message);
      status = HEDDLE_EXIT_PARTIAL;
    }
  }
  return status;
}

static void
summarize (const Ingest *ingest)
{
  const guint64 *fates = ingest->fates;
  heddle_cli_note (ingest->cli,
                   "%" G_GUINT64_FORMAT " stored, %" G_GUINT64_FORMAT
                   " known already, %" G_GUINT64_FORMAT " quarantined, %" G_GUINT64_FORMAT
                   " refused; %" G_GUINT64_FORMAT " messages new",
                   fates[HEDDLE_FATE_STORED], fates[HEDDLE_FATE_DUPLICATE],
                   fates[HEDDLE_FATE_QUARANTINED], fates[HEDDLE_FATE_REFUSED], ingest->added);
}

int
heddle_cmd_ingest (HeddleCli *cli)
{
  g_autoptr (GError) error = NULL;
  Ingest ingest = { .cli = cli, .verified = !heddle_cli_flag (cli, "unverified") };
  if (heddle_cli_config (cli, &error) == NULL || !heddle_cli_now (cli, &ingest.now, &error))
    return heddle_cli_fail (cli, error);
  g_autoptr (HeddleChild) child = heddle_child_new (NULL, &error);
  if (child == NULL)
    return heddle_cli_fail (cli, error);
  HeddleStore *store = heddle_cli_store (cli, HEDDLE_STORE_WRITE, &error);
  if (store == NULL)
    return heddle_cli_fail (cli, error);
  g_autoptr (HeddlePipeline) pipeline
      = heddle_pipeline_new (cli->config, store, child, BATCH, take_outcome, &ingest);
  ingest.pipeline = pipeline;
  if (!heddle_pipeline_catch_up (pipeline, NULL, NULL, NULL, NULL, &error))
    return heddle_cli_fail (cli, error);
  int status = take_paths (&ingest);
  if (ingest.error == NULL)
    heddle_pipeline_flush (pipeline, &ingest.error);
  heddle_progress_end (&ingest.progress);
  if (status != HEDDLE_EXIT_NOINPUT)
    summarize (&ingest);
  if (ingest.error != NULL) {
    error = ingest.error;
    return heddle_cli_fail (cli, error);
  }
  if (status == HEDDLE_EXIT_OK
      && ingest.fates[HEDDLE_FATE_QUARANTINED] + ingest.fates[HEDDLE_FATE_REFUSED] > 0)
    status = HEDDLE_EXIT_PARTIAL;
  return status;
}
