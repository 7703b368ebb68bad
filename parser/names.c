/* SPDX-License-Identifier: MIT */
/* Names of months and days in every language of the tables, from CLDR by way of ICU.
 *
 * All names, whole and abbreviated, as they stand in a date and alone, go lower
 * case into one hash table, so a place in a text is looked up once, however many
 * languages there are. Where two languages disagree (Polish and Croatian
 * "listopad") the earlier in the table wins.
 *
 * Not handled: names with digits in them (Chinese, Japanese "4月") and of a single
 * character; they are no names but numbers. Calendars other than the Gregorian.
 */
#include "parser/tables.h"
#include "parser/scan.h"

#include <string.h>
#include <unicode/udat.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

enum { LONGEST = 64, MOST_ENDS = 6, ABBREVIATED = 1 << 8, SIEVE_BITS = 13 };

struct _HeddleNames {
  GHashTable *index; /* a byte of kind and the name in lower case → number | ABBREVIATED */
  /* Which kinds of names begin with these three letters (or are these two), as a bit
   * each: few words of a text pass, and only those are looked up. */
  guint8 sieve[1 << SIEVE_BITS];
};

static const struct {
  UDateFormatSymbolType type;
  HeddleNameKind kind;
  int first; /* index of the first name in ICU's list */
  int flags;
} symbols[] = {
  /* Whole names first: a name that is both is no abbreviation ("May"). */
  { UDAT_MONTHS, HEDDLE_NAME_MONTH, 0, 0 },
  { UDAT_STANDALONE_MONTHS, HEDDLE_NAME_MONTH, 0, 0 },
  { UDAT_WEEKDAYS, HEDDLE_NAME_WEEKDAY, 1, 0 },
  { UDAT_STANDALONE_WEEKDAYS, HEDDLE_NAME_WEEKDAY, 1, 0 },
  { UDAT_SHORT_MONTHS, HEDDLE_NAME_MONTH, 0, ABBREVIATED },
  { UDAT_STANDALONE_SHORT_MONTHS, HEDDLE_NAME_MONTH, 0, ABBREVIATED },
  { UDAT_SHORT_WEEKDAYS, HEDDLE_NAME_WEEKDAY, 1, ABBREVIATED },
  { UDAT_STANDALONE_SHORT_WEEKDAYS, HEDDLE_NAME_WEEKDAY, 1, ABBREVIATED },
};

/* Countries whose CLDR data abbreviates otherwise than their language's ("Sept",
 * "Jänner"). */
static const char *const variants[] = { "en-GB", "en-AU", "en-CA", "fr-CA", "fr-CH", "es-MX",
                                        "pt-PT", "de-AT", "de-CH", "nl-BE", NULL };

/* The character at @text as words are compared, into @out; returns its bytes there, 0
 * for what shows nothing (Persian writes a non-joiner into names of days). */
static gsize
lower_char (const char *text, char *out)
{
  gunichar c = heddle_words_fold (g_utf8_get_char (text));
  return c == 0 ? 0 : (gsize) g_unichar_to_utf8 (c, out);
}

/* Whether a name goes on at @text: a letter, or a character that shows nothing with a
 * letter behind it. */
static gboolean
goes_on (const char *text, gsize length)
{
  if (length == 0 || (guchar) *text < 0x80)
    return heddle_letter_at (text, length);
  gsize bytes = (gsize) (g_utf8_next_char (text) - text);
  return heddle_letter_at (text, length)
         || (heddle_words_fold (g_utf8_get_char (text)) == 0
             && heddle_letter_at (text + bytes, length - bytes));
}

/* The place in the sieve of the first @n bytes of a folded name, three at most. */
static guint
sieve_index (const char *name, gsize n)
{
  guint32 key = 0;
  for (gsize i = 0; i < MIN (n, 3); i++)
    key |= (guint32) (guchar) name[i] << (8 * i);
  return (key * (guint32) 2654435761U) >> (32 - SIEVE_BITS); /* Knuth 6.4 */
}

static void
add_name (HeddleNames *names, HeddleNameKind kind, const char *name, int value)
{
  char key[LONGEST + 8];
  gsize used = 0;
  gboolean usable = g_utf8_strlen (name, -1) > 1;

  key[used++] = (char) ('a' + kind);
  for (const char *p = name; *p != '\0' && usable; p = g_utf8_next_char (p)) {
    usable = used < LONGEST && !g_unichar_isdigit (g_utf8_get_char (p));
    if (usable)
      used += lower_char (p, key + used);
  }
  if (!usable)
    return;
  while (used > 1 && key[used - 1] == '.')
    used--;
  key[used] = '\0';
  names->sieve[sieve_index (key + 1, used - 1)] |= (guint8) (1 << kind);
  if (!g_hash_table_contains (names->index, key))
    g_hash_table_insert (names->index, g_strdup (key), GINT_TO_POINTER (value));
}

static void
add_language (HeddleNames *names, const char *language)
{
  static const UChar zone[] = { 'U', 'T', 'C', 0 };
  char locale[ULOC_FULLNAME_CAPACITY];
  UErrorCode status = U_ZERO_ERROR;

  uloc_forLanguageTag (language, locale, sizeof locale, NULL, &status);
  uloc_setKeywordValue ("calendar", "gregorian", locale, sizeof locale, &status);
  UDateFormat *format = udat_open (UDAT_NONE, UDAT_SHORT, locale, zone, 3, NULL, 0, &status);
  if (U_FAILURE (status))
    return; /* ICU without data: names are then found in no language */

  for (gsize i = 0; i < G_N_ELEMENTS (symbols); i++) {
    int count = symbols[i].kind == HEDDLE_NAME_MONTH ? 12 : 7;
    for (int n = 0; n < count; n++) {
      UChar wide[LONGEST];
      char name[3 * LONGEST + 1];
      status = U_ZERO_ERROR;
      int32_t length = udat_getSymbols (format, symbols[i].type, symbols[i].first + n, wide,
                                        LONGEST, &status);
      u_strToUTF8 (name, sizeof name, NULL, wide, length, &status);
      if (U_FAILURE (status) || status == U_STRING_NOT_TERMINATED_WARNING)
        continue;
      /* ICU's week begins on Sunday. */
      int number = symbols[i].kind == HEDDLE_NAME_MONTH ? n + 1 : (n + 6) % 7 + 1;
      add_name (names, symbols[i].kind, name, number | symbols[i].flags);
    }
  }
  udat_close (format);
}

HeddleNames *
heddle_names_new (const HeddleLocale *const *locales)
{
  HeddleNames *names = g_new0 (HeddleNames, 1);

  names->index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (; *locales != NULL; locales++) {
    gsize length = strcspn ((*locales)->language, "-_");

    add_language (names, (*locales)->language);
    for (const HeddleWord *word = (*locales)->words; word->text != NULL; word++) {
      if (word->kind == HEDDLE_WORD_WEEKDAY)
        add_name (names, HEDDLE_NAME_WEEKDAY, word->text, word->value | ABBREVIATED);
    }
    for (gsize i = 0; variants[i] != NULL; i++) {
      if (strncmp (variants[i], (*locales)->language, length) == 0 && variants[i][length] == '-')
        add_language (names, variants[i]);
    }
  }
  return names;
}

void
heddle_names_free (HeddleNames *names)
{
  if (names == NULL)
    return;
  g_hash_table_unref (names->index);
  g_free (names);
}

static gboolean
may_begin (const HeddleNames *names, HeddleNameKind kind, const char *text, gsize length)
{
  char first[3 + 6];
  gsize n = 0;

  for (gsize at = 0; at < length && n < 3;) {
    if (g_ascii_isalpha (text[at])) {
      first[n++] = g_ascii_tolower (text[at++]);
    } else if ((guchar) text[at] >= 0x80 && goes_on (text + at, length - at)) {
      n += lower_char (text + at, first + n);
      at += (gsize) (g_utf8_next_char (text + at) - (text + at));
    } else
      break;
  }
  return n > 0 && (names->sieve[sieve_index (first, n)] & (1 << kind)) != 0;
}

int
heddle_names_at (const HeddleNames *names, HeddleNameKind kind, const char *text, gsize length,
                 gsize *ret_length)
{
  char key[LONGEST + 8];
  struct {
    gsize used, bytes;
  } ends[MOST_ENDS];
  gsize n_ends = 0, used = 0, at = 0;

  if (!may_begin (names, kind, text, length))
    return 0;
  key[used++] = (char) ('a' + kind);
  while (at < length && used < LONGEST) {
    gsize blank = heddle_blank_at (text + at, length - at);
    if (blank == 0 && text[at] == '-' && n_ends > 0
        && heddle_letter_at (text + at + 1, length - at - 1))
      blank = 1; /* "segunda-feira" */
    if (blank > 0)
      key[used++] = text[at] == '-' ? '-' : ' ';
    else if (goes_on (text + at, length - at))
      used += lower_char (text + at, key + used);
    else
      break;
    at += blank > 0 ? blank : (gsize) (g_utf8_next_char (text + at) - (text + at));
    if (blank == 0 && !goes_on (text + at, length - at)) {
      if (at < length && text[at] == '_')
        break;
      ends[n_ends].used = used;
      ends[n_ends].bytes = at;
      if (++n_ends == MOST_ENDS)
        break;
    }
  }
  while (n_ends-- > 0) {
    key[ends[n_ends].used] = '\0';
    int value = GPOINTER_TO_INT (g_hash_table_lookup (names->index, key));
    if (value == 0)
      continue;
    at = ends[n_ends].bytes;
    if ((value & ABBREVIATED) != 0 && at < length && text[at] == '.')
      at++;
    if (ret_length != NULL)
      *ret_length = at;
    return value & 0xff;
  }
  return 0;
}
