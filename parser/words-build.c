/* SPDX-License-Identifier: MIT */
/* Rows into the index that words.c reads.
 *
 * A trie is drafted a byte a node with siblings chained, then settled in the order of its
 * depth, where what does not branch becomes one node. The sieve has several places for
 * each row, so that few of them share one.
 */
#include "parser/build.h"
#include "parser/words-index.h"

#include <string.h>

enum { SIEVE_LEAST = 8, SIEVE_MOST = 17 }; /* bits of an index into it: 256 KB at most */

typedef struct {
  HeddleKinds below;        /* the kinds of all words that go on here or end here */
  guint child, sibling; /* 0: none (the root is nobody's child) */
  guint first_row;      /* 1 + index into ends, 0: no word ends here */
  guchar byte;
} Draft;

struct _HeddleWordsBuild {
  GArray *drafts;  /* of Draft */
  GArray *ends;    /* of HeddleWordEnd */
  GArray *keys;    /* of guint64, of each end, for the sieve */
  guint32 glued[26]; /* as in HeddleWords */
  guint16 *folded; /* HEDDLE_FOLDED of them */
};

static Draft *
draft (const HeddleWordsBuild *build, guint i)
{
  return &g_array_index (build->drafts, Draft, i);
}

HeddleWordsBuild *
heddle_words_build_new (void)
{
  HeddleWordsBuild *build = g_new0 (HeddleWordsBuild, 1);
  build->drafts = g_array_new (FALSE, TRUE, sizeof (Draft));
  build->ends = g_array_new (FALSE, TRUE, sizeof (HeddleWordEnd));
  build->keys = g_array_new (FALSE, TRUE, sizeof (guint64));
  build->folded = g_new0 (guint16, HEDDLE_FOLDED);
  g_array_set_size (build->drafts, 1);
  for (gunichar c = 1; c < HEDDLE_FOLDED; c++)
    build->folded[c] = (guint16)heddle_words_fold (c);
  return build;
}

static guint
add_child (HeddleWordsBuild *build, guint node, guchar byte)
{
  for (guint child = draft (build, node)->child; child != 0;
       child = draft (build, child)->sibling)
    if (draft (build, child)->byte == byte)
      return child;
  Draft made = { .byte = byte, .sibling = draft (build, node)->child };
  guint child = build->drafts->len;
  g_array_append_val (build->drafts, made);
  draft (build, node)->child = child;
  return child;
}

static HeddleWord
word_of_row (const HeddleWordRow *row)
{
  return (HeddleWord){
    .kind = (guint8)row->kind,
    .characters = (guint8)MIN (g_utf8_strlen (row->text, -1), G_MAXUINT8),
    .spaced = strchr (row->text, ' ') != NULL,
    .slashed = strchr (row->text, '/') != NULL,
    .value = row->value,
  };
}

/* Keep how @row ends, a word that is glued to what stands before it. */
static void
add_glued (HeddleWordsBuild *build, const HeddleWordRow *row)
{
  gunichar last = 0, before = 0;
  for (const char *p = row->text; *p != '\0'; p = g_utf8_next_char (p)) {
    before = last;
    last = heddle_words_fold (g_utf8_get_char (p));
  }
  if (last >= 'a' && last <= 'z' && before >= 'a' && before <= 'z')
    build->glued[last - 'a'] |= 1U << (before - 'a');
}

void
heddle_words_build_add (HeddleWordsBuild *build, const HeddleWordRow *row, guint64 languages)
{
  guint node = 0;
  const char *p = row->text, *end = p + strlen (p);
  guint64 key = heddle_words_fold_key (build->folded, p, (gsize)(end - p));
  g_array_append_val (build->keys, key);
  if (row->kind == HEDDLE_WORD_BY && (row->value & HEDDLE_TERM_GLUED) != 0)
    add_glued (build, row);
  while (p < end) {
    char bytes[6];
    int n = heddle_words_fold_next (build->folded, &p, end, bytes);
    for (int i = 0; i < n; i++) {
      node = add_child (build, node, (guchar)bytes[i]);
      draft (build, node)->below |= HEDDLE_WORD_BIT (row->kind);
    }
  }
  HeddleWordEnd made = { languages, word_of_row (row), draft (build, node)->first_row };
  g_array_append_val (build->ends, made);
  draft (build, node)->first_row = build->ends->len;
}

/* From @i on down to where words branch or end; what lies between goes onto @runs. */
static guint
end_of_run (const HeddleWordsBuild *build, guint i, GByteArray *runs)
{
  const Draft *at = draft (build, i);
  guint first = runs->len;
  while (at->first_row == 0 && at->child != 0 && draft (build, at->child)->sibling == 0
         && runs->len - first < G_MAXUINT16) {
    i = at->child;
    at = draft (build, i);
    g_byte_array_append (runs, &at->byte, 1);
  }
  return i;
}

/* The kinds of the rows that begin with @at. */
static HeddleKinds
kinds_ending (const HeddleWordsBuild *build, guint at)
{
  HeddleKinds kinds = 0;
  while (at != 0) {
    const HeddleWordEnd *end = &g_array_index (build->ends, HeddleWordEnd, at - 1);
    kinds |= HEDDLE_WORD_BIT (end->word.kind);
    at = end->next;
  }
  return kinds;
}

static void
settle (const HeddleWordsBuild *build, HeddleWords *words)
{
  guint n = 1;
  g_autofree guint *order = g_new (guint, build->drafts->len);
  GArray *nodes = g_array_new (FALSE, TRUE, sizeof (HeddleWordNode));
  GByteArray *bytes = g_byte_array_new (), *runs = g_byte_array_new ();
  order[0] = 0;
  for (guint i = 0; i < n; i++) {
    guint run = runs->len, end = i == 0 ? 0 : end_of_run (build, order[i], runs);
    HeddleWordNode node = { .below = draft (build, end)->below,
                            .ending = kinds_ending (build, draft (build, end)->first_row),
                            .first_row = draft (build, end)->first_row,
                            .children = n,
                            .run = run,
                            .n_run = (guint16)(runs->len - run) };
    g_byte_array_append (bytes, &draft (build, order[i])->byte, 1);
    for (guint child = draft (build, end)->child; child != 0;
         child = draft (build, child)->sibling)
      order[n++] = child;
    node.n_children = (guint16)(n - node.children);
    g_array_append_val (nodes, node);
  }
  words->n_nodes = n;
  words->n_runs = runs->len;
  words->nodes = (const HeddleWordNode *)(gpointer)g_array_free (nodes, FALSE);
  words->bytes = g_byte_array_free (bytes, FALSE);
  words->runs = g_byte_array_free (runs, FALSE);
}

static HeddleKinds
kinds_of (const HeddleWord *word)
{
  gboolean behind = (word->kind == HEDDLE_WORD_BY || word->kind == HEDDLE_WORD_WITHIN)
                    && (word->value & HEDDLE_TERM_BEHIND) != 0;
  return HEDDLE_WORD_BIT (word->kind) | (behind ? HEDDLE_WORD_BEHIND : 0);
}

static guint
hash_kinds (gconstpointer key)
{
  const HeddleKinds *kinds = key;
  gint64 folded = (gint64)(*kinds ^ *kinds >> 64);
  return g_int64_hash (&folded);
}

static gboolean
equal_kinds (gconstpointer a, gconstpointer b)
{
  const HeddleKinds *one = a, *other = b;
  return *one == *other;
}

/* Each set of kinds once: few differ, and so the sieve stays in the processor's cache. */
static void
number_sets (HeddleWords *words, const HeddleKinds *kinds)
{
  g_autoptr (GHashTable) known = g_hash_table_new (hash_kinds, equal_kinds);
  GArray *sets = g_array_new (FALSE, TRUE, sizeof (HeddleKinds));
  guint16 *sieve = g_new0 (guint16, heddle_sieve_size (words));
  g_array_set_size (sets, 1);
  for (guint i = 0; i < heddle_sieve_size (words); i++) {
    guint set = GPOINTER_TO_UINT (g_hash_table_lookup (known, &kinds[i]));
    if (set == 0 && kinds[i] != 0) {
      set = sets->len;
      g_assert (set <= G_MAXUINT16);
      g_array_append_val (sets, kinds[i]);
      g_hash_table_insert (known, (gpointer)&kinds[i], GUINT_TO_POINTER (set));
    }
    sieve[i] = (guint16)set;
  }
  words->sieve = sieve;
  words->n_sets = sets->len;
  words->sets = (const HeddleKinds *)(gpointer)g_array_free (sets, FALSE);
}

static void
sift (const HeddleWordsBuild *build, HeddleWords *words)
{
  guint bits = SIEVE_LEAST;
  while (bits < SIEVE_MOST && 1U << bits < 4 * build->ends->len)
    bits++;
  words->sieve_shift = 64 - bits;
  g_autofree HeddleKinds *kinds = g_new0 (HeddleKinds, (gsize)1 << bits);
  g_autofree HeddleKinds *begins = g_new0 (HeddleKinds, HEDDLE_ASCII);
  for (guint i = 0; i < build->ends->len; i++) {
    guint64 key = g_array_index (build->keys, guint64, i);
    kinds[heddle_sieve_index (words, key)]
        |= kinds_of (&g_array_index (build->ends, HeddleWordEnd, i).word);
    if ((key & 0xff) < 0x80)
      begins[key & 0xff] |= kinds_of (&g_array_index (build->ends, HeddleWordEnd, i).word);
  }
  /* as they are written too: capitals, white space */
  for (guint c = 0; c < HEDDLE_ASCII; c++)
    begins[c] = begins[build->folded[c]];
  words->begins = g_steal_pointer (&begins);
  number_sets (words, kinds);
}

HeddleWords *
heddle_words_build_end (HeddleWordsBuild *build)
{
  HeddleWords *words = g_new0 (HeddleWords, 1);
  settle (build, words);
  sift (build, words);
  words->n_rows = build->ends->len;
  words->rows = (const HeddleWordEnd *)(gpointer)g_array_free (build->ends, FALSE);
  words->folded = build->folded;
  memcpy (words->glued, build->glued, sizeof words->glued);
  g_array_unref (build->drafts);
  g_array_unref (build->keys);
  g_free (build);
  return words;
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
  HeddleWordsBuild *build = heddle_words_build_new ();
  for (guint i = 0; locales[i] != NULL; i++) {
    guint64 language = heddle_language_bit (locales, i);
    for (const HeddleWordRow *row = locales[i]->words; row->text != NULL; row++)
      heddle_words_build_add (build, row, language);
  }
  return heddle_words_build_end (build);
}

void
heddle_words_free (HeddleWords *words)
{
  if (words == NULL)
    return;
  g_free ((gpointer)words->sieve);
  g_free ((gpointer)words->sets);
  g_free ((gpointer)words->begins);
  g_free ((gpointer)words->folded);
  g_free ((gpointer)words->nodes);
  g_free ((gpointer)words->bytes);
  g_free ((gpointer)words->runs);
  g_free ((gpointer)words->rows);
  g_free (words);
}
