/* SPDX-License-Identifier: MIT */
/* Links that a mail scanner, a search engine or a network put in the place of others.
 *
 * Most carry the link in one parameter of their query, Sophos base64: rows of a table. Cisco
 * and Check Point write it into the path. Proofpoint's URL Defense has two forms of its own: version 2 writes "-" for "%" and "_" for "/",
 * version 3 takes out all but plain characters and keeps them, base64, at the end.
 * A link may be wrapped several times; the innermost counts.
 *
 * Not handled: shorteners and scanners that keep the target to themselves.
 */
#include "parser/facts.h"

#include <string.h>

enum { MOST_LAYERS = 5, LONGEST = 16384 };

static const struct {
  const char *host; /* lower case; with a leading dot every host below it, with a trailing one
                       under every suffix */
  const char *path; /* how it begins */
  const char *parameter;
} wrappers[] = {
  { ".safelinks.protection.outlook.com", "/", "url" },
  { ".safelinks.protection.office365.us", "/", "url" },
  { ".safelinks.protection.partner.outlook.cn", "/", "url" },
  { "statics.teams.cdn.office.net", "/evergreen-assets/safelinks/", "url" },
  { "urldefense.proofpoint.com", "/v1/url", "u" },
  { "urldefense.com", "/v1/url", "u" },
  { "www.google.", "/url", "q" },
  { "www.google.", "/url", "url" },
  { "google.", "/url", "q" },
  { "google.", "/url", "url" },
  { "l.facebook.com", "/l.php", "u" },
  { "lm.facebook.com", "/l.php", "u" },
  { "www.facebook.com", "/l.php", "u" },
  { "l.messenger.com", "/l.php", "u" },
  { "l.instagram.com", "/", "u" },
  { "l.threads.com", "/", "u" },
  { "l.threads.net", "/", "u" },
  { "www.youtube.com", "/redirect", "q" },
  { "www.linkedin.com", "/redir/redirect", "url" },
  { "www.linkedin.com", "/safety/go", "url" },
  { "slack-redir.net", "/link", "url" },
  { "out.reddit.com", "/", "url" },
  { "vk.com", "/away.php", "to" },
  { "steamcommunity.com", "/linkfilter/", "url" },
  { "steamcommunity.com", "/linkfilter/", "u" },
  { "duckduckgo.com", "/l/", "uddg" },
  { "deref-gmx.net", "/mail/client/", "redirectUrl" },
  { "deref-web.de", "/mail/client/", "redirectUrl" },
  { "linkprotect.cudasvc.com", "/url", "a" },
  { "protect.checkpoint.com", "/v1/url", "u" },
  { ".ctp.trendmicro.com", "/wis/clicktime/", "url" },
  { ".trendmicro.com", "/wis/clicktime/", "url" },
  { "protect2.fireeye.com", "/", "u" },
  { "protect.fireeye.com", "/", "u" },
  { "clicktime.symantec.com", "/", "u" },
  { ".protection.sophos.com", "/", "u" },
};

/* The value of @name in the query that begins at @query, decoded; NULL when absent. */
static char *
query_value (const char *query, const char *name)
{
  gsize length = strlen (name);

  for (const char *p = query; p != NULL; p = strchr (p, '&')) {
    p += *p == '?' || *p == '&';
    if (g_str_has_prefix (p, "amp;"))
      p += 4;
    if (strncmp (p, name, length) != 0 || p[length] != '=')
      continue;
    p += length + 1;
    return g_uri_unescape_segment (p, p + strcspn (p, "&#"), NULL);
  }
  return NULL;
}

/* "http-3A__example.org_a": version 2 of URL Defense. */
static char *
defense_2 (const char *query)
{
  g_autofree char *value = query_value (query, "u");

  if (value == NULL)
    return NULL;
  for (char *p = value; *p != '\0'; p++)
    *p = *p == '-' ? '%' : *p == '_' ? '/' : *p;
  return g_uri_unescape_string (value, NULL);
}

/* How many characters a run "**X" stands for: A is 2, "_" is 65. */
static guint
run_length (char c)
{
  static const char digits[]
      = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const char *found = c != '\0' ? strchr (digits, c) : NULL;
  return found != NULL ? (guint) (found - digits) + 2 : 0;
}

/* Base64 for URLs, without padding. */
static char *
from_base64 (const char *text, gsize length)
{
  g_autoptr (GString) padded = g_string_new_len (text, (gssize) length);
  gsize bytes;

  for (char *p = padded->str; *p != '\0'; p++)
    *p = *p == '-' ? '+' : *p == '_' ? '/' : *p;
  while (padded->len % 4 != 0)
    g_string_append_c (padded, '=');
  g_autofree guchar *decoded = g_base64_decode (padded->str, &bytes);
  return g_utf8_make_valid ((const char *) decoded, (gssize) bytes);
}

/* "https://urldefense.com/v3/__https://example.org/a*b__;Iw!!…$". */
static char *
defense_3 (const char *path)
{
  const char *start = path + strlen ("/v3/__");
  const char *end = strstr (start, "__;");
  const char *stop = end != NULL ? strchr (end + 3, '!') : NULL;

  if (stop == NULL)
    return NULL;
  g_autofree char *taken = from_base64 (end + 3, (gsize) (stop - end - 3));
  const char *next = taken;
  GString *url = g_string_new (NULL);
  for (const char *p = start; p < end; p++) {
    guint count = 1;
    if (*p != '*') {
      g_string_append_c (url, *p);
      continue;
    }
    if (p + 2 < end && p[1] == '*' && run_length (p[2]) > 0) {
      count = run_length (p[2]);
      p += 2;
    }
    for (; count > 0 && *next != '\0'; count--) {
      g_string_append_unichar (url, g_utf8_get_char (next));
      next = g_utf8_next_char (next);
    }
  }
  /* one of the two slashes is lost when it passes some servers */
  char *slash = strstr (url->str, ":/");
  if (slash != NULL && slash[2] != '/')
    g_string_insert_c (url, slash + 1 - url->str, '/');
  return g_string_free (url, FALSE);
}

/* "https://secure-web.cisco.com/1aB…/https%3A%2F%2Fexample.org%2Fa",
 * "https://protect.checkpoint.com/v2/___https://example.org/a___.YXB…". */
static char *
in_path (const char *host, const char *path)
{
  if (g_str_equal (host, "secure-web.cisco.com")) {
    const char *last = strchr (path + (*path == '/'), '/');
    return last != NULL ? g_uri_unescape_segment (last + 1, last + 1 + strcspn (last + 1, "?#"), NULL)
                        : NULL;
  }
  if (!g_str_equal (host, "protect.checkpoint.com") && !g_str_equal (host, "url.avanan.click"))
    return NULL;
  const char *start = g_str_has_prefix (path, "/v2/___") ? path + strlen ("/v2/___") : NULL;
  const char *end = start != NULL ? strstr (start, "___.") : NULL;
  return end != NULL ? g_strndup (start, (gsize) (end - start)) : NULL;
}

static gboolean
is_defense (const char *host)
{
  return g_str_equal (host, "urldefense.com") || g_str_equal (host, "urldefense.us")
         || g_str_equal (host, "urldefense.proofpoint.com");
}

/* Whether @host is that of a row of wrappers. */
static gboolean
host_fits (const char *row, const char *host)
{
  gsize length = strlen (row);

  if (row[0] == '.')
    return g_str_has_suffix (host, row);
  if (row[length - 1] != '.')
    return g_str_equal (host, row);
  /* "google.", "de" or "co.uk": at most two short labels */
  const char *rest = host + length;
  return strncmp (host, row, length) == 0 && strlen (rest) <= strlen ("com.xx")
         && (strchr (rest, '.') == NULL || g_str_has_prefix (rest, "co.") || g_str_has_prefix (rest, "com."));
}

static char *
unwrap_once (const char *url)
{
  const char *host = strstr (url, "://");
  if (host == NULL)
    return NULL;
  host += 3;
  gsize length = strcspn (host, "/?#:");
  const char *path = host + strcspn (host, "/?#");
  const char *query = strchr (path, '?');
  g_autofree char *lower = g_ascii_strdown (host, (gssize) length);

  if (is_defense (lower) && g_str_has_prefix (path, "/v3/__"))
    return defense_3 (path);
  char *inner = in_path (lower, path);
  if (inner != NULL || query == NULL)
    return inner;
  if (is_defense (lower) && g_str_has_prefix (path, "/v2/url"))
    return defense_2 (query);
  for (gsize i = 0; i < G_N_ELEMENTS (wrappers); i++) {
    if (!host_fits (wrappers[i].host, lower) || !g_str_has_prefix (path, wrappers[i].path))
      continue;
    char *value = query_value (query, wrappers[i].parameter);
    if (value != NULL && g_str_has_prefix (value, "aHR0c")) { /* "http" */
      char *plain = from_base64 (value, strlen (value));
      g_free (value);
      return plain;
    }
    if (value != NULL)
      return value;
  }
  return NULL;
}

/* What came out is used only if it is a web address in clean text. */
static gboolean
is_clean (const char *url)
{
  if (g_ascii_strncasecmp (url, "http://", 7) != 0 && g_ascii_strncasecmp (url, "https://", 8) != 0)
    return FALSE;
  if (!g_utf8_validate (url, -1, NULL))
    return FALSE;
  for (const char *p = url; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
      return FALSE;
  }
  const char *host = strstr (url, "://") + 3;
  return *host != '\0' && strchr ("/?#", *host) == NULL;
}

char *
heddle_url_unwrap (const char *url)
{
  g_autofree char *inner = NULL;

  if (strlen (url) > LONGEST)
    return NULL;
  for (guint layer = 0; layer < MOST_LAYERS; layer++) {
    g_autofree char *next = unwrap_once (inner != NULL ? inner : url);
    if (next == NULL || !is_clean (next))
      break;
    g_free (inner);
    inner = g_steal_pointer (&next);
  }
  return g_steal_pointer (&inner);
}
