/* SPDX-License-Identifier: MIT */
/* make-fold: writes the tables of folding (fold.h) as C to standard output: what
 * fold-rule.c says of each character by itself. Runs while Heddle is built, as make-tables
 * does. Blocks and values that are alike are written once.
 */
#include "parser/build.h"
#include "parser/fold.h"

#include <stdio.h>
#include <string.h>

#define BLOCK (1 << HEDDLE_FOLD_BITS)

typedef struct {
  GByteArray *pool;
  GHashTable *values; /* a value, its first byte what stands before it → its place */
  GArray *blocks;     /* of guint16 [BLOCK] */
  GHashTable *known;  /* a block's bytes → its number */
} Tables;

static guint16
add_value (Tables *tables, const char *folded, gboolean loose)
{
  gsize length = strlen (folded);
  g_autofree char *key = g_strdup_printf ("%c%s", loose ? 'l' : 'f', folded);
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (tables->values, key));
  guint8 head = (guint8)(length | (loose ? HEDDLE_FOLD_LOOSE : 0));

  g_assert_cmpuint (length, <, HEDDLE_FOLD_LOOSE);
  if (place != 0)
    return (guint16)place;
  place = tables->pool->len;
  g_assert_cmpuint (place + length, <, G_MAXUINT16);
  g_byte_array_append (tables->pool, &head, 1);
  g_byte_array_append (tables->pool, (const guint8 *)folded, (guint)length);
  g_hash_table_insert (tables->values, g_steal_pointer (&key), GUINT_TO_POINTER (place));
  return (guint16)place;
}

/* Between two letters, so that a blank at its ends is seen. */
static guint16
value_of (Tables *tables, gunichar c)
{
  char bytes[8] = "", text[16];
  gboolean loose = FALSE;

  if (c == 0 || !g_unichar_validate (c))
    return HEDDLE_FOLD_SAME;
  g_unichar_to_utf8 (c, bytes);
  g_snprintf (text, sizeof text, "x%sx", bytes);
  g_autofree char *whole = heddle_fold_rule (text, strlen (text));
  g_assert_true (whole[0] == 'x' && g_str_has_suffix (whole + 1, "x"));
  g_autofree char *folded = g_strndup (whole + 1, strlen (whole) - 2);
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    loose = loose || heddle_fold_is_loose (g_utf8_get_char (p));
  if (strcmp (folded, bytes) == 0)
    return loose ? HEDDLE_FOLD_SAME_LOOSE : HEDDLE_FOLD_SAME;
  return add_value (tables, folded, loose);
}

static guint
add_block (Tables *tables, gunichar first)
{
  guint16 block[BLOCK];
  for (guint i = 0; i < BLOCK; i++)
    block[i] = value_of (tables, first + i);
  g_autoptr (GBytes) bytes = g_bytes_new (block, sizeof block);
  gpointer number;
  if (g_hash_table_lookup_extended (tables->known, bytes, NULL, &number))
    return GPOINTER_TO_UINT (number);
  guint new = g_hash_table_size (tables->known);
  g_array_append_vals (tables->blocks, block, BLOCK);
  g_hash_table_insert (tables->known, g_steal_pointer (&bytes), GUINT_TO_POINTER (new));
  return new;
}

static void
print_numbers (const char *head, const guint16 *numbers, guint n)
{
  printf ("%s = {", head);
  for (guint i = 0; i < n; i++)
    printf ("%s%u,", i % 16 == 0 ? "\n" : " ", numbers[i]);
  puts ("\n};");
}

int
main (void)
{
  static guint16 pages[HEDDLE_FOLD_PAGES];
  static const guint8 before[HEDDLE_FOLD_FIRST] = { 0 };
  Tables tables = { g_byte_array_new (), g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                    g_array_new (FALSE, FALSE, sizeof (guint16)),
                    g_hash_table_new_full (g_bytes_hash, g_bytes_equal,
                                           (GDestroyNotify)g_bytes_unref, NULL) };
  g_byte_array_append (tables.pool, before, sizeof before);
  for (guint i = 0; i < HEDDLE_FOLD_PAGES; i++)
    pages[i] = (guint16)add_block (&tables, (gunichar)i << HEDDLE_FOLD_BITS);
  puts ("/* Written by make-fold of fold-rule.c and of ICU's data. */\n#include \"parser/fold.h\"");
  print_numbers ("const guint16 heddle_fold_pages[HEDDLE_FOLD_PAGES]", pages, HEDDLE_FOLD_PAGES);
  puts ("const guint16 heddle_fold_blocks[][1 << HEDDLE_FOLD_BITS] = {");
  for (guint i = 0; i < tables.blocks->len; i++)
    printf ("%s%u,%s", i % BLOCK == 0 ? "{ " : " ", g_array_index (tables.blocks, guint16, i),
            i % BLOCK == BLOCK - 1 ? " },\n" : "");
  puts ("};\nconst guint8 heddle_fold_pool[] = {");
  for (guint i = 0; i < tables.pool->len; i++)
    printf ("%u,%s", tables.pool->data[i], i % 24 == 23 ? "\n" : " ");
  puts ("};");
  g_hash_table_unref (tables.known);
  g_array_unref (tables.blocks);
  g_hash_table_unref (tables.values);
  g_byte_array_unref (tables.pool);
  if (fflush (stdout) != 0) {
    perror ("make-fold: standard output");
    return 1;
  }
  return 0;
}
