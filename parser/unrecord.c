/* SPDX-License-Identifier: MIT */
/* unrecord: a record back to a chain, nothing in it believed.
 *
 * Whoever wrote the record read a hostile mail before. GLib checks the form as a
 * whole first (every offset, length and string, UTF-8); then each number is held
 * against what a chain allows. One flaw refuses the record. Memory is bounded by
 * the record's own size, since no element of an array takes no bytes.
 */
#include "parser/parser.h"

#include "parser/record.h"

#include <string.h>

typedef struct {
  gboolean bad; /* something was not as a chain allows */
  int messages; /* how many there are */
  guint lines;  /* what a span may reach */
} Reader;

/* --- values --------------------------------------------------------------------------- */

static int
get_int (Reader *reader, GVariant *tuple, gsize n, int least, int most)
{
  int value;

  g_variant_get_child (tuple, n, "i", &value);
  if (value < least || value > most) {
    reader->bad = TRUE;
    return least;
  }
  return value;
}

static gboolean
get_bool (GVariant *tuple, gsize n)
{
  gboolean value;

  g_variant_get_child (tuple, n, "b", &value);
  return value;
}

static char *
get_string (GVariant *tuple, gsize n)
{
  char *value;

  g_variant_get_child (tuple, n, "s", &value);
  return value;
}

static char *
get_maybe (GVariant *tuple, gsize n)
{
  char *value;

  g_variant_get_child (tuple, n, "ms", &value);
  return value;
}

/* A wall clock; all zero where @set says that it stands for nothing. */
static HeddleWall
get_wall (Reader *reader, GVariant *tuple, gsize n, gboolean set)
{
  g_autoptr (GVariant) value = g_variant_get_child_value (tuple, n);
  HeddleWall wall = { 0 };

  if (!set)
    return wall;
  wall.year = get_int (reader, value, 0, 1, 9999);
  wall.month = get_int (reader, value, 1, 1, 12);
  wall.day = get_int (reader, value, 2, 1, 31);
  wall.hour = get_int (reader, value, 3, 0, 23);
  wall.minute = get_int (reader, value, 4, 0, 59);
  wall.second = get_int (reader, value, 5, 0, 59);
  if (!reader->bad
      && !g_date_valid_dmy ((GDateDay)wall.day, (GDateMonth)wall.month, (GDateYear)wall.year))
    reader->bad = TRUE;
  return wall;
}

static HeddleSpan
get_span (Reader *reader, GVariant *tuple, gsize n)
{
  HeddleSpan span;

  g_variant_get_child (tuple, n, "u", &span.first);
  g_variant_get_child (tuple, n + 1, "u", &span.last);
  if (span.last < span.first || span.last > reader->lines)
    reader->bad = TRUE;
  return span;
}

/* Names of clients' styles are short words of ours. */
static char *
get_style (Reader *reader, GVariant *tuple, gsize n)
{
  char *style = get_maybe (tuple, n);

  if (style != NULL && (*style == '\0' || strlen (style) > 32))
    reader->bad = TRUE;
  return style;
}

/* --- what a message says ----------------------------------------------------------------- */

static gpointer
to_person (Reader *reader, GVariant *value)
{
  HeddlePerson *person = g_new0 (HeddlePerson, 1);

  person->name = get_maybe (value, 0);
  person->address = get_maybe (value, 1);
  person->redacted = get_bool (value, 2);
  person->raw = get_string (value, 3);
  return person;
}

static HeddleDate *
to_date (Reader *reader, GVariant *value)
{
  HeddleDate *date = g_new0 (HeddleDate, 1);

  date->raw = get_string (value, 0);
  date->has_local = get_bool (value, 1);
  date->local = get_wall (reader, value, 2, date->has_local);
  date->has_offset = get_bool (value, 3);
  date->offset = get_int (reader, value, 4, -24 * 60, 24 * 60);
  date->has_utc = get_bool (value, 5);
  g_variant_get_child (value, 6, "x", &date->utc);
  /* Years 1 to 9999, and a day to either side for the zone. */
  if (date->utc < G_GINT64_CONSTANT (-62135683200)
      || date->utc > G_GINT64_CONSTANT (253402387200))
    reader->bad = TRUE;
  date->inferred = get_bool (value, 7);
  date->precision = get_int (reader, value, 8, HEDDLE_PRECISION_DAY, HEDDLE_PRECISION_SECOND);
  return date;
}

static gpointer
to_string (Reader *reader, GVariant *value)
{
  return g_variant_dup_string (value, NULL);
}

static gpointer
to_url (Reader *reader, GVariant *value)
{
  HeddleUrl *url = g_new0 (HeddleUrl, 1);

  url->url = get_string (value, 0);
  url->text = get_maybe (value, 1);
  url->domain = get_maybe (value, 2);
  url->original = get_maybe (value, 3);
  return url;
}

static gpointer
to_case (Reader *reader, GVariant *value)
{
  HeddleCase *number = g_new0 (HeddleCase, 1);

  number->id = get_string (value, 0);
  number->raw = get_string (value, 1);
  return number;
}

static gboolean
is_sha256 (const char *text)
{
  return strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

static gpointer
to_attachment (Reader *reader, GVariant *value)
{
  HeddleAttachment *attachment = g_new0 (HeddleAttachment, 1);

  attachment->name = get_maybe (value, 0);
  attachment->type = get_maybe (value, 1);
  g_variant_get_child (value, 2, "x", &attachment->size);
  attachment->sha256 = get_maybe (value, 3);
  attachment->kind
      = get_int (reader, value, 4, HEDDLE_ATTACHMENT_PART, HEDDLE_ATTACHMENT_MENTIONED);
  if (attachment->size < -1 || (attachment->sha256 != NULL && !is_sha256 (attachment->sha256)))
    reader->bad = TRUE;
  return attachment;
}

static gpointer
to_mention (Reader *reader, GVariant *value)
{
  HeddleMention *mention = g_new0 (HeddleMention, 1);

  mention->raw = get_string (value, 0);
  mention->start = get_wall (reader, value, 1, TRUE);
  mention->has_end = get_bool (value, 2);
  mention->end = get_wall (reader, value, 3, mention->has_end);
  mention->precision
      = get_int (reader, value, 4, HEDDLE_PRECISION_DAY, HEDDLE_PRECISION_SECOND);
  return mention;
}

static gpointer
to_action (Reader *reader, GVariant *value)
{
  HeddleAction *action = g_new0 (HeddleAction, 1);

  action->kind = get_int (reader, value, 0, HEDDLE_ACTION_REQUEST, HEDDLE_ACTION_DEADLINE);
  action->text = get_string (value, 1);
  action->has_due = get_bool (value, 2);
  action->due = get_wall (reader, value, 3, action->has_due);
  action->span = get_span (reader, value, 4);
  return action;
}

/* Append what @to makes of each element of the array in @tuple. */
static void
get_list (Reader *reader, GVariant *tuple, gsize n, GPtrArray *list,
          gpointer (*to) (Reader *reader, GVariant *value))
{
  g_autoptr (GVariant) array = g_variant_get_child_value (tuple, n);
  gsize count = g_variant_n_children (array);

  for (gsize i = 0; i < count && !reader->bad; i++) {
    g_autoptr (GVariant) value = g_variant_get_child_value (array, i);

    g_ptr_array_add (list, to (reader, value));
  }
}

/* What a maybe holds, NULL for nothing. */
static GVariant *
get_inner (GVariant *tuple, gsize n)
{
  g_autoptr (GVariant) maybe = g_variant_get_child_value (tuple, n);

  return g_variant_get_maybe (maybe);
}

/* Spans ascend and do not overlap. */
static void
get_spans (Reader *reader, GVariant *tuple, gsize n, GArray *spans)
{
  g_autoptr (GVariant) array = g_variant_get_child_value (tuple, n);
  gsize count = g_variant_n_children (array);
  guint last = 0;

  for (gsize i = 0; i < count && !reader->bad; i++) {
    g_autoptr (GVariant) value = g_variant_get_child_value (array, i);
    HeddleSpan span = get_span (reader, value, 0);

    if (span.first <= last)
      reader->bad = TRUE;
    last = span.last;
    g_array_append_val (spans, span);
  }
}

/* --- messages and lines ---------------------------------------------------------------------
 */

static gpointer
to_message (Reader *reader, GVariant *value)
{
  g_autoptr (GVariant) from = get_inner (value, 3), date = get_inner (value, 8);
  HeddleMessage *message = heddle_message_new (HEDDLE_KIND_RECEIVED);

  message->parent = get_int (reader, value, 0, -1, reader->messages - 1);
  message->kind = get_int (reader, value, 1, HEDDLE_KIND_RECEIVED, HEDDLE_KIND_ATTACHED);
  message->style = get_style (reader, value, 2);
  message->from = from ? to_person (reader, from) : NULL;
  get_list (reader, value, 4, message->to, to_person);
  get_list (reader, value, 5, message->cc, to_person);
  get_list (reader, value, 6, message->bcc, to_person);
  message->subject = get_maybe (value, 7);
  message->date = date ? to_date (reader, date) : NULL;
  message->message_id = get_maybe (value, 9);
  message->in_reply_to = get_maybe (value, 10);
  get_list (reader, value, 11, message->references, to_string);
  g_free (message->text);
  message->text = get_string (value, 12);
  message->greeting = get_maybe (value, 13);
  message->signoff = get_maybe (value, 14);
  message->signature = get_maybe (value, 15);
  get_list (reader, value, 16, message->markings, to_string);
  get_list (reader, value, 17, message->urls, to_url);
  get_list (reader, value, 18, message->handles, to_string);
  get_list (reader, value, 19, message->cases, to_case);
  get_list (reader, value, 20, message->attachments, to_attachment);
  get_list (reader, value, 21, message->dates, to_mention);
  get_list (reader, value, 22, message->actions, to_action);
  message->encrypted = get_bool (value, 23);
  message->automatic = get_int (reader, value, 24, HEDDLE_AUTOMATIC_NO, HEDDLE_AUTOMATIC_LIST);
  get_spans (reader, value, 25, message->spans);
  return message;
}

static gpointer
to_line (Reader *reader, GVariant *value)
{
  HeddleChainLine *line = g_new0 (HeddleChainLine, 1);

  line->text = get_string (value, 0);
  line->zone = get_int (reader, value, 1, HEDDLE_ZONE_HEADER, HEDDLE_ZONE_OTHER);
  line->message = get_int (reader, value, 2, -1, reader->messages - 1);
  line->depth = get_int (reader, value, 3, 0, G_MAXINT);
  return line;
}

static int
parent_of (const HeddleChain *chain, int at)
{
  return ((const HeddleMessage *)chain->messages->pdata[at])->parent;
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

HeddleChain *
heddle_chain_from_record (GBytes *record, GError **error)
{
  g_autoptr (GVariant) variant = g_variant_ref_sink (
      g_variant_new_from_bytes (G_VARIANT_TYPE (RECORD_CHAIN), record, FALSE));
  g_autoptr (HeddleChain) chain = heddle_chain_new ();
  Reader reader = { 0 };
  guint32 version = 0;

  if (g_variant_is_normal_form (variant))
    g_variant_get_child (variant, 0, "u", &version);
  if (version == RECORD_VERSION) {
    g_autoptr (GVariant) messages = g_variant_get_child_value (variant, 1);
    g_autoptr (GVariant) lines = g_variant_get_child_value (variant, 3);
    gsize n_messages = g_variant_n_children (messages), n_lines = g_variant_n_children (lines);

    reader.bad = n_messages == 0 || n_messages > G_MAXINT || n_lines > G_MAXINT;
    reader.messages = reader.bad ? 0 : (int)n_messages;
    reader.lines = get_bool (variant, 2) ? (guint)n_lines : G_MAXINT;
    get_list (&reader, variant, 1, chain->messages, to_message);
    get_list (&reader, variant, 3, chain->lines, to_line);
    get_list (&reader, variant, 4, chain->warnings, to_string);
  }
  if (version != RECORD_VERSION || reader.bad || has_ring (chain)) {
    g_set_error_literal (error, HEDDLE_PARSE_ERROR, HEDDLE_PARSE_ERROR_RECORD,
                         "what the parser handed over is no chain");
    return NULL;
  }
  return g_steal_pointer (&chain);
}
