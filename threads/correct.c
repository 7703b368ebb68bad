/* SPDX-License-Identifier: MIT */
/* threads/correct: people's corrections, laid over the conversations that evidence makes.
 *
 * The groups that evidence makes come first, then every decision in its order, as if it
 * were made now: so a later one prevails, a correction outlives whatever mail follows, and
 * the outcome hangs on the mails and the decisions alone.
 *
 *   join   both conversations become one.
 *   split  the message goes with all below it, and with what only that holds to the rest.
 *          One that answers nothing is the beginning of something that a person joined:
 *          all of that goes, as far as the last join that brought it.
 *
 * An answer whose conversation is no longer that of what it answers has no parent. What
 * nobody showed is never a conversation of its own.
 *
 * Each decision walks its whole bundle: people decide seldom. */
#include "threads/correct.h"

typedef struct {
  HeddleGraph *graph;
  const GArray *ties;   /* of HeddleTie: from evidence */
  GArray *joins;        /* of HeddleTie: by people so far */
  guint *groups;        /* by node */
  guint next;           /* a number that no group has */
  int *child, *sibling; /* of the trees, by node; -1 */
  guint *roots, *sizes; /* of a union-find forest, made when it is needed */
  guint8 *moves;        /* which nodes a split takes */
} Correction;

static guint
find (guint *roots, guint i)
{
  while (roots[i] != i)
    i = roots[i] = roots[roots[i]];
  return i;
}

static void
connect (Correction *c, guint a, guint b)
{
  guint x = find (c->roots, a), y = find (c->roots, b);

  if (x == y)
    return;
  c->roots[MAX (x, y)] = MIN (x, y);
  c->sizes[MIN (x, y)] += c->sizes[MAX (x, y)];
}

static void
forest_clear (Correction *c)
{
  for (guint i = 0; i < c->graph->n; i++) {
    c->roots[i] = i;
    c->sizes[i] = 1;
  }
}

static gboolean
stays (const Correction *c, guint node, guint group)
{
  return c->groups[node] == group && !c->moves[node];
}

/* Connect by @ties what stays in @group. */
static void
forest_tie (Correction *c, const GArray *ties, guint group)
{
  for (guint i = 0; i < ties->len; i++) {
    const HeddleTie *tie = &g_array_index (ties, HeddleTie, i);
    if (stays (c, tie->a, group) && stays (c, tie->b, group))
      connect (c, tie->a, tie->b);
  }
}

/* --- what a split takes --------------------------------------------------------------- */

/* @top and what answers it, within its group. */
static void
move_below (Correction *c, guint top)
{
  guint at = top;

  c->moves[top] = TRUE;
  for (;;) {
    int next = c->child[at];

    while (next >= 0 && c->groups[next] != c->groups[top])
      next = c->sibling[next];
    if (next < 0) {
      while (at != top && next < 0) {
        next = c->sibling[at];
        while (next >= 0 && c->groups[next] != c->groups[top])
          next = c->sibling[next];
        if (next < 0)
          at = (guint)c->graph->nodes[at].parent;
      }
      if (next < 0)
        return;
    }
    at = (guint)next;
    c->moves[at] = TRUE;
  }
}

/* What nothing holds to @rest any more. */
static void
move_strays (Correction *c, guint rest)
{
  guint group = c->groups[rest];

  forest_clear (c);
  forest_tie (c, c->ties, group);
  forest_tie (c, c->joins, group);
  for (guint i = 0; i < c->graph->n; i++) {
    if (stays (c, i, group) && find (c->roots, i) != find (c->roots, rest))
      c->moves[i] = TRUE;
  }
}

/* What was one with @top before the last join made it one with the whole group; FALSE
 * where evidence holds all of it together. */
static gboolean
move_joined (Correction *c, guint top)
{
  guint group = c->groups[top], all = 0;

  for (guint i = 0; i < c->graph->n; i++)
    all += c->groups[i] == group;
  forest_clear (c);
  forest_tie (c, c->ties, group);
  if (c->sizes[find (c->roots, top)] == all)
    return FALSE;
  for (guint i = 0; i < c->joins->len; i++) {
    const HeddleTie *tie = &g_array_index (c->joins, HeddleTie, i);
    guint a = find (c->roots, tie->a), b = find (c->roots, tie->b), own = find (c->roots, top);

    if (c->groups[tie->a] != group || c->groups[tie->b] != group || a == b)
      continue;
    if ((a == own || b == own) && c->sizes[a] + c->sizes[b] == all)
      break;
    connect (c, a, b);
  }
  for (guint i = 0; i < c->graph->n; i++) {
    if (c->groups[i] == group && find (c->roots, i) == find (c->roots, top))
      c->moves[i] = TRUE;
  }
  return TRUE;
}

/* --- the decisions ------------------------------------------------------------------------ */

static void
split (Correction *c, guint top)
{
  guint group = c->groups[top];
  int parent = c->graph->nodes[top].parent;
  gboolean left = FALSE;

  for (guint i = 0; i < c->graph->n; i++)
    c->moves[i] = FALSE;
  if (parent >= 0 && c->groups[parent] == group) {
    move_below (c, top);
    move_strays (c, (guint)parent);
  } else if (!move_joined (c, top)) {
    move_below (c, top);
  }
  for (guint i = 0; i < c->graph->n; i++)
    left = left || (stays (c, i, group) && c->graph->nodes[i].root >= 0);
  for (guint i = 0; left && i < c->graph->n; i++) {
    if (c->moves[i])
      c->groups[i] = c->next;
  }
  c->next++;
}

static void
join (Correction *c, guint a, guint b)
{
  HeddleTie tie = { a, b };
  guint from = c->groups[b], into = c->groups[a];

  g_array_append_val (c->joins, tie);
  for (guint i = 0; from != into && i < c->graph->n; i++) {
    if (c->groups[i] == from)
      c->groups[i] = into;
  }
}

/* Groups bear the number of their first node again; edges between two are cut. */
static void
groups_settle (Correction *c)
{
  g_autofree guint *first = g_new (guint, c->next);

  for (guint i = 0; i < c->next; i++)
    first[i] = G_MAXUINT;
  for (guint i = 0; i < c->graph->n; i++)
    first[c->groups[i]] = MIN (first[c->groups[i]], i);
  for (guint i = 0; i < c->graph->n; i++)
    c->graph->nodes[i].group = first[c->groups[i]];
  for (guint i = 0; i < c->graph->n; i++) {
    HeddleGraphNode *node = &c->graph->nodes[i];
    if (node->parent >= 0 && c->graph->nodes[node->parent].group != node->group)
      node->parent = -1;
  }
}

static void
trees_read (Correction *c)
{
  for (guint i = 0; i < c->graph->n; i++)
    c->child[i] = c->sibling[i] = -1;
  for (guint i = c->graph->n; i-- > 0;) {
    int parent = c->graph->nodes[i].parent;

    c->groups[i] = c->graph->nodes[i].group;
    if (parent >= 0) {
      c->sibling[i] = c->child[parent];
      c->child[parent] = (int)i;
    }
  }
}

void
heddle_correct (HeddleGraph *graph, const GArray *rules, const GArray *ties,
                const guint *node_of_item)
{
  guint n = MAX (graph->n, 1);
  g_autoptr (GArray) joins = g_array_new (FALSE, FALSE, sizeof (HeddleTie));
  g_autofree guint *groups = g_new (guint, n), *roots = g_new (guint, n),
                   *sizes = g_new (guint, n);
  g_autofree int *child = g_new (int, n), *sibling = g_new (int, n);
  g_autofree guint8 *moves = g_new0 (guint8, n);
  Correction c = { graph, ties, joins, groups, n, child, sibling, roots, sizes, moves };

  trees_read (&c);
  for (guint i = 0; i < rules->len; i++) {
    const HeddlePoolRule *rule = &g_array_index (rules, HeddlePoolRule, i);
    if (rule->kind == HEDDLE_RULE_JOIN)
      join (&c, node_of_item[rule->item], node_of_item[rule->other]);
    else
      split (&c, node_of_item[rule->item]);
  }
  groups_settle (&c);
}
