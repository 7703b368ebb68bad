/* SPDX-License-Identifier: MIT */
/* zone: see zone.h. A message's lines are cut into runs, each written in one piece.
 * The order matters: what stands at the end of a run (client's footer, disclaimer,
 * signature) is taken off first, then the sign-off is looked for at the end of what is
 * left, then the greeting at the beginning of the first run.
 *
 * A run ends where others speak: who answers between quoted lines signs below the last
 * of them, who answers on top signs above the quotation, and words that a mailer's
 * wrapping tore out of a quotation are runs that say nothing of where a text ends.
 */
#include "parser/scan.h"
#include "parser/zoning.h"

#include <string.h>

#define ATTACHMENT_LINES 16 /* over which names of attachments are wrapped */
#define RUN_GAP 1           /* lines of others that do not end a run: torn out by wrapping */
#define SAID_BYTES 12       /* at least, where words are not parted by blanks */
#define JOINING 3           /* bytes of a word that joins names: "of", "van" */
#define SAID_BLANKS 3       /* of a sentence, at least */

const char *
heddle_zoning_content (const HeddleZoning *zoning, guint k, gsize *ret_length)
{
  return heddle_view_content (zoning->view, g_array_index (zoning->own, guint, k), ret_length);
}

static HeddleMark *
mark_of (const HeddleZoning *zoning, guint k)
{
  return &zoning->marks[g_array_index (zoning->own, guint, k)];
}

gboolean
heddle_zoning_is_body (const HeddleZoning *zoning, guint k)
{
  return mark_of (zoning, k)->zone == HEDDLE_ZONE_BODY;
}

gboolean
heddle_zoning_is_blank (const HeddleZoning *zoning, guint k)
{
  return mark_of (zoning, k)->zone == HEDDLE_ZONE_BLANK;
}

gboolean
heddle_zoning_is_nobodys (const HeddleZoning *zoning, guint k)
{
  return mark_of (zoning, k)->zone == HEDDLE_ZONE_OTHER;
}

guint
heddle_zoning_before (const HeddleZoning *zoning, guint k)
{
  for (guint n = k; n-- > zoning->first;)
    if (heddle_zoning_is_body (zoning, n))
      return n;
  return zoning->end;
}

guint
heddle_zoning_next (const HeddleZoning *zoning, guint k)
{
  while (k < zoning->end && !heddle_zoning_is_body (zoning, k))
    k++;
  return k;
}

void
heddle_zoning_set (HeddleZoning *zoning, guint k, HeddleZone zone, const char *rule)
{
  HeddleMark *mark = mark_of (zoning, k);
  if (mark->zone == HEDDLE_ZONE_BLANK || mark->zone == HEDDLE_ZONE_ATTACHMENT
      || mark->zone == HEDDLE_ZONE_MARKING || mark->zone == HEDDLE_ZONE_OTHER)
    return;
  mark->zone = zone;
  mark->rule = rule;
}

void
heddle_zoning_set_nobody (HeddleZoning *zoning, guint from, guint to, const char *rule)
{
  for (guint k = from; k < to; k++)
    if (heddle_zoning_is_body (zoning, k))
      *mark_of (zoning, k)
          = (HeddleMark){ .zone = HEDDLE_ZONE_OTHER, .message = -1, .rule = rule };
}

const HeddleWord *
heddle_zoning_word (const HeddleZoning *zoning, const char *text, gsize length,
                    HeddleWordKind kind, gsize *ret_length)
{
  return heddle_words_at (zoning->view->tables->words, text, length, HEDDLE_WORD_BIT (kind),
                          ret_length);
}

gboolean
heddle_is_row (const char *text, gsize length)
{
  return length >= 10 && strspn (text, "-_=*~#") >= length;
}

/* Marks that part or close words, in the scripts that have their own. */
static const char closing_marks[][5] = { ",",
                                         ".",
                                         "!",
                                         ":",
                                         ";",
                                         "-",
                                         "\xef\xbc\x8c",
                                         "\xe3\x80\x81",
                                         "\xe3\x80\x82",
                                         "\xef\xbc\x81",
                                         "\xef\xbc\x9a",
                                         "\xef\xbc\x9b",
                                         "\xd8\x8c",
                                         "\xd8\x9b",
                                         "\xe0\xa5\xa4",
                                         "\xe2\x80\x93",
                                         "\xe2\x80\x94" };

gsize
heddle_mark_at (const char *text, gsize length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (closing_marks); i++) {
    gsize n = strlen (closing_marks[i]);
    if (n <= length && memcmp (text, closing_marks[i], n) == 0)
      return n;
  }
  return 0;
}

gsize
heddle_mark_before (const char *text, gsize length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (closing_marks); i++) {
    gsize n = strlen (closing_marks[i]);
    if (n <= length && memcmp (text + length - n, closing_marks[i], n) == 0)
      return n;
  }
  return 0;
}

gboolean
heddle_fits (const char *text, gsize length, gsize most)
{
  if (length <= most)
    return TRUE;
  return length <= 3 * most && !heddle_unspaced_at (text, length)
         && (gsize) g_utf8_strlen (text, (gssize)length) <= most;
}

/* "。", "！", "？", "؟", "।": a stop of a script that sets no blanks, or its own. */
static gboolean
has_own_stop (const char *text, gsize length)
{
  static const char stops[][4]
      = { "\xe3\x80\x82", "\xef\xbc\x81", "\xef\xbc\x9f", "\xd8\x9f", "\xe0\xa5\xa4" };
  for (gsize i = 0; i < G_N_ELEMENTS (stops); i++) {
    gsize n = strlen (stops[i]);
    if (length > SAID_BYTES && memcmp (text + length - n, stops[i], n) == 0)
      return TRUE;
  }
  return FALSE;
}

/* A firm ("North Press Corp.") and a street ("2705 West Lake Dr.") say nothing: all their
 * words begin with a capital or a digit. */
gboolean
heddle_is_said (const char *text, gsize length)
{
  guint blanks = 0, bytes = 0;
  gboolean plain = FALSE; /* a word that is no name's */
  if (has_own_stop (text, length))
    return TRUE;
  if (length == 0 || strchr (".?!", text[length - 1]) == NULL)
    return FALSE;
  for (gsize i = length; i-- > 0;) {
    if (text[i] != ' ') {
      bytes++;
      if (i > 0 && text[i - 1] != ' ')
        continue;
      gunichar c = g_utf8_get_char (text + i);
      plain = plain || (bytes > JOINING && g_unichar_isalpha (c) && !g_unichar_isupper (c));
    } else {
      blanks++;
    }
    bytes = 0;
  }
  return blanks >= SAID_BLANKS && plain;
}

gboolean
heddle_is_signature_dashes (const HeddleView *view, guint i)
{
  gsize length;
  const char *text = heddle_view_content (view, i, &length);
  return (length == 2 && memcmp (text, "--", 2) == 0)
         || (length == 3
             && (memcmp (text, "---", 3) == 0 || memcmp (text, "\xe2\x80\x94", 3) == 0));
}

gboolean
heddle_is_client_footer (const HeddleView *view, guint i)
{
  gsize length;
  const char *text = heddle_view_content (view, i, &length);
  return length > 0 && length < 160
         && heddle_words_at (view->tables->words, text, length,
                             HEDDLE_WORD_BIT (HEDDLE_WORD_SENT_FROM), NULL)
                != NULL;
}

/* Takes the brackets off that a marking may stand in, "【社外秘】". */
static void
unbracket (const char **text, gsize *length)
{
  static const char *const pairs[][2]
      = { { "【", "】" }, { "[", "]" }, { "(", ")" }, { "（", "）" } };
  for (guint n = 0; n < G_N_ELEMENTS (pairs); n++) {
    gsize first = strlen (pairs[n][0]), last = strlen (pairs[n][1]);
    if (*length > first + last && memcmp (*text, pairs[n][0], first) == 0
        && memcmp (*text + *length - last, pairs[n][1], last) == 0) {
      *text += first;
      *length -= first + last;
      return;
    }
  }
}

/* "UNCLASSIFIED", "Official": the whole line, and not in small letters; where a script has
 * none, @fresh: not below text, whose last word it may be. Two letters are as well
 * somebody's initials. */
static gboolean
is_marking (const HeddleZoning *zoning, const char *text, gsize length, gboolean fresh)
{
  gsize covered = 0;
  if (length <= 2 || length > 80)
    return FALSE;
  unbracket (&text, &length);
  gunichar c = g_utf8_get_char (text);
  return length > 2 && (fresh ? !g_unichar_islower (c) : g_unichar_isupper (c))
         && heddle_zoning_word (zoning, text, length, HEDDLE_WORD_MARKING, &covered) != NULL
         && covered == length;
}

/* How many lines from @k on name attachments only, though a name in brackets goes on
 * from one line to the next: 0 when they do not. */
static guint
wrapped_attachments (const HeddleZoning *zoning, guint k)
{
  g_autoptr (GString) joined = g_string_new (NULL);
  guint most = MIN (zoning->own->len, k + ATTACHMENT_LINES), whole = 0;
  for (guint n = k; n < most; n++) {
    gsize length;
    const char *text = heddle_zoning_content (zoning, n, &length);
    if (length == 0)
      break;
    if (n > k)
      g_string_append_c (joined, ' ');
    g_string_append_len (joined, text, (gssize)length);
    /* Reading them all again for each line stays cheap: the lines are few. */
    if (heddle_is_attachment_line (zoning->view->tables, joined->str, joined->len))
      whole = n + 1 - k;
  }
  return whole;
}

/* "<Embedded Picture (Metafile)>", "<<...OLE_Obj...>>": what Exchange writes in a plain text
 * where a picture or a table stood. */
static gboolean
is_placeholder (const char *text, gsize length)
{
  static const char *const forms[][2] = { { "<Embedded ", ">" }, { "<<...OLE_Obj", ">>" } };
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++) {
    gsize first = strlen (forms[i][0]), last = strlen (forms[i][1]);
    if (length > first + last && length <= HEDDLE_SHORT_LINE
        && memcmp (text, forms[i][0], first) == 0
        && memcmp (text + length - last, forms[i][1], last) == 0)
      return TRUE;
  }
  return FALSE;
}

/* " - report.doc" as a gateway lists, below a mail, what was attached to it. */
static gboolean
is_listed (const HeddleZoning *zoning, const char *text, gsize length)
{
  if (length < 5 || text[0] != '-' || text[1] != ' ' || length > HEDDLE_SHORT_LINE * 2)
    return FALSE;
  g_autofree char *bracketed = g_strdup_printf ("<%.*s>", (int)(length - 2), text + 2);
  return heddle_is_attachment_line (zoning->view->tables, bracketed, strlen (bracketed));
}

/* Such a list, if it is the last of the message. */
static void
mark_list (const HeddleZoning *zoning)
{
  for (guint k = zoning->own->len; k-- > 0;) {
    gsize length;
    const char *text = heddle_zoning_content (zoning, k, &length);
    if (length == 0 || is_placeholder (text, length))
      continue;
    if (!is_listed (zoning, text, length))
      return;
    mark_of (zoning, k)->zone = HEDDLE_ZONE_ATTACHMENT;
    mark_of (zoning, k)->rule = "names attachments only";
  }
}

static void
mark_plain (const HeddleZoning *zoning)
{
  guint named = 0; /* lines before this one name attachments */
  for (guint k = 0; k < zoning->own->len; k++) {
    gsize length;
    const char *text = heddle_zoning_content (zoning, k, &length);
    HeddleMark *mark = mark_of (zoning, k);
    mark->rule = NULL;
    if (k >= named && length > 0 && strchr ("<[(", *text) != NULL)
      named = k + wrapped_attachments (zoning, k);
    if (length == 0) {
      mark->zone = HEDDLE_ZONE_BLANK;
    } else if (is_marking (zoning, text, length,
                           k == 0 || !heddle_zoning_is_body (zoning, k - 1))) {
      mark->zone = HEDDLE_ZONE_MARKING;
      mark->rule = "marking";
    } else if (k < named || heddle_is_attachment_line (zoning->view->tables, text, length)) {
      mark->zone = HEDDLE_ZONE_ATTACHMENT;
      mark->rule = "names attachments only";
    } else if (*text == '<' && is_placeholder (text, length)) {
      mark->zone = HEDDLE_ZONE_ATTACHMENT;
      mark->rule = "stands for an embedded object";
    } else {
      mark->zone = HEDDLE_ZONE_BODY;
    }
  }
}

/* Where the run that begins at @first ends. A header is never torn out of something. */
static guint
run_end (const HeddleZoning *zoning, guint first)
{
  guint k = first + 1;
  for (; k < zoning->own->len; k++) {
    guint above = g_array_index (zoning->own, guint, k - 1);
    guint gap = g_array_index (zoning->own, guint, k) - above - 1;
    if (gap > RUN_GAP || (gap > 0 && zoning->marks[above + 1].zone == HEDDLE_ZONE_HEADER))
      break;
  }
  return k;
}

static void
mark_run (HeddleZoning *zoning)
{
  heddle_footers_mark (zoning);
  heddle_contact_mark_box (zoning);
  if (!heddle_signoff_mark (zoning))
    heddle_contact_mark (zoning);
}

void
heddle_zones_mark (const HeddleView *view, const GArray *own, const HeddlePerson *from,
                   HeddleZoneNames *names, HeddleMark *marks)
{
  HeddleZoning zoning
      = { .view = view, .own = own, .marks = marks, .from = from, .names = names };
  guint first_said = own->len, said = 0;
  mark_plain (&zoning);
  mark_list (&zoning);
  for (guint k = 0; k < own->len; k++)
    if (heddle_zoning_is_body (&zoning, k)) {
      first_said = MIN (first_said, k);
      said = k;
    }
  for (zoning.first = 0; zoning.first < own->len; zoning.first = zoning.end) {
    zoning.end = run_end (&zoning, zoning.first);
    zoning.continued = zoning.first > first_said;
    zoning.last = zoning.end > said;
    mark_run (&zoning);
    if (zoning.first <= first_said && first_said < zoning.end)
      heddle_greeting_mark (&zoning);
  }
  g_clear_pointer (&zoning.author, g_ptr_array_unref);
}
