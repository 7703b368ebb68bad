/* SPDX-License-Identifier: MIT */
/* zone: see zone.h. The order matters: what stands at the end of a message (client
 * footer, disclaimer, signature) is taken off first, then the sign-off is looked for
 * at the end of what is left, then the greeting at its beginning.
 *
 * Not handled: a greeting or sign-off that shares its line with text.
 */
#include "parser/zone.h"

#include <string.h>

#define SIGNATURE_LINES 60 /* below "-- "; more is no signature */
#define DISCLAIMER_LINES 60
#define BLOCK_LINES 12   /* below a sign-off */
#define SIGNOFF_BACK 16  /* lines from the end in which a sign-off is looked for */
#define ATTACHMENT_LINES 16 /* over which names of attachments are wrapped */
#define SHORT_LINE 64    /* bytes */
#define SIGNER_LINE 40   /* bytes */
#define GREETING_LINE 80 /* bytes */
#define FOOTER_LINES 10  /* of a list's footer */
#define LIST_LINE 160    /* bytes in which it says that it is one */

static const char *
content (const HeddleView *view, const GArray *own, guint k, gsize *ret_length)
{
  return heddle_view_content (view, g_array_index (own, guint, k), ret_length);
}

static HeddleMark *
mark_of (const GArray *own, HeddleMark *marks, guint k)
{
  return &marks[g_array_index (own, guint, k)];
}

static void
set (HeddleMark *mark, HeddleZone zone, const char *rule)
{
  if (mark->zone == HEDDLE_ZONE_BLANK || mark->zone == HEDDLE_ZONE_ATTACHMENT
      || mark->zone == HEDDLE_ZONE_MARKING || mark->zone == HEDDLE_ZONE_OTHER)
    return;
  mark->zone = zone;
  mark->rule = rule;
}

gboolean
heddle_is_signature_dashes (const HeddleView *view, guint i)
{
  gsize length;
  const char *text = heddle_view_content (view, i, &length);
  return (length == 2 && memcmp (text, "--", 2) == 0)
         || (length == 3 && (memcmp (text, "---", 3) == 0 || memcmp (text, "\xe2\x80\x94", 3) == 0));
}

static const HeddleWord *
word_at (const HeddleView *view, const char *text, gsize length, HeddleWordKind kind,
         gsize *ret_length)
{
  return heddle_words_at (view->tables->words, text, length, HEDDLE_WORD_BIT (kind), ret_length);
}

gboolean
heddle_is_client_footer (const HeddleView *view, guint i)
{
  gsize length;
  const char *text = heddle_view_content (view, i, &length);
  return length > 0 && length < 160
         && word_at (view, text, length, HEDDLE_WORD_SENT_FROM, NULL) != NULL;
}

/* "UNCLASSIFIED", "Official": the whole line, and not in small letters. */
static gboolean
is_marking (const HeddleView *view, const char *text, gsize length)
{
  gsize covered = 0;
  return length <= 40 && g_ascii_isupper (*text)
         && word_at (view, text, length, HEDDLE_WORD_MARKING, &covered) != NULL
         && covered == length;
}

/* How many lines from @k on name attachments only, though a name in brackets goes on
 * from one line to the next: 0 when they do not. */
static guint
wrapped_attachments (const HeddleView *view, const GArray *own, guint k)
{
  g_autoptr (GString) joined = g_string_new (NULL);
  guint most = MIN (own->len, k + ATTACHMENT_LINES), whole = 0;
  for (guint n = k; n < most; n++) {
    gsize length;
    const char *text = content (view, own, n, &length);
    if (length == 0 || (n == k && *text != '<' && *text != '['))
      break;
    if (n > k)
      g_string_append_c (joined, ' ');
    g_string_append_len (joined, text, (gssize) length);
    /* Reading them all again for each line stays cheap: the lines are few. */
    if (heddle_is_attachment_line (view->tables, joined->str, joined->len))
      whole = n + 1 - k;
  }
  return whole;
}

static void
mark_plain (const HeddleView *view, const GArray *own, HeddleMark *marks)
{
  guint named = 0; /* lines before this one name attachments */
  for (guint k = 0; k < own->len; k++) {
    gsize length;
    const char *text = content (view, own, k, &length);
    HeddleMark *mark = mark_of (own, marks, k);
    mark->rule = NULL;
    if (k >= named)
      named = k + wrapped_attachments (view, own, k);
    if (length == 0) {
      mark->zone = HEDDLE_ZONE_BLANK;
    } else if (is_marking (view, text, length)) {
      mark->zone = HEDDLE_ZONE_MARKING;
      mark->rule = "marking";
    } else if (k < named || heddle_is_attachment_line (view->tables, text, length)) {
      mark->zone = HEDDLE_ZONE_ATTACHMENT;
      mark->rule = "names attachments only";
    } else {
      mark->zone = HEDDLE_ZONE_BODY;
    }
  }
}

/* "-- ", or a long row of "-" or "_". */
static gboolean
is_row (const HeddleView *view, guint i)
{
  gsize length;
  const char *text = heddle_view_content (view, i, &length);
  return heddle_is_signature_dashes (view, i)
         || (length >= 10 && (strspn (text, "_") >= length || strspn (text, "-") >= length));
}

/* Whether a list's server speaks in this line. */
static gboolean
is_list_line (const HeddleView *view, const char *text, gsize length)
{
  gsize stop = MIN (length, LIST_LINE);
  for (gsize i = 0; i < stop; i++)
    if ((i == 0 || text[i - 1] == ' ')
        && word_at (view, text + i, length - i, HEDDLE_WORD_LIST_FOOTER, NULL) != NULL)
      return TRUE;
  return FALSE;
}

/* Footers of lists belong to nobody. They stand last, several below each other where
 * a mail went through several lists. */
static void
mark_list_footers (const HeddleView *view, const GArray *own, HeddleMark *marks)
{
  gboolean says_so = FALSE;
  guint seen = 0, end = own->len;
  for (guint k = own->len; k-- > 0 && seen < FOOTER_LINES;) {
    gsize length;
    guint i = g_array_index (own, guint, k);
    const char *text = content (view, own, k, &length);
    if (length == 0)
      continue;
    seen++;
    if (!is_row (view, i)) {
      says_so = says_so || is_list_line (view, text, length);
      continue;
    }
    if (!says_so)
      return;
    for (guint n = k; n < end; n++) {
      HeddleMark *mark = mark_of (own, marks, n);
      if (mark->zone == HEDDLE_ZONE_BLANK)
        continue;
      *mark = (HeddleMark){ HEDDLE_ZONE_OTHER, -1, "a list's footer" };
    }
    end = k;
    seen = 0;
    says_so = FALSE;
  }
}

static void
mark_tail (const GArray *own, guint from, HeddleMark *marks, const char *rule)
{
  for (guint k = from; k < own->len; k++)
    set (mark_of (own, marks, k), HEDDLE_ZONE_SIGNATURE, rule);
}

/* Takes off what stands at the end: the first row of dashes, or the first line of a
 * disclaimer, begins it. */
static void
mark_end (const HeddleView *view, const GArray *own, HeddleMark *marks)
{
  guint lines_back = 0;
  guint dashes = own->len, disclaimer = own->len;
  for (guint k = own->len; k-- > 0;) {
    gsize length;
    const char *text = content (view, own, k, &length);
    guint i = g_array_index (own, guint, k);
    if (length == 0 || mark_of (own, marks, k)->zone == HEDDLE_ZONE_OTHER)
      continue;
    lines_back++;
    if (heddle_is_signature_dashes (view, i))
      dashes = k, lines_back = 0; /* a stack of signatures may be long: count from here */
    else if (lines_back <= DISCLAIMER_LINES
             && word_at (view, text, length, HEDDLE_WORD_DISCLAIMER, NULL) != NULL)
      disclaimer = k;
    if (lines_back > MAX (SIGNATURE_LINES, DISCLAIMER_LINES))
      break;
  }
  mark_tail (own, disclaimer, marks, "disclaimer");
  mark_tail (own, dashes, marks, "signature dashes");
  for (guint k = 0; k < own->len; k++) {
    guint i = g_array_index (own, guint, k);
    if (heddle_view_line (view, i)->hints & HEDDLE_HINT_SIGNATURE)
      set (mark_of (own, marks, k), HEDDLE_ZONE_SIGNATURE, "signature by its markup");
  }
}

static gboolean
is_body (const GArray *own, HeddleMark *marks, guint k)
{
  return mark_of (own, marks, k)->zone == HEDDLE_ZONE_BODY;
}

/* The last line of body at or before @k, own->len when there is none. */
static guint
body_before (const GArray *own, HeddleMark *marks, guint k)
{
  for (guint n = k; n-- > 0;)
    if (is_body (own, marks, n))
      return n;
  return own->len;
}

/* Footers of clients: only at the end, where nothing but blank lines, markings and
 * signature follows. */
static void
mark_footers (const HeddleView *view, const GArray *own, HeddleMark *marks)
{
  for (guint k = body_before (own, marks, own->len); k < own->len;
       k = body_before (own, marks, k)) {
    if (!heddle_is_client_footer (view, g_array_index (own, guint, k)))
      return;
    set (mark_of (own, marks, k), HEDDLE_ZONE_SIGNATURE, "client's footer");
  }
}

/* Few words, each with a capital, a withheld one, or a joining word: a name. */
static gboolean
is_name_like (const HeddleView *view, const char *text, gsize length, guint most)
{
  const char *p = text, *end = text + length;
  guint words = 0;
  while (p < end) {
    gsize n = heddle_redaction_at (view->tables, p, (gsize) (end - p));
    if (n > 0) {
      p += n;
    } else {
      gunichar c = g_utf8_get_char (p);
      const char *start = p;
      while (p < end && *p != ' ' && *p != ',')
        p++;
      gboolean joins = p - start <= 3 && !g_unichar_isdigit (c);
      if (!g_unichar_isalpha (c) || (g_unichar_islower (c) && !joins))
        return FALSE;
      if (p[-1] == ':' || p[-1] == '?' || p[-1] == '!' || p[-1] == ';')
        return FALSE;
    }
    words++;
    while (p < end && (*p == ' ' || *p == ','))
      p++;
  }
  return words > 0 && words <= most;
}

/* "Best,", "Thanks, Ana", "Many thanks!", "Cheers." and nothing else. */
static gboolean
is_signoff_line (const HeddleView *view, const char *text, gsize length)
{
  gsize covered = 0;
  if (length > SHORT_LINE || word_at (view, text, length, HEDDLE_WORD_SIGNOFF, &covered) == NULL)
    return FALSE;
  const char *p = text + covered, *end = text + length;
  while (p < end && strchr (",.!;:- ", *p) != NULL)
    p++;
  if (p == end)
    return TRUE;
  return is_name_like (view, p, (gsize) (end - p), 3);
}

/* "Thanks for the quick answer," is a sign-off when a name stands below. */
static gboolean
is_long_signoff (const HeddleView *view, const char *text, gsize length, const char *below,
                 gsize below_length)
{
  return length <= SHORT_LINE && text[length - 1] == ',' && below != NULL
         && word_at (view, text, length, HEDDLE_WORD_SIGNOFF, NULL) != NULL
         && is_name_like (view, below, below_length, 3);
}

static gboolean
is_postscript (const char *text, gsize length)
{
  return length > 2 && g_ascii_toupper (text[0]) == 'P'
         && (g_ascii_strncasecmp (text, "ps", 2) == 0 || g_ascii_strncasecmp (text, "p.s", 3) == 0)
         && !g_ascii_isalpha (text[2 + (text[1] == '.')]);
}

/* Something said, not a name, a title or a telephone number. */
static gboolean
is_sentence (const char *text, gsize length)
{
  guint blanks = 0;
  for (gsize i = 0; i < length; i++)
    blanks += text[i] == ' ';
  return blanks >= 3 && strchr (".?!", text[length - 1]) != NULL;
}

/* "Thanks Tom," as the first line thanks and goes on: a sign-off there has nothing or
 * a name below it, and none on its own line. */
static gboolean
opens_message (const HeddleView *view, const GArray *own, HeddleMark *marks, guint k)
{
  gsize length, covered = 0;
  const char *text = content (view, own, k, &length);
  guint below = k + 1;
  if (body_before (own, marks, k) < own->len)
    return FALSE;
  while (below < own->len && !is_body (own, marks, below))
    below++;
  if (below >= own->len)
    return FALSE;
  word_at (view, text, length, HEDDLE_WORD_SIGNOFF, &covered);
  if (text[length - 1] == ',' && covered + 1 < length)
    return TRUE;
  text = content (view, own, below, &length);
  return !is_name_like (view, text, length, 5);
}

/* The sign-off nearest to the end with nothing but a name and a short block below it
 * (or the first of two that stand together): its line, own->len when there is none. */
static guint
find_signoff (const HeddleView *view, const GArray *own, HeddleMark *marks)
{
  const char *below = NULL;
  gsize below_length = 0;
  guint seen = 0, found = own->len;
  for (guint k = body_before (own, marks, own->len); k < own->len && seen < SIGNOFF_BACK;
       k = body_before (own, marks, k), seen++) {
    gsize length;
    const char *text = content (view, own, k, &length);
    if (is_signoff_line (view, text, length)
        || is_long_signoff (view, text, length, below, below_length))
      found = k;
    else if (found < own->len || length > SHORT_LINE || is_postscript (text, length)
             || is_sentence (text, length))
      break;
    below = text;
    below_length = length;
  }
  return found < own->len && !opens_message (view, own, marks, found) ? found : own->len;
}

/* Who signs below the words of closing: a name, or few words that name a team. */
static gboolean
is_signer (const HeddleView *view, const char *text, gsize length)
{
  guint blanks = 0;
  if (is_name_like (view, text, length, 5))
    return TRUE;
  for (gsize i = 0; i < length; i++) {
    if (g_ascii_isdigit (text[i]) || strchr ("@:/|?!", text[i]) != NULL)
      return FALSE;
    blanks += text[i] == ' ';
  }
  return blanks < 4 && length <= SIGNER_LINE && g_unichar_isupper (g_utf8_get_char (text));
}

static void
mark_below_signoff (const HeddleView *view, const GArray *own, guint signoff, HeddleMark *marks)
{
  guint names = 0, rest = 0;
  for (guint k = signoff + 1; k < own->len; k++)
    rest += is_body (own, marks, k);
  set (mark_of (own, marks, signoff), HEDDLE_ZONE_SIGNOFF, "sign-off words");
  if (rest > BLOCK_LINES)
    return;
  for (guint k = signoff + 1; k < own->len; k++) {
    gsize length;
    const char *text = content (view, own, k, &length);
    if (!is_body (own, marks, k))
      continue;
    if (names == 0 && is_signer (view, text, length))
      set (mark_of (own, marks, k), HEDDLE_ZONE_SIGNOFF, "name below the sign-off");
    else
      set (mark_of (own, marks, k), HEDDLE_ZONE_SIGNATURE, "block below the sign-off");
    names++;
  }
}

static gboolean
is_name_of (const HeddlePerson *from, const char *text, gsize length)
{
  if (from == NULL || from->name == NULL || length > SHORT_LINE)
    return FALSE;
  g_autofree char *line = g_strndup (text, length);
  g_autofree char *folded = g_utf8_casefold (g_strstrip (line), -1);
  g_autofree char *name = g_utf8_casefold (from->name, -1);
  gsize n = strlen (folded);
  while (n > 0 && strchr (".,-", folded[n - 1]) != NULL)
    folded[--n] = '\0';
  if (n == 0)
    return FALSE;
  /* The whole name, or one of its words. */
  for (const char *at = strstr (name, folded); at != NULL; at = strstr (at + 1, folded))
    if ((at == name || at[-1] == ' ') && (at[n] == '\0' || at[n] == ' ' || at[n] == ','))
      return TRUE;
  return FALSE;
}

/* Without words of closing: the first line near the end that only is the author's
 * name, with nothing but a short block below it. */
static guint
find_name (const HeddleView *view, const GArray *own, const HeddlePerson *from, HeddleMark *marks)
{
  guint seen = 0, found = own->len;
  for (guint k = body_before (own, marks, own->len); k < own->len && seen < BLOCK_LINES;
       k = body_before (own, marks, k), seen++) {
    gsize length;
    const char *text = content (view, own, k, &length);
    if (is_name_of (from, text, length))
      found = k;
    else if (found < own->len || length > SHORT_LINE || is_sentence (text, length))
      break;
  }
  /* A name alone is what was said. */
  return found < own->len && body_before (own, marks, found) < own->len ? found : own->len;
}

static void
mark_signoff (const HeddleView *view, const GArray *own, const HeddlePerson *from,
              HeddleMark *marks)
{
  guint signoff = find_signoff (view, own, marks);
  if (signoff < own->len) {
    mark_below_signoff (view, own, signoff, marks);
    return;
  }
  guint name = find_name (view, own, from, marks);
  for (guint k = name; k < own->len; k++)
    if (is_body (own, marks, k))
      set (mark_of (own, marks, k), k == name ? HEDDLE_ZONE_SIGNOFF : HEDDLE_ZONE_SIGNATURE,
           k == name ? "the author's name, last" : "block below the author's name");
}

/* "Sam jan": takes the word of address behind the name off. */
static gboolean
ends_in_address_word (const HeddleView *view, const char *start, const char **end)
{
  const char *p = *end;
  while (p > start && p[-1] != ' ')
    p--;
  gsize covered = 0;
  if (p == start
      || word_at (view, p, (gsize) (*end - p), HEDDLE_WORD_GREETING_AFTER, &covered) == NULL
      || covered != (gsize) (*end - p))
    return FALSE;
  *end = p - 1;
  return TRUE;
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

/* "Dear Sam,", "Hi all", "Good morning Ana!", "Sam," and "Sam and (b)(6)": a line
 * of its own that names somebody. */
static gboolean
is_greeting (const HeddleView *view, const char *text, gsize length, gboolean alone)
{
  gsize covered = 0;
  const char *p = text, *end = text + length;
  if (length > GREETING_LINE)
    return FALSE;
  const HeddleWord *word = word_at (view, text, length, HEDDLE_WORD_GREETING, &covered);
  gboolean closed = strchr (",:!-", end[-1]) != NULL;
  while (end > p && strchr (",:!-. ", end[-1]) != NULL)
    end--;
  if (word != NULL) {
    p += MIN (covered, (gsize) (end - p));
    gboolean direct = p < end && *p == ' ';
    while (p < end && (*p == ' ' || *p == ','))
      p++;
    if (p == end)
      return closed || alone;
    return (direct && closed && is_few_words (p, (gsize) (end - p)))
           || is_name_like (view, p, (gsize) (end - p), 8);
  }
  if (heddle_redaction_at (view->tables, p, (gsize) (end - p)) == (gsize) (end - p) && alone)
    return TRUE;
  /* Without a word of greeting: a name and a comma, or several names that stand alone. */
  if (closed && *end == ',' && ends_in_address_word (view, p, &end))
    return is_name_like (view, p, (gsize) (end - p), 4);
  if (closed && *end == ',')
    return is_name_like (view, p, (gsize) (end - p), 6);
  return alone && g_strstr_len (p, end - p, " and ") != NULL
         && is_name_like (view, p, (gsize) (end - p), 5);
}

static void
mark_greeting (const HeddleView *view, const GArray *own, HeddleMark *marks)
{
  for (guint k = 0; k < own->len; k++) {
    if (!is_body (own, marks, k)) {
      if (mark_of (own, marks, k)->zone == HEDDLE_ZONE_SIGNOFF)
        return;
      continue;
    }
    gsize length;
    const char *text = content (view, own, k, &length);
    gboolean alone = k + 1 < own->len && mark_of (own, marks, k + 1)->zone == HEDDLE_ZONE_BLANK;
    guint after = k + 1;
    while (after < own->len && !is_body (own, marks, after))
      after++;
    /* A greeting greets before something is said. */
    if (after < own->len && is_greeting (view, text, length, alone))
      set (mark_of (own, marks, k), HEDDLE_ZONE_GREETING, "greeting");
    return;
  }
}

void
heddle_zones_mark (const HeddleView *view, const GArray *own, const HeddlePerson *from,
                   HeddleMark *marks)
{
  mark_plain (view, own, marks);
  mark_list_footers (view, own, marks);
  mark_end (view, own, marks);
  mark_footers (view, own, marks);
  mark_signoff (view, own, from, marks);
  mark_greeting (view, own, marks);
}
