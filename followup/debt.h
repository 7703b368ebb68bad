/* SPDX-License-Identifier: MIT */
/* debt: one entry of the ledger while it is written, and its way to a follow-up. */
#ifndef HEDDLE_FOLLOWUP_DEBT_H
#define HEDDLE_FOLLOWUP_DEBT_H

#include "followup/turn.h"

typedef struct {
  HeddleFollowupKind kind;
  const HeddleTurn *opener;
  const HeddlePerson *debtor; /* as written */
  const HeddleSide *side;     /* the debtor's */
  const HeddleSide *creditor; /* (nullable) */
  const HeddleAction *action; /* (nullable) the sentence that opened it */
  gboolean dated;             /* the action's date decides */
  char *key;                  /* what a turn must settle to close it */
  guint ordinal;              /* among those of the same message and kind */
  guint chasers;
  const HeddleTurn *closer; /* (nullable) */
} HeddleDebt;
void heddle_debt_free (HeddleDebt *debt);

/* Whether the day that @action ((nullable): no) names can be a due date of what
 * @party ((nullable): one of us, or no party) owes since @since: not before it, nor ten years
 * after. */
gboolean heddle_debt_is_dated (const HeddlePolicy *policy, const HeddlePartyConfig *party,
                               HeddleTime since, const HeddleAction *action);

/* The follow-up that @debt is at @now, before people's decisions. (transfer full) */
HeddleFollowup *heddle_debt_followup (const HeddlePolicy *policy, const HeddleThread *thread,
                                      const HeddleDebt *debt, HeddleTime now);

/* Set overdue and the days that depend on due and now. */
void heddle_followup_measure (const HeddlePolicy *policy, HeddleFollowup *followup,
                              HeddleTime now);

#endif
