/* SPDX-License-Identifier: MIT */
/* Counting working days.
 *
 * A day is a number (days since 1970-01-01, as a calendar on a wall counts them),
 * so counting knows no clocks; zones matter only where an instant becomes a day and
 * back. Those two steps ask the zone for its offset at an instant and search for the
 * first second of a day, so that days of 23 and 25 hours, zones of half hours, clocks
 * that are moved at midnight and days that a zone skipped need no cases of their own.
 *
 * Not handled: half holidays, and weeks that change with the season.
 */
#include "followup/workdays.h"

#define DAY_SECONDS 86400
#define JULIAN_1970 719163 /* GDate's number of 1970-01-01 */
#define DAY_MIN 365        /* 1971-01-01 */
#define DAY_MAX 2932531    /* 9998-12-31 */
/* Past this many days on end without a working day nobody works at all. */
#define OFF_MAX 1000

static gint64
floor_div (gint64 a, gint64 b)
{
  return a / b - (a % b < 0 ? 1 : 0);
}

HeddleDay
heddle_day_of (GTimeZone *zone, HeddleTime time)
{
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, time);

  return floor_div (time + g_time_zone_get_offset (zone, interval), DAY_SECONDS);
}

HeddleTime
heddle_day_start (GTimeZone *zone, HeddleDay day)
{
  /* No zone is further from Greenwich than a day, so these two enclose the start. */
  HeddleTime before = (day - 1) * DAY_SECONDS - 1, not_before = (day + 1) * DAY_SECONDS;

  while (not_before - before > 1) {
    HeddleTime middle = before + (not_before - before) / 2;

    if (heddle_day_of (zone, middle) < day)
      before = middle;
    else
      not_before = middle;
  }
  return not_before;
}

HeddleTime
heddle_day_end (GTimeZone *zone, HeddleDay day)
{
  return heddle_day_start (zone, day + 1) - 1;
}

HeddleTime
heddle_day_clock (GTimeZone *zone, HeddleDay day, int seconds)
{
  HeddleTime wall = day * DAY_SECONDS + seconds;
  int interval = g_time_zone_adjust_time (zone, G_TIME_TYPE_DAYLIGHT, &wall);

  return wall - g_time_zone_get_offset (zone, interval);
}

gboolean
heddle_day_from_wall (const HeddleWall *wall, HeddleDay *ret)
{
  GDate date;

  if (wall->year < 1971 || wall->year > 9998 || wall->month < 1 || wall->month > 12
      || wall->day < 1 || wall->day > 31
      || !g_date_valid_dmy ((GDateDay)wall->day, (GDateMonth)wall->month,
                            (GDateYear)wall->year))
    return FALSE;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay)wall->day, (GDateMonth)wall->month, (GDateYear)wall->year);
  *ret = (HeddleDay)g_date_get_julian (&date) - JULIAN_1970;
  return TRUE;
}

gboolean
heddle_day_to_wall (HeddleDay day, HeddleWall *ret)
{
  GDate date;

  if (day < DAY_MIN || day > DAY_MAX)
    return FALSE;
  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32)(day + JULIAN_1970));
  *ret = (HeddleWall){ .year = g_date_get_year (&date),
                       .month = (int)g_date_get_month (&date),
                       .day = g_date_get_day (&date) };
  return TRUE;
}

/* Monday 0 … Sunday 6; 1970-01-01 was a Thursday. */
static int
weekday (HeddleDay day)
{
  return (int)(day + 3 - 7 * floor_div (day + 3, 7));
}

static gboolean
in_week (HeddleWeek week, HeddleDay day)
{
  return (week >> weekday (day)) & 1;
}

const char *
heddle_workdays_off (const HeddleWorkdays *work, HeddleDay day)
{
  if (!in_week (work->week, day))
    return "weekend";
  return heddle_holidays_has (work->holidays, day) ? "holiday" : NULL;
}

static void
note_step (GArray *steps, HeddleDay day, gboolean counted, const char *reason)
{
  HeddleDayStep step = { .counted = counted, .reason = reason };

  if (steps != NULL && heddle_day_to_wall (day, &step.day))
    g_array_append_val (steps, step);
}

HeddleDay
heddle_workdays_add (const HeddleWorkdays *work, HeddleDay day, int count, GArray *steps)
{
  int off_in_a_row = 0;

  note_step (steps, day, FALSE, "day of the message");
  while (count > 0 && day < DAY_MAX) {
    const char *off = heddle_workdays_off (work, ++day);

    if (off != NULL && ++off_in_a_row <= OFF_MAX) {
      note_step (steps, day, FALSE, off);
      continue;
    }
    if (off == NULL)
      off_in_a_row = 0;
    count--;
    note_step (steps, day, TRUE, "counted");
  }
  return day;
}

int
heddle_workdays_between (const HeddleWorkdays *work, HeddleDay from, HeddleDay to)
{
  gint64 count, length = to - from;
  int a_week = 0;

  if (length <= 0)
    return 0;
  for (int i = 0; i < 7; i++)
    a_week += (work->week >> i) & 1;
  count = length / 7 * a_week;
  for (HeddleDay day = to - length % 7 + 1; day <= to; day++)
    count += in_week (work->week, day);
  for (guint i = heddle_holidays_after (work->holidays, from);
       i < heddle_holidays_count (work->holidays); i++) {
    HeddleDay day = heddle_holidays_nth (work->holidays, i);

    if (day > to)
      break;
    count -= in_week (work->week, day);
  }
  return (int)CLAMP (count, 0, G_MAXINT);
}
