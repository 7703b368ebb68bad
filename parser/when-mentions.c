/* SPDX-License-Identifier: MIT */
/* Dates and spans of time that running text speaks of.
 *
 * At each word it tries a preposition ("by", "on", "within", of the languages' tables)
 * and behind it one core (when-cores.c). What stands alone must be sure of itself: a
 * date with its month's name or a year, a word of relative time, business days. A
 * weekday alone ("on Monday") is left out, since it may as well be past. What goes on
 * behind ("3.5.2018a", "2018-04-10.pdf") is none.
 */
#include "parser/when-cores.h"

#include <string.h>

#define BIT HEDDLE_WORD_BIT

/* What follows must not go on with the number or the word: "3.5.2018a", "10-04-2018-55",
 * "2018-04-10.pdf". */
static gboolean
ends_well (const HeddleScan *scan)
{
  char c = heddle_scan_peek (scan, 0);

  if (heddle_word_at (scan->text + scan->at, scan->length - scan->at))
    return FALSE;
  if (c == '%' || c == '@' || c == '\\')
    return FALSE;
  if (c == '.' || c == '-' || c == '/' || c == ':')
    return !g_ascii_isalnum (heddle_scan_peek (scan, 1)) || scan->text[scan->at - 1] == '.';
  return TRUE;
}

static gboolean
begins_well (const char *text, gsize at)
{
  if (at == 0)
    return TRUE;
  return heddle_word_begins (text, at) && strchr ("./-:#$+@\\=%", text[at - 1]) == NULL;
}

static gboolean
place_at (const HeddleTables *tables, const char *text, gsize length, gsize at,
          const HeddleWall *reference, HeddleWhenPlace *place)
{
  HeddleWhenReader reader = { tables, { text, length, at }, reference, place, FALSE, FALSE, FALSE };
  guint64 prepositions = BIT (HEDDLE_WORD_BY) | BIT (HEDDLE_WORD_WITHIN) | BIT (HEDDLE_WORD_ON);

  *place = (HeddleWhenPlace) { .at = { at, at } };
  const HeddleWord *word = g_ascii_isdigit (text[at]) ? NULL : heddle_when_word (&reader, prepositions);
  gboolean on = FALSE;
  if (word != NULL) {
    if (!heddle_scan_blanks (&reader.scan))
      return FALSE;
    on = word->kind == HEDDLE_WORD_ON;
    reader.behind = TRUE;
    reader.within = word->kind == HEDDLE_WORD_WITHIN;
    reader.prefixed = word->kind == HEDDLE_WORD_BY;
    place->due = !on && word->value == 1;
    if (reader.prefixed) /* "by or on the", "due on" */
      if (heddle_when_word (&reader, BIT (HEDDLE_WORD_ON)) != NULL)
        heddle_scan_blanks (&reader.scan);
    gsize behind = reader.scan.at;
    if (!reader.prefixed && !on && !heddle_when_units (&reader))
      return FALSE;
    if (behind != reader.scan.at)
      goto read;
  }
  if (!heddle_when_core (&reader)) {
    /* "by the 13th of April", "on the 13 April" */
    if (word == NULL || heddle_when_word (&reader, BIT (HEDDLE_WORD_THE)) == NULL
        || !heddle_scan_blanks (&reader.scan) || !heddle_when_core (&reader))
      return FALSE;
  }
read:
  if (!ends_well (&reader.scan))
    return FALSE;
  place->at.end = reader.scan.at;
  return TRUE;
}

/* Whether a word at @text may open a place: most words of a text may not, and need not
 * be tried as one kind after another. */
static gboolean
may_open (const HeddleTables *tables, const char *text, gsize length)
{
  const guint64 openers
      = BIT (HEDDLE_WORD_BY) | BIT (HEDDLE_WORD_WITHIN) | BIT (HEDDLE_WORD_ON)
        | BIT (HEDDLE_WORD_RELATIVE) | BIT (HEDDLE_WORD_NUMBER) | BIT (HEDDLE_WORD_END_OF)
        | BIT (HEDDLE_WORD_NEXT) | BIT (HEDDLE_WORD_WEEKEND) | BIT (HEDDLE_WORD_THE)
        | BIT (HEDDLE_WORD_DAYTIME);

  if (!heddle_letter_at (text, length)) /* digits of any script */
    return TRUE;
  return heddle_words_at (tables->words, text, length, openers, NULL) != NULL
         || heddle_names_word (tables->names, text, length,
                               BIT (HEDDLE_WORD_MONTH) | BIT (HEDDLE_WORD_WEEKDAY), NULL)
                != NULL;
}

GArray *
heddle_when_places (const HeddleTables *tables, const char *text, gsize length,
                    const HeddleWall *reference, const GArray *covered, guint most)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (HeddleWhenPlace));
  guint range = 0;

  for (gsize at = 0; at < length && places->len < most;) {
    HeddleWhenPlace place;
    while (range < covered->len && g_array_index (covered, HeddleRange, range).end <= at)
      range++;
    if (range < covered->len && g_array_index (covered, HeddleRange, range).start <= at) {
      at = g_array_index (covered, HeddleRange, range).end;
    } else if (heddle_word_at (text + at, length - at) && begins_well (text, at)
               && may_open (tables, text + at, length - at)
               && place_at (tables, text, length, at, reference, &place)) {
      g_array_append_val (places, place);
      at = place.at.end;
    } else
      at = (gsize) (g_utf8_next_char (text + at) - text);
    /* within a word of ASCII nothing begins */
    while (at > 0 && at < length && (guchar) text[at] < 0x80 && (guchar) text[at - 1] < 0x80
           && heddle_letter_at (text + at, 1) && heddle_word_at (text + at - 1, 1))
      at++;
  }
  return places;
}

GPtrArray *
heddle_when_mentions (const char *text, const GArray *places)
{
  GPtrArray *mentions = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_mention_free);

  for (guint i = 0; i < places->len; i++) {
    const HeddleWhenPlace *place = &g_array_index (places, HeddleWhenPlace, i);
    HeddleMention *mention = g_new0 (HeddleMention, 1);
    mention->raw = heddle_fold_blanks (text + place->at.start, place->at.end - place->at.start);
    mention->start = place->from;
    mention->has_end = place->has_to;
    if (place->has_to)
      mention->end = place->to;
    mention->precision = place->precision;
    g_ptr_array_add (mentions, mention);
  }
  return mentions;
}
