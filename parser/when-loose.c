/* SPDX-License-Identifier: MIT */
/* Days that are written with less than a date has: in numbers alone ("20.4.", "4/20"), in
 * numerals of East Asia, in words ("the first of May", "catorce de mayo"), and in a list
 * whose last one lends its month ("12, 13 and 16 April").
 *
 * What would be a number or a version elsewhere is a day here behind a preposition or a
 * weekday only. Day or month first, the words before it tell by their language, else the
 * rest of the text, else the weekday.
 *
 * Not handled: days of a list that stand on both sides of a year's end.
 */
#include "parser/wall.h"
#include "parser/when-cores.h"

#define BIT HEDDLE_WORD_BIT

enum { MOST_LISTED = 8 };

typedef HeddleWhenReader Reader;

gboolean
heddle_when_is_day_first (Reader *reader)
{
  guint64 languages = heddle_when_languages (reader);
  return reader->day_first
         || (languages != HEDDLE_ALL_LANGUAGES
             && (languages & ~heddle_names_day_first (reader->tables->names)) == 0);
}

static gboolean
fits_weekday (const Reader *reader, int month, int day, int weekday)
{
  HeddleWall wall = { .month = month, .day = day };
  return heddle_wall_is_date (2000, month, day) && heddle_when_resolve_year (reader, weekday, &wall)
         && heddle_wall_weekday (&wall) == weekday;
}

/* "on 4/5 of the pages" */
static gboolean
is_fraction (const Reader *reader)
{
  HeddleScan scan = reader->scan;
  return reader->on && heddle_scan_blanks (&scan)
         && heddle_when_row (reader->tables, &scan, BIT (HEDDLE_WORD_OF)) != NULL;
}

/* "20.4.", "20.04", "4/20" behind "by" or "on" or a weekday: day and month in numbers alone. */
static gboolean
read_short_numbers (Reader *reader, HeddleWall *wall, int weekday)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;
  int first, second;
  guint first_digits, second_digits;

  if ((!reader->behind && weekday == 0) || !heddle_scan_number (scan, 1, 2, &first, &first_digits))
    return FALSE;
  gboolean dot = heddle_scan_char (scan, '.');
  if ((dot || ((reader->prefixed || weekday > 0 || reader->on) && heddle_scan_char (scan, '/')))
      && heddle_scan_number (scan, 1, 2, &second, &second_digits)) {
    gboolean ended = dot && heddle_scan_char (scan, '.');
    gboolean whole = !dot || ended || (first_digits == 2 && second_digits == 2);
    gboolean day_first = dot || first > 12 || heddle_when_is_day_first (reader)
                         || (weekday > 0 && fits_weekday (reader, second, first, weekday)
                             && !fits_weekday (reader, first, second, weekday));
    *wall = (HeddleWall) { .month = day_first ? second : first, .day = day_first ? first : second };
    if (whole && heddle_wall_is_date (2000, wall->month, wall->day)
        && (dot || !is_fraction (reader)))
      return TRUE;
  }
  scan->at = begin;
  return FALSE;
}

/* "四月二十日" */
static gboolean
read_numerals (Reader *reader, HeddleWall *wall)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;

  if (!heddle_unspaced_at (scan->text + begin, scan->length - begin))
    return FALSE;
  int month = heddle_when_name (reader->tables, scan, HEDDLE_NAME_MONTH);
  const HeddleWord *day
      = month > 0 ? heddle_when_row (reader->tables, scan, BIT (HEDDLE_WORD_NUMBER)) : NULL;
  const HeddleWord *mark
      = day != NULL ? heddle_when_row (reader->tables, scan, BIT (HEDDLE_WORD_ORDINAL)) : NULL;
  if (mark != NULL && mark->value == HEDDLE_PART_DAY
      && heddle_wall_is_date (2000, month, day->value)) {
    *wall = (HeddleWall) { .month = month, .day = day->value };
    return TRUE;
  }
  scan->at = begin;
  return FALSE;
}

/* The year behind day and month, if one stands there. */
static void
read_year (Reader *reader, HeddleWall *wall)
{
  HeddleScan *scan = &reader->scan;
  gsize end = scan->at;
  int year;

  heddle_scan_sign (scan, ',');
  heddle_scan_blanks (scan);
  if (heddle_when_row (reader->tables, scan, BIT (HEDDLE_WORD_OF)) != NULL)
    heddle_scan_blanks (scan);
  if (heddle_scan_number (scan, 4, 4, &year, NULL))
    wall->year = year;
  else
    scan->at = end;
}

/* " of April", " avril" behind a day: the month's number, or 0 */
static int
read_month_behind (Reader *reader, gboolean needs_of)
{
  HeddleScan *scan = &reader->scan;

  if (!heddle_scan_blanks (scan))
    return 0;
  if (heddle_when_row (reader->tables, scan, BIT (HEDDLE_WORD_OF)) != NULL)
    heddle_scan_blanks (scan);
  else if (needs_of)
    return 0;
  if (heddle_when_other_word (reader, scan->at, NULL) != NULL && g_ascii_islower (heddle_scan_peek (scan, 0)))
    return 0;
  return heddle_when_name (reader->tables, scan, HEDDLE_NAME_MONTH);
}

/* "the first of May", "catorce de mayo de 2018" */
static gboolean
read_day_word (Reader *reader, HeddleWall *wall)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;

  if (!heddle_letter_at (scan->text + begin, scan->length - begin))
    return FALSE;
  if (heddle_when_word (reader, BIT (HEDDLE_WORD_THE)) != NULL)
    heddle_scan_blanks (scan);
  const HeddleWord *day = heddle_when_word (reader, BIT (HEDDLE_WORD_DAY_WORD));
  int value = day != NULL ? day->value % HEDDLE_DAY_WORD_OF : 0;
  int month = value > 0 ? read_month_behind (reader, day->value > value) : 0;
  if (month > 0 && heddle_wall_is_date (2000, month, value)) {
    *wall = (HeddleWall) { .month = month, .day = value };
    read_year (reader, wall);
    return TRUE;
  }
  scan->at = begin;
  return FALSE;
}

/* Most numbers are of no list: whether a comma or a word that joins stands behind this one. */
static gboolean
may_be_listed (const Reader *reader)
{
  HeddleScan scan = reader->scan;
  gsize begin = scan.at;

  while (g_ascii_isdigit (heddle_scan_peek (&scan, 0)))
    scan.at++;
  if (scan.at == begin || scan.at - begin > 2)
    return FALSE;
  heddle_scan_char (&scan, '.');
  return heddle_scan_peek (&scan, 0) == ','
         || (heddle_scan_blanks (&scan)
             && (heddle_words_kinds_at (reader->tables->words, scan.text + scan.at,
                                        scan.length - scan.at)
                 & (BIT (HEDDLE_WORD_AND) | BIT (HEDDLE_WORD_JOINS)))
                    != 0);
}

/* "12, 13 and 16 April": the first of several days, where the others lend it their month */
static gboolean
read_listed (Reader *reader, HeddleWall *wall)
{
  const HeddleKinds joins = BIT (HEDDLE_WORD_AND) | BIT (HEDDLE_WORD_JOINS);
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;
  int day, other, month = 0;

  if (!may_be_listed (reader) || !heddle_when_day (reader->tables, scan, &day))
    return FALSE;
  gsize end = scan->at;
  for (guint others = 0; others < MOST_LISTED && month == 0; others++) {
    heddle_scan_char (scan, '.');
    if (!heddle_scan_char (scan, ',')
        && (!heddle_scan_blanks (scan) || heddle_when_word (reader, joins) == NULL))
      break;
    heddle_scan_blanks (scan);
    if (heddle_when_word (reader, BIT (HEDDLE_WORD_THE)) != NULL)
      heddle_scan_blanks (scan);
    if (!heddle_when_day (reader->tables, scan, &other) || other <= day)
      break;
    HeddleScan ahead = *scan;
    heddle_scan_char (scan, '.');
    month = read_month_behind (reader, FALSE);
    if (month == 0)
      *scan = ahead;
  }
  if (month > 0 && heddle_wall_is_date (2000, month, day)) {
    *wall = (HeddleWall) { .month = month, .day = day };
    read_year (reader, wall);
    scan->at = end;
    return TRUE;
  }
  scan->at = begin;
  return FALSE;
}

gboolean
heddle_when_loose_date (Reader *reader, int weekday, HeddleWall *wall)
{
  return read_short_numbers (reader, wall, weekday) || read_numerals (reader, wall)
         || read_day_word (reader, wall) || read_listed (reader, wall);
}
