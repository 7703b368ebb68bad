/* SPDX-License-Identifier: MIT */
/* threads/fill: one message from all its evidence.
 *
 * Evidence has a rank: a mail that one of us is proven to have sent, another mail
 * received, one attached to a mail, a quotation; then its number. Headers are
 * each the first in that order that says anything. The text is the longest of the
 * best rank; where words in it are withheld, an open copy that is about as long is
 * taken instead, whatever its rank. All that hangs on the text (URLs, handles,
 * actions, spans …) comes from where the text comes from; attachments from
 * everywhere, each once.
 *
 * A quotation therefore never replaces what was received. */
#include "threads/fill.h"
#include "base/base.h"
#include "threads/cluster.h"
#include "threads/persons.h"
#include "threads/variants.h"

#include <stdlib.h>
#include <string.h>

/* Two texts are about as long when the shorter has this share of the longer, in
 * tenths: names blacked out rarely take more. */
#define ABOUT_TENTHS 8

/* --- ranks ---------------------------------------------------------------------- */

static guint
rank_of (const HeddlePoolItem *item)
{
  if (item->index == 0)
    return item->mail->verified ? 0 : 1;
  return item->message->kind == HEDDLE_KIND_ATTACHED ? 2 : 3;
}

static int
compare_ranks (gconstpointer a, gconstpointer b)
{
  const HeddlePoolItem *x = *(HeddlePoolItem *const *) a, *y = *(HeddlePoolItem *const *) b;
  guint p = rank_of (x), q = rank_of (y);

  if (p != q)
    return p < q ? -1 : 1;
  return x < y ? -1 : x > y; /* their places in the pool */
}

/* The evidence of @node, the best rank first. */
static GPtrArray *
ranked (const HeddlePool *pool, const HeddleGraphNode *node)
{
  GPtrArray *ret = g_ptr_array_sized_new (node->items->len);

  for (guint i = 0; i < node->items->len; i++)
    g_ptr_array_add (ret, &pool->items[g_array_index (node->items, guint, i)]);
  g_ptr_array_sort (ret, compare_ranks);
  return ret;
}

/* --- the best text ----------------------------------------------------------------- */

/* The least redacted, then the longest, of the @n first of @items that have at
 * least @letters; the earlier where they are equal. @items holds one. */
static const HeddlePoolItem *
least_redacted (const GPtrArray *items, guint n, guint64 letters)
{
  const HeddlePoolItem *best = NULL;

  for (guint i = 0; i < n; i++) {
    const HeddlePoolItem *item = items->pdata[i];
    const HeddleFingerprint *print = &item->traits->print;

    if (print->letters < letters)
      continue;
    if (!best || print->redactions < best->traits->print.redactions
        || (print->redactions == best->traits->print.redactions
            && print->letters > best->traits->print.letters))
      best = item;
  }
  return best;
}

static guint64
about (guint letters)
{
  return ((guint64) letters * ABOUT_TENTHS + 9) / 10;
}

static const HeddlePoolItem *
best_text (const GPtrArray *items)
{
  guint longest = 0, first_rank = G_MAXUINT, n = 0;
  const HeddlePoolItem *best, *open;

  for (guint i = 0; i < items->len; i++) {
    const HeddlePoolItem *item = items->pdata[i];
    if (item->traits->print.letters > 0 && first_rank == G_MAXUINT)
      first_rank = rank_of (item);
    if (rank_of (item) <= first_rank) {
      longest = MAX (longest, item->traits->print.letters);
      n = i + 1;
    }
  }
  best = least_redacted (items, n, about (longest));
  if (best->traits->print.redactions == 0)
    return best;
  open = least_redacted (items, items->len, about (best->traits->print.letters));
  return open->traits->print.redactions < best->traits->print.redactions ? open : best;
}

/* --- headers ------------------------------------------------------------------------- */

/* How well a date places its message: with a zone, to the minute, to the day. */
static int
date_score (const HeddleDate *date)
{
  if (!date->has_local)
    return date->has_utc ? 1 : 0;
  return date->has_offset ? 4 : date->precision == HEDDLE_PRECISION_DAY ? 2 : 3;
}

static HeddleDate *
merged_date (const GPtrArray *items)
{
  const HeddleDate *best = NULL;

  for (guint i = 0; i < items->len; i++) {
    const HeddleDate *date = ((const HeddlePoolItem *) items->pdata[i])->message->date;
    if (date && (!best || date_score (date) > date_score (best)))
      best = date;
  }
  HeddleDate *date = heddle_date_copy (best);
  if (date != NULL)
    date->witness = -1; /* an index means nothing out of its chain */
  return date;
}

/* Set the string at @offset of @into to the first that the evidence has. */
static void
merge_string (HeddleMessage *into, const GPtrArray *items, gsize offset)
{
  char **field = (char **) (gpointer) ((char *) into + offset);

  g_clear_pointer (field, g_free);
  for (guint i = 0; i < items->len && !*field; i++) {
    const HeddleMessage *message = ((const HeddlePoolItem *) items->pdata[i])->message;
    *field = g_strdup (*(char *const *) (gconstpointer) ((const char *) message + offset));
  }
}

static void
merge_references (HeddleMessage *into, const GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++) {
    GPtrArray *references = ((const HeddlePoolItem *) items->pdata[i])->message->references;
    if (references->len == 0 && i + 1 < items->len)
      continue;
    g_ptr_array_unref (into->references);
    into->references = g_ptr_array_ref (references);
    return;
  }
}

/* --- attachments ------------------------------------------------------------------------ */

static HeddleAttachment *
attachment_copy (const HeddleAttachment *from)
{
  HeddleAttachment *ret = g_new0 (HeddleAttachment, 1);

  ret->name = g_strdup (from->name);
  ret->type = g_strdup (from->type);
  ret->size = from->size;
  ret->sha256 = g_strdup (from->sha256);
  ret->kind = from->kind;
  ret->caption = g_strdup (from->caption);
  return ret;
}

/* Bytes by their digest, each once; then names that are only mentioned, each
 * once and only where no bytes came under them. */
static void
merge_attachments (HeddleMessage *into, const GPtrArray *items, const HeddlePoolItem *best)
{
  g_autoptr (GHashTable) digests = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *united
      = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_attachment_free);

  for (int kind = HEDDLE_ATTACHMENT_PART; kind <= HEDDLE_ATTACHMENT_MENTIONED; kind++) {
    for (guint i = 0; i <= items->len; i++) {
      const HeddlePoolItem *item = i == 0 ? best : items->pdata[i - 1];
      const GPtrArray *list = item->message->attachments;

      for (guint k = 0; k < list->len && (i == 0 || item != best); k++) {
        const HeddleAttachment *attachment = list->pdata[k];
        gboolean part = attachment->kind == HEDDLE_ATTACHMENT_PART;

        if ((int) attachment->kind != kind
            || (part && attachment->sha256 && !g_hash_table_add (digests, attachment->sha256))
            || (!part && attachment->name && g_hash_table_contains (names, attachment->name)))
          continue;
        if (attachment->name)
          g_hash_table_add (names, attachment->name);
        g_ptr_array_add (united, attachment_copy (attachment));
      }
    }
  }
  g_ptr_array_unref (into->attachments);
  into->attachments = united;
}

/* --- the node ------------------------------------------------------------------------------ */

static HeddleMessage *
merged_message (HeddlePool *pool, const HeddleGraphNode *node, const GPtrArray *items,
                const HeddlePoolItem *best, int ret_filled[HEDDLE_FIELDS])
{
  const HeddlePoolItem *first = items->pdata[0];
  const HeddleCluster *cluster = &pool->clusters[node->root];
  HeddleMessage *ret = heddle_message_share (best->message);
  int name = cluster->name >= 0 ? cluster->name : node->name;

  ret->parent = -1;
  ret->kind = first->message->kind;
  g_free (ret->style);
  ret->style = g_strdup (first->message->style);
  heddle_persons_merge (ret, items, ret_filled);
  heddle_date_free (ret->date);
  ret->date = merged_date (items);
  merge_string (ret, items, G_STRUCT_OFFSET (HeddleMessage, subject));
  merge_string (ret, items, G_STRUCT_OFFSET (HeddleMessage, in_reply_to));
  if (!ret->signature)
    merge_string (ret, items, G_STRUCT_OFFSET (HeddleMessage, signature));
  merge_references (ret, items);
  g_free (ret->message_id);
  ret->message_id = name >= 0 ? g_strdup (pool->names->pdata[name]) : NULL;
  merge_attachments (ret, items, best);
  for (guint i = 0; i < items->len && ret->automatic == HEDDLE_AUTOMATIC_NO; i++)
    ret->automatic = ((const HeddlePoolItem *) items->pdata[i])->message->automatic;
  return ret;
}

static void
evidence_free (gpointer data)
{
  HeddleEvidence *evidence = data;

  g_free (evidence->mail);
  g_free (evidence);
}

static char *
id_of_item (const HeddlePoolItem *item)
{
  g_autofree char *index = g_strdup_printf ("%u", item->index);
  const char *parts[] = { item->mail->mail, index, NULL };

  return heddle_id ('m', parts);
}

static char *
id_of_name (const HeddlePool *pool, int name)
{
  const char *parts[] = { "mid", pool->names->pdata[name], NULL };

  return heddle_id ('m', parts);
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* A mail that `heddle export` made of a quotation is no more than that quotation. Whoever
 * forges the mark makes their own mail count for less; nothing is hidden by it. */
static gboolean
is_reconstruction (const HeddleMessage *message)
{
  return message->message_id != NULL
         && g_str_has_suffix (message->message_id, "@reconstructed.heddle.invalid");
}

static void
fill_evidence (const HeddlePool *pool, const HeddleGraphNode *node, HeddleNode *ret)
{
  for (guint i = 0; i < node->items->len; i++) {
    const HeddlePoolItem *item = &pool->items[g_array_index (node->items, guint, i)];
    HeddleEvidence *evidence = g_new0 (HeddleEvidence, 1);
    char *id = id_of_item (item);

    evidence->mail = g_strdup (item->mail->mail);
    evidence->index = item->index;
    evidence->received = item->index == 0 && !is_reconstruction (item->message);
    evidence->verified = item->mail->verified;
    g_strlcpy (evidence->id, id, sizeof evidence->id);
    g_ptr_array_add (ret->evidence, evidence);
    g_ptr_array_add (ret->ids, id);
    if (!ret->id || strcmp (id, ret->id) < 0) {
      g_free (ret->id);
      ret->id = g_strdup (id);
    }
  }
}

/* The places of @items, ranked, in the evidence of @node (transfer full). */
static guint *
places_of (const HeddlePool *pool, const HeddleGraphNode *node, const GPtrArray *items)
{
  guint *ret = g_new (guint, MAX (items->len, 1));

  for (guint i = 0; i < items->len; i++) {
    guint number = (guint) ((const HeddlePoolItem *) items->pdata[i] - pool->items);
    guint low = 0, high = node->items->len;

    while (high - low > 1) {
      guint middle = low + (high - low) / 2;
      if (g_array_index (node->items, guint, middle) <= number)
        low = middle;
      else
        high = middle;
    }
    ret[i] = low;
  }
  return ret;
}

static void
fill_from_evidence (HeddlePool *pool, const HeddleGraphNode *node, HeddleNode *ret)
{
  g_autoptr (GPtrArray) items = ranked (pool, node);
  g_autofree guint *places = places_of (pool, node, items);
  const HeddlePoolItem *best = best_text (items);

  for (guint i = 0; i < items->len; i++) {
    if (items->pdata[i] == best)
      ret->best = (int) places[i];
  }
  ret->message = merged_message (pool, node, items, best, ret->filled);
  for (int field = 0; field < HEDDLE_FIELDS; field++) {
    if (ret->filled[field] >= 0)
      ret->filled[field] = (int) places[ret->filled[field]];
  }
  heddle_variants_find (items, places, ret);
}

static HeddleNode *
node_new (void)
{
  HeddleNode *ret = g_new0 (HeddleNode, 1);

  ret->parent = ret->best = -1;
  ret->ids = g_ptr_array_new_with_free_func (g_free);
  ret->evidence = g_ptr_array_new_with_free_func (evidence_free);
  ret->variants = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_variant_free);
  ret->namesakes = g_ptr_array_new_with_free_func (g_free);
  for (int field = 0; field < HEDDLE_FIELDS; field++)
    ret->filled[field] = -1;
  return ret;
}

HeddleNode *
heddle_fill_node (HeddlePool *pool, const HeddleGraphNode *node)
{
  HeddleNode *ret = node_new ();

  fill_evidence (pool, node, ret);
  if (node->name >= 0)
    g_ptr_array_add (ret->ids, id_of_name (pool, node->name));
  for (guint i = 0; node->aliases && i < node->aliases->len; i++)
    g_ptr_array_add (ret->ids, id_of_name (pool, g_array_index (node->aliases, int, i)));
  g_ptr_array_sort (ret->ids, compare_strings);
  if (node->root < 0) {
    ret->id = id_of_name (pool, node->name);
    ret->message = heddle_message_new (HEDDLE_KIND_MISSING);
    ret->message->parent = -1;
    ret->message->message_id = g_strdup (pool->names->pdata[node->name]);
  } else {
    fill_from_evidence (pool, node, ret);
  }
  return ret;
}
