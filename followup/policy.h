/* SPDX-License-Identifier: MIT */
/* policy: how long whom is waited for, by whose days. */
#ifndef HEDDLE_FOLLOWUP_POLICY_H
#define HEDDLE_FOLLOWUP_POLICY_H

#include "followup/followup.h"
#include "followup/workdays.h"

/* How a file of holidays is read: heddle_holidays_add_file(). */
typedef gboolean (*HeddleHolidaysFunc) (HeddleHolidays *holidays, const char *path,
                                        GError **error);
HeddlePolicy *heddle_policy_new_with (const HeddleConfig *config, HeddleHolidaysFunc read_file,
                                      GError **error);

/* (transfer none) */
const HeddleConfig *heddle_policy_config (const HeddlePolicy *policy);

/* The week, zone and holidays of @party, or with NULL those of [calendar].
 * (transfer none) */
const HeddleWorkdays *heddle_policy_workdays (const HeddlePolicy *policy,
                                              const HeddlePartyConfig *party);

/* The working days that a follow-up of @kind has by the words of @party, else of
 * [policy]. A deadline without a date has those of a request. @ret_rule: (out)
 * (transfer full): "party.ID.reply-days", "policy.reply-days". */
int heddle_policy_days (const HeddlePolicy *policy, const HeddlePartyConfig *party,
                        HeddleFollowupKind kind, char **ret_rule);

/* Whether mail to @address reaches Heddle itself: an inbox, or the address that
 * reminders come from, with any "+tag". */
gboolean heddle_config_is_inbox (const HeddleConfig *config, const char *address);

#endif
