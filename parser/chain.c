/* SPDX-License-Identifier: MIT */
/* chain: gives every line of a mail to a message, and every message its parent.
 *
 * How: one walk over the lines with, for each quote depth, the message that owns
 * text at that depth. A boundary at depth d announces a message. If the lines
 * below it are quoted deeper, the message owns depth d+1, and the author may come
 * back at depth d (answers below or between the quoted lines). If they are not, the
 * message takes over depth d for good: Outlook and documents mark nothing. Quoted
 * lines that nothing announced are a message without an author. Whoever owned the
 * place where a boundary stands answers, or forwards, the message it announces.
 */
#include "parser/chain.h"

#include "parser/answers.h"
#include "parser/assemble.h"
#include "parser/boundary.h"
#include "parser/quoting.h"
#include "parser/stack.h"
#include "parser/subject.h"
#include "parser/together.h"
#include "parser/zone.h"

#include <string.h>

#define DEPTH_MOST 64  /* deeper quotation is as deep as this */
#define LOOK_BELOW 100 /* lines below a boundary that say how deep its text stands */

#define TORN_LINES 2  /* together that wrapping tore out of a quotation */
#define TORN_BYTES 40 /* of one of them */
#define WRAP_LEAST 70 /* bytes of a line and the word that did not fit into it */

typedef struct {
  int depth; /* at which the message stands, */
  int above; /* and the one written above it there, or -1 */
} Taken;

typedef struct {
  HeddleView view;
  const HeddleLimits *limits;
  HeddleChain *chain;
  HeddleMark *marks;      /* one a line of the body; message counts within the chain */
  int owner[DEPTH_MOST + 1]; /* by depth, -1: nobody */
  GArray *taken;          /* of Taken, by message of this mail */
  int lowest[DEPTH_MOST + 1]; /* by depth: the last message that took it over, or -1 */
  guint base;             /* the mail's own message within the chain */
  int digest, entry;      /* what carries a list's digest, and its first message; -1: none */
  gboolean full;          /* limits->messages reached and said */
} Walk;

static int
depth_of (const Walk *walk, guint i)
{
  return MIN (heddle_view_line (&walk->view, i)->depth, DEPTH_MOST);
}

static HeddleMessage *
message_at (const Walk *walk, int index)
{
  return g_ptr_array_index (walk->chain->messages, index);
}

static const Taken *
taken_of (const Walk *walk, int index)
{
  return &g_array_index (walk->taken, Taken, index - (int) walk->base);
}

static int
add_message (Walk *walk, HeddleKind kind, const char *style, Taken taken)
{
  HeddleMessage *message = heddle_message_new (kind);
  message->style = g_strdup (style);
  g_ptr_array_add (walk->chain->messages, message);
  g_array_append_val (walk->taken, taken);
  return (int) walk->chain->messages->len - 1;
}

/* Who speaks at @depth: the owner of it, or of the nearest depth above. */
static int
speaker (const Walk *walk, int depth)
{
  while (depth > 0 && walk->owner[depth] < 0)
    depth--;
  return walk->owner[depth];
}

static void
own (Walk *walk, int from, int to, int message)
{
  for (int d = from; d <= DEPTH_MOST; d++)
    walk->owner[d] = d <= to ? message : -1;
}

static void
take_fields (HeddleMessage *message, HeddleBoundary *boundary)
{
  message->from = g_steal_pointer (&boundary->from);
  message->subject = g_steal_pointer (&boundary->subject);
  message->date = g_steal_pointer (&boundary->date);
  message->message_id = g_steal_pointer (&boundary->message_id);
  message->in_reply_to = g_steal_pointer (&boundary->in_reply_to);
  if (boundary->references != NULL) {
    g_ptr_array_unref (message->references);
    message->references = g_steal_pointer (&boundary->references);
  }
  GPtrArray *to = message->to, *cc = message->cc, *bcc = message->bcc;
  message->to = boundary->to;
  message->cc = boundary->cc;
  message->bcc = boundary->bcc;
  boundary->to = to;
  boundary->cc = cc;
  boundary->bcc = bcc;
}

/* How many levels deeper than the boundary the announced text stands: 0 where it is
 * not marked as a quotation. An answer may begin with what it answers, so that its
 * own text comes only after lines that stand deeper. */
static int
depth_below (const Walk *walk, const HeddleBoundary *boundary, int depth)
{
  guint i = heddle_view_next (&walk->view, boundary->last + 1, 8);
  guint end = MIN (walk->view.lines->len, i + LOOK_BELOW);
  int least = DEPTH_MOST + 1;
  for (; i < end; i++) {
    if (heddle_view_blank (&walk->view, i))
      continue;
    if (depth_of (walk, i) <= depth)
      break;
    least = MIN (least, depth_of (walk, i));
  }
  return least > DEPTH_MOST ? 0 : least - depth;
}

static gboolean
may_add (Walk *walk)
{
  if (walk->chain->messages->len < walk->limits->messages)
    return TRUE;
  if (!walk->full)
    g_ptr_array_add (walk->chain->warnings,
                     g_strdup_printf ("more than %u messages: the rest is given to the last",
                                      walk->limits->messages));
  walk->full = TRUE;
  return FALSE;
}

/* Whether @answer forwards what @from wrote. Where its subject leaves that open, it does
 * when it does not go back to @from. */
static gboolean
forwards (const HeddleMessage *answer, const HeddlePerson *from)
{
  if (!heddle_subject_may_forward (answer->subject) || from == NULL || from->address == NULL)
    return heddle_subject_is_forward (answer->subject);
  const GPtrArray *people[] = { answer->to, answer->cc };
  for (guint k = 0; k < G_N_ELEMENTS (people); k++)
    for (guint i = 0; i < people[k]->len; i++) {
      const HeddlePerson *person = g_ptr_array_index (people[k], i);
      if (person->address != NULL && g_ascii_strcasecmp (person->address, from->address) == 0)
        return FALSE;
    }
  return answer->to->len > 0;
}

/* The messages of a digest stand one below another and answer what their fields say; it is
 * the digest that carries each. */
static int
digest_at (Walk *walk, int above)
{
  if (walk->digest >= 0 && above >= walk->entry)
    return walk->digest;
  walk->digest = above;
  walk->entry = (int) walk->chain->messages->len;
  return above;
}

/* The list's program wrote what stands above its first message. */
static void
hush_digest (const Walk *walk)
{
  HeddleMessage *digest = walk->digest >= 0 ? message_at (walk, walk->digest) : NULL;
  if (digest == NULL || digest->automatic != HEDDLE_AUTOMATIC_LIST)
    return;
  g_ptr_array_set_size (digest->actions, 0);
  g_ptr_array_set_size (digest->dates, 0);
}

static void
enter (Walk *walk, HeddleBoundary *boundary)
{
  int depth = MIN (boundary->depth, DEPTH_MOST);
  int above = speaker (walk, depth);
  if (boundary->digest)
    above = digest_at (walk, above);
  int below = depth_below (walk, boundary, depth);
  HeddleMessage *answer = message_at (walk, above);
  /* abv.bg and telephones answer with the banner that Mozilla forwards with. */
  gboolean answers = boundary->original && heddle_subject_is_answer (answer->subject);
  gboolean forward = (boundary->forward && !answers)
                     || (boundary->block && forwards (answer, boundary->from));
  int index = add_message (walk, forward ? HEDDLE_KIND_FORWARD : HEDDLE_KIND_REPLY,
                           boundary->style,
                           (Taken){ MIN (depth + below, DEPTH_MOST), below == 0 ? above : -1 });
  take_fields (message_at (walk, index), boundary);
  if (answer->parent < 0)
    answer->parent = index;
  walk->lowest[taken_of (walk, index)->depth] = index;
  if (below == 0)
    own (walk, depth, depth, index);
  else
    own (walk, depth + 1, MIN (depth + below, DEPTH_MOST), index);
  for (guint i = boundary->first; i <= boundary->last; i++) {
    gboolean blank = heddle_view_blank (&walk->view, i);
    walk->marks[i] = (HeddleMark){ .zone = blank ? HEDDLE_ZONE_BLANK : HEDDLE_ZONE_HEADER,
                                   .message = index,
                                   .rule = boundary->rule };
  }
  for (guint i = boundary->aside; i < boundary->aside + boundary->asides; i++)
    if (!heddle_view_blank (&walk->view, i))
      walk->marks[i] = (HeddleMark){ HEDDLE_ZONE_OTHER, -1, "letterhead of a form" };
  if (boundary->shared > 0) {
    HeddleLine *line = g_ptr_array_index (walk->view.lines, boundary->last);
    line->content += boundary->shared;
    walk->marks[boundary->last].zone = HEDDLE_ZONE_BODY;
  }
}

/* Text at a depth that nobody owns: somebody is quoted, and not named. */
static int
enter_unnamed (Walk *walk, int depth)
{
  int above = speaker (walk, depth);
  if (!may_add (walk))
    return above;
  int index = add_message (walk, HEDDLE_KIND_REPLY, "unknown", (Taken){ depth, -1 });
  if (message_at (walk, above)->parent < 0)
    message_at (walk, above)->parent = index;
  walk->owner[depth] = index;
  return index;
}

/* How many lines from @i on a mailer's wrapping tore out of the quotation around them, so
 * that their mark was lost: few words between two lines of one depth, the first of which
 * is full and ends no sentence. */
static guint
torn_out (const Walk *walk, guint i)
{
  guint n = 0, most = MIN (walk->view.lines->len, i + TORN_LINES + 1);
  gsize length, word;
  if (i == 0 || walk->marks[i - 1].zone != HEDDLE_ZONE_BODY)
    return 0;
  int depth = depth_of (walk, i - 1);
  if (depth_of (walk, i) >= depth)
    return 0;
  const char *above = heddle_view_content (&walk->view, i - 1, &length);
  if (length == 0 || strchr (".?!:;", above[length - 1]) != NULL)
    return 0;
  const char *text = heddle_view_content (&walk->view, i, &length);
  for (word = 0; word < length && text[word] != ' ';)
    word++;
  if (strlen (heddle_view_line (&walk->view, i - 1)->text) + 1 + word < WRAP_LEAST)
    return 0;
  for (; i < most && !heddle_view_blank (&walk->view, i); i++, n++) {
    if (depth_of (walk, i) == depth)
      return n;
    heddle_view_content (&walk->view, i, &length);
    if (depth_of (walk, i) > depth || length > TORN_BYTES)
      return 0;
  }
  return 0;
}

/* OpenPGP's own lines are nobody's; what they hide is @message's. */
static void
read_armour (Walk *walk, guint i, int message)
{
  guint hints = heddle_view_line (&walk->view, i)->hints;
  if (hints & HEDDLE_HINT_SECRET)
    message_at (walk, message)->encrypted = TRUE;
  if (hints & HEDDLE_HINT_ARMOUR)
    walk->marks[i] = (HeddleMark){ HEDDLE_ZONE_OTHER, -1, .rule = "OpenPGP's armour" };
}

static void
walk_lines (Walk *walk, GPtrArray *boundaries, guint from)
{
  guint b = 0;
  for (guint i = from; i < walk->view.lines->len; i++) {
    HeddleBoundary *boundary = b < boundaries->len ? g_ptr_array_index (boundaries, b) : NULL;
    if (boundary != NULL && boundary->first == i) {
      b++;
      if (may_add (walk)) {
        enter (walk, boundary);
        i = boundary->last;
        continue;
      }
    }
    int depth = depth_of (walk, i);
    HeddleMark *mark = &walk->marks[i];
    guint torn = torn_out (walk, i);
    if (torn > 0) {
      for (guint n = 0; n < torn; n++)
        mark[n] = (HeddleMark){ .zone = HEDDLE_ZONE_BODY, .message = mark[-1].message };
      i += torn - 1;
    } else if (heddle_view_blank (&walk->view, i)) {
      *mark = (HeddleMark){ .zone = HEDDLE_ZONE_BLANK, .message = speaker (walk, depth) };
    } else if (heddle_trailer_at (&walk->view, i)) {
      for (; i < walk->view.lines->len; i++)
        walk->marks[i] = (HeddleMark){ .zone = heddle_view_blank (&walk->view, i) ? HEDDLE_ZONE_BLANK
                                                                                  : HEDDLE_ZONE_OTHER,
                                       .message = -1,
                                       .rule = "trailer of a released document" };
    } else {
      int message = walk->owner[depth];
      if (message < 0)
        message = enter_unnamed (walk, depth);
      *mark = (HeddleMark){ .zone = HEDDLE_ZONE_BODY, .message = message };
      read_armour (walk, i, message);
    }
  }
}

static GPtrArray *
lines_by_message (const Walk *walk)
{
  guint n = walk->chain->messages->len - walk->base;
  GPtrArray *lists = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  for (guint m = 0; m < n; m++)
    g_ptr_array_add (lists, g_array_new (FALSE, FALSE, sizeof (guint)));
  for (guint i = 0; i < walk->view.lines->len; i++) {
    const HeddleMark *mark = &walk->marks[i];
    if (mark->message >= (int) walk->base && mark->zone != HEDDLE_ZONE_HEADER)
      g_array_append_val (g_ptr_array_index (lists, mark->message - (int) walk->base), i);
  }
  return lists;
}

static void
mark_zones (const Walk *walk)
{
  g_autoptr (GPtrArray) lists = lines_by_message (walk);
  g_autoptr (HeddleZoneNames) names = heddle_zone_names_new (walk->chain->messages);
  for (guint m = 0; m < lists->len; m++)
    heddle_zones_mark (&walk->view, g_ptr_array_index (lists, m),
                       message_at (walk, (int) (walk->base + m))->from, names, walk->marks);
}

/* Messages one below another at the same depth, @last the lowest. */
static void
share_stack (const Walk *walk, guint last)
{
  g_autoptr (GArray) outward = g_array_new (FALSE, FALSE, sizeof (guint));
  int depth = taken_of (walk, (int) last)->depth;
  for (int m = taken_of (walk, (int) last)->above; m >= 0; m = taken_of (walk, m)->above) {
    guint index = (guint) m;
    if (taken_of (walk, m)->depth != depth)
      break; /* who quotes all of them signed above them */
    g_array_append_val (outward, index);
  }
  heddle_stack_share (&walk->view, last, outward, walk->chain->messages, walk->marks);
}

/* A pile of signatures stands below the lowest message of each depth that is not
 * quoted deeper: the whole mail's, or the whole of what a mark of quotation is
 * before. */
static void
share_stacks (const Walk *walk)
{
  for (int d = 0; d <= DEPTH_MOST; d++)
    if (walk->lowest[d] >= 0)
      share_stack (walk, (guint) walk->lowest[d]);
}

static void
mark_stamps (const Walk *walk)
{
  for (guint i = 0; i < walk->view.lines->len; i++) {
    HeddleZone zone = walk->marks[i].zone;
    gboolean above = walk->marks[i].message == (int) walk->base && zone == HEDDLE_ZONE_HEADER;
    if ((zone == HEDDLE_ZONE_BODY || above) && heddle_is_stamp (&walk->view, i))
      walk->marks[i] = (HeddleMark){ .zone = HEDDLE_ZONE_OTHER, .message = -1,
                                     .rule = "stamp of a released page" };
  }
}

static void
build_body (const HeddleTables *tables, HeddleMail *mail, gboolean top, const HeddleLimits *limits,
            HeddleChain *chain)
{
  const HeddleMessage *received = g_ptr_array_index (chain->messages, chain->messages->len - 1);
  if (heddle_together_part (tables, mail->body, received->subject))
    heddle_warn (chain->warnings, "Lines that were run together into one are read apart.");
  Walk walk = { { tables, mail->body->lines, mail->body->html }, limits, chain };
  guint n = mail->body->lines->len, from = 0;
  HeddleBoundary *head = NULL;
  const Taken first = { 0, -1 };
  walk.base = chain->messages->len - 1;
  walk.digest = walk.entry = -1;
  walk.marks = g_new0 (HeddleMark, n + 1);
  walk.taken = g_array_new (FALSE, FALSE, sizeof (Taken));
  g_array_append_val (walk.taken, first);
  for (int d = 0; d <= DEPTH_MOST; d++)
    walk.lowest[d] = -1;
  walk.lowest[0] = (int) walk.base;
  own (&walk, 0, 0, (int) walk.base);
  if (!mail->body->html)
    heddle_quoting_read (&walk.view);
  g_autoptr (GPtrArray) boundaries = heddle_boundaries_find (&walk.view, top, &head);
  if (head != NULL) {
    take_fields (message_at (&walk, (int) walk.base), head);
    from = head->last + 1;
    for (guint i = 0; i < from; i++)
      walk.marks[i]
          = (HeddleMark){ .zone = heddle_view_blank (&walk.view, i) ? HEDDLE_ZONE_BLANK
                                                                    : HEDDLE_ZONE_HEADER,
                          .message = (int) walk.base,
                          .rule = "header block at the top of the document" };
    heddle_boundary_free (head);
  }
  walk_lines (&walk, boundaries, from);
  mark_stamps (&walk);
  heddle_answers_give (&walk.view, walk.marks, walk.base, chain->messages);
  mark_zones (&walk);
  share_stacks (&walk);
  heddle_assemble (&walk.view, walk.marks, walk.base, limits, chain);
  hush_digest (&walk);
  g_array_unref (walk.taken);
  g_free (walk.marks);
}

/* The boundary below @head is of the client that wrote @head. */
static void
name_client (const HeddleAgent *agent, const HeddleMessage *head, HeddleChain *chain)
{
  if (head->parent < 0 || (guint) head->parent >= chain->messages->len)
    return;
  HeddleMessage *below = g_ptr_array_index (chain->messages, head->parent);
  const char *style = heddle_agent_style (agent, below->style);
  if (style != below->style) {
    g_free (below->style);
    below->style = g_strdup (style);
  }
}

void
heddle_chain_build (const HeddleTables *tables, HeddleMail *mail, gboolean text_document,
                    const HeddleLimits *limits, HeddleChain *chain)
{
  guint index = chain->messages->len;
  HeddleMessage *head = g_steal_pointer (&mail->head);
  if (index > 0)
    head->kind = HEDDLE_KIND_ATTACHED;
  if (index > 0 && head->style == NULL)
    head->style = g_strdup ("unknown");
  g_ptr_array_add (chain->messages, head);
  heddle_answers_part (tables, mail->body);
  build_body (tables, mail, text_document, limits, chain);
  name_client (mail->agent, head, chain);
  for (guint k = 0; k < mail->nested->len && chain->messages->len < limits->messages; k++) {
    if (head->parent < 0)
      head->parent = (int) chain->messages->len;
    heddle_chain_build (tables, g_ptr_array_index (mail->nested, k), FALSE, limits, chain);
  }
}
