/* SPDX-License-Identifier: MIT */
/* threads/outlook: what Outlook's conversation index (Thread-Index) says.
 *
 * Its first 22 bytes are a time and a GUID, made when the conversation began; each
 * answer and forward adds five. So a message's index begins with its parent's. But an
 * index is copied as easily as text: a mail made from a template or by resending an old
 * one bears that one's, and Outlook itself begins a new conversation when the subject is
 * changed, whatever the index. Hence it counts only together with the same subject (without
 * its prefixes) and a common participant, and an answer only where one message alone
 * bears the index that it adds to. Mail that machines send, and an index without a GUID,
 * say nothing. */
#include "threads/outlook.h"
#include "threads/cluster.h"

#include <string.h>

/* Hexadecimal digits. */
#define HEAD 44
#define ANSWER 10
#define GUID 12 /* where it begins */

gboolean
heddle_outlook_key (const HeddleMessage *message, guint64 *ret)
{
  const char *index = message->thread_index;
  g_autofree char *base = NULL, *folded = NULL;
  gsize length = index ? strlen (index) : 0;

  if (length < HEAD || (length - HEAD) % ANSWER != 0 || message->automatic != HEDDLE_AUTOMATIC_NO
      || strspn (index + GUID, "0") >= HEAD - GUID || !message->subject)
    return FALSE;
  base = heddle_subject_base (message->subject);
  folded = heddle_text_fold (base);
  if (*folded == '\0')
    return FALSE;
  *ret = heddle_fingerprint_mix (heddle_fingerprint_hash (index, HEAD),
                                 heddle_fingerprint_hash (folded, strlen (folded)));
  return TRUE;
}

typedef struct {
  guint64 key;
  guint64 what; /* a participant, or an index */
  guint item;
} Row;

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const Row *x = a, *y = b;

  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  if (x->what != y->what)
    return x->what < y->what ? -1 : 1;
  return x->item < y->item ? -1 : x->item > y->item;
}

static void
row_add (GArray *rows, guint64 key, guint64 what, guint item)
{
  Row row = { key, what, item };
  g_array_append_val (rows, row);
}

/* A row for each address by which @item takes part. */
static void
participants_add (GArray *rows, guint64 key, const HeddlePoolItem *item, guint number)
{
  const HeddleTraits *traits = item->traits;
  const char *author = traits->author.address;

  if (author)
    row_add (rows, key, (guint32) heddle_fingerprint_hash (author, strlen (author)), number);
  for (guint i = 0; i < traits->recipients.n; i++)
    row_add (rows, key, traits->recipients.hashes[i], number);
}

static guint64
index_hash (const HeddleMessage *message, gsize less)
{
  return heddle_fingerprint_hash (message->thread_index, strlen (message->thread_index) - less);
}

static guint
find (guint *parents, guint i)
{
  while (parents[i] != i)
    i = parents[i] = parents[parents[i]];
  return i;
}

/* Link all that share key and participant, each to the one before it; @parents notes who is
 * connected. */
static void
link_participants (GArray *rows, guint *parents, GArray *links)
{
  const Row *all = (const Row *) (gpointer) rows->data;

  g_array_sort (rows, compare_rows);
  for (guint i = 1; i < rows->len; i++) {
    HeddleOutlookLink link = { all[i].item, all[i - 1].item, FALSE };
    guint a = find (parents, link.item), b = find (parents, link.other);
    if (all[i].key != all[i - 1].key || all[i].what != all[i - 1].what || a == b)
      continue;
    parents[MAX (a, b)] = MIN (a, b);
    g_array_append_val (links, link);
  }
}

/* Make @rows, sorted, one for each key and index; the item of those that several messages
 * bear is SEVERAL. */
#define SEVERAL G_MAXUINT
static GArray *
bearers_of (HeddlePool *pool, const GArray *rows)
{
  GArray *ret = g_array_new (FALSE, FALSE, sizeof (Row));

  for (guint i = 0; i < rows->len; i++) {
    const Row *row = &g_array_index (rows, Row, i);
    Row *last = ret->len > 0 ? &g_array_index (ret, Row, ret->len - 1) : NULL;

    if (!last || last->key != row->key || last->what != row->what)
      g_array_append_val (ret, *row);
    else if (last->item != SEVERAL
             && heddle_cluster_find (pool, last->item) != heddle_cluster_find (pool, row->item))
      last->item = SEVERAL;
  }
  return ret;
}

/* The item that alone bears the index of hash @what in conversation @key, SEVERAL where none
 * does or more than one. */
static guint
bearer_of (const GArray *bearers, guint64 key, guint64 what)
{
  const Row *all = (const Row *) (gconstpointer) bearers->data;
  Row wanted = { key, what, 0 };
  guint low = 0, high = bearers->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (compare_rows (&all[middle], &wanted) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low < bearers->len && all[low].key == key && all[low].what == what ? all[low].item : SEVERAL;
}

/* Link each item to the one whose index it adds to. */
static void
link_answers (HeddlePool *pool, GArray *rows, guint *parents, GArray *links)
{
  g_autoptr (GArray) bearers = NULL;

  g_array_sort (rows, compare_rows);
  bearers = bearers_of (pool, rows);
  for (guint i = 0; i < rows->len; i++) {
    const Row *row = &g_array_index (rows, Row, i);
    const HeddleMessage *message = pool->items[row->item].message;
    HeddleOutlookLink link = { row->item, SEVERAL, TRUE };

    if (strlen (message->thread_index) > HEAD)
      link.other = bearer_of (bearers, row->key, index_hash (message, ANSWER));
    if (link.other != SEVERAL && find (parents, link.item) == find (parents, link.other))
      g_array_append_val (links, link);
  }
}

GArray *
heddle_outlook_links (HeddlePool *pool)
{
  g_autoptr (GArray) people = g_array_new (FALSE, FALSE, sizeof (Row));
  g_autoptr (GArray) indexes = g_array_new (FALSE, FALSE, sizeof (Row));
  GArray *links = g_array_new (FALSE, FALSE, sizeof (HeddleOutlookLink));
  g_autofree guint *parents = NULL;
  guint64 key;

  for (guint i = 0; i < pool->n; i++) {
    if (!heddle_outlook_key (pool->items[i].message, &key))
      continue;
    participants_add (people, key, &pool->items[i], i);
    row_add (indexes, key, index_hash (pool->items[i].message, 0), i);
  }
  if (indexes->len < 2)
    return links;
  parents = g_new (guint, pool->n);
  for (guint i = 0; i < pool->n; i++)
    parents[i] = i;
  link_participants (people, parents, links);
  link_answers (pool, indexes, parents, links);
  return links;
}
