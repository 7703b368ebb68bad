/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "tests/store/fixture.h"

void
fixture_set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  fixture->folder = g_dir_make_tmp ("heddle-store-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "new", "heddle.db", NULL);
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

void
fixture_tear_down (Fixture *fixture, gconstpointer unused)
{
  remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

HeddleStore *
fixture_open (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  HeddleStore *store = heddle_store_open (fixture->path, HEDDLE_STORE_WRITE, &error);
  g_assert_no_error (error);
  return store;
}

HeddleStoreMail *
fixture_mail (const char *bytes, gboolean verified)
{
  HeddleStoreMail *mail = g_new0 (HeddleStoreMail, 1);
  mail->mail = heddle_mail_id (bytes, strlen (bytes));
  mail->bytes = g_bytes_new (bytes, strlen (bytes));
  mail->envelope = g_new0 (HeddleEnvelope, 1);
  mail->envelope->sender = g_strdup ("ana@example.org");
  mail->envelope->rcpts = g_strsplit ("threads@example.org cases@example.org", " ", -1);
  mail->envelope->queue_id = g_strdup ("4Q1");
  mail->received = 1523390351;
  mail->verified = verified;
  return mail;
}

char *
fixture_add (HeddleStore *store, const char *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) mails
      = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_store_mail_free);
  HeddleStoreMail *mail = fixture_mail (bytes, FALSE);
  g_ptr_array_add (mails, mail);
  g_assert_true (heddle_store_add_mails (store, mails, NULL, &error));
  g_assert_no_error (error);
  return g_strdup (mail->mail);
}

void
fixture_sql (const char *path, const char *text)
{
  sqlite3 *db = NULL;
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, text, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

gint64
fixture_number (const char *path, const char *text)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *stmt = NULL;
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, text, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  gint64 number = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return number;
}
