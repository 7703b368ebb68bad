/* SPDX-License-Identifier: MIT */
/* frame: what goes over the pipes between worker and parse child. Within worker/
 * only.
 *
 *   to the child    length (8 bytes), mail
 *   from the child  what (4 bytes), length (4 bytes), payload
 *
 * Numbers are in the machine's own order: both ends are one program.
 */
#ifndef HEDDLE_WORKER_FRAME_H
#define HEDDLE_WORKER_FRAME_H

#include <sys/types.h>

#include "worker/worker.h"
#include "parser/parser.h"

typedef struct {
  guint32 what;
  guint32 length;
} HeddleFrame;

enum {
  HEDDLE_FRAME_READY = 1, /* the child is set up; no payload */
  HEDDLE_FRAME_RECORD,    /* heddle_chain_to_record() */
  HEDDLE_FRAME_REFUSED,   /* the parser's own words */
};

/* The most that is believed: a child that claims more was taken over. A record
 * holds each word of a mail a few times at most. */
#define HEDDLE_FRAME_MAX (512u << 20)

/* A child's life, right after the fork: never returns. @parent: who forked. @from
 * and @to are the only descriptors that it keeps. */
void heddle_parse_run (HeddleParser *parser, const HeddleChildBounds *bounds, pid_t parent,
                       int from, int to) G_GNUC_NORETURN;

#endif
