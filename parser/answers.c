/* SPDX-License-Identifier: MIT */
/* answers: what was written into the quotation itself, without a quote's mark around it:
 * "see my answers in red", "my comments are marked [SO]", "look for SO: below".
 *
 * Only where the text above says so: a word for answers (HEDDLE_WORD_ANSWERS) and, on its
 * line or the next, a colour (HEDDLE_WORD_COLOUR) or a mark. Then the lines of the message
 * below that are all of that colour, or begin with that mark, are the answering author's.
 * A colour that all of a quotation has is no mark.
 *
 * Where only the last words of a line have that colour the line is parted before them.
 *
 * Not handled: a line that turns its colour more than once; "in bold", "in italics";
 * styles of a style sheet.
 */
#include "parser/answers.h"

#include "parser/tables.h"

#include <string.h>

#define MARK_BYTES 24 /* of what stands in brackets */
#define INITIALS_MOST 4
#define WRAP_LEAST 60 /* bytes of a line that goes on with the next */
#define ANCESTORS_MOST 4
#define SAYING_MOST 12 /* messages that say such a thing; each has the lines looked through */

typedef struct {
  const HeddleView *view;
  HeddleMark *marks;
  guint base;
  const GPtrArray *messages;
  struct _Said *said; /* by message from base on */
} Answers;

typedef struct _Said {     /* what a message says of its answers */
  guint hues;              /* bits of HeddleHue */
  char mark[MARK_BYTES + 1]; /* with its brackets: "[SO]" */
  gsize length;
} Said;

static HeddleMessage *
message_at (const Answers *answers, int index)
{
  return g_ptr_array_index (answers->messages, index);
}

/* "[SO]", "<SO>", "(SO)": bytes at the beginning of @text that are a mark, or 0. */
static gsize
mark_at (const char *text, gsize length)
{
  const char *opens = "[<({", *closes = "]>)}", *open;
  gsize n = 1;

  if (length < 3 || *text == '\0' || (open = strchr (opens, *text)) == NULL)
    return 0;
  while (n < length && n < MARK_BYTES && (g_ascii_isalpha (text[n]) || (guchar)text[n] >= 0x80
                                          || text[n] == ' ' || text[n] == '.'))
    n++;
  return n > 1 && n < length && n < MARK_BYTES && text[n] == closes[open - opens] ? n + 1 : 0;
}

/* "SO:", "SO>": letters that may be initials; bytes of them, or 0. */
static gsize
initials_at (const char *text, gsize length)
{
  gsize n = 0;

  while (n < length && n < INITIALS_MOST && g_ascii_isupper (text[n]))
    n++;
  return n >= 2 && n < length && (text[n] == ':' || text[n] == '>') ? n : 0;
}

/* The first letters of the words of the author's name; "" when it is not known. */
static void
initials_of (const HeddlePerson *from, char initials[INITIALS_MOST + 1])
{
  gsize n = 0;
  const char *name = from != NULL && from->name != NULL ? from->name : "";

  for (const char *p = name; *p != '\0' && n < INITIALS_MOST; p++)
    if (g_ascii_isalpha (*p) && (p == name || p[-1] == ' ' || p[-1] == '-'))
      initials[n++] = g_ascii_toupper (*p);
  initials[n >= 2 ? n : 0] = '\0';
}

/* Whether a line may be an answer: few mails have one, and only those are looked through. */
static gboolean
is_candidate (const HeddleView *view, guint i)
{
  gsize length;
  const char *text;

  if (heddle_view_line (view, i)->hue != HEDDLE_HUE_NONE)
    return TRUE;
  text = heddle_view_content (view, i, &length);
  return length > 0 && (mark_at (text, length) > 0 || initials_at (text, length) > 0);
}

/* The words of line @i that speak of answers: adds colours and a mark to @said; TRUE if
 * one is a word for answers. */
static gboolean
read_words (const HeddleTables *tables, const char *text, gsize length, Said *said)
{
  const HeddleKinds kinds
      = HEDDLE_WORD_BIT (HEDDLE_WORD_ANSWERS) | HEDDLE_WORD_BIT (HEDDLE_WORD_COLOUR);
  gboolean answers = FALSE, inside = FALSE;

  for (gsize at = 0; at < length; at++) {
    gboolean letter = g_ascii_isalnum (text[at]) || ((guchar)text[at] >= 0x80 && inside);
    const HeddleWord *word = NULL;
    gsize n;

    if (!inside && (heddle_words_kinds_at (tables->words, text + at, length - at) & kinds))
      word = heddle_words_at (tables->words, text + at, length - at, kinds, NULL);
    if (word != NULL && word->kind == HEDDLE_WORD_ANSWERS)
      answers = TRUE;
    else if (word != NULL)
      said->hues |= 1u << word->value;
    else if (said->length == 0 && (n = mark_at (text + at, length - at)) > 0) {
      memcpy (said->mark, text + at, n);
      said->length = n;
    }
    inside = letter && (guchar)text[at] < 0x80;
  }
  return answers;
}

/* The hues that line @i and the one below say answers have: bits. */
static guint
announced_hues (const HeddleTables *tables, const HeddleBody *body, guint i)
{
  Said said = { 0 };
  gboolean answers = FALSE;

  for (guint k = i; k < MIN (i + 2, body->lines->len); k++) {
    const HeddleLine *line = body->lines->pdata[k];
    answers |= read_words (tables, line->content, strlen (line->content), &said);
  }
  return answers ? said.hues : 0;
}

/* What links the words of @line from @at on carry goes to @rest. */
static void
part_links (HeddleLine *line, gsize at, HeddleLine *rest)
{
  for (guint i = 0; line->links != NULL && i < line->links->len; i++) {
    HeddleLink *link = &g_array_index (line->links, HeddleLink, i);

    if (link->end > at)
      heddle_line_add_link (rest, MAX (link->start, at) - at, link->end - at, link->href);
    link->end = MIN (link->end, at);
  }
  while (line->links != NULL && line->links->len > 0
         && g_array_index (line->links, HeddleLink, line->links->len - 1).start >= at)
    g_array_set_size (line->links, line->links->len - 1);
}

/* Take the late words off @line. (transfer full) */
static HeddleLine *
part_line (HeddleLine *line)
{
  HeddleLine *rest = g_new0 (HeddleLine, 1);
  gsize end = line->late;

  rest->text = g_strdup (line->text + line->late);
  rest->content = rest->text;
  rest->depth = line->depth;
  rest->hints = line->hints & HEDDLE_HINT_SIGNATURE;
  rest->hue = line->late_hue;
  part_links (line, line->late, rest);
  while (end > 0 && line->text[end - 1] == ' ')
    end--;
  line->text[end] = '\0';
  line->late_hue = HEDDLE_HUE_NONE;
  return rest;
}

static gboolean
has_late (const HeddleBody *body)
{
  for (guint i = 0; i < body->lines->len; i++)
    if (((const HeddleLine *)body->lines->pdata[i])->late_hue != HEDDLE_HUE_NONE)
      return TRUE;
  return FALSE;
}

void
heddle_answers_part (const HeddleTables *tables, HeddleBody *body)
{
  guint hues = 0;
  gsize n = 0;

  if (!body->html || !has_late (body))
    return;
  g_autofree guint *announced = g_new (guint, body->lines->len);

  for (guint i = 0; i < body->lines->len; i++)
    announced[i] = announced_hues (tables, body, i);
  g_autofree gpointer *lines = g_ptr_array_steal (body->lines, &n);

  for (gsize i = 0; i < n; i++) {
    HeddleLine *line = lines[i];
    gboolean parts = line->late_hue != HEDDLE_HUE_NONE && (hues & (1u << line->late_hue))
                     && line->content == line->text && line->late > 0;

    hues |= announced[i];
    g_ptr_array_add (body->lines, line);
    if (parts)
      g_ptr_array_add (body->lines, part_line (line));
  }
}

/* Where the author's initials stand in @text by themselves, they are the mark. */
static void
read_initials (const HeddlePerson *from, const char *text, gsize length, Said *said)
{
  char initials[INITIALS_MOST + 1];
  gsize n;

  initials_of (from, initials);
  n = strlen (initials);
  for (gsize at = 0; n > 0 && said->length == 0 && at + n <= length; at++)
    if (memcmp (text + at, initials, n) == 0 && (at == 0 || !g_ascii_isalnum (text[at - 1]))
        && (at + n == length || !g_ascii_isalnum (text[at + n]))) {
      memcpy (said->mark, initials, n);
      said->length = n;
    }
}

/* What each message says, from its lines; those side by side belong together. */
static gboolean
read_said (Answers *answers)
{
  const HeddleView *view = answers->view;
  gboolean any = FALSE, spoke = FALSE; /* line above has a word for answers */
  Said held = { 0 };                   /* what it says beside */
  int of = -1;

  for (guint i = 0; i < view->lines->len; i++) {
    int message = answers->marks[i].zone == HEDDLE_ZONE_BODY ? answers->marks[i].message : -1;
    Said here = { 0 }, *said;
    gsize length;
    const char *text;
    gboolean now;

    if (message < (int)answers->base || message_at (answers, message)->parent < 0) {
      of = -1;
      continue;
    }
    if (message != of)
      spoke = FALSE, held = (Said){ 0 };
    of = message;
    text = heddle_view_content (view, i, &length);
    now = read_words (view->tables, text, length, &here);
    if (now)
      read_initials (message_at (answers, message)->from, text, length, &here);
    said = &answers->said[message - (int)answers->base];
    if (now || spoke) {
      const Said *from[] = { &here, now ? &held : &here };

      for (int k = 0; k < 2; k++) {
        said->hues |= from[k]->hues;
        if (said->length == 0 && from[k]->length > 0) {
          memcpy (said->mark, from[k]->mark, sizeof said->mark);
          said->length = from[k]->length;
        }
      }
      any |= said->hues != 0 || said->length > 0;
    }
    spoke = now;
    held = here;
  }
  return any;
}

static gboolean
begins_with_mark (const Said *said, const char *text, gsize length)
{
  gsize n = said->length;

  if (n == 0 || length <= n)
    return FALSE;
  if (!g_ascii_isupper (said->mark[0]))
    return memcmp (text, said->mark, n) == 0;
  if (initials_at (text, length) == n) /* initials, in brackets or not */
    return memcmp (text, said->mark, n) == 0;
  return mark_at (text, length) == n + 2 && memcmp (text + 1, said->mark, n) == 0;
}

static gboolean
is_coloured (const Said *said, const HeddleLine *line)
{
  return line->hue != HEDDLE_HUE_NONE && (said->hues & (1u << line->hue)) != 0;
}

/* Whether the line behind @i goes on with it: of one paragraph where @whole, else only
 * where wrapping broke it. */
static gboolean
goes_on (const Answers *answers, guint i, gboolean whole)
{
  if (i + 1 >= answers->view->lines->len || heddle_view_blank (answers->view, i + 1)
      || answers->marks[i + 1].zone != HEDDLE_ZONE_BODY
      || answers->marks[i + 1].message != answers->marks[i].message)
    return FALSE;
  gsize length;
  const char *text = heddle_view_content (answers->view, i, &length);

  return whole || (length >= WRAP_LEAST && strchr (".?!:;", text[length - 1]) == NULL);
}

/* Gives the lines of @quoted that @said describes to @author, or only counts them if @dry.
 * @ret_others: how many lines are left to the quoted one. */
static guint
take (Answers *answers, const Said *said, int quoted, int author, gboolean dry, guint *ret_others)
{
  const HeddleView *view = answers->view;
  guint taken = 0, others = 0;

  for (guint i = 0; i < view->lines->len; i++) {
    gboolean first = i == 0 || heddle_view_blank (view, i - 1), go = FALSE;
    gsize length;
    const char *text;

    if (answers->marks[i].message != quoted || answers->marks[i].zone != HEDDLE_ZONE_BODY)
      continue;
    text = heddle_view_content (view, i, &length);
    if (!is_coloured (said, heddle_view_line (view, i))
        && !(go = begins_with_mark (said, text, length))) {
      others++;
      continue;
    }
    for (;; i++) {
      gboolean more = go && goes_on (answers, i, first);
      gsize n;
      const char *next = more ? heddle_view_content (view, i + 1, &n) : NULL;

      taken++;
      if (!dry)
        answers->marks[i] = (HeddleMark){ .zone = HEDDLE_ZONE_BODY,
                                          .message = author,
                                          .rule = "answer within a quotation, as announced" };
      if (next == NULL || begins_with_mark (said, next, n))
        break;
    }
  }
  *ret_others = others;
  return taken;
}

/* The messages that @author answers, up to one that says the same of its own answers. */
static void
take_all (Answers *answers, int author)
{
  const Said *said = &answers->said[author - (int)answers->base];
  int quoted = message_at (answers, author)->parent;

  for (int n = 0; quoted > author && n < ANCESTORS_MOST; n++) {
    const Said *theirs = &answers->said[quoted - (int)answers->base];
    guint others;

    if (take (answers, said, quoted, author, TRUE, &others) > 0 && others > 0)
      take (answers, said, quoted, author, FALSE, &others);
    if ((theirs->hues & said->hues)
        || (said->length > 0 && theirs->length == said->length
            && memcmp (theirs->mark, said->mark, said->length) == 0))
      return;
    quoted = message_at (answers, quoted)->parent;
  }
}

void
heddle_answers_give (const HeddleView *view, HeddleMark *marks, guint base,
                     const GPtrArray *messages)
{
  Answers answers = { view, marks, base, messages, NULL };
  gboolean any = FALSE;

  if (messages->len - base < 2)
    return;
  for (guint i = 0; i < view->lines->len && !any; i++)
    any = marks[i].message > (int)base && is_candidate (view, i);
  if (!any)
    return;
  g_autofree Said *said = answers.said = g_new0 (Said, messages->len - base);
  if (!read_said (&answers))
    return;
  for (guint m = base, saying = 0; m < messages->len && saying < SAYING_MOST; m++)
    if (said[m - base].hues != 0 || said[m - base].length > 0) {
      take_all (&answers, (int)m);
      saying++;
    }
}
