/* SPDX-License-Identifier: MIT */
/* What the files of spool/ share. Within spool/ only. */
#ifndef HEDDLE_SPOOL_PRIVATE_H
#define HEDDLE_SPOOL_PRIVATE_H

#include "spool/spool.h"

struct _HeddleSpool {
  char *dir;
  int tmp_fd, new_fd, bad_fd; /* the folders */
  int lock_fd;                /* -1 until this is the reader */
  int watch_fd;               /* inotify on new/, -1: none */
  GMutex mutex;               /* guards last_name */
  gint64 last_name;           /* microseconds in the last name that was given out */
};

/* Sets a DISK error "cannot WHAT DIR/FOLDER/NAME: ERRNO" and returns FALSE. @name
 * may be NULL. */
gboolean heddle_spool_fail (GError **error, const HeddleSpool *spool, const char *what,
                            const char *folder, const char *name, int cause);

#endif
