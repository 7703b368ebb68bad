/* SPDX-License-Identifier: MIT */
/* record: a chain to one flat value that crosses a pipe (the way back: unrecord.c).
 *
 * One GVariant: typed, without pointers, and checked as a whole by GLib before a
 * reader touches it. Both ends are the same program, so its byte order is the
 * machine's.
 */
#include "parser/parser.h"

#include "parser/record.h"

static GVariant *
from_wall (const HeddleWall *wall)
{
  return g_variant_new (RECORD_WALL, wall->year, wall->month, wall->day, wall->hour,
                        wall->minute, wall->second);
}

static GVariant *
from_person (gconstpointer item)
{
  const HeddlePerson *person = item;

  return g_variant_new (RECORD_PERSON, person->name, person->address, person->redacted,
                        person->raw);
}

static GVariant *
from_date (const HeddleDate *date)
{
  return g_variant_new ("(sb@" RECORD_WALL "bibxbi)", date->raw, date->has_local,
                        from_wall (&date->local), date->has_offset, date->offset, date->has_utc,
                        date->utc, date->inferred, (int)date->precision);
}

static GVariant *
from_string (gconstpointer item)
{
  return g_variant_new_string (item);
}

static GVariant *
from_url (gconstpointer item)
{
  const HeddleUrl *url = item;

  return g_variant_new (RECORD_URL, url->url, url->text, url->domain, url->original);
}

static GVariant *
from_case (gconstpointer item)
{
  const HeddleCase *number = item;

  return g_variant_new (RECORD_CASE, number->id, number->raw);
}

static GVariant *
from_attachment (gconstpointer item)
{
  const HeddleAttachment *attachment = item;

  return g_variant_new (RECORD_ATTACHMENT, attachment->name, attachment->type, attachment->size,
                        attachment->sha256, (int)attachment->kind);
}

static GVariant *
from_mention (gconstpointer item)
{
  const HeddleMention *mention = item;

  return g_variant_new ("(s@" RECORD_WALL "b@" RECORD_WALL "i)", mention->raw,
                        from_wall (&mention->start), mention->has_end,
                        from_wall (&mention->end), (int)mention->precision);
}

static GVariant *
from_action (gconstpointer item)
{
  const HeddleAction *action = item;

  return g_variant_new ("(isb@" RECORD_WALL "uu)", (int)action->kind, action->text,
                        action->has_due, from_wall (&action->due), action->span.first,
                        action->span.last);
}

/* An array of the items of @list. */
static void
add_list (GVariantBuilder *builder, const char *type, const GPtrArray *list,
          GVariant *(*from) (gconstpointer item))
{
  g_variant_builder_open (builder, G_VARIANT_TYPE (type));
  for (guint i = 0; i < list->len; i++)
    g_variant_builder_add_value (builder, from (list->pdata[i]));
  g_variant_builder_close (builder);
}

static void
add_spans (GVariantBuilder *builder, const GArray *spans)
{
  g_variant_builder_open (builder, G_VARIANT_TYPE ("a" RECORD_SPAN));
  for (guint i = 0; i < spans->len; i++) {
    const HeddleSpan *span = &g_array_index (spans, HeddleSpan, i);

    g_variant_builder_add (builder, RECORD_SPAN, span->first, span->last);
  }
  g_variant_builder_close (builder);
}

static void
add_message (GVariantBuilder *builder, const HeddleMessage *message)
{
  g_variant_builder_open (builder, G_VARIANT_TYPE (RECORD_MESSAGE));
  g_variant_builder_add (builder, "i", message->parent);
  g_variant_builder_add (builder, "i", (int)message->kind);
  g_variant_builder_add (builder, "ms", message->style);
  g_variant_builder_add_value (
      builder, g_variant_new_maybe (G_VARIANT_TYPE (RECORD_PERSON),
                                    message->from ? from_person (message->from) : NULL));
  add_list (builder, "a" RECORD_PERSON, message->to, from_person);
  add_list (builder, "a" RECORD_PERSON, message->cc, from_person);
  add_list (builder, "a" RECORD_PERSON, message->bcc, from_person);
  g_variant_builder_add (builder, "ms", message->subject);
  g_variant_builder_add_value (
      builder, g_variant_new_maybe (G_VARIANT_TYPE (RECORD_DATE),
                                    message->date ? from_date (message->date) : NULL));
  g_variant_builder_add (builder, "ms", message->message_id);
  g_variant_builder_add (builder, "ms", message->in_reply_to);
  add_list (builder, "as", message->references, from_string);
  g_variant_builder_add (builder, "s", message->text);
  g_variant_builder_add (builder, "ms", message->greeting);
  g_variant_builder_add (builder, "ms", message->signoff);
  g_variant_builder_add (builder, "ms", message->signature);
  add_list (builder, "as", message->markings, from_string);
  add_list (builder, "a" RECORD_URL, message->urls, from_url);
  add_list (builder, "as", message->handles, from_string);
  add_list (builder, "a" RECORD_CASE, message->cases, from_case);
  add_list (builder, "a" RECORD_ATTACHMENT, message->attachments, from_attachment);
  add_list (builder, "a" RECORD_MENTION, message->dates, from_mention);
  add_list (builder, "a" RECORD_ACTION, message->actions, from_action);
  g_variant_builder_add (builder, "b", message->encrypted);
  g_variant_builder_add (builder, "i", (int)message->automatic);
  add_spans (builder, message->spans);
  g_variant_builder_close (builder);
}

GBytes *
heddle_chain_to_record (const HeddleChain *chain, gboolean with_lines)
{
  GVariantBuilder builder;
  g_autoptr (GVariant) variant = NULL;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (RECORD_CHAIN));
  g_variant_builder_add (&builder, "u", RECORD_VERSION);
  g_variant_builder_open (&builder, G_VARIANT_TYPE ("a" RECORD_MESSAGE));
  for (guint i = 0; i < chain->messages->len; i++)
    add_message (&builder, chain->messages->pdata[i]);
  g_variant_builder_close (&builder);
  g_variant_builder_add (&builder, "b", with_lines);
  g_variant_builder_open (&builder, G_VARIANT_TYPE ("a" RECORD_LINE));
  for (guint i = 0; with_lines && i < chain->lines->len; i++) {
    const HeddleChainLine *line = chain->lines->pdata[i];

    g_variant_builder_add (&builder, RECORD_LINE, line->text, (int)line->zone, line->message,
                           line->depth);
  }
  g_variant_builder_close (&builder);
  add_list (&builder, "as", chain->warnings, from_string);
  variant = g_variant_ref_sink (g_variant_builder_end (&builder));
  return g_variant_get_data_as_bytes (variant);
}
