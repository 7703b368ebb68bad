/* SPDX-License-Identifier: MIT */
/* threads/assemble: conversations, their messages in order.
 *
 * Oldest first by the best clock known. A clock without a zone may be half a day
 * off, so a message is not shown before the one it answers unless both say their
 * zone; one without any time stands right behind the one it answers, or, at the
 * top, before the first answer to it.
 *
 * Depth is no recursion here: a conversation of 50,000 answers is walked in
 * loops. */
#include "threads/assemble.h"
#include "base/base.h"
#include "threads/cluster.h"
#include "threads/fill.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
  HeddleNode *node; /* owned until it is handed to its thread */
  guint number;     /* in the graph */
  int parent;
  gboolean known, zoned;
  gint64 time;  /* as written */
  gint64 place; /* where it is shown */
  gboolean placed;
  guint depth;
} Place;

/* --- times --------------------------------------------------------------------- */

static gboolean
time_of (const HeddleDate *date, gint64 *seconds, gboolean *zoned)
{
  *zoned = FALSE;
  if (!date || (!date->has_utc && !date->has_local))
    return FALSE;
  *zoned = date->has_utc && !date->inferred;
  *seconds = date->has_utc ? date->utc : heddle_wall_seconds (&date->local);
  return TRUE;
}

/* Nodes of the graph so that each stands behind its parent. */
static guint *
parents_first (const HeddleGraph *graph)
{
  guint *ret = g_new (guint, MAX (graph->n, 1)), filled = 0;
  g_autofree int *child = g_new (int, MAX (graph->n, 1)), *sibling = g_new (int, MAX (graph->n, 1));

  for (guint i = 0; i < graph->n; i++)
    child[i] = sibling[i] = -1;
  for (guint i = 0; i < graph->n; i++) {
    int parent = graph->nodes[i].parent;
    if (parent >= 0) {
      sibling[i] = child[parent];
      child[parent] = (int) i;
    } else {
      ret[filled++] = i;
    }
  }
  for (guint at = 0; at < filled; at++) {
    for (int c = child[ret[at]]; c >= 0; c = sibling[c])
      ret[filled++] = (guint) c;
  }
  return ret;
}

static void
places_find (const HeddleGraph *graph, Place *places)
{
  g_autofree guint *order = parents_first (graph);

  /* From the leaves up: who says no time stands no later than its answers. */
  for (guint k = graph->n; k-- > 0;) {
    Place *at = &places[order[k]], *up = at->parent >= 0 ? &places[at->parent] : NULL;
    if (at->known) {
      at->place = at->time;
      at->placed = TRUE;
    }
    if (up && at->placed && !up->known) {
      up->place = up->placed ? MIN (up->place, at->place) : at->place;
      up->placed = TRUE;
    }
  }
  for (guint k = 0; k < graph->n; k++) {
    Place *at = &places[order[k]], *up = at->parent >= 0 ? &places[at->parent] : NULL;
    if (!up)
      continue;
    at->depth = up->depth + 1;
    if (!at->known && up->placed) {
      at->place = up->place;
      at->placed = TRUE;
    } else if (up->placed && at->place < up->place && !(at->zoned && up->zoned)) {
      at->place = up->place;
    }
  }
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *x = *(Place *const *) a, *y = *(Place *const *) b;

  if (x->placed != y->placed)
    return x->placed ? -1 : 1;
  if (x->placed && x->place != y->place)
    return x->place < y->place ? -1 : 1;
  if (x->depth != y->depth)
    return x->depth < y->depth ? -1 : 1;
  return strcmp (x->node->id, y->node->id);
}

/* --- participants ------------------------------------------------------------------ */

typedef struct {
  GPtrArray *people;     /* of HeddlePerson */
  GHashTable *addresses; /* folded address to its person */
  GHashTable *names;     /* folded name to the person who bears it */
} Participants;

/* A name alone stands for the one who wrote under it with an address in this
 * conversation, whichever came first. */
static void
participant_add (Participants *in, const HeddlePerson *person)
{
  g_autofree char *address = person->address ? g_ascii_strdown (person->address, -1) : NULL;
  g_autofree char *name = person->name ? heddle_text_fold (person->name) : NULL;
  HeddlePerson *there = NULL;

  if (!address && !name)
    return;
  if (address)
    there = g_hash_table_lookup (in->addresses, address);
  if (!there && name) {
    there = g_hash_table_lookup (in->names, name);
    if (there && address && there->address)
      there = NULL;
  }
  if (!there) {
    there = heddle_person_copy (person);
    g_ptr_array_add (in->people, there);
  }
  if (!there->address && person->address)
    there->address = g_strdup (person->address);
  if (!there->name && person->name)
    there->name = g_strdup (person->name);
  if (address)
    g_hash_table_insert (in->addresses, g_steal_pointer (&address), there);
  if (name && !g_hash_table_contains (in->names, name))
    g_hash_table_insert (in->names, g_steal_pointer (&name), there);
}

static GPtrArray *
participants_of (const GPtrArray *messages)
{
  g_autoptr (GHashTable) addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Participants in = { g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_person_free), addresses,
                      names };

  for (guint i = 0; i < messages->len; i++) {
    const HeddleMessage *message = ((const HeddleNode *) messages->pdata[i])->message;

    if (message->from)
      participant_add (&in, message->from);
    for (guint k = 0; k < message->to->len; k++)
      participant_add (&in, message->to->pdata[k]);
    for (guint k = 0; k < message->cc->len; k++)
      participant_add (&in, message->cc->pdata[k]);
  }
  return in.people;
}

/* --- one conversation ------------------------------------------------------------------- */

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static void
thread_ids (HeddleThread *thread)
{
  for (guint i = 0; i < thread->messages->len; i++) {
    const HeddleNode *node = thread->messages->pdata[i];

    for (guint k = 0; k < node->evidence->len; k++) {
      char *id = g_strdup (((const HeddleEvidence *) node->evidence->pdata[k])->id);
      id[0] = 't'; /* what is hashed is the same */
      g_ptr_array_add (thread->ids, id);
    }
  }
  g_ptr_array_sort (thread->ids, compare_strings);
  thread->id = g_strdup (thread->ids->pdata[0]);
}

static void
thread_count (HeddleThread *thread, const HeddleNode *node)
{
  gboolean received = FALSE, zoned;
  gint64 seconds;

  for (guint i = 0; i < node->evidence->len; i++)
    received = received || ((const HeddleEvidence *) node->evidence->pdata[i])->received;
  if (node->evidence->len == 0)
    thread->missing++;
  else if (received)
    thread->received++;
  else
    thread->quoted_only++;
  if (!thread->subject && node->message->subject)
    thread->subject = g_strdup (node->message->subject);
  if (time_of (node->message->date, &seconds, &zoned)) {
    thread->first = thread->has_first ? MIN (thread->first, seconds) : seconds;
    thread->last = thread->has_first ? MAX (thread->last, seconds) : seconds;
    thread->has_first = TRUE;
  }
}

/* @members: of Place, all of one conversation. */
static HeddleThread *
thread_make (GPtrArray *members, guint *position)
{
  HeddleThread *thread = g_new0 (HeddleThread, 1);

  thread->ids = g_ptr_array_new_with_free_func (g_free);
  thread->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_node_free);
  g_ptr_array_sort (members, compare_places);
  for (guint i = 0; i < members->len; i++)
    position[((const Place *) members->pdata[i])->number] = i;
  for (guint i = 0; i < members->len; i++) {
    Place *at = members->pdata[i];

    if (at->parent >= 0)
      at->node->parent = (int) position[at->parent];
    thread_count (thread, at->node);
    g_ptr_array_add (thread->messages, g_steal_pointer (&at->node));
  }
  thread_ids (thread);
  thread->participants = participants_of (thread->messages);
  return thread;
}

/* --- equal Message-IDs -------------------------------------------------------------------- */

/* Namesakes named at each message: enough to be warned. */
#define NAMESAKES_MAX 8

typedef struct {
  int name;
  HeddleNode *node;
} Bearer;

static int
compare_bearers (gconstpointer a, gconstpointer b)
{
  const Bearer *x = a, *y = b;

  if (x->name != y->name)
    return x->name < y->name ? -1 : 1;
  return strcmp (x->node->id, y->node->id);
}

/* Tell each message the least of the others whose headers bear its Message-ID. */
static void
namesakes_find (HeddlePool *pool, const HeddleGraph *graph, Place *places)
{
  g_autoptr (GArray) bearers = g_array_new (FALSE, FALSE, sizeof (Bearer));
  const Bearer *all;

  for (guint i = 0; i < graph->n; i++) {
    int root = graph->nodes[i].root;
    Bearer bearer = { root >= 0 ? pool->clusters[root].name : -1, places[i].node };
    if (bearer.name >= 0 && bearer.node)
      g_array_append_val (bearers, bearer);
  }
  g_array_sort (bearers, compare_bearers);
  all = (const Bearer *) (gpointer) bearers->data;
  for (guint start = 0, end; start < bearers->len; start = end) {
    for (end = start + 1; end < bearers->len && all[end].name == all[start].name;)
      end++;
    for (guint i = start; end - start > 1 && i < end; i++) {
      GPtrArray *others = all[i].node->namesakes;
      for (guint k = start; k < end && others->len < NAMESAKES_MAX; k++) {
        if (k != i)
          g_ptr_array_add (others, g_strdup (all[k].node->id));
      }
    }
  }
}

/* --- all ------------------------------------------------------------------------------------ */

static Place *
places_new (HeddlePool *pool, const HeddleGraph *graph)
{
  Place *places = g_new0 (Place, MAX (graph->n, 1));

  for (guint i = 0; i < graph->n; i++) {
    Place *at = &places[i];

    at->number = i;
    at->parent = graph->nodes[i].parent;
    if (!graph->nodes[i].kept)
      continue;
    at->node = heddle_fill_node (pool, &graph->nodes[i]);
    at->known = time_of (at->node->message->date, &at->time, &at->zoned);
  }
  places_find (graph, places);
  namesakes_find (pool, graph, places);
  return places;
}

static int
compare_threads (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(HeddleThread *const *) a)->id, (*(HeddleThread *const *) b)->id);
}

GPtrArray *
heddle_threads_assemble (HeddlePool *pool, const HeddleGraph *graph)
{
  g_autofree Place *places = places_new (pool, graph);
  g_autofree GPtrArray **groups = g_new0 (GPtrArray *, MAX (graph->n, 1));
  g_autofree guint *position = g_new0 (guint, MAX (graph->n, 1));
  GPtrArray *ret = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_thread_free);

  for (guint i = 0; i < graph->n; i++) {
    GPtrArray **group = &groups[graph->nodes[i].group];

    if (!graph->nodes[i].kept)
      continue;
    if (!*group)
      *group = g_ptr_array_new ();
    g_ptr_array_add (*group, &places[i]);
  }
  for (guint i = 0; i < graph->n; i++) {
    if (groups[i]) {
      g_ptr_array_add (ret, thread_make (groups[i], position));
      g_ptr_array_unref (groups[i]);
    }
  }
  g_ptr_array_sort (ret, compare_threads);
  return ret;
}
