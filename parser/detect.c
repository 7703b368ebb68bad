/* SPDX-License-Identifier: MIT */
/* detect: the charset of bytes that name none, or a wrong one.
 *
 * ICU's detector, over the lines that hold bytes beyond ASCII and no more than some
 * kilobytes of them; what it says counts only with evidence, since few bytes are
 * anything: a multi-byte charset needs a high confidence, a clear lead and a conversion
 * without flaw; one of another alphabet, letters that are mostly beyond ASCII; another
 * Latin one, a clear lead over Western Europe's.
 *
 * Not handled: Thai and Vietnamese charsets, which ICU does not detect, Arabic of ISO
 * 8859-6 and visual Hebrew.
 */
#include "parser/charset.h"

#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

enum { MOST_BYTES = 8192, LEAST_LETTERS = 12 };

typedef enum { WIDE, ALPHABET, LATIN } Family;

static const struct {
  const char *detected, *meant;
  Family family;
  int confidence, lead;
} charsets[] = {
  { "Shift_JIS", "windows-31j", WIDE, 50, 25 },
  { "EUC-JP", "euc-jp", WIDE, 60, 25 },
  { "GB18030", "gb18030", WIDE, 60, 25 },
  { "Big5", "big5-hkscs", WIDE, 60, 25 },
  { "EUC-KR", "windows-949", WIDE, 60, 25 },
  { "KOI8-R", "koi8-u", ALPHABET, 20, 10 },
  { "windows-1251", "windows-1251", ALPHABET, 20, 10 },
  { "ISO-8859-5", "iso-8859-5", ALPHABET, 20, 10 },
  { "ISO-8859-7", "windows-1253", ALPHABET, 20, 10 },
  { "windows-1253", "windows-1253", ALPHABET, 20, 10 },
  { "ISO-8859-8", "windows-1255", ALPHABET, 20, 5 },
  { "ISO-8859-8-I", "windows-1255", ALPHABET, 20, 5 },
  { "windows-1255", "windows-1255", ALPHABET, 20, 5 },
  { "windows-1256", "windows-1256", ALPHABET, 20, 5 },
  { "ISO-8859-2", "windows-1250", LATIN, 30, 12 },
  { "windows-1250", "windows-1250", LATIN, 30, 12 },
  { "ISO-8859-9", "windows-1254", LATIN, 35, 15 },
  { "windows-1254", "windows-1254", LATIN, 35, 15 },
};

/* The lines of @bytes with something beyond ASCII, up to a bound. */
static GString *
telling_lines (const char *bytes, gsize length)
{
  GString *lines = g_string_new (NULL);
  const char *end = bytes + length;

  for (const char *p = bytes, *next; p < end && lines->len < MOST_BYTES; p = next) {
    const char *lf = memchr (p, '\n', (gsize) (end - p));
    gboolean tells = FALSE;
    next = lf != NULL ? lf + 1 : end;
    for (const char *q = p; q < next && !tells; q++)
      tells = (guchar) *q >= 0x80;
    if (tells)
      g_string_append_len (lines, p, MIN (next - p, MOST_BYTES));
  }
  return lines;
}

/* Whether most letters lie beyond ASCII, as in no language of Latin letters. @ret_letters:
 * (out) how many do. */
gboolean
heddle_charset_is_alphabet (const char *bytes, gsize length, gsize *ret_letters)
{
  gsize high = 0, ascii = 0;

  for (gsize i = 0; i < length; i++) {
    high += (guchar) bytes[i] >= 0xc0;
    ascii += g_ascii_isalpha (bytes[i]);
  }
  *ret_letters = high;
  return high > ascii;
}

/* Whether one in four of the pairs is hiragana in EUC-JP; the Chinese charsets have kana
 * at the same place, but their texts do not. */
static gboolean
has_kana (const GString *lines)
{
  gsize pairs = 0, kana = 0;

  for (gsize i = 0; i + 1 < lines->len; i++)
    if ((guchar) lines->str[i] >= 0xa1) {
      pairs++;
      kana += (guchar) lines->str[i] == 0xa4;
      i++;
    }
  return pairs >= LEAST_LETTERS && kana * 4 >= pairs;
}

/* Whether every byte of the lines means something in a charset; they may be cut at their
 * end. */
static gboolean
is_flawless (const char *name, const GString *lines)
{
  g_autofree UChar *out = g_new (UChar, 2 * MOST_BYTES);
  UErrorCode status = U_ZERO_ERROR;
  UConverter *converter = ucnv_open (name, &status);
  const char *source = lines->str;
  UChar *target = out;

  if (U_FAILURE (status))
    return FALSE;
  ucnv_setToUCallBack (converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
  ucnv_toUnicode (converter, &target, out + 2 * MOST_BYTES, &source,
                  lines->str + MIN (lines->len, MOST_BYTES), NULL, FALSE, &status);
  ucnv_close (converter);
  return U_SUCCESS (status) || status == U_BUFFER_OVERFLOW_ERROR;
}

/* The next match from @from on that may be: its index, @n when there is none. @not: (nullable)
 * a charset that is meant no more. */
static int32_t
next_match (const UCharsetMatch **matches, int32_t n, int32_t from, const char *not,
            const GString *lines)
{
  for (int32_t i = from; i < n; i++) {
    UErrorCode status = U_ZERO_ERROR;
    const char *name = ucsdet_getName (matches[i], &status);
    if (not != NULL && strncmp (not, name, 10) == 0) /* "ISO-8859-8" and "ISO-8859-8-I" are one */
      continue;
    const char *meant = name;
    for (gsize k = 0; k < G_N_ELEMENTS (charsets); k++)
      if (strcmp (charsets[k].detected, name) == 0)
        meant = charsets[k].meant;
    if (is_flawless (meant, lines))
      return i;
  }
  return n;
}

static const char *
judge (const UCharsetMatch **matches, int32_t n, const GString *lines)
{
  UErrorCode status = U_ZERO_ERROR;
  int32_t best = next_match (matches, n, 0, NULL, lines);
  if (best >= n)
    return NULL;
  const char *name = ucsdet_getName (matches[best], &status);
  int confidence = ucsdet_getConfidence (matches[best], &status);
  int32_t other = next_match (matches, n, best + 1, name, lines);
  int lead = confidence - (other < n ? ucsdet_getConfidence (matches[other], &status) : 0);
  gsize letters;
  gboolean alphabet = heddle_charset_is_alphabet (lines->str, lines->len, &letters);

  if ((strcmp (name, "EUC-JP") == 0 || strcmp (name, "GB18030") == 0) && has_kana (lines))
    return "euc-jp";
  for (gsize i = 0; i < G_N_ELEMENTS (charsets); i++) {
    if (strcmp (charsets[i].detected, name) != 0)
      continue;
    if (confidence < charsets[i].confidence || lead < charsets[i].lead)
      return NULL;
    return charsets[i].family != ALPHABET || (alphabet && letters >= LEAST_LETTERS)
               ? charsets[i].meant
               : NULL;
  }
  return NULL;
}

const char *
heddle_charset_detect (const char *bytes, gsize length)
{
  UErrorCode status = U_ZERO_ERROR;
  GString *lines = telling_lines (bytes, length);
  UCharsetDetector *detector = ucsdet_open (&status);
  const char *found = NULL;
  int32_t n = 0;

  if (U_SUCCESS (status)) {
    ucsdet_setText (detector, lines->str, (int32_t) lines->len, &status);
    ucsdet_enableInputFilter (detector, memchr (lines->str, '<', lines->len) != NULL);
    const UCharsetMatch **matches = ucsdet_detectAll (detector, &n, &status);
    if (U_SUCCESS (status) && n > 0)
      found = judge (matches, n, lines);
  }
  ucsdet_close (detector);
  g_string_free (lines, TRUE);
  return found;
}
