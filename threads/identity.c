/* SPDX-License-Identifier: MIT */
/* threads/identity: what is known of each person, from who is who (who.c).
 *
 * A message that several pieces of evidence show is counted once, by address where one of
 * them has an address. Everything is sorted, so that nothing hangs on the order in which
 * people were seen. */
#include "base/base.h"
#include "threads/people.h"

#include <string.h>

void
heddle_identity_free (HeddleIdentity *identity)
{
  if (!identity)
    return;
  g_free (identity->id);
  g_ptr_array_unref (identity->ids);
  g_ptr_array_unref (identity->names);
  g_ptr_array_unref (identity->addresses);
  g_ptr_array_unref (identity->keys);
  g_ptr_array_unref (identity->proofs);
  g_free (identity);
}

static void
proof_free (gpointer data)
{
  HeddleProof *proof = data;

  g_free (proof->name);
  g_free (proof->address);
  g_free (proof->mail);
  g_free (proof);
}

static HeddleIdentity *
identity_new (void)
{
  HeddleIdentity *ret = g_new0 (HeddleIdentity, 1);

  ret->ids = g_ptr_array_new_with_free_func (g_free);
  ret->names = g_ptr_array_new_with_free_func (g_free);
  ret->addresses = g_ptr_array_new_with_free_func (g_free);
  ret->keys = g_ptr_array_new_with_free_func (g_free);
  ret->proofs = g_ptr_array_new_with_free_func (proof_free);
  ret->kind = HEDDLE_IDENTITY_NAME;
  ret->first = ret->last = G_MININT64;
  return ret;
}

static void
proof_add (HeddleIdentity *identity, HeddleProofKind kind, const char *name,
           const char *address, const HeddleSeenCount *count)
{
  HeddleProof *proof;

  if (count && count->count == 0)
    return;
  proof = g_new0 (HeddleProof, 1);
  proof->kind = kind;
  proof->name = g_strdup (name);
  proof->address = g_strdup (address);
  proof->mail = count ? g_strdup (count->mail) : NULL;
  proof->index = count ? count->index : 0;
  proof->count = count ? count->count : 0;
  g_ptr_array_add (identity->proofs, proof);
}

static void
string_add (GPtrArray *strings, const char *text)
{
  if (!g_ptr_array_find_with_equal_func (strings, text, g_str_equal, NULL))
    g_ptr_array_add (strings, g_strdup (text));
}

static char *
id_of_key (const char *key)
{
  const char *parts[] = { key, NULL };
  return heddle_id ('p', parts);
}

static void
address_tell (const HeddleWho *who, guint i, HeddleIdentity *identity)
{
  const HeddleEntity *entity = heddle_who_entity (who, i);

  if (identity->kind == HEDDLE_IDENTITY_NAME)
    identity->kind = HEDDLE_IDENTITY_PERSON;
  if (who->shared[i])
    identity->kind = HEDDLE_IDENTITY_SHARED;
  string_add (identity->addresses, entity->address);
  proof_add (identity, HEDDLE_PROOF_HEADER, NULL, entity->address, &entity->header);
  proof_add (identity, HEDDLE_PROOF_QUOTATION, NULL, entity->address, &entity->quoted);
  for (guint k = 0; k < entity->pairs->len; k++) {
    const HeddlePeoplePair *pair = entity->pairs->pdata[k];
    const char *shown = heddle_people_name_shown (pair->name);

    g_ptr_array_add (identity->names, g_strdup (shown));
    proof_add (identity, HEDDLE_PROOF_HEADER, shown, entity->address, &pair->header);
    proof_add (identity, HEDDLE_PROOF_QUOTATION, shown, entity->address, &pair->quoted);
  }
}

/* What each entity brings to its identity, by label (nullable). */
static HeddleIdentity **
identities_of_entities (const HeddleWho *who)
{
  HeddleIdentity **all = g_new0 (HeddleIdentity *, who->next);

  for (guint i = 0; i < who->n; i++) {
    const HeddleEntity *entity = heddle_who_entity (who, i);
    HeddleIdentity **identity = &all[who->labels[i]];

    if (!*identity)
      *identity = identity_new ();
    g_ptr_array_add ((*identity)->ids, id_of_key (entity->key));
    g_ptr_array_add ((*identity)->keys, g_strdup (entity->key));
    if (entity->address)
      address_tell (who, i, *identity);
    if (who->why[i] > 0)
      proof_add (*identity, (HeddleProofKind)(who->why[i] - 1),
                 entity->name ? heddle_people_name_shown (entity->name) : NULL, entity->address,
                 NULL);
  }
  return all;
}

/* Sightings of one name alone that count to one person. */
typedef struct {
  guint entity, label;
  HeddleSeenCount header, other;
} Alone;

static void
alone_free (gpointer data)
{
  Alone *alone = data;

  g_free (alone->header.mail);
  g_free (alone->other.mail);
  g_free (alone);
}

static void
names_alone_tell (const HeddleWho *who, HeddleIdentity **all)
{
  g_autoptr (GHashTable) alones
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, alone_free);
  GHashTableIter iter;
  gpointer value;

  for (guint i = 0; i < who->people->seen->len; i++) {
    const HeddleSeen *seen = &g_array_index (who->people->seen, HeddleSeen, i);
    gint64 key = (gint64)who->homes[i] << 32 | seen->entity;
    Alone *alone = g_hash_table_lookup (alones, &key);

    if (heddle_who_entity (who, seen->entity)->address)
      continue;
    if (!alone) {
      alone = g_new0 (Alone, 1);
      alone->entity = seen->entity;
      alone->label = who->homes[i];
      g_hash_table_insert (alones, g_memdup2 (&key, sizeof key), alone);
    }
    heddle_seen_count_add (seen->header ? &alone->header : &alone->other, seen->mail,
                           seen->index);
  }
  g_hash_table_iter_init (&iter, alones);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const Alone *alone = value;
    const HeddleEntity *entity = heddle_who_entity (who, alone->entity);
    const char *shown = heddle_people_name_shown (entity->name);
    HeddleIdentity *identity = all[alone->label];
    gboolean own = who->labels[alone->entity] == alone->label;

    g_ptr_array_add (identity->names, g_strdup (shown));
    if (!own) /* its id was a name's once; that name is this person now */
      g_ptr_array_add (identity->ids, id_of_key (entity->key));
    proof_add (identity, own ? HEDDLE_PROOF_HEADER : HEDDLE_PROOF_CONVERSATION, shown, NULL,
               &alone->header);
    proof_add (identity, own ? HEDDLE_PROOF_QUOTATION : HEDDLE_PROOF_CONVERSATION, shown, NULL,
               &alone->other);
  }
}

/* --- what they wrote ---------------------------------------- */

typedef struct {
  guint label;
  gint64 message, thread, time;
  gboolean by_name;
} Written;

/* Those of one person and message together, known by address before known by name. */
static int
compare_written (gconstpointer a, gconstpointer b)
{
  const Written *x = a, *y = b;

  if (x->label != y->label)
    return x->label < y->label ? -1 : 1;
  if (x->message != y->message)
    return x->message < y->message ? -1 : 1;
  return (int)x->by_name - (int)y->by_name;
}

static void
written_count (const HeddleWho *who, HeddleIdentity **all)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (Written));
  g_autoptr (GHashTable) threads
      = g_hash_table_new_full (heddle_who_slot_hash, heddle_who_slot_equal, g_free, NULL);

  for (guint i = 0; i < who->people->seen->len; i++) {
    const HeddleSeen *seen = &g_array_index (who->people->seen, HeddleSeen, i);
    Written written = { who->homes[i], seen->message, seen->thread, seen->time,
                        heddle_who_entity (who, seen->entity)->address == NULL };
    if (seen->author)
      g_array_append_val (list, written);
  }
  g_array_sort (list, compare_written);
  for (guint i = 0; i < list->len; i++) {
    const Written *w = &g_array_index (list, Written, i);
    HeddleIdentity *identity = all[w->label];
    HeddleWhoSlot slot = { w->thread, w->label };

    if (i > 0 && (w - 1)->label == w->label && (w - 1)->message == w->message)
      continue;
    identity->messages++;
    identity->by_name += w->by_name;
    identity->threads += g_hash_table_add (threads, g_memdup2 (&slot, sizeof slot));
    if (w->time == G_MININT64)
      continue;
    identity->first = identity->first == G_MININT64 ? w->time : MIN (identity->first, w->time);
    identity->last = MAX (identity->last, w->time);
  }
}

/* --- in order ---------------------------------------- */

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

static int
compare_proofs (gconstpointer a, gconstpointer b)
{
  const HeddleProof *x = *(HeddleProof *const *)a, *y = *(HeddleProof *const *)b;
  int order = g_strcmp0 (x->address, y->address);

  if (order == 0)
    order = g_strcmp0 (x->name, y->name);
  if (order == 0 && x->kind != y->kind)
    order = x->kind < y->kind ? -1 : 1;
  if (order == 0)
    order = g_strcmp0 (x->mail, y->mail);
  return order ? order : x->index < y->index ? -1 : x->index > y->index;
}

static int
compare_identities (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(HeddleIdentity *const *)a)->id, (*(HeddleIdentity *const *)b)->id);
}

static void
strings_settle (GPtrArray *strings)
{
  g_ptr_array_sort (strings, compare_strings);
  for (guint i = strings->len; i-- > 1;) {
    if (strcmp (strings->pdata[i], strings->pdata[i - 1]) == 0)
      g_ptr_array_remove_index (strings, i);
  }
}

/* NULL, and frees it, where all that bore the name alone counts to others. */
static HeddleIdentity *
identity_settle (HeddleIdentity *identity)
{
  if (identity->addresses->len == 0 && identity->names->len == 0) {
    heddle_identity_free (identity);
    return NULL;
  }
  identity->id = NULL;
  strings_settle (identity->keys);
  strings_settle (identity->names);
  strings_settle (identity->addresses);
  strings_settle (identity->ids);
  g_ptr_array_sort (identity->proofs, compare_proofs);
  for (guint i = 0; i < identity->keys->len; i++) {
    g_autofree char *id = id_of_key (identity->keys->pdata[i]);
    if (!identity->id || strcmp (id, identity->id) < 0) {
      g_free (identity->id);
      identity->id = g_steal_pointer (&id);
    }
  }
  return identity;
}

GPtrArray *
heddle_identities_write (const HeddleWho *who)
{
  GPtrArray *ret = g_ptr_array_new_with_free_func ((GDestroyNotify)heddle_identity_free);
  g_autofree HeddleIdentity **all = identities_of_entities (who);

  names_alone_tell (who, all);
  written_count (who, all);
  for (guint i = 0; i < who->next; i++) {
    HeddleIdentity *identity = all[i] ? identity_settle (all[i]) : NULL;
    if (identity)
      g_ptr_array_add (ret, identity);
  }
  g_ptr_array_sort (ret, compare_identities);
  return ret;
}
