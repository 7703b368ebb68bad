/* SPDX-License-Identifier: MIT */
/* heddle-deliver: the outbox to the relay. The only program that speaks SMTP, and it does
 * nothing else: `heddle remind` runs it, so that what reads mail has no SMTP client in it.
 *
 *   heddle-deliver STORE NOW [CONFIG]
 *
 * STORE is the store's path, NOW the seconds since 1970 that count as the present, CONFIG
 * the configuration; without it heddle.conf is found as `heddle` finds it. Prints how many
 * mails went and how many were refused for good, two numbers on a line; an error is one
 * line on standard error, and the exit status its kind. Not for people: it explains
 * nothing. Whatever it did is in the outbox. */
#include "config.h"

#include <locale.h>
#include <stdio.h>

#include "cli/deliver.h"
#include "followup/followup.h"

static int
status_of (const GError *error)
{
  if (g_error_matches (error, HEDDLE_FOLLOWUP_ERROR, HEDDLE_FOLLOWUP_ERROR_RELAY))
    return HEDDLE_DELIVER_RELAY;
  if (g_error_matches (error, HEDDLE_FOLLOWUP_ERROR, HEDDLE_FOLLOWUP_ERROR_CONFIG)
      || error->domain == HEDDLE_BASE_ERROR)
    return HEDDLE_EXIT_CONFIG;
  if (g_error_matches (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_LOCKED))
    return HEDDLE_EXIT_TEMPFAIL;
  return error->domain == G_NUMBER_PARSER_ERROR ? HEDDLE_EXIT_USAGE : HEDDLE_EXIT_IOERR;
}

static gboolean
deliver (const char *path, const char *said, const char *config_path, GError **error)
{
  gint64 now;
  guint sent = 0, failed = 0;
  if (!g_ascii_string_to_signed (said, 10, G_MININT64, G_MAXINT64, &now, error))
    return FALSE;
  g_autoptr (HeddleConfig) config = heddle_config_load (config_path, error);
  g_autoptr (HeddleStore) store
      = config != NULL ? heddle_store_open (path, HEDDLE_STORE_WRITE, error) : NULL;
  if (store == NULL)
    return FALSE;
  gboolean done = heddle_outbox_deliver (config, store, now, &sent, &failed, error);
  printf ("%u %u\n", sent, failed);
  return done;
}

int
main (int argc, char **argv)
{
  setlocale (LC_CTYPE, "");
  g_autoptr (GError) error = NULL;
  if (argc < 3 || argc > 4) {
    fputs ("heddle-deliver: 'heddle remind' runs this; run that\n", stderr);
    return HEDDLE_EXIT_USAGE;
  }
  if (deliver (argv[1], argv[2], argc > 3 ? argv[3] : NULL, &error))
    return HEDDLE_EXIT_OK;
  fprintf (stderr, "%s\n", error->message);
  return status_of (error);
}
