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

/* Where a look-up stands in the trie. */
typedef struct {
  const HeddleWordNode *node;
  const guchar *run; /* what is still to be read before the node is reached */
  guint left;
} Walk;

static inline guint
child_of (const HeddleWords *words, const HeddleWordNode *node, guchar byte)
{
  guint first = node->children, n = node->n_children;
  if (n == 0 || words->bytes[first] == byte)
    return n == 0 ? 0 : first;
  const guchar *found = memchr (words->bytes + first, byte, n);
  return found != NULL ? (guint) (found - words->bytes) : 0;
}

/* As heddle_words_kinds_at(). The look-ups ask here before they set up anything. */
static inline guint64
kinds_at (const HeddleWords *words, const char *text, gsize length)
{
  guint32 key = heddle_words_fold_key (words->folded, text, length);
  /* words of one to three bytes too */
  return words->sieve[heddle_sieve_index (words, key)]
         | words->sieve[heddle_sieve_index (words, key & 0xffffff)]
         | words->sieve[heddle_sieve_index (words, key & 0xffff)]
         | words->sieve[heddle_sieve_index (words, key & 0xff)];
}

guint64
heddle_words_kinds_at (const HeddleWords *words, const char *text, gsize length)
{
  return kinds_at (words, text, length);
}

/* Down over @bytes; FALSE where no word of @kinds goes that way. */
static inline gboolean
step (const HeddleWords *words, Walk *walk, const char *bytes, int n, guint64 kinds)
{
  for (int i = 0; i < n; i++) {
    guchar byte = (guchar) bytes[i];
    if (walk->left > 0) {
      if (*walk->run != byte)
        return FALSE;
      walk->run++;
      walk->left--;
      continue;
    }
    guint child = child_of (words, walk->node, byte);
    const HeddleWordNode *node = &words->nodes[child];
    if (child == 0 || (node->below & kinds) == 0)
      return FALSE;
    *walk = (Walk) { node, words->runs + node->run, node->n_run };
  }
  return TRUE;
}

/* 1 + index of the first row that ends where @walk stands, 0: none does. */
static inline guint
row_at (const Walk *walk)
{
  return walk->left == 0 ? walk->node->first_row : 0;
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

/* The first language's row of @kinds and @languages among those that begin with @at. */
static inline const HeddleWord *
row_of_kind (const HeddleWords *words, guint at, guint64 kinds, guint64 languages)
{
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

/* All languages in which one of the rows that begin with @at is what @word is. */
static guint64
languages_of (const HeddleWords *words, guint at, const HeddleWord *word)
{
  guint64 languages = 0;
  while (at != 0) {
    const HeddleWordEnd *row = &words->rows[at - 1];
    if (row->word.kind == word->kind)
      languages |= row->languages;
    at = row->next;
  }
  return languages;
}

static G_GNUC_NO_INLINE const HeddleWord *
walk_in (const HeddleWords *words, const char *text, gsize length, guint64 kinds,
         guint64 *languages, gsize *ret_length)
{
  const char *p = text, *end = text + length;
  const HeddleWord *best = NULL;
  const guint16 *folded = words->folded;
  Walk walk = { words->nodes, NULL, 0 };
  guint best_row = 0;
  while (p < end) {
    char bytes[6];
    const char *last = p;
    int n = heddle_words_fold_next (folded, &p, end, bytes);
    if (n == 0 && last > text)
      break; /* a longer row of what shows nothing than any word has */
    if (n == 0)
      continue;
    if (!step (words, &walk, bytes, n, kinds))
      break;
    const HeddleWord *word = row_of_kind (words, row_at (&walk), kinds, *languages);
    if (word != NULL && !ends_inside_word (word, last, p, end)) {
      best = word;
      best_row = row_at (&walk);
      if (ret_length != NULL)
        *ret_length = (gsize) (p - text);
    }
  }
  if (best != NULL)
    *languages &= languages_of (words, best_row, best);
  return best;
}

const HeddleWord *
heddle_words_in (const HeddleWords *words, const char *text, gsize length, guint64 kinds,
                 guint64 *languages, gsize *ret_length)
{
  if ((kinds_at (words, text, length) & kinds) == 0)
    return NULL;
  return walk_in (words, text, length, kinds, languages, ret_length);
}

static G_GNUC_NO_INLINE const HeddleWord *
walk_all (const HeddleWords *words, const char *text, gsize length, guint64 kinds,
          gsize *ret_length)
{
  guint64 languages = HEDDLE_ALL_LANGUAGES;
  return walk_in (words, text, length, kinds, &languages, ret_length);
}

const HeddleWord *
heddle_words_at (const HeddleWords *words, const char *text, gsize length, guint64 kinds,
                 gsize *ret_length)
{
  if ((kinds_at (words, text, length) & kinds) == 0)
    return NULL;
  return walk_all (words, text, length, kinds, ret_length);
}

static G_GNUC_NO_INLINE guint64
walk_kinds (const HeddleWords *words, const char *text, gsize length, guint64 kinds)
{
  const char *p = text, *end = text + length;
  const guint16 *folded = words->folded;
  Walk walk = { words->nodes, NULL, 0 };
  guint64 found = 0;
  while (p < end) {
    char bytes[6];
    const char *last = p;
    int n = heddle_words_fold_next (folded, &p, end, bytes);
    if (n == 0 && last > text)
      break;
    if (n == 0)
      continue;
    if (!step (words, &walk, bytes, n, kinds))
      break;
    for (guint at = row_at (&walk); at != 0;) {
      const HeddleWordEnd *row = &words->rows[at - 1];
      guint64 kind = HEDDLE_WORD_BIT (row->word.kind) & kinds;
      if ((kind & ~found) != 0 && !ends_inside_word (&row->word, last, p, end))
        found |= kind;
      at = row->next;
    }
  }
  return found;
}

guint64
heddle_words_kinds_of (const HeddleWords *words, const char *text, gsize length, guint64 kinds)
{
  if ((kinds_at (words, text, length) & kinds) == 0)
    return 0;
  return walk_kinds (words, text, length, kinds);
}
