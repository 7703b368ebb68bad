/* SPDX-License-Identifier: MIT */
/* threads/clock: can two written times be one moment? */
#ifndef HEDDLE_THREADS_CLOCK_H
#define HEDDLE_THREADS_CLOCK_H

#include "parser/parser.h"

/* The widest span, in minutes, between what two clocks on earth show at one
 * moment (UTC-12 and UTC+14), and from Greenwich to either. */
#define HEDDLE_CLOCK_SPAN (26 * 60)
#define HEDDLE_CLOCK_WEST (12 * 60)
#define HEDDLE_CLOCK_EAST (14 * 60)
/* Zones differ by multiples of this. */
#define HEDDLE_CLOCK_STEP 15

/* Minutes since 1970. Of one piece of evidence, or of all that was found to be
 * one message. */
typedef struct {
  gboolean has_wall; /* of evidence alone: its own wall clock, as written */
  gint64 wall;
  gboolean has_utc; /* a zone was written */
  gint64 utc;
  gboolean has_range; /* wall clocks without a zone: the earliest and latest */
  gint64 low, high;
  int second;       /* of the minute, -1: not known */
  gboolean has_day; /* only a day was written: its midnight */
  gint64 day;
} HeddleClock;

typedef enum {
  HEDDLE_CLOCK_DIFFERENT,
  HEDDLE_CLOCK_UNKNOWN, /* one gives none, or only a day that fits */
  HEDDLE_CLOCK_ZONE,    /* the same but for the zone of whoever wrote it down */
  HEDDLE_CLOCK_SAME
} HeddleClockRelation;

/* @date: (nullable). A zone that is no zone (past 14 h, no multiple of 15 min)
 * counts as unsaid. */
void heddle_clock_read (const HeddleDate *date, HeddleClock *ret);
HeddleClockRelation heddle_clock_compare (const HeddleClock *a, const HeddleClock *b);
void heddle_clock_join (HeddleClock *into, const HeddleClock *other);

/* The best single number for ordering and for keys: UTC, else the wall clock
 * taken for it, else the day. FALSE if there is none. */
gboolean heddle_clock_point (const HeddleClock *clock, gint64 *minutes);
/* The same, only where a minute is known. */
gboolean heddle_clock_minute (const HeddleClock *clock, gint64 *minutes);

/* Seconds since 1970 of a clock on a wall, as if it hung in Greenwich. */
gint64 heddle_wall_seconds (const HeddleWall *wall);

#endif
