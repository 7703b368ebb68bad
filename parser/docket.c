/* SPDX-License-Identifier: MIT */
/* File numbers of courts and the police that are more than one run of letters and digits.
 *
 * Three kinds: chamber, register and number with blanks between them, as from Germany to
 * Slovakia and in Sweden ("12 Js 345/18", "II K 345/18", "T 1234-18"), the federal courts of
 * the United States ("1:18-cv-01234-AB"), and those of East Asia, which name the year and
 * the register in their script ("(2018)京01刑初123号", "平成30年(ワ)第1234号", "2018고단1234").
 *
 * Not handled: numbers without a word before them that says what they are.
 */
#include "parser/docket.h"
#include "parser/scan.h"

#include <string.h>

enum { MOST_GROUPS = 3, LONGEST_GROUP = 4, MOST_DIGITS = 7, MOST_RUN = 40, MOST_INITIALS = 12 };

/* Bytes of the blank at @at that may stand within a number: one, not a line's end. */
static gsize
one_blank (const char *text, gsize length, gsize at)
{
  gsize blank = at < length && text[at] != '\n' ? heddle_blank_at (text + at, length - at) : 0;
  return blank > 0 && heddle_blank_at (text + at + blank, length - at - blank) == 0 ? blank : 0;
}

/* Bytes of "12", "Js", "BvR", "I.", "XII": digits, or letters of which the first is a capital. */
static gsize
group_at (const char *text, gsize length, gsize at, gboolean *ret_letters)
{
  gsize end = at;
  guint characters = 0;
  gboolean letters = FALSE;

  for (; end < length && characters <= LONGEST_GROUP; characters++) {
    gboolean digit = g_ascii_isdigit (text[end]);
    if (digit ? letters : !heddle_letter_at (text + end, length - end))
      break;
    if (!digit && ((characters > 0 && !letters)
                   || (characters == 0 && !g_unichar_isupper (g_utf8_get_char (text + end)))))
      return 0;
    letters = letters || !digit;
    end = (gsize) (g_utf8_next_char (text + end) - text);
  }
  if (characters == 0 || characters > LONGEST_GROUP)
    return 0;
  *ret_letters = *ret_letters || letters;
  return end - at + (letters && end < length && text[end] == '.');
}

static gsize
digits_at (const char *text, gsize length, gsize at)
{
  gsize end = at;
  while (end < length && end - at <= MOST_DIGITS && g_ascii_isdigit (text[end]))
    end++;
  return end - at <= MOST_DIGITS ? end - at : 0;
}

/* Bytes of "345/18", "34/2018-12", "1234-18": number and year, and a sheet perhaps. */
static gsize
number_and_year (const char *text, gsize length, gsize at)
{
  gsize number = digits_at (text, length, at), end = at + number;

  if (number == 0 || end >= length || strchr ("/-", text[end]) == NULL)
    return 0;
  gsize year = digits_at (text, length, end + 1);
  if (year != 2 && year != 4)
    return 0;
  end += 1 + year;
  if (end + 1 < length && strchr ("/-.", text[end]) != NULL)
    end += digits_at (text, length, end + 1) > 0 ? 1 + digits_at (text, length, end + 1) : 0;
  return heddle_word_at (text + end, length - end) && !heddle_unspaced_at (text + end, length - end)
             ? 0
             : end - at;
}

/* "12 Js 345/18" */
static gsize
chamber_at (const char *text, gsize length, gsize at)
{
  gboolean letters = FALSE;
  gsize end = at;

  for (guint groups = 0; groups < MOST_GROUPS; groups++) {
    gsize group = group_at (text, length, end, &letters);
    gsize blank = group > 0 ? one_blank (text, length, end + group) : 0;
    if (blank == 0)
      return 0;
    end += group + blank;
    gsize last = number_and_year (text, length, end);
    if (last > 0)
      return letters ? end + last - at : 0;
  }
  return 0;
}

/* "1:18-cv-01234-AB" */
static gsize
federal_at (const char *text, gsize length, gsize at)
{
  gsize office = digits_at (text, length, at), end = at + office;

  if (office == 0 || office > 2 || length - end < 8 || text[end] != ':'
      || digits_at (text, length, end + 1) != 2 || text[end + 3] != '-'
      || !g_ascii_isalpha (text[end + 4]) || !g_ascii_isalpha (text[end + 5]) || text[end + 6] != '-')
    return 0;
  gsize number = digits_at (text, length, end + 7);
  end += 7 + number;
  if (number < 2 || heddle_word_at (text + end, length - end))
    return 0;
  while (end + 1 < length && text[end] == '-' && g_ascii_isupper (text[end + 1])) {
    gsize initials = end + 1;
    while (initials < length && initials - end <= MOST_INITIALS && g_ascii_isupper (text[initials]))
      initials++;
    end = initials;
    if (end - at > MOST_RUN)
      return 0;
  }
  return end - at;
}

/* Of East Asia: a run that has a year, a register and digits, and ends with the sign for a
 * number; Korea's ends with the digits themselves. */
static gsize
eastern_at (const char *text, gsize length, gsize at)
{
  guint digits = 0, letters = 0, characters = 0;
  gboolean year = FALSE, turned = FALSE;
  gsize end = at, bytes;

  for (; end < length && characters < MOST_RUN; characters++) {
    gunichar c = g_utf8_get_char (text + end);
    gsize next = (gsize) (g_utf8_next_char (text + end) - text);
    gboolean digit = heddle_digit_at (text + end, length - end, &bytes) >= 0;
    if ((c == 0x53f7 || c == 0x865f) && year && digits > 2) /* 号, 號 */
      return next - at;
    if (c == '(' || c == 0xff08 || c == 0x3014)
      year = year || end == at; /* "(2018)京…" */
    else if (c == 0x5e74 || c == 0x5b57) /* 年, 字 */
      year = TRUE;
    else if (!digit && c != ')' && c != 0xff09 && c != 0x3015
             && !heddle_unspaced_at (text + end, length - end))
      break;
    letters += !digit && c >= 0xac00 && c <= 0xd7a3; /* Hangul */
    turned = turned || (!digit && digits != 2 && digits != 4);
    if (digit && letters > 0 && letters <= 3 && !turned) {
      while (end < length && heddle_digit_at (text + end, length - end, &bytes) >= 0
             && characters++ < MOST_RUN)
        end += bytes;
      return end - at;
    }
    digits += digit;
    end = next;
  }
  return 0;
}

gsize
heddle_docket_at (const char *text, gsize length, gsize at)
{
  if (at >= length)
    return 0;
  gsize bytes = chamber_at (text, length, at);
  bytes = bytes > 0 ? bytes : federal_at (text, length, at);
  return bytes > 0 ? bytes : eastern_at (text, length, at);
}
