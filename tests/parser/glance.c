/* SPDX-License-Identifier: MIT */
/* The one look at each word of a text: it misses no row of any language, wherever a finder
 * may look for it, and it sends a finder to few of the words that are none of its own. */
#include "parser/build.h"
#include "parser/glance.h"
#include "parser/scan.h"
#include "tests/parser/tables.h"

static const struct {
  const char *text;
  HeddleGlanceOf of;
  const char *marks; /* "^" below each place where something may begin */
} texts[] = {
  { "Ana spoke on Monday, 5pm.", HEDDLE_GLANCE_DATE,
    "          ^  ^       ^   " },
  { "Several people 3 letters", HEDDLE_GLANCE_DATE,
    "               ^        " },
  { "keddig, holnapig", HEDDLE_GLANCE_DATE,
    "^       ^       " },
  { "2 days ago it went", HEDDLE_GLANCE_BEHIND,
    "       ^          " },
  { "20ig", HEDDLE_GLANCE_BEHIND,
    "  ^ " },
  { "Could rivers, and stones", HEDDLE_GLANCE_ASK,
    "^             ^         " },
  { "the case [#12], INC001, ref:1", HEDDLE_GLANCE_CASE,
    "    ^    ^      ^       ^    " },
  { "carefully encased", HEDDLE_GLANCE_CASE,
    "                 " },
  { "", HEDDLE_GLANCE_DATE, "" },
};

static void
test_texts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    gsize length = strlen (texts[i].text);
    g_autoptr (HeddleGlance) glance = heddle_glance_new (&tables, texts[i].text, length);
    g_autofree char *marks = g_strnfill (length, ' ');
    for (gsize at = 0; (at = heddle_glance_next (glance, texts[i].of, at)) < length; at++)
      marks[at] = '^';
    g_test_message ("%s", texts[i].text);
    g_assert_cmpstr (marks, ==, texts[i].marks);
    for (gsize at = 0; at < length; at++)
      g_assert_true (heddle_glance_at (glance, texts[i].of, at) == (marks[at] == '^'));
  }
}

/* What finds words of @kind; HEDDLE_N_GLANCES: none does. */
static HeddleGlanceOf
finder_of (HeddleWordKind kind)
{
  switch (kind) {
  case HEDDLE_WORD_BY: case HEDDLE_WORD_WITHIN: case HEDDLE_WORD_ON: case HEDDLE_WORD_RELATIVE:
  case HEDDLE_WORD_END_OF: case HEDDLE_WORD_NEXT: case HEDDLE_WORD_WEEKEND:
  case HEDDLE_WORD_DAYTIME: case HEDDLE_WORD_HOUR: case HEDDLE_WORD_UNIT:
  case HEDDLE_WORD_NUMBER: case HEDDLE_WORD_THE: case HEDDLE_WORD_MONTH:
  case HEDDLE_WORD_WEEKDAY: case HEDDLE_WORD_ERA:
    return HEDDLE_GLANCE_DATE;
  case HEDDLE_WORD_REQUEST: case HEDDLE_WORD_COMMITMENT: case HEDDLE_WORD_COURTESY:
  case HEDDLE_WORD_DOUBT: case HEDDLE_WORD_AND:
    return HEDDLE_GLANCE_ASK;
  case HEDDLE_WORD_CASE:
    return HEDDLE_GLANCE_CASE;
  default:
    return HEDDLE_N_GLANCES;
  }
}

static void
check_row (const HeddleWordRow *row)
{
  static const char *const before[] = { "", "x ", "ж, ", "日" };
  HeddleGlanceOf of = finder_of (row->kind);
  gboolean letter = heddle_word_at (row->text, strlen (row->text));
  gboolean behind = (row->kind == HEDDLE_WORD_BY || row->kind == HEDDLE_WORD_WITHIN)
                    && (row->value & HEDDLE_TERM_BEHIND) != 0;

  for (gsize i = 0; of < HEDDLE_N_GLANCES && letter && i < G_N_ELEMENTS (before); i++) {
    g_autofree char *text = g_strdup_printf ("%s%s.", before[i], row->text);
    g_autoptr (HeddleGlance) glance = heddle_glance_new (&tables, text, strlen (text));
    if (!heddle_glance_at (glance, of, strlen (before[i])))
      g_error ("missed in \"%s\"", text);
  }
  if (behind) {
    g_autofree char *text = g_strdup_printf ("20%s.", row->text);
    g_autoptr (HeddleGlance) glance = heddle_glance_new (&tables, text, strlen (text));
    if (!heddle_glance_at (glance, HEDDLE_GLANCE_BEHIND, 2)
        || !heddle_glance_near (glance, HEDDLE_GLANCE_BEHIND, 0, 3)
        || heddle_glance_near (glance, HEDDLE_GLANCE_BEHIND, 0, 2)
               != (heddle_glance_at (glance, HEDDLE_GLANCE_BEHIND, 0) /* a sieve says "perhaps" */
                   || heddle_glance_at (glance, HEDDLE_GLANCE_BEHIND, 1)))
      g_error ("missed in \"%s\"", text);
  }
}

static void
test_rows (void)
{
  for (guint i = 0; heddle_locales[i] != NULL; i++)
    for (const HeddleWordRow *row = heddle_locales[i]->words; row->text != NULL; row++)
      check_row (row);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tables_init ();
  g_test_add_func ("/parser/glance/texts", test_texts);
  g_test_add_func ("/parser/glance/rows", test_rows);
  int status = g_test_run ();
  tables_clear ();
  return status;
}
