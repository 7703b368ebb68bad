/* SPDX-License-Identifier: MIT */
/* base/id.c: ids are a function of content, and of nothing else. */
#include "base/base.h"

#include <string.h>

/* The answers were made by sha256sum(1). */
static void
test_digest (void)
{
  g_autofree char *empty = heddle_sha256 ("", 0);
  g_assert_cmpstr (empty, ==,
                   "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  g_autofree char *abc = heddle_sha256 ("abc", 3);
  g_assert_cmpstr (abc, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void
test_id (void)
{
  const char *const one[] = { "abc", NULL }, *const split[] = { "ab", "c", NULL };
  g_autofree char *a = heddle_id ('m', one), *b = heddle_id ('m', one);
  g_autofree char *c = heddle_id ('t', one), *d = heddle_id ('m', split);
  g_assert_cmpuint (strlen (a), ==, 13);
  g_assert_cmpuint (strspn (a + 1, "0123456789abcdefghjkmnpqrstvwxyz"), ==, 12);
  g_assert_cmpstr (a, ==, b);
  g_assert_cmpstr (a + 1, ==, c + 1);
  g_assert_cmpint (c[0], ==, 't');
  g_assert_cmpstr (a, !=, d);
  /* printf 'abc\0' | sha256sum begins dc1114cd074914bd872cc1f9a23ec910, whose first
   * 60 bits in this alphabet, by an independent reckoning, are: */
  g_assert_cmpstr (a, ==, "mvg8h9k8794ab");
}

static void
test_mail_id (void)
{
  static const struct {
    const char *bytes, *same; /* as the plain text of which it has the digest */
  } cases[] = {
    { "a: b\r\n\r\nc\r\n", "a: b\n\nc\n" },
    { "a: b\n\nc\n", "a: b\n\nc\n" },
    { "From x Tue\r\na: b\r\n", "a: b\n" },
    { "From x Tue\na: b\n", "a: b\n" },
    { "From x without end", "" },
    { "From: x\n", "From: x\n" },
    { "a\rb\r\r\nc\r", "a\rb\r\nc\r" }, /* a lone CR stays */
    { "", "" },
    { "\r\n", "\n" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *id = heddle_mail_id (cases[i].bytes, strlen (cases[i].bytes));
    g_autofree char *plain = heddle_sha256 (cases[i].same, strlen (cases[i].same));
    g_assert_cmpstr (id, ==, plain);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/id/digest", test_digest);
  g_test_add_func ("/base/id/id", test_id);
  g_test_add_func ("/base/id/mail", test_mail_id);
  return g_test_run ();
}
