/* SPDX-License-Identifier: MIT */
/* The promised JSON of messages, threads, hits and follow-ups: the one place that
 * knows the forms. docs/schema/ says the same to machines, heddle(1) to people.
 *
 * Fields stand in the documented order; absent is null; lists are never null. */
#include "cli/cli.h"

#include <string.h>

/* "2018-04-13", with the time of day as far as it is known: precise clocks of text
 * mentions stop at the minute unless a second was written. */
static char *
wall_text (const HeddleWall *wall, gboolean time, gboolean second)
{
  if (!time)
    return g_strdup_printf ("%04d-%02d-%02d", wall->year, wall->month, wall->day);
  if (!second)
    return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d", wall->year, wall->month, wall->day,
                            wall->hour, wall->minute);
  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d", wall->year, wall->month, wall->day,
                          wall->hour, wall->minute, wall->second);
}

void
heddle_render_strings (HeddleJson *json, const char *key, const GPtrArray *strings)
{
  heddle_json_flat (json);
  heddle_json_begin_array (json, key);
  for (guint i = 0; i < strings->len; i++)
    heddle_json_string (json, NULL, strings->pdata[i]);
  heddle_json_end_array (json);
}

static void
render_person_fields (HeddleJson *json, const HeddlePerson *person)
{
  heddle_json_string (json, "name", person->name);
  heddle_json_string (json, "address", person->address);
  heddle_json_bool (json, "redacted", person->redacted);
  heddle_json_string (json, "raw", person->raw);
}

void
heddle_render_person (HeddleJson *json, const char *key, const HeddlePerson *person)
{
  if (person == NULL) {
    heddle_json_null (json, key);
    return;
  }
  heddle_json_flat (json);
  heddle_json_begin_object (json, key);
  render_person_fields (json, person);
  heddle_json_end_object (json);
}

void
heddle_render_evidence (HeddleJson *json, const char *key, const HeddleEvidence *evidence)
{
  heddle_json_flat (json);
  heddle_json_begin_object (json, key);
  heddle_json_string (json, "mail", evidence->mail);
  heddle_json_int (json, "index", evidence->index);
  heddle_json_bool (json, "received", evidence->received);
  heddle_json_bool (json, "verified", evidence->verified);
  heddle_json_end_object (json);
}

/* A person of a merged message: was he filled in where a copy withholds him, and from
 * which other? @node: (nullable) the message's, NULL in a chain. */
static void
render_merged_person (HeddleJson *json, const char *key, const HeddlePerson *person,
                      const HeddleNode *node, HeddlePersonField field)
{
  if (person == NULL || node == NULL) {
    heddle_render_person (json, key, person);
    return;
  }
  int from = node->filled[field];
  heddle_json_flat (json);
  heddle_json_begin_object (json, key);
  render_person_fields (json, person);
  heddle_json_bool (json, "inferred", from >= 0);
  if (from >= 0)
    heddle_render_evidence (json, "evidence", node->evidence->pdata[from]);
  else
    heddle_json_null (json, "evidence");
  heddle_json_end_object (json);
}

static void
render_persons (HeddleJson *json, const char *key, const GPtrArray *persons,
                const HeddleNode *node, HeddlePersonField field)
{
  heddle_json_begin_array (json, key);
  for (guint i = 0; i < persons->len; i++)
    render_merged_person (json, NULL, persons->pdata[i], node, field);
  heddle_json_end_array (json);
}

static char *
offset_text (int offset)
{
  int minutes = ABS (offset);
  return g_strdup_printf ("%c%02d:%02d", offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

static void
render_pin (HeddleJson *json, const HeddleDate *date)
{
  if (date->pin == HEDDLE_PIN_NONE) {
    heddle_json_null (json, "evidence");
    return;
  }
  g_autofree char *offset = offset_text (date->zone);
  heddle_json_begin_object (json, "evidence");
  heddle_json_string (json, "offset", offset);
  heddle_json_string (json, "by", heddle_pin_name (date->pin));
  if (date->witness >= 0)
    heddle_json_int (json, "message", date->witness);
  else
    heddle_json_null (json, "message");
  heddle_json_end_object (json);
}

void
heddle_render_date (HeddleJson *json, const char *key, const HeddleDate *date, gboolean evidence)
{
  if (date == NULL) {
    heddle_json_null (json, key);
    return;
  }
  g_autofree char *local
      = date->has_local
            ? wall_text (&date->local, date->precision != HEDDLE_PRECISION_DAY, TRUE)
            : NULL;
  g_autofree char *offset = date->has_offset ? offset_text (date->offset) : NULL;
  heddle_json_flat (json);
  heddle_json_begin_object (json, key);
  heddle_json_string (json, "raw", date->raw);
  heddle_json_string (json, "local", local);
  heddle_json_string (json, "offset", offset);
  heddle_json_time (json, "utc", date->has_utc ? date->utc : HEDDLE_TIME_NONE);
  heddle_json_bool (json, "inferred", date->inferred);
  heddle_json_string (json, "precision",
                      local == NULL ? NULL : heddle_precision_name (date->precision));
  if (evidence)
    render_pin (json, date);
  heddle_json_end_object (json);
}

void
heddle_render_spans (HeddleJson *json, const char *key, const GArray *spans)
{
  heddle_json_flat (json);
  heddle_json_begin_array (json, key);
  for (guint i = 0; spans != NULL && i < spans->len; i++) {
    const HeddleSpan *span = &g_array_index (spans, HeddleSpan, i);
    heddle_json_begin_array (json, NULL);
    heddle_json_int (json, NULL, span->first);
    heddle_json_int (json, NULL, span->last);
    heddle_json_end_array (json);
  }
  heddle_json_end_array (json);
}

static void
render_urls (HeddleJson *json, const GPtrArray *urls)
{
  heddle_json_begin_array (json, "urls");
  for (guint i = 0; i < urls->len; i++) {
    const HeddleUrl *url = urls->pdata[i];
    heddle_json_flat (json);
    heddle_json_begin_object (json, NULL);
    heddle_json_string (json, "url", url->url);
    heddle_json_string (json, "text", url->text);
    heddle_json_string (json, "domain", url->domain);
    heddle_json_string (json, "original", url->original);
    heddle_json_end_object (json);
  }
  heddle_json_end_array (json);
}

static void
render_cases (HeddleJson *json, const GPtrArray *cases)
{
  heddle_json_begin_array (json, "cases");
  for (guint i = 0; i < cases->len; i++) {
    const HeddleCase *item = cases->pdata[i];
    heddle_json_flat (json);
    heddle_json_begin_object (json, NULL);
    heddle_json_string (json, "id", item->id);
    heddle_json_string (json, "raw", item->raw);
    heddle_json_end_object (json);
  }
  heddle_json_end_array (json);
}

static void
render_attachments (HeddleJson *json, const GPtrArray *attachments)
{
  heddle_json_begin_array (json, "attachments");
  for (guint i = 0; i < attachments->len; i++) {
    const HeddleAttachment *item = attachments->pdata[i];
    heddle_json_flat (json);
    heddle_json_begin_object (json, NULL);
    heddle_json_string (json, "name", item->name);
    heddle_json_string (json, "type", item->type);
    if (item->size >= 0)
      heddle_json_int (json, "size", item->size);
    else
      heddle_json_null (json, "size");
    heddle_json_string (json, "sha256", item->sha256);
    heddle_json_string (json, "kind",
                        item->kind == HEDDLE_ATTACHMENT_PART ? "part" : "mentioned");
    heddle_json_string (json, "caption", item->caption);
    heddle_json_end_object (json);
  }
  heddle_json_end_array (json);
}

static void
render_mentions (HeddleJson *json, const GPtrArray *dates)
{
  heddle_json_begin_array (json, "dates");
  for (guint i = 0; i < dates->len; i++) {
    const HeddleMention *date = dates->pdata[i];
    gboolean time = date->precision != HEDDLE_PRECISION_DAY;
    gboolean second = date->precision == HEDDLE_PRECISION_SECOND;
    g_autofree char *start = wall_text (&date->start, time, second);
    g_autofree char *last = date->has_end ? wall_text (&date->end, time, second) : NULL;
    heddle_json_flat (json);
    heddle_json_begin_object (json, NULL);
    heddle_json_string (json, "raw", date->raw);
    heddle_json_string (json, "start", start);
    heddle_json_string (json, "end", last);
    heddle_json_string (json, "precision", heddle_precision_name (date->precision));
    heddle_json_end_object (json);
  }
  heddle_json_end_array (json);
}

static void
render_actions (HeddleJson *json, const GPtrArray *actions)
{
  heddle_json_begin_array (json, "actions");
  for (guint i = 0; i < actions->len; i++) {
    const HeddleAction *action = actions->pdata[i];
    g_autofree char *due = action->has_due ? wall_text (&action->due, FALSE, FALSE) : NULL;
    g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (HeddleSpan));
    if (action->span.first > 0)
      g_array_append_val (spans, action->span);
    heddle_json_flat (json);
    heddle_json_begin_object (json, NULL);
    heddle_json_string (json, "kind", heddle_action_kind_name (action->kind));
    heddle_json_string (json, "text", action->text);
    heddle_json_string (json, "due", due);
    heddle_render_spans (json, "spans", spans);
    heddle_json_end_object (json);
  }
  heddle_json_end_array (json);
}

void
heddle_render_message_fields (HeddleJson *json, const HeddleMessage *message, const HeddleNode *node,
                              gboolean evidence)
{
  heddle_json_string (json, "kind", heddle_kind_name (message->kind));
  heddle_json_string (json, "style", message->style);
  render_merged_person (json, "from", message->from, node, HEDDLE_FIELD_FROM);
  render_persons (json, "to", message->to, node, HEDDLE_FIELD_TO);
  render_persons (json, "cc", message->cc, node, HEDDLE_FIELD_CC);
  render_persons (json, "bcc", message->bcc, node, HEDDLE_FIELD_BCC);
  heddle_json_string (json, "subject", message->subject);
  heddle_render_date (json, "date", message->date, evidence);
  heddle_json_string (json, "message_id", message->message_id);
  heddle_json_string (json, "in_reply_to", message->in_reply_to);
  heddle_render_strings (json, "references", message->references);
  heddle_json_string (json, "text", message->text != NULL ? message->text : "");
  heddle_json_string (json, "greeting", message->greeting);
  heddle_json_string (json, "signoff", message->signoff);
  heddle_json_string (json, "signature", message->signature);
  heddle_render_strings (json, "markings", message->markings);
  render_urls (json, message->urls);
  heddle_render_strings (json, "handles", message->handles);
  if (message->people->len > 0)
    render_persons (json, "people", message->people, NULL, HEDDLE_FIELD_FROM);
  render_cases (json, message->cases);
  render_attachments (json, message->attachments);
  render_mentions (json, message->dates);
  render_actions (json, message->actions);
  heddle_json_bool (json, "encrypted", message->encrypted);
  heddle_json_string (json, "automatic", heddle_automatic_name (message->automatic));
  heddle_render_spans (json, "spans", message->spans);
}

static void
render_lines (HeddleJson *json, const GPtrArray *lines, gboolean rules)
{
  heddle_json_begin_array (json, "lines");
  for (guint i = 0; i < lines->len; i++) {
    const HeddleChainLine *line = lines->pdata[i];
    heddle_json_flat (json);
    heddle_json_begin_object (json, NULL);
    heddle_json_int (json, "n", i + 1);
    heddle_json_string (json, "text", line->text);
    heddle_json_string (json, "zone", heddle_zone_name (line->zone));
    if (line->message >= 0)
      heddle_json_int (json, "message", line->message);
    else
      heddle_json_null (json, "message");
    heddle_json_int (json, "depth", line->depth);
    if (rules)
      heddle_json_string (json, "rule", line->rule);
    heddle_json_end_object (json);
  }
  heddle_json_end_array (json);
}

void
heddle_render_chain (HeddleJson *json, const HeddleChain *chain, gboolean lines, gboolean rules)
{
  heddle_json_begin_object (json, NULL);
  heddle_json_string (json, "schema", "heddle.parse/1");
  heddle_json_begin_array (json, "chain");
  for (guint i = 0; i < chain->messages->len; i++) {
    const HeddleMessage *message = chain->messages->pdata[i];
    heddle_json_begin_object (json, NULL);
    heddle_json_int (json, "index", i);
    if (message->parent >= 0)
      heddle_json_int (json, "parent", message->parent);
    else
      heddle_json_null (json, "parent");
    heddle_render_message_fields (json, message, NULL, rules);
    heddle_json_end_object (json);
  }
  heddle_json_end_array (json);
  if (lines || rules)
    render_lines (json, chain->lines, rules);
  heddle_json_begin_array (json, "warnings");
  for (guint i = 0; i < chain->warnings->len; i++)
    heddle_json_string (json, NULL, chain->warnings->pdata[i]);
  heddle_json_end_array (json);
  heddle_json_end_object (json);
}
