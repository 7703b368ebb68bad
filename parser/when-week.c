/* SPDX-License-Identifier: MIT */
/* Weekdays that stand without a preposition: spans of them ("Monday to Wednesday"), and one
 * that opens a sentence ("Thursday works for the call").
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
