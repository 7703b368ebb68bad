/* SPDX-License-Identifier: MIT */
/* open: the follow-ups of all threads. */
#ifndef HEDDLE_FOLLOWUP_OPEN_H
#define HEDDLE_FOLLOWUP_OPEN_H

#include "followup/followup.h"

/* All of them, closed ones too, by due, then by id. (transfer full) */
GPtrArray *heddle_followups_all (const HeddlePolicy *policy, HeddleStore *store, HeddleTime now,
                                 GError **error);

#endif
