/* SPDX-License-Identifier: MIT */
/* person-name: a name without what mailers and directories put around it: quotation marks and
 * asterisks, Lotus' "Ana Ruiz/Unit/Org@Org", Outlook's "Ana Ruiz (E-mail)", the desk in "Ruiz,
 * Ana (Legal)" and "Ruiz, Ana - TPX4", supercite's '"AR" == Ana'; and the common name of an
 * X.500 path that stands in an address's place.
 *
 * Not handled: titles and degrees, which people write themselves.
 */
#include "parser/facts.h"
#include "parser/scan.h"

#include <string.h>

enum {
  CITED_MOST = 16,
  DESK_MOST = 24, /* bytes of a desk behind a name, with its brackets */
  SIGN_LEAST = 2, /* of its short sign */
  SIGN_MOST = 8
};

/* Bytes of the name in Lotus' "Ana Ruiz/Help Desk/Example@EXAMPLE", "Ana Ruiz@EXAMPLE". A
 * word with "@" alone could be an address on a host without a domain. */
static gsize
lotus_name (const char *name, gsize length)
{
  const char *slash = memchr (name, '/', length), *at = memchr (name, '@', length);
  const char *bracket = memchr (name, '(', length);

  if (slash != NULL && bracket != NULL && bracket < slash && name[length - 1] == ')')
    return length; /* "Ana Ruiz (she/her)" */
  if (slash != NULL && slash > name && (at == NULL || at > slash)
      && (at != NULL || memchr (slash, ' ', length - (gsize) (slash - name)) == NULL))
    return (gsize) (slash - name);
  if (at != NULL && memchr (name, ' ', (gsize) (at - name)) != NULL && at[-1] != ' '
      && at + 1 < name + length && g_ascii_isalnum (at[1]) && memchr (name, '<', length) == NULL
      && memchr (at, '.', length - (gsize) (at - name)) == NULL)
    return (gsize) (at - name);
  return length;
}

/* Whether a directory put the bracket behind the name: "(E-mail)", "(E-mail 2)" of Outlook's
 * address book, "(2761)", and in "Ruiz, Ana (Legal)", as nobody writes themself, the desk. */
static gboolean
is_of_directory (const char *name, const char *open, gsize length)
{
  const char *end = name + length - 1; /* the bracket that closes */

  if (g_ascii_strncasecmp (open, "(e-mail", 7) == 0)
    return strspn (open + 7, " 0123456789)") >= (gsize) (end + 1 - (open + 7));
  if (strspn (open + 1, "0123456789") == (gsize) (end - (open + 1)))
    return end > open + 1;
  return memchr (name, ',', (gsize) (open - name)) != NULL && end - open <= DESK_MOST
         && memchr (open, ',', (gsize) (end - open)) == NULL
         && memchr (open, '@', (gsize) (end - open)) == NULL;
}

/* Bytes of "Ruiz, Ana" in "Ruiz, Ana - TPX4": the house's short sign of a desk. */
static gsize
before_sign (const char *name, gsize length)
{
  gsize at = length;

  while (at > 0 && (g_ascii_isupper (name[at - 1]) || g_ascii_isdigit (name[at - 1])))
    at--;
  if (length - at < SIGN_LEAST || length - at > SIGN_MOST || at < 3 || name[at - 1] != ' '
      || name[at - 2] != '-' || memchr (name, ',', at) == NULL)
    return length;
  for (at -= 2; at > 0 && name[at - 1] == ' ';)
    at--;
  return at > 0 ? at : length;
}

/* Bytes of the name before what a directory puts behind it. */
static gsize
bare_name (const char *name, gsize length)
{
  const char *open = length > 0 ? g_strrstr_len (name, (gssize) length, " (") : NULL;

  if (open != NULL && open > name && name[length - 1] == ')'
      && is_of_directory (name, open + 1, length))
    return (gsize) (open - name);
  return length > 0 ? before_sign (name, length) : 0;
}

char *
heddle_name_common (const char *text, gsize length)
{
  gsize at = 0, end;

  if (memchr (text, '/', length) == NULL || g_strstr_len (text, (gssize) length, "/O=") == NULL)
    return NULL;
  for (gsize i = 0; i + 4 < length; i++)
    if (g_ascii_strncasecmp (text + i, "/cn=", 4) == 0)
      at = i + 4;
  for (end = at; end < length && strchr (">/;)]\"", text[end]) == NULL; end++)
    ;
  return at > 0 && end > at ? g_strndup (text + at, end - at) : NULL;
}

/* What mailers put around a name, in ASCII @marks and of other quotation marks. */
static gboolean
is_around (const char *text, const char *marks)
{
  gunichar c = g_utf8_get_char (text);

  if (c < 0x80)
    return strchr (marks, (char) c) != NULL;
  return c == 0xab || c == 0xbb || (c >= 0x201c && c <= 0x201f);
}

char *
heddle_name_tidy (const GString *raw)
{
  g_autofree char *name = heddle_fold_blanks (raw->str, raw->len);
  char *start = name;
  gsize length = strlen (name);
  char *cited = strstr (name, " == "); /* supercite's initials stand before it */

  if (cited != NULL && cited - name < CITED_MOST) {
    start = cited + 4;
    length = strlen (start);
  }
  while (length > 0 && is_around (start, "*'\"_,:;<>[ ")) {
    gsize bytes = (gsize) (g_utf8_next_char (start) - start);
    start += bytes, length -= bytes;
  }
  while (length > 0) {
    const char *last = g_utf8_prev_char (start + length);
    if (!is_around (last, "*'\"_,:;<>[] "))
      break;
    length = (gsize) (last - start);
  }
  length = lotus_name (start, bare_name (start, length));
  for (gsize i = 0; i < length; i++)
    if (heddle_word_at (start + i, length - i) && ((guchar) start[i] & 0xc0) != 0x80)
      return g_strndup (start, length);
  return NULL;
}
