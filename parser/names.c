/* SPDX-License-Identifier: MIT */
/* Names of months and days and the words of dates in every language of the tables,
 * looked up in one index (words.c), however many languages there are. It is made of
 * CLDR's data while Heddle is built (names-build.c).
 */
#include "parser/names.h"

static HeddleKinds
bit_of (HeddleNameKind kind)
{
  return HEDDLE_WORD_BIT (kind == HEDDLE_NAME_MONTH ? HEDDLE_WORD_MONTH : HEDDLE_WORD_WEEKDAY);
}

gboolean
heddle_names_may_begin (const HeddleNames *names, HeddleNameKind kind, const char *text,
                        gsize length)
{
  return (heddle_words_kinds_at (names->words, text, length) & bit_of (kind)) != 0;
}

gboolean
heddle_names_find (const HeddleNames *names, HeddleNameKind kind, const char *text, gsize length,
                   HeddleName *ret, gsize *ret_length)
{
  gsize bytes;
  guint64 languages = HEDDLE_ALL_LANGUAGES;
  const HeddleWord *word
      = heddle_words_in (names->words, text, length, bit_of (kind), &languages, &bytes);
  if (word == NULL || (bytes < length && text[bytes] == '_'))
    return FALSE;
  *ret = (HeddleName) {
    .number = word->value & HEDDLE_NAMES_NUMBER,
    .other = word->value >> HEDDLE_NAMES_OTHER_SHIFT & HEDDLE_NAMES_NUMBER,
    .calendar = word->value >> HEDDLE_NAMES_CALENDAR_SHIFT & HEDDLE_NAMES_CALENDARS,
    .abbreviated = (word->value & HEDDLE_NAMES_ABBREVIATED) != 0,
    .dots = word->value >> HEDDLE_NAMES_DOTS_SHIFT & HEDDLE_NAMES_DOTS,
    .other_dots = word->value >> HEDDLE_NAMES_OTHER_DOTS_SHIFT & HEDDLE_NAMES_DOTS,
    .lower = (word->value & HEDDLE_NAMES_LOWER) != 0,
    .single = (word->value & HEDDLE_NAMES_SINGLE) != 0,
    .languages = languages,
  };
  if (ret->abbreviated && bytes < length && text[bytes] == '.')
    bytes++;
  if (ret_length != NULL)
    *ret_length = bytes;
  return TRUE;
}

int
heddle_names_at (const HeddleNames *names, HeddleNameKind kind, const char *text, gsize length,
                 gsize *ret_length)
{
  HeddleName name;
  gsize bytes;

  if (!heddle_names_find (names, kind, text, length, &name, &bytes) || name.single)
    return 0;
  if (ret_length != NULL)
    *ret_length = bytes;
  return name.number;
}

guint64
heddle_names_day_first (const HeddleNames *names)
{
  return names->day_first;
}

const HeddleWord *
heddle_names_word (const HeddleNames *names, const char *text, gsize length, HeddleKinds kinds,
                   gsize *ret_length)
{
  return heddle_words_at (names->words, text, length, kinds, ret_length);
}

HeddleKinds
heddle_names_kinds_at (const HeddleNames *names, const char *text, gsize length)
{
  return heddle_words_kinds_at (names->words, text, length);
}

HeddleKinds
heddle_names_kinds_at_too (const HeddleNames *names, const HeddleWords *words, const char *text,
                           gsize length, HeddleKinds *ret_words)
{
  return heddle_words_kinds_at_both (names->words, words, text, length, ret_words);
}

HeddleKinds
heddle_names_kinds_of (const HeddleNames *names, const char *text, gsize length, HeddleKinds kinds)
{
  return heddle_words_kinds_of (names->words, text, length, kinds);
}
