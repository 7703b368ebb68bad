/* SPDX-License-Identifier: MIT */
/* attribution: the line that says who wrote what is quoted below it:
 * "On DATE, PERSON wrote:", "DATE PERSON <address>:", "PERSON wrote on DATE:",
 * "PERSON ezt írta (időpont: DATE):", "在 DATE，PERSON 写道：", "Quoting PERSON:".
 *
 * How: most lines are refused by one look at how they begin and end. Those that are
 * left are joined with the ones they were wrapped into (joined.c) and divided into
 * date, person and fixed words (parts.c), in any order and any language. What is
 * there decides: a time of day and a verb are enough, a name and a verb must stand
 * right above quoted lines, so that "As she wrote:" in prose stays prose.
 *
 * An attribution shares its line with what was written only where it is complete: a
 * whole date, an address or two blanks, and "wrote:".
 *
 * Not handled: an attribution in the middle of a line; supercite's '"AR" == …'.
 */
#include "parser/attribution.h"
#include "parser/html.h"
#include "parser/ids.h"
#include "parser/style.h"

#include <string.h>

#define NAME_MOST 64      /* characters of a name without an address */
#define WORDS_MOST 5      /* and its words; */
#define ADDRESSED_MOST 10 /* words of one with an address */

static HeddleKinds
bit (HeddleWordKind kind)
{
  return HEDDLE_WORD_BIT (kind);
}

/* --- the first look ----------------------------------------------------------------- */

typedef enum { LOOK_NO, LOOK_MAYBE, LOOK_DATED } Look;

static gboolean
ends_in_colon (const char *text, gsize length)
{
  return text[length - 1] == ':'
         || (length >= 3 && memcmp (text + length - 3, "\xef\xbc\x9a", 3) == 0);
}

/* Few lines begin with "on" and a date, with a digit, a day of the week or the words for
 * "written by", hold an address or the bracket of one that was wrapped, or end in ":" or,
 * above a quotation, in "wrote". */
static Look
look (const HeddleView *view, guint i, const char *text, gsize length)
{
  const HeddleLine *line = heddle_view_line (view, i);
  gsize from = 0;
  while (from < length && strchr ("-*_ \"[(", text[from]) != NULL)
    from++;
  if (from == length)
    return LOOK_NO;
  if (heddle_words_at (view->tables->words, text + from, length - from,
                       bit (HEDDLE_WORD_ON) | bit (HEDDLE_WORD_AT), NULL)
      && heddle_parts_date_begins (view->tables, text + from, length - from))
    return LOOK_DATED;
  if ((line->hints & HEDDLE_HINT_ATTRIBUTION) != 0 || ends_in_colon (text, length)
      || memchr (text, '@', length) != NULL || text[length - 1] == '<'
      || g_unichar_isdigit (g_utf8_get_char (text + from))
      || heddle_words_at (view->tables->words, text + from, length - from,
                          bit (HEDDLE_WORD_WROTE), NULL)) /* "Wiadomość napisana przez" */
    return LOOK_MAYBE;
  if (heddle_names_at (view->tables->names, HEDDLE_NAME_WEEKDAY, text + from, length - from,
                       NULL))
    return LOOK_MAYBE;
  return i + 1 < view->lines->len && heddle_view_line (view, i + 1)->depth > line->depth
                 && heddle_parts_wrote_before (view->tables, text, length) != NULL
             ? LOOK_MAYBE
             : LOOK_NO;
}

/* --- is it one ------------------------------------------------------------------------ */

static gboolean
is_capital (const char *text)
{
  gunichar c = g_utf8_get_char (text);
  return g_unichar_isupper (c) || !g_unichar_islower (c);
}

/* Whether the person is a name as people have them and no sentence. */
static gboolean
is_name (const HeddlePerson *person)
{
  if (person == NULL)
    return FALSE;
  if (person->name == NULL)
    return TRUE;
  guint blanks = 0;
  for (const char *p = person->name; *p != '\0'; p++) {
    blanks += *p == ' ';
    if ((*p == '!' || *p == '?') && p[1] == ' ')
      return FALSE;
  }
  if (person->address != NULL || person->redacted)
    return blanks < ADDRESSED_MOST;
  return blanks < WORDS_MOST && g_utf8_strlen (person->name, -1) <= NAME_MOST;
}

/* The same without a date or an address to go by: it begins and ends as a name does. */
static gboolean
is_proper_name (const HeddlePerson *person)
{
  if (!is_name (person))
    return FALSE;
  if (person->name == NULL || person->address != NULL || person->redacted)
    return TRUE;
  const char *last = strrchr (person->name, ' ');
  return is_capital (person->name) && (last == NULL || is_capital (last + 1));
}

static gboolean
is_addressed (const HeddlePerson *person)
{
  return person != NULL && (person->address != NULL || person->redacted);
}

/* "Name <address>" and no word beside it, or what withholds both. */
static gboolean
is_complete (const HeddlePerson *person)
{
  return is_addressed (person) && (person->name != NULL || person->redacted)
         && strpbrk (person->raw, "<[(") != NULL;
}

/* Why the parts make an attribution, or NULL when they do not. */
static const char *
reason (const HeddleParts *parts, const HeddleJoined *joined, gboolean quoted, gboolean hinted)
{
  const HeddlePerson *person = parts->person;
  gboolean dated = parts->date != NULL && parts->date->has_local;
  if (parts->odd)
    return NULL;
  if (hinted && (dated || is_name (person)))
    return "attribution by its markup";
  if (dated && parts->date->precision != HEDDLE_PRECISION_DAY) {
    if (parts->wrote && (person == NULL || is_name (person)))
      return "attribution with a date";
    if (is_name (person) && is_addressed (person)
        && (quoted || (joined->colon && is_complete (person))))
      return "attribution with date and address, no verb";
    /* "10.04.2018 15:40, Ana Ruiz:", Thunderbird in languages that use no verb */
    return quoted && joined->colon && !parts->on && parts->who_start >= parts->date_end && is_proper_name (person)
               ? "attribution with date and name, no verb"
               : NULL;
  }
  if (dated)
    return is_name (person)
                   && (parts->wrote ? quoted || is_addressed (person)
                                    : quoted && is_addressed (person))
               ? "attribution with a date"
               : NULL;
  if (parts->date != NULL)
    return parts->wrote && is_proper_name (person) && (quoted || is_addressed (person))
               ? "attribution with a date, no year"
               : NULL;
  if (!parts->wrote || !is_proper_name (person))
    return NULL;
  if (quoted)
    return "attribution above a quotation";
  return joined->colon && is_complete (person) ? "attribution with name and address" : NULL;
}

/* The boundary of an attribution, its style by its shape. */
static HeddleBoundary *
boundary_new (const HeddleView *view, guint i, const HeddleJoined *joined, HeddleParts *parts,
              const char *rule)
{
  const HeddleLine *line = heddle_view_line (view, i);
  HeddleBoundary *boundary = heddle_boundary_new (i, joined->last, "unknown", rule);
  heddle_style_attribution (view->tables, joined, parts, boundary->shape);
  boundary->style = heddle_style_find (boundary->shape);
  if (line->style != NULL
      && (strcmp (boundary->style, "unknown") == 0 || !heddle_html_is_lent (line->style)))
    boundary->style = line->style;
  boundary->depth = line->depth;
  boundary->from = g_steal_pointer (&parts->person);
  boundary->date = g_steal_pointer (&parts->date);
  g_autofree char *id = parts->id != NULL ? g_strndup (parts->id, parts->id_length) : NULL;
  if (id != NULL && strchr (id, '<') != NULL)
    boundary->message_id = heddle_ids_first (id);
  return boundary;
}

static HeddleBoundary *
boundary_from (const HeddleView *view, guint i, const HeddleJoined *joined)
{
  const HeddleLine *line = heddle_view_line (view, i);
  gboolean hinted = (line->hints & HEDDLE_HINT_ATTRIBUTION) != 0;
  gboolean quoted = heddle_joined_above_quote (view, joined->last, line->depth);
  g_auto (HeddleParts) parts = { NULL };
  heddle_parts_read (view->tables, joined->text, joined->length, &parts);
  const char *rule = reason (&parts, joined, quoted, hinted);
  return rule != NULL ? boundary_new (view, i, joined, &parts, rule) : NULL;
}

/* --- with text behind it on its line ------------------------------------------------------ */

/* The colon that ends an attribution with text behind it, or NULL: two blanks follow,
 * as Yahoo writes them, or an address precedes "wrote". */
static const char *
inner_colon (const HeddleView *view, const char *text, gsize length)
{
  const char *end = text + MIN (length, HEDDLE_ATTRIBUTION_MOST);
  for (const char *colon = text; (colon = memchr (colon, ':', (gsize) (end - colon))) != NULL;
       colon++) {
    if (end - colon < 3 || colon[1] != ' ')
      continue;
    if (colon[2] == ' ')
      return colon;
    const char *wrote = heddle_parts_wrote_before (view->tables, text, (gsize) (colon - text));
    while (wrote != NULL && wrote > text && wrote[-1] == ' ')
      wrote--;
    if (wrote != NULL && wrote > text && wrote[-1] == '>')
      return colon;
  }
  return NULL;
}

static HeddleBoundary *
shared_at (const HeddleView *view, guint i, const char *text, gsize length)
{
  if (heddle_view_line (view, i)->links != NULL)
    return NULL;
  const char *colon = inner_colon (view, text, length);
  HeddleJoined joined = { .last = i, .colon = TRUE };
  if (colon == NULL || !heddle_joined_add (&joined, text, (gsize) (colon - text)))
    return NULL;
  heddle_joined_finish (&joined);
  g_auto (HeddleParts) parts = { NULL };
  heddle_parts_read (view->tables, joined.text, joined.length, &parts);
  if (parts.odd || !parts.on || !parts.wrote || parts.date == NULL || !parts.date->has_local
      || !is_name (parts.person))
    return NULL;
  joined.shared = TRUE;
  while (*++colon == ' ')
    ;
  HeddleBoundary *boundary
      = boundary_new (view, i, &joined, &parts, "attribution that shares its line");
  boundary->shared = (gsize) (colon - heddle_view_line (view, i)->content);
  return boundary;
}

HeddleBoundary *
heddle_attribution_at (const HeddleView *view, guint i)
{
  gsize length;
  const char *text = heddle_view_content (view, i, &length);
  Look seen = length == 0 ? LOOK_NO : look (view, i, text, length);
  if (seen == LOOK_NO)
    return NULL;
  HeddleBoundary *shared = seen == LOOK_DATED ? shared_at (view, i, text, length) : NULL;
  if (shared != NULL || length > HEDDLE_ATTRIBUTION_MOST)
    return shared;
  HeddleJoined joined;
  if (!heddle_joined_read (view, i, seen == LOOK_DATED, &joined))
    return NULL;
  return boundary_from (view, i, &joined);
}
