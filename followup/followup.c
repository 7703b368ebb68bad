/* SPDX-License-Identifier: MIT */
/* The follow-up as a value: its names and its end. */
#include "followup/followup.h"

const char *
heddle_followup_kind_name (HeddleFollowupKind kind)
{
  static const char *const names[] = {
    [HEDDLE_FOLLOWUP_AWAITING_REPLY] = "awaiting_reply",
    [HEDDLE_FOLLOWUP_REQUEST] = "request",
    [HEDDLE_FOLLOWUP_COMMITMENT] = "commitment",
    [HEDDLE_FOLLOWUP_DEADLINE] = "deadline",
  };

  return names[kind];
}

void
heddle_followup_free (HeddleFollowup *followup)
{
  if (followup == NULL)
    return;
  g_free (followup->id);
  g_clear_pointer (&followup->ids, g_ptr_array_unref);
  g_free (followup->thread);
  g_free (followup->message);
  g_free (followup->subject);
  heddle_person_free (followup->waiting_on);
  g_free (followup->reason);
  g_free (followup->rule);
  g_free (followup->evidence_text);
  g_clear_pointer (&followup->spans, g_array_unref);
  g_free (followup->closed_by);
  g_free (followup->closed_reason);
  g_clear_pointer (&followup->steps, g_array_unref);
  g_free (followup);
}

const char *
heddle_ledger_state (const GPtrArray *followups)
{
  const char *state = "closed";

  for (guint i = 0; i < followups->len; i++) {
    const HeddleFollowup *followup = g_ptr_array_index (followups, i);

    if (followup->closed)
      continue;
    if (followup->ours)
      return "open";
    state = "waiting";
  }
  return state;
}
