/* SPDX-License-Identifier: MIT */
/* Instants: the system's clock, ISO 8601 in and out, IANA zones.
 *
 * Reading is a scanner over fixed-width digit fields; the calendar itself is
 * GDateTime's. Not handled: week dates, ordinal dates, "24:00", leap seconds; a
 * fraction of a second is read and dropped. */
#include "base/base.h"

#include <string.h>

HeddleTime
heddle_time_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* Exactly @digits digits at *@at, which moves behind them. */
static gboolean
scan_number (const char **at, int digits, int *ret)
{
  int value = 0;
  for (int i = 0; i < digits; i++) {
    if (!g_ascii_isdigit ((*at)[i]))
      return FALSE;
    value = value * 10 + ((*at)[i] - '0');
  }
  *at += digits;
  *ret = value;
  return TRUE;
}

static gboolean
scan_char (const char **at, char wanted)
{
  if (**at != wanted)
    return FALSE;
  (*at)++;
  return TRUE;
}

typedef struct {
  int year, month, day, hour, minute, second;
  gboolean basic; /* without hyphens and colons, as iCalendar has it */
  gboolean has_offset;
  int offset; /* seconds */
} Clock;

static gboolean
scan_date (const char **at, Clock *clock)
{
  if (!scan_number (at, 4, &clock->year))
    return FALSE;
  clock->basic = **at != '-';
  return (clock->basic || scan_char (at, '-')) && scan_number (at, 2, &clock->month)
         && (clock->basic || scan_char (at, '-')) && scan_number (at, 2, &clock->day)
         && clock->year > 0 && clock->month >= 1 && clock->month <= 12 && clock->day >= 1
         && g_date_valid_dmy ((GDateDay)clock->day, (GDateMonth)clock->month,
                              (GDateYear)clock->year);
}

static gboolean
scan_time_of_day (const char **at, Clock *clock)
{
  if (!scan_number (at, 2, &clock->hour) || (!clock->basic && !scan_char (at, ':'))
      || !scan_number (at, 2, &clock->minute))
    return FALSE;
  if (clock->basic ? g_ascii_isdigit (**at) : scan_char (at, ':')) {
    if (!scan_number (at, 2, &clock->second))
      return FALSE;
    if (scan_char (at, '.')) {
      if (!g_ascii_isdigit (**at))
        return FALSE;
      while (g_ascii_isdigit (**at))
        (*at)++;
    }
  }
  return clock->hour <= 23 && clock->minute <= 59 && clock->second <= 59;
}

static gboolean
scan_offset (const char **at, Clock *clock)
{
  if (scan_char (at, 'Z') || scan_char (at, 'z')) {
    clock->has_offset = TRUE;
    return TRUE;
  }
  int sign = **at == '-' ? -1 : 1;
  if (!scan_char (at, '+') && !scan_char (at, '-'))
    return TRUE;
  int hours, minutes = 0;
  if (!scan_number (at, 2, &hours))
    return FALSE;
  if (scan_char (at, ':') || **at != '\0') {
    if (!scan_number (at, 2, &minutes))
      return FALSE;
  }
  clock->has_offset = TRUE;
  clock->offset = sign * (hours * 3600 + minutes * 60);
  return hours <= 18 && minutes <= 59;
}

static gboolean
scan_clock (const char *text, Clock *clock)
{
  const char *at = text;
  if (!scan_date (&at, clock))
    return FALSE;
  if (*at == '\0')
    return TRUE;
  if (!scan_char (&at, 'T') && !scan_char (&at, 't') && !scan_char (&at, ' '))
    return FALSE;
  return scan_time_of_day (&at, clock) && scan_offset (&at, clock) && *at == '\0';
}

gboolean
heddle_time_parse (const char *text, GTimeZone *zone, HeddleTime *ret, GError **error)
{
  Clock clock = { 0 };
  if (!scan_clock (text, &clock)) {
    g_autofree char *shown = g_strescape (text, NULL);
    g_set_error (error, HEDDLE_BASE_ERROR, HEDDLE_BASE_ERROR_TIME,
                 "\"%.40s\" is no time; write it as 2018-04-10 or 2018-04-10T15:40:00+02:00",
                 shown);
    return FALSE;
  }
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) there
      = g_date_time_new (clock.has_offset || zone == NULL ? utc : zone, clock.year, clock.month,
                         clock.day, clock.hour, clock.minute, clock.second);
  if (there == NULL) {
    g_set_error (error, HEDDLE_BASE_ERROR, HEDDLE_BASE_ERROR_TIME,
                 "\"%.40s\" is outside of the calendar; use a year from 1 to 9999", text);
    return FALSE;
  }
  *ret = g_date_time_to_unix (there) - clock.offset;
  return TRUE;
}

char *
heddle_time_format (HeddleTime time)
{
  if (time == HEDDLE_TIME_NONE)
    return NULL;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time);
  if (utc == NULL)
    return NULL;
  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02dZ", g_date_time_get_year (utc),
                          g_date_time_get_month (utc), g_date_time_get_day_of_month (utc),
                          g_date_time_get_hour (utc), g_date_time_get_minute (utc),
                          g_date_time_get_second (utc));
}

GTimeZone *
heddle_zone_new (const char *name, GError **error)
{
  /* GLib would open any absolute path as a zone file, and takes POSIX rules. */
  gboolean plausible = name != NULL && g_ascii_isalpha (name[0]) && strstr (name, "..") == NULL
                       && strchr (name, ',') == NULL;
  GTimeZone *zone = plausible ? g_time_zone_new_identifier (name) : NULL;
  if (zone == NULL) {
    g_autofree char *shown = g_strescape (name != NULL ? name : "", NULL);
    g_set_error (error, HEDDLE_BASE_ERROR, HEDDLE_BASE_ERROR_TIME,
                 "\"%.60s\" is no known time zone; use a name such as Europe/Berlin or UTC",
                 shown);
  }
  return zone;
}
