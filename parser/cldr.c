/* SPDX-License-Identifier: MIT */
/* What CLDR knows of written dates, by way of ICU: the names of months and days, the
 * words for before and after noon, and the words that the language's own long pattern
 * has between the parts ("d 'de' MMMM 'de' y", "y年M月d日", "'kl'. HH:mm").
 *
 * A word of a pattern is what its place says: behind a field without a blank, or at the
 * end of the date, it is that number's mark ("年", "г."); elsewhere within the date it
 * joins day, month and year ("de"); between date and clock it is an "at"; between the
 * numbers of a clock it is their mark ("時", "h").
 *
 * Not handled: names of zones; single letters that CLDR has for columns of a calendar.
 */
#include "parser/cldr.h"

#include <string.h>
#include <unicode/udat.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

enum { LONGEST = 96 };

static const UChar utc[] = { 'U', 'T', 'C', 0 };

typedef struct {
  HeddleCldrFunc func;
  gpointer user_data;
  HeddleCldrWord word; /* what is told next */
} Teller;

static const struct {
  UDateFormatSymbolType type;
  HeddleWordKind kind;
  int first, count; /* in ICU's list */
  gboolean abbreviated;
} symbols[] = {
  /* Whole names first: a name that is both is no abbreviation ("May"). */
  { UDAT_MONTHS, HEDDLE_WORD_MONTH, 0, 12, FALSE },
  { UDAT_STANDALONE_MONTHS, HEDDLE_WORD_MONTH, 0, 12, FALSE },
  { UDAT_WEEKDAYS, HEDDLE_WORD_WEEKDAY, 1, 7, FALSE },
  { UDAT_STANDALONE_WEEKDAYS, HEDDLE_WORD_WEEKDAY, 1, 7, FALSE },
  { UDAT_SHORT_MONTHS, HEDDLE_WORD_MONTH, 0, 12, TRUE },
  { UDAT_STANDALONE_SHORT_MONTHS, HEDDLE_WORD_MONTH, 0, 12, TRUE },
  { UDAT_SHORT_WEEKDAYS, HEDDLE_WORD_WEEKDAY, 1, 7, TRUE },
  { UDAT_STANDALONE_SHORT_WEEKDAYS, HEDDLE_WORD_WEEKDAY, 1, 7, TRUE },
  { UDAT_AM_PMS, HEDDLE_WORD_DAYTIME, 0, 2, FALSE },
  { UDAT_ERAS, HEDDLE_WORD_ORDINAL, 0, 1, FALSE }, /* only of other calendars */
};

static gboolean
to_utf8 (const UChar *wide, int32_t length, char *text, int32_t size)
{
  UErrorCode status = U_ZERO_ERROR;

  u_strToUTF8 (text, size, NULL, wide, length, &status);
  return U_SUCCESS (status) && status != U_STRING_NOT_TERMINATED_WARNING;
}

static void
tell (Teller *teller, HeddleWordKind kind, const char *text, int value)
{
  teller->word.kind = kind;
  teller->word.text = text;
  teller->word.value = value;
  teller->func (&teller->word, teller->user_data);
}

static int
value_of (HeddleWordKind kind, int n)
{
  if (kind == HEDDLE_WORD_DAYTIME)
    return 12 * n;
  if (kind == HEDDLE_WORD_ORDINAL)
    return HEDDLE_PART_YEAR;
  /* ICU's week begins on Sunday. */
  return kind == HEDDLE_WORD_MONTH ? n + 1 : (n + 6) % 7 + 1;
}

/* The symbols of @kind, behind @prefix. */
static void
tell_symbols (Teller *teller, const UDateFormat *format, HeddleWordKind kind, const char *prefix)
{
  for (gsize i = 0; i < G_N_ELEMENTS (symbols); i++) {
    if (symbols[i].kind != kind)
      continue;
    teller->word.abbreviated = symbols[i].abbreviated;
    for (int n = 0; n < symbols[i].count; n++) {
      UChar wide[LONGEST];
      char name[3 * LONGEST + 1];
      UErrorCode status = U_ZERO_ERROR;
      int32_t length = udat_getSymbols (format, symbols[i].type, symbols[i].first + n, wide,
                                        LONGEST, &status);
      if (U_FAILURE (status) || !to_utf8 (wide, length, name, sizeof name))
        continue;
      g_autofree char *whole = g_strconcat (prefix, name, NULL);
      tell (teller, kind, whole, value_of (kind, n));
    }
  }
  teller->word.abbreviated = FALSE;
}

/* --- the words of patterns ------------------------------------------------------------ */

/* A stretch of a pattern between two fields. */
typedef struct {
  char before, behind; /* letters of the fields, 0 at the ends of the pattern */
  char text[3 * LONGEST];
  gsize length;
} Gap;

static gboolean
is_field (char c, gboolean quoted)
{
  return !quoted && g_ascii_isalpha (c);
}

/* Read the next gap at *@pattern (behind a field, or at the beginning). */
static void
next_gap (const char **pattern, char before, Gap *gap)
{
  const char *p = *pattern;
  gboolean quoted = FALSE;

  *gap = (Gap) { .before = before };
  for (; *p != '\0' && !is_field (*p, quoted); p++) {
    if (*p == '\'')
      quoted = !quoted;
    else if (gap->length + 1 < sizeof gap->text)
      gap->text[gap->length++] = *p;
  }
  gap->behind = *p;
  while (*p != '\0' && *p == gap->behind)
    p++;
  *pattern = p;
}

static gboolean
is_letter (gunichar c)
{
  return g_unichar_isalpha (c) || g_unichar_ismark (c) || c == 0x200c;
}

static int
part_of (char field)
{
  switch (field) {
  case 'y':
    return HEDDLE_PART_YEAR;
  case 'M':
  case 'L':
    return HEDDLE_PART_MONTH;
  case 'd':
    return HEDDLE_PART_DAY;
  case 'h':
  case 'H':
  case 'k':
  case 'K':
    return HEDDLE_PART_HOUR;
  case 'm':
    return HEDDLE_PART_MINUTE;
  case 's':
    return HEDDLE_PART_SECOND;
  default:
    return -1;
  }
}

/* Tell each word of @gap; @is_mark: the first one belongs to the number before it. */
static void
tell_gap (Teller *teller, Gap *gap, gboolean is_mark, HeddleWordKind kind, int value)
{
  for (char *p = gap->text; *p != '\0';) {
    char *start = p;
    while (*p != '\0' && is_letter (g_utf8_get_char (p)))
      p = g_utf8_next_char (p);
    if (p > start) {
      char end = *p;
      *p = '\0';
      if (is_mark)
        tell (teller, HEDDLE_WORD_ORDINAL, start, part_of (gap->before));
      else
        tell (teller, kind, start, value);
      *p = end;
    }
    is_mark = FALSE;
    if (p == start)
      p = g_utf8_next_char (p);
  }
}

static gboolean
begins_with_letter (const Gap *gap)
{
  return gap->length > 0 && is_letter (g_utf8_get_char (gap->text));
}

static gboolean
ends_with_letter (const Gap *gap)
{
  return gap->length > 0
         && is_letter (g_utf8_get_char (g_utf8_prev_char (gap->text + gap->length)));
}

/* Ordinary or not. */
static void
skip_blank (Gap *gap)
{
  const char *text = gap->text;

  while (text < gap->text + gap->length && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  gap->length -= (gsize) (text - gap->text);
  memmove (gap->text, text, gap->length + 1);
}

/* "EEEE, d 'de' MMMM 'de' y" */
static void
tell_date_pattern (Teller *teller, const UDateFormat *format, const char *pattern)
{
  Gap gap;
  char before = '\0';

  do {
    next_gap (&pattern, before, &gap);
    if (gap.behind == '\0') /* "y 'г'.": the number's, although a blank stands between */
      skip_blank (&gap);
    if (gap.behind == 'M' && ends_with_letter (&gap)) /* "d בMMMM" */
      tell_symbols (teller, format, HEDDLE_WORD_MONTH, gap.text + strspn (gap.text, " "));
    tell_gap (teller, &gap, part_of (before) >= 0 && begins_with_letter (&gap),
              HEDDLE_WORD_OF, 0);
    before = gap.behind;
  } while (gap.behind != '\0');
}

/* " 'kl'. HH:mm:ss zzzz", "'lúc' HH:mm:ss zzzz " */
static void
tell_clock_pattern (Teller *teller, const char *pattern)
{
  Gap gap;
  char before = '\0';
  gboolean marks = FALSE;

  do {
    next_gap (&pattern, before, &gap);
    Gap bare = gap;
    skip_blank (&bare);
    int part = part_of (before);
    if (before == '\0') {
      tell_gap (teller, &gap, FALSE, HEDDLE_WORD_AT, 0);
    } else if (part >= HEDDLE_PART_HOUR && begins_with_letter (&bare)
               && (marks || part == HEDDLE_PART_HOUR)) {
      skip_blank (&gap);
      marks |= part == HEDDLE_PART_HOUR && begins_with_letter (&gap);
      tell_gap (teller, &gap, begins_with_letter (&gap), HEDDLE_WORD_DAYTIME, HEDDLE_DAYTIME_ANY);
    } else {
      tell_gap (teller, &gap, FALSE, HEDDLE_WORD_DAYTIME, HEDDLE_DAYTIME_ANY);
    }
    before = gap.behind;
  } while (gap.behind != '\0');
}

/* Languages whose clock names more times of day than two ("B") say which at each hour. */
static void
tell_daytimes (Teller *teller, const char *locale)
{
  static const UChar pattern[] = { 'B', 0 };
  UErrorCode status = U_ZERO_ERROR;
  UDateFormat *format
      = udat_open (UDAT_PATTERN, UDAT_PATTERN, locale, utc, 3, pattern, 1, &status);

  if (U_FAILURE (status))
    return;
  for (int hour = 0; hour < 24; hour++) {
    UChar wide[LONGEST];
    char name[3 * LONGEST + 1];
    status = U_ZERO_ERROR;
    int32_t length = udat_format (format, hour * 3600000.0, wide, LONGEST, NULL, &status);
    if (U_SUCCESS (status) && to_utf8 (wide, length, name, sizeof name))
      tell (teller, HEDDLE_WORD_DAYTIME, name, hour < 12 ? 0 : 12);
  }
  udat_close (format);
}

static gboolean
read_pattern (const UDateFormat *format, char *text, int32_t size)
{
  UChar wide[2 * LONGEST];
  UErrorCode status = U_ZERO_ERROR;
  int32_t length = udat_toPattern (format, FALSE, wide, G_N_ELEMENTS (wide), &status);

  return U_SUCCESS (status) && to_utf8 (wide, length, text, size);
}

static void
tell_patterns (Teller *teller, const char *locale, char *date, char *both)
{
  char *at = strstr (both, date);

  if (at == NULL)
    return;
  if (strchr (both, 'B') != NULL)
    tell_daytimes (teller, locale);
  if (at > both) /* the clock stands first */
    *at = '\0';
  tell_clock_pattern (teller, at > both ? both : at + strlen (date));
}

static gboolean
dot_behind (const char *pattern, const char *field)
{
  const char *at = strstr (pattern, field);
  return at != NULL && at[strspn (at, field)] == '.';
}

void
heddle_cldr_each (const char *language, HeddleCldrCalendar calendar, HeddleCldrFunc func,
                  gpointer user_data)
{
  Teller teller = { .func = func, .user_data = user_data, .word.calendar = calendar };
  char locale[ULOC_FULLNAME_CAPACITY], date[6 * LONGEST], both[6 * LONGEST];
  UErrorCode status = U_ZERO_ERROR;

  uloc_forLanguageTag (language, locale, sizeof locale, NULL, &status);
  uloc_setKeywordValue ("calendar", heddle_cldr_calendar_name (calendar), locale, sizeof locale,
                        &status);
  UDateFormat *format = udat_open (UDAT_NONE, UDAT_FULL, locale, utc, 3, NULL, 0, &status);
  if (U_FAILURE (status))
    return; /* ICU without data: names are then found in no language */
  gboolean has_date = read_pattern (format, date, sizeof date);
  const char *d = has_date ? strchr (date, 'd') : NULL, *m = has_date ? strchr (date, 'M') : NULL;
  teller.word.day_first = d != NULL && m != NULL && d < m;
  if (has_date)
    teller.word.dots = (dot_behind (date, "d") ? HEDDLE_DOT_DAY : 0)
                       + (dot_behind (date, "y") ? HEDDLE_DOT_YEAR : 0);
  tell_symbols (&teller, format, HEDDLE_WORD_MONTH, "");
  if (calendar == HEDDLE_CLDR_GREGORIAN) {
    tell_symbols (&teller, format, HEDDLE_WORD_WEEKDAY, "");
    tell_symbols (&teller, format, HEDDLE_WORD_DAYTIME, "");
  } else {
    tell_symbols (&teller, format, HEDDLE_WORD_ORDINAL, "");
  }
  if (has_date)
    tell_date_pattern (&teller, format, date);
  udat_close (format);

  format = udat_open (UDAT_FULL, UDAT_FULL, locale, utc, 3, NULL, 0, &status);
  if (U_FAILURE (status))
    return;
  if (has_date && read_pattern (format, both, sizeof both))
    tell_patterns (&teller, locale, date, both);
  udat_close (format);
}
