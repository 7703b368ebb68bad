/* SPDX-License-Identifier: MIT */
/* Days of other calendars as Gregorian ones, by ICU, which opens a calendar for each: few
 * mails hold such a date. */
#include "parser/cldr-calendar.h"

#include "parser/wall.h"

#include <unicode/ucal.h>
#include <unicode/uloc.h>

const char *
heddle_cldr_calendar_name (HeddleCldrCalendar calendar)
{
  static const char *const names[] = { "gregorian", "persian", "islamic-umalqura", "buddhist" };
  return names[calendar];
}

gboolean
heddle_cldr_calendar_convert (HeddleCldrCalendar calendar, HeddleWall *wall)
{
  char locale[ULOC_FULLNAME_CAPACITY];
  UErrorCode status = U_ZERO_ERROR;

  g_snprintf (locale, sizeof locale, "en@calendar=%s", heddle_cldr_calendar_name (calendar));
  static const UChar utc[] = { 'U', 'T', 'C', 0 };
  UCalendar *dates = ucal_open (utc, 3, locale, UCAL_TRADITIONAL, &status);
  if (U_FAILURE (status))
    return FALSE;
  ucal_clear (dates);
  ucal_setAttribute (dates, UCAL_LENIENT, FALSE);
  ucal_setDateTime (dates, wall->year, wall->month - 1, wall->day, 12, 0, 0, &status);
  double milliseconds = ucal_getMillis (dates, &status);
  ucal_close (dates);
  if (U_FAILURE (status))
    return FALSE;
  HeddleWall day;
  heddle_wall_from_seconds ((gint64)(milliseconds / 1000), &day);
  wall->year = day.year;
  wall->month = day.month;
  wall->day = day.day;
  return TRUE;
}
