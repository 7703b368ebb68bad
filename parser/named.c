/* SPDX-License-Identifier: MIT */
/* named: see chain.h. A message of a digest, or one of several attached mails, answers what
 * its fields name, not what stands beside it. What the layout said stays. The cost is the
 * messages times the depth of the chain at worst; limits->messages bounds both.
 */
#include "parser/chain.h"

/* Whether @from leads to @to by parents. */
static gboolean
leads_to (const HeddleChain *chain, int from, int to)
{
  for (guint steps = 0; from >= 0 && steps <= chain->messages->len; steps++) {
    if (from == to)
      return TRUE;
    from = ((const HeddleMessage *)g_ptr_array_index (chain->messages, from))->parent;
  }
  return from >= 0;
}

void
heddle_chain_name_parents (HeddleChain *chain)
{
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint m = chain->messages->len; m-- > 0;) { /* of two of one name the first counts */
    const HeddleMessage *message = g_ptr_array_index (chain->messages, m);
    if (message->message_id != NULL)
      g_hash_table_insert (places, message->message_id, GUINT_TO_POINTER (m + 1));
  }
  for (guint m = 0; m < chain->messages->len; m++) {
    HeddleMessage *message = g_ptr_array_index (chain->messages, m);
    if (message->parent >= 0 || message->in_reply_to == NULL)
      continue;
    guint place = GPOINTER_TO_UINT (g_hash_table_lookup (places, message->in_reply_to));
    if (place > 0 && !leads_to (chain, (int)place - 1, (int)m))
      message->parent = (int)place - 1;
  }
}
