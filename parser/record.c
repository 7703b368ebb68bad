/* SPDX-License-Identifier: MIT */
/* record: a chain to one flat value that crosses a pipe (the way back: unrecord.c).
 *
 * The form is our own (record.h): a GVariant, each of whose fields is a value to
 * allocate, took about as long there and back as the parse before it.
 */
#include "parser/parser.h"

#include "parser/record.h"

#include <string.h>

static void
put_int (GString *record, gint64 value)
{
  guint64 rest = ((guint64) value << 1) ^ (value < 0 ? G_MAXUINT64 : 0);

  for (; rest >= 0x80; rest >>= 7) /* most have one byte, which is appended inline */
    g_string_append_c (record, (char) (rest | 0x80));
  g_string_append_c (record, (char) rest);
}

static void
put_string (GString *record, const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  put_int (record, text != NULL ? (gint64) length + 1 : 0);
  if (length > 0)
    g_string_append_len (record, text, (gssize) length);
}

static void
put_text (GString *record, gconstpointer item)
{
  put_string (record, item);
}

static void
put_wall (GString *record, const HeddleWall *wall)
{
  put_int (record, wall->year);
  put_int (record, wall->month);
  put_int (record, wall->day);
  put_int (record, wall->hour);
  put_int (record, wall->minute);
  put_int (record, wall->second);
}

static void
put_person (GString *record, gconstpointer item)
{
  const HeddlePerson *person = item;

  put_string (record, person->name);
  put_string (record, person->address);
  put_int (record, person->redacted);
  put_string (record, person->raw);
}

static void
put_date (GString *record, const HeddleDate *date)
{
  put_string (record, date->raw);
  put_int (record, date->has_local);
  put_wall (record, &date->local);
  put_int (record, date->has_offset);
  put_int (record, date->offset);
  put_int (record, date->has_utc);
  put_int (record, date->utc);
  put_int (record, date->inferred);
  put_int (record, date->precision);
  put_int (record, date->pin);
  put_int (record, date->zone);
  put_int (record, date->witness);
}

static void
put_url (GString *record, gconstpointer item)
{
  const HeddleUrl *url = item;

  put_string (record, url->url);
  put_string (record, url->text);
  put_string (record, url->domain);
  put_string (record, url->original);
}

static void
put_case (GString *record, gconstpointer item)
{
  const HeddleCase *number = item;

  put_string (record, number->id);
  put_string (record, number->raw);
}

static void
put_attachment (GString *record, gconstpointer item)
{
  const HeddleAttachment *attachment = item;

  put_string (record, attachment->name);
  put_string (record, attachment->type);
  put_int (record, attachment->size);
  put_string (record, attachment->sha256);
  put_int (record, attachment->kind);
  put_string (record, attachment->caption);
}

static void
put_mention (GString *record, gconstpointer item)
{
  const HeddleMention *mention = item;

  put_string (record, mention->raw);
  put_wall (record, &mention->start);
  put_int (record, mention->has_end);
  put_wall (record, &mention->end);
  put_int (record, mention->precision);
}

static void
put_action (GString *record, gconstpointer item)
{
  const HeddleAction *action = item;

  put_int (record, action->kind);
  put_string (record, action->text);
  put_int (record, action->has_due);
  put_wall (record, &action->due);
  put_int (record, action->span.first);
  put_int (record, action->span.last);
}

static void
put_list (GString *record, const GPtrArray *list,
          void (*put) (GString *record, gconstpointer item))
{
  put_int (record, list->len);
  for (guint i = 0; i < list->len; i++)
    put (record, list->pdata[i]);
}

static void
put_spans (GString *record, const GArray *spans)
{
  put_int (record, spans->len);
  for (guint i = 0; i < spans->len; i++) {
    put_int (record, g_array_index (spans, HeddleSpan, i).first);
    put_int (record, g_array_index (spans, HeddleSpan, i).last);
  }
}

static void
put_message (GString *record, gconstpointer item)
{
  const HeddleMessage *message = item;

  put_int (record, message->parent);
  put_int (record, message->kind);
  put_string (record, message->style);
  put_int (record, message->from != NULL);
  if (message->from != NULL)
    put_person (record, message->from);
  put_list (record, message->to, put_person);
  put_list (record, message->cc, put_person);
  put_list (record, message->bcc, put_person);
  put_string (record, message->subject);
  put_int (record, message->date != NULL);
  if (message->date != NULL)
    put_date (record, message->date);
  put_string (record, message->message_id);
  put_string (record, message->in_reply_to);
  put_list (record, message->references, put_text);
  put_string (record, message->thread_index);
  put_string (record, message->text);
  put_string (record, message->greeting);
  put_string (record, message->signoff);
  put_string (record, message->signature);
  put_list (record, message->markings, put_text);
  put_list (record, message->urls, put_url);
  put_list (record, message->handles, put_text);
  put_list (record, message->people, put_person);
  put_list (record, message->cases, put_case);
  put_list (record, message->attachments, put_attachment);
  put_list (record, message->dates, put_mention);
  put_list (record, message->actions, put_action);
  put_int (record, message->encrypted);
  put_int (record, message->automatic);
  put_spans (record, message->spans);
}

static void
put_line (GString *record, gconstpointer item)
{
  const HeddleChainLine *line = item;

  put_string (record, line->text);
  put_int (record, line->zone);
  put_int (record, line->message);
  put_int (record, line->depth);
}

GBytes *
heddle_chain_to_record (const HeddleChain *chain, gboolean with_lines)
{
  GString *record = g_string_sized_new (4096);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  put_int (record, RECORD_VERSION);
  put_list (record, chain->messages, put_message);
  put_int (record, with_lines);
  put_list (record, with_lines ? chain->lines : none, put_line);
  put_list (record, chain->warnings, put_text);
  return g_string_free_to_bytes (record);
}
