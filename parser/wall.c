/* SPDX-License-Identifier: MIT */
/* The proleptic Gregorian calendar on walls: seconds, weekdays, working days. No
 * zones; every function is constant in time but the one that counts working days,
 * which is linear in weeks of seven days at most.
 */
#include "parser/wall.h"

#define DAY 86400

/* Days from 1970-01-01, by counting years from 1 March, so that the leap day comes
 * last and a month's start is a linear function of its number. */
gint64
heddle_wall_days (const HeddleWall *wall)
{
  gint64 year = wall->month <= 2 ? wall->year - 1 : wall->year;
  gint64 era = (year >= 0 ? year : year - 399) / 400;
  gint64 of_era = year - era * 400;
  gint64 month = (wall->month + 9) % 12;
  gint64 day = (153 * month + 2) / 5 + wall->day - 1;

  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + day - 719468;
}

gint64
heddle_wall_to_seconds (const HeddleWall *wall)
{
  return heddle_wall_days (wall) * DAY + wall->hour * 3600 + wall->minute * 60 + wall->second;
}

void
heddle_wall_from_seconds (gint64 seconds, HeddleWall *ret)
{
  gint64 days = seconds / DAY - (seconds % DAY < 0);
  gint64 rest = seconds - days * DAY;
  gint64 shifted = days + 719468;
  gint64 era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  gint64 of_era = shifted - era * 146097;
  gint64 year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  gint64 of_year = of_era - (365 * year + year / 4 - year / 100);
  gint64 month = (5 * of_year + 2) / 153;

  ret->day = (int) (of_year - (153 * month + 2) / 5 + 1);
  ret->month = (int) (month < 10 ? month + 3 : month - 9);
  ret->year = (int) (year + era * 400 + (ret->month <= 2));
  ret->hour = (int) (rest / 3600);
  ret->minute = (int) (rest / 60 % 60);
  ret->second = (int) (rest % 60);
}

int
heddle_wall_weekday (const HeddleWall *wall)
{
  gint64 days = heddle_wall_days (wall) + 3; /* 1970-01-01 was a Thursday */
  return (int) (((days % 7) + 7) % 7) + 1;
}

int
heddle_month_days (int year, int month)
{
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  if (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
    return 29;
  return days[month - 1];
}

gboolean
heddle_wall_is_date (int year, int month, int day)
{
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1
         && day <= heddle_month_days (year, month);
}

void
heddle_wall_add_days (HeddleWall *wall, gint64 days)
{
  heddle_wall_from_seconds (heddle_wall_to_seconds (wall) + days * DAY, wall);
}

void
heddle_wall_add_workdays (HeddleWall *wall, gint64 days)
{
  heddle_wall_add_days (wall, days / 5 * 7);
  days %= 5;
  int weekday = heddle_wall_weekday (wall);
  /* From a Saturday or Sunday whole weeks lead to one again, where the last working
   * day of them is the Friday before. */
  if (weekday > 5 && days == 0)
    heddle_wall_add_days (wall, 5 - weekday);
  for (int step = days < 0 ? -1 : 1; days != 0; days -= step) {
    do
      heddle_wall_add_days (wall, step);
    while (heddle_wall_weekday (wall) > 5);
  }
}

void
heddle_wall_add_months (HeddleWall *wall, int months)
{
  int month = wall->year * 12 + wall->month - 1 + months;

  wall->year = month / 12;
  wall->month = month % 12 + 1;
  wall->day = MIN (wall->day, heddle_month_days (wall->year, wall->month));
}
