/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "tests/store/fixture.h"

static void
assert_mode (const char *path, unsigned int mode)
{
  GStatBuf st;
  g_assert_cmpint (g_stat (path, &st), ==, 0);
  g_assert_cmphex (st.st_mode & 07777, ==, mode);
}

static void
test_modes (Fixture *fixture, gconstpointer unused)
{
  static const char *const tails[] = { "", "-wal", "-shm", "-index", "-index-wal", "-index-shm" };
  mode_t before = umask (0);
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  g_autofree char *mail = fixture_add (store, "Subject: x\n\ny\n");
  umask (before);
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  assert_mode (folder, 0700);
  for (gsize i = 0; i < G_N_ELEMENTS (tails); i++) {
    g_autofree char *path = g_strconcat (fixture->path, tails[i], NULL);
    assert_mode (path, 0600);
  }
}

#define LINE "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0\r\n"

static void
test_raw (Fixture *fixture, gconstpointer unused)
{
  static const char *const mails[] = {
    "Subject: one\r\n\r\nbytes as they came\r\n",
    "Subject: two\n\n\xff\xfe not UTF-8\n",
    "Subject: three\n\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n",
    "x",
    "Content-Transfer-Encoding: base64\r\n\r\n" LINE LINE LINE LINE LINE "QUI=\r\n",
  };
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (mails); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *id = fixture_add (store, mails[i]);
    g_autofree char *prefix = g_strndup (id, 8 + i);
    g_autoptr (GBytes) whole = heddle_store_raw (store, id, &error);
    g_autoptr (GBytes) short_way = heddle_store_raw (store, prefix, &error);
    g_assert_no_error (error);
    g_autoptr (GBytes) want = g_bytes_new_static (mails[i], strlen (mails[i]));
    g_assert_true (g_bytes_equal (whole, want));
    g_assert_true (g_bytes_equal (short_way, want));
  }
  g_assert_cmpint (fixture_number (fixture->path, "SELECT count(*) FROM mails WHERE form = 1"), ==, 1);
}

static void
test_raw_unknown (Fixture *fixture, gconstpointer unused)
{
  static const char *const ids[] = { "", "abc", "0123456", "00000000", "zzzzzzzz", "'; DROP TABLE mails",
                                     "0000000000000000000000000000000000000000000000000000000000000000",
                                     "00000000000000000000000000000000000000000000000000000000000000000" };
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  g_autofree char *mail = fixture_add (store, "Subject: x\n\ny\n");
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) raw = heddle_store_raw (store, ids[i], &error);
    g_assert_null (raw);
    g_assert_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_UNKNOWN);
  }
}

static void
test_ambiguous (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  g_autofree char *one = fixture_add (store, "Subject: x\n\ny\n");
  g_autofree char *two = fixture_add (store, "Subject: x\n\nz\n");
  fixture_sql (fixture->path, "UPDATE mails SET sha = CAST (x'0123456789' || substr (sha, 6) AS BLOB)");
  g_autoptr (GBytes) raw = heddle_store_raw (store, "0123456789", &error);
  g_assert_null (raw);
  g_assert_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_AMBIGUOUS);
}

static GArray *
add_two (HeddleStore *store, HeddleStoreMail *a, HeddleStoreMail *b)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) mails
      = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_store_mail_free);
  GArray *fresh = NULL;
  g_ptr_array_add (mails, a);
  g_ptr_array_add (mails, b);
  g_assert_true (heddle_store_add_mails (store, mails, &fresh, &error));
  g_assert_no_error (error);
  return fresh;
}

static void
test_twice (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  HeddleStoreMail *other = fixture_mail ("Subject: x\n\ny\n", TRUE);
  other->envelope->queue_id[0] = '5';
  g_autoptr (GArray) fresh = add_two (store, fixture_mail ("Subject: x\n\ny\n", FALSE), other);
  g_assert_true (g_array_index (fresh, gboolean, 0));
  g_assert_false (g_array_index (fresh, gboolean, 1));
  /* A worker that died before it unlinked tells the same arrival again. */
  g_autoptr (GArray) again = add_two (store, fixture_mail ("Subject: x\n\ny\n", FALSE),
                                      fixture_mail ("Subject: x\r\n\r\ny\r\n", FALSE));
  g_assert_false (g_array_index (again, gboolean, 0));
  g_assert_false (g_array_index (again, gboolean, 1));
  g_assert_cmpint (fixture_number (fixture->path, "SELECT count(*) FROM mails"), ==, 1);
  g_assert_cmpint (fixture_number (fixture->path, "SELECT verified FROM mails"), ==, 1);
  g_assert_cmpint (fixture_number (fixture->path, "SELECT count(*) FROM envelopes"), ==, 2);
  g_assert_cmpint (fixture_number (fixture->path, "SELECT count(*) FROM recipients"), ==, 4);
  g_autoptr (GPtrArray) pending = heddle_store_pending (store, 0, &error);
  g_assert_cmpuint (pending->len, ==, 1);
}

static void
test_all_or_none (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  g_autoptr (GPtrArray) mails
      = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_store_mail_free);
  HeddleStoreMail *bad = fixture_mail ("Subject: bad\n\n", FALSE);
  strcpy (bad->mail, "no id");
  g_ptr_array_add (mails, fixture_mail ("Subject: good\n\n", FALSE));
  g_ptr_array_add (mails, bad);
  g_assert_false (heddle_store_add_mails (store, mails, NULL, &error));
  g_assert_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_UNKNOWN);
  g_assert_cmpint (fixture_number (fixture->path, "SELECT count(*) FROM mails"), ==, 0);
  g_autofree char *after = fixture_add (store, "Subject: after\n\n"); /* no transaction is left open */
}

static void
test_pending_order (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  g_autoptr (GPtrArray) want = g_ptr_array_new_with_free_func (g_free);
  for (int i = 0; i < 20; i++) {
    g_autofree char *bytes = g_strdup_printf ("Subject: %d\n\n", i);
    g_ptr_array_add (want, fixture_add (store, bytes));
  }
  g_autoptr (GPtrArray) all = heddle_store_pending (store, 0, &error);
  g_autoptr (GPtrArray) some = heddle_store_pending (store, 7, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 20);
  g_assert_cmpuint (some->len, ==, 7);
  for (guint i = 0; i < all->len; i++)
    g_assert_cmpstr (all->pdata[i], ==, want->pdata[i]);
}

/* A program dies by SIGKILL in the middle of its writing: what it committed is there,
 * of the rest nothing. */
static void
test_kill (Fixture *fixture, gconstpointer unused)
{
  int ready[2];
  g_assert_cmpint (pipe (ready), ==, 0);
  pid_t pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0) {
    HeddleStore *store = fixture_open (fixture);
    for (int i = 0;; i++) {
      g_autoptr (GPtrArray) mails
          = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_store_mail_free);
      for (int j = 0; j < 100; j++) {
        g_autofree char *bytes = g_strdup_printf ("Subject: %d %d\n\n", i, j);
        g_ptr_array_add (mails, fixture_mail (bytes, FALSE));
      }
      if (!heddle_store_add_mails (store, mails, NULL, NULL) || write (ready[1], "x", 1) != 1)
        _exit (1);
    }
  }
  char bytes[3];
  for (gsize got = 0; got < sizeof bytes;)
    got += (gsize) read (ready[0], bytes, sizeof bytes - got);
  kill (pid, SIGKILL);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  close (ready[0]);
  close (ready[1]);
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  gint64 mails = fixture_number (fixture->path, "SELECT count(*) FROM mails");
  g_assert_cmpint (mails, >=, 300);
  g_assert_cmpint (mails % 100, ==, 0);
  g_assert_cmpint (fixture_number (fixture->path, "SELECT sum(held) FROM packs JOIN pack_bytes ON pack = id"), ==, mails);
  g_assert_cmpint (fixture_number (fixture->path, "SELECT count(*) FROM envelopes"), ==, mails);
}

typedef struct {
  const char *sql; /* makes the file */
  HeddleStoreError code;
  const char *text;
} Foreign;

static void
test_foreign (Fixture *fixture, gconstpointer unused)
{
  static const Foreign cases[] = {
    { "CREATE TABLE other (x)", HEDDLE_STORE_ERROR_CORRUPT, "not a Heddle store" },
    { "PRAGMA application_id=77", HEDDLE_STORE_ERROR_CORRUPT, "not a Heddle store" },
    { "PRAGMA application_id=1214540884; PRAGMA user_version=99", HEDDLE_STORE_ERROR_VERSION, "newer" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    for (int mode = HEDDLE_STORE_READ; mode <= HEDDLE_STORE_WRITE; mode++) {
      g_autoptr (GError) error = NULL;
      g_autofree char *name = g_strdup_printf ("%d.db", (int) i);
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
      g_autofree char *before = NULL, *after = NULL;
      gsize length = 0, length_after = 0;
      fixture_sql (path, cases[i].sql);
      g_assert_true (g_file_get_contents (path, &before, &length, NULL));
      g_autoptr (HeddleStore) store = heddle_store_open (path, (HeddleStoreMode) mode, &error);
      g_assert_null (store);
      g_assert_error (error, HEDDLE_STORE_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].text));
      g_assert_true (g_file_get_contents (path, &after, &length_after, NULL));
      g_assert_cmpmem (before, length, after, length_after);
      g_remove (path);
    }
  }
}

static void
test_not_a_database (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (fixture->folder, "x.db", NULL);
  g_assert_true (g_file_set_contents (path, "Dear Sam, this is a letter and no database. It is "
                                            "long enough to be looked at, though, is it not?", -1, NULL));
  for (int mode = HEDDLE_STORE_READ; mode <= HEDDLE_STORE_WRITE; mode++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (HeddleStore) store = heddle_store_open (path, (HeddleStoreMode) mode, &error);
    g_assert_null (store);
    g_assert_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_CORRUPT);
  }
}

static void
test_missing (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleStore) store = heddle_store_open (fixture->path, HEDDLE_STORE_READ, &error);
  g_assert_null (store);
  g_assert_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_MISSING);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  g_autofree char *empty = g_build_filename (fixture->folder, "empty.db", NULL);
  g_assert_true (g_file_set_contents (empty, "", 0, NULL));
  store = heddle_store_open (empty, HEDDLE_STORE_READ, &error);
  g_assert_null (store);
  g_assert_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_MISSING);
}

static void
test_no_folder (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleStore) store
      = heddle_store_open ("/dev/null/heddle.db", HEDDLE_STORE_WRITE, &error);
  g_assert_null (store);
  g_assert_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_DISK);
}

/* A reader sees what stands there while a writer is at work, and after. */
static void
test_reader (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleStore) writer = fixture_open (fixture);
  g_autofree char *mail = fixture_add (writer, "Subject: x\n\ny\n");
  g_autoptr (HeddleStore) reader = heddle_store_open (fixture->path, HEDDLE_STORE_READ, &error);
  g_assert_no_error (error);
  g_autofree char *later = fixture_add (writer, "Subject: later\n\ny\n");
  g_autoptr (GBytes) raw = heddle_store_raw (reader, later, &error);
  g_assert_no_error (error);
  g_clear_pointer (&writer, heddle_store_close);
  g_autoptr (GBytes) again = heddle_store_raw (reader, mail, &error);
  g_assert_no_error (error);
  HeddleDecision decision = { .subject = (char *) "f1", .made = 1 };
  g_assert_false (heddle_store_decide (reader, &decision, &error));
  g_assert_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_DISK);
}

/* Another program holds the write lock for longer than one waits. */
static void
test_locked (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  int ready[2], over[2];
  char byte;
  g_assert_cmpint (pipe (ready), ==, 0);
  g_assert_cmpint (pipe (over), ==, 0);
  pid_t pid = fork ();
  if (pid == 0) {
    sqlite3 *db = NULL;
    close (over[1]);
    if (sqlite3_open (fixture->path, &db) != SQLITE_OK
        || sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK
        || write (ready[1], "x", 1) != 1 || read (over[0], &byte, 1) != 0)
      _exit (1);
    _exit (0);
  }
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  gint64 start = g_get_monotonic_time ();
  HeddleDecision decision = { .subject = (char *) "f1", .made = 1 };
  g_assert_false (heddle_store_decide (store, &decision, &error));
  g_assert_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_LOCKED);
  g_assert_cmpint (g_get_monotonic_time () - start, >, 4 * G_USEC_PER_SEC);
  g_autoptr (GPtrArray) list = heddle_store_decisions (store, NULL); /* reading goes on */
  g_assert_cmpuint (list->len, ==, 0);
  close (over[1]);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  g_clear_error (&error);
  g_assert_true (heddle_store_decide (store, &decision, &error));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store/truth/modes", test_modes);
  FIXTURE_TEST ("/store/truth/raw", test_raw);
  FIXTURE_TEST ("/store/truth/raw-unknown", test_raw_unknown);
  FIXTURE_TEST ("/store/truth/ambiguous", test_ambiguous);
  FIXTURE_TEST ("/store/truth/twice", test_twice);
  FIXTURE_TEST ("/store/truth/all-or-none", test_all_or_none);
  FIXTURE_TEST ("/store/truth/pending-order", test_pending_order);
  FIXTURE_TEST ("/store/truth/kill", test_kill);
  FIXTURE_TEST ("/store/truth/foreign", test_foreign);
  FIXTURE_TEST ("/store/truth/not-a-database", test_not_a_database);
  FIXTURE_TEST ("/store/truth/missing", test_missing);
  FIXTURE_TEST ("/store/truth/no-folder", test_no_folder);
  FIXTURE_TEST ("/store/truth/reader", test_reader);
  FIXTURE_TEST ("/store/truth/locked", test_locked);
  return g_test_run ();
}
