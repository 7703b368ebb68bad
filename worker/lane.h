/* SPDX-License-Identifier: MIT */
/* lane: one parse child and the mails that were handed to it. Within worker/ only. */
#ifndef HEDDLE_WORKER_LANE_H
#define HEDDLE_WORKER_LANE_H

#include "worker/process.h"

/* A mail on its way. */
typedef struct {
  GBytes *mail;
  gboolean taken;   /* a lane has it, or had it */
  gboolean written; /* all of it, to the present child */
  gboolean retried; /* one child died at it already */
  gboolean done;
  GBytes *record; /* (nullable) */
  GError *error;  /* (nullable) */
} HeddleJob;
void heddle_job_free (HeddleJob *job);

typedef struct {
  HeddleProcess process;
  GQueue jobs;   /* of HeddleJob (transfer none): taken and not done, in order */
  gsize bytes;   /* of their mails */
  guint given;   /* mails that the present child got or will get */
  gsize written; /* bytes of the frame that is being written */
  HeddleFrame frame; /* what is being read */
  gsize frame_got;
  guint8 *payload; /* (nullable) */
  gsize payload_got, payload_room;
  gint64 heard; /* when it last gave a result, or began to owe one */
} HeddleLane;

/* Start its process if none runs; what the last one had not answered is written again.
 * Fails with CHILD. */
gboolean heddle_lane_start (HeddleLane *lane, HeddleParser *parser,
                            const HeddleChildBounds *bounds, GError **error);
/* End it, by SIGKILL when @kill, and forget its jobs. */
void heddle_lane_stop (HeddleLane *lane, gboolean kill);

/* It has little to do, and its child has not yet had its share of mails. */
gboolean heddle_lane_wants (const HeddleLane *lane, const HeddleChildBounds *bounds);
/* The child has had its share and answered all of it. */
gboolean heddle_lane_is_spent (const HeddleLane *lane, const HeddleChildBounds *bounds);
void heddle_lane_take (HeddleLane *lane, HeddleJob *job);

/* Some of a job is still to be written. */
gboolean heddle_lane_has_unwritten (const HeddleLane *lane);
/* Write as much as the pipe takes. */
void heddle_lane_write (HeddleLane *lane);
/* Read what is there; see to a child that is gone. TRUE: a result came. */
gboolean heddle_lane_read (HeddleLane *lane, const HeddleChildBounds *bounds);
/* The child is gone, or must go because of @why (NULL: it went by itself): the job at
 * which it died is tried once more or blamed. */
void heddle_lane_bury (HeddleLane *lane, const HeddleChildBounds *bounds, const char *why);

#endif
