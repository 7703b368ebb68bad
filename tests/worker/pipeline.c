/* SPDX-License-Identifier: MIT */
/* Tests of worker/pipeline.c: what becomes of each mail, in which order it is said,
 * and that nothing is kept twice. */
#include <glib/gstdio.h>
#include <string.h>

#include "parser/parser.h"
#include "worker/pipeline.h"

typedef struct {
  char *dir, *db;
  HeddleConfig *config;
  HeddleChild *child;
  HeddleStore *store;
  GString *log;
  int said; /* outcomes */
} Fixture;

static void
set_up (Fixture *f, gconstpointer memory)
{
  g_autoptr (GError) error = NULL;
  f->dir = g_dir_make_tmp ("heddle-pipeline-XXXXXX", NULL);
  f->db = g_build_filename (f->dir, "heddle.db", NULL);
  g_autofree char *conf = g_build_filename (f->dir, "heddle.conf", NULL);
  g_assert_true (g_file_set_contents (conf, "[us]\ndomains = example.org\n", -1, NULL));
  f->config = heddle_config_load (conf, &error);
  g_assert_no_error (error);
  f->child = heddle_child_new (NULL, &error);
  g_assert_no_error (error);
  f->store = heddle_store_open (f->db, HEDDLE_STORE_WRITE, &error);
  g_assert_no_error (error);
  f->log = g_string_new (NULL);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  heddle_store_close (f->store);
  heddle_child_free (f->child);
  heddle_config_free (f->config);
  g_autoptr (GDir) dir = g_dir_open (f->dir, 0, NULL);
  const char *name;
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (f->dir, name, NULL);
    g_unlink (path);
  }
  g_rmdir (f->dir);
  g_free (f->dir);
  g_free (f->db);
  g_string_free (f->log, TRUE);
}

static void
note (const HeddleOutcome *outcome, gpointer user_data)
{
  Fixture *f = user_data;
  f->said++;
  g_string_append_printf (f->log, "%d:%s", GPOINTER_TO_INT (outcome->tag),
                          heddle_fate_name (outcome->fate));
  if (outcome->indexed != NULL) {
    g_assert_cmpstr (outcome->indexed->mail, ==, outcome->mail);
    g_assert_nonnull (outcome->indexed->thread);
    g_assert_nonnull (outcome->indexed->message);
    g_string_append_printf (f->log, "+%u", outcome->indexed->added);
  } else {
    g_assert_nonnull (outcome->error);
  }
  g_string_append_c (f->log, ' ');
}

static HeddleStoreMail *
mail_of (const char *text, gsize length)
{
  HeddleStoreMail *mail = g_new0 (HeddleStoreMail, 1);
  mail->bytes = g_bytes_new (text, length);
  mail->received = 1523377151;
  mail->envelope = g_new0 (HeddleEnvelope, 1);
  return mail;
}

static HeddleStoreMail *
numbered (int number)
{
  g_autofree char *text = g_strdup_printf ("From: Ana Ruiz <ana@example.org>\n"
                                           "Message-ID: <%d@example.org>\nSubject: case %d\n\n"
                                           "Text of its own, %d.\n",
                                           number, number, number * 7919);
  return mail_of (text, strlen (text));
}

static void
test_fates (Fixture *f, gconstpointer unused)
{
  static const char binary[] = "\x7f" "ELF\x01\x02\0\0\0\xff\xfe\0\0\x03\x04";
  g_autoptr (HeddlePipeline) pipeline
      = heddle_pipeline_new (f->config, f->store, f->child, 100, note, f);
  g_autoptr (GError) error = NULL;
  HeddleStoreMail *mails[] = { numbered (1), mail_of (binary, sizeof binary - 1),
                               mail_of (" \r\n\t", 4), numbered (1), numbered (2), mail_of ("", 0),
                               mail_of ("Subject: crlf\r\n\r\nx\r\n", 20),
                               mail_of ("Subject: crlf\n\nx\n", 17) };
  for (gsize i = 0; i < G_N_ELEMENTS (mails); i++)
    g_assert_true (
        heddle_pipeline_add (pipeline, mails[i], GINT_TO_POINTER ((int) i + 1), &error));
  g_assert_cmpstr (f->log->str, ==, ""); /* nothing is said before it is durable */
  g_assert_true (heddle_pipeline_flush (pipeline, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (f->log->str, ==,
                   "1:stored+1 2:quarantined 3:refused 4:duplicate+0 5:stored+1 6:refused "
                   "7:stored+1 8:duplicate+0 ");
  HeddleStoreStats stats;
  g_assert_true (heddle_store_stats (f->store, &stats, &error));
  g_assert_cmpuint (stats.mails, ==, 4);
  g_assert_cmpuint (stats.quarantined, ==, 1);
  g_assert_cmpuint (stats.pending, ==, 0);
  /* What broke is there, raw. */
  g_autofree char *id = heddle_mail_id (binary, sizeof binary - 1);
  g_autoptr (GBytes) raw = heddle_store_raw (f->store, id, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (raw, NULL), g_bytes_get_size (raw), binary,
                   sizeof binary - 1);
}

/* Batches smaller and larger than what the child takes at once, in order. */
static void
test_batches (Fixture *f, gconstpointer unused)
{
  static const guint batches[] = { 1, 3, 64, 100, 1000 };
  int number = 0;
  for (gsize b = 0; b < G_N_ELEMENTS (batches); b++) {
    g_string_truncate (f->log, 0);
    g_autoptr (GString) expect = g_string_new (NULL);
    g_autoptr (HeddlePipeline) pipeline
        = heddle_pipeline_new (f->config, f->store, f->child, batches[b], note, f);
    for (int i = 0; i < 150; i++) {
      g_string_append_printf (expect, "%d:stored+1 ", ++number);
      g_assert_true (
          heddle_pipeline_add (pipeline, numbered (number), GINT_TO_POINTER (number), NULL));
    }
    g_assert_true (heddle_pipeline_flush (pipeline, NULL));
    g_assert_cmpstr (f->log->str, ==, expect->str);
  }
}

/* Dropped before its commit: as if it had never been there. */
static void
test_dropped (Fixture *f, gconstpointer unused)
{
  HeddlePipeline *pipeline = heddle_pipeline_new (f->config, f->store, f->child, 100, note, f);
  for (int i = 0; i < 10; i++)
    g_assert_true (heddle_pipeline_add (pipeline, numbered (i), NULL, NULL));
  heddle_pipeline_free (pipeline);
  HeddleStoreStats stats;
  g_assert_true (heddle_store_stats (f->store, &stats, NULL));
  g_assert_cmpuint (stats.mails, ==, 0);
  pipeline = heddle_pipeline_new (f->config, f->store, f->child, 100, note, f);
  g_assert_true (heddle_pipeline_add (pipeline, numbered (42), GINT_TO_POINTER (1), NULL));
  g_assert_true (heddle_pipeline_flush (pipeline, NULL));
  g_assert_cmpstr (f->log->str, ==, "1:stored+1 ");
  heddle_pipeline_free (pipeline);
}

/* A crash between truth and index: the next start indexes what is there. */
static void
test_catch_up (Fixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) mails
      = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_store_mail_free);
  for (int i = 0; i < 5; i++) {
    HeddleStoreMail *mail = numbered (i);
    gsize size;
    const char *data = g_bytes_get_data (mail->bytes, &size);
    mail->mail = heddle_mail_id (data, size);
    g_ptr_array_add (mails, mail);
  }
  g_assert_true (heddle_store_add_mails (f->store, mails, NULL, NULL));
  g_autoptr (HeddlePipeline) pipeline
      = heddle_pipeline_new (f->config, f->store, f->child, 2, note, f);
  guint count = 0;
  g_assert_true (heddle_pipeline_catch_up (pipeline, &count, NULL, NULL, NULL, NULL));
  g_assert_cmpuint (count, ==, 5);
  g_assert_true (heddle_pipeline_catch_up (pipeline, &count, NULL, NULL, NULL, NULL));
  g_assert_cmpuint (count, ==, 0);
  g_assert_true (heddle_pipeline_add (pipeline, numbered (3), GINT_TO_POINTER (3), NULL));
  g_assert_true (heddle_pipeline_flush (pipeline, NULL));
  g_assert_cmpstr (f->log->str, ==, "3:duplicate+0 ");
  HeddleStoreStats stats;
  g_assert_true (heddle_store_stats (f->store, &stats, NULL));
  g_assert_cmpuint (stats.mails, ==, 5);
  g_assert_cmpuint (stats.messages, ==, 5);
}

enum { TALK = 400 };

/* Message @number of one long talk. */
static HeddleStoreMail *
answer (int number)
{
  g_autofree char *text = g_strdup_printf (
      "From: Ana Ruiz <ana@example.org>\nMessage-ID: <talk%d@example.org>\n"
      "References: <talk%d@example.org>\nSubject: a talk\n\nText of its own, %d.\n",
      number, MAX (number - 1, 0), number * 7919);
  return mail_of (text, strlen (text));
}

/* Add the talk, or as much of it as it takes for @wait mails to wait. How often
 * something was indexed meanwhile. */
static int
add_talk (Fixture *f, HeddlePipeline *pipeline, int wait)
{
  int indexings = 0;
  f->said = 0;
  for (int i = 0; i < TALK && i - f->said < wait; i++) {
    int said = f->said;
    g_assert_true (heddle_pipeline_add (pipeline, answer (i), GINT_TO_POINTER (i), NULL));
    indexings += f->said > said;
  }
  return indexings;
}

/* A conversation that grows batch by batch is not merged anew for each; what waits
 * meanwhile is kept, and pending should the program end. */
static void
test_long_talk (Fixture *f, gconstpointer unused)
{
  HeddleStoreStats stats;
  HeddlePipeline *pipeline = heddle_pipeline_new (f->config, f->store, f->child, 4, note, f);
  int indexings = add_talk (f, pipeline, 40);
  heddle_pipeline_free (pipeline); /* without a flush */
  g_assert_cmpint (indexings, >, 2);
  g_assert_true (heddle_store_stats (f->store, &stats, NULL));
  g_assert_cmpuint (stats.pending, >, 20); /* all but those under way */

  g_autoptr (HeddlePipeline) next
      = heddle_pipeline_new (f->config, f->store, f->child, 4, note, f);
  g_assert_true (heddle_pipeline_catch_up (next, NULL, NULL, NULL, NULL, NULL));
  g_assert_true (heddle_store_stats (f->store, &stats, NULL));
  g_assert_cmpuint (stats.pending, ==, 0);
  g_assert_cmpint (add_talk (f, next, TALK), <, 60); /* of 100 batches, some of known mails */
  g_assert_true (heddle_pipeline_flush (next, NULL));
  g_assert_cmpint (f->said, ==, TALK);
  g_assert_true (heddle_store_stats (f->store, &stats, NULL));
  g_assert_cmpuint (stats.mails, ==, TALK);
  g_assert_cmpuint (stats.messages, ==, TALK);
  g_assert_cmpuint (stats.threads, ==, 1);
}

static gboolean
thread_is_verified (Fixture *f, const char *message_id)
{
  g_autoptr (HeddleThread) thread = heddle_store_thread (f->store, message_id, NULL);
  g_assert_nonnull (thread);
  const HeddleNode *node = g_ptr_array_index (thread->messages, 0);
  return ((const HeddleEvidence *) g_ptr_array_index (node->evidence, 0))->verified;
}

/* A mail that came unproven counts as proven once a proven copy came. */
static void
test_proven_later (Fixture *f, gconstpointer unused)
{
  g_autoptr (HeddlePipeline) pipeline
      = heddle_pipeline_new (f->config, f->store, f->child, 10, note, f);
  g_assert_true (heddle_pipeline_add (pipeline, numbered (1), GINT_TO_POINTER (1), NULL));
  g_assert_true (heddle_pipeline_flush (pipeline, NULL));
  g_assert_false (thread_is_verified (f, "1@example.org"));
  HeddleStoreMail *proven = numbered (1);
  proven->envelope->auth = g_strdup ("ANA@example.org");
  g_assert_true (heddle_pipeline_add (pipeline, proven, GINT_TO_POINTER (2), NULL));
  g_assert_true (heddle_pipeline_flush (pipeline, NULL));
  g_assert_true (thread_is_verified (f, "1@example.org"));
  g_assert_true (heddle_pipeline_add (pipeline, numbered (1), GINT_TO_POINTER (3), NULL));
  g_assert_true (heddle_pipeline_flush (pipeline, NULL));
  g_assert_true (thread_is_verified (f, "1@example.org"));
  g_assert_cmpstr (f->log->str, ==, "1:stored+1 2:duplicate+0 3:duplicate+0 ");
}

static void
test_proof (Fixture *f, gconstpointer unused)
{
  static const struct {
    const char *auth, *address;
    gboolean proven;
  } rows[] = {
    { "ana@example.org", "ana@example.org", TRUE },
    { "ANA@Example.ORG", "ana@example.org", TRUE },
    { "ana", "ana@example.org", TRUE },
    { "Ana", "ana@example.org", TRUE },
    { NULL, "ana@example.org", FALSE },
    { "", "ana@example.org", FALSE },
    { "sam", "ana@example.org", FALSE },
    { "an", "ana@example.org", FALSE },
    { "anar", "ana@example.org", FALSE },
    { "ana@example.org.evil.example", "ana@example.org", FALSE },
    { "ana@evil.example", "ana@evil.example", FALSE },
    { "ana", "ana@sub.example.org", FALSE },
    { "ana", NULL, FALSE },
    { "", "@example.org", FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (HeddleMessage) head = heddle_message_new (HEDDLE_KIND_RECEIVED);
    head->from = heddle_person_new ("Ana Ruiz", rows[i].address, FALSE, "Ana Ruiz");
    g_assert_cmpint (heddle_pipeline_proven (f->config, rows[i].auth, head), ==, rows[i].proven);
  }
  g_autoptr (HeddleMessage) nobody = heddle_message_new (HEDDLE_KIND_RECEIVED);
  g_assert_false (heddle_pipeline_proven (f->config, "ana", nobody));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, name) \
  g_test_add ("/pipeline/" path, Fixture, NULL, set_up, test_##name, tear_down)
  TEST ("fates", fates);
  TEST ("batches", batches);
  TEST ("dropped", dropped);
  TEST ("catch-up", catch_up);
  TEST ("long-talk", long_talk);
  TEST ("proven-later", proven_later);
  TEST ("proof", proof);
  return g_test_run ();
}
