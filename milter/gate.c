/* SPDX-License-Identifier: MIT */
/* gate: which recipients are inboxes of ours.
 *
 * Exact but for letter case and one "+tag", as sites deliver by default. Quoted
 * local parts are compared as they are written: no inbox needs one. */
#include "config.h"

#include <string.h>

#include "milter/gate.h"

char *
heddle_gate_address (const char *path)
{
  gsize length = strlen (path);
  if (length >= 2 && path[0] == '<' && path[length - 1] == '>') {
    path++;
    length -= 2;
  }
  const char *colon = length > 0 && path[0] == '@' ? memchr (path, ':', length) : NULL;
  if (colon != NULL) {
    length -= (gsize) (colon + 1 - path);
    path = colon + 1;
  }
  return g_strndup (path, length);
}

static gboolean
is_one_of (const char *const *inboxes, const char *address)
{
  for (gsize i = 0; inboxes[i] != NULL; i++)
    if (g_ascii_strcasecmp (inboxes[i], address) == 0)
      return TRUE;
  return FALSE;
}

gboolean
heddle_gate_match (const char *const *inboxes, const char *address)
{
  g_autofree char *plain = g_strdup (address);
  gsize length = strlen (plain);
  if (length > 0 && plain[length - 1] == '.')
    plain[length - 1] = '\0';
  if (is_one_of (inboxes, plain))
    return TRUE;
  char *at = strrchr (plain, '@');
  char *plus = strchr (plain, '+');
  if (at == NULL || plus == NULL || plus > at || plus == plain)
    return FALSE;
  memmove (plus, at, strlen (at) + 1);
  return is_one_of (inboxes, plain);
}
