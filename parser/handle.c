/* SPDX-License-Identifier: MIT */
/* Handles of social networks: "@name", "@name@host".
 *
 * A handle begins at an "@" that does not stand in an address or a web address. Names
 * are ASCII, as the networks want them; Instagram's may have dots within, and Bluesky's
 * are domains below bsky.social. "@example.org" is a domain and no handle; so is all
 * that ends in a suffix of the public list.
 *
 * Not handled: rules of style sheets, annotations of programs and mail commands that no
 * table here names.
 */
#include "parser/redaction.h"
#include "parser/scan.h"

#include <string.h>

#define BLUESKY ".bsky.social"

enum { LONGEST_NAME = 30, LONGEST_HOST = 253 };

static gboolean
is_name_byte (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

/* Rules of CSS, which HTML without its tags lets through. */
static const char *const rules[] = {
  "apply", "charset", "container", "counter", "document", "font", "import", "keyframes",
  "layer", "media", "mixin", "namespace", "page", "property", "scope", "supports", "tailwind",
  "viewport",
};

/* Annotations and decorators that stand without brackets, tags of documentation, and what
 * calls all of a channel. */
static const char *const no_names[] = {
  "Autowired", "Bean", "Before", "BeforeEach", "Component", "Controller", "Deprecated",
  "Entity", "FunctionalInterface", "Generated", "Inject", "Injectable", "JsonProperty",
  "NonNull", "NotNull", "Nullable", "Override", "Repository", "RestController", "SafeVarargs",
  "Service", "SuppressWarnings", "Test", "Transactional", "abstractmethod", "all", "brief",
  "channel", "classmethod", "code", "dataclass", "deprecated", "endcode", "everyone", "extends",
  "here", "interface", "link", "override", "param", "private", "return", "returns", "see", "since",
  "staticmethod", "throws", "typedef",
};

static gboolean
is_one_of (const char *const *list, gsize count, const char *name, gsize length, gboolean exact)
{
  for (gsize i = 0; i < count; i++)
    if (strlen (list[i]) == length
        && (exact ? strncmp (list[i], name, length)
                  : g_ascii_strncasecmp (list[i], name, length))
               == 0)
      return TRUE;
  return FALSE;
}

/* Whether what follows a name makes it code: "@Component({", "@app.route("/a")",
 * "@Min(value = 1)", "@Injectable()". A person's name in brackets has none of these. */
static gboolean
is_called (const char *text, gsize length)
{
  gsize at = 1;

  if (length < 2 || text[0] != '(')
    return FALSE;
  if (strchr ("\"'{[)", text[1]) != NULL)
    return TRUE;
  while (at < length && at < LONGEST_NAME && is_name_byte (text[at]))
    at++;
  while (at < length && text[at] == ' ')
    at++;
  return at < length && text[at] == '=';
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
  if (before == '\'')
    return at == 1 || !heddle_word_at (text + at - 2, 1);
  if ((guchar) before >= 0x80) {
    const char *letter = g_utf8_find_prev_char (text, text + at);
    return heddle_word_begins (text, at)
           || (letter != NULL && heddle_unspaced_at (letter, (gsize) (text + at - letter)));
  }
  return heddle_word_begins (text, at) && strchr ("@-+%&=#!$", before) == NULL;
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
  if (text[start] == 'X' && heddle_redaction_fills (tables, text + start, bytes))
    return 0; /* its name is withheld */
  if (end < length && text[end] == '-') { /* a domain may have one */
    gsize host = host_end (text, length, start);
    if (host > start && host - start > strlen (BLUESKY)
        && g_ascii_strncasecmp (text + host - strlen (BLUESKY), BLUESKY, strlen (BLUESKY)) == 0)
      return host;
  }
  if (end < length && text[end] == '@' && bytes > 0) {
    gsize host = host_end (text, length, end + 1);
    return host > end + 1 ? host : 0;
  }
  if (!letters || (g_ascii_isdigit (text[start]) && bytes <= 4) /* "@9am" */
      || (heddle_letter_at (text + end, length - end) && !heddle_unspaced_at (text + end, length - end))
      || is_one_of (rules, G_N_ELEMENTS (rules), text + start, bytes, FALSE)
      || is_one_of (no_names, G_N_ELEMENTS (no_names), text + start, bytes, TRUE)
      || is_called (text + end, length - end)
      || (end + 1 < length && text[end] == '/' && g_ascii_isalnum (text[end + 1])) /* "@types/node" */
      || (end + 1 < length && text[end] == '-' && g_ascii_isalnum (text[end + 1])))
    return 0;
  if (dots) {
    g_autofree char *host = g_ascii_strdown (text + start, (gssize) bytes);
    if (g_str_has_suffix (host, BLUESKY))
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
