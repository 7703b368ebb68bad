/* SPDX-License-Identifier: MIT */
/* signoff: the words of closing at the end of a run, the name below them, and the block
 * below the name. Words of closing are a line that is nothing else ("Best,", "Thanks,
 * Ana"), thanks that end in a comma above a name, a last paragraph that is one line of
 * thanks, or the last words of the last line ("I will call you now. Thanks, Ana").
 *
 * Not handled: words of closing that go on over several lines.
 */
#include "parser/zoning.h"

#include <string.h>

#define BEHIND_NAME 1 /* values of words of closing, see words.h */
#define THANKS 2
#define LONGEST_BEHIND 4 /* characters of words behind a name */
#define SIGNOFF_BACK 20  /* lines from the end in which the words are looked for */
#define SIGNED_LINES 4   /* of them below signature dashes, with the dashes */
#define CONTACTS 8       /* below a sign-off; more is a list of other people's */
#define TITLE_LINES 5    /* below a sign-off, when none is a number, an address or a link */
#define CLOSINGS 3       /* in a row: "Thanks, take care, all the best" */
#define SIGNER_LINE 40   /* bytes */
#define FULL_LINE 45     /* bytes that a paragraph's wrapped line has at least */
#define LONG_LINE 80     /* bytes of a street or of numbers in a row */
#define LAST_WORDS 72    /* bytes of a sign-off at the end of a line of text */

/* "Ana", "- Ana", "ana" where the author is called so. */
static gboolean
names_somebody (HeddleZoning *zoning, const char *text, gsize length)
{
  gsize lead = strspn (text, "-~ ");
  if (lead >= length)
    return FALSE;
  return heddle_is_author (zoning, text, length, NULL)
         || heddle_is_name_like (zoning, text + lead, length - lead, 3);
}

/* Where what follows the words of closing begins: behind ",", ":)" and the like. */
static gsize
behind_words (const char *text, gsize length, gsize covered)
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
  if (length > SIGNER_LINE)
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
  if (length == 0 || length > HEDDLE_SHORT_LINE)
    return FALSE;
  if (heddle_zoning_word (zoning, text, length, HEDDLE_WORD_SIGNOFF, &covered) == NULL)
    return ends_in_words (zoning, text, length);
  covered = behind_words (text, length, covered);
  for (guint n = 1; n < CLOSINGS && covered < length; n++) { /* "Thanks! All the best," */
    gsize more = 0;
    if (heddle_zoning_word (zoning, text + covered, length - covered, HEDDLE_WORD_SIGNOFF, &more)
        == NULL)
      break;
    covered = behind_words (text, length, covered + more);
  }
  return covered == length || heddle_is_name_like (zoning, text + covered, length - covered, 3);
}

/* "Thanks again for the quick answer.": one sentence of thanks. */
static gboolean
is_thanks (const HeddleZoning *zoning, const char *text, gsize length)
{
  const HeddleWord *word = NULL;
  if (length <= HEDDLE_SHORT_LINE)
    word = heddle_zoning_word (zoning, text, length, HEDDLE_WORD_SIGNOFF, NULL);
  if (word == NULL || word->value != THANKS)
    return FALSE;
  for (gsize i = 0; i + 1 < length; i++)
    if (text[i] == '?' || (strchr (".!", text[i]) != NULL && text[i + 1] == ' '))
      return FALSE;
  return text[length - 1] != '?' && text[length - 1] != ':';
}

/* "Thanks for the quick answer," is a sign-off when a name stands below. */
static gboolean
is_long_signoff (HeddleZoning *zoning, const char *text, gsize length, guint below)
{
  gsize name_length;
  if (length > HEDDLE_SHORT_LINE || below >= zoning->end
      || (text[length - 1] != ',' && !is_thanks (zoning, text, length))
      || heddle_zoning_word (zoning, text, length, HEDDLE_WORD_SIGNOFF, NULL) == NULL)
    return FALSE;
  const char *name = heddle_zoning_content (zoning, below, &name_length);
  return names_somebody (zoning, name, name_length);
}

static gboolean
is_postscript (const char *text, gsize length)
{
  return length > 2 && g_ascii_toupper (text[0]) == 'P'
         && (g_ascii_strncasecmp (text, "ps", 2) == 0
             || g_ascii_strncasecmp (text, "p.s", 3) == 0)
         && !g_ascii_isalpha (text[2 + (text[1] == '.')]);
}

/* "Thanks Tom," as the first line thanks and goes on: a sign-off there has nothing or
 * a name below it, and none on its own line. */
static gboolean
opens (HeddleZoning *zoning, guint k)
{
  gsize length, covered = 0;
  const char *text = heddle_zoning_content (zoning, k, &length);
  if (heddle_zoning_before (zoning, k) < zoning->end)
    return FALSE;
  guint below = heddle_zoning_next (zoning, k + 1);
  if (below >= zoning->end)
    return !zoning->last; /* an answer between quoted lines */
  if (zoning->continued && is_long_signoff (zoning, text, length, below))
    return FALSE; /* the text stands in a run above */
  heddle_zoning_word (zoning, text, length, HEDDLE_WORD_SIGNOFF, &covered);
  if ((text[length - 1] == ',' && covered + 1 < length)
      || !heddle_is_signoff_line (zoning, text, length))
    return TRUE;
  text = heddle_zoning_content (zoning, below, &length);
  return !heddle_is_name_like (zoning, text, length, 5)
         && !heddle_is_author (zoning, text, length, NULL);
}

/* "[1] https://…": what the text refers to. */
static gboolean
is_note (const char *text, gsize length)
{
  return length > 3 && *text == '[' && g_ascii_isdigit (text[1])
         && memchr (text, ']', MIN (length, 5)) != NULL;
}

/* What may stand below a sign-off: names, titles, streets, telephone numbers. */
static gboolean
may_stand_below (const HeddleZoning *zoning, guint k)
{
  gsize length, above_length = 0;
  const char *text = heddle_zoning_content (zoning, k, &length);
  if (is_postscript (text, length) || heddle_is_said (text, length) || is_note (text, length))
    return FALSE;
  if (k > zoning->first)
    heddle_zoning_content (zoning, k - 1, &above_length);
  /* the short last line of a paragraph */
  if (above_length > FULL_LINE && strchr (".?!", text[length - 1]) != NULL)
    return FALSE;
  if (length <= HEDDLE_SHORT_LINE)
    return TRUE;
  return (length <= LONG_LINE && strpbrk (text, "0123456789|") != NULL)
         || heddle_is_contact_line (text, length);
}

/* The sign-off nearest to the end with nothing but a name and a short block below it
 * (or the first of two that stand together): its line, the run's end when there is none. */
static guint
find_words (HeddleZoning *zoning)
{
  guint below = zoning->end, found = zoning->end;
  guint k = heddle_zoning_before (zoning, zoning->end);
  for (guint seen = 0; k < zoning->end && seen < SIGNOFF_BACK; seen++) {
    gsize length;
    const char *text = heddle_zoning_content (zoning, k, &length);
    if (heddle_is_signoff_line (zoning, text, length)
        || is_long_signoff (zoning, text, length, below))
      found = k;
    else if (found < zoning->end || !may_stand_below (zoning, k))
      break;
    below = k;
    k = heddle_zoning_before (zoning, k);
  }
  return found < zoning->end && !opens (zoning, found) ? found : zoning->end;
}

/* The length of @text without a telephone extension behind a name: "Ana x39106". */
static gsize
without_extension (const char *text, gsize length)
{
  gsize n = length;
  while (n > 0 && (g_ascii_isdigit (text[n - 1]) || strchr (" -.()", text[n - 1]) != NULL))
    n--;
  if (n == length || n == 0)
    return length;
  if (n > 2 && g_ascii_tolower (text[n - 1]) == 'x' && text[n - 2] == ' ')
    n--;
  while (n > 0 && strchr (" -,", text[n - 1]) != NULL)
    n--;
  return n > 0 ? n : length;
}

/* Who signs below the words of closing: a name, or few words that name a team. */
static gboolean
is_signer (HeddleZoning *zoning, const char *text, gsize length)
{
  guint blanks = 0;
  if (heddle_is_name_like (zoning, text, length, 5)) /* "(b)(7)(C)" has no extension */
    return TRUE;
  length = without_extension (text, length);
  if (heddle_is_author (zoning, text, length, NULL)
      || heddle_is_name_like (zoning, text, length, 5))
    return TRUE;
  gsize dash = length > 1 && *text == '-' ? 1 + (text[1] == ' ') : 0;
  if (dash > 0 && length > dash && g_ascii_isalpha (text[dash]))
    text += dash, length -= dash;
  if (strspn (text, "-_=*~#") >= length)
    return FALSE; /* a row, or what a mailer's wrapping left of it */
  for (gsize i = 0; i < length; i++) {
    if (g_ascii_isdigit (text[i]) || strchr ("@:/|?!", text[i]) != NULL)
      return FALSE;
    blanks += text[i] == ' ';
  }
  return length <= SIGNER_LINE
         && ((blanks < 4 && g_unichar_isupper (g_utf8_get_char (text))) || blanks == 0);
}

/* Titles and firms are few lines; more of them say where to reach somebody, or they are
 * what the message is about. */
static gboolean
is_block (const HeddleZoning *zoning, guint signoff)
{
  guint lines = 0, contacts = 0;
  for (guint k = signoff + 1; k < zoning->end; k++) {
    gsize length;
    const char *text = heddle_zoning_content (zoning, k, &length);
    if (!heddle_zoning_is_body (zoning, k))
      continue;
    lines++;
    contacts += heddle_is_contact_line (text, length);
  }
  return contacts <= CONTACTS && lines <= (contacts > 0 ? HEDDLE_BLOCK_LINES : TITLE_LINES);
}

/* A full name that stands apart from the words, right above a title or a number, is the
 * first line of the signature. */
static gboolean
begins_block (HeddleZoning *zoning, guint signoff, guint k)
{
  gsize length;
  const char *text = heddle_zoning_content (zoning, k, &length);
  guint words = 1;
  for (gsize i = 0; i < length; i++)
    words += text[i] == ' ';
  return words > 1 && k > signoff + 1 && k + 1 < zoning->end
         && heddle_zoning_is_body (zoning, k + 1);
}

static void
mark_words (HeddleZoning *zoning, guint signoff)
{
  gboolean named = FALSE, block = is_block (zoning, signoff);
  guint words = signoff; /* the last line of them */
  heddle_zoning_set (zoning, signoff, HEDDLE_ZONE_SIGNOFF, "sign-off words");
  for (guint k = signoff + 1; k < zoning->end && (block || !named); k++) {
    gsize length;
    const char *text = heddle_zoning_content (zoning, k, &length);
    if (!heddle_zoning_is_body (zoning, k))
      continue;
    if (!named && heddle_is_signoff_line (zoning, text, length)) {
      heddle_zoning_set (zoning, k, HEDDLE_ZONE_SIGNOFF, "sign-off words");
      words = k;
      continue;
    }
    if (!named && is_signer (zoning, text, length) && !begins_block (zoning, words, k))
      heddle_zoning_set (zoning, k, HEDDLE_ZONE_SIGNOFF, "name below the sign-off");
    else if (block)
      heddle_zoning_set (zoning, k, HEDDLE_ZONE_SIGNATURE, "block below the sign-off");
    named = TRUE;
  }
}

/* Whether the words @k and the name in them, or right below them, end a paragraph above a
 * postscript: the last line of them, or the run's end. */
static guint
end_of_closing (HeddleZoning *zoning, guint k)
{
  gsize length, covered = 0;
  const char *text = heddle_zoning_content (zoning, k, &length);
  guint below = heddle_zoning_next (zoning, k + 1);
  if (below >= zoning->end || opens (zoning, k))
    return zoning->end;
  heddle_zoning_word (zoning, text, length, HEDDLE_WORD_SIGNOFF, &covered);
  if (behind_words (text, length, covered) < length)
    return heddle_zoning_is_blank (zoning, k + 1) ? k : zoning->end; /* "Thanks, Ana" */
  text = heddle_zoning_content (zoning, below, &length);
  if (below - k > 2 || !names_somebody (zoning, text, length))
    return zoning->end;
  guint next = heddle_zoning_next (zoning, below + 1);
  if (next > below + 1)
    return below;
  text = heddle_zoning_content (zoning, next, &length);
  return is_postscript (text, length) ? below : zoning->end;
}

/* The last sign-off with a name and a blank line below that: what comes then is a
 * postscript, whatever its length. */
static gboolean
mark_above_postscript (HeddleZoning *zoning)
{
  guint k = heddle_zoning_before (zoning, zoning->end);
  for (guint seen = 0; k < zoning->end && seen < SIGNOFF_BACK; seen++) {
    gsize length;
    const char *text = heddle_zoning_content (zoning, k, &length);
    guint last = zoning->end;
    if (heddle_is_signoff_line (zoning, text, length))
      last = end_of_closing (zoning, k);
    if (last < zoning->end) {
      for (; k <= last; k++)
        heddle_zoning_set (zoning, k, HEDDLE_ZONE_SIGNOFF, "sign-off above a postscript");
      return TRUE;
    }
    k = heddle_zoning_before (zoning, k);
  }
  return FALSE;
}

/* Where "--Ana" begins at the end of a line, its length when it does not. */
static gsize
signed_by_dash (HeddleZoning *zoning, const char *text, gsize length)
{
  gsize at = length > LAST_WORDS ? length - LAST_WORDS : 0;
  for (gsize i = length; i-- > at + 1;)
    if (text[i] == '-' && text[i - 1] == ' ')
      return heddle_is_author (zoning, text + i, length - i, NULL) ? i : length;
    else if (text[i] == '-' && text[i - 1] == '-')
      continue;
    else if (strchr (".!?,;:", text[i]) != NULL && i + 1 < length)
      break;
  return length;
}

/* A last paragraph of one line that thanks. */
static gboolean
mark_thanks (HeddleZoning *zoning)
{
  guint k = heddle_zoning_before (zoning, zoning->end);
  gsize length;
  if (k >= zoning->end || k == zoning->first || !heddle_zoning_is_blank (zoning, k - 1)
      || heddle_zoning_before (zoning, k) >= zoning->end)
    return FALSE;
  const char *text = heddle_zoning_content (zoning, k, &length);
  length = signed_by_dash (zoning, text, length);
  while (length > 0 && text[length - 1] == ' ')
    length--;
  if (length == 0 || !is_thanks (zoning, text, length))
    return FALSE;
  heddle_zoning_set (zoning, k, HEDDLE_ZONE_SIGNOFF, "thanks, last");
  return TRUE;
}

/* Where words of closing begin at the end of a line of text, its length when they do
 * not. */
static gsize
last_words (HeddleZoning *zoning, const char *text, gsize length)
{
  for (gsize i = length > LAST_WORDS ? length - LAST_WORDS : 1; i + 1 < length; i++) {
    if (text[i] != ' ' || strchr (".!?", text[i - 1]) == NULL)
      continue;
    gsize at = i + strspn (text + i, " -");
    if (at < length && heddle_is_signoff_line (zoning, text + at, length - at))
      return at;
  }
  return signed_by_dash (zoning, text, length);
}

/* "I saw your email and will call you now. Thanks, Ana": the line stays text. */
static gboolean
mark_last_words (HeddleZoning *zoning)
{
  guint k = heddle_zoning_before (zoning, zoning->end);
  gsize length;
  if (k >= zoning->end || !zoning->last)
    return FALSE;
  const char *text = heddle_zoning_content (zoning, k, &length);
  gsize at = last_words (zoning, text, length);
  if (at >= length)
    return FALSE;
  zoning->marks[g_array_index (zoning->own, guint, k)].signoff = (guint)(length - at);
  return TRUE;
}

/* The same where a mailer wrapped the line among these words: "… now. Thank you," and
 * "Ana" below, or "… now. Thank" and "you, Ana". */
static gboolean
mark_wrapped_words (HeddleZoning *zoning)
{
  guint k = heddle_zoning_before (zoning, zoning->end);
  gsize length, full;
  if (k >= zoning->end || k == zoning->first || !zoning->last
      || !heddle_zoning_is_body (zoning, k - 1))
    return FALSE;
  const char *text = heddle_zoning_content (zoning, k, &length);
  const char *above = heddle_zoning_content (zoning, k - 1, &full);
  if (length > SIGNER_LINE || full < FULL_LINE || full > LONG_LINE)
    return FALSE;
  g_autofree char *joined = g_strdup_printf ("%.*s %.*s", (int)full, above, (int)length, text);
  gsize at = last_words (zoning, joined, full + 1 + length);
  if (at >= full)
    return FALSE;
  zoning->marks[g_array_index (zoning->own, guint, k - 1)].signoff = (guint)(full - at);
  heddle_zoning_set (zoning, k, HEDDLE_ZONE_SIGNOFF, "sign-off wrapped by a mailer");
  return TRUE;
}

/* The only signature dashes of the run's signature; the run's end where there are none
 * or several: a pile, of which stack.c needs the lines as they are. */
static guint
only_dashes (const HeddleZoning *zoning)
{
  guint found = zoning->end;
  for (guint k = zoning->end; k-- > zoning->first && !heddle_zoning_is_body (zoning, k);) {
    if (!heddle_is_signature_dashes (zoning->view, g_array_index (zoning->own, guint, k)))
      continue;
    if (found < zoning->end)
      return zoning->end;
    found = k;
  }
  return found;
}

/* "-- " above nothing but words of closing and the author's name: some let the client close for
 * them. */
static gboolean
mark_below_dashes (HeddleZoning *zoning)
{
  guint dashes = only_dashes (zoning), n = 0;
  if (dashes == zoning->end || heddle_zoning_is_nobodys (zoning, dashes))
    return FALSE;
  for (guint k = dashes + 1; k < zoning->end; k++) {
    gsize length;
    const char *text = heddle_zoning_content (zoning, k, &length);
    if (length == 0)
      continue;
    if (n == 0 && !heddle_is_signoff_line (zoning, text, length))
      return FALSE;
    if (n > 0
        && (heddle_author_is_known (zoning) ? !heddle_is_author (zoning, text, length, NULL)
                                            : !heddle_is_name_like (zoning, text, length, 4)))
      return FALSE;
    if (n++ > 1)
      return FALSE;
  }
  if (n == 0)
    return FALSE;
  for (guint k = dashes; k < zoning->end; k++)
    heddle_zoning_set (zoning, k, HEDDLE_ZONE_SIGNOFF, "sign-off below signature dashes");
  return TRUE;
}

gboolean
heddle_signoff_mark (HeddleZoning *zoning)
{
  if (mark_below_dashes (zoning))
    return TRUE;
  guint signoff = find_words (zoning);
  if (signoff < zoning->end) {
    mark_words (zoning, signoff);
    return TRUE;
  }
  if (mark_above_postscript (zoning))
    return FALSE; /* the end is open */
  return mark_thanks (zoning) || mark_last_words (zoning) || mark_wrapped_words (zoning);
}
