/* SPDX-License-Identifier: MIT */
/* query-date: a date as people write it in a query, to a span of time.
 *
 * "2018", "2018-04", "2018-04-10", "2018-04-10T15", "2018-04-10T15:40", with seconds
 * and with an offset; "now", "today", "yesterday", "this_week", "last_month" …; "3days"
 * and the like, that long ago; and days by their names (query-day.c). A span has the
 * length of what was named: a month for "2018-04", a day for "3days", the calendar's week
 * for "2weeks" and its month for "1month". Where notmuch reads a form, so do we: there
 * weeks begin on Sunday, "m" is a minute and "M" a month.
 */
#include "config.h"

#include <string.h>

#include "store/query-private.h"

typedef enum { UNIT_SECOND, UNIT_MINUTE, UNIT_HOUR, UNIT_DAY, UNIT_WEEK, UNIT_MONTH, UNIT_YEAR } Unit;

static const struct {
  const char *name;
  Unit unit;
} units[] = {
  { "s", UNIT_SECOND },   { "sec", UNIT_SECOND },  { "second", UNIT_SECOND },
  { "min", UNIT_MINUTE }, { "minute", UNIT_MINUTE },
  { "h", UNIT_HOUR },     { "hour", UNIT_HOUR },
  { "d", UNIT_DAY },      { "day", UNIT_DAY },
  { "w", UNIT_WEEK },     { "week", UNIT_WEEK },
  { "m", UNIT_MINUTE },   { "M", UNIT_MONTH },     { "month", UNIT_MONTH },
  { "y", UNIT_YEAR },     { "year", UNIT_YEAR },
};

static gboolean
find_unit (const char *name, Unit *ret)
{
  gsize length = strlen (name);
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++) {
    gsize own = strlen (units[i].name);
    gboolean plural = length == own + 1 && own > 1 && g_ascii_tolower (name[own]) == 's';
    gboolean same = own == 1 ? name[0] == units[i].name[0]
                             : g_ascii_strncasecmp (name, units[i].name, own) == 0;
    if ((length == own || plural) && same) {
      *ret = units[i].unit;
      return TRUE;
    }
  }
  return FALSE;
}

static GDateTime *
step (GDateTime *from, Unit unit, int count)
{
  switch (unit) {
  case UNIT_SECOND:
    return g_date_time_add_seconds (from, count);
  case UNIT_MINUTE:
    return g_date_time_add_minutes (from, count);
  case UNIT_HOUR:
    return g_date_time_add_hours (from, count);
  case UNIT_DAY:
    return g_date_time_add_days (from, count);
  case UNIT_WEEK:
    return g_date_time_add_weeks (from, count);
  case UNIT_MONTH:
    return g_date_time_add_months (from, count);
  case UNIT_YEAR:
    return g_date_time_add_years (from, count);
  }
  return NULL;
}

/* The beginning of the @unit in which @time stands. */
static GDateTime *
floor_to (GDateTime *time, GTimeZone *zone, Unit unit)
{
  int year = g_date_time_get_year (time), month = g_date_time_get_month (time);
  int day = g_date_time_get_day_of_month (time);
  if (unit == UNIT_WEEK) {
    g_autoptr (GDateTime) sunday
        = g_date_time_add_days (time, -(g_date_time_get_day_of_week (time) % 7));
    return sunday != NULL ? floor_to (sunday, zone, UNIT_DAY) : NULL;
  }
  /* Below a day by subtraction: to name the wall clock again would be ambiguous in the
   * hour that a clock is put back. */
  if (unit == UNIT_SECOND)
    return g_date_time_ref (time);
  if (unit == UNIT_MINUTE)
    return g_date_time_add_seconds (time, -g_date_time_get_second (time));
  if (unit == UNIT_HOUR)
    return g_date_time_add_seconds (time, -60 * g_date_time_get_minute (time)
                                              - g_date_time_get_second (time));
  if (unit == UNIT_YEAR)
    month = 1;
  if (unit == UNIT_YEAR || unit == UNIT_MONTH)
    day = 1;
  return g_date_time_new (zone, year, month, day, 0, 0, 0);
}

/* The @unit in which @time stands, as a span. */
static gboolean
span_of (GDateTime *time, GTimeZone *zone, Unit unit, HeddleTime *ret_from, HeddleTime *ret_to)
{
  g_autoptr (GDateTime) from = time != NULL ? floor_to (time, zone, unit) : NULL;
  g_autoptr (GDateTime) to = from != NULL ? step (from, unit, 1) : NULL;
  if (to == NULL)
    return FALSE;
  *ret_from = g_date_time_to_unix (from);
  *ret_to = g_date_time_to_unix (to);
  return TRUE;
}

static gboolean
read_relative (const char *text, GDateTime *now, GTimeZone *zone, HeddleTime *ret_from,
               HeddleTime *ret_to)
{
  static const struct {
    const char *name;
    Unit unit;
    int count;
  } words[] = {
    { "now", UNIT_SECOND, 0 },       { "today", UNIT_DAY, 0 },       { "yesterday", UNIT_DAY, -1 },
    { "this_week", UNIT_WEEK, 0 },   { "last_week", UNIT_WEEK, -1 }, { "this_month", UNIT_MONTH, 0 },
    { "last_month", UNIT_MONTH, -1 }, { "this_year", UNIT_YEAR, 0 }, { "last_year", UNIT_YEAR, -1 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (text, words[i].name) == 0) {
      g_autoptr (GDateTime) time = step (now, words[i].unit, words[i].count);
      return span_of (time, zone, words[i].unit, ret_from, ret_to);
    }
  gsize digits = strspn (text, "0123456789");
  Unit unit;
  if (digits == 0 || digits > 6 || !find_unit (text + digits, &unit))
    return FALSE;
  g_autoptr (GDateTime) time = step (now, unit, -(int) g_ascii_strtoll (text, NULL, 10));
  return span_of (time, zone, unit, ret_from, ret_to);
}

/* Which unit an ISO text of that many bytes, before its offset, names. */
static gboolean
iso_unit (gsize length, Unit *ret)
{
  static const struct {
    gsize length;
    Unit unit;
  } lengths[] = { { 4, UNIT_YEAR },  { 7, UNIT_MONTH },   { 10, UNIT_DAY },
                  { 13, UNIT_HOUR }, { 16, UNIT_MINUTE }, { 19, UNIT_SECOND } };
  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    if (lengths[i].length == length) {
      *ret = lengths[i].unit;
      return TRUE;
    }
  return FALSE;
}

/* Where "Z", "+02:00" or "-0400" begins, or the end. */
static gsize
iso_length (const char *text)
{
  gsize length = strcspn (text, "Zz+");
  if (text[length] == '\0' && length > 11)
    length = 11 + strcspn (text + 11, "-");
  return length;
}

static gboolean
read_iso (const char *text, GTimeZone *zone, HeddleTime *ret_from, HeddleTime *ret_to)
{
  gsize length = iso_length (text);
  Unit unit;
  if (!iso_unit (length, &unit) || (text[length] != '\0' && unit > UNIT_HOUR)
      || strspn (text, "0123456789") != 4)
    return FALSE;
  static const char whole[] = "0000-01-01T00:00:00";
  g_autofree char *head = g_strndup (text, length);
  g_autofree char *full = g_strconcat (head, length < 10 ? whole + length : "",
                                       length == 13 ? ":00" : "", text + length, NULL);
  if (length < 10)
    full[10] = '\0';
  HeddleTime time = 0;
  if (!heddle_time_parse (full, zone, &time, NULL))
    return FALSE;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  g_autoptr (GDateTime) end = local != NULL ? step (local, unit, 1) : NULL;
  if (end == NULL)
    return FALSE;
  *ret_from = time;
  *ret_to = g_date_time_to_unix (end);
  return TRUE;
}

gboolean
heddle_query_date (const char *text, HeddleTime now, GTimeZone *zone, HeddleTime *ret_from,
                   HeddleTime *ret_to)
{
  g_autoptr (GTimeZone) used = zone != NULL ? g_time_zone_ref (zone) : g_time_zone_new_utc ();
  if (strlen (text) > 40)
    return FALSE;
  if (read_iso (text, used, ret_from, ret_to))
    return TRUE;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, used) : NULL;
  return local != NULL
         && (read_relative (text, local, used, ret_from, ret_to)
             || heddle_query_day (text, local, used, ret_from, ret_to));
}
