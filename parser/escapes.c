/* SPDX-License-Identifier: MIT */
/* escapes: see escapes.h.
 *
 * One look for the banner, and one pass if it is there. A text that only speaks of "&nbsp;"
 * keeps it.
 */
#include "config.h"

#include "parser/escapes.h"

#include <string.h>

static const char banner[] = "------------------&nbsp;";

static const struct {
  const char *escape;
  char plain;
} escapes[] = {
  { "&nbsp;", ' ' }, { "&gt;", '>' }, { "&lt;", '<' }, { "&amp;", '&' }, { "&quot;", '"' },
};

char *
heddle_escapes_undo (const char *text, gsize *length)
{
  if (memmem (text, *length, banner, sizeof banner - 1) == NULL)
    return NULL;
  GString *out = g_string_sized_new (*length);
  const char *p = text, *end = text + *length;
  while (p < end) {
    const char *next = memchr (p, '&', (gsize)(end - p));
    if (next == NULL)
      next = end;
    g_string_append_len (out, p, next - p);
    p = next;
    gsize k = 0, bytes = 0;
    for (; p < end && k < G_N_ELEMENTS (escapes); k++) {
      bytes = strlen (escapes[k].escape);
      if ((gsize)(end - p) >= bytes && memcmp (p, escapes[k].escape, bytes) == 0)
        break;
    }
    if (p < end && k < G_N_ELEMENTS (escapes)) {
      g_string_append_c (out, escapes[k].plain);
      p += bytes;
    } else if (p < end) {
      g_string_append_c (out, *p++);
    }
  }
  *length = out->len;
  return g_string_free (out, FALSE);
}
