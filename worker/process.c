/* SPDX-License-Identifier: MIT */
/* process: start and end one parse child. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "worker/process.h"

/* Unprivileged programs may have pipes of this size; with the usual 64 KB the child
 * would mostly wait while the parent writes to the store. */
#define PIPE_SIZE (1 << 20)
#define SET_UP_MS 20000

static gboolean
no_child (GError **error, const char *what)
{
  g_set_error (error, HEDDLE_WORKER_ERROR, HEDDLE_WORKER_ERROR_CHILD,
               "cannot start the parser's process: %s", what);
  return FALSE;
}

static gboolean
make_pipe (int ends[2])
{
  if (pipe2 (ends, O_CLOEXEC) != 0)
    return FALSE;
  (void) fcntl (ends[1], F_SETPIPE_SZ, PIPE_SIZE);
  return TRUE;
}

/* A child that cannot set itself up is our trouble; it must never look as if a mail
 * had broken it. */
static gboolean
wait_ready (const HeddleProcess *process)
{
  HeddleFrame frame;
  gsize got = 0;
  while (got < sizeof frame) {
    struct pollfd fd = { .fd = process->from, .events = POLLIN };
    int ready = poll (&fd, 1, SET_UP_MS);
    if (ready < 0 && errno == EINTR)
      continue;
    ssize_t n = ready > 0 ? read (process->from, (char *) &frame + got, sizeof frame - got) : 0;
    if (n < 0 && (errno == EINTR || errno == EAGAIN))
      continue;
    if (n <= 0)
      return FALSE;
    got += (gsize) n;
  }
  return frame.what == HEDDLE_FRAME_READY && frame.length == 0;
}

static void
close_pair (const int ends[2])
{
  close (ends[0]);
  close (ends[1]);
}

gboolean
heddle_process_start (HeddleProcess *process, HeddleParser *parser,
                      const HeddleChildBounds *bounds, GError **error)
{
  int mails[2], records[2];
  if (!make_pipe (mails))
    return no_child (error, g_strerror (errno));
  if (!make_pipe (records)) {
    no_child (error, g_strerror (errno));
    close_pair (mails);
    return FALSE;
  }
  pid_t parent = getpid ();
  pid_t pid = fork ();
  if (pid == 0)
    heddle_parse_run (parser, bounds, parent, mails[0], records[1]);
  if (pid < 0) {
    no_child (error, g_strerror (errno));
    close_pair (mails);
    close_pair (records);
    return FALSE;
  }
  close (records[1]);
  (void) fcntl (mails[1], F_SETFL, O_NONBLOCK);
  (void) fcntl (records[0], F_SETFL, O_NONBLOCK);
  *process
      = (HeddleProcess){ .pid = pid, .to = mails[1], .from = records[0], .keep = mails[0] };
  if (!wait_ready (process)) {
    heddle_process_stop (process, TRUE);
    return no_child (error, "it could not set its limits, or ran into them at once; is the "
                            "memory bound too small?");
  }
  return TRUE;
}

int
heddle_process_stop (HeddleProcess *process, gboolean kill_it)
{
  if (process->pid == 0)
    return 0;
  if (kill_it)
    (void) kill (process->pid, SIGKILL);
  close (process->to);
  close (process->keep);
  close (process->from);
  int status = 0;
  while (waitpid (process->pid, &status, 0) < 0 && errno == EINTR)
    continue;
  process->pid = 0;
  return status;
}
