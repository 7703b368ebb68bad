/* SPDX-License-Identifier: MIT */
/* A day of the month without its month: "the 20th", "le 20", "20日", "zum 20.". It is the
 * next one, of the weekday that is written with it, or the last one in a sentence that
 * tells of what has been.
 */
#include "parser/wall.h"
#include "parser/when-cores.h"

#define BIT HEDDLE_WORD_BIT

typedef HeddleWhenReader Reader;

/* Whether a month or a unit follows: "the 20th of April" is a date, "le 20 heures" a time. */
static gboolean
goes_on (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;

  heddle_scan_blanks (scan);
  if (heddle_when_row (reader->tables, scan, BIT (HEDDLE_WORD_OF)) != NULL)
    heddle_scan_blanks (scan);
  gboolean follows = heddle_when_name (reader->tables, scan, HEDDLE_NAME_MONTH) > 0
                     || heddle_when_word (reader, BIT (HEDDLE_WORD_UNIT)) != NULL;
  scan->at = begin;
  return follows;
}

/* The next @day of a month; of @weekday, where that is known. @bare: nothing but that weekday
 * says that it is one, so it must be near. */
static gboolean
set_day_of_month (Reader *reader, int day, int weekday, gboolean bare)
{
  HeddleWall wall = heddle_when_midnight (reader);
  int today = wall.day;

  wall.day = 1;
  if (reader->this_month)
    reader->this_month = FALSE;
  else if (day < today && !reader->past)
    heddle_wall_add_months (&wall, 1);
  else if (day > today && reader->past)
    heddle_wall_add_months (&wall, -1);
  for (guint tries = 0; tries < (bare ? 2 : 12); tries++) {
    HeddleWall one = wall;
    one.day = day;
    if (day <= heddle_month_days (wall.year, wall.month)
        && (weekday == 0 || heddle_wall_weekday (&one) == weekday)) {
      heddle_when_set_day (reader, one);
      return TRUE;
    }
    heddle_wall_add_months (&wall, reader->past ? -1 : 1);
  }
  return FALSE;
}

/* What makes a number a day of the month: an ordinal's ending, a mark ("20日", "20 числа"),
 * behind "the" a dot or, where the row says so, nothing. */
static gboolean
read_ending (Reader *reader, const HeddleWord *the, gsize number_end)
{
  HeddleScan *scan = &reader->scan;

  if (scan->at > number_end)
    return TRUE; /* heddle_when_day() took it */
  if (heddle_scan_peek (scan, 0) == ' ' && reader->behind) {
    scan->at++;
    const HeddleWord *mark = heddle_when_row (reader->tables, scan, BIT (HEDDLE_WORD_ORDINAL));
    if (mark != NULL && mark->value == HEDDLE_PART_DAY)
      return TRUE;
    scan->at = number_end;
  }
  if (heddle_scan_peek (scan, 0) == '.' && heddle_scan_peek (scan, 1) == ' ' && reader->behind) {
    scan->at += 2;
    const HeddleWord *mark = heddle_when_row (reader->tables, scan, BIT (HEDDLE_WORD_ORDINAL));
    if (mark != NULL && mark->value == HEDDLE_PART_DAY) { /* "am 2. d. M." */
      reader->this_month = TRUE;
      return TRUE;
    }
    scan->at = number_end;
  }
  if (the == NULL)
    return reader->bare_day;
  gsize bytes;
  return (heddle_scan_char (scan, '.')
          && heddle_digit_at (scan->text + scan->at, scan->length - scan->at, &bytes) < 0)
         || (scan->at == number_end && (the->value == 1 || reader->bare_day));
}

/* "lunes 16" where a clause ends or a span goes on: no "Monday 16 people", nor hours, which a
 * dash alone joins, "Saturday 7-11" */
static gboolean
is_bare_day (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  gsize end = scan->at;

  if (end == scan->length || strchr (".,;!?)\n", scan->text[end]) != NULL)
    return !g_ascii_isalnum (heddle_scan_peek (scan, 1));
  heddle_scan_blanks (scan);
  gsize mark = scan->at + (heddle_scan_peek (scan, 0) == '-');
  gboolean word = heddle_letter_at (scan->text + mark, scan->length - mark);
  scan->at = end;
  gboolean joined = heddle_when_through (reader) && (word || !heddle_when_digit (scan));
  scan->at = end;
  return joined;
}

/* " to Friday the 20th", " al viernes 20" behind a day of the month */
static void
read_last_day (Reader *reader, gsize begin)
{
  HeddleScan *scan = &reader->scan;
  gsize end = scan->at, number;
  HeddleWall from = reader->place->from, to = from;

  if (reader->place->precision == HEDDLE_PRECISION_DAY && heddle_when_join (reader, begin)) {
    int weekday = heddle_when_name (reader->tables, scan, HEDDLE_NAME_WEEKDAY);
    if (weekday > 0)
      heddle_scan_blanks (scan);
    const HeddleWord *the = heddle_when_word (reader, BIT (HEDDLE_WORD_THE));
    if (the != NULL)
      heddle_scan_blanks (scan);
    HeddleScan first = *scan;
    if (heddle_scan_number (&first, 1, 2, &to.day, NULL)) {
      number = first.at;
      if (heddle_when_day (reader->tables, scan, &to.day) && to.day > from.day
          && (read_ending (reader, the, number) || is_bare_day (reader)) && !goes_on (reader)
          && heddle_wall_is_date (to.year, to.month, to.day)
          && (weekday == 0 || heddle_wall_weekday (&to) == weekday)) {
        heddle_when_set_range (reader, from, to);
        return;
      }
    }
  }
  scan->at = end;
}

/* "the 20th", "le 20", "20日", "zum 20." */
gboolean
heddle_when_ordinal (Reader *reader, int weekday)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at, number;
  int day;

  if (reader->reference == NULL || (!reader->behind && weekday == 0))
    return FALSE;
  const HeddleWord *the = heddle_when_digit (scan) ? NULL : heddle_when_word (reader, BIT (HEDDLE_WORD_THE));
  if (the != NULL)
    heddle_scan_blanks (scan);
  gsize first = scan->at;
  if (!heddle_scan_number (scan, 1, 2, &day, NULL))
    goto none;
  number = scan->at;
  scan->at = first;
  /* "την Τρίτη στις 9:00", where the article of a date stands before hours too */
  HeddleScan clock = *scan;
  HeddleWall wall;
  if (the != NULL && heddle_when_clock (reader->tables, &clock, &wall) != HEDDLE_CLOCK_NONE)
    goto none;
  if (!heddle_when_day (reader->tables, scan, &day))
    goto none;
  gboolean bare = weekday > 0 && scan->at == number && the == NULL && !reader->bare_day;
  if (!(bare ? is_bare_day (reader) : read_ending (reader, the, number)) || goes_on (reader)
      || !set_day_of_month (reader, day, weekday, bare))
    goto none;
  heddle_when_time_after (reader);
  read_last_day (reader, begin);
  return TRUE;

none:
  scan->at = begin;
  return FALSE;
}
