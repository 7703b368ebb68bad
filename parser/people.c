/* SPDX-License-Identifier: MIT */
/* People whom a text names with their address: "write to Jo Doe <jo@example.org>", "Jo Doe
 * (jo@example.org)", "[Jo Doe](mailto:jo@example.org)", a mailto: link of the markup, an
 * address alone.
 *
 * It goes from one "@" to the next, reads the address around it and, where that stands in
 * brackets, the name before them: words with capitals, of one sentence, the first of which
 * is none that a sentence begins with ("Ask", "Please"). In a script without capitals
 * nobody can say where a name begins, so there it must stand behind a sign.
 *
 * Not handled: a name before or behind an address without brackets, initials with a dot,
 * names of more than four words.
 */
#include "parser/facts.h"
#include "parser/scan.h"

#include <string.h>

enum { LONGEST_LOCAL = 64, LONGEST_HOST = 253, LONGEST_NAME = 80, MOST_WORDS = 4 };

typedef struct {
  gsize start, end; /* of a name; nothing when they are the same */
} Words;

static gboolean
is_local_byte (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr (".!#$%&'*+-/=?^_{|}~", c) != NULL);
}

/* Where the host behind the "@" at @at ends, @at when it is none: two labels, the last of
 * letters. "git@host:path", "a@b.example/desk" and "a@b@c" are no addresses of people. */
static gsize
host_end (const char *text, gsize length, gsize at)
{
  gsize end = at + 1, label = end;
  gboolean dot = FALSE, letters = TRUE;

  for (; end < length && end - at <= LONGEST_HOST; end++) {
    char c = text[end];
    if (c == '.' && end > label && end + 1 < length && g_ascii_isalnum (text[end + 1])) {
      dot = letters = TRUE;
      label = end + 1;
    } else if (g_ascii_isalnum (c) || c == '-')
      letters = letters && (g_ascii_isalpha (c) || c == '-');
    else
      break;
  }
  if (!dot || !letters || end - label < 2 || text[end - 1] == '-')
    return at;
  if (end < length && (text[end] == '@' || text[end] == '/'
                       || (text[end] == ':' && end + 1 < length && g_ascii_isalnum (text[end + 1]))))
    return at;
  return end;
}

/* Where the local part before the "@" at @at begins, @at when there is none. */
static gsize
local_start (const char *text, gsize least, gsize at)
{
  gsize start = at;

  while (start > least && at - start <= LONGEST_LOCAL && is_local_byte (text[start - 1]))
    start--;
  if (at - start > LONGEST_LOCAL || (start > 0 && text[start - 1] == '@'))
    return at;
  while (start < at && !g_ascii_isalnum (text[start]) && text[start] != '_')
    start++;
  return text[at - (at > start)] == '.' ? at : start;
}

/* --- names ------------------------------------------------------------------------------ */

static gboolean
has_case (gunichar c)
{
  return g_unichar_isupper (c) || g_unichar_islower (c) || g_unichar_istitle (c);
}

/* Whether the word at @text opens a sentence and is nobody's name: "Ask", "From". */
static gboolean
opens_sentence (const HeddleTables *tables, const char *text, gsize length)
{
  const HeddleKinds kinds
      = HEDDLE_WORD_BIT (HEDDLE_WORD_REQUEST) | HEDDLE_WORD_BIT (HEDDLE_WORD_COMMITMENT)
        | HEDDLE_WORD_BIT (HEDDLE_WORD_COURTESY) | HEDDLE_WORD_BIT (HEDDLE_WORD_GREETING)
        | HEDDLE_WORD_BIT (HEDDLE_WORD_AND) | HEDDLE_WORD_BIT (HEDDLE_WORD_FROM)
        | HEDDLE_WORD_BIT (HEDDLE_WORD_TO) | HEDDLE_WORD_BIT (HEDDLE_WORD_CC)
        | HEDDLE_WORD_BIT (HEDDLE_WORD_SUBJECT) | HEDDLE_WORD_BIT (HEDDLE_WORD_DOUBT);
  gsize bytes;
  const HeddleWord *word = heddle_words_at (tables->words, text, length, kinds, &bytes);
  return word != NULL && (bytes == length || text[bytes] == ' ');
}

/* The words before @end that are a name: see the top. */
static Words
name_before (const HeddleTables *tables, const char *text, gsize least, gsize end)
{
  while (end > least && (text[end - 1] == ' ' || text[end - 1] == '"'))
    end--;
  gsize start = end, first = end;
  gboolean cased = TRUE;

  for (guint words = 0; words <= MOST_WORDS; words++) {
    gsize word = start;
    while (word > least && end - word <= LONGEST_NAME
           && strchr (" \n\t,;:.!?()<>[]\"*|", text[word - 1]) == NULL)
      word--;
    if (((guchar) text[word] & 0xc0) == 0x80)
      return (Words) { end, end };
    gunichar c = word < start ? g_utf8_get_char (text + word) : 0;
    if (c == 0 || !g_unichar_isalpha (c) || (cased && has_case (c) && g_unichar_islower (c)))
      break;
    cased = cased && has_case (c);
    if (words == MOST_WORDS) /* a sentence, or capitals throughout */
      return (Words) { end, end };
    first = start = word;
    if (start == least || text[start - 1] != ' ')
      break;
    while (start > least && text[start - 1] == ' ')
      start--;
  }
  start = first;
  gboolean begins = (start > 0 && strchr (",;:(\"*|-", text[start - 1]) != NULL)
                    || (start > 1 && strchr (",;:|-", text[start - 2]) != NULL);
  if (!cased && !begins)
    return (Words) { end, end };
  while (start < end && opens_sentence (tables, text + start, end - start)) {
    const char *blank = memchr (text + start, ' ', end - start);
    start = blank != NULL ? (gsize) (blank - text) + 1 : end;
  }
  return (Words) { start, end };
}

/* "Jo Doe <", "Jo Doe (", "[Jo Doe](mailto:" before an address that begins at @at. */
static Words
name_of (const HeddleTables *tables, const char *text, gsize least, gsize at)
{
  const Words none = { at, at };

  if (at - least > 7 && g_ascii_strncasecmp (text + at - 7, "mailto:", 7) == 0)
    at -= 7;
  if (at == least || strchr ("<([", text[at - 1]) == NULL)
    return none;
  at--;
  if (text[at] == '(' && at > least && text[at - 1] == ']') {
    gsize open = at - 1;
    while (open > least && at - open < LONGEST_NAME && text[open - 1] != '[')
      open--;
    if (open == least || text[open - 1] != '[')
      return none;
    Words words = name_before (tables, text, open, at - 1);
    return words.start == open ? words : none;
  }
  return name_before (tables, text, least, at);
}

/* --- all of a text ---------------------------------------------------------------------- */

static void
add (GPtrArray *people, GHashTable *known, const char *address, gsize length, const char *name,
     gsize name_length)
{
  g_autofree char *key = g_ascii_strdown (address, (gssize) length);
  HeddlePerson *person = g_hash_table_lookup (known, key);

  if (person == NULL) {
    person = g_new0 (HeddlePerson, 1);
    person->address = g_strndup (address, length);
    char *host = strchr (person->address, '@');
    for (char *c = host; *c != '\0'; c++)
      *c = g_ascii_tolower (*c);
    person->raw = g_strdup (person->address);
    g_hash_table_insert (known, g_steal_pointer (&key), person);
    g_ptr_array_add (people, person);
  }
  if (person->name == NULL && name_length > 0) {
    person->name = heddle_fold_blanks (name, name_length);
    g_free (person->raw);
    person->raw = g_strdup_printf ("%s <%s>", person->name, person->address);
  }
}

/* A link of the markup to "mailto:…"; its words, when they are a name. */
static void
add_link (const HeddleTables *tables, GPtrArray *people, GHashTable *known, const char *text,
          const HeddleTextLink *link)
{
  if (link->href == NULL || g_ascii_strncasecmp (link->href, "mailto:", 7) != 0)
    return;
  const char *address = link->href + 7, *at = strchr (address, '@');
  gsize length = strcspn (address, "?,;% ");
  if (at == NULL || at >= address + length || at == address
      || host_end (address, length, (gsize) (at - address)) != length
      || local_start (address, 0, (gsize) (at - address)) != 0)
    return;
  gboolean plain = link->end > link->start && link->end - link->start <= LONGEST_NAME
                   && memchr (text + link->start, '@', link->end - link->start) == NULL;
  Words words = plain ? name_before (tables, text, link->start, link->end)
                      : (Words) { link->end, link->end };
  gboolean whole = words.start == link->start && words.end == link->end;
  add (people, known, address, length, text + words.start, whole ? words.end - words.start : 0);
}

GPtrArray *
heddle_people_find (const HeddleTables *tables, const char *text, gsize length,
                    const GArray *links, const GArray *covered, guint most)
{
  GPtrArray *people = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_person_free);
  guint range = 0, link = 0, n_links = links != NULL ? links->len : 0;
  if (n_links == 0 && memchr (text, '@', length) == NULL) /* as most texts have it */
    return people;
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gsize least = 0;

  for (const char *p = text; people->len < most
                             && (p = memchr (p, '@', length - (gsize) (p - text))) != NULL;) {
    gsize at = (gsize) (p - text);
    while (range < covered->len && g_array_index (covered, HeddleRange, range).end <= at)
      range++;
    gboolean within = range < covered->len && g_array_index (covered, HeddleRange, range).start <= at;
    gsize start = within ? at : local_start (text, least, at);
    gsize end = start < at ? host_end (text, length, at) : at;
    for (; link < n_links && g_array_index (links, HeddleTextLink, link).start < at; link++)
      add_link (tables, people, known, text, &g_array_index (links, HeddleTextLink, link));
    if (end > at) {
      Words name = name_of (tables, text, least, start);
      add (people, known, text + start, end - start, text + name.start, name.end - name.start);
      least = end;
    }
    p = text + MAX (end, at + 1);
  }
  for (; link < n_links && people->len < most; link++)
    add_link (tables, people, known, text, &g_array_index (links, HeddleTextLink, link));
  return people;
}
