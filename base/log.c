/* SPDX-License-Identifier: MIT */
/* The programs' log: one line an event on standard error, written whole.
 *
 * A line is built in memory and leaves with one write(), so that lines of several
 * threads or processes do not mix. Not handled: rotation, other destinations;
 * systemd or the operator's shell does that. */
#include "base/base.h"

#include <string.h>
#include <unistd.h>

static int log_most = HEDDLE_LOG_INFO;

void
heddle_log_set_level (HeddleLogLevel most)
{
  g_atomic_int_set (&log_most, (int)most);
}

/* Printable ASCII alone, so that no value can forge a line or reach a terminal. */
static void
append_value (GString *line, const char *value)
{
  gboolean quote = *value == '\0';
  for (const char *c = value; *c != '\0' && !quote; c++)
    quote = *c == ' ' || *c == '"' || *c == '\\' || *c == '=' || !g_ascii_isprint (*c);
  if (!quote) {
    g_string_append (line, value);
    return;
  }
  g_string_append_c (line, '"');
  for (const char *c = value; *c != '\0'; c++) {
    if (*c == '"' || *c == '\\')
      g_string_append_printf (line, "\\%c", *c);
    else if (g_ascii_isprint (*c))
      g_string_append_c (line, *c);
    else
      g_string_append_printf (line, "\\x%02x", (guchar)*c);
  }
  g_string_append_c (line, '"');
}

void
heddle_log (HeddleLogLevel level, const char *event, ...)
{
  static const struct {
    const char *name, *priority; /* sd-daemon(3) */
  } levels[] = {
    [HEDDLE_LOG_ERROR] = { "error", "<3>" },   [HEDDLE_LOG_WARNING] = { "warning", "<4>" },
    [HEDDLE_LOG_NOTICE] = { "notice", "<5>" }, [HEDDLE_LOG_INFO] = { "info", "<6>" },
    [HEDDLE_LOG_DEBUG] = { "debug", "<7>" },
  };
  if ((int)level > g_atomic_int_get (&log_most))
    return;
  g_autoptr (GString) line = g_string_new (NULL);
  if (g_getenv ("JOURNAL_STREAM") != NULL)
    g_string_append (line, levels[level].priority);
  g_string_append_printf (line, "%s %s", levels[level].name, event);

  va_list pairs;
  va_start (pairs, event);
  for (const char *key; (key = va_arg (pairs, const char *)) != NULL;) {
    const char *value = va_arg (pairs, const char *);
    if (value == NULL)
      continue;
    g_string_append_printf (line, " %s=", key);
    append_value (line, value);
  }
  va_end (pairs);
  g_string_append_c (line, '\n');
  /* A log that cannot be written has nobody left to tell. */
  if (write (STDERR_FILENO, line->str, line->len) < 0)
    return;
}
