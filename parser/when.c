/* SPDX-License-Identifier: MIT */
/* Written dates, as a Date field, an inline header or an attribution has them.
 *
 * A date is an optional weekday, then day, month and year in one of the orders that
 * mailers use, then perhaps a time of day and a zone; each part has its reader
 * below and moves on only over what it understands. Names of months and days come
 * from CLDR, the words between ("at", "of", "p.m.") from the languages' tables.
 *
 * Numbers alone: "2018-04-10" is year first, "10.04.2018" with dots day first, with
 * slashes or hyphens the month stands first, as in the United States, unless that
 * is no month. What is impossible (30 February, 25:00) is no date at all.
 *
 * Not handled: calendars other than the Gregorian; dates without a year, which
 * only when-mentions.c reads; zones that several countries call alike ("IST"): they
 * are read over but say nothing.
 */
#include "parser/when.h"
#include "parser/scan.h"
#include "parser/wall.h"

#include <string.h>

enum { ZONE_UNSAID = G_MAXINT16 };

static const struct {
  const char *name; /* upper case: "est" and "met" are words */
  int minutes;
} zones[] = {
  { "UTC", 0 },      { "GMT", 0 },      { "UT", 0 },       { "Z", 0 },
  { "EST", -300 },   { "EDT", -240 },   { "CST", -360 },   { "CDT", -300 },
  { "MST", -420 },   { "MDT", -360 },   { "PST", -480 },   { "PDT", -420 },
  { "AKST", -540 },  { "AKDT", -480 },  { "HST", -600 },   { "AST", -240 },
  { "ADT", -180 },   { "NST", -210 },   { "NDT", -150 },   { "BRT", -180 },
  { "WET", 0 },      { "WEST", 60 },    { "CET", 60 },     { "CEST", 120 },
  { "MEZ", 60 },     { "MESZ", 120 },   { "MET", 60 },     { "MEST", 120 },
  { "EET", 120 },    { "EEST", 180 },   { "MSK", 180 },    { "TRT", 180 },
  { "IRST", 210 },   { "IRDT", 270 },   { "AFT", 270 },    { "PKT", 300 },
  { "WIB", 420 },    { "HKT", 480 },    { "SGT", 480 },    { "JST", 540 },
  { "KST", 540 },    { "AEST", 600 },   { "AEDT", 660 },   { "NZST", 720 },
  { "NZDT", 780 },   { "SAST", 120 },   { "EAT", 180 },    { "WAT", 60 },
  { "CAT", 120 },    { "BST", 60 },     { "ET", ZONE_UNSAID }, { "CT", ZONE_UNSAID },
  { "MT", ZONE_UNSAID }, { "PT", ZONE_UNSAID }, { "IST", ZONE_UNSAID },
};

/* --- the parts -------------------------------------------------------------------- */

static gboolean
read_words (const HeddleTables *tables, HeddleScan *scan, guint64 kinds, int *ret_value)
{
  gsize bytes;
  const HeddleWord *word = heddle_words_at (tables->words, scan->text + scan->at,
                                            scan->length - scan->at, kinds, &bytes);
  if (word == NULL)
    return FALSE;
  scan->at += bytes;
  if (ret_value != NULL)
    *ret_value = word->value;
  return TRUE;
}

int
heddle_when_name (const HeddleTables *tables, HeddleScan *scan, HeddleNameKind kind)
{
  gsize bytes;
  int number = heddle_names_at (tables->names, kind, scan->text + scan->at,
                                scan->length - scan->at, &bytes);
  if (number > 0)
    scan->at += bytes;
  return number;
}

gboolean
heddle_when_day (const HeddleTables *tables, HeddleScan *scan, int *ret_day)
{
  gsize begin = scan->at;

  if (!heddle_scan_number (scan, 1, 2, ret_day, NULL))
    return FALSE;
  if (heddle_letter_at (scan->text + scan->at, scan->length - scan->at))
    read_words (tables, scan, HEDDLE_WORD_BIT (HEDDLE_WORD_ORDINAL), NULL);
  if (*ret_day >= 1 && *ret_day <= 31)
    return TRUE;
  scan->at = begin;
  return FALSE;
}

/* What may stand between day, month and year, none of it included. */
static void
pass_separator (const HeddleTables *tables, HeddleScan *scan)
{
  heddle_scan_blanks (scan);
  if (!heddle_scan_char (scan, ',') && !heddle_scan_char (scan, '.')
      && !heddle_scan_char (scan, '-') && !heddle_scan_char (scan, '/'))
    read_words (tables, scan, HEDDLE_WORD_BIT (HEDDLE_WORD_OF), NULL);
  heddle_scan_blanks (scan);
}

/* Two digits are of the years 1970 to 2069. */
static gboolean
read_year (HeddleScan *scan, gboolean short_too, int *ret_year)
{
  guint digits;
  int year;
  gsize begin = scan->at;

  if (short_too)
    heddle_scan_char (scan, '\'');
  if (heddle_scan_number (scan, 2, 4, &year, &digits)
      && (digits == 4 || (digits == 2 && short_too && heddle_scan_peek (scan, 0) != ':'))) {
    *ret_year = digits == 4 ? year : year + (year >= 70 ? 1900 : 2000);
    return TRUE;
  }
  scan->at = begin;
  return FALSE;
}

/* "2018-04-10", "2018/4/10", "2018-Apr-10": the number @year was read already. */
static gboolean
read_year_first (const HeddleTables *tables, HeddleScan *scan, int year, HeddleWall *wall)
{
  char separator = heddle_scan_peek (scan, 0);

  if (separator != '-' && separator != '/' && separator != '.')
    return FALSE;
  scan->at++;
  wall->year = year;
  wall->month = heddle_when_name (tables, scan, HEDDLE_NAME_MONTH);
  if (wall->month == 0 && !heddle_scan_number (scan, 1, 2, &wall->month, NULL))
    return FALSE;
  return heddle_scan_char (scan, separator) && heddle_scan_number (scan, 1, 2, &wall->day, NULL);
}

/* "04/10/2018", "10.04.18": the number @first was read already. */
static gboolean
read_numbers (HeddleScan *scan, int first, HeddleWall *wall)
{
  char separator = heddle_scan_peek (scan, 0);
  int second;

  if (separator != '-' && separator != '/' && separator != '.')
    return FALSE;
  scan->at++;
  if (!heddle_scan_number (scan, 1, 2, &second, NULL) || !heddle_scan_char (scan, separator)
      || !read_year (scan, TRUE, &wall->year))
    return FALSE;

  gboolean day_first = separator == '.' ? second <= 12 : first > 12;
  wall->day = day_first ? first : second;
  wall->month = day_first ? second : first;
  return TRUE;
}

/* "April 10, 2018", "Apr 10"; without a year @wall->year stays 0. */
static gboolean
read_month_first (const HeddleTables *tables, HeddleScan *scan, HeddleWall *wall)
{
  wall->month = heddle_when_name (tables, scan, HEDDLE_NAME_MONTH);
  if (wall->month == 0)
    return FALSE;
  pass_separator (tables, scan);
  if (!heddle_when_day (tables, scan, &wall->day))
    return FALSE;

  gsize end = scan->at;
  pass_separator (tables, scan);
  wall->year = 0;
  if (!read_year (scan, FALSE, &wall->year) || heddle_scan_peek (scan, 0) == ':')
    scan->at = end;
  return TRUE;
}

/* "10 April 2018", "10-Apr-18", "10th of April"; without a year it stays 0. */
static gboolean
read_day_first (const HeddleTables *tables, HeddleScan *scan, gboolean short_years,
                HeddleWall *wall)
{
  if (!heddle_when_day (tables, scan, &wall->day))
    return FALSE;
  pass_separator (tables, scan);
  wall->month = heddle_when_name (tables, scan, HEDDLE_NAME_MONTH);
  if (wall->month == 0)
    return FALSE;

  gsize end = scan->at;
  pass_separator (tables, scan);
  wall->year = 0;
  if (!read_year (scan, short_years, &wall->year) || heddle_scan_peek (scan, 0) == ':') {
    wall->year = 0;
    scan->at = end;
  }
  return TRUE;
}

gboolean
heddle_when_date (const HeddleTables *tables, HeddleScan *scan, gboolean short_years,
                  HeddleWall *ret)
{
  gsize begin = scan->at;
  HeddleWall wall = { 0 };
  guint digits;
  int number;

  if (!g_ascii_isdigit (heddle_scan_peek (scan, 0))) {
    if (read_month_first (tables, scan, &wall))
      goto found;
  } else if (heddle_scan_number (scan, 1, 4, &number, &digits)) {
    if (digits == 4 ? read_year_first (tables, scan, number, &wall)
                    : digits < 3 && read_numbers (scan, number, &wall))
      goto found;
    scan->at = begin;
    if (read_day_first (tables, scan, short_years, &wall))
      goto found;
  }
  scan->at = begin;
  return FALSE;

found:
  if (wall.year == 0 ? wall.day > heddle_month_days (2000, wall.month)
                     : !heddle_wall_is_date (wall.year, wall.month, wall.day)) {
    scan->at = begin;
    return FALSE;
  }
  *ret = wall;
  return TRUE;
}

HeddleClockKind
heddle_when_clock (const HeddleTables *tables, HeddleScan *scan, HeddleWall *wall)
{
  gsize begin = scan->at;
  int hour, minute = 0, second = 0, noon = -1;
  HeddleClockKind kind = HEDDLE_CLOCK_NONE;

  if (!heddle_scan_number (scan, 1, 2, &hour, NULL))
    return HEDDLE_CLOCK_NONE;
  char mark = heddle_scan_peek (scan, 0);
  if (mark == ':' || mark == '.' || mark == 'h') {
    scan->at++;
    if (heddle_scan_number (scan, 2, 2, &minute, NULL))
      kind = HEDDLE_CLOCK_MINUTE;
    else
      scan->at--;
  }
  gsize before_second = scan->at;
  if (kind == HEDDLE_CLOCK_MINUTE && (mark == ':' || mark == '.') && heddle_scan_char (scan, mark)) {
    int fraction;
    if (heddle_scan_number (scan, 2, 2, &second, NULL))
      kind = HEDDLE_CLOCK_SECOND;
    else
      scan->at = before_second;
    gsize point = scan->at;
    if (kind == HEDDLE_CLOCK_SECOND && heddle_scan_char (scan, '.')
        && !heddle_scan_number (scan, 1, 9, &fraction, NULL))
      scan->at = point;
  }

  gsize end = scan->at;
  heddle_scan_blanks (scan);
  if (!read_words (tables, scan, HEDDLE_WORD_BIT (HEDDLE_WORD_DAYTIME), &noon))
    scan->at = end;
  else if (kind == HEDDLE_CLOCK_NONE)
    kind = HEDDLE_CLOCK_MINUTE;
  if (kind == HEDDLE_CLOCK_NONE) {
    scan->at = begin;
    return HEDDLE_CLOCK_NONE;
  }

  /* Some mailers write "15:40 PM"; "15:40 AM" contradicts itself. */
  gboolean wrong = hour > 23 || minute > 59 || second > 60 || (noon == 0 && hour > 12)
                   || (noon >= 0 && hour == 0 && noon == 12);
  if (wrong) {
    scan->at = begin;
    return mark == '.' || mark == 'h' ? HEDDLE_CLOCK_NONE : HEDDLE_CLOCK_WRONG;
  }
  if (noon >= 0 && hour <= 12)
    hour = hour % 12 + noon;
  wall->hour = hour;
  wall->minute = minute;
  wall->second = MIN (second, 59); /* a leap second has no place on most walls */
  return kind;
}

/* "+0200", "+02:00", "-5" (only behind "GMT"), U+2212 for the hyphen. */
static gboolean
read_offset (HeddleScan *scan, gboolean short_too, int *ret_minutes)
{
  gsize begin = scan->at;
  gboolean west = heddle_scan_peek (scan, 0) == '-';
  int hours, minutes = 0;
  guint digits;

  if (heddle_scan_peek (scan, 0) == '\xe2' && heddle_scan_peek (scan, 1) == '\x88'
      && heddle_scan_peek (scan, 2) == '\x92') {
    west = TRUE;
    scan->at += 3;
  } else if (!heddle_scan_char (scan, '+') && !heddle_scan_char (scan, '-'))
    return FALSE;

  gboolean fits = heddle_scan_number (scan, 1, 4, &hours, &digits)
                  && (digits == 4 || digits == 2 || (digits == 1 && short_too));
  if (fits && digits == 4) {
    minutes = hours % 100;
    hours /= 100;
  } else if (fits && heddle_scan_char (scan, ':'))
    fits = heddle_scan_number (scan, 2, 2, &minutes, NULL);
  else if (fits)
    fits = digits == 2 || short_too;
  if (!fits || hours > 14 || minutes > 59) {
    scan->at = begin;
    return FALSE;
  }
  *ret_minutes = (hours * 60 + minutes) * (west ? -1 : 1);
  return TRUE;
}

static gboolean
read_zone_name (HeddleScan *scan, int *ret_minutes)
{
  gsize letters = 0;
  while (letters < 6 && g_ascii_isupper (heddle_scan_peek (scan, letters)))
    letters++;
  if (letters == 0
      || heddle_letter_at (scan->text + scan->at + letters, scan->length - scan->at - letters))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++) {
    if (strncmp (zones[i].name, scan->text + scan->at, letters) == 0
        && zones[i].name[letters] == '\0') {
      scan->at += letters;
      *ret_minutes = zones[i].minutes;
      if (zones[i].minutes == 0)
        read_offset (scan, TRUE, ret_minutes); /* "GMT+1" */
      return TRUE;
    }
  }
  return FALSE;
}

/* A comment behind an offset: "(EDT)", "(Pacific Daylight Time)"; never "(b)(6)". */
static void
pass_zone_comment (HeddleScan *scan)
{
  gsize begin = scan->at;
  heddle_scan_blanks (scan);
  const char *text = scan->text + scan->at;
  gssize close = heddle_find_near (text, scan->length - scan->at, ')', 48);
  gboolean zone = close > 2 && text[0] == '(' && g_ascii_isupper (text[1]);
  gboolean upper = TRUE;

  for (gssize i = 1; zone && i < close; i++) {
    zone = g_ascii_isalpha (text[i]) || text[i] == ' ' || text[i] == '-' || text[i] == '+'
           || text[i] == ':' || g_ascii_isdigit (text[i]);
    upper = upper && !g_ascii_islower (text[i]) && text[i] != ' ';
  }
  if (zone && (upper ? close <= 10 : close > 5 && g_str_has_prefix (text + close - 5, " Time)")))
    scan->at += (gsize) close + 1;
  else
    scan->at = begin;
}

gboolean
heddle_when_zone (HeddleScan *scan, gboolean *ret_has_offset, int *ret_minutes)
{
  gsize begin = scan->at;
  int minutes = 0;

  heddle_scan_blanks (scan);
  gboolean bracket = heddle_scan_char (scan, '(');
  gboolean found = read_offset (scan, FALSE, &minutes) || read_zone_name (scan, &minutes);
  if (!found || (bracket && !heddle_scan_char (scan, ')'))) {
    scan->at = begin;
    return FALSE;
  }
  if (!bracket)
    pass_zone_comment (scan);
  *ret_has_offset = minutes != ZONE_UNSAID;
  *ret_minutes = minutes;
  return TRUE;
}

/* --- the whole ----------------------------------------------------------------------- */

/* A weekday before or behind the date says nothing that the date does not. */
static void
pass_weekday (const HeddleTables *tables, HeddleScan *scan)
{
  gsize begin = scan->at;
  gboolean bracket;

  heddle_scan_blanks (scan);
  heddle_scan_char (scan, ',');
  heddle_scan_blanks (scan);
  bracket = heddle_scan_char (scan, '(');
  if (heddle_when_name (tables, scan, HEDDLE_NAME_WEEKDAY) == 0
      || (bracket && !heddle_scan_char (scan, ')'))) {
    scan->at = begin;
    return;
  }
  heddle_scan_char (scan, '.');
  heddle_scan_blanks (scan);
  heddle_scan_char (scan, ',');
  heddle_scan_blanks (scan);
}

HeddleClockKind
heddle_when_clock_after (const HeddleTables *tables, HeddleScan *scan, HeddleWall *wall)
{
  gsize begin = scan->at;

  heddle_scan_blanks (scan);
  heddle_scan_char (scan, ',');
  heddle_scan_blanks (scan);
  if (!read_words (tables, scan, HEDDLE_WORD_BIT (HEDDLE_WORD_AT), NULL)
      && !heddle_scan_char (scan, 'T') && !heddle_scan_char (scan, '-'))
    heddle_scan_char (scan, '@');
  heddle_scan_blanks (scan);

  HeddleClockKind kind = heddle_when_clock (tables, scan, wall);
  if (kind == HEDDLE_CLOCK_NONE || kind == HEDDLE_CLOCK_WRONG)
    scan->at = begin;
  return kind;
}

/* asctime: "Apr 10 15:59:11 EDT 2018": the year stands last. */
static gboolean
read_late_year (HeddleScan *scan, HeddleWall *wall)
{
  gsize begin = scan->at;

  if (heddle_scan_blanks (scan) && read_year (scan, FALSE, &wall->year)
      && heddle_wall_is_date (wall->year, wall->month, wall->day))
    return TRUE;
  scan->at = begin;
  return FALSE;
}

gsize
heddle_when_read (const HeddleTables *tables, const char *text, gsize length,
                  HeddleDate **ret_date)
{
  HeddleScan scan = { text, length, 0 };
  HeddleWall wall = { 0 };
  gboolean has_offset = FALSE;
  int minutes = 0;

  heddle_scan_blanks (&scan);
  gsize begin = scan.at;
  pass_weekday (tables, &scan);
  if (!heddle_when_date (tables, &scan, TRUE, &wall))
    return 0;
  gboolean late = wall.year == 0;
  gsize end = scan.at;
  pass_weekday (tables, &scan);
  HeddleClockKind clock = heddle_when_clock_after (tables, &scan, &wall);
  if (clock == HEDDLE_CLOCK_WRONG || (late && clock != HEDDLE_CLOCK_SECOND))
    return 0;
  if (clock == HEDDLE_CLOCK_NONE)
    scan.at = end;
  else
    heddle_when_zone (&scan, &has_offset, &minutes);
  if (late && !read_late_year (&scan, &wall))
    return 0;
  if (late && !has_offset)
    heddle_when_zone (&scan, &has_offset, &minutes);

  HeddleDate *date = g_new0 (HeddleDate, 1);
  date->raw = heddle_fold_blanks (text + begin, scan.at - begin);
  date->has_local = TRUE;
  date->local = wall;
  date->precision = clock == HEDDLE_CLOCK_SECOND   ? HEDDLE_PRECISION_SECOND
                    : clock == HEDDLE_CLOCK_MINUTE ? HEDDLE_PRECISION_MINUTE
                                                   : HEDDLE_PRECISION_DAY;
  if (has_offset) {
    date->has_offset = date->has_utc = TRUE;
    date->offset = minutes;
    date->utc = heddle_wall_to_seconds (&wall) - minutes * 60;
  }
  *ret_date = date;
  return scan.at;
}
