/* SPDX-License-Identifier: MIT */
/* block: a header block inside a body: "From: … Sent: … To: … Subject: …".
 *
 * How: from a line that begins with a known label on, labelled lines are gathered,
 * in any order, with or without bold stars, blank lines between them allowed; a
 * line without a label goes on with the field above it only where something says
 * so (indentation, a comma at the end, an address, a label after it). A label that
 * comes again ends the block. It is a boundary only if it says enough: who and
 * when, who and about what, or when and about what.
 *
 * What Notes writes above "To:" without labels, notes.c reads.
 */
#include "parser/boundary.h"

#include <string.h>

#define BLOCK_MOST 80   /* lines of a block */
#define LABEL_MOST 80   /* bytes of a label */
#define VALUE_MOST 8192 /* bytes of one field's value, the rest is passed over */
#define WRAP_LEAST 64   /* mailers wrap text behind this many bytes of a line */
#define WRAP_MOST 80    /* and before these */
#define LIST_MOST 200   /* people in a field */
#define LINE_MOST 200   /* bytes of a line that goes on with people */

/* What was gathered. */
typedef struct {
  GString *values[HEDDLE_N_WORDS]; /* of the kinds in LABELS; NULL: not there */
  guint first, last;
  int depth;
} HeddleBlock;

#define LABELS                                                                                    \
  (HEDDLE_WORD_BIT (HEDDLE_WORD_FROM) | HEDDLE_WORD_BIT (HEDDLE_WORD_TO)                          \
   | HEDDLE_WORD_BIT (HEDDLE_WORD_CC) | HEDDLE_WORD_BIT (HEDDLE_WORD_BCC)                         \
   | HEDDLE_WORD_BIT (HEDDLE_WORD_SUBJECT) | HEDDLE_WORD_BIT (HEDDLE_WORD_DATE)                   \
   | HEDDLE_WORD_BIT (HEDDLE_WORD_REPLY_TO) | HEDDLE_WORD_BIT (HEDDLE_WORD_FIELD_ELSE))

static void
block_clear (HeddleBlock *block)
{
  for (guint i = 0; i < HEDDLE_N_WORDS; i++)
    if (block->values[i] != NULL)
      g_string_free (block->values[i], TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HeddleBlock, block_clear)

static gboolean
is_star (char c)
{
  return c == '*' || c == '_' || c == ' ' || c == '\t';
}

int
heddle_label_at (const HeddleTables *tables, const char *text, gsize length, gsize *ret_value)
{
  gsize i = 0, covered = 0;
  while (i < length && i < 4 && is_star (text[i]))
    i++;
  const HeddleWord *word
      = heddle_words_at (tables->words, text + i, MIN (length - i, LABEL_MOST), LABELS, &covered);
  if (word == NULL)
    return -1;
  i += covered;
  for (gsize n = 0; i < length && n < 4 && is_star (text[i]); n++)
    i++;
  if (i < length && text[i] == ':')
    i++;
  else if (length - i >= 3 && memcmp (text + i, "\xef\xbc\x9a", 3) == 0)
    i += 3;
  else
    return -1;
  while (i < length && is_star (text[i]))
    i++;
  *ret_value = i;
  return (int) word->kind;
}

/* Whether a line is an address or a withheld one, with or without a name. */
static gboolean
names_somebody (const HeddleView *view, guint i)
{
  gsize length;
  const char *text = heddle_view_content (view, i, &length);
  if (length == 0 || length > LINE_MOST || strchr (".?!:", text[length - 1]) != NULL)
    return FALSE;
  g_autoptr (HeddlePerson) person = heddle_person_read (view->tables, text, length);
  return person != NULL && (person->address != NULL || person->redacted);
}

static int
label_of_line (const HeddleView *view, guint i, const char **ret_value, gsize *ret_length)
{
  gsize length, value = 0;
  const char *text = heddle_view_content (view, i, &length);
  int kind = length == 0 ? -1 : heddle_label_at (view->tables, text, length, &value);
  *ret_value = text + value;
  *ret_length = kind < 0 ? length : length - value;
  return kind;
}

static gboolean
is_people (int kind)
{
  return kind == HEDDLE_WORD_TO || kind == HEDDLE_WORD_CC || kind == HEDDLE_WORD_BCC
         || kind == HEDDLE_WORD_FROM;
}

/* Whether a label follows before the next blank line: then all lines up to it are
 * one long field. */
static gboolean
label_ahead (const HeddleView *view, guint i)
{
  guint end = MIN (view->lines->len, i + BLOCK_MOST);
  const char *value;
  gsize length;
  for (; i < end && !heddle_view_blank (view, i); i++)
    if (label_of_line (view, i, &value, &length) >= 0)
      return TRUE;
  return FALSE;
}

/* Whether line @i is the rest of a subject that was wrapped: its first word had no
 * room on the line above, and a label or a blank line follows. */
static gboolean
subject_goes_on (const HeddleView *view, guint i, const GString *value)
{
  gsize length, above, word = 0, rest;
  const char *text = heddle_view_content (view, i, &length), *after;
  heddle_view_content (view, i - 1, &above);
  guint next = heddle_view_next (view, i + 1, 0);
  if (value->len == 0 || text[length - 1] == ',')
    return FALSE;
  while (word < length && text[word] != ' ')
    word++;
  if (above > WRAP_MOST || above + 1 + word <= WRAP_LEAST)
    return FALSE;
  return next != i + 1 || label_of_line (view, next, &after, &rest) >= 0;
}

/* Whether an unlabelled line goes on with the field of @kind above it. */
static gboolean
goes_on (const HeddleView *view, guint i, int kind, const GString *value)
{
  const HeddleLine *line = heddle_view_line (view, i);
  gsize length;
  const char *text = heddle_view_content (view, i, &length);
  if (kind == HEDDLE_WORD_DATE)
    return FALSE;
  if (line->content[0] == ' ' || line->content[0] == '\t')
    return TRUE;
  if (kind == HEDDLE_WORD_SUBJECT)
    return subject_goes_on (view, i, value);
  if (!is_people (kind) || length > LINE_MOST)
    return FALSE;
  char end = value->len > 0 ? value->str[value->len - 1] : '\0';
  if (end == ',' || end == ';')
    return TRUE;
  if (memchr (text, '@', length) != NULL && text[length - 1] != '.')
    return TRUE;
  /* A withheld or a plain name, with a label right after it. */
  guint next = heddle_view_next (view, i + 1, 2);
  const char *after;
  gsize after_length;
  return next < view->lines->len && label_of_line (view, next, &after, &after_length) >= 0;
}

/* Where every line became a paragraph, also the second line of a field did: withheld
 * people or addresses, with a label behind them that the block has not had yet. */
static gboolean
people_go_on (const HeddleView *view, guint i, int kind, const HeddleBlock *block)
{
  gsize length;
  const char *after;
  guint next = heddle_view_next (view, i + 1, 2);
  if (!is_people (kind) || next >= view->lines->len)
    return FALSE;
  int label = label_of_line (view, next, &after, &length);
  if (label < 0 || label == HEDDLE_WORD_FROM || block->values[label] != NULL)
    return FALSE;
  return names_somebody (view, i);
}

static void
append_value (GString *value, const char *text, gsize length)
{
  if (value->len + length + 1 > VALUE_MOST)
    return;
  if (value->len > 0)
    g_string_append_c (value, ' ');
  g_string_append_len (value, text, (gssize) length);
}

static void
gather (const HeddleView *view, HeddleBlock *block)
{
  int kind = -1;
  guint known = 0; /* up to here lines are known to go on with a people's field */
  guint end = MIN (view->lines->len, block->first + BLOCK_MOST);
  for (guint i = block->first; i < end; i++) {
    const char *value;
    gsize length;
    if (heddle_view_blank (view, i))
      continue;
    if (heddle_view_line (view, i)->depth != block->depth)
      return;
    int label = label_of_line (view, i, &value, &length);
    gboolean after_gap = i > block->last + 1;
    if (label >= 0) {
      if (block->values[label] != NULL && label != HEDDLE_WORD_FIELD_ELSE)
        return;
      kind = label;
      known = 0;
      if (block->values[kind] == NULL)
        block->values[kind] = g_string_new (NULL);
    } else if (kind < 0 || (after_gap && !people_go_on (view, i, kind, block))) {
      return;
    } else if (i > known && !goes_on (view, i, kind, block->values[kind])) {
      if (!is_people (kind) || !label_ahead (view, i))
        return;
      known = end;
    }
    append_value (block->values[kind], value, length);
    block->last = i;
  }
}

static const char *
style_of (const HeddleView *view, const HeddleBlock *block)
{
  gsize length, value = 0;
  const char *text = heddle_view_content (view, block->first, &length);
  if (heddle_view_line (view, block->first)->style != NULL)
    return heddle_view_line (view, block->first)->style;
  if (heddle_label_at (view->tables, text, length, &value) != HEDDLE_WORD_FROM)
    return "unknown";
  for (guint i = block->first + 1; i <= block->last; i++) {
    text = heddle_view_content (view, i, &length);
    int kind = length == 0 ? -1 : heddle_label_at (view->tables, text, length, &value);
    if (kind < 0)
      continue;
    /* Outlook says "Sent" second. For Mac and on telephones it says "Date", as others
     * do, with a long date: "Tuesday, 10 April 2018 at 15:40". */
    if (kind != HEDDLE_WORD_DATE)
      return "unknown";
    if (g_ascii_strncasecmp (text + strspn (text, "* \t_"), "date", 4) != 0)
      return "outlook";
    const char *comma = memchr (text + value, ',', length - value);
    return comma != NULL && comma - (text + value) > 5
                   && g_strstr_len (comma, (gssize) (text + length - comma), " at ") != NULL
               ? "outlook"
               : "unknown";
  }
  return "unknown";
}

static HeddleDate *
read_date (const HeddleTables *tables, const GString *value)
{
  HeddleDate *date = NULL;
  if (value == NULL || value->len == 0)
    return NULL;
  heddle_when_read (tables, value->str, value->len, &date);
  if (date != NULL)
    return date;
  date = g_new0 (HeddleDate, 1); /* a date that nobody can read is still what was written */
  date->raw = g_strndup (value->str, MIN (value->len, 200));
  if (!g_utf8_validate (date->raw, -1, NULL)) {
    const char *end;
    g_utf8_validate (date->raw, -1, &end);
    date->raw[end - date->raw] = '\0';
  }
  return date;
}

/* Whether the block says enough to be no list of words with colons. */
static gboolean
says_enough (const HeddleBlock *block, const HeddleDate *date)
{
  const GString *from = block->values[HEDDLE_WORD_FROM], *to = block->values[HEDDLE_WORD_TO];
  gboolean dated = date != NULL && date->has_local;
  gboolean subject = block->values[HEDDLE_WORD_SUBJECT] != NULL;
  if (from != NULL && (dated || (subject && to != NULL)))
    return TRUE;
  if (from != NULL && subject)
    return from->len > 0;
  if (dated)
    return subject || to != NULL;
  return from != NULL && to != NULL && strchr (from->str, '@') != NULL;
}

static void
fill_people (const HeddleTables *tables, const GString *value, GPtrArray **people)
{
  if (value == NULL)
    return;
  g_ptr_array_unref (*people);
  *people = heddle_person_read_list (tables, value->str, value->len, LIST_MOST);
}

/* "Ana Ruiz@HOST on 10/06/2000 07:44 PM": Notes gives both in one field. */
static void
read_from (const HeddleTables *tables, const GString *from, HeddleBoundary *boundary)
{
  if (from == NULL || from->len == 0)
    return;
  if (boundary->date == NULL
      && heddle_notes_divide (tables, from->str, from->len, &boundary->from, &boundary->date))
    return;
  boundary->from = heddle_person_read (tables, from->str, from->len);
}

static HeddleBoundary *
boundary_from (const HeddleView *view, HeddleBlock *block, HeddleDate *date /* full */)
{
  HeddleBoundary *boundary
      = heddle_boundary_new (block->first, block->last, style_of (view, block), "header block");
  const GString *subject = block->values[HEDDLE_WORD_SUBJECT];
  boundary->depth = block->depth;
  boundary->block = TRUE;
  boundary->date = date;
  read_from (view->tables, block->values[HEDDLE_WORD_FROM], boundary);
  fill_people (view->tables, block->values[HEDDLE_WORD_TO], &boundary->to);
  fill_people (view->tables, block->values[HEDDLE_WORD_CC], &boundary->cc);
  fill_people (view->tables, block->values[HEDDLE_WORD_BCC], &boundary->bcc);
  if (subject != NULL && subject->len > 0)
    boundary->subject = g_strdup (subject->str);
  return boundary;
}

/* "From: 1 January" with "To: 31 December" bounds a time, and "From: what we know so
 * far" is prose: neither names an author. */
static gboolean
may_have_written (const HeddlePerson *person)
{
  guint blanks = 0;
  if (person == NULL || person->address != NULL || person->redacted)
    return person != NULL;
  for (const char *p = person->name; p != NULL && *p != '\0'; p++)
    blanks += *p == ' ';
  return blanks < 4;
}

static HeddleBoundary *
labelled_at (const HeddleView *view, guint i)
{
  g_auto (HeddleBlock) block = { { NULL }, i, i, heddle_view_line (view, i)->depth };
  gather (view, &block);
  g_autoptr (HeddleDate) date = read_date (view->tables, block.values[HEDDLE_WORD_DATE]);
  if (!says_enough (&block, date))
    return NULL;
  HeddleBoundary *boundary = boundary_from (view, &block, g_steal_pointer (&date));
  const GString *from = block.values[HEDDLE_WORD_FROM];
  if (from != NULL && from->len > 0 && block.values[HEDDLE_WORD_DATE] == NULL
      && !may_have_written (boundary->from))
    g_clear_pointer (&boundary, heddle_boundary_free);
  return boundary;
}

HeddleBoundary *
heddle_block_below_notes (const HeddleView *view, guint i)
{
  g_auto (HeddleBlock) block = { { NULL }, i, i, heddle_view_line (view, i)->depth };
  gather (view, &block);
  if (block.values[HEDDLE_WORD_TO] == NULL
      || (block.values[HEDDLE_WORD_CC] == NULL && block.values[HEDDLE_WORD_SUBJECT] == NULL))
    return NULL;
  return boundary_from (view, &block,
                        read_date (view->tables, block.values[HEDDLE_WORD_DATE]));
}

HeddleBoundary *
heddle_block_at (const HeddleView *view, guint i)
{
  const char *value;
  gsize length;
  int kind = label_of_line (view, i, &value, &length);
  if (kind == HEDDLE_WORD_FIELD_ELSE)
    return NULL;
  if (kind < 0)
    return heddle_notes_at (view, i);
  /* "Re: something" opens no block. */
  if (kind == HEDDLE_WORD_SUBJECT && length > 0) {
    gsize whole;
    const char *text = heddle_view_content (view, i, &whole);
    if (g_ascii_strncasecmp (text, "re", 2) == 0)
      return NULL;
  }
  return labelled_at (view, i);
}

gboolean
heddle_trailer_at (const HeddleView *view, guint i)
{
  gsize length, covered;
  const char *text = heddle_view_content (view, i, &length);
  guint64 trailer = HEDDLE_WORD_BIT (HEDDLE_WORD_TRAILER);
  gboolean second = FALSE;
  if (heddle_words_at (view->tables->words, text, MIN (length, LABEL_MOST), trailer, &covered)
          == NULL
      || covered >= length || text[covered] != ':' || view->lines->len - i > BLOCK_MOST)
    return FALSE;
  for (guint k = i + 1; k < view->lines->len; k++) {
    text = heddle_view_content (view, k, &length);
    if (length == 0)
      continue;
    const HeddleLine *line = heddle_view_line (view, k);
    if (heddle_words_at (view->tables->words, text, MIN (length, LABEL_MOST), trailer, &covered)
        && covered < length && text[covered] == ':')
      second = TRUE;
    else if (line->content[0] != ' ' && line->content[0] != '\t'
             && !names_somebody (view, k))
      return FALSE; /* HTML does not keep the indentation */
  }
  return second;
}
