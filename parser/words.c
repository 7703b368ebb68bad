/* SPDX-License-Identifier: MIT */
/* words: the languages' tables as one trie over folded UTF-8 bytes.
 *
 * A place in a text is looked up by walking down once, so the cost does not grow
 * with the number of languages. Before the walk a sieve tells by the first bytes which
 * kinds may begin here: at most places of a text none of those asked for does. Folding
 * is: lower case, any run of white space (no-break and ideographic too) one blank,
 * typographic apostrophes and hyphens their ASCII forms, and letters that writers of a
 * language take for each other the same (the table below). Direction marks, joiners,
 * tatweel and vowel signs are passed over. Accents of Latin letters stay: "à" and "a"
 * are other words.
 */
#include "parser/words.h"

#include <string.h>

/* A digit may stand at once behind these: "Apr2018", "ב15:40". */
#define OF_DATES                                                                                   \
  (HEDDLE_WORD_BIT (HEDDLE_WORD_MONTH) | HEDDLE_WORD_BIT (HEDDLE_WORD_WEEKDAY)                     \
   | HEDDLE_WORD_BIT (HEDDLE_WORD_DAYTIME) | HEDDLE_WORD_BIT (HEDDLE_WORD_ORDINAL)                 \
   | HEDDLE_WORD_BIT (HEDDLE_WORD_OF) | HEDDLE_WORD_BIT (HEDDLE_WORD_AT))

typedef struct { /* while the index is made */
  guint64 below;        /* the kinds of all words that go on here or end here */
  guint child, sibling; /* 0: none (the root is nobody's child) */
  guint first_row;      /* 1 + index into rows, 0: no word ends here */
  guchar byte;
} Draft;

typedef struct { /* as it is used: in the order of their depth, siblings side by side */
  guint64 below;
  guint children; /* the first of them; the last stands before the next node's first */
  guint first_row;
} Node;

typedef struct {
  const HeddleWord *word;
  guint next; /* 1 + index of another word with the same text, 0: none */
  guint64 language; /* its bit */
} Row;

#define SIEVE_BITS 17 /* of the index into the sieve: several for each beginning that there is */
#define SIEVE_BYTES 4 /* of a word that it looks at */
#define FOLDED 0x3000 /* characters whose folding is kept: all but those of East Asia */

struct _HeddleWords {
  guint64 sieve[1 << SIEVE_BITS]; /* the kinds of all words whose first bytes fall here */
  guint16 folded[FOLDED];         /* of each character, 0 for those that are passed over */
  GArray *drafts; /* of Draft; NULL when the index is made */
  Node *nodes;    /* one more than there are, for its `children` */
  guchar *bytes;  /* of each node, the one that leads to it */
  GArray *rows;   /* of Row */
};

static Draft *
draft (const HeddleWords *words, guint i)
{
  return &g_array_index (words->drafts, Draft, i);
}

static guint
add_child (HeddleWords *words, guint node, guchar byte)
{
  for (guint child = draft (words, node)->child; child != 0; child = draft (words, child)->sibling)
    if (draft (words, child)->byte == byte)
      return child;
  Draft made = { .byte = byte, .sibling = draft (words, node)->child };
  guint child = words->drafts->len;
  g_array_append_val (words->drafts, made);
  draft (words, node)->child = child;
  return child;
}

/* The drafts as nodes. A node's children stand side by side, and those of the next node
 * behind them, so that a step looks at one stretch of memory. */
static void
settle (HeddleWords *words)
{
  guint n = words->drafts->len, made = 1;
  g_autofree guint *order = g_new (guint, n);
  words->nodes = g_new0 (Node, n + 1);
  words->bytes = g_new0 (guchar, n);
  order[0] = 0;
  for (guint i = 0; i < n; i++) {
    const Draft *from = draft (words, order[i]);
    words->nodes[i] = (Node) { from->below, made, from->first_row };
    words->bytes[i] = from->byte;
    for (guint child = from->child; child != 0; child = draft (words, child)->sibling)
      order[made++] = child;
  }
  words->nodes[n].children = n;
  g_clear_pointer (&words->drafts, g_array_unref);
}

static inline guint
child_of (const HeddleWords *words, guint node, guchar byte)
{
  guint first = words->nodes[node].children, n = words->nodes[node + 1].children - first;
  if (n == 0 || words->bytes[first] == byte) /* most nodes have one child at most */
    return n == 0 ? 0 : first;
  const guchar *found = memchr (words->bytes + first, byte, n);
  return found != NULL ? (guint) (found - words->bytes) : 0;
}

#define MOST_DROPPED 8 /* characters in a row that show nothing; more are no word's */

/* Letters of one sound or shape in lower case, by code point. */
static const struct {
  guint16 from, to;
} letters[] = {
  { 0x0131, 'i' },    /* dotless i: Turkish "I" has lost its language */
  { 0x0390, 0x03b9 }, /* Greek capitals bear no tonos */
  { 0x03ac, 0x03b1 }, { 0x03ad, 0x03b5 }, { 0x03ae, 0x03b7 }, { 0x03af, 0x03b9 },
  { 0x03b0, 0x03c5 }, { 0x03c2, 0x03c3 }, /* final sigma */
  { 0x03ca, 0x03b9 }, { 0x03cb, 0x03c5 }, { 0x03cc, 0x03bf }, { 0x03cd, 0x03c5 },
  { 0x03ce, 0x03c9 },
  { 0x0451, 0x0435 }, /* Cyrillic io, mostly written as ie */
  { 0x05be, '-' },    { 0x05f3, '\'' },   { 0x05f4, '"' }, /* maqaf, geresh, gershayim */
  { 0x0622, 0x0627 }, { 0x0623, 0x0627 }, { 0x0624, 0x0648 }, { 0x0625, 0x0627 },
  { 0x0626, 0x064a }, { 0x0629, 0x0647 }, { 0x0649, 0x064a }, { 0x0671, 0x0627 },
  { 0x06a9, 0x0643 }, { 0x06c0, 0x0647 }, { 0x06cc, 0x064a }, { 0x06d5, 0x0647 },
  { 0x2010, '-' },    { 0x2011, '-' }, /* hyphen, no-break hyphen */
  { 0x2018, '\'' },   { 0x2019, '\'' },   { 0x201c, '"' },    { 0x201d, '"' },
};

static gboolean
is_dropped (gunichar c)
{
  if (c < 0x0591)
    return c == 0xad;
  if (c < 0x2000)
    return (c <= 0x05c7 && c != 0x05be && c != 0x05c0 && c != 0x05c3 && c != 0x05c6) /* points */
           || c == 0x061c || c == 0x0640 || (c >= 0x064b && c <= 0x065f) || c == 0x0670;
  return (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e)
         || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

gunichar
heddle_words_fold (gunichar c)
{
  gsize low = 0, high = G_N_ELEMENTS (letters);

  if (c < 0x80)
    return g_ascii_isspace (c) ? ' ' : (gunichar) g_ascii_tolower ((char) c);
  if (is_dropped (c))
    return 0;
  if (g_unichar_isspace (c) || c == 0x00a0 || c == 0x202f)
    return ' ';
  c = c == 0x02bc ? '\'' : g_unichar_tolower (c);
  while (low < high) {
    gsize middle = (low + high) / 2;

    if (letters[middle].from == c)
      return letters[middle].to;
    if (letters[middle].from < c)
      low = middle + 1;
    else
      high = middle;
  }
  return c;
}

static gunichar
fold (const HeddleWords *words, gunichar c)
{
  return c < FOLDED ? words->folded[c] : heddle_words_fold (c);
}

/* Behind @p, what is passed over in a word, and with @blanks white space too. */
static const char *
pass_dropped (const HeddleWords *words, const char *p, const char *end, gboolean blanks)
{
  for (guint dropped = 0; p < end && ((guchar) *p >= 0x80 || blanks);) {
    gunichar c = fold (words, g_utf8_get_char (p));
    if (c == 0 ? ++dropped > MOST_DROPPED : c != ' ' || !blanks)
      break;
    p = g_utf8_next_char (p);
  }
  return p;
}

/* What next_folded() does where the short way is not enough. */
static int
next_wide (const HeddleWords *words, const char **p, const char *end, char bytes[6])
{
  gunichar c = fold (words, g_utf8_get_char (*p));
  *p = pass_dropped (words, g_utf8_next_char (*p), end, c == ' ');
  return c == 0 ? 0 : g_unichar_to_utf8 (c, bytes);
}

/* The bytes of one folded character at *@p into @bytes, a whole run of white space
 * counting as one; returns how many, 0 for what is passed over. Most text is ASCII, and
 * goes the short way. */
static inline int
next_folded (const HeddleWords *words, const char **p, const char *end, char bytes[6])
{
  guchar first = (guchar) **p;
  if (first >= 0x80 || words->folded[first] <= ' ')
    return next_wide (words, p, end, bytes);
  bytes[0] = (char) words->folded[first];
  (*p)++;
  if (*p < end && (guchar) **p >= 0x80)
    *p = pass_dropped (words, *p, end, FALSE);
  return 1;
}

/* The place of a word's first folded bytes in the sieve; others may share it. */
static inline guint
sieve_index (guint32 key)
{
  return (key * (guint32) 2654435761U) >> (32 - SIEVE_BITS); /* Knuth 6.4 */
}

/* The first bytes of @text folded, as a key. */
static inline guint32
first_key (const HeddleWords *words, const char *text, gsize length)
{
  if (length >= SIEVE_BYTES) { /* as most text is */
    guchar one = (guchar) text[0], two = (guchar) text[1], three = (guchar) text[2],
           four = (guchar) text[3];
    if ((one | two | three | four) < 0x80) {
      guint32 a = words->folded[one], b = words->folded[two], c = words->folded[three],
              d = words->folded[four];
      if (a > ' ' && b + c != 2 * ' ' && c + d != 2 * ' ')
        return a | b << 8 | c << 16 | d << 24;
    }
  }
  const char *p = text, *end = text + length;
  char first[SIEVE_BYTES + 6];
  gsize n = 0;
  while (n < SIEVE_BYTES && p < end)
    n += (gsize) next_folded (words, &p, end, first + n);
  guint32 key = 0;
  for (gsize i = 0; i < MIN (n, SIEVE_BYTES); i++)
    key |= (guint32) (guchar) first[i] << (8 * i);
  return key;
}

static void
add_word (HeddleWords *words, const HeddleWord *word, guint64 language)
{
  guint node = 0;
  const char *p = word->text, *end = p + strlen (p);
  words->sieve[sieve_index (first_key (words, p, (gsize) (end - p)))] |= HEDDLE_WORD_BIT (word->kind);
  while (p < end) {
    char bytes[6];
    int n = next_folded (words, &p, end, bytes);
    for (int i = 0; i < n; i++) {
      node = add_child (words, node, (guchar) bytes[i]);
      draft (words, node)->below |= HEDDLE_WORD_BIT (word->kind);
    }
  }
  Row row = { word, draft (words, node)->first_row, language };
  g_array_append_val (words->rows, row);
  draft (words, node)->first_row = words->rows->len;
}

guint64
heddle_language_bit (const HeddleLocale *const *locales, guint n)
{
  gsize length = strcspn (locales[n]->language, "-_");
  guint first = 0;
  while (strncmp (locales[first]->language, locales[n]->language, length) != 0
         || strcspn (locales[first]->language, "-_") != length)
    first++;
  return G_GUINT64_CONSTANT (1) << (first % 64);
}

HeddleWords *
heddle_words_new (const HeddleLocale *const *locales)
{
  HeddleWords *words = g_new0 (HeddleWords, 1);
  words->drafts = g_array_sized_new (FALSE, TRUE, sizeof (Draft), 1 << 16);
  words->rows = g_array_new (FALSE, TRUE, sizeof (Row));
  g_array_set_size (words->drafts, 1);
  for (gunichar c = 1; c < FOLDED; c++)
    words->folded[c] = (guint16) heddle_words_fold (c);
  for (guint i = 0; locales[i] != NULL; i++) {
    guint64 language = heddle_language_bit (locales, i);
    for (const HeddleWord *word = locales[i]->words; word->text != NULL; word++)
      add_word (words, word, language);
  }
  settle (words);
  return words;
}

void
heddle_words_free (HeddleWords *words)
{
  if (words == NULL)
    return;
  g_free (words->nodes);
  g_free (words->bytes);
  g_array_unref (words->rows);
  g_free (words);
}

guint64
heddle_words_kinds_at (const HeddleWords *words, const char *text, gsize length)
{
  guint32 key = first_key (words, text, length);
  /* words of one to three bytes too */
  return words->sieve[sieve_index (key)] | words->sieve[sieve_index (key & 0xffffff)]
         | words->sieve[sieve_index (key & 0xffff)] | words->sieve[sieve_index (key & 0xff)];
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
    const Row *row = &g_array_index (words->rows, Row, at - 1);
    if ((kinds & HEDDLE_WORD_BIT (row->word->kind)) != 0 && (row->language & languages) != 0)
      found = row->word;
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
    const Row *row = &g_array_index (words->rows, Row, at - 1);
    if (row->word->kind == word->kind)
      languages |= row->language;
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
    int n = next_folded (words, &p, end, bytes);
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
    int n = next_folded (words, &p, end, bytes);
    if (n == 0 && last > text)
      break;
    if (n == 0)
      continue;
    node = step (words, node, bytes, n, kinds);
    if (node == 0)
      break;
    for (guint at = words->nodes[node].first_row; at != 0;) {
      const Row *row = &g_array_index (words->rows, Row, at - 1);
      guint64 kind = HEDDLE_WORD_BIT (row->word->kind) & kinds;
      if ((kind & ~found) != 0 && !ends_inside_word (row->word, last, p, end))
        found |= kind;
      at = row->next;
    }
  }
  return found;
}
