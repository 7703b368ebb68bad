/* SPDX-License-Identifier: MIT */
/* Case numbers: what ties a mail to a desk's file.
 *
 * A number counts when something says that it is one: a word of the languages' tables
 * ("ticket") with a mark ("#", ":", "number") or enough digits behind it, a bracket with
 * "#" as ticket systems put into subjects, "[4-1234000012345]", Zendesk's "[1G7EOR-0Q2J]", a
 * tracker's "[HELP-1234]", Salesforce's "ref:…:ref", or the prefix of a service desk
 * ("INC0012345"). What courts and the police write behind such a word may have blanks in it
 * (docket.c). Numbers alone, "#1", years, dates and telephone numbers are none. Digits of
 * other scripts are as good; the id has them in ASCII.
 */
#include "parser/docket.h"
#include "parser/facts.h"
#include "parser/scan.h"

#include <string.h>

enum { LONGEST_ID = 40, LONGEST_BRACKET = 100, LONGEST_REF = 80, MOST_MARKS = 6, LEAST_BRACKETED = 5,
       LEAST_LONG = 10, MOST_KEY = 12, LEAST_KEY = 2, LEAST_ENCODED = 5, MOST_ENCODED = 7 };

/* Prefixes of ServiceNow's tables. */
static const char *const prefixes[]
    = { "INC", "RITM", "REQ", "CHG", "PRB", "TASK", "SCTASK", "CSTASK", "CS", "HRC", "SIR" };

/* What looks like a tracker's key and is a norm's or a name of something: "[RFC-2822]". */
static const char *const no_keys[] = { "AES", "ANSI", "COVID", "CVE", "CWE", "DIN", "EN", "FIPS", "HTTP",
                                       "IEC", "IEEE", "ISO", "MD", "NIST", "RFC", "RSA", "SARS", "SHA",
                                       "UTC", "UTF", "WINDOWS" };
enum { LEAST_PREFIXED = 6 };

typedef struct {
  gsize start, end; /* of the whole */
  gsize from, to;   /* of the id */
} Reference;

typedef struct {
  gsize bytes;
  guint digits, letters, hyphens, others;
} Token;

/* Letters, digits and what may stand between them, from @at on. */
static Token
token_at (const char *text, gsize length, gsize at)
{
  Token token = { 0 };
  gsize bytes;

  for (gsize i = at; i < length; i++) {
    if ((guchar) text[i] >= 0x80 && heddle_digit_at (text + i, length - i, &bytes) >= 0) {
      token.digits++;
      token.bytes += bytes;
      i += bytes - 1;
      continue;
    }
    gboolean inner = i > at && i + 1 < length && g_ascii_isalnum (text[i + 1])
                     && strchr ("-_/.", text[i]) != NULL;
    if (!g_ascii_isalnum (text[i]) && !inner)
      break;
    token.digits += g_ascii_isdigit (text[i]);
    token.letters += g_ascii_isalpha (text[i]);
    token.hyphens += text[i] == '-';
    token.others += inner && text[i] != '-';
    if (++token.bytes > LONGEST_ID)
      break;
  }
  gsize rest = length - at - MIN (token.bytes, length - at);
  if (token.bytes > LONGEST_ID
      || (heddle_word_at (text + at + token.bytes, rest)
          && !heddle_unspaced_at (text + at + token.bytes, rest)))
    token.bytes = 0;
  return token;
}

static gboolean
is_year (const char *text, const Token *token)
{
  return token->bytes == 4 && token->digits == 4
         && (strncmp (text, "19", 2) == 0 || strncmp (text, "20", 2) == 0);
}

/* "555-123-4567", "3-5": digits with hyphens say little by themselves. */
static gboolean
is_phone (const Token *token)
{
  return token->letters == 0 && token->hyphens >= 2 && token->digits >= 9;
}

static gboolean
is_date (const HeddleTables *tables, const char *text, gsize length)
{
  HeddleDate *date = NULL;
  gboolean is = heddle_when_read (tables, text, MIN (length, 80), &date) > 0;
  heddle_date_free (date);
  return is;
}

/* "(#1234)", "(12345)" behind a word: a number that fills brackets. */
static gboolean
fills_brackets (HeddleScan *scan, gboolean *hash)
{
  HeddleScan inside = *scan;

  if (!heddle_scan_sign (&inside, '('))
    return FALSE;
  gboolean sign = heddle_scan_sign (&inside, '#');
  Token token = token_at (inside.text, inside.length, inside.at);
  HeddleScan behind = { inside.text, inside.length, inside.at + token.bytes };
  if (token.bytes == 0 || token.letters > 0 || (!sign && token.digits < LEAST_BRACKETED)
      || !heddle_scan_sign (&behind, ')'))
    return FALSE;
  *scan = inside;
  *hash = TRUE;
  return TRUE;
}

/* "Case# 1234", "ticket ID: 5512", "reference number is AB-12" with its word at @at. */
static gboolean
labelled_at (const HeddleTables *tables, const char *text, gsize length, gsize at, Reference *ret)
{
  HeddleScan scan = { text, length, at };
  gboolean hash = FALSE, colon = FALSE, number = FALSE;
  gsize bytes;
  const HeddleWord *label = heddle_words_at (tables->words, text + at, length - at,
                                             HEDDLE_WORD_BIT (HEDDLE_WORD_CASE), &bytes);
  if (label == NULL)
    return FALSE;
  scan.at += bytes;
  for (guint marks = 0; marks < MOST_MARKS; marks++) {
    heddle_scan_blanks (&scan);
    const HeddleWord *word;
    if (heddle_scan_sign (&scan, '#') || fills_brackets (&scan, &hash))
      hash = TRUE;
    else if (heddle_scan_sign (&scan, ':'))
      colon = TRUE;
    else if (heddle_scan_char (&scan, '*')) /* bold */
      continue;
    else if ((word = heddle_words_at (tables->words, text + scan.at, length - scan.at,
                                      HEDDLE_WORD_BIT (HEDDLE_WORD_CASE_NUMBER), &bytes))
             != NULL) {
      number = number || word->value == 0;
      scan.at += bytes;
    } else
      break;
  }

  guint enough = (guint) label->value % HEDDLE_CASE_SAYS;
  gboolean says = (label->value & HEDDLE_CASE_SAYS) != 0;
  if (hash || colon || number || enough > 0) {
    gsize docket = heddle_docket_at (text, length, scan.at);
    if (docket > 0 && !is_date (tables, text + scan.at, length - scan.at)) {
      *ret = (Reference) { at, scan.at + docket, scan.at, scan.at + docket };
      return TRUE;
    }
  }
  Token token = token_at (text, length, scan.at);
  if (token.bytes == 0 || token.digits == 0)
    return FALSE;
  if (!hash && !number) {
    /* Without a sign that a number comes, it must look like one. */
    guint least = colon ? 3 : enough;
    gboolean mixed = token.letters > 0 && token.hyphens > 0;
    if ((!colon && least == 0) || is_year (text + scan.at, &token)
        || (!says && is_phone (&token))
        || (token.digits < least && !(mixed && token.digits > 1))
        || (token.letters > 0 && !mixed && !g_ascii_isupper (text[scan.at])
            && !g_ascii_isdigit (text[scan.at])))
      return FALSE;
  }
  if (token.letters == 0 && token.others + token.hyphens > 0
      && is_date (tables, text + scan.at, length - scan.at))
    return FALSE;
  if (token.letters > 0 && token.digits < 2 && !hash)
    return FALSE; /* "case number one1": no such thing */
  gsize end = scan.at + token.bytes, close = 0;
  if (end < length && text[end] == ')' && memchr (text + at, '(', scan.at - at) != NULL)
    close = 1; /* "request (12345)" */
  *ret = (Reference) { at, end + close, scan.at, end };
  return TRUE;
}

/* "[4-1234000012345]": what a large desk puts into subjects. */
static gboolean
long_bracket_at (const char *text, gsize length, gsize at, Reference *ret)
{
  gsize end = at + 3;

  if (length - at < 3 + LEAST_LONG || !g_ascii_isdigit (text[at + 1]) || text[at + 2] != '-')
    return FALSE;
  while (end < length && end - at < LONGEST_ID && g_ascii_isdigit (text[end]))
    end++;
  if (end - at < 3 + LEAST_LONG || end >= length || text[end] != ']')
    return FALSE;
  *ret = (Reference) { at, end + 1, at + 1, end };
  return TRUE;
}

static gboolean
is_norm (const char *text, gsize length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (no_keys); i++)
    if (strlen (no_keys[i]) == length && strncmp (no_keys[i], text, length) == 0)
      return TRUE;
  return FALSE;
}

/* "[CHIRPER-448120]", "[HELP-87]": a key of a tracker; "[MARCH-2018]" has a year. */
static gboolean
key_bracket_at (const char *text, gsize length, gsize at, Reference *ret)
{
  gsize letters = at + 1;

  while (letters < length && letters - at <= MOST_KEY && g_ascii_isupper (text[letters]))
    letters++;
  gsize digits = letters + 1, end = digits;
  if (letters - at < 3 || letters - at > MOST_KEY || letters >= length || text[letters] != '-'
      || is_norm (text + at + 1, letters - at - 1))
    return FALSE;
  while (end < length && end - at < LONGEST_ID && g_ascii_isdigit (text[end]))
    end++;
  Token number = { .bytes = end - digits, .digits = (guint) (end - digits) };
  if (end - digits < LEAST_KEY || end >= length || text[end] != ']' || is_year (text + digits, &number))
    return FALSE;
  *ret = (Reference) { at, end + 1, at + 1, end };
  return TRUE;
}

/* "[1G7EOR-0Q2J]": what Zendesk writes below its mails to know the answers by. */
static gboolean
encoded_bracket_at (const char *text, gsize length, gsize at, Reference *ret)
{
  guint letters = 0, digits = 0;
  gsize end = at + 1, hyphen = 0;
  gboolean mixed = FALSE;

  for (; end < length && end - at <= LONGEST_ID && text[end] != ']'; end++) {
    if (text[end] == '-' && hyphen == 0) {
      hyphen = end;
      mixed = letters > 0 && digits > 0;
      letters = digits = 0;
    } else if (g_ascii_isupper (text[end]) || g_ascii_isdigit (text[end])) {
      letters += g_ascii_isupper (text[end]);
      digits += g_ascii_isdigit (text[end]);
    } else
      return FALSE;
  }
  mixed = mixed || (letters > 0 && digits > 0);
  if (end >= length || text[end] != ']' || hyphen < at + 1 + LEAST_ENCODED
      || hyphen > at + 1 + MOST_ENCODED || end - hyphen < LEAST_ENCODED
      || end - hyphen > LEAST_ENCODED + 1 || !mixed)
    return FALSE;
  *ret = (Reference) { at, end + 1, at + 1, end };
  return TRUE;
}

/* "[#ABC-123-45678]", "[example.org #1234]", the bracket at @at. */
static gboolean
bracket_at (const char *text, gsize length, gsize at, Reference *ret)
{
  gssize stop = heddle_find_near (text + at, length - at, ']', LONGEST_BRACKET);
  const char *hash = stop > 0 ? memchr (text + at, '#', (gsize) stop) : NULL;

  if (hash == NULL)
    return long_bracket_at (text, length, at, ret) || key_bracket_at (text, length, at, ret)
           || encoded_bracket_at (text, length, at, ret);
  gsize from = (gsize) (hash - text) + 1, close = at + (gsize) stop;
  for (gsize i = at + 1; i + 1 < from; i++)
    if (!g_ascii_isalnum (text[i]) && strchr ("-._ ", text[i]) == NULL)
      return FALSE;
  Token token = token_at (text, close, from);
  if (from + token.bytes != close || token.bytes < 3 || token.digits < 2)
    return FALSE;
  *ret = (Reference) { at, close + 1, from, close };
  return TRUE;
}

/* "ref:_00D….500…:ref", as Salesforce's Email-to-Case wants it back. */
static gboolean
salesforce_at (const char *text, gsize length, gsize at, Reference *ret)
{
  if (length - at < 10 || (text[at] | 0x20) != 'r' || g_ascii_strncasecmp (text + at, "ref:", 4) != 0)
    return FALSE;
  gsize end = at + 4;
  while (end < length && end - at < LONGEST_REF
         && (g_ascii_isalnum (text[end]) || text[end] == '_' || text[end] == '.' || text[end] == '!'))
    end++;
  if (end - at < 9 || length - end < 4 || g_ascii_strncasecmp (text + end, ":ref", 4) != 0)
    return FALSE;
  *ret = (Reference) { at, end + 4, at + 4, end };
  return TRUE;
}

static gboolean
prefixed_at (const char *text, gsize length, gsize at, Reference *ret)
{
  if (!g_ascii_isupper (text[at]))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++) {
    gsize bytes = strlen (prefixes[i]), end = at + bytes;
    if (length - at <= bytes || strncmp (text + at, prefixes[i], bytes) != 0)
      continue;
    while (end < length && g_ascii_isdigit (text[end]))
      end++;
    if (end - at < bytes + LEAST_PREFIXED || end - at > LONGEST_ID
        || heddle_word_at (text + end, length - end))
      continue;
    *ret = (Reference) { at, end, at, end };
    return TRUE;
  }
  return FALSE;
}

/* An id with its digits in ASCII. (transfer full) */
static char *
plain_id (const char *text, gsize length)
{
  GString *id = g_string_sized_new (length);

  for (gsize i = 0, bytes; i < length;) {
    int digit = heddle_digit_at (text + i, length - i, &bytes);
    if (digit >= 0) {
      g_string_append_c (id, (char) ('0' + digit));
      i += bytes;
    } else
      g_string_append_c (id, text[i++]);
  }
  return g_string_free (id, FALSE);
}

GPtrArray *
heddle_cases_find (const HeddleTables *tables, const char *text, gsize length,
                   const HeddleGlance *glance, const GArray *covered, guint most)
{
  GPtrArray *cases = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_case_free);
  g_autoptr (GHashTable) seen = NULL; /* made for the first: most texts have none */
  guint range = 0;

  for (gsize at = 0; cases->len < most;) {
    Reference found;
    at = heddle_glance_next (glance, HEDDLE_GLANCE_CASE, at);
    if (at >= length)
      break;
    while (range < covered->len && g_array_index (covered, HeddleRange, range).end <= at)
      range++;
    if (range < covered->len && g_array_index (covered, HeddleRange, range).start <= at) {
      at = g_array_index (covered, HeddleRange, range).end;
      continue;
    }
    gboolean hit = text[at] == '[' && bracket_at (text, length, at, &found);
    if (!hit && heddle_letter_at (text + at, length - at)
        && (heddle_word_begins (text, at) || heddle_unspaced_at (text + at, length - at)))
      hit = salesforce_at (text, length, at, &found) || prefixed_at (text, length, at, &found)
            || labelled_at (tables, text, length, at, &found);
    if (!hit) {
      at = (gsize) (g_utf8_next_char (text + at) - text);
      continue;
    }
    g_autofree char *id = plain_id (text + found.from, found.to - found.from);
    if (seen == NULL)
      seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    if (g_hash_table_add (seen, g_ascii_strdown (id, -1))) {
      HeddleCase *one = g_new0 (HeddleCase, 1);
      one->id = g_steal_pointer (&id);
      one->raw = heddle_fold_blanks (text + found.start, found.end - found.start);
      g_ptr_array_add (cases, one);
    }
    at = found.end;
  }
  return cases;
}
