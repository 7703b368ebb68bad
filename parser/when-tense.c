/* SPDX-License-Identifier: MIT */
/* Whether the words beside a day tell of what has been or of what is to come: verbs and
 * their endings (HEDDLE_WORD_PAST, PAST_ENDING, FUTURE), promises and requests. The nearest
 * before the day counts first, within its sentence and a bound.
 *
 * Not handled: two verbs of which the farther one is the day's.
 */
#include "parser/when-cores.h"

#include <string.h>

#define BIT HEDDLE_WORD_BIT

enum {
  TENSE_BYTES = 120, /* of a sentence, that are looked at on each side */
  WORD_MOST = 64,
  ENDING_LEAST = 2,  /* bytes of a verb's ending, and of what stands before it */
  ENDING_MOST = 8,
  STEM_LEAST = 3
};

static gboolean
ends_sentence (const char *text, gsize at)
{
  return strchr ("?!;", text[at]) != NULL || (text[at] == '\n' && at > 0 && text[at - 1] == '\n')
         || (text[at] == '.' && (text[at + 1] == ' ' || text[at + 1] == '\n'));
}

/* "zablokowano": whether the word that begins at @at ends as verbs of the past do. */
static gboolean
ends_in_past (const HeddleTables *tables, const char *text, gsize length, gsize at,
              guint64 languages)
{
  gsize end = at, bytes;

  if (languages == HEDDLE_ALL_LANGUAGES || !heddle_letter_at (text + at, length - at))
    return FALSE;
  while (end < length && end - at < WORD_MOST && heddle_letter_at (text + end, length - end))
    end += (gsize) (g_utf8_next_char (text + end) - (text + end));
  for (gsize back = ENDING_LEAST; back <= ENDING_MOST && back + STEM_LEAST <= end - at; back++) {
    guint64 these = languages;
    if (((guchar) text[end - back] & 0xc0) != 0x80
        && heddle_words_in (tables->words, text + end - back, back,
                            BIT (HEDDLE_WORD_PAST_ENDING), &these, &bytes)
               != NULL
        && bytes == back)
      return TRUE;
  }
  return FALSE;
}

/* What the word of tense at @at tells, if one begins there: of the past < 0, of what is to
 * come > 0. A participle right behind a word of the future, "will be closed", is of it.
 * @from: of what began at a day, which "cannot" sets in the past. */
static int
tense_at (const HeddleTables *tables, const char *text, gsize length, gsize at,
          guint64 languages, gboolean from)
{
  const HeddleKinds kinds = BIT (HEDDLE_WORD_PAST) | BIT (HEDDLE_WORD_FUTURE)
                            | BIT (HEDDLE_WORD_COMMITMENT) | BIT (HEDDLE_WORD_REQUEST)
                            | (from ? BIT (HEDDLE_WORD_UNABLE) : 0);
  guint64 these = languages;

  if (((guchar) text[at] & 0xc0) == 0x80
      || !(heddle_word_begins (text, at) || heddle_unspaced_at (text + at, length - at)))
    return 0;
  const HeddleWord *word
      = heddle_words_in (tables->words, text + at, length - at, kinds, &these, NULL);
  if (word != NULL && word->kind == HEDDLE_WORD_UNABLE)
    return -1;
  if (word == NULL && ends_in_past (tables, text, length, at, languages))
    return -1;
  if (word == NULL || word->kind != HEDDLE_WORD_PAST)
    return word != NULL;
  gsize before = at;
  while (before > 0 && text[before - 1] == ' ')
    before--;
  gsize end = before;
  while (before > 0 && at - before < TENSE_BYTES && !g_ascii_isspace (text[before - 1]))
    before--;
  these = languages;
  return heddle_words_in (tables->words, text + before, end - before, BIT (HEDDLE_WORD_FUTURE),
                          &these, NULL)
                 != NULL
             ? 1
             : -1;
}

int
heddle_when_tense (const HeddleTables *tables, const char *text, gsize length, gsize start, gsize end,
          guint64 languages, gboolean from)
{
  gsize stop = MIN (length, end + TENSE_BYTES);
  int tense;

  for (gsize at = start; at > 0 && start - at < TENSE_BYTES;) {
    at--;
    if (ends_sentence (text, at))
      break;
    if ((tense = tense_at (tables, text, length, at, languages, from)) != 0)
      return tense;
  }
  for (gsize at = end; at < stop && !ends_sentence (text, at); at++)
    if ((tense = tense_at (tables, text, length, at, languages, from)) != 0)
      return tense;
  return 0;
}
