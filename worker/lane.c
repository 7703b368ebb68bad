/* SPDX-License-Identifier: MIT */
/* lane: one parse child and the mails that were handed to it, whatever becomes of it.
 *
 * Its jobs stand in order: first those that were written to the child, then those that
 * wait to be written. When the child dies, the first is the one that it died at, since
 * it answers in order. Nothing here blocks but the start of a process; child.c waits.
 */
#include "config.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "worker/lane.h"

/* About what a pipe holds: more would wait here for this child while another has
 * nothing to do. */
#define ENOUGH_BYTES ((gsize) 1 << 20)
#define FIRST_ROOM ((gsize) 1 << 20) /* of a result, whatever length its child claims */

void
heddle_job_free (HeddleJob *job)
{
  g_bytes_unref (job->mail);
  g_clear_pointer (&job->record, g_bytes_unref);
  g_clear_error (&job->error);
  g_free (job);
}

/* The first job is done. @record: (transfer full) (nullable) */
static void
finish (HeddleLane *lane, GBytes *record, int code, const char *why)
{
  HeddleJob *job = g_queue_pop_head (&lane->jobs);
  lane->bytes -= g_bytes_get_size (job->mail);
  lane->heard = g_get_monotonic_time ();
  job->done = TRUE;
  job->record = record;
  if (record == NULL)
    job->error = g_error_new_literal (HEDDLE_WORKER_ERROR, code, why);
}

/* The first job that is not written; NULL: none. They are few (heddle_lane_wants()). */
static HeddleJob *
unwritten_job (const HeddleLane *lane)
{
  GList *l = lane->jobs.tail;
  while (l != NULL && l->prev != NULL && !((HeddleJob *) l->prev->data)->written)
    l = l->prev;
  return l != NULL && !((HeddleJob *) l->data)->written ? l->data : NULL;
}

gboolean
heddle_lane_has_unwritten (const HeddleLane *lane)
{
  return unwritten_job (lane) != NULL;
}

gboolean
heddle_lane_wants (const HeddleLane *lane, const HeddleChildBounds *bounds)
{
  return lane->bytes < ENOUGH_BYTES && unwritten_job (lane) == NULL
         && (bounds->recycle == 0 || lane->given < bounds->recycle);
}

gboolean
heddle_lane_is_spent (const HeddleLane *lane, const HeddleChildBounds *bounds)
{
  return bounds->recycle != 0 && lane->given >= bounds->recycle && lane->jobs.length == 0;
}

void
heddle_lane_take (HeddleLane *lane, HeddleJob *job)
{
  if (lane->jobs.length == 0)
    lane->heard = g_get_monotonic_time ();
  job->taken = TRUE;
  g_queue_push_tail (&lane->jobs, job);
  lane->bytes += g_bytes_get_size (job->mail);
  lane->given++;
}

/* --- the child's life ----------------------------------------------------------- */

static void
drop_payload (HeddleLane *lane)
{
  g_clear_pointer (&lane->payload, g_free);
  lane->payload_got = lane->payload_room = 0;
  lane->frame_got = 0;
}

gboolean
heddle_lane_start (HeddleLane *lane, HeddleParser *parser, const HeddleChildBounds *bounds,
                   GError **error)
{
  if (lane->process.pid != 0)
    return TRUE;
  for (GList *l = lane->jobs.head; l != NULL; l = l->next)
    ((HeddleJob *) l->data)->written = FALSE;
  lane->given = lane->jobs.length;
  lane->written = 0;
  drop_payload (lane);
  return heddle_process_start (&lane->process, parser, bounds, error);
}

void
heddle_lane_stop (HeddleLane *lane, gboolean kill)
{
  heddle_process_stop (&lane->process, kill);
  drop_payload (lane);
  g_queue_clear (&lane->jobs);
  lane->bytes = 0;
  lane->given = 0;
}

static char *
cause_of_death (int status, const HeddleChildBounds *bounds)
{
  if (WIFSIGNALED (status) && WTERMSIG (status) == SIGXCPU)
    return g_strdup_printf ("the parser took more than %u s of CPU", bounds->seconds);
  if (WIFSIGNALED (status))
    return g_strdup_printf ("the parser died of signal %d (%s); its memory is bounded to "
                            "%" G_GSIZE_FORMAT " MB",
                            WTERMSIG (status), g_strsignal (WTERMSIG (status)),
                            bounds->memory >> 20);
  return g_strdup_printf ("the parser ended with status %d", WEXITSTATUS (status));
}

void
heddle_lane_bury (HeddleLane *lane, const HeddleChildBounds *bounds, const char *why)
{
  int status = heddle_process_stop (&lane->process, TRUE);
  HeddleJob *job = g_queue_peek_head (&lane->jobs);
  if (job == NULL || (!job->written && lane->written == 0))
    return;
  gboolean cpu = why == NULL && WIFSIGNALED (status) && WTERMSIG (status) == SIGXCPU;
  if (!job->retried && !cpu) {
    job->retried = TRUE;
    return;
  }
  g_autofree char *cause = why != NULL ? g_strdup (why) : cause_of_death (status, bounds);
  finish (lane, NULL, HEDDLE_WORKER_ERROR_BROKEN, cause);
}

/* --- writing and reading ----------------------------------------------------------- */

void
heddle_lane_write (HeddleLane *lane)
{
  HeddleJob *job = unwritten_job (lane);
  if (job == NULL)
    return;
  gsize size;
  const char *data = g_bytes_get_data (job->mail, &size);
  guint64 length = size;
  gsize head = MIN (lane->written, sizeof length), body = lane->written - head;
  struct iovec parts[] = { { (char *) &length + head, sizeof length - head },
                           { (char *) data + body, size - body } };
  ssize_t n = writev (lane->process.to, parts, G_N_ELEMENTS (parts));
  if (n < 0)
    return; /* EAGAIN, EINTR; a dead child shows at the other pipe */
  lane->written += (gsize) n;
  if (lane->written == sizeof length + size) {
    job->written = TRUE;
    lane->written = 0;
  }
}

/* The parser's own words, made fit for a line of a log. */
static char *
one_line (const guint8 *text, gsize length)
{
  g_autofree char *valid = g_utf8_make_valid ((const char *) text, (gssize) MIN (length, 200));
  for (char *p = valid; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  return g_steal_pointer (&valid);
}

/* A whole frame is there: FALSE when it is not what a child of ours would say. */
static gboolean
take_frame (HeddleLane *lane)
{
  const HeddleJob *job = g_queue_peek_head (&lane->jobs);
  if (job == NULL || !job->written)
    return FALSE;
  if (lane->frame.what == HEDDLE_FRAME_RECORD) {
    finish (lane, g_bytes_new_take (g_steal_pointer (&lane->payload), lane->payload_got), 0, NULL);
  } else if (lane->frame.what == HEDDLE_FRAME_REFUSED) {
    g_autofree char *why = one_line (lane->payload != NULL ? lane->payload : (const guint8 *) "",
                                     lane->payload_got);
    finish (lane, NULL, HEDDLE_WORKER_ERROR_PARSE, why);
  } else {
    return FALSE;
  }
  drop_payload (lane);
  return TRUE;
}

typedef enum { READ_MORE, READ_NOTHING, READ_RESULT, READ_END, READ_NONSENSE } Read;

/* Where the next bytes go, and how many; never further than what the frame says. */
static guint8 *
next_room (HeddleLane *lane, gsize *ret_length)
{
  if (lane->frame_got < sizeof lane->frame) {
    *ret_length = sizeof lane->frame - lane->frame_got;
    return (guint8 *) &lane->frame + lane->frame_got;
  }
  if (lane->payload_got == lane->payload_room) {
    gsize room = MAX (lane->payload_room * 2, FIRST_ROOM);
    lane->payload_room = MIN (room, MAX (lane->frame.length, 1));
    lane->payload = g_realloc (lane->payload, lane->payload_room);
  }
  *ret_length = MIN (lane->payload_room, lane->frame.length) - lane->payload_got;
  return lane->payload + lane->payload_got;
}

static Read
read_some (HeddleLane *lane)
{
  gsize want = 0;
  guint8 *room = next_room (lane, &want);
  ssize_t n = want == 0 ? 0 : read (lane->process.from, room, want);
  if (n < 0)
    return errno == EAGAIN || errno == EINTR ? READ_NOTHING : READ_END;
  if (n == 0 && want > 0)
    return READ_END;
  if (lane->frame_got < sizeof lane->frame) {
    lane->frame_got += (gsize) n;
    if (lane->frame_got < sizeof lane->frame)
      return READ_MORE;
    if (lane->frame.length > HEDDLE_FRAME_MAX)
      return READ_NONSENSE;
  } else {
    lane->payload_got += (gsize) n;
  }
  if (lane->payload_got < lane->frame.length)
    return READ_MORE;
  return take_frame (lane) ? READ_RESULT : READ_NONSENSE;
}

gboolean
heddle_lane_read (HeddleLane *lane, const HeddleChildBounds *bounds)
{
  gboolean result = FALSE;
  for (;;) {
    switch (read_some (lane)) {
    case READ_MORE:
      break;
    case READ_RESULT:
      result = TRUE;
      break;
    case READ_NOTHING:
      return result;
    case READ_END:
      heddle_lane_bury (lane, bounds, NULL);
      return result;
    case READ_NONSENSE:
      heddle_lane_bury (lane, bounds, "the parser's answer was no answer");
      return result;
    }
  }
}
