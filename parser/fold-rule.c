/* SPDX-License-Identifier: MIT */
/* fold-rule: what folding is, said with ICU. For make-fold.c, which writes it down as
 * tables, and for tests; no part of the parser.
 *
 * Folding is Unicode's NFKC_Casefold (case, compatibility forms, characters that
 * show nothing) and then what people of the languages we meet do not tell apart:
 * accents, Arabic and Persian letters of one shape, digits of all scripts. Marks of
 * Indic and South-East Asian scripts stay, and those of kana: they are vowels and
 * consonants there, not accents.
 */
#include "parser/build.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

/* Letters that Unicode does not take apart but readers do; 0 drops. By code point. */
static const struct {
  UChar from, to;
} letters[] = {
  { 0x00e6, 'a' },    /* æ */
  { 0x00f0, 'd' },    /* ð */
  { 0x00f8, 'o' },    /* ø */
  { 0x0111, 'd' },    /* đ */
  { 0x0127, 'h' },    /* ħ */
  { 0x0131, 'i' },    /* dotless i */
  { 0x0142, 'l' },    /* ł */
  { 0x0167, 't' },    /* ŧ */
  { 0x0629, 0x0647 }, /* teh marbuta: heh */
  { 0x0640, 0 },      /* tatweel */
  { 0x0649, 0x064a }, /* alef maksura: yeh */
  { 0x0671, 0x0627 }, /* alef wasla: alef */
  { 0x06a9, 0x0643 }, /* keheh: kaf */
  { 0x06aa, 0x0643 }, /* swash kaf: kaf */
  { 0x06be, 0x0647 }, /* heh doachashmee: heh */
  { 0x06c1, 0x0647 }, /* heh goal: heh */
  { 0x06c3, 0x0647 }, /* teh marbuta goal: heh */
  { 0x06cc, 0x064a }, /* Farsi yeh: yeh */
  { 0x06d2, 0x064a }, /* yeh barree: yeh */
  { 0x06d5, 0x0647 }, /* ae: heh */
};

static UChar32
fold_letter (UChar32 c)
{
  gsize low = 0, high = G_N_ELEMENTS (letters);

  while (low < high) {
    gsize middle = (low + high) / 2;

    if (letters[middle].from == c)
      return letters[middle].to;
    if (letters[middle].from < c)
      low = middle + 1;
    else
      high = middle;
  }
  return c;
}

/* A mark that is an accent or a vowel sign that readers leave out. */
static gboolean
is_accent (UChar32 c)
{
  UErrorCode status = U_ZERO_ERROR;

  if (u_charType (c) != U_NON_SPACING_MARK || c == 0x3099 || c == 0x309a)
    return FALSE;
  switch (uscript_getScript (c, &status)) {
  case USCRIPT_INHERITED:
  case USCRIPT_COMMON:
  case USCRIPT_LATIN:
  case USCRIPT_GREEK:
  case USCRIPT_CYRILLIC:
  case USCRIPT_ARABIC:
  case USCRIPT_HEBREW:
  case USCRIPT_SYRIAC:
    return TRUE;
  default:
    return FALSE;
  }
}

/* @text normalised (transfer full), its length in @length. */
static UChar *
normalise (const UNormalizer2 *normalizer, const UChar *text, int32_t *length)
{
  int32_t capacity = *length + *length / 2 + 32, n;
  UErrorCode status = U_ZERO_ERROR;
  UChar *out = g_new (UChar, (gsize)capacity);

  n = unorm2_normalize (normalizer, text, *length, out, capacity, &status);
  if (status == U_BUFFER_OVERFLOW_ERROR) {
    status = U_ZERO_ERROR;
    capacity = n;
    out = g_renew (UChar, out, (gsize)capacity);
    n = unorm2_normalize (normalizer, text, *length, out, capacity, &status);
  }
  *length = U_SUCCESS (status) ? n : 0;
  return out;
}

/* Accents off, letters and digits to those that stand for them, white space to one
 * blank, in place. */
static int32_t
fold_units (UChar *text, int32_t length)
{
  int32_t from = 0, to = 0;
  gboolean blank = FALSE;

  while (from < length) {
    UChar32 c;

    U16_NEXT (text, from, length, c);
    if (u_isUWhiteSpace (c)) {
      blank = to > 0;
      continue;
    }
    if (u_charType (c) == U_FORMAT_CHAR || is_accent (c) || (c = fold_letter (c)) == 0)
      continue;
    if (u_charType (c) == U_DECIMAL_DIGIT_NUMBER)
      c = '0' + u_charDigitValue (c);
    /* Never longer than what was read: a blank stands for white space. */
    if (blank)
      text[to++] = ' ';
    blank = FALSE;
    U16_APPEND_UNSAFE (text, to, c);
  }
  return to;
}

char *
heddle_fold_rule (const char *text, gsize length)
{
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *casefold = unorm2_getNFKCCasefoldInstance (&status);
  const UNormalizer2 *nfd = unorm2_getNFDInstance (&status);
  const UNormalizer2 *nfc = unorm2_getNFCInstance (&status);
  g_autofree UChar *units = g_new (UChar, length + 1);
  g_autofree UChar *folded = NULL, *apart = NULL, *whole = NULL;
  int32_t n = 0, written = 0;
  char *out;

  u_strFromUTF8WithSub (units, (int32_t)length + 1, &n, text, (int32_t)length, 0xfffd, NULL,
                        &status);
  if (U_FAILURE (status))
    return g_strdup ("");
  folded = normalise (casefold, units, &n);
  apart = normalise (nfd, folded, &n);
  n = fold_units (apart, n);
  whole = normalise (nfc, apart, &n);
  out = g_malloc ((gsize)n * 3 + 1);
  u_strToUTF8 (out, n * 3 + 1, &written, whole, n, &status);
  out[U_SUCCESS (status) ? written : 0] = '\0';
  return out;
}

gboolean
heddle_fold_is_loose (gunichar c)
{
  UErrorCode status = U_ZERO_ERROR;

  return !unorm2_hasBoundaryBefore (unorm2_getNFCInstance (&status), (UChar32)c);
}
