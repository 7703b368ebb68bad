/* SPDX-License-Identifier: MIT */
/* base64: whatever a mail holds comes back to the letter; what is worth it is folded. */
#include "config.h"

#include <string.h>

#include "store/store-private.h"

/* @count bytes as lines of @width letters, each with @end, the last one's if @closed. */
static char *
encode (const guint8 *bytes, gsize count, gsize width, const char *end, gboolean closed)
{
  g_autofree char *letters = g_base64_encode (bytes, count);
  gsize length = strlen (letters);
  GString *out = g_string_new (NULL);
  for (gsize at = 0; at < length; at += width) {
    g_string_append_len (out, letters + at, (gssize)MIN (width, length - at));
    if (at + width < length || closed)
      g_string_append (out, end);
  }
  return g_string_free (out, FALSE);
}

static void
assert_comes_back (const char *text, gsize length, gboolean folds)
{
  g_autoptr (GBytes) plain = g_bytes_new (text, length);
  g_autoptr (GBytes) folded = heddle_base64_fold (plain);
  if (!folds) {
    g_assert_null (folded);
    return;
  }
  g_assert_nonnull (folded);
  g_assert_cmpuint (g_bytes_get_size (folded), <, length);
  g_autoptr (GBytes) back = heddle_base64_unfold (folded, length);
  g_assert_nonnull (back);
  g_assert_true (g_bytes_equal (back, plain));
}

#define LINE "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0"
#define FOUR LINE "\n" LINE "\n" LINE "\n" LINE "\n"

typedef struct {
  const char *what, *text;
  gboolean folds;
} Case;

static void
test_cases (void)
{
  static const Case cases[] = {
    { "nothing", "", FALSE },
    { "text", "Dear Sam,\n\nthe account is locked.\n", FALSE },
    { "three lines", LINE "\n" LINE "\n" LINE "\n", FALSE },
    { "four lines", FOUR, TRUE },
    { "between text", "Content-Transfer-Encoding: base64\n\n" FOUR "--b--\n", TRUE },
    { "a short last line", FOUR "QUJD\n--b--\n", TRUE },
    { "padding", FOUR "QUI=\n", TRUE },
    { "more padding", FOUR "QQ==\n", TRUE },
    { "padding that fills the line",
      FOUR "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMg==\n",
      TRUE },
    { "no end of line at the end", FOUR "QUJD", TRUE },
    { "a text behind it", FOUR "QUJD and more\n", TRUE },
    { "carriage returns", LINE "\r\n" LINE "\r\n" LINE "\r\n" LINE "\r\nQUI=\r\n\r\n--b--\r\n",
      TRUE },
    { "two runs", FOUR "\n--b\n\n" FOUR "QUI=\n", TRUE },
    { "mixed ends", LINE "\r\n" LINE "\n" LINE "\r\n" LINE "\n", FALSE },
    { "bits that mean nothing",
      FOUR "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMzR=\n",
      FALSE },
    { "quoted", "> " LINE "\n> " LINE "\n> " LINE "\n> " LINE "\n", FALSE },
    { "a word of many letters",
      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n", FALSE },
    { "bytes that are no text", "\xff\xfe\n" FOUR "\xff", TRUE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%s", cases[i].what);
    assert_comes_back (cases[i].text, strlen (cases[i].text), cases[i].folds);
  }
}

/* Runs of all lengths and widths with damage in them: whether folded or not, the same. */
static void
test_random (void)
{
  static const gsize widths[] = { 40, 60, 64, 72, 76, 996, 1000 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  for (int round = 0; round < 2000; round++) {
    guint8 bytes[3000];
    g_autoptr (GString) text = g_string_new ("From: ana@example.org\n\n");
    for (int run = g_rand_int_range (rand, 1, 4); run > 0; run--) {
      gsize count = (gsize)g_rand_int_range (rand, 0, (int)sizeof bytes);
      for (gsize i = 0; i < count; i++)
        bytes[i] = (guint8)g_rand_int_range (rand, 0, 256);
      g_autofree char *lines
          = encode (bytes, count, widths[g_rand_int_range (rand, 0, G_N_ELEMENTS (widths))],
                    g_rand_boolean (rand) ? "\r\n" : "\n", g_rand_boolean (rand));
      g_string_append (text, lines);
      if (g_rand_boolean (rand))
        g_string_append (text, "\n--b\nContent-Type: text/plain\n\n");
    }
    for (int damage = g_rand_int_range (rand, 0, 3); damage > 0; damage--)
      text->str[g_rand_int_range (rand, 0, (int)text->len)]
          = "A=\n\r -"[g_rand_int_range (rand, 0, 6)];
    g_autoptr (GBytes) plain = g_bytes_new (text->str, text->len);
    g_autoptr (GBytes) folded = heddle_base64_fold (plain);
    if (folded == NULL)
      continue;
    g_autoptr (GBytes) back = heddle_base64_unfold (folded, text->len);
    g_assert_nonnull (back);
    g_assert_true (g_bytes_equal (back, plain));
  }
}

/* What is read from a damaged file: the right size or nothing. */
static void
test_damaged (void)
{
  static const char text[] = "x\n" FOUR "QUJD\n--b\n" FOUR "end\n";
  g_autoptr (GBytes) plain = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (GBytes) folded = heddle_base64_fold (plain);
  gsize length = 0;
  const guint8 *good = g_bytes_get_data (folded, &length);
  for (gsize at = 0; at < length; at++) {
    for (int value = 0; value < 256; value++) {
      g_autofree guint8 *bytes = g_memdup2 (good, length);
      bytes[at] = (guint8)value;
      g_autoptr (GBytes) bad = g_bytes_new (bytes, length);
      g_autoptr (GBytes) back = heddle_base64_unfold (bad, sizeof text - 1);
      if (back != NULL)
        g_assert_cmpuint (g_bytes_get_size (back), ==, sizeof text - 1);
    }
    g_autoptr (GBytes) cut = g_bytes_new (good, at);
    g_autoptr (GBytes) back = heddle_base64_unfold (cut, sizeof text - 1);
    g_assert_null (back);
  }
  g_autoptr (GBytes) small = heddle_base64_unfold (folded, sizeof text - 2);
  g_autoptr (GBytes) large = heddle_base64_unfold (folded, sizeof text);
  g_assert_null (small);
  g_assert_null (large);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/base64/cases", test_cases);
  g_test_add_func ("/store/base64/random", test_random);
  g_test_add_func ("/store/base64/damaged", test_damaged);
  return g_test_run ();
}
