/* SPDX-License-Identifier: MIT */
/* stack: see stack.h. The pile is cut at the rows of dashes, and where a paragraph begins
 * with the name of somebody else who wrote; each block is known by its first line, words
 * of closing aside, which names who signed. One pointer goes outward over the messages
 * and never back, so the order of the blocks decides between several messages of
 * one author. A message that has a signature (a telephone's footer) is passed over. What
 * names none of them may still name another message of the mail, one that stands quoted
 * above the pile.
 */
#include "parser/stack.h"

#include <string.h>

#define NAME_WORDS 6  /* of an author */
#define NAME_LINE 120 /* bytes */
#define PILE_MOST 32  /* blocks of a pile; more are nobody's */
#define ASKED_MOST 64 /* messages that are asked for a block's author */

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

/* Whether all words of the author's name stand in @line, which is casefolded: "ana m. ruiz,
 * phd", "ruiz, ana". */
static gboolean
has_words (const char *line, const char *name)
{
  g_auto (GStrv) words = g_strsplit_set (name, " ,", NAME_WORDS + 1);
  guint found = 0;
  for (guint i = 0; words[i] != NULL; i++) {
    gsize length = strlen (words[i]);
    const char *at = line;
    if (length == 0)
      continue;
    while ((at = strstr (at, words[i])) != NULL
           && !((at == line || strchr (" ,|-", at[-1]) != NULL)
                && (at[length] == '\0' || strchr (" ,|-", at[length]) != NULL)))
      at += length;
    if (at == NULL || i >= NAME_WORDS)
      return FALSE;
    found++;
  }
  return found > 1;
}

static gboolean
names (const char *line, const HeddleMessage *message)
{
  if (line == NULL || message->from == NULL || message->from->name == NULL)
    return FALSE;
  g_autofree char *name = g_utf8_casefold (message->from->name, -1);
  gsize length = strlen (name);
  return (strncmp (line, name, length) == 0
          && (line[length] == '\0' || strchr (" ,|-", line[length]) != NULL))
         || has_words (line, name);
}

/* A paragraph of a signature that begins with the name of who wrote another message. */
static gboolean
begins_anew (const HeddleView *view, guint i, guint last, const GPtrArray *messages)
{
  gsize length;
  if (i == 0 || !heddle_view_blank (view, i - 1))
    return FALSE;
  heddle_view_content (view, i, &length);
  if (length > NAME_LINE)
    return FALSE;
  g_autofree char *line = folded_line (view, i);
  if (names (line, g_ptr_array_index (messages, last)))
    return FALSE;
  for (guint m = 0; m < messages->len && m < ASKED_MOST; m++)
    if (m != last && names (line, g_ptr_array_index (messages, m)))
      return TRUE;
  return FALSE;
}

static GArray *
cut (const HeddleView *view, guint last, const GPtrArray *messages, const HeddleMark *marks)
{
  GArray *blocks = g_array_new (FALSE, TRUE, sizeof (SignatureBlock));
  guint asked = 0;
  g_array_set_clear_func (blocks, signature_block_clear);
  for (guint i = 0; i < view->lines->len; i++) {
    if (marks[i].message != (int) last || marks[i].zone != HEDDLE_ZONE_SIGNATURE)
      continue;
    if (heddle_is_signature_dashes (view, i)
        || (asked++ < ASKED_MOST && begins_anew (view, i, last, messages))) {
      SignatureBlock block = { i, i, NULL };
      g_array_append_val (blocks, block);
    }
    if (blocks->len > 0 && !heddle_is_signature_dashes (view, i)) {
      SignatureBlock *block = &g_array_index (blocks, SignatureBlock, blocks->len - 1);
      if (block->name == NULL && !is_words (view, i))
        block->name = folded_line (view, i);
      block->last = i;
    }
  }
  return blocks;
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

/* The only message without a signature whose author the block names, -1 when there is none. */
static int
elsewhere (const SignatureBlock *block, guint last, const GPtrArray *messages, const gboolean *has)
{
  int found = -1;
  for (guint m = 0; m < messages->len && m < ASKED_MOST; m++)
    if (m != last && !has[m] && names (block->name, g_ptr_array_index (messages, m))) {
      if (found >= 0)
        return -1;
      found = (int) m;
    }
  return found;
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
  g_autoptr (GArray) blocks = cut (view, last, messages, marks);
  const HeddleMessage *inner = g_ptr_array_index (messages, last);
  gboolean signed_inside = FALSE;
  guint next = 0;
  if (blocks->len == 0 || messages->len < 2)
    return;
  g_autofree gboolean *has = signed_messages (view, messages->len, marks);
  for (guint b = 0; b < blocks->len; b++) {
    const SignatureBlock *block = &g_array_index (blocks, SignatureBlock, b);
    guint k = next;
    if (block->name == NULL && outward->len == 0)
      continue;
    if (!signed_inside && names (block->name, inner)) {
      signed_inside = TRUE;
      continue;
    }
    while (k < outward->len
           && (has[g_array_index (outward, guint, k)]
               || !names (block->name, g_ptr_array_index (messages, g_array_index (outward, guint, k)))))
      k++;
    if (k < outward->len) {
      give (block, (int) g_array_index (outward, guint, k), last, marks);
      next = k + 1;
      continue;
    }
    int other = b < PILE_MOST ? elsewhere (block, last, messages, has) : -1;
    if (other >= 0)
      has[other] = TRUE;
    if (other >= 0 || (outward->len > 0 && (b > 0 || blocks->len > 1)))
      give (block, other, last, marks);
  }
}
