/* SPDX-License-Identifier: MIT */
/* threads/cover: the fewest sets that together hold everything.
 *
 * To find them is hard in general and easy for mail: what stands in one mail alone needs
 * that mail, what another mail holds too makes a mail needless, and after a few rounds of
 * both next to nothing is left. What is left of a few sets is searched through; of more,
 * or where that takes too long, the set that holds most of the rest is taken again and
 * again, and the number of elements of which no two stand in one set says how few sets
 * could have done.
 *
 * Every step is counted, so the answer is the same on every machine. */
#include "threads/cover.h"

#include <string.h>

/* Sets that are searched through at most, steps of that search, and steps of looking
 * for sets that another one makes needless. */
#define SEARCH_SETS 24
#define SEARCH_STEPS 4000000u
#define NEEDLESS_STEPS 20000000u

typedef struct {
  GArray *const *sets;
  guint n_sets, n_elements;
  guint *starts, *holders; /* holders[starts[e] … starts[e + 1] - 1]: the sets of element e */
  guint *alive_holders;    /* by element: how many of them may still be taken */
  guint *gain;             /* by set: elements that it would add */
  gboolean *alive, *covered;
  gboolean *chosen;
  guint n_chosen;
  guint64 steps; /* that are left */
} Cover;

static guint
element (const Cover *cover, guint set, guint i)
{
  return g_array_index (cover->sets[set], guint, i);
}

static void
index_make (Cover *cover)
{
  g_autofree guint *at = NULL;

  for (guint s = 0; s < cover->n_sets; s++) {
    cover->gain[s] = cover->sets[s]->len;
    cover->alive[s] = cover->gain[s] > 0;
    for (guint i = 0; i < cover->sets[s]->len; i++)
      cover->starts[element (cover, s, i) + 1]++;
  }
  for (guint e = 0; e < cover->n_elements; e++) {
    cover->alive_holders[e] = cover->starts[e + 1];
    cover->covered[e] = cover->starts[e + 1] == 0; /* nobody can */
    cover->starts[e + 1] += cover->starts[e];
  }
  cover->holders = g_new (guint, MAX (cover->starts[cover->n_elements], 1));
  at = g_memdup2 (cover->starts, (cover->n_elements + 1) * sizeof *at);
  for (guint s = 0; s < cover->n_sets; s++)
    for (guint i = 0; i < cover->sets[s]->len; i++)
      cover->holders[at[element (cover, s, i)]++] = s;
}

static void
drop (Cover *cover, guint set)
{
  cover->alive[set] = FALSE;
  for (guint i = 0; i < cover->sets[set]->len; i++)
    cover->alive_holders[element (cover, set, i)]--;
}

static void
choose (Cover *cover, guint set)
{
  cover->chosen[set] = TRUE;
  cover->n_chosen++;
  for (guint i = 0; i < cover->sets[set]->len; i++) {
    guint e = element (cover, set, i);
    if (cover->covered[e])
      continue;
    cover->covered[e] = TRUE;
    for (guint k = cover->starts[e]; k < cover->starts[e + 1]; k++)
      cover->gain[cover->holders[k]]--;
  }
  drop (cover, set);
}

static guint
hash_set (gconstpointer key)
{
  const GArray *set = key;
  guint32 hash = 5381;

  for (guint i = 0; i < set->len; i++)
    hash = hash * 33 + g_array_index (set, guint, i);
  return hash;
}

static gboolean
equal_sets (gconstpointer a, gconstpointer b)
{
  const GArray *x = a, *y = b;
  return x->len == y->len && memcmp (x->data, y->data, x->len * sizeof (guint)) == 0;
}

/* One mail in several copies is the common case, and the dear one for what follows. */
static void
drop_equal (Cover *cover)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (hash_set, equal_sets);

  for (guint s = 0; s < cover->n_sets; s++)
    if (cover->alive[s] && !g_hash_table_add (seen, cover->sets[s]))
      drop (cover, s);
}

/* --- what is easy --------------------------------------------------------------------- */

static gboolean
take_only_holders (Cover *cover)
{
  gboolean any = FALSE;

  cover->steps -= MIN (cover->steps, cover->n_elements);
  for (guint e = 0; e < cover->n_elements; e++) {
    if (cover->covered[e] || cover->alive_holders[e] != 1)
      continue;
    for (guint k = cover->starts[e]; k < cover->starts[e + 1]; k++)
      if (cover->alive[cover->holders[k]]) {
        choose (cover, cover->holders[k]);
        break;
      }
    any = TRUE;
  }
  return any;
}

/* Whether all that @set would add another one adds too, and more, or as much and it is
 * preferred. @common: zeroes, and left so. */
static gboolean
is_needless (Cover *cover, guint set, guint *common)
{
  gboolean found = cover->gain[set] == 0;
  g_autoptr (GArray) touched = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < cover->sets[set]->len && !found; i++) {
    guint e = element (cover, set, i);
    if (cover->covered[e])
      continue;
    for (guint k = cover->starts[e]; k < cover->starts[e + 1]; k++) {
      guint other = cover->holders[k];
      cover->steps -= MIN (cover->steps, 1);
      if (!cover->alive[other] || other == set)
        continue;
      if (common[other]++ == 0)
        g_array_append_val (touched, other);
      found = found || (common[other] == cover->gain[set]
                        && (cover->gain[other] > cover->gain[set] || other < set));
    }
  }
  for (guint i = 0; i < touched->len; i++)
    common[g_array_index (touched, guint, i)] = 0;
  return found;
}

/* The preferred ones are asked last, so that they stay. */
static gboolean
drop_needless (Cover *cover)
{
  g_autofree guint *common = g_new0 (guint, MAX (cover->n_sets, 1));
  gboolean any = FALSE;

  cover->steps -= MIN (cover->steps, cover->n_sets);
  for (guint s = cover->n_sets; s-- > 0 && cover->steps > 0;) {
    if (!cover->alive[s] || !is_needless (cover, s, common))
      continue;
    drop (cover, s);
    any = TRUE;
  }
  return any;
}

/* --- a few sets: all ways -------------------------------------------------------------------- */

typedef struct {
  guint n;
  guint sets[SEARCH_SETS];
  GArray *rows; /* of guint32: for each element that is left, which of `sets` hold it */
  guint32 best;
  guint steps;
} Search;

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
  return x < y ? -1 : x > y;
}

static void
search_make (const Cover *cover, Search *search)
{
  g_autofree guint32 *rows = g_new0 (guint32, MAX (cover->n_elements, 1));

  for (guint k = 0; k < search->n; k++) {
    guint set = search->sets[k];
    for (guint i = 0; i < cover->sets[set]->len; i++)
      rows[element (cover, set, i)] |= (guint32)1 << k;
  }
  search->rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint e = 0; e < cover->n_elements; e++)
    if (!cover->covered[e])
      g_array_append_val (search->rows, rows[e]);
  g_array_sort (search->rows, compare_rows);
  guint kept = 0;
  for (guint i = 0; i < search->rows->len; i++) {
    guint32 row = g_array_index (search->rows, guint32, i);
    if (kept == 0 || g_array_index (search->rows, guint32, kept - 1) != row)
      g_array_index (search->rows, guint32, kept++) = row;
  }
  g_array_set_size (search->rows, kept);
}

/* Whether @more sets from @from on complete @taken: the first such choice, in the order
 * of the sets. FALSE too when the steps are used up. No deeper than SEARCH_SETS. */
static gboolean
search_from (Search *search, guint32 taken, guint from, guint more)
{
  guint32 later = G_MAXUINT32 << from;
  gboolean open = FALSE;

  for (guint i = 0; i < search->rows->len; i++) {
    guint32 row = g_array_index (search->rows, guint32, i);
    if (search->steps == 0)
      return FALSE;
    search->steps--;
    if ((row & taken) != 0)
      continue;
    if (more == 0 || (row & later) == 0)
      return FALSE;
    open = TRUE;
  }
  if (!open) {
    search->best = taken;
    return TRUE;
  }
  for (guint k = from; k < search->n; k++)
    if (search_from (search, taken | (guint32)1 << k, k + 1, more - 1))
      return TRUE;
  return FALSE;
}

/* Take the least number of the sets that are left; FALSE where they are too many. */
static gboolean
search_all (Cover *cover)
{
  Search search = { .steps = SEARCH_STEPS };
  gboolean found = FALSE;

  for (guint s = 0; s < cover->n_sets; s++) {
    if (!cover->alive[s] || cover->gain[s] == 0)
      continue;
    if (search.n == SEARCH_SETS)
      return FALSE;
    search.sets[search.n++] = s;
  }
  search_make (cover, &search);
  for (guint size = 0; size <= search.n && !found && search.steps > 0; size++)
    found = search_from (&search, 0, 0, size);
  for (guint k = 0; found && k < search.n; k++)
    if ((search.best & (guint32)1 << k) != 0)
      choose (cover, search.sets[k]);
  g_array_unref (search.rows);
  return found;
}

/* --- many sets: the largest, again and again ---------------------------------------------- */

/* Elements of which no two stand in one set. */
static guint
count_apart (const Cover *cover)
{
  g_autofree gboolean *used = g_new0 (gboolean, MAX (cover->n_sets, 1));
  guint apart = 0;

  for (guint e = 0; e < cover->n_elements; e++) {
    gboolean free = !cover->covered[e];
    for (guint k = cover->starts[e]; free && k < cover->starts[e + 1]; k++)
      free = !used[cover->holders[k]];
    if (!free)
      continue;
    apart++;
    for (guint k = cover->starts[e]; k < cover->starts[e + 1]; k++)
      used[cover->holders[k]] = TRUE;
  }
  return apart;
}

/* Sets lie in buckets by what they would add when they were put there; each is looked at
 * again when its bucket's turn comes, and moved down where it adds less by then. */
static void
take_largest (Cover *cover)
{
  g_autofree guint *next = g_new (guint, MAX (cover->n_sets, 1));
  g_autofree guint *heads = g_new0 (guint, cover->n_elements + 1); /* 0: none; else the set + 1 */

  for (guint s = cover->n_sets; s-- > 0;) {
    if (!cover->alive[s])
      continue;
    next[s] = heads[cover->gain[s]];
    heads[cover->gain[s]] = s + 1;
  }
  for (guint gain = cover->n_elements; gain > 0; gain--) {
    while (heads[gain] > 0) {
      guint s = heads[gain] - 1;
      heads[gain] = next[s];
      if (cover->gain[s] == gain && cover->alive[s]) {
        choose (cover, s);
      } else if (cover->alive[s]) {
        next[s] = heads[cover->gain[s]];
        heads[cover->gain[s]] = s + 1;
      }
    }
  }
}

/* What was taken early may be held by what was taken later. */
static void
give_back (Cover *cover)
{
  g_autofree guint *times = g_new0 (guint, MAX (cover->n_elements, 1));

  for (guint s = 0; s < cover->n_sets; s++)
    for (guint i = 0; cover->chosen[s] && i < cover->sets[s]->len; i++)
      times[element (cover, s, i)]++;
  for (guint s = cover->n_sets; s-- > 0;) {
    gboolean needless = cover->chosen[s];
    for (guint i = 0; needless && i < cover->sets[s]->len; i++)
      needless = times[element (cover, s, i)] > 1;
    if (!needless)
      continue;
    cover->chosen[s] = FALSE;
    for (guint i = 0; i < cover->sets[s]->len; i++)
      times[element (cover, s, i)]--;
  }
}

guint
heddle_cover_find (GArray *const *sets, guint n_sets, guint n_elements, gboolean *ret_chosen)
{
  g_autofree guint *starts = g_new0 (guint, n_elements + 1);
  g_autofree guint *alive_holders = g_new0 (guint, MAX (n_elements, 1));
  g_autofree guint *gain = g_new0 (guint, MAX (n_sets, 1));
  g_autofree gboolean *alive = g_new0 (gboolean, MAX (n_sets, 1));
  g_autofree gboolean *covered = g_new0 (gboolean, MAX (n_elements, 1));
  Cover cover = { .sets = sets, .n_sets = n_sets, .n_elements = n_elements, .starts = starts,
                  .alive_holders = alive_holders, .gain = gain, .alive = alive,
                  .covered = covered, .chosen = ret_chosen, .steps = NEEDLESS_STEPS };

  memset (ret_chosen, 0, n_sets * sizeof *ret_chosen);
  index_make (&cover);
  drop_equal (&cover);
  gboolean any = TRUE;
  while (any && cover.steps > 0) {
    any = take_only_holders (&cover);
    any = drop_needless (&cover) || any;
  }
  guint least = cover.n_chosen + count_apart (&cover);
  if (search_all (&cover))
    least = cover.n_chosen;
  else {
    take_largest (&cover);
    give_back (&cover);
  }
  g_free (cover.holders);
  return least;
}
