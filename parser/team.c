/* SPDX-License-Identifier: MIT */
/* team: a line with which a team signs, "The Chirper Team", "El equipo de soporte". The
 * languages' tables have the word, and whether it closes the line or opens it.
 *
 * Not handled: desks and departments without such a word, "Chirper Safety".
 */
#include "parser/zoning.h"

#include "parser/scan.h"

#include <string.h>

#define OPENS 1 /* value of a TEAM, see words.h */

enum { LONGEST_LINE = 80, MOST_WORDS = 5, FEW_WORDS = 3 };

static guint
count_words (const char *text, gsize length)
{
  guint words = 1;
  for (gsize i = 0; i < length; i++)
    words += text[i] == ' ';
  return words;
}

/* Whether the word before @at has a capital letter, or none because its script has none. */
static gboolean
follows_name (const char *text, gsize at)
{
  const char *begin = text + at;
  while (begin > text && begin[-1] == ' ')
    begin--;
  while (begin > text && begin[-1] != ' ')
    begin--;
  return begin < text + at && !g_unichar_islower (g_utf8_get_char (begin));
}

gboolean
heddle_is_team (const HeddleZoning *zoning, const char *text, gsize length)
{
  guint words = count_words (text, length);

  if (length == 0 || !heddle_fits (text, length, LONGEST_LINE) || words > MOST_WORDS
      || g_unichar_islower (g_utf8_get_char (text)))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (g_ascii_isdigit (text[i]) || strchr ("@:/|?!.,;<>\"", text[i]) != NULL)
      return FALSE;
  for (gsize at = 0, bytes; at < length; at = (gsize)(g_utf8_next_char (text + at) - text)) {
    gboolean begins = at == 0 || strchr (" -'", text[at - 1]) != NULL
                      || heddle_unspaced_at (text + at, length - at);
    const HeddleWord *word
        = begins ? heddle_zoning_word (zoning, text + at, length - at, HEDDLE_WORD_TEAM, &bytes)
                 : NULL;
    if (word == NULL)
      continue;
    if (word->value == OPENS && at == 0 && bytes < length)
      return TRUE;
    if (word->value != OPENS && at > 0 && at + bytes == length
        && (words <= FEW_WORDS || follows_name (text, at)))
      return TRUE;
  }
  return FALSE;
}
