/* SPDX-License-Identifier: MIT */
/* heddle export: a thread as the JSON of `heddle show`, as an mbox, as a page or as a calendar. */
#include "cli/export.h"

#include <string.h>

static int
print_html (G_GNUC_UNUSED HeddleCli *cli, const HeddleExport *export,
            G_GNUC_UNUSED GError **error)
{
  g_autofree char *page = heddle_export_html (export);
  fputs (page, stdout);
  return HEDDLE_EXIT_OK;
}

static int
print_ics (HeddleCli *cli, const HeddleExport *export, G_GNUC_UNUSED GError **error)
{
  g_autofree char *calendar = heddle_agenda (export->followups);
  fputs (calendar, stdout);
  if (!cli->config->has_policy)
    heddle_cli_note_no_policy (cli);
  return HEDDLE_EXIT_OK;
}

static const struct {
  const char *name;
  int (*print) (HeddleCli *cli, const HeddleExport *export, GError **error);
} forms[] = {
  { "html", print_html },
  { "ics", print_ics },
  { "mbox", heddle_export_mbox },
};

/* What a form may say of @thread; the ledger is read at the present time, but only a time
 * that was given is said. */
static int
print_form (HeddleCli *cli, gsize form, GError **error)
{
  HeddleTime now;
  const HeddlePolicy *policy = heddle_cli_followups (cli, HEDDLE_STORE_READ, &now, error);
  g_autoptr (HeddleThread) thread
      = policy != NULL ? heddle_cli_thread (cli, heddle_cli_arg (cli, 0), error)
                       : NULL;
  g_autoptr (GPtrArray) decisions
      = thread != NULL ? heddle_store_decisions (cli->store, error) : NULL;
  if (decisions == NULL)
    return -1;
  g_autoptr (GPtrArray) followups = heddle_ledger (policy, thread, decisions, now);
  HeddleExport export
      = { .thread = thread,
          .state = heddle_ledger_state (followups),
          .followups = followups,
          .zone = cli->zone,
          .zone_name = cli->config->calendar.zone,
          .now = heddle_cli_option (cli, "now") != NULL ? now : HEDDLE_TIME_NONE };
  return forms[form].print (cli, &export, error);
}

int
heddle_cmd_export (HeddleCli *cli)
{
  const char *format = heddle_cli_option (cli, "format");
  if (format == NULL || strcmp (format, "json") == 0) {
    cli->json = TRUE;
    return heddle_cmd_show (cli);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    if (strcmp (forms[i].name, format) == 0) {
      g_autoptr (GError) error = NULL;
      int status = print_form (cli, i, &error);
      return status >= 0 ? status : heddle_cli_fail (cli, error);
    }
  heddle_cli_note (cli, "--format=%s is no form it knows; use json, mbox, html or ics", format);
  return HEDDLE_EXIT_USAGE;
}
