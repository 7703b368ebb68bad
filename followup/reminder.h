/* SPDX-License-Identifier: MIT */
/* reminder: what calendars should be told, as a function of values. */
#ifndef HEDDLE_FOLLOWUP_REMINDER_H
#define HEDDLE_FOLLOWUP_REMINDER_H

#include "followup/policy.h"

/* heddle_reminders_plan() without a store: @followups: all of them, closed ones too,
 * the most overdue first; @reminders: all ever. @complete: FALSE where some mails
 * are not indexed yet, so that a follow-up that is not there may still come: its
 * event is left alone then. (transfer full) */
GPtrArray *heddle_reminders_decide (const HeddlePolicy *policy, const GPtrArray *followups,
                                    const GPtrArray *reminders, gboolean complete,
                                    HeddleTime now, GError **error);

/* The next time, at least five minutes after @now, at which the site's people work
 * and want to be reminded. */
HeddleTime heddle_reminder_slot (const HeddlePolicy *policy, HeddleTime now);

#endif
