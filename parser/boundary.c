/* SPDX-License-Identifier: MIT */
/* boundary: tries the recognisers on each line, once, from the top. */
#include "parser/boundary.h"

#include "parser/order.h"
#include "parser/redaction.h"
#include "parser/style.h"

#include <string.h>

#define BETWEEN_MOST 3      /* lines between a banner and its header block */
#define GAP_MOST 8          /* blank lines there: twice those of a text where each is a paragraph */
#define ROW_LEAST 20        /* dashes of a row that closes a block */
#define LETTERHEAD_MOST 3   /* blank lines between a letterhead and the block */
#define LETTERHEAD_BYTES 60 /* of a letterhead */

HeddleBoundary *
heddle_boundary_new (guint first, guint last, const char *style, const char *rule)
{
  HeddleBoundary *boundary = g_new0 (HeddleBoundary, 1);
  boundary->first = first;
  boundary->last = last;
  boundary->style = style;
  boundary->rule = rule;
  boundary->to = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_person_free);
  boundary->cc = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_person_free);
  boundary->bcc = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_person_free);
  return boundary;
}

void
heddle_boundary_free (HeddleBoundary *boundary)
{
  if (boundary == NULL)
    return;
  heddle_person_free (boundary->from);
  g_ptr_array_unref (boundary->to);
  g_ptr_array_unref (boundary->cc);
  g_ptr_array_unref (boundary->bcc);
  g_free (boundary->subject);
  heddle_date_free (boundary->date);
  g_free (boundary->message_id);
  g_free (boundary->in_reply_to);
  g_clear_pointer (&boundary->references, g_ptr_array_unref);
  g_free (boundary);
}

const HeddleLine *
heddle_view_line (const HeddleView *view, guint i)
{
  return g_ptr_array_index (view->lines, i);
}

/* White space, and the direction marks that mailers put around what they write. */
static inline gboolean
is_blank (gunichar c)
{
  if (c < 0x80)
    return c == ' ' || c == '\t' || c == '\f';
  return c == 0xa0 || c == 0x061c || c == 0x200b || c == 0x200e || c == 0x200f
         || (c >= 0x202a && c <= 0x202f) || (c >= 0x2066 && c <= 0x2069) || c == 0x3000
         || c == 0xfeff;
}

static G_GNUC_NO_INLINE void
measure (HeddleLine *line)
{
  const char *start = line->content, *end = start + strlen (start);
  while (start < end && ((guchar) *start >= 0x80 ? is_blank (g_utf8_get_char (start))
                                                 : is_blank ((guchar) *start)))
    start = g_utf8_next_char (start);
  while (end > start && ((guchar) end[-1] >= 0x80
                             ? is_blank (g_utf8_get_char (g_utf8_prev_char (end)))
                             : is_blank ((guchar) end[-1])))
    end = (guchar) end[-1] >= 0x80 ? g_utf8_prev_char (end) : end - 1;
  line->measured = line->content;
  line->ink = start;
  line->ink_length = (gsize) (end - start);
}

const char *
heddle_view_content (const HeddleView *view, guint i, gsize *ret_length)
{
  HeddleLine *line = g_ptr_array_index (view->lines, i);
  if (line->measured != line->content) /* each recogniser asks again */
    measure (line);
  *ret_length = line->ink_length;
  return line->ink;
}

gboolean
heddle_view_blank (const HeddleView *view, guint i)
{
  gsize length;
  heddle_view_content (view, i, &length);
  return length == 0;
}

guint
heddle_view_next (const HeddleView *view, guint i, guint most)
{
  guint end = MIN (view->lines->len, i + most + 1);
  while (i < end && heddle_view_blank (view, i))
    i++;
  return i < end ? i : view->lines->len;
}

/* A row of "_" or an <hr>, as Outlook on the web draws above its header block. */
static gboolean
is_rule (const HeddleView *view, guint i)
{
  gsize length;
  const char *text = heddle_view_content (view, i, &length);
  if (heddle_view_line (view, i)->hints & HEDDLE_HINT_RULE)
    return TRUE;
  return length >= 8 && (strspn (text, "_") >= length || strspn (text, "-") >= length);
}

/* A rule that stands right above a block is part of it. */
static void
take_rule_above (const HeddleView *view, HeddleBoundary *block, guint from)
{
  guint i = block->first;
  for (guint steps = 0; i > from && steps < 3; steps++) {
    i--;
    if (heddle_view_line (view, i)->depth != block->depth)
      return;
    if (is_rule (view, i)) {
      block->first = i;
      return;
    }
    if (!heddle_view_blank (view, i))
      return;
  }
}

/* The name of the organisation, which some Notes forms print above their header block:
 * one line, indented as the block is, blank ones around it. */
static void
take_letterhead_above (const HeddleView *view, HeddleBoundary *block, guint from)
{
  guint i = block->first, steps = 0;
  gsize length;
  if (strcmp (block->style, "lotus") != 0 || heddle_view_line (view, i)->content[0] != '\t')
    return;
  while (i > from && steps++ < LETTERHEAD_MOST && heddle_view_blank (view, i - 1))
    i--;
  if (steps < 2 || i <= from)
    return;
  const char *text = heddle_view_content (view, --i, &length);
  gboolean free = i == from || heddle_view_blank (view, i - 1);
  if (!free || length > LETTERHEAD_BYTES || heddle_view_line (view, i)->content[0] != '\t'
      || strchr (",:;?!", text[length - 1]) != NULL)
    return;
  block->aside = i;
  block->asides = 1;
}

/* The block below a banner that names the author and the date itself may lack them. */
static HeddleBoundary *
block_below (const HeddleView *view, const HeddleBoundary *banner, guint i)
{
  HeddleBoundary *block = heddle_block_below_banner (view, i);
  gsize length, value;
  const char *text = heddle_view_content (view, i, &length);
  if (block == NULL && banner->date != NULL
      && heddle_label_at (view->tables, text, length, &value) == HEDDLE_WORD_TO)
    block = heddle_block_below_notes (view, i, 0);
  return block != NULL ? block : heddle_block_of_cells (view, i);
}

/* Who draws a long row above the fields may close them with one: SquirrelMail. */
static void
take_row_below (const HeddleView *view, HeddleBoundary *block)
{
  gsize length;
  guint next = block->last + 1;
  if (next >= view->lines->len || heddle_view_line (view, next)->depth != block->depth)
    return;
  const char *text = heddle_view_content (view, next, &length);
  if (length >= ROW_LEAST && strspn (text, "-") >= length)
    block->last = next;
}

/* A banner and the header block below it announce one message. */
static HeddleBoundary *
banner_with_block (const HeddleView *view, HeddleBoundary *banner)
{
  g_autoptr (HeddleBoundary) block = NULL;
  guint next = banner->last + 1, between = 0, first = 0;
  gboolean withheld = FALSE; /* the first field, label and all */
  /* Notes puts the company's name between the two. */
  guint most = strcmp (banner->style, "lotus") == 0 ? BETWEEN_MOST : 0;
  for (; block == NULL && between <= most; between++) {
    next = heddle_view_next (view, next, GAP_MOST);
    if (next >= view->lines->len)
      return banner;
    if (between == 0)
      first = next;
    block = block_below (view, banner, next);
    if (block == NULL && between == 0) /* Proton's banner stands above an attribution */
      block = heddle_attribution_at (view, next);
    if (block == NULL && between == 0 && most == 0) {
      gsize length;
      const char *text = heddle_view_content (view, next, &length);
      withheld = heddle_redaction_fills (view->tables, text, length);
      most = withheld ? 1 : 0;
    }
    next++;
  }
  if (block == NULL)
    return banner;
  if (between > 1 && !withheld) {
    block->aside = first;
    block->asides = block->first - first;
  }
  block->first = banner->first;
  block->depth = MIN (block->depth, banner->depth); /* Notes quotes the block itself too */
  block->original = banner->original;
  g_strlcat (banner->shape, block->shape, sizeof banner->shape);
  block->forward = banner->original ? heddle_style_forwards (banner->shape) : banner->forward;
  if (strncmp (banner->shape, "#2", 2) == 0)
    take_row_below (view, block);
  block->style = heddle_style_find (banner->shape);
  if (strcmp (block->style, "unknown") == 0)
    block->style = banner->style;
  block->rule = banner->rule;
  if (block->from == NULL)
    block->from = g_steal_pointer (&banner->from);
  if (block->date == NULL)
    block->date = g_steal_pointer (&banner->date);
  heddle_boundary_free (banner);
  return g_steal_pointer (&block);
}

static gboolean
same_person (const HeddlePerson *a, const HeddlePerson *b)
{
  if (a == NULL || b == NULL)
    return FALSE;
  if (a->redacted && b->redacted && a->address == NULL && b->address == NULL)
    return g_strcmp0 (a->name, b->name) == 0; /* here both name one message's author */
  if (a->address != NULL && b->address != NULL)
    return g_ascii_strcasecmp (a->address, b->address) == 0;
  return a->name != NULL && g_strcmp0 (a->name, b->name) == 0;
}

/* A day without a time is the block's: "12/8/08" may be read either way. */
static gboolean
same_day (const HeddleDate *a, const HeddleDate *b)
{
  if (a == NULL || b == NULL || !a->has_local || !b->has_local)
    return FALSE;
  return a->precision == HEDDLE_PRECISION_DAY
         || (a->local.year == b->local.year && a->local.month == b->local.month
             && a->local.day == b->local.day);
}

/* Yahoo Mail Classic writes the header block, too, below its attribution: of one message. */
static void
take_block_below (const HeddleView *view, HeddleBoundary *attribution)
{
  gsize length, value;
  guint next = heddle_view_next (view, attribution->last + 1, 1);
  if (next >= view->lines->len || attribution->shared > 0)
    return;
  const char *text = heddle_view_content (view, next, &length);
  if (heddle_label_at (view->tables, text, length, &value) != HEDDLE_WORD_FROM)
    return;
  g_autoptr (HeddleBoundary) block = heddle_block_at (view, next);
  if (block == NULL || !same_person (attribution->from, block->from)
      || !same_day (attribution->date, block->date))
    return;
  attribution->last = block->last;
  heddle_date_free (attribution->date);
  attribution->date = g_steal_pointer (&block->date);
  attribution->subject = g_steal_pointer (&block->subject);
  GPtrArray *to = attribution->to, *cc = attribution->cc;
  attribution->to = block->to;
  attribution->cc = block->cc;
  block->to = to;
  block->cc = cc;
}

static HeddleBoundary *
boundary_at (const HeddleView *view, guint i, guint from)
{
  HeddleBoundary *banner = heddle_banner_at (view, i);
  if (banner != NULL)
    banner = banner_with_block (view, banner);
  if (banner != NULL)
    return banner;
  HeddleBoundary *groupwise = heddle_groupwise_at (view, i);
  if (groupwise != NULL)
    return groupwise;
  HeddleBoundary *attribution = heddle_attribution_at (view, i);
  if (attribution != NULL) {
    take_block_below (view, attribution);
    return attribution;
  }
  HeddleBoundary *helpdesk = heddle_helpdesk_at (view, i, from);
  if (helpdesk != NULL)
    return helpdesk;
  HeddleBoundary *block = heddle_block_at (view, i);
  if (block != NULL) {
    heddle_digest_take_above (view, block, from);
    take_rule_above (view, block, from);
    take_letterhead_above (view, block, from);
  }
  return block;
}

GPtrArray *
heddle_boundaries_find (const HeddleView *view, gboolean top, HeddleBoundary **ret_top)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_boundary_free);
  guint from = 0; /* lines before this one are taken */
  if (ret_top != NULL)
    *ret_top = NULL;
  if (top) {
    guint first = heddle_view_next (view, 0, view->lines->len);
    while (first < view->lines->len && heddle_is_stamp (view, first))
      first = heddle_view_next (view, first + 1, view->lines->len);
    if (first < view->lines->len && heddle_view_line (view, first)->depth == 0) {
      HeddleBoundary *block = heddle_block_at (view, first);
      if (block != NULL) {
        from = block->last + 1;
        heddle_order_by_words (view, block);
        *ret_top = block;
      }
    }
  }
  for (guint i = from; i < view->lines->len; i++) {
    if (heddle_view_blank (view, i))
      continue;
    if (heddle_trailer_at (view, i))
      break;
    HeddleBoundary *boundary = boundary_at (view, i, from);
    if (boundary == NULL)
      continue;
    heddle_order_by_words (view, boundary);
    heddle_boundary_take_links (view, boundary);
    g_ptr_array_add (found, boundary);
    from = boundary->last + 1;
    i = boundary->last;
  }
  return found;
}
