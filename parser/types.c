/* SPDX-License-Identifier: MIT */
/* types: making, copying and freeing what parser.h declares, and the names of its
 * enums. Nothing here reads a mail. Every free function takes NULL and
 * half-built objects.
 */
#include "parser/parser.h"

#include "parser/lines.h"

/* Mail of the wild stays far below these; they are what a hostile one may cost. */
const HeddleLimits heddle_limits_default = {
  .bytes = 64 * 1024 * 1024,
  .header_bytes = 64 * 1024, /* Postfix lets 100 KB through, GMime breaks at 150 KB */
  .headers = 1000,
  .addresses = 1000,
  .references = 500,
  .mime_depth = 32,
  .mime_parts = 1000,
  .lines = 200000,
  .line_bytes = 64 * 1024,
  .messages = 1000,
  .facts = 500,
};

const char *
heddle_kind_name (HeddleKind kind)
{
  static const char *const names[] = { "received", "forward", "reply", "attached", "missing" };

  g_return_val_if_fail ((guint)kind < G_N_ELEMENTS (names), NULL);
  return names[kind];
}

const char *
heddle_zone_name (HeddleZone zone)
{
  static const char *const names[]
      = { "header",     "greeting", "body",  "signoff", "signature",
          "attachment", "marking",  "blank", "other" };

  g_return_val_if_fail ((guint)zone < G_N_ELEMENTS (names), NULL);
  return names[zone];
}

const char *
heddle_automatic_name (HeddleAutomatic automatic)
{
  static const char *const names[]
      = { NULL, "auto-reply", "bounce", "acknowledgement", "calendar", "list" };

  g_return_val_if_fail ((guint)automatic < G_N_ELEMENTS (names), NULL);
  return names[automatic];
}

const char *
heddle_action_kind_name (HeddleActionKind kind)
{
  static const char *const names[] = { "request", "question", "commitment", "deadline" };

  g_return_val_if_fail ((guint)kind < G_N_ELEMENTS (names), NULL);
  return names[kind];
}

const char *
heddle_precision_name (HeddlePrecision precision)
{
  static const char *const names[] = { "day", "minute", "second" };

  g_return_val_if_fail ((guint)precision < G_N_ELEMENTS (names), NULL);
  return names[precision];
}

const char *
heddle_pin_name (HeddlePin pin)
{
  static const char *const names[] = { NULL, "answer", "author", "copy" };

  g_return_val_if_fail ((guint)pin < G_N_ELEMENTS (names), NULL);
  return names[pin];
}

/* --- the small ones ------------------------------------------------------------------ */

HeddlePerson *
heddle_person_new (const char *name, const char *address, gboolean redacted, const char *raw)
{
  HeddlePerson *person = g_new0 (HeddlePerson, 1);

  person->name = g_strdup (name);
  person->address = g_strdup (address);
  person->redacted = redacted;
  person->raw = g_strdup (raw ? raw : "");
  return person;
}

HeddlePerson *
heddle_person_copy (const HeddlePerson *person)
{
  if (person == NULL)
    return NULL;
  return heddle_person_new (person->name, person->address, person->redacted, person->raw);
}

void
heddle_person_free (HeddlePerson *person)
{
  if (person == NULL)
    return;
  g_free (person->name);
  g_free (person->address);
  g_free (person->raw);
  g_free (person);
}

HeddleDate *
heddle_date_copy (const HeddleDate *date)
{
  HeddleDate *copy;

  if (date == NULL)
    return NULL;
  copy = g_memdup2 (date, sizeof *date);
  copy->raw = g_strdup (date->raw);
  return copy;
}

void
heddle_date_free (HeddleDate *date)
{
  if (date == NULL)
    return;
  g_free (date->raw);
  g_free (date);
}

static HeddleUrl *
url_copy (const HeddleUrl *url)
{
  HeddleUrl *copy = g_new0 (HeddleUrl, 1);

  copy->url = g_strdup (url->url);
  copy->text = g_strdup (url->text);
  copy->domain = g_strdup (url->domain);
  copy->original = g_strdup (url->original);
  return copy;
}

void
heddle_url_free (HeddleUrl *url)
{
  if (url == NULL)
    return;
  g_free (url->url);
  g_free (url->text);
  g_free (url->domain);
  g_free (url->original);
  g_free (url);
}

static HeddleCase *
case_copy (const HeddleCase *item)
{
  HeddleCase *copy = g_new0 (HeddleCase, 1);

  copy->id = g_strdup (item->id);
  copy->raw = g_strdup (item->raw);
  return copy;
}

void
heddle_case_free (HeddleCase *item)
{
  if (item == NULL)
    return;
  g_free (item->id);
  g_free (item->raw);
  g_free (item);
}

static HeddleAttachment *
attachment_copy (const HeddleAttachment *attachment)
{
  HeddleAttachment *copy = g_memdup2 (attachment, sizeof *attachment);

  copy->name = g_strdup (attachment->name);
  copy->type = g_strdup (attachment->type);
  copy->sha256 = g_strdup (attachment->sha256);
  copy->caption = g_strdup (attachment->caption);
  return copy;
}

void
heddle_attachment_free (HeddleAttachment *attachment)
{
  if (attachment == NULL)
    return;
  g_free (attachment->name);
  g_free (attachment->type);
  g_free (attachment->sha256);
  g_free (attachment->caption);
  g_free (attachment);
}

static HeddleMention *
mention_copy (const HeddleMention *mention)
{
  HeddleMention *copy = g_memdup2 (mention, sizeof *mention);

  copy->raw = g_strdup (mention->raw);
  return copy;
}

void
heddle_mention_free (HeddleMention *mention)
{
  if (mention == NULL)
    return;
  g_free (mention->raw);
  g_free (mention);
}

static HeddleAction *
action_copy (const HeddleAction *action)
{
  HeddleAction *copy = g_memdup2 (action, sizeof *action);

  copy->text = g_strdup (action->text);
  return copy;
}

void
heddle_action_free (HeddleAction *action)
{
  if (action == NULL)
    return;
  g_free (action->text);
  g_free (action);
}

/* --- messages and chains --------------------------------------------------------------- */

HeddleMessage *
heddle_message_new (HeddleKind kind)
{
  HeddleMessage *message = g_new0 (HeddleMessage, 1);

  message->parent = -1;
  message->kind = kind;
  message->to = g_ptr_array_new_with_free_func ((GDestroyNotify)heddle_person_free);
  message->cc = g_ptr_array_new_with_free_func ((GDestroyNotify)heddle_person_free);
  message->bcc = g_ptr_array_new_with_free_func ((GDestroyNotify)heddle_person_free);
  message->references = g_ptr_array_new_with_free_func (g_free);
  message->text = g_strdup ("");
  message->markings = g_ptr_array_new_with_free_func (g_free);
  message->urls = g_ptr_array_new_with_free_func ((GDestroyNotify)heddle_url_free);
  message->handles = g_ptr_array_new_with_free_func (g_free);
  message->people = g_ptr_array_new_with_free_func ((GDestroyNotify)heddle_person_free);
  message->cases = g_ptr_array_new_with_free_func ((GDestroyNotify)heddle_case_free);
  message->attachments
      = g_ptr_array_new_with_free_func ((GDestroyNotify)heddle_attachment_free);
  message->dates = g_ptr_array_new_with_free_func ((GDestroyNotify)heddle_mention_free);
  message->actions = g_ptr_array_new_with_free_func ((GDestroyNotify)heddle_action_free);
  message->spans = g_array_new (FALSE, FALSE, sizeof (HeddleSpan));
  return message;
}

static gpointer
copy_string (gconstpointer item)
{
  return g_strdup (item);
}

#define COPIER(name, Type, function)                                                           \
  static gpointer name (gconstpointer item) { return function ((const Type *)item); }
COPIER (copy_person, HeddlePerson, heddle_person_copy)
COPIER (copy_url, HeddleUrl, url_copy)
COPIER (copy_case, HeddleCase, case_copy)
COPIER (copy_attachment, HeddleAttachment, attachment_copy)
COPIER (copy_mention, HeddleMention, mention_copy)
COPIER (copy_action, HeddleAction, action_copy)

/* All but the lists of @message. */
static HeddleMessage *
copy_fields (const HeddleMessage *message)
{
  HeddleMessage *copy = g_new0 (HeddleMessage, 1);

  copy->parent = message->parent;
  copy->kind = message->kind;
  copy->style = g_strdup (message->style);
  copy->from = heddle_person_copy (message->from);
  copy->subject = g_strdup (message->subject);
  copy->date = heddle_date_copy (message->date);
  copy->message_id = g_strdup (message->message_id);
  copy->in_reply_to = g_strdup (message->in_reply_to);
  copy->thread_index = g_strdup (message->thread_index);
  copy->text = g_strdup (message->text);
  copy->greeting = g_strdup (message->greeting);
  copy->signoff = g_strdup (message->signoff);
  copy->signature = g_strdup (message->signature);
  copy->encrypted = message->encrypted;
  copy->automatic = message->automatic;
  copy->ground = message->ground;
  return copy;
}

static GPtrArray *
list_copy (GPtrArray *list, gpointer (*copy) (gconstpointer item), GDestroyNotify free_item)
{
  GPtrArray *ret = g_ptr_array_new_with_free_func (free_item);

  for (guint i = 0; i < list->len; i++)
    g_ptr_array_add (ret, copy (list->pdata[i]));
  return ret;
}

HeddleMessage *
heddle_message_copy (const HeddleMessage *message)
{
  HeddleMessage *copy = copy_fields (message);
  const GDestroyNotify person_free = (GDestroyNotify)heddle_person_free;

  copy->to = list_copy (message->to, copy_person, person_free);
  copy->cc = list_copy (message->cc, copy_person, person_free);
  copy->bcc = list_copy (message->bcc, copy_person, person_free);
  copy->references = list_copy (message->references, copy_string, g_free);
  copy->markings = list_copy (message->markings, copy_string, g_free);
  copy->urls = list_copy (message->urls, copy_url, (GDestroyNotify)heddle_url_free);
  copy->handles = list_copy (message->handles, copy_string, g_free);
  copy->people = list_copy (message->people, copy_person, person_free);
  copy->cases = list_copy (message->cases, copy_case, (GDestroyNotify)heddle_case_free);
  copy->attachments = list_copy (message->attachments, copy_attachment,
                                 (GDestroyNotify)heddle_attachment_free);
  copy->dates = list_copy (message->dates, copy_mention, (GDestroyNotify)heddle_mention_free);
  copy->actions = list_copy (message->actions, copy_action, (GDestroyNotify)heddle_action_free);
  copy->spans = g_array_copy (message->spans);
  return copy;
}

HeddleMessage *
heddle_message_share (const HeddleMessage *message)
{
  HeddleMessage *copy = copy_fields (message);

  copy->to = g_ptr_array_ref (message->to);
  copy->cc = g_ptr_array_ref (message->cc);
  copy->bcc = g_ptr_array_ref (message->bcc);
  copy->references = g_ptr_array_ref (message->references);
  copy->markings = g_ptr_array_ref (message->markings);
  copy->urls = g_ptr_array_ref (message->urls);
  copy->handles = g_ptr_array_ref (message->handles);
  copy->people = g_ptr_array_ref (message->people);
  copy->cases = g_ptr_array_ref (message->cases);
  copy->attachments = g_ptr_array_ref (message->attachments);
  copy->dates = g_ptr_array_ref (message->dates);
  copy->actions = g_ptr_array_ref (message->actions);
  copy->spans = g_array_ref (message->spans);
  return copy;
}

void
heddle_message_free (HeddleMessage *message)
{
  if (message == NULL)
    return;
  g_clear_pointer (&message->to, g_ptr_array_unref);
  g_clear_pointer (&message->cc, g_ptr_array_unref);
  g_clear_pointer (&message->bcc, g_ptr_array_unref);
  g_clear_pointer (&message->references, g_ptr_array_unref);
  g_clear_pointer (&message->markings, g_ptr_array_unref);
  g_clear_pointer (&message->urls, g_ptr_array_unref);
  g_clear_pointer (&message->handles, g_ptr_array_unref);
  g_clear_pointer (&message->people, g_ptr_array_unref);
  g_clear_pointer (&message->cases, g_ptr_array_unref);
  g_clear_pointer (&message->attachments, g_ptr_array_unref);
  g_clear_pointer (&message->dates, g_ptr_array_unref);
  g_clear_pointer (&message->actions, g_ptr_array_unref);
  g_clear_pointer (&message->spans, g_array_unref);
  heddle_person_free (message->from);
  heddle_date_free (message->date);
  g_free (message->style);
  g_free (message->subject);
  g_free (message->message_id);
  g_free (message->in_reply_to);
  g_free (message->thread_index);
  g_free (message->text);
  g_free (message->greeting);
  g_free (message->signoff);
  g_free (message->signature);
  g_free (message);
}

static void
chain_line_free (gpointer data)
{
  HeddleChainLine *line = data;

  g_free (line->text);
  g_free (line);
}

HeddleChain *
heddle_chain_new (void)
{
  HeddleChain *chain = g_new0 (HeddleChain, 1);

  chain->messages = g_ptr_array_new_with_free_func ((GDestroyNotify)heddle_message_free);
  chain->lines = g_ptr_array_new_with_free_func (chain_line_free);
  chain->warnings = g_ptr_array_new_with_free_func (g_free);
  return chain;
}

void
heddle_chain_free (HeddleChain *chain)
{
  if (chain == NULL)
    return;
  g_ptr_array_unref (chain->messages);
  g_ptr_array_unref (chain->lines);
  g_ptr_array_unref (chain->warnings);
  g_free (chain);
}

void
heddle_warn (GPtrArray *warnings, const char *sentence)
{
  if (warnings == NULL)
    return;
  for (guint i = 0; i < warnings->len; i++)
    if (g_str_equal (warnings->pdata[i], sentence))
      return;
  g_ptr_array_add (warnings, g_strdup (sentence));
}
