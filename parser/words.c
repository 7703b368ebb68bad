/* SPDX-License-Identifier: MIT */
/* words: a place in a text looked up in the index of all languages' words.
 *
 * The index is a trie over folded UTF-8 bytes (words-fold.c); a look-up walks down it
 * once, so the cost does not grow with the number of languages. Before the walk a sieve
 * tells by the first bytes which kinds may begin here: at most places of a text none of
 * those asked for does.
 */
#include "parser/words-index.h"

#include <string.h>

/* A digit may stand at once behind these: "Apr2018", "ב15:40". */
#define OF_DATES                                                                                   \
  (HEDDLE_WORD_BIT (HEDDLE_WORD_MONTH) | HEDDLE_WORD_BIT (HEDDLE_WORD_WEEKDAY)                     \
   | HEDDLE_WORD_BIT (HEDDLE_WORD_DAYTIME) | HEDDLE_WORD_BIT (HEDDLE_WORD_ORDINAL)                 \
   | HEDDLE_WORD_BIT (HEDDLE_WORD_OF) | HEDDLE_WORD_BIT (HEDDLE_WORD_AT))

static inline guint
child_of (const HeddleWords *words, guint node, guchar byte)
{
  guint first = words->nodes[node].children, n = words->nodes[node + 1].children - first;
  if (n == 0 || words->bytes[first] == byte) /* most nodes have one child at most */
    return n == 0 ? 0 : first;
  const guchar *found = memchr (words->bytes + first, byte, n);
  return found != NULL ? (guint) (found - words->bytes) : 0;
}

guint64
heddle_words_kinds_at (const HeddleWords *words, const char *text, gsize length)
{
  guint32 key = heddle_sieve_key (words->folded, text, length);
  /* words of one to three bytes too */
  return words->sieve[heddle_sieve_index (words, key)]
         | words->sieve[heddle_sieve_index (words, key & 0xffffff)]
         | words->sieve[heddle_sieve_index (words, key & 0xffff)]
         | words->sieve[heddle_sieve_index (words, key & 0xff)];
}

/* Down from @node over @bytes; 0 where no word of @kinds goes that way. */
static inline guint
step (const HeddleWords *words, guint node, const char *bytes, int n, guint64 kinds)
{
  for (int i = 0; i < n; i++) {
    node = child_of (words, node, (guchar) bytes[i]);
    if (node == 0 || (words->nodes[node].below & kinds) == 0)
      return 0;
  }
  return node;
}

/* The vowel signs of Indic scripts are marks. */
static gboolean
is_of_word (gunichar c)
{
  return c < 0x80 ? g_ascii_isalnum ((char) c) : g_unichar_isalnum (c) || g_unichar_ismark (c);
}

/* @last: where the last character before @at that counts begins. */
static gboolean
ends_inside_word (const HeddleWord *word, const char *last, const char *at, const char *end)
{
  if (at >= end || ((guchar) *at < 0x80 && !g_ascii_isalnum (*at)))
    return FALSE;
  gunichar before = g_utf8_get_char (last), behind = g_utf8_get_char (at);
  /* Scripts without blanks between words have no inside that one could see. */
  if (before >= 0x2e80 && g_unichar_iswide (before))
    return FALSE;
  if ((HEDDLE_WORD_BIT (word->kind) & OF_DATES) != 0
      && g_unichar_isdigit (before) != g_unichar_isdigit (behind))
    return FALSE;
  return is_of_word (before) && is_of_word (behind);
}

/* The first language's row that ends at @node, of @kinds and @languages. */
static const HeddleWord *
row_of_kind (const HeddleWords *words, guint node, guint64 kinds, guint64 languages)
{
  guint at = words->nodes[node].first_row;
  const HeddleWord *found = NULL;
  /* Rows are chained newest first: the last match is the first language's. */
  while (at != 0) {
    const HeddleWordEnd *row = &words->rows[at - 1];
    if ((kinds & HEDDLE_WORD_BIT (row->word.kind)) != 0 && (row->languages & languages) != 0)
      found = &row->word;
    at = row->next;
  }
  return found;
}

/* All languages in which what ends at @node is what @word is. */
static guint64
languages_of (const HeddleWords *words, guint node, const HeddleWord *word)
{
  guint at = words->nodes[node].first_row;
  guint64 languages = 0;
  while (at != 0) {
    const HeddleWordEnd *row = &words->rows[at - 1];
    if (row->word.kind == word->kind)
      languages |= row->languages;
    at = row->next;
  }
  return languages;
}

const HeddleWord *
heddle_words_in (const HeddleWords *words, const char *text, gsize length, guint64 kinds,
                 guint64 *languages, gsize *ret_length)
{
  const char *p = text, *end = text + length;
  const HeddleWord *best = NULL;
  guint node = 0, best_node = 0;
  if ((heddle_words_kinds_at (words, text, length) & kinds) == 0)
    return NULL;
  while (p < end) {
    char bytes[6];
    const char *last = p;
    int n = heddle_words_fold_next (words->folded, &p, end, bytes);
    if (n == 0 && last > text)
      break; /* a longer row of what shows nothing than any word has */
    if (n == 0)
      continue;
    node = step (words, node, bytes, n, kinds);
    if (node == 0)
      break;
    const HeddleWord *word = row_of_kind (words, node, kinds, *languages);
    if (word != NULL && !ends_inside_word (word, last, p, end)) {
      best = word;
      best_node = node;
      if (ret_length != NULL)
        *ret_length = (gsize) (p - text);
    }
  }
  if (best != NULL)
    *languages &= languages_of (words, best_node, best);
  return best;
}

const HeddleWord *
heddle_words_at (const HeddleWords *words, const char *text, gsize length, guint64 kinds,
                 gsize *ret_length)
{
  guint64 languages = HEDDLE_ALL_LANGUAGES;
  return heddle_words_in (words, text, length, kinds, &languages, ret_length);
}

guint64
heddle_words_kinds_of (const HeddleWords *words, const char *text, gsize length, guint64 kinds)
{
  const char *p = text, *end = text + length;
  guint node = 0;
  guint64 found = 0;
  if ((heddle_words_kinds_at (words, text, length) & kinds) == 0)
    return 0;
  while (p < end) {
    char bytes[6];
    const char *last = p;
    int n = heddle_words_fold_next (words->folded, &p, end, bytes);
    if (n == 0 && last > text)
      break;
    if (n == 0)
      continue;
    node = step (words, node, bytes, n, kinds);
    if (node == 0)
      break;
    for (guint at = words->nodes[node].first_row; at != 0;) {
      const HeddleWordEnd *row = &words->rows[at - 1];
      guint64 kind = HEDDLE_WORD_BIT (row->word.kind) & kinds;
      if ((kind & ~found) != 0 && !ends_inside_word (&row->word, last, p, end))
        found |= kind;
      at = row->next;
    }
  }
  return found;
}
