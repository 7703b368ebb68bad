/* SPDX-License-Identifier: MIT */
#include "parser/build.h"
#include "tests/parser/tables.h"

static const HeddleWordRow no_words[] = { { 0, NULL, 0 } };
static const HeddleWordRow more[] = { { HEDDLE_WORD_WEEKDAY, "tues.", 2 },
                                   { HEDDLE_WORD_WEEKDAY, "wednesdays", 3 },
                                   { 0, NULL, 0 } };
static const HeddleLocale en = { "en", more }, de = { "de", no_words }, fa = { "fa", no_words },
                          pt = { "pt-BR", no_words }, ru = { "ru", no_words },
                          el = { "el", no_words }, tr = { "tr", no_words }, ar = { "ar", no_words },
                          he = { "he", no_words };
static const HeddleLocale *const locales[] = { &en, &de, &fa, &pt, &ru, &el, &tr, &ar, &he, NULL };

static const struct {
  const char *text;
  HeddleNameKind kind;
  int number;
  gsize length;
} rows[] = {
  { "January 3", HEDDLE_NAME_MONTH, 1, 7 },
  { "JAN. 3", HEDDLE_NAME_MONTH, 1, 4 },
  { "jan", HEDDLE_NAME_MONTH, 1, 3 },
  { "May.", HEDDLE_NAME_MONTH, 5, 3 }, /* no abbreviation: the dot ends a sentence */
  { "Sept 3", HEDDLE_NAME_MONTH, 9, 4 },
  { "Apr-2018", HEDDLE_NAME_MONTH, 4, 3 },
  { "Apr2018", HEDDLE_NAME_MONTH, 4, 3 },
  { "M\303\244rz", HEDDLE_NAME_MONTH, 3, 5 },
  { "J\303\244nner", HEDDLE_NAME_MONTH, 1, 7 },
  { "m\303\204RZ 2018", HEDDLE_NAME_MONTH, 3, 5 },
  { "\320\260\320\277\321\200\320\265\320\273\321\217", HEDDLE_NAME_MONTH, 4, 12 }, /* genitive */
  { "\320\260\320\277\321\200\320\265\320\273\321\214", HEDDLE_NAME_MONTH, 4, 12 }, /* alone */
  { "Monday,", HEDDLE_NAME_WEEKDAY, 1, 6 },
  { "sun", HEDDLE_NAME_WEEKDAY, 7, 3 },
  { "Tues.", HEDDLE_NAME_WEEKDAY, 2, 5 },
  { "Wednesdays.", HEDDLE_NAME_WEEKDAY, 3, 10 }, /* a whole word */
  { "segunda-feira, 3", HEDDLE_NAME_WEEKDAY, 1, 13 },
  { "Mon-Fri", HEDDLE_NAME_WEEKDAY, 1, 3 },
  { "\330\254\331\205\330\271\331\207", HEDDLE_NAME_WEEKDAY, 5, 8 },
  { "سه\342\200\214شنبه", HEDDLE_NAME_WEEKDAY, 2, 15 }, /* with its joiner, */
  { "سهشنبه,", HEDDLE_NAME_WEEKDAY, 2, 12 },            /* and without */
  { "ژانويه", HEDDLE_NAME_MONTH, 1, 12 },               /* an Arabic letter in it */
  { "ابريل", HEDDLE_NAME_MONTH, 4, 10 },                /* no hamza */
  { "ΙΟΥΛΙΟΥ 2026", HEDDLE_NAME_MONTH, 7, 14 },
  { "Τρίτη", HEDDLE_NAME_WEEKDAY, 2, 10 },
  { "KASIM", HEDDLE_NAME_MONTH, 11, 5 },
  { "Kasım", HEDDLE_NAME_MONTH, 11, 6 },
  { "ЧЕТВЕРГ", HEDDLE_NAME_WEEKDAY, 4, 14 },
  { "Januaryx", HEDDLE_NAME_MONTH, 0, 0 },
  { "Mayor", HEDDLE_NAME_MONTH, 0, 0 },
  { "Mar_x", HEDDLE_NAME_MONTH, 0, 0 },
  { "Monday", HEDDLE_NAME_MONTH, 0, 0 },
  { "", HEDDLE_NAME_MONTH, 0, 0 },
  { " May", HEDDLE_NAME_MONTH, 0, 0 },
  { "4", HEDDLE_NAME_MONTH, 0, 0 },
};

static void
test_at (void)
{
  HeddleNames *names = heddle_names_new (locales);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    gsize length = 0;
    g_test_message ("%s", rows[i].text);
    g_assert_cmpint (heddle_names_at (names, rows[i].kind, rows[i].text, strlen (rows[i].text),
                                      &length), ==, rows[i].number);
    g_assert_cmpuint (length, ==, rows[i].length);
  }
  heddle_names_free (names);
  heddle_names_free (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parser/names/at", test_at);
  return g_test_run ();
}
