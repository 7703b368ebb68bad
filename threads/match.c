/* SPDX-License-Identifier: MIT */
/* threads/match: are two pieces of evidence the same message?
 *
 * Three relations are weighed: who wrote, when, and what. How much of them is
 * enough depends on why the two were laid side by side at all (HeddleGround):
 *
 *   the same Message-ID     the texts agree, or one has none and nothing else speaks
 *                           against it. A Message-ID alone proves nothing: anybody
 *                           can write one.
 *   a key of text           a long text that is the same: nothing may speak against
 *                           it. A shorter one, or one that was cut or blacked out:
 *                           the clock as well, and where the hours differ the author,
 *                           or half as much text again.
 *   what one message        there is only one such message, so either author or clock
 *   answers                 is enough beside the text, and both of them without it
 *                           (an answer may quote a line or two).
 *   an answer to one        there may be many such ("Thanks!"), so the clock must agree.
 *   message
 *
 * A withheld author is unknown: compatible with everybody, proof of nothing. */
#include "threads/match.h"

#include <string.h>

/* --- authors ------------------------------------------------------------------ */

gboolean
heddle_name_within (const char *few, const char *many)
{
  while (*few) {
    gsize length = strcspn (few, " "), other;

    for (;;) {
      other = strcspn (many, " ");
      if (other == length && memcmp (few, many, length) == 0)
        break;
      if (!many[other])
        return FALSE;
      many += other + 1;
    }
    few += length + (few[length] ? 1 : 0);
  }
  return TRUE;
}

HeddleAuthorRelation
heddle_author_compare (const HeddleAuthor *a, const HeddleAuthor *b)
{
  gboolean weak = a->weak || b->weak, same;

  if (a->address && b->address && strcmp (a->address, b->address) == 0)
    return HEDDLE_AUTHOR_SAME;
  same = a->name && b->name && strcmp (a->name, b->name) == 0;
  if (a->address && b->address) {
    /* One person's two addresses, perhaps: a gateway may have rewritten it. */
    gboolean full = same && !weak && strchr (a->name, ' ');
    return full ? HEDDLE_AUTHOR_UNKNOWN : HEDDLE_AUTHOR_DIFFERENT;
  }
  if (same)
    return HEDDLE_AUTHOR_SAME;
  if (!a->name || !b->name || weak)
    return HEDDLE_AUTHOR_UNKNOWN;
  return heddle_name_within (a->name, b->name) || heddle_name_within (b->name, a->name)
             ? HEDDLE_AUTHOR_UNKNOWN
             : HEDDLE_AUTHOR_DIFFERENT;
}

void
heddle_author_join (HeddleAuthor *into, const HeddleAuthor *other)
{
  if (!into->address)
    into->address = other->address;
  if (!other->name)
    return;
  if (!into->name || (into->weak && !other->weak)
      || (into->weak == other->weak && strlen (other->name) > strlen (into->name))) {
    into->name = other->name;
    into->weak = other->weak;
  }
}

/* --- the verdict ---------------------------------------------------------------- */

static gboolean
disjoint (const HeddleTraitSet *a, const HeddleTraitSet *b)
{
  guint i = 0, j = 0;

  if (a->n == 0 || b->n == 0 || !a->whole || !b->whole)
    return FALSE;
  while (i < a->n && j < b->n) {
    if (a->hashes[i] == b->hashes[j])
      return FALSE;
    if (a->hashes[i] < b->hashes[j])
      i++;
    else
      j++;
  }
  return TRUE;
}

/* One text sent to several people, each greeted by name, is several messages;
 * so is a form letter about two cases. */
static gboolean
addressed_apart (const HeddleTraits *a, const HeddleTraits *b)
{
  return disjoint (&a->recipients, &b->recipients) || disjoint (&a->cases, &b->cases)
         || (a->print.greeting && b->print.greeting && a->print.greeting != b->print.greeting);
}

typedef struct {
  HeddleTextRelation text;
  HeddleAuthorRelation author;
  HeddleClockRelation clock;
  guint letters; /* of the shorter text */
} Weighed;

static gboolean
match_message_id (const Weighed *w)
{
  switch (w->text) {
  case HEDDLE_TEXT_SAME:
  case HEDDLE_TEXT_PARTIAL:
    /* A list may put its own address in From. */
    return w->author != HEDDLE_AUTHOR_DIFFERENT || w->clock == HEDDLE_CLOCK_SAME;
  case HEDDLE_TEXT_UNKNOWN:
    return w->author != HEDDLE_AUTHOR_DIFFERENT && w->clock != HEDDLE_CLOCK_DIFFERENT;
  case HEDDLE_TEXT_DIFFERENT:
  default:
    return FALSE;
  }
}

static gboolean
match_text (const Weighed *w)
{
  gboolean dated = w->clock == HEDDLE_CLOCK_SAME
                   || (w->clock == HEDDLE_CLOCK_ZONE && w->author == HEDDLE_AUTHOR_SAME);

  if (w->text == HEDDLE_TEXT_SAME)
    return w->letters >= HEDDLE_FINGERPRINT_LONG
           || (w->letters >= HEDDLE_FINGERPRINT_SHORT && dated);
  if (w->text != HEDDLE_TEXT_PARTIAL)
    return FALSE;
  /* The author of a released copy is often withheld, and its hours are those of
   * whoever released it: much text must then speak for him. */
  return (dated && w->letters >= HEDDLE_FINGERPRINT_LONG)
         || (w->clock == HEDDLE_CLOCK_ZONE && 2 * w->letters >= 3 * HEDDLE_FINGERPRINT_LONG);
}

static gboolean
match_answered (const Weighed *w)
{
  gboolean dated = w->clock >= HEDDLE_CLOCK_ZONE, named = w->author == HEDDLE_AUTHOR_SAME;

  if (w->text == HEDDLE_TEXT_SAME)
    return dated || named || w->letters >= HEDDLE_FINGERPRINT_SHORT;
  if (w->text == HEDDLE_TEXT_PARTIAL)
    return dated || named || w->letters >= HEDDLE_FINGERPRINT_LONG;
  return dated && named;
}

static gboolean
match_answer (const Weighed *w)
{
  gboolean dated = w->clock >= HEDDLE_CLOCK_ZONE, named = w->author == HEDDLE_AUTHOR_SAME;

  if (w->text == HEDDLE_TEXT_SAME)
    return dated || (named && w->letters >= HEDDLE_FINGERPRINT_LONG);
  return w->text != HEDDLE_TEXT_DIFFERENT && dated && named;
}

/* Letters of texts that are looked at themselves: they are compared again and again. */
#define LOOKED_AT 20000u

/* By their fingerprints; the texts themselves are looked at where one withholds more. */
static HeddleTextRelation
compare_texts (const HeddleTraits *a, const HeddleTraits *b)
{
  HeddleTextRelation relation = heddle_fingerprint_compare (&a->print, &b->print);

  if (relation != HEDDLE_TEXT_DIFFERENT || a->print.redactions == b->print.redactions
      || MAX (a->print.letters, b->print.letters) > LOOKED_AT)
    return relation;
  const HeddleTraits *open = a->print.redactions < b->print.redactions ? a : b;
  return heddle_fingerprint_uncovers (open->message->text, (open == a ? b : a)->message->text)
             ? HEDDLE_TEXT_PARTIAL
             : relation;
}

gboolean
heddle_match (const HeddlePair *pair, HeddleGround ground)
{
  Weighed w = {
    .text = compare_texts (pair->a, pair->b),
    .author = heddle_author_compare (pair->author_a, pair->author_b),
    .clock = heddle_clock_compare (pair->clock_a, pair->clock_b),
    .letters = MIN (pair->a->print.letters, pair->b->print.letters),
  };

  /* The sides as a whole can only contradict; that two clocks show the same wall
   * is seen on the evidence itself. */
  if (w.clock == HEDDLE_CLOCK_ZONE)
    w.clock = MAX (w.clock, heddle_clock_compare (&pair->a->clock, &pair->b->clock));
  if (ground == HEDDLE_GROUND_MESSAGE_ID)
    return match_message_id (&w);
  if (w.author == HEDDLE_AUTHOR_DIFFERENT || w.clock == HEDDLE_CLOCK_DIFFERENT
      || addressed_apart (pair->a, pair->b))
    return FALSE;
  switch (ground) {
  case HEDDLE_GROUND_TEXT:
    return match_text (&w);
  case HEDDLE_GROUND_ANSWERED:
    return match_answered (&w);
  case HEDDLE_GROUND_ANSWER:
  default:
    return match_answer (&w);
  }
}
