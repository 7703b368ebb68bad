/* SPDX-License-Identifier: MIT */
/* ids: Message-IDs (RFC 5322, 3.6.4) as fields of a header, header blocks inside a body and
 * some attributions name them. One pass over the text.
 *
 * Not handled: comments among them.
 */
#include "parser/ids.h"

#include <string.h>

void
heddle_ids_read (const char *text, GPtrArray *ids)
{
  const char *open = text;

  while ((open = strchr (open, '<')) != NULL) {
    const char *close = open + 1 + strcspn (open + 1, "<>");
    GString *id;

    if (*close != '>') {
      open = close;
      continue;
    }
    id = g_string_new (NULL);
    for (const char *p = open + 1; p < close; p++)
      if (*p != ' ') /* some mailers fold there */
        g_string_append_c (id, *p);
    if (id->len > 0)
      g_ptr_array_add (ids, g_string_free (id, FALSE));
    else
      g_string_free (id, TRUE);
    open = close + 1;
  }
  if (ids->len == 0 && *text && strchr (text, '@') != NULL && strchr (text, ' ') == NULL
      && strpbrk (text, "<>") == NULL)
    g_ptr_array_add (ids, g_strdup (text));
}

char *
heddle_ids_first (const char *text)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  heddle_ids_read (text, ids);
  return ids->len > 0 ? g_strdup (ids->pdata[0]) : NULL;
}
