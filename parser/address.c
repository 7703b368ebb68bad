/* SPDX-License-Identifier: MIT */
/* address: address fields (RFC 5322 3.4) to people.
 *
 * A field is cut at its separators here, and GMime reads one mailbox at a time:
 * so each person keeps what was written of him, and GMime never sees a group,
 * over which it recurses until the stack is full ("To: a:a:a:…"). Groups give
 * their members. A withheld name or address leaves what still stands.
 */
#include "parser/mime.h"

#include "parser/encoded.h"
#include "parser/lines.h"

#include <gmime/gmime.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InternetAddressList, g_object_unref)

/* Whoever released the mail withheld something: how that is written in a header,
 * in lower case. Lists by language are for text, not for address fields. */
static const char *const withheld[]
    = { "(b)(", "(b) (", "[redacted]", "<redacted>", "\342\226\210" };

/* Bytes of a mark at @p, 0 when there is none. "(b)(6)" may go on: "(b)(7)(c)". */
static gsize
withheld_at (const char *p)
{
  for (gsize i = 0; i < G_N_ELEMENTS (withheld); i++) {
    gsize n = strlen (withheld[i]);

    if (g_ascii_strncasecmp (p, withheld[i], n) != 0)
      continue;
    if (withheld[i][n - 1] == '(')
      for (n--; p[n] == '('; n++) {
        gsize inside = strcspn (p + n, ")");

        n += inside;
        if (p[n] == '\0')
          return n;
      }
    return n;
  }
  return 0;
}

/* @text without the marks (transfer full); NULL when there are none. */
static char *
without_withheld (const char *text)
{
  GString *rest = NULL;

  for (const char *p = text; *p;) {
    gsize n = *p == '(' || *p == '[' || *p == '<' || *p == '\342' ? withheld_at (p) : 0;

    if (n > 0 && rest == NULL)
      rest = g_string_new_len (text, p - text);
    if (n == 0 && rest != NULL)
      g_string_append_c (rest, *p);
    p += n > 0 ? n : 1;
  }
  return rest ? g_string_free (rest, FALSE) : NULL;
}

/* Quotes and blanks around it off, encoded words undone where they were not yet;
 * NULL when nothing stays. */
static char *
clean_name (const char *name, gboolean decoded_already)
{
  g_autofree char *decoded = NULL, *folded = NULL;
  char *p, *end;

  if (name == NULL)
    return NULL;
  if (!decoded_already)
    decoded = heddle_encoded_undo (name);
  folded = heddle_mime_text (decoded ? decoded : name);
  for (p = folded; *p && strchr (" \"'<", *p); p++)
    ;
  for (end = p + strlen (p); end > p && strchr (" \"'>", end[-1]); end--)
    ;
  return end > p ? g_strndup (p, (gsize)(end - p)) : NULL;
}

/* The domain in lower case (RFC 5321 2.4: the local part is not ours to change). */
static char *
clean_address (const char *address)
{
  g_autofree char *clean = g_utf8_make_valid (address, -1);
  char *at = strrchr (clean, '@');

  if (at == NULL || at == clean || at[1] == '\0' || strpbrk (clean, " \t<>") != NULL)
    return NULL;
  for (char *p = at; *p; p++)
    *p = g_ascii_tolower (*p);
  return g_steal_pointer (&clean);
}

/* What stands in angle brackets at the end, where GMime would take a colon in the
 * name for a group. */
static gboolean
read_by_brackets (const char *text, char **ret_name, char **ret_address)
{
  const char *open = strrchr (text, '<');
  const char *close = open ? strchr (open, '>') : NULL;
  g_autofree char *inside = NULL, *before = NULL;

  if (close == NULL)
    return FALSE;
  inside = g_strndup (open + 1, (gsize)(close - open) - 1);
  if ((*ret_address = clean_address (g_strstrip (inside))) == NULL)
    return FALSE;
  before = g_strndup (text, (gsize)(open - text));
  *ret_name = clean_name (before, FALSE);
  return TRUE;
}

static gboolean
read_by_gmime (const char *text, char **ret_name, char **ret_address)
{
  g_autofree char *hidden = heddle_encoded_hide (text), *name = NULL, *address = NULL;
  g_autoptr (InternetAddressList) list
      = internet_address_list_parse (heddle_gmime_options (), hidden);
  InternetAddress *first;

  if (list == NULL || internet_address_list_length (list) == 0)
    return FALSE;
  first = internet_address_list_get_address (list, 0);
  if (!INTERNET_ADDRESS_IS_MAILBOX (first))
    return FALSE;
  address
      = heddle_encoded_show (internet_address_mailbox_get_addr (INTERNET_ADDRESS_MAILBOX (first)));
  *ret_address = clean_address (address);
  if (internet_address_get_name (first) != NULL)
    name = heddle_encoded_show (internet_address_get_name (first));
  *ret_name = clean_name (name, TRUE);
  return *ret_address != NULL;
}

/* "Ana Ruiz <ana.ruiz@example.org>", and nothing that has a meaning of its own: what most
 * fields hold, and the same to any reader of addresses. */
static gboolean
is_simple (const char *text)
{
  const char *p = text, *sign = NULL;

  while (g_ascii_isalnum (*p) || *p == ' ' || *p == '-')
    p++;
  if (*p != '<' || p == text)
    return FALSE;
  for (p++; *p != '\0' && *p != '>'; p++) {
    gboolean between = g_ascii_isalnum (p[-1]) && g_ascii_isalnum (p[1]);

    if (*p == '@' && sign == NULL && between)
      sign = p;
    else if (!(*p == '.' && between) && !g_ascii_isalnum (*p))
      return FALSE;
  }
  return sign != NULL && p[0] == '>' && p[1] == '\0';
}

/* One mailbox. NULL when nothing stands there. */
static HeddlePerson *
read_mailbox (const char *text)
{
  g_autofree char *raw = heddle_mime_text (text);
  g_autofree char *rest = without_withheld (raw);
  const char *left = rest ? rest : raw;
  g_autofree char *name = NULL, *address = NULL;

  if (*raw == '\0')
    return NULL;
  if (strchr (left, '@') == NULL
      || !(strchr (left, ':') || is_simple (left) ? read_by_brackets (left, &name, &address)
                              : read_by_gmime (left, &name, &address)
                                    || read_by_brackets (left, &name, &address))) {
    g_clear_pointer (&name, g_free);
    name = clean_name (left, FALSE);
  }
  if (name == NULL && address == NULL && rest == NULL)
    return NULL;
  return heddle_person_new (name, address, rest != NULL, raw);
}

/* The end of what begins at @p: a quoted string, a comment, an address in
 * brackets, one character. Unclosed ones end with their own character. */
static const char *
skip_item (const char *p)
{
  int depth = 0;

  if (*p == '<') {
    const char *close = p + strcspn (p, ">,;");

    return *close == '>' ? close + 1 : p + 1;
  }
  if (*p != '"' && *p != '(')
    return p + 1;
  for (const char *q = p; *q; q++) {
    if (*q == '\\' && q[1])
      q++;
    else if (*p == '"' && *q == '"' && q > p)
      return q + 1;
    else if (*p == '(' && *q == '(')
      depth++;
    else if (*p == '(' && *q == ')' && --depth == 0)
      return q + 1;
  }
  return p + 1;
}

/* The mailbox from @begin to @end to @people; FALSE when there is no room for it. */
static gboolean
add_mailbox (const char *begin, const char *end, const HeddleLimits *limits, GPtrArray *people,
             GPtrArray *warnings)
{
  g_autofree char *text = g_strndup (begin, (gsize)(end - begin));
  HeddlePerson *person = read_mailbox (text);

  if (person != NULL && people->len >= limits->addresses) {
    heddle_warn (warnings, "An address field has too many addresses; the rest is left out.");
    heddle_person_free (person);
    return FALSE;
  }
  if (person != NULL)
    g_ptr_array_add (people, person);
  return TRUE;
}

/* Whether another person begins at @p, behind a withheld one: in a released mail's
 * "(b)(6) (b)(6) Ana Ruiz (b)(6)" the separators are withheld too. */
static gboolean
begins_another (const char *p)
{
  p += strspn (p, " \t");
  return *p != '\0' && strchr (",;<", *p) == NULL;
}

void
heddle_address_read (const char *value, const HeddleLimits *limits, GPtrArray *people,
                     GPtrArray *warnings)
{
  const char *begin = value, *p = value;
  /* Without a ";" behind it a colon opens no group, but stands in a name. */
  const char *last_semicolon = strrchr (value, ';');
  /* Unclosed quotes and comments are looked for once each, not once a character. */
  guint unclosed = 0;

  for (;;) {
    gsize mark = *p == '(' || *p == '[' || *p == '\342' ? withheld_at (p) : 0;

    if (*p == '\0' || *p == ',' || *p == ';') {
      if (!add_mailbox (begin, p, limits, people, warnings) || *p == '\0')
        return;
      begin = ++p;
    } else if (*p == ':' && p < last_semicolon) {
      begin = ++p;
    } else if (mark > 0) {
      p += mark;
      if (begins_another (p)) {
        if (!add_mailbox (begin, p, limits, people, warnings))
          return;
        begin = p;
      }
    } else {
      const char *next = unclosed < 16 ? skip_item (p) : p + 1;

      unclosed += next == p + 1 && (*p == '"' || *p == '(' || *p == '<');
      p = next;
    }
  }
}
