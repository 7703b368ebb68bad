/* SPDX-License-Identifier: MIT */
/* What a message says, gathered: calls each finder on the message's text and keeps
 * what limits->facts allows of each kind.
 *
 * Web addresses and names of attachments come first: what they cover is no text that
 * the other finders may read ("Screen Shot 2018-03-27 at 2.06.02 PM.png" speaks of no
 * day, "https://…/@name" names no handle). The subject is read for case numbers alone,
 * since that is where desks write them.
 */
#include "parser/ask.h"
#include "parser/facts.h"
#include "parser/order.h"

#include <string.h>

/* Move what @found holds to the end of @list, up to @most in all; TRUE when something
 * had to stay behind. Takes @found. */
static gboolean
keep (GPtrArray *list, GPtrArray *found, guint most)
{
  guint room = list->len < most ? most - list->len : 0;
  gboolean cut = found->len > room;

  if (cut)
    g_ptr_array_set_size (found, (gint) room);
  g_ptr_array_extend_and_steal (list, found);
  return cut;
}

static gint
compare_ranges (gconstpointer a, gconstpointer b)
{
  const HeddleRange *one = a, *two = b;
  return one->start < two->start ? -1 : one->start > two->start;
}

/* Names that the message carries as parts already are not mentioned once more. */
static void
drop_known (GPtrArray *found, const GPtrArray *known)
{
  if (known->len == 0 || found->len == 0)
    return;
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < known->len; i++) {
    const HeddleAttachment *one = g_ptr_array_index (known, i);
    if (one->name != NULL)
      g_hash_table_add (names, one->name);
  }
  for (guint i = found->len; i-- > 0;) {
    const HeddleAttachment *one = g_ptr_array_index (found, i);
    if (g_hash_table_contains (names, one->name))
      g_ptr_array_remove_index (found, i);
  }
}

static gboolean
fill_attachments (const HeddleTables *tables, HeddleMessage *message, const char *text,
                  GArray *covered, guint most)
{
  GPtrArray *found = heddle_attachments_named (tables, text, strlen (text), most + 1, covered);
  drop_known (found, message->attachments);
  return keep (message->attachments, found, most);
}

static gboolean
fill_cases (const HeddleTables *tables, HeddleMessage *message, const HeddleGlance *glance,
            const GArray *covered, guint most)
{
  g_autoptr (GArray) nothing = g_array_new (FALSE, FALSE, sizeof (HeddleRange));
  GPtrArray *found
      = heddle_cases_find (tables, message->text, strlen (message->text), glance, covered, most + 1);
  gboolean cut = keep (message->cases, found, most);

  if (message->subject == NULL)
    return cut;
  gsize length = strlen (message->subject);
  g_autoptr (HeddleGlance) of_subject = heddle_glance_new (tables, message->subject, length);
  found = heddle_cases_find (tables, message->subject, length, of_subject, nothing, most + 1);
  for (guint i = found->len; i-- > 0;) {
    const HeddleCase *one = g_ptr_array_index (found, i);
    for (guint n = 0; n < message->cases->len; n++) {
      const HeddleCase *known = g_ptr_array_index (message->cases, n);
      if (g_ascii_strcasecmp (one->id, known->id) == 0) {
        g_ptr_array_remove_index (found, i);
        break;
      }
    }
  }
  return keep (message->cases, found, most) || cut;
}

/* Whether the date above the message is one that must have the day first. */
static gboolean
writes_day_first (const HeddleMessage *message)
{
  return message->date != NULL && message->date->raw != NULL
         && heddle_order_of (message->date->raw) == HEDDLE_ORDER_DAY_FIRST;
}

void
heddle_facts_fill (const HeddleTables *tables, HeddleMessage *message, const HeddleTextMap *map,
                   const char *named, const HeddleLimits *limits, GPtrArray *warnings)
{
  g_autoptr (GArray) covered = g_array_new (FALSE, FALSE, sizeof (HeddleRange));
  const char *text = message->text;
  gsize length = strlen (text);
  guint most = MIN (limits->facts, G_MAXINT / 2);
  gboolean cut = FALSE;

  if (most == 0)
    return;
  cut |= keep (message->urls,
               heddle_urls_find (tables, text, length, map->links, most + 1, covered), most);
  g_autoptr (HeddleGlance) glance = heddle_glance_new (tables, text, length);
  if (!map->html)
    cut |= keep (message->urls,
                 heddle_lost_links (tables, text, length, glance, covered, most + 1), most);
  cut |= fill_attachments (tables, message, text, covered, most);
  if (named != NULL)
    cut |= fill_attachments (tables, message, named, NULL, most);
  g_array_sort (covered, compare_ranges);
  cut |= keep (message->handles, heddle_handles_find (tables, text, length, covered, most + 1),
               most);
  cut |= keep (message->people,
               heddle_people_find (tables, text, length, map->links, covered, most + 1), most);
  cut |= fill_cases (tables, message, glance, covered, most);
  const HeddleWall *clock
      = message->date != NULL && message->date->has_local ? &message->date->local : NULL;
  g_autoptr (GArray) places = heddle_when_places (tables, text, length, glance, clock,
                                                 strchr (text, '/') != NULL && writes_day_first (message),
                                                 covered, most + 1);
  cut |= keep (message->dates, heddle_when_mentions (text, places), most);
  cut |= keep (message->actions,
               heddle_asks_find (tables, text, length, glance, map, clock, covered, places,
                                 most + 1),
               most);
  heddle_receipt_read (tables, message, glance);
  if (cut)
    heddle_warn (warnings, "a message says more than is kept: some of its addresses, dates or "
                           "requests were left out");
}
