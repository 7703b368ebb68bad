/* SPDX-License-Identifier: MIT */
/* The content lines of a calendar (RFC 5545, 3.1): escaped, folded, ended by CRLF.
 *
 * Text is data: whatever it holds, it ends up inside one value.
 */
#include "followup/content-line.h"

#include <string.h>

#define FOLD_OCTETS 75 /* of a physical line, without its CRLF (RFC 5545, 3.1) */
#define DESCRIPTION_CHARS 2000

/* --- text ------------------------------------------------------------------------ */

gboolean
heddle_content_line_is_control (gunichar c)
{
  /* U+2028 and U+2029 end a line for some readers; bidi controls turn one around. */
  return g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029 || (c >= 0x202a && c <= 0x202e)
         || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
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
    else if (heddle_content_line_is_control (c))
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

void
heddle_content_line_add (GString *out, const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  add_folded (out, line);
}

void
heddle_content_line_text (GString *out, const char *name, const char *text)
{
  g_autofree char *escaped = escape_text (text);

  heddle_content_line_add (out, "%s:%s", name, escaped);
}

gboolean
heddle_content_line_time (GString *out, const char *name, HeddleTime time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time);
  g_autofree char *text = utc == NULL ? NULL : g_date_time_format (utc, "%Y%m%dT%H%M%SZ");

  /* "19700101T000000Z": a year of other than four digits cannot be written. */
  if (text == NULL || strlen (text) != 16)
    return FALSE;
  heddle_content_line_add (out, "%s:%s", name, text);
  return TRUE;
}
