/* SPDX-License-Identifier: MIT */
/* read: the worker's side of the spool: lock, list, read, remove, set aside.
 *
 * Every name in new/ that does not begin with a dot is listed, also one that no
 * milter of ours wrote: what cannot be read is then set aside with a reason, not
 * passed over in silence.
 */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "spool/private.h"

/* An entry is read whole; no MTA that we know takes a mail of that size. */
#define ENTRY_MAX (G_GINT64_CONSTANT (1) << 30)
#define DAY 86400

gboolean
heddle_spool_lock (HeddleSpool *spool, GError **error)
{
  g_autofree char *path = g_build_filename (spool->dir, "lock", NULL);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    return heddle_spool_fail (error, spool, "open", "lock", NULL, errno);
  if (flock (fd, LOCK_EX | LOCK_NB) != 0) {
    int cause = errno;
    close (fd);
    if (cause != EWOULDBLOCK)
      return heddle_spool_fail (error, spool, "lock", "lock", NULL, cause);
    g_set_error (error, HEDDLE_SPOOL_ERROR, HEDDLE_SPOOL_ERROR_LOCKED,
                 "another worker drains %s: stop it, or wait until it is done", spool->dir);
    return FALSE;
  }
  spool->lock_fd = fd;
  g_autofree char *folder = g_build_filename (spool->dir, "new", NULL);
  spool->watch_fd = inotify_init1 (IN_NONBLOCK | IN_CLOEXEC);
  if (spool->watch_fd >= 0
      && inotify_add_watch (spool->watch_fd, folder, IN_MOVED_TO | IN_CREATE | IN_ONLYDIR) < 0) {
    close (spool->watch_fd);
    spool->watch_fd = -1;
  }
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* All names of a folder that do not begin with a dot, unsorted. */
static GPtrArray *
names_in (const HeddleSpool *spool, int folder_fd, const char *folder, GError **error)
{
  int fd = openat (folder_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *dir = fd >= 0 ? fdopendir (fd) : NULL;
  if (dir == NULL) {
    heddle_spool_fail (error, spool, "list", folder, NULL, errno);
    if (fd >= 0)
      close (fd);
    return NULL;
  }
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const struct dirent *item;
  errno = 0;
  while ((item = readdir (dir)) != NULL)
    if (item->d_name[0] != '.')
      g_ptr_array_add (names, g_strdup (item->d_name));
  int cause = errno;
  closedir (dir);
  if (cause != 0) {
    heddle_spool_fail (error, spool, "list", folder, NULL, cause);
    g_ptr_array_unref (names);
    return NULL;
  }
  return names;
}

GPtrArray *
heddle_spool_list (HeddleSpool *spool, guint limit, GError **error)
{
  GPtrArray *names = names_in (spool, spool->new_fd, "new", error);
  if (names == NULL)
    return NULL;
  g_ptr_array_sort (names, compare_names);
  if (limit > 0 && names->len > limit)
    g_ptr_array_set_size (names, (int) limit);
  return names;
}

static GBytes *
read_whole (HeddleSpool *spool, int fd, const char *name, gsize size, GError **error)
{
  g_autofree char *data = g_try_malloc (MAX (size, 1));
  if (data == NULL) {
    heddle_spool_fail (error, spool, "read", "new", name, ENOMEM);
    return NULL;
  }
  gsize done = 0;
  while (done < size) {
    ssize_t n = read (fd, data + done, size - done);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0) {
      heddle_spool_fail (error, spool, "read", "new", name, errno);
      return NULL;
    }
    if (n == 0)
      break;
    done += (gsize) n;
  }
  return g_bytes_new_take (g_steal_pointer (&data), done);
}

gboolean
heddle_spool_read (HeddleSpool *spool, const char *name, HeddleSpoolEnvelope **ret_envelope,
                   GBytes **ret_bytes, GError **error)
{
  /* O_NONBLOCK: a FIFO that somebody put there must not stop the worker. */
  int fd = openat (spool->new_fd, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  struct stat st;
  if (fd < 0 && errno != ELOOP)
    return heddle_spool_fail (error, spool, "open", "new", name, errno);
  if (fd < 0 || fstat (fd, &st) != 0 || !S_ISREG (st.st_mode)) {
    g_set_error_literal (error, HEDDLE_SPOOL_ERROR, HEDDLE_SPOOL_ERROR_DAMAGED,
                         "not a spool entry: no regular file");
    if (fd >= 0)
      close (fd);
    return FALSE;
  }
  if (st.st_size > ENTRY_MAX) {
    close (fd);
    g_set_error (error, HEDDLE_SPOOL_ERROR, HEDDLE_SPOOL_ERROR_LIMIT,
                 "larger than %" G_GINT64_FORMAT " bytes", (gint64) ENTRY_MAX);
    return FALSE;
  }
  g_autoptr (GBytes) entry = read_whole (spool, fd, name, (gsize) st.st_size, error);
  close (fd);
  return entry != NULL && heddle_spool_decode (entry, ret_envelope, ret_bytes, error);
}

gboolean
heddle_spool_remove (HeddleSpool *spool, const char *name, GError **error)
{
  if (unlinkat (spool->new_fd, name, 0) != 0 && errno != ENOENT)
    return heddle_spool_fail (error, spool, "remove", "new", name, errno);
  return TRUE;
}

/* The reason is on the disk before the entry leaves new/: a crash between the two
 * leaves an entry that is tried again, never one without its reason. */
static gboolean
write_reason (HeddleSpool *spool, const char *name, const char *reason, GError **error)
{
  g_autofree char *file = g_strconcat (name, ".reason", NULL);
  g_autofree char *line = g_strconcat (reason, "\n", NULL);
  int fd = openat (spool->bad_fd, file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  gsize length = strlen (line);
  gboolean good = fd >= 0 && write (fd, line, length) == (ssize_t) length && fsync (fd) == 0;
  int cause = errno;
  if (fd >= 0)
    close (fd);
  return good || heddle_spool_fail (error, spool, "write", "bad", file, cause);
}

gboolean
heddle_spool_set_aside (HeddleSpool *spool, const char *name, const char *reason, GError **error)
{
  if (!write_reason (spool, name, reason, error))
    return FALSE;
  if (renameat (spool->new_fd, name, spool->bad_fd, name) != 0 && errno != ENOENT)
    return heddle_spool_fail (error, spool, "move to bad/ from", "new", name, errno);
  if (fsync (spool->bad_fd) != 0 || fsync (spool->new_fd) != 0)
    return heddle_spool_fail (error, spool, "sync", "bad", NULL, errno);
  return TRUE;
}

gboolean
heddle_spool_sweep (HeddleSpool *spool, HeddleTime now, guint *ret_count, GError **error)
{
  g_autoptr (GPtrArray) names = names_in (spool, spool->tmp_fd, "tmp", error);
  if (names == NULL)
    return FALSE;
  guint count = 0;
  for (guint i = 0; i < names->len; i++) {
    const char *name = g_ptr_array_index (names, i);
    struct stat st;
    if (fstatat (spool->tmp_fd, name, &st, AT_SYMLINK_NOFOLLOW) != 0 || st.st_mtime > now - DAY)
      continue;
    if (unlinkat (spool->tmp_fd, name, 0) != 0 && errno != ENOENT)
      return heddle_spool_fail (error, spool, "remove", "tmp", name, errno);
    count++;
  }
  if (ret_count != NULL)
    *ret_count = count;
  return TRUE;
}

gboolean
heddle_spool_stat (HeddleSpool *spool, guint *ret_count, guint *ret_bad, HeddleTime *ret_oldest,
                   GError **error)
{
  g_autoptr (GPtrArray) waiting = heddle_spool_list (spool, 0, error);
  g_autoptr (GPtrArray) aside
      = waiting == NULL ? NULL : names_in (spool, spool->bad_fd, "bad", error);
  if (aside == NULL)
    return FALSE;
  guint bad = 0;
  for (guint i = 0; i < aside->len; i++)
    if (!g_str_has_suffix (g_ptr_array_index (aside, i), ".reason"))
      bad++;
  HeddleTime oldest = HEDDLE_TIME_NONE;
  for (guint i = 0; i < waiting->len && oldest == HEDDLE_TIME_NONE; i++) {
    struct stat st;
    if (fstatat (spool->new_fd, g_ptr_array_index (waiting, i), &st, AT_SYMLINK_NOFOLLOW) == 0)
      oldest = st.st_mtime;
  }
  *ret_count = waiting->len;
  *ret_bad = bad;
  *ret_oldest = oldest;
  return TRUE;
}
