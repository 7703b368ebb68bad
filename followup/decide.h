/* SPDX-License-Identifier: MIT */
/* decide: what people decided, found by any id of a follow-up, laid over the ledger. */
#ifndef HEDDLE_FOLLOWUP_DECIDE_H
#define HEDDLE_FOLLOWUP_DECIDE_H

#include "followup/policy.h"

/* @decisions: (nullable) array of HeddleDecision, oldest first; must outlive it. */
typedef struct _HeddleDecisions HeddleDecisions;
HeddleDecisions *heddle_decisions_new (const GPtrArray *decisions);
void heddle_decisions_free (HeddleDecisions *decisions);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleDecisions, heddle_decisions_free)

/* When one of @ids was reopened, if nothing closed it by hand since; else NONE. */
HeddleTime heddle_decisions_reopened (HeddleDecisions *decisions, const GPtrArray *ids);

/* Lay what was decided of @followup over it; of each kind the last one holds. */
void heddle_decisions_apply (HeddleDecisions *decisions, const HeddlePolicy *policy,
                             HeddleFollowup *followup, HeddleTime now);

/* The ledger with its decisions at hand: for whoever reads many threads. */
GPtrArray *heddle_ledger_decided (const HeddlePolicy *policy, const HeddleThread *thread,
                                  HeddleDecisions *decisions, HeddleTime now);

#endif
