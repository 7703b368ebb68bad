/* SPDX-License-Identifier: MIT */
/* threads/clock: can two written times be one moment?
 *
 * A quoted date carries the zone of whoever quoted and mostly does not say
 * which: the hours move by a multiple of 15 minutes, up to 26 h from one end of
 * the earth to the other, and the minutes within the quarter stay. Where both
 * sides say their zone they must agree to the minute.
 *
 * It knows no zone by name and guesses none. */
#include "threads/clock.h"

#include <string.h>

#define DAY_MINUTES (24 * 60)
/* Years beyond are a hostile mail's; kept from overflowing, no more. */
#define YEAR_MAX 1000000

static gint64
floor_div (gint64 a, gint64 b)
{
  gint64 q = a / b;
  return q - (a % b < 0 ? 1 : 0);
}

/* Days since 1970-01-01 in the proleptic Gregorian calendar: counts years from
 * March, so that the leap day is the last of its year. */
static gint64
civil_days (gint64 year, int month, int day)
{
  gint64 years, of_400, in_400, of_year;

  year = CLAMP (year, -YEAR_MAX, YEAR_MAX);
  month = CLAMP (month, 1, 12);
  years = year - (month <= 2 ? 1 : 0);
  of_400 = floor_div (years, 400);
  in_400 = years - of_400 * 400;
  of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + CLAMP (day, 1, 31) - 1;
  return of_400 * 146097 + in_400 * 365 + in_400 / 4 - in_400 / 100 + of_year - 719468;
}

gint64
heddle_wall_seconds (const HeddleWall *wall)
{
  return civil_days (wall->year, wall->month, wall->day) * 86400
         + CLAMP (wall->hour, 0, 24) * 3600 + CLAMP (wall->minute, 0, 59) * 60
         + CLAMP (wall->second, 0, 60);
}

void
heddle_clock_read (const HeddleDate *date, HeddleClock *ret)
{
  memset (ret, 0, sizeof *ret);
  ret->second = -1;
  if (!date || !date->has_local)
    return;
  if (date->precision == HEDDLE_PRECISION_DAY) {
    ret->has_day = TRUE;
    ret->day = civil_days (date->local.year, date->local.month, date->local.day) * DAY_MINUTES;
    return;
  }
  ret->has_wall = TRUE;
  ret->wall = floor_div (heddle_wall_seconds (&date->local), 60);
  if (date->precision == HEDDLE_PRECISION_SECOND)
    ret->second = date->local.second;
  if (date->has_offset && date->offset % HEDDLE_CLOCK_STEP == 0
      && ABS (date->offset) <= HEDDLE_CLOCK_EAST) {
    ret->has_utc = TRUE;
    ret->utc = ret->wall - date->offset;
  } else {
    ret->has_range = TRUE;
    ret->low = ret->high = ret->wall;
  }
}

gboolean
heddle_clock_minute (const HeddleClock *clock, gint64 *minutes)
{
  if (!clock->has_utc && !clock->has_range)
    return FALSE;
  *minutes = clock->has_utc ? clock->utc : clock->low;
  return TRUE;
}

gboolean
heddle_clock_point (const HeddleClock *clock, gint64 *minutes)
{
  if (heddle_clock_minute (clock, minutes))
    return TRUE;
  if (clock->has_day)
    *minutes = clock->day;
  return clock->has_day;
}

static gboolean
day_fits (const HeddleClock *day, gint64 minutes)
{
  return minutes >= day->day - HEDDLE_CLOCK_SPAN
         && minutes < day->day + DAY_MINUTES + HEDDLE_CLOCK_SPAN;
}

static gboolean
within (const HeddleClock *zoned, const HeddleClock *walls)
{
  return walls->low >= zoned->utc - HEDDLE_CLOCK_WEST
         && walls->high <= zoned->utc + HEDDLE_CLOCK_EAST;
}

static gboolean
can_be_one (const HeddleClock *a, const HeddleClock *b, gint64 point_a, gint64 point_b)
{
  if ((point_a - point_b) % HEDDLE_CLOCK_STEP != 0)
    return FALSE;
  if (a->second >= 0 && b->second >= 0 && a->second != b->second)
    return FALSE;
  if (a->has_utc && b->has_utc && a->utc != b->utc)
    return FALSE;
  if (a->has_utc && b->has_range && !within (a, b))
    return FALSE;
  if (b->has_utc && a->has_range && !within (b, a))
    return FALSE;
  if (a->has_range && b->has_range
      && MAX (a->high, b->high) - MIN (a->low, b->low) > HEDDLE_CLOCK_SPAN)
    return FALSE;
  return TRUE;
}

HeddleClockRelation
heddle_clock_compare (const HeddleClock *a, const HeddleClock *b)
{
  gint64 point_a = 0, point_b = 0;
  gboolean know_a = heddle_clock_minute (a, &point_a), know_b = heddle_clock_minute (b, &point_b);

  if (a->has_day && ((know_b && !day_fits (a, point_b))
                     || (b->has_day && ABS (a->day - b->day) > DAY_MINUTES)))
    return HEDDLE_CLOCK_DIFFERENT;
  if (b->has_day && know_a && !day_fits (b, point_a))
    return HEDDLE_CLOCK_DIFFERENT;
  if (!know_a || !know_b)
    return HEDDLE_CLOCK_UNKNOWN;
  if (!can_be_one (a, b, point_a, point_b))
    return HEDDLE_CLOCK_DIFFERENT;
  if ((a->has_utc && b->has_utc) || (a->has_wall && b->has_wall && a->wall == b->wall))
    return HEDDLE_CLOCK_SAME;
  return HEDDLE_CLOCK_ZONE;
}

void
heddle_clock_join (HeddleClock *into, const HeddleClock *other)
{
  if (other->has_utc && !into->has_utc) {
    into->has_utc = TRUE;
    into->utc = other->utc;
  }
  if (other->has_range) {
    into->low = into->has_range ? MIN (into->low, other->low) : other->low;
    into->high = into->has_range ? MAX (into->high, other->high) : other->high;
    into->has_range = TRUE;
  }
  if (into->second < 0)
    into->second = other->second;
  if (other->has_day && !into->has_day) {
    into->has_day = TRUE;
    into->day = other->day;
  }
}
