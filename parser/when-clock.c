/* SPDX-License-Identifier: MIT */
/* A time of day: "15:40", "3.40 pm", "15h40", "下午3:40", "15時40分", "15 Uhr", "half past two",
 * "halb elf", "9点半", with what may stand between it and a date.
 *
 * A word for before or after noon stands on either side. What can be no time of day is
 * told apart from what is none ("25:00"), since the date before it is then doubtful.
 */
#include "parser/when.h"

#include <string.h>

#define BIT HEDDLE_WORD_BIT

typedef struct {
  int hour, minute, second;
  int noon; /* 0, 12, -1: not said */
  HeddleClockKind kind;
  int half;       /* minutes that a word beside the hour adds */
  gboolean loose; /* with "." or marks: what is no time of day is something else then */
} Clock;

/* The mark of @part behind a number: "時", "h". */
static gboolean
read_mark (const HeddleTables *tables, HeddleScan *scan, HeddlePart part)
{
  gsize begin = scan->at;

  heddle_scan_blanks (scan);
  const HeddleWord *word = heddle_when_row (tables, scan, BIT (HEDDLE_WORD_ORDINAL));
  if (word != NULL && word->value == (int) part)
    return TRUE;
  scan->at = begin;
  return FALSE;
}

/* "時40分05秒" behind an hour */
static gboolean
read_marked (const HeddleTables *tables, HeddleScan *scan, Clock *clock)
{
  if (!read_mark (tables, scan, HEDDLE_PART_HOUR))
    return FALSE;
  clock->kind = HEDDLE_CLOCK_MINUTE;
  clock->loose = TRUE;
  gsize end = scan->at;
  heddle_scan_blanks (scan);
  if (!heddle_scan_number (scan, 1, 2, &clock->minute, NULL)) {
    scan->at = end;
    const HeddleWord *word = heddle_scan_blanks (scan)
                                 ? heddle_when_row (tables, scan, BIT (HEDDLE_WORD_NUMBER))
                                 : NULL;
    if (word != NULL && word->value >= 10 && word->value < 60 && word->value % 5 == 0)
      clock->minute = word->value; /* "neuf heures trente" */
    else
      scan->at = end;
    return TRUE;
  }
  gboolean marked = read_mark (tables, scan, HEDDLE_PART_MINUTE);
  end = scan->at;
  heddle_scan_blanks (scan);
  if (marked && heddle_scan_number (scan, 1, 2, &clock->second, NULL)
      && read_mark (tables, scan, HEDDLE_PART_SECOND))
    clock->kind = HEDDLE_CLOCK_SECOND;
  else {
    clock->second = 0;
    scan->at = end;
  }
  return TRUE;
}

/* ":40", ".40", "h40", ":40:05", ":40:05.123" behind an hour */
static void
read_signed (HeddleScan *scan, Clock *clock)
{
  gsize begin = scan->at;
  gboolean colon = heddle_scan_sign (scan, ':');
  gboolean dot = !colon && heddle_scan_sign (scan, '.');
  int fraction;

  clock->loose = !colon;
  if ((!colon && !dot && !heddle_scan_char (scan, 'h'))
      || !heddle_scan_number (scan, 2, 2, &clock->minute, NULL)) {
    scan->at = begin;
    return;
  }
  clock->kind = HEDDLE_CLOCK_MINUTE;
  gsize end = scan->at;
  if ((!colon || !heddle_scan_sign (scan, ':')) && (!dot || !heddle_scan_sign (scan, '.')))
    return;
  if (!heddle_scan_number (scan, 2, 2, &clock->second, NULL)) {
    scan->at = end;
    return;
  }
  clock->kind = HEDDLE_CLOCK_SECOND;
  end = scan->at;
  if (heddle_scan_char (scan, '.') && !heddle_scan_number (scan, 1, 9, &fraction, NULL))
    scan->at = end;
}

/* "PM", "Uhr", "pm बजे" behind the numbers */
static void
read_daytime_after (const HeddleTables *tables, HeddleScan *scan, Clock *clock)
{
  for (guint i = 0; i < 2; i++) {
    gsize end = scan->at;
    heddle_scan_blanks (scan);
    char first = heddle_scan_peek (scan, 0);
    const HeddleWord *word = heddle_when_row (tables, scan, BIT (HEDDLE_WORD_DAYTIME));
    /* "15:40 sa", which is no Vietnamese forenoon */
    if (word == NULL || (word->value == 0 && clock->hour > 12 && g_ascii_islower (first))) {
      scan->at = end;
      return;
    }
    if (word->value != HEDDLE_DAYTIME_ANY)
      clock->noon = word->value;
    if (clock->kind == HEDDLE_CLOCK_NONE)
      clock->kind = HEDDLE_CLOCK_MINUTE;
  }
}

/* "half past" before the hour, "y media" behind it */
static void
read_half (const HeddleTables *tables, HeddleScan *scan, Clock *clock, gboolean before)
{
  gsize begin = scan->at;

  if (!before)
    heddle_scan_blanks (scan);
  if (!heddle_letter_at (scan->text + scan->at, scan->length - scan->at))
    goto none;
  const HeddleWord *word
      = heddle_words_at (tables->words, scan->text + scan->at, scan->length - scan->at,
                         BIT (HEDDLE_WORD_HALF), NULL);
  if (word == NULL || heddle_when_row (tables, scan, BIT (HEDDLE_WORD_HALF)) == NULL)
    goto none;
  clock->half = word->value;
  if (before)
    heddle_scan_blanks (scan);
  else
    clock->kind = HEDDLE_CLOCK_MINUTE;
  return;

none:
  scan->at = begin;
}

/* "下午" before the numbers */
static void
read_daytime_before (const HeddleTables *tables, HeddleScan *scan, Clock *clock)
{
  gsize begin = scan->at;

  if (!heddle_letter_at (scan->text + scan->at, scan->length - scan->at))
    return;
  const HeddleWord *word = heddle_when_row (tables, scan, BIT (HEDDLE_WORD_DAYTIME));
  if (word == NULL || word->value == HEDDLE_DAYTIME_ANY) {
    scan->at = begin;
    return;
  }
  clock->noon = word->value;
  heddle_scan_blanks (scan);
}

/* "五" of "下午五點", "cinco" of "cinco de la tarde": what follows must say that it is one */
static gboolean
read_hour_word (const HeddleTables *tables, HeddleScan *scan, Clock *clock)
{
  if (!heddle_letter_at (scan->text + scan->at, scan->length - scan->at))
    return FALSE;
  const HeddleWord *word = heddle_when_row (tables, scan, BIT (HEDDLE_WORD_NUMBER));
  if (word == NULL || word->value < 1 || word->value > 12)
    return FALSE;
  clock->hour = word->value;
  return TRUE;
}

/* "930am", "1015 pm" */
static gboolean
read_run_together (HeddleScan *scan, HeddleWall *wall)
{
  gsize begin = scan->at;
  int number;

  if (heddle_scan_number (scan, 3, 4, &number, NULL)) {
    heddle_scan_blanks (scan);
    char half = (char) (heddle_scan_peek (scan, 0) | 0x20);
    if ((half == 'a' || half == 'p') && (heddle_scan_peek (scan, 1) | 0x20) == 'm'
        && !g_ascii_isalnum (heddle_scan_peek (scan, 2)) && number / 100 >= 1 && number / 100 <= 12
        && number % 100 < 60) {
      scan->at += 2;
      *wall = (HeddleWall) { wall->year, wall->month, wall->day,
                             number / 100 % 12 + (half == 'p' ? 12 : 0), number % 100, 0 };
      return TRUE;
    }
  }
  scan->at = begin;
  return FALSE;
}

HeddleClockKind
heddle_when_clock (const HeddleTables *tables, HeddleScan *scan, HeddleWall *wall)
{
  gsize begin = scan->at;
  Clock clock = { .noon = -1, .kind = HEDDLE_CLOCK_NONE };

  if (g_ascii_isdigit (heddle_scan_peek (scan, 2)) && read_run_together (scan, wall))
    return HEDDLE_CLOCK_MINUTE;
  read_daytime_before (tables, scan, &clock);
  read_half (tables, scan, &clock, TRUE);
  gboolean half = clock.half != 0;
  gboolean number = heddle_scan_number (scan, 1, 2, &clock.hour, NULL);
  if (!number && !read_hour_word (tables, scan, &clock)) {
    scan->at = begin;
    return HEDDLE_CLOCK_NONE;
  }
  if (number)
    read_signed (scan, &clock);
  if (clock.kind == HEDDLE_CLOCK_NONE)
    read_marked (tables, scan, &clock);
  if (half)
    clock.kind = HEDDLE_CLOCK_MINUTE;
  else if (clock.minute == 0)
    read_half (tables, scan, &clock, FALSE);
  read_daytime_after (tables, scan, &clock);
  if (clock.kind == HEDDLE_CLOCK_NONE) {
    scan->at = begin;
    return HEDDLE_CLOCK_NONE;
  }

  /* Some mailers write "15:40 PM"; "15:40 AM" contradicts itself. */
  gboolean wrong = clock.hour > 23 || clock.minute > 59 || clock.second > 60
                   || (clock.noon == 0 && clock.hour > 12) || (clock.noon == 12 && clock.hour == 0);
  if (wrong) {
    scan->at = begin;
    return clock.loose ? HEDDLE_CLOCK_NONE : HEDDLE_CLOCK_WRONG;
  }
  if (clock.noon >= 0 && clock.hour <= 12)
    clock.hour = clock.hour % 12 + clock.noon;
  if (clock.half != 0 && clock.noon < 0 && half && clock.hour >= 1 && clock.hour <= 6)
    clock.hour += 12; /* "half past two" is no hour of the night */
  if (clock.half != 0) {
    int minutes = (clock.hour * 60 + clock.half + 24 * 60) % (24 * 60);
    clock.hour = minutes / 60;
    clock.minute = minutes % 60;
  }
  wall->hour = clock.hour;
  wall->minute = clock.minute;
  wall->second = MIN (clock.second, 59); /* a leap second has no place on most walls */
  return clock.kind;
}

/* ", at", " kl. ", "T", " - ", "ב-"; whether a word of it says that an hour follows, or
 * (@ret_at) is one at all. */
static gboolean
pass_joint (const HeddleTables *tables, HeddleScan *scan, gboolean *ret_at)
{
  gboolean at = FALSE, hour = FALSE;
  const HeddleWord *word;

  heddle_scan_blanks (scan);
  heddle_scan_sign (scan, ',');
  heddle_scan_blanks (scan);
  for (guint i = 0;
       i < 2 && (word = heddle_when_row (tables, scan, BIT (HEDDLE_WORD_AT))) != NULL; i++) {
    at = TRUE;
    hour |= word->value == 1;
    heddle_scan_char (scan, '.'); /* "kl." */
    heddle_scan_blanks (scan);
  }
  *ret_at = at;
  if (!at && heddle_scan_char (scan, 'T'))
    return FALSE;
  if (!heddle_scan_char (scan, '-') && !at)
    heddle_scan_char (scan, '@');
  heddle_scan_blanks (scan);
  return hour;
}

/* "10" behind "kl.", and where a clause ends (@last) behind "at": "at 10 places" counts. */
static gboolean
read_bare_hour (HeddleScan *scan, gboolean last, HeddleWall *wall)
{
  int hour;

  if (!heddle_scan_number (scan, 1, 2, &hour, NULL) || hour > 23
      || heddle_letter_at (scan->text + scan->at, scan->length - scan->at))
    return FALSE;
  char sign = heddle_scan_peek (scan, 0), next = heddle_scan_peek (scan, 1);
  if (last && sign != '\0' && (strchr (".,;!?\n", sign) == NULL || g_ascii_isalnum (next)))
    return FALSE;
  wall->hour = hour;
  wall->minute = wall->second = 0;
  return TRUE;
}

HeddleClockKind
heddle_when_clock_after (const HeddleTables *tables, HeddleScan *scan, HeddleWall *wall)
{
  gsize begin = scan->at;
  gboolean at;

  gboolean hour = pass_joint (tables, scan, &at);
  HeddleClockKind kind = heddle_when_clock (tables, scan, wall);
  if (kind == HEDDLE_CLOCK_NONE && at && read_bare_hour (scan, !hour, wall))
    return HEDDLE_CLOCK_MINUTE;
  if (kind == HEDDLE_CLOCK_NONE || kind == HEDDLE_CLOCK_WRONG)
    scan->at = begin;
  return kind;
}
