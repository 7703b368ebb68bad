/* SPDX-License-Identifier: MIT */
/* Tests of worker/source.c and mbox.c: which mails a path holds, byte for byte. */
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "worker/worker.h"

#define FROM "From ana@example.org Tue Apr 10 15:59:11 2018\n"

static char *top;

static gboolean
note (const char *path, gint64 offset, GBytes *bytes, const char *error_text, gpointer user_data)
{
  GString *log = user_data;
  const char *name = g_str_has_prefix (path, top) ? path + strlen (top) + 1 : path;
  if (bytes == NULL) {
    g_string_append_printf (log, "%s! %s|", name, error_text);
    return TRUE;
  }
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_string_append_printf (log, "%s@%d %.*s|", name, (int) offset, (int) size,
                          data != NULL ? data : "");
  return TRUE;
}

static char *
mails_in (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (top, name, NULL);
  g_autoptr (GString) log = g_string_new (NULL);
  if (!heddle_source_each (path, note, log, &error)) {
    g_assert_error (error, HEDDLE_WORKER_ERROR, HEDDLE_WORKER_ERROR_SOURCE);
    g_string_append (log, "FAILED");
  }
  return g_string_free (g_steal_pointer (&log), FALSE);
}

static void
put (const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (top, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
test_files (void)
{
  static const struct {
    const char *text, *expect;
  } rows[] = {
    { "A: b\n\nx\n", "f@0 A: b\n\nx\n|" },
    { "", "f@0 |" },
    { FROM "A: 1\n\nx\n\n" FROM "A: 2\n\ny\n", "f@46 A: 1\n\nx\n|f@101 A: 2\n\ny\n|" },
    /* The blank line at the end belongs to the mbox. */
    { FROM "A: 1\n\nx\n\n", "f@46 A: 1\n\nx\n|" },
    { FROM "A: 1\n\nx", "f@46 A: 1\n\nx|" },
    { FROM "A: 1\n\nx\n\n\n" FROM "A: 2\n\n\n", "f@46 A: 1\n\nx\n\n|f@102 A: 2\n\n|" },
    /* CRLF. */
    { "From a Tue Apr 10 15:59:11 2018\r\nA: 1\r\n\r\nx\r\n\r\n"
      "From a Tue Apr 10 15:59:11 2018\r\nA: 2\r\n\r\n",
      "f@33 A: 1\r\n\r\nx\r\n|f@79 A: 2\r\n|" },
    /* A sentence is no separator, whether escaped or not, nor is one amid text. */
    { FROM "A: 1\n\nx\n\nFrom what I hear, 3 came.\n\n>From me\n\nx\n" FROM "y\n",
      "f@46 A: 1\n\nx\n\nFrom what I hear, 3 came.\n\n>From me\n\nx\n" FROM "y\n|" },
    { FROM "A: 1\n\n" FROM "A: 2\n\nz\n", "f@46 A: 1\n|f@98 A: 2\n\nz\n|" },
    /* As mail services export it. */
    { "From 123@xxx Mon Jan 01 10:00:00 +0000 2018\nA: 1\n\nx\n\n"
      "From 124@xxx Mon Jan 01 10:00:00 +0000 2018\nA: 2\n\n",
      "f@44 A: 1\n\nx\n|f@97 A: 2\n|" },
    { FROM, "f@46 |" },
    { "From ", "f@5 |" },
    { "From: Ana\n\nx", "f@0 From: Ana\n\nx|" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    put ("f", rows[i].text);
    g_autofree char *got = mails_in ("f");
    g_assert_cmpstr (got, ==, rows[i].expect);
  }
}

static void
test_maildir (void)
{
  put ("md/cur/2.host:2,S", "A: 2\n\n");
  put ("md/cur/1.host:2,S", "A: 1\n\n");
  put ("md/new/3.host", "no header at all");
  put ("md/tmp/4.host", "A: 4\n\n");
  put ("md/cur/.hidden", "A: 5\n\n");
  put ("md/subscriptions", "INBOX\n");
  put ("md/.Old/cur/6.host:2,", "A: 6\n\n");
  put ("md/.Old/new/7.host", "A: 7\n\n");
  put ("md/.Old/tmp/8.host", "A: 8\n\n");
  put ("md/.git/9", "A: 9\n\n");
  g_autofree char *got = mails_in ("md");
  g_assert_cmpstr (got, ==,
                   "md/.Old/cur/6.host:2,@0 A: 6\n\n|md/.Old/new/7.host@0 A: 7\n\n|"
                   "md/cur/1.host:2,S@0 A: 1\n\n|md/cur/2.host:2,S@0 A: 2\n\n|"
                   "md/new/3.host@0 no header at all|");
  g_autofree char *part = mails_in ("md/new");
  g_assert_cmpstr (part, ==, "md/new/3.host@0 no header at all|");
}

static void
test_folder (void)
{
  put ("folder/b.eml", "A: b\n\n");
  put ("folder/a/z.eml", "binary \x01");
  put ("folder/a/z.json", "{ \"A\": 1 }");
  put ("folder/a/README.md", "# Mails: some\n");
  put ("folder/12", "A: 12\n\n");
  put ("folder/Inbox", FROM "A: 1\n\nx\n");
  put ("folder/Empty", "");
  put ("folder/.mh_sequences", "cur: 1\n");
  g_autofree char *loop = g_build_filename (top, "folder", "loop", NULL);
  g_assert_cmpint (symlink (".", loop), ==, 0);
  g_autofree char *dangling = g_build_filename (top, "folder", "gone.eml", NULL);
  g_assert_cmpint (symlink ("nowhere", dangling), ==, 0);
  g_autofree char *fifo = g_build_filename (top, "folder", "fifo", NULL);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_autofree char *got = mails_in ("folder");
  g_assert_cmpstr (got, ==,
                   "folder/12@0 A: 12\n\n|folder/Inbox@46 A: 1\n\nx\n|folder/a/z.eml@0 binary \x01|"
                   "folder/b.eml@0 A: b\n\n|"
                   "folder/gone.eml! cannot be read: No such file or directory|");
}

static void
test_missing (void)
{
  g_autofree char *got = mails_in ("not/there");
  g_assert_cmpstr (got, ==, "FAILED");
}

static gboolean
stop_at_once (const char *path, gint64 offset, GBytes *bytes, const char *error_text,
              gpointer user_data)
{
  (*(int *) user_data)++;
  return FALSE;
}

static void
test_stop (void)
{
  g_autofree char *path = g_build_filename (top, "md", NULL);
  int calls = 0;
  g_assert_true (heddle_source_each (path, stop_at_once, &calls, NULL));
  g_assert_cmpint (calls, ==, 1);
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  top = g_dir_make_tmp ("heddle-source-XXXXXX", NULL);
  g_assert_nonnull (top);
  g_test_add_func ("/source/files", test_files);
  g_test_add_func ("/source/maildir", test_maildir);
  g_test_add_func ("/source/folder", test_folder);
  g_test_add_func ("/source/missing", test_missing);
  g_test_add_func ("/source/stop", test_stop);
  int status = g_test_run ();
  remove_tree (top);
  g_free (top);
  return status;
}
