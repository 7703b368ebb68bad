/* SPDX-License-Identifier: MIT */
/* process: start and end one parse child. Within worker/ only. */
#ifndef HEDDLE_WORKER_PROCESS_H
#define HEDDLE_WORKER_PROCESS_H

#include <sys/types.h>

#include "worker/frame.h"

typedef struct {
  pid_t pid; /* 0: none runs */
  int to;    /* written without blocking */
  int from;  /* read without blocking */
  int keep;  /* the child's end of `to`: held open so that writing to a dead child
                raises no SIGPIPE; its death shows at `from` */
} HeddleProcess;

/* Fork a child and wait until it is set up. Fails with CHILD. */
gboolean heddle_process_start (HeddleProcess *process, HeddleParser *parser,
                               const HeddleChildBounds *bounds, GError **error);
/* End it, by SIGKILL when @kill, else by end of input, and give its wait status.
 * 0 when none runs. */
int heddle_process_stop (HeddleProcess *process, gboolean kill);

#endif
