/* SPDX-License-Identifier: MIT */
/* heddle-milter: options and configuration, then libmilter until a signal.
 *
 * It runs in the foreground and logs to standard error, as a service manager wants
 * it. It has no database, parses nothing and opens no connection. */
#include "config.h"

#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <libmilter/mfapi.h>

#include "milter/listen.h"
#include "milter/session.h"

/* Postfix lets header fields of 100 KB through; libmilter's own bound of 64 KB would
 * end the session at each attempt until the mail bounces. */
#define DATA_SIZE (1 << 20)
/* A session has a socket and a file in the spool; and something for the rest. */
#define FILES(sessions) ((rlim_t) (sessions) * 2 + 64)

static struct {
  char *config, *socket, *spool, *group;
  gboolean allow_root, version;
} options;

static const GOptionEntry entries[] = {
  { "config", 0, 0, G_OPTION_ARG_FILENAME, &options.config, "Read FILE as configuration", "FILE" },
  { "socket", 0, 0, G_OPTION_ARG_STRING, &options.socket,
    "Listen on ADDRESS: unix:/path or inet:port@host", "ADDRESS" },
  { "socket-group", 0, 0, G_OPTION_ARG_STRING, &options.group,
    "Let members of GROUP open the unix socket", "GROUP" },
  { "spool", 0, 0, G_OPTION_ARG_FILENAME, &options.spool, "Keep mail in DIR", "DIR" },
  { "allow-root", 0, 0, G_OPTION_ARG_NONE, &options.allow_root, "Run as root; for tests", NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, &options.version, "Print the version", NULL },
  { NULL },
};

static int
fail (int status, const char *what)
{
  fprintf (stderr, "heddle-milter: %s\n", what);
  return status;
}

static void
take_option (char **option, char **setting)
{
  if (*option == NULL)
    return;
  g_free (*setting);
  *setting = g_steal_pointer (option);
}

static HeddleConfig *
load (GError **error)
{
  HeddleConfig *config = heddle_config_load (options.config, error);
  if (config == NULL)
    return NULL;
  take_option (&options.socket, &config->milter.socket);
  take_option (&options.spool, &config->milter.spool);
  take_option (&options.group, &config->milter.socket_group);
  return config;
}

static void
allow_files (const HeddleConfig *config)
{
  struct rlimit files, none = { 0, 0 };
  (void) setrlimit (RLIMIT_CORE, &none);
  rlim_t want = FILES (config->milter.max_sessions);
  if (getrlimit (RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= want)
    return;
  files.rlim_cur = MIN (want, files.rlim_max);
  if (setrlimit (RLIMIT_NOFILE, &files) != 0 || files.rlim_cur < want)
    heddle_log (HEDDLE_LOG_WARNING, "few-files", "cause",
                "the limit of open files is too low for milter.max-sessions", NULL);
}

static int
serve (const HeddleConfig *config, HeddleSpool *spool)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *address = heddle_listen_address (config->milter.socket, &error);
  if (address == NULL)
    return fail (HEDDLE_EXIT_CONFIG, error->message);
  (void) smfi_setmaxdatasize (DATA_SIZE);
  /* Over TCP pieces without an answer would wait for delayed acknowledgements. */
  gboolean quiet = !g_str_has_prefix (address, "inet");
  if (!heddle_session_register (config, spool, quiet))
    return fail (HEDDLE_EXIT_SOFTWARE, "libmilter does not take the callbacks");
  if (!heddle_listen_open (address, config->milter.socket_group, &error))
    return fail (HEDDLE_EXIT_UNAVAILABLE, error->message);
  heddle_log (HEDDLE_LOG_NOTICE, "milter-ready", "socket", address, "deliver",
              config->milter.discard ? "discard" : "pass", NULL);
  gboolean good = smfi_main () == MI_SUCCESS;
  heddle_listen_close (address);
  if (!good)
    return fail (HEDDLE_EXIT_UNAVAILABLE, "libmilter gave up");
  heddle_log (HEDDLE_LOG_NOTICE, "milter-stopped", NULL);
  return HEDDLE_EXIT_OK;
}

static int
run (void)
{
  g_autoptr (GError) error = NULL;
  if (geteuid () == 0 && !options.allow_root)
    return fail (HEDDLE_EXIT_CONFIG, "not as root: start it as a user of its own, as the systemd "
                                     "unit does, or say --allow-root");
  g_autoptr (HeddleConfig) config = load (&error);
  if (config == NULL)
    return fail (HEDDLE_EXIT_CONFIG, error->message);
  if (config->milter.inboxes[0] == NULL)
    return fail (HEDDLE_EXIT_CONFIG,
                 "no inboxes: say in [milter] of heddle.conf which addresses are the archive's");
  umask (0077);
  allow_files (config);
  g_autoptr (HeddleSpool) spool = heddle_spool_open (config->milter.spool, &error);
  if (spool == NULL)
    return fail (HEDDLE_EXIT_IOERR, error->message);
  return serve (config, spool);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_option_context_set_summary (
      context, "Keeps mail to the archive's inboxes in a spool, durable before it is answered.");
  g_option_context_add_main_entries (context, entries, NULL);
  int status;
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    status = fail (HEDDLE_EXIT_USAGE, error->message);
  } else if (argc > 1) {
    status = fail (HEDDLE_EXIT_USAGE, "takes options only; see --help");
  } else if (options.version) {
    puts ("heddle-milter " PACKAGE_VERSION);
    status = HEDDLE_EXIT_OK;
  } else {
    status = run ();
  }
  g_free (options.config);
  g_free (options.socket);
  g_free (options.spool);
  g_free (options.group);
  return status;
}
