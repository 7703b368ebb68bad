/* SPDX-License-Identifier: MIT */
/* unrecord: a record back to a chain, nothing in it believed.
 *
 * Whoever wrote the record read a hostile mail before. Each length is held against
 * what is left, each string against UTF-8, each number against what a chain allows.
 * One flaw refuses the record: from there on only empty values are read.
 * Memory is bounded by the record's own size, since no element of a list takes no
 * bytes.
 */
#include "parser/parser.h"

#include "parser/record.h"

#include <string.h>

typedef struct {
  const guint8 *at, *end;
  gboolean bad; /* something was not as a chain allows */
  GPtrArray *none; /* all lists of messages that are empty */
} Reader;

/* --- values --------------------------------------------------------------------------- */

static gint64
get_number (Reader *reader)
{
  guint64 value = 0;

  for (guint shift = 0; !reader->bad && shift < 64 && reader->at < reader->end; shift += 7) {
    guint8 byte = *reader->at++;

    value |= (guint64) (byte & 0x7f) << shift;
    if ((byte & 0x80) == 0)
      return (gint64) (value >> 1) ^ -(gint64) (value & 1);
  }
  reader->bad = TRUE;
  return 0;
}

static gint64
get_between (Reader *reader, gint64 least, gint64 most)
{
  gint64 value = get_number (reader);

  if (!reader->bad && value >= least && value <= most)
    return value;
  reader->bad = TRUE;
  return least;
}

static int
get_int (Reader *reader, int least, int most)
{
  return (int) get_between (reader, least, most);
}

static gboolean
get_bool (Reader *reader)
{
  return get_int (reader, 0, 1);
}

/* A count of things that take at least a byte each. */
static gsize
get_count (Reader *reader)
{
  return (gsize) get_between (reader, 0, reader->end - reader->at);
}

static char *
get_maybe (Reader *reader)
{
  gsize length = (gsize) get_between (reader, 0, reader->end - reader->at + 1);
  const char *text = (const char *) reader->at;

  if (reader->bad || length-- == 0)
    return NULL;
  if (length > (gsize) (reader->end - reader->at)
      || !g_utf8_validate_len (text, length, NULL)) { /* which takes NUL for a flaw */
    reader->bad = TRUE;
    return NULL;
  }
  reader->at += length;
  return g_strndup (text, length);
}

static char *
get_string (Reader *reader)
{
  char *text = get_maybe (reader);

  if (text != NULL)
    return text;
  reader->bad = TRUE;
  return g_strdup ("");
}

/* A wall clock; all zero where @set says that it stands for nothing. */
static HeddleWall
get_wall (Reader *reader, gboolean set)
{
  HeddleWall wall;

  wall.year = get_int (reader, set ? 1 : G_MININT, set ? 9999 : G_MAXINT);
  wall.month = get_int (reader, set ? 1 : G_MININT, set ? 12 : G_MAXINT);
  wall.day = get_int (reader, set ? 1 : G_MININT, set ? 31 : G_MAXINT);
  wall.hour = get_int (reader, set ? 0 : G_MININT, set ? 23 : G_MAXINT);
  wall.minute = get_int (reader, set ? 0 : G_MININT, set ? 59 : G_MAXINT);
  wall.second = get_int (reader, set ? 0 : G_MININT, set ? 59 : G_MAXINT);
  if (!set)
    return (HeddleWall){ 0 };
  if (!reader->bad
      && !g_date_valid_dmy ((GDateDay)wall.day, (GDateMonth)wall.month, (GDateYear)wall.year))
    reader->bad = TRUE;
  return wall;
}

static HeddleSpan
get_span (Reader *reader)
{
  HeddleSpan span;

  span.first = (guint) get_between (reader, 0, G_MAXUINT);
  span.last = (guint) get_between (reader, 0, G_MAXUINT);
  if (span.last < span.first)
    reader->bad = TRUE;
  return span;
}

/* Names of clients' styles are short words of ours. */
static char *
get_style (Reader *reader)
{
  char *style = get_maybe (reader);

  if (style != NULL && (*style == '\0' || strlen (style) > 32))
    reader->bad = TRUE;
  return style;
}

/* --- what a message says ----------------------------------------------------------------- */

static gpointer
to_person (Reader *reader)
{
  HeddlePerson *person = g_new0 (HeddlePerson, 1);

  person->name = get_maybe (reader);
  person->address = get_maybe (reader);
  person->redacted = get_bool (reader);
  person->raw = get_string (reader);
  return person;
}

static HeddleDate *
to_date (Reader *reader)
{
  HeddleDate *date = g_new0 (HeddleDate, 1);

  date->raw = get_string (reader);
  date->has_local = get_bool (reader);
  date->local = get_wall (reader, date->has_local);
  date->has_offset = get_bool (reader);
  date->offset = get_int (reader, -24 * 60, 24 * 60);
  date->has_utc = get_bool (reader);
  date->utc = get_number (reader);
  /* Years 1 to 9999, and a day to either side for the zone. */
  if (date->utc < G_GINT64_CONSTANT (-62135683200)
      || date->utc > G_GINT64_CONSTANT (253402387200))
    reader->bad = TRUE;
  date->inferred = get_bool (reader);
  date->precision = get_int (reader, HEDDLE_PRECISION_DAY, HEDDLE_PRECISION_SECOND);
  date->pin = get_int (reader, HEDDLE_PIN_NONE, HEDDLE_PIN_COPY);
  date->zone = get_int (reader, -24 * 60, 24 * 60);
  date->witness = get_int (reader, -1, G_MAXINT - 1);
  return date;
}

static gpointer
to_string (Reader *reader)
{
  return get_string (reader);
}

static gpointer
to_url (Reader *reader)
{
  HeddleUrl *url = g_new0 (HeddleUrl, 1);

  url->url = get_maybe (reader);
  url->text = get_maybe (reader);
  url->domain = get_maybe (reader);
  url->original = get_maybe (reader);
  return url;
}

static gpointer
to_case (Reader *reader)
{
  HeddleCase *number = g_new0 (HeddleCase, 1);

  number->id = get_string (reader);
  number->raw = get_string (reader);
  return number;
}

static gboolean
is_sha256 (const char *text)
{
  return strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

static gpointer
to_attachment (Reader *reader)
{
  HeddleAttachment *attachment = g_new0 (HeddleAttachment, 1);

  attachment->name = get_maybe (reader);
  attachment->type = get_maybe (reader);
  attachment->size = get_number (reader);
  attachment->sha256 = get_maybe (reader);
  attachment->kind
      = get_int (reader, HEDDLE_ATTACHMENT_PART, HEDDLE_ATTACHMENT_MENTIONED);
  attachment->caption = get_maybe (reader);
  if (attachment->size < -1 || (attachment->sha256 != NULL && !is_sha256 (attachment->sha256)))
    reader->bad = TRUE;
  return attachment;
}

static gpointer
to_mention (Reader *reader)
{
  HeddleMention *mention = g_new0 (HeddleMention, 1);

  mention->raw = get_string (reader);
  mention->start = get_wall (reader, TRUE);
  mention->has_end = get_bool (reader);
  mention->end = get_wall (reader, mention->has_end);
  mention->precision
      = get_int (reader, HEDDLE_PRECISION_DAY, HEDDLE_PRECISION_SECOND);
  return mention;
}

static gpointer
to_action (Reader *reader)
{
  HeddleAction *action = g_new0 (HeddleAction, 1);

  action->kind = get_int (reader, HEDDLE_ACTION_REQUEST, HEDDLE_ACTION_DEADLINE);
  action->text = get_string (reader);
  action->has_due = get_bool (reader);
  action->due = get_wall (reader, action->has_due);
  action->span = get_span (reader);
  return action;
}

/* Append what @to makes of each element. */
static void
get_list (Reader *reader, GPtrArray *list, gpointer (*to) (Reader *reader))
{
  gsize count = get_count (reader);

  for (gsize i = 0; i < count && !reader->bad; i++)
    g_ptr_array_add (list, to (reader));
}

/* Spans ascend and do not overlap. */
static void
get_spans (Reader *reader, GArray *spans)
{
  gsize count = get_count (reader);
  guint last = 0;

  for (gsize i = 0; i < count && !reader->bad; i++) {
    HeddleSpan span = get_span (reader);

    if (span.first <= last)
      reader->bad = TRUE;
    last = span.last;
    g_array_append_val (spans, span);
  }
}

/* --- messages and lines ---------------------------------------------------------------------
 */

/* A list of its own, or the one that all empty lists of the chain are. */
static GPtrArray *
get_new_list (Reader *reader, gpointer (*to) (Reader *reader), GDestroyNotify free_item)
{
  gsize count = get_count (reader);

  if (count == 0)
    return g_ptr_array_ref (reader->none);
  GPtrArray *list = g_ptr_array_new_with_free_func (free_item);
  for (gsize i = 0; i < count && !reader->bad; i++)
    g_ptr_array_add (list, to (reader));
  return list;
}

static GPtrArray *
get_persons (Reader *reader)
{
  return get_new_list (reader, to_person, (GDestroyNotify)heddle_person_free);
}

static gpointer
to_message (Reader *reader)
{
  HeddleMessage *message = g_new0 (HeddleMessage, 1);

  message->parent = get_int (reader, -1, G_MAXINT - 1);
  message->kind = get_int (reader, HEDDLE_KIND_RECEIVED, HEDDLE_KIND_ATTACHED);
  message->style = get_style (reader);
  message->from = get_bool (reader) ? to_person (reader) : NULL;
  message->to = get_persons (reader);
  message->cc = get_persons (reader);
  message->bcc = get_persons (reader);
  message->subject = get_maybe (reader);
  message->date = get_bool (reader) ? to_date (reader) : NULL;
  message->message_id = get_maybe (reader);
  message->in_reply_to = get_maybe (reader);
  message->references = get_new_list (reader, to_string, g_free);
  message->thread_index = get_maybe (reader);
  message->text = get_string (reader);
  message->greeting = get_maybe (reader);
  message->signoff = get_maybe (reader);
  message->signature = get_maybe (reader);
  message->markings = get_new_list (reader, to_string, g_free);
  message->urls = get_new_list (reader, to_url, (GDestroyNotify)heddle_url_free);
  message->handles = get_new_list (reader, to_string, g_free);
  message->people = get_persons (reader);
  message->cases = get_new_list (reader, to_case, (GDestroyNotify)heddle_case_free);
  message->attachments
      = get_new_list (reader, to_attachment, (GDestroyNotify)heddle_attachment_free);
  message->dates = get_new_list (reader, to_mention, (GDestroyNotify)heddle_mention_free);
  message->actions = get_new_list (reader, to_action, (GDestroyNotify)heddle_action_free);
  message->encrypted = get_bool (reader);
  message->automatic = get_int (reader, HEDDLE_AUTOMATIC_NO, HEDDLE_AUTOMATIC_LIST);
  message->spans = g_array_new (FALSE, FALSE, sizeof (HeddleSpan));
  get_spans (reader, message->spans);
  return message;
}

static gpointer
to_line (Reader *reader)
{
  HeddleChainLine *line = g_new0 (HeddleChainLine, 1);

  line->text = get_string (reader);
  line->zone = get_int (reader, HEDDLE_ZONE_HEADER, HEDDLE_ZONE_OTHER);
  line->message = get_int (reader, -1, G_MAXINT - 1);
  line->depth = get_int (reader, 0, G_MAXINT);
  return line;
}

static int
parent_of (const HeddleChain *chain, int at)
{
  return ((const HeddleMessage *)chain->messages->pdata[at])->parent;
}

static int
witness_of (const HeddleChain *chain, int at)
{
  const HeddleDate *date = ((const HeddleMessage *)chain->messages->pdata[at])->date;

  return date != NULL ? date->witness : -1;
}

/* Whether following parents goes round: what a later step walks up must end. Each
 * message is walked once, and marked with the number of the walk. */
static gboolean
has_ring (const HeddleChain *chain)
{
  g_autofree guint *walk = g_new0 (guint, chain->messages->len + 1);

  for (guint i = 0; i < chain->messages->len; i++) {
    int at = (int)i;

    while (at >= 0 && walk[at] == 0) {
      walk[at] = i + 1;
      at = parent_of (chain, at);
    }
    if (at >= 0 && walk[at] == i + 1)
      return TRUE;
  }
  return FALSE;
}

/* Spans are read before the lines are: whether these are there, and how many, is
 * known only then. */
static gboolean
spans_fit (const HeddleChain *chain, guint lines)
{
  for (guint i = 0; i < chain->messages->len; i++) {
    const HeddleMessage *message = chain->messages->pdata[i];

    for (guint k = 0; k < message->spans->len; k++)
      if (g_array_index (message->spans, HeddleSpan, k).last > lines)
        return FALSE;
    for (guint k = 0; k < message->actions->len; k++)
      if (((const HeddleAction *)message->actions->pdata[k])->span.last > lines)
        return FALSE;
  }
  return TRUE;
}

/* Parents, witnesses and lines name messages by their place. */
static gboolean
places_fit (const HeddleChain *chain)
{
  int n = (int)chain->messages->len;

  for (int i = 0; i < n; i++)
    if (parent_of (chain, i) >= n || witness_of (chain, i) >= n)
      return FALSE;
  for (guint i = 0; i < chain->lines->len; i++)
    if (((const HeddleChainLine *)chain->lines->pdata[i])->message >= n)
      return FALSE;
  return TRUE;
}

HeddleChain *
heddle_chain_from_record (GBytes *record, GError **error)
{
  g_autoptr (HeddleChain) chain = heddle_chain_new ();
  gsize length;
  const guint8 *bytes = g_bytes_get_data (record, &length);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  Reader reader = { bytes, bytes + length, FALSE, none };
  gboolean with_lines;

  get_int (&reader, RECORD_VERSION, RECORD_VERSION);
  get_list (&reader, chain->messages, to_message);
  with_lines = get_bool (&reader);
  get_list (&reader, chain->lines, to_line);
  get_list (&reader, chain->warnings, to_string);
  if (reader.bad || reader.at != reader.end || chain->messages->len == 0
      || !spans_fit (chain, with_lines ? chain->lines->len : G_MAXINT) || !places_fit (chain)
      || has_ring (chain)) {
    g_set_error_literal (error, HEDDLE_PARSE_ERROR, HEDDLE_PARSE_ERROR_RECORD,
                         "what the parser handed over is no chain");
    return NULL;
  }
  return g_steal_pointer (&chain);
}
