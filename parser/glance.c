/* SPDX-License-Identifier: MIT */
/* One look at each word of a text for all finders of facts.
 *
 * The sieves of the languages' tables and of CLDR's names tell which kinds of words may
 * begin at a place; what that is worth for each finder is kept as a bit, so that a finder
 * comes to the places that concern it and passes over the rest of the text 64 bytes at a
 * time. A bit says "perhaps": the finder looks again and decides.
 *
 * Words begin where the character before is none of a word's, and anywhere beside
 * characters that are not ASCII, since the finders differ in what they call a word there.
 */
#include "parser/glance.h"
#include "parser/scan.h"

#define BIT HEDDLE_WORD_BIT

enum { CELL = 64 }; /* bits */

struct _HeddleGlance {
  gsize length;
  guint64 *bits[HEDDLE_N_GLANCES]; /* of one block */
};

/* What a date or the words before one begin with, as heddle_when_opens_at() has it, and
 * phrases that only look like one. */
static const HeddleKinds of_dates
    = BIT (HEDDLE_WORD_BY) | BIT (HEDDLE_WORD_WITHIN) | BIT (HEDDLE_WORD_ON)
      | BIT (HEDDLE_WORD_RELATIVE) | BIT (HEDDLE_WORD_END_OF) | BIT (HEDDLE_WORD_NEXT)
      | BIT (HEDDLE_WORD_WEEKEND) | BIT (HEDDLE_WORD_DAYTIME) | BIT (HEDDLE_WORD_HOUR)
      | BIT (HEDDLE_WORD_UNIT) | BIT (HEDDLE_WORD_NUMBER) | BIT (HEDDLE_WORD_THE)
      | BIT (HEDDLE_WORD_ERA) | BIT (HEDDLE_WORD_GRANT) | BIT (HEDDLE_WORD_PART_OF)
      | BIT (HEDDLE_WORD_WEEK_OF) | BIT (HEDDLE_WORD_DAY_WORD) | BIT (HEDDLE_WORD_HALF);
static const HeddleKinds of_names
    = BIT (HEDDLE_WORD_MONTH) | BIT (HEDDLE_WORD_WEEKDAY) | BIT (HEDDLE_WORD_DAYTIME);
static const HeddleKinds of_asks
    = BIT (HEDDLE_WORD_REQUEST) | BIT (HEDDLE_WORD_COMMITMENT) | BIT (HEDDLE_WORD_COURTESY)
      | BIT (HEDDLE_WORD_DOUBT) | BIT (HEDDLE_WORD_AND);

static inline void
set (HeddleGlance *glance, HeddleGlanceOf of, gsize at)
{
  glance->bits[of][at / CELL] |= G_GUINT64_CONSTANT (1) << at % CELL;
}

static inline gboolean
is_letter (char c)
{
  return (guchar) c < 0x80 && (heddle_ascii[(guchar) c] & HEDDLE_IS_LETTER) != 0;
}

static inline gboolean
is_word (char c)
{
  return (guchar) c < 0x80 && (heddle_ascii[(guchar) c] & HEDDLE_IS_WORD) != 0;
}

/* Marks that need no word of a table: a bracket, "ref:", "INC0012345". */
static gboolean
is_of_case (const char *text, gsize length, gsize at)
{
  return text[at] == '['
         || (at + 1 < length && g_ascii_isupper (text[at]) && g_ascii_isupper (text[at + 1]))
         || (at + 3 < length && (text[at] | 0x20) == 'r' && text[at + 3] == ':');
}

static void
look_behind (HeddleGlance *glance, const HeddleTables *tables, const char *text, gsize at)
{
  if ((heddle_words_kinds_at (tables->words, text + at, glance->length - at) & HEDDLE_WORD_BEHIND)
      != 0)
    set (glance, HEDDLE_GLANCE_BEHIND, at);
}

/* @letters: behind the letters of ASCII that stand at @at. */
static void
look_at (HeddleGlance *glance, const HeddleTables *tables, const char *text, gsize at,
         gsize letters)
{
  const char *here = text + at;
  gsize left = glance->length - at, bytes;
  HeddleKinds kinds;
  HeddleKinds names = heddle_names_kinds_at_too (tables->names, tables->words, here, left, &kinds);

  if ((kinds & of_dates) != 0 || (names & of_names) != 0
      || (letters < glance->length && (guchar) text[letters] >= 0x80)
      || heddle_words_may_be_glued (tables->words, here, letters - at)
      || (letters == at && heddle_digit_at (here, left, &bytes) >= 0))
    set (glance, HEDDLE_GLANCE_DATE, at);
  if ((kinds & HEDDLE_WORD_BEHIND) != 0)
    set (glance, HEDDLE_GLANCE_BEHIND, at);
  if ((kinds & BIT (HEDDLE_WORD_CASE)) != 0 || is_of_case (text, glance->length, at))
    set (glance, HEDDLE_GLANCE_CASE, at);
  if ((kinds & of_asks) != 0)
    set (glance, HEDDLE_GLANCE_ASK, at);
  if ((kinds & BIT (HEDDLE_WORD_LINK)) != 0)
    set (glance, HEDDLE_GLANCE_LINK, at);
  if ((kinds & BIT (HEDDLE_WORD_ACKNOWLEDGE)) != 0)
    set (glance, HEDDLE_GLANCE_ACKNOWLEDGE, at);
}

/* A word of ASCII at @at, and where it goes on from digits to letters: an ending may stand
 * there, "20ig". Returns where it ends. */
static gsize
look_at_word (HeddleGlance *glance, const HeddleTables *tables, const char *text, gsize at)
{
  gsize end = at, length = glance->length;

  while (end < length && is_letter (text[end]))
    end++;
  look_at (glance, tables, text, at, end);
  for (; end < length && is_word (text[end]); end++)
    if (end > at && is_letter (text[end]) && !is_letter (text[end - 1]))
      look_behind (glance, tables, text, end);
  return end;
}

/* A character that is not ASCII, at @at, behind a letter or not. Returns where it ends;
 * @ret_letter: whether it is a letter of a script that sets its words apart. */
static gsize
look_at_wide (HeddleGlance *glance, const HeddleTables *tables, const char *text, gsize at,
              gboolean behind_letter, gboolean *ret_letter)
{
  gsize left = glance->length - at;

  *ret_letter = (guchar) text[at] < 0xe0 && heddle_letter_at (text + at, left);
  if (!*ret_letter || !behind_letter)
    look_at (glance, tables, text, at, at);
  return at + (gsize) (g_utf8_next_char (text + at) - (text + at));
}

HeddleGlance *
heddle_glance_new (const HeddleTables *tables, const char *text, gsize length)
{
  HeddleGlance *glance = g_new0 (HeddleGlance, 1);
  gboolean letter = FALSE;

  glance->length = length;
  gsize cells = length / CELL + 1;
  glance->bits[0] = g_new0 (guint64, HEDDLE_N_GLANCES * cells);
  for (guint i = 1; i < HEDDLE_N_GLANCES; i++)
    glance->bits[i] = glance->bits[i - 1] + cells;
  for (gsize at = 0; at < length;) {
    if ((guchar) text[at] >= 0x80) {
      at = look_at_wide (glance, tables, text, at, letter, &letter);
    } else if (is_word (text[at])) {
      at = look_at_word (glance, tables, text, at);
      letter = is_letter (text[at - 1]);
    } else {
      if (text[at] == '[')
        set (glance, HEDDLE_GLANCE_CASE, at);
      if ((heddle_ascii[(guchar) text[at]] & HEDDLE_IS_BLANK) == 0)
        look_behind (glance, tables, text, at);
      letter = FALSE;
      at++;
    }
  }
  return glance;
}

void
heddle_glance_free (HeddleGlance *glance)
{
  if (glance == NULL)
    return;
  g_free (glance->bits[0]);
  g_free (glance);
}

/* The first bit from @at on and before @end, @end where there is none. */
static gsize
first_bit (const guint64 *bits, gsize at, gsize end)
{
  if (at >= end)
    return end;
  gsize cell = at / CELL, last = (end - 1) / CELL;
  guint64 left = bits[cell] & (G_MAXUINT64 << at % CELL);
  while (left == 0 && cell < last)
    left = bits[++cell];
  if (left == 0)
    return end;
  return MIN (end, cell * CELL + (gsize) __builtin_ctzll (left));
}

gsize
heddle_glance_next (const HeddleGlance *glance, HeddleGlanceOf of, gsize at)
{
  return first_bit (glance->bits[of], at, glance->length);
}

gboolean
heddle_glance_at (const HeddleGlance *glance, HeddleGlanceOf of, gsize at)
{
  return at < glance->length && (glance->bits[of][at / CELL] >> at % CELL & 1) != 0;
}

gboolean
heddle_glance_near (const HeddleGlance *glance, HeddleGlanceOf of, gsize at, gsize most)
{
  gsize end = MIN (glance->length, at + most);
  return first_bit (glance->bits[of], at, end) < end;
}
