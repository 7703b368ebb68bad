/* SPDX-License-Identifier: MIT */
/* notes: Lotus Notes writes above the text of a mail
 *
 *     Ana Ruiz                      Ana Ruiz@CASES on 04/10/2018 03:40 PM
 *     04/10/2018 03:40 PM           To: Sam Okoro/HELP/ORG@ORG
 *     To: Sam Okoro/HELP/ORG@ORG    cc:
 *     cc:                           Subject: Case
 *     Subject: Case
 *
 * with no label before the author and the date, sometimes a company's name above,
 * "Sent by:" or "Please respond to" between. Such lines are a boundary only when a
 * date stands among them and "To:" follows within a few lines.
 */
#include "parser/boundary.h"

#include <string.h>

#define ABOVE_MOST 8  /* lines from the author to "To:" */
#define LINE_MOST 160 /* bytes of one */

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
  const char *end = text + length, *digit = end;
  /* The date begins with the first digit behind a gap, of which there are few. */
  for (const char *p = text; p < end; p++) {
    gboolean gap = p == text || p[-1] == ' ' || p[-1] == '\t';
    if (!gap || !g_ascii_isdigit (*p))
      continue;
    digit = p;
    break;
  }
  if (digit == end || !date_to_the_end (tables, digit, end, ret_date))
    return FALSE;
  const char *name_end = digit;
  while (name_end > text && strchr (" \t", name_end[-1]) != NULL)
    name_end--;
  if (name_end - text > 3 && memcmp (name_end - 3, " on", 3) == 0)
    name_end -= 3;
  *ret_person = name_end > text ? heddle_person_read (tables, text, (gsize) (name_end - text)) : NULL;
  return TRUE;
}

/* The lines above "To:", read. */
typedef struct {
  HeddlePerson *person;
  HeddleDate *date;
  guint to; /* the line of the first label */
} Above;

/* One line above "To:" that is no label: FALSE if it cannot stand there. */
static gboolean
read_line (const HeddleView *view, const char *text, gsize length, Above *above)
{
  HeddlePerson *person = NULL;
  if (above->date != NULL)
    return heddle_words_at (view->tables->words, text, length,
                            HEDDLE_WORD_BIT (HEDDLE_WORD_REPLY_TO), NULL) != NULL;
  if (heddle_notes_divide (view->tables, text, length, &person, &above->date)) {
    if (person != NULL) {
      heddle_person_free (above->person);
      above->person = person;
    }
    return TRUE;
  }
  if (above->person != NULL || strchr (".:,?!", text[length - 1]) != NULL)
    return FALSE;
  above->person = heddle_person_read (view->tables, text, length);
  return above->person != NULL;
}

/* Author and date stand together; only between the date and "To:" there may be blank
 * lines. */
static gboolean
read_above (const HeddleView *view, guint i, Above *above)
{
  int depth = heddle_view_line (view, i)->depth;
  for (guint k = i; k < view->lines->len && k < i + ABOVE_MOST; k++) {
    gsize length, value;
    const char *text = heddle_view_content (view, k, &length);
    if (length == 0 && above->date == NULL)
      return FALSE;
    if (length == 0)
      continue;
    if (length > LINE_MOST || heddle_view_line (view, k)->depth != depth)
      return FALSE;
    int label = heddle_label_at (view->tables, text, length, &value);
    if (label == HEDDLE_WORD_TO) {
      above->to = k;
      return above->date != NULL;
    }
    if (label == HEDDLE_WORD_FROM || (label < 0 && !read_line (view, text, length, above)))
      return FALSE;
  }
  return FALSE;
}

HeddleBoundary *
heddle_notes_at (const HeddleView *view, guint i)
{
  Above above = { NULL };
  HeddleBoundary *block = NULL;
  if (read_above (view, i, &above))
    block = heddle_block_below_notes (view, above.to);
  if (block != NULL) {
    block->first = i;
    block->style = "lotus";
    block->rule = "header block without labels";
    if (block->date == NULL)
      block->date = g_steal_pointer (&above.date);
    if (block->from == NULL)
      block->from = g_steal_pointer (&above.person);
  }
  heddle_person_free (above.person);
  heddle_date_free (above.date);
  return block;
}
