/* SPDX-License-Identifier: MIT */
/* threads/variants: the texts in which one message stands.
 *
 * Copies are laid beside one another by the hashes that fingerprints hold, so that
 * only texts that a reader would tell apart are looked at themselves: a few, however
 * many copies there are. The shown text is the first; what another has more or less
 * than that one is told from the letters of both. A signature that stands in the text
 * of one copy and apart in the other makes no difference, nor does a copy that a
 * wrong charset wrecked: it says nothing that another does not.
 *
 * Links are not compared: scanners rewrite them. */
#include "threads/variants.h"

#include <string.h>

/* Texts beyond are left out, and how many copies show them is said. */
#define VARIANTS_MAX 16

typedef struct {
  const HeddlePoolItem *item; /* the first that shows it */
  GArray *evidence;           /* of guint */
  HeddleDifference difference;
} Group;

void
heddle_variant_free (HeddleVariant *variant)
{
  if (!variant)
    return;
  g_free (variant->text);
  g_clear_pointer (&variant->evidence, g_array_unref);
  g_free (variant);
}

static gboolean
is_blank (const char *text)
{
  return !text || text[strspn (text, " \t\r\n")] == '\0';
}

static char *
letters_of (const char *text)
{
  return heddle_fingerprint_letters (text ? text : "");
}

/* What @whole has and @part has not, where @part is all of it but the ends. */
static gboolean
rest_of (const char *whole, const char *part, char **ret_rest)
{
  const char *found = *part ? strstr (whole, part) : NULL;

  if (!found)
    return FALSE;
  *ret_rest = g_strdup_printf ("%.*s%s", (int) MIN (found - whole, G_MAXINT), whole,
                               found + strlen (part));
  return TRUE;
}

/* Whether @rest is what the other copy holds apart, as the signature. */
static gboolean
stands_apart (const char *rest, const HeddleMessage *other)
{
  g_autofree char *signature = letters_of (other->signature);

  return *rest == '\0' || strstr (signature, rest) != NULL;
}

/* How @item differs from the one that is shown; SHOWN: not so that one sees it. */
static HeddleDifference
difference_of (const HeddlePoolItem *shown, const HeddlePoolItem *item)
{
  const HeddleFingerprint *a = &shown->traits->print, *b = &item->traits->print;
  g_autofree char *there = letters_of (shown->message->text);
  g_autofree char *here = letters_of (item->message->text);
  g_autofree char *rest = NULL;

  if (b->redactions != a->redactions)
    return b->redactions > a->redactions ? HEDDLE_VARIANT_REDACTED : HEDDLE_VARIANT_OPEN;
  if (rest_of (there, here, &rest))
    return stands_apart (rest, item->message) ? HEDDLE_VARIANT_SHOWN : HEDDLE_VARIANT_TRUNCATED;
  if (rest_of (here, there, &rest))
    return stands_apart (rest, shown->message) ? HEDDLE_VARIANT_SHOWN : HEDDLE_VARIANT_EXTENDED;
  return HEDDLE_VARIANT_OTHER;
}

/* @groups: array of Group, the shown text's first. Returns FALSE where @item would make
 * one too many. */
static gboolean
group_item (GArray *groups, const HeddlePoolItem *item, guint place)
{
  for (guint i = 0; i < groups->len; i++) {
    Group *group = &g_array_index (groups, Group, i);
    if (item->traits->print.wrecked
        || heddle_fingerprint_reads_alike (&group->item->traits->print, &item->traits->print)) {
      g_array_append_val (group->evidence, place);
      return TRUE;
    }
  }
  if (groups->len == VARIANTS_MAX)
    return FALSE;
  Group group = { item, g_array_new (FALSE, FALSE, sizeof (guint)), HEDDLE_VARIANT_SHOWN };
  g_array_append_val (group.evidence, place);
  if (groups->len > 0)
    group.difference = difference_of (g_array_index (groups, Group, 0).item, item);
  g_array_append_val (groups, group);
  return TRUE;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *) a, y = *(const guint *) b;
  return x < y ? -1 : x > y;
}

/* One variant of all of @groups that show what the shown one does, one of each other. */
static void
variants_make (const GArray *groups, HeddleNode *node)
{
  HeddleVariant *shown = NULL;

  for (guint i = 0; i < groups->len; i++) {
    const Group *group = &g_array_index (groups, Group, i);
    HeddleVariant *variant = shown;

    if (!shown || group->difference != HEDDLE_VARIANT_SHOWN) {
      variant = g_new0 (HeddleVariant, 1);
      variant->text = g_strdup (group->item->message->text);
      variant->difference = group->difference;
      variant->evidence = g_array_new (FALSE, FALSE, sizeof (guint));
      g_ptr_array_add (node->variants, variant);
    }
    shown = shown ? shown : variant;
    g_array_append_vals (variant->evidence, group->evidence->data, group->evidence->len);
  }
  for (guint i = 0; i < node->variants->len; i++)
    g_array_sort (((HeddleVariant *) node->variants->pdata[i])->evidence, compare_places);
  if (node->variants->len == 1)
    g_ptr_array_set_size (node->variants, 0);
}

void
heddle_variants_find (const GPtrArray *items, const guint *places, HeddleNode *node)
{
  g_autoptr (GArray) groups = NULL;
  guint best = 0;

  if (items->len < 2)
    return;
  groups = g_array_new (FALSE, FALSE, sizeof (Group));
  while (best < items->len && places[best] != (guint) node->best)
    best++;
  group_item (groups, items->pdata[best], places[best]);
  for (guint i = 0; i < items->len; i++) {
    const HeddlePoolItem *item = items->pdata[i];
    if (i != best && !is_blank (item->message->text) && !group_item (groups, item, places[i]))
      node->variants_left_out++;
  }
  if (groups->len > 1)
    variants_make (groups, node);
  for (guint i = 0; i < groups->len; i++)
    g_array_unref (g_array_index (groups, Group, i).evidence);
}
