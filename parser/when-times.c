/* SPDX-License-Identifier: MIT */
/* The time of day in running text: behind a day ("at 5pm ET", "at noon"), alone where a
 * preposition says that it is meant ("by 17:00 tomorrow"), and spans of them: "between 2 and
 * 4 pm", "von 10 bis 12 Uhr", "14:00-16:00".
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

  wall->hour = clock->hour + (reader->late && clock->hour > 0 && clock->hour < 12 ? 12 : 0);
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

/* --- spans ------------------------------------------------------------------------------ */

typedef struct {
  HeddleWall clock;
  int bare; /* the hour as it is written, when nothing else is; else -1 */
  int hour; /* the first number that is written */
} End;

/* "14:00", "4 pm", "kl. 10"; "2" alone is one where the other end is more. */
static gboolean
read_end (Reader *reader, End *end)
{
  HeddleScan *scan = &reader->scan;

  *end = (End) { .bare = -1 };
  if (heddle_when_row (reader->tables, scan, BIT (HEDDLE_WORD_AT)) != NULL) {
    heddle_scan_char (scan, '.');
    heddle_scan_blanks (scan);
  }
  gsize begin = scan->at;
  gboolean number = heddle_scan_number (scan, 1, 2, &end->hour, NULL);
  gsize behind = scan->at;
  scan->at = begin;
  HeddleClockKind kind = heddle_when_clock (reader->tables, scan, &end->clock);
  if (kind == HEDDLE_CLOCK_MINUTE || kind == HEDDLE_CLOCK_SECOND)
    return TRUE;
  if (kind != HEDDLE_CLOCK_NONE || !number || end->hour > 24)
    return FALSE;
  scan->at = behind;
  end->bare = end->clock.hour = end->hour;
  return TRUE;
}

/* "from 10 to 12" alone may count people. */
static gboolean
ends_clause (const HeddleScan *scan)
{
  return scan->at == scan->length || strchr (".,;:!?)\n", scan->text[scan->at]) != NULL;
}

/* " between 2 and 4 pm", ", 14:00-16:00" behind a day */
static gboolean
read_span (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;
  End first, last;
  gboolean has_offset;
  int minutes;

  heddle_scan_blanks (scan);
  heddle_scan_sign (scan, ',');
  heddle_scan_blanks (scan);
  gsize around = scan->at;
  const HeddleWord *opens = heddle_when_word (reader, BIT (HEDDLE_WORD_AROUND));
  if (opens != NULL && opens->value > HEDDLE_AROUND_BETWEEN) { /* "下午3點至4點" */
    scan->at = around;
    opens = NULL;
  } else if (opens != NULL)
    heddle_scan_blanks (scan);
  gsize behind = scan->at;
  gboolean whole = read_end (reader, &first) && heddle_when_join (reader, behind)
                   && read_end (reader, &last) && (last.bare < 0 || opens != NULL)
                   && (opens == NULL || opens->value <= HEDDLE_AROUND_BETWEEN)
                   && (first.bare < 0 || last.bare < 0 || ends_clause (scan));
  if (!whole) {
    scan->at = begin;
    return FALSE;
  }
  heddle_when_zone (scan, &has_offset, &minutes);
  /* "between 2 and 4 pm": the first is past noon too */
  if (first.bare >= 0 && last.clock.hour >= 12 && last.hour <= 12
      && first.bare + 12 <= last.clock.hour)
    first.clock.hour += 12;
  /* "下午3點至4點半": the last is past noon too */
  if (last.clock.hour < first.clock.hour && first.clock.hour >= 12
      && last.clock.hour + 12 > first.clock.hour)
    last.clock.hour += 12;
  HeddleWhenPlace *place = reader->place;
  place->to = place->from;
  heddle_when_set_time (reader, &first.clock, HEDDLE_PRECISION_MINUTE);
  place->to.hour = last.clock.hour;
  place->to.minute = last.clock.minute;
  place->has_to = TRUE;
  if (last.clock.hour * 60 + last.clock.minute <= first.clock.hour * 60 + first.clock.minute)
    heddle_wall_add_days (&place->to, 1); /* "from 22:00 to 2:00" */
  return TRUE;
}

/* " by 5pm", " bis 12 Uhr" behind a day */
static void
read_term (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;
  HeddleWall clock = { 0 };

  heddle_scan_sign (scan, ','); /* "by Monday, by noon" */
  const HeddleWord *by
      = heddle_scan_blanks (scan) ? heddle_when_word (reader, BIT (HEDDLE_WORD_BY)) : NULL;
  if (by != NULL && (by->value & HEDDLE_TERM_BEHIND) == 0 && heddle_scan_blanks (scan)) {
    gsize number = scan->at;
    HeddleClockKind kind = heddle_when_clock_after (reader->tables, scan, &clock);
    if ((kind == HEDDLE_CLOCK_MINUTE && memchr (scan->text + number, '.', scan->at - number) == NULL)
        || (kind == HEDDLE_CLOCK_NONE && read_hour (reader, &clock))) {
      heddle_when_set_time (reader, &clock, HEDDLE_PRECISION_MINUTE);
      reader->place->due = (by->value & HEDDLE_TERM_DUE) != 0;
      return;
    }
  }
  scan->at = begin;
}

/* ", 17:00", "at 5pm ET", "at noon" behind a day. */
static void
time_after (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  if (read_span (reader))
    return;
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
  heddle_scan_sign (scan, ','); /* "tomorrow, noon" */
  heddle_scan_blanks (scan);
  if (heddle_when_row (reader->tables, scan, BIT (HEDDLE_WORD_AT)) != NULL)
    heddle_scan_blanks (scan);
  if ((scan->at > end || heddle_unspaced_at (scan->text + end, scan->length - end))
      && read_hour (reader, &clock)) {
    heddle_when_set_time (reader, &clock, HEDDLE_PRECISION_MINUTE);
    return;
  }
  scan->at = end;
  read_term (reader);
}

void
heddle_when_time_after (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  gsize end = scan->at;

  time_after (reader);
  if (scan->at > end || heddle_scan_peek (scan, 0) != '.' || end == 0
      || !g_ascii_isdigit (scan->text[end - 1])
      || (heddle_scan_peek (scan, 1) != ',' && heddle_scan_peek (scan, 1) != ' '))
    return;
  scan->at++; /* "24. travnja 2018., 15:00", "24. 4. 2018. u 18 sati" */
  gsize behind = scan->at;
  if (heddle_scan_peek (scan, 0) == ' ' && g_ascii_isupper (heddle_scan_peek (scan, 1))) {
    scan->at = end; /* a sentence ends */
    return;
  }
  time_after (reader);
  if (scan->at == behind)
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
  if (heddle_when_word (reader, BIT (HEDDLE_WORD_ON) | BIT (HEDDLE_WORD_OF)
                                    | BIT (HEDDLE_WORD_THE))
      != NULL)
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
