/* SPDX-License-Identifier: MIT */
/* attribution: the line that says who wrote what is quoted below it:
 * "On DATE, PERSON wrote:", "DATE PERSON <address>:", "PERSON wrote on DATE:",
 * "PERSON wrote:".
 *
 * How: the line and at most four behind it are joined until they end in ":" (a
 * mailer wraps the attribution at any place). With a whole date in it, that is
 * enough. Without one it must name a person and stand right above quoted lines,
 * so that "As she wrote:" in prose stays prose.
 *
 * An attribution shares its line with what was written only as Yahoo does it: with a
 * whole date, "wrote:" and at least two blanks before the text.
 */
#include "parser/boundary.h"

#include <string.h>

#define JOIN_MOST 5     /* lines that an attribution is wrapped over */
#define LENGTH_MOST 600 /* bytes of it, joined */
#define PERSON_MOST 200 /* bytes of who wrote it */

/* The attribution, joined, and how it divides. */
typedef struct {
  char *text;        /* joined with single blanks, white space at both ends gone */
  guint last;        /* its last line */
  const char *begin; /* behind "On" */
  const char *end;   /* before "wrote:" or ":" */
  gboolean on, wrote;
} Attribution;

static guint64
bit (HeddleWordKind kind)
{
  return HEDDLE_WORD_BIT (kind);
}

/* Where the word for "wrote" that ends the text begins, else NULL. It is looked
 * for in the last words only. */
static const char *
wrote_before (const HeddleTables *tables, const char *start, const char *end)
{
  const char *p = end;
  for (guint words = 0; words < 4 && p > start; words++) {
    while (p > start && p[-1] == ' ')
      p--;
    while (p > start && p[-1] != ' ')
      p--;
    gsize covered = 0;
    if (heddle_words_at (tables->words, p, (gsize) (end - p), bit (HEDDLE_WORD_WROTE), &covered)
        && covered == (gsize) (end - p))
      return p;
  }
  return NULL;
}

static gboolean
ends_in_colon (const GString *text, gsize *ret_length)
{
  gsize length = text->len;
  while (length > 0 && text->str[length - 1] == ' ')
    length--;
  if (length > 0 && text->str[length - 1] == ':')
    length--;
  else if (length >= 3 && memcmp (text->str + length - 3, "\xef\xbc\x9a", 3) == 0) /* full width */
    length -= 3;
  else
    return FALSE;
  while (length > 0 && text->str[length - 1] == ' ')
    length--;
  *ret_length = length;
  return length > 0;
}

static void
append_folded (GString *text, const char *piece, gsize length)
{
  for (const char *p = piece; p < piece + length; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (c == 0xa0 || c == 0x202f || c == '\t' || c == ' ') {
      if (text->len > 0 && text->str[text->len - 1] != ' ')
        g_string_append_c (text, ' ');
    } else if (c != 0x200e && c != 0x200f && c != 0x200b) {
      g_string_append_unichar (text, c);
    }
  }
}

/* A line that opens with "On" or a digit, or holds an address, or already ends in
 * ":", may begin an attribution; few lines do. */
static gboolean
may_begin (const HeddleView *view, guint i, const char *text, gsize length)
{
  if (heddle_view_line (view, i)->hints & HEDDLE_HINT_ATTRIBUTION)
    return TRUE;
  if (heddle_words_at (view->tables->words, text, length, bit (HEDDLE_WORD_ON), NULL) != NULL)
    return TRUE;
  if (g_ascii_isdigit (*text) || memchr (text, '@', length) != NULL)
    return TRUE;
  if (heddle_names_at (view->tables->names, HEDDLE_NAME_WEEKDAY, text, length, NULL) != 0)
    return TRUE;
  return text[length - 1] == ':' || (guchar) text[length - 1] >= 0x80;
}

static gboolean
join (const HeddleView *view, guint i, Attribution *ret)
{
  g_autoptr (GString) text = g_string_new (NULL);
  int depth = heddle_view_line (view, i)->depth;
  for (guint k = i; k < view->lines->len && k < i + JOIN_MOST; k++) {
    gsize length, ends;
    const char *line = heddle_view_content (view, k, &length);
    /* A wrapped line may have lost its mark, never gained one. */
    if (length == 0 || heddle_view_line (view, k)->depth > depth
        || text->len + length > LENGTH_MOST)
      return FALSE;
    if (text->len > 0)
      g_string_append_c (text, ' ');
    append_folded (text, line, length);
    if (!ends_in_colon (text, &ends))
      continue;
    g_string_truncate (text, ends);
    ret->last = k;
    ret->text = g_string_free (g_steal_pointer (&text), FALSE);
    return TRUE;
  }
  return FALSE;
}

static void
divide (const HeddleTables *tables, Attribution *a)
{
  gsize length = strlen (a->text), covered = 0;
  a->begin = a->text;
  a->end = a->text + length;
  const char *wrote = wrote_before (tables, a->text, a->end);
  if (wrote != NULL) {
    a->wrote = TRUE;
    a->end = wrote;
    while (a->end > a->begin && a->end[-1] == ' ')
      a->end--;
  }
  if (heddle_words_at (tables->words, a->begin, (gsize) (a->end - a->begin),
                       bit (HEDDLE_WORD_ON), &covered)
      && a->begin[covered] == ' ') {
    a->on = TRUE;
    a->begin += covered;
    while (*a->begin == ' ')
      a->begin++;
  }
}

/* Between a date and a person there stand a comma, a blank, sometimes "at". */
static const char *
skip_separators (const char *p, const char *end)
{
  while (p < end && (*p == ' ' || *p == ',' || *p == ';'))
    p++;
  return p;
}

/* Who is so written: few words, no sentence. */
static HeddlePerson *
person_in (const HeddleTables *tables, const char *start, const char *end)
{
  while (end > start && (end[-1] == ' ' || end[-1] == ','))
    end--;
  if (start >= end || end - start > PERSON_MOST)
    return NULL;
  for (const char *p = start; p + 1 < end; p++)
    if ((*p == '!' || *p == '?') && p[1] == ' ')
      return NULL;
  return heddle_person_read (tables, start, (gsize) (end - start));
}

static const char *
style_of (const Attribution *a, const HeddleDate *date)
{
  if (date == NULL || !a->on)
    return "unknown";
  const char *raw = date->raw;
  gboolean numeric = g_ascii_isdigit (raw[0]) && strpbrk (raw, "/-") != NULL;
  gboolean dotted = g_ascii_isdigit (raw[0]) && strchr (raw, '.') != NULL && !numeric;
  if (numeric || dotted)
    return strstr (raw, ", ") != NULL ? "outlook" : "thunderbird";
  if (strstr (raw, ", at ") != NULL)
    return "apple";
  if (g_ascii_isdigit (raw[0]) || strlen (raw) < 6)
    return "unknown";
  const char *comma = strchr (raw, ',');
  if (comma == NULL)
    return "unknown";
  if (comma - raw == 3) /* "Tue, Apr 10, 2018 at 3:40 PM", "Tue, Apr 3, 2018, 10:45 AM" */
    return "gmail";
  if (comma - raw > 5 && g_ascii_isalpha (comma[-1])) /* "Tuesday, April 10, 2018, 3:40:11 PM EDT" */
    return "yahoo";
  return "unknown";
}

static gboolean
quotes_below (const HeddleView *view, guint last, int depth)
{
  guint next = heddle_view_next (view, last + 1, 3);
  return next < view->lines->len && heddle_view_line (view, next)->depth > depth;
}

/* "PERSON wrote:" with no date: few words, a name's first letter, quotes below. */
static gboolean
is_plain_name (const HeddlePerson *person)
{
  if (person == NULL)
    return FALSE;
  if (person->address != NULL || person->name == NULL)
    return person->address != NULL || person->redacted;
  gunichar c = g_utf8_get_char (person->name);
  guint blanks = 0;
  for (const char *p = person->name; *p != '\0'; p++)
    blanks += *p == ' ';
  return blanks < 5 && (g_unichar_isupper (c) || !g_unichar_islower (c));
}

/* "PERSON wrote on DATE:": both, read to the end; Notes and German Outlook write so. */
static gboolean
person_first (const HeddleTables *tables, const Attribution *a, HeddlePerson **ret_person,
              HeddleDate **ret_date)
{
  const guint64 wrote = bit (HEDDLE_WORD_WROTE);
  for (const char *p = a->begin; (p = memchr (p, ' ', (gsize) (a->end - p))) != NULL;) {
    const char *start = ++p;
    gsize covered = 0;
    if (heddle_words_at (tables->words, start, (gsize) (a->end - start), wrote, &covered) == NULL)
      continue;
    p = skip_separators (start + covered, a->end);
    if (heddle_words_at (tables->words, p, (gsize) (a->end - p), bit (HEDDLE_WORD_ON), &covered))
      p = skip_separators (p + covered, a->end);
    g_autoptr (HeddleDate) date = NULL;
    gsize read = heddle_when_read (tables, p, (gsize) (a->end - p), &date);
    g_autoptr (HeddlePerson) person = person_in (tables, a->begin, start);
    if (date == NULL || p + read < a->end || !is_plain_name (person))
      return FALSE;
    *ret_person = g_steal_pointer (&person);
    *ret_date = g_steal_pointer (&date);
    return TRUE;
  }
  return FALSE;
}

static HeddleBoundary *
boundary_from (const HeddleView *view, guint i, const Attribution *a)
{
  const HeddleLine *line = heddle_view_line (view, i);
  gboolean hinted = (line->hints & HEDDLE_HINT_ATTRIBUTION) != 0;
  g_autoptr (HeddleDate) date = NULL;
  g_autoptr (HeddlePerson) person = NULL;
  gsize read = heddle_when_read (view->tables, a->begin, (gsize) (a->end - a->begin), &date);
  person = person_in (view->tables, skip_separators (a->begin + read, a->end), a->end);
  gboolean quoted = quotes_below (view, a->last, line->depth);
  gboolean sure;
  if (date == NULL && !a->wrote && !a->on && quoted) {
    g_autoptr (HeddlePerson) first = NULL;
    if (person_first (view->tables, a, &first, &date)) {
      heddle_person_free (person);
      person = g_steal_pointer (&first);
      hinted = TRUE;
    }
  }
  if (date != NULL)
    sure = a->wrote || hinted || (person != NULL && person->address != NULL && quoted);
  else
    sure = hinted || (a->wrote && !a->on && quoted && is_plain_name (person));
  if (!sure)
    return NULL;
  HeddleBoundary *boundary = heddle_boundary_new (
      i, a->last, line->style != NULL ? line->style : style_of (a, date),
      date != NULL ? "attribution with a date" : "attribution above a quotation");
  boundary->depth = line->depth;
  boundary->from = g_steal_pointer (&person);
  boundary->date = g_steal_pointer (&date);
  return boundary;
}

/* "On DATE, PERSON wrote:   Hello": Yahoo's plain text has its first line so. */
static HeddleBoundary *
shared_at (const HeddleView *view, guint i, const char *text, gsize length)
{
  const guint64 on = bit (HEDDLE_WORD_ON);
  const char *end = text + MIN (length, LENGTH_MOST), *colon = text;
  if (heddle_words_at (view->tables->words, text, length, on, NULL) == NULL
      || heddle_view_line (view, i)->links != NULL)
    return NULL;
  while ((colon = memchr (colon, ':', (gsize) (end - colon))) != NULL) {
    if (end - colon > 3 && colon[1] == ' ' && colon[2] == ' ')
      break;
    colon++;
  }
  if (colon == NULL)
    return NULL;
  g_autoptr (GString) joined = g_string_new (NULL);
  append_folded (joined, text, (gsize) (colon - text));
  Attribution a = { .text = joined->str, .last = i };
  divide (view->tables, &a);
  g_autoptr (HeddleBoundary) boundary = a.on && a.wrote ? boundary_from (view, i, &a) : NULL;
  if (boundary == NULL || boundary->date == NULL || boundary->from == NULL)
    return NULL;
  while (*++colon == ' ')
    ;
  boundary->shared = (gsize) (colon - heddle_view_line (view, i)->content);
  boundary->style = "yahoo";
  boundary->rule = "attribution that shares its line";
  return g_steal_pointer (&boundary);
}

HeddleBoundary *
heddle_attribution_at (const HeddleView *view, guint i)
{
  gsize length;
  const char *text = heddle_view_content (view, i, &length);
  if (length == 0 || !may_begin (view, i, text, length))
    return NULL;
  HeddleBoundary *shared = shared_at (view, i, text, length);
  if (shared != NULL || length > LENGTH_MOST)
    return shared;
  Attribution a = { NULL };
  if (!join (view, i, &a))
    return NULL;
  divide (view->tables, &a);
  HeddleBoundary *boundary = boundary_from (view, i, &a);
  g_free (a.text);
  return boundary;
}
