/* SPDX-License-Identifier: MIT */
/* The small steps that the finders of facts share; see scan.h. They know nothing of
 * dates, people or languages.
 */
#include "parser/scan.h"

#include <string.h>

#define B HEDDLE_IS_BLANK
#define D HEDDLE_IS_WORD
#define L (HEDDLE_IS_WORD | HEDDLE_IS_LETTER)
const guint8 heddle_ascii[0x80] = {
  0, 0, 0, 0, 0, 0, 0, 0, 0, B, B, B, B, B, 0, 0, /* tab to carriage return */
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  B, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  D, D, D, D, D, D, D, D, D, D, 0, 0, 0, 0, 0, 0, /* 0 to 9 */
  0, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L,
  L, L, L, L, L, L, L, L, L, L, L, 0, 0, 0, 0, D, /* _ */
  0, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L,
  L, L, L, L, L, L, L, L, L, L, L, 0, 0, 0, 0, 0,
};
#undef B
#undef D
#undef L

gsize
heddle_wide_blank_at (const char *text, gsize length)
{
  const guchar *t = (const guchar *) text;

  if (t[0] == 0xc2)
    return length > 1 && t[1] == 0xa0 ? 2 : 0; /* U+00A0 */
  if (t[0] == 0xd8)
    return length > 1 && t[1] == 0x9c ? 2 : 0; /* U+061C, a direction mark */
  if (length < 3)
    return 0;
  if (t[0] == 0xe2 && t[1] == 0x80) { /* U+2000-200A, 200E-200F, 202A-202F */
    if (t[2] <= 0x8a || t[2] == 0x8e || t[2] == 0x8f || (t[2] >= 0xaa && t[2] <= 0xaf))
      return 3;
    return 0;
  }
  if (t[0] == 0xe2 && t[1] == 0x81) /* U+205F, 2066-2069 */
    return t[2] == 0x9f || (t[2] >= 0xa6 && t[2] <= 0xa9) ? 3 : 0;
  if (t[0] == 0xe3 && t[1] == 0x80 && t[2] == 0x80) /* U+3000 */
    return 3;
  if (t[0] == 0xef && t[1] == 0xbb && t[2] == 0xbf) /* U+FEFF */
    return 3;
  return 0;
}

gboolean
heddle_wide_letter_at (const char *text, gsize length G_GNUC_UNUSED)
{
  gunichar c = g_utf8_get_char (text);
  return g_unichar_isalpha (c) || g_unichar_ismark (c);
}

gboolean
heddle_wide_word_at (const char *text, gsize length)
{
  return g_unichar_isdigit (g_utf8_get_char (text)) || heddle_wide_letter_at (text, length);
}

gboolean
heddle_unspaced_at (const char *text, gsize length)
{
  if (length == 0 || (guchar) *text < 0xe1) /* nothing below U+1000 */
    return FALSE;
  gunichar c = g_utf8_get_char (text);
  return c >= 0x2e80 && g_unichar_iswide (c) && g_unichar_isalpha (c);
}

gboolean
heddle_word_begins (const char *text, gsize at)
{
  if (at == 0)
    return TRUE;
  if ((guchar) text[at - 1] < 0x80)
    return (heddle_ascii[(guchar) text[at - 1]] & HEDDLE_IS_WORD) == 0;
  const char *before = g_utf8_find_prev_char (text, text + at);
  return before == NULL || !heddle_word_at (before, (gsize) (text + at - before));
}

gboolean
heddle_scan_blanks (HeddleScan *scan)
{
  gsize at = scan->at;
  guint ends = 0;

  while (at < scan->length) {
    gsize blank = heddle_blank_at (scan->text + at, scan->length - at);
    if (blank == 0)
      break;
    if (scan->text[at] == '\n' && ends++ == 1)
      return FALSE;
    at += blank;
  }
  gboolean moved = at > scan->at;
  scan->at = at;
  return moved;
}

gboolean
heddle_scan_char (HeddleScan *scan, char c)
{
  if (heddle_scan_peek (scan, 0) != c)
    return FALSE;
  scan->at++;
  return TRUE;
}

gboolean
heddle_scan_sign (HeddleScan *scan, char c)
{
  static const struct {
    char bytes[4], sign;
  } signs[] = {
    { "\xef\xbc\x8c", ',' }, { "\xd8\x8c", ',' },     { "\xe3\x80\x81", ',' },
    { "\xef\xbc\x8e", '.' }, { "\xef\xbc\x9a", ':' }, { "\xe2\x88\xb6", ':' }, { "\xef\xbc\x8d", '-' },
    { "\xef\xbc\x8f", '/' }, { "\xef\xbc\x88", '(' }, { "\xef\xbc\x89", ')' },
    { "\xe3\x80\x90", '[' }, { "\xe3\x80\x91", ']' }, { "\xef\xbc\x83", '#' },
  };

  if (heddle_scan_char (scan, c))
    return TRUE;
  if ((guchar) heddle_scan_peek (scan, 0) < 0x80)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++) {
    gsize length = strlen (signs[i].bytes);
    if (signs[i].sign == c && scan->length - scan->at >= length
        && memcmp (scan->text + scan->at, signs[i].bytes, length) == 0) {
      scan->at += length;
      return TRUE;
    }
  }
  return FALSE;
}

char
heddle_scan_peek (const HeddleScan *scan, gsize ahead)
{
  return ahead < scan->length - scan->at ? scan->text[scan->at + ahead] : '\0';
}

int
heddle_wide_digit_at (const char *text, gsize length, gsize *ret_bytes)
{
  /* Where each script's zero stands, and the bytes before the last one. */
  static const struct {
    char lead[3];
    guchar zero;
  } scripts[] = {
    { "\xd9", 0xa0 },     /* U+0660 Arabic */
    { "\xdb", 0xb0 },     /* U+06F0 Persian */
    { "\xe0\xa5", 0xa6 }, /* U+0966 Devanagari */
    { "\xef\xbc", 0x90 }, /* U+FF10 full-width */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++) {
    gsize lead = strlen (scripts[i].lead);
    if (length > lead && memcmp (text, scripts[i].lead, lead) == 0) {
      int digit = (guchar) text[lead] - scripts[i].zero;
      *ret_bytes = lead + 1;
      return digit >= 0 && digit <= 9 ? digit : -1;
    }
  }
  return -1;
}

gboolean
heddle_scan_number (HeddleScan *scan, guint least, guint most, int *ret, guint *ret_digits)
{
  guint digits = 0;
  int value = 0;
  gsize at = scan->at, bytes;

  g_assert (most < 10);
  while (digits <= most) {
    int digit = heddle_digit_at (scan->text + at, scan->length - at, &bytes);
    if (digit < 0)
      break;
    if (digits < most)
      value = value * 10 + digit;
    digits++;
    at += bytes;
  }
  if (digits < least || digits > most)
    return FALSE;
  scan->at = at;
  *ret = value;
  if (ret_digits != NULL)
    *ret_digits = digits;
  return TRUE;
}

gboolean
heddle_scan_word (HeddleScan *scan, const char *word)
{
  gsize length = strlen (word);

  if (scan->length - scan->at < length
      || g_ascii_strncasecmp (scan->text + scan->at, word, length) != 0
      || heddle_letter_at (scan->text + scan->at + length, scan->length - scan->at - length))
    return FALSE;
  scan->at += length;
  return TRUE;
}

gssize
heddle_find_near (const char *text, gsize length, char c, gsize most)
{
  const char *found = length > 0 ? memchr (text, c, MIN (length, most)) : NULL;

  if (found == NULL)
    return -1;
  for (const char *p = text; p + 1 < found; p++)
    if (p[0] == '\n' && p[1] == '\n')
      return -1;
  return (gssize) (found - text);
}

char *
heddle_fold_blanks (const char *text, gsize length)
{
  GString *folded = g_string_sized_new (length);
  gboolean blank = FALSE;

  for (gsize i = 0; i < length;) {
    gsize run = 0;
    while (i + run < length && (guchar) text[i + run] > ' ' && (guchar) text[i + run] < 0x7f)
      run++;
    if (run > 0) {
      if (blank && folded->len > 0)
        g_string_append_c (folded, ' ');
      blank = FALSE;
      g_string_append_len (folded, text + i, (gssize) run);
      i += run;
      continue;
    }
    gsize bytes = heddle_blank_at (text + i, length - i);
    if (bytes == 0 && g_ascii_iscntrl (text[i]))
      bytes = 1;
    if (bytes > 0) {
      blank = TRUE;
      i += bytes;
      continue;
    }
    if (blank && folded->len > 0)
      g_string_append_c (folded, ' ');
    blank = FALSE;
    g_string_append_c (folded, text[i++]);
  }
  return g_string_free (folded, FALSE);
}
