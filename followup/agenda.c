/* SPDX-License-Identifier: MIT */
/* agenda: what is open as one calendar to look at, not to answer.
 *
 * An event for each open follow-up, at the end of the day by which the answer is owed.
 * There is no METHOD, no organizer and no attendee: a calendar that is imported or
 * subscribed to invites nobody. Nothing in it is of the present time, so equal follow-ups
 * give equal bytes: DTSTAMP is when the clock started. Each event's UID is its own and
 * never that of an invite, which would change the invite in the same calendar.
 *
 * Not handled: dates that messages only speak of.
 */
#include "followup/calendar.h"
#include "followup/content-line.h"
#include "followup/followup.h"

static char *
who (const HeddleFollowup *followup)
{
  const HeddlePerson *person = followup->waiting_on;
  const char *name = person == NULL            ? NULL
                     : person->name != NULL    ? person->name
                                               : person->address;
  return heddle_calendar_line (name != NULL ? name : "somebody", HEDDLE_SUMMARY_CHARS);
}

static void
add_event (GString *out, const HeddleFollowup *followup)
{
  g_autoptr (GString) event = g_string_new (NULL);
  g_autofree char *name = who (followup);
  g_autofree char *long_summary
      = g_strdup_printf ("%s: %s (%s)", name, followup->ours ? "we owe this" : "owes an answer",
                         followup->subject != NULL ? followup->subject : followup->thread);
  g_autofree char *summary = heddle_calendar_line (long_summary, HEDDLE_SUMMARY_CHARS);
  g_autofree char *description
      = g_strdup_printf ("%s\n\n%s\n\n%s, %s", followup->reason,
                         followup->evidence_text != NULL ? followup->evidence_text : "",
                         followup->id, followup->thread);

  heddle_content_line_add (event, "BEGIN:VEVENT");
  heddle_content_line_add (event, "UID:%s@agenda.heddle.invalid", followup->id);
  gboolean timed = heddle_content_line_time (event, "DTSTAMP", followup->since)
                   && heddle_content_line_time (event, "DTSTART", followup->due);
  heddle_content_line_add (event, "TRANSP:TRANSPARENT");
  heddle_content_line_add (event, "CLASS:PRIVATE");
  heddle_content_line_text (event, "SUMMARY", summary);
  heddle_content_line_text (event, "DESCRIPTION", description);
  heddle_content_line_add (event, "END:VEVENT");
  if (timed) /* a year that no calendar can say has no event */
    g_string_append (out, event->str);
}

char *
heddle_agenda (const GPtrArray *followups)
{
  GString *out = g_string_new (NULL);

  heddle_content_line_add (out, "BEGIN:VCALENDAR");
  heddle_content_line_add (out, "VERSION:2.0");
  heddle_content_line_add (out, "PRODID:-//Heddle//Follow-ups//EN");
  heddle_content_line_add (out, "CALSCALE:GREGORIAN");
  for (guint i = 0; i < followups->len; i++) {
    const HeddleFollowup *followup = followups->pdata[i];
    if (!followup->closed)
      add_event (out, followup);
  }
  heddle_content_line_add (out, "END:VCALENDAR");
  return g_string_free (out, FALSE);
}
