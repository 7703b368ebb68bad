/* SPDX-License-Identifier: MIT */
/* The terminal: colour where it is wanted, progress where somebody looks, and no
 * byte of a mail that could move the cursor or turn the text around.
 *
 * Text in a right-to-left script is laid out by the terminal (those that can); set
 * between isolates it cannot take the words beside it along. Its own bidi controls
 * are shown as what they are.
 *
 * Not handled: the width of wide characters; terminals without ANSI colour say so
 * by TERM=dumb. */
#include "cli/cli.h"

#include <string.h>
#include <unistd.h>

static gboolean
wants_colour (void)
{
  static int wanted = -1;
  if (wanted < 0) {
    const char *no = g_getenv ("NO_COLOR"), *term = g_getenv ("TERM");
    wanted = (no == NULL || *no == '\0') && g_strcmp0 (term, "dumb") != 0
             && isatty (STDOUT_FILENO) == 1;
  }
  return wanted;
}

const char *
heddle_style (HeddleStyle style)
{
  static const char *const codes[] = {
    [HEDDLE_STYLE_PLAIN] = "\033[0m",  [HEDDLE_STYLE_BOLD] = "\033[1m",
    [HEDDLE_STYLE_DIM] = "\033[2m",    [HEDDLE_STYLE_RED] = "\033[31m",
    [HEDDLE_STYLE_GREEN] = "\033[32m", [HEDDLE_STYLE_YELLOW] = "\033[33m",
  };
  return wants_colour () ? codes[style] : "";
}

/* Marks of direction that show nothing; Persian and Hebrew mail is full of them. */
static gboolean
is_silent_mark (gunichar c)
{
  return c == 0x200e || c == 0x200f || c == 0x061c || c == 0xfeff;
}

/* What could act on a terminal, or reorder what stands beside it. */
static gboolean
is_dangerous (gunichar c)
{
  return c < 0x20 || (c >= 0x7f && c <= 0x9f) || (c >= 0x202a && c <= 0x202e)
         || (c >= 0x2066 && c <= 0x2069) || c == 0x2028 || c == 0x2029
         || (c >= 0xe0000 && c <= 0xe007f) || (c >= 0xfff9 && c <= 0xfffb);
}

char *
heddle_clean (const char *text, gboolean one_line)
{
  if (text == NULL)
    return g_strdup ("");
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) out = g_string_sized_new (strlen (valid));
  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);
    if (c == '\n' || c == '\t')
      g_string_append_c (out, one_line ? ' ' : (char)c);
    else if (c == '\r' && at[1] == '\n')
      continue;
    else if (is_dangerous (c))
      g_string_append_printf (out, "<U+%04X>", c);
    else if (!is_silent_mark (c))
      g_string_append_unichar (out, c);
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

gunichar
heddle_first_strong (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_isalpha (g_utf8_get_char (at)))
      return g_utf8_get_char (at);
  return 0;
}

/* The blocks of right-to-left scripts, as Unicode keeps them together (UAX 9, table 4):
 * Hebrew to Arabic Extended, their presentation forms, and those of the first plane. */
gboolean
heddle_is_rtl (gunichar c)
{
  return (c >= 0x590 && c <= 0x8ff) || (c >= 0xfb1d && c <= 0xfdff) || (c >= 0xfe70 && c <= 0xfefe)
         || (c >= 0x10800 && c <= 0x10fff) || (c >= 0x1e800 && c <= 0x1efff);
}

char *
heddle_isolate (char *clean)
{
  for (const char *at = clean; *at != '\0'; at = g_utf8_next_char (at))
    if (heddle_is_rtl (g_utf8_get_char (at))) {
      /* U+2068 takes its direction from the first strong letter behind it. */
      char *isolated = g_strconcat ("\u2068", clean, "\u2069", NULL);
      g_free (clean);
      return isolated;
    }
  return clean;
}

char *
heddle_excerpt (const char *text, guint width)
{
  g_autofree char *clean = heddle_clean (text, TRUE);
  g_strstrip (clean);
  if (g_utf8_strlen (clean, -1) <= (glong)width)
    return heddle_isolate (g_steal_pointer (&clean));
  g_autofree char *head = g_utf8_substring (clean, 0, width > 1 ? width - 1 : 0);
  return heddle_isolate (g_strconcat (g_strchomp (head), "…", NULL));
}

/* Somebody who waits longer than a second wants to know; five times a second is
 * as often as an eye reads. */
#define PATIENCE G_USEC_PER_SEC
#define PACE (G_USEC_PER_SEC / 5)

void
heddle_progress (HeddleProgress *progress, const char *what, guint64 done, guint64 all)
{
  gint64 now = g_get_monotonic_time ();
  if (progress->began == 0)
    progress->began = now;
  if (now - progress->began < PATIENCE || now - progress->shown < PACE
      || isatty (STDERR_FILENO) != 1)
    return;
  progress->shown = now;
  progress->on = TRUE;
  if (all > 0)
    fprintf (stderr, "\r%s: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT "\033[K", what, done,
             all);
  else
    fprintf (stderr, "\r%s: %" G_GUINT64_FORMAT "\033[K", what, done);
  fflush (stderr);
}

void
heddle_progress_end (HeddleProgress *progress)
{
  if (progress->on)
    fputs ("\r\033[K", stderr);
  progress->on = FALSE;
}
