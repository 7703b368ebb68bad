/* SPDX-License-Identifier: MIT */
/* threads/persons: who wrote a message and to whom, from all its evidence.
 *
 * The author is the fullest that the evidence names, what is lacking of him taken from
 * the next; recipients are those of the first copy that names any, or of the first that
 * withholds none of them. Nobody is filled in from anything but a copy of the message
 * itself, and which copy it was is said where another withholds it. */
#include "threads/persons.h"

static const HeddleMessage *
message_of (const GPtrArray *items, guint i)
{
  return ((const HeddlePoolItem *) items->pdata[i])->message;
}

static int
score (const HeddlePerson *person)
{
  return person ? (person->address ? 2 : 0) + (person->name ? 1 : 0) : -1;
}

/* Take from @person what @into lacks; TRUE if it lacked that. */
static gboolean
take (HeddlePerson *into, const HeddlePerson *person)
{
  gboolean name = !into->name && person->name, address = !into->address && person->address;

  if (name)
    into->name = g_strdup (person->name);
  if (address)
    into->address = g_strdup (person->address);
  return name || address;
}

/* (transfer full) (nullable) */
static HeddlePerson *
merged_author (const GPtrArray *items, int *ret_filled)
{
  int best = -1, open = -1;
  gboolean withheld = FALSE;
  HeddlePerson *ret;

  for (guint i = 0; i < items->len; i++) {
    const HeddlePerson *person = message_of (items, i)->from;
    if (score (person) > (best >= 0 ? score (message_of (items, (guint) best)->from) : -1))
      best = (int) i;
  }
  if (best < 0)
    return NULL;
  ret = heddle_person_copy (message_of (items, (guint) best)->from);
  if (!ret->redacted)
    open = best;
  for (guint i = 0; i < items->len; i++) {
    const HeddlePerson *person = message_of (items, i)->from;
    if (person && take (ret, person))
      open = (int) i;
  }
  for (guint i = 0; i < items->len; i++) {
    const HeddlePerson *person = message_of (items, i)->from;
    withheld = withheld || (person && person->redacted && score (person) < score (ret));
  }
  if (ret->name && ret->address)
    ret->redacted = FALSE;
  *ret_filled = withheld && score (ret) > 0 ? open : -1;
  return ret;
}

static GPtrArray **
list_of (HeddleMessage *message, HeddlePersonField field)
{
  return field == HEDDLE_FIELD_TO   ? &message->to
         : field == HEDDLE_FIELD_CC ? &message->cc
                                    : &message->bcc;
}

static gboolean
any_withheld (const GPtrArray *people)
{
  for (guint i = 0; i < people->len; i++) {
    if (((const HeddlePerson *) people->pdata[i])->redacted)
      return TRUE;
  }
  return FALSE;
}

static void
merge_list (HeddleMessage *into, const GPtrArray *items, HeddlePersonField field, int *ret_filled)
{
  GPtrArray **list = list_of (into, field), *best = NULL;
  gboolean withheld = FALSE;
  int from = -1;

  for (guint i = 0; i < items->len; i++) {
    GPtrArray *people = *list_of ((HeddleMessage *) message_of (items, i), field);
    gboolean hides = any_withheld (people);

    withheld = withheld || hides;
    if (people->len > 0 && (!best || (any_withheld (best) && !hides))) {
      best = people;
      from = (int) i;
    }
  }
  if (best) {
    g_ptr_array_unref (*list);
    *list = g_ptr_array_ref (best);
  }
  *ret_filled = best && withheld && !any_withheld (best) ? from : -1;
}

void
heddle_persons_merge (HeddleMessage *into, const GPtrArray *items, int ret_filled[HEDDLE_FIELDS])
{
  for (int field = 0; field < HEDDLE_FIELDS; field++)
    ret_filled[field] = -1;
  heddle_person_free (into->from);
  into->from = merged_author (items, &ret_filled[HEDDLE_FIELD_FROM]);
  for (int field = HEDDLE_FIELD_TO; field <= HEDDLE_FIELD_BCC; field++)
    merge_list (into, items, (HeddlePersonField) field, &ret_filled[field]);
}
