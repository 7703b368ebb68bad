/* SPDX-License-Identifier: MIT */
/* cells: the fields of a header block in the cells of a table, without colons:
 *
 *   | From | Ana Ruiz<ana@example.org> |
 *   | Date | 04/10/2018 15:40 |
 *
 * NetEase's Mail Master draws it below its banner; what made text of its HTML leaves out the
 * outer bars, or parts the cells by a tab. A cell with many people goes on over lines until
 * its bar, or as long as they end with a comma.
 *
 * Only right below a banner: a table of any other text may have such words in it.
 */
#include "parser/fields.h"

#include <string.h>

#define ROWS_MOST 40    /* lines of the table */
#define LABEL_MOST 40   /* bytes of a label */
#define VALUE_MOST 8192 /* bytes of one field's value, the rest is passed over */

#define LABELS                                                                                 \
  (HEDDLE_WORD_BIT (HEDDLE_WORD_FROM) | HEDDLE_WORD_BIT (HEDDLE_WORD_TO)                       \
   | HEDDLE_WORD_BIT (HEDDLE_WORD_CC) | HEDDLE_WORD_BIT (HEDDLE_WORD_BCC)                      \
   | HEDDLE_WORD_BIT (HEDDLE_WORD_SUBJECT) | HEDDLE_WORD_BIT (HEDDLE_WORD_DATE))

static gsize
blanks_at (const char *text, gsize length)
{
  gsize n = 0;
  while (n < length && (text[n] == ' ' || text[n] == '\t'))
    n++;
  return n;
}

/* The kind of the field whose label stands in the first cell of a line, -1 for none;
 * @ret_value: where its second cell begins. */
static int
label_at (const HeddleView *view, const char *text, gsize length, gsize *ret_value)
{
  gsize at = length > 0 && *text == '|' ? 1 : 0, covered;
  at += blanks_at (text + at, length - at);
  const HeddleWord *word = heddle_words_at (view->tables->words, text + at,
                                            MIN (length - at, LABEL_MOST), LABELS, &covered);
  if (word == NULL)
    return -1;
  at += covered;
  gsize gap = blanks_at (text + at, length - at);
  gboolean tab = memchr (text + at, '\t', gap) != NULL;
  at += gap;
  if (at < length && text[at] == '|')
    at++;
  else if (!tab)
    return -1;
  *ret_value = at + blanks_at (text + at, length - at);
  return (int)word->kind;
}

/* People are parted by the ideographic comma. */
static void
append (GString *value, const char *text, gsize length)
{
  if (value->len + length + 2 > VALUE_MOST)
    return;
  if (value->len > 0)
    g_string_append_c (value, ' ');
  gsize start = value->len;
  g_string_append_len (value, text, (gssize)length);
  for (char *comma; (comma = strstr (value->str + start, "\xe3\x80\x81")) != NULL;) {
    gsize at = (gsize)(comma - value->str);
    g_string_erase (value, (gssize)at, 2);
    value->str[at] = ',';
    start = at + 1;
  }
}

gboolean
heddle_cells_gather (const HeddleView *view, guint i, HeddleFields *fields)
{
  guint end = MIN (view->lines->len, i + ROWS_MOST);
  gboolean bars = FALSE, open = FALSE;
  int kind = -1;
  fields->first = fields->last = i;
  fields->depth = heddle_view_line (view, i)->depth;
  for (; i < end; i++) {
    gsize length, value = 0;
    const char *text = heddle_view_content (view, i, &length);
    if (length == 0 || heddle_view_line (view, i)->depth != fields->depth)
      break;
    int label = label_at (view, text, length, &value);
    if (label >= 0 && fields->values[label] != NULL)
      break;
    if (label >= 0) {
      kind = label;
      bars = *text == '|';
      fields->values[kind] = g_string_new (NULL);
    } else if (!open) {
      break;
    }
    text += value;
    length -= value;
    gboolean closed = length > 0 && text[length - 1] == '|';
    if (closed)
      length--;
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t'))
      length--;
    append (fields->values[kind], text, length);
    open = bars ? !closed : length > 0 && text[length - 1] == ',';
    fields->last = i;
  }
  return fields->values[HEDDLE_WORD_FROM] != NULL && fields->values[HEDDLE_WORD_DATE] != NULL;
}
