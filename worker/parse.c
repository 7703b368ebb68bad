/* SPDX-License-Identifier: MIT */
/* parse: what runs in the parse child: shut every door, then mail in, record out.
 *
 * All that follows heddle_parse_run() is done by a process that may be taken over
 * by the mail that it reads. It has no descriptors but its two pipes, may make no
 * file, no process and no core, and ends with its parent. Bounds on memory and CPU
 * are the kernel's; the clock is watched by the parent. It ignores the signals
 * that end a worker, which lets it finish what is under way; end of input ends it.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "worker/frame.h"

enum { EXIT_SET_UP = 71 };

/* The parent may have handlers; none of them makes sense here. */
static void
reset_signals (void)
{
  for (int number = 1; number < NSIG; number++)
    if (number != SIGKILL && number != SIGSTOP)
      (void) signal (number, SIG_DFL);
  int quiet[] = { SIGTERM, SIGINT, SIGHUP };
  for (gsize i = 0; i < G_N_ELEMENTS (quiet); i++)
    (void) signal (quiet[i], SIG_IGN);
  sigset_t none;
  sigemptyset (&none);
  (void) sigprocmask (SIG_SETMASK, &none, NULL);
}

/* Mails come in at 0, records leave at 1, 2 leads nowhere; nothing else is open. */
static gboolean
take_pipes (int from, int to)
{
  from = fcntl (from, F_DUPFD, 3);
  to = fcntl (to, F_DUPFD, 3);
  if (from < 0 || to < 0 || dup2 (from, 0) < 0 || dup2 (to, 1) < 0)
    return FALSE;
#ifndef __SANITIZE_ADDRESS__ /* whose reports go to 2 */
  int nowhere = open ("/dev/null", O_WRONLY);
  if (nowhere < 0 || dup2 (nowhere, 2) < 0)
    return FALSE;
#endif
  return close_range (3, ~0u, 0) == 0;
}

static gboolean
limit (int resource, rlim_t value)
{
  struct rlimit both = { value, value };
  return setrlimit ((__rlimit_resource_t) resource, &both) == 0;
}

static gboolean
set_limits (const HeddleChildBounds *bounds)
{
#ifndef __SANITIZE_ADDRESS__ /* whose shadow is terabytes of address space */
  if (!limit (RLIMIT_AS, bounds->memory))
    return FALSE;
#endif
  return limit (RLIMIT_CORE, 0) && limit (RLIMIT_FSIZE, 0) && limit (RLIMIT_NOFILE, 8)
         && limit (RLIMIT_NPROC, 0);
}

/* The place for a filter of system calls: read, write, memory, clock, exit and
 * nothing else. All that opens a file must have happened before. */
static gboolean
set_filter (void)
{
  return TRUE;
}

static gboolean
shut_doors (const HeddleChildBounds *bounds, pid_t parent, int from, int to)
{
  if (prctl (PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid () != parent)
    return FALSE;
  reset_signals ();
  if (!take_pipes (from, to))
    return FALSE;
#ifndef __SANITIZE_ADDRESS__ /* whose leak check attaches to the process */
  if (prctl (PR_SET_DUMPABLE, 0) != 0)
    return FALSE;
#endif
  return prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && set_limits (bounds) && set_filter ();
}

/* Only the soft limit moves: it counts from the birth of the process. */
static void
allow_cpu (guint seconds)
{
  struct timespec used = { 0 };
  struct rlimit both;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &used);
  if (getrlimit (RLIMIT_CPU, &both) == 0) {
    both.rlim_cur = (rlim_t) used.tv_sec + 1 + seconds;
    (void) setrlimit (RLIMIT_CPU, &both);
  }
}

/* FALSE at end of input. */
static gboolean
read_all (gpointer into, gsize length)
{
  for (char *at = into; length > 0;) {
    ssize_t n = read (0, at, length);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return FALSE;
    at += n;
    length -= (gsize) n;
  }
  return TRUE;
}

static void
write_all (gconstpointer from, gsize length)
{
  for (const char *at = from; length > 0;) {
    ssize_t n = write (1, at, length);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      _exit (EXIT_SET_UP);
    at += n;
    length -= (gsize) n;
  }
}

static void
answer (guint32 what, gconstpointer payload, gsize length)
{
  HeddleFrame frame = { what, (guint32) length };
  write_all (&frame, sizeof frame);
  write_all (payload, length);
}

static void
parse_one (HeddleParser *parser, const char *mail, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleChain) chain = heddle_parse_mail (parser, mail, length, NULL, &error);
  if (chain == NULL) {
    const char *why = error != NULL ? error->message : "the parser gave no reason";
    answer (HEDDLE_FRAME_REFUSED, why, strlen (why));
    return;
  }
  g_autoptr (GBytes) record = heddle_chain_to_record (chain, FALSE);
  gsize size;
  gconstpointer data = g_bytes_get_data (record, &size);
  if (size > HEDDLE_FRAME_MAX) {
    static const char why[] = "its record would be too large";
    answer (HEDDLE_FRAME_REFUSED, why, strlen (why));
  } else {
    answer (HEDDLE_FRAME_RECORD, data, size);
  }
}

void
heddle_parse_run (HeddleParser *parser, const HeddleChildBounds *bounds, pid_t parent, int from,
                  int to)
{
  if (!shut_doors (bounds, parent, from, to))
    _exit (EXIT_SET_UP);
  answer (HEDDLE_FRAME_READY, "", 0);
  guint64 length;
  while (read_all (&length, sizeof length)) {
    allow_cpu (bounds->seconds);
    char *mail = malloc (MAX (length, 1));
    if (mail == NULL)
      abort ();
    if (!read_all (mail, length))
      break;
    parse_one (parser, mail, length);
    free (mail);
  }
  _exit (0);
}
