/* SPDX-License-Identifier: MIT */
/* An attribution divided: DATE, PERSON and fixed words, in whatever order the language
 * has them.
 *
 * How: the first date that can be read parts the text in two. From the edges of both
 * halves words of the kinds ON, AT and WROTE are peeled, with the commas and brackets
 * between, as long as there are any; what one half still holds is the person. Where
 * both halves hold something, or no date is there to part them and a sentence is left,
 * the text was no attribution, and `odd` says so.
 *
 * Words are peeled in lower case only, but at the very beginning of the text: "Le Van
 * Minh" and "Ahmed Said" are names.
 *
 * Not handled: attributions that name two people; a date within the name.
 */
#include "parser/attribution.h"

#include "parser/redaction.h"
#include "parser/scan.h"
#include "parser/when.h"

#include <string.h>

#define WORD_MOST 72 /* bytes of a fixed word at the end of a part */
#define TRIM_MOST 12 /* separators in a row */

typedef struct {
  const char *start, *end;
} Part;

static HeddleKinds
bit (HeddleWordKind kind)
{
  return HEDDLE_WORD_BIT (kind);
}

/* --- separators ------------------------------------------------------------------- */

/* What stands between date, person and words, and belongs to none of them. */
static gboolean
is_separator (gunichar c)
{
  if (c < 0x80)
    return strchr (" ,;:|-*_~=", (char)c) != NULL;
  return c == 0x3001 || c == 0xff0c || c == 0xff1a || c == 0x060c || c == 0x061b || c == 0x2013
         || c == 0x2014 || c == 0xb7 || c == 0xff1b;
}

static gboolean
is_opening (gunichar c)
{
  return c == '(' || c == '[' || c == 0xff08 || c == 0x3010;
}

static gboolean
is_closing (gunichar c)
{
  return c == ')' || c == ']' || c == 0xff09 || c == 0x3011;
}

/* Whether a bracket that closes at the end of the part opens within it. */
static gboolean
closes_inner (const Part *part)
{
  guint open = 0;
  for (const char *p = part->start; p < part->end; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (is_opening (c))
      open++;
    else if (is_closing (c) && open == 0)
      return FALSE;
    else if (is_closing (c))
      open--;
  }
  return TRUE;
}

static gboolean
opens_inner (const Part *part)
{
  int open = 0;
  for (const char *p = part->start; p < part->end; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    open += is_opening (c) ? 1 : is_closing (c) ? -1 : 0;
  }
  return open <= 0;
}

/* Separators and brackets that lost their other half, off both ends. */
static void
trim (Part *part)
{
  for (guint n = 0; part->start < part->end && n < TRIM_MOST; n++) {
    gunichar c = g_utf8_get_char (part->start);
    if (!is_separator (c) && !is_closing (c) && !(is_opening (c) && !opens_inner (part)))
      break;
    part->start = g_utf8_next_char (part->start);
  }
  for (guint n = 0; part->end > part->start && n < TRIM_MOST; n++) {
    const char *last = g_utf8_prev_char (part->end);
    gunichar c = g_utf8_get_char (last);
    if (!is_separator (c) && !is_opening (c) && !(is_closing (c) && !closes_inner (part)))
      break;
    part->end = last;
  }
}

/* --- fixed words --------------------------------------------------------------------- */

/* The longest word of @kinds that ends exactly at @end, or NULL; *@ret_start gets
 * where it begins. */
static const HeddleWord *
word_before (const HeddleTables *tables, const char *start, const char *end, HeddleKinds kinds,
             const char **ret_start)
{
  const HeddleWord *found = NULL;
  const char *p = end, *least = end - start > WORD_MOST ? end - WORD_MOST : start;
  while (p > least) {
    p = g_utf8_prev_char (p);
    gunichar before = p > start ? g_utf8_get_char (g_utf8_prev_char (p)) : ' ';
    gunichar first = g_utf8_get_char (p);
    gsize covered = 0;
    if (g_unichar_isalnum (before) && g_unichar_isalnum (first) && !g_unichar_iswide (first)
        && !g_unichar_iswide (before))
      continue;
    if (first == ' ')
      continue;
    const HeddleWord *word
        = heddle_words_at (tables->words, p, (gsize) (end - p), kinds, &covered);
    /* "Said" is a name, "Folgendes geschrieben" is none. */
    if (word != NULL && g_unichar_isupper (first) && !word->spaced)
      continue;
    if (word != NULL && covered == (gsize) (end - p)) {
      found = word;
      *ret_start = p;
    }
  }
  return found;
}

const char *
heddle_parts_wrote_before (const HeddleTables *tables, const char *text, gsize length)
{
  const char *end = text + length, *start = NULL;
  while (end > text && (end[-1] == ' ' || end[-1] == ')'))
    end--;
  return word_before (tables, text, end, bit (HEDDLE_WORD_WROTE), &start) != NULL ? start
                                                                                  : NULL;
}

static void
note (HeddleParts *parts, const HeddleWord *word)
{
  parts->on |= word->kind == HEDDLE_WORD_ON;
  parts->wrote |= word->kind == HEDDLE_WORD_WROTE && word->value == 0;
}

/* "in article <id>", "In list@yahoogroups.example, ": bytes of the reference that follows, 0
 * when none does. */
static gsize
reference_at (const char *text, const char *end)
{
  const char *p = text;
  while (p < end && (*p == ' ' || *p == ':'))
    p++;
  const char *comma = p < end && *p != '<' ? memchr (p, ',', (gsize) (end - p)) : NULL;
  if (comma != NULL && memchr (p, '@', (gsize) (comma - p)) != NULL
      && memchr (p, ' ', (gsize) (comma - p)) == NULL)
    return (gsize) (comma + 1 - text);
  const char *close = p < end && *p == '<' ? memchr (p, '>', (gsize) (end - p)) : NULL;
  return close != NULL ? (gsize) (close + 1 - text) : 0;
}

/* Whether a word that begins @part, behind a date and in a script without blanks, is the beginning of a
 * name: it goes on with letters and does not stand next to the date. "于小明" is one, "于"
 * in "于2018年" is none. */
static gboolean
is_glued_to_name (const Part *part, gsize covered)
{
  gsize left = (gsize)(part->end - part->start);
  return heddle_unspaced_at (part->start, left) && covered < left
         && heddle_unspaced_at (part->start + covered, left - covered)
         && (part->start[-1] == ' ' || part->start[-1] == ',');
}

/* A word off the beginning of @part; @capital: though it begins with a capital. */
static gboolean
peel_first (const HeddleTables *tables, Part *part, HeddleKinds kinds, gboolean capital,
            HeddleParts *parts)
{
  gsize covered = 0;
  trim (part);
  const HeddleWord *word = heddle_words_at (tables->words, part->start,
                                            (gsize) (part->end - part->start), kinds, &covered);
  if (word == NULL)
    return FALSE;
  if (word->kind == HEDDLE_WORD_WROTE && word->value == 1) {
    gsize reference = reference_at (part->start + covered, part->end);
    if (reference == 0)
      return FALSE;
    parts->id = part->start + covered;
    parts->id_length = reference;
    covered += reference;
  } else if (!capital && word->value != 3
             && g_unichar_isupper (g_utf8_get_char (part->start))
             && !word->slashed) { /* Greek "Ο/Η" is nobody's name */
    return FALSE;
  }
  if (word->kind == HEDDLE_WORD_ON && !capital && is_glued_to_name (part, covered))
    return FALSE;
  note (parts, word);
  part->start += covered;
  trim (part);
  return TRUE;
}

static gboolean
peel_last (const HeddleTables *tables, Part *part, HeddleKinds kinds, HeddleParts *parts)
{
  const char *start;
  trim (part);
  const HeddleWord *word = word_before (tables, part->start, part->end, kinds, &start);
  if (word == NULL || word->value == 1)
    return FALSE;
  note (parts, word);
  part->end = start;
  trim (part);
  return TRUE;
}

/* TRUE and an empty part when it holds nothing but fixed words. */
static gboolean
peel_all (const HeddleTables *tables, Part *part, HeddleKinds kinds, HeddleParts *parts)
{
  Part rest = *part;
  HeddleParts seen = { NULL };
  while (peel_first (tables, &rest, kinds, TRUE, &seen))
    ;
  if (rest.start < rest.end)
    return FALSE;
  *part = rest;
  parts->on |= seen.on;
  parts->wrote |= seen.wrote;
  if (seen.id != NULL) {
    parts->id = seen.id;
    parts->id_length = seen.id_length;
  }
  return TRUE;
}

/* --- the date ------------------------------------------------------------------------- */

static gboolean
date_may_begin (const HeddleTables *tables, const char *text, const char *p, const char *end)
{
  gunichar c = g_utf8_get_char (p);
  gunichar before = p > text ? g_utf8_get_char (g_utf8_prev_char (p)) : ' ';
  if (g_unichar_isdigit (c))
    return !g_unichar_isdigit (before)
           && (!g_unichar_isalpha (before) || g_unichar_iswide (before)) && before != '.'
           && before != '@' && before != ':';
  if (g_unichar_isalnum (before) && !g_unichar_iswide (before))
    return FALSE;
  return heddle_names_at (tables->names, HEDDLE_NAME_WEEKDAY, p, (gsize) (end - p), NULL) > 0
         || heddle_names_at (tables->names, HEDDLE_NAME_MONTH, p, (gsize) (end - p), NULL) > 0;
}

gboolean
heddle_parts_date_begins (const HeddleTables *tables, const char *text, gsize length)
{
  Part part = { text, text + length };
  HeddleParts unused = { NULL };
  trim (&part);
  for (guint words = 0; words < 3; words++)
    if (!peel_first (tables, &part, bit (HEDDLE_WORD_ON) | bit (HEDDLE_WORD_AT), TRUE, &unused))
      break;
  return part.start < part.end && date_may_begin (tables, part.start, part.start, part.end);
}

/* "10 April 2018 (at 15:40)": read as if there were no brackets. */
static gsize
read_with_bracket (const HeddleTables *tables, const char *p, const char *end, gsize read,
                   HeddleDate **date)
{
  const char *open = p + read;
  while (open < end && *open == ' ')
    open++;
  const char *close
      = open < end && *open == '(' ? memchr (open, ')', (gsize) (end - open)) : NULL;
  if (close == NULL || (*date)->precision != HEDDLE_PRECISION_DAY)
    return read;
  g_autofree char *plain = g_strndup (p, (gsize) (close + 1 - p));
  plain[open - p] = ' ';
  plain[close - p] = ' ';
  HeddleDate *whole = NULL;
  gsize more = heddle_when_read (tables, plain, (gsize) (close + 1 - p), &whole);
  if (more <= read || whole->precision == HEDDLE_PRECISION_DAY) {
    heddle_date_free (whole);
    return read;
  }
  heddle_date_free (*date);
  *date = whole;
  g_free (whole->raw);
  whole->raw = g_strndup (p, (gsize) (close + 1 - p));
  return (gsize) (close + 1 - p);
}

/* A day and a month without a year, or a weekday alone, right behind the "on" that
 * begins the text: that is when, but not which day. */
static gsize
read_partial (const HeddleTables *tables, const char *text, const char *end,
              const char **ret_at, HeddleDate **ret_date)
{
  Part part = { text, end };
  HeddleParts seen = { NULL };
  HeddleWall wall = { 0 };
  if (!peel_first (tables, &part, bit (HEDDLE_WORD_ON), TRUE, &seen))
    return 0;
  HeddleScan scan = { part.start, (gsize) (part.end - part.start), 0 };
  int weekday = heddle_when_name (tables, &scan, HEDDLE_NAME_WEEKDAY);
  gsize named = scan.at;
  if (weekday > 0) {
    heddle_scan_char (&scan, '.');
    heddle_scan_char (&scan, ',');
    heddle_scan_blanks (&scan);
  }
  if (!heddle_when_date (tables, &scan, NULL, &wall) || wall.year != 0) {
    if (weekday == 0)
      return 0;
    scan.at = named;
  }
  gsize day = scan.at;
  HeddleClockKind clock = heddle_when_clock_after (tables, &scan, &wall);
  if (clock == HEDDLE_CLOCK_NONE || clock == HEDDLE_CLOCK_WRONG)
    scan.at = day;
  *ret_at = part.start;
  *ret_date = g_new0 (HeddleDate, 1);
  (*ret_date)->raw = g_strndup (part.start, scan.at);
  (*ret_date)->precision = HEDDLE_PRECISION_DAY;
  return scan.at;
}

/* A mark of what was withheld in the date's place: "On (b)(6), Ana Ruiz wrote". Who wrote
 * must follow, or the mark stands for that. */
static gsize
read_withheld (const HeddleTables *tables, const char *text, const char *end, const char **ret_at,
               HeddleDate **ret_date)
{
  Part part = { text, end };
  HeddleParts seen = { NULL };
  if (!peel_first (tables, &part, bit (HEDDLE_WORD_ON), TRUE, &seen))
    return 0;
  gsize bytes = heddle_redaction_one (tables, part.start, (gsize) (part.end - part.start));
  Part rest = { part.start + bytes, end };
  if (bytes == 0 || rest.start >= end)
    return 0;
  trim (&rest);
  if (peel_all (tables, &rest, bit (HEDDLE_WORD_WROTE), &seen))
    return 0;
  *ret_at = part.start;
  *ret_date = g_new0 (HeddleDate, 1);
  (*ret_date)->raw = g_strndup (part.start, bytes);
  return bytes;
}

/* "Pe 10 apr. 2018": Romanian for "on", though Friday in Finnish, which writes it small. */
static gboolean
is_capital_on (const HeddleTables *tables, const char *p, const char *end)
{
  gsize day = 0, on = 0, length = (gsize) (end - p);
  return g_unichar_isupper (g_utf8_get_char (p))
         && heddle_names_at (tables->names, HEDDLE_NAME_WEEKDAY, p, length, &day) > 0
         && heddle_words_at (tables->words, p, length, bit (HEDDLE_WORD_ON), &on) != NULL
         && day == on;
}

/* The first whole date of the text: its bytes. */
static gsize
find_date (const HeddleTables *tables, const char *text, const char *end, const char **ret_at,
           HeddleDate **ret_date)
{
  gboolean closed = TRUE; /* whether a ">" is still ahead */
  for (const char *p = text; p < end; p = g_utf8_next_char (p)) {
    if (*p == '<' && closed) {
      const char *close = memchr (p, '>', (gsize) (end - p));
      closed = close != NULL;
      p = closed ? close : p;
    }
    if (!date_may_begin (tables, text, p, end) || (p == text && is_capital_on (tables, p, end)))
      continue;
    gsize read = heddle_when_read (tables, p, (gsize) (end - p), ret_date);
    if (read == 0)
      continue;
    *ret_at = p;
    return read_with_bracket (tables, p, end, read, ret_date);
  }
  return 0;
}

/* --- the whole -------------------------------------------------------------------------- */

/* What stands before the date: fixed words alone, or the person with some. */
static void
peel_before (const HeddleTables *tables, Part *left, HeddleParts *parts)
{
  const HeddleKinds all = bit (HEDDLE_WORD_ON) | bit (HEDDLE_WORD_AT) | bit (HEDDLE_WORD_WROTE);
  if (peel_all (tables, left, all, parts))
    return;
  while (peel_last (tables, left, all, parts))
    ;
  /* "Quoting PERSON" has no other verb: with one, "Said" is who wrote. */
  while (peel_first (tables, left, bit (HEDDLE_WORD_WROTE), !parts->wrote, parts))
    ;
}

static void
peel_behind (const HeddleTables *tables, Part *right, HeddleParts *parts)
{
  const HeddleKinds all = bit (HEDDLE_WORD_ON) | bit (HEDDLE_WORD_AT) | bit (HEDDLE_WORD_WROTE);
  while (peel_last (tables, right, bit (HEDDLE_WORD_WROTE), parts))
    ;
  while (peel_first (tables, right, all, FALSE, parts))
    ;
  while (peel_last (tables, right, bit (HEDDLE_WORD_ON), parts))
    ;
}

static gboolean
is_empty (const Part *part)
{
  return part->start >= part->end;
}

void
heddle_parts_read (const HeddleTables *tables, const char *text, gsize length, HeddleParts *ret)
{
  const char *end = text + length, *at = end;
  HeddleParts parts = { NULL };
  gsize read = find_date (tables, text, end, &at, &parts.date);
  if (read == 0)
    read = read_partial (tables, text, end, &at, &parts.date);
  if (read == 0)
    read = read_withheld (tables, text, end, &at, &parts.date);
  Part left = { text, read > 0 ? at : end }, right = { at + read, end };
  if (read > 0 && right.start < end && *right.start == '.')
    right.start++; /* Serbian "10. април 2018., ..." */
  trim (&left);
  trim (&right);
  peel_before (tables, &left, &parts);
  peel_behind (tables, &right, &parts);
  parts.date_start = (gsize) (at - text);
  parts.date_end = parts.date_start + read;
  parts.odd = !is_empty (&left) && !is_empty (&right);
  const Part *who = is_empty (&right) ? &left : &right;
  parts.who_start = (gsize) (who->start - text);
  parts.who_end = (gsize) (who->end - text);
  if (!is_empty (who) && !parts.odd)
    parts.person = heddle_person_read (tables, who->start, (gsize) (who->end - who->start));
  *ret = parts;
}

void
heddle_parts_clear (HeddleParts *parts)
{
  g_clear_pointer (&parts->date, heddle_date_free);
  g_clear_pointer (&parts->person, heddle_person_free);
}
