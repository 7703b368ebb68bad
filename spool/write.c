/* SPDX-License-Identifier: MIT */
/* write: a mail into the spool, so that it is there for good or not at all.
 *
 * Bytes go to tmp/NAME as they come. The commit writes envelope and head, syncs the
 * file, moves it to new/ and syncs that folder; only then is it said to be kept. If
 * the last step fails the entry is taken out again, since the sender will be told
 * to come back with the mail.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "spool/entry.h"
#include "spool/private.h"

/* Header fields come one by one; a mail of the usual size leaves in one write. */
#define BUFFER 65536

struct _HeddleSpoolWriter {
  HeddleSpool *spool;
  char *name;
  int fd;
  guint64 mail; /* bytes of the mail so far */
  GChecksum *digest;
  gsize filled;
  char buffer[BUFFER];
};

static void
writer_free (HeddleSpoolWriter *writer)
{
  if (writer->fd >= 0)
    close (writer->fd);
  g_checksum_free (writer->digest);
  g_free (writer->name);
  g_free (writer);
}

/* Microseconds that rise with every call, also when the clock does not. */
static char *
new_name (HeddleSpool *spool)
{
  g_mutex_lock (&spool->mutex);
  gint64 now = MAX (g_get_real_time (), spool->last_name + 1);
  spool->last_name = now;
  g_mutex_unlock (&spool->mutex);
  return g_strdup_printf ("%014" G_GINT64_MODIFIER "x-%08x%08x", now, g_random_int (),
                          g_random_int ());
}

HeddleSpoolWriter *
heddle_spool_begin (HeddleSpool *spool, GError **error)
{
  HeddleSpoolWriter *writer = g_malloc (sizeof *writer);
  writer->spool = spool;
  writer->name = new_name (spool);
  writer->mail = 0;
  writer->digest = g_checksum_new (G_CHECKSUM_SHA256);
  writer->fd
      = openat (spool->tmp_fd, writer->name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (writer->fd < 0) {
    heddle_spool_fail (error, spool, "create", "tmp", writer->name, errno);
    writer_free (writer);
    return NULL;
  }
  /* The head's place; what is no entry yet must not look like one. */
  memset (writer->buffer, ' ', HEDDLE_ENTRY_HEAD);
  writer->filled = HEDDLE_ENTRY_HEAD;
  return writer;
}

static gboolean
write_all (HeddleSpoolWriter *writer, const char *bytes, gsize length, GError **error)
{
  while (length > 0) {
    ssize_t n = write (writer->fd, bytes, length);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return heddle_spool_fail (error, writer->spool, "write", "tmp", writer->name,
                                n < 0 ? errno : ENOSPC);
    bytes += n;
    length -= (gsize) n;
  }
  return TRUE;
}

static gboolean
append (HeddleSpoolWriter *writer, const char *bytes, gsize length, GError **error)
{
  g_checksum_update (writer->digest, (const guchar *) bytes, (gssize) length);
  if (length > BUFFER - writer->filled) {
    if (!write_all (writer, writer->buffer, writer->filled, error))
      return FALSE;
    writer->filled = 0;
  }
  if (length > BUFFER)
    return write_all (writer, bytes, length, error);
  memcpy (writer->buffer + writer->filled, bytes, length);
  writer->filled += length;
  return TRUE;
}

gboolean
heddle_spool_write (HeddleSpoolWriter *writer, gconstpointer bytes, gsize length, GError **error)
{
  if (length == 0)
    return TRUE;
  writer->mail += length;
  return append (writer, bytes, length, error);
}

/* All bytes of the entry are in the file and on the disk. */
static gboolean
complete (HeddleSpoolWriter *writer, const HeddleSpoolEnvelope *envelope, GError **error)
{
  g_autoptr (GString) fields = heddle_entry_encode (envelope);
  if (!append (writer, fields->str, fields->len, error)
      || !write_all (writer, writer->buffer, writer->filled, error))
    return FALSE;
  char head[HEDDLE_ENTRY_HEAD + 1];
  heddle_entry_head (head, fields->len, writer->mail, g_checksum_get_string (writer->digest));
  ssize_t n = pwrite (writer->fd, head, HEDDLE_ENTRY_HEAD, 0);
  if (n != HEDDLE_ENTRY_HEAD)
    return heddle_spool_fail (error, writer->spool, "write", "tmp", writer->name,
                              n < 0 ? errno : ENOSPC);
  if (fsync (writer->fd) != 0)
    return heddle_spool_fail (error, writer->spool, "sync", "tmp", writer->name, errno);
  return TRUE;
}

static gboolean
publish (HeddleSpoolWriter *writer, GError **error)
{
  HeddleSpool *spool = writer->spool;
  if (renameat (spool->tmp_fd, writer->name, spool->new_fd, writer->name) != 0)
    return heddle_spool_fail (error, spool, "move to new/ from", "tmp", writer->name, errno);
  if (fsync (spool->new_fd) == 0)
    return TRUE;
  heddle_spool_fail (error, spool, "sync", "new", NULL, errno);
  (void) unlinkat (spool->new_fd, writer->name, 0);
  return FALSE;
}

gboolean
heddle_spool_commit (HeddleSpoolWriter *writer, const HeddleSpoolEnvelope *envelope,
                     char **ret_name, GError **error)
{
  if (!complete (writer, envelope, error) || !publish (writer, error)) {
    heddle_spool_abort (writer);
    return FALSE;
  }
  if (ret_name != NULL)
    *ret_name = g_steal_pointer (&writer->name);
  writer_free (writer);
  return TRUE;
}

void
heddle_spool_abort (HeddleSpoolWriter *writer)
{
  if (writer == NULL)
    return;
  (void) unlinkat (writer->spool->tmp_fd, writer->name, 0);
  writer_free (writer);
}
