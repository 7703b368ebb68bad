/* SPDX-License-Identifier: MIT */
/* block: a header block inside a body: "From: … Sent: … To: … Subject: …".
 *
 * How: fields.c gathers the labelled lines. They are a boundary only if they say enough:
 * who and when, who and about what, or when and about what. Right below a banner the
 * author and the date suffice, and cc:Mail's "Author:" is as good as "From:". A whole
 * header of a mail as it travels may begin with any of its fields ("Received:").
 *
 * What Notes writes above "To:" without labels, notes.c reads.
 */
#include "parser/fields.h"
#include "parser/ids.h"
#include "parser/redaction.h"
#include "parser/style.h"

#include <string.h>

#define LIST_MOST 200 /* people in a field */

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

/* Notes leaves the author and the date out of what was never sent; its paths tell such a
 * block from words with colons. */
static gboolean
is_unsent (const HeddleFields *block)
{
  const GString *to = block->values[HEDDLE_WORD_TO];
  const char *slash = to != NULL ? strchr (to->str, '/') : NULL;
  return slash != NULL && strchr (slash, '@') != NULL && block->values[HEDDLE_WORD_CC] != NULL
         && block->values[HEDDLE_WORD_SUBJECT] != NULL && strstr (to->str, "//") == NULL;
}

/* Whether the block says enough to be no list of words with colons. */
static gboolean
says_enough (const HeddleFields *block, const HeddleDate *date)
{
  const GString *from = block->values[HEDDLE_WORD_FROM], *to = block->values[HEDDLE_WORD_TO];
  gboolean dated = date != NULL && date->has_local;
  gboolean subject = block->values[HEDDLE_WORD_SUBJECT] != NULL;
  if (from != NULL && g_str_has_suffix (from->str, ",")) /* "From: sender," is code */
    return FALSE;
  /* "From: 10:00", and below it "To: 11:30" */
  if (from != NULL && !dated && g_ascii_isdigit (*from->str) && strchr (from->str, '@') == NULL)
    return FALSE;
  /* "From: Berlin, To: Paris, Date: 10 April": a mail's date has a time of day. */
  gboolean journey = dated && date->precision == HEDDLE_PRECISION_DAY
                     && (from == NULL || strpbrk (from->str, "@([<\"") == NULL);
  if (from != NULL && ((dated && !journey) || (subject && to != NULL)))
    return TRUE;
  if (from != NULL && subject)
    return from->len > 0;
  if (dated)
    return subject || (to != NULL && !journey);
  if (from == NULL && is_unsent (block))
    return TRUE;
  return from != NULL && to != NULL && strchr (from->str, '@') != NULL;
}

static guint
words_of (const char *text, gsize length)
{
  guint words = 0;
  for (gsize i = 0; i < length; i++)
    words += text[i] != ' ' && (i == 0 || text[i - 1] == ' ');
  return words;
}

/* Whether a mark of what was withheld stands for a whole person on a side of @comma: beside
 * a whole name, or beside another mark. */
static gboolean
parts_withheld (const HeddleTables *tables, const GString *value, const char *comma, guint before,
                guint after)
{
  const char *rest = comma + 1 + strspn (comma + 1, " ");
  gsize length = (gsize) (comma - value->str);
  while (length > 0 && value->str[length - 1] == ' ')
    length--;
  gboolean first = heddle_redaction_fills (tables, value->str, length);
  gboolean second = heddle_redaction_fills (tables, rest, strlen (rest));
  return (first && second) || (first && after > 1) || (second && before > 1);
}

/* Outlook parts people by ";" and writes "Ruiz, Ana" without quotation marks. A lone
 * comma in its field is such a name's, unless a whole name stands on either side. */
static gboolean
one_turned_name (const HeddleTables *tables, const GString *value)
{
  const char *comma = strchr (value->str, ',');
  if (comma == NULL || strpbrk (value->str, ";@/<\"") != NULL || strchr (comma + 1, ',') != NULL)
    return FALSE;
  guint before = words_of (value->str, (gsize) (comma - value->str));
  guint after = words_of (comma + 1, strlen (comma + 1));
  return before > 0 && after > 0 && before + after <= 6 && (before == 1 || after == 1)
         && !parts_withheld (tables, value, comma, before, after);
}

/* Who writes "From: Ruiz, Ana" writes the other fields so. */
static gboolean
from_is_turned (const HeddleTables *tables, const HeddleFields *block)
{
  const GString *from = block->values[HEDDLE_WORD_FROM];
  return from != NULL && one_turned_name (tables, from);
}

static void
fill_people (const HeddleTables *tables, const GString *value, gboolean outlook,
             GPtrArray **people)
{
  if (value == NULL)
    return;
  g_ptr_array_unref (*people);
  *people = NULL;
  if (outlook && one_turned_name (tables, value)) {
    HeddlePerson *person = heddle_person_read (tables, value->str, value->len);
    *people = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_person_free);
    if (person != NULL)
      g_ptr_array_add (*people, person);
  }
  if (*people == NULL)
    *people = heddle_person_read_list (tables, value->str, value->len, LIST_MOST);
}

/* "Ana Ruiz@HOST on 10/06/2000 07:44 PM": Notes gives both in one field. cc:Mail names
 * the post office behind its people: "Ana Ruiz at HELPLINE". */
static void
read_from (const HeddleTables *tables, const HeddleFields *block, HeddleBoundary *boundary)
{
  const GString *from = block->values[HEDDLE_WORD_FROM];
  if (from == NULL || from->len == 0)
    return;
  if (boundary->date == NULL
      && heddle_notes_divide (tables, from->str, from->len, &boundary->from, &boundary->date)) {
    if (strcmp (boundary->style, "unknown") == 0)
      boundary->style = "lotus";
    return;
  }
  const char *office = block->author ? strstr (from->str, " at ") : NULL;
  gsize length = office != NULL ? (gsize) (office - from->str) : from->len;
  boundary->from = heddle_person_read (tables, from->str, length);
  if (boundary->from != NULL && office != NULL) {
    g_free (boundary->from->raw);
    boundary->from->raw = g_strdup (from->str);
  }
}

/* "Ana Ruiz/HELP/ORG@ORG" */
static gboolean
is_lotus_path (const GString *value)
{
  const char *slash = value != NULL ? strchr (value->str, '/') : NULL;
  return slash != NULL && slash > value->str && g_ascii_isalpha (slash[-1])
         && g_ascii_isalpha (slash[1]) && strpbrk (value->str, "<:\"") == NULL;
}

static void
take_ids (HeddleFields *block, HeddleBoundary *boundary)
{
  const GString *self = block->ids[HEDDLE_NAMING_SELF];
  const GString *answers = block->ids[HEDDLE_NAMING_ANSWERS];
  const GString *thread = block->ids[HEDDLE_NAMING_THREAD];

  boundary->message_id = self != NULL ? heddle_ids_first (self->str) : NULL;
  boundary->in_reply_to = answers != NULL ? heddle_ids_first (answers->str) : NULL;
  if (thread != NULL) {
    boundary->references = g_ptr_array_new_with_free_func (g_free);
    heddle_ids_read (thread->str, boundary->references);
  }
}

static HeddleBoundary *
boundary_from (const HeddleView *view, HeddleFields *block, HeddleDate *date /* full */)
{
  HeddleBoundary *boundary
      = heddle_boundary_new (block->first, block->last, "unknown", "header block");
  heddle_style_block (view, block->first, block->last, block->author, boundary->shape);
  boundary->style = heddle_style_find (boundary->shape);
  const char *marked = heddle_view_line (view, block->first)->style;
  if (marked != NULL && strcmp (boundary->style, "unknown") == 0)
    boundary->style = marked; /* others draw Outlook's line too */
  const GString *subject = block->values[HEDDLE_WORD_SUBJECT];
  boundary->depth = block->depth;
  boundary->block = TRUE;
  boundary->date = date;
  read_from (view->tables, block, boundary);
  const GString *from = block->values[HEDDLE_WORD_FROM];
  if (strcmp (boundary->style, "unknown") == 0
      && is_lotus_path (from != NULL ? from : block->values[HEDDLE_WORD_TO]))
    boundary->style = "lotus";
  gboolean outlook = strcmp (boundary->style, "outlook") == 0
                     || from_is_turned (view->tables, block);
  fill_people (view->tables, block->values[HEDDLE_WORD_TO], outlook, &boundary->to);
  fill_people (view->tables, block->values[HEDDLE_WORD_CC], outlook, &boundary->cc);
  GString *bcc = block->values[HEDDLE_WORD_BCC];
  if (bcc != NULL && g_str_has_suffix (bcc->str, ")") && strchr (bcc->str, '(') == NULL)
    g_string_truncate (bcc, bcc->len - 1); /* it stood in brackets behind "cc:" */
  fill_people (view->tables, bcc, outlook, &boundary->bcc);
  if (subject != NULL && subject->len > 0)
    boundary->subject = g_strdup (subject->str);
  take_ids (block, boundary);
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

/* Notes' "From: Ana Ruiz on 04/10/2018 03:40 PM" without a field more. */
static gboolean
author_and_date (const HeddleView *view, const HeddleFields *block)
{
  g_autoptr (HeddlePerson) person = NULL;
  g_autoptr (HeddleDate) date = NULL;
  const GString *from = block->values[HEDDLE_WORD_FROM];
  return from != NULL && from->len > 0
         && heddle_notes_divide (view->tables, from->str, from->len, &person, &date)
         && person != NULL;
}

static HeddleBoundary *
labelled_at (const HeddleView *view, guint i, gboolean banner)
{
  g_auto (HeddleFields) block = { 0 };
  heddle_fields_gather (view, i, 0, &block);
  g_autoptr (HeddleDate) date = read_date (view->tables, block.values[HEDDLE_WORD_DATE]);
  if ((block.author && !banner)
      || (!says_enough (&block, date) && !(banner && author_and_date (view, &block))))
    return NULL;
  HeddleBoundary *boundary = boundary_from (view, &block, g_steal_pointer (&date));
  const GString *from = block.values[HEDDLE_WORD_FROM];
  if (from != NULL && from->len > 0 && block.values[HEDDLE_WORD_DATE] == NULL
      && !may_have_written (boundary->from))
    g_clear_pointer (&boundary, heddle_boundary_free);
  return boundary;
}

HeddleBoundary *
heddle_block_below_notes (const HeddleView *view, guint i, gsize offset)
{
  g_auto (HeddleFields) block = { 0 };
  heddle_fields_gather (view, i, offset, &block);
  if (block.values[HEDDLE_WORD_TO] == NULL
      || (block.values[HEDDLE_WORD_CC] == NULL && block.values[HEDDLE_WORD_SUBJECT] == NULL))
    return NULL;
  return boundary_from (view, &block,
                        read_date (view->tables, block.values[HEDDLE_WORD_DATE]));
}

/* Only the first of such lines is asked, or a log of them would cost its square. */
static gboolean
begins_raw (const HeddleView *view, guint i)
{
  gsize length = 0;
  const char *above = i > 0 ? heddle_view_content (view, i - 1, &length) : NULL;
  return length == 0 || heddle_view_line (view, i - 1)->depth != heddle_view_line (view, i)->depth
         || !heddle_fields_is_raw (above, length);
}

static HeddleBoundary *
block_at (const HeddleView *view, guint i, gboolean banner)
{
  const char *value;
  gsize length;
  int kind = heddle_fields_label (view, i, 0, &value, &length);
  if (kind < 0 || kind == HEDDLE_WORD_FIELD_ELSE) {
    gsize whole;
    const char *text = heddle_view_content (view, i, &whole);
    if (heddle_fields_is_raw (text, whole) && begins_raw (view, i))
      return labelled_at (view, i, banner);
    return kind < 0 ? heddle_notes_at (view, i, banner) : NULL;
  }
  /* "Re: something" opens no block. */
  if (kind == HEDDLE_WORD_SUBJECT && length > 0) {
    gsize whole;
    const char *text = heddle_view_content (view, i, &whole);
    if (g_ascii_strncasecmp (text, "re", 2) == 0)
      return NULL;
  }
  return labelled_at (view, i, banner);
}

HeddleBoundary *
heddle_block_at (const HeddleView *view, guint i)
{
  return block_at (view, i, FALSE);
}

HeddleBoundary *
heddle_block_below_banner (const HeddleView *view, guint i)
{
  return block_at (view, i, TRUE);
}

HeddleBoundary *
heddle_block_of_cells (const HeddleView *view, guint i)
{
  g_auto (HeddleFields) block = { 0 };
  if (!heddle_cells_gather (view, i, &block))
    return NULL;
  return boundary_from (view, &block,
                        read_date (view->tables, block.values[HEDDLE_WORD_DATE]));
}
