/* SPDX-License-Identifier: MIT */
/* mbox: where the mails of an mbox begin and end.
 *
 * A mail begins at a line "From SENDER DATE" at the start of the file or behind a
 * blank line. Writers that quote no "From " in a text are met often enough, so the
 * line must also hold a time of day and end in a year or an offset; a sentence does
 * so rarely. It does not heed Content-Length, which is wrong as soon as somebody
 * edits the file.
 */
#include "config.h"

#include <string.h>

#include "worker/mbox.h"

/* A digit pair, a colon, a digit pair. */
static gboolean
has_time (const char *line, const char *end)
{
  for (const char *p = line; end - p >= 5; p++)
    if (p[2] == ':' && g_ascii_isdigit (p[0]) && g_ascii_isdigit (p[1]) && g_ascii_isdigit (p[3])
        && g_ascii_isdigit (p[4]))
      return TRUE;
  return FALSE;
}

/* @end: where the line's text ends. */
static gboolean
is_from_line (const char *line, const char *end)
{
  if (end - line < 5 || memcmp (line, "From ", 5) != 0)
    return FALSE;
  while (end > line && g_ascii_isspace (end[-1]))
    end--;
  return end - line > 12 && g_ascii_isdigit (end[-1]) && has_time (line + 5, end);
}

/* The end of the line's text, and in *@next where the next line begins. */
static const char *
line_end (const char *line, const char *end, const char **next)
{
  const char *feed = memchr (line, '\n', (gsize) (end - line));
  *next = feed != NULL ? feed + 1 : end;
  return feed != NULL ? feed : end;
}

gboolean
heddle_mbox_is (const char *data, gsize size)
{
  return size >= 5 && memcmp (data, "From ", 5) == 0;
}

gboolean
heddle_mbox_next (const char *data, gsize size, gsize *at, gsize *ret_start, gsize *ret_end)
{
  const char *end = data + size;
  const char *line = data + *at, *next;
  if (line >= end)
    return FALSE;
  if (heddle_mbox_is (line, (gsize) (end - line))) {
    line_end (line, end, &next);
    line = next;
  }
  const char *start = line;
  const char *blank = NULL; /* the last line, where it was blank */
  for (; line < end; line = next) {
    const char *text_end = line_end (line, end, &next);
    if (blank != NULL && *line == 'F' && is_from_line (line, text_end))
      break;
    gboolean is_blank = text_end == line || (text_end == line + 1 && *line == '\r');
    blank = is_blank && next > text_end ? line : NULL;
  }
  *ret_start = (gsize) (start - data);
  *ret_end = (gsize) ((blank != NULL ? blank : line) - data);
  *at = (gsize) (line - data);
  return TRUE;
}

GBytes *
heddle_mbox_mail (GBytes *bytes, gsize separator, gsize start, gsize end)
{
  static const char mark[] = "From mboxrd@z ";
  const char *data = g_bytes_get_data (bytes, NULL);
  if (start - separator < strlen (mark) || memcmp (data + separator, mark, strlen (mark)) != 0)
    return g_bytes_new_from_bytes (bytes, start, end - start);
  GByteArray *mail = g_byte_array_sized_new ((guint) (end - start));
  for (const char *line = data + start, *next; line < data + end; line = next) {
    line_end (line, data + end, &next);
    const char *at = line;
    while (at < next && *at == '>')
      at++;
    gboolean quoted = at > line && next - at >= 5 && memcmp (at, "From ", 5) == 0;
    g_byte_array_append (mail, (const guint8 *) line + quoted, (guint) (next - line) - quoted);
  }
  return g_byte_array_free_to_bytes (mail);
}
