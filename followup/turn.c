/* SPDX-License-Identifier: MIT */
/* Turns: a thread's messages in the order in which people spoke.
 *
 * The order is the thread's, but a parent is pulled before its answer: quoted clocks
 * without a zone may be hours off, an answer never precedes what it answers.
 *
 * Whom a message speaks to: those in To; where the document shows no recipients (a
 * quoted mail under an attribution line), the author of the message it answers; and
 * if the greeting calls somebody among all of them by name, that one alone.
 *
 * A mail that one of us sends to the inbox, to hand a thread over, is a note to
 * Heddle, no move in the conversation.
 */
#include "followup/turn.h"

#include "followup/courtesy.h"
#include "followup/words.h"

#define HEARD_MAX 32
#define WRITERS_MAX 16
#define GREETING_BYTES 256

typedef struct {
  const HeddlePolicy *policy;
  HeddleSides *sides;
  const HeddleThread *thread;
  HeddleTime now;
  HeddleTurn **of_message; /* by index of the message; NULL until it was placed */
  GHashTable *authors;     /* set: HeddleSide.person of all who wrote */
  GArray *writers;         /* of HeddleAddressee: each of them once, if not too many */
  GPtrArray *turns;
} Builder;

static void
turn_free (gpointer data)
{
  HeddleTurn *turn = data;

  g_array_unref (turn->to);
  g_array_unref (turn->heard);
  g_free (turn);
}

gboolean
heddle_addressees_have (const GArray *addressees, HeddleSideKind kind)
{
  for (guint i = 0; i < addressees->len; i++)
    if (g_array_index (addressees, HeddleAddressee, i).side->kind == kind)
      return TRUE;
  return FALSE;
}

/* A clock without a zone is taken to hang on our wall. */
static HeddleTime
time_of (const Builder *builder, const HeddleDate *date)
{
  HeddleDay day;
  int seconds;

  if (date == NULL)
    return HEDDLE_TIME_NONE;
  if (date->has_utc)
    return date->utc;
  if (!date->has_local || !heddle_day_from_wall (&date->local, &day))
    return HEDDLE_TIME_NONE;
  seconds = date->local.hour * 3600 + date->local.minute * 60 + date->local.second;
  if (date->has_offset)
    return day * 86400 + seconds - date->offset * 60;
  return heddle_day_clock (heddle_policy_workdays (builder->policy, NULL)->zone, day, seconds);
}

static gboolean
in_range (HeddleTime time)
{
  /* 1971 to 9998: what day counting can do. */
  return time >= 365 * G_GINT64_CONSTANT (86400) && time < 2932000 * G_GINT64_CONSTANT (86400);
}

/* --- whom it speaks to ----------------------------------------------------------- */

static void
add_person (const Builder *builder, GArray *list, const HeddlePerson *person)
{
  HeddleAddressee addressee = { person, heddle_sides_of (builder->sides, person) };

  if (list->len < HEARD_MAX && addressee.side->kind != HEDDLE_SIDE_NOBODY)
    g_array_append_val (list, addressee);
}

static void
add_persons (const Builder *builder, GArray *list, const GPtrArray *persons)
{
  for (guint i = 0; i < MIN (persons->len, HEARD_MAX); i++)
    add_person (builder, list, g_ptr_array_index (persons, i));
}

static const HeddleTurn *
parent_of (const Builder *builder, const HeddleNode *node)
{
  return node->parent < 0 || (guint)node->parent >= builder->thread->messages->len
             ? NULL
             : builder->of_message[node->parent];
}

static gboolean
same_person (const HeddleSide *a, const HeddleSide *b)
{
  return a->kind == b->kind && a->kind != HEDDLE_SIDE_WITHHELD && a->kind != HEDDLE_SIDE_NOBODY
         && g_str_equal (a->person, b->person);
}

/* Who wrote what @turn answers; where its author went on after their own mail, whom
 * that one spoke to. */
static void
infer_addressees (const Builder *builder, HeddleTurn *turn)
{
  const HeddleTurn *parent = parent_of (builder, turn->node);

  turn->inferred = TRUE;
  if (parent == NULL)
    return;
  if (same_person (parent->author, turn->author))
    g_array_append_vals (turn->to, parent->to->data, parent->to->len);
  else
    add_person (builder, turn->to, parent->message->from);
}

/* Those of @pool whom @greeting calls, somebody withheld once (transfer full). */
static GArray *
find_called (const char *greeting, const GArray *pool)
{
  GArray *called = g_array_new (FALSE, FALSE, sizeof (HeddleAddressee));
  g_autoptr (GPtrArray) words = heddle_words (greeting, GREETING_BYTES);
  gboolean withheld = heddle_side_greets_withheld (greeting);

  for (guint i = 0; greeting != NULL && i < pool->len; i++) {
    HeddleAddressee one = g_array_index (pool, HeddleAddressee, i);
    gboolean is_withheld = one.side->kind == HEDDLE_SIDE_WITHHELD;

    if (is_withheld ? withheld : heddle_side_is_greeted (words, one.person))
      g_array_append_val (called, one);
    withheld = withheld && !is_withheld;
  }
  return called;
}

/* The greeting says who is meant: among those that hear it, or, where no header
 * names anybody, among all who wrote in this thread. */
static void
narrow_by_greeting (const Builder *builder, HeddleTurn *turn)
{
  g_autoptr (GArray) called = find_called (turn->message->greeting, turn->heard);
  gboolean named = !turn->inferred
                   && (heddle_addressees_have (turn->to, HEDDLE_SIDE_US)
                       || heddle_addressees_have (turn->to, HEDDLE_SIDE_OTHER));

  if (called->len == 0 && !named) {
    g_array_unref (called);
    called = find_called (turn->message->greeting, builder->writers);
    g_array_append_vals (turn->heard, called->data, called->len);
  }
  if (called->len > 0) {
    g_array_unref (turn->to);
    turn->to = g_steal_pointer (&called);
  }
}

static void
find_addressees (const Builder *builder, HeddleTurn *turn, gboolean received)
{
  const HeddleMessage *message = turn->message;
  const HeddleTurn *parent = parent_of (builder, turn->node);

  add_persons (builder, turn->to, message->to);
  if (message->to->len + message->cc->len == 0 && !received)
    infer_addressees (builder, turn);
  g_array_append_vals (turn->heard, turn->to->data, turn->to->len);
  add_persons (builder, turn->heard, message->cc);
  if (parent != NULL && turn->inferred && same_person (parent->author, turn->author))
    g_array_append_vals (
        turn->heard, parent->heard->data,
        MIN (parent->heard->len, HEARD_MAX - MIN (HEARD_MAX, turn->heard->len)));
  narrow_by_greeting (builder, turn);
}

/* --- does it count --------------------------------------------------------------- */

/* Written by one of us, and to nobody who is a person in this thread. */
static gboolean
is_note (const Builder *builder, const HeddleTurn *turn)
{
  if (turn->author->kind != HEDDLE_SIDE_US || turn->inferred || turn->heard->len == 0)
    return FALSE;
  for (guint i = 0; i < turn->heard->len; i++) {
    const HeddleSide *side = g_array_index (turn->heard, HeddleAddressee, i).side;

    if (side->kind != HEDDLE_SIDE_US
        || (!side->inbox
            && (side->config != NULL
                || g_hash_table_contains (builder->authors, side->person))))
      return FALSE;
  }
  return TRUE;
}

static void
place (Builder *builder, guint index)
{
  const HeddleNode *node = g_ptr_array_index (builder->thread->messages, index);
  HeddleTurn *turn = g_new0 (HeddleTurn, 1);
  gboolean received = FALSE;

  turn->index = index;
  turn->node = node;
  turn->message = node->message;
  turn->time = time_of (builder, node->message->date);
  if (turn->time != HEDDLE_TIME_NONE && !in_range (turn->time))
    turn->time = HEDDLE_TIME_NONE;
  turn->author = heddle_sides_of (builder->sides, node->message->from);
  turn->to = g_array_new (FALSE, FALSE, sizeof (HeddleAddressee));
  turn->heard = g_array_new (FALSE, FALSE, sizeof (HeddleAddressee));
  for (guint i = 0; i < node->evidence->len; i++)
    received |= ((const HeddleEvidence *)g_ptr_array_index (node->evidence, i))->received;
  find_addressees (builder, turn, received);
  turn->counts = node->message->automatic == HEDDLE_AUTOMATIC_NO
                 && node->message->kind != HEDDLE_KIND_MISSING
                 && (turn->time == HEDDLE_TIME_NONE || turn->time <= builder->now)
                 && !is_note (builder, turn);
  turn->speaks = turn->counts && heddle_says_something (builder->sides, node->message);
  builder->of_message[index] = turn;
  g_ptr_array_add (builder->turns, turn);
}

/* Place @index after all its ancestors. Each message is walked over once: a chain
 * that meets one that was placed, or meets itself, stops there. */
static void
place_family (Builder *builder, guint index, GArray *stack, gboolean *seen)
{
  const GPtrArray *messages = builder->thread->messages;

  g_array_set_size (stack, 0);
  for (guint at = index; !seen[at];) {
    const HeddleNode *node = g_ptr_array_index (messages, at);

    seen[at] = TRUE;
    g_array_append_val (stack, at);
    if (node->parent < 0 || (guint)node->parent >= messages->len)
      break;
    at = (guint)node->parent;
  }
  for (guint i = stack->len; i > 0; i--)
    place (builder, g_array_index (stack, guint, i - 1));
}

GPtrArray *
heddle_turns_new (const HeddlePolicy *policy, HeddleSides *sides, const HeddleThread *thread,
                  HeddleTime now)
{
  guint count = thread->messages->len;
  g_autofree HeddleTurn **of_message = g_new0 (HeddleTurn *, count + 1);
  g_autofree gboolean *seen = g_new0 (gboolean, count + 1);
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) authors = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) writers = g_array_new (FALSE, FALSE, sizeof (HeddleAddressee));
  Builder builder = { policy, sides, thread, now, of_message, authors, writers, NULL };

  builder.turns = g_ptr_array_new_with_free_func (turn_free);
  for (guint i = 0; i < count; i++) {
    const HeddleNode *node = g_ptr_array_index (thread->messages, i);

    HeddleAddressee writer
        = { node->message->from, heddle_sides_of (sides, node->message->from) };

    if (g_hash_table_add (authors, (gpointer)writer.side->person) && writers->len < WRITERS_MAX
        && (writer.side->kind == HEDDLE_SIDE_US || writer.side->kind == HEDDLE_SIDE_OTHER))
      g_array_append_val (writers, writer);
  }
  for (guint i = 0; i < count; i++)
    place_family (&builder, i, stack, seen);
  return builder.turns;
}
