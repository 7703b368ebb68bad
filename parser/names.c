/* SPDX-License-Identifier: MIT */
/* Names of months and days and the words of dates in every language of the tables.
 *
 * All that CLDR has (cldr.c) and what the languages' own rows add become one index
 * (words.c), so a place in a text is looked up once, however many languages there are.
 * Where two languages call two months alike (Polish "listopad" is November, Croatian
 * October) the earlier in the table comes first and the other is kept with it, for a
 * weekday or the dot behind the day's number to decide.
 *
 * Not handled: Chinese, Japanese and Korean months; they are numbers with a mark.
 */
#include "parser/cldr.h"
#include "parser/scan.h"
#include "parser/tables.h"

#include <string.h>

enum { LONGEST = 96 };

/* How a row's value is laid out: number, its second meaning, what else is known. */
enum {
  NUMBER = 0xf,
  OTHER_SHIFT = 4,
  CALENDAR_SHIFT = 8,
  CALENDARS = 0x3,
  ABBREVIATED = 1 << 10,
  DOTS_SHIFT = 11,
  OTHER_DOTS_SHIFT = 13,
  DOTS = HEDDLE_DOT_DAY | HEDDLE_DOT_YEAR,
  LOWER = 1 << 16, /* a whole name that some language writes without a capital */
  SINGLE = 1 << 15 /* one character, which is a name only where nothing else can stand */
};

struct _HeddleNames {
  HeddleWords *words;
  GArray *rows;          /* of HeddleWord, which words points into */
  GArray *languages;     /* of guint64, a set for each row */
  GStringChunk *strings; /* the texts of rows */
  guint64 day_first;     /* the languages that write the day before the month */
};

typedef struct {
  HeddleNames *names;
  GHashTable *index;  /* a byte of kind and the folded name → 1 + index into rows */
  GHashTable *loaded; /* languages, "fa@persian" */
  guint64 language;   /* the bit of the locale that is added */
  gboolean variant;   /* of one of its countries or calendars */
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
add_meaning (HeddleWord *row, int value)
{
  gboolean month = row->kind == HEDDLE_WORD_MONTH;

  if (!month || (row->value & NUMBER) == (value & NUMBER) || (row->value >> OTHER_SHIFT & NUMBER) != 0)
    return;
  row->value |= (value & NUMBER) << OTHER_SHIFT;
  row->value |= (value >> DOTS_SHIFT & DOTS) << OTHER_DOTS_SHIFT;
}

static void
add_row (Build *build, HeddleWordKind kind, const char *text, int value)
{
  g_autofree char *key = g_strdup_printf ("%c%s", 'a' + kind, text);
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (build->index, key));
  GArray *rows = build->names->rows;

  if (known > 0) {
    g_array_index (build->names->languages, guint64, known - 1) |= build->language;
    g_array_index (rows, HeddleWord, known - 1).value |= value & LOWER;
    add_meaning (&g_array_index (rows, HeddleWord, known - 1), value);
    return;
  }
  HeddleWord row = { kind, g_string_chunk_insert (build->names->strings, text), value };
  g_array_append_val (rows, row);
  g_array_append_val (build->names->languages, build->language);
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
    build->names->day_first |= build->language;
  if (word->kind != HEDDLE_WORD_DAYTIME)
    strip_dot (text);
  if (*text == '\0' || strlen (text) >= LONGEST || g_unichar_isdigit (g_utf8_get_char (text)))
    return;
  if (name) {
    value |= (int) word->calendar << CALENDAR_SHIFT;
    value |= word->abbreviated ? ABBREVIATED : 0;
    if (!word->abbreviated && g_unichar_islower (g_utf8_get_char (word->text)))
      value |= LOWER;
    value |= word->dots << DOTS_SHIFT;
    if (g_utf8_strlen (text, -1) == 1)
      value |= SINGLE;
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
  char *key = g_strdup_printf ("%s@%s", language, heddle_cldr_calendar (calendar));

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
  for (const HeddleWord *word = locale->words; word->text != NULL; word++) {
    if (word->kind == HEDDLE_WORD_WEEKDAY || word->kind == HEDDLE_WORD_MONTH) {
      g_autofree char *text = fold (word->text);
      int dot = g_str_has_suffix (text, ".") ? ABBREVIATED : 0;
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

HeddleNames *
heddle_names_new (const HeddleLocale *const *locales)
{
  HeddleNames *names = g_new0 (HeddleNames, 1);
  Build build = { .names = names };

  names->rows = g_array_new (TRUE, TRUE, sizeof (HeddleWord));
  names->languages = g_array_new (FALSE, FALSE, sizeof (guint64));
  names->strings = g_string_chunk_new (4096);
  build.index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  build.loaded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; locales[i] != NULL; i++) {
    build.language = heddle_language_bit (locales, i);
    add_locale (&build, locales[i]);
  }
  g_hash_table_unref (build.index);
  g_hash_table_unref (build.loaded);

  const HeddleLocale all = { "und", (const HeddleWord *) (gpointer) names->rows->data };
  const HeddleLocale *const one[] = { &all, NULL };
  names->words = heddle_words_new (one);
  return names;
}

void
heddle_names_free (HeddleNames *names)
{
  if (names == NULL)
    return;
  heddle_words_free (names->words);
  g_array_unref (names->rows);
  g_array_unref (names->languages);
  g_string_chunk_free (names->strings);
  g_free (names);
}

static guint64
bit_of (HeddleNameKind kind)
{
  return HEDDLE_WORD_BIT (kind == HEDDLE_NAME_MONTH ? HEDDLE_WORD_MONTH : HEDDLE_WORD_WEEKDAY);
}

gboolean
heddle_names_may_begin (const HeddleNames *names, HeddleNameKind kind, const char *text,
                        gsize length)
{
  return (heddle_words_kinds_at (names->words, text, length) & bit_of (kind)) != 0;
}

gboolean
heddle_names_find (const HeddleNames *names, HeddleNameKind kind, const char *text, gsize length,
                   HeddleName *ret, gsize *ret_length)
{
  gsize bytes;

  const HeddleWord *word = heddle_words_at (names->words, text, length, bit_of (kind), &bytes);
  if (word == NULL || (bytes < length && text[bytes] == '_'))
    return FALSE;
  *ret = (HeddleName) {
    .number = word->value & NUMBER,
    .other = word->value >> OTHER_SHIFT & NUMBER,
    .calendar = word->value >> CALENDAR_SHIFT & CALENDARS,
    .abbreviated = (word->value & ABBREVIATED) != 0,
    .dots = word->value >> DOTS_SHIFT & DOTS,
    .other_dots = word->value >> OTHER_DOTS_SHIFT & DOTS,
    .lower = (word->value & LOWER) != 0,
    .single = (word->value & SINGLE) != 0,
    .languages = g_array_index (names->languages, guint64,
                                word - (const HeddleWord *) (gpointer) names->rows->data),
  };
  if (ret->abbreviated && bytes < length && text[bytes] == '.')
    bytes++;
  if (ret_length != NULL)
    *ret_length = bytes;
  return TRUE;
}

int
heddle_names_at (const HeddleNames *names, HeddleNameKind kind, const char *text, gsize length,
                 gsize *ret_length)
{
  HeddleName name;
  gsize bytes;

  if (!heddle_names_find (names, kind, text, length, &name, &bytes) || name.single)
    return 0;
  if (ret_length != NULL)
    *ret_length = bytes;
  return name.number;
}

guint64
heddle_names_day_first (const HeddleNames *names)
{
  return names->day_first;
}

const HeddleWord *
heddle_names_word (const HeddleNames *names, const char *text, gsize length, guint64 kinds,
                   gsize *ret_length)
{
  return heddle_words_at (names->words, text, length, kinds, ret_length);
}

guint64
heddle_names_kinds_of (const HeddleNames *names, const char *text, gsize length, guint64 kinds)
{
  return heddle_words_kinds_of (names->words, text, length, kinds);
}
