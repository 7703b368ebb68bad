/* SPDX-License-Identifier: MIT */
/* heddle status: counts, sizes, what waits. */
#include "config.h"

#include "cli/cli.h"

#include "spool/spool.h"

typedef struct {
  gboolean there;
  guint waiting, bad;
  HeddleTime oldest;
} Spool;

/* Opening a spool makes its folders, which is not for a question to do. */
static gboolean
ask_spool (const HeddleConfig *config, Spool *ret, GError **error)
{
  g_autofree char *new = g_build_filename (config->milter.spool, "new", NULL);
  ret->oldest = HEDDLE_TIME_NONE;
  if (!g_file_test (new, G_FILE_TEST_IS_DIR))
    return TRUE;
  g_autoptr (HeddleSpool) spool = heddle_spool_open (config->milter.spool, error);
  ret->there = spool != NULL;
  return spool != NULL
         && heddle_spool_stat (spool, &ret->waiting, &ret->bad, &ret->oldest, error);
}

static void
print_json (const HeddleCli *cli, const HeddleStoreStats *stats, const Spool *spool,
            const char *path)
{
  HeddleJson *json = heddle_json_new (2);
  heddle_json_begin_object (json, NULL);
  heddle_json_string (json, "schema", "heddle.status/1");
  heddle_json_string (json, "version", PACKAGE_VERSION);
  heddle_json_string (json, "configuration", cli->config->file);
  heddle_json_begin_object (json, "store");
  heddle_json_string (json, "path", path);
  heddle_json_int (json, "mails", (gint64)stats->mails);
  heddle_json_int (json, "messages", (gint64)stats->messages);
  heddle_json_int (json, "threads", (gint64)stats->threads);
  heddle_json_int (json, "pending", (gint64)stats->pending);
  heddle_json_int (json, "quarantined", (gint64)stats->quarantined);
  heddle_json_time (json, "last_mail", stats->last_mail);
  heddle_json_int (json, "truth_bytes", (gint64)stats->truth_bytes);
  heddle_json_int (json, "index_bytes", (gint64)stats->index_bytes);
  heddle_json_end_object (json);
  heddle_json_begin_object (json, "outbox");
  heddle_json_int (json, "waiting", (gint64)stats->waiting);
  heddle_json_int (json, "failed", (gint64)stats->failed);
  heddle_json_end_object (json);
  if (spool->there) {
    heddle_json_begin_object (json, "spool");
    heddle_json_string (json, "path", cli->config->milter.spool);
    heddle_json_int (json, "waiting", spool->waiting);
    heddle_json_int (json, "bad", spool->bad);
    heddle_json_time (json, "oldest", spool->oldest);
    heddle_json_end_object (json);
  } else
    heddle_json_null (json, "spool");
  heddle_json_end_object (json);
  heddle_cli_print_json (json);
}

static void
print_text (const HeddleCli *cli, const HeddleStoreStats *stats, const Spool *spool,
            const char *path)
{
  g_autofree char *last = heddle_text_time (stats->last_mail, cli->zone);
#define N G_GUINT64_FORMAT
  printf ("version        %s\n", PACKAGE_VERSION);
  printf ("configuration  %s\n", cli->config->file != NULL ? cli->config->file : "none");
  printf ("store          %s, %" N " + %" N " bytes\n", path, stats->truth_bytes,
          stats->index_bytes);
  printf ("mails          %" N ", the last %s\n", stats->mails, last);
  printf ("messages       %" N " in %" N " threads\n", stats->messages, stats->threads);
  printf ("pending        %" N "\nquarantined    %" N "\n", stats->pending, stats->quarantined);
  printf ("outbox         %" N " waiting, %" N " failed\n", stats->waiting, stats->failed);
#undef N
  if (spool->there)
    printf ("spool          %s, %u waiting, %u bad\n", cli->config->milter.spool,
            spool->waiting, spool->bad);
}

int
heddle_cmd_status (HeddleCli *cli)
{
  g_autoptr (GError) error = NULL;
  HeddleStoreStats stats;
  Spool spool = { 0 };
  HeddleStore *store = heddle_cli_store (cli, HEDDLE_STORE_READ, &error);
  if (store == NULL || !heddle_store_stats (store, &stats, &error)
      || !ask_spool (cli->config, &spool, &error))
    return heddle_cli_fail (cli, error);
  g_autofree char *path = heddle_config_store_path (cli->config, heddle_cli_option (cli, "db"));
  if (cli->json)
    print_json (cli, &stats, &spool, path);
  else
    print_text (cli, &stats, &spool, path);
  return HEDDLE_EXIT_OK;
}
