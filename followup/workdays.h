/* SPDX-License-Identifier: MIT */
/* workdays: days as numbers, and counting those on which people work. */
#ifndef HEDDLE_FOLLOWUP_WORKDAYS_H
#define HEDDLE_FOLLOWUP_WORKDAYS_H

#include "followup/followup.h"
#include "followup/holidays.h"

/* Who works when. Owns nothing. */
typedef struct {
  GTimeZone *zone;
  HeddleWeek week;
  const HeddleHolidays *holidays; /* (nullable) */
} HeddleWorkdays;

/* The day on which @time falls in @zone. */
HeddleDay heddle_day_of (GTimeZone *zone, HeddleTime time);
/* The first second that falls on @day or on a later one in @zone: midnight, or
 * what stands for it where a clock is moved at midnight. */
HeddleTime heddle_day_start (GTimeZone *zone, HeddleDay day);
/* The last second of @day: the one before the next day starts. */
HeddleTime heddle_day_end (GTimeZone *zone, HeddleDay day);

/* The instant at which a clock on a wall in @zone shows @seconds after midnight of
 * @day; moved forward where clocks skip it, the first of two where they repeat it. */
HeddleTime heddle_day_clock (GTimeZone *zone, HeddleDay day, int seconds);

/* Both fail (FALSE; untouched) for what is no day of the years 1971 to 9998. */
gboolean heddle_day_from_wall (const HeddleWall *wall, HeddleDay *ret);
gboolean heddle_day_to_wall (HeddleDay day, HeddleWall *ret);

/* NULL where people work on @day, else why they do not: "weekend", "holiday". */
const char *heddle_workdays_off (const HeddleWorkdays *work, HeddleDay day);

/* The @count-th working day after @day, which itself is never counted. @steps:
 * (nullable) gets a HeddleDayStep for @day and each later one up to the answer.
 * Where nobody works for a thousand days on end, every day after them counts. */
HeddleDay heddle_workdays_add (const HeddleWorkdays *work, HeddleDay day, int count,
                               GArray *steps);

/* How many working days lie after @from up to and including @to; 0 when @to is
 * not later. Takes time by the holidays, not by the distance. */
int heddle_workdays_between (const HeddleWorkdays *work, HeddleDay from, HeddleDay to);

#endif
