/* SPDX-License-Identifier: MIT */
/* spool: the folders of a spool: open and make them, wait for news, sweep.
 *
 * The folders are held open and all else is done relative to them, so that moving
 * DIR under a running program splits nothing. It does not guard against another
 * process of the same user that meddles with the files.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "spool/private.h"

gboolean
heddle_spool_fail (GError **error, const HeddleSpool *spool, const char *what, const char *folder,
                   const char *name, int cause)
{
  g_set_error (error, HEDDLE_SPOOL_ERROR, HEDDLE_SPOOL_ERROR_DISK, "cannot %s %s/%s%s%s: %s", what,
               spool->dir, folder, name == NULL ? "" : "/", name == NULL ? "" : name,
               g_strerror (cause));
  return FALSE;
}

/* The folder @name of @dir_fd, made when it is not there, closed to all others
 * even where an administrator made it by hand. -1 with errno on failure. */
static int
open_folder (int dir_fd, const char *name)
{
  gboolean made = mkdirat (dir_fd, name, 0700) == 0;
  if (!made && errno != EEXIST && errno != EROFS)
    return -1;
  int fd = openat (dir_fd, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  struct stat st;
  if (fd >= 0 && fstat (fd, &st) == 0 && (st.st_mode & 077) != 0)
    (void) fchmod (fd, 0700);
  if (fd >= 0 && made)
    (void) fsync (dir_fd);
  return fd;
}

static gboolean
open_folders (HeddleSpool *spool, int dir_fd, GError **error)
{
  struct {
    const char *name;
    int *fd;
  } folders[] = { { "tmp", &spool->tmp_fd }, { "new", &spool->new_fd }, { "bad", &spool->bad_fd } };
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++) {
    *folders[i].fd = open_folder (dir_fd, folders[i].name);
    if (*folders[i].fd < 0)
      return heddle_spool_fail (error, spool, "open", folders[i].name, NULL, errno);
  }
  return TRUE;
}

HeddleSpool *
heddle_spool_open (const char *dir, GError **error)
{
  g_autoptr (HeddleSpool) spool = g_new0 (HeddleSpool, 1);
  spool->dir = g_strdup (dir);
  spool->tmp_fd = spool->new_fd = spool->bad_fd = spool->lock_fd = spool->watch_fd = -1;
  g_mutex_init (&spool->mutex);
  gboolean made = mkdir (dir, 0700) == 0;
  int dir_fd = made || errno == EEXIST || errno == EROFS
                   ? open (dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
                   : -1;
  if (dir_fd < 0) {
    g_set_error (error, HEDDLE_SPOOL_ERROR, HEDDLE_SPOOL_ERROR_MISSING, "no spool at %s: %s", dir,
                 g_strerror (errno));
    return NULL;
  }
  gboolean good = open_folders (spool, dir_fd, error);
  close (dir_fd);
  if (good && made) {
    g_autofree char *parent = g_path_get_dirname (dir);
    int parent_fd = open (parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (parent_fd >= 0) {
      (void) fsync (parent_fd);
      close (parent_fd);
    }
  }
  return good ? g_steal_pointer (&spool) : NULL;
}

void
heddle_spool_close (HeddleSpool *spool)
{
  if (spool == NULL)
    return;
  int fds[] = { spool->tmp_fd, spool->new_fd, spool->bad_fd, spool->lock_fd, spool->watch_fd };
  for (gsize i = 0; i < G_N_ELEMENTS (fds); i++)
    if (fds[i] >= 0)
      close (fds[i]);
  g_mutex_clear (&spool->mutex);
  g_free (spool->dir);
  g_free (spool);
}

/* --- waiting ----------------------------------------------------------------- */

static void
drain_watch (HeddleSpool *spool)
{
  char events[4096] __attribute__ ((aligned (__alignof__ (struct inotify_event))));
  while (read (spool->watch_fd, events, sizeof events) > 0)
    continue;
}

void
heddle_spool_wait (HeddleSpool *spool, int timeout_ms, int wake_fd)
{
  if (spool->watch_fd < 0 && (timeout_ms < 0 || timeout_ms > 1000))
    timeout_ms = 1000;
  struct pollfd fds[] = { { .fd = spool->watch_fd, .events = POLLIN },
                          { .fd = wake_fd, .events = POLLIN } };
  if (poll (fds, G_N_ELEMENTS (fds), timeout_ms) > 0 && (fds[0].revents & POLLIN) != 0)
    drain_watch (spool);
}
