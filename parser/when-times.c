/* SPDX-License-Identifier: MIT */
/* The time of day in running text: behind a day ("at 5pm ET", "at noon"), and alone where
 * a preposition says that it is meant ("by 17:00 tomorrow").
 *
 * Not handled: spans of times of day.
 */
#include "parser/wall.h"
#include "parser/when-cores.h"

#include <string.h>

#define BIT HEDDLE_WORD_BIT

typedef HeddleWhenReader Reader;

void
heddle_when_set_time (Reader *reader, const HeddleWall *clock, HeddlePrecision precision)
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
void
heddle_when_time_after (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  HeddleWall clock = { 0 };
  gboolean has_offset;
  int minutes;
  HeddleClockKind kind = heddle_when_clock_after (reader->tables, scan, &clock);

  if (kind == HEDDLE_CLOCK_MINUTE || kind == HEDDLE_CLOCK_SECOND) {
    heddle_when_set_time (reader, &clock,
               kind == HEDDLE_CLOCK_SECOND ? HEDDLE_PRECISION_SECOND : HEDDLE_PRECISION_MINUTE);
    heddle_when_zone (scan, &has_offset, &minutes);
    return;
  }
  gsize end = scan->at;
  heddle_scan_blanks (scan);
  if (heddle_when_row (reader->tables, scan, BIT (HEDDLE_WORD_AT)) != NULL)
    heddle_scan_blanks (scan);
  if (scan->at > end && read_hour (reader, &clock))
    heddle_when_set_time (reader, &clock, HEDDLE_PRECISION_MINUTE);
  else
    scan->at = end;
}

/* "明天下午5点": the word that was read from @begin may end in what belongs to the clock. */
gboolean
heddle_when_time_within (Reader *reader, gsize begin)
{
  HeddleScan *scan = &reader->scan;
  gsize end = scan->at;
  HeddleWall clock = { 0 };

  heddle_scan_blanks (scan);
  if (!heddle_when_digit (scan)) {
    scan->at = end;
    return FALSE;
  }
  for (const char *p = g_utf8_next_char (scan->text + begin); p < scan->text + end;
       p = g_utf8_next_char (p)) {
    scan->at = (gsize) (p - scan->text);
    if (!heddle_word_begins (scan->text, scan->at) && !g_unichar_iswide (g_utf8_get_char (p)))
      continue;
    if (heddle_when_clock (reader->tables, scan, &clock) == HEDDLE_CLOCK_MINUTE && scan->at > end) {
      heddle_when_set_time (reader, &clock, HEDDLE_PRECISION_MINUTE);
      return TRUE;
    }
  }
  scan->at = end;
  return FALSE;
}

/* "5pm ET", "17:00 tomorrow", "noon on Friday": only behind "by" and the like. */
gboolean
heddle_when_time (Reader *reader)
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
      || (heddle_when_digit (&(HeddleScan) { scan->text, scan->length, begin })
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
  heddle_when_set_time (reader, &clock, HEDDLE_PRECISION_MINUTE);
  return TRUE;
}
