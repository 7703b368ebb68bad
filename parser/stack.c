/* SPDX-License-Identifier: MIT */
/* stack: see stack.h. The pile is cut at the rows of dashes; each block is known by
 * its first line, words of closing aside, which names who signed. One pointer goes outward over the messages
 * and never back, so the order of the blocks decides between several messages of
 * one author. A message that has a signature (a telephone's footer) is passed over.
 */
#include "parser/stack.h"

#include <string.h>

typedef struct {
  guint first, last; /* lines, the dashes included */
  char *name;        /* casefolded first line, (nullable) */
} SignatureBlock;

static void
signature_block_clear (gpointer data)
{
  g_free (((SignatureBlock *) data)->name);
}

static char *
folded_line (const HeddleView *view, guint i)
{
  gsize length;
  const char *text = heddle_view_content (view, i, &length);
  g_autofree char *line = g_strndup (text, length);
  return g_utf8_casefold (line, -1);
}

/* "Best regards,": says nothing of who signed. */
static gboolean
is_words (const HeddleView *view, guint i)
{
  gsize length, covered = 0;
  const char *text = heddle_view_content (view, i, &length);
  return heddle_words_at (view->tables->words, text, length, HEDDLE_WORD_BIT (HEDDLE_WORD_SIGNOFF),
                          &covered)
             != NULL
         && covered + 1 >= length;
}

static GArray *
cut (const HeddleView *view, guint last, const HeddleMark *marks)
{
  GArray *blocks = g_array_new (FALSE, TRUE, sizeof (SignatureBlock));
  g_array_set_clear_func (blocks, signature_block_clear);
  for (guint i = 0; i < view->lines->len; i++) {
    if (marks[i].message != (int) last || marks[i].zone != HEDDLE_ZONE_SIGNATURE)
      continue;
    if (heddle_is_signature_dashes (view, i)) {
      SignatureBlock block = { i, i, NULL };
      g_array_append_val (blocks, block);
    } else if (blocks->len > 0) {
      SignatureBlock *block = &g_array_index (blocks, SignatureBlock, blocks->len - 1);
      if (block->name == NULL && !is_words (view, i))
        block->name = folded_line (view, i);
      block->last = i;
    }
  }
  return blocks;
}

static gboolean
names (const SignatureBlock *block, const HeddleMessage *message)
{
  if (block->name == NULL || message->from == NULL || message->from->name == NULL)
    return FALSE;
  g_autofree char *name = g_utf8_casefold (message->from->name, -1);
  gsize length = strlen (name);
  return strncmp (block->name, name, length) == 0
         && (block->name[length] == '\0' || strchr (" ,|-", block->name[length]) != NULL);
}

/* By message: whether it has a signature of its own. */
static gboolean *
signed_messages (const HeddleView *view, guint n, const HeddleMark *marks)
{
  gboolean *has = g_new0 (gboolean, n);
  for (guint i = 0; i < view->lines->len; i++)
    if (marks[i].message >= 0 && marks[i].zone == HEDDLE_ZONE_SIGNATURE)
      has[marks[i].message] = TRUE;
  return has;
}

static void
give (const SignatureBlock *block, int message, guint from, HeddleMark *marks)
{
  for (guint i = block->first; i <= block->last; i++) {
    if (marks[i].message != (int) from)
      continue;
    marks[i].message = message;
    if (message >= 0)
      marks[i].rule = "signature of an outer message, from the stack";
    else if (marks[i].zone != HEDDLE_ZONE_BLANK)
      marks[i].zone = HEDDLE_ZONE_OTHER;
  }
}

void
heddle_stack_share (const HeddleView *view, guint last, const GArray *outward,
                    const GPtrArray *messages, HeddleMark *marks)
{
  g_autoptr (GArray) blocks = cut (view, last, marks);
  const HeddleMessage *inner = g_ptr_array_index (messages, last);
  guint next = 0;
  if (blocks->len == 0 || outward->len == 0)
    return;
  g_autofree gboolean *has = signed_messages (view, messages->len, marks);
  for (guint b = 0; b < blocks->len; b++) {
    const SignatureBlock *block = &g_array_index (blocks, SignatureBlock, b);
    guint k = next;
    if (b == 0 && names (block, inner))
      continue;
    while (k < outward->len
           && (has[g_array_index (outward, guint, k)]
               || !names (block, g_ptr_array_index (messages, g_array_index (outward, guint, k)))))
      k++;
    if (k < outward->len) {
      give (block, (int) g_array_index (outward, guint, k), last, marks);
      next = k + 1;
    } else if (b > 0 || blocks->len > 1) {
      give (block, -1, last, marks);
    }
  }
}
