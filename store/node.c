/* SPDX-License-Identifier: MIT */
/* node: a merged message to the columns, facts and the gist that the index keeps.
 *
 * The gist is the record (parser.h) of a chain of one message, stripped to what a hit
 * shows and what the full text index was told. Whole messages are never read from the
 * index: thread.c merges them anew from the mails' records.
 */
#include "config.h"

#include <string.h>

#include "store/node.h"
#include "store/terms.h"

#define PERSONS_BYTES ((gsize) 256 << 20)
#define VALUE_BYTES 2048 /* of a fact: longer ones are no names */

/* --- full text ----------------------------------------------------------------------- */

static void
append_part (GString *column, const char *text)
{
  if (text == NULL)
    return;
  if (column->len > 0)
    g_string_append (column, " " HEDDLE_TERM_GAP);
  heddle_terms_append (column, text);
}

static void
append_person (GString *column, const HeddlePerson *person)
{
  if (person == NULL || (person->name == NULL && person->address == NULL))
    return;
  append_part (column, person->name != NULL ? person->name : "");
  if (person->address != NULL)
    heddle_terms_append (column, person->address);
}

static void
append_persons (GString *column, const GPtrArray *persons)
{
  for (guint i = 0; i < persons->len; i++)
    append_person (column, persons->pdata[i]);
}

GPtrArray *
heddle_node_columns (const HeddleMessage *message)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func (g_free);
  GString *texts[HEDDLE_COLUMNS];
  for (int i = 0; i < HEDDLE_COLUMNS; i++)
    texts[i] = g_string_new (NULL);
  append_part (texts[0], message->subject);
  append_part (texts[1], message->text);
  append_person (texts[2], message->from);
  append_persons (texts[3], message->to);
  append_persons (texts[3], message->cc);
  append_persons (texts[3], message->bcc);
  for (guint i = 0; i < message->attachments->len; i++)
    append_part (texts[4], ((HeddleAttachment *) message->attachments->pdata[i])->name);
  for (int i = 0; i < HEDDLE_COLUMNS; i++)
    g_ptr_array_add (columns, g_string_free (texts[i], FALSE));
  return columns;
}

/* --- flags and time ------------------------------------------------------------------ */

static gboolean
any_redacted (const HeddleMessage *message)
{
  const GPtrArray *lists[] = { message->to, message->cc, message->bcc };
  if (message->from != NULL && message->from->redacted)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; j < lists[i]->len; j++)
      if (((HeddlePerson *) lists[i]->pdata[j])->redacted)
        return TRUE;
  return FALSE;
}

static guint
standing (const HeddleNode *node)
{
  if (node->message->kind == HEDDLE_KIND_MISSING)
    return HEDDLE_FLAG_MISSING;
  for (guint i = 0; i < node->evidence->len; i++)
    if (((HeddleEvidence *) node->evidence->pdata[i])->received)
      return HEDDLE_FLAG_RECEIVED;
  return HEDDLE_FLAG_QUOTED;
}

guint
heddle_node_flags (const HeddleNode *node)
{
  const HeddleMessage *message = node->message;
  return standing (node) | (message->encrypted ? HEDDLE_FLAG_ENCRYPTED : 0)
         | (message->attachments->len > 0 ? HEDDLE_FLAG_ATTACHMENT : 0)
         | (message->urls->len > 0 ? HEDDLE_FLAG_URL : 0)
         | (message->actions->len > 0 ? HEDDLE_FLAG_ACTION : 0)
         | (any_redacted (message) ? HEDDLE_FLAG_REDACTION : 0);
}

HeddleTime
heddle_node_time (const HeddleMessage *message)
{
  const HeddleDate *date = message->date;
  if (date == NULL || (!date->has_utc && !date->has_local))
    return HEDDLE_TIME_NONE;
  if (date->has_utc)
    return date->utc;
  const HeddleWall *wall = &date->local;
  g_autoptr (GDateTime) time = g_date_time_new_utc (wall->year, wall->month, wall->day, wall->hour,
                                                    wall->minute, wall->second);
  return time != NULL ? g_date_time_to_unix (time) : HEDDLE_TIME_NONE;
}

/* --- facts ------------------------------------------------------------------------------ */

static void
clear_fact (gpointer item)
{
  HeddleFact *fact = item;
  g_free (fact->value);
  g_free (fact->shown);
}

/* @value (transfer full) */
static void
add_fact (GArray *facts, HeddleFactKind kind, char *value, const char *shown)
{
  HeddleFact fact = { kind, value, g_strdup (shown) };
  if (value[0] != '\0' && strlen (value) <= VALUE_BYTES && strlen (shown) <= VALUE_BYTES)
    g_array_append_val (facts, fact);
  else
    clear_fact (&fact);
}

static void
add_folded (GArray *facts, HeddleFactKind kind, const char *shown)
{
  if (shown != NULL)
    add_fact (facts, kind, heddle_text_fold (shown), shown);
}

static void
add_person (GArray *facts, HeddleFactKind kind, const HeddlePerson *person)
{
  if (person == NULL || (person->name == NULL && person->address == NULL))
    return;
  g_autofree char *both = person->name != NULL && person->address != NULL
                              ? g_strdup_printf ("%s <%s>", person->name, person->address)
                              : NULL;
  const char *key = person->address != NULL ? person->address : person->name;
  add_fact (facts, kind, heddle_text_fold (key), both != NULL ? both : key);
}

static void
add_persons (GArray *facts, const GPtrArray *persons)
{
  for (guint i = 0; i < persons->len; i++)
    add_person (facts, HEDDLE_FACT_TO, persons->pdata[i]);
}

static void
add_url (GArray *facts, const HeddleUrl *url)
{
  if (url->url == NULL)
    return; /* its target was lost */
  /* A path is not folded: two that differ in case are two. */
  add_fact (facts, HEDDLE_FACT_URL, g_strdup (url->url), url->url);
  add_folded (facts, HEDDLE_FACT_DOMAIN, url->domain);
}

GArray *
heddle_node_facts (const HeddleMessage *message)
{
  GArray *facts = g_array_new (FALSE, FALSE, sizeof (HeddleFact));
  g_array_set_clear_func (facts, clear_fact);
  if (message->text != NULL)
    add_folded (facts, HEDDLE_FACT_LANGUAGE, heddle_text_language (message->text));
  add_person (facts, HEDDLE_FACT_FROM, message->from);
  add_persons (facts, message->to);
  add_persons (facts, message->cc);
  add_persons (facts, message->bcc);
  for (guint i = 0; i < message->urls->len; i++)
    add_url (facts, message->urls->pdata[i]);
  for (guint i = 0; i < message->handles->len; i++)
    add_folded (facts, HEDDLE_FACT_HANDLE, message->handles->pdata[i]);
  for (guint i = 0; i < message->cases->len; i++)
    add_folded (facts, HEDDLE_FACT_CASE, ((HeddleCase *) message->cases->pdata[i])->id);
  for (guint i = 0; i < message->attachments->len; i++) {
    const HeddleAttachment *attachment = message->attachments->pdata[i];
    add_folded (facts, HEDDLE_FACT_ATTACHMENT, attachment->name);
    add_folded (facts, HEDDLE_FACT_TYPE, attachment->type);
  }
  return facts;
}

/* --- gists --------------------------------------------------------------------------------- */

/* @message (transfer none) as a record. */
static GBytes *
to_record (HeddleMessage *message)
{
  g_autoptr (HeddleChain) chain = heddle_chain_new ();
  g_ptr_array_add (chain->messages, message);
  GBytes *record = heddle_chain_to_record (chain, FALSE);
  g_ptr_array_steal_index (chain->messages, 0);
  return record;
}

GBytes *
heddle_gist_write (const HeddleMessage *message)
{
  g_autoptr (HeddleMessage) gist = heddle_message_new (HEDDLE_KIND_RECEIVED);
  HeddleMessage lent = *gist;
  lent.parent = -1;
  lent.from = message->from;
  lent.to = message->to;
  lent.cc = message->cc;
  lent.bcc = message->bcc;
  lent.subject = message->subject;
  lent.date = message->date;
  lent.text = message->text;
  lent.attachments = message->attachments;
  return to_record (&lent);
}

HeddleMessage *
heddle_gist_read (GBytes *gist, GError **error)
{
  g_autoptr (HeddleChain) chain = heddle_chain_from_record (gist, NULL);
  if (chain == NULL || chain->messages->len != 1) {
    g_set_error_literal (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_CORRUPT,
                         "the index is damaged; run 'heddle rebuild'");
    return NULL;
  }
  return g_ptr_array_steal_index (chain->messages, 0);
}

GBytes *
heddle_persons_write (GPtrArray *persons)
{
  g_autoptr (HeddleMessage) empty = heddle_message_new (HEDDLE_KIND_RECEIVED);
  HeddleMessage lent = *empty;
  lent.parent = -1;
  lent.to = persons;
  g_autoptr (GBytes) record = to_record (&lent);
  return heddle_pack (record, NULL);
}

GPtrArray *
heddle_persons_read (gconstpointer packed, gsize length, GError **error)
{
  g_autoptr (GBytes) record
      = heddle_unpack (packed, length, NULL, PERSONS_BYTES, "the index", error);
  g_autoptr (HeddleMessage) message = record != NULL ? heddle_gist_read (record, error) : NULL;
  return message != NULL ? g_steal_pointer (&message->to) : NULL;
}

/* --- fingerprints ----------------------------------------------------------------------------- */

/* 128 bits of the SHA-256 of @all, which goes. (transfer full) */
static GBytes *
finish (GString *all)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  g_checksum_update (sum, (const guchar *) all->str, (gssize) all->len);
  g_checksum_get_digest (sum, digest, &length);
  g_string_free (all, TRUE);
  return g_bytes_new (digest, 16);
}

/* NULL differs from "". */
static void
sum_string (GString *all, const char *text)
{
  g_string_append_len (all, text != NULL ? text : "\1", text != NULL ? (gssize) strlen (text) : 1);
  g_string_append_c (all, '\0');
}

static void
sum_person (GString *all, const HeddlePerson *person)
{
  sum_string (all, person != NULL ? person->raw : NULL);
  sum_string (all, person != NULL ? person->name : NULL);
  sum_string (all, person != NULL ? person->address : NULL);
  sum_string (all, person != NULL && person->redacted ? "redacted" : "");
}

static void
sum_persons (GString *all, const GPtrArray *persons)
{
  for (guint i = 0; i < persons->len; i++)
    sum_person (all, persons->pdata[i]);
  sum_string (all, "persons");
}

static void
sum_date (GString *all, const HeddleDate *date)
{
  if (date == NULL) {
    sum_string (all, NULL);
    sum_string (all, NULL);
    return;
  }
  const HeddleWall *wall = &date->local;
  const gint64 numbers[] = { date->has_local, wall->year, wall->month, wall->day, wall->hour,
                             wall->minute, wall->second, date->has_offset, date->offset,
                             date->has_utc, date->utc, date->inferred, date->precision };
  g_string_append_len (all, (const char *) numbers, sizeof numbers);
  sum_string (all, date->raw);
}

static void
sum_facts (GString *all, const HeddleMessage *message, const GArray *facts)
{
  for (guint i = 0; i < facts->len; i++) {
    const HeddleFact *fact = &g_array_index (facts, HeddleFact, i);
    g_string_append_c (all, (char) fact->kind);
    sum_string (all, fact->value);
    sum_string (all, fact->shown);
  }
  for (guint i = 0; i < message->attachments->len; i++) {
    const HeddleAttachment *attachment = message->attachments->pdata[i];
    sum_string (all, attachment->name);
    sum_string (all, attachment->sha256);
  }
}

GBytes *
heddle_node_digest (const HeddleNode *node, const GArray *facts)
{
  const HeddleMessage *message = node->message;
  gsize text = message->text != NULL ? strlen (message->text) : 0;
  GString *all = g_string_sized_new (text + 1024);
  guint flags = heddle_node_flags (node);
  g_string_append_len (all, (const char *) &flags, sizeof flags);
  sum_string (all, message->message_id);
  sum_string (all, message->subject);
  sum_string (all, message->text);
  sum_date (all, message->date);
  sum_person (all, message->from);
  sum_persons (all, message->to);
  sum_persons (all, message->cc);
  sum_persons (all, message->bcc);
  sum_facts (all, message, facts);
  return finish (all);
}

GBytes *
heddle_node_names (const HeddleNode *node)
{
  GString *all = g_string_new (NULL);
  for (guint i = 0; i < node->ids->len; i++)
    sum_string (all, node->ids->pdata[i]);
  return finish (all);
}
