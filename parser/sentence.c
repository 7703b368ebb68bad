/* SPDX-License-Identifier: MIT */
/* Where sentences begin and end.
 *
 * A sentence ends at ".", "?", "!" and their kin of other scripts when white space
 * follows, at a blank line, and at a line's end where the next line is no continuation:
 * an item of a list, or anything behind a short line, since mailers wrap only long ones.
 * Dots of abbreviations (the languages' tables), initials and numbers end none.
 *
 * Not handled: scripts that end sentences otherwise (Thai).
 */
#include "parser/facts.h"
#include "parser/scan.h"

#include <string.h>

enum { SHORT_LINE = 50, LONGEST_ABBREVIATION = 12 };

gboolean
heddle_greek_question_at (const char *text, gsize length, gsize at)
{
  if (at < 2 || at >= length || text[at] != ';' || (guchar) text[at - 1] < 0x80)
    return FALSE;
  const char *before = g_utf8_find_prev_char (text, text + at);
  return before != NULL && g_unichar_get_script (g_utf8_get_char (before)) == G_UNICODE_SCRIPT_GREEK;
}

/* The bytes of what ends a sentence at @text, else 0. */
static gsize
stop_at (const char *text, gsize length)
{
  if (length == 0)
    return 0;
  if (*text == '.' || *text == '?' || *text == '!')
    return 1;
  if ((guchar) *text < 0x80)
    return 0;
  switch (g_utf8_get_char (text)) {
  case 0x037e: case 0x3002: case 0xff01: case 0xff1f: case 0x061f: case 0x06d4: case 0x0964: case 0x2026:
    return (gsize) (g_utf8_next_char (text) - text);
  default:
    return 0;
  }
}

/* Whether the dot at @at stands within a date: "3. Mai", "2018. április 10. napján". */
static gboolean
is_ordinal (const HeddleTables *tables, const char *text, gsize length, gsize at)
{
  gsize digits = 0;
  HeddleScan scan = { text, length, at + 1 };

  while (digits < 5 && digits < at && g_ascii_isdigit (text[at - 1 - digits]))
    digits++;
  if (digits == 0 || digits == 3 || digits > 4 || !heddle_scan_blanks (&scan))
    return FALSE;
  if (digits < at && heddle_word_at (text + at - 1 - digits, 1))
    return FALSE;
  if (digits < 3 && g_ascii_islower (heddle_scan_peek (&scan, 0)))
    return TRUE;
  return heddle_names_at (tables->names, HEDDLE_NAME_MONTH, text + scan.at, length - scan.at, NULL)
         > 0;
}

/* Whether the dot at @at ends but a word: "Mr.", "e.g.", "A.", or a number of a date. */
static gboolean
is_abbreviation (const HeddleTables *tables, const char *text, gsize length, gsize at)
{
  gsize start = at, bytes;

  if (at > 0 && g_ascii_isdigit (text[at - 1]))
    return is_ordinal (tables, text, length, at);
  while (start > 0 && at - start < LONGEST_ABBREVIATION
         && (g_ascii_isalpha (text[start - 1]) || (guchar) text[start - 1] >= 0x80
             || (text[start - 1] == '.' && start != at)))
    start--;
  if (at - start == 1 && g_ascii_isupper (text[start]) && text[start] != 'I')
    return TRUE;
  const HeddleWord *word = heddle_words_at (tables->words, text + start, at + 1 - start,
                                            HEDDLE_WORD_BIT (HEDDLE_WORD_ABBREVIATION), &bytes);
  if (word == NULL || bytes != at + 1 - start)
    return FALSE;
  HeddleScan scan = { text, length, at + 1 };
  heddle_scan_blanks (&scan);
  char next = heddle_scan_peek (&scan, 0);
  return word->value == 0 || g_ascii_islower (next) || g_ascii_isdigit (next);
}

/* Bytes of quotation marks and brackets that close behind a stop. */
static gsize
closers_at (const char *text, gsize length)
{
  gsize bytes = 0;

  while (bytes < length) {
    if (strchr ("\"')]*_", text[bytes]) != NULL)
      bytes++;
    else if (length - bytes >= 3 && (strncmp (text + bytes, "\342\200\235", 3) == 0
                                     || strncmp (text + bytes, "\342\200\231", 3) == 0))
      bytes += 3;
    else if (length - bytes >= 3 && (strncmp (text + bytes, "」", 3) == 0
                                     || strncmp (text + bytes, "』", 3) == 0
                                     || strncmp (text + bytes, "）", 3) == 0))
      bytes += 3;
    else if (length - bytes >= 2 && strncmp (text + bytes, "\302\273", 2) == 0)
      bytes += 2;
    else
      break;
  }
  return bytes;
}

/* Whether a blank line at @at is but a page's break: no stop before it, and a small letter
 * behind it. */
static gboolean
is_page_break (const char *text, gsize length, gsize at)
{
  guint ends = 0;
  gsize next = at;

  while (next < length && ends < 4 && g_ascii_isspace (text[next]))
    ends += text[next++] == '\n';
  return at > 0 && next < length && g_ascii_islower (text[next]) && heddle_word_at (text + at - 1, 1);
}

static gboolean
ends_in_link (const char *line, gsize length)
{
  const char *scheme = g_strrstr_len (line, (gssize) length, "://");
  if (scheme == NULL)
    return FALSE;
  for (const char *p = scheme; p < line + length; p++)
    if (*p == ' ' || (guchar) *p >= 0x80)
      return FALSE;
  return TRUE;
}

/* Whether the line end at @at, whose line began at @line, ends a sentence too. */
static gboolean
line_ends_sentence (const char *text, gsize length, gsize line, gsize at)
{
  HeddleScan scan = { text, length, at + 1 };

  while (heddle_scan_peek (&scan, 0) == ' ' || heddle_scan_peek (&scan, 0) == '\t')
    scan.at++;
  char next = heddle_scan_peek (&scan, 0);
  if (next == '\n')
    return !is_page_break (text, length, at);
  if (next == '\0' || next == '-' || next == '*'
      || strncmp (text + scan.at, "\342\200\242", 3) == 0) /* a bullet */
    return TRUE;
  if (g_ascii_isdigit (next)
      && (heddle_scan_peek (&scan, 1) == '.' || heddle_scan_peek (&scan, 1) == ')'))
    return TRUE;
  if (at > line && text[at - 1] == ':')
    return TRUE;
  if (at == line) /* the second of two line ends: the first has told */
    return FALSE;
  /* A link that ends a line is mostly the line's end too; wrapped text would go on small. */
  if (heddle_unspaced_at (text + scan.at, length - scan.at) && ends_in_link (text + line, at - line))
    return TRUE;
  gboolean comma = text[at - 1] == ','
                   || (at - line >= 3 && (memcmp (text + at - 3, "，", 3) == 0
                                          || memcmp (text + at - 3, "、", 3) == 0));
  return at - line < SHORT_LINE && !g_ascii_islower (next)
         && (!comma || at - line < SHORT_LINE / 2);
}

/* Most bytes of a text end nothing. */
static inline gboolean
may_end (char c)
{
  static const guint8 ends[0x80] = { ['.'] = 1, ['?'] = 1, ['!'] = 1, ['\n'] = 1, [';'] = 1 };
  return (guchar) c >= 0x80 || ends[(guchar) c];
}

void
heddle_sentences_each (const HeddleTables *tables, const char *text, gsize length,
                       void (*func) (gsize start, gsize end, gpointer user_data),
                       gpointer user_data)
{
  gsize start = 0, line = 0, at = 0;

  while (at <= length) {
    while (at < length && !may_end (text[at]))
      at++;
    gsize end = at, stop = 0;
    gboolean ends = at == length;

    if (!ends && text[at] == '\n') {
      ends = line_ends_sentence (text, length, line, at);
      line = at + 1;
    } else if (!ends && heddle_greek_question_at (text, length, at)) {
      end = at + 1;
      ends = end == length || heddle_blank_at (text + end, length - end) > 0;
    } else if (!ends && (stop = stop_at (text + at, length - at)) > 0) {
      while ((stop = stop_at (text + end, length - end)) > 0)
        end += stop;
      end += closers_at (text + end, length - end);
      ends = end == length || heddle_blank_at (text + end, length - end) > 0
             || (guchar) text[at] >= 0x80;
      if (ends && text[at] == '.' && end == at + 1)
        ends = !is_abbreviation (tables, text, length, at);
    }
    gsize next = MAX (end, at + 1);
    if (ends) {
      gsize begin = start, blank;
      while (begin < end && (blank = heddle_blank_at (text + begin, end - begin)) > 0)
        begin += blank;
      if (begin < end)
        func (begin, end, user_data);
      start = MAX (end, at == length ? length : end);
    }
    at = next;
  }
}
