/* SPDX-License-Identifier: MIT */
/* Boundaries in the shapes that people really forward: files of whole bodies, bodies.d/.txt.
 * A body stands below "=== what it shows", its chain below a line of three hyphens:
 *
 *   n|3                        how many messages, where the rows do not say it
 *   0|text                     what the mail's own author wrote
 *   1|name|address|local|text  who wrote a message, when, and what
 *
 * White space is folded, "-" is what the body does not say, "?" what the row leaves open.
 * "=== html " at the beginning is a body of HTML. */
#include "parser/parser.h"

#include <string.h>

#define HEADER                                                                                 \
  "From: Noor Sifri <noor@example.org>\nTo: Ana Ruiz <ana@example.org>\n"                      \
  "Date: Fri, 14 Aug 2026 08:00:00 +0000\nSubject: Re: Account\n"                              \
  "Message-ID: <b1@example.org>\nMIME-Version: 1.0\n"                                          \
  "Content-Type: text/%s; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"

static HeddleParser *parser;

static char *
folded (const char *text)
{
  GString *out = g_string_new (NULL);
  g_auto (GStrv) words = g_strsplit_set (text, " \t\n", -1);

  for (char **word = words; *word != NULL; word++)
    if (**word != '\0')
      g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", *word);
  return g_string_free (out, FALSE);
}

static const char *
or_dash (const char *text)
{
  return text != NULL ? text : "-";
}

static gboolean
same (const char *row, const char *what, const char *got, const char *wanted)
{
  if (strcmp (wanted, "?") == 0 || strcmp (got, wanted) == 0)
    return TRUE;
  g_test_message ("%s: %s is \"%s\", not \"%s\"", row, what, got, wanted);
  return FALSE;
}

static char *
local_of (const HeddleDate *date)
{
  if (date == NULL || !date->has_local)
    return g_strdup ("-");
  const HeddleWall *wall = &date->local;
  if (date->precision == HEDDLE_PRECISION_DAY)
    return g_strdup_printf ("%04d-%02d-%02d", wall->year, wall->month, wall->day);
  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d", wall->year, wall->month, wall->day,
                          wall->hour, wall->minute, wall->second);
}

/* Whether the message that @row speaks of is what it says; *@ret_count gets how many
 * messages there must be at least, or for "n" exactly. */
static gboolean
row_holds (const char *row, const HeddleChain *chain, guint *ret_count)
{
  g_auto (GStrv) cells = g_strsplit (row, "|", 5);
  guint n = g_strv_length (cells);

  if (strcmp (cells[0], "n") == 0) {
    *ret_count = (guint) g_ascii_strtoull (cells[1], NULL, 10);
    return TRUE;
  }
  guint index = (guint) g_ascii_strtoull (cells[0], NULL, 10);
  *ret_count = MAX (*ret_count, index + 1);
  g_assert_true (n == (index == 0 ? 2u : 5u));
  if (index >= chain->messages->len)
    return FALSE;
  const HeddleMessage *message = g_ptr_array_index (chain->messages, index);
  g_autofree char *text = folded (message->text);
  if (index == 0)
    return same (row, "the text", text, cells[1]);
  const HeddlePerson *from = message->from;
  g_autofree char *local = local_of (message->date);
  gboolean holds = same (row, "the name", or_dash (from != NULL ? from->name : NULL), cells[1]);
  holds &= same (row, "the address", or_dash (from != NULL ? from->address : NULL), cells[2]);
  holds &= same (row, "the date", local, cells[3]);
  return same (row, "the text", text, cells[4]) && holds;
}

static void
test_body (gconstpointer data)
{
  const char *section = data, *end = strchr (section, '\n');
  const char *rows = strstr (section, "\n---\n");
  g_assert_nonnull (end);
  g_assert_nonnull (rows);
  g_autoptr (GString) mail = g_string_new (NULL);
  g_string_append_printf (mail, HEADER, g_str_has_prefix (section, "html ") ? "html" : "plain");
  g_string_append_len (mail, end + 1, rows - end);
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleChain) chain = heddle_parse_mail (parser, mail->str, mail->len, NULL, &error);
  g_assert_no_error (error);
  g_auto (GStrv) lines = g_strsplit (rows + 5, "\n", -1);
  guint count = 0;
  gboolean holds = TRUE;
  for (char **row = lines; *row != NULL; row++)
    if (**row != '\0')
      holds &= row_holds (*row, chain, &count);
  g_assert_cmpuint (chain->messages->len, ==, count);
  g_assert_true (holds);
}

static void
add_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL), *content = NULL;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_utf8_validate (content, -1, NULL));
  g_auto (GStrv) sections = g_strsplit (content, "=== ", -1);
  g_assert_cmpuint (g_strv_length (sections), >, 1);
  for (guint i = 1; sections[i] != NULL; i++) {
    g_autofree char *title = g_strndup (sections[i], strcspn (sections[i], "\n"));
    g_autofree char *test = g_strdup_printf ("/parser/bodies/%.*s/%s", (int)strlen (name) - 4,
                                             name, g_strdelimit (title, "/", '-'));
    g_test_add_data_func_full (test, g_strdup (sections[i]), test_body, g_free);
  }
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
  parser = heddle_parser_new ();
  g_autofree char *folder
      = g_test_build_filename (G_TEST_DIST, "tests", "parser", "bodies.d", NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GDir *dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    if (g_str_has_suffix (name, ".txt"))
      g_ptr_array_add (names, g_strdup (name));
  g_dir_close (dir);
  g_ptr_array_sort (names, compare);
  for (guint i = 0; i < names->len; i++)
    add_file (folder, g_ptr_array_index (names, i));
  int status = g_test_run ();
  heddle_parser_free (parser);
  return status;
}
