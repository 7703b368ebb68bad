/* SPDX-License-Identifier: MIT */
/* words: the languages' tables as one trie over folded UTF-8 bytes.
 *
 * A place in a text is looked up by walking down once, so the cost does not grow
 * with the number of languages. Folding is: lower case, any run of white space
 * (no-break and ideographic too) one blank, typographic apostrophes and hyphens
 * their ASCII forms. Accents stay: "à" and "a" are other words.
 */
#include "parser/words.h"

#include <string.h>

typedef struct {
  guint64 below;        /* the kinds of all words that go on here or end here */
  guint child, sibling; /* 0: none (the root is nobody's child) */
  guint first_row;      /* 1 + index into rows, 0: no word ends here */
  guchar byte;
} Node;

typedef struct {
  const HeddleWord *word;
  guint next; /* 1 + index of another word with the same text, 0: none */
} Row;

struct _HeddleWords {
  GArray *nodes; /* of Node */
  GArray *rows;  /* of Row */
  guint root_child[256]; /* the root has most children: one step instead of a walk */
};

static guint
child_of (const HeddleWords *words, guint node, guchar byte)
{
  if (node == 0)
    return words->root_child[byte];
  guint child = g_array_index (words->nodes, Node, node).child;
  while (child != 0 && g_array_index (words->nodes, Node, child).byte != byte)
    child = g_array_index (words->nodes, Node, child).sibling;
  return child;
}

static guint
add_child (HeddleWords *words, guint node, guchar byte)
{
  guint child = child_of (words, node, byte);
  if (child != 0)
    return child;
  child = words->nodes->len;
  Node made = { .byte = byte, .sibling = g_array_index (words->nodes, Node, node).child };
  g_array_append_val (words->nodes, made);
  g_array_index (words->nodes, Node, node).child = child;
  if (node == 0)
    words->root_child[byte] = child;
  return child;
}

static void
add_word (HeddleWords *words, const HeddleWord *word)
{
  guint node = 0;
  for (const char *p = word->text; *p != '\0'; p++) {
    node = add_child (words, node, (guchar) *p);
    g_array_index (words->nodes, Node, node).below |= HEDDLE_WORD_BIT (word->kind);
  }
  Row row = { word, g_array_index (words->nodes, Node, node).first_row };
  g_array_append_val (words->rows, row);
  g_array_index (words->nodes, Node, node).first_row = words->rows->len;
}

HeddleWords *
heddle_words_new (const HeddleLocale *const *locales)
{
  HeddleWords *words = g_new0 (HeddleWords, 1);
  words->nodes = g_array_new (FALSE, TRUE, sizeof (Node));
  words->rows = g_array_new (FALSE, TRUE, sizeof (Row));
  g_array_set_size (words->nodes, 1);
  for (guint i = 0; locales[i] != NULL; i++)
    for (const HeddleWord *word = locales[i]->words; word->text != NULL; word++)
      add_word (words, word);
  return words;
}

void
heddle_words_free (HeddleWords *words)
{
  if (words == NULL)
    return;
  g_array_unref (words->nodes);
  g_array_unref (words->rows);
  g_free (words);
}

static gunichar
fold (gunichar c)
{
  if (c < 0x80)
    return g_ascii_isspace (c) ? ' ' : (gunichar) g_ascii_tolower ((char) c);
  switch (c) {
  case 0x2018: /* typographic apostrophes */
  case 0x2019:
  case 0x02bc:
    return '\'';
  case 0x2010: /* hyphen, no-break hyphen */
  case 0x2011:
    return '-';
  default:
    return g_unichar_isspace (c) || c == 0x00a0 || c == 0x202f ? ' ' : g_unichar_tolower (c);
  }
}

/* The bytes of one folded character at *@p into @bytes, a whole run of white space
 * counting as one; returns how many. Most text is ASCII, and goes the short way. */
static int
next_folded (const char **p, const char *end, char bytes[6])
{
  guchar first = (guchar) **p;
  if (first < 0x80 && !g_ascii_isspace (first)) {
    bytes[0] = g_ascii_tolower ((char) first);
    (*p)++;
    return 1;
  }
  gunichar c = fold (g_utf8_get_char (*p));
  *p = g_utf8_next_char (*p);
  while (c == ' ' && *p < end && fold (g_utf8_get_char (*p)) == ' ')
    *p = g_utf8_next_char (*p);
  return g_unichar_to_utf8 (c, bytes);
}

/* Down from @node over @bytes; 0 where no word of @kinds goes that way. */
static guint
step (const HeddleWords *words, guint node, const char *bytes, int n, guint64 kinds)
{
  for (int i = 0; i < n; i++) {
    node = child_of (words, node, (guchar) bytes[i]);
    if (node == 0 || (g_array_index (words->nodes, Node, node).below & kinds) == 0)
      return 0;
  }
  return node;
}

static gboolean
ends_inside_word (const char *start, const char *at, const char *end)
{
  if (at >= end || at == start)
    return FALSE;
  gunichar before = g_utf8_get_char (g_utf8_prev_char (at));
  /* Scripts without blanks between words have no inside that one could see. */
  if (before >= 0x2e80 && g_unichar_iswide (before))
    return FALSE;
  return g_unichar_isalnum (before) && g_unichar_isalnum (g_utf8_get_char (at));
}

static const HeddleWord *
row_of_kind (const HeddleWords *words, guint node, guint64 kinds)
{
  guint row = g_array_index (words->nodes, Node, node).first_row;
  const HeddleWord *found = NULL;
  /* Rows are chained newest first: the last match is the first language's. */
  for (; row != 0; row = g_array_index (words->rows, Row, row - 1).next) {
    const HeddleWord *word = g_array_index (words->rows, Row, row - 1).word;
    if (kinds & HEDDLE_WORD_BIT (word->kind))
      found = word;
  }
  return found;
}

const HeddleWord *
heddle_words_at (const HeddleWords *words, const char *text, gsize length, guint64 kinds,
                 gsize *ret_length)
{
  const char *p = text, *end = text + length;
  const HeddleWord *best = NULL;
  guint node = 0;
  while (p < end) {
    char bytes[6];
    int n = next_folded (&p, end, bytes);
    node = step (words, node, bytes, n, kinds);
    if (node == 0)
      return best;
    const HeddleWord *word = row_of_kind (words, node, kinds);
    if (word != NULL && !ends_inside_word (text, p, end)) {
      best = word;
      if (ret_length != NULL)
        *ret_length = (gsize) (p - text);
    }
  }
  return best;
}
