/* SPDX-License-Identifier: MIT */
/* What a mail is that only confirms receipt or an absence, as it comes and as a colleague
 * quotes it: the rows of facts/receipts.tsv, each read both ways.
 */
#include "parser/parser.h"

#include <string.h>

enum { NAME, ADDRESS, WANT, TEXT, COLUMNS };

static HeddleParser *parser;

static HeddleAutomatic
automatic_of (const char *mail, guint index)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleChain) chain
      = heddle_parse_mail (parser, mail, strlen (mail), &heddle_limits_default, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (chain->messages->len, ==, index + 1);
  return ((const HeddleMessage *) chain->messages->pdata[index])->automatic;
}

static void
test_row (gconstpointer data)
{
  char *const *columns = data;
  const char *want = g_str_equal (columns[WANT], "-") ? NULL : columns[WANT];
  g_autofree char *text = g_strcompress (columns[TEXT]);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *quoted = g_strjoinv ("\n> ", lines);
  g_autofree char *itself = g_strdup_printf (
      "From: \"%s\" <%s>\nTo: ben@example.org\nSubject: Report\nDate: Mon, 5 May 2025 16:44:01 +0200\n"
      "Content-Type: text/plain; charset=utf-8\n\n%s\n",
      columns[NAME], columns[ADDRESS], text);
  g_autofree char *within = g_strdup_printf (
      "From: Ben Okoro <ben@example.org>\nTo: ana@example.org\nSubject: Re: Report\n"
      "Date: Tue, 6 May 2025 16:44:01 +0200\nContent-Type: text/plain; charset=utf-8\n\nSee below.\n\n"
      "On Mon, 5 May 2025 at 16:44, %s <%s> wrote:\n> %s\n",
      columns[NAME], columns[ADDRESS], quoted);

  g_assert_cmpstr (heddle_automatic_name (automatic_of (itself, 0)), ==, want);
  g_assert_cmpstr (heddle_automatic_name (automatic_of (within, 1)), ==, want);
}

int
main (int argc, char **argv)
{
  g_autofree char *path = NULL, *rows = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  g_test_init (&argc, &argv, NULL);
  parser = heddle_parser_new ();
  path = g_test_build_filename (G_TEST_DIST, "tests", "parser", "facts", "receipts.tsv",
                                NULL);
  g_file_get_contents (path, &rows, NULL, &error);
  g_assert_no_error (error);
  g_auto (GStrv) lines = g_strsplit (rows, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_autofree char *name = g_strdup_printf ("/parser/receipt/%u", i + 1);

    if (*lines[i] == '\0' || *lines[i] == '#')
      continue;
    char **columns = g_strsplit (lines[i], "\t", -1);
    g_assert_cmpuint (g_strv_length (columns), ==, COLUMNS);
    g_ptr_array_add (kept, columns);
    g_test_add_data_func (name, columns, test_row);
  }
  g_assert_cmpuint (kept->len, >=, 30);
  int status = g_test_run ();
  heddle_parser_free (parser);
  return status;
}
