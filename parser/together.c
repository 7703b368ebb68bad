/* SPDX-License-Identifier: MIT */
/* together: a boundary whose lines were run together into one, as web forms and ticket
 * systems store a mail: "I will. -----Original Message----- From: a Sent: b To: c Subject: d
 * text"; Samsung's telephones write them so: "-------- Original message --------From: a Date: b
 * To: c Subject: d". The line is parted, so that what finds boundaries finds this one.
 *
 * Where a field ends is certain at the next label. The last field is the hard one: a
 * subject ends where the mail's own does, or, with text on lines below, at the end of
 * the line; an address or a date ends by itself. A subject whose end is not certain is
 * left to the text.
 *
 * Without a banner text may stand before the fields too, where all four of them follow: such
 * a line is no prose.
 *
 * Linear: only long lines are looked at, each label once; PARTS_MOST bounds the lines made.
 *
 * What a mailer wrapped again is joined where a banner shares its line with the first field.
 *
 * Not handled: such lines without a banner.
 */
#include "parser/together.h"

#include "parser/when.h"

#include <string.h>

#define LINE_LEAST 72 /* bytes of a line that a banner and three fields make */
#define FIELDS_MOST 8
#define FIELDS_BYTES 1500 /* from the first label to the last */
#define SUBJECT_BYTES 120
#define PREFIX_BYTES 16 /* "Re: " */
#define PARTS_MOST 256
#define WRAPPED_LEAST 24 /* bytes of a banner and a label */
#define WRAPPED_MOST 12  /* lines of one that was wrapped */
#define JOINS_MOST 64
#define TEXT_BYTES 4000 /* before fields without a banner */

typedef struct {
  const HeddleTables *tables;
  HeddleBody *body;
  const char *subject; /* (nullable) the mail's, without "Re:" */
  guint made;
  guint joins; /* that were tried */
} Together;

typedef struct { /* places in the content of a line */
  gsize banner;      /* where the banner begins; the same as fields without one */
  gsize fields;      /* the first label */
  gsize starts[FIELDS_MOST];
  int kinds[FIELDS_MOST];
  guint n;
  gsize values[FIELDS_MOST];
  gsize end;     /* of the fields */
  gboolean lost; /* the subject's end is not certain: it is text */
} Found;

static gsize
skip_blanks (const char *text, gsize at)
{
  while (text[at] == ' ' || text[at] == '\t')
    at++;
  return at;
}

/* Behind "-----Original Message-----" at @at; 0 when it is none. */
static gsize
behind_banner (const HeddleTables *tables, const char *text, gsize length, gsize at)
{
  const HeddleKinds kinds
      = HEDDLE_WORD_BIT (HEDDLE_WORD_ORIGINAL) | HEDDLE_WORD_BIT (HEDDLE_WORD_FORWARDED);
  gsize dashes = strspn (text + at, "-"), n;

  at = skip_blanks (text, at + dashes);
  if (dashes < 3 || heddle_words_at (tables->words, text + at, length - at, kinds, &n) == NULL)
    return 0;
  at = skip_blanks (text, at + n);
  dashes = strspn (text + at, "-");
  return dashes < 3 ? 0 : skip_blanks (text, at + dashes);
}

/* All labels from @found->fields on, up to a subject's; behind a banner who wrote and when
 * suffices. */
static gboolean
read_fields (const HeddleTables *tables, const char *text, gsize length, Found *found)
{
  guint seen = 0;
  gsize most = MIN (length, found->fields + FIELDS_BYTES), value;

  for (gsize at = found->fields; at < most && found->n < FIELDS_MOST; at++) {
    int kind;

    /* Yahoo leaves no blank either: "GMT+1Subject:", "ESTSubject:"; not "[mailto:". */
    gboolean glued = found->fields > found->banner && g_ascii_isupper (text[at])
                     && !g_ascii_islower (text[at - 1]);
    if (at > found->fields && text[at - 1] != ' ' && !glued)
      continue;
    if (!g_ascii_isalpha (text[at]) && (guchar)text[at] < 0x80 && text[at] != '*')
      continue;
    kind = heddle_label_at (tables, text + at, length - at, &value);
    if (at == found->fields && kind != HEDDLE_WORD_FROM)
      return FALSE;
    if (kind < 0 || kind > HEDDLE_WORD_DATE || (seen & (1u << kind)))
      continue;
    seen |= 1u << kind;
    found->starts[found->n] = at;
    found->kinds[found->n] = kind;
    found->values[found->n++] = at + value;
    if (kind == HEDDLE_WORD_SUBJECT)
      break;
    at += MAX (value, 1) - 1;
  }
  return (seen & (1u << HEDDLE_WORD_DATE))
         && (found->fields > found->banner
             || (seen & (1u << HEDDLE_WORD_TO | 1u << HEDDLE_WORD_SUBJECT)));
}

/* Behind the addresses at @at; 0 when their end is not certain. */
static gsize
end_of_addresses (const char *text, gsize length, gsize at)
{
  for (;;) {
    const char *close = memchr (text + at, '>', length - at);
    gsize next;

    if (close == NULL)
      return 0;
    at = (gsize)(close + 1 - text);
    next = skip_blanks (text, at);
    if (text[next] != ';' && text[next] != ',')
      return at;
    at = next + 1;
  }
}

static gsize
end_of_date (const HeddleTables *tables, const char *text, gsize length, gsize at)
{
  HeddleDate *date = NULL;
  gsize n = heddle_when_read (tables, text + at, length - at, &date);

  heddle_date_free (date);
  return n > 0 ? at + n : 0;
}

/* Behind the subject at @at, by the mail's own; 0 when it is another. */
static gsize
end_of_known_subject (const Together *together, const char *text, gsize length, gsize at)
{
  gsize n = together->subject != NULL ? strlen (together->subject) : 0;

  for (gsize p = at; n > 0 && p + n <= length && p <= at + PREFIX_BYTES; p++)
    if (memcmp (text + p, together->subject, n) == 0
        && (text[p + n] == ' ' || text[p + n] == '\0'))
      return p + n;
  return 0;
}

/* Sets where the fields end; FALSE when it is not certain. @below: more text follows on
 * the lines below. */
static gboolean
find_end (const Together *together, const char *text, gsize length, gboolean below, Found *found)
{
  gsize at = skip_blanks (text, found->values[found->n - 1]);

  switch (found->kinds[found->n - 1]) {
  case HEDDLE_WORD_SUBJECT:
    found->end = end_of_known_subject (together, text, length, at);
    if (found->end == 0 && below && length - at <= SUBJECT_BYTES
        && strstr (text + at, ". ") == NULL)
      found->end = length;
    found->lost = found->end == 0;
    if (found->lost)
      found->end = found->starts[--found->n];
    return TRUE;
  case HEDDLE_WORD_DATE:
    found->end = end_of_date (together->tables, text, length, at);
    return found->end > 0;
  default:
    found->end = end_of_addresses (text, length, at);
    return found->end > 0;
  }
}

/* The bytes before the first label, where fields without a banner follow text; 0 for none.
 * Three colons at least, each with a blank behind it. */
static gsize
text_before_fields (const Together *together, const char *text, gsize length, Found *found)
{
  const guint wanted = 1u << HEDDLE_WORD_FROM | 1u << HEDDLE_WORD_TO | 1u << HEDDLE_WORD_DATE
                       | 1u << HEDDLE_WORD_SUBJECT;
  guint colons = 0, tried = 0;

  for (const char *p = text; colons < 4 && (p = strstr (p, ": ")) != NULL; p++)
    colons++;
  for (gsize at = 1; colons == 4 && at < MIN (length, TEXT_BYTES) && tried < FIELDS_MOST; at++) {
    gsize value;
    guint seen = 0;

    if (text[at - 1] != ' ' || text[at] == ' '
        || heddle_label_at (together->tables, text + at, length - at, &value) != HEDDLE_WORD_FROM)
      continue;
    tried++;
    *found = (Found){ .banner = at, .fields = at };
    if (!read_fields (together->tables, text, length, found))
      continue;
    for (guint k = 0; k < found->n; k++)
      if (found->kinds[k] != HEDDLE_WORD_DATE
          || end_of_date (together->tables, text, length, skip_blanks (text, found->values[k])) > 0)
        seen |= 1u << found->kinds[k];
    if ((seen & wanted) == wanted)
      return at;
  }
  return 0;
}

static gboolean
find_fields (const Together *together, const char *text, gsize length, gboolean below,
             Found *found)
{
  *found = (Found){ 0 };
  if (strncmp (text, "---", 3) != 0 && read_fields (together->tables, text, length, found))
    return find_end (together, text, length, below, found);
  for (const char *dash = text; (dash = strstr (dash, "---")) != NULL;
       dash += strspn (dash, "-")) {
    *found = (Found){ .banner = (gsize)(dash - text) };
    found->fields = behind_banner (together->tables, text, length, found->banner);
    if (found->fields > 0 && read_fields (together->tables, text, length, found))
      return find_end (together, text, length, below, found);
  }
  return text_before_fields (together, text, length, found) > 0
         && find_end (together, text, length, below, found);
}

/* --- parting ------------------------------------------------------------------------------- */

/* A line of the bytes from @start to @end of the content of @whole. */
static HeddleLine *
piece (const HeddleLine *whole, gsize start, gsize end)
{
  HeddleLine *line = g_new0 (HeddleLine, 1);

  while (end > start && whole->content[end - 1] == ' ')
    end--;
  line->text = g_strndup (whole->content + start, end - start);
  line->content = line->text;
  line->depth = whole->depth;
  for (guint i = 0; whole->links != NULL && i < whole->links->len; i++) {
    const HeddleLink *link = &g_array_index (whole->links, HeddleLink, i);

    if (link->start >= start && link->end <= end)
      heddle_line_add_link (line, link->start - start, link->end - start, link->href);
  }
  return line;
}

/* Puts the parts in place of line @i; returns the index of the last one. */
static guint
part_line (Together *together, guint i, const Found *found)
{
  GPtrArray *lines = together->body->lines;
  HeddleLine *whole = g_ptr_array_index (lines, i);
  gsize length = strlen (whole->content);
  gsize rest = skip_blanks (whole->content, found->end);
  guint at = i;

  if (found->banner > 0)
    g_ptr_array_insert (lines, (int)++at, piece (whole, 0, found->banner));
  if (found->fields > found->banner)
    g_ptr_array_insert (lines, (int)++at, piece (whole, found->banner, found->fields));
  for (guint k = 0; k < found->n; k++)
    g_ptr_array_insert (lines, (int)++at,
                        piece (whole, found->starts[k],
                               k + 1 < found->n ? found->starts[k + 1] : found->end));
  if (rest < length) {
    HeddleLine *text = piece (whole, rest, length);

    if (found->lost) /* the label, and what it labels */
      text->content += found->values[found->n] - found->starts[found->n];
    while (*text->content == ' ')
      text->content++;
    g_ptr_array_insert (lines, (int)++at, piece (whole, rest, rest));
    g_ptr_array_insert (lines, (int)++at, text);
  }
  const HeddleLine *next = at + 1 < lines->len ? g_ptr_array_index (lines, at + 1) : NULL;
  if (rest >= length && next != NULL && *next->content == ' ') /* it is no folded subject */
    g_ptr_array_insert (lines, (int)++at, piece (whole, length, length));
  together->made += at - i;
  g_ptr_array_remove_index (lines, i);
  return at - 1;
}

/* --- wrapped again ---------------------------------------------------------------------- */

/* Whether the first field stands behind a banner on one line, which nobody writes by hand. */
static gboolean
begins_behind_banner (const HeddleTables *tables, const char *text)
{
  gsize length = strlen (text), value;

  for (const char *dash = text; (dash = strstr (dash, "---")) != NULL;
       dash += strspn (dash, "-")) {
    gsize at = behind_banner (tables, text, length, (gsize)(dash - text));
    if (at > 0 && heddle_label_at (tables, text + at, length - at, &value) == HEDDLE_WORD_FROM)
      return TRUE;
  }
  return FALSE;
}

/* Whether line @k of a paragraph goes on: the next one's first word found no room in the
 * width of @longest. */
static gboolean
goes_on (const HeddleBody *body, guint k, gsize longest)
{
  const HeddleLine *line = g_ptr_array_index (body->lines, k);
  const HeddleLine *next = g_ptr_array_index (body->lines, k + 1);

  return strlen (line->content) + strcspn (next->content, " ") >= longest;
}

/* The line that a mailer wrapped, from line @i on, is one again if that shows its fields. */
static void
join_wrapped (Together *together, guint i)
{
  GPtrArray *lines = together->body->lines;
  const HeddleLine *first = g_ptr_array_index (lines, i);
  g_autoptr (GString) whole = g_string_new (first->content);
  gsize longest = whole->len;
  Found found = { 0 };
  guint k = i;

  for (; k + 1 < lines->len && k - i < WRAPPED_MOST && whole->len < FIELDS_BYTES; k++) {
    const HeddleLine *next = g_ptr_array_index (lines, k + 1);
    if (*next->content == '\0' || next->depth != first->depth || next->links != NULL)
      break;
    gboolean subject = find_fields (together, whole->str, whole->len, TRUE, &found)
                       && found.kinds[found.n - (found.lost ? 0 : 1)] == HEDDLE_WORD_SUBJECT;
    if (subject && (k == i || !goes_on (together->body, k, longest)))
      break;
    g_string_append_printf (whole, "%s%s", whole->str[whole->len - 1] == ' ' ? "" : " ",
                            next->content);
    longest = MAX (longest, strlen (next->content));
  }
  if (k == i || !find_fields (together, whole->str, whole->len, k + 1 < lines->len, &found))
    return;
  HeddleLine *line = g_new0 (HeddleLine, 1);
  line->depth = first->depth;
  line->content = line->text = g_string_free (g_steal_pointer (&whole), FALSE);
  g_ptr_array_remove_range (lines, i, k - i + 1);
  g_ptr_array_insert (lines, (int)i, line);
}

gboolean
heddle_together_part (const HeddleTables *tables, HeddleBody *body, const char *subject)
{
  g_autofree char *base = heddle_subject_base (subject);
  Together together = { tables, body, base, 0, 0 };

  for (guint i = 0; i < body->lines->len && together.made < PARTS_MOST; i++) {
    const HeddleLine *line = g_ptr_array_index (body->lines, i);
    Found found;

    if (line->links == NULL && together.joins < JOINS_MOST && strnlen (line->content, WRAPPED_LEAST) == WRAPPED_LEAST
        && begins_behind_banner (tables, line->content)) {
      together.joins++;
      join_wrapped (&together, i);
      line = g_ptr_array_index (body->lines, i);
    }
    if (strnlen (line->content, LINE_LEAST) < LINE_LEAST)
      continue;
    if (find_fields (&together, line->content, strlen (line->content), i + 1 < body->lines->len,
                     &found)) {
      i = part_line (&together, i, &found);
      i--; /* the rest may hold another one; it is not the first line */
    }
  }
  return together.made > 0;
}
