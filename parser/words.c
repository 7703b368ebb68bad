/* SPDX-License-Identifier: MIT */
/* words: a place in a text looked up in the index of all languages' words.
 *
 * The index is a trie over folded UTF-8 bytes (words-fold.c); a look-up walks down it
 * once, so the cost does not grow with the number of languages. Before the walk the first
 * character and then a sieve tell which kinds may begin here, the sieve by the first
 * letters, up to what is none of a to z (where none stands, by the first bytes): at most
 * places of a text none of those asked for does.
 */
#include "parser/words-index.h"

#include <string.h>

/* A digit may stand at once behind these: "Apr2018", "ב15:40". */
#define OF_DATES                                                                                   \
  (HEDDLE_WORD_BIT (HEDDLE_WORD_MONTH) | HEDDLE_WORD_BIT (HEDDLE_WORD_WEEKDAY)                     \
   | HEDDLE_WORD_BIT (HEDDLE_WORD_DAYTIME) | HEDDLE_WORD_BIT (HEDDLE_WORD_ORDINAL)                 \
   | HEDDLE_WORD_BIT (HEDDLE_WORD_OF) | HEDDLE_WORD_BIT (HEDDLE_WORD_AT))

enum { FEW_CHILDREN = 6 };

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
  if (n <= FEW_CHILDREN) { /* as nearly all nodes have: a call would cost more */
    for (guint i = first + 1; i < first + n; i++)
      if (words->bytes[i] == byte)
        return i;
    return 0;
  }
  const guchar *found = memchr (words->bytes + first, byte, n);
  return found != NULL ? (guint) (found - words->bytes) : 0;
}

static inline HeddleKinds
sieved (const HeddleWords *words, guint64 key)
{
  return words->sets[words->sieve[heddle_sieve_index (words, key)]];
}

/* Those of @kinds that may begin @text, as heddle_words_kinds_at(). The look-ups ask here
 * before they set up anything. */
static inline HeddleKinds
kinds_at (const HeddleWords *words, const char *text, gsize length, HeddleKinds kinds)
{
  guchar first = length > 0 ? (guchar) *text : 0;
  if (first < HEDDLE_ASCII)
    kinds &= words->begins[first];
  if (kinds == 0)
    return 0;
  guint64 key = heddle_words_fold_key (words->folded, text, length);
  if (heddle_words_fold_is_letters (key))
    return kinds & sieved (words, key);
  /* words of one to three bytes too */
  return kinds
         & (sieved (words, key) | sieved (words, key & 0xffffff) | sieved (words, key & 0xffff)
            | sieved (words, key & 0xff));
}

HeddleKinds
heddle_words_kinds_at (const HeddleWords *words, const char *text, gsize length)
{
  return kinds_at (words, text, length, ~(HeddleKinds) 0);
}

HeddleKinds
heddle_words_kinds_at_both (const HeddleWords *words, const HeddleWords *others, const char *text,
                            gsize length, HeddleKinds *ret_others)
{
  guchar first = length > 0 ? (guchar) *text : 0;
  HeddleKinds kinds = ~(HeddleKinds) 0, more = kinds;
  if (first < HEDDLE_ASCII) {
    kinds = words->begins[first];
    more = others->begins[first];
  }
  *ret_others = 0;
  if ((kinds | more) == 0)
    return 0;
  guint64 key = heddle_words_fold_key (words->folded, text, length);
  if (heddle_words_fold_is_letters (key)) {
    *ret_others = more & sieved (others, key);
    return kinds & sieved (words, key);
  }
  *ret_others = kinds_at (others, text, length, more);
  return kinds_at (words, text, length, kinds);
}

/* Down over @bytes; FALSE where no word of @kinds goes that way. */
static inline gboolean
step (const HeddleWords *words, Walk *walk, const char *bytes, int n, HeddleKinds kinds)
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

/* The kinds of the words that end where @walk stands. */
static inline HeddleKinds
kinds_here (const Walk *walk)
{
  return walk->left == 0 ? walk->node->ending : 0;
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

/* Those of @kinds of which a word that ends at @at would end within a word of the text.
 * @last: where the last character before @at that counts begins. */
static HeddleKinds
kinds_inside_word (HeddleKinds kinds, const char *last, const char *at, const char *end)
{
  if (at >= end || ((guchar) *at < 0x80 && !g_ascii_isalnum (*at)))
    return 0;
  gunichar before = g_utf8_get_char (last), behind = g_utf8_get_char (at);
  /* Scripts without blanks between words have no inside that one could see. */
  if (before >= 0x2e80 && g_unichar_iswide (before))
    return 0;
  if (g_unichar_isdigit (before) != g_unichar_isdigit (behind))
    kinds &= ~OF_DATES;
  return is_of_word (before) && is_of_word (behind) ? kinds : 0;
}

/* The first language's row of @kinds and @languages among those that begin with @at. */
static inline const HeddleWord *
row_of_kind (const HeddleWords *words, guint at, HeddleKinds kinds, guint64 languages)
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
walk_in (const HeddleWords *words, const char *text, gsize length, HeddleKinds kinds,
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
    if ((kinds_here (&walk) & kinds) == 0)
      continue;
    const HeddleWord *word = row_of_kind (words, row_at (&walk), kinds, *languages);
    if (word != NULL && kinds_inside_word (HEDDLE_WORD_BIT (word->kind), last, p, end) == 0) {
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
heddle_words_in (const HeddleWords *words, const char *text, gsize length, HeddleKinds kinds,
                 guint64 *languages, gsize *ret_length)
{
  kinds = kinds_at (words, text, length, kinds);
  if (kinds == 0)
    return NULL;
  return walk_in (words, text, length, kinds, languages, ret_length);
}

static G_GNUC_NO_INLINE const HeddleWord *
walk_all (const HeddleWords *words, const char *text, gsize length, HeddleKinds kinds,
          gsize *ret_length)
{
  guint64 languages = HEDDLE_ALL_LANGUAGES;
  return walk_in (words, text, length, kinds, &languages, ret_length);
}

const HeddleWord *
heddle_words_at (const HeddleWords *words, const char *text, gsize length, HeddleKinds kinds,
                 gsize *ret_length)
{
  kinds = kinds_at (words, text, length, kinds);
  if (kinds == 0)
    return NULL;
  return walk_all (words, text, length, kinds, ret_length);
}

static G_GNUC_NO_INLINE HeddleKinds
walk_kinds (const HeddleWords *words, const char *text, gsize length, HeddleKinds kinds)
{
  const char *p = text, *end = text + length;
  const guint16 *folded = words->folded;
  Walk walk = { words->nodes, NULL, 0 };
  HeddleKinds found = 0;
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
    HeddleKinds ending = kinds_here (&walk) & kinds & ~found;
    if (ending != 0)
      found |= ending & ~kinds_inside_word (ending, last, p, end);
  }
  return found;
}

HeddleKinds
heddle_words_kinds_of (const HeddleWords *words, const char *text, gsize length, HeddleKinds kinds)
{
  kinds = kinds_at (words, text, length, kinds);
  if (kinds == 0)
    return 0;
  return walk_kinds (words, text, length, kinds);
}

gboolean
heddle_words_may_be_glued (const HeddleWords *words, const char *text, gsize length)
{
  if (length < 2)
    return FALSE;
  gunichar last = (guchar) text[length - 1], before = (guchar) text[length - 2];
  if (last >= 0x80 || before >= 0x80)
    return TRUE;
  last = words->folded[last];
  before = words->folded[before];
  return last >= 'a' && last <= 'z' && before >= 'a' && before <= 'z'
         && (words->glued[last - 'a'] & 1U << (before - 'a')) != 0;
}
