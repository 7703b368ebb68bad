/* SPDX-License-Identifier: MIT */
/* The mail that carries an event (RFC 6047).
 *
 * Its form is the one that calendars were seen to accept: multipart/mixed of an
 * alternative (plain, html, calendar, in this order) and the same calendar again as
 * an attached file, both in base64, which keeps CRLF and folding as they are.
 * From is the organizer, an address of Heddle's own, so that answers find their way.
 *
 * GMime builds it; nothing in it is a part that somebody else sent.
 */
#include "followup/invite.h"

#include <gmime/gmime.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeMessage, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeFormatOptions, g_mime_format_options_free)

static void
init_once (void)
{
  static gsize done;

  if (g_once_init_enter (&done)) {
    g_mime_init ();
    g_once_init_leave (&done, 1);
  }
}

/* Hands @part over to @multipart. */
static void
add_part (GMimeMultipart *multipart, gpointer part)
{
  g_mime_multipart_add (multipart, part);
  g_object_unref (part);
}

static GMimePart *
data_part (const char *type, const char *subtype, GBytes *bytes)
{
  GMimePart *part = g_mime_part_new_with_type (type, subtype);
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer (g_bytes_get_data (bytes, NULL),
                                                           g_bytes_get_size (bytes));
  GMimeDataWrapper *content
      = g_mime_data_wrapper_new_with_stream (stream, GMIME_CONTENT_ENCODING_DEFAULT);

  g_mime_part_set_content (part, content);
  g_mime_part_set_content_encoding (part, GMIME_CONTENT_ENCODING_BASE64);
  g_object_unref (content);
  g_object_unref (stream);
  return part;
}

static void
set_parameter (GMimePart *part, const char *name, const char *value)
{
  g_mime_object_set_content_type_parameter (GMIME_OBJECT (part), name, value);
}

static GMimePart *
text_part (const char *subtype, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  GMimePart *part = data_part ("text", subtype, bytes);

  set_parameter (part, "charset", "UTF-8");
  return part;
}

/* One paragraph a line, nothing to click, nothing to load. */
static char *
html_of (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *html = g_string_new ("<!DOCTYPE html>\r\n<html><head><meta charset=\"utf-8\"></head>"
                                "<body>\r\n");

  for (char **line = lines; *line != NULL; line++) {
    g_autofree char *escaped = g_markup_escape_text (*line, -1);

    if (**line != '\0')
      g_string_append_printf (html, "<p>%s</p>\r\n", escaped);
  }
  g_string_append (html, "</body></html>\r\n");
  return g_string_free (html, FALSE);
}

static char *
crlf_of (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  return g_strjoinv ("\r\n", lines);
}

static GMimePart *
calendar_part (const HeddleEvent *event, GBytes *stream)
{
  GMimePart *part = data_part ("text", "calendar", stream);

  set_parameter (part, "charset", "UTF-8");
  set_parameter (part, "method", event->cancel ? "CANCEL" : "REQUEST");
  set_parameter (part, "component", "VEVENT");
  return part;
}

static GMimePart *
file_part (GBytes *stream)
{
  GMimePart *part = data_part ("application", "ics", stream);

  g_mime_object_set_disposition (GMIME_OBJECT (part), GMIME_DISPOSITION_ATTACHMENT);
  g_mime_part_set_filename (part, "invite.ics"); /* sets "name" of the type as well */
  return part;
}

static GMimeMultipart *
body_of (const HeddleEvent *event, GBytes *stream)
{
  GMimeMultipart *mixed = g_mime_multipart_new_with_subtype ("mixed");
  GMimeMultipart *alternative = g_mime_multipart_new_with_subtype ("alternative");
  g_autofree char *plain = crlf_of (event->description);
  g_autofree char *html = html_of (event->description);

  add_part (alternative, text_part ("plain", plain));
  add_part (alternative, text_part ("html", html));
  add_part (alternative, calendar_part (event, stream));
  add_part (mixed, alternative);
  add_part (mixed, file_part (stream));
  return mixed;
}

static void
set_header (GMimeMessage *message, const HeddleEvent *event, const char *message_id)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (event->stamp);
  g_autofree char *subject = heddle_calendar_line (event->summary, HEDDLE_SUMMARY_CHARS);
  g_autofree char *name
      = event->attendee_name == NULL ? NULL : heddle_calendar_name (event->attendee_name);

  g_mime_message_add_mailbox (message, GMIME_ADDRESS_TYPE_FROM, "Heddle", event->organizer);
  g_mime_message_add_mailbox (message, GMIME_ADDRESS_TYPE_TO, name, event->attendee);
  g_mime_message_set_subject (message, subject, "UTF-8");
  g_mime_message_set_date (message, date);
  g_mime_message_set_message_id (message, message_id);
  /* RFC 3834: so that no out-of-office note comes back. */
  g_mime_object_set_header (GMIME_OBJECT (message), "Auto-Submitted", "auto-generated",
                            "UTF-8");
}

GBytes *
heddle_invite_mail (const HeddleEvent *event, const char *message_id, GError **error)
{
  g_autoptr (GBytes) stream = heddle_calendar_event (event, error);
  g_autoptr (GMimeMessage) message = NULL;
  g_autoptr (GMimeFormatOptions) options = NULL;
  GMimeMultipart *body;
  char *text;

  if (stream == NULL)
    return NULL;
  init_once ();
  message = g_mime_message_new (TRUE);
  set_header (message, event, message_id);
  body = body_of (event, stream);
  g_mime_message_set_mime_part (message, GMIME_OBJECT (body));
  g_object_unref (body);
  options = g_mime_format_options_new ();
  g_mime_format_options_set_newline_format (options, GMIME_NEWLINE_FORMAT_DOS);
  text = g_mime_object_to_string (GMIME_OBJECT (message), options);
  return g_bytes_new_take (text, strlen (text));
}
