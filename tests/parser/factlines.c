/* SPDX-License-Identifier: MIT */
/* Web addresses, handles, case numbers and files that a text names: tables of rows,
 * facts/<kind>.tsv, and mixed.tsv of all kinds.
 *
 * A row is a line as people and machines write it, a tab, and all that is found in it, of
 * whatever kind:
 *
 *   see https://example.org/a, by @ana	https://example.org/a & @ana
 *   [the page](https://example.org/a)	https://example.org/a(the page)
 *   hxxps://example.org/a	https://example.org/a^	example.org
 *   [here](#)	?(here)
 *   Ticket #5512, see <a.png>	file:a.png & case:5512
 *   We are #1	-
 *
 * Addresses first, with the words that carry them, "^" where `original` keeps what was
 * written, "?" where the target was lost; files; handles; cases. "\n" in the line is a line
 * end. A third column has the registrable domains. "-" makes the row a trap: nothing may be
 * found. Rows that begin with "#" and a blank are comments. A row that the code gets wrong
 * stays in the table: 97 of 100 must be right, and every trap. Run alone,
 * `tests/parser/factlines` prints each row that is wrong.
 */
#include "tests/parser/tables.h"

enum { LEAST_RIGHT = 97, LEAST_ROWS = 300, LEAST_TRAPS = 130 };

static guint all_rows, all_right, all_traps;

static void
append (GString *shown, const char *kind, const char *what)
{
  g_string_append_printf (shown, "%s%s%s", shown->len > 0 ? " & " : "", kind, what);
}

/* Whether @original stands in @text, white space disregarded. */
static gboolean
stands_in (const char *original, const char *text)
{
  g_autoptr (GString) bare = g_string_new (NULL);
  for (; *text != '\0'; text++)
    if (!g_ascii_isspace (*text))
      g_string_append_c (bare, *text);
  return strstr (bare->str, original) != NULL;
}

static void
show_url (GString *shown, const HeddleUrl *url, const char *text)
{
  append (shown, "", url->url != NULL ? url->url : "?");
  if (url->text != NULL)
    g_string_append_printf (shown, "(%s)", url->text);
  if (url->original != NULL)
    g_string_append_c (shown, stands_in (url->original, text) ? '^' : '!');
}

static gint
compare_ranges (gconstpointer a, gconstpointer b)
{
  const HeddleRange *one = a, *two = b;
  return one->start < two->start ? -1 : one->start > two->start;
}

/* What is found in @text, as the table has it (transfer full); @ret_domains: the same of
 * the third column. */
static char *
find (const char *text, char **ret_domains)
{
  gsize length = strlen (text);
  g_autoptr (GArray) covered = g_array_new (FALSE, FALSE, sizeof (HeddleRange));
  g_autoptr (GPtrArray) urls = heddle_urls_find (&tables, text, length, NULL, 99, covered);
  g_autoptr (GPtrArray) files = heddle_attachments_named (&tables, text, length, 99, covered);
  g_array_sort (covered, compare_ranges);
  g_autoptr (GPtrArray) handles = heddle_handles_find (&tables, text, length, covered, 99);
  g_autoptr (HeddleGlance) glance = heddle_glance_new (&tables, text, length);
  g_autoptr (GPtrArray) cases = heddle_cases_find (&tables, text, length, glance, covered, 99);
  GString *shown = g_string_new (NULL), *domains = g_string_new (NULL);

  for (guint i = 0; i < urls->len; i++) {
    const HeddleUrl *url = urls->pdata[i];
    show_url (shown, url, text);
    if (url->domain != NULL)
      append (domains, "", url->domain);
  }
  for (guint i = 0; i < files->len; i++)
    append (shown, "file:", ((HeddleAttachment *)files->pdata[i])->name);
  for (guint i = 0; i < handles->len; i++)
    append (shown, "", handles->pdata[i]);
  for (guint i = 0; i < cases->len; i++)
    append (shown, "case:", ((HeddleCase *)cases->pdata[i])->id);
  *ret_domains = g_string_free (domains, FALSE);
  return g_string_free (shown, FALSE);
}

static void
test_table (gconstpointer path)
{
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  guint rows = 0, right = 0, traps = 0, caught = 0;

  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_utf8_validate (content, -1, NULL));
  g_auto (GStrv) lines = g_strsplit (content, "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    if (**line == '\0' || g_str_has_prefix (*line, "# "))
      continue;
    g_auto (GStrv) cells = g_strsplit (*line, "\t", -1);
    guint columns = g_strv_length (cells);
    if (columns < 2 || columns > 3)
      g_error ("%s: a row has two or three columns: %s", (const char *)path, *line);
    g_autofree char *text = g_strcompress (cells[0]), *domains = NULL;
    g_autofree char *found = find (text, &domains);
    gboolean trap = g_str_equal (cells[1], "-");
    gboolean fits = g_str_equal (found, trap ? "" : cells[1])
                    && (columns < 3 || g_str_equal (domains, cells[2]));
    rows++;
    right += fits;
    traps += trap;
    caught += trap && !fits;
    if (!fits)
      g_test_message ("%s: want %s, got %s [%s]", cells[0], cells[1], found, domains);
  }
  g_test_message ("%u rows, %u right, %u traps, %u caught", rows, right, traps, caught);
  all_rows += rows;
  all_right += right;
  all_traps += traps;
  g_assert_cmpuint (rows, >, 0);
  g_assert_cmpuint (caught, ==, 0);
}

/* facts/redactions.tsv: the mark that begins a line, "-" where none does. */
static void
test_redactions (gconstpointer path)
{
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  g_auto (GStrv) lines = g_strsplit (content, "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    char *tab = strchr (*line, '\t');
    if (tab == NULL)
      continue;
    *tab++ = '\0';
    gsize bytes = heddle_redaction_at (&tables, *line, strlen (*line));
    g_autofree char *found = bytes > 0 ? g_strndup (*line, bytes) : g_strdup ("-");
    g_test_message ("%s", *line);
    g_assert_cmpstr (found, ==, tab);
  }
}

/* facts/people.tsv: the people whom a line names with their address. */
static void
test_people (gconstpointer path)
{
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  guint rows = 0;

  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  g_auto (GStrv) lines = g_strsplit (content, "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    char *tab = g_str_has_prefix (*line, "# ") ? NULL : strchr (*line, '\t');
    if (tab == NULL)
      continue;
    *tab++ = '\0';
    gsize length = strlen (*line);
    g_autoptr (GArray) covered = g_array_new (FALSE, FALSE, sizeof (HeddleRange));
    g_autoptr (GPtrArray) urls = heddle_urls_find (&tables, *line, length, NULL, 99, covered);
    g_autoptr (GPtrArray) people
        = heddle_people_find (&tables, *line, length, NULL, covered, 99);
    g_autoptr (GString) shown = g_string_new (people->len == 0 ? "-" : NULL);
    for (guint i = 0; i < people->len; i++)
      g_string_append_printf (shown, "%s%s", i > 0 ? " & " : "",
                              ((HeddlePerson *)people->pdata[i])->raw);
    g_test_message ("%s", *line);
    g_assert_cmpstr (shown->str, ==, tab);
    rows++;
  }
  g_assert_cmpuint (rows, >, 0);
}

/* A link of the markup gives its words, when they are a name. */
static void
test_people_links (void)
{
  static const struct {
    const char *words, *href, *raw;
  } rows[] = {
    { "Jo Doe", "mailto:jo@example.org?subject=Case%201", "Jo Doe <jo@example.org>" },
    { "write to us", "mailto:jo@example.org", "jo@example.org" },
    { "jo@example.org", "MAILTO:jo@example.org", "jo@example.org" },
    { "Jo Doe", "https://example.org/", NULL },
    { "Jo Doe", "mailto:", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    HeddleTextLink link = { 0, strlen (rows[i].words), rows[i].href };
    g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof link);
    g_autoptr (GArray) covered = g_array_new (FALSE, FALSE, sizeof (HeddleRange));
    g_array_append_val (links, link);
    g_autoptr (GPtrArray) people = heddle_people_find (&tables, rows[i].words, link.end, links,
                                                       covered, 99);
    g_test_message ("%s: %s", rows[i].words, rows[i].href);
    g_assert_cmpuint (people->len, ==, rows[i].raw != NULL);
    if (rows[i].raw != NULL)
      g_assert_cmpstr (((HeddlePerson *)people->pdata[0])->raw, ==, rows[i].raw);
  }
}

static void
test_share (void)
{
  g_test_message ("%u rows, %u right, %u of them traps", all_rows, all_right, all_traps);
  g_assert_cmpuint (all_right * 100, >=, all_rows * LEAST_RIGHT);
  g_assert_cmpuint (all_rows - all_traps, >=, LEAST_ROWS);
  g_assert_cmpuint (all_traps, >=, LEAST_TRAPS);
}

int
main (int argc, char **argv)
{
  static const char *const kinds[] = { "attachments", "cases", "handles", "mixed", "urls" };

  g_test_init (&argc, &argv, NULL);
  tables_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autofree char *test = g_strdup_printf ("/parser/factlines/%s", kinds[i]);
    g_autofree char *file = g_strdup_printf ("%s.tsv", kinds[i]);
    char *path
        = g_test_build_filename (G_TEST_DIST, "tests", "parser", "facts", file, NULL);
    g_test_add_data_func_full (test, path, test_table, g_free);
  }
  g_test_add_data_func_full ("/parser/factlines/redactions",
                             g_test_build_filename (G_TEST_DIST, "tests", "parser", "facts",
                                                    "redactions.tsv", NULL),
                             test_redactions, g_free);
  g_test_add_data_func_full ("/parser/factlines/people",
                             g_test_build_filename (G_TEST_DIST, "tests", "parser", "facts",
                                                    "people.tsv", NULL),
                             test_people, g_free);
  g_test_add_func ("/parser/factlines/people-links", test_people_links);
  g_test_add_func ("/parser/factlines/~share", test_share);
  int status = g_test_run ();
  tables_clear ();
  return status;
}
