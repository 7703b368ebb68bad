/* SPDX-License-Identifier: MIT */
/* banner: "-----Original Message-----", "---------- Forwarded message ---------",
 * "Begin forwarded message:", Notes' "---- Forwarded by X on DATE ----", "---- Message from
 * X on DATE ----" and "-----X wrote: -----". What was run together with its fields on one
 * line, together.c has parted before.
 *
 * A banner announces a message even where no header block follows it. The words
 * come from the languages' tables; the dashes around them tell a banner from a
 * sentence. Which client writes which one: Outlook writes five dashes close to
 * the words, Gmail ten and nine and blanks, Mozilla eight and blanks, Notes twenty
 * and more.
 */
#include "parser/boundary.h"
#include "parser/style.h"

#include <string.h>

#define NAMES_AUTHOR 1  /* a row's value: what follows is who wrote and when */
#define LONE_WORD 1     /* of ORIGINAL: a word that stands between dashes elsewhere too */
#define LONE_DASHES 10  /* which have to be so many */
#define WROTE_LEAST 16  /* bytes of "-----PERSON wrote: -----" */
#define BANNER_MOST 300 /* bytes of a banner, its second line included */
#define ROW_LEAST 10    /* dashes of a row that a mailer may have wrapped */

static gboolean
is_dash (gunichar c)
{
  return c == '-' || c == '_' || c == '=' || c == '*' || c == '~' || c == '#' ||
         (c >= 0x2010 && c <= 0x2015) || c == 0x2500;
}

/* Dashes at the beginning of @text, blanks among them skipped: their number;
 * @ret_at gets where they end. */
static guint
dashes_at (const char *text, const char *end, const char **ret_at)
{
  guint n = 0;
  const char *p = text;
  while (p < end) {
    gunichar c = g_utf8_get_char (p);
    if (is_dash (c))
      n++;
    else if (c != ' ' && c != '\t')
      break;
    p = g_utf8_next_char (p);
  }
  *ret_at = p;
  return n;
}

static guint
dashes_before (const char *start, const char *end)
{
  guint n = 0;
  while (end > start) {
    const char *prev = g_utf8_prev_char (end);
    gunichar c = g_utf8_get_char (prev);
    if (is_dash (c))
      n++;
    else if (c != ' ' && c != ':' && c != '\t')
      break;
    end = prev;
  }
  return n;
}

/* Between dashes and without them some languages have the same words. */
static const HeddleWord *
banner_word (const HeddleTables *tables, const char *text, gsize length, gboolean dashes,
             gsize *ret_length)
{
  const HeddleKinds begin = HEDDLE_WORD_BIT (HEDDLE_WORD_BEGIN_FORWARD);
  const HeddleKinds others
      = HEDDLE_WORD_BIT (HEDDLE_WORD_ORIGINAL) | HEDDLE_WORD_BIT (HEDDLE_WORD_FORWARDED);
  const HeddleWord *word
      = heddle_words_at (tables->words, text, length, dashes ? others : begin, ret_length);

  return word != NULL
             ? word
             : heddle_words_at (tables->words, text, length, dashes ? begin : others, ret_length);
}

/* Notes writes "Forwarded by PERSON on DATE" between the dashes, and a mailer may
 * have wrapped it: the line on which the dashes end, or -1. */
static int
end_of_by (const HeddleView *view, guint i, const char *rest, const char *end)
{
  if (end > rest && dashes_before (rest, end) >= 2)
    return (int) i;
  for (guint k = 1; k <= 2 && i + k < view->lines->len; k++) {
    gsize length;
    const char *text = heddle_view_content (view, i + k, &length);
    if (length == 0 || length > BANNER_MOST)
      return -1;
    if (dashes_before (text, text + length) >= 2)
      return (int) (i + k);
  }
  return -1;
}

/* The author and the date that "Message from PERSON on DATE" names between the dashes. */
static gboolean
read_author (const HeddleView *view, HeddleBoundary *banner, const char *rest)
{
  g_autoptr (GString) text = g_string_new (rest);
  gsize length;
  for (guint k = banner->first + 1; k <= banner->last; k++) {
    const char *line = heddle_view_content (view, k, &length);
    g_string_append_c (text, ' ');
    g_string_append_len (text, line, (gssize) length);
  }
  length = text->len;
  while (length > 0 && strchr ("-_= \t", text->str[length - 1]) != NULL)
    length--;
  const char *start = text->str + strspn (text->str, " \t");
  return heddle_notes_divide (view->tables, start, length - (gsize) (start - text->str),
                              &banner->from, &banner->date);
}

/* Notes' "-----Ana Ruiz/HELP/ORG wrote: -----": who wrote, and the banner's last line. */
static HeddlePerson *
wrote_at (const HeddleView *view, guint i, guint *ret_last)
{
  gsize length, covered;
  const char *text = heddle_view_content (view, i, &length), *at, *colon;
  if (length < WROTE_LEAST || memcmp (text, "----", 4) != 0)
    return NULL;
  const char *end = text + length;
  dashes_at (text, end, &at);
  colon = g_strrstr_len (at, end - at, ":");
  if (colon == NULL || colon == at)
    return NULL;
  *ret_last = i;
  if (dashes_before (colon, end) < 4) { /* wrapped before the last dashes */
    const char *below = i + 1 < view->lines->len ? heddle_view_content (view, ++*ret_last, &length)
                                                 : "";
    if (colon + 1 != end || strspn (below, "-") < 4 || strspn (below, "- ") < length)
      return NULL;
  }
  const char *verb_end = colon > at && colon[-1] == ' ' ? colon - 1 : colon;
  for (const char *p = verb_end; p > at; p--)
    if (p[-1] == ' '
        && heddle_words_at (view->tables->words, p, (gsize) (verb_end - p),
                            HEDDLE_WORD_BIT (HEDDLE_WORD_WROTE), &covered)
               != NULL
        && p + covered == verb_end)
      return heddle_person_read (view->tables, at, (gsize) (p - at));
  return NULL;
}

/* Who wrote and no more, unless a block follows. */
static HeddleBoundary *
wrote_banner (const HeddleView *view, guint i)
{
  guint last = i;
  g_autoptr (HeddlePerson) person = wrote_at (view, i, &last);
  /* "----- what I wrote: -----" */
  if (person == NULL
      || (person->address == NULL && person->name != NULL
          && (strlen (person->name) < 2 || g_unichar_islower (g_utf8_get_char (person->name)))))
    return NULL;
  HeddleBoundary *banner = heddle_boundary_new (i, last, "lotus", "banner");
  g_strlcpy (banner->shape, "dPvd:", sizeof banner->shape);
  banner->depth = heddle_view_line (view, i)->depth;
  banner->block = TRUE;
  banner->from = g_steal_pointer (&person);
  return banner;
}

static gboolean
is_bare (const char *rest, const char *end)
{
  for (const char *p = rest; p < end; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (!is_dash (c) && c != ' ' && c != '\t' && c != ':')
      return FALSE;
  }
  return TRUE;
}

/* "Forwarded message:" without dashes, as MailMate writes it above quoted fields. */
static gboolean
is_plain_above_fields (const HeddleView *view, guint i, const HeddleWord *word, guint leading,
                       const char *end)
{
  gsize length, value;
  guint next = heddle_view_next (view, i + 1, 2);
  if (word->kind != HEDDLE_WORD_FORWARDED || leading > 0 || end[-1] != ':'
      || next >= view->lines->len
      || heddle_view_line (view, next)->depth <= heddle_view_line (view, i)->depth)
    return FALSE;
  const char *text = heddle_view_content (view, next, &length);
  return heddle_label_at (view->tables, text, length, &value) == HEDDLE_WORD_FROM;
}

/* Whether the row behind the words, being long, was wrapped to a line of its own. */
static gboolean
row_below (const HeddleView *view, guint i)
{
  gsize length;
  if (i + 1 >= view->lines->len)
    return FALSE;
  const char *text = heddle_view_content (view, i + 1, &length), *at;
  return length > 0 && dashes_at (text, text + length, &at) >= ROW_LEAST && at == text + length;
}

/* The dashes around the words @word and what else may stand with them: the banner's last
 * line, or -1. */
static int
last_line (const HeddleView *view, guint i, const HeddleWord *word, guint leading,
           const char *rest)
{
  gsize length;
  const char *text = heddle_view_content (view, i, &length), *end = text + length;
  gboolean bare = is_bare (rest, end);
  if (word->kind == HEDDLE_WORD_BEGIN_FORWARD) /* between dashes too: Zammad, Gnus */
    return !bare ? -1
           : end[-1] == ':' || (leading >= 2 && dashes_before (rest, end) >= 2) ? (int) i
           : leading >= ROW_LEAST && rest == end && row_below (view, i)         ? (int) i + 1
                                                                        : -1;
  if (word->kind == HEDDLE_WORD_ORIGINAL && word->value == LONE_WORD && leading < LONE_DASHES)
    return -1;
  if (!bare && word->kind == HEDDLE_WORD_FORWARDED && leading >= 2)
    return end_of_by (view, i, rest, end);
  if (bare && leading >= 2 && dashes_before (rest, end) >= 2)
    return (int) i;
  if (bare && leading >= ROW_LEAST && rest == end && row_below (view, i))
    return (int) i + 1;
  return bare && is_plain_above_fields (view, i, word, leading, end) ? (int) i : -1;
}

HeddleBoundary *
heddle_banner_at (const HeddleView *view, guint i)
{
  gsize length, covered = 0;
  const char *text = heddle_view_content (view, i, &length), *at;
  const char *end = text + length;
  if (length == 0 || length > BANNER_MOST)
    return NULL;
  guint leading = dashes_at (text, end, &at);
  const HeddleWord *word = banner_word (view->tables, at, (gsize) (end - at), leading > 0,
                                        &covered);
  if (word == NULL)
    return wrote_banner (view, i);
  const char *rest = at + covered;
  int last = last_line (view, i, word, leading, rest);
  if (last < 0)
    return NULL;
  gboolean by = word->kind == HEDDLE_WORD_FORWARDED && leading >= 2
                && !is_bare (rest, end);
  gboolean spaced = at > text && at[-1] == ' ';
  g_autoptr (HeddleBoundary) banner = heddle_boundary_new (i, (guint) last, "unknown", "banner");
  heddle_style_banner (word, *text, leading, spaced, by, banner->shape);
  banner->style = heddle_style_find (banner->shape);
  banner->depth = heddle_view_line (view, i)->depth;
  banner->block = TRUE;
  if (by && word->value == NAMES_AUTHOR && !read_author (view, banner, rest))
    return NULL;
  /* Mozilla writes "Original Message" with eight dashes where it forwards. */
  banner->original = word->kind == HEDDLE_WORD_ORIGINAL;
  banner->forward = (word->kind != HEDDLE_WORD_ORIGINAL && word->value != NAMES_AUTHOR)
                    || heddle_style_forwards (banner->shape);
  return g_steal_pointer (&banner);
}
