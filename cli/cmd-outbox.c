/* SPDX-License-Identifier: MIT */
/* heddle outbox: mail that waits to leave, failed for good, or was sent. */
#include "cli/cli.h"

#include <string.h>

static const char *const states[] = {
  [HEDDLE_OUTBOX_WAITING] = "waiting",
  [HEDDLE_OUTBOX_SENT] = "sent",
  [HEDDLE_OUTBOX_FAILED] = "failed",
  NULL,
};

static void
render_item (HeddleJson *json, const HeddleOutboxItem *item)
{
  heddle_json_begin_object (json, NULL);
  heddle_json_int (json, "id", item->id);
  heddle_json_string (json, "state", states[item->state]);
  heddle_json_string (json, "sender", item->sender);
  heddle_json_string (json, "rcpt", item->rcpt);
  heddle_json_time (json, "queued", item->queued);
  heddle_json_time (json, "next",
                    item->state == HEDDLE_OUTBOX_WAITING ? item->next : HEDDLE_TIME_NONE);
  heddle_json_int (json, "attempts", item->attempts);
  heddle_json_string (json, "trouble", item->trouble);
  heddle_json_int (json, "size", (gint64)g_bytes_get_size (item->bytes));
  heddle_json_end_object (json);
}

static void
print_item (const HeddleOutboxItem *item, GTimeZone *zone)
{
  g_autofree char *queued = heddle_text_time (item->queued, zone);
  g_autofree char *next = heddle_text_time (item->next, zone);
  g_autofree char *rcpt = heddle_clean (item->rcpt, TRUE);
  g_autofree char *trouble = heddle_excerpt (item->trouble, 160);
  printf ("%6" G_GINT64_FORMAT "  %-7s  %s  to %s, tried %d times", item->id,
          states[item->state], queued, rcpt, item->attempts);
  if (item->state == HEDDLE_OUTBOX_WAITING)
    printf (", next %s", next);
  printf ("%s%s\n", *trouble != '\0' ? "\n          " : "", trouble);
}

int
heddle_cmd_outbox (HeddleCli *cli)
{
  g_autoptr (GError) error = NULL;
  const char *wanted = heddle_cli_option (cli, "state");
  if (wanted != NULL && !g_strv_contains (states, wanted)) {
    heddle_cli_note (cli, "--state=%s is none of waiting, failed, sent", wanted);
    return HEDDLE_EXIT_USAGE;
  }
  HeddleStore *store = heddle_cli_store (cli, HEDDLE_STORE_READ, &error);
  if (store == NULL)
    return heddle_cli_fail (cli, error);
  g_autoptr (HeddleJson) json = cli->json ? heddle_json_new (2) : NULL;
  guint shown = 0;
  if (json != NULL)
    heddle_json_begin_array (json, NULL);
  for (int state = 0; states[state] != NULL; state++) {
    if (wanted != NULL ? strcmp (wanted, states[state]) != 0 : state == HEDDLE_OUTBOX_SENT)
      continue;
    g_autoptr (GPtrArray) items = heddle_store_outbox (store, (HeddleOutboxState)state, &error);
    if (items == NULL) {
      g_clear_pointer (&json, heddle_json_free);
      return heddle_cli_fail (cli, error);
    }
    for (guint i = 0; i < items->len; i++, shown++) {
      if (json != NULL)
        render_item (json, items->pdata[i]);
      else
        print_item (items->pdata[i], cli->zone);
    }
  }
  if (json != NULL) {
    heddle_json_end_array (json);
    heddle_cli_print_json (g_steal_pointer (&json));
  }
  if (shown == 0)
    heddle_cli_note (cli, "nothing is there");
  return HEDDLE_EXIT_OK;
}
