/* SPDX-License-Identifier: MIT */
/* What the readers of a text's times share: the words that a time may begin with, words of
 * one language after another, and the place that is found.
 */
#include "parser/when-cores.h"

#define BIT HEDDLE_WORD_BIT

typedef HeddleWhenReader Reader;

guint64
heddle_when_languages (Reader *reader)
{
  while (reader->n_words > 0 && reader->words[reader->n_words - 1].end > reader->scan.at)
    reader->n_words--;
  return reader->n_words > 0 ? reader->words[reader->n_words - 1].languages : HEDDLE_ALL_LANGUAGES;
}

void
heddle_when_narrow (Reader *reader, guint64 languages)
{
  if (reader->n_words == HEDDLE_WHEN_WORDS)
    return;
  reader->words[reader->n_words].end = reader->scan.at;
  reader->words[reader->n_words++].languages = languages;
}

const HeddleWord *
heddle_when_word (Reader *reader, HeddleKinds kinds)
{
  HeddleScan *scan = &reader->scan;
  gsize bytes;
  guint64 languages = heddle_when_languages (reader);
  const HeddleWord *word = heddle_words_in (reader->tables->words, scan->text + scan->at,
                                            scan->length - scan->at, kinds, &languages, &bytes);
  if (word != NULL) {
    scan->at += bytes;
    heddle_when_narrow (reader, languages);
  }
  return word;
}

int
heddle_when_further (const HeddleWord *next)
{
  return next->value == HEDDLE_NEXT_COMING ? 1 : next->value;
}

HeddleKinds
heddle_when_opens_at (const HeddleTables *tables, const char *text, gsize length)
{
  const HeddleKinds words
      = BIT (HEDDLE_WORD_BY) | BIT (HEDDLE_WORD_WITHIN) | BIT (HEDDLE_WORD_ON)
        | BIT (HEDDLE_WORD_RELATIVE) | BIT (HEDDLE_WORD_END_OF) | BIT (HEDDLE_WORD_NEXT)
        | BIT (HEDDLE_WORD_WEEKEND) | BIT (HEDDLE_WORD_DAYTIME) | BIT (HEDDLE_WORD_HOUR)
        | BIT (HEDDLE_WORD_UNIT) | BIT (HEDDLE_WORD_NUMBER) | BIT (HEDDLE_WORD_THE)
        | BIT (HEDDLE_WORD_ERA) | BIT (HEDDLE_WORD_GRANT) | BIT (HEDDLE_WORD_PART_OF)
        | BIT (HEDDLE_WORD_WEEK_OF) | BIT (HEDDLE_WORD_DAY_WORD) | BIT (HEDDLE_WORD_HALF);
  const HeddleKinds names
      = BIT (HEDDLE_WORD_MONTH) | BIT (HEDDLE_WORD_WEEKDAY) | BIT (HEDDLE_WORD_DAYTIME);

  return heddle_words_kinds_of (tables->words, text, length, words)
         | heddle_names_kinds_of (tables->names, text, length, names);
}

HeddleKinds
heddle_when_opens (Reader *reader)
{
  const HeddleScan *scan = &reader->scan;

  if (reader->opens.at != scan->at || reader->opens.length != scan->length) {
    reader->opens.at = scan->at;
    reader->opens.length = scan->length;
    reader->opens.kinds
        = heddle_when_opens_at (reader->tables, scan->text + scan->at, scan->length - scan->at);
  }
  return reader->opens.kinds;
}

gboolean
heddle_when_digit (const HeddleScan *scan)
{
  gsize bytes;
  return heddle_digit_at (scan->text + scan->at, scan->length - scan->at, &bytes) >= 0;
}

HeddleWall
heddle_when_midnight (const Reader *reader)
{
  HeddleWall wall = *reader->reference;
  wall.hour = wall.minute = wall.second = 0;
  return wall;
}

void
heddle_when_set_day (Reader *reader, HeddleWall day)
{
  reader->place->from = day;
  reader->place->has_to = FALSE;
  reader->place->precision = HEDDLE_PRECISION_DAY;
}

void
heddle_when_set_range (Reader *reader, HeddleWall from, HeddleWall to)
{
  heddle_when_set_day (reader, from);
  reader->place->to = to;
  reader->place->has_to = TRUE;
}
