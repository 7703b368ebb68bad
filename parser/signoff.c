/* SPDX-License-Identifier: MIT */
/* signoff: the words of closing at the end of a run, the name below them, and the block
 * below the name. Words of closing are a line that is nothing else ("Best,", "Thanks,
 * Ana"; closing.c), thanks that end in a comma above a name, a last paragraph that is one line of
 * thanks, or the last words of the last line ("I will call you now. Thanks, Ana").
 *
 * Not handled: thanks that go on over several lines.
 */
#include "parser/zoning.h"

#include <string.h>

#define SIGNOFF_BACK 20  /* lines from the end in which the words are looked for */
#define APPENDIX_LINES 2000 /* in which they are looked for above what is appended */
#define CONTACTS 8       /* below a sign-off; more is a list of other people's */
#define TITLE_LINES 5    /* below a sign-off, when none is a number, an address or a link */
#define SIGNER_LINE 40   /* bytes */
#define LONG_LINE 80     /* bytes of a street or of numbers in a row */
#define LAST_WORDS 72    /* bytes of a sign-off at the end of a line of text */

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
  if (heddle_closing_is_formula (zoning, k))
    return FALSE;
  if (zoning->continued && heddle_closing_is_long (zoning, text, length, below))
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
  if (above_length > HEDDLE_FULL_LINE && strchr (".?!", text[length - 1]) != NULL)
    return FALSE;
  if (heddle_fits (text, length, HEDDLE_SHORT_LINE))
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
    guint formula = heddle_closing_formula_at (zoning, k);
    if (formula < zoning->end)
      found = k = formula;
    else if (heddle_is_signoff_line (zoning, text, length)
             || heddle_closing_is_long (zoning, text, length, below)
             || (found == below && heddle_closing_is_thanks_above (zoning, text, length)))
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
  gboolean capital = g_unichar_isupper (g_utf8_get_char (text))
                     || (length > 1 && g_ascii_isupper (text[1])); /* "iClearing" */
  return heddle_fits (text, length, SIGNER_LINE) && ((blanks < 4 && capital) || blanks == 0);
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

static gboolean
goes_on_closing (HeddleZoning *zoning, guint k)
{
  gsize length;
  const char *text = heddle_zoning_content (zoning, k, &length);
  return heddle_is_signoff_line (zoning, text, length) || heddle_closing_is_formula (zoning, k)
         || heddle_closing_is_long (zoning, text, length, heddle_zoning_next (zoning, k + 1));
}

static void
mark_words (HeddleZoning *zoning, guint signoff)
{
  gboolean named = heddle_closing_names_signer (zoning, signoff), block = is_block (zoning, signoff);
  guint words = heddle_closing_is_formula (zoning, signoff) ? heddle_closing_formula_end (zoning, signoff) : signoff;
  for (guint k = signoff; k <= words; k++)
    heddle_zoning_set (zoning, k, HEDDLE_ZONE_SIGNOFF, "sign-off words");
  for (guint k = words + 1; k < zoning->end && (block || !named); k++) {
    gsize length;
    const char *text = heddle_zoning_content (zoning, k, &length);
    if (!heddle_zoning_is_body (zoning, k))
      continue;
    if (!named && goes_on_closing (zoning, k)) {
      guint last = heddle_closing_is_formula (zoning, k) ? heddle_closing_formula_end (zoning, k) : k;
      for (; k < last; k++)
        heddle_zoning_set (zoning, k, HEDDLE_ZONE_SIGNOFF, "sign-off words");
      heddle_zoning_set (zoning, k, HEDDLE_ZONE_SIGNOFF, "sign-off words");
      words = k;
      named = heddle_closing_names_signer (zoning, k);
      continue;
    }
    if (!named && is_signer (zoning, text, length) && !begins_block (zoning, words, k))
      heddle_zoning_set (zoning, k, HEDDLE_ZONE_SIGNOFF, "name below the sign-off");
    else if (block)
      heddle_zoning_set (zoning, k, HEDDLE_ZONE_SIGNATURE, "block below the sign-off");
    named = TRUE;
  }
}

/* The name right below words of closing, or the extension below it, ends their paragraph. */
static guint
end_of_name (const HeddleZoning *zoning, guint name)
{
  gsize length;
  guint next = heddle_zoning_next (zoning, name + 1);
  if (next > name + 1)
    return name;
  const char *text = heddle_zoning_content (zoning, next, &length);
  if (is_postscript (text, length))
    return name;
  guint behind = heddle_zoning_next (zoning, next + 1);
  return heddle_is_contact_line (text, length) && behind > next + 1 ? next : zoning->end;
}

/* Whether the words @k and the name in them, or right below them, end a paragraph above a
 * postscript: the last line of them, or the run's end. @far: from the end, where more is
 * asked for. */
static guint
end_of_closing (HeddleZoning *zoning, guint k, gboolean far)
{
  gsize length, covered = 0;
  const char *text = heddle_zoning_content (zoning, k, &length);
  guint below = heddle_zoning_next (zoning, k + 1);
  if (below >= zoning->end || opens (zoning, k))
    return zoning->end;
  heddle_zoning_word (zoning, text, length, HEDDLE_WORD_SIGNOFF, &covered);
  if (heddle_closing_behind (text, length, covered) < length) /* "Thanks, Ana" */
    return !far && heddle_zoning_is_blank (zoning, k + 1) ? k : zoning->end;
  if (far && heddle_mark_before (text, length) == 0)
    return zoning->end;
  text = heddle_zoning_content (zoning, below, &length);
  if (below - k > 2 || !heddle_closing_names (zoning, text, length)
      || (far && heddle_author_is_known (zoning) && !heddle_is_author (zoning, text, length, NULL)))
    return zoning->end;
  return end_of_name (zoning, below);
}

static void
mark_closing (HeddleZoning *zoning, guint k, guint last)
{
  gsize length;
  const char *text = heddle_zoning_content (zoning, last, &length);
  gboolean extension = last > k && heddle_is_contact_line (text, length);
  for (; k < last + !extension; k++)
    heddle_zoning_set (zoning, k, HEDDLE_ZONE_SIGNOFF, "sign-off above a postscript");
  if (extension)
    heddle_zoning_set (zoning, last, HEDDLE_ZONE_SIGNATURE, "block below the sign-off");
}

/* The last sign-off with a name and a blank line below that: what comes then is a
 * postscript, or a log, a table, a notice that the message speaks of, whatever its length. */
static gboolean
mark_above_postscript (HeddleZoning *zoning)
{
  guint k = heddle_zoning_before (zoning, zoning->end);
  for (guint seen = 0; k < zoning->end && seen < APPENDIX_LINES; seen++) {
    gsize length;
    const char *text = heddle_zoning_content (zoning, k, &length);
    guint last = zoning->end;
    if (heddle_is_signoff_line (zoning, text, length))
      last = end_of_closing (zoning, k, seen >= SIGNOFF_BACK);
    if (last < zoning->end) {
      mark_closing (zoning, k, last);
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
  if (length == 0 || !heddle_closing_is_thanks (zoning, text, length))
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
  if (length > SIGNER_LINE || full < HEDDLE_FULL_LINE || full > LONG_LINE)
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
