/* SPDX-License-Identifier: MIT */
/* The seed thread, where it is at hand ($HEDDLE_SEED, or beside the source tree):
 * as a document and pasted into a forward, its messages are the same ones. Only
 * counts are kept here. */
#include "tests/threads/support.h"
#include "base/base.h"

#include <string.h>

static char *
seed_text (void)
{
  const char *path = g_getenv ("HEDDLE_SEED");
  g_autofree char *beside
      = g_test_build_filename (G_TEST_DIST, "..", "shared", "seed-thread.txt", NULL);
  char *text = NULL;

  g_file_get_contents (path && *path ? path : beside, &text, NULL, NULL);
  return text;
}

static HeddleThreadMail *
parsed (HeddleParser *parser, const char *bytes, gboolean as_text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = heddle_mail_id (bytes, strlen (bytes));
  HeddleChain *chain = as_text ? heddle_parse_text (parser, bytes, strlen (bytes), NULL, &error)
                               : heddle_parse_mail (parser, bytes, strlen (bytes), NULL, &error);

  g_assert_no_error (error);
  return heddle_thread_mail_new (id, TRUE, chain);
}

static void
test_seed (void)
{
  g_autofree char *seed = seed_text (), *forward = NULL;
  g_autoptr (HeddleParser) parser = NULL;
  g_autoptr (GPtrArray) mails
      = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_thread_mail_free);
  g_autoptr (GPtrArray) threads = NULL;
  const HeddleThread *thread;

  if (!seed) {
    g_test_skip ("the seed thread is not here");
    return;
  }
  forward = g_strdup_printf ("From: Lea Brandt <lea@example.org>\nTo: threads@example.org\n"
                             "Subject: Fwd: released\nMessage-ID: <forward@example.org>\n"
                             "Date: Tue, 01 May 2018 10:00:00 +0200\n"
                             "Content-Type: text/plain; charset=utf-8\n\nPlease see below.\n\n%s",
                             seed);
  parser = heddle_parser_new ();
  g_ptr_array_add (mails, parsed (parser, seed, TRUE));
  g_ptr_array_add (mails, parsed (parser, forward, FALSE));
  threads = heddle_threads_merge (mails);
  g_assert_cmpuint (threads->len, ==, 1);
  thread = threads->pdata[0];
  g_assert_cmpuint (thread->messages->len, ==, 21);
  g_assert_cmpuint (thread->missing, ==, 0);
  for (guint i = 0; i < 21; i++) {
    const HeddleNode *node = thread->messages->pdata[i];
    g_assert_cmpuint (node->evidence->len, ==, i < 20 ? 2 : 1);
    g_assert_cmpint (node->parent, ==, (int) i - 1);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/threads/seed", test_seed);
  return g_test_run ();
}
