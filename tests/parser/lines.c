/* SPDX-License-Identifier: MIT */
/* Text bodies to lines: each case is a text and its lines, "depth|content", with
 * "~" before the bar where the line goes on (format=flowed). */
#include "parser/lines.h"

#include <string.h>
#include <time.h>

typedef struct {
  const char *name;
  HeddleTextForm form;
  const char *text;
  const char *expected; /* lines joined by LF */
} Case;

static const Case cases[] = {
  { "empty", { 0 }, "", "" },
  { "one line without an end", { 0 }, "Dear Sam,", "0|Dear Sam," },
  { "line ends", { 0 }, "a\r\nb\rc\n\nd", "0|a\n0|b\n0|c\n0|\n0|d" },
  { "marks", { 0 }, ">> a\n> > b\n>c\n > d\n>>>\n", "2|a\n2|b\n1|c\n1|d\n3|" },
  { "one blank goes, the author's indent stays", { 0 }, ">   code\n", "1|  code" },
  { "four blanks are no quote", { 0 }, "    > a\n", "0|    > a" },
  { "an mbox's guard", { 0 }, "a\n>From me\n", "0|a\n0|From me" },
  { "From within a quotation", { 0 }, ">a\n>From me\n", "1|a\n1|From me" },
  { "an arrow is no quote", { 0 }, "a -> b\n-> c\n", "0|a -> b\n0|-> c" },
  { "flowed", { TRUE, FALSE }, "one \ntwo\n", "0~|one \n0|two" },
  { "flowed, marks of another depth end it",
    { TRUE, FALSE },
    "> one \ntwo \n",
    "1|one \n0|two " },
  { "flowed, stuffed", { TRUE, FALSE }, " From me\n", "0|From me" },
  { "flowed, a stuffed mark", { TRUE, FALSE }, " >a\n> >b\n", "0|>a\n2|b" },
  { "flowed, signature", { TRUE, FALSE }, "a\n-- \nAna\n", "0|a\n0|-- \n0|Ana" },
  { "flowed, blank only", { TRUE, FALSE }, "a\n \nb\n", "0|a\n0|\n0|b" },
  { "delsp", { TRUE, TRUE }, "one \ntwo\n", "0~|one\n0|two" },
  { "not flowed", { FALSE, FALSE }, "one \ntwo\n", "0|one \n0|two" },
};

static char *
render (const HeddleBody *body)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < body->lines->len; i++) {
    const HeddleLine *line = body->lines->pdata[i];

    g_string_append_printf (out, "%s%d%s|%s", i ? "\n" : "", line->depth, line->soft ? "~" : "",
                            line->content);
  }
  return g_string_free (out, FALSE);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (HeddleBody) body = heddle_body_new ();
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *got = NULL;

  heddle_body_add_text (body, c->text, strlen (c->text), c->form, &heddle_limits_default,
                        warnings);
  got = render (body);
  g_assert_cmpstr (got, ==, c->expected);
  g_assert_cmpuint (warnings->len, ==, 0);
}

/* Physical lines keep their marks, and content points into them. */
static void
test_marks_kept (void)
{
  g_autoptr (HeddleBody) body = heddle_body_new ();
  const HeddleLine *line;

  heddle_body_add_text (body, "> > a\n", 6, (HeddleTextForm){ 0 }, &heddle_limits_default,
                        NULL);
  line = body->lines->pdata[0];
  g_assert_cmpstr (line->text, ==, "> > a");
  g_assert_true (line->content == line->text + 4);
}

static void
test_limits (void)
{
  HeddleLimits limits = heddle_limits_default;
  g_autoptr (HeddleBody) body = heddle_body_new ();
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *got = NULL;

  limits.lines = 3;
  limits.line_bytes = 4;
  /* "aéé" are five bytes: the last character is not cut apart. */
  heddle_body_add_text (body, "a\303\251\303\251\nb\nc\nd\n", 12, (HeddleTextForm){ 0 },
                        &limits, warnings);
  got = render (body);
  g_assert_cmpstr (got, ==, "0|a\303\251\n0|\303\251\n0|b");
  g_assert_cmpuint (warnings->len, ==, 2);
}

/* A million marks in one line, a line of a million bytes: time grows linearly. */
static void
test_hostile (void)
{
  g_autoptr (HeddleBody) body = heddle_body_new ();
  g_autofree char *text = g_malloc (4000000);
  clock_t start = clock ();

  memset (text, '>', 4000000);
  for (int i = 2000000; i < 4000000; i += 2)
    text[i] = '\n';
  heddle_body_add_text (body, text, 4000000, (HeddleTextForm){ 0 }, &heddle_limits_default,
                        NULL);
  g_assert_cmpuint (body->lines->len, ==, heddle_limits_default.lines);
  g_assert_cmpint (clock () - start, <, 5 * CLOCKS_PER_SEC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/lines/", cases[i].name, NULL);

    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/lines/marks kept", test_marks_kept);
  g_test_add_func ("/lines/limits", test_limits);
  g_test_add_func ("/lines/hostile", test_hostile);
  return g_test_run ();
}
