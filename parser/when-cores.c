/* SPDX-License-Identifier: MIT */
/* The cores of what a text says about time that name a day: a date, a weekday, "tomorrow",
 * "the 20th", a time of day, "3 to 5 April". Counts and weeks are when-spans.c's.
 *
 * Each reader moves on and sets the place, or leaves both as they were. Relative ones
 * count from the message's own wall clock. "by Friday", said on a Friday, is the next
 * one; a date without a year is the one that lies nearest, of the weekday that is written
 * with it, a term sooner ahead than behind. A weekday in a sentence that tells of what has
 * been is the last one.
 *
 * Not handled: months and years alone, spans of times of day.
 */
#include "parser/wall.h"
#include "parser/when-cores.h"

#include <string.h>

#define BIT HEDDLE_WORD_BIT

enum { FIRST_YEAR = 1900, LAST_YEAR = 2199 };

typedef HeddleWhenReader Reader;

/* --- small parts --------------------------------------------------------------------- */

guint64
heddle_when_languages (Reader *reader)
{
  while (reader->n_words > 0 && reader->words[reader->n_words - 1].end > reader->scan.at)
    reader->n_words--;
  return reader->n_words > 0 ? reader->words[reader->n_words - 1].languages : HEDDLE_ALL_LANGUAGES;
}

void
heddle_when_narrow (Reader *reader, guint64 languages)
{
  if (reader->n_words == HEDDLE_WHEN_WORDS)
    return;
  reader->words[reader->n_words].end = reader->scan.at;
  reader->words[reader->n_words++].languages = languages;
}

const HeddleWord *
heddle_when_word (Reader *reader, guint64 kinds)
{
  HeddleScan *scan = &reader->scan;
  gsize bytes;
  guint64 languages = heddle_when_languages (reader);
  const HeddleWord *word = heddle_words_in (reader->tables->words, scan->text + scan->at,
                                            scan->length - scan->at, kinds, &languages, &bytes);
  if (word != NULL) {
    scan->at += bytes;
    heddle_when_narrow (reader, languages);
  }
  return word;
}

/* Whether a word that is no name of a day or month stands here; its end. */
static const HeddleWord *
other_word (const Reader *reader, gsize at, gsize *ret_end)
{
  gsize bytes = 0;
  const HeddleWord *word
      = heddle_words_at (reader->tables->words, reader->scan.text + at, reader->scan.length - at,
                         BIT (HEDDLE_WORD_NO_NAME), &bytes);
  if (ret_end != NULL)
    *ret_end = at + bytes;
  return word;
}

static gboolean
digit_here (const HeddleScan *scan)
{
  gsize bytes;
  return heddle_digit_at (scan->text + scan->at, scan->length - scan->at, &bytes) >= 0;
}

/* A weekday, written so that it can be nothing else: whole, or abbreviated with a capital
 * where the script has them, and not as some other word. */
static int
read_weekday (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at, bytes;
  HeddleName name;

  if (!heddle_names_find (reader->tables->names, HEDDLE_NAME_WEEKDAY, scan->text + begin,
                          scan->length - begin, &name, &bytes)
      || name.single)
    return 0;
  gboolean lower = g_ascii_islower (scan->text[begin]);
  if (name.abbreviated && g_ascii_isalpha (scan->text[begin])
      && (bytes < 3 || (lower && bytes < 5)))
    return 0;
  gsize other_end;
  const HeddleWord *other = other_word (reader, begin, &other_end);
  guint64 languages = heddle_when_languages (reader) & name.languages;
  if (languages == 0)
    return 0;
  if (other != NULL && other_end + 1 >= begin + bytes && (other->value == 1 || lower))
    return 0;
  scan->at = begin + bytes;
  heddle_when_narrow (reader, languages);
  return name.number;
}

HeddleWall
heddle_when_midnight (const Reader *reader)
{
  HeddleWall wall = *reader->reference;
  wall.hour = wall.minute = wall.second = 0;
  return wall;
}

void
heddle_when_set_day (Reader *reader, HeddleWall day)
{
  reader->place->from = day;
  reader->place->has_to = FALSE;
  reader->place->precision = HEDDLE_PRECISION_DAY;
}

void
heddle_when_set_range (Reader *reader, HeddleWall from, HeddleWall to)
{
  heddle_when_set_day (reader, from);
  reader->place->to = to;
  reader->place->has_to = TRUE;
}

static void
set_clock (Reader *reader, const HeddleWall *clock, HeddlePrecision precision)
{
  HeddleWall *wall = &reader->place->from;

  wall->hour = clock->hour;
  wall->minute = clock->minute;
  wall->second = clock->second;
  reader->place->precision = precision;
}

/* "noon", "midnight", which is the end of its day */
static gboolean
read_hour (Reader *reader, HeddleWall *clock)
{
  const HeddleWord *word = heddle_when_word (reader, BIT (HEDDLE_WORD_HOUR));

  if (word == NULL)
    return FALSE;
  int minutes = MIN (word->value, 24 * 60 - 1);
  *clock = (HeddleWall) { .hour = minutes / 60, .minute = minutes % 60 };
  return TRUE;
}

/* ", 17:00", "at 5pm ET", "at noon" behind a day. */
static void
read_clock_after (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  HeddleWall clock = { 0 };
  gboolean has_offset;
  int minutes;
  HeddleClockKind kind = heddle_when_clock_after (reader->tables, scan, &clock);

  if (kind == HEDDLE_CLOCK_MINUTE || kind == HEDDLE_CLOCK_SECOND) {
    set_clock (reader, &clock,
               kind == HEDDLE_CLOCK_SECOND ? HEDDLE_PRECISION_SECOND : HEDDLE_PRECISION_MINUTE);
    heddle_when_zone (scan, &has_offset, &minutes);
    return;
  }
  gsize end = scan->at;
  heddle_scan_blanks (scan);
  if (heddle_when_row (reader->tables, scan, BIT (HEDDLE_WORD_AT)) != NULL)
    heddle_scan_blanks (scan);
  if (scan->at > end && read_hour (reader, &clock))
    set_clock (reader, &clock, HEDDLE_PRECISION_MINUTE);
  else
    scan->at = end;
}

/* --- dates --------------------------------------------------------------------------- */

/* The year in which a date without one lies nearest to the reference; a weekday that is
 * written with it decides first. A term is sooner ahead than long over. */
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
    gint64 days = heddle_wall_days (&one) - heddle_wall_days (reader->reference);
    days = days >= 0 ? days : -days * (reader->prefixed ? 4 : 1);
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

  if (g_ascii_isdigit (text[at]))
    return TRUE;
  if (other_word (reader, at, NULL) != NULL && g_ascii_islower (text[at]))
    return FALSE;
  if (reader->behind || at < 2 || text[at - 1] != ' ')
    return TRUE;
  gsize word = at - 1;
  while (word > 0 && at - word < 32 && g_ascii_isalpha (text[word - 1]))
    word--;
  return !g_ascii_isupper (text[word]) || word == at - 1;
}

/* Whether the bytes from @begin to @end, which read as a date, are meant as one. */
static gboolean
is_sure (Reader *reader, gsize begin, gsize end, int weekday, gboolean has_year)
{
  const char *name = reader->scan.text + begin;
  gsize skip = 0;

  while (begin + skip < end && !heddle_letter_at (name + skip, end - begin - skip))
    skip++;
  if (begin + skip == end) /* "1.2.18" is a version, "12.11.36" a time, sooner than a day */
    return end <= begin + 3 || g_ascii_isdigit (name[end - begin - 3])
           || memchr (name, '.', end - begin) == NULL || reader->prefixed;
  if (weekday == 0 && !is_month_here (reader, begin))
    return FALSE;
  if (has_year)
    return TRUE;
  /* "Jan, 3 people"; "10 may apply" */
  if (!g_ascii_isdigit (*name))
    return memchr (name, ',', end - begin) == NULL;
  if (!g_ascii_islower (name[skip]))
    return TRUE;
  HeddleName month;
  return other_word (reader, begin + skip, NULL) == NULL || name[end - begin - 1] == '.'
         || (heddle_names_find (reader->tables->names, HEDDLE_NAME_MONTH, name + skip,
                                end - begin - skip, &month, NULL)
             && month.lower);
}

/* "20.4.", "20.04", "4/20" behind "by" or "on": day and month in numbers alone. */
static gboolean
read_short_numbers (Reader *reader, HeddleWall *wall)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;
  int first, second;
  guint first_digits, second_digits;

  if (!reader->behind || !heddle_scan_number (scan, 1, 2, &first, &first_digits))
    return FALSE;
  gboolean dot = heddle_scan_char (scan, '.');
  if ((dot || (reader->prefixed && heddle_scan_char (scan, '/')))
      && heddle_scan_number (scan, 1, 2, &second, &second_digits)) {
    gboolean ended = dot && heddle_scan_char (scan, '.');
    gboolean whole = !dot || ended || (first_digits == 2 && second_digits == 2);
    gboolean day_first = dot || first > 12 || reader->day_first;
    *wall = (HeddleWall) { .month = day_first ? second : first, .day = day_first ? first : second };
    if (whole && heddle_wall_is_date (2000, wall->month, wall->day))
      return TRUE;
  }
  scan->at = begin;
  return FALSE;
}

static gboolean
read_date (Reader *reader, int weekday)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;
  HeddleWall wall = { 0 };
  const HeddleDateHints hints = { .weekday = weekday, .day_first = reader->day_first };

  gboolean whole = heddle_when_date (reader->tables, scan, &hints, &wall);
  if (!whole && !read_short_numbers (reader, &wall))
    return FALSE;
  gboolean sure = !whole || is_sure (reader, begin, scan->at, weekday, wall.year != 0);
  if (sure && wall.year == 0)
    sure = resolve_year (reader, weekday, &wall);
  if (!sure || wall.year < FIRST_YEAR || wall.year > LAST_YEAR) {
    scan->at = begin;
    return FALSE;
  }
  heddle_when_set_day (reader, wall);
  return TRUE;
}

/* "3-5 April", "3 to 5 April 2018": the first day stands alone. */
static gboolean
read_days_of_month (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;
  int first;

  if (heddle_when_day (reader->tables, scan, &first)) {
    heddle_scan_char (scan, '.');
    if (heddle_when_through (reader) && digit_here (scan) && read_date (reader, 0)
        && first < reader->place->from.day) {
      HeddleWall from = reader->place->from;
      from.day = first;
      heddle_when_set_range (reader, from, reader->place->from);
      return TRUE;
    }
  }
  scan->at = begin;
  return FALSE;
}

/* "to 5 April", "-5", "– 5, 2018" behind a day of which @month_first says how it is
 * written. */
static void
read_range_end (Reader *reader, gboolean month_first)
{
  HeddleScan *scan = &reader->scan;
  gsize end = scan->at;
  HeddleWhenPlace first = *reader->place;
  HeddleWall last = first.from;
  int year;

  if (first.precision != HEDDLE_PRECISION_DAY || !heddle_when_through (reader))
    return;
  gsize behind = scan->at;
  if (read_date (reader, 0)) {
    last = reader->place->from;
  } else if (month_first && heddle_when_day (reader->tables, scan, &last.day)
             && heddle_scan_peek (scan, 0) != ':'
             && heddle_wall_is_date (last.year, last.month, last.day)) {
    gsize day = scan->at;
    heddle_scan_char (scan, ',');
    if (heddle_scan_blanks (scan) && heddle_scan_number (scan, 4, 4, &year, NULL)
        && heddle_wall_is_date (year, last.month, last.day))
      first.from.year = last.year = year;
    else
      scan->at = day;
  } else
    behind = 0;
  *reader->place = first;
  if (behind == 0 || heddle_wall_days (&last) <= heddle_wall_days (&first.from))
    scan->at = end;
  else
    heddle_when_set_range (reader, first.from, last);
}

/* "（金）", " (Friday)" behind a date */
static void
pass_bracket (HeddleScan *scan, const HeddleTables *tables)
{
  gsize begin = scan->at, bytes;
  HeddleName name;

  heddle_scan_blanks (scan);
  if (heddle_scan_sign (scan, '(')
      && heddle_names_find (tables->names, HEDDLE_NAME_WEEKDAY, scan->text + scan->at,
                            scan->length - scan->at, &name, &bytes)) {
    scan->at += bytes;
    if (heddle_scan_sign (scan, ')'))
      return;
  }
  scan->at = begin;
}

/* A date, a span of dates, with the time of day. */
static gboolean
read_dates (Reader *reader)
{
  gboolean month_first = !digit_here (&reader->scan);

  if (!month_first && read_days_of_month (reader))
    return TRUE;
  if (!read_date (reader, 0))
    return FALSE;
  pass_bracket (&reader->scan, reader->tables);
  read_clock_after (reader);
  read_range_end (reader, month_first || g_unichar_iswide (g_utf8_get_char (g_utf8_prev_char (
                                             reader->scan.text + reader->scan.at))));
  return TRUE;
}

/* --- days of a month and of a week ---------------------------------------------------- */

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

/* The next @day of a month; of @weekday, where that is known. */
static gboolean
set_day_of_month (Reader *reader, int day, int weekday)
{
  HeddleWall wall = heddle_when_midnight (reader);
  int today = wall.day;

  wall.day = 1;
  if (day < today && !reader->past)
    heddle_wall_add_months (&wall, 1);
  else if (day > today && reader->past)
    heddle_wall_add_months (&wall, -1);
  for (guint tries = 0; tries < 12; tries++) {
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
  if (the == NULL)
    return reader->bare_day;
  gsize bytes;
  return (heddle_scan_char (scan, '.')
          && heddle_digit_at (scan->text + scan->at, scan->length - scan->at, &bytes) < 0)
         || (scan->at == number_end && (the->value == 1 || reader->bare_day));
}

/* "the 20th", "le 20", "20日", "zum 20." */
static gboolean
read_ordinal (Reader *reader, int weekday)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at, number;
  int day;

  if (reader->reference == NULL || (!reader->behind && weekday == 0))
    return FALSE;
  const HeddleWord *the = digit_here (scan) ? NULL : heddle_when_word (reader, BIT (HEDDLE_WORD_THE));
  if (the != NULL)
    heddle_scan_blanks (scan);
  gsize first = scan->at;
  if (!heddle_scan_number (scan, 1, 2, &day, NULL))
    goto none;
  number = scan->at;
  scan->at = first;
  if (!heddle_when_day (reader->tables, scan, &day) || !read_ending (reader, the, number)
      || goes_on (reader) || !set_day_of_month (reader, day, weekday))
    goto none;
  read_clock_after (reader);
  return TRUE;

none:
  scan->at = begin;
  return FALSE;
}

static HeddleWall
resolve_weekday (const Reader *reader, int weekday, int weeks)
{
  HeddleWall day = heddle_when_midnight (reader);
  int today = heddle_wall_weekday (&day);
  int ahead = weekday - today;

  if (weeks == 0 && reader->past)
    weeks = -1;
  if (weeks == 0)
    ahead += ahead <= 0 ? 7 : 0;
  else if (weeks > 0)
    ahead += 7 * weeks;
  else
    ahead -= ahead >= 0 ? 7 : 0;
  heddle_wall_add_days (&day, ahead);
  return day;
}

/* "EOD", "COB" behind "by Friday" */
static void
pass_end_of_day (Reader *reader)
{
  gsize end = reader->scan.at;

  heddle_scan_blanks (&reader->scan);
  const HeddleWord *word = heddle_when_word (reader, BIT (HEDDLE_WORD_END_OF));
  if (word == NULL || word->value != HEDDLE_UNIT_DAY)
    reader->scan.at = end;
}

gboolean
heddle_when_weekday (Reader *reader, gboolean alone, int weeks)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;
  int weekday = read_weekday (reader);

  if (weekday == 0)
    return FALSE;
  gsize end = scan->at;
  heddle_scan_blanks (scan);
  heddle_scan_sign (scan, ',');
  heddle_scan_blanks (scan);
  gsize behind = scan->at;
  if (heddle_when_word (reader, BIT (HEDDLE_WORD_THE)) != NULL)
    heddle_scan_blanks (scan);
  if (read_date (reader, weekday)) {
    read_clock_after (reader);
    return TRUE;
  }
  scan->at = behind;
  if (read_ordinal (reader, weekday))
    return TRUE;
  scan->at = alone && reader->reference != NULL ? end : begin;
  if (scan->at == begin)
    return FALSE;
  if (weeks == 0 && heddle_scan_blanks (scan)) { /* "vendredi prochain" */
    const HeddleWord *next = heddle_when_word (reader, BIT (HEDDLE_WORD_NEXT));
    weeks = next != NULL ? next->value : 0;
    if (next == NULL)
      scan->at = end;
  }
  heddle_when_set_day (reader, resolve_weekday (reader, weekday, weeks));
  read_clock_after (reader);
  if (reader->prefixed)
    pass_end_of_day (reader);
  return TRUE;
}

/* "明天下午5点": the word that was read from @begin may end in what belongs to the clock. */
static gboolean
read_clock_within (Reader *reader, gsize begin)
{
  HeddleScan *scan = &reader->scan;
  gsize end = scan->at;
  HeddleWall clock = { 0 };

  if (!digit_here (scan))
    return FALSE;
  for (const char *p = g_utf8_next_char (scan->text + begin); p < scan->text + end;
       p = g_utf8_next_char (p)) {
    scan->at = (gsize) (p - scan->text);
    if (heddle_when_clock (reader->tables, scan, &clock) == HEDDLE_CLOCK_MINUTE && scan->at > end) {
      set_clock (reader, &clock, HEDDLE_PRECISION_MINUTE);
      return TRUE;
    }
  }
  scan->at = end;
  return FALSE;
}

static gboolean
read_relative (Reader *reader)
{
  gsize begin = reader->scan.at;
  const HeddleWord *word
      = reader->reference != NULL ? heddle_when_word (reader, BIT (HEDDLE_WORD_RELATIVE)) : NULL;

  if (word == NULL)
    return FALSE;
  HeddleWall day = heddle_when_midnight (reader);
  heddle_wall_add_days (&day, word->value);
  heddle_when_set_day (reader, day);
  if (!read_clock_within (reader, begin))
    read_clock_after (reader);
  if (reader->prefixed)
    pass_end_of_day (reader);
  return TRUE;
}

gboolean
heddle_when_any_day (Reader *reader)
{
  gsize begin = reader->scan.at;

  if (read_relative (reader) || heddle_when_weekday (reader, TRUE, 0))
    return TRUE;
  if (read_date (reader, 0)) {
    read_clock_after (reader);
    return TRUE;
  }
  reader->scan.at = begin;
  return FALSE;
}

/* "5pm ET", "17:00 tomorrow", "noon on Friday": only behind "by" and the like. */
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
  if (kind == HEDDLE_CLOCK_NONE && read_hour (reader, &clock))
    kind = HEDDLE_CLOCK_MINUTE;
  if (kind == HEDDLE_CLOCK_NONE || kind == HEDDLE_CLOCK_WRONG
      || (digit_here (&(HeddleScan) { scan->text, scan->length, begin })
          && memchr (scan->text + begin, '.', MIN (3, scan->at - begin)) != NULL)) {
    scan->at = begin; /* "by 3.50" is an amount */
    return FALSE;
  }
  heddle_when_zone (scan, &has_offset, &minutes);
  gsize end = scan->at;
  heddle_scan_blanks (scan);
  heddle_scan_sign (scan, ',');
  heddle_scan_blanks (scan);
  if (heddle_when_word (reader, BIT (HEDDLE_WORD_ON)) != NULL)
    heddle_scan_blanks (scan);
  if (!heddle_when_any_day (reader) && !heddle_when_next (reader)) {
    scan->at = end;
    heddle_when_set_day (reader, heddle_when_midnight (reader));
    if (clock.hour * 60 + clock.minute < reader->reference->hour * 60 + reader->reference->minute)
      heddle_wall_add_days (&reader->place->from, 1);
  }
  set_clock (reader, &clock, HEDDLE_PRECISION_MINUTE);
  return TRUE;
}

gboolean
heddle_when_core (Reader *reader)
{
  if (digit_here (&reader->scan))
    return heddle_when_units (reader) || read_dates (reader) || read_clock (reader)
           || read_ordinal (reader, 0);
  return heddle_when_end_of (reader) || read_relative (reader) || heddle_when_weekend (reader)
         || heddle_when_next (reader)
         || heddle_when_weekday (reader, reader->prefixed || reader->on, 0)
         || read_ordinal (reader, 0) || read_dates (reader) || read_clock (reader)
         || heddle_when_units (reader);
}
