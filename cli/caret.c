/* SPDX-License-Identifier: MIT */
/* A query that cannot be understood, with a caret under the place.
 *
 *   heddle: search: at column 7: this bracket is never closed
 *     a AND (b OR c
 *           ^
 *
 * Of a long query a piece around the place is shown. The caret stands right for wide and
 * for combining characters; in right-to-left text it stands where a terminal that does
 * not reorder has the character. */
#include "cli/cli.h"

#include <string.h>

#define BEFORE 50 /* characters before the place, and behind it */
#define BEHIND 20

/* The columns that @text, which is clean, takes on a terminal. */
static guint
columns (const char *text)
{
  guint width = 0;
  for (; *text != '\0'; text = g_utf8_next_char (text)) {
    gunichar c = g_utf8_get_char (text);
    width += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
  }
  return width;
}

/* @query[@from … @to - 1], counted in characters, cleaned. */
static char *
piece (const char *query, glong from, glong to)
{
  g_autofree char *raw = g_utf8_substring (query, from, to);
  return heddle_clean (raw, TRUE);
}

static void
print_place (const char *query, glong place)
{
  g_autofree char *valid = g_utf8_make_valid (query, -1);
  glong length = g_utf8_strlen (valid, -1);
  place = CLAMP (place, 0, length);
  glong from = place > BEFORE ? place - BEFORE : 0;
  glong to = MIN (length, place + BEHIND);
  g_autofree char *before = piece (valid, from, place);
  g_autofree char *behind = piece (valid, place, to);
  fprintf (stderr, "  %s%s%s%s\n  %*s^\n", from > 0 ? "…" : "", before, behind,
           to < length ? "…" : "", (int)columns (before) + (from > 0), "");
}

int
heddle_cli_fail_query (const HeddleCli *cli, const GError *error, const char *query)
{
  long column;
  int status = heddle_cli_fail (cli, error);
  if (g_error_matches (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_QUERY) && query != NULL
      && sscanf (error->message, "at column %ld:", &column) == 1)
    print_place (query, column - 1);
  return status;
}
