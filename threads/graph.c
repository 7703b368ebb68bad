/* SPDX-License-Identifier: MIT */
/* threads/graph: messages, and which answers which.
 *
 * A node for each message that evidence shows, and for each Message-ID that some
 * of it refers to and nobody shows. Edges are proposed with their reason, sorted
 * by it, and taken one by one where the child has no parent yet and no loop
 * would close: in a forest a loop closes exactly when both ends are in one tree,
 * which a union-find forest beside it knows at once, however deep.
 *
 * What nobody showed stays only where it is the direct answer's object or joins
 * two branches; the ids of the others are kept with a neighbour, so that an id
 * that was printed once is never lost.
 *
 * One conversation is what edges, references, Outlook's index and standing in one mail
 * connect. The subject connects nothing; people may correct it (correct.c). */
#include "threads/graph.h"
#include "threads/cluster.h"
#include "threads/correct.h"
#include "threads/outlook.h"

#include <string.h>

/* Why one message is taken for another's parent, the strongest first. */
typedef enum {
  BY_CARRYING,  /* the mail forwards it, or has it attached */
  BY_HEADER,    /* In-Reply-To or the last reference, to a message that we have */
  BY_QUOTING,   /* the mail quotes it right below its own text */
  BY_QUOTATION, /* so it stands within what a mail quotes */
  BY_NAME,      /* the header, to a message that nobody showed */
  BY_INDEX,     /* Outlook's conversation index is that of the other and five bytes more */
  BY_REFERENCES /* neighbours in somebody's References */
} Reason;

typedef struct {
  Reason reason;
  guint child, parent;
  gint64 time; /* of the parent, the later the nearer */
} Edge;

typedef struct {
  HeddlePool *pool;
  HeddleGraph *graph;
  guint *node_of_item;
  int *node_of_name; /* the holder's, or that of a missing one; -1 for a name never referred to */
  GArray *edges;
  GArray *links; /* of HeddleOutlookLink */
  guint *trees;  /* union-find: the tree that edges make so far */
  guint *groups; /* union-find: the conversation */
  GArray *ties;  /* (nullable) of HeddleTie: what made the groups, where people correct them */
} Build;

/* --- nodes ---------------------------------------------------------------------- */

static guint
node_add (HeddleGraph *graph, int root)
{
  HeddleGraphNode *node = &graph->nodes[graph->n];

  node->root = root;
  node->name = node->parent = -1;
  node->kept = TRUE;
  node->items = g_array_new (FALSE, FALSE, sizeof (guint));
  return graph->n++;
}

/* In the order of their least evidence, then in that in which missing ones are
 * referred to. */
static void
nodes_make (Build *build)
{
  HeddlePool *pool = build->pool;
  g_autofree int *of_root = g_new (int, MAX (pool->n, 1));

  memset (of_root, -1, MAX (pool->n, 1) * sizeof *of_root);
  for (guint i = 0; i < pool->n; i++) {
    guint root = heddle_cluster_find (pool, i);
    if (of_root[root] < 0)
      of_root[root] = (int) node_add (build->graph, (int) root);
    build->node_of_item[i] = (guint) of_root[root];
    g_array_append_val (build->graph->nodes[of_root[root]].items, i);
  }
  for (guint name = 0; name < pool->names->len; name++) {
    if (pool->holders[name] < 0)
      continue;
    build->node_of_name[name] = of_root[heddle_cluster_find (pool, (guint) pool->holders[name])];
    build->graph->nodes[build->node_of_name[name]].name = (int) name;
  }
  for (guint i = 0; i < pool->reference_names->len; i++) {
    int name = g_array_index (pool->reference_names, int, i);
    if (build->node_of_name[name] >= 0)
      continue;
    build->node_of_name[name] = (int) node_add (build->graph, -1);
    build->graph->nodes[build->node_of_name[name]].name = name;
  }
}

/* --- edges ----------------------------------------------------------------------- */

static void
edge_add (Build *build, Reason reason, guint child, guint parent)
{
  Edge edge = { reason, child, parent, G_MININT64 };
  int root = build->graph->nodes[parent].root;

  if (child == parent)
    return;
  if (root >= 0)
    heddle_clock_point (&build->pool->clusters[root].clock, &edge.time);
  g_array_append_val (build->edges, edge);
}

/* Whether item @i answers a message that nobody showed, though it quotes another one: the
 * quoted has a Message-ID of its own. Returns that message, else -1. */
static int
skipped_over (const Build *build, guint i)
{
  HeddlePool *pool = build->pool;
  const HeddlePoolItem *item = &pool->items[i];
  int name = heddle_pool_answers (pool, i);

  if (item->up < 0 || name < 0 || !heddle_pool_is_whole (item)
      || build->graph->nodes[build->node_of_name[name]].root >= 0
      || pool->clusters[heddle_cluster_find (pool, (guint) item->up)].name < 0)
    return -1;
  return build->node_of_name[name];
}

static void
edges_of_item (Build *build, guint i)
{
  const HeddlePoolItem *item = &build->pool->items[i];
  guint child = build->node_of_item[i];
  int before = -1;

  if (item->up >= 0) {
    HeddleKind kind = build->pool->items[item->up].message->kind;
    gboolean carried = kind == HEDDLE_KIND_FORWARD || kind == HEDDLE_KIND_ATTACHED;
    Reason reason = !heddle_pool_is_whole (item) ? BY_QUOTATION
                    : carried                    ? BY_CARRYING
                                                 : BY_QUOTING;
    int over = reason == BY_QUOTING ? skipped_over (build, i) : -1;
    if (over >= 0)
      edge_add (build, BY_QUOTATION, (guint) over, build->node_of_item[item->up]);
    else
      edge_add (build, reason, child, build->node_of_item[item->up]);
  }
  for (guint k = 0; k < item->references; k++) {
    int name = g_array_index (build->pool->reference_names, int, item->reference + k);
    int node = build->node_of_name[name];

    if (before >= 0)
      edge_add (build, BY_REFERENCES, (guint) node, (guint) before);
    before = node;
  }
  if (before >= 0)
    edge_add (build, build->graph->nodes[before].root >= 0 ? BY_HEADER : BY_NAME, child,
              (guint) before);
}

static int
compare_edges (gconstpointer a, gconstpointer b)
{
  const Edge *x = a, *y = b;

  if (x->reason != y->reason)
    return x->reason < y->reason ? -1 : 1;
  if (x->child != y->child)
    return x->child < y->child ? -1 : 1;
  if (x->time != y->time)
    return x->time > y->time ? -1 : 1;
  return x->parent < y->parent ? -1 : x->parent > y->parent;
}

static guint
find (guint *parents, guint i)
{
  while (parents[i] != i)
    i = parents[i] = parents[parents[i]];
  return i;
}

static void
connect (guint *parents, guint a, guint b)
{
  guint x = find (parents, a), y = find (parents, b);
  parents[MAX (x, y)] = MIN (x, y);
}

static void
edges_take (Build *build)
{
  for (guint i = 0; i < build->pool->n; i++)
    edges_of_item (build, i);
  for (guint i = 0; i < build->links->len; i++) {
    const HeddleOutlookLink *link = &g_array_index (build->links, HeddleOutlookLink, i);
    if (link->answers)
      edge_add (build, BY_INDEX, build->node_of_item[link->item], build->node_of_item[link->other]);
  }
  g_array_sort (build->edges, compare_edges);
  for (guint i = 0; i < build->edges->len; i++) {
    const Edge *edge = &g_array_index (build->edges, Edge, i);
    HeddleGraphNode *child = &build->graph->nodes[edge->child];

    if (child->parent >= 0 || find (build->trees, edge->child) == find (build->trees, edge->parent))
      continue;
    child->parent = (int) edge->parent;
    connect (build->trees, edge->child, edge->parent);
  }
}

/* --- conversations ------------------------------------------------------------------ */

static void
tie (Build *build, guint a, guint b)
{
  HeddleTie both = { a, b };

  connect (build->groups, a, b);
  if (build->ties && a != b)
    g_array_append_val (build->ties, both);
}

static void
groups_make (Build *build)
{
  HeddlePool *pool = build->pool;

  for (guint i = 0; i < pool->n; i++) {
    const HeddlePoolItem *item = &pool->items[i];

    if (i > 0 && item->mail_number == pool->items[i - 1].mail_number)
      tie (build, build->node_of_item[i], build->node_of_item[i - 1]);
    for (guint k = 0; k < item->references; k++) {
      int name = g_array_index (pool->reference_names, int, item->reference + k);
      tie (build, build->node_of_item[i], (guint) build->node_of_name[name]);
    }
  }
  for (guint i = 0; i < build->links->len; i++) {
    const HeddleOutlookLink *link = &g_array_index (build->links, HeddleOutlookLink, i);
    tie (build, build->node_of_item[link->item], build->node_of_item[link->other]);
  }
  for (guint i = 0; i < build->graph->n; i++)
    build->graph->nodes[i].group = find (build->groups, i);
}

/* --- what nobody showed ----------------------------------------------------------------- */

static void
alias_add (HeddleGraph *graph, guint at, guint dropped)
{
  HeddleGraphNode *node = &graph->nodes[at];

  if (!node->aliases)
    node->aliases = g_array_new (FALSE, FALSE, sizeof (int));
  g_array_append_val (node->aliases, graph->nodes[dropped].name);
}

typedef struct {
  guint children;
  guint child; /* the last one seen; the only one where there is one */
} Below;

/* Drop a missing node at the top whose only child is missing too, and so on
 * down: nobody answers it directly, and it joins nothing. Returns the node to
 * which its id goes. */
static guint
drop_from_top (HeddleGraph *graph, const Below *below, guint at)
{
  HeddleGraphNode *node = &graph->nodes[at];

  while (node->root < 0 && below[at].children == 1 && graph->nodes[below[at].child].root < 0) {
    node->kept = FALSE;
    at = below[at].child;
    node = &graph->nodes[at];
    node->parent = -1;
  }
  return at;
}

/* Where the id of the childless missing @node goes: to the parent of the first
 * message that refers to it, most likely the same one, else to that message. */
static guint
neighbour_of (Build *build, const guint *referrer, guint node)
{
  const HeddleGraphNode *by = &build->graph->nodes[referrer[node]];
  gboolean there = by->parent >= 0 && build->graph->nodes[by->parent].root >= 0;

  return there ? (guint) by->parent : referrer[node];
}

/* For each missing node the first message that refers to it. */
static guint *
referrers (const Build *build)
{
  guint *ret = g_new (guint, MAX (build->graph->n, 1));
  const HeddlePool *pool = build->pool;

  for (guint i = pool->n; i-- > 0;) {
    const HeddlePoolItem *item = &pool->items[i];
    for (guint k = 0; k < item->references; k++) {
      int name = g_array_index (pool->reference_names, int, item->reference + k);
      ret[build->node_of_name[name]] = build->node_of_item[i];
    }
  }
  return ret;
}

static void
missing_prune (Build *build)
{
  HeddleGraph *graph = build->graph;
  g_autofree Below *below = g_new0 (Below, MAX (graph->n, 1));
  g_autofree guint *referrer = referrers (build);
  g_autofree guint *tops = g_new0 (guint, MAX (graph->n, 1));
  g_autofree int *heirs = g_new (int, MAX (graph->n, 1));

  memset (heirs, -1, MAX (graph->n, 1) * sizeof *heirs);
  /* Childless ones first, with what they leave childless above them. */
  for (guint i = 0; i < graph->n; i++) {
    if (graph->nodes[i].parent >= 0)
      below[graph->nodes[i].parent].children++;
  }
  for (guint i = 0; i < graph->n; i++) {
    int at = (int) i;
    while (at >= 0 && graph->nodes[at].kept && graph->nodes[at].root < 0 && below[at].children == 0) {
      int parent = graph->nodes[at].parent;
      graph->nodes[at].kept = FALSE;
      graph->nodes[at].parent = -1;
      heirs[at] = (int) neighbour_of (build, referrer, (guint) at);
      if (parent >= 0)
        below[parent].children--;
      at = parent;
    }
  }
  for (guint i = 0; i < graph->n; i++) {
    if (graph->nodes[i].parent >= 0)
      below[graph->nodes[i].parent].child = i;
  }
  guint n_tops = 0;
  for (guint i = 0; i < graph->n; i++) {
    if (graph->nodes[i].kept && graph->nodes[i].parent < 0)
      tops[n_tops++] = i;
  }
  for (guint t = 0; t < n_tops; t++) {
    guint heir = drop_from_top (graph, below, tops[t]);
    for (guint at = tops[t]; at != heir; at = below[at].child)
      heirs[at] = (int) heir;
  }
  for (guint i = 0; i < graph->n; i++) {
    if (heirs[i] >= 0)
      alias_add (graph, (guint) heirs[i], i);
  }
}

/* --- all ------------------------------------------------------------------------------------ */

static guint *
numbers_to (guint n)
{
  guint *ret = g_new (guint, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    ret[i] = i;
  return ret;
}

HeddleGraph *
heddle_graph_new (HeddlePool *pool)
{
  HeddleGraph *graph = g_new0 (HeddleGraph, 1);
  g_autoptr (GArray) rules = NULL;
  Build build = { .pool = pool, .graph = graph };

  graph->nodes = g_new0 (HeddleGraphNode, MAX (pool->n + pool->names->len, 1));
  build.node_of_item = g_new (guint, MAX (pool->n, 1));
  build.node_of_name = g_new (int, MAX (pool->names->len, 1));
  memset (build.node_of_name, -1, MAX (pool->names->len, 1) * sizeof *build.node_of_name);
  build.edges = g_array_new (FALSE, FALSE, sizeof (Edge));
  build.links = heddle_outlook_links (pool);
  nodes_make (&build);
  build.trees = numbers_to (graph->n);
  build.groups = numbers_to (graph->n);
  edges_take (&build);
  rules = heddle_rules_of (pool);
  build.ties = rules ? g_array_new (FALSE, FALSE, sizeof (HeddleTie)) : NULL;
  groups_make (&build);
  if (rules)
    heddle_correct (graph, rules, build.ties, build.node_of_item);
  missing_prune (&build);
  g_clear_pointer (&build.ties, g_array_unref);
  g_array_unref (build.edges);
  g_array_unref (build.links);
  g_free (build.node_of_item);
  g_free (build.node_of_name);
  g_free (build.trees);
  g_free (build.groups);
  return graph;
}

void
heddle_graph_free (HeddleGraph *graph)
{
  if (!graph)
    return;
  for (guint i = 0; i < graph->n; i++) {
    g_array_unref (graph->nodes[i].items);
    g_clear_pointer (&graph->nodes[i].aliases, g_array_unref);
  }
  g_free (graph->nodes);
  g_free (graph);
}
