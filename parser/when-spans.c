/* SPDX-License-Identifier: MIT */
/* The cores of what a text says about time that count or span: "48 hours", "5-7 business
 * days", "next week", "the weekend", "the end of the month".
 *
 * Business days are Monday to Friday, holidays are not known here. A week ends on its
 * Friday, unless that is over.
 *
 * Not handled: "a few days", which says no number.
 */
#include "parser/wall.h"
#include "parser/when-cores.h"

#include <string.h>

#define BIT HEDDLE_WORD_BIT

enum { MOST_UNITS = 999 };

typedef HeddleWhenReader Reader;

gboolean
heddle_when_through (Reader *reader)
{
  static const char *const dashes[] = { "-", "\xe2\x80\x93", "\xe2\x80\x94", "~", "\xe3\x80\x9c",
                                        "\xef\xbd\x9e", NULL };
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;

  heddle_scan_blanks (scan);
  if (heddle_scan_peek (scan, 0) == '-' && heddle_when_word (reader, BIT (HEDDLE_WORD_THROUGH)) != NULL) {
    heddle_scan_blanks (scan); /* "16-tól 20-ig" */
    return TRUE;
  }
  gboolean letter = g_ascii_isalpha (heddle_scan_peek (scan, 0));
  for (gsize i = 0; !letter && dashes[i] != NULL; i++) {
    gsize length = strlen (dashes[i]);
    if (scan->length - scan->at > length && memcmp (scan->text + scan->at, dashes[i], length) == 0) {
      scan->at += length;
      heddle_scan_blanks (scan);
      return TRUE;
    }
  }
  if (heddle_when_word (reader, BIT (HEDDLE_WORD_THROUGH)) != NULL) {
    heddle_scan_blanks (scan);
    return TRUE;
  }
  scan->at = begin;
  return FALSE;
}

/* --- counts ------------------------------------------------------------------------------- */

/* "ten (10)", "10 (ten)": contracts say a number twice. */
static void
pass_said_again (Reader *reader, int value)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;
  int again = 0;

  char next = heddle_scan_peek (scan, 0);
  if ((next == ' ' ? heddle_scan_peek (scan, 1) : next) != '(')
    return;
  heddle_scan_blanks (scan);
  if (heddle_scan_sign (scan, '(')) {
    if (!heddle_scan_number (scan, 1, 3, &again, NULL)) {
      const HeddleWord *number = heddle_when_word (reader, BIT (HEDDLE_WORD_NUMBER));
      again = number != NULL ? number->value : 0;
    }
    if (again == value && heddle_scan_sign (scan, ')'))
      return;
  }
  scan->at = begin;
}

/* "24", "2 x 24", as Indonesians count hours; "two", "the" */
static gboolean
read_count (Reader *reader, int *ret)
{
  HeddleScan *scan = &reader->scan;
  int times;

  if (heddle_scan_number (scan, 1, 3, ret, NULL)) {
    gsize end = scan->at;
    heddle_scan_blanks (scan);
    gboolean multiplied = heddle_scan_char (scan, 'x') || heddle_scan_char (scan, 'X');
    heddle_scan_blanks (scan);
    if (multiplied && heddle_scan_number (scan, 1, 2, &times, NULL))
      *ret *= times;
    else
      scan->at = end;
    pass_said_again (reader, *ret);
    return TRUE;
  }
  const HeddleWord *number = heddle_when_word (reader, BIT (HEDDLE_WORD_NUMBER));
  if (number == NULL && reader->within && reader->one && heddle_when_word (reader, BIT (HEDDLE_WORD_THE)) != NULL) {
    *ret = 1; /* "within the hour" */
    return TRUE;
  }
  if (number == NULL)
    return FALSE;
  *ret = number->value;
  pass_said_again (reader, *ret);
  return TRUE;
}

static HeddleWall
add_units (const Reader *reader, int count)
{
  HeddleWall wall
      = reader->unit == HEDDLE_UNIT_HOUR ? *reader->reference : heddle_when_midnight (reader);

  if (reader->back)
    count = -count;
  switch (reader->unit) {
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
    heddle_wall_add_days (&wall, (gint64) count * (reader->unit == HEDDLE_UNIT_WEEK ? 7 : 1));
    break;
  }
  return wall;
}

void
heddle_when_set_units (Reader *reader)
{
  HeddleWall first = add_units (reader, reader->back ? reader->most : reader->least);
  HeddleWall last = add_units (reader, reader->back ? reader->least : reader->most);

  if (reader->most > reader->least)
    heddle_when_set_range (reader, first, last);
  else
    heddle_when_set_day (reader, last);
  if (reader->unit == HEDDLE_UNIT_HOUR)
    reader->place->precision = HEDDLE_PRECISION_MINUTE;
}

/* Whether "between" stands before @begin. */
static gboolean
is_between (const Reader *reader, gsize begin)
{
  const HeddleWord *word = heddle_when_word_before (reader->tables, reader->scan.text, 0, begin,
                                                    BIT (HEDDLE_WORD_AROUND), NULL);
  return word != NULL && word->value == HEDDLE_AROUND_BETWEEN;
}

gboolean
heddle_when_join (Reader *reader, gsize begin)
{
  HeddleScan *scan = &reader->scan;

  if (heddle_when_through (reader))
    return TRUE;
  heddle_scan_blanks (scan);
  const HeddleKinds joins = BIT (HEDDLE_WORD_AND) | BIT (HEDDLE_WORD_JOINS);
  if (heddle_words_at (reader->tables->words, scan->text + scan->at, scan->length - scan->at,
                       joins, NULL) == NULL
      /* "entre el 12 y el 16": the place begins with "el" */
      || !(is_between (reader, begin) || is_between (reader, reader->place->at.start)))
    return FALSE;
  return heddle_when_word (reader, joins) != NULL && heddle_scan_blanks (scan);
}

/* "5", "5-7"; nothing where the unit has its count in itself. */
static void
read_counts (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;

  reader->least = reader->most = 0;
  /* "사흘", three days, begins with a four */
  if (heddle_unspaced_at (scan->text + begin, scan->length - begin)) {
    const HeddleWord *word
        = heddle_words_at (reader->tables->words, scan->text + begin, scan->length - begin,
                           BIT (HEDDLE_WORD_UNIT) | BIT (HEDDLE_WORD_NUMBER), NULL);
    if (word != NULL && word->kind == HEDDLE_WORD_UNIT && word->value >= 16)
      return;
  }
  if (!read_count (reader, &reader->least))
    scan->at = begin;
  reader->most = reader->least;
  gsize end = scan->at;
  if (end == begin)
    return;
  if (!heddle_when_join (reader, begin) || !read_count (reader, &reader->most)) {
    scan->at = end;
    reader->most = reader->least;
  }
  if (!heddle_scan_blanks (scan))
    heddle_scan_char (scan, '-');
}

/* "영업일 기준": business days are counted behind it. */
static gboolean
pass_basis (Reader *reader)
{
  gsize begin = reader->scan.at;

  if ((heddle_when_opens (reader) & BIT (HEDDLE_WORD_UNIT)) == 0)
    return FALSE;
  const HeddleWord *word = heddle_when_word (reader, BIT (HEDDLE_WORD_UNIT));
  if (word != NULL && (word->value & HEDDLE_UNIT_BASIS) != 0) {
    heddle_scan_blanks (&reader->scan);
    return TRUE;
  }
  reader->scan.at = begin;
  return FALSE;
}

/* " from Monday", " from today" behind a count, which then begins there */
static gboolean
count_from (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  gsize end = scan->at;
  const HeddleWall *reference = reader->reference;

  const HeddleWord *from
      = heddle_scan_blanks (scan) ? heddle_when_word (reader, BIT (HEDDLE_WORD_AROUND)) : NULL;
  if (from != NULL && from->value == HEDDLE_AROUND_OPENS && heddle_scan_blanks (scan)
      && heddle_when_any_day (reader) && reader->place->precision == HEDDLE_PRECISION_DAY) {
    HeddleWall base = reader->place->from;
    reader->reference = &base;
    heddle_when_set_units (reader);
    reader->reference = reference;
    reader->place->has_to = FALSE;
    reader->units = FALSE; /* a day it is */
    return TRUE;
  }
  scan->at = end;
  return FALSE;
}

/* Behind "within" or before "以内に"; business days alone too. */
gboolean
heddle_when_units (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;

  if (reader->reference == NULL)
    return FALSE;
  gboolean basis = pass_basis (reader);
  read_counts (reader);
  const HeddleWord *unit = heddle_when_word (reader, BIT (HEDDLE_WORD_UNIT));
  if (unit != NULL && scan->at > begin && reader->most == 0)
    reader->least = reader->most = unit->value % HEDDLE_UNIT_BASIS / 16;
  if (unit != NULL && scan->at > begin && reader->most > 0 && reader->most <= MOST_UNITS
      && unit->value % 16 > HEDDLE_UNIT_HOUR && unit->value % 16 < HEDDLE_UNIT_AGO) {
    reader->unit = unit->value % HEDDLE_UNIT_AGO;
    if (count_from (reader))
      return TRUE;
  }
  if (unit == NULL || reader->most < reader->least || reader->most == 0 || reader->most > MOST_UNITS
      || (!reader->within && unit->value % 16 < HEDDLE_UNIT_AGO
          && unit->value % 16 != HEDDLE_UNIT_WORKDAY && !basis
          && (unit->value & HEDDLE_UNIT_TERM) == 0)) {
    scan->at = begin;
    return FALSE;
  }
  reader->unit = basis ? HEDDLE_UNIT_WORKDAY : unit->value % HEDDLE_UNIT_AGO;
  reader->units = TRUE;
  if (unit->value % 16 >= HEDDLE_UNIT_AGO)
    reader->back = TRUE;
  heddle_when_set_units (reader);
  if ((unit->value & HEDDLE_UNIT_TERM) != 0 || (!reader->behind && !reader->back)) /* business days alone are somebody's term */
    reader->place->due = TRUE;
  return TRUE;
}

/* --- weeks, months ----------------------------------------------------------------------- */

/* The Saturday and Sunday of the week of the reference, @weeks further. */
static void
set_weekend (Reader *reader, int weeks)
{
  HeddleWall from = heddle_when_midnight (reader);

  heddle_wall_add_days (&from, 6 - heddle_wall_weekday (&from) + 7 * weeks);
  HeddleWall to = from;
  heddle_wall_add_days (&to, 1);
  heddle_when_set_range (reader, from, to);
}

gboolean
heddle_when_weekend (Reader *reader)
{
  gsize begin = reader->scan.at;

  if (reader->reference == NULL)
    return FALSE;
  if (reader->prefixed && heddle_when_word (reader, BIT (HEDDLE_WORD_THE)) != NULL)
    heddle_scan_blanks (&reader->scan);
  const HeddleWord *word = heddle_when_word (reader, BIT (HEDDLE_WORD_WEEKEND));
  if (word == NULL || (word->value == 3 && !reader->prefixed)) {
    reader->scan.at = begin;
    return FALSE;
  }
  int today = heddle_wall_weekday (reader->reference);
  reader->nearest = word->value == 0;
  if (word->value == 0) /* else told early in a week it is over, later it is ahead */
    set_weekend (reader, reader->past || (!reader->ahead && today <= 3) ? -1 : 0);
  else if (word->value < 0)
    set_weekend (reader, word->value);
  else
    set_weekend (reader, word->value == 3 ? 0 : word->value - 1);
  return TRUE;
}

/* All of the week, month or year that lies @further than the reference's. */
static gboolean
set_whole (Reader *reader, HeddleUnit unit, int further)
{
  HeddleWall from = heddle_when_midnight (reader), to;

  switch (unit) {
  case HEDDLE_UNIT_WEEK:
    heddle_wall_add_days (&from, 1 - heddle_wall_weekday (&from) + 7 * further);
    to = from;
    heddle_wall_add_days (&to, 6);
    break;
  case HEDDLE_UNIT_MONTH:
    from.day = 1;
    heddle_wall_add_months (&from, further);
    to = from;
    to.day = heddle_month_days (to.year, to.month);
    break;
  case HEDDLE_UNIT_YEAR:
    from = (HeddleWall) { .year = from.year + further, .month = 1, .day = 1 };
    to = (HeddleWall) { .year = from.year, .month = 12, .day = 31 };
    break;
  default:
    return FALSE;
  }
  heddle_when_set_range (reader, from, to);
  return TRUE;
}

/* " on Tuesday", " dinsdag" behind the week that lies @weeks further */
static void
read_day_of_week (Reader *reader, int weeks)
{
  HeddleScan *scan = &reader->scan;
  gsize end = scan->at;
  HeddleWhenPlace week = *reader->place;

  if (heddle_scan_blanks (scan)) {
    if (heddle_when_word (reader, BIT (HEDDLE_WORD_ON)) != NULL)
      heddle_scan_blanks (scan);
    *reader->place = (HeddleWhenPlace) { .at = week.at, .due = week.due };
    if (heddle_when_weekday (reader, TRUE, weeks))
      return;
  }
  *reader->place = week;
  scan->at = end;
}

/* "la semaine prochaine": the word for "next" stands behind. */
static gboolean
read_unit_next (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;

  if (heddle_when_word (reader, BIT (HEDDLE_WORD_THE)) != NULL)
    heddle_scan_blanks (scan);
  const HeddleWord *unit = heddle_when_word (reader, BIT (HEDDLE_WORD_UNIT));
  gboolean whole = unit != NULL && (unit->value & HEDDLE_UNIT_COUNTED) == 0;
  const HeddleWord *next = whole && heddle_scan_blanks (scan)
                               ? heddle_when_word (reader, BIT (HEDDLE_WORD_NEXT))
                               : NULL;
  if (next != NULL && next->value != HEDDLE_NEXT_AFTER
      && set_whole (reader, (HeddleUnit) (unit->value % 16), heddle_when_further (next))) {
    if (unit->value % 16 == HEDDLE_UNIT_WEEK)
      read_day_of_week (reader, heddle_when_further (next));
    return TRUE;
  }
  scan->at = begin;
  return FALSE;
}

gboolean
heddle_when_next (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;

  if (reader->reference == NULL)
    return FALSE;
  gsize length = scan->length;
  /* "来週の金曜日", but "来" and "週": where the longer word leads nowhere, a shorter one */
  for (guint tries = 0; tries < 3; tries++) {
    scan->at = begin;
    const HeddleWord *next = heddle_when_word (reader, BIT (HEDDLE_WORD_NEXT));
    gsize end = scan->at;
    scan->length = length;
    if (next == NULL || next->value == HEDDLE_NEXT_AFTER)
      break;
    heddle_scan_blanks (scan);
    if (heddle_when_weekday (reader, TRUE, next->value))
      return TRUE;
    const HeddleWord *unit = heddle_when_word (reader, BIT (HEDDLE_WORD_UNIT));
    if (unit != NULL && set_whole (reader, (HeddleUnit) (unit->value % 16), heddle_when_further (next))) {
      if (unit->value % 16 == HEDDLE_UNIT_WEEK)
        read_day_of_week (reader, heddle_when_further (next));
      return TRUE;
    }
    const char *last = g_utf8_prev_char (scan->text + end);
    scan->at = begin;
    if (!g_unichar_iswide (g_utf8_get_char (last)) || last <= scan->text + begin)
      break; /* "minggu depan" may be a unit and the word for "next" behind it */
    scan->length = (gsize) (last - scan->text);
  }
  scan->length = length;
  scan->at = begin;
  return read_unit_next (reader);
}

/* --- ends ----------------------------------------------------------------------------------- */

static HeddleWall
unit_end (const Reader *reader, HeddleUnit unit, int further)
{
  HeddleWall day = heddle_when_midnight (reader);
  int weekday;

  switch (unit) {
  case HEDDLE_UNIT_WEEK:
    heddle_wall_add_days (&day, 7 * further);
    weekday = heddle_wall_weekday (&day);
    heddle_wall_add_days (&day, weekday <= 5 ? 5 - weekday : 7 - weekday);
    break;
  case HEDDLE_UNIT_MONTH:
    day.day = 1;
    heddle_wall_add_months (&day, further);
    day.day = heddle_month_days (day.year, day.month);
    break;
  case HEDDLE_UNIT_WORKDAY: /* the last one of the month */
    day = unit_end (reader, HEDDLE_UNIT_MONTH, further);
    weekday = heddle_wall_weekday (&day);
    heddle_wall_add_days (&day, weekday > 5 ? 5 - weekday : 0);
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

/* "May", "May 2018": its last day, the coming one. */
static gboolean
read_end_of_named_month (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  int month = heddle_when_name (reader->tables, scan, HEDDLE_NAME_MONTH);
  HeddleWall day = heddle_when_midnight (reader);
  int year;

  if (month == 0)
    return FALSE;
  if (month < day.month)
    day.year++;
  gsize end = scan->at;
  heddle_scan_blanks (scan);
  if (heddle_scan_number (scan, 4, 4, &year, NULL))
    day.year = year;
  else
    scan->at = end;
  day.month = month;
  day.day = heddle_month_days (day.year, month);
  heddle_when_set_day (reader, day);
  return TRUE;
}

/* Only behind "by" and the like, since "at the end of the day" is no time. */
gboolean
heddle_when_end_of (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;

  if (reader->reference == NULL)
    return FALSE;
  if (reader->prefixed && heddle_when_word (reader, BIT (HEDDLE_WORD_THE)) != NULL)
    heddle_scan_blanks (scan);
  const HeddleWord *word = heddle_when_word (reader, BIT (HEDDLE_WORD_END_OF));
  if (word == NULL || (!reader->prefixed && word->value < HEDDLE_END_DUE)) {
    scan->at = begin;
    return FALSE;
  }
  reader->place->due = reader->place->due || (word->value & HEDDLE_END_DUE) != 0;
  int value = word->value % HEDDLE_END_DUE;
  HeddleUnit unit = (HeddleUnit) (value % 16);
  if (word->value >= HEDDLE_END_FIRST) {
    heddle_when_set_part (reader,
                          (word->value & HEDDLE_END_MIDDLE) != 0 ? HEDDLE_PART_OF_MIDDLE
                                                                 : HEDDLE_PART_OF_BEGIN,
                          unit, value / 16);
    return TRUE;
  }
  gsize end = scan->at;
  if ((unit == HEDDLE_UNIT_DAY || unit == HEDDLE_UNIT_NAMED) && heddle_scan_blanks (scan)) {
    heddle_scan_char (scan, ',');
    heddle_scan_blanks (scan);
    if (heddle_when_word (reader, BIT (HEDDLE_WORD_ON) | BIT (HEDDLE_WORD_OF)) != NULL)
      heddle_scan_blanks (scan);
    if (heddle_when_any_day (reader) || heddle_when_next (reader)
        || (unit == HEDDLE_UNIT_NAMED && read_end_of_named_month (reader)))
      return TRUE;
  }
  if (unit == HEDDLE_UNIT_NAMED) {
    scan->at = begin;
    return FALSE;
  }
  scan->at = end;
  heddle_when_set_day (reader, unit_end (reader, unit, value / 16));
  return TRUE;
}
