/* SPDX-License-Identifier: MIT */
/* order: see order.h. What CLDR's short pattern of each language says, by the labels and
 * the word for "wrote" around the date; words of several languages decide where all of
 * these have one order. English is left as it was read, month first, since its countries
 * differ: the rest of the chain (clock.c) may turn it round.
 */
#include "parser/order.h"

#include "parser/scan.h"

#include <string.h>

enum { WORDS_BYTES = 400 }; /* of a line that are looked at */

static char
pass_sign (HeddleScan *scan)
{
  heddle_scan_blanks (scan); /* direction marks */
  char sign = heddle_scan_sign (scan, '/') ? '/' : heddle_scan_sign (scan, '-') ? '-' : '\0';
  heddle_scan_blanks (scan);
  return sign;
}

/* The two numbers before the year, if @raw has a date of that form. */
static gboolean
read_two (const char *raw, int *ret_first, int *ret_second)
{
  HeddleScan scan = { raw, strlen (raw), 0 };
  gsize bytes;

  while (scan.at < scan.length) {
    if (heddle_digit_at (raw + scan.at, scan.length - scan.at, &bytes) < 0) {
      scan.at = (gsize) (g_utf8_next_char (raw + scan.at) - raw);
      continue;
    }
    int year;
    guint digits;
    gsize begin = scan.at;
    if (heddle_scan_number (&scan, 1, 2, ret_first, NULL)) {
      char sign = pass_sign (&scan);
      if (sign != '\0' && heddle_scan_number (&scan, 1, 2, ret_second, NULL)
          && pass_sign (&scan) == sign && heddle_scan_number (&scan, 2, 4, &year, &digits))
        return digits == 2 || (year >= 1900 && year < 2200);
    }
    scan.at = begin;
    while (heddle_digit_at (raw + scan.at, scan.length - scan.at, &bytes) >= 0)
      scan.at += bytes;
  }
  return FALSE;
}

HeddleOrder
heddle_order_of (const char *raw)
{
  int first, second;

  if (!read_two (raw, &first, &second) || first == second)
    return HEDDLE_ORDER_NONE;
  if (first > 12)
    return HEDDLE_ORDER_DAY_FIRST;
  return second > 12 ? HEDDLE_ORDER_MONTH_FIRST : HEDDLE_ORDER_EITHER;
}

gboolean
heddle_order_is_month_first (const char *raw, const HeddleWall *wall)
{
  int first, second;

  return read_two (raw, &first, &second) && wall->month == first;
}

HeddleWall
heddle_order_other (const HeddleWall *wall)
{
  HeddleWall other = *wall;
  other.day = wall->month;
  other.month = wall->day;
  return other;
}

void
heddle_order_swap (HeddleDate *date)
{
  date->local = heddle_order_other (&date->local);
  if (date->has_offset) {
    date->utc = heddle_wall_to_seconds (&date->local) - (gint64) date->offset * 60;
    date->has_utc = TRUE;
  }
}

/* Narrow @languages by the words of one line; a word of none of them says nothing. */
static guint64
narrow (const HeddleView *view, guint i, guint64 languages)
{
  const HeddleKinds kinds
      = HEDDLE_WORD_BIT (HEDDLE_WORD_FROM) | HEDDLE_WORD_BIT (HEDDLE_WORD_TO)
        | HEDDLE_WORD_BIT (HEDDLE_WORD_CC) | HEDDLE_WORD_BIT (HEDDLE_WORD_SUBJECT)
        | HEDDLE_WORD_BIT (HEDDLE_WORD_DATE);
  const HeddleKinds wrote = HEDDLE_WORD_BIT (HEDDLE_WORD_WROTE);
  gsize length, at = 0, bytes;
  const char *text = heddle_view_content (view, i, &length);

  while (at < length && !heddle_letter_at (text + at, length - at) && at < 8)
    at = (gsize) (g_utf8_next_char (text + at) - text);
  guint64 these = languages;
  if (at < length
      && heddle_words_in (view->tables->words, text + at, length - at, kinds, &these, &bytes) != NULL
      && at + bytes < length && strchr (": *\xef\xc2", text[at + bytes]) != NULL)
    return these;
  for (; at < length && at < WORDS_BYTES; at = (gsize) (g_utf8_next_char (text + at) - text)) {
    these = languages;
    if (heddle_word_begins (text, at)
        && heddle_words_in (view->tables->words, text + at, length - at, wrote, &these, NULL) != NULL)
      languages = these;
  }
  return languages;
}

void
heddle_order_by_words (const HeddleView *view, HeddleBoundary *boundary)
{
  HeddleDate *date = boundary->date;
  guint64 languages = HEDDLE_ALL_LANGUAGES;

  if (date == NULL || !date->has_local || heddle_order_of (date->raw) != HEDDLE_ORDER_EITHER
      || !heddle_order_is_month_first (date->raw, &date->local))
    return;
  for (guint i = boundary->first; i <= boundary->last && i < view->lines->len; i++)
    languages = narrow (view, i, languages);
  if (languages != HEDDLE_ALL_LANGUAGES
      && (languages & ~heddle_names_day_first (view->tables->names)) == 0)
    heddle_order_swap (date);
}
