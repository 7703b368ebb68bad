/* SPDX-License-Identifier: MIT */
/* closing: what a line says to close: words of closing alone or with a name ("Best, Ana"),
 * a sentence of thanks, a formula of letters over several lines ("Veuillez agréer …"), a
 * sentence that ends in words of closing ("… le saluda atentamente,"). signoff.c decides by
 * where it stands.
 */
#include "parser/scan.h"
#include "parser/zoning.h"

#include <string.h>

#define BEHIND_NAME 1 /* values of words of closing, see words.h */
#define THANKS 2
#define FORMULA 3
#define FORMULA_LINES 4  /* over which a sentence of closing is wrapped */
#define FORMULA_LINE 240 /* bytes */
#define TAIL_BYTES 64    /* of words of closing with which a sentence ends */
#define TAIL_WORD 10     /* characters at least, of one word of them */
#define TAIL_UNSPACED 5  /* the same where words are not parted */
#define LONGEST_BEHIND 4 /* characters of words behind a name */
#define CLOSINGS 3       /* in a row: "Thanks, take care, all the best" */
#define SIGNER_LINE 40   /* characters */

/* "Ana", "- Ana", "ana" where the author is called so. */
gboolean
heddle_closing_names (HeddleZoning *zoning, const char *text, gsize length)
{
  gsize lead = strspn (text, "-~ ");
  if (lead >= length)
    return FALSE;
  return heddle_is_author (zoning, text, length, NULL)
         || heddle_is_name_like (zoning, text + lead, length - lead, 3);
}

/* Where what follows the words of closing begins: behind ",", ":)" and the like. */
gsize
heddle_closing_behind (const char *text, gsize length, gsize covered)
{
  while (covered < length) {
    gsize mark = heddle_mark_at (text + covered, length - covered);
    if (mark == 0 && strchr (") ", text[covered]) == NULL)
      break;
    covered += MAX (mark, 1);
  }
  return covered;
}

/* "陈伟 敬上": a name with the words behind it. */
static gboolean
ends_in_words (const HeddleZoning *zoning, const char *text, gsize length)
{
  const char *end = text + length, *p = end;
  if (!heddle_fits (text, length, SIGNER_LINE))
    return FALSE;
  for (guint n = 0; n < LONGEST_BEHIND && p > text; n++) {
    gsize covered = 0;
    p = g_utf8_prev_char (p);
    const HeddleWord *word
        = heddle_zoning_word (zoning, p, (gsize)(end - p), HEDDLE_WORD_SIGNOFF, &covered);
    if (word != NULL && word->value == BEHIND_NAME && covered == (gsize)(end - p))
      return TRUE;
  }
  return FALSE;
}

gboolean
heddle_is_signoff_line (HeddleZoning *zoning, const char *text, gsize length)
{
  gsize covered = 0;
  if (length == 0 || !heddle_fits (text, length, HEDDLE_SHORT_LINE))
    return FALSE;
  if (heddle_zoning_word (zoning, text, length, HEDDLE_WORD_SIGNOFF, &covered) == NULL)
    return ends_in_words (zoning, text, length);
  covered = heddle_closing_behind (text, length, covered);
  for (guint n = 1; n < CLOSINGS && covered < length; n++) { /* "Thanks! All the best," */
    gsize more = 0;
    if (heddle_zoning_word (zoning, text + covered, length - covered, HEDDLE_WORD_SIGNOFF, &more)
        == NULL)
      break;
    covered = heddle_closing_behind (text, length, covered + more);
  }
  return covered == length || heddle_is_name_like (zoning, text + covered, length - covered, 3);
}

/* "Veuillez agréer, Madame, …": the line opens a sentence that closes. */
gboolean
heddle_closing_is_formula (const HeddleZoning *zoning, guint k)
{
  gsize length;
  const char *text = heddle_zoning_content (zoning, k, &length);
  if (length == 0 || length > FORMULA_LINE || text[length - 1] == '?')
    return FALSE;
  const HeddleWord *word = heddle_zoning_word (zoning, text, length, HEDDLE_WORD_SIGNOFF, NULL);
  return word != NULL && word->value == FORMULA;
}

/* The last line of a sentence that begins with line @k. */
guint
heddle_closing_formula_end (const HeddleZoning *zoning, guint k)
{
  for (guint n = 1; n < FORMULA_LINES; n++, k++) {
    gsize length;
    const char *text = heddle_zoning_content (zoning, k, &length);
    if (heddle_mark_before (text, length) > 0 || length < HEDDLE_FULL_LINE || k + 1 >= zoning->end
        || !heddle_zoning_is_body (zoning, k + 1))
      return k;
  }
  return k;
}

/* The first line of a sentence that closes with line @k, the run's end when it is none. */
guint
heddle_closing_formula_at (const HeddleZoning *zoning, guint k)
{
  for (guint first = k, n = 0; n < FORMULA_LINES; n++, first--) {
    if (heddle_closing_is_formula (zoning, first))
      return heddle_closing_formula_end (zoning, first) == k ? first : zoning->end;
    if (first == zoning->first || !heddle_zoning_is_body (zoning, first - 1))
      break;
  }
  return zoning->end;
}

/* "Sin otro particular, le saluda atentamente,": ends in words of closing, more than one
 * short word of them. */
static gboolean
closes (const HeddleZoning *zoning, const char *text, gsize length)
{
  const char *end = text + length, *p = end;
  if (length > FORMULA_LINE)
    return FALSE;
  while (p > text && end - p < TAIL_BYTES) {
    gsize covered = 0;
    p = g_utf8_prev_char (p);
    if (p > text && !heddle_unspaced_at (p, (gsize)(end - p)) && p[-1] != ' ')
      continue;
    const HeddleWord *word
        = heddle_zoning_word (zoning, p, (gsize)(end - p), HEDDLE_WORD_SIGNOFF, &covered);
    if (word != NULL && word->value == 0
        && (word->spaced
            || word->characters >= (heddle_unspaced_at (p, covered) ? TAIL_UNSPACED : TAIL_WORD))
        && heddle_closing_behind (p, (gsize)(end - p), covered) == (gsize)(end - p))
      return TRUE;
  }
  return FALSE;
}

/* "Thanks again for the quick answer.": one sentence of thanks. */
gboolean
heddle_closing_is_thanks (const HeddleZoning *zoning, const char *text, gsize length)
{
  const HeddleWord *word = NULL;
  if (heddle_fits (text, length, HEDDLE_SHORT_LINE))
    word = heddle_zoning_word (zoning, text, length, HEDDLE_WORD_SIGNOFF, NULL);
  if (word == NULL || word->value != THANKS)
    return FALSE;
  for (gsize i = 0; i + 1 < length; i++)
    if (text[i] == '?' || (strchr (".!", text[i]) != NULL && text[i + 1] == ' '))
      return FALSE;
  return text[length - 1] != '?' && text[length - 1] != ':';
}

/* "Thanks for the quick answer," is a sign-off when a name stands below, and so is a line
 * that closes at its end. */
gboolean
heddle_closing_is_long (HeddleZoning *zoning, const char *text, gsize length, guint below)
{
  gsize name_length;
  if (below >= zoning->end || length > FORMULA_LINE)
    return FALSE;
  gboolean thanks
      = heddle_fits (text, length, HEDDLE_SHORT_LINE)
        && (text[length - 1] == ',' || heddle_closing_is_thanks (zoning, text, length))
        && heddle_zoning_word (zoning, text, length, HEDDLE_WORD_SIGNOFF, NULL) != NULL;
  const char *name = heddle_zoning_content (zoning, below, &name_length);
  return heddle_closing_names (zoning, name, name_length)
         && !heddle_is_signoff_line (zoning, name, name_length)
         && (thanks || closes (zoning, text, length));
}

/* "Thanks again in advance," above other words of closing. */
gboolean
heddle_closing_is_thanks_above (const HeddleZoning *zoning, const char *text, gsize length)
{
  return heddle_fits (text, length, HEDDLE_SHORT_LINE) && text[length - 1] == ','
         && heddle_zoning_word (zoning, text, length, HEDDLE_WORD_SIGNOFF, NULL) != NULL;
}

/* "Best, Ana", "i. A. Ana Ruiz", not "Thanks, Sam": whoever signs is named. */
gboolean
heddle_closing_names_signer (const HeddleZoning *zoning, guint k)
{
  gsize length, covered = 0;
  const char *text = heddle_zoning_content (zoning, k, &length);
  const HeddleWord *word
      = heddle_zoning_word (zoning, text, length, HEDDLE_WORD_SIGNOFF, &covered);
  covered = heddle_closing_behind (text, length, covered);
  return word != NULL && word->value == 0 && covered < length
         && heddle_mark_before (text, length) == 0
         && g_unichar_isupper (g_utf8_get_char (text + covered)) /* "Grüße aus Berlin" */
         && heddle_is_name_like (zoning, text + covered, length - covered, 3);
}
