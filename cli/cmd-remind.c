/* SPDX-License-Identifier: MIT */
/* heddle remind: what is due goes into the outbox as invites, and the outbox out.
 *
 * Each invite is frozen in the outbox before anything is sent, so that a run that
 * is killed and repeated sends the same bytes. --outdir takes the relay's place:
 * what is written there counts as sent. */
#include "cli/cli.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  GPtrArray *plan;  /* of HeddleOutgoing */
  GPtrArray *files; /* of char *, with --outdir */
  guint sent, failed;
  guint waiting;
} Run;

static gboolean
queue_all (HeddleStore *store, const GPtrArray *plan, GError **error)
{
  for (guint i = 0; i < plan->len; i++) {
    const HeddleOutgoing *outgoing = plan->pdata[i];
    if (!heddle_store_queue (store, outgoing->reminder, outgoing->item, error))
      return FALSE;
  }
  return TRUE;
}

/* The file is whole on the disk before the outbox says that it is sent. */
static gboolean
write_item (HeddleStore *store, HeddleOutboxItem *item, const char *dir, HeddleTime now,
            Run *run, GError **error)
{
  g_autofree char *name = g_strdup_printf ("%06" G_GINT64_FORMAT ".eml", item->id);
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autoptr (GError) trouble = NULL;
  gsize length;
  const char *data = g_bytes_get_data (item->bytes, &length);
  if (!g_file_set_contents_full (path, data, (gssize)length,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                 0600, &trouble)) {
    g_set_error (error, HEDDLE_CLI_ERROR, HEDDLE_CLI_ERROR_IO,
                 "%s; give --outdir a folder to write to", trouble->message);
    return FALSE;
  }
  item->state = HEDDLE_OUTBOX_SENT;
  item->attempts++;
  item->next = now;
  if (!heddle_store_outbox_update (store, item, error))
    return FALSE;
  g_ptr_array_add (run->files, g_steal_pointer (&path));
  run->sent++;
  return TRUE;
}

static gboolean
write_all (HeddleStore *store, const char *dir, HeddleTime now, Run *run, GError **error)
{
  g_autoptr (GPtrArray) items = heddle_store_outbox (store, HEDDLE_OUTBOX_WAITING, error);
  if (items == NULL)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    if (!write_item (store, items->pdata[i], dir, now, run, error))
      return FALSE;
  return TRUE;
}

static void
render_outgoing (HeddleJson *json, const HeddleOutgoing *outgoing)
{
  const HeddleReminder *reminder = outgoing->reminder;
  heddle_json_begin_object (json, NULL);
  heddle_json_string (json, "followup", outgoing->followup);
  heddle_json_string (json, "method", outgoing->cancel ? "CANCEL" : "REQUEST");
  heddle_json_string (json, "person", reminder->person);
  heddle_json_string (json, "address", reminder->address);
  heddle_json_string (json, "uid", reminder->uid);
  heddle_json_int (json, "sequence", reminder->sequence);
  heddle_json_time (json, "start", reminder->start);
  heddle_json_end_object (json);
}

static void
print_json (const HeddleCli *cli, const Run *run)
{
  HeddleJson *json = heddle_json_new (2);
  heddle_json_begin_object (json, NULL);
  heddle_json_string (json, "schema", "heddle.remind/1");
  heddle_json_bool (json, "dry_run", heddle_cli_flag (cli, "dry-run"));
  heddle_json_begin_array (json, "invites");
  for (guint i = 0; i < run->plan->len; i++)
    render_outgoing (json, run->plan->pdata[i]);
  heddle_json_end_array (json);
  heddle_json_int (json, "sent", run->sent);
  heddle_json_int (json, "failed", run->failed);
  heddle_json_int (json, "waiting", run->waiting);
  heddle_json_begin_array (json, "files");
  for (guint i = 0; i < run->files->len; i++)
    heddle_json_string (json, NULL, run->files->pdata[i]);
  heddle_json_end_array (json);
  heddle_json_end_object (json);
  heddle_cli_print_json (json);
}

static void
print_text (const HeddleCli *cli, const Run *run)
{
  gboolean dry = heddle_cli_flag (cli, "dry-run");
  for (guint i = 0; i < run->plan->len; i++) {
    const HeddleOutgoing *outgoing = run->plan->pdata[i];
    g_autofree char *start = heddle_text_time (outgoing->reminder->start, cli->zone);
    printf ("%s %s for %s, %s, sequence %d\n", outgoing->cancel ? "cancel" : "invite",
            outgoing->followup, outgoing->reminder->address, start,
            outgoing->reminder->sequence);
  }
  for (guint i = 0; i < run->files->len; i++)
    printf ("wrote %s\n", (char *)run->files->pdata[i]);
  if (dry)
    heddle_cli_note (cli, "%u would be mailed; nothing was written", run->plan->len);
  else
    heddle_cli_note (cli, "%u queued, %u %s, %u refused, %u waiting", run->plan->len, run->sent,
                     heddle_cli_option (cli, "outdir") != NULL ? "written" : "sent",
                     run->failed, run->waiting);
}

static gboolean
deliver_waiting (HeddleCli *cli, HeddleTime now, Run *run, GError **error)
{
  g_autoptr (GPtrArray) items = heddle_store_outbox (cli->store, HEDDLE_OUTBOX_WAITING, error);
  if (items == NULL)
    return FALSE;
  return items->len == 0 || heddle_cli_deliver (cli, now, &run->sent, &run->failed, error);
}

/* TRUE also where the relay could not be reached: @ret_relay says so. */
static gboolean
send_all (HeddleCli *cli, HeddleTime now, Run *run, GError **ret_relay, GError **error)
{
  const char *dir = heddle_cli_option (cli, "outdir");
  g_autoptr (GError) trouble = NULL;
  /* Before anything is queued: what cannot be written should not wait for a relay. */
  if (dir != NULL && g_mkdir_with_parents (dir, 0700) != 0) {
    g_set_error (error, HEDDLE_CLI_ERROR, HEDDLE_CLI_ERROR_IO,
                 "cannot make %s: %s; give --outdir a folder to write to", dir,
                 g_strerror (errno));
    return FALSE;
  }
  if (!queue_all (cli->store, run->plan, error))
    return FALSE;
  if (dir != NULL) {
    /* One that cannot be made shows when the first file is written. */
    g_mkdir_with_parents (dir, 0700);
    if (!write_all (cli->store, dir, now, run, error))
      return FALSE;
  } else if (!deliver_waiting (cli, now, run, &trouble)) {
    if (!g_error_matches (trouble, HEDDLE_FOLLOWUP_ERROR, HEDDLE_FOLLOWUP_ERROR_RELAY)) {
      g_propagate_error (error, g_steal_pointer (&trouble));
      return FALSE;
    }
    g_propagate_error (ret_relay, g_steal_pointer (&trouble));
  }
  g_autoptr (GPtrArray) waiting
      = heddle_store_outbox (cli->store, HEDDLE_OUTBOX_WAITING, error);
  if (waiting == NULL)
    return FALSE;
  run->waiting = waiting->len;
  return TRUE;
}

static int
remind (HeddleCli *cli, Run *run)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) relay = NULL;
  HeddleTime now;
  gboolean dry = heddle_cli_flag (cli, "dry-run");
  const HeddlePolicy *policy = heddle_cli_followups (
      cli, dry ? HEDDLE_STORE_READ : HEDDLE_STORE_WRITE, &now, &error);
  if (policy == NULL)
    return heddle_cli_fail (cli, error);
  run->plan = heddle_reminders_plan (policy, cli->store, now, &error);
  if (run->plan == NULL || (!dry && !send_all (cli, now, run, &relay, &error)))
    return heddle_cli_fail (cli, error);
  if (cli->json)
    print_json (cli, run);
  else
    print_text (cli, run);
  if (relay != NULL)
    return heddle_cli_fail (cli, relay);
  return run->failed > 0 ? HEDDLE_EXIT_PARTIAL : HEDDLE_EXIT_OK;
}

int
heddle_cmd_remind (HeddleCli *cli)
{
  Run run = { .files = g_ptr_array_new_with_free_func (g_free) };
  int status = remind (cli, &run);
  g_clear_pointer (&run.plan, g_ptr_array_unref);
  g_ptr_array_unref (run.files);
  return status;
}
