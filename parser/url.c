/* SPDX-License-Identifier: MIT */
/* Web addresses in a text.
 *
 * One walk finds them where "http://", "https://", "ftp://" or "www." begins a word,
 * and where the map says that words carry a link. In "<>" an address goes on over a
 * line's end, as RFC 3986 (appendix C) has it; elsewhere it ends at white space, and
 * punctuation behind it is the sentence's. Addresses of scanners are unwrapped.
 *
 * Not handled: addresses that a mailer broke over lines without "<>"; "hxxp://" and
 * "example[.]org"; bare domains.
 */
#include "parser/facts.h"
#include "parser/scan.h"

#include <string.h>

enum { LONGEST = 8192, LONGEST_WORDS = 300 };

typedef struct {
  const HeddleTables *tables;
  const char *text;
  gsize length;
  GPtrArray *urls;
  GHashTable *seen; /* url → HeddleUrl of urls */
  guint most;
  GArray *covered;
} Finder;

/* --- where one ends ------------------------------------------------------------------ */

/* The bytes of "http://" and the like, or of "www."; 0 when none begins @text. */
static gsize
scheme_at (const char *text, gsize length)
{
  static const char *const schemes[] = { "https://", "http://", "ftp://", "www." };

  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++) {
    gsize bytes = strlen (schemes[i]);
    if (length > bytes && g_ascii_strncasecmp (text, schemes[i], bytes) == 0)
      return bytes;
  }
  return 0;
}

static gboolean
begins_at (const char *text, gsize length, gsize at)
{
  if (at < length && strchr ("hHwWfF", text[at]) == NULL)
    return FALSE;
  if (scheme_at (text + at, length - at) == 0)
    return FALSE;
  if (at == 0)
    return TRUE;
  /* Scripts without blanks write it right behind a letter. */
  return !g_ascii_isalnum (text[at - 1]) && strchr ("@-.", text[at - 1]) == NULL;
}

/* Bytes of a character that never stands in an address: blanks, quotation marks and
 * CJK punctuation. */
static gboolean
ends_url (const char *text, gsize length)
{
  guchar c = (guchar) *text;

  if (c < 0x80)
    return c <= ' ' || c == 0x7f || strchr ("<>\"\\^`", c) != NULL;
  if (heddle_blank_at (text, length) > 0)
    return TRUE;
  switch (g_utf8_get_char (text)) {
  case 0x00ab: case 0x00bb: case 0x2018: case 0x2019: case 0x201c: case 0x201d: case 0x2026:
  case 0x3001: case 0x3002: case 0xff0c: case 0xff1b: case 0xff09: case 0x300d: case 0x3011:
  case 0x060c: case 0x061b: case 0x061f:
    return TRUE;
  default:
    return FALSE;
  }
}

/* The end of user, host and port from @at on: odd characters, which only a user's part
 * could have, end an address rather than begin a wrong one. */
static gsize
authority_end (const char *text, gsize length, gsize at)
{
  while (at < length && ((guchar) text[at] < 0x80 ? g_ascii_isalnum (text[at])
                                                        || strchr ("-._~%:@[]", text[at]) != NULL
                                                  : !ends_url (text + at, length - at)))
    at = (gsize) (g_utf8_next_char (text + at) - text);
  return at;
}

/* The end of the bare address at @at, without what the sentence put behind it. */
static gsize
bare_end (const char *text, gsize length, gsize at)
{
  gsize end = at + scheme_at (text + at, length - at);
  gint round = 0, square = 0, curly = 0; /* how many more open than close */
  gsize authority = authority_end (text, MIN (length, at + LONGEST), end);
  for (; end < authority; end++)
    square += (text[end] == '[') - (text[end] == ']');
  gboolean more = end < length && strchr ("/?#", text[end]) != NULL;
  while (more && end < length && end - at < LONGEST && !ends_url (text + end, length - end)) {
    round += (text[end] == '(') - (text[end] == ')');
    square += (text[end] == '[') - (text[end] == ']');
    curly += (text[end] == '{') - (text[end] == '}');
    end = (gsize) (g_utf8_next_char (text + end) - text);
  }
  while (end > at) {
    char c = text[end - 1];
    if (strchr (".,;:!?'*|~(", c) != NULL)
      round -= c == '(';
    else if (c == ')' && round < 0)
      round++;
    else if (c == ']' && square < 0)
      square++;
    else if (c == '}' && curly < 0)
      curly++;
    else if (!(c == '_' && at > 0 && text[at - 1] == '_')) /* emphasis on both sides */
      break;
    end--;
  }
  return end;
}

/* The end of the address at @at that stands in "<>", before the ">": it may go on over
 * line ends, but a blank within a line ends it, and then it is a bare one. 0: so. */
static gsize
bracketed_end (const char *text, gsize length, gsize at)
{
  gssize stop = heddle_find_near (text + at, length - at, '>', LONGEST);
  if (stop < 0)
    return 0;
  gsize end = at + (gsize) stop;
  while (end > at && g_ascii_isspace (text[end - 1]))
    end--;
  for (gsize i = at; i < end; i++) {
    if (text[i] == '<' || text[i] == '"')
      return 0;
    if (!g_ascii_isspace (text[i]))
      continue;
    gboolean breaks = FALSE;
    for (; i < end && g_ascii_isspace (text[i]); i++)
      breaks = breaks || text[i] == '\n';
    if (!breaks)
      return 0;
    i--;
  }
  return end;
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
  if (start == url
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
  g_autofree char *inner = heddle_url_unwrap (url);
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

static gsize
cover (Finder *finder, gsize start, gsize end)
{
  HeddleRange range = { start, end };
  g_array_append_val (finder->covered, range);
  return end;
}

/* --- the places where one may begin ---------------------------------------------------------- */

/* "[words](address)" at @at: where to go on, 0 when it is none. */
static gsize
markdown_at (Finder *finder, gsize at)
{
  const char *text = finder->text;
  gssize stop = heddle_find_near (text + at + 1, finder->length - at - 1, ']', LONGEST_WORDS);

  if (stop < 0)
    return 0;
  gsize close = at + 1 + (gsize) stop, begin = close + 2;
  if (begin >= finder->length || text[close + 1] != '('
      || scheme_at (text + begin, finder->length - begin) == 0)
    return 0;
  gsize end = bare_end (text, finder->length, begin);
  if (!add_url (finder, text + begin, end - begin, text + at + 1, (gsize) stop))
    return 0;
  if (end < finder->length && text[end] == ')')
    end++;
  return cover (finder, at, end);
}

static gsize
plain_at (Finder *finder, gsize at)
{
  const char *text = finder->text;
  gsize end = 0;

  if (at > 0 && text[at - 1] == '<')
    end = bracketed_end (text, finder->length, at);
  if (end == 0)
    end = bare_end (text, finder->length, at);
  /* What is none is passed over whole, so that no byte is looked at again and again. */
  if (end > at && !add_url (finder, text + at, end - at, NULL, 0))
    return end;
  return end > at ? cover (finder, at, end) : 0;
}

/* A link of the body's markup; one whose target was lost, or that leads elsewhere than
 * to the web, leaves its words to be read as text. */
static gsize
link_at (Finder *finder, const HeddleTextLink *link)
{
  const char *href = link->href;
  while (g_ascii_isspace (*href))
    href++;
  if (scheme_at (href, strlen (href)) == 0 || strlen (href) > LONGEST)
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
    gsize next = 0;
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
    at = next > at ? next : at + 1;
  }
  g_hash_table_unref (finder.seen);
  return finder.urls;
}
