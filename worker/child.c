/* SPDX-License-Identifier: MIT */
/* child: mails to parse children and their results back, in the order of sending.
 *
 * There are as many children as processors, up to a few, each behind a lane (lane.c). A
 * mail waits here until a lane has little left to do, so that a slow mail holds up no
 * other but the few behind it in its own pipe. One step (serve) hands out, writes and
 * reads as the pipes allow, so that neither side can block the other for ever; while the
 * caller is busy with something else it takes such steps now and then
 * (heddle_child_serve()).
 *
 * The watch on the clock runs only while the parent waits here: each result has to
 * come within twice the CPU bound.
 */
#include "config.h"

#include <poll.h>
#include <string.h>

#include "worker/lane.h"

#define MOST_LANES 4

/* A mail of 10 MB takes 2 s at most, and the trees of a
 * hostile one some hundred megabytes. Recycling costs a fork, and the parent a copy of each
 * page that it writes from then on and that the child shares. */
const HeddleChildBounds heddle_child_bounds_default
    = { .memory = (gsize) 768 << 20, .seconds = 10, .recycle = 2000, .processes = 2 };

struct _HeddleChild {
  HeddleChildBounds bounds;
  HeddleParser *parser;
  guint lanes_n;
  HeddleLane lanes[MOST_LANES];
  GQueue jobs;    /* of HeddleJob, in the order of sending; owned */
  GQueue waiting; /* of HeddleJob: those that no lane has taken */
};

/* The lane with the least to do among those that want more; NULL: none. */
static HeddleLane *
idlest (HeddleChild *child)
{
  HeddleLane *best = NULL;
  for (guint i = 0; i < child->lanes_n; i++) {
    HeddleLane *lane = &child->lanes[i];
    if (heddle_lane_wants (lane, &child->bounds)
        && (best == NULL || lane->jobs.length < best->jobs.length))
      best = lane;
  }
  return best;
}

/* Waiting jobs to lanes; every lane that has a job gets a process. */
static gboolean
hand_out (HeddleChild *child, GError **error)
{
  for (guint i = 0; i < child->lanes_n; i++)
    if (heddle_lane_is_spent (&child->lanes[i], &child->bounds))
      heddle_lane_stop (&child->lanes[i], FALSE);
  HeddleLane *lane;
  while (child->waiting.length > 0 && (lane = idlest (child)) != NULL) {
    heddle_lane_take (lane, g_queue_pop_head (&child->waiting));
    if (!heddle_lane_start (lane, child->parser, &child->bounds, error))
      return FALSE;
    heddle_lane_write (lane);
  }
  for (guint i = 0; i < child->lanes_n; i++)
    if (child->lanes[i].jobs.length > 0
        && !heddle_lane_start (&child->lanes[i], child->parser, &child->bounds, error))
      return FALSE;
  return TRUE;
}

/* Milliseconds until the first lane that owes a result is late. */
static int
time_left (const HeddleChild *child, gint64 patience)
{
  gint64 now = g_get_monotonic_time (), left = patience;
  for (guint i = 0; i < child->lanes_n; i++)
    if (child->lanes[i].jobs.length > 0)
      left = MIN (left, child->lanes[i].heard + patience - now);
  return (int) (MAX (left, 0) + 999) / 1000;
}

static void
bury_the_late (HeddleChild *child, gint64 patience)
{
  gint64 now = g_get_monotonic_time ();
  g_autofree char *why
      = g_strdup_printf ("no answer from the parser within %u s", child->bounds.seconds * 2);
  for (guint i = 0; i < child->lanes_n; i++) {
    HeddleLane *lane = &child->lanes[i];
    if (lane->jobs.length == 0 || lane->heard + patience > now)
      continue;
    heddle_lane_bury (lane, &child->bounds, why);
    lane->heard = now;
  }
}

/* One round over all lanes; with @wait it lasts until something happens. */
static gboolean
serve (HeddleChild *child, gboolean wait, GError **error)
{
  const gint64 patience = (gint64) child->bounds.seconds * 2 * G_USEC_PER_SEC;
  struct pollfd fds[2 * MOST_LANES];
  if (!hand_out (child, error))
    return FALSE;
  for (guint i = 0; i < child->lanes_n; i++) {
    const HeddleLane *lane = &child->lanes[i];
    gboolean runs = lane->process.pid != 0;
    gboolean writes = runs && heddle_lane_has_unwritten (lane);
    fds[2 * i] = (struct pollfd){ .fd = runs ? lane->process.from : -1, .events = POLLIN };
    fds[2 * i + 1] = (struct pollfd){ .fd = writes ? lane->process.to : -1, .events = POLLOUT };
  }
  int ready = poll (fds, 2 * child->lanes_n, wait ? time_left (child, patience) : 0);
  for (guint i = 0; ready > 0 && i < child->lanes_n; i++) {
    if ((fds[2 * i + 1].revents & POLLOUT) != 0)
      heddle_lane_write (&child->lanes[i]);
    if (fds[2 * i].revents != 0 && !heddle_lane_read (&child->lanes[i], &child->bounds)
        && child->lanes[i].process.pid == 0)
      child->lanes[i].heard = g_get_monotonic_time (); /* the next child has its own time */
  }
  if (wait && ready <= 0)
    bury_the_late (child, patience);
  return TRUE;
}

/* --- what others call ------------------------------------------------------------------ */

HeddleChild *
heddle_child_new (const HeddleChildBounds *bounds, GError **error)
{
  g_autoptr (HeddleChild) child = g_new0 (HeddleChild, 1);
  child->bounds = bounds != NULL ? *bounds : heddle_child_bounds_default;
  child->lanes_n = CLAMP (child->bounds.processes, 1, MOST_LANES);
  for (guint i = 0; i < child->lanes_n; i++)
    g_queue_init (&child->lanes[i].jobs);
  g_queue_init (&child->jobs);
  g_queue_init (&child->waiting);
  child->parser = heddle_parser_new ();
  return heddle_lane_start (&child->lanes[0], child->parser, &child->bounds, error)
             ? g_steal_pointer (&child)
             : NULL;
}

void
heddle_child_drop (HeddleChild *child)
{
  for (guint i = 0; i < child->lanes_n; i++)
    if (child->lanes[i].jobs.length > 0)
      heddle_lane_stop (&child->lanes[i], TRUE);
  g_queue_clear (&child->waiting);
  g_queue_clear_full (&child->jobs, (GDestroyNotify) heddle_job_free);
}

void
heddle_child_free (HeddleChild *child)
{
  if (child == NULL)
    return;
  heddle_child_drop (child);
  for (guint i = 0; i < child->lanes_n; i++)
    heddle_lane_stop (&child->lanes[i], FALSE);
  heddle_parser_free (child->parser);
  g_free (child);
}

void
heddle_child_send (HeddleChild *child, GBytes *mail)
{
  g_assert (child->jobs.length < HEDDLE_CHILD_UNDER_WAY);
  HeddleJob *job = g_new0 (HeddleJob, 1);
  job->mail = g_bytes_ref (mail);
  g_queue_push_tail (&child->jobs, job);
  g_queue_push_tail (&child->waiting, job);
  heddle_child_serve (child);
}

void
heddle_child_serve (HeddleChild *child)
{
  g_autoptr (GError) later = NULL; /* heddle_child_receive() meets it again */
  if (child->jobs.length > 0)
    (void) serve (child, FALSE, &later);
}

GBytes *
heddle_child_receive (HeddleChild *child, GError **error)
{
  g_assert (child->jobs.length > 0);
  for (guint i = 0; i < child->lanes_n; i++)
    child->lanes[i].heard = g_get_monotonic_time ();
  while (!heddle_child_is_ready (child))
    if (!serve (child, TRUE, error))
      return NULL;
  HeddleJob *job = g_queue_pop_head (&child->jobs);
  GBytes *record = g_steal_pointer (&job->record);
  if (record == NULL)
    g_propagate_error (error, g_steal_pointer (&job->error));
  heddle_job_free (job);
  return record;
}

gboolean
heddle_child_is_ready (const HeddleChild *child)
{
  return child->jobs.length > 0 && ((const HeddleJob *) child->jobs.head->data)->done;
}

guint
heddle_child_under_way (const HeddleChild *child)
{
  return child->jobs.length;
}
