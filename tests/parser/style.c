/* SPDX-License-Identifier: MIT */
/* The catalogue of boundary styles: each row's example is found, and is its client's; and
 * docs/boundaries.md says what the rows say. "style --print" writes that page. */
#include "parser/agent.h"
#include "parser/style.h"
#include "parser/html.h"

#include <stdio.h>
#include <string.h>

static void
add_example (GString *out, const char *example)
{
  g_string_append (out, "`");
  for (const char *p = example; *p != '\0'; p++) {
    if (*p == '\n')
      g_string_append (out, p[1] == '\n' ? "" : "` <br> `");
    else if (*p == '|')
      g_string_append (out, "\\|");
    else
      g_string_append_c (out, *p);
  }
  g_string_append (out, "`");
}

static char *
page (void)
{
  GString *out = g_string_new (
      "<!-- SPDX-License-Identifier: MIT -->\n"
      "<!-- printed by `make boundaries` from parser/styles.c and parser/htmlmark.c -->\n"
      "# Boundary styles\n\n"
      "What clients write between a message and the one that it quotes, as `style` of\n"
      "`heddle parse --json` names them; in all languages of `parser/locale/`. A form that was\n"
      "seen nowhere is not here: its boundaries are found all the same, and are `unknown`.\n\n"
      "## In text\n\n"
      "`parser/style.h` says what a shape is made of. Where the clock is \"own\", a Date field\n"
      "in UTC says that the author is there; others date all mail so.\n\n"
      "| style | form | clock | shape | as in | seen |\n|---|---|---|---|---|---|\n");
  for (const HeddleStyle *style = heddle_styles; style->client != NULL; style++) {
    g_string_append_printf (out, "| %s | %s | %s | ", style->client, style->form,
                            style->own_clock ? "own" : "");
    add_example (out, style->shape);
    g_string_append (out, " | ");
    add_example (out, style->example);
    g_string_append_printf (out, " | %s |\n", style->seen);
  }
  g_string_append (out, "\n## In HTML\n\n| style | container | marks | seen |\n|---|---|---|---|\n");
  for (const HeddleContainer *box = heddle_html_containers; box->value != NULL; box++) {
    const char *by = box->by == HEDDLE_BY_CLASS ? "class" : box->by == HEDDLE_BY_ID ? "id" : "name";
    g_string_append_printf (out, "| %s | `%s=\"%s\"` | %s | %s |\n",
                            box->style != NULL ? box->style : "any", by, box->value,
                            box->marks & HEDDLE_MARK_SIGNATURE ? "a signature"
                            : box->marks & (HEDDLE_MARK_ATTRIBUTION | HEDDLE_MARK_FIRST_ATTRIBUTION)
                                ? "an attribution"
                            : box->marks & HEDDLE_MARK_FIRST_HEADERS ? "a header block"
                                                                     : "lines without margins",
                            box->seen);
  }
  g_string_append (out, "\n## By the header\n\n"
                        "The boundary of a mail whose `User-Agent` or `X-Mailer` begins so, where its form is\n"
                        "unknown or the same for both.\n\n| style | begins | same as |\n|---|---|---|\n");
  for (const HeddleAgent *agent = heddle_agents; agent->begin != NULL; agent++)
    g_string_append_printf (out, "| %s | `%s` | %s |\n", agent->client, agent->begin,
                            agent->same_as != NULL ? agent->same_as : "");
  return g_string_free (out, FALSE);
}

static void
test_page (void)
{
  const char *top = g_getenv ("G_TEST_SRCDIR");
  g_autofree char *path = g_build_filename (top != NULL ? top : ".", "docs", "boundaries.md", NULL);
  g_autofree char *there = NULL, *wanted = page ();
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &there, NULL, &error);
  g_assert_no_error (error);
  gsize same = 0;
  while (there[same] != '\0' && there[same] == wanted[same])
    same++;
  if (there[same] != wanted[same])
    g_test_message ("run `make boundaries`: from \"%.60s\" on", wanted + same);
  g_assert_true (there[same] == wanted[same]);
}

static HeddleParser *parser;

static void
test_example (gconstpointer data)
{
  const HeddleStyle *style = data;
  /* A reply's text is marked, a forward's is not. */
  g_autofree char *text = g_strdup_printf (
      strpbrk (style->shape, ":#=d^") == NULL || strchr (style->shape, '+') != NULL ? "%s\n%sText\n" : "%s\n\n%sText\n", style->example,
      strstr (style->form, "reply") != NULL ? "> " : "");
  g_autoptr (HeddleBody) body = heddle_body_new ();
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  heddle_body_add_text (body, text, strlen (text), (HeddleTextForm){ FALSE, FALSE },
                        &heddle_limits_default, warnings);
  HeddleView view = { heddle_parser_tables (parser), body->lines };
  g_autoptr (GPtrArray) found = heddle_boundaries_find (&view, FALSE, NULL);
  g_assert_cmpuint (found->len, ==, 1);
  const HeddleBoundary *boundary = g_ptr_array_index (found, 0);
  /* A marker needs text above it, a card the marker. */
  gboolean desk = style->shape[0] == '^';
  guint above = desk && strchr ("#-", style->shape[1]) != NULL ? 1
                : desk && style->shape[1] == 'c'               ? 2
                                                               : 0;
  g_assert_cmpuint (boundary->first, ==, above);
  if (strcmp (boundary->style, style->client) != 0)
    g_test_message ("its shape is %s", boundary->shape);
  g_assert_cmpstr (boundary->style, ==, style->client);
  /* A row that an earlier one hides is dead; a banner's shape is lost in its block. */
  const HeddleStyle *row = style->shape[0] == '#' ? style : heddle_style_row (boundary->shape);
  if (row != style)
    g_test_message ("%s is a row before it", row != NULL ? row->shape : "none");
  g_assert_true (row == style);
}

/* The column of clocks says the same in all rows of a client. */
static void
test_clock (void)
{
  for (const HeddleStyle *style = heddle_styles; style->client != NULL; style++)
    if (style->own_clock != heddle_style_own_clock (style->client))
      g_error ("%s: %s", style->client, style->shape);
  g_assert_false (heddle_style_own_clock ("unknown"));
  g_assert_false (heddle_style_own_clock (NULL));
}

int
main (int argc, char **argv)
{
  if (argc == 2 && strcmp (argv[1], "--print") == 0) {
    g_autofree char *text = page ();
    fputs (text, stdout); /* not g_print(), which asks the locale */
    return 0;
  }
  g_test_init (&argc, &argv, NULL);
  parser = heddle_parser_new ();
  g_test_add_func ("/style/page", test_page);
  g_test_add_func ("/style/clock", test_clock);
  for (guint i = 0; heddle_styles[i].client != NULL; i++) {
    g_autofree char *path = g_strdup_printf ("/style/%s-%u", heddle_styles[i].client, i);
    g_test_add_data_func (path, &heddle_styles[i], test_example);
  }
  int status = g_test_run ();
  heddle_parser_free (parser);
  return status;
}
