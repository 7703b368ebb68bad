/* SPDX-License-Identifier: MIT */
/* Marks that stand where something was withheld.
 *
 * Every language shares the exemptions of the US Freedom of Information Act
 * ("(b)(6)", "(b)(7)(C)"), rows of four and more "X" and rows of blocks; words in
 * brackets ("[redacted]", "<name removed>") are rows of the languages' tables. "[b6]"
 * is an exemption too.
 *
 * Not handled: bare codes ("B6"), asterisks and underscores in a row, which are
 * more often rules or emphasis; "xxxx" in lower case, which are kisses.
 */
#include "parser/redaction.h"
#include "parser/scan.h"

#include <string.h>

enum { MOST_WORDS = 48 };

/* "(b)(6)", "(b) (6)", "(b)(7)(C)". */
static gsize
exemption_at (const char *text, gsize length)
{
  HeddleScan scan = { text, length, 0 };
  int number;
  guint parts = 0;

  if (!heddle_scan_char (&scan, '(') || (!heddle_scan_char (&scan, 'b') && !heddle_scan_char (&scan, 'B'))
      || !heddle_scan_char (&scan, ')'))
    return 0;
  heddle_scan_char (&scan, ' ');
  if (!heddle_scan_char (&scan, '(') || !heddle_scan_number (&scan, 1, 1, &number, NULL)
      || !heddle_scan_char (&scan, ')') || number == 0)
    return 0;
  /* a sub-paragraph */
  while (parts++ < 2 && heddle_scan_peek (&scan, 0) == '('
         && g_ascii_isalpha (heddle_scan_peek (&scan, 1)) && heddle_scan_peek (&scan, 2) == ')'
         && heddle_scan_peek (&scan, 3) != '(')
    scan.at += 3;
  return scan.at;
}

/* "b6", "b7C", as stands in brackets: "[b6]". */
static gsize
bare_exemption_at (const char *text, gsize length)
{
  gsize bytes = 2;

  if (length < 3 || (text[0] != 'b' && text[0] != 'B') || text[1] < '1' || text[1] > '9')
    return 0;
  if (text[bytes] >= 'A' && text[bytes] <= 'F')
    bytes++;
  return bytes;
}

/* U+2580-259F (block elements) and U+25A0, U+25AC, U+25AE. */
static gsize
block_at (const char *text, gsize length)
{
  const guchar *t = (const guchar *) text;

  if (length < 3 || t[0] != 0xe2)
    return 0;
  if ((t[1] == 0x96 && (t[2] <= 0xa0 || t[2] == 0xac || t[2] == 0xae)))
    return 3;
  return 0;
}

static gsize
row_at (const char *text, gsize length)
{
  gsize bytes = 0, one, count = 0;

  while (bytes < length && text[bytes] == 'X')
    bytes++;
  if (bytes >= 4 && !heddle_word_at (text + bytes, length - bytes))
    return bytes;
  for (bytes = 0; (one = block_at (text + bytes, length - bytes)) > 0; count++)
    bytes += one;
  return count >= 2 ? bytes : 0;
}

/* The end of the words from @at on that say "withheld", if they fill the bracket. */
static gboolean
words_fill (const HeddleTables *tables, const char *text, gsize length)
{
  for (gsize at = 0; at < length; at++) {
    gsize bytes;
    if (!heddle_letter_at (text + at, length - at) || !heddle_word_begins (text, at))
      continue;
    const HeddleWord *word = heddle_words_at (tables->words, text + at, length - at,
                                              HEDDLE_WORD_BIT (HEDDLE_WORD_WITHHELD), &bytes);
    if (word != NULL && at + bytes == length && (at == 0 || word->value == 1))
      return TRUE;
  }
  return FALSE;
}

static gsize
bracket_at (const HeddleTables *tables, const char *text, gsize length)
{
  static const char open[] = "<[({", close[] = ">])}";
  const char *which = length > 0 && *text != '\0' ? strchr (open, *text) : NULL;

  if (which == NULL)
    return 0;
  char end = close[which - open];
  HeddleScan scan = { text, length, 1 };
  heddle_scan_blanks (&scan);
  gsize inside = scan.at;
  gsize bytes = exemption_at (text + inside, length - inside);
  if (bytes == 0)
    bytes = row_at (text + inside, length - inside);
  if (bytes == 0 && end != '>')
    bytes = bare_exemption_at (text + inside, length - inside);
  if (bytes > 0) {
    scan.at = inside + bytes;
    heddle_scan_blanks (&scan);
    if (heddle_scan_char (&scan, end))
      return scan.at;
  }
  gssize stop = heddle_find_near (text + inside, length - inside, end, MOST_WORDS);
  if (stop > 0 && words_fill (tables, text + inside, (gsize) stop))
    return inside + (gsize) stop + 1;
  return 0;
}

gsize
heddle_redaction_one (const HeddleTables *tables, const char *text, gsize length)
{
  static const guint8 begins[0x100]
      = { ['('] = 1, ['['] = 1, ['{'] = 1, ['<'] = 1, ['X'] = 1, [0xe2] = 1 };
  if (length == 0 || !begins[(guchar) *text])
    return 0;
  gsize bytes = exemption_at (text, length);
  if (bytes == 0)
    bytes = row_at (text, length);
  return bytes > 0 ? bytes : bracket_at (tables, text, length);
}

gsize
heddle_redaction_at (const HeddleTables *tables, const char *text, gsize length)
{
  gsize end = heddle_redaction_one (tables, text, length);
  gsize at = end, bytes;

  while (end > 0 && at < length) {
    if (text[at] == ' ' || text[at] == '\t' || text[at] == ',')
      at++;
    else if ((bytes = heddle_redaction_one (tables, text + at, length - at)) > 0)
      end = at += bytes;
    else
      break;
  }
  return end;
}

gboolean
heddle_redaction_fills (const HeddleTables *tables, const char *text, gsize length)
{
  return length > 0 && heddle_redaction_at (tables, text, length) == length;
}
