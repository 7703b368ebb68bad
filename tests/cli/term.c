/* SPDX-License-Identifier: MIT */
/* cli/term.c: nothing of a mail moves the cursor or turns text around. */
#include "cli/cli.h"

static const struct {
  const char *text, *lines, *one_line;
} cases[] = {
  { NULL, "", "" },
  { "a\tb\nc", "a\tb\nc", "a b c" },
  { "a\r\nb\rc", "a\nb<U+000D>c", "a b<U+000D>c" },
  { "\033[31mred\033]0;title\007", "<U+001B>[31mred<U+001B>]0;title<U+0007>",
    "<U+001B>[31mred<U+001B>]0;title<U+0007>" },
  { "\xc2\x9b" "31m", "<U+009B>31m", "<U+009B>31m" },
  { "\xe2\x80\xae" "gpj.exe\xe2\x81\xa9", "<U+202E>gpj.exe<U+2069>", "<U+202E>gpj.exe<U+2069>" },
  { "\xe2\x80\x8fسلام\xe2\x80\x8e", "سلام", "سلام" },
  { "می\xe2\x80\x8cخواهم", "می\xe2\x80\x8cخواهم", "می\xe2\x80\x8cخواهم" },
  { "x\xe2\x80\xa8y", "x<U+2028>y", "x<U+2028>y" },
  { "\xff", "\xef\xbf\xbd", "\xef\xbf\xbd" },
  { "\x7f", "<U+007F>", "<U+007F>" },
};

static void
test_clean (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *lines = heddle_clean (cases[i].text, FALSE);
    g_autofree char *one_line = heddle_clean (cases[i].text, TRUE);
    g_assert_cmpstr (lines, ==, cases[i].lines);
    g_assert_cmpstr (one_line, ==, cases[i].one_line);
  }
}

static void
test_excerpt (void)
{
  g_autofree char *whole = heddle_excerpt (" abc ", 3);
  g_assert_cmpstr (whole, ==, "abc");
  g_autofree char *cut = heddle_excerpt ("abcd", 3);
  g_assert_cmpstr (cut, ==, "ab…");
  g_autofree char *wide = heddle_excerpt ("üüüü", 3);
  g_assert_cmpstr (wide, ==, "üü…");
  g_autofree char *none = heddle_excerpt (NULL, 3);
  g_assert_cmpstr (none, ==, "");
}

static void
test_isolate (void)
{
  static const struct {
    const char *text, *excerpt;
  } rows[] = {
    { "plain", "plain" },
    { "größer 東京 Привет", "größer 東京 Привет" },
    { "سلام دنیا", "\u2068سلام دنیا\u2069" },
    { "مرحبا Ana", "\u2068مرحبا Ana\u2069" },
    { "Ana שלום", "\u2068Ana שלום\u2069" },
    { "\xef\xbb\xb3 ﷲ", "\u2068\xef\xbb\xb3 ﷲ\u2069" },
    /* A sender who closes our isolate, or turns the rest around, does neither. */
    { "שלום\u2069\u202eabc", "\u2068שלום<U+2069><U+202E>abc\u2069" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *excerpt = heddle_excerpt (rows[i].text, 60);
    g_assert_cmpstr (excerpt, ==, rows[i].excerpt);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/term/clean", test_clean);
  g_test_add_func ("/cli/term/excerpt", test_excerpt);
  g_test_add_func ("/cli/term/isolate", test_isolate);
  return g_test_run ();
}
