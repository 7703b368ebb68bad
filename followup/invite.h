/* SPDX-License-Identifier: MIT */
/* invite: the mail that carries one event to one calendar (iMIP, RFC 6047). */
#ifndef HEDDLE_FOLLOWUP_INVITE_H
#define HEDDLE_FOLLOWUP_INVITE_H

#include "followup/calendar.h"

/* What an invite says, by how much its reader may be told. */
typedef struct {
  char *summary;     /* subject of the mail and of the event */
  char *description; /* some lines of plain text, LF */
} HeddleWording;
HeddleWording *heddle_wording_new (const HeddleFollowup *followup, HeddleDetail detail);
/* Of an event that is called off; @thread and @followup are ids. */
HeddleWording *heddle_wording_new_cancel (const char *thread, const char *followup);
void heddle_wording_free (HeddleWording *wording);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleWording, heddle_wording_free)

/* The mail, as it goes over the wire (CRLF). It goes from @event's organizer to its
 * attendee, is dated @event's stamp, and has @message_id (without brackets).
 * (transfer full) Fails as heddle_calendar_event() does. */
GBytes *heddle_invite_mail (const HeddleEvent *event, const char *message_id, GError **error);

#endif
