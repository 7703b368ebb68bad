/* SPDX-License-Identifier: MIT */
/* Parts of a week, a month or a year ("early next week", "mid-April", "Anfang Mai") and
 * weeks by a day or a number of theirs ("the week of 7 May", "KW 18").
 *
 * The beginning is the first day; the middle of a week is its Wednesday, of a month the
 * 15th, of a year the end of June. Weeks are counted as ISO 8601 counts them, and one
 * without its year is the one that lies nearest.
 *
 * Not handled: quarters, "late April", which is an end and has its rows (END_OF).
 */
#include "parser/wall.h"
#include "parser/when-cores.h"

#define BIT HEDDLE_WORD_BIT

enum { MIDDLE_OF_MONTH = 15, LAST_WEEK = 53 };

typedef HeddleWhenReader Reader;

/* "next week", "nächster Woche", "the month", "la semaine prochaine": which and how far. */
static gboolean
read_unit (Reader *reader, HeddleUnit *ret_unit, int *ret_further)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;

  const HeddleWord *next = heddle_when_word (reader, BIT (HEDDLE_WORD_NEXT));
  if (next != NULL)
    heddle_scan_blanks (scan);
  const HeddleWord *unit = heddle_when_word (reader, BIT (HEDDLE_WORD_UNIT));
  if (unit == NULL && next != NULL) { /* "minggu depan" is one word for "next" there */
    scan->at = begin;
    next = NULL;
    unit = heddle_when_word (reader, BIT (HEDDLE_WORD_UNIT));
  }
  gsize end = scan->at;
  if (unit != NULL && next == NULL && heddle_scan_blanks (scan)) {
    next = heddle_when_word (reader, BIT (HEDDLE_WORD_NEXT));
    end = next != NULL ? scan->at : end;
  }
  if (unit == NULL || unit->value % 16 < HEDDLE_UNIT_WEEK || unit->value % 16 > HEDDLE_UNIT_YEAR
      || (next != NULL && next->value >= HEDDLE_NEXT_AFTER)) {
    scan->at = begin;
    return FALSE;
  }
  scan->at = end;
  *ret_unit = (HeddleUnit) (unit->value % 16);
  *ret_further = next != NULL ? heddle_when_further (next) : 0;
  return TRUE;
}

void
heddle_when_set_part (Reader *reader, HeddlePartOf part, HeddleUnit unit, int further)
{
  HeddleWall day = heddle_when_midnight (reader);
  gboolean middle = part == HEDDLE_PART_OF_MIDDLE;

  if (unit == HEDDLE_UNIT_WEEK)
    heddle_wall_add_days (&day, (middle ? 3 : 1) - heddle_wall_weekday (&day) + 7 * further);
  else if (unit == HEDDLE_UNIT_MONTH) {
    day.day = 1;
    heddle_wall_add_months (&day, further);
    day.day = middle ? MIDDLE_OF_MONTH : 1;
  } else
    day = (HeddleWall) { .year = day.year + further, .month = middle ? 6 : 1, .day = middle ? 30 : 1 };
  heddle_when_set_day (reader, day);
}

/* "April", "April 2018": of the year in which it lies nearest. What "early" stands before may
 * be another word, "arriving early may help", but for one that a hyphen joins. */
static gboolean
read_month (Reader *reader, HeddlePartOf part)
{
  HeddleScan *scan = &reader->scan;
  HeddleWall day = heddle_when_midnight (reader);

  if (scan->text[scan->at - 1] != '-' && g_ascii_islower (heddle_scan_peek (scan, 0))
      && heddle_when_other_word (reader, scan->at, NULL) != NULL)
    return FALSE;
  int month = heddle_when_name (reader->tables, scan, HEDDLE_NAME_MONTH), year;

  if (month == 0)
    return FALSE;
  gsize end = scan->at;
  heddle_scan_blanks (scan);
  if (heddle_scan_number (scan, 4, 4, &year, NULL))
    day.year = year;
  else {
    scan->at = end;
    day.year += month - day.month > 6 ? -1 : month - day.month < -6 ? 1 : 0;
  }
  day.month = month;
  day.day = part == HEDDLE_PART_OF_MIDDLE ? MIDDLE_OF_MONTH : 1;
  heddle_when_set_day (reader, day);
  return TRUE;
}

gboolean
heddle_when_part_of (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;
  HeddleUnit unit;
  int further;

  if (reader->reference == NULL)
    return FALSE;
  if (heddle_when_word (reader, BIT (HEDDLE_WORD_THE)) != NULL)
    heddle_scan_blanks (scan);
  const HeddleWord *word = heddle_when_word (reader, BIT (HEDDLE_WORD_PART_OF));
  if (word != NULL
      && (heddle_scan_blanks (scan) || heddle_scan_char (scan, '-')
          || scan->text[scan->at - 1] == '-' || scan->text[scan->at - 1] == '\'')) {
    HeddlePartOf part = (HeddlePartOf) word->value;
    if (heddle_when_word (reader, BIT (HEDDLE_WORD_OF)) != NULL)
      heddle_scan_blanks (scan);
    if (heddle_when_word (reader, BIT (HEDDLE_WORD_THE)) != NULL)
      heddle_scan_blanks (scan);
    if (read_unit (reader, &unit, &further)) {
      heddle_when_set_part (reader, part, unit, further);
      return TRUE;
    }
    if (read_month (reader, part))
      return TRUE;
  }
  scan->at = begin;
  return FALSE;
}

/* --- weeks ------------------------------------------------------------------------------ */

static void
set_week (Reader *reader, HeddleWall day)
{
  heddle_wall_add_days (&day, 1 - heddle_wall_weekday (&day));
  day.hour = day.minute = day.second = 0;
  HeddleWall last = day;
  heddle_wall_add_days (&last, 6);
  heddle_when_set_range (reader, day, last);
}

/* The first week of a year is the one with its fourth of January. */
static HeddleWall
first_week (int year)
{
  HeddleWall day = { .year = year, .month = 1, .day = 4 };
  heddle_wall_add_days (&day, 1 - heddle_wall_weekday (&day));
  return day;
}

static gboolean
read_week_number (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  gint64 nearest = G_MAXINT64;
  HeddleWall best = { 0 };
  int number;

  heddle_scan_char (scan, '.');
  heddle_scan_blanks (scan);
  if (!heddle_scan_number (scan, 1, 2, &number, NULL) || number < 1 || number > LAST_WEEK)
    return FALSE;
  for (int year = reader->reference->year - 1; year <= reader->reference->year + 1; year++) {
    HeddleWall one = first_week (year), next = first_week (year + 1);
    heddle_wall_add_days (&one, 7 * (number - 1));
    gint64 days = ABS (heddle_wall_days (&one) - heddle_wall_days (reader->reference));
    if (heddle_wall_days (&one) < heddle_wall_days (&next) && days < nearest) {
      nearest = days;
      best = one;
    }
  }
  if (nearest == G_MAXINT64) /* no year around has a week 53 */
    return FALSE;
  set_week (reader, best);
  return TRUE;
}

gboolean
heddle_when_week_of (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;

  if (reader->reference == NULL)
    return FALSE;
  if (heddle_when_word (reader, BIT (HEDDLE_WORD_THE)) != NULL)
    heddle_scan_blanks (scan);
  const HeddleWord *word = heddle_when_word (reader, BIT (HEDDLE_WORD_WEEK_OF));
  if (word != NULL && word->value == 1 && read_week_number (reader))
    return TRUE;
  if (word != NULL && word->value > 1) {
    HeddleWall day = heddle_when_midnight (reader);
    heddle_wall_add_days (&day, 7 * (word->value - HEDDLE_WEEKS_AWAY));
    set_week (reader, day);
    return TRUE;
  }
  if (word != NULL && word->value == 0 && heddle_scan_blanks (scan)) {
    gboolean behind = reader->behind;
    reader->behind = reader->bare_day = TRUE; /* "the week of the 7th" */
    gboolean found = heddle_when_day_or_days (reader);
    reader->behind = behind;
    reader->bare_day = FALSE;
    if (found) {
      if (!reader->place->has_to)
        set_week (reader, reader->place->from);
      return TRUE;
    }
  }
  scan->at = begin;
  return FALSE;
}
