/* SPDX-License-Identifier: MIT */
/* Names of months and days and the words of dates as an index.
 *
 * All that CLDR has (cldr.c) and what the languages' own rows add become the rows of one
 * index. Where two languages call two months alike (Polish "listopad" is November,
 * Croatian October) the earlier in the table comes first and the other is kept with it,
 * for a weekday or the dot behind the day's number to decide.
 *
 * Not handled: Chinese, Japanese and Korean months; they are numbers with a mark.
 */
#include "parser/build.h"
#include "parser/cldr.h"
#include "parser/names.h"
#include "parser/words-fold.h"

#include <string.h>

enum { LONGEST = 96 };

typedef struct {
  GArray *rows;          /* of HeddleWordRow */
  GArray *languages;     /* of guint64, a set for each row */
  GStringChunk *strings; /* the texts of rows */
  guint64 day_first;     /* the languages that write the day before the month */
  GHashTable *index;     /* a byte of kind and the folded name → 1 + index into rows */
  GHashTable *loaded;    /* languages, "fa@persian" */
  guint64 language;      /* the bit of the locale that is added */
  gboolean variant;      /* of one of its countries or calendars */
} Build;

/* Countries whose CLDR data writes otherwise than their language's ("Sept", "Jänner",
 * "نيسان", "15 h 40"). */
static const char *const variants[]
    = { "en-GB", "en-AU", "en-CA", "fr-CA", "fr-CH", "es-MX", "pt-PT", "de-AT", "de-CH", "nl-BE",
        "ar-LB", "ar-MA", "ar-DZ", "sr-Latn", "sr-Latn-BA", NULL };

/* Other calendars that people of a language write by. */
static const struct {
  const char *language;
  HeddleCldrCalendar calendar;
} calendars[] = {
  { "fa", HEDDLE_CLDR_PERSIAN },
  { "ar", HEDDLE_CLDR_ISLAMIC },
};

static char *
fold (const char *name)
{
  GString *folded = g_string_new (NULL);

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = heddle_words_fold (g_utf8_get_char (p));
    if (c != 0)
      g_string_append_unichar (folded, c);
  }
  return g_string_free (folded, FALSE);
}

static void
strip_dot (char *text)
{
  gsize length = strlen (text);

  while (length > 0 && text[length - 1] == '.')
    text[--length] = '\0';
}

/* The second meaning of a month's name; the first comes from an earlier language. */
static void
add_meaning (HeddleWordRow *row, int value)
{
  gboolean month = row->kind == HEDDLE_WORD_MONTH;

  if (!month || (row->value & HEDDLE_NAMES_NUMBER) == (value & HEDDLE_NAMES_NUMBER) || (row->value >> HEDDLE_NAMES_OTHER_SHIFT & HEDDLE_NAMES_NUMBER) != 0)
    return;
  row->value |= (value & HEDDLE_NAMES_NUMBER) << HEDDLE_NAMES_OTHER_SHIFT;
  row->value |= (value >> HEDDLE_NAMES_DOTS_SHIFT & HEDDLE_NAMES_DOTS) << HEDDLE_NAMES_OTHER_DOTS_SHIFT;
}

static void
add_row (Build *build, HeddleWordKind kind, const char *text, int value)
{
  g_autofree char *key = g_strdup_printf ("%c%s", 'a' + kind, text);
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (build->index, key));
  GArray *rows = build->rows;

  if (known > 0) {
    g_array_index (build->languages, guint64, known - 1) |= build->language;
    g_array_index (rows, HeddleWordRow, known - 1).value |= value & HEDDLE_NAMES_LOWER;
    add_meaning (&g_array_index (rows, HeddleWordRow, known - 1), value);
    return;
  }
  HeddleWordRow row = { kind, g_string_chunk_insert (build->strings, text), value };
  g_array_append_val (rows, row);
  g_array_append_val (build->languages, build->language);
  g_hash_table_insert (build->index, g_steal_pointer (&key), GUINT_TO_POINTER (rows->len));
}

static void
add_name (const HeddleCldrWord *word, gpointer user_data)
{
  Build *build = user_data;
  g_autofree char *text = fold (word->text);
  gboolean name = word->kind == HEDDLE_WORD_MONTH || word->kind == HEDDLE_WORD_WEEKDAY;
  int value = word->value;

  if (word->day_first && !build->variant)
    build->day_first |= build->language;
  if (word->kind != HEDDLE_WORD_DAYTIME)
    strip_dot (text);
  if (*text == '\0' || strlen (text) >= LONGEST || g_unichar_isdigit (g_utf8_get_char (text)))
    return;
  if (name) {
    value |= (int) word->calendar << HEDDLE_NAMES_CALENDAR_SHIFT;
    value |= word->abbreviated ? HEDDLE_NAMES_ABBREVIATED : 0;
    if (!word->abbreviated && g_unichar_islower (g_utf8_get_char (word->text)))
      value |= HEDDLE_NAMES_LOWER;
    value |= word->dots << HEDDLE_NAMES_DOTS_SHIFT;
    if (g_utf8_strlen (text, -1) == 1)
      value |= HEDDLE_NAMES_SINGLE;
    if (g_utf8_strlen (text, -1) == 1 && word->kind == HEDDLE_WORD_MONTH)
      return;
  }
  add_row (build, word->kind, text, value);
  gsize digit = strcspn (text, "0123456789");
  if (name && text[digit] != '\0' && text[digit + 1] == '\0') { /* "tháng 4", "tháng 04" */
    g_autofree char *padded = g_strdup_printf ("%.*s0%s", (int) digit, text, text + digit);
    add_row (build, word->kind, padded, value);
  }
  if (word->kind == HEDDLE_WORD_DAYTIME) { /* "p. m.", "p.m.", "p.m" */
    g_auto (GStrv) pieces = g_strsplit (text, " ", -1);
    g_autofree char *joined = g_strjoinv ("", pieces);
    add_row (build, word->kind, joined, value);
    strip_dot (joined);
    add_row (build, word->kind, joined, value);
  }
}

static void
add_language (Build *build, const char *language, HeddleCldrCalendar calendar)
{
  char *key = g_strdup_printf ("%s@%s", language, heddle_cldr_calendar_name (calendar));

  if (g_hash_table_add (build->loaded, key))
    heddle_cldr_each (language, calendar, add_name, build);
}

static gboolean
is_of_language (const char *variant, const char *language)
{
  gsize length = strcspn (language, "-_");
  return strncmp (variant, language, length) == 0 && strchr ("-_", variant[length]) != NULL;
}

static void
add_locale (Build *build, const HeddleLocale *locale)
{
  build->variant = FALSE;
  add_language (build, locale->language, HEDDLE_CLDR_GREGORIAN);
  build->variant = TRUE;
  for (const HeddleWordRow *word = locale->words; word->text != NULL; word++) {
    if (word->kind == HEDDLE_WORD_WEEKDAY || word->kind == HEDDLE_WORD_MONTH) {
      g_autofree char *text = fold (word->text);
      int dot = g_str_has_suffix (text, ".") ? HEDDLE_NAMES_ABBREVIATED : 0;
      strip_dot (text);
      add_row (build, word->kind, text, word->value | dot);
    }
  }
  for (gsize i = 0; variants[i] != NULL; i++)
    if (is_of_language (variants[i], locale->language))
      add_language (build, variants[i], HEDDLE_CLDR_GREGORIAN);
  for (gsize i = 0; i < G_N_ELEMENTS (calendars); i++)
    if (is_of_language (calendars[i].language, locale->language))
      add_language (build, calendars[i].language, calendars[i].calendar);
}

static HeddleWords *
index_rows (const Build *build)
{
  HeddleWordsBuild *words = heddle_words_build_new ();
  for (guint i = 0; i < build->rows->len; i++)
    heddle_words_build_add (words, &g_array_index (build->rows, HeddleWordRow, i),
                            g_array_index (build->languages, guint64, i));
  return heddle_words_build_end (words);
}

HeddleNames *
heddle_names_new (const HeddleLocale *const *locales)
{
  Build build = {
    .rows = g_array_new (FALSE, FALSE, sizeof (HeddleWordRow)),
    .languages = g_array_new (FALSE, FALSE, sizeof (guint64)),
    .strings = g_string_chunk_new (4096),
    .index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .loaded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
  };
  for (guint i = 0; locales[i] != NULL; i++) {
    build.language = heddle_language_bit (locales, i);
    add_locale (&build, locales[i]);
  }
  HeddleNames *names = g_new0 (HeddleNames, 1);
  names->words = index_rows (&build);
  names->day_first = build.day_first;
  g_hash_table_unref (build.index);
  g_hash_table_unref (build.loaded);
  g_array_unref (build.rows);
  g_array_unref (build.languages);
  g_string_chunk_free (build.strings);
  return names;
}

void
heddle_names_free (HeddleNames *names)
{
  if (names == NULL)
    return;
  heddle_words_free ((HeddleWords *) names->words);
  g_free (names);
}
