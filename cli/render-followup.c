/* SPDX-License-Identifier: MIT */
/* A follow-up as text for people. */
#include "cli/cli.h"

void
heddle_text_followup (const HeddleFollowup *f, GTimeZone *zone)
{
  g_autofree char *who = heddle_text_person (f->waiting_on);
  g_autofree char *due = heddle_text_time (f->due, zone);
  g_autofree char *since = heddle_text_time (f->since, zone);
  g_autofree char *subject = heddle_excerpt (f->subject, 70);
  g_autofree char *evidence = heddle_excerpt (f->evidence_text, 70);
  printf ("%s  %s", f->id, heddle_style (f->overdue ? HEDDLE_STYLE_RED : HEDDLE_STYLE_GREEN));
  if (f->overdue)
    printf ("overdue by %d working day%s", f->overdue_working_days,
            f->overdue_working_days == 1 ? "" : "s");
  else
    printf ("due %s", due);
  printf ("%s  %s: %s\n", heddle_style (HEDDLE_STYLE_PLAIN),
          heddle_followup_kind_name (f->kind), who);
  printf ("    %s (%s)\n", *subject != '\0' ? subject : "(no subject)", f->thread);
  printf ("    since %s, due %s%s, reminds %s%s\n", since, due,
          f->due_by_hand ? " by hand" : "", f->owner != NULL ? f->owner->id : "nobody",
          f->verified ? "" : ", unverified");
  if (f->snoozed_until != HEDDLE_TIME_NONE) {
    g_autofree char *until = heddle_text_time (f->snoozed_until, zone);
    printf ("    snoozed until %s\n", until);
  }
  if (*evidence != '\0')
    printf ("    %s\"%s\"%s\n", heddle_style (HEDDLE_STYLE_DIM), evidence,
            heddle_style (HEDDLE_STYLE_PLAIN));
}
