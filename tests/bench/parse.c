/* SPDX-License-Identifier: MIT */
/* How Heddle's reading of mails compares with GMime's bare parsing and decoding, on
 * the files below a folder. Rounds alternate, so that a busy machine slows both. */
#include "parser/mail.h"

#include <gmime/gmime.h>
#include <stdio.h>
#include <stdlib.h>

#define ROUNDS 5

static void
load (const char *path, GPtrArray *mails)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  char *bytes;
  gsize length;

  if (dir == NULL) {
    if (g_file_get_contents (path, &bytes, &length, NULL))
      g_ptr_array_add (mails, g_bytes_new_take (bytes, length));
    return;
  }
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *below = g_build_filename (path, name, NULL);

    load (below, mails);
  }
}

static void
decode_part (GMimeObject *parent, GMimeObject *part, gpointer data)
{
  g_autofree char *text = NULL;

  if (GMIME_IS_TEXT_PART (part))
    text = g_mime_text_part_get_text (GMIME_TEXT_PART (part));
}

static gboolean
by_gmime (GBytes *mail)
{
  gsize length;
  const char *bytes = g_bytes_get_data (mail, &length);
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer (bytes, length);
  GMimeParser *parser = g_mime_parser_new_with_stream (stream);
  GMimeMessage *message = g_mime_parser_construct_message (parser, NULL);
  gboolean ok = message != NULL;

  if (ok)
    g_mime_message_foreach (message, decode_part, NULL);
  g_clear_object (&message);
  g_object_unref (parser);
  g_object_unref (stream);
  return ok;
}

static gboolean
by_heddle (GBytes *mail)
{
  gsize length;
  const char *bytes = g_bytes_get_data (mail, &length);
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (HeddleMail) read = heddle_mail_read (bytes, length, NULL, warnings, NULL);

  return read != NULL;
}

static gint64
measure (const GPtrArray *mails, gboolean (*read) (GBytes *mail), guint *ret_read)
{
  gint64 start = g_get_monotonic_time ();

  *ret_read = 0;
  for (guint i = 0; i < mails->len; i++)
    *ret_read += read (mails->pdata[i]) ? 1 : 0;
  return g_get_monotonic_time () - start;
}

int
main (int argc, char **argv)
{
  const char *folder = g_getenv ("HEDDLE_BENCH_MAILDIR");
  g_autoptr (GPtrArray) mails = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  gint64 best_gmime = G_MAXINT64, best_heddle = G_MAXINT64;
  guint read_gmime = 0, read_heddle = 0;

  if (folder == NULL) {
    printf ("bench-parse: skipped; set HEDDLE_BENCH_MAILDIR to a folder of mails\n");
    return 0;
  }
  load (folder, mails);
  if (mails->len == 0) {
    fprintf (stderr, "bench-parse: no mails below %s\n", folder);
    return 1;
  }
  g_mime_init ();
  for (int i = 0; i < ROUNDS; i++) {
    best_gmime = MIN (best_gmime, measure (mails, by_gmime, &read_gmime));
    best_heddle = MIN (best_heddle, measure (mails, by_heddle, &read_heddle));
  }
  printf ("bench-parse: %u mails, best of %d rounds\n", mails->len, ROUNDS);
  printf ("  gmime parse and decode  %8.0f mails/s (%u read)\n",
          mails->len * 1e6 / (double)best_gmime, read_gmime);
  printf ("  heddle_mail_read        %8.0f mails/s (%u read), %.2f times gmime's time\n",
          mails->len * 1e6 / (double)best_heddle, read_heddle,
          (double)best_heddle / (double)best_gmime);
  return 0;
}
