/* SPDX-License-Identifier: MIT */
/* notes: Lotus Notes writes above the text of a mail
 *
 *     Ana Ruiz                      Ana Ruiz@CASES on 04/10/2018 03:40 PM
 *     04/10/2018 03:40 PM           To: Sam Okoro/HELP/ORG@ORG
 *     To: Sam Okoro/HELP/ORG@ORG    cc:
 *     cc:                           Subject: Case
 *     Subject: Case
 *
 * with no label before the author and the date, sometimes "Sent by:", "Please respond
 * to" or what became of an image between them, blank lines anywhere, all on one line,
 * or each of "To", "cc" and "Subject" without a colon on a line above its value. Mailers
 * wrap the author and the date. Such lines are a boundary only when a date stands
 * among them and "To" follows within a few lines.
 *
 * How: first the lines are looked at for what could be a date with "To" behind it, which
 * costs nothing in prose; only then are the author and the date read, from these
 * lines joined. The form in two columns is read by columns.c.
 */
#include "parser/boundary.h"

#include <string.h>

#define ABOVE_MOST 20 /* lines from the author to "To:", blank ones too */
#define NAMES_MOST 2  /* lines of the author before the one with the date */
#define EXTRA_MOST 3  /* other lines between the date and "To:", below a banner */
#define GAP_MOST 2    /* blank lines between the author and the date */
#define DIGITS_MOST 4 /* places in which a date is tried */
#define WORDS_MOST 6  /* of an author without an address */
#define LINE_MOST 200 /* bytes of one of them */
#define WRAP_LEAST 60 /* mailers wrap text behind this many bytes of a line */
#define WRAP_MOST 80  /* and before these */
#define FIELD_MOST 12 /* lines of "To", "cc" and "Subject" without colons */

static gboolean
is_gap (char c)
{
  return c == ' ' || c == '\t';
}

/* The next digit behind a gap at or behind @p, or @end. */
static const char *
digit_at (const char *text, const char *p, const char *end)
{
  for (; p < end; p++)
    if (*p <= '9' && *p >= '0' && (p == text || is_gap (p[-1])))
      return p;
  return end;
}

/* Most lines hold no digit, and so no date. */
static gboolean
has_digit (const char *p, const char *end)
{
  while (p < end && !g_ascii_isdigit (*p) && (guchar) *p < 0x80)
    p++;
  return p < end;
}

static gboolean
date_begins (const HeddleTables *tables, const char *p, const char *end)
{
  const gsize length = (gsize) (end - p);
  return length > 0
         && (g_ascii_isdigit (*p)
             || heddle_names_word (tables->names, p, length,
                                   HEDDLE_WORD_BIT (HEDDLE_WORD_MONTH)
                                       | HEDDLE_WORD_BIT (HEDDLE_WORD_WEEKDAY),
                                   NULL)
                    != NULL);
}

/* The same, or a day of the week, or what stands behind "on": "on Mon, 07 May 2001". */
static const char *
date_at (const HeddleTables *tables, const char *text, const char *p, const char *end)
{
  if (!has_digit (p, end))
    return end;
  for (; p < end; p++) {
    gsize covered;
    if (p > text && !is_gap (p[-1]))
      continue;
    if (date_begins (tables, p, end))
      return p;
    if (p > text
        && heddle_words_at (tables->words, p, (gsize) (end - p),
                            HEDDLE_WORD_BIT (HEDDLE_WORD_ON), &covered)
        && p + covered + 1 < end && is_gap (p[covered]))
      return p + covered + 1;
  }
  return end;
}

static gboolean
date_to_the_end (const HeddleTables *tables, const char *start, const char *end,
                 HeddleDate **ret_date)
{
  HeddleDate *date = NULL;
  gsize read = heddle_when_read (tables, start, (gsize) (end - start), &date);
  if (date != NULL && start + read == end) {
    *ret_date = date;
    return TRUE;
  }
  heddle_date_free (date);
  return FALSE;
}

gboolean
heddle_notes_divide (const HeddleTables *tables, const char *text, gsize length,
                     HeddlePerson **ret_person, HeddleDate **ret_date)
{
  const char *end = text + length, *start = date_at (tables, text, text, end);
  for (guint tries = 0; start < end && tries < DIGITS_MOST; tries++) {
    if (date_to_the_end (tables, start, end, ret_date))
      break;
    start = date_at (tables, text, start + 1, end);
  }
  if (*ret_date == NULL)
    return FALSE;
  const char *name_end = start;
  while (name_end > text && is_gap (name_end[-1]))
    name_end--;
  if (name_end - text > 3 && memcmp (name_end - 3, " on", 3) == 0)
    name_end -= 3;
  *ret_person
      = name_end > text ? heddle_person_read (tables, text, (gsize) (name_end - text)) : NULL;
  return TRUE;
}

/* Where things stand above "To". */
typedef struct {
  guint first, dated, last; /* the author's first line, the date's first and last */
  guint to;                 /* the line of "To" */
  gsize offset;             /* within its content, where all is on one line */
  gboolean bare;            /* "To" without a colon */
  gboolean gap;             /* blank lines between the author and the date */
} Place;

/* A month's name beside a number: "10 Apr", "April 10". */
static gboolean
names_month (const HeddleTables *tables, const char *text, const char *end)
{
  for (const char *p = text; p < end; p++) {
    gsize covered = 0;
    if ((p > text && !is_gap (p[-1]))
        || heddle_names_at (tables->names, HEDDLE_NAME_MONTH, p, (gsize) (end - p), &covered) == 0)
      continue;
    if ((p > text + 1 && (g_ascii_isdigit (p[-2]) || p[-2] == '.'))
        || (p + covered + 1 < end && g_ascii_isdigit (p[covered + 1])))
      return TRUE;
  }
  return FALSE;
}

/* "04/10", "10.04", "2018-04": a digit behind a gap that could open a date. */
static gboolean
may_be_dated (const HeddleTables *tables, const char *text, gsize length)
{
  const char *end = text + length, *p = digit_at (text, text, end);
  for (; p < end; p = digit_at (text, p + 1, end)) {
    const char *q = p;
    while (q < end && g_ascii_isdigit (*q))
      q++;
    if (q - p <= 4 && q < end && strchr ("/.-", *q) != NULL)
      return TRUE;
  }
  return memchr (text, ':', length) != NULL && names_month (tables, text, end);
}

/* The rest of a date that was wrapped: "09:01:03 PM", "PM". */
static gboolean
may_be_clock (const HeddleTables *tables, const char *text, gsize length)
{
  if (length > 24)
    return FALSE;
  if (g_ascii_isdigit (*text))
    return memchr (text, ':', length) != NULL && memchr (text, '/', length) == NULL;
  gsize covered = 0;
  return heddle_words_at (tables->words, text, length, HEDDLE_WORD_BIT (HEDDLE_WORD_DAYTIME),
                          &covered)
             != NULL
         && covered == length;
}

/* Where "To:" begins within a line, behind two blanks or a tab; 0 if nowhere. */
static gsize
to_within (const HeddleTables *tables, const char *text, gsize length)
{
  gsize value;
  for (gsize i = 2; i + 2 < length; i++)
    if (is_gap (text[i - 1]) && (text[i - 1] == '\t' || is_gap (text[i - 2])) && !is_gap (text[i])
        && heddle_label_at (tables, text + i, length - i, &value) == HEDDLE_WORD_TO)
      return i;
  return 0;
}

static gboolean
is_bare (const HeddleTables *tables, const char *text, gsize length, HeddleWordKind kind)
{
  gsize covered = 0;
  return length < 20
         && heddle_words_at (tables->words, text, length, HEDDLE_WORD_BIT (kind), &covered) != NULL
         && covered == length;
}

/* A line between the date and "To" that says nothing. */
static gboolean
is_aside (const HeddleTables *tables, const char *text, gsize length)
{
  return (text[0] == '(' && text[length - 1] == ')')
         || heddle_words_at (tables->words, text, length, HEDDLE_WORD_BIT (HEDDLE_WORD_REPLY_TO),
                             NULL)
                != NULL;
}

/* What one line without a label is. */
typedef enum { LINE_NAME, LINE_DATED, LINE_CLOCK, LINE_ASIDE, LINE_OTHER } LineKind;

static LineKind
kind_of_line (const HeddleTables *tables, const char *text, gsize length, gboolean dated,
              gboolean right_below)
{
  if (!dated)
    return may_be_dated (tables, text, length) ? LINE_DATED : LINE_NAME;
  if (right_below && may_be_clock (tables, text, length))
    return LINE_CLOCK;
  return is_aside (tables, text, length) ? LINE_ASIDE : LINE_OTHER;
}

/* Whether line @k had no room on the line above. */
static gboolean
was_wrapped (const HeddleView *view, guint k)
{
  gsize above, length, word = 0;
  const char *text = heddle_view_content (view, k, &length);
  heddle_view_content (view, k - 1, &above);
  while (word < length && !is_gap (text[word]))
    word++;
  return above <= WRAP_MOST && above + 1 + word > WRAP_LEAST;
}

/* Find "To" below @i and the lines of the date above it. */
static gboolean
find_place (const HeddleView *view, guint i, gboolean banner, Place *place)
{
  int depth = heddle_view_line (view, i)->depth;
  guint names = 0, extra = 0, end = MIN (view->lines->len, i + ABOVE_MOST);
  guint blanks = 0;
  gboolean dated = FALSE;
  *place = (Place){ .first = i };
  for (guint k = i; k < end; k++) {
    gsize length, value;
    const char *text = heddle_view_content (view, k, &length);
    if (length == 0) {
      blanks++;
      continue;
    }
    if (heddle_view_line (view, k)->depth != depth)
      return FALSE;
    int label = heddle_label_at (view->tables, text, length, &value);
    place->to = k;
    if (label == HEDDLE_WORD_TO)
      return dated;
    if (label >= 0 && label != HEDDLE_WORD_FIELD_ELSE && label != HEDDLE_WORD_REPLY_TO)
      return FALSE;
    if (label >= 0)
      continue;
    place->bare = dated && is_bare (view->tables, text, length, HEDDLE_WORD_TO);
    if (place->bare)
      return TRUE;
    LineKind kind
        = kind_of_line (view->tables, text, length, dated, dated && k == place->last + 1);
    gboolean alone = date_begins (view->tables, text, text + length);
    if (names > 0 && (kind == LINE_NAME || (kind == LINE_DATED && !alone))
        && (blanks > 0 || (!banner && !was_wrapped (view, k))))
      return FALSE;
    if (kind == LINE_DATED && (place->offset = to_within (view->tables, text, length)) > 0) {
      place->dated = place->last = k;
      return TRUE;
    }
    if (length > LINE_MOST || (kind == LINE_DATED && blanks > GAP_MOST))
      return FALSE;
    if (kind == LINE_DATED) {
      dated = TRUE;
      place->gap = blanks > 0 && names > 0;
      place->dated = place->last = k;
    } else if (kind == LINE_CLOCK) {
      place->last = k;
    } else if (kind == LINE_NAME) {
      if (++names > NAMES_MOST)
        return FALSE;
    } else if (kind == LINE_OTHER && (!banner || ++extra > EXTRA_MOST)) {
      return FALSE;
    }
  }
  return FALSE;
}

/* Few words that open with a capital: what a person, not a sentence, begins with. */
static gboolean
may_be_author (const HeddlePerson *person)
{
  if (person == NULL || person->address != NULL || person->redacted)
    return person != NULL;
  const char *name = person->name;
  guint blanks = 0;
  for (const char *p = name; *p != '\0'; p++)
    blanks += *p == ' ';
  return blanks < WORDS_MOST && !g_unichar_islower (g_utf8_get_char (name))
         && strchr (".,?!", name[strlen (name) - 1]) == NULL;
}

static void
append_line (const HeddleView *view, guint k, gsize most, GString *joined)
{
  gsize length, value;
  const char *text = heddle_view_content (view, k, &length);
  if (length == 0 || heddle_label_at (view->tables, text, length, &value) >= 0)
    return;
  if (joined->len > 0)
    g_string_append_c (joined, ' ');
  g_string_append_len (joined, text, (gssize) MIN (length, most));
  while (joined->len > 0 && is_gap (joined->str[joined->len - 1]))
    g_string_truncate (joined, joined->len - 1);
}

/* The author and the date, the lines of both joined. */
static gboolean
read_above (const HeddleView *view, Place *place, HeddlePerson **ret_person,
            HeddleDate **ret_date)
{
  for (;; place->last--) {
    g_autoptr (GString) joined = g_string_new (NULL);
    for (guint k = place->first; k <= place->last; k++)
      append_line (view, k, place->offset > 0 ? place->offset : LINE_MOST, joined);
    if (joined->len > 0
        && heddle_notes_divide (view->tables, joined->str, joined->len, ret_person, ret_date))
      return TRUE;
    if (place->last == place->dated)
      return FALSE;
  }
}

/* "To", "cc" and "Subject" on lines of their own become lines with colons. */
static HeddleBoundary *
bare_block (const HeddleView *view, guint to)
{
  static const HeddleWordKind kinds[]
      = { HEDDLE_WORD_TO, HEDDLE_WORD_CC, HEDDLE_WORD_BCC, HEDDLE_WORD_SUBJECT };
  g_autoptr (HeddleBody) body = heddle_body_new ();
  guint last = to, next = 0, end = MIN (view->lines->len, to + FIELD_MOST);
  gboolean fresh = FALSE; /* the last line was a label */
  for (guint k = to; k < end; k++) {
    gsize length;
    const char *text = heddle_view_content (view, k, &length);
    guint kind = next;
    if (length == 0)
      continue;
    while (kind < G_N_ELEMENTS (kinds) && !is_bare (view->tables, text, length, kinds[kind]))
      kind++;
    if (kind < G_N_ELEMENTS (kinds)) {
      heddle_body_append (body, g_strdup_printf ("%.*s:", (int) length, text));
      fresh = TRUE;
      next = kind + 1;
    } else if (fresh || (k == last + 1 && next < G_N_ELEMENTS (kinds))) {
      heddle_body_append (body, g_strdup_printf (" %.*s", (int) length, text));
      fresh = FALSE;
    } else {
      break;
    }
    last = k;
    if (next == G_N_ELEMENTS (kinds) && !fresh)
      break;
  }
  HeddleView lines = { view->tables, body->lines };
  HeddleBoundary *block
      = body->lines->len > 0 ? heddle_block_below_notes (&lines, 0, 0) : NULL;
  if (block != NULL)
    block->last = last;
  return block;
}

static gboolean
above_is_free (const HeddleView *view, guint i, gboolean banner)
{
  return banner || i == 0 || heddle_view_blank (view, i - 1);
}

HeddleBoundary *
heddle_notes_at (const HeddleView *view, guint i, gboolean banner)
{
  Place place;
  g_autoptr (HeddlePerson) person = NULL;
  g_autoptr (HeddleDate) date = NULL;
  if (!find_place (view, i, banner, &place))
    return heddle_columns_at (view, i);
  if ((place.gap && !above_is_free (view, i, banner))
      || !read_above (view, &place, &person, &date))
    return NULL;
  if (place.first < place.dated && !banner && !may_be_author (person))
    return NULL;
  HeddleBoundary *block = place.bare ? bare_block (view, place.to)
                                     : heddle_block_below_notes (view, place.to, place.offset);
  if (block == NULL)
    return NULL;
  block->first = i;
  block->depth = heddle_view_line (view, i)->depth;
  block->style = "lotus";
  block->rule = "header block without labels";
  if (block->date == NULL)
    block->date = g_steal_pointer (&date);
  if (block->from == NULL)
    block->from = g_steal_pointer (&person);
  return block;
}
