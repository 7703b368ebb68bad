/* SPDX-License-Identifier: MIT */
/* threads/who: who is who, from all that was seen of everybody.
 *
 * An address is somebody. Two addresses are one person where
 *   - headers show both with the same full name (two words at least), at one organisation
 *     (organisation.c): what somebody calls himself counts before what others call him,
 *     and an address that goes by several names, a shared mailbox or a list, bears none;
 *   - the configuration says so; or a person decided it. Decisions are applied in their
 *     order, so a later one prevails.
 * A name without an address is counted to the one person of that name who takes part in the
 * same conversation; where there is none, or several, it stays a name: a name alone never
 * joins conversations, nor organisations.
 *
 * Not handled: nicknames; people who change their name or their employer (somebody may join
 * them by hand). */
#include "threads/match.h"
#include "threads/organisation.h"
#include "threads/people.h"

#include <string.h>

/* Names of one person that a conversation looks for, beyond which no more are. */
#define NAMES_MAX 16
#define SEVERAL (-1)

const HeddleEntity *
heddle_who_entity (const HeddleWho *who, guint i)
{
  return who->people->entities->pdata[i];
}

static void
relabel (HeddleWho *who, guint from, guint into)
{
  for (guint i = 0; from != into && i < who->n; i++) {
    if (who->labels[i] == from)
      who->labels[i] = into;
  }
}

/* --- evidence ------------------------------------------------------------------------------
 */

static guint
weight (const HeddlePeoplePair *pair, gboolean called)
{
  return called ? pair->called : pair->calling;
}

/* The longest name by which headers know @entity, if all others are parts of it; @called:
 * by which it calls itself. @ret_several: they do not go together. */
static const HeddlePeopleName *
one_name (const HeddleEntity *entity, gboolean called, gboolean *ret_several)
{
  const HeddlePeopleName *longest = NULL;

  *ret_several = FALSE;
  for (guint i = 0; i < entity->pairs->len; i++) {
    const HeddlePeoplePair *pair = entity->pairs->pdata[i];
    const char *words = pair->name->words;
    if (weight (pair, called) > 0
        && (!longest || strlen (words) > strlen (longest->words)
            || (strlen (words) == strlen (longest->words)
                && strcmp (words, longest->words) < 0)))
      longest = pair->name;
  }
  for (guint i = 0; longest && i < entity->pairs->len; i++) {
    const HeddlePeoplePair *pair = entity->pairs->pdata[i];
    if (weight (pair, called) > 0 && !heddle_name_within (pair->name->words, longest->words))
      *ret_several = TRUE;
  }
  return longest;
}

static guint
find (guint *roots, guint i)
{
  while (roots[i] != i)
    i = roots[i] = roots[roots[i]];
  return i;
}

/* Addresses of one organisation and one full name. */
static void
bridge (HeddleWho *who)
{
  g_autoptr (GHashTable) first = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < who->n; i++) {
    const HeddleEntity *entity = heddle_who_entity (who, i);
    const char *organisation
        = entity->address ? heddle_organisation_of (entity->address) : NULL;
    gboolean several;
    const HeddlePeopleName *name = one_name (entity, TRUE, &several);

    who->shared[i] = several;
    if (!name)
      name = one_name (entity, FALSE, &several);
    if (!organisation || !name || several || !strchr (name->words, ' '))
      continue;
    char *key = g_strconcat (name->words, "@", organisation, NULL);
    guint other = GPOINTER_TO_UINT (g_hash_table_lookup (first, key));
    if (other == 0) {
      g_hash_table_insert (first, key, GUINT_TO_POINTER (i + 1));
      continue;
    }
    g_free (key);
    guint a = find (who->labels, i), b = find (who->labels, other - 1);
    who->labels[MAX (a, b)] = MIN (a, b);
  }
  for (guint i = 0; i < who->n; i++)
    who->labels[i] = find (who->labels, i);
}

/* --- what people and the configuration say ---------------------------------------- */

/* The entity of @key, -1. */
static int
entity_named (const HeddleWho *who, const char *key)
{
  return key ? (int)GPOINTER_TO_UINT (g_hash_table_lookup (who->people->by_key, key)) - 1 : -1;
}

static void
rules_hold (HeddleWho *who)
{
  for (guint i = 0; i < who->people->rules->len; i++) {
    const HeddleRuleOfPeople *rule = &g_array_index (who->people->rules, HeddleRuleOfPeople, i);
    int one = entity_named (who, rule->one), other = entity_named (who, rule->other);

    if (one >= 0 && rule->rule == HEDDLE_PEOPLE_PART) {
      who->labels[one] = who->next++;
      who->why[one] = HEDDLE_PROOF_DECIDED + 1;
    } else if (one >= 0 && other >= 0) {
      relabel (who, who->labels[other], who->labels[one]);
      who->why[one] = who->why[other]
          = (rule->rule == HEDDLE_PEOPLE_JOIN ? HEDDLE_PROOF_DECIDED : HEDDLE_PROOF_CONFIGURED)
            + 1;
    }
  }
}

/* --- names alone ---------------------------------------- */

guint
heddle_who_slot_hash (gconstpointer data)
{
  const HeddleWhoSlot *slot = data;
  return (guint)heddle_fingerprint_mix ((guint64)slot->thread, slot->number);
}

gboolean
heddle_who_slot_equal (gconstpointer a, gconstpointer b)
{
  const HeddleWhoSlot *x = a, *y = b;
  return x->thread == y->thread && x->number == y->number;
}

static void
bearer_add (HeddleWho *who, gint64 thread, guint name, guint label)
{
  HeddleWhoSlot slot = { thread, name };
  int there = GPOINTER_TO_INT (g_hash_table_lookup (who->bearers, &slot));

  if (there == (int)label + 1)
    return;
  g_hash_table_insert (who->bearers, g_memdup2 (&slot, sizeof slot),
                       GINT_TO_POINTER (there == 0 ? (int)label + 1 : SEVERAL));
}

/* The names of each person who has an address, by label: array of guint, ascending, each
 * once; NULL for none. */
static GArray **
names_by_label (const HeddleWho *who)
{
  GArray **ret = g_new0 (GArray *, who->next);

  for (guint i = 0; i < who->n; i++) {
    const HeddleEntity *entity = heddle_who_entity (who, i);
    GArray **names = &ret[who->labels[i]];

    for (guint k = 0; !who->shared[i] && k < entity->pairs->len; k++) {
      guint number = ((HeddlePeoplePair *)entity->pairs->pdata[k])->name->number;
      gboolean there = FALSE;
      if (!*names)
        *names = g_array_new (FALSE, FALSE, sizeof (guint));
      for (guint m = 0; m < (*names)->len && !there; m++)
        there = g_array_index (*names, guint, m) == number;
      if (!there && (*names)->len < NAMES_MAX)
        g_array_append_val (*names, number);
    }
  }
  return ret;
}

/* Who bears a name in a conversation: whoever was shown there with it, and who takes part
 * there and bears it elsewhere. */
static void
bearers_find (HeddleWho *who)
{
  g_autofree GArray **names = names_by_label (who);
  g_autoptr (GHashTable) present
      = g_hash_table_new_full (heddle_who_slot_hash, heddle_who_slot_equal, g_free, NULL);

  for (guint i = 0; i < who->people->seen->len; i++) {
    const HeddleSeen *seen = &g_array_index (who->people->seen, HeddleSeen, i);
    guint label = who->labels[seen->entity];
    HeddleWhoSlot slot = { seen->thread, label };

    if (!heddle_who_entity (who, seen->entity)->address)
      continue;
    if (seen->name >= 0)
      bearer_add (who, seen->thread, (guint)seen->name, label);
    if (g_hash_table_contains (present, &slot))
      continue;
    g_hash_table_add (present, g_memdup2 (&slot, sizeof slot));
    for (guint k = 0; names[label] && k < names[label]->len; k++)
      bearer_add (who, seen->thread, g_array_index (names[label], guint, k), label);
  }
  for (guint i = 0; i < who->next; i++)
    g_clear_pointer (&names[i], g_array_unref);
}

static void
homes_find (HeddleWho *who)
{
  bearers_find (who);
  for (guint i = 0; i < who->people->seen->len; i++) {
    const HeddleSeen *seen = &g_array_index (who->people->seen, HeddleSeen, i);
    HeddleWhoSlot slot = { seen->thread, (guint)MAX (seen->name, 0) };
    int bearer = heddle_who_entity (who, seen->entity)->address
                     ? 0
                     : GPOINTER_TO_INT (g_hash_table_lookup (who->bearers, &slot));

    who->homes[i] = bearer > 0 ? (guint)bearer - 1 : who->labels[seen->entity];
  }
}

/* --- all ---------------------------------------- */

GPtrArray *
heddle_people_identities (HeddlePeople *people)
{
  guint n = people->entities->len;
  g_autofree guint *labels = g_new (guint, MAX (n, 1));
  g_autofree gboolean *shared = g_new0 (gboolean, MAX (n, 1));
  g_autofree guint8 *why = g_new0 (guint8, MAX (n, 1));
  g_autofree guint *homes = g_new (guint, MAX (people->seen->len, 1));
  g_autoptr (GHashTable) bearers
      = g_hash_table_new_full (heddle_who_slot_hash, heddle_who_slot_equal, g_free, NULL);
  HeddleWho who = { people, n, labels, n, shared, why, bearers, homes };

  for (guint i = 0; i < n; i++)
    labels[i] = i;
  bridge (&who);
  rules_hold (&who);
  homes_find (&who);
  return heddle_identities_write (&who);
}
