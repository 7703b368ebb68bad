/* SPDX-License-Identifier: MIT */
/* threads/rule: what people decided, as merging sees it. */
#ifndef HEDDLE_THREADS_RULE_H
#define HEDDLE_THREADS_RULE_H

#include "threads/pool.h"

/* The number of the key that both mails of a JOIN share; FALSE for what needs none. */
gboolean heddle_rule_key (const HeddleThreadRule *rule, guint64 *ret);

/* A rule and the items of the pool that it names. */
typedef struct {
  HeddleRuleKind kind;
  gint64 number;
  guint item, other; /* equal for a SPLIT */
} HeddlePoolRule;

/* All rules whose evidence is in @pool, in the order of their numbers: array of
 * HeddlePoolRule (transfer full); NULL where there are none, as nearly always. */
GArray *heddle_rules_of (const HeddlePool *pool);

#endif
