/* SPDX-License-Identifier: MIT */
/* heddle check: whether the store still says what it was told. */
#include "cli/cli.h"

/* How a part is called, and what helps where it is damaged. */
static const struct {
  const char *name, *remedy;
} parts[] = {
  [HEDDLE_FAULT_TRUTH] = { "store", "put a backup of the store in its place" },
  [HEDDLE_FAULT_MAIL] = { "mail", "take this mail from a backup or ask its sender again" },
  [HEDDLE_FAULT_INDEX] = { "index", "run 'heddle rebuild'" },
};

static void
show_progress (guint64 done, guint64 all, gpointer user_data)
{
  heddle_progress (user_data, "mails", done, all);
}

static void
print_json (const HeddleCheck *check)
{
  HeddleJson *json = heddle_json_new (2);
  heddle_json_begin_object (json, NULL);
  heddle_json_string (json, "schema", "heddle.check/1");
  heddle_json_bool (json, "ok", check->faults->len == 0);
  heddle_json_int (json, "mails", (gint64)check->mails);
  heddle_json_int (json, "bytes", (gint64)check->bytes);
  heddle_json_int (json, "indexed", (gint64)check->indexed);
  heddle_json_int (json, "quarantined", (gint64)check->quarantined);
  heddle_json_int (json, "pending", (gint64)check->pending);
  heddle_json_begin_array (json, "faults");
  for (guint i = 0; i < check->faults->len; i++) {
    const HeddleFault *fault = check->faults->pdata[i];
    heddle_json_begin_object (json, NULL);
    heddle_json_string (json, "part", parts[fault->part].name);
    heddle_json_string (json, "mail", fault->mail);
    heddle_json_string (json, "what", fault->what);
    heddle_json_string (json, "remedy", parts[fault->part].remedy);
    heddle_json_end_object (json);
  }
  heddle_json_end_array (json);
  heddle_json_end_object (json);
  heddle_cli_print_json (json);
}

static void
print_text (const HeddleCheck *check)
{
  for (guint i = 0; i < check->faults->len; i++) {
    const HeddleFault *fault = check->faults->pdata[i];
    g_autofree char *what = heddle_excerpt (fault->what, 200);
    printf ("%s%s%s: %s\n", parts[fault->part].name, fault->mail != NULL ? " " : "",
            fault->mail != NULL ? fault->mail : "", what);
  }
#define N G_GUINT64_FORMAT
  printf ("%" N " mails, %" N " bytes as they came; %" N " indexed, %" N " in quarantine, %" N
          " pending; %u faults\n",
          check->mails, check->bytes, check->indexed, check->quarantined, check->pending,
          check->faults->len);
#undef N
}

/* One line for each part that is damaged, however often. */
static void
note_remedies (const HeddleCli *cli, const HeddleCheck *check)
{
  gboolean said[G_N_ELEMENTS (parts)] = { FALSE };
  for (guint i = 0; i < check->faults->len; i++) {
    const HeddleFault *fault = check->faults->pdata[i];
    if (!said[fault->part])
      heddle_cli_note (cli, "the %s is damaged; %s", parts[fault->part].name,
                       parts[fault->part].remedy);
    said[fault->part] = TRUE;
  }
}

int
heddle_cmd_check (HeddleCli *cli)
{
  g_autoptr (GError) error = NULL;
  HeddleProgress progress = { 0 };
  if (heddle_cli_config (cli, &error) == NULL)
    return heddle_cli_fail (cli, error);
  g_autofree char *path = heddle_config_store_path (cli->config, heddle_cli_option (cli, "db"));
  g_autoptr (HeddleCheck) check = heddle_store_check (path, show_progress, &progress, &error);
  heddle_progress_end (&progress);
  if (check == NULL)
    return heddle_cli_fail (cli, error);
  if (cli->json)
    print_json (check);
  else
    print_text (check);
  note_remedies (cli, check);
  return check->faults->len == 0 ? HEDDLE_EXIT_OK : HEDDLE_EXIT_PARTIAL;
}
