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

#include "followup/ical.h"

#define FOLD_OCTETS 75 /* of a physical line, without its CRLF (RFC 5545, 3.1) */
#define DESCRIPTION_CHARS 2000

/* --- text ------------------------------------------------------------------------ */

static gboolean
is_control (gunichar c)
{
  /* U+2028 and U+2029 end a line for some readers; bidi controls turn one around. */
  return g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029 || (c >= 0x202a && c <= 0x202e)
         || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

char *
heddle_calendar_line (const char *text, guint chars)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *line = g_string_new (NULL);
  gboolean blank = FALSE;
  guint count = 0;

  for (const char *at = valid; *at != '\0' && count < chars; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (g_unichar_isspace (c) || is_control (c)) {
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

/* RFC 5545, 3.3.11. */
static char *
escape_text (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *escaped = g_string_new (NULL);
  guint count = 0;

  for (const char *at = valid; *at != '\0' && count < DESCRIPTION_CHARS;
       at = g_utf8_next_char (at), count++) {
    gunichar c = g_utf8_get_char (at);

    if (c == '\n')
      g_string_append (escaped, "\\n");
    else if (is_control (c))
      continue;
    else if (c == '\\' || c == ';' || c == ',')
      g_string_append_printf (escaped, "\\%c", (char)c);
    else
      g_string_append_unichar (escaped, c);
  }
  return g_string_free (escaped, FALSE);
}

/* --- lines ----------------------------------------------------------------------- */

/* A content line, folded; a fold stands between characters, and what follows it
 * begins with a blank that counts. */
static void
add_folded (GString *out, const char *line)
{
  gsize room = FOLD_OCTETS;

  while (strlen (line) > room) {
    const char *cut = g_utf8_find_prev_char (line, line + room + 1);

    g_string_append_len (out, line, cut - line);
    g_string_append (out, "\r\n ");
    line = cut;
    room = FOLD_OCTETS - 1;
  }
  g_string_append (out, line);
  g_string_append (out, "\r\n");
}

static void add_line (GString *out, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
add_line (GString *out, const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  add_folded (out, line);
}

static void
add_text (GString *out, const char *name, const char *text)
{
  g_autofree char *escaped = escape_text (text);

  add_line (out, "%s:%s", name, escaped);
}

static gboolean
add_time (GString *out, const char *name, HeddleTime time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time);
  g_autofree char *text = utc == NULL ? NULL : g_date_time_format (utc, "%Y%m%dT%H%M%SZ");

  /* "19700101T000000Z": a year of other than four digits cannot be written. */
  if (text == NULL || strlen (text) != 16)
    return FALSE;
  add_line (out, "%s:%s", name, text);
  return TRUE;
}

static void
add_attendee (GString *out, const HeddleEvent *event)
{
  g_autofree char *name
      = event->attendee_name == NULL ? NULL : heddle_calendar_name (event->attendee_name);

  add_line (out,
            "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE"
            "%s%s%s;X-NUM-GUESTS=0:mailto:%s",
            name != NULL ? ";CN=\"" : "", name != NULL ? name : "", name != NULL ? "\"" : "",
            event->attendee);
}

static void
add_alarm (GString *out, const char *summary)
{
  add_line (out, "BEGIN:VALARM");
  add_line (out, "ACTION:DISPLAY");
  add_text (out, "DESCRIPTION", summary);
  add_line (out, "TRIGGER:-PT0M");
  add_line (out, "END:VALARM");
}

static gboolean
write_event (GString *out, const HeddleEvent *event)
{
  g_autofree char *summary = heddle_calendar_line (event->summary, HEDDLE_SUMMARY_CHARS);
  gboolean timed;

  add_line (out, "BEGIN:VCALENDAR");
  add_line (out, "VERSION:2.0");
  add_line (out, "PRODID:-//Heddle//Follow-ups//EN");
  add_line (out, "CALSCALE:GREGORIAN");
  add_line (out, "METHOD:%s", event->cancel ? "CANCEL" : "REQUEST");
  add_line (out, "BEGIN:VEVENT");
  add_line (out, "UID:%s", event->uid);
  timed = add_time (out, "DTSTAMP", event->stamp) && add_time (out, "DTSTART", event->start)
          && add_time (out, "DTEND", event->start + HEDDLE_EVENT_MINUTES * 60);
  add_line (out, "SEQUENCE:%d", event->sequence);
  add_line (out, "STATUS:%s", event->cancel ? "CANCELLED" : "CONFIRMED");
  add_line (out, "TRANSP:TRANSPARENT");
  add_line (out, "CLASS:PRIVATE");
  add_line (out, "X-MICROSOFT-CDO-BUSYSTATUS:FREE");
  add_line (out, "X-MICROSOFT-DISALLOW-COUNTER:FALSE");
  add_line (out, "ORGANIZER;CN=\"Heddle\":mailto:%s", event->organizer);
  add_attendee (out, event);
  add_text (out, "SUMMARY", summary);
  add_text (out, "DESCRIPTION", event->description);
  if (!event->cancel)
    add_alarm (out, summary);
  add_line (out, "END:VEVENT");
  add_line (out, "END:VCALENDAR");
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
