/* SPDX-License-Identifier: MIT */
/* Dates and spans of time that running text speaks of.
 *
 * At each word it tries a preposition ("by", "on", "within", of the languages' tables)
 * and behind it one core (when-cores.c); then a core that a postposition follows
 * ("金曜日までに", "cuma gününe kadar", "péntekig"). What stands alone must be sure of
 * itself: a date with its month's name or a year, a word of relative time, business days.
 * A weekday alone is read behind "on"; whether it is past or to come, the words beside it
 * in its sentence tell (when-tense.c), else it is to come. What goes on
 * behind ("3.5.2018a", "2018-04-10.pdf") is none.
 */
#include "parser/wall.h"
#include "parser/when-cores.h"

#include <string.h>

#define BIT HEDDLE_WORD_BIT

enum {
  GLUED_MOST = 8,     /* bytes of what is glued to a word */
  WORD_MOST = 64,
  MOST_SLASHES = 64,  /* that are looked at for the order of day and month */
  CORE_MOST = 500     /* bytes of a core; what would stand behind a longer one is not looked for */
};

typedef HeddleWhenReader Reader;

/* What follows must not go on with the number or the word: "3.5.2018a", "10-04-2018-55",
 * "2018-04-10.pdf". */
static gboolean
ends_well (const HeddleScan *scan)
{
  char c = heddle_scan_peek (scan, 0);

  if (scan->at == scan->length)
    return TRUE;
  if (heddle_word_at (scan->text + scan->at, scan->length - scan->at)) {
    /* "金曜日まで", "14:30에": what is glued to it is a particle */
    gunichar before = g_utf8_get_char (g_utf8_prev_char (scan->text + scan->at));
    return (before >= 0x2e80 && g_unichar_iswide (before))
           || heddle_unspaced_at (scan->text + scan->at, scan->length - scan->at);
  }
  if (c == '%' || c == '@' || c == '\\')
    return FALSE;
  if (c == '.' || c == '-' || c == '/' || c == ':')
    return !g_ascii_isalnum (heddle_scan_peek (scan, 1)) || scan->text[scan->at - 1] == '.';
  return TRUE;
}

/* In scripts without blanks a word may begin anywhere. */
static gboolean
begins_well (const char *text, gsize at)
{
  if (at == 0 || text[at - 1] == ' ' || ((guchar) text[at] >= 0xe2 && g_unichar_iswide (g_utf8_get_char (text + at))))
    return TRUE;
  if ((guchar) text[at - 1] >= 0x80
      && g_unichar_iswide (g_utf8_get_char (g_utf8_prev_char (text + at))))
    return TRUE;
  return heddle_word_begins (text, at) && strchr ("./-:#$+@\\=%", text[at - 1]) == NULL;
}

/* --- before and behind a core --------------------------------------------------------------- */

/* Whether a postposition may stand behind what begins at @at. */
static gboolean
has_postposition (const Reader *reader, gsize at)
{
  return heddle_glance_near (reader->glance, HEDDLE_GLANCE_BEHIND, at, CORE_MOST);
}

/* "までに", " kadar", "-ig" behind the core that was read. */
static gboolean
read_postposition (Reader *reader)
{
  HeddleScan *scan = &reader->scan;
  gsize begin = scan->at;
  const HeddleWord *word = NULL;

  heddle_scan_blanks (scan);
  gboolean apart = scan->at > begin;
  if (!reader->units)
    word = heddle_when_word (reader, BIT (HEDDLE_WORD_BY));
  if (word == NULL || (word->value & HEDDLE_TERM_BEHIND) == 0) {
    scan->at = begin;
    heddle_scan_blanks (scan);
    word = heddle_when_word (reader, BIT (HEDDLE_WORD_WITHIN));
  }
  gboolean fits = word != NULL && (word->value & HEDDLE_TERM_BEHIND) != 0
                  && (reader->units || word->kind == HEDDLE_WORD_BY
                      || (word->value & HEDDLE_TERM_DUE) != 0)
                  && (!apart || (word->value & HEDDLE_TERM_GLUED) == 0);
  if (!fits) {
    scan->at = begin;
    return FALSE;
  }
  reader->place->due |= (word->value & HEDDLE_TERM_DUE) != 0;
  if ((word->value & HEDDLE_TERM_SINCE) != 0 && !reader->place->has_to
      && heddle_wall_days (&reader->place->from) > heddle_wall_days (reader->reference))
    heddle_wall_add_days (&reader->place->from, -7); /* "vasárnap óta": the last one */
  if ((word->value & HEDDLE_TERM_AGO) != 0) {
    reader->back = TRUE;
    reader->place->due = FALSE;
    heddle_when_set_units (reader);
  }
  return TRUE;
}

/* "to", "so", "may": a day's or a month's name elsewhere, and a word here. */
static gboolean
is_no_name (const HeddleTables *tables, const char *text, gsize length, guint64 languages)
{
  gsize bytes = 0;
  const HeddleWord *word = heddle_words_in (tables->words, text, length,
                                            BIT (HEDDLE_WORD_NO_NAME), &languages, &bytes);
  if (word != NULL && word->value == 1 && length - bytes > 2 && text[bytes] == '.'
      && text[bytes + 1] == ' ' && g_ascii_isdigit (text[bytes + 2]))
    return FALSE; /* "Do. 19.4." */
  return word != NULL && (word->value == 1 || g_ascii_islower (*text));
}

/* FALSE where the glance saw that neither a core nor an article begins at @at. Of places
 * behind what is no ASCII it does not tell. */
static gboolean
is_marked (const HeddleGlance *glance, const char *text, gsize at)
{
  return at == 0 || (guchar) text[at - 1] >= 0x80 || heddle_word_at (text + at - 1, 1)
         || heddle_glance_at (glance, HEDDLE_GLANCE_DATE, at);
}

/* Whether a core may begin at the scan, where something of @opens begins; most
 * prepositions begin none. Articles and "a" are every other word of prose, so what follows
 * them is looked at. */
static gboolean
may_be_core (Reader *reader, HeddleScan scan, HeddleKinds opens)
{
  const HeddleTables *tables = reader->tables;

  const HeddleKinds alone
      = BIT (HEDDLE_WORD_MONTH) | BIT (HEDDLE_WORD_WEEKDAY) | BIT (HEDDLE_WORD_DAYTIME)
        | BIT (HEDDLE_WORD_RELATIVE) | BIT (HEDDLE_WORD_END_OF) | BIT (HEDDLE_WORD_NEXT)
        | BIT (HEDDLE_WORD_WEEKEND) | BIT (HEDDLE_WORD_HOUR) | BIT (HEDDLE_WORD_UNIT)
        | BIT (HEDDLE_WORD_ERA) | BIT (HEDDLE_WORD_PART_OF) | BIT (HEDDLE_WORD_WEEK_OF)
        | BIT (HEDDLE_WORD_DAY_WORD) | BIT (HEDDLE_WORD_HALF);
  const HeddleKinds before = BIT (HEDDLE_WORD_NUMBER) | BIT (HEDDLE_WORD_THE);
  gsize bytes;

  const HeddleKinds names = BIT (HEDDLE_WORD_MONTH) | BIT (HEDDLE_WORD_WEEKDAY);
  if ((opens & alone & ~names) != 0 || heddle_when_digit (&scan))
    return TRUE;
  if ((opens & names) != 0
      && !is_no_name (tables, scan.text + scan.at, scan.length - scan.at,
                      heddle_when_languages (reader)))
    return TRUE;
  if ((opens & before) == 0
      || heddle_words_at (tables->words, scan.text + scan.at, scan.length - scan.at, before,
                          &bytes) == NULL)
    return FALSE;
  scan.at += bytes;
  if (heddle_scan_blanks (&scan) || heddle_scan_char (&scan, '-'))
    heddle_scan_blanks (&scan);
  else if (g_ascii_isalnum (heddle_scan_peek (&scan, 0)))
    return FALSE;
  const char *text = scan.text + scan.at;
  gsize length = scan.length - scan.at;
  if (heddle_when_digit (&scan) || (length > 2 && (*text == '-' || *text == '~' || *text == '(' || (guchar) *text == 0xe2)))
    return TRUE;
  return (is_marked (reader->glance, scan.text, scan.at)
          && (heddle_when_opens_at (tables, text, length) & (alone | before)) != 0)
         || heddle_words_at (tables->words, text, length, BIT (HEDDLE_WORD_THROUGH), NULL) != NULL;
}

/* The core at @at, also behind "the"; @needs: only before a postposition. */
static gboolean
read_core (Reader *reader, gsize at, gboolean needs)
{
  for (guint pass = 0; pass < 2; pass++) {
    reader->scan.at = at;
    reader->units = FALSE;
    reader->place->due = FALSE;
    if (pass == 1
        && (!reader->behind || heddle_when_word (reader, BIT (HEDDLE_WORD_THE)) == NULL
            || !heddle_scan_blanks (&reader->scan)))
      break;
    gsize start = reader->scan.at;
    if (!is_marked (reader->glance, reader->scan.text, start)
        || !may_be_core (reader, reader->scan, heddle_when_opens (reader)))
      break;
    gboolean found = reader->within && !needs && !reader->prefixed ? heddle_when_units (reader)
                                                                   : heddle_when_core (reader);
    if (found && (read_postposition (reader) || !needs))
      return TRUE;
    if (found && reader->units) { /* "20日までに": a day of the month, not a count of days */
      gboolean within = reader->within;
      reader->scan.at = start;
      reader->units = reader->within = FALSE;
      found = heddle_when_core (reader) && read_postposition (reader);
      reader->within = within;
      if (found)
        return TRUE;
    }
  }
  reader->scan.at = at;
  return FALSE;
}

/* What the preposition at @at says in the language that the rest is of. */
static gboolean
is_due (Reader *reader, gsize at, HeddleWordKind kind)
{
  guint64 languages = heddle_when_languages (reader);
  const HeddleWord *word
      = heddle_words_in (reader->tables->words, reader->scan.text + at, reader->scan.length - at,
                         BIT (kind), &languages, NULL);
  return word != NULL && (word->value & HEDDLE_TERM_DUE) != 0;
}

/* Whether @text may begin with a weekday or "tomorrow". */
static gboolean
is_day_begun (const HeddleTables *tables, const char *text, gsize length)
{
  return (heddle_words_kinds_at (tables->words, text, length) & BIT (HEDDLE_WORD_RELATIVE)) != 0
         || heddle_names_may_begin (tables->names, HEDDLE_NAME_WEEKDAY, text, length);
}

/* "péntekig", "holnapig": the name ends where a glued word begins. @alone: nothing before
 * it says that a time comes, so only days are read. */
static gboolean
read_glued (Reader *reader, gsize at, gboolean alone)
{
  HeddleScan *scan = &reader->scan;
  const HeddleTables *tables = reader->tables;
  const char *text = scan->text + at;
  gsize end = 0, left = scan->length - at;

  while (end < left && end < WORD_MOST && heddle_letter_at (text + end, left - end))
    end += (gsize) (g_utf8_next_char (text + end) - (text + end));
  if (!heddle_words_may_be_glued (tables->words, text, end))
    return FALSE;
  for (gsize back = 2; back <= GLUED_MOST && back + 2 < end; back++) {
    gsize bytes, whole = scan->length;
    if (((guchar) text[end - back] & 0xc0) == 0x80)
      continue;
    const HeddleWord *word = heddle_words_at (tables->words, text + end - back, back,
                                              BIT (HEDDLE_WORD_BY), &bytes);
    if (word == NULL || bytes != back || (word->value & HEDDLE_TERM_GLUED) == 0
        || (alone && !is_day_begun (tables, text, end - back)))
      continue;
    scan->length = at + end - back;
    reader->behind = reader->prefixed = TRUE;
    gboolean found = read_core (reader, at, FALSE) && scan->at == scan->length;
    scan->length = whole;
    scan->at = at + end;
    reader->place->due = (word->value & HEDDLE_TERM_DUE) != 0;
    if (found)
      return TRUE;
  }
  return FALSE;
}

/* Behind a preposition of @kind that stands at @at. */
static gboolean
read_behind (Reader *reader, gsize at, HeddleWordKind kind)
{
  HeddleScan *scan = &reader->scan;

  scan->at = at;
  const HeddleWord *word = heddle_when_word (reader, BIT (kind));
  if (word == NULL || (kind != HEDDLE_WORD_ON && (word->value & HEDDLE_TERM_BEHIND) != 0))
    return FALSE;
  gsize end = scan->at;
  gboolean joined = scan->text[end - 1] == '-'
                    || g_unichar_iswide (g_utf8_get_char (g_utf8_prev_char (scan->text + end)));
  if (!heddle_scan_blanks (scan) && !joined)
    return FALSE;
  heddle_when_pass_about (reader);
  gsize behind = scan->at, last = end;
  while (last > at && scan->text[last - 1] != ' ')
    last--;
  guint64 languages = heddle_when_languages (reader);
  const HeddleWord *the = last > at ? heddle_words_in (reader->tables->words, scan->text + last,
                                                       end - last, BIT (HEDDLE_WORD_THE), &languages,
                                                       NULL)
                                    : NULL;
  reader->bare_day = the != NULL && the->value == 1;
  reader->behind = TRUE;
  reader->on = kind == HEDDLE_WORD_ON;
  gboolean since = kind == HEDDLE_WORD_BY && (word->value & HEDDLE_TERM_SINCE) != 0;
  reader->from = kind == HEDDLE_WORD_BY && (word->value & HEDDLE_TERM_FROM) != 0;
  if (reader->from /* of days of the week only; "od 3 do 5" is a span's */
      && (heddle_when_digit (scan) || !heddle_names_may_begin (reader->tables->names, HEDDLE_NAME_WEEKDAY,
                                  scan->text + scan->at, scan->length - scan->at)))
    return FALSE;
  reader->on = reader->on || since || reader->from;
  reader->past = reader->past || since;
  reader->prefixed = kind == HEDDLE_WORD_BY && !since && !reader->from;
  reader->within = kind == HEDDLE_WORD_WITHIN;
  reader->one = reader->within && (word->value & HEDDLE_TERM_DUE) != 0;
  reader->back = reader->within && (word->value & HEDDLE_TERM_AGO) != 0;
  if (reader->prefixed && heddle_when_word (reader, BIT (HEDDLE_WORD_ON)) != NULL) {
    /* "by or on the", "due on" */
    heddle_scan_blanks (scan);
    gsize on = scan->at;
    if (read_core (reader, on, FALSE))
      goto found;
  }
  if (!read_core (reader, behind, FALSE)) {
    /* "在48小时内", "at the latest by …" */
    if (kind == HEDDLE_WORD_BY && read_glued (reader, behind, FALSE)) /* "legkésőbb péntekig" */
      goto found;
    reader->prefixed = reader->within = TRUE;
    if (!reader->on || !has_postposition (reader, behind) || !read_core (reader, behind, TRUE))
      return FALSE;
    return TRUE;
  }
found:
  if (kind != HEDDLE_WORD_ON)
    reader->place->due |= is_due (reader, at, kind);
  return TRUE;
}

/* What stands alone, or before a postposition. */
static gboolean
read_alone (Reader *reader, gsize at)
{
  reader->behind = reader->on = reader->prefixed = reader->within = reader->back = FALSE;
  reader->bare_day = FALSE;
  gboolean found = read_core (reader, at, FALSE);
  if (!has_postposition (reader, at))
    return found;
  gsize end = reader->scan.at;
  reader->behind = reader->prefixed = reader->within = TRUE;
  if (read_core (reader, at, TRUE) && (!found || reader->scan.at > end))
    return TRUE; /* "今月末までに" reaches further than "今月" */
  reader->behind = reader->prefixed = reader->within = reader->back = FALSE;
  return found && read_core (reader, at, FALSE);
}

/* Whether what follows the number of ASCII at the scan may make a core of it: a sign
 * between numbers, a month, a unit, an ending. Most numbers of a text are amounts. */
static gboolean
number_goes_on (const Reader *reader)
{
  const HeddleKinds kinds = BIT (HEDDLE_WORD_MONTH) | BIT (HEDDLE_WORD_UNIT) | BIT (HEDDLE_WORD_OF)
                        | BIT (HEDDLE_WORD_ORDINAL) | BIT (HEDDLE_WORD_THROUGH)
                        | BIT (HEDDLE_WORD_AND) | BIT (HEDDLE_WORD_JOINS);
  HeddleScan scan = reader->scan;
  gsize begin = scan.at;

  if (has_postposition (reader, begin))
    return TRUE;
  while (g_ascii_isdigit (heddle_scan_peek (&scan, 0)))
    scan.at++;
  if (scan.at - begin > 4)
    return FALSE;
  heddle_scan_blanks (&scan);
  char sign = heddle_scan_peek (&scan, 0), next = sign;
  if (sign != '\0' && strchr (",.-/", sign) != NULL) {
    scan.at++;
    heddle_scan_blanks (&scan);
    next = heddle_scan_peek (&scan, 0);
  }
  if ((guchar) next >= 0x80 || next == '-' || next == '~' || next == '(')
    return TRUE;
  if (sign == ',' && g_ascii_isdigit (next))
    return g_ascii_isspace (scan.text[scan.at - 1]); /* "12, 13 and 16 April" */
  if (g_ascii_isdigit (next))
    return sign == '.' || sign == '-' || sign == '/';
  if (!g_ascii_isalpha (next))
    return FALSE;
  const char *text = scan.text + scan.at;
  gsize left = scan.length - scan.at;
  return ((heddle_words_kinds_at (reader->tables->words, text, left)
           | heddle_names_kinds_at (reader->tables->names, text, left))
          & kinds)
         != 0;
}

/* Whether the last word of the place is one that a term is glued to: "18 óráig". */
static gboolean
ends_glued (Reader *reader)
{
  const HeddleScan *scan = &reader->scan;
  const char *text = scan->text;
  gsize end = scan->at, begin = end;
  guint64 languages = heddle_when_languages (reader);

  while (begin > reader->place->at.start && end - begin < WORD_MOST && text[begin - 1] != ' ')
    begin--;
  if (!heddle_words_may_be_glued (reader->tables->words, text + begin, end - begin))
    return FALSE;
  for (gsize back = 2; back <= GLUED_MOST && back + 2 < end - begin; back++) {
    gsize bytes;
    if (((guchar) text[end - back] & 0xc0) == 0x80)
      continue;
    const HeddleWord *word = heddle_words_in (reader->tables->words, text + end - back, back,
                                              BIT (HEDDLE_WORD_BY), &languages, &bytes);
    if (word != NULL && bytes == back && (word->value & HEDDLE_TERM_GLUED) != 0)
      return (word->value & HEDDLE_TERM_DUE) != 0;
  }
  return FALSE;
}

/* The place that begins at @at, where something of @opens begins. */
static gboolean
place_at (const Reader *fresh, gsize at, HeddleKinds opens)
{
  static const HeddleWordKind prepositions[]
      = { HEDDLE_WORD_BY, HEDDLE_WORD_WITHIN, HEDDLE_WORD_ON };
  gboolean digit = heddle_when_digit (&fresh->scan);
  HeddleWhenPlace *place = fresh->place;

  if (digit && !number_goes_on (fresh))
    return FALSE;
  int tense = 0;
  for (guint pass = 0; pass < 2; pass++) {
    Reader reader = *fresh;
    gboolean found = FALSE;
    reader.past = tense < 0;
    reader.ahead = tense > 0;
    *place = (HeddleWhenPlace) { .at = { at, at } };
    for (gsize i = 0; i < G_N_ELEMENTS (prepositions) && !found && !digit; i++)
      found = (opens & BIT (prepositions[i])) != 0 && read_behind (&reader, at, prepositions[i])
              && ends_well (&reader.scan);
    if (!found)
      found = read_alone (&reader, at) && ends_well (&reader.scan);
    if (!found)
      return FALSE;
    place->at.end = reader.scan.at;
    if (place->precision == HEDDLE_PRECISION_MINUTE && !place->due)
      place->due = ends_glued (&reader);
    if (reader.units && !reader.behind && place->due /* "it has been four working days" */
        && heddle_when_tense (reader.tables, reader.scan.text, reader.scan.length, at, place->at.end,
                     heddle_when_languages (&reader), FALSE)
               < 0)
      return FALSE;
    gboolean either = reader.either && !place->due;
    if (pass == 1 || (!reader.on && !reader.nearest && !either))
      return TRUE;
    tense = heddle_when_tense (reader.tables, reader.scan.text, reader.scan.length, at, place->at.end,
                      heddle_when_languages (&reader), reader.from);
    if (tense == 0 || (tense > 0 && !reader.nearest))
      return tense != 0 || !reader.alone;
  }
  return TRUE;
}

/* "You have seven days to …" */
static gboolean
granted_at (Reader *reader, gsize at)
{
  *reader->place = (HeddleWhenPlace) { .at = { at, at } };
  if (!heddle_when_grant (reader, at) || !ends_well (&reader->scan))
    return FALSE;
  reader->place->at.end = reader->scan.at;
  return TRUE;
}

static gboolean
glued_at (Reader *reader, gsize at)
{
  *reader->place = (HeddleWhenPlace) { .at = { at, at } };
  if (!read_glued (reader, at, TRUE) || !ends_well (&reader->scan))
    return FALSE;
  reader->place->at.end = reader->scan.at;
  return TRUE;
}

/* Move @at over the place that begins there, over a phrase that holds a word of time and
 * says none, or over a character. Most words of a text may begin no place, and one look
 * tells that. */
static gboolean
find_at (const HeddleTables *tables, const HeddleGlance *glance, const char *text, gsize length,
         gsize *at, const HeddleWall *reference, gboolean day_first, HeddleWhenPlace *place)
{
  const HeddleKinds prepositions
      = BIT (HEDDLE_WORD_BY) | BIT (HEDDLE_WORD_WITHIN) | BIT (HEDDLE_WORD_ON);
  const char *here = text + *at;
  gsize left = length - *at, bytes;
  HeddleKinds opens = heddle_when_opens_at (tables, here, left);
  gsize habit = 0;
  gboolean found = FALSE;

  if ((opens & BIT (HEDDLE_WORD_RELATIVE)) != 0) {
    const HeddleWord *word
        = heddle_words_at (tables->words, here, left, BIT (HEDDLE_WORD_RELATIVE), &bytes);
    if (word != NULL && word->value == HEDDLE_RELATIVE_NONE) {
      *at += bytes;
      return FALSE;
    }
  }
  Reader reader = { .tables = tables, .glance = glance, .scan = { text, length, *at },
                    .reference = reference, .place = place, .opens = { *at, length, opens },
                    .habit = &habit, .day_first = day_first };
  gboolean grants = (opens & BIT (HEDDLE_WORD_GRANT)) != 0;
  if ((opens & prepositions) != 0 || may_be_core (&reader, reader.scan, opens))
    found = place_at (&reader, *at, opens);
  else if (!grants)
    found = glued_at (&reader, *at);
  if (!found && grants)
    found = granted_at (&reader, *at);
  *at = found ? place->at.end : MAX (habit, (gsize) (g_utf8_next_char (here) - text));
  return found;
}

/* Whether a text writes so that says "25/04", or is written in a language other than English,
 * or belongs to a message of "25/04/2018" (@day_first). */
static gboolean
writes_day_first (const char *text, gsize length, gboolean day_first)
{
  const char *end = text + length, *p = text;
  gboolean open = FALSE; /* "03/04": it might be either */

  for (guint n = 0; n < MOST_SLASHES && (p = memchr (p, '/', (gsize)(end - p))) != NULL; n++, p++) {
    HeddleScan behind = { text, length, (gsize)(p - text) + 1 };
    int first = 0, second;
    if (p - text < 2 || !g_ascii_isdigit (p[-1]) || !g_ascii_isdigit (p[-2])
        || (p - text > 2 && (g_ascii_isalnum (p[-3]) || strchr ("./-", p[-3]) != NULL))
        || !heddle_scan_number (&behind, 1, 2, &second, NULL) || second > 31)
      continue;
    first = (p[-2] - '0') * 10 + p[-1] - '0';
    if (first > 12 && first <= 31 && second <= 12)
      return TRUE;
    if (first <= 12 && second > 12)
      return FALSE;
    open = TRUE;
  }
  if (day_first || !open)
    return day_first;
  const char *language = heddle_text_language (text);
  return language != NULL && !g_str_equal (language, "en");
}

GArray *
heddle_when_places (const HeddleTables *tables, const char *text, gsize length,
                    const HeddleGlance *glance, const HeddleWall *reference,
                    gboolean day_first, const GArray *covered, guint most)
{
  day_first = writes_day_first (text, length, day_first);
  GArray *places = g_array_new (FALSE, FALSE, sizeof (HeddleWhenPlace));
  guint range = 0;
  gsize last = 0;

  for (gsize at = 0; places->len < most;) {
    HeddleWhenPlace place;
    at = heddle_glance_next (glance, HEDDLE_GLANCE_DATE, at);
    if (at >= length)
      break;
    while (range < covered->len && g_array_index (covered, HeddleRange, range).end <= at)
      range++;
    if (range < covered->len && g_array_index (covered, HeddleRange, range).start <= at)
      at = g_array_index (covered, HeddleRange, range).end;
    else if (!heddle_word_at (text + at, length - at) || !begins_well (text, at))
      at = (gsize) (g_utf8_next_char (text + at) - text);
    else if (find_at (tables, glance, text, length, &at, reference, day_first, &place)) {
      if (heddle_when_around (tables, text, length, last, &place)) {
        place.due |= heddle_when_is_term (tables, text, length, reference, &place);
        g_array_append_val (places, place);
      }
      last = at;
    }
  }
  return places;
}

GPtrArray *
heddle_when_mentions (const char *text, const GArray *places)
{
  GPtrArray *mentions = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_mention_free);

  for (guint i = 0; i < places->len; i++) {
    const HeddleWhenPlace *place = &g_array_index (places, HeddleWhenPlace, i);
    HeddleMention *mention = g_new0 (HeddleMention, 1);
    mention->raw = heddle_fold_blanks (text + place->at.start, place->at.end - place->at.start);
    mention->start = place->from;
    mention->has_end = place->has_to;
    if (place->has_to)
      mention->end = place->to;
    mention->precision = place->precision;
    g_ptr_array_add (mentions, mention);
  }
  return mentions;
}
