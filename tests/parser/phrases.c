/* SPDX-License-Identifier: MIT */
/* What running text says of time, in every language: a table a language, phrases.d/<tag>.tsv,
 * and all.tsv of sentences of all.
 *
 * A row is a sentence as people write it, a tab, and what is found in it:
 *
 *   Please answer by Friday.	by Friday=2018-04-13!
 *   It takes 5-7 business days.	5-7 business days=2018-04-17..2018-04-19!
 *   Call me tomorrow at 9am or on Monday.	tomorrow at 9am=2018-04-11T09:00 & on Monday=2018-04-16
 *   Sat down and wrote	-
 *
 * RAW=START, for a span RAW=START..END, each a day or a minute by its precision; "!" behind
 * it when it is a term by which something is due; several joined by " & ", in the order of
 * the text; "-" alone makes the row a trap, in which nothing may be found. RAW has its
 * words as they stand, runs of blanks as one.
 * The sentence is said on Tuesday 2018-04-10, 15:40; a row of "@", a tab and a time changes
 * that for the rows behind it. Rows that begin with "#" are comments. A row that the code
 * gets wrong stays in the table, not left out: 97 of 100 must be right over all languages,
 * and every trap. Run alone, `tests/parser/phrases` prints each row that is wrong.
 */
#include "tests/parser/tables.h"

#include <stdio.h>

enum { LEAST_RIGHT = 97 };

static const HeddleWall tuesday = { 2018, 4, 10, 15, 40, 0 };

static guint all_rows, all_right;

static void
append_wall (GString *s, const HeddleWall *w, HeddlePrecision precision)
{
  g_string_append_printf (s, "%04d-%02d-%02d", w->year, w->month, w->day);
  if (precision != HEDDLE_PRECISION_DAY)
    g_string_append_printf (s, "T%02d:%02d", w->hour, w->minute);
}

/* What is found in @text, as the table has it. (transfer full) */
static char *
find (const char *text, const HeddleWall *now)
{
  g_autoptr (GArray) nothing = g_array_new (FALSE, FALSE, sizeof (HeddleRange));
  g_autoptr (HeddleGlance) glance = heddle_glance_new (&tables, text, strlen (text));
  g_autoptr (GArray) places
      = heddle_when_places (&tables, text, strlen (text), glance, now, FALSE, nothing, 100);
  g_autoptr (GPtrArray) found = heddle_when_mentions (text, places);
  GString *shown = g_string_new (found->len == 0 ? "-" : NULL);

  for (guint n = 0; n < found->len; n++) {
    const HeddleMention *one = g_ptr_array_index (found, n);
    g_string_append_printf (shown, "%s%s=", n > 0 ? " & " : "", one->raw);
    append_wall (shown, &one->start, one->precision);
    if (one->has_end) {
      g_string_append (shown, "..");
      append_wall (shown, &one->end, one->precision);
    }
    if (g_array_index (places, HeddleWhenPlace, n).due)
      g_string_append_c (shown, '!');
  }
  return g_string_free (shown, FALSE);
}

static HeddleWall
read_now (const char *text)
{
  HeddleWall now = { 0 };
  g_assert_cmpint (sscanf (text, "%d-%d-%dT%d:%d", &now.year, &now.month, &now.day, &now.hour,
                           &now.minute), ==, 5);
  return now;
}

static void
test_table (gconstpointer path)
{
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  HeddleWall now = tuesday;
  guint rows = 0, right = 0, traps = 0, caught = 0;

  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_utf8_validate (content, -1, NULL));
  g_auto (GStrv) lines = g_strsplit (content, "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    if (**line == '#' || **line == '\0')
      continue;
    char *tab = strchr (*line, '\t');
    if (tab == NULL || strchr (tab + 1, '\t') != NULL)
      g_error ("%s: a row needs one tab: %s", (const char *) path, *line);
    *tab++ = '\0';
    if (g_str_equal (*line, "@")) {
      now = read_now (tab);
      continue;
    }
    g_autofree char *found = find (*line, &now);
    gboolean trap = g_str_equal (tab, "-"), fits = g_str_equal (found, tab);
    rows++;
    right += fits;
    traps += trap;
    caught += trap && !fits;
    if (!fits)
      g_test_message ("%s: want %s, got %s", *line, tab, found);
  }
  g_test_message ("%u rows, %u right, %u traps, %u caught", rows, right, traps, caught);
  all_rows += rows;
  all_right += right;
  g_assert_cmpuint (rows, >, 0);
  g_assert_cmpuint (caught, ==, 0);
}

static void
test_share (void)
{
  g_test_message ("%u rows, %u right", all_rows, all_right);
  g_assert_cmpuint (all_right * 100, >=, all_rows * LEAST_RIGHT);
}

static gint
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tables_init ();
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "tests", "parser", "phrases.d", NULL);
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
    g_autofree char *test = g_strdup_printf ("/parser/phrases/%.*s", (int) strlen (name) - 4, name);
    g_test_add_data_func_full (test, g_build_filename (folder, name, NULL), test_table, g_free);
  }
  g_test_add_func ("/parser/phrases/~share", test_share);
  int status = g_test_run ();
  tables_clear ();
  return status;
}
