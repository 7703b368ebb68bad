/* SPDX-License-Identifier: MIT */
/* Day, month and year as people write them, in any order.
 *
 * Up to three parts are read, each a number or a month's name, with what may stand
 * between them ("10 de abr. de 2018", "10. 4. 2018", "2018年4月10日"). A mark behind a
 * number, a name, or a number of four digits says which part is which; of numbers alone
 * "2018-04-10" is year first, "10.04.2018" with dots day first, with slashes or hyphens
 * the month stands first, as in the United States, unless that is no month. What is
 * impossible (30 February) is no date at all.
 *
 * Names of Persian and Islamic months, and years that only another calendar can mean in a
 * mail ("1397/01/21", "2561"), are converted by ICU. Years of an era ("平成30年",
 * "民國107年") count from the value of its row.
 *
 * Not handled: eras in Latin letters ("H30.4.10"), years of two digits in other calendars.
 */
#include "parser/cldr-calendar.h"
#include "parser/wall.h"
#include "parser/when.h"

#include <string.h>

#define BIT HEDDLE_WORD_BIT

typedef struct {
  int value;
  guint digits;   /* 0: a name */
  int mark;       /* HeddlePart, -1: none */
  HeddleName name;
} Part;

typedef struct {
  const HeddleTables *tables;
  HeddleScan *scan;
  const HeddleDateHints *hints;
  HeddleWall wall;
  const Part *month; /* (nullable): it is a name */
  gboolean day_dot;
} Reader;

/* The year before the first of the Republic of China, by which Taiwan counts; "107年" needs
 * no name before it. */
enum { MINGUO = 1911, MINGUO_FIRST = 90, MINGUO_LAST = 140 };

/* Years that a mail can only mean by another calendar. */
static const struct {
  int first, last;
  HeddleCldrCalendar calendar;
} foreign_years[] = {
  { 1340, 1409, HEDDLE_CLDR_PERSIAN }, /* 1961 to 2031 */
  { 1410, 1480, HEDDLE_CLDR_ISLAMIC }, /* 1989 to 2058 */
  { 2500, 2643, HEDDLE_CLDR_BUDDHIST }, /* 1957 to 2100 */
};

const HeddleWord *
heddle_when_row (const HeddleTables *tables, HeddleScan *scan, HeddleKinds kinds)
{
  const char *text = scan->text + scan->at;
  gsize length = scan->length - scan->at, bytes = 0, more = 0;
  const HeddleWord *word = heddle_words_at (tables->words, text, length, kinds, &bytes);
  const HeddleWord *other = heddle_names_word (tables->names, text, length, kinds, &more);

  if (other != NULL && (word == NULL || more > bytes)) {
    word = other;
    bytes = more;
  }
  if (word != NULL)
    scan->at += bytes;
  return word;
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

static gboolean
is_wide_at (const HeddleScan *scan)
{
  return (guchar) heddle_scan_peek (scan, 0) >= 0xe2
         && g_unichar_iswide (g_utf8_get_char (scan->text + scan->at));
}

/* What names the number that was read: "th", "年", " г."; blanks may stand before it where
 * it is of a script without blanks or says more than a day. */
static int
read_mark (const HeddleTables *tables, HeddleScan *scan)
{
  gsize begin = scan->at;
  gboolean apart = heddle_scan_blanks (scan);
  /* "18-án", "20-го" */
  gsize hyphen = !apart && heddle_scan_peek (scan, 0) == '-';

  if (heddle_letter_at (scan->text + scan->at + hyphen, scan->length - scan->at - hyphen)) {
    gboolean wide = is_wide_at (scan);
    const HeddleWord *word = heddle_when_row (tables, scan, BIT (HEDDLE_WORD_ORDINAL));
    if (word != NULL && word->value <= HEDDLE_PART_MONTH
        && (!apart || wide || word->value != HEDDLE_PART_DAY)) {
      if (word->value == HEDDLE_PART_YEAR && !wide && word->characters <= 2)
        heddle_scan_char (scan, '.'); /* "г."; behind "года" it ends the sentence */
      return word->value;
    }
  }
  scan->at = begin;
  return -1;
}

gboolean
heddle_when_day (const HeddleTables *tables, HeddleScan *scan, int *ret_day)
{
  gsize begin = scan->at;

  if (!heddle_scan_number (scan, 1, 2, ret_day, NULL))
    return FALSE;
  int mark = read_mark (tables, scan);
  if (*ret_day >= 1 && *ret_day <= 31 && (mark == -1 || mark == HEDDLE_PART_DAY))
    return TRUE;
  scan->at = begin;
  return FALSE;
}

/* Direction marks, which Arabic puts around "/". */
static void
pass_marks (HeddleScan *scan)
{
  while (scan->length - scan->at > 2 && (guchar) scan->text[scan->at] == 0xe2
         && (guchar) scan->text[scan->at + 1] == 0x80 && (guchar) (scan->text[scan->at + 2] | 1) == 0x8f)
    scan->at += 3;
}

/* What may stand between day, month and year, none of it included; its sign, ' ' when
 * there is none. */
static char
pass_gap (Reader *reader)
{
  static const char signs[] = ",.-/";
  HeddleScan *scan = reader->scan;
  char sign = ' ';

  heddle_scan_blanks (scan);
  for (const char *s = signs; *s != '\0' && sign == ' '; s++)
    if (heddle_scan_sign (scan, *s))
      sign = *s;
  heddle_scan_blanks (scan);
  /* "tháng" alone joins; in "tháng 4" it is of the name */
  if (heddle_names_at (reader->tables->names, HEDDLE_NAME_MONTH, scan->text + scan->at,
                       scan->length - scan->at, NULL) == 0
      && heddle_when_row (reader->tables, scan, BIT (HEDDLE_WORD_OF)) != NULL)
    heddle_scan_blanks (scan);
  return sign;
}

/* Between two numbers: the same sign twice, blanks only behind a dot; or marks. */
static char
pass_tight_gap (Reader *reader)
{
  HeddleScan *scan = reader->scan;
  static const char signs[] = "-/.";

  pass_marks (scan);
  for (const char *s = signs; *s != '\0'; s++)
    if (heddle_scan_sign (scan, *s)) {
      if (*s == '.')
        heddle_scan_blanks (scan);
      pass_marks (scan);
      return *s;
    }
  return '\0';
}

static gboolean
read_number (Reader *reader, guint most, Part *part)
{
  *part = (Part) { .mark = -1 };
  if (!heddle_scan_number (reader->scan, 1, most, &part->value, &part->digits))
    return FALSE;
  part->mark = read_mark (reader->tables, reader->scan);
  return part->digits != 3
         || (part->mark == HEDDLE_PART_YEAR && part->value >= MINGUO_FIRST
             && part->value <= MINGUO_LAST);
}

static gboolean
read_month (Reader *reader, Part *part)
{
  HeddleScan *scan = reader->scan;
  gsize bytes;

  *part = (Part) { .mark = HEDDLE_PART_MONTH };
  if (!heddle_names_find (reader->tables->names, HEDDLE_NAME_MONTH, scan->text + scan->at,
                          scan->length - scan->at, &part->name, &bytes))
    return FALSE;
  scan->at += bytes;
  part->value = part->name.number;
  reader->month = part;
  return TRUE;
}

/* Two digits are of the years 1970 to 2069. */
static gboolean
read_year (Reader *reader, gboolean short_too, int *ret_year)
{
  HeddleScan *scan = reader->scan;
  gsize begin = scan->at;
  guint digits;
  int year;

  if (short_too)
    heddle_scan_char (scan, '\'');
  if (heddle_scan_number (scan, 2, 4, &year, &digits) && heddle_scan_peek (scan, 0) != ':'
      && (digits == 4 || (digits == 2 && short_too))) {
    *ret_year = digits == 4 ? year : year + (year >= 70 ? 1900 : 2000);
    gsize end = scan->at;
    if (digits == 4)
      heddle_scan_char (scan, '.'); /* "2018. године" */
    int mark = read_mark (reader->tables, scan);
    if (mark != HEDDLE_PART_YEAR)
      scan->at = end;
    return TRUE;
  }
  scan->at = begin;
  return FALSE;
}

/* The year behind day and month, one of which is a name; 0 without one. */
static void
read_year_after (Reader *reader, gboolean short_too)
{
  gsize end = reader->scan->at;

  pass_gap (reader);
  if (read_year (reader, short_too, &reader->wall.year))
    return;
  reader->wall.year = 0;
  reader->scan->at = end;
}

/* "April 10, 2018", "Apr 10" */
static gboolean
read_name_first (Reader *reader, Part *month)
{
  Part day;

  if (!read_month (reader, month))
    return FALSE;
  pass_gap (reader);
  if (!read_number (reader, 2, &day) || (day.mark != -1 && day.mark != HEDDLE_PART_DAY))
    return FALSE;
  reader->wall.month = month->value;
  reader->wall.day = day.value;
  read_year_after (reader, FALSE);
  /* "Tra 3": nobody puts a short name first in a language that begins with the day */
  return !month->name.abbreviated || reader->wall.year != 0
         || (month->name.languages & ~heddle_names_day_first (reader->tables->names)) != 0;
}

/* "2018-04-10", "2018. ápr. 10.", "2018年4月10日", "2018/4/10", "2018-Apr-10" */
static gboolean
read_year_first (Reader *reader, const Part *year, Part *month)
{
  Part day;
  gsize begin = reader->scan->at;
  gboolean marked = year->mark == HEDDLE_PART_YEAR;
  char sign = pass_tight_gap (reader);

  if (sign == '\0' && marked)
    heddle_scan_blanks (reader->scan);
  if ((sign != '\0' || marked) && read_number (reader, 2, month)) {
    marked = marked && month->mark == HEDDLE_PART_MONTH;
    if (marked)
      heddle_scan_blanks (reader->scan);
    else if (pass_tight_gap (reader) != sign)
      return FALSE;
  } else {
    reader->scan->at = begin;
    pass_gap (reader);
    if (!read_month (reader, month))
      return FALSE;
    pass_gap (reader);
  }
  gboolean apart = reader->scan->text[reader->scan->at - 1] == ' ';
  if (!read_number (reader, 2, &day) || (day.mark != -1 && day.mark != HEDDLE_PART_DAY))
    return FALSE;
  if (sign == '.' && apart)
    heddle_scan_char (reader->scan, '.'); /* "2018. 4. 10." */
  reader->wall = (HeddleWall) { .year = year->value, .month = month->value, .day = day.value };
  return TRUE;
}

/* "4月10日", "4월 10일" */
static gboolean
read_marks (Reader *reader, const Part *month)
{
  Part day;

  heddle_scan_blanks (reader->scan);
  if (!read_number (reader, 2, &day) || day.mark != HEDDLE_PART_DAY)
    return FALSE;
  reader->wall = (HeddleWall) { .month = month->value, .day = day.value };
  return TRUE;
}

static HeddleCldrCalendar
calendar_of (const Reader *reader, int year)
{
  if (reader->month != NULL && reader->month->name.calendar != HEDDLE_CLDR_GREGORIAN)
    return (HeddleCldrCalendar) reader->month->name.calendar;
  for (gsize i = 0; i < G_N_ELEMENTS (foreign_years); i++)
    if (year >= foreign_years[i].first && year <= foreign_years[i].last)
      return foreign_years[i].calendar;
  return HEDDLE_CLDR_GREGORIAN;
}

/* "18. 4. 3.", as Koreans write it: the year stands first, where the last number is none or
 * goes on in Hangul. */
static gboolean
is_year_first (const HeddleScan *scan, guint last_digits)
{
  HeddleScan ahead = *scan;

  if (!heddle_scan_char (&ahead, '.'))
    return FALSE;
  heddle_scan_blanks (&ahead);
  if (ahead.length - ahead.at < 3)
    return last_digits == 1;
  gunichar next = g_utf8_get_char (ahead.text + ahead.at);
  return last_digits == 1 || (next >= 0xac00 && next <= 0xd7a3);
}

static gboolean
read_short_year_first (Reader *reader, const Part *first, const Part *second)
{
  HeddleScan *scan = reader->scan;
  gsize begin = scan->at;
  int day;
  guint digits;

  if (first->digits == 2 && heddle_scan_number (scan, 1, 2, &day, &digits)
      && is_year_first (scan, digits)) {
    heddle_scan_char (scan, '.');
    reader->wall = (HeddleWall) { .year = 2000 + first->value, .month = second->value, .day = day };
    return TRUE;
  }
  scan->at = begin;
  return FALSE;
}

/* "04/10/2018", "10.04.18", "10. 4. 2018" */
static gboolean
read_numbers (Reader *reader, const Part *first)
{
  Part second;
  char sign = pass_tight_gap (reader);

  gboolean apart = heddle_scan_peek (reader->scan, 0) != '\0'
                   && reader->scan->text[reader->scan->at - 1] == ' ';

  if (sign == '\0' || !read_number (reader, 2, &second) || second.mark != -1
      || pass_tight_gap (reader) != sign)
    return FALSE;
  if (apart && sign == '.' && read_short_year_first (reader, first, &second))
    return TRUE;
  if (!read_year (reader, TRUE, &reader->wall.year))
    return FALSE;

  gboolean dots = sign == '.' || reader->hints->day_first || calendar_of (reader, reader->wall.year) != HEDDLE_CLDR_GREGORIAN;
  gboolean day_first = dots ? second.value <= 12 : first->value > 12;
  reader->wall.day = day_first ? first->value : second.value;
  reader->wall.month = day_first ? second.value : first->value;
  return TRUE;
}

/* "10 April 2018", "10-Apr-18", "10th of April", "10. huhtik. 2018" */
static gboolean
read_day_first (Reader *reader, const Part *day, Part *month)
{
  if (day->digits > 2 || (day->mark != -1 && day->mark != HEDDLE_PART_DAY))
    return FALSE;
  reader->day_dot = pass_gap (reader) == '.';
  if (!read_month (reader, month))
    return FALSE;
  reader->wall.day = day->value;
  reader->wall.month = month->value;
  read_year_after (reader, reader->hints->short_years);
  return TRUE;
}

/* --- which month, which calendar --------------------------------------------------------- */

static int
unlike (int dots, int written)
{
  return ((dots ^ written) & HEDDLE_DOT_DAY) * 2 + ((dots ^ written) & HEDDLE_DOT_YEAR) / 2;
}

/* Of two months of one name the one that the weekday fits, else the one whose language
 * puts dots as they are put here. */
static void
choose_month (const Reader *reader, HeddleWall *wall)
{
  const HeddleName *name = &reader->month->name;
  HeddleWall other = *wall;

  if (name->other == 0)
    return;
  other.month = name->other;
  int dots = (reader->day_dot ? HEDDLE_DOT_DAY : 0)
             + (heddle_scan_peek (reader->scan, 0) == '.' ? HEDDLE_DOT_YEAR : 0);
  gboolean takes = unlike (name->other_dots, dots) < unlike (name->dots, dots);
  if (reader->hints->weekday > 0 && wall->year > 0
      && heddle_wall_is_date (wall->year, other.month, wall->day)) {
    gboolean fits = heddle_wall_weekday (wall) == reader->hints->weekday;
    gboolean other_fits = heddle_wall_weekday (&other) == reader->hints->weekday;
    if (fits != other_fits)
      takes = other_fits;
  }
  if (takes)
    *wall = other;
}

/* A day of another calendar without its year: the one that lies nearest to the reference. */
static gboolean
settle_near (const Reader *reader, HeddleCldrCalendar calendar, HeddleWall *wall)
{
  const HeddleWall *reference = reader->hints->reference;
  gint64 nearest = G_MAXINT64;
  HeddleWall best = { 0 };

  if (reference == NULL)
    return FALSE;
  int year = calendar == HEDDLE_CLDR_PERSIAN ? reference->year - 621
                                             : (reference->year - 622) * 33 / 32;
  for (int near = year - 1; near <= year + 2; near++) {
    HeddleWall one = { .year = near, .month = wall->month, .day = wall->day };
    if (!heddle_cldr_calendar_convert (calendar, &one))
      continue;
    gint64 days = ABS (heddle_wall_days (&one) - heddle_wall_days (reference));
    if (days < nearest) {
      nearest = days;
      best = one;
    }
  }
  *wall = best;
  return nearest != G_MAXINT64;
}

/* Whether there is such a day; in whatever calendar it is written. */
static gboolean
settle (const Reader *reader, HeddleWall *wall)
{
  HeddleCldrCalendar calendar = calendar_of (reader, wall->year);

  if (wall->month < 1 || wall->month > 12 || wall->day < 1 || wall->day > 31)
    return FALSE;
  if (calendar != HEDDLE_CLDR_GREGORIAN)
    return wall->year > 0 ? heddle_cldr_calendar_convert (calendar, wall)
                          : settle_near (reader, calendar, wall);
  if (wall->year == 0 ? wall->day > heddle_month_days (2000, wall->month)
                      : !heddle_wall_is_date (wall->year, wall->month, wall->day))
    return FALSE;
  if (reader->month != NULL)
    choose_month (reader, wall);
  return TRUE;
}

/* "平成30年4月3日", "令和元年5月1日", "民國107年4月3日" */
static gboolean
read_era_first (Reader *reader, Part *month)
{
  HeddleScan *scan = reader->scan;
  gsize begin = scan->at;
  const HeddleWord *era = heddle_when_row (reader->tables, scan, BIT (HEDDLE_WORD_ERA));
  Part year = { .value = 1 };

  if (era != NULL) {
    static const char first[] = "\xe5\x85\x83"; /* 元 */
    heddle_scan_blanks (scan);
    if (scan->length - scan->at > 3 && memcmp (scan->text + scan->at, first, 3) == 0)
      scan->at += 3;
    else if (!heddle_scan_number (scan, 1, 3, &year.value, NULL))
      year.value = 0;
    year.mark = read_mark (reader->tables, scan);
    year.value += era->value;
    if (year.value > era->value && year.mark == HEDDLE_PART_YEAR
        && read_year_first (reader, &year, month))
      return TRUE;
  }
  scan->at = begin;
  return FALSE;
}

static gboolean
read_any (Reader *reader)
{
  HeddleScan *scan = reader->scan;
  Part first, month = { 0 };
  gsize bytes;

  if (heddle_digit_at (scan->text + scan->at, scan->length - scan->at, &bytes) < 0)
    return (read_era_first (reader, &month) || read_name_first (reader, &month))
           && settle (reader, &reader->wall);
  if (!read_number (reader, 4, &first))
    return FALSE;
  gsize behind = scan->at;
  gboolean found;
  if (first.digits == 4 || first.mark == HEDDLE_PART_YEAR) {
    if (first.digits == 3)
      first.value += MINGUO;
    found = read_year_first (reader, &first, &month);
  } else if (first.mark == HEDDLE_PART_MONTH)
    found = read_marks (reader, &first);
  else {
    found = first.mark == -1 && read_numbers (reader, &first);
    if (!found) {
      scan->at = behind;
      found = read_day_first (reader, &first, &month);
    }
  }
  return found && settle (reader, &reader->wall);
}

gboolean
heddle_when_date (const HeddleTables *tables, HeddleScan *scan, const HeddleDateHints *hints,
                  HeddleWall *ret)
{
  gsize begin = scan->at;
  static const HeddleDateHints none = { 0 };
  Reader reader = { .tables = tables, .scan = scan, .hints = hints != NULL ? hints : &none };

  if (read_any (&reader)) {
    *ret = reader.wall;
    return TRUE;
  }
  scan->at = begin;
  return FALSE;
}
