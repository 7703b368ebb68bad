/* SPDX-License-Identifier: MIT */
/* What ICU writes as a date in each language is read back as that date, without any row
 * of the languages' own: full, long, medium and short, alone and with a time of day.
 *
 * Left out: names of zones; days up to the 12th where numbers alone do not say which is
 * the day; years of two digits that stand first.
 */
#include "parser/build.h"
#include "tests/parser/tables.h"

#include <unicode/udat.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

static const HeddleWordRow no_words[] = { { 0, NULL, 0 } };

static const char *const languages[]
    = { "en",      "de",      "fr", "es", "pt", "pt-BR", "it", "nl",      "pl",      "cs", "sk", "sv", "da",
        "nb",      "fi",      "et", "hu", "ro", "hr",    "sr-Latn", "sr-Cyrl", "bg", "el", "tr", "ru",
        "uk",      "ar",      "fa", "he", "zh-Hans", "zh-Hant", "ja", "ko", "vi", "id", "hi", "en-GB",
        "de-AT",   "fr-CA",   "ar-EG", "ar-LB", "ar-MA", "fa-u-ca-gregory", "ar-SA-u-ca-islamic-umalqura" };

static const struct {
  int year, month, day, hour, minute, second;
} days[] = {
  { 2018, 4, 10, 15, 40, 0 },  { 2019, 1, 31, 0, 5, 9 },   { 2020, 2, 29, 12, 30, 45 },
  { 2021, 3, 14, 9, 0, 1 },    { 2022, 5, 25, 23, 59, 59 }, { 2017, 6, 17, 11, 11, 11 },
  { 2016, 7, 23, 18, 7, 0 },   { 2015, 8, 5, 4, 44, 4 },   { 2014, 9, 19, 13, 0, 0 },
  { 2024, 10, 28, 20, 20, 20 }, { 2025, 11, 13, 6, 30, 0 }, { 2026, 12, 24, 17, 15, 30 },
};

static char *
format_date (const char *locale, UDateFormatStyle date, UDateFormatStyle time, double when)
{
  static const UChar utc[] = { 'U', 'T', 'C', 0 };
  UErrorCode status = U_ZERO_ERROR;
  UChar wide[256];
  char text[768];
  UDateFormat *format = udat_open (time, date, locale, utc, 3, NULL, 0, &status);

  g_assert_true (U_SUCCESS (status));
  udat_format (format, when, wide, G_N_ELEMENTS (wide), NULL, &status);
  u_strToUTF8 (text, sizeof text, NULL, wide, -1, &status);
  g_assert_true (U_SUCCESS (status));
  udat_close (format);
  return g_strdup (text);
}

/* Where the locale's short date cannot be told from another order. */
static gboolean
is_doubtful (const char *text, int day)
{
  gboolean slashes = strpbrk (text, "/-") != NULL;
  return slashes && day <= 12;
}

static guint
check (const char *language, const char *text, gsize i, UDateFormatStyle time)
{
  HeddleDate *date = NULL;
  gsize read = heddle_when_read (&tables, text, strlen (text), &date);
  g_autofree char *want = g_strdup_printf ("%d-%d-%d %d:%d:%d", days[i].year, days[i].month,
                                           days[i].day, time == UDAT_NONE ? 0 : days[i].hour,
                                           time == UDAT_NONE ? 0 : days[i].minute,
                                           time == UDAT_MEDIUM ? days[i].second : 0);
  g_autofree char *got
      = date == NULL ? g_strdup ("nothing")
                     : g_strdup_printf ("%d-%d-%d %d:%d:%d", date->local.year, date->local.month,
                                        date->local.day, date->local.hour, date->local.minute,
                                        date->local.second);
  gboolean right = g_str_equal (want, got) && strlen (text + read) <= 1;

  if (!right)
    g_test_message ("%s: %s: %s, rest \"%s\"", language, text, got, text + read);
  heddle_date_free (date);
  return right ? 0 : 1;
}

static void
test_back (void)
{
  static const UDateFormatStyle styles[] = { UDAT_FULL, UDAT_LONG, UDAT_MEDIUM, UDAT_SHORT };
  static const UDateFormatStyle times[] = { UDAT_NONE, UDAT_SHORT, UDAT_MEDIUM };
  guint wrong = 0;

  for (gsize l = 0; l < G_N_ELEMENTS (languages); l++) {
    char locale[ULOC_FULLNAME_CAPACITY];
    UErrorCode status = U_ZERO_ERROR;
    uloc_forLanguageTag (languages[l], locale, sizeof locale, NULL, &status);
    for (gsize i = 0; i < G_N_ELEMENTS (days); i++) {
      const HeddleWall wall = { days[i].year, days[i].month, days[i].day,
                                days[i].hour, days[i].minute, days[i].second };
      double when = (double) heddle_wall_to_seconds (&wall) * 1000;
      for (gsize s = 0; s < G_N_ELEMENTS (styles); s++)
        for (gsize t = 0; t < G_N_ELEMENTS (times); t++) {
          g_autofree char *text = format_date (locale, styles[s], times[t], when);
          gboolean year_first = styles[s] == UDAT_SHORT && g_str_equal (languages[l], "ko");
          if (!year_first && (styles[s] < UDAT_MEDIUM || !is_doubtful (text, days[i].day)))
            wrong += check (languages[l], text, i, times[t]);
        }
    }
  }
  g_assert_cmpuint (wrong, ==, 0);
}

int
main (int argc, char **argv)
{
  HeddleLocale locales[G_N_ELEMENTS (languages)];
  const HeddleLocale *list[G_N_ELEMENTS (languages) + 1] = { NULL };

  g_test_init (&argc, &argv, NULL);
  for (gsize l = 0; l < G_N_ELEMENTS (languages); l++) {
    locales[l] = (HeddleLocale) { languages[l], no_words };
    list[l] = strstr (languages[l], "-u-") == NULL ? &locales[l] : &locales[0];
  }
  HeddleWords *words = heddle_words_new (list);
  gint64 begin = g_get_monotonic_time ();
  HeddleNames *names = heddle_names_new (list);
  g_test_message ("names of all languages: %" G_GINT64_FORMAT " us", g_get_monotonic_time () - begin);
  tables.words = words;
  tables.names = names;
  g_test_add_func ("/parser/cldr/back", test_back);
  int status = g_test_run ();
  heddle_words_free (words);
  heddle_names_free (names);
  return status;
}
