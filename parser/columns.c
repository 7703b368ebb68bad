/* SPDX-License-Identifier: MIT */
/* columns: Lotus Notes' header in two columns, made plain text:
 *
 *                     "Ana Ruiz"
 *                     <ana.ruiz@exam        To:     "Sam Okoro"
 *     <sam@example.org>
 *                     ple.org>              cc:
 *                                           Subject:     Case
 *                     04/10/2018
 *                     03:40 PM
 *
 * The left one holds the author, "Sent by:" and the date, broken at its width even
 * within an address; the right one the fields. A line that begins left of both is the
 * rest of the line above, wrapped by a mailer.
 *
 * How: "To:" behind a gap, in one of a few indented lines, gives the right column. Its
 * text becomes lines of their own, which are read as any block.
 */
#include "parser/boundary.h"

#include <string.h>

#define INDENT_LEAST 8 /* blanks before the left column */
#define TO_MOST 8      /* lines from the first one to "To:" */
#define ROWS_MOST 60   /* lines of the whole */
#define LEFT_MOST 400  /* bytes of the left column, joined */

typedef struct {
  gsize left, right; /* bytes of content before each column */
  guint last;
  GString *author; /* the left column, joined */
  HeddleBody *fields;
} Table;

static gsize
indent_of (const char *text)
{
  return strspn (text, " ");
}

/* Where "To:" stands in @text behind its indentation, 0 if nowhere. */
static gsize
to_column (const HeddleTables *tables, const char *text)
{
  gsize length = strlen (text), value;
  for (gsize i = INDENT_LEAST; i + 2 < length && i < 120; i++)
    if (text[i - 1] == ' ' && text[i] != ' '
        && heddle_label_at (tables, text + i, length - i, &value) == HEDDLE_WORD_TO)
      return text[i - 2] == ' ' ? i : 0;
  return 0;
}

static gboolean
find_columns (const HeddleView *view, guint i, Table *table)
{
  guint end = MIN (view->lines->len, i + TO_MOST);
  table->left = indent_of (heddle_view_line (view, i)->content);
  for (guint k = i; k < end; k++) {
    const char *text = heddle_view_line (view, k)->content;
    if (indent_of (text) < table->left || heddle_view_blank (view, k))
      return FALSE;
    table->right = to_column (view->tables, text);
    if (table->right > table->left + 4)
      return TRUE;
  }
  return FALSE;
}

/* A column's end may stand within an address: no blank belongs there then. */
static gboolean
within_address (const GString *text)
{
  const char *open = strrchr (text->str, '<');
  if (open != NULL && strchr (open, '>') == NULL)
    return TRUE;
  const char *word = strrchr (text->str, ' ');
  return text->len > 0 && strchr (".@-_", text->str[text->len - 1]) != NULL
         && strchr (word != NULL ? word : text->str, '@') != NULL;
}

static void
take_left (Table *table, const char *text, gsize length)
{
  while (length > 0 && *text == ' ')
    text++, length--;
  while (length > 0 && text[length - 1] == ' ')
    length--;
  if (length == 0 || table->author->len + length > LEFT_MOST)
    return;
  if (table->author->len > 0 && !within_address (table->author))
    g_string_append_c (table->author, ' ');
  g_string_append_len (table->author, text, (gssize) length);
}

/* The right column's lines; what goes on with a field is indented. FALSE at a second
 * "To:", where another block begins. */
static gboolean
take_right (const HeddleTables *tables, Table *table, const char *text)
{
  gsize value, length;
  text += indent_of (text);
  length = strlen (text);
  if (length == 0)
    return TRUE;
  int label = heddle_label_at (tables, text, length, &value);
  if (label == HEDDLE_WORD_TO && table->fields->lines->len > 0)
    return FALSE;
  heddle_body_append (table->fields, g_strconcat (label >= 0 ? "" : " ", text, NULL));
  return TRUE;
}

static void
take_rows (const HeddleView *view, guint i, Table *table)
{
  guint end = MIN (view->lines->len, i + ROWS_MOST);
  gboolean fields = FALSE; /* the right column has begun */
  for (guint k = i; k < end && !heddle_view_blank (view, k); k++) {
    const char *text = heddle_view_line (view, k)->content;
    gsize length = strlen (text), indent = indent_of (text);
    if (indent < table->left && !fields)
      return;
    if (indent < table->left || indent + 2 >= table->right) {
      if (!take_right (view->tables, table, text))
        return;
      fields = TRUE;
    } else {
      gsize at = MIN (length, table->right);
      /* The columns' widths are not kept where the left one holds wide characters. */
      if (at < length && (text[at - 1] != ' ' || ((guchar) text[at] & 0xc0) == 0x80))
        return;
      take_left (table, text, at);
      if (!take_right (view->tables, table, text + at))
        return;
      fields = fields || at < length;
    }
    table->last = k;
  }
}

/* Cut @text where "Sent by:" or "Please respond to" begins; the date may stand behind
 * it, so that the rest is looked at too. */
static void
read_left (const HeddleTables *tables, const GString *text, HeddlePerson **ret_person,
           HeddleDate **ret_date)
{
  const char *end = text->str + text->len, *name_end = end;
  for (const char *p = text->str; p < end; p++) {
    if (p > text->str && p[-1] != ' ')
      continue;
    gsize rest = (gsize) (end - p), value;
    if (name_end == end && heddle_label_at (tables, p, rest, &value) == HEDDLE_WORD_FIELD_ELSE)
      name_end = p;
    if (heddle_words_at (tables->words, p, rest, HEDDLE_WORD_BIT (HEDDLE_WORD_REPLY_TO), NULL))
      end = p;
  }
  name_end = MIN (name_end, end);
  while (end > text->str && end[-1] == ' ')
    end--;
  if (!heddle_notes_divide (tables, text->str, (gsize) (end - text->str), ret_person, ret_date)
      || name_end >= end)
    return;
  g_clear_pointer (ret_person, heddle_person_free);
  *ret_person = heddle_person_read (tables, text->str, (gsize) (name_end - text->str));
}

HeddleBoundary *
heddle_columns_at (const HeddleView *view, guint i)
{
  Table table = { 0 };
  HeddleBoundary *block = NULL;
  if (indent_of (heddle_view_line (view, i)->content) < INDENT_LEAST
      || !find_columns (view, i, &table))
    return NULL;
  g_autoptr (GString) author = table.author = g_string_new (NULL);
  g_autoptr (HeddleBody) fields = table.fields = heddle_body_new ();
  g_autoptr (HeddlePerson) person = NULL;
  g_autoptr (HeddleDate) date = NULL;
  take_rows (view, i, &table);
  read_left (view->tables, author, &person, &date);
  HeddleView lines = { view->tables, fields->lines };
  if (date != NULL && fields->lines->len > 0)
    block = heddle_block_below_notes (&lines, 0, 0);
  if (block == NULL)
    return NULL;
  block->first = i;
  block->last = table.last;
  block->depth = heddle_view_line (view, i)->depth;
  block->style = "lotus";
  block->rule = "header block in two columns";
  block->from = g_steal_pointer (&person);
  block->date = g_steal_pointer (&date);
  return block;
}
