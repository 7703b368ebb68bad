/* SPDX-License-Identifier: MIT */
/* Tests of worker/worker.c: the spool is drained, once or for good; what cannot be
 * read harms no other; a kill at any place loses nothing and doubles nothing. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "spool/spool.h"
#include "worker/worker.h"

typedef struct {
  char *dir, *db, *spool_dir;
  HeddleConfig *config;
  HeddleSpool *spool;
} Fixture;

static void
set_up (Fixture *f, gconstpointer unused)
{
  f->dir = g_dir_make_tmp ("heddle-worker-XXXXXX", NULL);
  f->db = g_build_filename (f->dir, "heddle.db", NULL);
  f->spool_dir = g_build_filename (f->dir, "spool", NULL);
  f->config = heddle_config_new ();
  g_free (f->config->milter.spool);
  f->config->milter.spool = g_strdup (f->spool_dir);
  f->spool = heddle_spool_open (f->spool_dir, NULL);
  g_assert_nonnull (f->spool);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    remove_tree (child);
  }
  g_remove (path);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  heddle_spool_close (f->spool);
  heddle_config_free (f->config);
  remove_tree (f->dir);
  g_free (f->dir);
  g_free (f->db);
  g_free (f->spool_dir);
}

static void
put_bytes (Fixture *f, const char *bytes, gsize length)
{
  g_autoptr (HeddleSpoolEnvelope) envelope = heddle_spool_envelope_new ();
  envelope->sender = g_strdup ("ana@example.org");
  g_ptr_array_add (envelope->rcpts, g_strdup ("threads@example.org"));
  envelope->received = 1523377151;
  HeddleSpoolWriter *writer = heddle_spool_begin (f->spool, NULL);
  g_assert_true (heddle_spool_write (writer, bytes, length, NULL));
  g_assert_true (heddle_spool_commit (writer, envelope, NULL, NULL));
}

static void
put (Fixture *f, int number)
{
  g_autofree char *text = g_strdup_printf ("From: Ana Ruiz <ana@example.org>\r\n"
                                           "Message-ID: <%d@example.org>\r\nSubject: %d\r\n\r\n"
                                           "Text of its own, %d.\r\n",
                                           number, number, number * 7919);
  put_bytes (f, text, strlen (text));
}

/* The worker in a process of its own; its log goes nowhere. */
static pid_t
start (Fixture *f, gboolean once)
{
  pid_t pid = fork ();
  if (pid == 0) {
    int nowhere = open ("/dev/null", O_WRONLY);
    dup2 (nowhere, 2);
    _exit (heddle_worker_run (f->config, f->db, once));
  }
  return pid;
}

static int
end (pid_t pid)
{
  int status;
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  return WIFEXITED (status) ? WEXITSTATUS (status) : -WTERMSIG (status);
}

static void
waiting (Fixture *f, guint *ret_waiting, guint *ret_bad)
{
  HeddleTime oldest;
  g_assert_true (heddle_spool_stat (f->spool, ret_waiting, ret_bad, &oldest, NULL));
}

static HeddleStoreStats
stats (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleStore) store = heddle_store_open (f->db, HEDDLE_STORE_READ, &error);
  g_assert_no_error (error);
  HeddleStoreStats found;
  g_assert_true (heddle_store_stats (store, &found, &error));
  return found;
}

static void
test_once (Fixture *f, gconstpointer unused)
{
  for (int i = 0; i < 25; i++)
    put (f, i);
  put (f, 7);
  g_assert_cmpint (end (start (f, TRUE)), ==, 0);
  guint left, bad;
  waiting (f, &left, &bad);
  g_assert_cmpuint (left + bad, ==, 0);
  HeddleStoreStats found = stats (f);
  g_assert_cmpuint (found.mails, ==, 25);
  g_assert_cmpuint (found.messages, ==, 25);
  /* Nothing to do is well done. */
  g_assert_cmpint (end (start (f, TRUE)), ==, 0);
}

static void
test_poison (Fixture *f, gconstpointer unused)
{
  put (f, 1);
  put_bytes (f, "", 0);
  put_bytes (f, "\x7f" "ELF\x01\0\0\xff\x03\x04", 10);
  g_autofree char *stray = g_build_filename (f->spool_dir, "new", "0stray", NULL);
  g_assert_true (g_file_set_contents (stray, "no entry", -1, NULL));
  put (f, 2);
  g_assert_cmpint (end (start (f, TRUE)), ==, 0);
  guint left, bad;
  waiting (f, &left, &bad);
  g_assert_cmpuint (left, ==, 0);
  g_assert_cmpuint (bad, ==, 2);
  HeddleStoreStats found = stats (f);
  g_assert_cmpuint (found.mails, ==, 3);
  g_assert_cmpuint (found.quarantined, ==, 1);
  g_assert_cmpuint (found.messages, ==, 2);
}

static gboolean
spool_empties (Fixture *f)
{
  for (int i = 0; i < 400; i++) {
    guint left, bad;
    waiting (f, &left, &bad);
    if (left == 0)
      return TRUE;
    g_usleep (50000);
  }
  return FALSE;
}

static void
test_service (Fixture *f, gconstpointer unused)
{
  pid_t pid = start (f, FALSE);
  for (int i = 0; i < 5; i++)
    put (f, i);
  g_assert_true (spool_empties (f));
  put (f, 99);
  g_assert_true (spool_empties (f));
  /* A second one keeps away. */
  g_assert_cmpint (end (start (f, TRUE)), ==, HEDDLE_EXIT_TEMPFAIL);
  gint64 begun = g_get_monotonic_time ();
  g_assert_cmpint (kill (pid, SIGTERM), ==, 0);
  g_assert_cmpint (end (pid), ==, 0);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 5 * G_USEC_PER_SEC);
  g_assert_cmpuint (stats (f).mails, ==, 6);
}

/* Killed again and again while it works, wherever that hits, also between the truth
 * and the unlinking. */
static void
test_killed (Fixture *f, gconstpointer unused)
{
  enum { MAILS = 400, KILLS = 12 };
  for (int i = 0; i < MAILS; i++)
    put (f, i);
  for (int i = 0; i < KILLS; i++) {
    pid_t pid = start (f, FALSE);
    g_usleep (20000 + (gulong) i * 23000);
    kill (pid, SIGKILL);
    g_assert_cmpint (end (pid), ==, -SIGKILL);
  }
  g_assert_cmpint (end (start (f, TRUE)), ==, 0);
  guint left, bad;
  waiting (f, &left, &bad);
  g_assert_cmpuint (left + bad, ==, 0);
  HeddleStoreStats found = stats (f);
  g_assert_cmpuint (found.mails, ==, MAILS);
  g_assert_cmpuint (found.messages, ==, MAILS);
  g_assert_cmpuint (found.pending, ==, 0);
}

static void
test_no_store (Fixture *f, gconstpointer unused)
{
  put (f, 1);
  g_free (f->db);
  f->db = g_build_filename (f->spool_dir, "lock", "heddle.db", NULL); /* below a file */
  g_autofree char *file = g_build_filename (f->spool_dir, "lock", NULL);
  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  int status = end (start (f, TRUE));
  g_assert_cmpint (status, ==, HEDDLE_EXIT_IOERR);
  guint left, bad;
  waiting (f, &left, &bad);
  g_assert_cmpuint (left, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, name) \
  g_test_add ("/worker/" path, Fixture, NULL, set_up, test_##name, tear_down)
  TEST ("once", once);
  TEST ("poison", poison);
  TEST ("service", service);
  TEST ("killed", killed);
  TEST ("no-store", no_store);
  return g_test_run ();
}
