/* SPDX-License-Identifier: MIT */
/* linked: addresses that stand in the markup alone. Foxmail and other clients show a name
 * in a header block or an attribution and hide the address in its link, "mailto:".
 *
 * How: such links of the boundary's lines are held by their words; a person of just
 * these words and without an address gets the link's. Nothing is allocated for a boundary
 * without them.
 */
#include "parser/boundary.h"

#include <string.h>

#define LINKS_MOST 256 /* of one boundary */

static gboolean
is_mailto (const HeddleLink *link)
{
  return g_ascii_strncasecmp (link->href, "mailto:", 7) == 0;
}

/* Words of links to what they link to, within the lines; NULL for none. (transfer full) */
static GHashTable *
mailto_links (const HeddleView *view, const HeddleBoundary *boundary)
{
  GHashTable *found = NULL;
  guint left = LINKS_MOST;

  for (guint i = boundary->first; i <= boundary->last && i < view->lines->len; i++) {
    const HeddleLine *line = heddle_view_line (view, i);
    gsize length = line->links != NULL ? strlen (line->content) : 0;
    for (guint k = 0; line->links != NULL && k < line->links->len && left > 0; k++, left--) {
      const HeddleLink *link = &g_array_index (line->links, HeddleLink, k);
      if (!is_mailto (link) || link->end > length || link->start >= link->end)
        continue;
      if (found == NULL)
        found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      char *words = g_strstrip (g_strndup (line->content + link->start, link->end - link->start));
      g_hash_table_insert (found, words, link->href);
    }
  }
  return found;
}

static void
take_address (const HeddleTables *tables, GHashTable *links, HeddlePerson *person)
{
  if (person == NULL || person->name == NULL || person->address != NULL || person->redacted)
    return;
  const char *href = g_hash_table_lookup (links, person->raw);
  if (href == NULL)
    href = g_hash_table_lookup (links, person->name);
  if (href == NULL)
    return;
  g_autofree char *target = g_strndup (href, strcspn (href, "?"));
  g_autofree char *plain = g_uri_unescape_string (target, NULL);
  if (plain == NULL || !g_utf8_validate (plain, -1, NULL))
    return;
  g_autoptr (HeddlePerson) linked = heddle_person_read (tables, plain, strlen (plain));
  if (linked != NULL)
    person->address = g_steal_pointer (&linked->address);
}

void
heddle_boundary_take_links (const HeddleView *view, HeddleBoundary *boundary)
{
  g_autoptr (GHashTable) links = mailto_links (view, boundary);
  GPtrArray *people[] = { boundary->to, boundary->cc, boundary->bcc };

  if (links == NULL)
    return;
  take_address (view->tables, links, boundary->from);
  for (guint k = 0; k < G_N_ELEMENTS (people); k++)
    for (guint i = 0; i < people[k]->len; i++)
      take_address (view->tables, links, g_ptr_array_index (people[k], i));
}
