/* SPDX-License-Identifier: MIT */
/* calendar: one event as an iCalendar stream that calendars agree on. */
#ifndef HEDDLE_FOLLOWUP_CALENDAR_H
#define HEDDLE_FOLLOWUP_CALENDAR_H

#include "followup/followup.h"

typedef struct {
  gboolean cancel; /* METHOD:CANCEL, else REQUEST */
  const char *uid;
  int sequence;
  HeddleTime stamp, start;
  const char *organizer;     /* address */
  const char *attendee;      /* address */
  const char *attendee_name; /* (nullable) */
  const char *summary;       /* cut at 60 characters */
  const char *description;   /* lines end with LF */
} HeddleEvent;

/* The stream: CRLF, folded at 75 octets between characters, UTC, no rule, one
 * attendee. It has been read back by libical when this returns. (transfer full)
 * Fails with HEDDLE_FOLLOWUP_ERROR_INVITE: an address that does not fit into a
 * mailto: URI as it is, a time that cannot be written, or a stream that came back
 * other than it went. */
GBytes *heddle_calendar_event (const HeddleEvent *event, GError **error);

/* Whether @address can stand in a mailto: URI and an envelope as it is. */
gboolean heddle_calendar_address_is_plain (const char *address);

/* @name as a display name that no program misreads: no control characters, quotes,
 * '^', '\\', angle brackets or '@'; at most 60 characters; NULL when nothing is left.
 * (transfer full) */
char *heddle_calendar_name (const char *name);

/* @text in one line of at most @chars characters, controls gone (transfer full). */
char *heddle_calendar_line (const char *text, guint chars);

#define HEDDLE_EVENT_MINUTES 15
#define HEDDLE_SUMMARY_CHARS 60

#endif
