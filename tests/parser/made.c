/* SPDX-License-Identifier: MIT */
/* The tables that the parser holds say what the languages' rows say: each row is found by
 * its own text, with its kind, value and language; and what was written as C while Heddle
 * was built is what would be built now, for words and for CLDR's names. */
#include "parser/build.h"
#include "parser/names.h"
#include "parser/parser.h"
#include "parser/words-index.h"

#include <string.h>

/* As words are compared, and what else decides which row is found first. */
static char *
key_of_row (const HeddleWordRow *row, guint64 language)
{
  g_autoptr (GString) key = g_string_new (NULL);
  g_string_printf (key, "%d %" G_GINT64_MODIFIER "x ", row->kind, language);
  for (const char *p = row->text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = heddle_words_fold (g_utf8_get_char (p));
    if (c != 0)
      g_string_append_unichar (key, c);
  }
  return g_strdup (key->str);
}

/* @first: the key of each row → the row that came first. */
static void
check_row (const HeddleLocale *locale, const HeddleWordRow *row, guint64 language,
           GHashTable *first)
{
  g_autofree char *key = key_of_row (row, language);
  if (!g_hash_table_contains (first, key))
    g_hash_table_insert (first, g_strdup (key), (gpointer)row);
  const HeddleWordRow *wanted = g_hash_table_lookup (first, key);
  guint64 languages = language;
  gsize length = strlen (row->text), covered = 0;
  const HeddleWord *word = heddle_words_in (&heddle_words_made, row->text, length,
                                            HEDDLE_WORD_BIT (row->kind), &languages, &covered);
  if (word == NULL || word->kind != row->kind || word->value != wanted->value
      || covered != length || languages != language)
    g_error ("%s: { %d, \"%s\", %d }: %s", locale->language, row->kind, row->text, row->value,
             word == NULL ? "not found" : "another row is found");
  g_assert_cmpuint (word->characters, ==, MIN (g_utf8_strlen (wanted->text, -1), 255));
  g_assert_cmpuint (word->spaced, ==, strchr (wanted->text, ' ') != NULL);
  g_assert_cmpuint (word->slashed, ==, strchr (wanted->text, '/') != NULL);
}

static void
test_rows (void)
{
  g_autoptr (GHashTable) first = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n = 0;
  for (guint i = 0; heddle_locales[i] != NULL; i++) {
    const HeddleLocale *locale = heddle_locales[i];
    for (const HeddleWordRow *row = locale->words; row->text != NULL; row++, n++)
      check_row (locale, row, heddle_language_bit (heddle_locales, i), first);
  }
  g_assert_cmpuint (n, ==, heddle_words_made.n_rows);
}

static void
check_same (const HeddleWords *made, const HeddleWords *built)
{
  g_assert_cmpuint (made->n_rows, ==, built->n_rows);
  g_assert_cmpuint (made->n_nodes, ==, built->n_nodes);
  g_assert_cmpuint (made->sieve_shift, ==, built->sieve_shift);
  g_assert_cmpmem (made->sieve, heddle_sieve_size (made) * sizeof (guint16), built->sieve,
                   heddle_sieve_size (built) * sizeof (guint16));
  g_assert_cmpmem (made->sets, made->n_sets * sizeof (HeddleKinds), built->sets,
                   built->n_sets * sizeof (HeddleKinds));
  g_assert_cmpmem (made->begins, HEDDLE_ASCII * sizeof (HeddleKinds), built->begins,
                   HEDDLE_ASCII * sizeof (HeddleKinds));
  g_assert_cmpmem (made->glued, sizeof made->glued, built->glued, sizeof built->glued);
  g_assert_cmpmem (made->folded, HEDDLE_FOLDED * sizeof (guint16), built->folded,
                   HEDDLE_FOLDED * sizeof (guint16));
  g_assert_cmpmem (made->nodes, made->n_nodes * sizeof (HeddleWordNode), built->nodes,
                   built->n_nodes * sizeof (HeddleWordNode));
  g_assert_cmpmem (made->bytes, made->n_nodes, built->bytes, built->n_nodes);
  g_assert_cmpmem (made->runs, made->n_runs, built->runs, built->n_runs);
  for (guint i = 0; i < made->n_rows; i++) {
    const HeddleWordEnd *a = &made->rows[i], *b = &built->rows[i];
    g_assert_cmpmem (&a->word, sizeof a->word, &b->word, sizeof b->word);
    g_assert_cmpuint (a->languages, ==, b->languages);
    g_assert_cmpuint (a->next, ==, b->next);
  }
}

static void
test_written (void)
{
  HeddleWords *words = heddle_words_new (heddle_locales);
  HeddleNames *names = heddle_names_new (heddle_locales);
  check_same (&heddle_words_made, words);
  check_same (heddle_names_made.words, names->words);
  g_assert_cmpuint (heddle_names_made.day_first, ==, names->day_first);
  g_assert_cmpuint (names->words->n_rows, >, 1000); /* ICU's data was there */
  heddle_names_free (names);
  heddle_words_free (words);
}

/* A parser builds nothing. */
static void
test_parser (void)
{
  g_autoptr (HeddleParser) parser = heddle_parser_new ();
  g_assert_true (heddle_parser_tables (parser)->words == &heddle_words_made);
  g_assert_true (heddle_parser_tables (parser)->names == &heddle_names_made);
}

/* --- folding ------------------------------------------------------------------------- */

static void
check_fold (const char *text)
{
  g_autofree char *meant = heddle_fold_rule (text, strlen (text));
  g_autofree char *got = heddle_text_fold (text);
  g_assert_cmpstr (got, ==, meant);
}

/* Each character between two others, and behind letters of scripts whose marks stay. */
static void
test_fold_each (void)
{
  static const char *const around[] = { "%s", "A%sb", " %s ", "\340\244\225%s\340\245\215",
                                        "\343\201\213%s\343\202\231", "\341\204\200%s\341\206\250" };
  for (gunichar c = 1; c < 0x110000; c += c == 0x323ff ? 0xe0000 - c : 1) {
    char bytes[8] = "";
    if (!g_unichar_validate (c) || g_unichar_type (c) == G_UNICODE_UNASSIGNED)
      continue;
    g_unichar_to_utf8 (c, bytes);
    for (gsize i = 0; i < G_N_ELEMENTS (around); i++) {
      g_auto (GStrv) parts = g_strsplit (around[i], "%s", 2);
      g_autofree char *text = g_strconcat (parts[0], bytes, parts[1], NULL);
      check_fold (text);
      if (c >= 0x3400 && c < 0xf900 && c % 97 != 0)
        break; /* ideographs and syllables are all alike */
    }
  }
}

/* Marks in odd orders, and all of it mixed. */
static void
test_fold_mixed (void)
{
  static const gunichar starts[] = { 0x20, 0x41, 0xc0, 0x300, 0x370, 0x400, 0x5b0, 0x600, 0x640, 0x900,
                                     0xe00, 0xf00, 0x1000, 0x1100, 0x1160, 0x11a8, 0x1b00, 0x2000, 0x3040,
                                     0x3090, 0xac00, 0xfb1d, 0xfdf0, 0xff60, 0x11100, 0x1d160 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  for (guint n = 0; n < 40000; n++) {
    g_autoptr (GString) text = g_string_new (NULL);
    for (guint i = 0; i < 2 + n % 9; i++) {
      gunichar c = starts[g_rand_int_range (rand, 0, G_N_ELEMENTS (starts))]
                   + (gunichar)g_rand_int_range (rand, 0, 0x60);
      if (g_unichar_type (c) != G_UNICODE_UNASSIGNED)
        g_string_append_unichar (text, c);
    }
    check_fold (text->str);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parser/made/rows", test_rows);
  g_test_add_func ("/parser/made/parser", test_parser);
  g_test_add_func ("/parser/made/written", test_written);
  g_test_add_func ("/parser/made/fold-each", test_fold_each);
  g_test_add_func ("/parser/made/fold-mixed", test_fold_mixed);
  return g_test_run ();
}
