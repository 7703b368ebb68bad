/* SPDX-License-Identifier: MIT */
/* groupwise: ">>> Ana Ruiz <ana@example.org> 04/10/18 3:40 PM >>>", as GroupWise writes it
 * above the text that it quotes without marks, and since version 8
 * ">>> On 4/10/2018 at 3:40 PM, in message <…>, Ana Ruiz <ana@example.org> wrote:".
 *
 * The marks are no quotation, though they look like three levels of it; they are taken
 * off again. A mailer may have wrapped the line.
 */
#include "parser/boundary.h"
#include "parser/ids.h"

#include <string.h>

#define MARKS 3
#define JOIN_MOST 4     /* lines */
#define LENGTH_MOST 400 /* bytes of them */

/* Behind ">>> ", when that is how the line begins beneath the marks of quotation. */
static const char *
behind_marks (const HeddleLine *line)
{
  gsize length = strlen (line->text);
  const char *p = line->content;
  if (line->depth < MARKS || length < 12)
    return NULL;
  while (p > line->text && p[-1] == ' ')
    p--;
  return p - line->text >= MARKS && memcmp (p - MARKS, ">>>", MARKS) == 0 && *p == ' ' ? p : NULL;
}

static const char *
trim_end (const char *start, const char *end)
{
  while (end > start && (end[-1] == ' ' || end[-1] == '\t'))
    end--;
  return end;
}

/* The lines joined until they end in ">>>" or in "wrote:". */
static GString *
join (const HeddleView *view, guint i, guint *ret_last, gboolean *ret_closed)
{
  g_autoptr (GString) text = g_string_new (NULL);
  int depth = heddle_view_line (view, i)->depth;
  for (guint k = i; k < view->lines->len && k < i + JOIN_MOST; k++) {
    gsize length;
    const char *line = heddle_view_content (view, k, &length);
    /* The closing marks alone on a line are empty quotation. */
    gboolean closing = k > i && length == 0
                       && heddle_view_line (view, k)->depth >= MARKS;
    if ((length == 0 && !closing) || text->len + length > LENGTH_MOST
        || (k > i && !closing && heddle_view_line (view, k)->depth > depth - MARKS))
      return NULL;
    if (text->len > 0 && length > 0)
      g_string_append_c (text, ' ');
    g_string_append_len (text, line, (gssize) length);
    gboolean marks = length >= MARKS && memcmp (line + length - MARKS, ">>>", MARKS) == 0;
    *ret_last = k;
    *ret_closed = closing || marks;
    if (marks)
      g_string_truncate (text, text->len - MARKS);
    if (*ret_closed || line[length - 1] == ':') {
      g_string_truncate (text, (gsize) (trim_end (text->str, text->str + text->len) - text->str));
      return g_steal_pointer (&text);
    }
  }
  return NULL;
}

/* "On DATE, in message <…>, PERSON wrote:" */
static gboolean
read_long (const HeddleTables *tables, const char *text, HeddlePerson **ret_person,
           HeddleDate **ret_date, char **ret_id)
{
  gsize length = strlen (text), covered = 0;
  if (heddle_words_at (tables->words, text, length, HEDDLE_WORD_BIT (HEDDLE_WORD_ON), &covered)
      == NULL)
    return FALSE;
  const char *p = text + covered + strspn (text + covered, " ");
  p += heddle_when_read (tables, p, strlen (p), ret_date);
  const char *id = strchr (p, '<'), *close = id != NULL ? strchr (id, '>') : NULL;
  /* The message-id; an address has the verb behind it, as in any other attribution. */
  if (*ret_date == NULL || close == NULL || close[1] != ',')
    return FALSE;
  p = close + 2;
  const char *end = text + length - 1, *word;
  for (word = end; word > p; word--)
    if (word[-1] == ' '
        && heddle_words_at (tables->words, word, (gsize) (end - word),
                            HEDDLE_WORD_BIT (HEDDLE_WORD_WROTE), &covered)
               != NULL
        && word + covered == end)
      break;
  if (word <= p)
    return FALSE;
  p += strspn (p, " ,");
  *ret_person = word > p ? heddle_person_read (tables, p, (gsize) (word - p)) : NULL;
  g_autofree char *name = g_strndup (id, (gsize) (close + 1 - id));
  *ret_id = heddle_ids_first (name);
  return TRUE;
}

HeddleBoundary *
heddle_groupwise_at (const HeddleView *view, guint i)
{
  HeddleLine *line = g_ptr_array_index (view->lines, i);
  g_autoptr (HeddlePerson) person = NULL;
  g_autoptr (HeddleDate) date = NULL;
  g_autofree char *id = NULL;
  gboolean closed = FALSE;
  guint last = i;
  if (behind_marks (line) == NULL)
    return NULL;
  g_autoptr (GString) text = join (view, i, &last, &closed);
  if (text == NULL)
    return NULL;
  gboolean read = closed ? heddle_notes_divide (view->tables, text->str, text->len, &person, &date)
                         : read_long (view->tables, text->str, &person, &date, &id);
  if (!read || person == NULL)
    return NULL;
  HeddleBoundary *boundary = heddle_boundary_new (i, last, "groupwise", "GroupWise's line");
  line->depth -= MARKS;
  boundary->depth = line->depth;
  boundary->block = TRUE;
  boundary->from = g_steal_pointer (&person);
  boundary->date = g_steal_pointer (&date);
  boundary->message_id = g_steal_pointer (&id);
  return boundary;
}
