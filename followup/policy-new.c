/* SPDX-License-Identifier: MIT */
/* A policy with all its holidays: apart from policy.c, which then needs no libical. */
#include "followup/policy.h"

HeddlePolicy *
heddle_policy_new (const HeddleConfig *config, GError **error)
{
  return heddle_policy_new_with (config, heddle_holidays_add_file, error);
}
