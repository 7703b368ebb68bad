/* SPDX-License-Identifier: MIT */
/* Web addresses in a text.
 *
 * One walk finds them where "http://", "https://", "ftp://" or "www." begins a word, where a
 * "/" stands behind a host without a scheme ("t.me/channel"), and where the map says that
 * words carry a link; urlend.c tells where one ends.
 * Addresses of scanners are unwrapped. What somebody disarmed so that nobody follows it by
 * mistake, "hxxp://example[.]org", is the same address to look for, and what was written is
 * kept beside it. A link that leads nowhere ("[here](#)") is kept with its words alone.
 *
 * Not handled: bare domains without a path, "example[.]org" without a scheme.
 */
#include "parser/redaction.h"
#include "parser/scan.h"
#include "parser/urlend.h"

#include <string.h>

enum { LONGEST_WORDS = 300, LONGEST_HOST = 253 };

typedef struct {
  const HeddleTables *tables;
  const char *text;
  gsize length;
  GPtrArray *urls;
  GHashTable *seen; /* url → HeddleUrl of urls */
  GHashTable *lost; /* (nullable) words of links that lead nowhere */
  guint most;
  GArray *covered;
  gsize floor; /* where the last one ended */
} Finder;

/* What an address without a link's markup may begin with, "h", "w", "f", "[", and what stands
 * behind the host of one without a scheme. */
static inline gboolean
is_opening (char c)
{
  static const guint8 openings[0x100]
      = { ['H'] = 1, ['h'] = 1, ['W'] = 1, ['w'] = 1, ['F'] = 1, ['f'] = 1, ['['] = 1, ['/'] = 1 };
  return openings[(guchar) c];
}

static gboolean
begins_at (const char *text, gsize length, gsize at)
{
  if (length - at < 2)
    return FALSE;
  /* "ht", "hx", "ww", "ft": nearly all else is done with here */
  char second = (char) (text[at + 1] | 0x20);
  switch (text[at] | 0x20) {
  case 'h':
    if (second != 't' && second != 'x')
      return FALSE;
    break;
  case 'w':
  case 'f':
    if (second != ((text[at] | 0x20) == 'w' ? 'w' : 't'))
      return FALSE;
    break;
  default:
    return FALSE;
  }
  /* Scripts without blanks write it right behind a letter. */
  return (at == 0 || (!g_ascii_isalnum (text[at - 1]) && strchr ("@-.", text[at - 1]) == NULL))
         && heddle_urlend_scheme (text + at, length - at) > 0;
}

/* --- what one holds ----------------------------------------------------------------------- */

/* The host of @url, without user and port (transfer full); NULL when that is none. */
static char *
host_of (const char *url)
{
  const char *start = strstr (url, "://");
  start = start != NULL ? start + 3 : url;
  gsize length = strcspn (start, "/?#\\");
  const char *user = g_strrstr_len (start, (gssize) length, "@");
  if (user != NULL) {
    length -= (gsize) (user + 1 - start);
    start = user + 1;
  }
  if (*start == '[') {
    gsize inner = strspn (start + 1, "0123456789abcdefABCDEF:.%");
    return inner > 1 && start[inner + 1] == ']' ? g_strndup (start, inner + 2) : NULL;
  }
  length = MIN (length, strcspn (start, ":"));
  gboolean any = FALSE;
  for (gsize i = 0; i < length; i++) {
    if ((guchar) start[i] < 0x80 && !g_ascii_isalnum (start[i]) && strchr ("-._%", start[i]) == NULL)
      return NULL;
    any = any || start[i] != '.';
  }
  if (!any || length > 1024)
    return NULL;
  /* "www." alone is talk of the web; it needs a name and a suffix. */
  if (start == url && g_ascii_strncasecmp (url, "www", 3) == 0
      && (length <= 4 || g_strrstr_len (start + 4, (gssize) (length - 4), ".") == NULL))
    return NULL;
  return g_strndup (start, length);
}

/* Whether the words of a link are but its address once more. */
static gboolean
same_address (const char *words, const char *url)
{
  const char *sides[] = { words, url };
  gsize length[2];

  for (guint i = 0; i < 2; i++) {
    const char *scheme = strstr (sides[i], "://");
    if (scheme != NULL && scheme - sides[i] < 6)
      sides[i] = scheme + 3;
    length[i] = strlen (sides[i]);
    if (length[i] > 0 && sides[i][length[i] - 1] == '/')
      length[i]--;
  }
  return length[0] == length[1] && g_ascii_strncasecmp (sides[0], sides[1], length[0]) == 0;
}

/* "hxxps://example[.]org" as it was before somebody disarmed it (transfer full); NULL for
 * what nobody did. */
static char *
rearmed (const char *url)
{
  gsize host = heddle_urlend_scheme (url, strlen (url)), end = host + strcspn (url + host, "/?#");
  gboolean scheme = url[1] == 'x' || url[1] == 'X' || g_strstr_len (url, (gssize) host, "[") != NULL;

  if (host == 0 || (!scheme && g_strstr_len (url + host, (gssize) (end - host), "[.]") == NULL))
    return NULL;
  GString *made = g_string_new (NULL);
  for (gsize i = 0; url[i] != '\0'; i++) {
    if (i < 3 && (url[i] == 'x' || url[i] == 'X') && scheme)
      g_string_append_c (made, 't');
    else if (i < host && g_str_has_prefix (url + i, "[://]")) {
      g_string_append (made, "://");
      i += 4;
    } else if (i < end && url[i] == '[' && (url[i + 1] == '.' || url[i + 1] == ':') && url[i + 2] == ']')
      g_string_append_c (made, url[++i]), i++;
    else
      g_string_append_c (made, i < 4 ? g_ascii_tolower (url[i]) : url[i]);
  }
  return g_string_free (made, FALSE);
}

/* Keep the address @written (white space within is dropped); @words: (nullable) what
 * carried it. FALSE when it is none. */
static gboolean
add_url (Finder *finder, const char *written, gsize length, const char *words, gsize words_length)
{
  GString *clean = g_string_sized_new (length);
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace (written[i]) && !g_ascii_iscntrl (written[i]))
      g_string_append_c (clean, written[i]);
  g_autofree char *url = g_string_free (clean, FALSE);
  g_autofree char *original = NULL;
  g_autofree char *inner = rearmed (url);
  if (inner == NULL)
    inner = heddle_url_unwrap (url);
  if (inner != NULL) {
    original = g_steal_pointer (&url);
    url = g_steal_pointer (&inner);
  }
  g_autofree char *host = host_of (url);
  if (host == NULL)
    return FALSE;

  g_autofree char *said = words != NULL ? heddle_fold_blanks (words, words_length) : NULL;
  if (said != NULL && (*said == '\0' || same_address (said, url)))
    g_clear_pointer (&said, g_free);
  HeddleUrl *known = g_hash_table_lookup (finder->seen, url);
  if (known != NULL) {
    /* Outlook writes the address and behind it the scanner's form of the same. */
    if (known->original == NULL)
      known->original = g_steal_pointer (&original);
    if (known->text == NULL)
      known->text = g_steal_pointer (&said);
    return TRUE;
  }
  if (finder->urls->len >= finder->most)
    return TRUE;
  HeddleUrl *found = g_new0 (HeddleUrl, 1);
  found->url = g_steal_pointer (&url);
  found->text = g_steal_pointer (&said);
  found->original = g_steal_pointer (&original);
  found->domain = heddle_domains_registrable (finder->tables->domains, host);
  g_ptr_array_add (finder->urls, found);
  g_hash_table_insert (finder->seen, found->url, found);
  return TRUE;
}

/* Keep the words of a link that leads nowhere. */
static void
add_lost (Finder *finder, const char *words, gsize length)
{
  g_autofree char *said = heddle_fold_blanks (words, length);

  if (*said == '\0' || finder->urls->len >= finder->most)
    return;
  if (finder->lost == NULL)
    finder->lost = g_hash_table_new (g_str_hash, g_str_equal);
  if (g_hash_table_contains (finder->lost, said))
    return;
  HeddleUrl *found = g_new0 (HeddleUrl, 1);
  found->text = g_steal_pointer (&said);
  g_ptr_array_add (finder->urls, found);
  g_hash_table_add (finder->lost, found->text);
}

static gsize
cover (Finder *finder, gsize start, gsize end)
{
  HeddleRange range = { start, end };
  g_array_append_val (finder->covered, range);
  return end;
}

/* --- the places where one may begin ---------------------------------------------------------- */

/* Whether the bracket at @at is an index: "a[i]()". */
static gboolean
is_code (const char *text, gsize at)
{
  return at > 0 && (g_ascii_isalnum (text[at - 1]) || strchr ("_)]", text[at - 1]) != NULL);
}

/* "[words](address)" at @at: where to go on, 0 when it is none. */
static gsize
markdown_at (Finder *finder, gsize at)
{
  const char *text = finder->text;
  gssize stop = heddle_find_near (text + at + 1, finder->length - at - 1, ']', LONGEST_WORDS);

  if (stop < 0)
    return 0;
  gsize close = at + 1 + (gsize) stop, begin = close + 2;
  if (begin >= finder->length || text[close + 1] != '(')
    return 0;
  while (begin + 1 < finder->length && text[begin] == ' ' && begin < close + 4)
    begin++;
  gsize empty = begin + (text[begin] == '#');
  if (stop > 0 && empty < finder->length && text[empty] == ')' && !is_code (text, at)) {
    add_lost (finder, text + at + 1, (gsize) stop);
    return cover (finder, at, empty + 1);
  }
  begin += text[begin] == '<';
  if (heddle_urlend_scheme (text + begin, finder->length - begin) == 0)
    return 0;
  gsize end = heddle_urlend_bare (finder->tables->domains, text, finder->length, begin);
  if (!add_url (finder, text + begin, end - begin, text + at + 1, (gsize) stop))
    return 0;
  end += end < finder->length && text[end] == '>';
  end += end < finder->length && text[end] == ')';
  return cover (finder, at, end);
}

/* The address ends before a mark of what was withheld that it would cut in two. */
static gsize
before_withheld (const Finder *finder, gsize at, gsize end)
{
  for (gsize i = at; i < end; i++)
    if (strchr ("([<", finder->text[i]) != NULL
        && heddle_redaction_one (finder->tables, finder->text + i, finder->length - i) > end - i)
      return i;
  return end;
}

static gsize
plain_at (Finder *finder, gsize at)
{
  const char *text = finder->text;
  gsize end = 0;

  if (heddle_urlend_opened (text, at))
    end = heddle_urlend_bracketed (text, finder->length, at);
  if (end == 0)
    end = before_withheld (finder, at,
                           heddle_urlend_bare (finder->tables->domains, text, finder->length, at));
  /* What is none is passed over whole, so that no byte is looked at again and again. */
  if (end > at && !add_url (finder, text + at, end - at, NULL, 0))
    return end;
  return end > at ? cover (finder, at, end) : 0;
}

/* --- hosts without a scheme ------------------------------------------------------------------- */

/* Suffixes of domains that files have as well: "setup.py/setup.cfg". */
static gboolean
is_of_file (const char *suffix, gsize length)
{
  static const char *const suffixes[] = { "cc", "in", "md", "mk", "pl", "ps", "py", "rs", "sh", "so" };
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (strlen (suffixes[i]) == length && strncmp (suffixes[i], suffix, length) == 0)
      return TRUE;
  return FALSE;
}

/* Whether what stands behind the "/" at @at is a file's name and nothing more. */
static gboolean
names_file (const Finder *finder, gsize at)
{
  gsize end = at + 1, dot = 0;

  for (; end < finder->length && end - at < LONGEST_HOST
         && (g_ascii_isalnum (finder->text[end]) || strchr ("._-", finder->text[end]) != NULL);
       end++)
    dot = finder->text[end] == '.' && end + 1 < finder->length
                  && g_ascii_isalnum (finder->text[end + 1])
              ? end
              : dot;
  return dot > 0;
}

/* Whether a script that puts no blanks between words stands right before @at. */
static gboolean
behind_unspaced (const char *text, gsize at)
{
  const char *letter = g_utf8_find_prev_char (text, text + at);
  return letter != NULL && heddle_unspaced_at (letter, (gsize) (text + at - letter));
}

/* Where the host begins that ends at the "/" at @at, @at itself where none does: labels in
 * ASCII of which the last is a known suffix in small letters. What is looked at lies between
 * two slashes, so that no byte is looked at twice. */
static gsize
host_before (const Finder *finder, gsize at)
{
  const char *text = finder->text;
  gsize start = at, suffix = 0;

  while (start > finder->floor && at - start < LONGEST_HOST
         && (g_ascii_isalnum (text[start - 1]) || text[start - 1] == '-' || text[start - 1] == '.')) {
    start--;
    if (text[start] == '.' && (start + 1 >= at || !g_ascii_isalnum (text[start + 1])))
      return at;
    suffix = text[start] == '.' && suffix == 0 ? start + 1 : suffix;
  }
  if (suffix == 0 || at - suffix < 2 || suffix - start < 2 || !g_ascii_isalnum (text[start])
      || (start > 0 && strchr ("@/\\:_=%&~+$", text[start - 1]) != NULL)
      || !(heddle_word_begins (text, start) || behind_unspaced (text, start)))
    return at;
  for (gsize i = suffix; i < at; i++)
    if (!g_ascii_islower (text[i]))
      return at;
  if (is_of_file (text + suffix, at - suffix) && names_file (finder, at))
    return at;
  g_autofree char *host = g_strndup (text + start, at - start);
  return heddle_domains_known (finder->tables->domains, host) ? start : at;
}

/* "t.me/channel" whose "/" is at @at: where to go on, 0 when it is none. */
static gsize
schemeless_at (Finder *finder, gsize at)
{
  const char *text = finder->text;
  gsize length = finder->length;

  if (at + 1 >= length || at == finder->floor || !g_ascii_isalpha (text[at - 1])
      || !(g_ascii_isalnum (text[at + 1]) || strchr ("@_~+?", text[at + 1]) != NULL))
    return 0;
  gsize start = host_before (finder, at);
  if (start == at)
    return 0;
  gsize end = before_withheld (
      finder, start, heddle_urlend_bare (finder->tables->domains, text, length, start));
  if (end <= at || !add_url (finder, text + start, end - start, NULL, 0))
    return 0;
  return cover (finder, start, end);
}

/* A link of the body's markup; one whose target was lost, or that leads elsewhere than
 * to the web, leaves its words to be read as text. */
static gsize
link_at (Finder *finder, const HeddleTextLink *link)
{
  const char *href = link->href;
  while (g_ascii_isspace (*href))
    href++;
  if (*href == '\0' || g_str_equal (href, "#"))
    add_lost (finder, finder->text + link->start, link->end - link->start);
  if (heddle_urlend_scheme (href, strlen (href)) == 0 || strlen (href) > HEDDLE_URLEND_MOST)
    return 0;
  if (!add_url (finder, href, strlen (href), finder->text + link->start, link->end - link->start))
    return 0;
  return cover (finder, link->start, link->end);
}

GPtrArray *
heddle_urls_find (const HeddleTables *tables, const char *text, gsize length, const GArray *links,
                  guint most, GArray *covered)
{
  Finder finder = { .tables = tables, .text = text, .length = length, .most = most,
                    .covered = covered };
  guint link = 0;

  finder.urls = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_url_free);
  finder.seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (gsize at = 0; at < length;) {
    gsize next = 0, stop = length;
    if (links != NULL && link < links->len)
      stop = MIN (stop, g_array_index (links, HeddleTextLink, link).start);
    while (at < stop && !is_opening (text[at]))
      at++;
    if (at >= length)
      break;
    for (; next == 0 && links != NULL && link < links->len; link++) {
      const HeddleTextLink *one = &g_array_index (links, HeddleTextLink, link);
      if (one->start > at)
        break;
      if (one->start == at && one->end > at && one->end <= length)
        next = link_at (&finder, one);
    }
    if (next == 0 && text[at] == '[')
      next = markdown_at (&finder, at);
    if (next == 0 && begins_at (text, length, at))
      next = plain_at (&finder, at);
    if (next == 0 && text[at] == '/')
      next = schemeless_at (&finder, at);
    finder.floor = next > at ? next : finder.floor;
    at = next > at ? next : at + 1;
  }
  g_hash_table_unref (finder.seen);
  g_clear_pointer (&finder.lost, g_hash_table_unref);
  return finder.urls;
}
