/* SPDX-License-Identifier: MIT */
/* Words: the one way in which this folder takes text apart. Bounded by the caller,
 * since who is greeted and whether anything is said shows in the first lines.
 *
 * Not handled: scripts that write no blanks (a Thai or Chinese clause is one word).
 */
#include "followup/words.h"

#include <string.h>

#include "parser/parser.h"

GPtrArray *
heddle_words (const char *text, gsize bytes)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *head = NULL, *folded = NULL;
  const char *start = NULL;

  if (text == NULL)
    return words;
  head = g_utf8_make_valid (text, (gssize)strnlen (text, bytes));
  folded = heddle_text_fold (head);
  for (const char *at = folded;; at = g_utf8_next_char (at)) {
    gboolean inside = *at != '\0' && g_unichar_isalnum (g_utf8_get_char (at));

    if (inside && start == NULL)
      start = at;
    if (!inside && start != NULL) {
      g_ptr_array_add (words, g_strndup (start, (gsize)(at - start)));
      start = NULL;
    }
    if (*at == '\0')
      return words;
  }
}
