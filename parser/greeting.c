/* SPDX-License-Identifier: MIT */
/* greeting: the first line of what a message says, if it only calls somebody: with a
 * word of greeting, or by a name. A name without a comma needs more: that it is the
 * name of somebody else in this chain. A greeting may share its line with text.
 *
 * Not handled: a greeting below a line of text.
 */
#include "parser/scan.h"
#include "parser/zoning.h"

#include <string.h>

#define GREETING_LINE 80  /* bytes */
#define LONGEST_ADDRESS 6 /* characters of a word of address behind a name */
#define ADDRESS_WORDS 3   /* in a row: "王先生您好" */
#define SUFFICES 1        /* value of such a word, see words.h */
#define ADDRESS_BLANKS 8  /* of whom a greeting calls */
#define SHARED_LINE 48    /* bytes of a greeting before text */

/* "Sam jan", "Chị Hà thân mến": takes the address behind the name off, two words at most. */
static gboolean
ends_in_address_word (const HeddleZoning *zoning, const char *start, const char **end)
{
  const char *p = *end;
  for (guint words = 0; words < 2; words++) {
    while (p > start && p[-1] != ' ')
      p--;
    if (p == start)
      return FALSE;
    gsize covered = 0, length = (gsize)(*end - p);
    if (heddle_zoning_word (zoning, p, length, HEDDLE_WORD_GREETING_AFTER, &covered) != NULL
        && covered == length) {
      *end = p - 1;
      return TRUE;
    }
    p--;
  }
  return FALSE;
}

/* Whom a greeting may call without a capital: "list", "Lumen team", "trust and safety". */
static gboolean
is_few_words (const char *text, gsize length)
{
  guint blanks = 0;
  for (gsize i = 0; i < length; i++) {
    if (g_ascii_isdigit (text[i]) || strchr (",.;:!?", text[i]) != NULL)
      return FALSE;
    blanks += text[i] == ' ';
  }
  return blanks < 4;
}

/* "investor, partner, or friend of ours", "Chirper.example Valued Customer": no sentence. */
static gboolean
is_address (const char *text, gsize length)
{
  guint blanks = 0;
  for (gsize i = 0; i < length; i++) {
    if (strchr (";:!?", text[i]) != NULL || (text[i] == '.' && i + 1 < length && text[i + 1] == ' '))
      return FALSE;
    blanks += text[i] == ' ';
  }
  return blanks < ADDRESS_BLANKS;
}

/* "。", "！", "।": no comma. */
static gboolean
ends_full (const char *text, gsize length)
{
  static const char *const stops[] = { "。", "！", "।" };
  for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
    if (length > 3 && memcmp (text + length - 3, stops[i], 3) == 0)
      return TRUE;
  return FALSE;
}

/* "FYI": no name. */
static gboolean
is_shouted (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isupper (text[i]))
      return FALSE;
  return length > 1;
}

/* A name there begins a signature without a text. */
static gboolean
is_above_contact (const HeddleZoning *zoning)
{
  gsize length;
  guint next = heddle_zoning_next (zoning, heddle_zoning_next (zoning, zoning->first) + 1);
  if (next >= zoning->end)
    return FALSE;
  const char *below = heddle_zoning_content (zoning, next, &length);
  return heddle_is_contact_line (below, length);
}

/* "Sam, Pia": names, one of them of somebody of this chain. */
static gboolean
is_list_of_names (HeddleZoning *zoning, const char *text, gsize length)
{
  const char *end = text + length, *comma;
  if (memchr (text, ',', length) == NULL || !heddle_is_name_like (zoning, text, length, 5))
    return FALSE;
  for (const char *p = text; p < end; p = comma + 1) {
    comma = memchr (p, ',', (gsize)(end - p));
    if (comma == NULL)
      comma = end;
    if (heddle_is_known_name (zoning, p, (gsize)(comma - p)))
      return TRUE;
  }
  return FALSE;
}

/* "Anna, good morning!": called first, greeted then. */
static gboolean
is_called_first (const HeddleZoning *zoning, const char *text, gsize length)
{
  gsize covered = 0, mark = 0, at = 0;
  while (at < length && at < SHARED_LINE && (mark = heddle_mark_at (text + at, length - at)) == 0)
    at++;
  if (mark == 0 || at == 0 || at + mark >= length || !is_few_words (text, at))
    return FALSE;
  at += mark;
  while (at < length && text[at] == ' ')
    at++;
  return at < length
         && heddle_zoning_word (zoning, text + at, length - at, HEDDLE_WORD_GREETING, &covered)
                != NULL
         && covered == length - at;
}

/* Without a word of greeting: a name and a comma, or names of people of this chain. */
static gboolean
is_called (HeddleZoning *zoning, const char *text, const char *end, char close, gboolean alone)
{
  gsize length = (gsize)(end - text), covered = 0;
  if (heddle_redaction_at (zoning->view->tables, text, length) == length && alone)
    return TRUE;
  if (heddle_zoning_word (zoning, text, length, HEDDLE_WORD_SIGNOFF, &covered) != NULL
      && covered == length)
    return FALSE;
  if (heddle_zoning_word (zoning, text, length, HEDDLE_WORD_ANSWER, &covered) != NULL
      && covered == length)
    return FALSE;
  if (close == ',' && ends_in_address_word (zoning, text, &end))
    return heddle_is_name_like (zoning, text, (gsize)(end - text), 4);
  /* Without blanks "好的，" looks like a name too. */
  if (close == ',' && !is_shouted (text, length) && (alone || !heddle_unspaced_at (text, length))
      && heddle_is_name_like (zoning, text, length, 6))
    return TRUE;
  if (alone && g_strstr_len (text, (gssize)length, " and ") != NULL
      && heddle_is_name_like (zoning, text, length, 5))
    return TRUE;
  if (!heddle_fits (text, length, SHARED_LINE))
    return FALSE;
  if (alone && is_list_of_names (zoning, text, length))
    return TRUE;
  return !is_above_contact (zoning) && heddle_is_known_name (zoning, text, length);
}

/* The word of address that is written on to the name, "田中様", off the end, with the
 * marks before it: "王先生，您好". */
static const HeddleWord *
written_on (const HeddleZoning *zoning, const char *text, gsize *length)
{
  const HeddleWord *found = NULL;
  const char *end = text + *length, *p = end, *at = end;
  for (guint n = 0; n < LONGEST_ADDRESS && p > text; n++) {
    gsize covered = 0;
    p = g_utf8_prev_char (p);
    if (!heddle_unspaced_at (p, (gsize)(end - p)))
      break;
    const HeddleWord *word = heddle_zoning_word (zoning, p, (gsize)(end - p),
                                                 HEDDLE_WORD_GREETING_AFTER, &covered);
    if (word != NULL && covered == (gsize)(end - p))
      found = word, at = p;
  }
  *length = (gsize)(at - text);
  for (gsize mark; *length > 0; *length -= mark)
    if ((mark = text[*length - 1] == ' ' ? 1 : heddle_mark_before (text, *length)) == 0)
      break;
  return found;
}

/* A name with words of address written on to it. A word that does not suffice wants a mark
 * behind it, @closed: "天气很好" calls nobody. */
static gboolean
ends_in_address (const HeddleZoning *zoning, const char *text, gsize length, gboolean closed)
{
  guint words = 0;
  if (!heddle_fits (text, length, SHARED_LINE))
    return FALSE;
  for (const HeddleWord *word;
       words < ADDRESS_WORDS && (word = written_on (zoning, text, &length)) != NULL; words++)
    closed = closed || word->value == SUFFICES;
  return words > 0 && closed && (length == 0 || heddle_is_name_like (zoning, text, length, 4));
}

/* "Dear Sam,", "Hi all", "Good morning Ana!", "Sam," and "Sam and (b)(6)": a line
 * of its own that names somebody. */
static gboolean
is_greeting (HeddleZoning *zoning, const char *text, gsize length, gboolean alone)
{
  gsize covered = 0, mark;
  gboolean closed = FALSE;
  char close = '\0';
  if (!heddle_fits (text, length, GREETING_LINE))
    return FALSE;
  const HeddleWord *word
      = heddle_zoning_word (zoning, text, length, HEDDLE_WORD_GREETING, &covered);
  while ((mark = heddle_mark_before (text, length)) > 0 || text[length - 1] == ' ') {
    closed = closed || (mark > 0 && text[length - 1] != '.' && text[length - 1] != ';');
    if (close == '\0' && mark > 0)
      close = mark == 1 ? text[length - 1] : ends_full (text, length) ? '.' : ',';
    length -= MAX (mark, 1);
    if (length == 0)
      return FALSE;
  }
  const char *p = text, *end = text + length;
  if (closed && is_called_first (zoning, text, length))
    return TRUE;
  if (word == NULL)
    return is_called (zoning, p, end, close, alone) || ends_in_address (zoning, p, length, closed);
  p += MIN (covered, length);
  gboolean direct = p < end && *p == ' ', parted = p < end && *p == ',';
  while (p < end && (mark = *p == ' ' ? 1 : heddle_mark_at (p, (gsize)(end - p))) > 0)
    p += mark;
  if (p == end)
    return closed || alone;
  if (ends_in_address (zoning, p, (gsize)(end - p), TRUE))
    return TRUE;
  if (parted && close == '!' && memchr (p, ' ', (gsize)(end - p)) == NULL
      && heddle_zoning_word (zoning, p, (gsize)(end - p), HEDDLE_WORD_SIGNOFF, NULL) == NULL)
    return is_few_words (p, (gsize)(end - p)); /* "Hello, everybody!" */
  if (direct && alone && close == ',' && is_address (p, (gsize)(end - p)))
    return TRUE;
  return (direct && (closed || alone) && is_few_words (p, (gsize)(end - p)))
         || heddle_is_name_like (zoning, p, (gsize)(end - p), 8);
}

/* "Hi Sam, thanks for the links": bytes of the greeting, or 0. */
static gsize
shared_greeting (HeddleZoning *zoning, const char *text, gsize length)
{
  gsize covered = 0, mark = 0, i;
  if (heddle_zoning_word (zoning, text, length, HEDDLE_WORD_GREETING, &covered) == NULL)
    return 0;
  for (i = covered; i < length && i < SHARED_LINE; i++) {
    mark = heddle_mark_at (text + i, length - i);
    if (mark > 1 || (mark == 1 && i + 1 < length && text[i + 1] == ' '))
      break;
    mark = 0;
  }
  if (mark == 0 || i + mark >= length)
    return 0;
  if (i == covered)
    return i + mark;
  gsize from = covered + strspn (text + covered, " ");
  return from < i && heddle_is_name_like (zoning, text + from, i - from, 3) ? i + mark : 0;
}

/* What opens a Spanish cry. */
static gsize
lead_of (const char *text, gsize length)
{
  return length > 2 && memcmp (text, "\xc2\xa1", 2) == 0 ? 2 : 0;
}

/* A line behind a greeting that greets too: "お世話になっております。", "Good morning!" */
static void
mark_second (HeddleZoning *zoning, guint k)
{
  gsize length, covered = 0;
  guint next = heddle_zoning_next (zoning, k + 1);
  if (next >= zoning->end || heddle_zoning_next (zoning, next + 1) >= zoning->end)
    return;
  const char *text = heddle_zoning_content (zoning, next, &length);
  gsize lead = lead_of (text, length);
  if (heddle_zoning_word (zoning, text + lead, length - lead, HEDDLE_WORD_GREETING, &covered)
      == NULL)
    return;
  for (covered += lead; covered < length;) {
    gsize mark = heddle_mark_at (text + covered, length - covered);
    if (mark == 0)
      return;
    covered += mark;
  }
  heddle_zoning_set (zoning, next, HEDDLE_ZONE_GREETING, "greeting");
}

void
heddle_greeting_mark (HeddleZoning *zoning)
{
  guint k = heddle_zoning_next (zoning, zoning->first);
  gsize length;
  for (guint n = zoning->first; n < k; n++)
    if (zoning->marks[g_array_index (zoning->own, guint, n)].zone == HEDDLE_ZONE_SIGNOFF)
      return;
  if (k >= zoning->end)
    return;
  const char *text = heddle_zoning_content (zoning, k, &length);
  gboolean alone = k + 1 < zoning->end && heddle_zoning_is_blank (zoning, k + 1);
  /* A greeting greets before something is said. */
  gboolean more = heddle_zoning_next (zoning, k + 1) < zoning->own->len
                  && (heddle_zoning_next (zoning, k + 1) < zoning->end || !zoning->last);
  gsize lead = lead_of (text, length);
  if (more && is_greeting (zoning, text + lead, length - lead, alone)) {
    heddle_zoning_set (zoning, k, HEDDLE_ZONE_GREETING, "greeting");
    mark_second (zoning, k);
    return;
  }
  gsize shared = shared_greeting (zoning, text + lead, length - lead);
  if (shared > 0)
    zoning->marks[g_array_index (zoning->own, guint, k)].greeting = (guint)(shared + lead);
}
