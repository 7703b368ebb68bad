/* SPDX-License-Identifier: MIT */
/* threads/cluster: evidence that was found to be one message.
 *
 * A union-find forest whose roots know what is known of the whole: author, clock,
 * Message-ID. Each union is checked against both wholes, so that a piece of
 * evidence that fits two messages (a withheld author, no date) cannot tie them
 * together. The lists of the lesser side are walked at each union: n log n over
 * all of them. */
#include "threads/cluster.h"

/* Copies of one message within one mail, beyond which no more are taken for it:
 * each pair of them is compared. */
#define SAME_MAIL_MAX 8

static guint64
slot_of (const HeddlePool *pool, guint root, guint item)
{
  return (guint64) root << 32 | pool->items[item].mail_number;
}

/* GLib's own looks at the lower half alone, where all slots of a mail are equal. */
static guint
slot_hash (gconstpointer slot)
{
  return (guint) heddle_fingerprint_mix (*(const guint64 *) slot, 0);
}

void
heddle_cluster_init (HeddlePool *pool)
{
  pool->clusters = g_new0 (HeddleCluster, MAX (pool->n, 1));
  pool->slots = g_hash_table_new (slot_hash, g_int64_equal);
  for (guint i = 0; i < pool->n; i++) {
    HeddleCluster *cluster = &pool->clusters[i];

    cluster->parent = i;
    cluster->size = 1;
    cluster->next = -1;
    cluster->last = i;
    cluster->slot = slot_of (pool, i, i);
    cluster->same_mail = -1;
    cluster->name = pool->items[i].name;
    cluster->inferred = -1;
    heddle_author_join (&cluster->author, &pool->items[i].traits->author);
    cluster->clock = pool->items[i].traits->clock;
    g_hash_table_insert (pool->slots, &cluster->slot, GUINT_TO_POINTER (i));
  }
}

guint
heddle_cluster_find (HeddlePool *pool, guint item)
{
  HeddleCluster *clusters = pool->clusters;

  while (clusters[item].parent != item)
    item = clusters[item].parent = clusters[clusters[item].parent].parent;
  return item;
}

static int
first_in_mail (const HeddlePool *pool, guint64 slot)
{
  gpointer found;

  return g_hash_table_lookup_extended (pool->slots, &slot, NULL, &found)
             ? (int) GPOINTER_TO_UINT (found)
             : -1;
}

static gboolean
one_above_other (const HeddlePoolItem *a, const HeddlePoolItem *b)
{
  return (a->enter <= b->enter && b->leave <= a->leave)
         || (b->enter <= a->enter && a->leave <= b->leave);
}

/* Whether some mail shows a message of @lesser answering one of @greater, or the
 * other way round: then they are two, however alike. */
static gboolean
stand_apart (const HeddlePool *pool, guint lesser, guint greater)
{
  for (int i = (int) lesser; i >= 0; i = pool->clusters[i].next) {
    int other = first_in_mail (pool, slot_of (pool, greater, (guint) i));
    guint seen = 0;

    for (; other >= 0; other = pool->clusters[other].same_mail) {
      if (++seen >= SAME_MAIL_MAX || one_above_other (&pool->items[i], &pool->items[other]))
        return TRUE;
    }
  }
  return FALSE;
}

/* Enter the items of @lesser among those of @greater, by mail. */
static void
slots_move (HeddlePool *pool, guint lesser, guint greater)
{
  for (int i = (int) lesser; i >= 0; i = pool->clusters[i].next) {
    HeddleCluster *item = &pool->clusters[i];
    int first = first_in_mail (pool, slot_of (pool, lesser, (guint) i));

    if (first == i)
      g_hash_table_remove (pool->slots, &item->slot);
  }
  for (int i = (int) lesser; i >= 0; i = pool->clusters[i].next) {
    HeddleCluster *item = &pool->clusters[i];
    guint64 slot = slot_of (pool, greater, (guint) i);
    int first = first_in_mail (pool, slot);

    if (first >= 0) {
      item->same_mail = pool->clusters[first].same_mail;
      pool->clusters[first].same_mail = i;
    } else {
      item->same_mail = -1;
      item->slot = slot;
      g_hash_table_insert (pool->slots, &item->slot, GUINT_TO_POINTER ((guint) i));
    }
  }
}

static void
unite (HeddlePool *pool, guint lesser, guint greater)
{
  HeddleCluster *from = &pool->clusters[lesser], *into = &pool->clusters[greater];

  slots_move (pool, lesser, greater);
  from->parent = greater;
  pool->unions++;
  into->size += from->size;
  pool->clusters[into->last].next = (int) lesser;
  into->last = from->last;
  if (into->name < 0)
    into->name = from->name;
  heddle_author_join (&into->author, &from->author);
  heddle_clock_join (&into->clock, &from->clock);
}

gboolean
heddle_cluster_try (HeddlePool *pool, guint a, guint b, HeddleGround ground)
{
  guint x = heddle_cluster_find (pool, a), y = heddle_cluster_find (pool, b);
  const HeddleCluster *p = &pool->clusters[x], *q = &pool->clusters[y];
  HeddlePair pair = {
    .a = pool->items[a].traits,
    .b = pool->items[b].traits,
    .author_a = &p->author,
    .author_b = &q->author,
    .clock_a = &p->clock,
    .clock_b = &q->clock,
  };

  if (x == y)
    return TRUE;
  if (p->name >= 0 && q->name >= 0 && p->name != q->name)
    return FALSE;
  if (!heddle_match (&pair, ground))
    return FALSE;
  /* The lesser number breaks the tie, as everywhere. */
  if (p->size < q->size || (p->size == q->size && x > y)) {
    guint swap = x;
    x = y;
    y = swap;
  }
  if (stand_apart (pool, y, x))
    return FALSE;
  unite (pool, y, x);
  return TRUE;
}
