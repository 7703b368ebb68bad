/* SPDX-License-Identifier: MIT */
/* source: the mails in files and folders, for `heddle ingest`.
 *
 * Large files are mapped, so an mbox of many gigabytes needs no memory of its own; to
 * read a small one costs less. What is no plain file (a pipe) is read whole. Links are followed, each folder is
 * entered once. It does not guard against a file that is cut short while it is
 * read, as no reader of mapped files can.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "worker/worker.h"
#include "worker/mbox.h"

/* What may come through a pipe. */
#define STREAM_MAX ((gsize) 1 << 30)
/* Files below are read, not mapped. */
#define MAPPED_MIN ((gsize) 256 << 10)
/* Folders within folders. */
#define DEPTH_MAX 64

typedef struct {
  HeddleSourceFunc func;
  gpointer user_data;
  GHashTable *entered; /* "device:inode" of each folder */
  gboolean stopped;
} Walk;

static void
give (Walk *walk, const char *path, gint64 offset, GBytes *bytes, const char *trouble)
{
  if (!walk->stopped && !walk->func (path, offset, bytes, trouble, walk->user_data))
    walk->stopped = TRUE;
}

static void
give_trouble (Walk *walk, const char *path, int cause)
{
  g_autofree char *text = g_strdup_printf ("cannot be read: %s", g_strerror (cause));
  give (walk, path, 0, NULL, text);
}

/* --- files -------------------------------------------------------------------- */

static GBytes *
read_stream (int fd, int *ret_cause)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  guint8 buffer[65536];
  for (;;) {
    ssize_t n = read (fd, buffer, sizeof buffer);
    if (n == 0)
      return g_byte_array_free_to_bytes (g_steal_pointer (&all));
    if (n > 0 && all->len + (gsize) n <= STREAM_MAX) {
      g_byte_array_append (all, buffer, (guint) n);
      continue;
    }
    if (n < 0 && errno == EINTR)
      continue;
    *ret_cause = n < 0 ? errno : EFBIG;
    return NULL;
  }
}

/* A small file of @size bytes, as far as it goes: it may be cut short meanwhile. */
static GBytes *
read_whole (int fd, gsize size, int *ret_cause)
{
  g_autofree char *data = g_malloc (size + 1);
  gsize got = 0;
  while (got < size) {
    ssize_t n = read (fd, data + got, size - got);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0) {
      *ret_cause = errno;
      return NULL;
    }
    if (n == 0)
      break;
    got += (gsize) n;
  }
  return g_bytes_new_take (g_steal_pointer (&data), got);
}

/* NULL with *@ret_cause set on failure. */
static GBytes *
read_file (const char *path, int *ret_cause)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  struct stat st;
  if (fd < 0 || fstat (fd, &st) != 0) {
    *ret_cause = errno;
    if (fd >= 0)
      close (fd);
    return NULL;
  }
  GBytes *bytes = NULL;
  if (S_ISREG (st.st_mode) && (gsize) st.st_size < MAPPED_MIN) {
    bytes = read_whole (fd, (gsize) st.st_size, ret_cause);
  } else if (S_ISREG (st.st_mode)) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GMappedFile) map = g_mapped_file_new_from_fd (fd, FALSE, &error);
    if (map != NULL)
      bytes = g_mapped_file_get_bytes (map);
    else
      *ret_cause = EIO;
  } else {
    bytes = read_stream (fd, ret_cause);
  }
  close (fd);
  return bytes;
}

/* The mails of one file. */
static void
give_bytes (Walk *walk, const char *path, GBytes *bytes)
{
  gsize size, at = 0, start, end;
  const char *data = g_bytes_get_data (bytes, &size);
  if (data == NULL || !heddle_mbox_is (data, size)) {
    give (walk, path, 0, bytes, NULL);
    return;
  }
  for (gsize from = 0; !walk->stopped && heddle_mbox_next (data, size, &at, &start, &end);
       from = at) {
    g_autoptr (GBytes) mail = heddle_mbox_mail (bytes, from, start, end);
    give (walk, path, (gint64) start, mail, NULL);
  }
}

static void
walk_file (Walk *walk, const char *path)
{
  int cause = 0;
  g_autoptr (GBytes) bytes = read_file (path, &cause);
  if (bytes == NULL)
    give_trouble (walk, path, cause);
  else
    give_bytes (walk, path, bytes);
}

/* --- folders ------------------------------------------------------------------------ */

/* A name that says that this is mail. */
static gboolean
is_mail_name (const char *name)
{
  return g_str_has_suffix (name, ".eml") || g_str_has_suffix (name, ".mbox")
         || name[strspn (name, "0123456789")] == '\0';
}

/* A mail begins with a field's name and a colon, an mbox with "From "; so do calendars and
 * cards, always with this name (RFC 5545, 6350). */
static gboolean
begins_as_mail (const char *path)
{
  char head[1000];
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0)
    return TRUE; /* reading it will say why not */
  ssize_t n = read (fd, head, sizeof head);
  close (fd);
  if (n <= 0)
    return FALSE;
  gsize i = 0;
  while (i < (gsize) n && head[i] > ' ' && head[i] < 127 && head[i] != ':')
    i++;
  if (i == strlen ("BEGIN") && g_ascii_strncasecmp (head, "BEGIN", i) == 0)
    return FALSE;
  return i > 0 && i < (gsize) n && (head[i] == ':' || heddle_mbox_is (head, (gsize) n));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static GPtrArray *
sorted_names (const char *path, int *ret_cause)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (path, 0, &error);
  if (dir == NULL) {
    *ret_cause = errno != 0 ? errno : EIO;
    return NULL;
  }
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

static gboolean
enter (Walk *walk, const struct stat *st)
{
  return g_hash_table_add (walk->entered,
                           g_strdup_printf ("%ju:%ju", (uintmax_t) st->st_dev, (uintmax_t) st->st_ino));
}

static void walk_folder (Walk *walk, const char *path, gboolean is_maildir_part, guint depth);

static gboolean
is_maildir (const char *path)
{
  g_autofree char *cur = g_build_filename (path, "cur", NULL);
  g_autofree char *new = g_build_filename (path, "new", NULL);
  return g_file_test (cur, G_FILE_TEST_IS_DIR) && g_file_test (new, G_FILE_TEST_IS_DIR);
}

/* One name within a folder. */
static void
walk_name (Walk *walk, const char *folder, const char *name, gboolean in_maildir_part,
           gboolean in_maildir, guint depth)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  struct stat st;
  if (stat (path, &st) != 0) {
    if (name[0] != '.')
      give_trouble (walk, path, errno);
    return;
  }
  if (S_ISDIR (st.st_mode)) {
    gboolean part = in_maildir && (strcmp (name, "cur") == 0 || strcmp (name, "new") == 0);
    gboolean skip = in_maildir && strcmp (name, "tmp") == 0;
    if (!skip && (name[0] != '.' || is_maildir (path)) && depth < DEPTH_MAX && enter (walk, &st))
      walk_folder (walk, path, part, depth + 1);
  } else if (S_ISREG (st.st_mode) && name[0] != '.') {
    if (in_maildir_part || is_mail_name (name) || begins_as_mail (path))
      walk_file (walk, path);
  }
}

static void
walk_folder (Walk *walk, const char *path, gboolean is_maildir_part, guint depth)
{
  int cause = 0;
  errno = 0;
  g_autoptr (GPtrArray) names = sorted_names (path, &cause);
  if (names == NULL) {
    give_trouble (walk, path, cause);
    return;
  }
  gboolean maildir = is_maildir (path);
  for (guint i = 0; i < names->len && !walk->stopped; i++)
    walk_name (walk, path, g_ptr_array_index (names, i), is_maildir_part, maildir, depth);
}

gboolean
heddle_source_each (const char *path, HeddleSourceFunc func, gpointer user_data, GError **error)
{
  Walk walk = { .func = func, .user_data = user_data };
  int cause = 0;
  struct stat st;
  if (strcmp (path, "-") != 0 && stat (path, &st) == 0 && S_ISDIR (st.st_mode)) {
    if (access (path, R_OK | X_OK) != 0) {
      cause = errno;
    } else {
      walk.entered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      enter (&walk, &st);
      g_autofree char *name = g_path_get_basename (path);
      g_autofree char *parent = g_path_get_dirname (path);
      gboolean part = is_maildir (parent) && (strcmp (name, "cur") == 0 || strcmp (name, "new") == 0);
      walk_folder (&walk, path, part, 0);
      g_hash_table_unref (walk.entered);
    }
  } else {
    g_autoptr (GBytes) bytes = strcmp (path, "-") == 0 ? read_stream (STDIN_FILENO, &cause)
                                                       : read_file (path, &cause);
    if (bytes != NULL)
      give_bytes (&walk, path, bytes);
  }
  if (cause == 0)
    return TRUE;
  g_set_error (error, HEDDLE_WORKER_ERROR, HEDDLE_WORKER_ERROR_SOURCE, "cannot be read: %s",
               g_strerror (cause));
  return FALSE;
}
