/* SPDX-License-Identifier: MIT */
/* What a mail says as HTML text: every byte escaped, controls visible, URLs defanged, the
 * direction of each paragraph said.
 *
 * A URL is defanged by its shape, not by what the parser found: "http" becomes "hxxp",
 * "ftp" "fxp", another scheme's colon "[:]", and the dots of the host "[.]". So is a host
 * that begins with "www." or is followed by a slash. One pass, no going back.
 * Not handled: a bare host name without a path (it looks like the end of a sentence). */
#include "cli/export.h"

#include <string.h>

/* --- defanging -------------------------------------------------------------------- */

static gboolean
is_host_char (char c)
{
  return g_ascii_isalnum (c) || c == '-' || c == '.' || c == '_' || (c & 0x80) != 0;
}

/* Add @at up to where its host ends, dots in brackets; how many bytes that was. */
static gsize
add_host (GString *out, const char *at)
{
  gsize i = 0;
  for (; at[i] != '\0' && strchr ("/?#<>\"' \t\n()", at[i]) == NULL; i++)
    if (at[i] == '.' && is_host_char (at[i + 1]))
      g_string_append (out, "[.]");
    else
      g_string_append_c (out, at[i]);
  return i;
}

/* The length of a scheme that ends here in "://", and what it is written as. */
static gsize
scheme_at (const char *at, const char **ret_written)
{
  static const struct {
    const char *scheme, *written;
  } rows[] = { { "https://", "hxxps://" },
               { "http://", "hxxp://" },
               { "ftp://", "fxp://" },
               { "://", "[:]//" } };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_ascii_strncasecmp (at, rows[i].scheme, strlen (rows[i].scheme)) == 0) {
      *ret_written = rows[i].written;
      return strlen (rows[i].scheme);
    }
  return 0;
}

/* A word of host characters: a host where it begins with "www." or a path follows. */
static gsize
add_word (GString *out, const char *at)
{
  gsize length = 0, dots = 0;
  for (const char *written; is_host_char (at[length]); length++) {
    if (length > 0 && scheme_at (at + length, &written) > 3)
      break;
    dots += at[length] == '.';
  }
  if (dots > 0 && (at[length] == '/' || g_ascii_strncasecmp (at, "www.", 4) == 0)) {
    g_autofree char *word = g_strndup (at, length);
    add_host (out, word);
  } else
    g_string_append_len (out, at, (gssize)length);
  return length;
}

char *
heddle_defang (const char *text, gboolean one_line)
{
  g_autofree char *clean = heddle_clean (text, one_line);
  GString *out = g_string_sized_new (strlen (clean));
  for (const char *at = clean; *at != '\0';) {
    const char *written;
    gsize scheme = scheme_at (at, &written);
    if (scheme > 0) {
      g_string_append (out, written);
      at += scheme;
      at += add_host (out, at);
    } else if (is_host_char (*at))
      at += add_word (out, at);
    else
      g_string_append_c (out, *at++);
  }
  return g_string_free (out, FALSE);
}

/* --- escaping --------------------------------------------------------------------- */

static void
add_escaped (GString *out, const char *text)
{
  for (const char *at = text; *at != '\0'; at++)
    switch (*at) {
    case '&':
      g_string_append (out, "&amp;");
      break;
    case '<':
      g_string_append (out, "&lt;");
      break;
    case '>':
      g_string_append (out, "&gt;");
      break;
    case '"':
      g_string_append (out, "&quot;");
      break;
    case '\'':
      g_string_append (out, "&#39;");
      break;
    default:
      g_string_append_c (out, *at);
    }
}

void
heddle_html_add (GString *out, const char *text)
{
  g_autofree char *safe = heddle_defang (text, TRUE);
  add_escaped (out, safe);
}

void
heddle_html_add_direction (GString *out, const char *text)
{
  /* Which language it is nobody says; the script says which voices cannot read it. */
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  gunichar c = heddle_first_strong (valid);
  GUnicodeScript script = g_unichar_get_script (c);
  const char *lang = script == G_UNICODE_SCRIPT_ARABIC   ? "und-Arab"
                     : script == G_UNICODE_SCRIPT_HEBREW ? "und-Hebr"
                                                         : "und";
  g_string_append_printf (out, " dir=\"%s\" lang=\"%s\"",
                          c == 0              ? "auto"
                          : heddle_is_rtl (c) ? "rtl"
                                              : "ltr",
                          lang);
}

void
heddle_html_add_bdi (GString *out, const char *text)
{
  g_string_append (out, "<bdi");
  heddle_html_add_direction (out, text);
  g_string_append_c (out, '>');
  heddle_html_add (out, text != NULL && *text != '\0' ? text : "(none)");
  g_string_append (out, "</bdi>");
}

void
heddle_html_add_paragraphs (GString *out, const char *css, const char *text)
{
  g_autofree char *safe = heddle_defang (text, FALSE);
  g_auto (GStrv) lines = g_strsplit (safe, "\n", -1);
  gboolean within = FALSE;
  for (char **line = lines; *line != NULL; line++) {
    g_strchomp (*line);
    if (**line == '\0') {
      g_string_append (out, within ? "</p>\n" : "");
      within = FALSE;
      continue;
    }
    if (!within) {
      g_string_append_printf (out, "<p class=\"%s\"", css);
      heddle_html_add_direction (out, *line);
      g_string_append_c (out, '>');
    } else
      g_string_append_c (out, '\n');
    within = TRUE;
    add_escaped (out, *line);
  }
  g_string_append (out, within ? "</p>\n" : "");
}
