/* SPDX-License-Identifier: MIT */
/* Folding of text and of words alike: lower case, any run of white space (no-break and
 * ideographic too) one blank, typographic apostrophes and hyphens their ASCII forms, and
 * letters that writers of a language take for each other the same (the table below).
 * Direction marks, joiners, tatweel and vowel signs are passed over. Accents of Latin
 * letters stay: "à" and "a" are other words.
 */
#include "parser/words-fold.h"

#define MOST_DROPPED 8 /* characters in a row that show nothing; more are no word's */

/* Letters of one sound or shape in lower case, by code point. */
static const struct {
  guint16 from, to;
} letters[] = {
  { 0x0131, 'i' },    /* dotless i: Turkish "I" has lost its language */
  { 0x0390, 0x03b9 }, /* Greek capitals bear no tonos */
  { 0x03ac, 0x03b1 }, { 0x03ad, 0x03b5 }, { 0x03ae, 0x03b7 }, { 0x03af, 0x03b9 },
  { 0x03b0, 0x03c5 }, { 0x03c2, 0x03c3 }, /* final sigma */
  { 0x03ca, 0x03b9 }, { 0x03cb, 0x03c5 }, { 0x03cc, 0x03bf }, { 0x03cd, 0x03c5 },
  { 0x03ce, 0x03c9 },
  { 0x0451, 0x0435 }, /* Cyrillic io, mostly written as ie */
  { 0x05be, '-' },    { 0x05f3, '\'' },   { 0x05f4, '"' }, /* maqaf, geresh, gershayim */
  { 0x0622, 0x0627 }, { 0x0623, 0x0627 }, { 0x0624, 0x0648 }, { 0x0625, 0x0627 },
  { 0x0626, 0x064a }, { 0x0629, 0x0647 }, { 0x0649, 0x064a }, { 0x0671, 0x0627 },
  { 0x06a9, 0x0643 }, { 0x06c0, 0x0647 }, { 0x06cc, 0x064a }, { 0x06d5, 0x0647 },
  { 0x2010, '-' },    { 0x2011, '-' }, /* hyphen, no-break hyphen */
  { 0x2018, '\'' },   { 0x2019, '\'' },   { 0x201c, '"' },    { 0x201d, '"' },
};

static gboolean
is_dropped (gunichar c)
{
  if (c < 0x0591)
    return c == 0xad;
  if (c < 0x2000)
    return (c <= 0x05c7 && c != 0x05be && c != 0x05c0 && c != 0x05c3 && c != 0x05c6) /* points */
           || c == 0x061c || c == 0x0640 || (c >= 0x064b && c <= 0x065f) || c == 0x0670;
  return (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e)
         || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

gunichar
heddle_words_fold (gunichar c)
{
  gsize low = 0, high = G_N_ELEMENTS (letters);

  if (c < 0x80)
    return g_ascii_isspace (c) ? ' ' : (gunichar) g_ascii_tolower ((char) c);
  if (is_dropped (c))
    return 0;
  if (g_unichar_isspace (c) || c == 0x00a0 || c == 0x202f)
    return ' ';
  c = c == 0x02bc ? '\'' : g_unichar_tolower (c);
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

static gunichar
fold (const guint16 *folded, gunichar c)
{
  return c < HEDDLE_FOLDED ? folded[c] : heddle_words_fold (c);
}

const char *
heddle_words_fold_pass (const guint16 *folded, const char *p, const char *end, gboolean blanks)
{
  for (guint dropped = 0; p < end && ((guchar) *p >= 0x80 || blanks);) {
    gunichar c = fold (folded, g_utf8_get_char (p));
    if (c == 0 ? ++dropped > MOST_DROPPED : c != ' ' || !blanks)
      break;
    p = g_utf8_next_char (p);
  }
  return p;
}

int
heddle_words_fold_wide (const guint16 *folded, const char **p, const char *end, char bytes[6])
{
  gunichar c = fold (folded, g_utf8_get_char (*p));
  *p = heddle_words_fold_pass (folded, g_utf8_next_char (*p), end, c == ' ');
  return c == 0 ? 0 : g_unichar_to_utf8 (c, bytes);
}

/* The letters of a to z that begin @text. */
static guint64
first_letters (const guint16 *folded, const char *text, gsize length)
{
  const char *p = text, *end = text + length;
  guint64 key = 0;
  for (guint n = 0; p < end && n < HEDDLE_KEY_LETTERS;) {
    char bytes[6];
    const char *last = p;
    int count = heddle_words_fold_next (folded, &p, end, bytes);
    if (count == 0 && last == text)
      continue;
    if (count != 1 || !g_ascii_islower (bytes[0]))
      break;
    key |= (guint64) (guchar) bytes[0] << 8 * n++;
  }
  return key;
}

guint64
heddle_words_fold_key_wide (const guint16 *folded, const char *text, gsize length)
{
  guint64 key = first_letters (folded, text, length);
  if (key != 0)
    return key;
  const char *p = text, *end = text + length;
  char first[HEDDLE_KEY_BYTES + 6];
  gsize n = 0;
  while (n < HEDDLE_KEY_BYTES && p < end)
    n += (gsize) heddle_words_fold_next (folded, &p, end, first + n);
  for (gsize i = 0; i < MIN (n, HEDDLE_KEY_BYTES); i++)
    key |= (guint64) (guchar) first[i] << (8 * i);
  return key;
}
