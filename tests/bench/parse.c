/* SPDX-License-Identifier: MIT */
/* How Heddle's reading of mails compares with GMime's bare parsing and decoding, on
 * the files below a folder: the MIME reader alone, the chain of messages, and the chain
 * with all its facts. The processor's time of the process counts, and rounds alternate, so
 * that a busy machine slows all alike. */
#include "parser/mail.h"
#include "parser/parser.h"
#include "tests/bench/mails.h"

#include <gmime/gmime.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define ROUNDS 5

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

static HeddleParser *parser;

static gboolean
parse (GBytes *mail, guint facts)
{
  HeddleLimits limits = heddle_limits_default;
  gsize length;
  const char *bytes = g_bytes_get_data (mail, &length);

  limits.facts = facts;
  g_autoptr (HeddleChain) chain = heddle_parse_mail (parser, bytes, length, &limits, NULL);
  return chain != NULL;
}

static gboolean
by_chain (GBytes *mail)
{
  return parse (mail, 0);
}

static gboolean
by_chain_and_facts (GBytes *mail)
{
  return parse (mail, heddle_limits_default.facts);
}

static struct {
  const char *name;
  gboolean (*read) (GBytes *mail);
  guint n_read;
  gint64 best; /* microseconds for all mails */
} readers[] = {
  { "gmime parse and decode", by_gmime, 0, G_MAXINT64 }, /* the measure of the others */
  { "heddle_mail_read", by_heddle, 0, G_MAXINT64 },
  { "the chain of messages", by_chain, 0, G_MAXINT64 },
  { "the chain with all facts", by_chain_and_facts, 0, G_MAXINT64 },
};

/* Microseconds of the processor that this process has had. */
static gint64
spent (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
measure (const GPtrArray *mails, gsize which)
{
  gint64 start = spent ();

  readers[which].n_read = 0;
  for (guint i = 0; i < mails->len; i++)
    readers[which].n_read += readers[which].read (mails->pdata[i]) ? 1 : 0;
  readers[which].best = MIN (readers[which].best, spent () - start);
}

int
main (int argc, char **argv)
{
  gsize bytes = 0;
  g_autoptr (GPtrArray) mails = bench_mails (argc > 1 ? argv[1] : NULL, &bytes);

  if (mails == NULL)
    return 1;
  g_mime_init ();
  parser = heddle_parser_new ();
  for (int i = 0; i < ROUNDS; i++)
    for (gsize which = 0; which < G_N_ELEMENTS (readers); which++)
      measure (mails, which);
  printf ("bench-parse: %u mails of %.1f KB, best of %d rounds\n", mails->len,
          (double)bytes / mails->len / 1000, ROUNDS);
  for (gsize i = 0; i < G_N_ELEMENTS (readers); i++)
    printf ("  %-24s %8.0f mails/s (%u read), %5.2f times gmime's time\n", readers[i].name,
            mails->len * 1e6 / (double)readers[i].best, readers[i].n_read,
            (double)readers[i].best / (double)readers[0].best);
  heddle_parser_free (parser);
  return 0;
}
