/* SPDX-License-Identifier: MIT */
/* threads/rule: what people decided about where messages belong.
 *
 * Rules travel with the mails that they name, so that whoever has the mails of a
 * bundle has all that is needed to merge it. A mail knows its rules by a shared
 * array; most have none.
 *
 * Not handled: a message that nobody showed has no evidence and so no name here. A
 * parser that reads a mail into fewer messages may leave a rule without its piece of
 * evidence; a JOIN then names the mail itself, a SPLIT nothing. */
#include "threads/rule.h"

#include <string.h>

struct _HeddleThreadRules {
  GHashTable *by_mail; /* char * to GPtrArray of HeddleThreadRule, counted */
};

/* --- rules and mails -------------------------------------------------------------- */

static void
rule_clear (gpointer data)
{
  HeddleThreadRule *rule = data;

  g_free (rule->mail);
  g_free (rule->other);
}

static void
rule_unref (gpointer data)
{
  g_rc_box_release_full (data, rule_clear);
}

HeddleThreadRules *
heddle_thread_rules_new (void)
{
  HeddleThreadRules *rules = g_new0 (HeddleThreadRules, 1);

  rules->by_mail = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify)g_ptr_array_unref);
  return rules;
}

void
heddle_thread_rules_free (HeddleThreadRules *rules)
{
  if (!rules)
    return;
  g_hash_table_unref (rules->by_mail);
  g_free (rules);
}

static void
rules_enter (HeddleThreadRules *rules, const char *mail, HeddleThreadRule *rule)
{
  GPtrArray *list = g_hash_table_lookup (rules->by_mail, mail);

  if (!list) {
    list = g_ptr_array_new_with_free_func (rule_unref);
    g_hash_table_insert (rules->by_mail, g_strdup (mail), list);
  }
  g_ptr_array_add (list, g_rc_box_acquire (rule));
}

void
heddle_thread_rules_add (HeddleThreadRules *rules, const HeddleThreadRule *rule)
{
  HeddleThreadRule *kept = g_rc_box_new0 (HeddleThreadRule);

  *kept = *rule;
  kept->mail = g_strdup (rule->mail);
  kept->other = g_strdup (rule->other);
  rules_enter (rules, kept->mail, kept);
  if (kept->other && strcmp (kept->mail, kept->other) != 0)
    rules_enter (rules, kept->other, kept);
  rule_unref (kept);
}

void
heddle_thread_mail_rule (HeddleThreadMail *mail, const HeddleThreadRules *rules)
{
  GPtrArray *list = rules ? g_hash_table_lookup (rules->by_mail, mail->mail) : NULL;

  g_clear_pointer (&mail->rules, g_ptr_array_unref);
  mail->rules = list ? g_ptr_array_ref (list) : NULL;
  g_clear_pointer (&mail->keys, g_ptr_array_unref); /* rules have some, too */
}

gboolean
heddle_rule_key (const HeddleThreadRule *rule, guint64 *ret)
{
  if (rule->kind != HEDDLE_RULE_JOIN || !rule->other)
    return FALSE;
  *ret = heddle_fingerprint_mix (heddle_fingerprint_hash (rule->mail, strlen (rule->mail)),
                                 heddle_fingerprint_hash (rule->other, strlen (rule->other)));
  return TRUE;
}

/* --- in a pool ------------------------------------------------------------------------ */

/* The item of entry @index of @mail, -1. */
static int
item_of (const HeddlePool *pool, GHashTable *firsts, const char *mail, guint index)
{
  gpointer found;
  guint first;

  if (!mail || !g_hash_table_lookup_extended (firsts, mail, NULL, &found))
    return -1;
  first = GPOINTER_TO_UINT (found);
  return index < pool->items[first].mail->chain->messages->len ? (int)(first + index) : -1;
}

static void
rule_place (const HeddlePool *pool, GHashTable *firsts, const HeddleThreadRule *rule,
            GArray *all)
{
  gboolean join = rule->kind == HEDDLE_RULE_JOIN;
  int item = item_of (pool, firsts, rule->mail, rule->index), other = item;

  if (join && item < 0)
    item = item_of (pool, firsts, rule->mail, 0);
  if (join)
    other = item_of (pool, firsts, rule->other, rule->other_index);
  if (join && other < 0)
    other = item_of (pool, firsts, rule->other, 0);
  if (item < 0 || other < 0)
    return;
  HeddlePoolRule placed = { rule->kind, rule->number, (guint)item, (guint)other };
  g_array_append_val (all, placed);
}

static int
compare_rules (gconstpointer a, gconstpointer b)
{
  const HeddlePoolRule *x = a, *y = b;

  if (x->number != y->number)
    return x->number < y->number ? -1 : 1;
  if (x->item != y->item)
    return x->item < y->item ? -1 : 1;
  return x->other < y->other ? -1 : x->other > y->other;
}

GArray *
heddle_rules_of (const HeddlePool *pool)
{
  g_autoptr (GHashTable) firsts = g_hash_table_new (g_str_hash, g_str_equal);
  GArray *all;

  for (guint i = 0; i < pool->n; i++) {
    const HeddlePoolItem *item = &pool->items[i];
    if (item->index == 0 && item->mail->rules)
      g_hash_table_insert (firsts, item->mail->mail, GUINT_TO_POINTER (i));
  }
  if (g_hash_table_size (firsts) == 0)
    return NULL;
  all = g_array_new (FALSE, FALSE, sizeof (HeddlePoolRule));
  for (guint i = 0; i < pool->n; i++) {
    const HeddlePoolItem *item = &pool->items[i];
    for (guint k = 0; item->index == 0 && item->mail->rules && k < item->mail->rules->len;
         k++) {
      const HeddleThreadRule *rule = item->mail->rules->pdata[k];
      /* Two mails may bring one rule: that which it names first does. */
      if (strcmp (rule->mail, item->mail->mail) == 0)
        rule_place (pool, firsts, rule, all);
    }
  }
  g_array_sort (all, compare_rules);
  return all;
}
