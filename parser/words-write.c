/* SPDX-License-Identifier: MIT */
/* An index of words as C source: numbers only, so that the object needs no relocation
 * and its pages are read when they are first looked at and shared by all processes.
 */
#include "parser/build.h"
#include "parser/words-index.h"

/* C has no constants of more than 64 bits. */
static void
write_kinds (HeddleKinds kinds, GString *out)
{
  g_string_append_printf (out, "(HeddleKinds)0x%" G_GINT64_MODIFIER "xU<<64|0x%" G_GINT64_MODIFIER "xU,",
                          (guint64)(kinds >> 64), (guint64)kinds);
}

/* The unused places of the sieve are most of it, and are left out. */
static void
write_sieve (const HeddleWords *words, const char *name, GString *out)
{
  guint n = heddle_sieve_size (words);
  g_string_append_printf (out, "static const guint16 %s_sieve[%u] = {\n", name, n);
  for (guint i = 0; i < n; i++)
    if (words->sieve[i] != 0)
      g_string_append_printf (out, "[%u]=%u,\n", i, words->sieve[i]);
  g_string_append_printf (out, "};\nstatic const HeddleKinds %s_sets[] = {\n", name);
  for (guint i = 0; i < words->n_sets; i++)
    write_kinds (words->sets[i], out);
  g_string_append_printf (out, "};\nstatic const HeddleKinds %s_begins[] = {\n", name);
  for (guint i = 0; i < HEDDLE_ASCII; i++)
    write_kinds (words->begins[i], out);
  g_string_append (out, "};\n");
}

void
heddle_words_write_folded (const HeddleWords *words, GString *out)
{
  g_string_append (out, "static const guint16 folded[HEDDLE_FOLDED] = {\n");
  for (guint i = 0; i < HEDDLE_FOLDED; i++)
    g_string_append_printf (out, "%u,%s", words->folded[i], i % 16 == 15 ? "\n" : "");
  g_string_append (out, "};\n");
}

static void
write_bytes (const guchar *bytes, guint n, const char *name, const char *what, GString *out)
{
  g_string_append_printf (out, "static const guchar %s_%s[] = {\n", name, what);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (out, "%u,%s", bytes[i], i % 16 == 15 ? "\n" : "");
  g_string_append (out, "};\n");
}

static void
write_nodes (const HeddleWords *words, const char *name, GString *out)
{
  g_string_append_printf (out, "static const HeddleWordNode %s_nodes[] = {\n", name);
  for (guint i = 0; i < words->n_nodes; i++) {
    const HeddleWordNode *node = &words->nodes[i];
    g_string_append_c (out, '{');
    write_kinds (node->below, out);
    write_kinds (node->ending, out);
    g_string_append_printf (out, "%u,%u,%u,%u,%u},\n", node->children, node->first_row, node->run,
                            node->n_children, node->n_run);
  }
  g_string_append (out, "};\n");
  write_bytes (words->bytes, words->n_nodes, name, "bytes", out);
  write_bytes (words->runs, words->n_runs, name, "runs", out);
}

static void
write_rows (const HeddleWords *words, const char *name, GString *out)
{
  g_string_append_printf (out, "static const HeddleWordEnd %s_rows[] = {\n", name);
  for (guint i = 0; i < words->n_rows; i++) {
    const HeddleWordEnd *row = &words->rows[i];
    g_string_append_printf (out, "{0x%" G_GINT64_MODIFIER "xU,{%u,%u,%u,%u,%d},%u},\n",
                            row->languages, row->word.kind, row->word.characters,
                            row->word.spaced, row->word.slashed, row->word.value, row->next);
  }
  g_string_append (out, "};\n");
}

void
heddle_words_write (const HeddleWords *words, const char *linkage, const char *name,
                    GString *out)
{
  write_sieve (words, name, out);
  write_nodes (words, name, out);
  write_rows (words, name, out);
  g_string_append_printf (out,
                          "%s HeddleWords %s = { %s_sieve, %s_sets, folded, %s_nodes, %s_bytes, "
                          "%s_runs, %s_rows, %s_begins, %u, %u, %u, %u, %u, { ",
                          linkage, name, name, name, name, name, name, name, name,
                          words->sieve_shift, words->n_sets, words->n_nodes, words->n_runs,
                          words->n_rows);
  for (guint i = 0; i < G_N_ELEMENTS (words->glued); i++)
    g_string_append_printf (out, "0x%xU, ", words->glued[i]);
  g_string_append (out, "} };\n");
}
