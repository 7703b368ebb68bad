/* SPDX-License-Identifier: MIT */
/* child: mails to a parse child and its results back, whatever becomes of it.
 *
 * Each mail under way is a job, in order: first those that are done, then those
 * that were written to the child, then those that wait to be written. One loop
 * (pump) writes and reads as the pipes allow, so that neither side can block the
 * other for ever. When the child dies, the first job that is not done is the one
 * that it died at, since it answers in order.
 *
 * The watch on the clock runs only while the parent waits here: each result has to
 * come within twice the CPU bound.
 */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "worker/process.h"

/* A mail of 10 MB takes 2 s at most, and the trees of a
 * hostile one some hundred megabytes. Recycling costs one fork. */
const HeddleChildBounds heddle_child_bounds_default
    = { .memory = (gsize) 768 << 20, .seconds = 10, .recycle = 500 };

typedef struct {
  GBytes *mail;
  gboolean written; /* all of it, to the present child */
  gboolean retried; /* one child died at it already */
  gboolean done;
  GBytes *record; /* (nullable) */
  GError *error;  /* (nullable) */
} Job;

struct _HeddleChild {
  HeddleChildBounds bounds;
  HeddleParser *parser;
  HeddleProcess process;
  GQueue jobs;
  guint given;       /* mails written to the present child, or begun */
  gsize written;     /* bytes of the frame that is being written */
  HeddleFrame frame; /* what is being read */
  gsize frame_got;
  GByteArray *payload;
};

static void
job_free (gpointer data)
{
  Job *job = data;
  g_bytes_unref (job->mail);
  g_clear_pointer (&job->record, g_bytes_unref);
  g_clear_error (&job->error);
  g_free (job);
}

static void
finish (Job *job, GBytes *record, int code, const char *why)
{
  job->done = TRUE;
  job->record = record;
  if (record == NULL)
    job->error = g_error_new_literal (HEDDLE_WORKER_ERROR, code, why);
}

/* The first job that is not done; NULL: none. */
static Job *
current_job (HeddleChild *child)
{
  for (GList *l = child->jobs.head; l != NULL; l = l->next)
    if (!((Job *) l->data)->done)
      return l->data;
  return NULL;
}

/* The first job that is not written; NULL: none. */
static Job *
unwritten_job (HeddleChild *child)
{
  for (GList *l = child->jobs.head; l != NULL; l = l->next) {
    Job *job = l->data;
    if (!job->done && !job->written)
      return job;
  }
  return NULL;
}

/* --- the child's life ----------------------------------------------------------- */

static gboolean
start (HeddleChild *child, GError **error)
{
  if (child->process.pid != 0)
    return TRUE;
  for (GList *l = child->jobs.head; l != NULL; l = l->next)
    ((Job *) l->data)->written = FALSE;
  child->given = 0;
  child->written = 0;
  child->frame_got = 0;
  g_byte_array_set_size (child->payload, 0);
  return heddle_process_start (&child->process, child->parser, &child->bounds, error);
}

/* The child is gone, or must go because of @why (NULL: it went by itself). */
static void
bury (HeddleChild *child, const char *why)
{
  int status = heddle_process_stop (&child->process, TRUE);
  Job *job = current_job (child);
  if (job == NULL || (!job->written && (job != unwritten_job (child) || child->written == 0)))
    return;
  gboolean cpu = why == NULL && WIFSIGNALED (status) && WTERMSIG (status) == SIGXCPU;
  if (!job->retried && !cpu) {
    job->retried = TRUE;
    return;
  }
  g_autofree char *reason = NULL;
  if (why != NULL)
    reason = g_strdup (why);
  else if (cpu)
    reason = g_strdup_printf ("the parser took more than %u s of CPU", child->bounds.seconds);
  else if (WIFSIGNALED (status))
    reason = g_strdup_printf ("the parser died of signal %d (%s); its memory is bounded to "
                              "%" G_GSIZE_FORMAT " MB",
                              WTERMSIG (status), g_strsignal (WTERMSIG (status)),
                              child->bounds.memory >> 20);
  else
    reason = g_strdup_printf ("the parser ended with status %d", WEXITSTATUS (status));
  finish (job, NULL, HEDDLE_WORKER_ERROR_BROKEN, reason);
}

/* --- writing and reading ----------------------------------------------------------- */

static gboolean
may_write (HeddleChild *child)
{
  return unwritten_job (child) != NULL
         && (child->bounds.recycle == 0 || child->written > 0
             || child->given < child->bounds.recycle);
}

/* As much of the next job as the pipe takes. */
static void
write_some (HeddleChild *child)
{
  Job *job = unwritten_job (child);
  if (job == NULL)
    return;
  gsize size;
  const char *data = g_bytes_get_data (job->mail, &size);
  guint64 length = size;
  const char *from = (const char *) &length + child->written;
  gsize rest = sizeof length - child->written;
  if (child->written >= sizeof length) {
    from = data + (child->written - sizeof length);
    rest = size - (child->written - sizeof length);
  }
  ssize_t n = rest == 0 ? 0 : write (child->process.to, from, rest);
  if (n < 0)
    return; /* EAGAIN, EINTR; a dead child shows at the other pipe */
  if (child->written == 0)
    child->given++;
  child->written += (gsize) n;
  if (child->written == sizeof length + size) {
    job->written = TRUE;
    child->written = 0;
  }
}

/* The parser's own words, made fit for a line of a log. */
static char *
one_line (const GByteArray *text)
{
  g_autofree char *valid = g_utf8_make_valid ((const char *) text->data, (gssize) MIN (text->len, 200));
  for (char *p = valid; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  return g_steal_pointer (&valid);
}

/* A whole frame is there: FALSE when it is not what a child of ours would say. */
static gboolean
take_frame (HeddleChild *child)
{
  Job *job = current_job (child);
  if (job == NULL || !job->written)
    return FALSE;
  if (child->frame.what == HEDDLE_FRAME_RECORD) {
    finish (job, g_byte_array_free_to_bytes (child->payload), 0, NULL);
    child->payload = g_byte_array_new ();
  } else if (child->frame.what == HEDDLE_FRAME_REFUSED) {
    g_autofree char *why = one_line (child->payload);
    finish (job, NULL, HEDDLE_WORKER_ERROR_PARSE, why);
    g_byte_array_set_size (child->payload, 0);
  } else {
    return FALSE;
  }
  child->frame_got = 0;
  return TRUE;
}

typedef enum { READ_MORE, READ_NOTHING, READ_RESULT, READ_END, READ_NONSENSE } Read;

static Read
read_some (HeddleChild *child)
{
  guint8 buffer[65536];
  gboolean in_head = child->frame_got < sizeof child->frame;
  gsize want = in_head ? sizeof child->frame - child->frame_got
                       : MIN (sizeof buffer, child->frame.length - child->payload->len);
  ssize_t n = want == 0 ? 0 : read (child->process.from, buffer, want);
  if (n < 0)
    return errno == EAGAIN || errno == EINTR ? READ_NOTHING : READ_END;
  if (n == 0 && want > 0)
    return READ_END;
  if (in_head) {
    memcpy ((char *) &child->frame + child->frame_got, buffer, (gsize) n);
    child->frame_got += (gsize) n;
    if (child->frame_got < sizeof child->frame)
      return READ_MORE;
    if (child->frame.length > HEDDLE_FRAME_MAX)
      return READ_NONSENSE;
  } else {
    g_byte_array_append (child->payload, buffer, (guint) n);
  }
  if (child->payload->len < child->frame.length)
    return READ_MORE;
  return take_frame (child) ? READ_RESULT : READ_NONSENSE;
}

/* Read until nothing is there. TRUE: at least one result came. */
static gboolean
read_all (HeddleChild *child)
{
  gboolean result = FALSE;
  for (;;) {
    switch (read_some (child)) {
    case READ_MORE:
      break;
    case READ_RESULT:
      result = TRUE;
      break;
    case READ_NOTHING:
      return result;
    case READ_END:
      bury (child, NULL);
      return result;
    case READ_NONSENSE:
      bury (child, "the parser's answer was no answer");
      return result;
    }
  }
}

/* Go on until all is written (@for_result FALSE) or the oldest mail is done. */
static gboolean
pump (HeddleChild *child, gboolean for_result, GError **error)
{
  gint64 patience = (gint64) child->bounds.seconds * 2 * G_USEC_PER_SEC;
  gint64 deadline = g_get_monotonic_time () + patience;
  for (;;) {
    const Job *oldest = g_queue_peek_head (&child->jobs);
    if (for_result ? oldest->done : unwritten_job (child) == NULL)
      return TRUE;
    if (child->process.pid != 0 && !may_write (child) && current_job (child) == unwritten_job (child))
      heddle_process_stop (&child->process, FALSE); /* it has done its share */
    if (!start (child, error))
      return FALSE;
    struct pollfd fds[] = { { .fd = child->process.from, .events = POLLIN },
                            { .fd = may_write (child) ? child->process.to : -1, .events = POLLOUT } };
    gint64 left = (deadline - g_get_monotonic_time () + 999) / 1000;
    int ready = poll (fds, G_N_ELEMENTS (fds), (int) MAX (left, 0));
    if (ready == 0) {
      g_autofree char *why
          = g_strdup_printf ("no answer from the parser within %u s", child->bounds.seconds * 2);
      bury (child, why);
      deadline = g_get_monotonic_time () + patience;
      continue;
    }
    if (ready > 0 && (fds[1].revents & POLLOUT) != 0)
      write_some (child);
    if (ready > 0 && fds[0].revents != 0 && (read_all (child) || child->process.pid == 0))
      deadline = g_get_monotonic_time () + patience;
  }
}

/* --- what others call ------------------------------------------------------------------ */

HeddleChild *
heddle_child_new (const HeddleChildBounds *bounds, GError **error)
{
  g_autoptr (HeddleChild) child = g_new0 (HeddleChild, 1);
  child->bounds = bounds != NULL ? *bounds : heddle_child_bounds_default;
  child->payload = g_byte_array_new ();
  g_queue_init (&child->jobs);
  child->parser = heddle_parser_new ();
  return start (child, error) ? g_steal_pointer (&child) : NULL;
}

void
heddle_child_drop (HeddleChild *child)
{
  if (current_job (child) != NULL)
    heddle_process_stop (&child->process, TRUE);
  g_queue_clear_full (&child->jobs, job_free);
}

void
heddle_child_free (HeddleChild *child)
{
  if (child == NULL)
    return;
  heddle_child_drop (child);
  heddle_process_stop (&child->process, FALSE);
  g_byte_array_unref (child->payload);
  heddle_parser_free (child->parser);
  g_free (child);
}

gboolean
heddle_child_send (HeddleChild *child, GBytes *mail, GError **error)
{
  g_assert (child->jobs.length < HEDDLE_CHILD_UNDER_WAY);
  Job *job = g_new0 (Job, 1);
  job->mail = g_bytes_ref (mail);
  g_queue_push_tail (&child->jobs, job);
  if (pump (child, FALSE, error))
    return TRUE;
  /* The caller still holds this mail and will send it again. */
  job_free (g_queue_pop_tail (&child->jobs));
  return FALSE;
}

GBytes *
heddle_child_receive (HeddleChild *child, GError **error)
{
  g_assert (child->jobs.length > 0);
  if (!pump (child, TRUE, error))
    return NULL;
  Job *job = g_queue_pop_head (&child->jobs);
  GBytes *record = g_steal_pointer (&job->record);
  if (record == NULL)
    g_propagate_error (error, g_steal_pointer (&job->error));
  job_free (job);
  return record;
}

guint
heddle_child_under_way (const HeddleChild *child)
{
  return child->jobs.length;
}
