/* SPDX-License-Identifier: MIT */
/* spool: the durable hand-over from the milter to the worker; alone knows its
 * layout.
 *
 * It promises: an entry that heddle_spool_commit() said TRUE for survives a crash
 * of program and machine, whole; one that it did not is never seen by a reader.
 * Entries are independent files, so a damaged one harms no other.
 *
 *   DIR/tmp/NAME   being written; what is older than a day is swept away
 *   DIR/new/NAME   complete: a head line, the raw mail, the envelope (entry.h)
 *   DIR/bad/NAME   an entry that could not be used, kept with NAME.reason
 *
 * Folders have mode 0700, files 0600. A NAME begins with the time, so that names
 * sort as the mails came, and ends in 64 random bits, so that no two processes or
 * threads meet.
 *
 * Writers: many at once, in one process or several. Reader: one at a time, guarded
 * by a lock on DIR/lock.
 */
#ifndef HEDDLE_SPOOL_H
#define HEDDLE_SPOOL_H

#include "base/base.h"

#define HEDDLE_SPOOL_ERROR (heddle_spool_error_quark ())
GQuark heddle_spool_error_quark (void);
typedef enum {
  HEDDLE_SPOOL_ERROR_MISSING, /* no such directory, and it cannot be made */
  HEDDLE_SPOOL_ERROR_DISK,    /* full, read-only, failing */
  HEDDLE_SPOOL_ERROR_LOCKED,  /* another reader is at work */
  HEDDLE_SPOOL_ERROR_DAMAGED, /* an entry that is none */
  HEDDLE_SPOOL_ERROR_LIMIT,   /* larger than this program will take into memory */
} HeddleSpoolError;

typedef struct {
  char *sender;      /* (nullable) MAIL FROM without brackets, "" for <> */
  GPtrArray *rcpts;  /* of char *, without brackets: those that are configured inboxes */
  char *auth;        /* (nullable) {auth_authen} */
  char *auth_type;   /* (nullable) {auth_type} */
  char *client;      /* (nullable) address of the client */
  char *helo;        /* (nullable) */
  char *queue_id;    /* (nullable) {i} */
  char *daemon;      /* (nullable) {daemon_name} */
  HeddleTime received;
  GPtrArray *header_order; /* of char *: field names in the order in which the MTA sent them */
} HeddleSpoolEnvelope;
HeddleSpoolEnvelope *heddle_spool_envelope_new (void);
void heddle_spool_envelope_free (HeddleSpoolEnvelope *envelope);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleSpoolEnvelope, heddle_spool_envelope_free)

typedef struct _HeddleSpool HeddleSpool;
/* @dir is made, with its folders, mode 0700, when its parent is there. Safe to
 * share between threads for writing. Fails with MISSING or DISK. */
HeddleSpool *heddle_spool_open (const char *dir, GError **error);
void heddle_spool_close (HeddleSpool *spool);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleSpool, heddle_spool_close)

/* --- writing -------------------------------------------------------------------------- */

typedef struct _HeddleSpoolWriter HeddleSpoolWriter;
HeddleSpoolWriter *heddle_spool_begin (HeddleSpool *spool, GError **error);
/* Bytes of the mail, in as many pieces as one likes. After a failure only
 * heddle_spool_abort() is left. */
gboolean heddle_spool_write (HeddleSpoolWriter *writer, gconstpointer bytes, gsize length,
                             GError **error);
/* Make it durable under @envelope: fsync, rename, fsync of the folder. Frees
 * @writer, also on failure. @ret_name: (out) (optional) (transfer full): the
 * entry's name, for logs. */
gboolean heddle_spool_commit (HeddleSpoolWriter *writer, const HeddleSpoolEnvelope *envelope,
                              char **ret_name, GError **error);
/* Give up: nothing is left. Frees @writer; NULL is fine. */
void heddle_spool_abort (HeddleSpoolWriter *writer);

/* --- reading -------------------------------------------------------------------------- */

/* Become the one reader, until heddle_spool_close(). Fails with LOCKED. */
gboolean heddle_spool_lock (HeddleSpool *spool, GError **error);
/* Names of complete entries, oldest first, at most @limit (0: all): array of
 * char * (transfer full). */
GPtrArray *heddle_spool_list (HeddleSpool *spool, guint limit, GError **error);
/* One entry, checked. Fails with DAMAGED, LIMIT, DISK. */
gboolean heddle_spool_read (HeddleSpool *spool, const char *name,
                            HeddleSpoolEnvelope **ret_envelope, GBytes **ret_bytes, GError **error);
/* The same for the bytes of an entry file, wherever they come from. Fails with
 * DAMAGED. @ret_bytes shares memory with @entry. */
gboolean heddle_spool_decode (GBytes *entry, HeddleSpoolEnvelope **ret_envelope,
                              GBytes **ret_bytes, GError **error);
/* It is safe elsewhere now: unlink. A name that is gone already is no error. */
gboolean heddle_spool_remove (HeddleSpool *spool, const char *name, GError **error);
/* Keep it aside under @reason, one line. */
gboolean heddle_spool_set_aside (HeddleSpool *spool, const char *name, const char *reason,
                                 GError **error);
/* Unlink what was left half written in tmp/ and not touched for a day before
 * @now. @ret_count: (out) (optional). */
gboolean heddle_spool_sweep (HeddleSpool *spool, HeddleTime now, guint *ret_count,
                             GError **error);
/* How many entries wait, how many are set aside, and since when the oldest waits
 * (NONE: none). */
gboolean heddle_spool_stat (HeddleSpool *spool, guint *ret_count, guint *ret_bad,
                            HeddleTime *ret_oldest, GError **error);
/* Blocks until a new entry may be there, or @timeout_ms passed (-1: never), or
 * @wake_fd (-1: none) is readable. Entries that came since heddle_spool_lock() or
 * the last call are not missed. Uses inotify; without it looks once a second. */
void heddle_spool_wait (HeddleSpool *spool, int timeout_ms, int wake_fd);

#endif
