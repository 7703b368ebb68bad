/* SPDX-License-Identifier: MIT */
/* The cores of what a text says about time that name a day: a date, "tomorrow", "the 20th", a
 * time of day, "3 to 5 April". Weekdays are when-week.c's, counts and weeks when-spans.c's.
 *
 * Each reader moves on and sets the place, or leaves both as they were. Relative ones
 * count from the message's own wall clock. "by Friday", said on a Friday, is the next
 * one; a date without a year is the one that lies nearest, of the weekday that is written
 * with it, a term sooner ahead than behind.
 *
 * Not handled: months and years alone.
 */
#include "parser/wall.h"
#include "parser/when-cores.h"

#include <string.h>

#define BIT HEDDLE_WORD_BIT

enum { FIRST_YEAR = 1900, LAST_YEAR = 2199 };

typedef HeddleWhenReader Reader;

/* Whether a word that is no name of a day or month stands here; its end. */
const HeddleWord *
heddle_when_other_word (Reader *reader, gsize at, gsize *ret_end)
{
  gsize bytes = 0;
  guint64 languages = heddle_when_languages (reader); /* "by fri", which is free in Swedish */
  const HeddleWord *word
      = heddle_words_in (reader->tables->words, reader->scan.text + at, reader->scan.length - at,
                         BIT (HEDDLE_WORD_NO_NAME), &languages, &bytes);
  if (ret_end != NULL)
    *ret_end = at + bytes;
  return word;
}

/* --- dates --------------------------------------------------------------------------- */

/* The year in which a date without one lies nearest to the reference; a weekday that is
 * written with it decides first. A term is sooner ahead than long over. */
gboolean
heddle_when_resolve_year (const Reader *reader, int weekday, HeddleWall *wall)
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
  if (heddle_when_other_word (reader, at, NULL) != NULL && g_ascii_islower (text[at]))
    return FALSE;
  if (reader->behind || at < 2 || text[at - 1] != ' '
      || heddle_when_word_before (reader->tables, text, 0, at, BIT (HEDDLE_WORD_AROUND), NULL)
             != NULL) /* "Between April 3 and April 5" */
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
    return memchr (name, ' ', end - begin) != NULL /* "2018. 4. 3" */
           || end <= begin + 3 || g_ascii_isdigit (name[end - begin - 3])
           || memchr (name, '.', end - begin) == NULL || reader->prefixed;
  if (weekday == 0 && !is_month_here (reader, begin))
    return FALSE;
  if (has_year)
    return TRUE;
  if (skip > 0 && weekday == 0 && memchr (name, ',', skip) != NULL) /* "number 12, March said" */
    return FALSE;
  /* "Jan, 3 people"; "10 may apply" */
  if (!g_ascii_isdigit (*name))
    return memchr (name, ',', end - begin) == NULL;
  if (!g_ascii_islower (name[skip]))
    return TRUE;
  HeddleName month;
  return heddle_when_other_word (reader, begin + skip, NULL) == NULL || name[end - begin - 1] == '.'
         || (heddle_names_find (reader->tables->names, HEDDLE_NAME_MONTH, name + skip,
                                end - begin - skip, &month, NULL)
             && month.lower);
}

gboolean
heddle_when_read_date (Reader *reader, int weekday)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;
  HeddleWall wall = { 0 };
  const HeddleDateHints hints
      = { .weekday = weekday, .day_first = heddle_when_is_day_first (reader), .reference = reader->reference };

  gboolean whole = heddle_when_date (reader->tables, scan, &hints, &wall);
  if (!whole && !heddle_when_loose_date (reader, weekday, &wall))
    return FALSE;
  gboolean sure = !whole || is_sure (reader, begin, scan->at, weekday, wall.year != 0);
  if (sure && wall.year == 0)
    sure = heddle_when_resolve_year (reader, weekday, &wall);
  if (!sure || wall.year < FIRST_YEAR || wall.year > LAST_YEAR) {
    scan->at = begin;
    return FALSE;
  }
  heddle_when_set_day (reader, wall);
  return TRUE;
}

/* "2 May", "Wednesday, 2 May" */
static gboolean
read_last_date (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;

  if (heddle_when_read_date (reader, 0))
    return TRUE;
  int weekday = heddle_when_weekday_name (reader);
  if (weekday > 0) {
    heddle_scan_blanks (scan);
    heddle_scan_sign (scan, ',');
    heddle_scan_blanks (scan);
    if (heddle_when_word (reader, BIT (HEDDLE_WORD_THE)) != NULL)
      heddle_scan_blanks (scan);
    if (heddle_when_read_date (reader, weekday))
      return TRUE;
  }
  scan->at = begin;
  return FALSE;
}

/* "3-5 April", "3 to 5 April 2018", "3 to Friday 5 April": the first day stands alone. */
gboolean
heddle_when_days_of_month (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;
  int first;

  if (heddle_when_day (reader->tables, scan, &first)) {
    heddle_scan_char (scan, '.');
    gboolean joined = heddle_when_join (reader, begin);
    if (joined && heddle_when_word (reader, BIT (HEDDLE_WORD_THE)) != NULL)
      heddle_scan_blanks (scan); /* "entre el 12 y el 16 de abril" */
    if (joined && read_last_date (reader)
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

/* "to 5 April", "-5", "– 5, 2018" behind a day that began at @begin and of which
 * @month_first says how it is written. */
void
heddle_when_range_end (Reader *reader, gsize begin, gboolean month_first)
{
  HeddleScan *scan = &reader->scan;
  gsize end = scan->at;
  HeddleWhenPlace first = *reader->place;
  HeddleWall last = first.from;
  int year;

  if (first.precision != HEDDLE_PRECISION_DAY || !heddle_when_join (reader, begin)) {
    scan->at = end;
    return;
  }
  gsize behind = scan->at;
  if (read_last_date (reader)) {
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

/* "（金）", "（五）", " (Friday)" behind a date */
static void
pass_bracket (HeddleScan *scan, const HeddleTables *tables)
{
  gsize begin = scan->at, bytes;
  HeddleName name;

  heddle_scan_blanks (scan);
  if (heddle_scan_sign (scan, '(')) {
    if (heddle_names_find (tables->names, HEDDLE_NAME_WEEKDAY, scan->text + scan->at,
                           scan->length - scan->at, &name, &bytes))
      scan->at += bytes;
    else if (heddle_unspaced_at (scan->text + scan->at, scan->length - scan->at))
      scan->at = (gsize) (g_utf8_next_char (scan->text + scan->at) - scan->text);
    if (heddle_scan_sign (scan, ')'))
      return;
  }
  scan->at = begin;
}

/* " Perşembe saat 17:00", ", kedden 10 órakor" behind a date that is one */
static gboolean
read_weekday_and_time (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  gsize end = scan->at;

  if (reader->place->precision == HEDDLE_PRECISION_DAY) {
    heddle_scan_char (scan, '.'); /* "április 24., kedd, 15:00" */
    heddle_scan_sign (scan, ',');
  }
  if (reader->place->precision == HEDDLE_PRECISION_DAY
      && (heddle_scan_blanks (scan) || heddle_unspaced_at (scan->text + scan->at, scan->length - scan->at))
      && heddle_when_name (reader->tables, scan, HEDDLE_NAME_WEEKDAY)
             == heddle_wall_weekday (&reader->place->from))
    heddle_when_time_after (reader);
  if (reader->place->precision == HEDDLE_PRECISION_DAY)
    scan->at = end;
  return scan->at > end;
}

/* " prochain", " próximo" behind a date: it comes, and that is known */
static void
pass_next (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  gsize end = scan->at;

  const HeddleWord *next = heddle_scan_blanks (scan) && g_ascii_islower (heddle_scan_peek (scan, 0))
                               ? heddle_when_word (reader, BIT (HEDDLE_WORD_NEXT))
                               : NULL;
  gsize behind = scan->at;
  if (next != NULL && heddle_when_further (next) == 1
      && (!heddle_scan_blanks (scan) || heddle_when_word (reader, BIT (HEDDLE_WORD_UNIT)) == NULL)) {
    scan->at = behind;
    return;
  }
  scan->at = end;
}

/* A date, a span of dates, with the time of day. */
static gboolean
read_dates (Reader *reader)
{
  gboolean month_first = !heddle_when_digit (&reader->scan);
  gsize begin = reader->scan.at;

  if (!month_first && heddle_when_days_of_month (reader))
    return TRUE;
  if (!heddle_when_read_date (reader, 0))
    return FALSE;
  pass_bracket (&reader->scan, reader->tables);
  pass_next (reader);
  gsize end = reader->scan.at;
  heddle_scan_char (&reader->scan, '.'); /* "24. 4. 2018. u 18 sati" */
  heddle_when_time_after (reader);
  if (reader->place->precision == HEDDLE_PRECISION_DAY && reader->scan.at == end + 1)
    reader->scan.at = end;
  if (read_weekday_and_time (reader))
    return TRUE;
  heddle_when_range_end (reader, begin, month_first || g_unichar_iswide (g_utf8_get_char (g_utf8_prev_char (
                                             reader->scan.text + reader->scan.at))));
  return TRUE;
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
  gboolean late = word->value > HEDDLE_RELATIVE_LATE / 2;
  int days = word->value - (late ? HEDDLE_RELATIVE_LATE : 0);
  reader->either = days == HEDDLE_RELATIVE_EITHER;
  if (days > HEDDLE_RELATIVE_LAST && days <= HEDDLE_RELATIVE_LAST + 7)
    day = heddle_when_resolve_weekday (reader, days - HEDDLE_RELATIVE_LAST, -1);
  else
    heddle_wall_add_days (&day, !reader->either ? days : reader->past ? -1 : 1);
  gsize end = reader->scan.at;
  const HeddleWord *after = heddle_scan_blanks (&reader->scan)
                                ? heddle_when_word (reader, BIT (HEDDLE_WORD_NEXT))
                                : NULL;
  if (after != NULL && after->value == HEDDLE_NEXT_AFTER) /* "heute in einer Woche" */
    heddle_wall_add_days (&day, 7);
  else
    reader->scan.at = end;
  heddle_when_set_day (reader, day);
  reader->late = late;
  if (!heddle_when_time_within (reader, begin))
    heddle_when_time_after (reader);
  if (reader->place->precision == HEDDLE_PRECISION_DAY && heddle_when_pass_part_of_day (reader))
    heddle_when_time_after (reader);
  reader->late = FALSE;
  if (reader->prefixed)
    heddle_when_pass_end_of_day (reader);
  return TRUE;
}

gboolean
heddle_when_any_day (Reader *reader)
{
  gsize begin = reader->scan.at;

  if (read_relative (reader) || heddle_when_weekday (reader, TRUE, 0))
    return TRUE;
  if (heddle_when_read_date (reader, 0)) {
    heddle_when_time_after (reader);
    return TRUE;
  }
  reader->scan.at = begin;
  return FALSE;
}

gboolean
heddle_when_day_or_days (Reader *reader)
{
  gsize begin = reader->scan.at;

  if (read_dates (reader) || heddle_when_ordinal (reader, 0))
    return TRUE;
  int weekday = heddle_when_weekday_name (reader); /* "the week of Monday 7 May" */
  if (weekday > 0) {
    heddle_scan_sign (&reader->scan, ',');
    heddle_scan_blanks (&reader->scan);
    if (heddle_when_word (reader, BIT (HEDDLE_WORD_THE)) != NULL)
      heddle_scan_blanks (&reader->scan);
    if (heddle_when_read_date (reader, weekday))
      return TRUE;
  }
  reader->scan.at = begin;
  return FALSE;
}

/* The kinds of words that may begin behind the article at the scan. */
static HeddleKinds
behind_the (const Reader *reader)
{
  const HeddleKinds kinds = BIT (HEDDLE_WORD_END_OF) | BIT (HEDDLE_WORD_WEEKEND)
                            | BIT (HEDDLE_WORD_NEXT) | BIT (HEDDLE_WORD_UNIT)
                            | BIT (HEDDLE_WORD_PART_OF) | BIT (HEDDLE_WORD_WEEK_OF)
                            | BIT (HEDDLE_WORD_DAY_WORD);
  HeddleScan scan = reader->scan;
  gsize bytes;

  if (heddle_words_at (reader->tables->words, scan.text + scan.at, scan.length - scan.at,
                       BIT (HEDDLE_WORD_THE), &bytes)
      == NULL)
    return 0;
  scan.at += bytes;
  heddle_scan_blanks (&scan);
  return kinds
         & heddle_words_kinds_at (reader->tables->words, scan.text + scan.at,
                                  scan.length - scan.at);
}

gboolean
heddle_when_core (Reader *reader)
{
  const HeddleKinds the = BIT (HEDDLE_WORD_THE);

  if (heddle_when_digit (&reader->scan))
    return heddle_when_units (reader) || read_dates (reader) || heddle_when_time (reader)
           || heddle_when_ordinal (reader, 0);
  HeddleKinds opens = heddle_when_opens (reader);
  if ((opens & the) != 0) /* what may stand behind it opens too */
    opens |= behind_the (reader);
  if ((opens & BIT (HEDDLE_WORD_END_OF)) != 0 && heddle_when_end_of (reader))
    return TRUE;
  if ((opens & BIT (HEDDLE_WORD_RELATIVE)) != 0 && read_relative (reader))
    return TRUE;
  if ((opens & BIT (HEDDLE_WORD_WEEKEND)) != 0 && heddle_when_weekend (reader))
    return TRUE;
  if ((opens & (BIT (HEDDLE_WORD_NEXT) | BIT (HEDDLE_WORD_UNIT))) != 0
      && heddle_when_next (reader))
    return TRUE;
  if ((opens & BIT (HEDDLE_WORD_PART_OF)) != 0 && heddle_when_part_of (reader))
    return TRUE;
  if ((opens & BIT (HEDDLE_WORD_WEEK_OF)) != 0 && heddle_when_week_of (reader))
    return TRUE;
  if ((opens & BIT (HEDDLE_WORD_WEEKDAY)) != 0) {
    HeddleWhenWeek week = heddle_when_week (reader);
    reader->on |= week == HEDDLE_WEEK_SPAN; /* the sentence tells past from future */
    if (week == HEDDLE_WEEK_HABIT && reader->habit != NULL)
      *reader->habit = reader->scan.at;
    if (week != HEDDLE_WEEK_NONE)
      return week == HEDDLE_WEEK_SPAN;
  }
  if ((opens & BIT (HEDDLE_WORD_WEEKDAY)) != 0
      && heddle_when_weekday (reader, reader->prefixed || reader->on, 0))
    return TRUE;
  if ((opens & the) != 0 && heddle_when_ordinal (reader, 0))
    return TRUE;
  if ((opens & (BIT (HEDDLE_WORD_MONTH) | BIT (HEDDLE_WORD_ERA) | BIT (HEDDLE_WORD_DAY_WORD))) != 0
      && read_dates (reader))
    return TRUE;
  if ((opens & (BIT (HEDDLE_WORD_DAYTIME) | BIT (HEDDLE_WORD_HOUR) | BIT (HEDDLE_WORD_HALF))) != 0
      && heddle_when_time (reader))
    return TRUE;
  /* a unit alone: "하루 전", "영업일 기준" */
  gboolean unit = (opens & BIT (HEDDLE_WORD_UNIT)) != 0
                  && (reader->within
                      || heddle_unspaced_at (reader->scan.text + reader->scan.at,
                                             reader->scan.length - reader->scan.at));
  if ((unit || (opens & (the | BIT (HEDDLE_WORD_NUMBER))) != 0) && heddle_when_units (reader))
    return TRUE;
  return (opens & BIT (HEDDLE_WORD_NUMBER)) != 0 && heddle_when_time (reader);
}
