/* SPDX-License-Identifier: MIT */
/* Where web addresses begin and end.
 *
 * In "<>" an address goes on over a line's end, as RFC 3986 (appendix C) has it; elsewhere
 * it ends at white space and quotation marks, and punctuation behind it is the sentence's.
 * Mailers that wrap at 60 to 80 columns break long addresses too: one that ends with a full
 * line goes on in the next where that begins with what cannot be a word ("account=5").
 * Chinese, Japanese and Korean go on without a blank: such a letter right behind an ASCII
 * one belongs to the sentence, unless the address had some before.
 *
 * Not handled: words of a sentence right behind a "/" that look like a title.
 */
#include "parser/urlend.h"
#include "parser/scan.h"

#include <string.h>

enum {
  LONGEST = HEDDLE_URLEND_MOST,
  FULL_LINE = 60,  /* columns from which on a line may have been wrapped */
  LONGEST_LINE = 1000,
  LEAST_MIXED = 8, /* letters of a word with digits in it that is none */
  MOST_LINES = 20
};

gsize
heddle_urlend_scheme (const char *text, gsize length)
{
  static const char *const schemes[] = { "https://",   "http://",   "ftp://",     "www.",
                                         "hxxps://",   "hxxp://",   "hxxps[:]//", "hxxp[:]//",
                                         "https[:]//", "http[:]//", "hxxps[://]", "hxxp[://]",
                                         "https[://]", "http[://]" };

  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++) {
    gsize bytes = strlen (schemes[i]);
    if (length > bytes && g_ascii_strncasecmp (text, schemes[i], bytes) == 0)
      return bytes;
  }
  return 0;
}

gboolean
heddle_urlend_opened (const char *text, gsize at)
{
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t'))
    at--;
  return (at > 0 && text[at - 1] == '<')
         || (at > 4 && g_ascii_strncasecmp (text + at - 5, "<url:", 5) == 0);
}

/* Whether a character begins @text that never stands in an address: blanks, quotation
 * marks and other scripts' punctuation. */
static gboolean
ends_url (const char *text, gsize length)
{
  guchar c = (guchar) *text;

  if (c < 0x80)
    return c <= ' ' || c == 0x7f || strchr ("<>\"\\^`", c) != NULL;
  if (heddle_blank_at (text, length) > 0)
    return TRUE;
  gunichar wide = g_utf8_get_char (text);
  switch (wide) {
  case 0x00ab: case 0x00bb: case 0x060c: case 0x061b: case 0x061f: case 0x06d4: case 0x0964:
  case 0x0965: case 0xff08: case 0xff09: case 0xff0c: case 0xff0e: case 0xff01: case 0xff1a:
  case 0xff1b: case 0xff1f: case 0xff3b: case 0xff3d: case 0xff61: case 0xff62: case 0xff63:
    return TRUE;
  default: /* general punctuation but for joiners; CJK punctuation */
    return (wide >= 0x2012 && wide <= 0x205e) || (wide >= 0x3000 && wide <= 0x301f);
  }
}

/* The end of user, host and port from @at on: odd characters, which only a user's part
 * could have, end an address rather than begin a wrong one. A label that begins in ASCII and
 * goes on in another script is a host's last and a sentence's first word. */
static gsize
authority_end (const HeddleDomains *domains, const char *text, gsize length, gsize at)
{
  gsize turn = 0, start = at;

  while (at < length && ((guchar) text[at] < 0x80 ? g_ascii_isalnum (text[at])
                                                        || strchr ("-._~%:@[]", text[at]) != NULL
                                                  : !ends_url (text + at, length - at))) {
    if ((guchar) text[at] < 0x80)
      turn = text[at] == '.' ? 0 : turn;
    else if (turn == 0 && at > start && g_ascii_isalpha (text[at - 1]))
      turn = at;
    at = (gsize) (g_utf8_next_char (text + at) - text);
  }
  if (turn == 0)
    return at;
  g_autofree char *host = g_strndup (text + start, turn - start);
  return heddle_domains_known (domains, host) ? turn : at;
}

/* Whether a sentence goes on at @at without a blank; @wide: the address has had letters of
 * such a script before. Titles in addresses begin behind a "/", but hardly in hiragana. */
static gboolean
turns_to_text (const char *text, gsize length, gsize at, gboolean wide)
{
  if (wide || !heddle_unspaced_at (text + at, length - at))
    return FALSE;
  gunichar c = g_utf8_get_char (text + at);
  return g_ascii_isalnum (text[at - 1]) || (c >= 0x3041 && c <= 0x309f);
}

/* What stands in an address is counted, to know what closes no bracket of its own. */
typedef struct {
  gint round, square, curly; /* how many more open than close */
  gboolean wide;
} Within;

static void
count_within (Within *within, const char *text)
{
  within->round += (*text == '(') - (*text == ')');
  within->square += (*text == '[') - (*text == ']');
  within->curly += (*text == '{') - (*text == '}');
  within->wide = within->wide || (guchar) *text >= 0x80;
}

/* The end of the path, from @end on. */
static gsize
path_end (const char *text, gsize length, gsize at, gsize end, Within *within)
{
  while (end < length && end - at < LONGEST && !ends_url (text + end, length - end)
         && ((guchar) text[end] < 0x80 || !turns_to_text (text, length, end, within->wide))) {
    count_within (within, text + end);
    end = (gsize) (g_utf8_next_char (text + end) - text);
  }
  return end;
}

/* Where the address that ends with its line at @end goes on, 0 when it does not. */
static gsize
next_line (const char *text, gsize length, gsize at, gsize end)
{
  gsize line = end, next = end + 1;

  if (end + 1 >= length || text[end] != '\n' || strchr (".,;:!?)", text[end - 1]) != NULL)
    return 0;
  while (line > 0 && end - line < LONGEST_LINE && text[line - 1] != '\n')
    line--;
  if (end - line < FULL_LINE)
    return 0;
  guint letters = 0, digits = 0, signs = 0, slashes = 0;
  gsize stop = next;
  for (; stop < length && stop - next < LONGEST_LINE && !ends_url (text + stop, length - stop); stop++) {
    letters += g_ascii_isalpha (text[stop]);
    digits += g_ascii_isdigit (text[stop]);
    slashes += text[stop] == '/';
    signs += strchr ("=&%?#_", text[stop]) != NULL && stop + 1 < length
             && g_ascii_isalnum (text[stop + 1]);
    if (text[stop] == ':' || text[stop] == '@' || (guchar) text[stop] >= 0x80)
      return 0;
  }
  gboolean alone = line == at && (stop == length || text[stop] == '\n');
  gboolean mixed = letters > 0 && digits > 0 && slashes == 0 && stop - next >= LEAST_MIXED;
  return text[next] != '-' && text[next] != '*' && text[next] != '#' && text[next] != '_'
                 && (signs > 0 || mixed || (alone && slashes > 0))
             ? next
             : 0;
}

gsize
heddle_urlend_bare (const HeddleDomains *domains, const char *text, gsize length, gsize at)
{
  gsize end = at + heddle_urlend_scheme (text + at, length - at), next;
  Within within = { 0 };

  gsize authority = authority_end (domains, text, MIN (length, at + LONGEST), end);
  for (; end < authority; end++)
    count_within (&within, text + end);
  if (end < length && strchr ("/?#", text[end]) != NULL && text[end] != '\0') {
    within.wide = FALSE; /* of the host */
    end = path_end (text, length, at, end, &within);
    for (guint lines = 0; lines < MOST_LINES && (next = next_line (text, length, at, end)) > 0; lines++)
      end = path_end (text, length, at, next, &within);
  }
  const char *quote = at > 0 && text[at - 1] == '\'' ? memchr (text + at, '\'', end - at) : NULL;
  if (quote != NULL)
    end = (gsize) (quote - text);
  while (end > at) {
    char c = text[end - 1];
    if (strchr (".,;:!?'*|~(", c) != NULL)
      within.round -= c == '(';
    else if (c == ')' && within.round < 0)
      within.round++;
    else if (c == ']' && within.square < 0)
      within.square++;
    else if (c == '}' && within.curly < 0)
      within.curly++;
    else if (!(c == '_' && at > 0 && text[at - 1] == '_')) /* emphasis on both sides */
      break;
    end--;
  }
  return end;
}

gsize
heddle_urlend_bracketed (const char *text, gsize length, gsize at)
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
