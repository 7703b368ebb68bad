/* SPDX-License-Identifier: MIT */
/* Written dates, as a Date field, an inline header or an attribution has them, in any
 * language of the tables.
 *
 * A date is an optional weekday, then day, month and year (when-date.c), then perhaps a
 * time of day (when-clock.c) and a zone (when-zone.c); the weekday may stand behind the
 * date, the clock before it, the year behind the clock. Each part has its reader and
 * moves on only over what it understands. Names of months and days come from CLDR, the
 * words between ("at", "of", "p.m.") from there and from the languages' tables.
 *
 * Not handled: dates without a year, which only when-mentions.c reads.
 */
#include "parser/scan.h"
#include "parser/wall.h"
#include "parser/when.h"

#include <string.h>

#define BIT HEDDLE_WORD_BIT

typedef struct {
  const HeddleTables *tables;
  HeddleScan scan;
  HeddleWall wall;
  int weekday; /* written before the date, 0: none */
  HeddleClockKind clock;
  gboolean has_offset;
  int minutes;
} Reader;

/* A weekday before or behind the date; @single: "K" and "火" too, which a comma or brackets
 * make sure elsewhere. Its number, else 0. */
static int
pass_weekday (Reader *reader, gboolean single)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at, bytes;
  HeddleName name;

  heddle_scan_blanks (scan);
  heddle_scan_sign (scan, ',');
  heddle_scan_blanks (scan);
  gboolean bracket = heddle_scan_sign (scan, '(');
  if (!heddle_names_find (reader->tables->names, HEDDLE_NAME_WEEKDAY, scan->text + scan->at,
                          scan->length - scan->at, &name, &bytes)
      || (name.single && !bracket && !single && heddle_scan_peek (scan, bytes) != ','))
    goto none;
  scan->at += bytes;
  if (bracket && !heddle_scan_sign (scan, ')'))
    goto none;
  heddle_scan_char (scan, '.');
  heddle_scan_blanks (scan);
  heddle_scan_sign (scan, ',');
  heddle_scan_blanks (scan);
  return name.number;

none:
  scan->at = begin;
  return 0;
}

static gboolean
has_clock (const Reader *reader)
{
  return reader->clock == HEDDLE_CLOCK_MINUTE || reader->clock == HEDDLE_CLOCK_SECOND;
}

/* Chinese writes the zone before the clock: "GMT+8 下午3:40". */
static void
read_clock_behind_zone (Reader *reader)
{
  gsize begin = reader->scan.at;

  if (!heddle_when_zone (&reader->scan, &reader->has_offset, &reader->minutes))
    return;
  reader->clock = heddle_when_clock_after (reader->tables, &reader->scan, &reader->wall);
  if (has_clock (reader))
    return;
  reader->scan.at = begin;
  reader->has_offset = FALSE;
}

/* What stands behind day, month and year; FALSE when the clock is impossible. */
static gboolean
read_rest (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  gsize end = scan->at;

  heddle_scan_char (scan, '.'); /* "10. travnja 2018. u 15:40" */
  int weekday = pass_weekday (reader, TRUE);
  gsize behind = scan->at;
  reader->clock = heddle_when_clock_after (reader->tables, scan, &reader->wall);
  if (reader->clock == HEDDLE_CLOCK_WRONG)
    return FALSE;
  if (reader->clock == HEDDLE_CLOCK_NONE)
    read_clock_behind_zone (reader);
  if (has_clock (reader)) {
    if (!reader->has_offset)
      heddle_when_zone (scan, &reader->has_offset, &reader->minutes);
    return TRUE;
  }
  scan->at = end;
  /* "10 Nisan 2018 Salı" without a clock, if it is that day */
  if (weekday > 0 && reader->wall.year > 0 && heddle_wall_weekday (&reader->wall) == weekday) {
    heddle_scan_char (scan, '.');
    if (pass_weekday (reader, FALSE) == 0)
      scan->at = end;
    else
      while (scan->at > end && strchr (" ,", scan->text[scan->at - 1]) != NULL && scan->at <= behind)
        scan->at--;
  }
  return TRUE;
}

/* asctime: "Apr 10 15:59:11 EDT 2018": the year stands last. */
static gboolean
read_late_year (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  guint digits;

  if (reader->clock != HEDDLE_CLOCK_SECOND || !heddle_scan_blanks (scan)
      || !heddle_scan_number (scan, 4, 4, &reader->wall.year, &digits)
      || !heddle_wall_is_date (reader->wall.year, reader->wall.month, reader->wall.day))
    return FALSE;
  if (!reader->has_offset)
    heddle_when_zone (scan, &reader->has_offset, &reader->minutes);
  return TRUE;
}

static gboolean
read_day (Reader *reader)
{
  const HeddleDateHints hints = { .short_years = TRUE, .weekday = reader->weekday };
  if (heddle_when_row (reader->tables, &reader->scan, BIT (HEDDLE_WORD_OF)) != NULL) /* "ngày 10" */
    heddle_scan_blanks (&reader->scan);
  HeddleWall wall;
  if (!heddle_when_date (reader->tables, &reader->scan, &hints, &wall))
    return FALSE;
  reader->wall.year = wall.year;
  reader->wall.month = wall.month;
  reader->wall.day = wall.day;
  return TRUE;
}

/* Many languages' Tuesday is English March: "Mar 14, 2021". */
static gboolean
read_date (Reader *reader)
{
  gsize begin = reader->scan.at;

  reader->weekday = pass_weekday (reader, FALSE);
  if (read_day (reader))
    return TRUE;
  if (reader->weekday == 0)
    return FALSE;
  reader->weekday = 0;
  reader->scan.at = begin;
  return read_day (reader);
}

/* "15:40 10 thg 4, 2018", "03:40 PM 4/10/2018" */
static gboolean
read_clock_first (Reader *reader)
{
  HeddleScan *scan = &reader->scan;

  if (heddle_when_row (reader->tables, scan, BIT (HEDDLE_WORD_AT)) != NULL)
    heddle_scan_blanks (scan);
  reader->clock = heddle_when_clock (reader->tables, scan, &reader->wall);
  if (!has_clock (reader))
    return FALSE;
  heddle_when_zone (scan, &reader->has_offset, &reader->minutes);
  gsize end = scan->at;
  heddle_scan_blanks (scan);
  if (!heddle_scan_sign (scan, ',') && !heddle_scan_sign (scan, '-') && scan->at == end)
    return FALSE;
  heddle_scan_blanks (scan);
  if (!read_date (reader) || reader->wall.year <= 0)
    return FALSE;
  if (!reader->has_offset) /* Eudora: "11:37 AM 10/11/2003 +0200" */
    heddle_when_zone (scan, &reader->has_offset, &reader->minutes);
  return TRUE;
}

gsize
heddle_when_read (const HeddleTables *tables, const char *text, gsize length,
                  HeddleDate **ret_date)
{
  Reader reader = { .tables = tables, .scan = { text, length, 0 } };

  heddle_scan_blanks (&reader.scan);
  gsize begin = reader.scan.at;
  if (read_date (&reader)) {
    if (!read_rest (&reader) || (reader.wall.year == 0 && !read_late_year (&reader)))
      return 0;
  } else {
    reader.scan.at = begin;
    if (!read_clock_first (&reader))
      return 0;
  }

  HeddleDate *date = g_new0 (HeddleDate, 1);
  date->raw = heddle_fold_blanks (text + begin, reader.scan.at - begin);
  date->has_local = TRUE;
  date->local = reader.wall;
  date->precision = reader.clock == HEDDLE_CLOCK_SECOND   ? HEDDLE_PRECISION_SECOND
                    : reader.clock == HEDDLE_CLOCK_MINUTE ? HEDDLE_PRECISION_MINUTE
                                                          : HEDDLE_PRECISION_DAY;
  if (reader.has_offset) {
    date->has_offset = date->has_utc = TRUE;
    date->offset = reader.minutes;
    date->utc = heddle_wall_to_seconds (&reader.wall) - reader.minutes * 60;
  }
  *ret_date = date;
  return reader.scan.at;
}
