/* SPDX-License-Identifier: MIT */
/* The iCalendar stream of one event (RFC 5545, 5546).
 *
 * The lines are written here and not by libical, for its version of Debian 12
 * leaves a CN of non-ASCII characters unquoted, which makes some readers drop every
 * parameter behind it, and changes "^n" in one (RFC 6868). libical then reads the
 * stream back: what it would not accept, or understands otherwise, never leaves.
 *
 * Text is data: whatever a name or a subject holds, it ends up inside one value.
 * Not handled: time zones (all is UTC) and repetition; neither is wanted.
 */
#include "followup/calendar.h"

#include <string.h>

#include "followup/content-line.h"
#include "followup/ical.h"


/* --- text ------------------------------------------------------------------------ */

char *
heddle_calendar_line (const char *text, guint chars)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *line = g_string_new (NULL);
  gboolean blank = FALSE;
  guint count = 0;

  for (const char *at = valid; *at != '\0' && count < chars; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (g_unichar_isspace (c) || heddle_content_line_is_control (c)) {
      blank = line->len > 0;
      continue;
    }
    if (blank && ++count < chars)
      g_string_append_c (line, ' ');
    blank = FALSE;
    if (count++ < chars)
      g_string_append_unichar (line, c);
  }
  return g_string_free (line, FALSE);
}

char *
heddle_calendar_name (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_autofree char *line = NULL;

  /* A backslash before the closing quote escapes it for libical. */
  for (char *at = valid; (at = strpbrk (at, "\"^<>@\\")) != NULL;)
    *at = ' ';
  line = heddle_calendar_line (valid, HEDDLE_SUMMARY_CHARS);
  return *line != '\0' ? g_steal_pointer (&line) : NULL;
}

gboolean
heddle_calendar_address_is_plain (const char *address)
{
  const char *at = strchr (address, '@');

  if (at == NULL || at == address || at[1] == '\0' || at - address > 64
      || strlen (address) > 254)
    return FALSE;
  for (const char *c = address; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr (c < at ? ".+-_='~!#$*" : ".-", *c) == NULL && c != at)
      return FALSE;
  return address[0] != '-' && at[1] != '-' && at[1] != '.';
}

/* --- the event ----------------------------------------------------------------------- */

static void
add_attendee (GString *out, const HeddleEvent *event)
{
  g_autofree char *name
      = event->attendee_name == NULL ? NULL : heddle_calendar_name (event->attendee_name);

  heddle_content_line_add (out,
            "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE"
            "%s%s%s;X-NUM-GUESTS=0:mailto:%s",
            name != NULL ? ";CN=\"" : "", name != NULL ? name : "", name != NULL ? "\"" : "",
            event->attendee);
}

static void
add_alarm (GString *out, const char *summary)
{
  heddle_content_line_add (out, "BEGIN:VALARM");
  heddle_content_line_add (out, "ACTION:DISPLAY");
  heddle_content_line_text (out, "DESCRIPTION", summary);
  heddle_content_line_add (out, "TRIGGER:-PT0M");
  heddle_content_line_add (out, "END:VALARM");
}

static gboolean
write_event (GString *out, const HeddleEvent *event)
{
  g_autofree char *summary = heddle_calendar_line (event->summary, HEDDLE_SUMMARY_CHARS);
  gboolean timed;

  heddle_content_line_add (out, "BEGIN:VCALENDAR");
  heddle_content_line_add (out, "VERSION:2.0");
  heddle_content_line_add (out, "PRODID:-//Heddle//Follow-ups//EN");
  heddle_content_line_add (out, "CALSCALE:GREGORIAN");
  heddle_content_line_add (out, "METHOD:%s", event->cancel ? "CANCEL" : "REQUEST");
  heddle_content_line_add (out, "BEGIN:VEVENT");
  heddle_content_line_add (out, "UID:%s", event->uid);
  timed = heddle_content_line_time (out, "DTSTAMP", event->stamp) && heddle_content_line_time (out, "DTSTART", event->start)
          && heddle_content_line_time (out, "DTEND", event->start + HEDDLE_EVENT_MINUTES * 60);
  heddle_content_line_add (out, "SEQUENCE:%d", event->sequence);
  heddle_content_line_add (out, "STATUS:%s", event->cancel ? "CANCELLED" : "CONFIRMED");
  heddle_content_line_add (out, "TRANSP:TRANSPARENT");
  heddle_content_line_add (out, "CLASS:PRIVATE");
  heddle_content_line_add (out, "X-MICROSOFT-CDO-BUSYSTATUS:FREE");
  heddle_content_line_add (out, "X-MICROSOFT-DISALLOW-COUNTER:FALSE");
  heddle_content_line_add (out, "ORGANIZER;CN=\"Heddle\":mailto:%s", event->organizer);
  add_attendee (out, event);
  heddle_content_line_text (out, "SUMMARY", summary);
  heddle_content_line_text (out, "DESCRIPTION", event->description);
  if (!event->cancel)
    add_alarm (out, summary);
  heddle_content_line_add (out, "END:VEVENT");
  heddle_content_line_add (out, "END:VCALENDAR");
  return timed;
}

/* --- reading back ---------------------------------------------------------------- */

static gboolean
has_text (icalcomponent *vevent, icalproperty_kind kind, const char *wanted)
{
  icalproperty *property = icalcomponent_get_first_property (vevent, kind);
  char *value = property == NULL ? NULL : icalproperty_get_value_as_string_r (property);
  gboolean same = value != NULL && g_str_equal (value, wanted);

  if (value != NULL)
    icalmemory_free_buffer (value);
  return same && icalcomponent_get_next_property (vevent, kind) == NULL;
}

static gboolean
reads_back (const char *stream, const HeddleEvent *event)
{
  g_autoptr (icalcomponent) calendar = icalparser_parse_string (stream);
  g_autofree char *organizer = g_strconcat ("mailto:", event->organizer, NULL);
  g_autofree char *attendee = g_strconcat ("mailto:", event->attendee, NULL);
  icalcomponent *vevent;

  if (calendar == NULL || icalcomponent_isa (calendar) != ICAL_VCALENDAR_COMPONENT
      || icalcomponent_count_components (calendar, ICAL_ANY_COMPONENT) != 1
      || icalcomponent_count_errors (calendar) != 0 || !icalrestriction_check (calendar))
    return FALSE;
  vevent = icalcomponent_get_first_component (calendar, ICAL_VEVENT_COMPONENT);
  return vevent != NULL && has_text (vevent, ICAL_UID_PROPERTY, event->uid)
         && has_text (vevent, ICAL_ORGANIZER_PROPERTY, organizer)
         && has_text (vevent, ICAL_ATTENDEE_PROPERTY, attendee)
         && icalcomponent_get_sequence (vevent) == event->sequence
         && icaltime_as_timet_with_zone (icalcomponent_get_dtstart (vevent),
                                         icaltimezone_get_utc_timezone ())
                == event->start;
}

GBytes *
heddle_calendar_event (const HeddleEvent *event, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *trouble = NULL;

  if (!heddle_calendar_address_is_plain (event->organizer)
      || !heddle_calendar_address_is_plain (event->attendee)
      || !heddle_calendar_address_is_plain (event->uid))
    trouble = "an address that cannot be written into one as it is";
  else if (!write_event (out, event))
    trouble = "a time outside the years 1 to 9999";
  else if (!reads_back (out->str, event))
    trouble = "a line that libical reads otherwise";
  if (trouble != NULL) {
    g_set_error (error, HEDDLE_FOLLOWUP_ERROR, HEDDLE_FOLLOWUP_ERROR_INVITE,
                 "the invite was not made: %s", trouble);
    return NULL;
  }
  return g_string_free_to_bytes (g_steal_pointer (&out));
}
