/* SPDX-License-Identifier: MIT */
/* Tests of spool/: what is committed comes back whole; nothing else does. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utime.h>

#include "spool/spool.h"

typedef struct {
  char *dir;
  HeddleSpool *spool;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *top = g_dir_make_tmp ("heddle-spool-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->dir = g_build_filename (top, "spool", NULL);
  fixture->spool = heddle_spool_open (fixture->dir, &error);
  g_assert_no_error (error);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    remove_tree (child);
  }
  g_remove (path);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *top = g_path_get_dirname (fixture->dir);
  heddle_spool_close (fixture->spool);
  remove_tree (top);
  g_free (fixture->dir);
}

static HeddleSpoolEnvelope *
some_envelope (void)
{
  HeddleSpoolEnvelope *envelope = heddle_spool_envelope_new ();
  envelope->sender = g_strdup ("");
  g_ptr_array_add (envelope->rcpts, g_strdup ("threads@example.org"));
  g_ptr_array_add (envelope->rcpts, g_strdup ("cases@example.org"));
  envelope->auth = g_strdup ("ana");
  envelope->helo = g_strdup ("a b\n5:\xff:\r\n");
  envelope->received = 1523377151;
  g_ptr_array_add (envelope->header_order, g_strdup ("Received"));
  g_ptr_array_add (envelope->header_order, g_strdup (""));
  g_ptr_array_add (envelope->header_order, g_strdup ("From"));
  return envelope;
}

static char *
put (HeddleSpool *spool, const char *mail, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleSpoolEnvelope) envelope = some_envelope ();
  HeddleSpoolWriter *writer = heddle_spool_begin (spool, &error);
  g_assert_no_error (error);
  char *name = NULL;
  g_assert_true (heddle_spool_write (writer, mail, length, &error));
  g_assert_true (heddle_spool_commit (writer, envelope, &name, &error));
  return name;
}

static guint
count (Fixture *fixture, const char *folder)
{
  g_autofree char *path = g_build_filename (fixture->dir, folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;
  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_round_trip (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  static const char mail[] = "Subject: x\r\n\r\nNUL \0 and 8 bit \xe9\xff\r\n.\r\n";
  g_autofree char *name = put (fixture->spool, mail, sizeof mail - 1);
  g_autoptr (HeddleSpoolEnvelope) envelope = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_assert_true (heddle_spool_read (fixture->spool, name, &envelope, &bytes, &error));
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), mail, sizeof mail - 1);
  g_assert_cmpstr (envelope->sender, ==, "");
  g_assert_cmpuint (envelope->rcpts->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (envelope->rcpts, 1), ==, "cases@example.org");
  g_assert_cmpstr (envelope->auth, ==, "ana");
  g_assert_null (envelope->auth_type);
  g_assert_null (envelope->client);
  g_assert_cmpstr (envelope->helo, ==, "a b\n5:\xff:\r\n");
  g_assert_cmpint (envelope->received, ==, 1523377151);
  g_assert_cmpuint (envelope->header_order->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (envelope->header_order, 1), ==, "");
  g_assert_cmpstr (g_ptr_array_index (envelope->header_order, 2), ==, "From");
}

/* Pieces smaller and larger than the writer's buffer. */
static void
test_pieces (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) all = g_byte_array_new ();
  HeddleSpoolWriter *writer = heddle_spool_begin (fixture->spool, &error);
  static const gsize sizes[] = { 0, 1, 65535, 65536, 65537, 3, 200000, 65425, 1, 0 };
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autofree char *piece = g_malloc (sizes[i] + 1);
    for (gsize k = 0; k < sizes[i]; k++)
      piece[k] = (char) (k * 7 + i);
    g_byte_array_append (all, (const guint8 *) piece, (guint) sizes[i]);
    g_assert_true (heddle_spool_write (writer, piece, sizes[i], &error));
  }
  g_autoptr (HeddleSpoolEnvelope) sent = some_envelope (), envelope = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_assert_true (heddle_spool_commit (writer, sent, &name, &error));
  g_assert_true (heddle_spool_read (fixture->spool, name, &envelope, &bytes, &error));
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), all->data, all->len);
}

static void
test_modes (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *name = put (fixture->spool, "x", 1);
  const struct {
    const char *path;
    mode_t mode;
  } rows[] = { { ".", 0700 }, { "tmp", 0700 }, { "new", 0700 }, { "bad", 0700 } };
  struct stat st;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_build_filename (fixture->dir, rows[i].path, NULL);
    g_assert_cmpint (stat (path, &st), ==, 0);
    g_assert_cmphex (st.st_mode & 0777, ==, rows[i].mode);
  }
  g_autofree char *entry = g_build_filename (fixture->dir, "new", name, NULL);
  g_assert_cmpint (stat (entry, &st), ==, 0);
  g_assert_cmphex (st.st_mode & 0777, ==, 0600);
  /* A folder that an administrator left open is closed. */
  g_autofree char *new_folder = g_build_filename (fixture->dir, "new", NULL);
  g_assert_cmpint (chmod (new_folder, 0755), ==, 0);
  g_autoptr (HeddleSpool) again = heddle_spool_open (fixture->dir, NULL);
  g_assert_cmpint (stat (new_folder, &st), ==, 0);
  g_assert_cmphex (st.st_mode & 0777, ==, 0700);
}

static void
test_abort (Fixture *fixture, gconstpointer unused)
{
  HeddleSpoolWriter *writer = heddle_spool_begin (fixture->spool, NULL);
  g_assert_true (heddle_spool_write (writer, "half", 4, NULL));
  g_assert_cmpuint (count (fixture, "tmp"), ==, 1);
  heddle_spool_abort (writer);
  heddle_spool_abort (NULL);
  g_assert_cmpuint (count (fixture, "tmp"), ==, 0);
  g_assert_cmpuint (count (fixture, "new"), ==, 0);
}

/* A process that dies while it writes leaves nothing that a reader sees. */
static void
test_killed (Fixture *fixture, gconstpointer unused)
{
  pid_t pid = fork ();
  if (pid == 0) {
    HeddleSpoolWriter *writer = heddle_spool_begin (fixture->spool, NULL);
    if (writer != NULL && heddle_spool_write (writer, "half", 4, NULL))
      raise (SIGKILL);
    _exit (1);
  }
  int status;
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
  g_autoptr (GPtrArray) names = heddle_spool_list (fixture->spool, 0, NULL);
  g_assert_cmpuint (names->len, ==, 0);
  g_assert_cmpuint (count (fixture, "tmp"), ==, 1);
  guint swept = 9;
  g_assert_true (heddle_spool_sweep (fixture->spool, heddle_time_now (), &swept, NULL));
  g_assert_cmpuint (swept, ==, 0);
  g_assert_true (heddle_spool_sweep (fixture->spool, heddle_time_now () + 90000, &swept, NULL));
  g_assert_cmpuint (swept, ==, 1);
  g_assert_cmpuint (count (fixture, "tmp"), ==, 0);
}

static gpointer
put_many (gpointer data)
{
  HeddleSpool *spool = data;
  for (int i = 0; i < 50; i++) {
    g_autofree char *name = put (spool, "mail", 4);
    g_assert_nonnull (name);
  }
  return NULL;
}

/* Threads and processes at once: no name is used twice, none is lost; names of one
 * writer rise. */
static void
test_many (Fixture *fixture, gconstpointer unused)
{
  pid_t pid = fork ();
  if (pid == 0) {
    g_autoptr (HeddleSpool) other = heddle_spool_open (fixture->dir, NULL);
    put_many (other);
    _exit (0);
  }
  GThread *threads[4];
  for (int i = 0; i < 4; i++)
    threads[i] = g_thread_new (NULL, put_many, fixture->spool);
  for (int i = 0; i < 4; i++)
    g_thread_join (threads[i]);
  int status;
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_cmpint (status, ==, 0);
  g_autoptr (GPtrArray) names = heddle_spool_list (fixture->spool, 0, NULL);
  g_assert_cmpuint (names->len, ==, 250);
  for (guint i = 1; i < names->len; i++)
    g_assert_cmpstr (g_ptr_array_index (names, i - 1), <, g_ptr_array_index (names, i));
  g_autofree char *first = put (fixture->spool, "a", 1);
  g_autofree char *second = put (fixture->spool, "b", 1);
  g_assert_cmpstr (first, <, second);
  g_autoptr (GPtrArray) some = heddle_spool_list (fixture->spool, 7, NULL);
  g_assert_cmpuint (some->len, ==, 7);
  g_assert_cmpstr (g_ptr_array_index (some, 0), ==, g_ptr_array_index (names, 0));
}

/* An entry cut anywhere, or with any byte changed, is damaged and nothing else. */
static void
test_damage (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *name = put (fixture->spool, "Subject: x\r\n\r\nbody\r\n", 20);
  g_autofree char *path = g_build_filename (fixture->dir, "new", name, NULL);
  g_autofree char *data = NULL;
  gsize size;
  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  for (gsize i = 0; i < size; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (HeddleSpoolEnvelope) envelope = NULL;
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (GBytes) cut = g_bytes_new (data, i);
    g_assert_false (heddle_spool_decode (cut, &envelope, &bytes, &error));
    g_assert_error (error, HEDDLE_SPOOL_ERROR, HEDDLE_SPOOL_ERROR_DAMAGED);
    g_clear_error (&error);
    data[i] ^= 1;
    g_autoptr (GBytes) bent = g_bytes_new (data, size);
    data[i] ^= 1;
    g_assert_false (heddle_spool_decode (bent, &envelope, &bytes, &error));
    g_assert_error (error, HEDDLE_SPOOL_ERROR, HEDDLE_SPOOL_ERROR_DAMAGED);
    g_assert_null (envelope);
  }
}

/* Envelopes that a digest vouches for and that are still none. */
static void
test_envelopes (void)
{
  static const struct {
    const char *fields;
    gboolean good;
  } rows[] = {
    { "", TRUE },
    { "sender 0:\n", TRUE },
    { "newer-field 3:abc\n", TRUE },
    { "received 2:-5\n", TRUE },
    { "sender 1:a\nsender 1:b\n", FALSE },
    { "received 1:x\n", FALSE },
    { "received 1:1\nreceived 1:1\n", FALSE },
    { "sender 4:abc\n", FALSE },
    { "sender 3:abc", FALSE },
    { "sender 2:abc\n", FALSE },
    { "sender 9999999999:abc\n", FALSE },
    { "sender 99999999999999999999999:abc\n", FALSE },
    { "sender :abc\n", FALSE },
    { "sender  3:abc\n", FALSE },
    { " 3:abc\n", FALSE },
    { "sender", FALSE },
    { "sender 3", FALSE },
    { "sender -1:a\n", FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *rest = g_strconcat ("mail", rows[i].fields, NULL);
    g_autofree char *digest = heddle_sha256 (rest, strlen (rest));
    g_autofree char *entry = g_strdup_printf ("heddle-spool 1 %010d %019d %s\n%s",
                                              (int) strlen (rows[i].fields), 4, digest, rest);
    g_autoptr (GBytes) bytes = g_bytes_new (entry, strlen (entry));
    g_autoptr (HeddleSpoolEnvelope) envelope = NULL;
    g_autoptr (GBytes) mail = NULL;
    g_test_message ("%s", rows[i].fields);
    g_assert_cmpint (heddle_spool_decode (bytes, &envelope, &mail, NULL), ==, rows[i].good);
  }
}

static void
test_set_aside (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *stray = g_build_filename (fixture->dir, "new", "stray", NULL);
  g_assert_true (g_file_set_contents (stray, "what is this", -1, NULL));
  guint waiting, bad;
  HeddleTime oldest;
  g_assert_true (heddle_spool_stat (fixture->spool, &waiting, &bad, &oldest, NULL));
  g_assert_cmpuint (waiting, ==, 1);
  g_assert_cmpint (oldest, >, 0);
  g_autoptr (HeddleSpoolEnvelope) envelope = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_assert_false (heddle_spool_read (fixture->spool, "stray", &envelope, &bytes, &error));
  g_assert_error (error, HEDDLE_SPOOL_ERROR, HEDDLE_SPOOL_ERROR_DAMAGED);
  g_assert_true (heddle_spool_set_aside (fixture->spool, "stray", error->message, NULL));
  g_autofree char *reason_file = g_build_filename (fixture->dir, "bad", "stray.reason", NULL);
  g_autofree char *reason = NULL, *kept = NULL;
  g_assert_true (g_file_get_contents (reason_file, &reason, NULL, NULL));
  g_assert_cmpstr (reason, ==, "not a spool entry: it is too short\n");
  g_autofree char *kept_file = g_build_filename (fixture->dir, "bad", "stray", NULL);
  g_assert_true (g_file_get_contents (kept_file, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "what is this");
  g_assert_true (heddle_spool_stat (fixture->spool, &waiting, &bad, &oldest, NULL));
  g_assert_cmpuint (waiting, ==, 0);
  g_assert_cmpuint (bad, ==, 1);
  g_assert_true (oldest == HEDDLE_TIME_NONE);
}

/* A FIFO or a link in new/ neither blocks nor is followed. */
static void
test_no_file (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *fifo = g_build_filename (fixture->dir, "new", "fifo", NULL);
  g_autofree char *link = g_build_filename (fixture->dir, "new", "link", NULL);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_cmpint (symlink ("/etc/passwd", link), ==, 0);
  const char *names[] = { "fifo", "link" };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (HeddleSpoolEnvelope) envelope = NULL;
    g_autoptr (GBytes) bytes = NULL;
    g_assert_false (heddle_spool_read (fixture->spool, names[i], &envelope, &bytes, &error));
    g_assert_error (error, HEDDLE_SPOOL_ERROR, HEDDLE_SPOOL_ERROR_DAMAGED);
  }
}

static void
test_lock (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (heddle_spool_lock (fixture->spool, &error));
  g_autoptr (HeddleSpool) other = heddle_spool_open (fixture->dir, &error);
  g_assert_false (heddle_spool_lock (other, &error));
  g_assert_error (error, HEDDLE_SPOOL_ERROR, HEDDLE_SPOOL_ERROR_LOCKED);
}

static gpointer
put_late (gpointer spool)
{
  g_usleep (50000);
  g_autofree char *name = put (spool, "late", 4);
  return NULL;
}

static void
test_wait (Fixture *fixture, gconstpointer unused)
{
  g_assert_true (heddle_spool_lock (fixture->spool, NULL));
  /* What came between the lock and the wait is not missed. */
  g_autofree char *name = put (fixture->spool, "x", 1);
  gint64 begun = g_get_monotonic_time ();
  heddle_spool_wait (fixture->spool, 20000, -1);
  GThread *thread = g_thread_new (NULL, put_late, fixture->spool);
  heddle_spool_wait (fixture->spool, 20000, -1);
  g_thread_join (thread);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 10 * G_USEC_PER_SEC);
  int ends[2];
  g_assert_cmpint (pipe (ends), ==, 0);
  g_assert_cmpint (write (ends[1], "x", 1), ==, 1);
  heddle_spool_wait (fixture->spool, -1, ends[0]);
  heddle_spool_wait (fixture->spool, 10, -1);
  close (ends[0]);
  close (ends[1]);
}

/* A disk that is full: no room for a mail, said so, nothing left. */
static void
test_full (Fixture *fixture, gconstpointer unused)
{
  struct sigaction quiet = { .sa_handler = SIG_IGN }, before;
  struct rlimit small = { 100000, RLIM_INFINITY }, wide = { RLIM_INFINITY, RLIM_INFINITY };
  g_autofree char *mail = g_malloc0 (200000);
  g_autoptr (GError) error = NULL;
  sigaction (SIGXFSZ, &quiet, &before);
  HeddleSpoolWriter *writer = heddle_spool_begin (fixture->spool, NULL);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  g_assert_false (heddle_spool_write (writer, mail, 200000, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &wide), ==, 0);
  sigaction (SIGXFSZ, &before, NULL);
  g_assert_error (error, HEDDLE_SPOOL_ERROR, HEDDLE_SPOOL_ERROR_DISK);
  heddle_spool_abort (writer);
  g_assert_cmpuint (count (fixture, "tmp"), ==, 0);
}

static void
test_gone (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleSpoolEnvelope) envelope = some_envelope ();
  HeddleSpoolWriter *writer = heddle_spool_begin (fixture->spool, NULL);
  g_autofree char *new_folder = g_build_filename (fixture->dir, "new", NULL);
  g_assert_cmpint (g_rmdir (new_folder), ==, 0);
  g_assert_false (heddle_spool_commit (writer, envelope, NULL, &error));
  g_assert_error (error, HEDDLE_SPOOL_ERROR, HEDDLE_SPOOL_ERROR_DISK);
  g_assert_cmpuint (count (fixture, "tmp"), ==, 0);
  g_clear_error (&error);
  g_assert_null (heddle_spool_open ("/nowhere/at/all", &error));
  g_assert_error (error, HEDDLE_SPOOL_ERROR, HEDDLE_SPOOL_ERROR_MISSING);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) \
  g_test_add ("/spool/" #name, Fixture, NULL, set_up, test_##name, tear_down)
  TEST (round_trip);
  TEST (pieces);
  TEST (modes);
  TEST (abort);
  TEST (killed);
  TEST (many);
  TEST (damage);
  TEST (set_aside);
  TEST (no_file);
  TEST (lock);
  TEST (wait);
  TEST (full);
  TEST (gone);
  g_test_add_func ("/spool/envelopes", test_envelopes);
  return g_test_run ();
}
