/* SPDX-License-Identifier: MIT */
/* The cores of what a text says about time: a date, a weekday, "tomorrow", "next week",
 * "the 20th", a time of day, "48 hours", "the end of the month".
 *
 * Each reader moves on and sets the place, or leaves both as they were. Relative ones
 * count from the message's own wall clock; business days are Monday to Friday, holidays
 * are not known here. "by Friday", said on a Friday, is the next one; a date without a
 * year is the one that lies nearest, of the weekday that is written with it.
 *
 * Not handled: ranges of dates ("3 to 5 April"), months and years alone.
 */
#include "parser/when-cores.h"
#include "parser/wall.h"
#include "parser/when.h"

#include <string.h>

#define BIT HEDDLE_WORD_BIT

enum { FIRST_YEAR = 1900, LAST_YEAR = 2199, MOST_UNITS = 999 };

typedef HeddleWhenReader Reader;

/* --- small parts --------------------------------------------------------------------- */

const HeddleWord *
heddle_when_word (Reader *reader, guint64 kinds)
{
  HeddleScan *scan = &reader->scan;
  gsize bytes;
  const HeddleWord *word = heddle_words_at (reader->tables->words, scan->text + scan->at,
                                            scan->length - scan->at, kinds, &bytes);
  if (word != NULL)
    scan->at += bytes;
  return word;
}

/* A weekday, written so that it can be nothing else. */
static int
read_weekday (Reader *reader)
{
  gsize begin = reader->scan.at;

  const HeddleWord *other = heddle_when_word (reader, BIT (HEDDLE_WORD_NO_NAME));
  reader->scan.at = begin;
  if (other != NULL
      && (other->value == 1 || g_ascii_islower (heddle_scan_peek (&reader->scan, 0))))
    return 0;
  return heddle_when_name (reader->tables, &reader->scan, HEDDLE_NAME_WEEKDAY);
}

/* The day of the reference at midnight. */
static HeddleWall
midnight (const Reader *reader)
{
  HeddleWall wall = *reader->reference;
  wall.hour = wall.minute = wall.second = 0;
  return wall;
}

static void
set_day (Reader *reader, HeddleWall day)
{
  reader->place->from = day;
  reader->place->has_to = FALSE;
  reader->place->precision = HEDDLE_PRECISION_DAY;
}

static void
set_range (Reader *reader, HeddleWall from, HeddleWall to)
{
  set_day (reader, from);
  reader->place->to = to;
  reader->place->has_to = TRUE;
}

/* ", 17:00", "at 5pm ET" behind a day. */
static void
read_clock_after (Reader *reader)
{
  HeddleWall *wall = &reader->place->from;
  HeddleScan *scan = &reader->scan;
  gboolean has_offset;
  int minutes;
  HeddleClockKind kind = heddle_when_clock_after (reader->tables, scan, wall);

  if (kind == HEDDLE_CLOCK_NONE || kind == HEDDLE_CLOCK_WRONG)
    return;
  reader->place->precision
      = kind == HEDDLE_CLOCK_SECOND ? HEDDLE_PRECISION_SECOND : HEDDLE_PRECISION_MINUTE;
  heddle_when_zone (scan, &has_offset, &minutes);
}

/* --- cores: each moves on and sets the place, or leaves both ----------------------------- */

/* The year in which a date without one lies nearest to the reference; a weekday that is
 * written with it decides first. */
static gboolean
resolve_year (const Reader *reader, int weekday, HeddleWall *wall)
{
  HeddleWall best = { 0 };
  gint64 distance = G_MAXINT64;

  if (reader->reference == NULL)
    return FALSE;
  for (int year = reader->reference->year - 1; year <= reader->reference->year + 1; year++) {
    HeddleWall one = *wall;
    one.year = year;
    if (!heddle_wall_is_date (year, one.month, one.day))
      continue;
    gint64 days = ABS (heddle_wall_days (&one) - heddle_wall_days (reader->reference));
    if (weekday > 0 && heddle_wall_weekday (&one) != weekday)
      days += 10000;
    if (days < distance) {
      distance = days;
      best = one;
    }
  }
  *wall = best;
  return distance != G_MAXINT64;
}

/* Whether the month's name at @at is one: not "may", and not the last part of a name
 * ("Mariam Jan 5"). */
static gboolean
is_month_here (Reader *reader, gsize at)
{
  const char *text = reader->scan.text;
  gsize begin = reader->scan.at;

  if (g_ascii_isdigit (text[at]))
    return TRUE;
  reader->scan.at = at;
  gboolean doubtful = heddle_when_word (reader, BIT (HEDDLE_WORD_NO_NAME)) != NULL;
  reader->scan.at = begin;
  if (doubtful && g_ascii_islower (text[at]))
    return FALSE;
  if (reader->behind || at < 2 || text[at - 1] != ' ')
    return TRUE;
  gsize word = at - 1;
  while (word > 0 && at - word < 32 && g_ascii_isalpha (text[word - 1]))
    word--;
  return !g_ascii_isupper (text[word]) || word == at - 1;
}

static gboolean
read_date (Reader *reader, int weekday)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;
  HeddleWall wall = { 0 };

  const HeddleDateHints hints = { .weekday = weekday };

  if (!heddle_when_date (reader->tables, scan, &hints, &wall))
    return FALSE;
  gsize end = scan->at;
  const char *name = scan->text + begin;
  gsize skip = 0;
  while (begin + skip < end && !heddle_letter_at (name + skip, end - begin - skip))
    skip++;
  gboolean named = begin + skip < end; /* the month is a word */
  gboolean sure = named ? weekday > 0 || is_month_here (reader, begin) : TRUE;
  /* "Jan, 3 people"; "10 may apply" */
  if (named && !g_ascii_isdigit (*name) && memchr (name, ',', end - begin) != NULL && wall.year == 0)
    sure = FALSE;
  if (named && g_ascii_isdigit (*name) && wall.year == 0 && g_ascii_islower (name[skip])) {
    scan->at = begin + skip;
    if (heddle_when_word (reader, BIT (HEDDLE_WORD_NO_NAME)) != NULL)
      sure = FALSE;
    scan->at = end;
  }
  /* "1.2.18" is a version, "12.11.36" a time, sooner than a day */
  if (!named && end > begin + 3 && !g_ascii_isdigit (name[end - begin - 3]))
    sure = sure && memchr (name, '.', end - begin) == NULL;
  if (sure && wall.year == 0)
    sure = resolve_year (reader, weekday, &wall);
  if (!sure || wall.year < FIRST_YEAR || wall.year > LAST_YEAR) {
    scan->at = begin;
    return FALSE;
  }
  set_day (reader, wall);
  read_clock_after (reader);
  return TRUE;
}

/* @weeks: 0 the coming one, 1 that of the next week, -1 the last one. */
static HeddleWall
resolve_weekday (const Reader *reader, int weekday, int weeks)
{
  HeddleWall day = midnight (reader);
  int today = heddle_wall_weekday (&day);
  int ahead = weekday - today;

  if (weeks == 0)
    ahead += ahead <= 0 ? 7 : 0;
  else if (weeks > 0)
    ahead += 7 * weeks;
  else
    ahead -= ahead >= 0 ? 7 : 0;
  heddle_wall_add_days (&day, ahead);
  return day;
}

/* "Friday 13 April", "Friday at 5pm"; a weekday alone only with @alone. */
static gboolean
read_weekday_core (Reader *reader, gboolean alone, int weeks)
{
  gsize begin = reader->scan.at;
  int weekday = read_weekday (reader);

  if (weekday == 0)
    return FALSE;
  gsize end = reader->scan.at;
  heddle_scan_blanks (&reader->scan);
  heddle_scan_char (&reader->scan, ',');
  heddle_scan_blanks (&reader->scan);
  heddle_when_word (reader, BIT (HEDDLE_WORD_THE));
  heddle_scan_blanks (&reader->scan);
  if (read_date (reader, weekday))
    return TRUE;
  reader->scan.at = alone && reader->reference != NULL ? end : begin;
  if (reader->scan.at == begin)
    return FALSE;
  set_day (reader, resolve_weekday (reader, weekday, weeks));
  read_clock_after (reader);
  return TRUE;
}

/* Whether a month follows: "the 20th of April" is a date. */
static gboolean
month_follows (Reader *reader)
{
  gsize begin = reader->scan.at;

  heddle_scan_blanks (&reader->scan);
  if (heddle_when_word (reader, BIT (HEDDLE_WORD_OF)) != NULL)
    heddle_scan_blanks (&reader->scan);
  gboolean follows
      = heddle_when_name (reader->tables, &reader->scan, HEDDLE_NAME_MONTH) > 0;
  reader->scan.at = begin;
  return follows;
}

/* "the 20th" */
static gboolean
read_ordinal (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;
  int day;

  if (reader->reference == NULL || !reader->behind)
    return FALSE;
  if (heddle_when_word (reader, BIT (HEDDLE_WORD_THE)) != NULL && heddle_scan_blanks (scan)
      && heddle_when_day (reader->tables, scan, &day) && !g_ascii_isdigit (scan->text[scan->at - 1])
      && !month_follows (reader)) {
    HeddleWall wall = midnight (reader);
    int today = wall.day;
    wall.day = 1;
    if (day < today)
      heddle_wall_add_months (&wall, 1);
    while (day > heddle_month_days (wall.year, wall.month))
      heddle_wall_add_months (&wall, 1);
    wall.day = day;
    set_day (reader, wall);
    read_clock_after (reader);
    return TRUE;
  }
  scan->at = begin;
  return FALSE;
}

static gboolean
read_relative (Reader *reader)
{
  const HeddleWord *word
      = reader->reference != NULL ? heddle_when_word (reader, BIT (HEDDLE_WORD_RELATIVE)) : NULL;

  if (word == NULL)
    return FALSE;
  HeddleWall day = midnight (reader);
  heddle_wall_add_days (&day, word->value);
  set_day (reader, day);
  read_clock_after (reader);
  return TRUE;
}

/* The Saturday and Sunday: of the week of @day, @weeks further. */
static void
set_weekend (Reader *reader, int weeks)
{
  HeddleWall from = midnight (reader);

  heddle_wall_add_days (&from, 6 - heddle_wall_weekday (&from) + 7 * weeks);
  HeddleWall to = from;
  heddle_wall_add_days (&to, 1);
  set_range (reader, from, to);
}

static gboolean
read_weekend (Reader *reader)
{
  const HeddleWord *word
      = reader->reference != NULL ? heddle_when_word (reader, BIT (HEDDLE_WORD_WEEKEND)) : NULL;

  if (word == NULL)
    return FALSE;
  int today = heddle_wall_weekday (reader->reference);
  if (word->value == 0) /* told early in a week it is over, later it is ahead */
    set_weekend (reader, today <= 3 ? -1 : 0);
  else if (word->value < 0)
    set_weekend (reader, word->value);
  else
    set_weekend (reader, word->value - 1);
  return TRUE;
}

/* "next week", "this month", "next Friday" */
static gboolean
read_next (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;
  const HeddleWord *next
      = reader->reference != NULL ? heddle_when_word (reader, BIT (HEDDLE_WORD_NEXT)) : NULL;

  if (next == NULL)
    return FALSE;
  int weeks = next->value;
  heddle_scan_blanks (scan);
  if (read_weekday_core (reader, TRUE, weeks))
    return TRUE;
  const HeddleWord *unit = heddle_when_word (reader, BIT (HEDDLE_WORD_UNIT));
  HeddleWall from = midnight (reader), to;
  if (unit != NULL && unit->value == HEDDLE_UNIT_WEEK) {
    heddle_wall_add_days (&from, 1 - heddle_wall_weekday (&from) + 7 * weeks);
    to = from;
    heddle_wall_add_days (&to, 6);
  } else if (unit != NULL && unit->value == HEDDLE_UNIT_MONTH) {
    from.day = 1;
    heddle_wall_add_months (&from, weeks);
    to = from;
    to.day = heddle_month_days (to.year, to.month);
  } else {
    scan->at = begin;
    return FALSE;
  }
  set_range (reader, from, to);
  return TRUE;
}

static HeddleWall
unit_end (const Reader *reader, HeddleUnit unit, int further)
{
  HeddleWall day = midnight (reader);

  switch (unit) {
  case HEDDLE_UNIT_WEEK:
    heddle_wall_add_days (&day, 7 * further);
    /* its Friday, unless that is over already */
    heddle_wall_add_days (&day, heddle_wall_weekday (&day) <= 5 ? 5 - heddle_wall_weekday (&day)
                                                                 : 7 - heddle_wall_weekday (&day));
    break;
  case HEDDLE_UNIT_MONTH:
    day.day = 1;
    heddle_wall_add_months (&day, further);
    day.day = heddle_month_days (day.year, day.month);
    break;
  case HEDDLE_UNIT_YEAR:
    day = (HeddleWall) { .year = day.year + further, .month = 12, .day = 31 };
    break;
  default:
    heddle_wall_add_days (&day, further);
    break;
  }
  return day;
}

/* "EOD", "EOD Friday", "the end of the week"; only behind "by" and the like, since "at the
 * end of the day" is no time. */
static gboolean
read_end_of (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;

  if (reader->reference == NULL || !reader->prefixed)
    return FALSE;
  if (heddle_when_word (reader, BIT (HEDDLE_WORD_THE)) != NULL)
    heddle_scan_blanks (scan);
  const HeddleWord *word = heddle_when_word (reader, BIT (HEDDLE_WORD_END_OF));
  if (word == NULL) {
    scan->at = begin;
    return FALSE;
  }
  HeddleUnit unit = (HeddleUnit) (word->value % 16);
  gsize end = scan->at;
  if (unit == HEDDLE_UNIT_DAY && heddle_scan_blanks (scan)) {
    if (heddle_when_word (reader, BIT (HEDDLE_WORD_ON) | BIT (HEDDLE_WORD_OF)) != NULL)
      heddle_scan_blanks (scan);
    if (read_relative (reader) || read_weekday_core (reader, TRUE, 0) || read_date (reader, 0))
      return TRUE;
  }
  scan->at = end;
  set_day (reader, unit_end (reader, unit, word->value / 16));
  return TRUE;
}

/* "5pm ET", "17:00 tomorrow": only behind "by" and the like. */
static gboolean
read_clock (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;
  HeddleWall clock = { 0 };
  gboolean has_offset;
  int minutes;

  if (reader->reference == NULL || !reader->prefixed)
    return FALSE;
  HeddleClockKind kind = heddle_when_clock (reader->tables, scan, &clock);
  if (kind == HEDDLE_CLOCK_NONE || kind == HEDDLE_CLOCK_WRONG
      || memchr (scan->text + begin, '.', MIN (3, scan->at - begin)) != NULL) {
    scan->at = begin; /* "by 3.50" is an amount */
    return FALSE;
  }
  heddle_when_zone (scan, &has_offset, &minutes);
  gsize end = scan->at;
  heddle_scan_blanks (scan);
  heddle_scan_char (scan, ',');
  heddle_scan_blanks (scan);
  if (heddle_when_word (reader, BIT (HEDDLE_WORD_ON)) != NULL)
    heddle_scan_blanks (scan);
  if (!read_relative (reader) && !read_weekday_core (reader, TRUE, 0) && !read_date (reader, 0)) {
    scan->at = end;
    set_day (reader, midnight (reader));
    if (clock.hour * 60 + clock.minute < reader->reference->hour * 60 + reader->reference->minute)
      heddle_wall_add_days (&reader->place->from, 1);
  }
  reader->place->from.hour = clock.hour;
  reader->place->from.minute = clock.minute;
  reader->place->from.second = clock.second;
  reader->place->precision = HEDDLE_PRECISION_MINUTE;
  return TRUE;
}

static gboolean
read_count (Reader *reader, int *ret)
{
  if (heddle_scan_number (&reader->scan, 1, 3, ret, NULL))
    return TRUE;
  const HeddleWord *number = heddle_when_word (reader, BIT (HEDDLE_WORD_NUMBER));
  if (number != NULL)
    *ret = number->value;
  return number != NULL;
}

static HeddleWall
add_units (const Reader *reader, int count, HeddleUnit unit)
{
  HeddleWall wall = unit == HEDDLE_UNIT_HOUR ? *reader->reference : midnight (reader);

  switch (unit) {
  case HEDDLE_UNIT_HOUR:
    heddle_wall_from_seconds (heddle_wall_to_seconds (&wall) + (gint64) count * 3600, &wall);
    break;
  case HEDDLE_UNIT_WORKDAY:
    heddle_wall_add_workdays (&wall, count);
    break;
  case HEDDLE_UNIT_MONTH:
    heddle_wall_add_months (&wall, count);
    break;
  case HEDDLE_UNIT_YEAR:
    heddle_wall_add_months (&wall, 12 * count);
    break;
  default:
    heddle_wall_add_days (&wall, (gint64) count * (unit == HEDDLE_UNIT_WEEK ? 7 : 1));
    break;
  }
  return wall;
}

/* "48 hours", "5-7 business days", "two weeks": behind "within", business days alone too. */
gboolean
heddle_when_units (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;
  int least, most;

  if (reader->reference == NULL || !read_count (reader, &least))
    return FALSE;
  most = least;
  gsize end = scan->at;
  heddle_scan_blanks (scan);
  /* "5-7", "5 – 7", "5 to 7" */
  gboolean dash = heddle_scan_char (scan, '-') || heddle_scan_word (scan, "to");
  if (!dash && scan->length - scan->at > 3 && strncmp (scan->text + scan->at, "\342\200\223", 3) == 0) {
    scan->at += 3;
    dash = TRUE;
  }
  heddle_scan_blanks (scan);
  if (!dash || !read_count (reader, &most))
    scan->at = end;
  gboolean blank = heddle_scan_blanks (scan) || heddle_scan_char (scan, '-');
  const HeddleWord *unit = blank ? heddle_when_word (reader, BIT (HEDDLE_WORD_UNIT)) : NULL;
  if (unit == NULL || most < least || most == 0 || most > MOST_UNITS
      || (!reader->within && unit->value != HEDDLE_UNIT_WORKDAY)) {
    scan->at = begin;
    return FALSE;
  }
  HeddleUnit what = (HeddleUnit) unit->value;
  if (most > least)
    set_range (reader, add_units (reader, least, what), add_units (reader, most, what));
  else
    set_day (reader, add_units (reader, least, what));
  if (what == HEDDLE_UNIT_HOUR)
    reader->place->precision = HEDDLE_PRECISION_MINUTE;
  if (!reader->behind) /* business days alone are somebody's term */
    reader->place->due = TRUE;
  return TRUE;
}

gboolean
heddle_when_core (Reader *reader)
{
  if (g_ascii_isdigit (heddle_scan_peek (&reader->scan, 0)))
    return heddle_when_units (reader) || read_date (reader, 0) || read_clock (reader);
  return read_end_of (reader) || read_relative (reader) || read_weekend (reader)
         || read_next (reader)
         || read_weekday_core (reader, reader->prefixed, 0)
         || read_ordinal (reader) || read_date (reader, 0)
         || (reader->within && heddle_when_units (reader));
}
