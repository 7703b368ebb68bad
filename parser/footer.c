/* SPDX-License-Identifier: MIT */
/* footer: what stands at the ends of a run without being its author's words. Nobody's:
 * a gateway's stamp above the text ("CAUTION: this came from outside"), a list's footer,
 * a virus scanner's line. The author's signature: what stands below signature dashes, a
 * disclaimer, a client's footer.
 *
 * A disclaimer and what stands below dashes reach to the end of the run; they are looked
 * for within a bounded number of lines from there.
 */
#include "parser/zoning.h"

#include <string.h>

#define SIGNATURE_LINES 60 /* below "-- "; more is no signature */
#define DISCLAIMER_LINES 60
#define FOOTER_LINES 10 /* of a list's footer */
#define STAMP_LINES 6   /* of what a gateway says, above or below */
#define STAMP_BYTES 160 /* in which a line says whose it is */
#define TITLE_BYTES 32  /* of what stands before a disclaimer, with its colon */
#define ROW_BYTES 100   /* of a row with words in it, and of its dashes */
#define ROW_LEAST 3
#define TITLED_ROW_LEAST 5 /* underscores, on either side */
#define PROSE_LINE 60   /* bytes of a full line of prose, */
#define PROSE_LINES 3   /* of which so many together are prose */

/* "__________ Information from ESET … (20250504) __________": a scanner's row with its title inside. */
static gboolean
is_titled_row (const char *text, gsize length)
{
  gsize row = strspn (text, "_");
  return row >= TITLED_ROW_LEAST && length > 2 * row && text[row] == ' '
         && memcmp (text + length - row, text, row) == 0;
}

/* "-- ", or a long row. */
static gboolean
is_rule (const HeddleZoning *zoning, guint k)
{
  gsize length;
  const char *text = heddle_zoning_content (zoning, k, &length);
  return heddle_is_signature_dashes (zoning->view, g_array_index (zoning->own, guint, k))
         || heddle_is_row (text, length) || is_titled_row (text, length);
}

/* Whether a word of @kind begins one of the words of this line. */
static gboolean
says (const HeddleZoning *zoning, guint k, HeddleWordKind kind)
{
  gsize length;
  const char *text = heddle_zoning_content (zoning, k, &length);
  gsize stop = MIN (length, STAMP_BYTES);
  for (gsize i = 0; i < stop; i++)
    if ((i == 0 || !g_ascii_isalnum (text[i - 1]))
        && heddle_zoning_word (zoning, text + i, length - i, kind, NULL) != NULL)
      return TRUE;
  return FALSE;
}

/* A gateway stamps the mail on top: the paragraph in which it says so. */
static void
mark_stamp (HeddleZoning *zoning)
{
  guint k = heddle_zoning_next (zoning, zoning->first), n = k;
  if (k < zoning->end && is_rule (zoning, k))
    n = heddle_zoning_next (zoning, k + 1);
  if (n >= zoning->end || !says (zoning, n, HEDDLE_WORD_GATEWAY))
    return;
  guint end = n + 1;
  while (end < zoning->end && end - n < STAMP_LINES && !heddle_zoning_is_blank (zoning, end))
    end++;
  if (end < zoning->end && !heddle_zoning_is_blank (zoning, end))
    end = n + 1;
  guint below = heddle_zoning_next (zoning, end);
  if (below < zoning->end && below - end <= 1 && is_rule (zoning, below))
    end = below + 1;
  heddle_zoning_set_nobody (zoning, k, end, "a gateway's stamp");
}

/* How many bytes of marks stand before the words: "*CONFIDENTIALITY", "- This". */
static gsize
marks_before (const char *text, gsize length)
{
  gsize n = strspn (text, "*_-=~# ");
  return n < length ? n : 0;
}

/* A help desk's marker on top of what it wrote. */
static void
mark_marker (HeddleZoning *zoning)
{
  gsize length;
  guint first = heddle_zoning_next (zoning, zoning->first), k = first;
  const char *text = k < zoning->end ? heddle_zoning_content (zoning, k, &length) : NULL;
  if (text != NULL && marks_before (text, length) == 0 && !g_unichar_isalpha (g_utf8_get_char (text)))
    k = heddle_zoning_next (zoning, k + 1); /* Jira draws a row above it */
  if (k < zoning->end && k - first <= 1
      && heddle_is_reply_marker (zoning->view, g_array_index (zoning->own, guint, k))) {
    guint next = k + 1; /* its last marks, wrapped */
    if (next < zoning->end
        && heddle_is_reply_marker (zoning->view, g_array_index (zoning->own, guint, next)))
      k = next;
    heddle_zoning_set_nobody (zoning, first, k + 1, "a help desk's marker");
  }
}

/* "NOTE: This message …" begins behind its title too. A small letter in the midst of a
 * paragraph goes on with a sentence: "… for our" and "confidentiality notice." */
static gboolean
is_disclaimer (const HeddleZoning *zoning, guint k)
{
  gsize length;
  const char *text = heddle_zoning_content (zoning, k, &length);
  gsize lead = marks_before (text, length);
  if (lead == 0 && g_unichar_islower (g_utf8_get_char (text)) && k > zoning->first
      && heddle_zoning_is_body (zoning, k - 1))
    return FALSE;
  if (heddle_zoning_word (zoning, text + lead, length - lead, HEDDLE_WORD_DISCLAIMER, NULL)
      != NULL)
    return TRUE;
  const char *colon = memchr (text + lead, ':', MIN (length - lead, TITLE_BYTES));
  if (colon == NULL)
    return FALSE;
  lead = (gsize)(colon + 1 - text);
  while (lead < length && text[lead] == ' ')
    lead++;
  return heddle_zoning_word (zoning, text + lead, length - lead, HEDDLE_WORD_DISCLAIMER, NULL)
         != NULL;
}

/* A last paragraph that begins with a list's or a scanner's own words and says where to
 * turn to needs no row above it. */
static const char *
rule_of_paragraph (const HeddleZoning *zoning, guint k)
{
  gsize length;
  const char *text = heddle_zoning_content (zoning, k, &length);
  if (k > zoning->first && !heddle_zoning_is_blank (zoning, k - 1))
    return NULL;
  if (heddle_zoning_word (zoning, text, length, HEDDLE_WORD_GATEWAY, NULL) != NULL)
    return "a scanner's line";
  if (heddle_zoning_word (zoning, text, length, HEDDLE_WORD_LIST_FOOTER, NULL) == NULL)
    return NULL;
  for (guint n = k; n < zoning->end && !heddle_zoning_is_blank (zoning, n); n++) {
    text = heddle_zoning_content (zoning, n, &length);
    if (heddle_is_contact_line (text, length))
      return "a list's footer";
  }
  return NULL;
}

/* Footers of lists and scanners belong to nobody. They stand last, several below each
 * other where a mail went through several lists. */
static void
mark_nobodys (HeddleZoning *zoning)
{
  guint seen = 0, end = zoning->end;
  gboolean paragraphs = FALSE; /* a blank line was passed */
  const char *rule = NULL, *below = NULL;
  for (guint k = zoning->end; k-- > zoning->first && seen < FOOTER_LINES;) {
    if (!heddle_zoning_is_body (zoning, k)) {
      paragraphs = paragraphs || seen > 0;
      continue;
    }
    seen++;
    if (is_disclaimer (zoning, k))
      return;
    if (!is_rule (zoning, k)) {
      if (rule == NULL && says (zoning, k, HEDDLE_WORD_LIST_FOOTER))
        rule = "a list's footer";
      else if (rule == NULL && seen <= 3 && says (zoning, k, HEDDLE_WORD_GATEWAY))
        rule = "a scanner's line";
      const char *own_rule = paragraphs ? NULL : rule_of_paragraph (zoning, k);
      if (own_rule == NULL || (k > zoning->first && is_rule (zoning, k - 1)))
        continue;
      rule = own_rule;
    }
    if (rule == NULL && seen == 1 && end == zoning->end)
      continue; /* a row may close the footer too */
    if (rule == NULL && seen == 1)
      rule = below; /* a digest draws one above the list's own */
    if (rule == NULL)
      return;
    heddle_zoning_set_nobody (zoning, k, end, rule);
    end = k;
    seen = 0;
    paragraphs = FALSE;
    below = rule;
    rule = NULL;
  }
}

/* Three dashes also part what was said from what is said next. Going up, line by line:
 * whether prose stands at or below @k. */
typedef struct {
  guint full; /* full lines together, so far */
  gboolean found;
} Prose;

static void
look_for_prose (Prose *prose, const HeddleZoning *zoning, guint k)
{
  gsize length;
  const char *text = heddle_zoning_content (zoning, k, &length);
  if (prose->found || !heddle_zoning_is_body (zoning, k))
    return;
  prose->full = length >= PROSE_LINE ? prose->full + 1 : 0;
  prose->found = prose->full >= PROSE_LINES
                 || (length > 2 * PROSE_LINE && heddle_is_said (text, length));
}

/* The first of the rows right above @k; the rest of one that a mailer wrapped is short. */
static guint
above_rows (const HeddleZoning *zoning, guint k)
{
  gsize length;
  if (k == zoning->first || k >= zoning->end)
    return k;
  const char *text = heddle_zoning_content (zoning, k - 1, &length);
  if (is_rule (zoning, k - 1))
    return k - 1;
  gboolean rest = length > 0 && strspn (text, "-_=*~#") >= length && k - 1 > zoning->first;
  return rest && is_rule (zoning, k - 2) ? k - 2 : k;
}

static void
mark_tail (HeddleZoning *zoning, guint from, const char *rule)
{
  for (guint k = above_rows (zoning, from); k < zoning->end; k++)
    heddle_zoning_set (zoning, k, HEDDLE_ZONE_SIGNATURE, rule);
}

/* The first line of a disclaimer near the end begins it. */
static void
mark_disclaimer (HeddleZoning *zoning)
{
  guint found = zoning->end, back = 0;
  for (guint k = heddle_zoning_before (zoning, zoning->end);
       k < zoning->end && back < DISCLAIMER_LINES; k = heddle_zoning_before (zoning, k), back++)
    if (is_disclaimer (zoning, k))
      found = k;
  guint rows = found;
  if (found < zoning->end && found > zoning->first
      && heddle_zoning_is_blank (zoning, found - 1))
    rows = above_rows (zoning, found - 1);
  mark_tail (zoning, found - rows > 1 ? rows : found, "disclaimer");
}

/* Mutt and Gnus draw a row with words in it below what they forward. */
static void
mark_close (HeddleZoning *zoning)
{
  for (guint k = zoning->first; k < zoning->end; k++) {
    gsize length, covered;
    const char *text = heddle_zoning_content (zoning, k, &length);
    if (length == 0 || length > ROW_BYTES || text[0] != '-')
      continue;
    gsize lead = marks_before (text, length);
    if (lead < ROW_LEAST
        || heddle_zoning_word (zoning, text + lead, length - lead, HEDDLE_WORD_END_FORWARD,
                               &covered)
               == NULL)
      continue;
    const char *rest = text + lead + covered, *end = text + length;
    guint last = k;
    if (rest == end && k + 1 < zoning->end) { /* the row behind the words was wrapped */
      rest = heddle_zoning_content (zoning, ++last, &length);
      end = rest + length;
    }
    if ((gsize) (end - rest) >= ROW_LEAST && strspn (rest, "- ") >= (gsize) (end - rest))
      heddle_zoning_set_nobody (zoning, k, last + 1, "the end of a forward");
  }
}

/* The first line of signature dashes begins a signature, or a pile of them. */
static void
mark_signature (HeddleZoning *zoning)
{
  guint back = 0, found = zoning->end;
  Prose prose = { 0 };
  for (guint k = zoning->end; k-- > zoning->first && back <= SIGNATURE_LINES;) {
    gsize length;
    if (heddle_zoning_is_blank (zoning, k) || heddle_zoning_is_nobodys (zoning, k))
      continue;
    back++;
    if (!heddle_is_signature_dashes (zoning->view, g_array_index (zoning->own, guint, k))) {
      look_for_prose (&prose, zoning, k);
      continue;
    }
    heddle_zoning_content (zoning, k, &length);
    if (length == 2 || !prose.found)
      found = k;
    back = 0; /* a pile of signatures may be long: count from here */
  }
  mark_tail (zoning, found, "signature dashes");
  for (guint k = zoning->first; k < zoning->end; k++)
    if (heddle_view_line (zoning->view, g_array_index (zoning->own, guint, k))->hints
        & HEDDLE_HINT_SIGNATURE)
      heddle_zoning_set (zoning, k, HEDDLE_ZONE_SIGNATURE, "signature by its markup");
}

/* The client's footer nearest above @end: the last line, or the first below a row. */
static guint
find_client (const HeddleZoning *zoning, guint end)
{
  guint k = heddle_zoning_before (zoning, end);
  for (guint seen = 0; k < zoning->end && seen < STAMP_LINES; seen++) {
    guint above = heddle_zoning_before (zoning, k);
    guint rows = above_rows (zoning, k);
    gboolean row = rows < k;
    if ((seen == 0 || row)
        && heddle_is_client_footer (zoning->view, g_array_index (zoning->own, guint, k)))
      return rows;
    k = above;
  }
  return zoning->end;
}

/* Footers of clients: only at the end, where nothing but blank lines, markings and
 * signature follows. */
static void
mark_client (HeddleZoning *zoning)
{
  guint end = zoning->end;
  for (guint k; (k = find_client (zoning, end)) < zoning->end; end = k)
    for (guint n = k; n < end; n++)
      heddle_zoning_set (zoning, n, HEDDLE_ZONE_SIGNATURE, "client's footer");
}

void
heddle_footers_mark (HeddleZoning *zoning)
{
  mark_marker (zoning);
  mark_stamp (zoning);
  mark_close (zoning);
  mark_nobodys (zoning);
  mark_disclaimer (zoning);
  mark_nobodys (zoning); /* what stands above the disclaimer */
  mark_signature (zoning);
  mark_client (zoning);
}
