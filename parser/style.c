/* SPDX-License-Identifier: MIT */
/* Which client wrote a boundary: its shape, and the first row of the catalogue that
 * fits (styles.c).
 *
 * A shape keeps what clients differ in and languages do not: the order of date, person
 * and verb, whether the weekday is abbreviated, whether seconds, a zone or an address
 * are given, the dashes of a banner, the order of a header block's fields.
 *
 * Not handled: clients that write the same line; the row that more mail fits stands
 * first then.
 */
#include "parser/style.h"

#include "parser/scan.h"

#include <string.h>

#define SHORT_MOST 4 /* characters of an abbreviated name of a day or a month */

typedef struct {
  char *text;
  gsize length;
} Shape;

static void
put (Shape *shape, char c)
{
  if (shape->length + 1 < HEDDLE_SHAPE_MOST)
    shape->text[shape->length++] = c;
  shape->text[shape->length] = '\0';
}

/* --- patterns ------------------------------------------------------------------------ */

static gboolean
is_person (char c)
{
  return strchr ("AQJRaP", c) != NULL;
}

/* Whether the element of @pattern, one character or a set, is @c; *@ret_next gets
 * where the next one begins. */
static gboolean
element_is (const char *pattern, char c, const char **ret_next)
{
  const char *p = pattern;
  gboolean found = FALSE, set = *p == '[';
  for (p += set ? 1 : 0; *p != '\0' && *p != ']'; p++) {
    found |= (*p == c && c != '\0') || (c == 'X' && is_person (*p));
    if (!set)
      break;
  }
  *ret_next = *p != '\0' ? p + 1 : p;
  return found;
}

static gboolean
fits (const char *pattern, const char *shape)
{
  while (*pattern != '\0' && *pattern != '*') {
    const char *next;
    if (*pattern == *shape && pattern[1] != '?' && *pattern != '[') { /* mostly */
      pattern++;
      shape++;
      continue;
    }
    gboolean here = element_is (pattern, *shape, &next);
    if (here)
      shape++;
    else if (*next != '?')
      return FALSE;
    pattern = *next == '?' ? next + 1 : next;
  }
  return *pattern == '*' || *shape == '\0';
}

/* FALSE where a shape that begins with @first does not fit: most rows. */
static gboolean
may_fit (const char *pattern, char first)
{
  return *pattern == first || *pattern == '[' || *pattern == '*' || *pattern == '\0'
         || pattern[1] == '?' || first == 'X';
}

const HeddleStyle *
heddle_style_row (const char *shape)
{
  for (const HeddleStyle *style = heddle_styles; style->client != NULL; style++)
    if (may_fit (style->shape, *shape) && fits (style->shape, shape))
      return style;
  return NULL;
}

const char *
heddle_style_find (const char *shape)
{
  const HeddleStyle *style = heddle_style_row (shape);
  return style != NULL ? style->client : "unknown";
}

gboolean
heddle_style_forwards (const char *shape)
{
  const HeddleStyle *style = heddle_style_row (shape);
  return style != NULL && strcmp (style->form, "forward") == 0;
}

gboolean
heddle_style_own_clock (const char *client)
{
  for (const HeddleStyle *style = heddle_styles; style->client != NULL; style++)
    if (g_strcmp0 (style->client, client) == 0)
      return style->own_clock;
  return FALSE;
}

/* --- dates ----------------------------------------------------------------------------- */

static gboolean
is_short (const char *name, gsize length)
{
  while (length > 0 && name[length - 1] == '.')
    length--;
  return g_utf8_strlen (name, (gssize) length) <= SHORT_MOST;
}

static gsize
digits_at (const char *p, const char *end, guint *ret_count)
{
  const char *start = p;
  guint n = 0;
  for (; p < end && g_unichar_isdigit (g_utf8_get_char (p)); p = g_utf8_next_char (p))
    n++;
  *ret_count = n;
  return (gsize) (p - start);
}

/* "15:40", "15:40:11", "15.40" where a word for "at" or the year stands before: its
 * bytes, and how many numbers. */
static gsize
clock_at (const char *p, const char *end, gboolean dots, guint *ret_numbers)
{
  const char *start = p;
  guint numbers = 0, digits;
  for (;;) {
    gsize bytes = digits_at (p, end, &digits);
    if (bytes == 0 || digits > 2)
      break;
    p += bytes;
    numbers++;
    gboolean ratio = end - p > 3 && memcmp (p, "\xe2\x88\xb6", 3) == 0; /* Evolution's colon */
    gboolean colon = ratio || (p < end && (*p == ':' || (dots && *p == '.') || (numbers == 1 && *p == 'h')));
    gsize sign = ratio ? 3 : 1;
    if (!colon || p + sign >= end || !g_unichar_isdigit (g_utf8_get_char (p + sign)) || numbers == 3)
      break;
    p += sign;
  }
  *ret_numbers = numbers;
  return numbers >= 2 ? (gsize) (p - start) : 0;
}

static gsize
put_number (Shape *shape, const char *p, const char *end, gboolean dots)
{
  guint numbers, digits;
  gsize bytes = clock_at (p, end, dots, &numbers);
  if (bytes > 0) {
    put (shape, numbers == 3 ? 's' : 't');
    return bytes;
  }
  bytes = digits_at (p, end, &digits);
  put (shape, digits == 4 ? 'Y' : 'n');
  p += bytes;
  if (p + 1 < end && strchr ("/-.", *p) != NULL && g_unichar_isdigit (g_utf8_get_char (p + 1))) {
    put (shape, *p);
    bytes++;
  }
  return bytes;
}

/* Whether the name of a month stands in the rest of a date. */
static gboolean
month_follows (const HeddleTables *tables, const char *p, const char *end)
{
  for (gboolean inside = FALSE; p < end; p = g_utf8_next_char (p)) {
    if (!inside && heddle_names_at (tables->names, HEDDLE_NAME_MONTH, p, (gsize) (end - p), NULL) > 0)
      return TRUE;
    inside = g_unichar_isalpha (g_utf8_get_char (p));
  }
  return FALSE;
}

/* "Mar" is a month, and in other languages a day of the week: that where a month follows. */
static gsize
put_name (const HeddleTables *tables, Shape *shape, const char *p, const char *end)
{
  gsize day = 0, month = 0, length = (gsize) (end - p);
  gboolean is_day = heddle_names_at (tables->names, HEDDLE_NAME_WEEKDAY, p, length, &day) > 0;
  gboolean is_month = heddle_names_at (tables->names, HEDDLE_NAME_MONTH, p, length, &month) > 0;
  if (is_day && is_month)
    is_day = month_follows (tables, p + day, end);
  if (is_day)
    put (shape, is_short (p, day) ? 'w' : 'W');
  else if (is_month)
    put (shape, is_short (p, month) ? 'm' : 'M');
  return is_day ? day : is_month ? month : 0;
}

/* A name of CLDR, a fixed word or a zone. */
static gsize
put_word (const HeddleTables *tables, Shape *shape, const char *p, const char *end)
{
  const HeddleKinds kinds = HEDDLE_WORD_BIT (HEDDLE_WORD_ON) | HEDDLE_WORD_BIT (HEDDLE_WORD_AT)
                        | HEDDLE_WORD_BIT (HEDDLE_WORD_DAYTIME);
  gsize length = (gsize) (end - p), covered = 0, before = shape->length;
  const HeddleWord *word = heddle_words_at (tables->words, p, length, kinds, &covered);
  gsize name = put_name (tables, shape, p, end);
  /* "la 15:40" behind the year: Romanian for "at", and Saturday in Finnish. */
  if (name > 0 && name == covered && word->kind != HEDDLE_WORD_DAYTIME
      && memchr (shape->text, 'Y', before) != NULL)
    shape->text[shape->length = before] = '\0';
  else if (name > 0)
    return name;
  if (word != NULL) {
    /* Within a date both stand before the time: Czech has "v" for either. */
    put (shape, word->kind == HEDDLE_WORD_DAYTIME ? 'p' : '@');
    return covered;
  }
  const char *start = p;
  gboolean upper = TRUE;
  for (; p < end && g_unichar_isalpha (g_utf8_get_char (p)); p = g_utf8_next_char (p))
    upper = upper && g_ascii_isupper (*p);
  if (upper && p - start > 1 && shape->length > 0 && strchr ("tsp", shape->text[shape->length - 1]))
    put (shape, 'z');
  return p > start ? (gsize) (p - start) : (gsize) (g_utf8_next_char (p) - p);
}

/* "(화)", "(火)": a day of the week in one character; its bytes. */
static gsize
bracketed_day (const char *p, const char *end)
{
  const char *day = p + 1, *close = day < end ? g_utf8_next_char (day) : end;
  return *p == '(' && close < end && *close == ')' && heddle_unspaced_at (day, (gsize) (end - day))
             ? (gsize) (close + 1 - p)
             : 0;
}

static void
put_date (const HeddleTables *tables, Shape *shape, const char *p, const char *end)
{
  gsize begin = shape->length;
  while (p < end) {
    gunichar c = g_utf8_get_char (p);
    char last = shape->length > begin ? shape->text[shape->length - 1] : '\0';
    if (g_unichar_isdigit (c)) {
      gboolean dots = last == '@' || last == 'Y'
                      || (last == ',' && memchr (shape->text + begin, 'Y', shape->length - begin));
      p += put_number (shape, p, end, dots);
    } else if ((c == '+' || c == '-') && p + 1 < end && g_ascii_isdigit (p[1])) {
      if (last != 'z')
        put (shape, 'z');
      for (p++; p < end && (g_ascii_isdigit (*p) || *p == ':'); p++)
        ;
    } else if (c == '(' && bracketed_day (p, end) > 0) {
      put (shape, 'w');
      p += bracketed_day (p, end);
    } else if (g_unichar_isalpha (c)) {
      p += put_word (tables, shape, p, end);
    } else {
      if (c == ',' || c == 0x3001 || c == 0xff0c || c == 0x060c)
        put (shape, ',');
      p = g_utf8_next_char (p);
    }
  }
}

/* --- attributions ------------------------------------------------------------------------ */

static char
person_letter (const HeddlePerson *person, const char *text, gsize length)
{
  const char *open = memchr (text, '<', length);
  if (person->redacted && person->address == NULL)
    return 'X';
  if (person->address == NULL)
    return 'P';
  if (person->name == NULL)
    return 'a';
  if (*text == '"')
    return 'Q';
  if (open == NULL)
    return 'R';
  return open > text && open[-1] != ' ' && open[-1] != '(' ? 'J' : 'A';
}

/* What stands before, between and behind date and person. */
static void
put_rest (const HeddleTables *tables, Shape *shape, const char *p, const char *end)
{
  const HeddleKinds kinds = HEDDLE_WORD_BIT (HEDDLE_WORD_ON) | HEDDLE_WORD_BIT (HEDDLE_WORD_AT)
                        | HEDDLE_WORD_BIT (HEDDLE_WORD_WROTE);
  gboolean inside = FALSE; /* a word that has begun */
  while (p < end) {
    gsize bytes = 0;
    gunichar c = g_utf8_get_char (p);
    const HeddleWord *word
        = inside ? NULL : heddle_words_at (tables->words, p, (gsize) (end - p), kinds, &bytes);
    if (word != NULL) {
      put (shape, word->kind == HEDDLE_WORD_ON ? 'o'
                  : word->kind == HEDDLE_WORD_AT ? '@'
                  : word->value == 1             ? 'r'
                                                 : 'v');
      p += bytes;
      continue;
    }
    inside = g_unichar_isalnum (c) && !g_unichar_iswide (c);
    if (c == ',' || c == 0x3001 || c == 0xff0c || c == 0x060c)
      put (shape, ',');
    else if (c == '-' && (shape->length == 0 || shape->text[shape->length - 1] != 'd'))
      put (shape, 'd');
    p = g_utf8_next_char (p);
  }
}

void
heddle_style_attribution (const HeddleTables *tables, const HeddleJoined *joined,
                          const HeddleParts *parts, char text[HEDDLE_SHAPE_MOST])
{
  Shape shape = { text, 0 };
  const char *start = joined->text, *end = joined->text + joined->length;
  gboolean dated = parts->date_end > parts->date_start;
  gboolean named = parts->person != NULL;
  const struct {
    const char *from, *to;
    gboolean there, date;
  } date = { start + parts->date_start, start + parts->date_end, dated, TRUE },
    who = { start + parts->who_start, start + parts->who_end, named, FALSE };
  gboolean who_first = named && dated && who.from < date.from;
  text[0] = '\0';
  for (guint k = 0; k < 2; k++) {
    gboolean is_date = (k == 0) != who_first;
    if (!(is_date ? dated : named))
      continue;
    put_rest (tables, &shape, start, is_date ? date.from : who.from);
    if (is_date)
      put_date (tables, &shape, date.from, date.to);
    else
      put (&shape, person_letter (parts->person, who.from, (gsize) (who.to - who.from)));
    start = is_date ? date.to : who.to;
  }
  put_rest (tables, &shape, start, end);
  if (joined->dashes)
    put (&shape, 'd');
  if (joined->colon)
    put (&shape, ':');
  if (joined->shared)
    put (&shape, '+');
}

/* --- banners and header blocks --------------------------------------------------------------- */

void
heddle_style_banner (const HeddleWord *word, char dash, guint dashes, gboolean spaced,
                     gboolean by, char text[HEDDLE_SHAPE_MOST])
{
  g_snprintf (text, HEDDLE_SHAPE_MOST, "#%u%s%s%s%s", dashes, dash == '-' || dashes == 0 ? "" : "x",
              spaced ? "_" : "",
              word->kind == HEDDLE_WORD_ORIGINAL    ? "o"
              : word->kind == HEDDLE_WORD_FORWARDED ? "f"
                                                    : "b",
              !by ? "" : word->value == 2 ? "m" : "y");
}

static char
field_letter (const HeddleTables *tables, int kind, const char *label, gsize length)
{
  switch (kind) {
  case HEDDLE_WORD_FROM:
    return 'F';
  case HEDDLE_WORD_TO:
    return 'T';
  case HEDDLE_WORD_CC:
    return 'C';
  case HEDDLE_WORD_BCC:
    return 'B';
  case HEDDLE_WORD_SUBJECT:
    return 'J';
  case HEDDLE_WORD_REPLY_TO:
    return 'R';
  case HEDDLE_WORD_DATE: {
    gsize stars = MIN (strspn (label, "* \t_"), length);
    const HeddleWord *word = heddle_words_at (tables->words, label + stars, length - stars,
                                              HEDDLE_WORD_BIT (HEDDLE_WORD_DATE), NULL);
    return word != NULL && word->value == 1 ? 'S' : 'D';
  }
  default:
    return 'E';
  }
}

void
heddle_style_block (const HeddleView *view, guint first, guint last, gboolean author,
                    char text[HEDDLE_SHAPE_MOST])
{
  Shape shape = { text, 0 };
  const char *date = NULL, *date_end = NULL;
  put (&shape, '=');
  if (author)
    put (&shape, '!');
  for (guint i = first; i <= last; i++) {
    gsize length, value = 0;
    const char *line = heddle_view_content (view, i, &length);
    int kind = length == 0 ? -1 : heddle_label_at (view->tables, line, length, &value);
    if (kind < 0)
      continue;
    put (&shape, field_letter (view->tables, kind, line, length));
    if (kind != HEDDLE_WORD_DATE || date != NULL)
      continue;
    date = line + value;
    date_end = line + length;
  }
  put (&shape, '/');
  if (date != NULL)
    put_date (view->tables, &shape, date, date_end);
}
