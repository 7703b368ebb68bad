/* SPDX-License-Identifier: MIT */
/* threads/pool: all evidence of a bundle in one row.
 *
 * Sorting the mails by id is what makes the order of arrival irrelevant: from
 * here on only numbers are compared. Chains are not trusted: a parent that is
 * out of range, or that closes a loop, is dropped. */
#include "threads/pool.h"
#include "threads/cluster.h"
#include "threads/key.h"

#include <string.h>

static int
compare_mails (gconstpointer a, gconstpointer b)
{
  const HeddleThreadMail *x = *(HeddleThreadMail *const *) a, *y = *(HeddleThreadMail *const *) b;
  int order = strcmp (x->mail, y->mail);

  return order ? order : (int) y->verified - (int) x->verified;
}

static int
name_number (HeddlePool *pool, GHashTable *numbers, const char *name)
{
  gpointer found;

  if (!name || !*name)
    return -1;
  if (g_hash_table_lookup_extended (numbers, name, NULL, &found))
    return GPOINTER_TO_INT (found);
  g_ptr_array_add (pool->names, (gpointer) name);
  g_hash_table_insert (numbers, (gpointer) name, GINT_TO_POINTER ((int) pool->names->len - 1));
  return (int) pool->names->len - 1;
}

/* Drop every parent that is none or that closes a loop, for the @n items from
 * @base. Each item is walked over once. */
static void
parents_check (HeddlePoolItem *items, guint base, guint n)
{
  enum { NEW, OPEN, DONE };
  g_autofree guint8 *state = g_new0 (guint8, MAX (n, 1));

  for (guint i = 0; i < n; i++) {
    int parent = items[base + i].message->parent;
    items[base + i].up = parent >= 0 && (guint) parent < n ? (int) base + parent : -1;
  }
  for (guint i = 0; i < n; i++) {
    guint at = i;

    while (state[at] == NEW) {
      state[at] = OPEN;
      int up = items[base + at].up;
      if (up < 0)
        break;
      if (state[(guint) up - base] == OPEN) {
        items[base + at].up = -1;
        break;
      }
      at = (guint) up - base;
    }
    for (at = i; state[at] == OPEN;) {
      state[at] = DONE;
      if (items[base + at].up < 0)
        break;
      at = (guint) items[base + at].up - base;
    }
  }
}

/* Number entering and leaving of a walk over the trees that `up` makes. */
static void
walk_number (HeddlePoolItem *items, guint base, guint n)
{
  g_autofree int *child = g_new (int, MAX (n, 1)), *sibling = g_new (int, MAX (n, 1));
  guint clock = 0;

  memset (child, -1, MAX (n, 1) * sizeof *child);
  memset (sibling, -1, MAX (n, 1) * sizeof *sibling);
  for (guint i = n; i-- > 0;) {
    if (items[base + i].up >= 0) {
      guint up = (guint) items[base + i].up - base;
      sibling[i] = child[up];
      child[up] = (int) i;
    }
  }
  for (guint root = 0; root < n; root++) {
    int at = (int) root;

    if (items[base + root].up >= 0)
      continue;
    items[base + root].enter = clock++;
    while (at >= 0) {
      HeddlePoolItem *item = &items[base + (guint) at];
      if (child[at] >= 0) {
        int next = child[at];
        child[at] = sibling[next];
        at = next;
        items[base + (guint) at].enter = clock++;
      } else {
        item->leave = clock++;
        at = item->up >= 0 ? item->up - (int) base : -1;
      }
    }
  }
}

static void
mail_lay_out (HeddlePool *pool, GHashTable *numbers, const HeddleThreadMail *mail, guint mail_number)
{
  const GPtrArray *messages = mail->chain->messages;
  const HeddleTraits *traits = heddle_traits_of (mail);
  guint base = pool->n;

  for (guint i = 0; i < messages->len; i++) {
    const char *references[HEDDLE_KEY_REFERENCES];
    HeddlePoolItem *item = &pool->items[pool->n++];

    item->mail = mail;
    item->mail_number = mail_number;
    item->index = i;
    item->message = messages->pdata[i];
    item->traits = &traits[i];
    item->name = name_number (pool, numbers, item->message->message_id);
    item->reference = pool->reference_names->len;
    item->references = heddle_key_references (item->message, references);
    for (guint k = 0; k < item->references; k++) {
      int name = name_number (pool, numbers, references[k]);
      g_array_append_val (pool->reference_names, name);
    }
  }
  parents_check (pool->items, base, messages->len);
  walk_number (pool->items, base, messages->len);
}

HeddlePool *
heddle_pool_new (const GPtrArray *mails)
{
  HeddlePool *pool = g_new0 (HeddlePool, 1);
  g_autoptr (GPtrArray) sorted = g_ptr_array_sized_new (mails->len);
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  const char *last = NULL;
  guint total = 0, mail_number = 0;

  for (guint i = 0; i < mails->len; i++) {
    g_ptr_array_add (sorted, mails->pdata[i]);
    total += ((HeddleThreadMail *) mails->pdata[i])->chain->messages->len;
  }
  g_ptr_array_sort (sorted, compare_mails);
  heddle_traits_make (sorted);
  pool->items = g_new0 (HeddlePoolItem, MAX (total, 1));
  pool->names = g_ptr_array_new ();
  pool->reference_names = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint i = 0; i < sorted->len; i++) {
    const HeddleThreadMail *mail = sorted->pdata[i];
    if (last && strcmp (last, mail->mail) == 0)
      continue;
    last = mail->mail;
    mail_lay_out (pool, numbers, mail, mail_number++);
  }
  pool->holders = g_new (int, MAX (pool->names->len, 1));
  memset (pool->holders, -1, MAX (pool->names->len, 1) * sizeof *pool->holders);
  heddle_cluster_init (pool);
  return pool;
}

void
heddle_pool_free (HeddlePool *pool)
{
  if (!pool)
    return;
  g_clear_pointer (&pool->slots, g_hash_table_unref);
  g_free (pool->clusters);
  g_free (pool->holders);
  g_clear_pointer (&pool->names, g_ptr_array_unref);
  g_clear_pointer (&pool->reference_names, g_array_unref);
  g_free (pool->items);
  g_free (pool);
}

int
heddle_pool_answers (const HeddlePool *pool, guint i)
{
  const HeddlePoolItem *item = &pool->items[i];

  if (item->references == 0)
    return -1;
  return g_array_index (pool->reference_names, int, item->reference + item->references - 1);
}

gboolean
heddle_pool_is_whole (const HeddlePoolItem *item)
{
  return item->index == 0 || item->message->kind == HEDDLE_KIND_ATTACHED;
}
