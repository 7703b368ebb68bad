/* SPDX-License-Identifier: MIT */
/* What a command works with, made when it is first asked for: configuration,
 * clock, store; and how a failure becomes one line and an exit status. */
#include "cli/cli.h"

#include "spool/spool.h"
#include "worker/worker.h"

#include <string.h>

void
heddle_cli_clear (HeddleCli *cli)
{
  g_clear_pointer (&cli->open, g_ptr_array_unref);
  if (cli->policy != NULL)
    cli->free_policy (g_steal_pointer (&cli->policy));
  g_clear_pointer (&cli->store, heddle_store_close);
  g_clear_pointer (&cli->zone, g_time_zone_unref);
  g_clear_pointer (&cli->config, heddle_config_free);
  g_clear_pointer (&cli->args, g_ptr_array_unref);
  g_clear_pointer (&cli->values, g_hash_table_unref);
}

const char *
heddle_cli_option (const HeddleCli *cli, const char *name)
{
  return g_hash_table_lookup (cli->values, name);
}

gboolean
heddle_cli_flag (const HeddleCli *cli, const char *name)
{
  return g_hash_table_contains (cli->values, name);
}

gboolean
heddle_cli_number (const HeddleCli *cli, const char *name, guint *ret, GError **error)
{
  const char *text = heddle_cli_option (cli, name);
  guint64 number = 0;
  if (text != NULL && !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT, &number, NULL)) {
    g_set_error (error, HEDDLE_CLI_ERROR, HEDDLE_CLI_ERROR_USAGE,
                 "--%s: \"%s\" is no number; give one from 0 on", name, text);
    return FALSE;
  }
  *ret = (guint)number;
  return TRUE;
}

const char *
heddle_cli_arg (const HeddleCli *cli, guint i)
{
  return i < cli->args->len ? cli->args->pdata[i] : NULL;
}

const HeddleConfig *
heddle_cli_config (HeddleCli *cli, GError **error)
{
  if (cli->config != NULL)
    return cli->config;
  g_autoptr (HeddleConfig) config
      = heddle_config_load (heddle_cli_option (cli, "config"), error);
  if (config == NULL)
    return NULL;
  cli->zone = heddle_zone_new (config->calendar.zone, error);
  if (cli->zone == NULL)
    return NULL;
  for (guint i = 0; i < config->warnings->len; i++)
    heddle_cli_note (cli, "%s", (char *)config->warnings->pdata[i]);
  if (config->calendar.holidays != NULL
      && !g_file_test (config->calendar.holidays, G_FILE_TEST_EXISTS))
    heddle_cli_note (cli, "%s, named by [calendar] holidays, is not there: no holiday is counted",
                     config->calendar.holidays);
  return cli->config = g_steal_pointer (&config);
}

gboolean
heddle_cli_now (HeddleCli *cli, HeddleTime *ret, GError **error)
{
  const char *text = heddle_cli_option (cli, "now");
  if (text == NULL) {
    *ret = heddle_time_now ();
    return TRUE;
  }
  if (heddle_cli_config (cli, error) == NULL)
    return FALSE;
  if (heddle_time_parse (text, cli->zone, ret, error))
    return TRUE;
  g_prefix_error (error, "--now: ");
  return FALSE;
}

HeddleStore *
heddle_cli_store (HeddleCli *cli, HeddleStoreMode mode, GError **error)
{
  const HeddleConfig *config = heddle_cli_config (cli, error);
  if (config == NULL)
    return NULL;
  g_autofree char *path = heddle_config_store_path (config, heddle_cli_option (cli, "db"));
  g_clear_pointer (&cli->store, heddle_store_close);
  return cli->store = heddle_store_open (path, mode, error);
}

gboolean
heddle_cli_ask_options (HeddleCli *cli, HeddleAskOptions *ret, GError **error)
{
  HeddleAskOptions options = { 0 };
  if (heddle_cli_config (cli, error) == NULL || !heddle_cli_now (cli, &options.now, error)
      || !heddle_cli_number (cli, "limit", &options.limit, error)
      || !heddle_cli_number (cli, "offset", &options.offset, error))
    return FALSE;
  options.zone = cli->zone;
  options.threads_in = heddle_cli_threads_in;
  options.data = cli;
  *ret = options;
  return TRUE;
}

char *
heddle_cli_query (const HeddleCli *cli)
{
  g_autoptr (GString) query = g_string_new (NULL);
  for (guint i = 0; i < cli->args->len; i++)
    g_string_append_printf (query, "%s%s", i > 0 ? " " : "", heddle_cli_arg (cli, i));
  return g_string_free (g_steal_pointer (&query), FALSE);
}

int
heddle_exit_status (const GError *error)
{
  const struct {
    GQuark domain;
    int code, status;
  } table[] = {
    { HEDDLE_CLI_ERROR, HEDDLE_CLI_ERROR_USAGE, HEDDLE_EXIT_USAGE },
    { HEDDLE_CLI_ERROR, HEDDLE_CLI_ERROR_INPUT, HEDDLE_EXIT_PARTIAL },
    { HEDDLE_CLI_ERROR, HEDDLE_CLI_ERROR_NOINPUT, HEDDLE_EXIT_NOINPUT },
    { HEDDLE_CLI_ERROR, HEDDLE_CLI_ERROR_IO, HEDDLE_EXIT_IOERR },
    { HEDDLE_CLI_ERROR, HEDDLE_CLI_ERROR_CONFIG, HEDDLE_EXIT_CONFIG },
    { HEDDLE_BASE_ERROR, HEDDLE_BASE_ERROR_TIME, HEDDLE_EXIT_USAGE },
    { HEDDLE_BASE_ERROR, HEDDLE_BASE_ERROR_CONFIG, HEDDLE_EXIT_CONFIG },
    { HEDDLE_PARSE_ERROR, HEDDLE_PARSE_ERROR_EMPTY, HEDDLE_EXIT_PARTIAL },
    { HEDDLE_PARSE_ERROR, HEDDLE_PARSE_ERROR_NOT_MAIL, HEDDLE_EXIT_PARTIAL },
    { HEDDLE_PARSE_ERROR, HEDDLE_PARSE_ERROR_LIMIT, HEDDLE_EXIT_PARTIAL },
    { HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_MISSING, HEDDLE_EXIT_NOINPUT },
    { HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_UNKNOWN, HEDDLE_EXIT_PARTIAL },
    { HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_AMBIGUOUS, HEDDLE_EXIT_PARTIAL },
    { HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_LOCKED, HEDDLE_EXIT_TEMPFAIL },
    { HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_DISK, HEDDLE_EXIT_IOERR },
    { HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_CORRUPT, HEDDLE_EXIT_IOERR },
    { HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_VERSION, HEDDLE_EXIT_IOERR },
    { HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_QUERY, HEDDLE_EXIT_USAGE },
    { HEDDLE_FOLLOWUP_ERROR, HEDDLE_FOLLOWUP_ERROR_HOLIDAYS, HEDDLE_EXIT_CONFIG },
    { HEDDLE_FOLLOWUP_ERROR, HEDDLE_FOLLOWUP_ERROR_CONFIG, HEDDLE_EXIT_CONFIG },
    { HEDDLE_FOLLOWUP_ERROR, HEDDLE_FOLLOWUP_ERROR_RELAY, HEDDLE_EXIT_TEMPFAIL },
    { HEDDLE_FOLLOWUP_ERROR, HEDDLE_FOLLOWUP_ERROR_REFUSED, HEDDLE_EXIT_PARTIAL },
    { HEDDLE_SPOOL_ERROR, HEDDLE_SPOOL_ERROR_MISSING, HEDDLE_EXIT_IOERR },
    { HEDDLE_SPOOL_ERROR, HEDDLE_SPOOL_ERROR_DISK, HEDDLE_EXIT_IOERR },
    { HEDDLE_SPOOL_ERROR, HEDDLE_SPOOL_ERROR_LOCKED, HEDDLE_EXIT_TEMPFAIL },
    { HEDDLE_WORKER_ERROR, HEDDLE_WORKER_ERROR_CHILD, HEDDLE_EXIT_TEMPFAIL },
    { HEDDLE_WORKER_ERROR, HEDDLE_WORKER_ERROR_BROKEN, HEDDLE_EXIT_PARTIAL },
    { HEDDLE_WORKER_ERROR, HEDDLE_WORKER_ERROR_PARSE, HEDDLE_EXIT_PARTIAL },
    { HEDDLE_WORKER_ERROR, HEDDLE_WORKER_ERROR_SOURCE, HEDDLE_EXIT_PARTIAL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_error_matches (error, table[i].domain, table[i].code))
      return table[i].status;
  return HEDDLE_EXIT_SOFTWARE;
}

static void
say (const HeddleCli *cli, const char *text)
{
  g_autofree char *clean = heddle_clean (text, TRUE);
  fprintf (stderr, "heddle: %s%s%s\n", cli->command != NULL ? cli->command->name : "",
           cli->command != NULL ? ": " : "", clean);
}

int
heddle_cli_fail (const HeddleCli *cli, const GError *error)
{
  say (cli, error->message);
  return heddle_exit_status (error);
}

void
heddle_cli_note (const HeddleCli *cli, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  say (cli, text);
}

void
heddle_cli_note_no_policy (const HeddleCli *cli)
{
  heddle_cli_note (cli, "the configuration does not say who we are, so nothing is open; see "
                        "[us] in heddle.conf(5)");
}

void
heddle_cli_print_json (HeddleJson *json)
{
  g_autofree char *text = heddle_json_finish (json);
  fputs (text, stdout);
  fputc ('\n', stdout);
}

int
heddle_cli_print_mail (HeddleCli *cli, const char *mail)
{
  g_autoptr (GError) error = NULL;
  HeddleStore *store = heddle_cli_store (cli, HEDDLE_STORE_ASK, &error);
  g_autoptr (GBytes) bytes = store != NULL ? heddle_store_raw (store, mail, &error) : NULL;
  if (bytes == NULL)
    return heddle_cli_fail (cli, error);
  gsize length;
  gconstpointer data = g_bytes_get_data (bytes, &length);
  fwrite (data, 1, length, stdout);
  return HEDDLE_EXIT_OK;
}
