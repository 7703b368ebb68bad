/* SPDX-License-Identifier: MIT */
/* Sentences that say that something comes with a message: "Attached are the screen shots".
 *
 * They are known by their words (HEDDLE_WORD_ATTACHED of HEDDLE_ATTACHED_SAYS), of which
 * the longest at a place decides: "is attached to" is another row than "is attached".
 *
 * Not handled: what speaks of another message's files ("the letter that you attached").
 */
#include "parser/facts.h"
#include "parser/scan.h"

#include <string.h>

enum { SENTENCE_MOST = 200 }; /* bytes of a sentence on either side of its words */

/* Whether a sentence ends with the byte at @at. */
static gboolean
ends_at (const char *text, gsize at, gsize length)
{
  if (text[at] == '\n')
    return at + 1 < length && text[at + 1] == '\n';
  return strchr (".!?", text[at]) != NULL
         && (at + 1 >= length || heddle_blank_at (text + at + 1, length - at - 1) > 0);
}

/* The sentence around @at, no longer than bearable (transfer full). */
static char *
sentence_around (const char *text, gsize length, gsize at)
{
  gsize start = at, end = at;

  while (start > 0 && at - start < SENTENCE_MOST && !ends_at (text, start - 1, length))
    start--;
  while (((guchar) text[start] & 0xc0) == 0x80)
    start++;
  while (end < length && end - at < SENTENCE_MOST && !ends_at (text, end, length))
    end++;
  if (end < length && text[end] != '\n' && end - at < SENTENCE_MOST)
    end++;
  while (end > at && end < length && ((guchar) text[end] & 0xc0) == 0x80)
    end--;
  return heddle_fold_blanks (text + start, end - start);
}

/* Whether it begins as legal disclaimers do, which speak of files that need not be there. */
static gboolean
is_disclaimer (const char *sentence)
{
  gsize bytes;
  return heddle_words_at (&heddle_words_made, sentence, strlen (sentence),
                          HEDDLE_WORD_BIT (HEDDLE_WORD_DISCLAIMER), &bytes)
         != NULL;
}

char *
heddle_enclosed_sentence (const char *text)
{
  const HeddleKinds bit = HEDDLE_WORD_BIT (HEDDLE_WORD_ATTACHED);
  gsize length = strlen (text), bytes;

  for (gsize at = 0; at < length; at++) {
    if (((guchar) text[at] & 0xc0) == 0x80
        || (heddle_words_kinds_at (&heddle_words_made, text + at, length - at) & bit) == 0
        || !(heddle_word_begins (text, at) || heddle_unspaced_at (text + at, length - at)))
      continue;
    const HeddleWord *word = heddle_words_at (&heddle_words_made, text + at, length - at, bit, &bytes);
    if (word == NULL)
      continue;
    if (word->value == HEDDLE_ATTACHED_SAYS) {
      g_autofree char *sentence = sentence_around (text, length, at);
      if (!is_disclaimer (sentence))
        return g_steal_pointer (&sentence);
    }
    at += bytes - 1;
  }
  return NULL;
}
