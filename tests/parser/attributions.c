/* SPDX-License-Identifier: MIT */
/* Attributions as clients write them, in every language: a table a language,
 * attributions.d/<tag>.tsv. A row is an attribution, "\n" where it is wrapped, a tab, and
 * what it says: name, address and local time, "|" between them, "-" where it says nothing;
 * a "-" alone makes the row a trap, in which nothing may be found. A quotation stands
 * below it. Rows that begin with "#" say which client writes those behind them. */
#include "parser/boundary.h"
#include "tests/parser/tables.h"

static char *
describe (const HeddleBoundary *b)
{
  const HeddlePerson *from = b->from;
  const HeddleWall *wall = b->date != NULL && b->date->has_local ? &b->date->local : NULL;
  g_autofree char *date
      = wall == NULL ? g_strdup ("-")
        : b->date->precision == HEDDLE_PRECISION_DAY
            ? g_strdup_printf ("%04d-%02d-%02d", wall->year, wall->month, wall->day)
            : g_strdup_printf ("%04d-%02d-%02dT%02d:%02d", wall->year, wall->month, wall->day,
                               wall->hour, wall->minute);
  return g_strdup_printf ("%s|%s|%s", from != NULL && from->name != NULL ? from->name : "-",
                          from != NULL && from->address != NULL ? from->address : "-", date);
}

/* What is found in @text with a quotation below it: "-" where there is nothing, or where
 * it is not all of it. (transfer full) */
static char *
find (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\\n", -1);
  g_autofree char *joined = g_strjoinv ("\n", lines);
  g_autofree char *whole = g_strconcat (joined, "\n\n> One\n> Two\n", NULL);
  g_autoptr (HeddleBody) body = heddle_body_new ();
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  heddle_body_add_text (body, whole, strlen (whole), (HeddleTextForm){ FALSE, FALSE },
                        &heddle_limits_default, warnings);
  HeddleView view = { &tables, body->lines };
  g_autoptr (GPtrArray) found = heddle_boundaries_find (&view, FALSE, NULL);
  if (found->len != 1)
    return g_strdup ("-");
  const HeddleBoundary *b = g_ptr_array_index (found, 0);
  return b->first == 0 && b->last + 1 == g_strv_length (lines) ? describe (b) : g_strdup ("-");
}

static void
test_table (gconstpointer path)
{
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  guint rows = 0, wrong = 0;

  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_utf8_validate (content, -1, NULL));
  g_auto (GStrv) lines = g_strsplit (content, "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    if (**line == '#' || **line == '\0')
      continue;
    char *tab = strchr (*line, '\t');
    if (tab == NULL)
      g_error ("%s: a row needs a tab: %s", (const char *)path, *line);
    *tab++ = '\0';
    g_autofree char *found = find (*line);
    rows++;
    if (strcmp (found, tab) == 0)
      continue;
    wrong++;
    g_test_message ("%s: want %s, got %s", *line, tab, found);
  }
  g_assert_cmpuint (rows, >, 0);
  g_assert_cmpuint (wrong, ==, 0);
}

static gint
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tables_init ();
  g_autofree char *folder
      = g_test_build_filename (G_TEST_DIST, "tests", "parser", "attributions.d", NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GDir *dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    if (g_str_has_suffix (name, ".tsv"))
      g_ptr_array_add (names, g_strdup (name));
  g_dir_close (dir);
  g_ptr_array_sort (names, compare);
  for (guint i = 0; i < names->len; i++) {
    const char *name = g_ptr_array_index (names, i);
    g_autofree char *test
        = g_strdup_printf ("/parser/attributions/%.*s", (int)strlen (name) - 4, name);
    g_test_add_data_func_full (test, g_build_filename (folder, name, NULL), test_table, g_free);
  }
  int status = g_test_run ();
  tables_clear ();
  return status;
}
