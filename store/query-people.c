/* SPDX-License-Identifier: MIT */
/* query-people: from:, to: and participant: find a person by whatever names them.
 *
 * Two things are known of people without reading every mail, and widen what was asked:
 *   - what somebody decided (`heddle people join`, `part`): whoever is found by one address
 *     or name of such a person is found by all of them;
 *   - a name without an address, in a conversation in which one address bears that name,
 *     by what a mail shows that was received, and no other does: that is who it is.
 * Who is withheld has no name here, so nobody is joined with them.
 *
 * Not handled: two addresses that are one person on the evidence of all mails alone
 * (threads/who.c), as `heddle people` shows; and names in another order ("Ruiz, Ana").
 */
#include "config.h"

#include <string.h>

#include "store/query-people.h"
#include "store/store-private.h"
#include "store/terms.h"

#define MEMBERS 32 /* of a person, beyond which no more are looked for */
#define BEARERS 8  /* addresses of one name, beyond which it tells nobody apart */
#define ADDED 40   /* to one query: SQLite bounds its parameters */

typedef struct {
  HeddleStore *store;
  guint added;
  GPtrArray *groups; /* of GPtrArray of char *, heddle_people_key() of each */
} People;

/* --- what was decided ---------------------------------------------------------------- */

static void
clear_people (People *people)
{
  g_clear_pointer (&people->groups, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (People, clear_people)

/* The place of the group that @key is in, of a new one where it is in none. @ret_at: of the
 * key in it. */
static guint
find_group (People *people, const char *key, guint *ret_at)
{
  for (guint i = 0; i < people->groups->len; i++) {
    GPtrArray *group = people->groups->pdata[i];
    if (g_ptr_array_find_with_equal_func (group, key, g_str_equal, ret_at))
      return i;
  }
  GPtrArray *group = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (group, g_strdup (key));
  g_ptr_array_add (people->groups, group);
  *ret_at = 0;
  return people->groups->len - 1;
}

static void
join (People *people, const char *one, const char *other)
{
  guint at = 0, a = find_group (people, one, &at), b = find_group (people, other, &at);
  if (a == b)
    return;
  g_ptr_array_extend_and_steal (people->groups->pdata[MIN (a, b)],
                                g_ptr_array_ref (people->groups->pdata[MAX (a, b)]));
  g_ptr_array_remove_index_fast (people->groups, MAX (a, b));
}

static void
part (People *people, const char *key)
{
  guint at = 0, place = find_group (people, key, &at);
  g_ptr_array_remove_index_fast (people->groups->pdata[place], at);
}

static gboolean
read_decided (People *people, GError **error)
{
  people->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  if (!heddle_truth_need (people->store, error))
    return FALSE;
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      people->store->truth,
      "SELECT subject, value FROM decisions WHERE kind IN ('people-join', 'people-part')"
      " ORDER BY id",
      error);
  if (stmt == NULL)
    return FALSE;
  HeddleStep step;
  while ((step = heddle_stmt_step (stmt, error)) == HEDDLE_STEP_ROW) {
    g_autofree char *one = heddle_stmt_text (stmt, 0), *other = heddle_stmt_text (stmt, 1);
    if (other != NULL)
      join (people, one, other);
    else
      part (people, one);
  }
  return step == HEDDLE_STEP_DONE;
}

/* --- who bears which name ------------------------------------------------------------ */

/* The name in "Ana Ruiz <ana@example.org>", folded; NULL where there is none. */
static char *
name_in (const char *shown)
{
  const char *open = shown != NULL ? strrchr (shown, '<') : NULL;
  if (open == NULL || open == shown)
    return NULL;
  g_autofree char *name = g_strndup (shown, (gsize) (open - shown));
  char *folded = heddle_text_fold (g_strstrip (name));
  if (*folded == '\0')
    g_clear_pointer (&folded, g_free);
  return folded;
}

static const char names_of_address[]
    = "SELECT v.shown FROM things v WHERE v.kind IN (0, 1) AND v.value = ?"
      " AND v.shown IS NOT NULL AND EXISTS (SELECT 1 FROM facts f JOIN nodes n ON n.id = f.node"
      "  WHERE f.thing = v.id AND (n.flags & 1) <> 0)";
static const char all_names[]
    = "SELECT value, shown FROM things WHERE kind IN (0, 1) AND shown IS NOT NULL";
static const char all_alone[]
    = "SELECT DISTINCT value FROM things WHERE kind IN (0, 1) AND instr (value, '@') = 0";
static const char name_alone[] = "SELECT 1 FROM things WHERE kind IN (0, 1) AND value = ? LIMIT 1";

/* Names that received mails show with @address: array of char *, folded (transfer full). */
static GPtrArray *
names_borne (HeddleStore *store, const char *address, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (store->index, names_of_address, error);
  if (stmt == NULL)
    return NULL;
  heddle_stmt_bind (stmt, "t", address);
  HeddleStep step;
  while ((step = heddle_stmt_step (stmt, error)) == HEDDLE_STEP_ROW) {
    g_autofree char *shown = heddle_stmt_text (stmt, 0);
    g_autofree char *name = name_in (shown);
    if (name != NULL && names->len < MEMBERS
        && !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
      g_ptr_array_add (names, g_steal_pointer (&name));
  }
  return step == HEDDLE_STEP_DONE ? g_steal_pointer (&names) : NULL;
}

static gboolean
stands_alone (HeddleStore *store, const char *name, gboolean *ret, GError **error)
{
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (store->index, name_alone, error);
  if (stmt == NULL)
    return FALSE;
  heddle_stmt_bind (stmt, "t", name);
  HeddleStep step = heddle_stmt_step (stmt, error);
  *ret = step == HEDDLE_STEP_ROW;
  return step != HEDDLE_STEP_ERROR;
}

/* Other addresses than @address that are shown with @name, anywhere: array of char *. */
static GPtrArray *
other_bearers (HeddleStore *store, const char *name, const char *address, GError **error)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (store->index, all_names, error);
  if (stmt == NULL)
    return NULL;
  HeddleStep step;
  while ((step = heddle_stmt_step (stmt, error)) == HEDDLE_STEP_ROW) {
    g_autofree char *value = heddle_stmt_text (stmt, 0), *shown = heddle_stmt_text (stmt, 1);
    g_autofree char *borne = name_in (shown);
    if (g_strcmp0 (borne, name) == 0 && strcmp (value, address) != 0 && others->len <= BEARERS
        && !g_ptr_array_find_with_equal_func (others, value, g_str_equal, NULL))
      g_ptr_array_add (others, g_steal_pointer (&value));
  }
  return step == HEDDLE_STEP_DONE ? g_steal_pointer (&others) : NULL;
}

/* Names without an address whose key is @key: array of char *, folded (transfer full). */
static GPtrArray *
names_keyed (HeddleStore *store, const char *key, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (store->index, all_alone, error);
  if (stmt == NULL)
    return NULL;
  HeddleStep step;
  while ((step = heddle_stmt_step (stmt, error)) == HEDDLE_STEP_ROW) {
    g_autofree char *name = heddle_stmt_text (stmt, 0);
    g_autofree char *own = heddle_people_key (NULL, name);
    if (g_strcmp0 (own, key) == 0 && names->len < MEMBERS)
      g_ptr_array_add (names, g_steal_pointer (&name));
  }
  return step == HEDDLE_STEP_DONE ? g_steal_pointer (&names) : NULL;
}

/* --- the tree ---------------------------------------------------------------------------- */

static void
add_fact (GPtrArray *found, const HeddleQuery *query, const char *value)
{
  HeddleQuery *fact = heddle_query_new (HEDDLE_QUERY_FACT);
  fact->first_fact = query->first_fact;
  fact->last_fact = query->last_fact;
  fact->match = HEDDLE_MATCH_EQUAL;
  fact->value = g_strdup (value);
  g_ptr_array_add (found, fact);
}

/* What is said by the names alone of whoever bears @address. */
static gboolean
add_names (HeddleStore *store, GPtrArray *found, const HeddleQuery *query, const char *address,
           GError **error)
{
  g_autoptr (GPtrArray) names = names_borne (store, address, error);
  for (guint i = 0; names != NULL && i < names->len; i++) {
    gboolean alone = FALSE;
    if (!stands_alone (store, names->pdata[i], &alone, error))
      return FALSE;
    if (!alone)
      continue;
    g_autoptr (GPtrArray) others = other_bearers (store, names->pdata[i], address, error);
    if (others == NULL)
      return FALSE;
    if (others->len > BEARERS)
      continue;
    HeddleQuery *named = heddle_query_new (HEDDLE_QUERY_NAMED);
    named->first_fact = query->first_fact;
    named->last_fact = query->last_fact;
    named->value = g_strdup (names->pdata[i]);
    named->address = g_strdup (address);
    named->terms = g_steal_pointer (&others);
    g_ptr_array_add (found, named);
  }
  return names != NULL;
}

/* Whether the words of @query stand one after the other in @text. */
static gboolean
stands_in (const HeddleQuery *query, const char *text)
{
  g_autoptr (GPtrArray) terms = heddle_terms_split (text);
  for (guint at = 0; at + query->terms->len <= terms->len; at++) {
    guint i = 0;
    for (; i < query->terms->len; i++) {
      const char *term = terms->pdata[at + i], *wanted = query->terms->pdata[i];
      gboolean open = query->beginning && i + 1 == query->terms->len;
      if (open ? !g_str_has_prefix (term, wanted) : strcmp (term, wanted) != 0)
        break;
    }
    if (i == query->terms->len)
      return TRUE;
  }
  return FALSE;
}

/* A key is "address:…" or "name:…". */
static const char *
value_of (const char *key)
{
  const char *colon = strchr (key, ':');
  return colon != NULL ? colon + 1 : key;
}

static gboolean
is_meant (HeddleStore *store, const HeddleQuery *query, const char *key, gboolean *ret,
          GError **error)
{
  const char *value = value_of (key);
  gboolean address = g_str_has_prefix (key, "address:");
  *ret = query->kind == HEDDLE_QUERY_FACT ? address && strcmp (value, query->value) == 0
                                          : stands_in (query, value);
  if (*ret || !address || query->kind == HEDDLE_QUERY_FACT)
    return TRUE;
  g_autoptr (GPtrArray) names = names_borne (store, value, error);
  for (guint i = 0; names != NULL && i < names->len && !*ret; i++)
    *ret = stands_in (query, names->pdata[i]);
  return names != NULL;
}

static gboolean
add_member (HeddleStore *store, GPtrArray *found, const HeddleQuery *query, const char *key,
            GError **error)
{
  if (g_str_has_prefix (key, "address:")) {
    add_fact (found, query, value_of (key));
    return add_names (store, found, query, value_of (key), error);
  }
  g_autoptr (GPtrArray) names = names_keyed (store, key, error);
  for (guint i = 0; names != NULL && i < names->len; i++)
    add_fact (found, query, names->pdata[i]);
  return names != NULL;
}

/* All of the person that @group is, if @query means one of it. */
static gboolean
add_group (HeddleStore *store, GPtrArray *found, const HeddleQuery *query, const GPtrArray *group,
           GError **error)
{
  gboolean meant = FALSE;
  guint most = MIN (group->len, MEMBERS);
  for (guint i = 0; i < most && !meant; i++)
    if (!is_meant (store, query, group->pdata[i], &meant, error))
      return FALSE;
  for (guint i = 0; i < most && meant && group->len > 1; i++)
    if (!add_member (store, found, query, group->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* @place: a term that asks for a person; becomes one of several where more is known. */
static gboolean
widen (People *people, HeddleQuery **place, GError **error)
{
  HeddleQuery *query = *place;
  g_autoptr (GPtrArray) found
      = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_query_free);
  if (people->groups == NULL && !read_decided (people, error))
    return FALSE;
  if (query->kind == HEDDLE_QUERY_FACT
      && !add_names (people->store, found, query, query->value, error))
    return FALSE;
  for (guint i = 0; i < people->groups->len; i++)
    if (!add_group (people->store, found, query, people->groups->pdata[i], error))
      return FALSE;
  if (found->len == 0 || people->added + found->len > ADDED)
    return TRUE;
  people->added += found->len;
  HeddleQuery *any = heddle_query_new (HEDDLE_QUERY_OR);
  g_ptr_array_add (any->children, query);
  g_ptr_array_extend_and_steal (any->children, g_steal_pointer (&found));
  *place = any;
  return TRUE;
}

static gboolean
walk (People *people, HeddleQuery **place, GError **error)
{
  HeddleQuery *query = *place;
  if (query->person)
    return widen (people, place, error);
  for (guint i = 0; query->children != NULL && i < query->children->len; i++)
    if (!walk (people, (HeddleQuery **) &query->children->pdata[i], error))
      return FALSE;
  return TRUE;
}

gboolean
heddle_query_people (HeddleStore *store, HeddleQuery **query, GError **error)
{
  g_auto (People) people = { .store = store };
  return walk (&people, query, error);
}
