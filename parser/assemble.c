/* SPDX-License-Identifier: MIT */
/* assemble: see assemble.h. A message's text is made of its lines of greeting, body
 * and sign-off, with the blank lines between them; quote marks and soft breaks
 * (RFC 3676) are undone, and a map from bytes to lines is kept for the facts.
 */
#include "parser/assemble.h"

#include <string.h>

typedef struct {
  GString *text, *greeting, *signoff, *signature, *named;
  GArray *map;   /* of HeddleTextLine */
  GArray *links; /* of HeddleTextLink */
  guint blanks;  /* blank lines that wait for more text */
  guint last;    /* number of the last line of text, 0: none */
  gboolean soft; /* the line before goes on with the next */
  gboolean gap;  /* something was left out since the last line of text */
} Draft;

static Draft *
draft_new (void)
{
  Draft *draft = g_new0 (Draft, 1);
  draft->text = g_string_new (NULL);
  draft->greeting = g_string_new (NULL);
  draft->signoff = g_string_new (NULL);
  draft->signature = g_string_new (NULL);
  draft->named = g_string_new (NULL);
  draft->map = g_array_new (FALSE, FALSE, sizeof (HeddleTextLine));
  draft->links = g_array_new (FALSE, FALSE, sizeof (HeddleTextLink));
  return draft;
}

static void
draft_free (Draft *draft)
{
  if (draft->text != NULL)
    g_string_free (draft->text, TRUE);
  g_string_free (draft->greeting, TRUE);
  g_string_free (draft->signoff, TRUE);
  g_string_free (draft->signature, TRUE);
  g_string_free (draft->named, TRUE);
  g_array_unref (draft->map);
  g_array_unref (draft->links);
  g_free (draft);
}

static void
add_span (HeddleMessage *message, guint line)
{
  guint n = message->spans->len;
  if (n > 0 && g_array_index (message->spans, HeddleSpan, n - 1).last + 1 == line) {
    g_array_index (message->spans, HeddleSpan, n - 1).last = line;
    return;
  }
  HeddleSpan span = { line, line };
  g_array_append_val (message->spans, span);
}

static gsize
trimmed_length (const char *content)
{
  gsize length = strlen (content);
  while (length > 0 && strchr (" \t\r\f", content[length - 1]) != NULL)
    length--;
  return length;
}

static void
add_links (Draft *draft, const HeddleLine *line, gsize offset, gsize length)
{
  for (guint k = 0; line->links != NULL && k < line->links->len; k++) {
    const HeddleLink *link = &g_array_index (line->links, HeddleLink, k);
    if (link->end > length || link->start > link->end)
      continue;
    HeddleTextLink made = { offset + link->start, offset + link->end, link->href };
    g_array_append_val (draft->links, made);
  }
}

static void
break_line (Draft *draft)
{
  if (draft->text->len == 0)
    return;
  if (draft->soft && draft->blanks == 0)
    return;
  /* Where a line was left out, the blank lines on both its sides are one gap. */
  guint blanks = draft->gap ? MIN (draft->blanks, 1) : draft->blanks;
  for (guint k = 0; k <= blanks; k++)
    g_string_append_c (draft->text, '\n');
}

static void
add_text (Draft *draft, HeddleMessage *message, const HeddleLine *line, guint number)
{
  break_line (draft);
  /* Blank lines between two lines of text are text too, unless others wrote between. */
  if (draft->last > 0 && draft->last + draft->blanks + 1 == number)
    for (guint k = draft->last + 1; k < number; k++)
      add_span (message, k);
  gsize offset = draft->text->len;
  gsize length = line->soft ? strlen (line->content) : trimmed_length (line->content);
  HeddleTextLine place = { offset, number };
  g_array_append_val (draft->map, place);
  g_string_append_len (draft->text, line->content, (gssize) length);
  add_links (draft, line, offset, length);
  add_span (message, number);
  draft->last = number;
  draft->soft = line->soft;
  draft->blanks = 0;
  draft->gap = FALSE;
}

static void
add_line (GString *to, const char *content)
{
  gsize lead = strspn (content, " \t");
  if (to->len > 0)
    g_string_append_c (to, '\n');
  g_string_append_len (to, content + lead, (gssize) (trimmed_length (content + lead)));
}

/* "- report.doc" is a name in brackets for those who read names. */
static void
add_named (GString *to, const char *content)
{
  const char *text = content + strspn (content, " \t");
  g_autofree char *name = NULL;
  if (g_str_has_prefix (text, "- "))
    name = g_strdup_printf ("<%.*s>", (int) trimmed_length (text + 2), text + 2);
  add_line (to, name != NULL ? name : content);
}

/* A greeting or sign-off that shares its line with text. */
static void
add_shared (Draft *draft, const HeddleView *view, guint i, const HeddleMark *mark)
{
  gsize length;
  const char *text = heddle_view_content (view, i, &length);
  if (draft->greeting->len == 0)
    g_string_append_len (draft->greeting, text, MIN (mark->greeting, length));
  if (draft->signoff->len == 0 && mark->signoff <= length)
    g_string_append_len (draft->signoff, text + length - mark->signoff, mark->signoff);
}

static void
take_line (Draft *draft, HeddleMessage *message, const HeddleView *view, guint i,
           const HeddleMark *mark, guint base_line)
{
  const HeddleLine *line = heddle_view_line (view, i);
  guint number = base_line + i + 1;
  switch (mark->zone) {
  case HEDDLE_ZONE_BLANK:
    draft->blanks++;
    draft->soft = FALSE;
    break;
  case HEDDLE_ZONE_GREETING:
  case HEDDLE_ZONE_BODY:
  case HEDDLE_ZONE_SIGNOFF:
    if (mark->zone == HEDDLE_ZONE_SIGNOFF && heddle_is_signature_dashes (view, i)) {
      draft->gap = TRUE;
      break;
    }
    add_text (draft, message, line, number);
    if (mark->zone == HEDDLE_ZONE_GREETING)
      add_line (draft->greeting, line->content);
    if (mark->zone == HEDDLE_ZONE_SIGNOFF)
      add_line (draft->signoff, line->content);
    if (mark->greeting > 0 || mark->signoff > 0)
      add_shared (draft, view, i, mark);
    break;
  case HEDDLE_ZONE_SIGNATURE:
    if (!heddle_is_signature_dashes (view, i))
      add_line (draft->signature, line->content);
    draft->gap = TRUE;
    break;
  case HEDDLE_ZONE_MARKING:
    g_ptr_array_add (message->markings, g_strstrip (g_strdup (line->content)));
    draft->gap = TRUE;
    break;
  case HEDDLE_ZONE_ATTACHMENT:
    add_named (draft->named, line->content);
    draft->gap = TRUE;
    break;
  case HEDDLE_ZONE_HEADER:
  case HEDDLE_ZONE_OTHER:
    break;
  }
}

static char *
or_null (const GString *text)
{
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

static void
finish (Draft *draft, HeddleMessage *message, const HeddleView *view,
        const HeddleLimits *limits, GPtrArray *warnings)
{
  HeddleTextMap map = { draft->map, draft->links, view->html };
  g_free (message->text);
  message->text = g_string_free (g_steal_pointer (&draft->text), FALSE);
  message->greeting = or_null (draft->greeting);
  message->signoff = or_null (draft->signoff);
  message->signature = or_null (draft->signature);
  heddle_facts_fill (view->tables, message, &map, draft->named->len > 0 ? draft->named->str : NULL,
                     limits, warnings);
}

/* A large body is held once: its lines move to the chain, and what was read of them
 * has been copied. */
static void
add_chain_line (HeddleChain *chain, HeddleLine *line, const HeddleMark *mark)
{
  HeddleChainLine *made = g_new0 (HeddleChainLine, 1);
  made->text = g_steal_pointer (&line->text);
  line->content = "";
  made->zone = mark->zone;
  made->message = mark->message;
  made->depth = line->depth;
  made->rule = mark->rule;
  g_ptr_array_add (chain->lines, made);
}

void
heddle_assemble (const HeddleView *view, const HeddleMark *marks, guint base,
                 const HeddleLimits *limits, HeddleChain *chain)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) draft_free);
  guint base_line = chain->lines->len;
  for (guint m = base; m < chain->messages->len; m++)
    g_ptr_array_add (drafts, draft_new ());
  int current = -1;
  for (guint i = 0; i < view->lines->len; i++) {
    int message = marks[i].message;
    if (message < 0 && current >= (int) base) /* a stamp between its lines, say */
      ((Draft *) g_ptr_array_index (drafts, current - (int) base))->gap = TRUE;
    current = message >= 0 ? message : current;
    if (message >= (int) base)
      take_line (g_ptr_array_index (drafts, message - (int) base),
                 g_ptr_array_index (chain->messages, message), view, i, &marks[i], base_line);
  }
  for (guint i = 0; i < view->lines->len; i++)
    add_chain_line (chain, g_ptr_array_index (view->lines, i), &marks[i]);
  for (guint m = base; m < chain->messages->len; m++)
    finish (g_ptr_array_index (drafts, m - base), g_ptr_array_index (chain->messages, m),
            view, limits, chain->warnings);
}
