/* SPDX-License-Identifier: MIT */
/* fields: see fields.h.
 *
 * Each unlabelled line is asked once whether it goes on with the field above it; a look
 * ahead for the next label is remembered, so that a block costs its own length and a
 * bounded number of lines behind it.
 */
#include "parser/fields.h"
#include "parser/redaction.h"

#include <string.h>

#define BLOCK_MOST 80   /* lines of a block */
#define INLINE_MOST 12  /* lines of one that begins within a line, and was wrapped */
#define LABEL_MOST 40   /* bytes of a label */
#define VALUE_MOST 8192 /* bytes of one field's value, the rest is passed over */
#define WRAP_LEAST 60   /* mailers wrap text behind this many characters of a line */
#define WRAP_MOST 80    /* and before these */
#define SUBJECT_LINES 3 /* that a subject goes on for */
#define LINE_MOST 200   /* bytes of a line that goes on with people */
#define GAP_MOST 4      /* blank lines before the rest of a field */
#define PARAGRAPHS 3    /* blank lines between two paragraphs, and marks alone on one */

#define LABELS                                                                                    \
  (HEDDLE_WORD_BIT (HEDDLE_WORD_FROM) | HEDDLE_WORD_BIT (HEDDLE_WORD_TO)                          \
   | HEDDLE_WORD_BIT (HEDDLE_WORD_CC) | HEDDLE_WORD_BIT (HEDDLE_WORD_BCC)                         \
   | HEDDLE_WORD_BIT (HEDDLE_WORD_SUBJECT) | HEDDLE_WORD_BIT (HEDDLE_WORD_DATE)                   \
   | HEDDLE_WORD_BIT (HEDDLE_WORD_REPLY_TO) | HEDDLE_WORD_BIT (HEDDLE_WORD_FIELD_ELSE))

/* Those that may stand behind another field on its line. */
#define INNER                                                                                     \
  (HEDDLE_WORD_BIT (HEDDLE_WORD_TO) | HEDDLE_WORD_BIT (HEDDLE_WORD_CC)                            \
   | HEDDLE_WORD_BIT (HEDDLE_WORD_BCC) | HEDDLE_WORD_BIT (HEDDLE_WORD_DATE)                       \
   | HEDDLE_WORD_BIT (HEDDLE_WORD_SUBJECT))

void
heddle_fields_clear (HeddleFields *fields)
{
  for (guint i = 0; i < HEDDLE_N_WORDS; i++)
    if (fields->values[i] != NULL)
      g_string_free (fields->values[i], TRUE);
  for (guint i = 0; i < HEDDLE_N_NAMINGS; i++)
    if (fields->ids[i] != NULL)
      g_string_free (fields->ids[i], TRUE);
}

static gboolean
is_star (char c)
{
  return c == '*' || c == '_' || c == ' ' || c == '\t';
}

static HeddleNaming
naming_of (const char *text, gsize length)
{
  static const char *const names[HEDDLE_N_NAMINGS]
      = { NULL, "message-id:", "in-reply-to:", "references:" };
  gsize at = 0;

  while (at < length && is_star (text[at]))
    at++;
  for (HeddleNaming i = HEDDLE_NAMING_SELF; i < HEDDLE_N_NAMINGS; i++)
    if (length - at >= strlen (names[i])
        && g_ascii_strncasecmp (text + at, names[i], strlen (names[i])) == 0)
      return i;
  return HEDDLE_NAMING_NONE;
}

static gboolean
is_gap (char c)
{
  return c == ' ' || c == '\t';
}

/* Bytes of what may stand around a label: blanks of all kinds, bold stars, marks of the
 * direction of writing; 0 for anything else. */
static gsize
around_at (const char *text, gsize length)
{
  if (length > 0 && is_star (*text))
    return 1;
  if (length < 2 || ((guchar) *text != 0xc2 && (guchar) *text != 0xe2 && (guchar) *text != 0xe3))
    return 0;
  switch (g_utf8_get_char (text)) {
  case 0xa0:
    return 2;
  case 0x200b:
  case 0x200e:
  case 0x200f:
  case 0x202f:
  case 0x3000:
    return 3;
  default:
    return 0;
  }
}

static const HeddleWord *
label_word_at (const HeddleTables *tables, const char *text, gsize length, HeddleKinds kinds,
               gsize *ret_value)
{
  gsize i = 0, covered = 0;
  while (i < length && i < 4 && is_star (text[i]))
    i++;
  const HeddleWord *word
      = heddle_words_at (tables->words, text + i, MIN (length - i, LABEL_MOST), kinds, &covered);
  if (word == NULL)
    return NULL;
  i += covered;
  for (gsize n = 0, bytes; n < 4 && (bytes = around_at (text + i, length - i)) > 0; n++)
    i += bytes;
  if (i < length && text[i] == ':')
    i++;
  else if (length - i >= 3 && memcmp (text + i, "\xef\xbc\x9a", 3) == 0)
    i += 3;
  else
    return NULL;
  for (gsize bytes; (bytes = around_at (text + i, length - i)) > 0;)
    i += bytes;
  if (i + 1 < length && text[i] == '|' && is_gap (text[i + 1])) /* the next cell of a table */
    i += 2;
  *ret_value = i;
  return word;
}

int
heddle_label_at (const HeddleTables *tables, const char *text, gsize length, gsize *ret_value)
{
  const HeddleWord *word = label_word_at (tables, text, length, LABELS, ret_value);
  return word != NULL ? (int) word->kind : -1;
}

gboolean
heddle_fields_is_raw (const char *text, gsize length)
{
  gsize i = 0;
  gboolean hyphen = FALSE;
  if (length == 0 || !g_ascii_isupper (*text))
    return FALSE;
  for (; i < length && i < LABEL_MOST && (g_ascii_isalnum (text[i]) || text[i] == '-'); i++)
    hyphen = hyphen || (text[i] == '-' && g_ascii_isalpha (text[i - 1]));
  if (i + 1 >= length || text[i] != ':' || !is_gap (text[i + 1]))
    return FALSE;
  return hyphen ? text[i - 1] != '-' : i == 8 && memcmp (text, "Received", 8) == 0;
}

/* Whether a line is an address or a withheld one, with or without a name. */
static gboolean
names_somebody (const HeddleView *view, guint i)
{
  gsize length;
  const char *text = heddle_view_content (view, i, &length);
  if (length == 0 || length > LINE_MOST || strchr (".?!:", text[length - 1]) != NULL)
    return FALSE;
  g_autoptr (HeddlePerson) person = heddle_person_read (view->tables, text, length);
  return person != NULL && (person->address != NULL || person->redacted);
}

int
heddle_fields_label (const HeddleView *view, guint i, gsize offset, const char **ret_value,
                     gsize *ret_length)
{
  gsize length, value = 0;
  const char *text = heddle_view_content (view, i, &length);
  text += offset;
  length -= offset;
  int kind = length == 0 ? -1 : heddle_label_at (view->tables, text, length, &value);
  *ret_value = text + value;
  *ret_length = kind < 0 ? length : length - value;
  return kind;
}

static gboolean
has_label (const HeddleView *view, guint i)
{
  const char *value;
  gsize length;
  return heddle_fields_label (view, i, 0, &value, &length) >= 0;
}

static gboolean
is_people (int kind)
{
  return kind == HEDDLE_WORD_TO || kind == HEDDLE_WORD_CC || kind == HEDDLE_WORD_BCC
         || kind == HEDDLE_WORD_FROM;
}

/* Whether a label follows before the next blank line: then all lines up to it are
 * one long field. */
static gboolean
label_ahead (const HeddleView *view, guint i)
{
  guint end = MIN (view->lines->len, i + BLOCK_MOST);
  for (; i < end && !heddle_view_blank (view, i); i++)
    if (has_label (view, i))
      return TRUE;
  return FALSE;
}

/* Whether the first word of line @i had no room on the line above. */
static gboolean
was_wrapped (const HeddleView *view, guint i)
{
  gsize length, word = 0;
  const char *text = heddle_view_content (view, i, &length);
  glong room = g_utf8_strlen (heddle_view_line (view, i - 1)->text, -1); /* with its marks */
  while (word < length && text[word] != ' ')
    word++;
  return room <= WRAP_MOST && room + 1 + g_utf8_strlen (text, (gssize) word) > WRAP_LEAST;
}

/* Whether line @i is the rest of a subject that was wrapped, over a few lines at most,
 * and a label or a blank line follows. */
static gboolean
subject_goes_on (const HeddleView *view, guint i, const GString *value)
{
  gsize length;
  const char *text = heddle_view_content (view, i, &length);
  if (value->len == 0 || text[length - 1] == ',')
    return FALSE;
  for (guint k = i; k < i + SUBJECT_LINES; k++) {
    if (!was_wrapped (view, k))
      return FALSE;
    guint next = heddle_view_next (view, k + 1, 0);
    if (next != k + 1 || has_label (view, next))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_date (const HeddleView *view, const char *text, gsize length)
{
  g_autoptr (HeddleDate) date = NULL;
  return length <= LINE_MOST && heddle_when_read (view->tables, text, length, &date) > 0
         && date != NULL;
}

/* Whether an unlabelled line goes on with the field of @kind above it. */
static gboolean
goes_on (const HeddleView *view, guint i, int kind, const HeddleFields *fields)
{
  const GString *value = fields->values[kind];
  const HeddleLine *line = heddle_view_line (view, i);
  gsize length;
  const char *text = heddle_view_content (view, i, &length);
  if (kind == HEDDLE_WORD_DATE)
    return value->len == 0 && is_date (view, text, length);
  if (is_gap (line->content[0]))
    return TRUE;
  if (kind == HEDDLE_WORD_SUBJECT)
    return value->len == 0 ? fields->below : subject_goes_on (view, i, value);
  if (!is_people (kind) || length > LINE_MOST)
    return FALSE;
  char end = value->len > 0 ? value->str[value->len - 1] : '\0';
  if (end == ',' || end == ';')
    return TRUE;
  if (memchr (text, '@', length) != NULL && text[length - 1] != '.')
    return TRUE;
  /* A withheld or a plain name, with a label right after it. */
  guint next = heddle_view_next (view, i + 1, 2);
  return next < view->lines->len && has_label (view, next);
}

/* Where every line became a paragraph, also the second line of a field did: withheld
 * people or addresses, with a label behind them that the block has not had yet. */
static gboolean
people_go_on (const HeddleView *view, guint i, int kind, const HeddleFields *fields)
{
  gsize length;
  const char *after;
  guint next = heddle_view_next (view, i + 1, PARAGRAPHS);
  if (!is_people (kind) || next >= view->lines->len)
    return FALSE;
  int label = heddle_fields_label (view, next, 0, &after, &length);
  if (label < 0 || label == HEDDLE_WORD_FROM || fields->values[label] != NULL)
    return FALSE;
  return names_somebody (view, i);
}

/* Whether line @i is a field that was blacked out with its label: a label that the block
 * has not had yet follows right below. */
static gboolean
is_withheld_field (const HeddleView *view, guint i, const HeddleFields *fields)
{
  gsize length;
  const char *after, *text = heddle_view_content (view, i, &length);
  if (!heddle_redaction_fills (view->tables, text, length) || i + 1 >= view->lines->len)
    return FALSE;
  int label = heddle_fields_label (view, i + 1, 0, &after, &length);
  return label >= 0 && label != HEDDLE_WORD_FROM && fields->values[label] == NULL;
}

/* Exchange wrote the whole Notes address of the author in brackets behind his name, and
 * mailers broke it off into lines of its own: "[mailto:IMCEANOTES-+22Ana+20Ruiz…]". The
 * last of these lines, or 0. */
static guint
bracket_goes_on (const HeddleView *view, guint i, int kind)
{
  gsize length;
  const char *text = heddle_view_content (view, i, &length);
  if (kind != HEDDLE_WORD_FROM || length < 8
      || (g_ascii_strncasecmp (text, "[mailto:", 8) != 0
          && g_ascii_strncasecmp (text, "<mailto:", 8) != 0))
    return 0;
  char close = text[0] == '[' ? ']' : '>';
  for (guint k = i; k < view->lines->len && k < i + 4; k++) {
    text = heddle_view_content (view, k, &length);
    if (length == 0)
      return 0;
    if (text[length - 1] != close)
      continue;
    guint next = heddle_view_next (view, k + 1, GAP_MOST);
    return next < view->lines->len && has_label (view, next) ? k : 0;
  }
  return 0;
}

/* A wrapped line may have lost its mark, when the block's own lines follow. */
static gboolean
lost_its_mark (const HeddleView *view, guint i, int kind, const HeddleFields *fields)
{
  return kind >= 0 && i == fields->last + 1 && heddle_view_line (view, i)->depth < fields->depth
         && i + 1 < view->lines->len && heddle_view_line (view, i + 1)->depth == fields->depth
         && !has_label (view, i) && goes_on (view, i, kind, fields);
}

static void
append_value (GString *value, const char *text, gsize length)
{
  while (length > 0 && is_gap (text[length - 1]))
    length--;
  if (value->len + length + 1 > VALUE_MOST)
    return;
  if (value->len > 0)
    g_string_append_c (value, ' ');
  g_string_append_len (value, text, (gssize) length);
}

/* Where the label of a field that is not there yet begins within a value, else @length:
 * who made plain text of a table put the fields on one line. */
static gsize
label_within (const HeddleView *view, const HeddleFields *fields, const char *text, gsize length,
              int *ret_kind, gsize *ret_value)
{
  if (memchr (text, ':', length) == NULL)
    return length;
  for (gsize i = 0; i < length; i++) {
    gboolean bracket = i > 0 && text[i - 1] == '('; /* Notes: "cc: Ana Ruiz (bcc: Li Wei)" */
    /* Telephones: "<ana@example.org>Date: … (GMT+02:00)To: …" */
    if (i > 0 && !is_gap (text[i - 1]) && text[i - 1] != '>' && text[i - 1] != ')' && !bracket)
      continue;
    const HeddleWord *word = label_word_at (view->tables, text + i, length - i, INNER, ret_value);
    if (word == NULL || fields->values[word->kind] != NULL
        || (bracket && word->kind != HEDDLE_WORD_BCC))
      continue;
    *ret_kind = (int) word->kind;
    *ret_value += i;
    return bracket ? i - 1 : i;
  }
  return length;
}

/* A part of the value of a field that names messages; of two such fields the first counts. */
static void
take_ids (HeddleFields *fields, const char *text, gsize length)
{
  GString **ids = &fields->ids[fields->naming];
  if (*ids == NULL)
    *ids = g_string_new (NULL);
  append_value (*ids, text, length);
}

/* Take in the value of a field, and the fields behind it on its line. Returns the
 * last field's kind. */
static int
take_value (const HeddleView *view, HeddleFields *fields, int kind, const char *text,
            gsize length)
{
  for (;;) {
    int next = -1;
    gsize value = 0, end = length;
    if (fields->values[kind] == NULL)
      fields->values[kind] = g_string_new (NULL);
    if (is_people (kind) || kind == HEDDLE_WORD_DATE)
      end = label_within (view, fields, text, length, &next, &value);
    append_value (fields->values[kind], text, end);
    if (kind == HEDDLE_WORD_FIELD_ELSE && fields->naming != HEDDLE_NAMING_NONE)
      take_ids (fields, text, end);
    if (next < 0)
      return kind;
    text += value;
    length -= value;
    kind = next;
  }
}

/* The kind of the field that line @i begins, -1 when it begins none. */
static int
field_of_line (const HeddleView *view, guint i, gsize offset, HeddleFields *fields,
               const char **ret_value, gsize *ret_length)
{
  int label = heddle_fields_label (view, i, offset, ret_value, ret_length);
  if (label >= 0 && label != HEDDLE_WORD_FROM && label != HEDDLE_WORD_FIELD_ELSE)
    return label;
  gsize length, value;
  const char *text = heddle_view_content (view, i, &length);
  text += offset;
  length -= offset;
  HeddleNaming naming = naming_of (text, length);
  if (naming != HEDDLE_NAMING_NONE && fields->ids[naming] == NULL)
    fields->naming = naming;
  else if (label >= 0 || heddle_fields_is_raw (text, length))
    fields->naming = HEDDLE_NAMING_NONE;
  if (label == HEDDLE_WORD_FROM) {
    const HeddleWord *word = label_word_at (view->tables, text, length, LABELS, &value);
    fields->author = fields->author || (word != NULL && word->value == 1);
  } else if (heddle_fields_is_raw (text, length)) {
    fields->raw = TRUE;
    return HEDDLE_WORD_FIELD_ELSE;
  }
  return label;
}

void
heddle_fields_gather (const HeddleView *view, guint i, gsize offset, HeddleFields *fields)
{
  int kind = -1;
  guint known = 0; /* up to here lines are known to go on with the field */
  guint end = MIN (view->lines->len, i + (offset > 0 ? INLINE_MOST : BLOCK_MOST));
  fields->first = fields->last = i;
  fields->depth = heddle_view_line (view, i)->depth;
  for (; i < end; i++, offset = 0) {
    const char *value;
    gsize length;
    if (heddle_view_blank (view, i))
      continue;
    gboolean after_gap = i > fields->last + 1;
    if (heddle_view_line (view, i)->depth != fields->depth
        && !lost_its_mark (view, i, kind, fields))
      return;
    int label = field_of_line (view, i, offset, fields, &value, &length);
    if (label >= 0) {
      /* BlackBerry's "Sender:" right below "From:" names the list, or nobody. */
      if (label == HEDDLE_WORD_FROM && kind == label && !after_gap)
        label = HEDDLE_WORD_FIELD_ELSE;
      if (fields->values[label] != NULL && label != HEDDLE_WORD_FIELD_ELSE)
        return;
      /* What travels has no blank lines in its header. */
      if (after_gap && fields->raw && label == HEDDLE_WORD_FIELD_ELSE)
        return;
      kind = label;
      known = 0;
    } else if (kind < 0) {
      return;
    } else if (i > known || after_gap) {
      guint bracket = bracket_goes_on (view, i, kind);
      if (bracket > 0) {
        known = bracket;
      } else if (after_gap) {
        if (!people_go_on (view, i, kind, fields))
          return;
      } else if (kind == HEDDLE_WORD_FIELD_ELSE && fields->raw) {
        known = i;
      } else if (!is_people (kind) && is_withheld_field (view, i, fields)) {
        fields->last = i;
        continue;
      } else if (!goes_on (view, i, kind, fields)) {
        if (!is_people (kind) || !label_ahead (view, i))
          return;
        known = end;
      }
    }
    fields->below = fields->below || (kind == HEDDLE_WORD_DATE && label < 0);
    kind = take_value (view, fields, kind, value, length);
    fields->last = i;
  }
}

/* "Sender:" */
static gboolean
is_trailer_label (const HeddleView *view, const char *text, gsize length)
{
  gsize covered;
  const HeddleWord *word
      = heddle_words_at (view->tables->words, text, MIN (length, LABEL_MOST),
                         HEDDLE_WORD_BIT (HEDDLE_WORD_TRAILER), &covered);
  return word != NULL && word->value == 0 && covered < length && text[covered] == ':';
}

gboolean
heddle_trailer_at (const HeddleView *view, guint i)
{
  gsize length;
  const char *text = heddle_view_content (view, i, &length);
  gboolean second = FALSE;
  if (!is_trailer_label (view, text, length) || view->lines->len - i > BLOCK_MOST)
    return FALSE;
  for (guint k = i + 1; k < view->lines->len; k++) {
    text = heddle_view_content (view, k, &length);
    if (length == 0)
      continue;
    const HeddleLine *line = heddle_view_line (view, k);
    if (is_trailer_label (view, text, length))
      second = TRUE;
    else if (!is_gap (line->content[0]) && !names_somebody (view, k))
      return FALSE; /* HTML does not keep the indentation */
  }
  return second;
}
