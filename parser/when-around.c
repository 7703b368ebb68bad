/* SPDX-License-Identifier: MIT */
/* What stands around a time that running text speaks of, and changes what it says: a time
 * of day before its day ("15:40 on 3 April", "às 15:40 de 3 de abril"), the word that opens
 * a span ("between 3 and 5 May"), and the word that makes a date a street's name ("calle 2
 * de Mayo", "1 May Street").
 *
 * It looks back from a place that was found, over a few words at most, so that nothing is
 * to be asked at words where no time stands.
 *
 * Not handled: streets whose word is glued to the date, or stands further away.
 */
#include "parser/when-cores.h"

#include <string.h>

#define BIT HEDDLE_WORD_BIT

enum {
  MOST_WORDS = 4,
  WORD_BYTES = 40,
  CLOCK_BYTES = 40 /* of a time of day with what joins it to its day */
};

static gboolean
is_blank_byte (char c)
{
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Back over blanks and opening quotes. */
static gsize
back_over_gap (const char *text, gsize least, gsize at)
{
  static const char *const quotes[]
      = { "\"", "'", "\xe2\x80\x9e", "\xe2\x80\x9c", "\xe2\x80\x98", "\xc2\xab", NULL };
  gboolean moved = TRUE;

  while (moved) {
    moved = at > least && is_blank_byte (text[at - 1]);
    at -= moved;
    for (gsize i = 0; quotes[i] != NULL && !moved; i++) {
      gsize bytes = strlen (quotes[i]);
      moved = at - least >= bytes && memcmp (text + at - bytes, quotes[i], bytes) == 0;
      at -= moved ? bytes : 0;
    }
  }
  return at;
}

const HeddleWord *
heddle_when_word_before (const HeddleTables *tables, const char *text, gsize least, gsize end,
                         HeddleKinds kinds, gsize *ret_begin)
{
  const HeddleWord *found = NULL;
  gsize last = back_over_gap (text, least, end), at = last;

  for (guint words = 0; words < MOST_WORDS && at > least; words++) {
    gsize begin = at, bytes;
    while (begin > least && at - begin < WORD_BYTES && !is_blank_byte (text[begin - 1]))
      begin--;
    if (at == begin || ((guchar) text[begin] & 0xc0) == 0x80)
      break;
    const HeddleWord *word
        = heddle_words_at (tables->words, text + begin, last - begin, kinds, &bytes);
    if (word != NULL && bytes == last - begin) {
      found = word;
      if (ret_begin != NULL)
        *ret_begin = begin;
    }
    at = begin;
    while (at > least && text[at - 1] == ' ')
      at--;
  }
  return found;
}

static gboolean
has_digit (const char *text, gsize from, gsize to)
{
  for (gsize at = from, bytes; at < to; at++)
    if (((guchar) text[at] & 0xc0) != 0x80 && heddle_digit_at (text + at, to - at, &bytes) >= 0)
      return TRUE;
  return FALSE;
}

/* --- streets ---------------------------------------------------------------------------- */

static gboolean
is_street (const HeddleTables *tables, const char *text, gsize length, gsize least,
           const HeddleWhenPlace *place)
{
  const HeddleKinds street = BIT (HEDDLE_WORD_AROUND);
  HeddleScan scan = { text, length, place->at.end };

  const HeddleWord *word
      = heddle_when_word_before (tables, text, least, place->at.start, street, NULL);
  if (word != NULL && word->value == HEDDLE_AROUND_STREET)
    return TRUE;
  gsize digit = place->at.start, bytes; /* "Avenue du 14 Juillet", where "du" is the place's */
  while (digit < place->at.end
         && (((guchar) text[digit] & 0xc0) == 0x80
             || heddle_digit_at (text + digit, place->at.end - digit, &bytes) < 0))
    digit++;
  word = digit > place->at.start
             ? heddle_when_word_before (tables, text, least, digit, street, NULL)
             : NULL;
  if (word != NULL && word->value == HEDDLE_AROUND_STREET)
    return TRUE;
  heddle_scan_char (&scan, '.'); /* "Március 15. tér" */
  if (!heddle_scan_blanks (&scan))
    return FALSE;
  word = heddle_words_at (tables->words, text + scan.at, length - scan.at, street, NULL);
  /* "On 1 May place your order" */
  return word != NULL
         && (word->value == HEDDLE_AROUND_STREET_BEHIND
             || (word->value == HEDDLE_AROUND_STREET_NAME
                 && !g_unichar_islower (g_utf8_get_char (text + scan.at))));
}

/* --- the time of day before its day ------------------------------------------------------- */

/* Whether a time of day begins at @at and nothing but blanks or a comma stands between it
 * and @end; behind a comma @dated must be: "at 10:00, on Friday we" are two things. */
static gboolean
read_clock (const HeddleTables *tables, const char *text, gsize at, gsize end, gboolean dated,
            HeddleWall *clock, gboolean *ret_dot)
{
  HeddleScan scan = { text, end, at };
  gboolean has_offset;
  int minutes;
  HeddleClockKind kind = heddle_when_clock (tables, &scan, clock);

  if (kind != HEDDLE_CLOCK_MINUTE && kind != HEDDLE_CLOCK_SECOND)
    return FALSE;
  *ret_dot = memchr (text + at, '.', MIN (3, scan.at - at)) != NULL;
  heddle_when_zone (&scan, &has_offset, &minutes);
  heddle_scan_blanks (&scan);
  if (dated && heddle_scan_sign (&scan, ','))
    heddle_scan_blanks (&scan);
  return scan.at == end;
}

static void
take_clock_before (const HeddleTables *tables, const char *text, gsize least,
                   HeddleWhenPlace *place)
{
  const HeddleKinds joins = BIT (HEDDLE_WORD_ON) | BIT (HEDDLE_WORD_OF);
  gsize day = place->at.start, stop = MAX (least, day - MIN (day, CLOCK_BYTES)), begin, bytes;
  HeddleWall clock = { 0 };
  gboolean dot;

  if (day == stop || !is_blank_byte (text[day - 1]) || !has_digit (text, stop, day))
    return;
  /* "15:40 de 3 de abril", where "de" is forenoon in Hungarian */
  gboolean digit = heddle_digit_at (text + day, place->at.end - day, &bytes) >= 0;
  /* "12:00 CET, Thursday 19 April" */
  gboolean dated = has_digit (text, day, place->at.end);
  gsize end = digit && heddle_when_word_before (tables, text, stop, day, joins, &begin) != NULL
                  ? begin
                  : day;
  for (gsize at = day; at > stop;) {
    at--;
    if (((guchar) text[at] & 0xc0) == 0x80 || heddle_digit_at (text + at, day - at, &bytes) < 0
        || !heddle_word_begins (text, at) || (at > 0 && strchr (".:-/#$+@", text[at - 1]) != NULL)
        || !read_clock (tables, text, at, end, dated && end == day, &clock, &dot))
      continue;
    gboolean named = heddle_when_word_before (tables, text, least, at, BIT (HEDDLE_WORD_AT), &begin)
                     != NULL;
    if (dot && !named) /* "3.50 on Friday" is an amount */
      return;
    place->at.start = named ? begin : at;
    place->from.hour = clock.hour;
    place->from.minute = clock.minute;
    place->from.second = clock.second;
    place->precision = HEDDLE_PRECISION_MINUTE;
    return;
  }
}

/* "every Friday" is no day. */
static gboolean
is_every (const HeddleTables *tables, const char *text, gsize least, const HeddleWhenPlace *place)
{
  const HeddleWord *word = heddle_when_word_before (tables, text, least, place->at.start,
                                                    BIT (HEDDLE_WORD_AROUND), NULL);
  return word != NULL && word->value == HEDDLE_AROUND_EVERY;
}

gboolean
heddle_when_clock_before (const HeddleTables *tables, const char *text, gsize day)
{
  gsize stop = day - MIN (day, CLOCK_BYTES), bytes;
  HeddleWall clock = { 0 };
  gboolean dot;

  if (day == 0 || !is_blank_byte (text[day - 1]) || !has_digit (text, stop, day))
    return FALSE;
  for (gsize at = day; at > stop;) {
    at--;
    if (((guchar) text[at] & 0xc0) == 0x80 || heddle_digit_at (text + at, day - at, &bytes) < 0
        || !heddle_word_begins (text, at) || (at > 0 && strchr (".:-/#$+@", text[at - 1]) != NULL))
      continue;
    return read_clock (tables, text, at, day, FALSE, &clock, &dot) && !dot;
  }
  return FALSE;
}

gboolean
heddle_when_around (const HeddleTables *tables, const char *text, gsize length, gsize least,
                    HeddleWhenPlace *place)
{
  gsize begin;

  if (place->has_to) {
    const HeddleWord *word = heddle_when_word_before (tables, text, least, place->at.start,
                                                      BIT (HEDDLE_WORD_AROUND), &begin);
    if (word != NULL && word->value == HEDDLE_AROUND_BETWEEN)
      place->at.start = begin;
  } else if (!has_digit (text, place->at.start, place->at.end) && is_every (tables, text, least, place))
    return FALSE;
  else if (place->precision == HEDDLE_PRECISION_DAY) {
    if (is_street (tables, text, length, least, place))
      return FALSE;
    take_clock_before (tables, text, least, place);
  }
  return TRUE;
}
