/* SPDX-License-Identifier: MIT */
/* datefield: the Date field of RFC 5322 3.3, and what is met in its place.
 *
 * The value is cut in tokens, and each is known by its form: a clock by its ":",
 * a zone by its sign or letters, a month by its name, a year by its size. So the
 * order does not matter, and asctime()'s is read as well. English only: a Date
 * field has no language; dates in text are when.c's.
 */
#include "parser/mime.h"
#include "parser/wall.h"

#include <string.h>

/* RFC 5322 4.3 gives these letters an offset; all others say nothing. */
static const struct {
  const char *name;
  int offset;
} zones[] = {
  { "UT", 0 },        { "UTC", 0 },       { "GMT", 0 },       { "Z", 0 },
  { "EST", -5 * 60 }, { "EDT", -4 * 60 }, { "CST", -6 * 60 }, { "CDT", -5 * 60 },
  { "MST", -7 * 60 }, { "MDT", -6 * 60 }, { "PST", -8 * 60 }, { "PDT", -7 * 60 },
};

typedef struct {
  HeddleWall wall;
  gboolean has_clock, has_second, has_zone, in_utc;
  int offset;
} Reading;

/* Digits at @p: their number in @ret, how many there are returned; no more than
 * @most are looked at. */
static int
digits (const char *p, int most, int *ret)
{
  int n = 0, value = 0;

  while (n < most && g_ascii_isdigit (p[n]))
    value = value * 10 + (p[n++] - '0');
  *ret = value;
  return n;
}

static gboolean
read_clock (const char *token, Reading *reading)
{
  HeddleWall *wall = &reading->wall;
  int hour, minute, second = 0;
  int n = digits (token, 2, &hour);

  if (n == 0 || token[n] != ':' || reading->has_clock)
    return FALSE;
  token += n + 1;
  n = digits (token, 2, &minute);
  if (n != 2 || hour > 23 || minute > 59)
    return FALSE;
  token += n;
  if (*token == ':') {
    n = digits (token + 1, 2, &second);
    if (n == 0 || second > 60)
      return FALSE;
    reading->has_second = TRUE;
  }
  wall->hour = hour;
  wall->minute = minute;
  wall->second = MIN (second, 59); /* a leap second has no place in what follows */
  return reading->has_clock = TRUE;
}

/* "+0200", "-04:00", or letters of the table. "-0000" says: the clock shows UTC,
 * and nothing of the sender's own zone. */
static gboolean
read_zone (const char *token, Reading *reading)
{
  if ((*token == '+' || *token == '-') && reading->has_clock) {
    int hours, minutes;
    const char *p = token + 1;
    int n = digits (p, 2, &hours);

    p += n;
    p += *p == ':';
    if (n != 2 || digits (p, 2, &minutes) != 2 || hours > 14 || minutes > 59)
      return FALSE;
    reading->in_utc = *token == '-' && hours == 0 && minutes == 0;
    reading->has_zone = !reading->in_utc;
    reading->offset = (hours * 60 + minutes) * (*token == '-' ? -1 : 1);
    return TRUE;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++)
    if (g_ascii_strcasecmp (token, zones[i].name) == 0 && !reading->has_zone) {
      reading->has_zone = TRUE;
      reading->offset = zones[i].offset;
      return TRUE;
    }
  return FALSE;
}

static int
month_number (const char *token)
{
  static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";

  for (int i = 0; i < 12; i++)
    if (g_ascii_strncasecmp (token, months + 3 * i, 3) == 0)
      return i + 1;
  return 0;
}

static void
read_number (const char *token, HeddleWall *wall)
{
  int value, n = digits (token, 5, &value);

  if (n == 4 && value >= 1900)
    wall->year = wall->year ? wall->year : value;
  else if (n <= 2 && wall->day == 0)
    wall->day = value;
  else if ((n == 2 || n == 3) && wall->year == 0) /* RFC 5322 4.3 */
    wall->year = n == 3 || value >= 50 ? 1900 + value : 2000 + value;
}

static void
read_token (const char *token, Reading *reading)
{
  int year, month, day;

  if (read_clock (token, reading) || read_zone (token, reading))
    return;
  if (g_ascii_isdigit (*token)) {
    if (digits (token, 4, &year) == 4 && token[4] == '-' && digits (token + 5, 2, &month) == 2
        && token[7] == '-' && digits (token + 8, 2, &day) == 2) { /* ISO 8601 is met too */
      reading->wall.year = year;
      reading->wall.month = month;
      reading->wall.day = day;
      if (token[10] == 'T')
        read_clock (token + 11, reading);
    } else {
      read_number (token, &reading->wall);
    }
  } else if (reading->wall.month == 0) {
    reading->wall.month = month_number (token);
  }
}

/* @value without comments, for RFC 5322 allows them anywhere (transfer full). */
static char *
without_comments (const char *value)
{
  GString *out = g_string_new (NULL);
  int depth = 0;

  for (const char *p = value; *p; p++) {
    if (*p == '(')
      depth++;
    if (depth == 0)
      g_string_append_c (out, *p);
    if (*p == ')' && depth > 0 && --depth == 0)
      g_string_append_c (out, ' ');
  }
  return g_string_free (out, FALSE);
}

HeddleDate *
heddle_datefield_read (const char *value)
{
  HeddleDate *date = g_new0 (HeddleDate, 1);
  g_autofree char *plain = without_comments (value);
  g_auto (GStrv) tokens = g_strsplit_set (plain, " \t,;", 64);
  Reading reading = { 0 };

  date->raw = heddle_mime_text (value);
  for (char **token = tokens; *token; token++)
    if (**token)
      read_token (*token, &reading);
  date->precision = reading.has_second  ? HEDDLE_PRECISION_SECOND
                    : reading.has_clock ? HEDDLE_PRECISION_MINUTE
                                        : HEDDLE_PRECISION_DAY;
  if (!heddle_wall_is_date (reading.wall.year, reading.wall.month, reading.wall.day))
    return date;
  date->has_local = TRUE;
  date->local = reading.wall;
  if (reading.has_clock && (reading.has_zone || reading.in_utc)) {
    date->has_offset = reading.has_zone;
    date->offset = reading.offset;
    date->has_utc = TRUE;
    date->utc = heddle_wall_to_seconds (&reading.wall) - reading.offset * 60;
  }
  return date;
}
