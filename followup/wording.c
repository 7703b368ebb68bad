/* SPDX-License-Identifier: MIT */
/* What an invite says. It lands in other companies' calendars, so by default it
 * holds no names, no quotation and no link: ids, a role, days.
 *
 * "full" adds who, the subject and the sentence, each on one line and with every
 * address and link broken, so that no calendar makes something to click of it.
 */
#include "followup/invite.h"

#define FULL_CHARS 300

void
heddle_wording_free (HeddleWording *wording)
{
  if (wording == NULL)
    return;
  g_free (wording->summary);
  g_free (wording->description);
  g_free (wording);
}

static const char *
role_of (const HeddleFollowup *followup)
{
  static const char *const roles[] = {
    [HEDDLE_ROLE_OTHER] = "contact",
    [HEDDLE_ROLE_PLATFORM] = "platform",
    [HEDDLE_ROLE_PARTNER] = "partner",
    [HEDDLE_ROLE_OFFICIAL] = "official",
  };

  return followup->party == NULL ? roles[HEDDLE_ROLE_OTHER] : roles[followup->party->role];
}

/* "platform silent 9 working days" */
static char *
state_of (const HeddleFollowup *followup)
{
  static const struct {
    const char *theirs, *ours;
  } words[] = {
    [HEDDLE_FOLLOWUP_AWAITING_REPLY] = { "silent", "answer owed" },
    [HEDDLE_FOLLOWUP_REQUEST] = { "silent", "answer owed" },
    [HEDDLE_FOLLOWUP_COMMITMENT] = { "promise,", "promise," },
    [HEDDLE_FOLLOWUP_DEADLINE] = { "deadline,", "deadline," },
  };
  int days = followup->waited_working_days;

  return g_strdup_printf ("%s %s %d working day%s", followup->ours ? "our" : role_of (followup),
                          followup->ours ? words[followup->kind].ours
                                         : words[followup->kind].theirs,
                          days, days == 1 ? "" : "s");
}

/* Dots within words, "@" and ":" are what makes links of text. */
static char *
defang (const char *text)
{
  g_autofree char *line = heddle_calendar_line (text, FULL_CHARS);
  GString *safe = g_string_new (NULL);

  for (const char *at = line; *at != '\0'; at++) {
    if (*at == '@')
      g_string_append (safe, "(at)");
    else if (at[0] == ':' && at[1] == '/')
      g_string_append (safe, "[:]");
    else if (at[0] == '.' && at > line && at[1] != ' ' && at[1] != '\0')
      g_string_append (safe, "[.]");
    else
      g_string_append_c (safe, *at);
  }
  return g_string_free (safe, FALSE);
}

static void
add_defanged (GString *text, const char *label, const char *value)
{
  g_autofree char *safe = value == NULL ? NULL : defang (value);

  if (safe != NULL && *safe != '\0')
    g_string_append_printf (text, "%s: %s\n", label, safe);
}

static void
add_brief (GString *text, const HeddleFollowup *followup)
{
  g_autofree char *since = heddle_time_format (followup->since);
  g_autofree char *due = heddle_time_format (followup->due);
  int days = followup->waited_working_days;

  g_string_append_printf (text, "Owed by: %s\n", followup->ours ? "us" : role_of (followup));
  g_string_append_printf (text, "Since: %.10s (%d working day%s)\n",
                          since != NULL ? since : "?", days, days == 1 ? "" : "s");
  g_string_append_printf (text, "Due: %.10s\n", due != NULL ? due : "?");
}

static void
add_full (GString *text, const HeddleFollowup *followup)
{
  const HeddlePerson *who = followup->waiting_on;

  add_defanged (text, "Subject", followup->subject);
  add_defanged (text, "Who", who == NULL ? NULL : who->name != NULL ? who->name : who->address);
  add_defanged (text, "Text", followup->evidence_text);
}

HeddleWording *
heddle_wording_new (const HeddleFollowup *followup, HeddleDetail detail)
{
  HeddleWording *wording = g_new0 (HeddleWording, 1);
  GString *text = g_string_new ("A follow-up is due.\n\n");
  g_autofree char *state = state_of (followup);

  g_string_append_printf (text, "Thread: %s\nFollow-up: %s\n", followup->thread, followup->id);
  if (detail != HEDDLE_DETAIL_ID)
    add_brief (text, followup);
  if (detail == HEDDLE_DETAIL_FULL)
    add_full (text, followup);
  g_string_append_printf (text,
                          "\nHow it came about: heddle why %s\n"
                          "When it is settled: heddle close %s\n"
                          "Not now: heddle snooze %s 3d\n",
                          followup->id, followup->id, followup->id);
  wording->description = g_string_free (text, FALSE);
  if (detail == HEDDLE_DETAIL_ID)
    wording->summary = g_strdup_printf ("Follow-up: %s", followup->thread);
  else
    wording->summary = g_strdup_printf ("Follow-up: %s, %s", followup->thread, state);
  return wording;
}

HeddleWording *
heddle_wording_new_cancel (const char *thread, const char *followup)
{
  HeddleWording *wording = g_new0 (HeddleWording, 1);

  wording->summary = thread != NULL ? g_strdup_printf ("Follow-up: %s, no longer due", thread)
                                    : g_strdup ("Follow-up no longer due");
  wording->description = g_strdup_printf ("This follow-up asks nothing of you any more.\n\n"
                                          "Follow-up: %s\n",
                                          followup);
  return wording;
}
