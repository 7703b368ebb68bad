/* SPDX-License-Identifier: MIT */
/* Handles of social networks: "@name", "@name@host".
 *
 * A handle begins at an "@" that does not stand in an address or a web address. Names
 * are ASCII, as the networks want them; Instagram's may have dots within, and Bluesky's
 * are domains below bsky.social. "@example.org" is a domain and no handle; so is all
 * that ends in a suffix of the public list.
 *
 * Not handled: rules of style sheets and mail commands that no table here names.
 */
#include "parser/facts.h"
#include "parser/scan.h"

#include <string.h>

enum { LONGEST_NAME = 30, LONGEST_HOST = 253 };

/* Rules of CSS, which HTML without its tags lets through. */
static const char *const rules[] = {
  "charset", "container", "counter", "document", "font", "import", "keyframes", "layer",
  "media", "namespace", "page", "property", "scope", "supports", "viewport",
};

static gboolean
is_rule (const char *name, gsize length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (strlen (rules[i]) == length && g_ascii_strncasecmp (rules[i], name, length) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_name_byte (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

/* Whether an "@" at @at may begin a handle; @last: where the handle before ended. */
static gboolean
begins_at (const char *text, gsize at, gsize last)
{
  if (at == 0)
    return TRUE;
  char before = text[at - 1];
  if (before == '.') /* ".@name" makes a tweet public */
    return at == 1 || g_ascii_isspace (text[at - 2]);
  if (before == '/')
    return last == at - 1;
  return heddle_word_begins (text, at) && strchr ("@-+%&=#!$'", before) == NULL;
}

/* The end of a host with an inner dot at @at, @at itself when there is none. */
static gsize
host_end (const char *text, gsize length, gsize at)
{
  gsize end = at, dot = 0;

  while (end < length && end - at < LONGEST_HOST
         && (g_ascii_isalnum (text[end]) || text[end] == '-' || text[end] == '.')) {
    if (text[end] == '.' && (end == at || end + 1 >= length || !g_ascii_isalnum (text[end + 1])))
      break;
    dot = text[end] == '.' ? end : dot;
    end++;
  }
  return dot > at ? end : at;
}

/* The end of the handle whose "@" is at @at, 0 when there is none. */
static gsize
handle_end (const HeddleTables *tables, const char *text, gsize length, gsize at)
{
  gsize start = at + 1, end = start;
  gboolean dots = FALSE, letters = FALSE;

  while (end < length) {
    /* a dot within a name; one before a capital ends a sentence */
    gboolean dot = text[end] == '.' && end > start && end + 1 < length
                   && (g_ascii_islower (text[end + 1]) || g_ascii_isdigit (text[end + 1])
                       || text[end + 1] == '_');
    if (!is_name_byte (text[end]) && !dot)
      break;
    if (end - start > LONGEST_HOST)
      return 0;
    dots = dots || dot;
    letters = letters || g_ascii_isalpha (text[end]) || text[end] == '_';
    end++;
  }
  gsize bytes = end - start;
  if (end < length && text[end] == '@' && bytes > 0) {
    gsize host = host_end (text, length, end + 1);
    return host > end + 1 ? host : 0;
  }
  if (!letters || (g_ascii_isdigit (text[start]) && bytes <= 4) /* "@9am" */
      || heddle_letter_at (text + end, length - end) || is_rule (text + start, bytes)
      || (end + 1 < length && text[end] == '-' && g_ascii_isalnum (text[end + 1])))
    return 0;
  if (dots) {
    g_autofree char *host = g_ascii_strdown (text + start, (gssize) bytes);
    if (g_str_has_suffix (host, ".bsky.social"))
      return end;
    if (heddle_domains_known (tables->domains, host))
      return 0;
  }
  return bytes <= LONGEST_NAME ? end : 0;
}

GPtrArray *
heddle_handles_find (const HeddleTables *tables, const char *text, gsize length,
                     const GArray *covered, guint most)
{
  GPtrArray *handles = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gsize last = 0;
  guint range = 0;

  while (last < length && handles->len < most) {
    const char *found = memchr (text + last, '@', length - last);
    if (found == NULL)
      break;
    gsize at = (gsize) (found - text), end = 0;
    while (range < covered->len && g_array_index (covered, HeddleRange, range).end <= at)
      range++;
    gboolean within = range < covered->len && g_array_index (covered, HeddleRange, range).start <= at;
    if (!within && begins_at (text, at, last))
      end = handle_end (tables, text, length, at);
    if (end > 0) {
      g_autofree char *handle = g_strndup (found, end - at);
      if (g_hash_table_add (seen, g_ascii_strdown (handle, -1)))
        g_ptr_array_add (handles, g_steal_pointer (&handle));
    }
    last = end > 0 ? end : at + 1;
  }
  return handles;
}
