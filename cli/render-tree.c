/* SPDX-License-Identifier: MIT */
/* A thread as a tree for people: a line a message, an answer below what it answers and
 * behind one more step of indentation.
 *
 * How: children in the order of the thread, so oldest first; a walk with a stack of its
 * own, for a thread may be as deep as it has messages. Past MOST_STEPS the lines stay where
 * they are and a number says the depth. What no root leads to (a loop that should not be)
 * is printed as roots at the end: nothing is left out.
 * Not handled: the width of wide characters. */
#include "cli/cli.h"

#define MOST_STEPS 24

typedef struct {
  const char *fork, *last, *through, *nothing;
} Strokes;
static const Strokes boxes = { "├─ ", "└─ ", "│  ", "   " };
static const Strokes ascii = { "|- ", "`- ", "|  ", "   " };

typedef struct {
  const HeddleThread *thread;
  const Strokes *strokes;
  int *child, *next; /* the first answer to a message; the next answer to the same, -1 */
  gboolean *seen;
  gboolean ends[MOST_STEPS]; /* whether the ancestor of that depth was the last of its kin */
} Tree;

typedef struct {
  int message;
  guint depth;
} Step;

static void
link_answers (Tree *tree)
{
  int n = (int)tree->thread->messages->len;
  for (int i = 0; i < n; i++)
    tree->child[i] = tree->next[i] = -1;
  for (int i = n - 1; i >= 0; i--) {
    int parent = ((const HeddleNode *)tree->thread->messages->pdata[i])->parent;
    if (parent < 0 || parent >= n)
      continue;
    tree->next[i] = tree->child[parent];
    tree->child[parent] = i;
  }
}

static void
print_strokes (const Tree *tree, guint depth, gboolean last)
{
  fputs (heddle_style (HEDDLE_STYLE_DIM), stdout);
  for (guint step = 1; step < depth && step < MOST_STEPS; step++)
    fputs (tree->ends[step] ? tree->strokes->nothing : tree->strokes->through, stdout);
  if (depth > 0)
    fputs (last ? tree->strokes->last : tree->strokes->fork, stdout);
  if (depth > MOST_STEPS)
    printf ("(%u deep) ", depth);
  fputs (heddle_style (HEDDLE_STYLE_PLAIN), stdout);
}

static void
print_message (const Tree *tree, const HeddleNode *node)
{
  const HeddleMessage *message = node->message;
  gboolean missing = message->kind == HEDDLE_KIND_MISSING;
  g_autofree char *when = heddle_text_date (message->date);
  g_autofree char *who = heddle_text_person (message->from);
  g_autofree char *what = heddle_excerpt (message->text, 40);
  printf ("%s  %s%s%s", when, heddle_style (HEDDLE_STYLE_BOLD),
          missing && message->from == NULL ? "somebody" : who,
          heddle_style (HEDDLE_STYLE_PLAIN));
  if (missing || !heddle_node_is_received (node))
    printf ("  %s[%s]%s", heddle_style (HEDDLE_STYLE_YELLOW),
            missing ? "missing" : "quoted only", heddle_style (HEDDLE_STYLE_PLAIN));
  if (message->attachments->len > 0)
    printf ("  [%u attached]", message->attachments->len);
  printf ("  %s%s%s%s%s\n", heddle_style (HEDDLE_STYLE_DIM), node->id,
          *what != '\0' ? "  " : "", what, heddle_style (HEDDLE_STYLE_PLAIN));
}

/* @root and all that answers it, each once. */
static void
print_below (Tree *tree, int root, GArray *stack)
{
  Step at = { root, 0 };
  g_array_append_val (stack, at);
  while (stack->len > 0) {
    at = g_array_index (stack, Step, stack->len - 1);
    g_array_set_size (stack, stack->len - 1);
    if (tree->seen[at.message])
      continue;
    tree->seen[at.message] = TRUE;
    gboolean last = at.depth == 0 || tree->next[at.message] < 0;
    print_strokes (tree, at.depth, last);
    print_message (tree, tree->thread->messages->pdata[at.message]);
    if (at.depth < MOST_STEPS)
      tree->ends[at.depth] = last;
    /* The elder sibling's answers come before the younger sibling. */
    if (at.depth > 0 && tree->next[at.message] >= 0) {
      Step sibling = { tree->next[at.message], at.depth };
      g_array_append_val (stack, sibling);
    }
    if (tree->child[at.message] >= 0) {
      Step answer = { tree->child[at.message], at.depth + 1 };
      g_array_append_val (stack, answer);
    }
  }
}

void
heddle_text_tree (const HeddleThread *thread, const char *state)
{
  guint n = thread->messages->len;
  g_autofree int *child = g_new (int, n + 1), *next = g_new (int, n + 1);
  g_autofree gboolean *seen = g_new0 (gboolean, n + 1);
  Tree tree = { .thread = thread,
                .strokes = g_get_charset (NULL) ? &boxes : &ascii,
                .child = child,
                .next = next,
                .seen = seen };
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (Step));
  heddle_text_thread_head (thread, state);
  link_answers (&tree);
  for (guint i = 0; i < n; i++)
    if (((const HeddleNode *)thread->messages->pdata[i])->parent < 0)
      print_below (&tree, (int)i, stack);
  for (guint i = 0; i < n; i++)
    print_below (&tree, (int)i, stack);
}
