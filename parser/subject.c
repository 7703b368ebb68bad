/* SPDX-License-Identifier: MIT */
/* subject: what a subject is about, without the prefixes that answering and
 * forwarding put before it, in all the forms of the mailers of the world: "Re:",
 * "RE[2]:", "Re(3):", "Re^2:", "AW: WG:", and with a list's "[name]" anywhere among
 * them, which stays.
 *
 * The prefixes are those of parser/locale/prefixes.c; a "Re" that has no colon is a
 * word like others.
 */
#include "parser/subject.h"

#include "parser/parser.h"

#include <string.h>

/* Bytes of the direction marks that Hebrew and Arabic mailers put around a prefix. */
static gsize
marks_length (const char *text)
{
  const guchar *t = (const guchar *)text;

  for (; t[0] == 0xe2; t += 3) {
    gboolean mark = t[1] == 0x80 ? t[2] == 0x8e || t[2] == 0x8f || (t[2] >= 0xaa && t[2] <= 0xae)
                                 : t[1] == 0x81 && t[2] >= 0xa6 && t[2] <= 0xa9;
    if (!mark)
      break;
  }
  return (gsize)((const char *)t - text);
}

/* If @prefix begins @text, case disregarded, the bytes of @text that it covers. */
static gsize
match_prefix (const char *text, const char *prefix)
{
  const char *p = text;

  for (; *prefix; prefix = g_utf8_next_char (prefix), p = g_utf8_next_char (p))
    if (*p == '\0' || g_unichar_tolower (g_utf8_get_char (p)) != g_utf8_get_char (prefix))
      return 0;
  return (gsize)(p - text);
}

/* A count behind a prefix: "[2]", "(2)", "^2", "2". */
static gsize
count_length (const char *text)
{
  gsize open = *text == '[' || *text == '(' || *text == '^' || *text == '*';
  gsize digits = strspn (text + open, "0123456789");

  if (digits == 0 || digits > 4)
    return 0;
  if (*text == '[' || *text == '(')
    return text[open + digits] == (*text == '[' ? ']' : ')') ? open + digits + 1 : 0;
  return open + digits;
}

/* Bytes of a prefix with its count, its colon and the blanks behind, else 0.
 * @ret_prefix: (out) (optional). */
static gsize
prefix_length (const char *text, const HeddlePrefix **ret_prefix)
{
  gsize marks = marks_length (text);

  for (const HeddlePrefix *prefix = heddle_prefixes; prefix->text != NULL; prefix++) {
    gsize n = match_prefix (text + marks, prefix->text);

    if (n == 0)
      continue;
    n += marks;
    n += count_length (text + n);
    n += marks_length (text + n);
    n += strspn (text + n, " ");
    if (text[n] == ':')
      n++;
    else if (g_str_has_prefix (text + n, "\357\274\232")) /* full width */
      n += 3;
    else
      continue;
    if (ret_prefix != NULL)
      *ret_prefix = prefix;
    n += marks_length (text + n);
    n += strspn (text + n, " ");
    return n + marks_length (text + n);
  }
  return 0;
}

/* Bytes of a "[name]" and the blanks behind, else 0. */
static gsize
tag_length (const char *text)
{
  const char *close;

  if (*text != '[')
    return 0;
  close = text + strcspn (text, "]");
  return *close ? (gsize)(close + 1 - text) + strspn (close + 1, " ") : 0;
}

static char *
fold_spaces (const char *text)
{
  GString *out = g_string_new (NULL);
  gboolean blank = FALSE;

  for (const char *p = text; *p; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (g_unichar_isspace (c)) {
      blank = out->len > 0;
      continue;
    }
    if (blank)
      g_string_append_c (out, ' ');
    blank = FALSE;
    g_string_append_unichar (out, c);
  }
  return g_string_free (out, FALSE);
}

char *
heddle_subject_base (const char *subject)
{
  g_autofree char *folded = fold_spaces (subject ? subject : "");
  GString *base = g_string_new (NULL);
  const char *p = folded;
  gsize n;

  for (;;) {
    if ((n = prefix_length (p, NULL)) > 0) {
      p += n;
    } else if ((n = tag_length (p)) > 0) {
      g_string_append_len (base, p, (gssize)n);
      p += n;
    } else {
      break;
    }
  }
  g_string_append (base, p);
  /* RFC 5256 2.1: what old mailers put behind. */
  while (base->len >= 5 && g_ascii_strcasecmp (base->str + base->len - 5, "(fwd)") == 0)
    g_string_truncate (base, base->len - 5);
  g_strchomp (base->str);
  return g_string_free (base, FALSE);
}

/* The first prefix, "[list]" before it disregarded; NULL when there is none. */
static const HeddlePrefix *
first_prefix (const char *subject)
{
  const HeddlePrefix *prefix = NULL;
  gsize n;

  if (subject == NULL)
    return NULL;
  while ((n = tag_length (subject)) > 0)
    subject += n;
  return prefix_length (subject, &prefix) > 0 ? prefix : NULL;
}

gboolean
heddle_subject_is_forward (const char *subject)
{
  const HeddlePrefix *prefix = first_prefix (subject);
  return prefix != NULL && prefix->forward;
}

gboolean
heddle_subject_is_answer (const char *subject)
{
  const HeddlePrefix *prefix = first_prefix (subject);
  return prefix != NULL && !prefix->forward;
}

gboolean
heddle_subject_may_forward (const char *subject)
{
  const HeddlePrefix *prefix = first_prefix (subject);

  return prefix != NULL && prefix->either;
}
