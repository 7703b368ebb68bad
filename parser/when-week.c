/* SPDX-License-Identifier: MIT */
/* Weekdays: one with what stands behind it ("Friday 13 April", "Friday of next week", "Friday
 * evening"), spans of them ("Monday to Wednesday"), and one that opens a sentence ("Thursday
 * works for the call").
 *
 * A weekday is the coming one; in a sentence that tells of what has been it is the last one.
 * Without a preposition something beside it must say that a day is meant.
 *
 * A span of the days on which people work, one of abbreviations, one with the hours of a day
 * behind it is a habit ("Mon-Fri 9-17"), and one with a name behind it a title: no time, and
 * passed over as a whole.
 *
 * Not handled: habits of a single day ("Tuesdays 9-17").
 */
#include "parser/wall.h"
#include "parser/when-cores.h"

#include <string.h>

#define BIT HEDDLE_WORD_BIT

enum { FRIDAY = 5 };

typedef HeddleWhenReader Reader;

/* --- one of them ------------------------------------------------------------------------ */

/* "пет дана", five days, where "пет" is short for Friday too */
static gboolean
counts_units (const Reader *reader, gsize begin, gsize bytes)
{
  HeddleScan scan = { reader->scan.text, reader->scan.length, begin + bytes };
  gsize number;

  return heddle_words_at (reader->tables->words, scan.text + begin, bytes,
                          BIT (HEDDLE_WORD_NUMBER), &number)
             != NULL
         && number == bytes && heddle_scan_blanks (&scan)
         && heddle_words_at (reader->tables->words, scan.text + scan.at, scan.length - scan.at,
                             BIT (HEDDLE_WORD_UNIT), NULL)
                != NULL;
}

/* A weekday, written so that it can be nothing else: whole, or abbreviated with a capital
 * where the script has them, and not as some other word. */
int
heddle_when_weekday_name (Reader *reader)
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
      && (bytes < 3 || (lower && bytes < 5 && !reader->prefixed)))
    return 0;
  gsize other_end;
  const HeddleWord *other = heddle_when_other_word (reader, begin, &other_end);
  guint64 languages = heddle_when_languages (reader) & name.languages;
  if (languages == 0)
    return 0;
  if (other != NULL && other_end + 1 >= begin + bytes && (other->value == 1 || lower))
    return 0;
  if (name.abbreviated && counts_units (reader, begin, bytes))
    return 0;
  scan->at = begin + bytes;
  heddle_when_narrow (reader, languages);
  return name.number;
}

HeddleWall
heddle_when_resolve_weekday (const Reader *reader, int weekday, int weeks)
{
  HeddleWall day = heddle_when_midnight (reader);
  int today = heddle_wall_weekday (&day);
  int ahead = weekday - today;

  if (weeks == 0 && reader->past)
    weeks = -1;
  if (weeks == 0 || weeks == HEDDLE_NEXT_AFTER || weeks == HEDDLE_NEXT_COMING)
    ahead += (ahead <= 0 ? 7 : 0) + (weeks == HEDDLE_NEXT_AFTER ? 7 : 0);
  else if (weeks > 0)
    ahead += 7 * weeks;
  else
    ahead -= ahead >= 0 ? 7 : 0;
  heddle_wall_add_days (&day, ahead);
  return day;
}

/* "EOD", "COB" behind "by Friday" */
void
heddle_when_pass_end_of_day (Reader *reader)
{
  gsize end = reader->scan.at;

  heddle_scan_blanks (&reader->scan);
  const HeddleWord *word = heddle_when_word (reader, BIT (HEDDLE_WORD_END_OF));
  if (word == NULL || word->value != HEDDLE_UNIT_DAY)
    reader->scan.at = end;
}

/* "evening", "au soir" behind a weekday */
gboolean
heddle_when_pass_part_of_day (Reader *reader)
{
  gsize end = reader->scan.at;

  if ((heddle_scan_blanks (&reader->scan)
       || heddle_unspaced_at (reader->scan.text + end, reader->scan.length - end))
      && !g_ascii_isupper (heddle_scan_peek (&reader->scan, 0))) { /* "Minggu Pagi" is a paper */
    const HeddleWord *word = heddle_when_word (reader, BIT (HEDDLE_WORD_AROUND));
    if (word != NULL
        && (word->value == HEDDLE_AROUND_PART || word->value == HEDDLE_AROUND_PART_LATE)) {
      reader->late = word->value == HEDDLE_AROUND_PART_LATE;
      reader->on |= !reader->prefixed; /* the sentence tells past from future */
      return TRUE;
    }
  }
  reader->scan.at = end;
  return FALSE;
}

/* "The Wednesday Night Crew" */
static gboolean
is_title (const HeddleScan *scan)
{
  return heddle_scan_peek (scan, 0) == ' ' && g_ascii_isupper (heddle_scan_peek (scan, 1));
}

/* "vendredi prochain", "Friday of next week"; of a weekday that stands not @alone "Friday
 * last month" is none. */
static int
read_weeks_behind (Reader *reader, gboolean alone)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;
  gboolean blank = heddle_scan_blanks (scan);
  gboolean of = blank && heddle_when_word (reader, BIT (HEDDLE_WORD_OF)) != NULL;
  if (of)
    heddle_scan_blanks (scan);
  gboolean name = g_ascii_isupper (heddle_scan_peek (scan, 0)); /* "Thursday Next" */
  const HeddleWord *next
      = blank && !name ? heddle_when_word (reader, BIT (HEDDLE_WORD_NEXT)) : NULL;
  gsize end = scan->at;

  const HeddleWord *unit = next != NULL && heddle_scan_blanks (scan)
                               ? heddle_when_word (reader, BIT (HEDDLE_WORD_UNIT))
                               : NULL;
  if (unit != NULL && unit->value % 16 == HEDDLE_UNIT_WEEK) /* "Tuesday of next week" */
    end = scan->at;
  else if (of || (unit != NULL && !alone))
    next = NULL;
  scan->at = next != NULL ? end : begin;
  return next == NULL ? 0 : unit != NULL ? heddle_when_further (next) : next->value;
}

/* "From Monday I am", "С понедельника": what opens a clause here, and no span. */
static gboolean
is_opened (Reader *reader, gsize at)
{
  HeddleScan *scan = &reader->scan;
  gsize end = scan->at, begin;

  const HeddleWord *word = heddle_when_word_before (reader->tables, scan->text, 0, at,
                                                    BIT (HEDDLE_WORD_AROUND), &begin);
  if (word == NULL || word->value != HEDDLE_AROUND_OPENS
      || !g_unichar_isupper (g_utf8_get_char (scan->text + begin)) || heddle_when_through (reader)) {
    scan->at = end;
    return FALSE;
  }
  reader->on = TRUE; /* the sentence tells past from future */
  reader->from = TRUE;
  return TRUE;
}

/* "pénteken", "金曜日に": the weekday from @begin to @end says by itself that something is on
 * it. Where no blanks stand, a number before it makes a count of weeks of it, "一周一次". */
static gboolean
says_on (Reader *reader, gsize begin, gsize end)
{
  const HeddleScan *scan = &reader->scan;
  guint64 languages = heddle_when_languages (reader);
  gsize bytes = 0;
  HeddleScan behind = { scan->text, scan->length, end };

  const HeddleWord *word
      = heddle_words_in (reader->tables->words, scan->text + begin, scan->length - begin,
                         BIT (HEDDLE_WORD_ON_DAY), &languages, &bytes);
  if (word == NULL || word->value % HEDDLE_DAY_FROM == 0 || bytes != end - begin) {
    heddle_scan_blanks (&behind);
    word = heddle_words_in (reader->tables->words, scan->text + behind.at, scan->length - behind.at,
                            BIT (HEDDLE_WORD_ON_DAY), &languages, NULL);
    if (word == NULL || word->value % HEDDLE_DAY_FROM != 0)
      return FALSE;
  }
  if (begin > 0 && heddle_unspaced_at (scan->text + begin, scan->length - begin)) {
    const char *before = g_utf8_prev_char (scan->text + begin);
    gsize left = (gsize) (scan->text + begin - before);
    if (heddle_digit_at (before, left, &bytes) >= 0
        || heddle_words_at (reader->tables->words, before, left, BIT (HEDDLE_WORD_NUMBER), NULL) != NULL)
      return FALSE;
  }
  reader->on = TRUE; /* the sentence tells past from future */
  reader->from |= word->value >= HEDDLE_DAY_FROM;
  return TRUE;
}

/* "Do. 19.4.": two letters are a weekday's where its date follows. */
static gboolean
read_short_weekday (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at, bytes;
  HeddleName name;

  if (g_ascii_isupper (scan->text[begin]) && !g_ascii_isalpha (heddle_scan_peek (scan, 2))
      && heddle_names_find (reader->tables->names, HEDDLE_NAME_WEEKDAY, scan->text + begin,
                            scan->length - begin, &name, &bytes)
      && name.abbreviated && !name.single) {
    scan->at += bytes;
    heddle_scan_char (scan, '.');
    heddle_scan_sign (scan, ',');
    if (heddle_scan_blanks (scan) && heddle_when_digit (scan) && heddle_when_read_date (reader, name.number)
        && heddle_wall_weekday (&reader->place->from) == name.number) {
      heddle_when_time_after (reader);
      return TRUE;
    }
  }
  scan->at = begin;
  return FALSE;
}

gboolean
heddle_when_weekday (Reader *reader, gboolean alone, int weeks)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;
  int weekday = heddle_when_weekday_name (reader);

  if (weekday == 0)
    return read_short_weekday (reader);
  gsize end = scan->at;
  heddle_scan_blanks (scan);
  heddle_scan_sign (scan, ',');
  heddle_scan_blanks (scan);
  gsize behind = scan->at;
  if (heddle_when_word (reader, BIT (HEDDLE_WORD_THE)) != NULL)
    heddle_scan_blanks (scan);
  gsize number = scan->at;
  if (heddle_when_digit (scan) && heddle_when_days_of_month (reader)
      && heddle_wall_weekday (&reader->place->from) == weekday)
    return TRUE; /* "Monday 16 to Friday 20 April" */
  scan->at = number;
  if (heddle_when_read_date (reader, weekday)) {
    heddle_when_time_after (reader);
    heddle_when_range_end (reader, begin, FALSE);
    return TRUE;
  }
  scan->at = behind;
  if (heddle_when_ordinal (reader, weekday))
    return TRUE;
  scan->at = end;
  if (weeks == 0 && reader->reference != NULL)
    weeks = read_weeks_behind (reader, alone);
  if (reader->reference != NULL) {
    heddle_when_set_day (reader, heddle_when_resolve_weekday (reader, weekday, weeks));
    heddle_when_time_after (reader); /* "Freitag abends 8 Uhr" */
    gboolean part = reader->place->precision == HEDDLE_PRECISION_DAY && heddle_when_pass_part_of_day (reader);
    if (part)
      heddle_when_time_after (reader);
    reader->late = FALSE;
    if (reader->prefixed)
      heddle_when_pass_end_of_day (reader);
    /* "Friday 5pm", "Friday by noon", "vendredi matin" */
    if (alone || weeks != 0 || is_opened (reader, begin) || (part && !is_title (scan))
        || reader->place->precision != HEDDLE_PRECISION_DAY
        || heddle_when_clock_before (reader->tables, scan->text, begin)
        || heddle_when_suits (reader, begin) || heddle_when_stands_alone (reader, begin) || says_on (reader, begin, end))
      return TRUE;
  }
  scan->at = begin;
  return FALSE;
}

/* --- spans of them ---------------------------------------------------------------------- */

static int
pass_name (Reader *reader, gboolean *ret_short)
{
  HeddleScan *scan = &reader->scan;
  HeddleName name;
  gsize bytes;

  if (!heddle_names_find (reader->tables->names, HEDDLE_NAME_WEEKDAY, scan->text + scan->at,
                          scan->length - scan->at, &name, &bytes)
      || name.single)
    return 0;
  guint64 languages = heddle_when_languages (reader) & name.languages;
  if (languages == 0)
    return 0;
  scan->at += bytes;
  heddle_when_narrow (reader, languages);
  *ret_short |= name.abbreviated;
  return name.number;
}

/* ", 9am", " von 9 bis 17 Uhr", " 9-17", ": 10.00" behind a habit's days */
static gboolean
pass_hours (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;

  heddle_scan_blanks (scan);
  if (heddle_scan_sign (scan, ',') || heddle_scan_sign (scan, ':'))
    heddle_scan_blanks (scan);
  if (heddle_when_word (reader, BIT (HEDDLE_WORD_AROUND) | BIT (HEDDLE_WORD_AT)) != NULL) {
    heddle_scan_char (scan, '.');
    heddle_scan_blanks (scan);
  }
  if (scan->at == begin || !heddle_when_digit (scan)) {
    scan->at = begin;
    return FALSE;
  }
  while (scan->at < scan->length && strchr ("\n;!?", scan->text[scan->at]) == NULL
         && (heddle_when_digit (scan) || strchr (" :.-apmAPM", scan->text[scan->at]) != NULL
             || (guchar) scan->text[scan->at] == 0xe2))
    scan->at = (gsize) (g_utf8_next_char (scan->text + scan->at) - scan->text);
  return TRUE;
}

/* " auf Sonntag", " na niedzielę", "e domenica" behind a Saturday: the day that follows, as
 * nights are named. */
static int
pass_night (Reader *reader, int first)
{
  const HeddleKinds joins = BIT (HEDDLE_WORD_ON) | BIT (HEDDLE_WORD_BY) | BIT (HEDDLE_WORD_JOINS)
                            | BIT (HEDDLE_WORD_AND) | BIT (HEDDLE_WORD_THROUGH);
  HeddleScan *scan = &reader->scan;
  gboolean abbreviated = FALSE;

  if (!heddle_scan_blanks (scan) || heddle_when_word (reader, joins) == NULL
      || !heddle_scan_blanks (scan))
    return 0;
  if (heddle_when_word (reader, BIT (HEDDLE_WORD_THE)) != NULL)
    heddle_scan_blanks (scan);
  int last = pass_name (reader, &abbreviated);
  return last == first % 7 + 1 && !abbreviated ? last : 0;
}

/* FALSE where no word or dash stands behind the word at the scan: most weekdays have their
 * date behind them, or nothing. */
static gboolean
may_go_on (HeddleScan scan)
{
  while (g_ascii_isalpha (heddle_scan_peek (&scan, 0)))
    scan.at++;
  char c = heddle_scan_peek (&scan, 0), next = heddle_scan_peek (&scan, 1);
  if (c == ' ')
    return g_ascii_isalpha (next) || next == '-' || (guchar) next >= 0x80;
  return c == '-' || c == '.' || c == '\'' || (guchar) c >= 0x80;
}

HeddleWhenWeek
heddle_when_week (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;
  gboolean abbreviated = FALSE;

  if (!may_go_on (*scan))
    return HEDDLE_WEEK_NONE;
  int first = pass_name (reader, &abbreviated);
  if (first > 0 && abbreviated)
    heddle_scan_char (scan, '.');
  gsize behind = scan->at;
  int last = first > 0 && heddle_when_join (reader, begin) ? pass_name (reader, &abbreviated) : 0;
  if (first > 0 && last == 0) {
    scan->at = behind;
    last = pass_night (reader, first);
  }
  gsize end = scan->at;
  HeddleWall date;
  if (last > 0) { /* "Montag bis Freitag, 20. April": the date says more */
    heddle_scan_sign (scan, ',');
    heddle_scan_blanks (scan);
    if (heddle_when_date (reader->tables, scan, NULL, &date))
      last = 0;
  }
  scan->at = end;
  if (last == 0 || last == first || reader->reference == NULL) {
    scan->at = begin;
    return HEDDLE_WEEK_NONE;
  }
  gboolean hours = pass_hours (reader);
  gboolean title = heddle_scan_peek (scan, 0) == ' ' && g_ascii_isupper (heddle_scan_peek (scan, 1));
  if (abbreviated || hours || title || (first == 1 && last >= FRIDAY))
    return HEDDLE_WEEK_HABIT;
  HeddleWall from = heddle_when_midnight (reader);
  int ahead = first - heddle_wall_weekday (&from);
  ahead += reader->past ? (ahead >= 0 ? -7 : 0) : (ahead <= 0 ? 7 : 0);
  heddle_wall_add_days (&from, ahead);
  HeddleWall to = from;
  heddle_wall_add_days (&to, (last - first + 7) % 7);
  heddle_when_set_range (reader, from, to);
  return HEDDLE_WEEK_SPAN;
}

/* Whether a sentence begins at @at, with a capital where the script has them. */
static gboolean
opens_sentence (const char *text, gsize at)
{
  if (g_unichar_islower (g_utf8_get_char (text + at)))
    return FALSE;
  while (at > 0 && strchr (" \"'*", text[at - 1]) != NULL)
    at--;
  return at == 0 || strchr ("\n.!?:;-", text[at - 1]) != NULL;
}

gboolean
heddle_when_suits (Reader *reader, gsize at)
{
  HeddleScan *scan = &reader->scan;
  gsize end = scan->at;

  if (!opens_sentence (scan->text, at))
    return FALSE;
  gboolean found = heddle_scan_blanks (scan)
                   && heddle_when_word (reader, BIT (HEDDLE_WORD_SUITS)) != NULL;
  scan->at = end;
  return found;
}

gboolean
heddle_when_stands_alone (Reader *reader, gsize at)
{
  HeddleScan *scan = &reader->scan;
  char behind = heddle_scan_peek (scan, 0), next = heddle_scan_peek (scan, 1);

  gsize word = at > 0 ? at - 1 : 0; /* "Easter Monday" is one of its own */
  while (word > 0 && heddle_word_at (scan->text + word - 1, 1))
    word--;
  if (at < 2 || scan->text[at - 1] != ' ' || reader->behind
      || !g_unichar_islower (g_utf8_get_char (scan->text + word))
      || (behind != '\0'
          && (strchr (".,;!?\n", behind) == NULL || g_ascii_isalnum (next))))
    return FALSE;
  /* "to Friday", "and Friday", "the Friday" */
  const HeddleKinds others = BIT (HEDDLE_WORD_AND) | BIT (HEDDLE_WORD_JOINS)
                             | BIT (HEDDLE_WORD_THROUGH) | BIT (HEDDLE_WORD_THE)
                             | BIT (HEDDLE_WORD_NUMBER) | BIT (HEDDLE_WORD_OF)
                             | BIT (HEDDLE_WORD_BY) | BIT (HEDDLE_WORD_NEXT);
  if (heddle_when_word_before (reader->tables, scan->text, 0, at, others, NULL) != NULL)
    return FALSE;
  reader->on = reader->alone = TRUE;
  return TRUE;
}
