/* SPDX-License-Identifier: MIT */
/* Terms that no preposition sets: the time that somebody has ("You have seven days to
 * respond", "please allow up to five working days"), and a day in a sentence that says
 * that something ends on it ("The appeal period expires on 30 April").
 *
 * A grant is read as a count behind its words, and needs words behind it ("to", "Zeit")
 * where its own do not suffice: "we have two weeks of logs" is none. Words of a term are
 * looked for only where a day to come was found, in its sentence.
 *
 * Not handled: sentences that speak of a deadline's day and say that it is off.
 */
#include "parser/wall.h"
#include "parser/when-cores.h"

#include <string.h>

#define BIT HEDDLE_WORD_BIT

enum {
  TERM_BYTES = 100, /* of a sentence, that are looked at on each side */
  ENDING_LEAST = 5, /* bytes of a word that ends a compound */
  ENDING_MOST = 8,
  COMPOUND_LEAST = 10
};

typedef HeddleWhenReader Reader;

void
heddle_when_pass_about (Reader *reader)
{
  for (guint i = 0; i < 2; i++) {
    gsize begin = reader->scan.at;
    if (heddle_when_word (reader, BIT (HEDDLE_WORD_ABOUT)) == NULL
        || !heddle_scan_blanks (&reader->scan)) {
      reader->scan.at = begin;
      return;
    }
  }
}

static gboolean
is_to_do (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  gsize end = scan->at;

  heddle_scan_sign (scan, ','); /* "семь дней, чтобы" */
  gboolean found = heddle_scan_blanks (scan)
                   && heddle_when_word (reader, BIT (HEDDLE_WORD_TO_DO)) != NULL;
  scan->at = end;
  return found;
}

gboolean
heddle_when_grant (Reader *reader, gsize at)
{
  HeddleScan *scan = &reader->scan;
  gsize begin;

  scan->at = at;
  const HeddleWord *word = heddle_when_word (reader, BIT (HEDDLE_WORD_GRANT));
  const HeddleKinds counts
      = BIT (HEDDLE_WORD_NUMBER) | BIT (HEDDLE_WORD_ABOUT) | BIT (HEDDLE_WORD_AROUND);
  if (word == NULL || reader->reference == NULL
      || (!heddle_scan_blanks (scan) && scan->text[scan->at - 1] != '\'')
      || (!heddle_when_digit (scan)
          && (heddle_words_kinds_at (reader->tables->words, scan->text + scan->at,
                                     scan->length - scan->at)
              & counts)
                 == 0))
    return FALSE;
  heddle_when_pass_about (reader);
  begin = scan->at;
  const HeddleWord *around = heddle_when_word (reader, BIT (HEDDLE_WORD_AROUND));
  if (around == NULL || around->value > HEDDLE_AROUND_BETWEEN || !heddle_scan_blanks (scan))
    scan->at = begin;
  begin = scan->at;
  reader->behind = reader->within = TRUE;
  reader->one = FALSE;
  if (!heddle_when_units (reader) || reader->back)
    return FALSE;
  if (word->value == HEDDLE_GRANT_RANGE ? !reader->place->has_to
                                        : word->value != HEDDLE_GRANT_ALONE && !is_to_do (reader))
    return FALSE;
  reader->place->due = TRUE;
  reader->place->at.start = begin;
  return TRUE;
}

/* --- words of a term ------------------------------------------------------------------------ */

static gboolean
ends_sentence (const char *text, gsize at)
{
  return strchr ("?!;", text[at]) != NULL || (text[at] == '\n' && at > 0 && text[at - 1] == '\n')
         || (text[at] == '.' && (text[at + 1] == ' ' || text[at + 1] == '\n'));
}

/* "Widerspruchsfrist": the end of the long word that begins at @at. */
static gboolean
ends_in_term (const HeddleTables *tables, const char *text, gsize length, gsize at)
{
  gsize end = at, bytes;

  while (end < length && heddle_letter_at (text + end, length - end))
    end += (gsize) (g_utf8_next_char (text + end) - (text + end));
  if (end - at < COMPOUND_LEAST)
    return FALSE;
  for (gsize back = ENDING_LEAST; back <= ENDING_MOST && at + back < end; back++) {
    const HeddleWord *word = heddle_words_at (tables->words, text + end - back, back,
                                              BIT (HEDDLE_WORD_TERM), &bytes);
    if (word != NULL && bytes == back && word->value == HEDDLE_TERM_WORD_ENDING)
      return TRUE;
  }
  return FALSE;
}

/* Whether a word of a term begins at @at; @behind: of those that may stand behind the day. */
static gboolean
is_term_at (const HeddleTables *tables, const char *text, gsize length, gsize at, gboolean behind)
{
  if (((guchar) text[at] & 0xc0) == 0x80 || (at > 0 && g_ascii_isalnum (text[at - 1]))
      || !(heddle_word_begins (text, at) || heddle_unspaced_at (text + at, length - at)))
    return FALSE;
  const HeddleWord *word
      = heddle_words_at (tables->words, text + at, length - at, BIT (HEDDLE_WORD_TERM), NULL);
  if (word != NULL)
    return !behind || word->value == HEDDLE_TERM_WORD_BESIDE;
  return !behind && length - at > ENDING_MOST && ends_in_term (tables, text, length, at);
}

gboolean
heddle_when_is_term (const HeddleTables *tables, const char *text, gsize length,
                     const HeddleWall *reference, const HeddleWhenPlace *place)
{
  gsize start = place->at.start, stop = MIN (length, place->at.end + TERM_BYTES);

  if (place->due || place->has_to || reference == NULL
      || heddle_wall_days (&place->from) < heddle_wall_days (reference))
    return FALSE;
  for (gsize at = start; at > 0 && start - at < TERM_BYTES;) {
    at--;
    if (ends_sentence (text, at))
      break;
    if (is_term_at (tables, text, start, at, FALSE))
      return TRUE;
  }
  for (gsize at = place->at.end; at < stop && !ends_sentence (text, at); at++)
    if (is_term_at (tables, text, length, at, TRUE))
      return TRUE;
  return FALSE;
}
