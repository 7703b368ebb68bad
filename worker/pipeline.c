/* SPDX-License-Identifier: MIT */
/* pipeline: a mail's way from bytes to an indexed thread. Read this file first.
 *
 *   add     refuse what is no mail by size, else hand it to the parse child
 *   settle  take its result: a checked chain and whether one of us sent it, or a
 *           reason to quarantine it
 *   keep    a batch into the truth, durable
 *   index   the batch into the index, threaded with all that is known
 *   report  what became of each; only now may its source be unlinked
 *
 * The children parse the next batch while one is kept and indexed: so much is handed to
 * them before that, and the store calls us now and then while it writes, to serve their
 * pipes. Both are bounded by bytes too, as a mail may be large. Every step
 * can fail for want of disk or because of a lock, and is taken up again by the next
 * call where it stopped; done twice, it changes nothing. A batch that fails for any
 * other reason is gone through mail by mail, so that one mail cannot stop the rest.
 */
#include "config.h"

#include <string.h>

#include "worker/pipeline.h"
#include "parser/parser.h"

typedef enum {
  STEP_PARSING, /* under way to the child and back */
  STEP_PARSED,  /* to be kept */
  STEP_KEPT,    /* to be indexed */
  STEP_DONE     /* to be reported */
} Step;

/* Of mails that are under way, of those that a batch holds, and of the records of those
 * that are kept and wait to be indexed. */
#define AHEAD_BYTES ((gsize) 12 << 20)
#define BATCH_BYTES ((gsize) 12 << 20)
#define RECORD_BYTES ((gsize) 16 << 20)

typedef struct {
  HeddleStoreMail *mail;
  gpointer tag;
  Step step;
  gboolean kept;             /* it is in the truth already */
  HeddleStoreRecord *record; /* (nullable) until it was parsed */
  gboolean is_new;           /* the truth did not have it */
  HeddleFate fate;
  HeddleIndexed *indexed; /* (nullable) */
  char *error;            /* (nullable) */
} Item;

struct _HeddlePipeline {
  const HeddleConfig *config;
  HeddleStore *store;
  HeddleChild *child;
  guint batch;
  HeddleOutcomeFunc done;
  gpointer user_data;
  GQueue items;  /* of Item, in the order of adding */
  gsize ahead;   /* bytes of the mails that are under way */
  gsize settled; /* bytes of those that are parsed and not kept */
  gsize records; /* bytes of the records of those that are not indexed */
  guint waiting; /* items that the last commit left to be indexed with others */
  guint wanted;  /* items that are worth an indexing */
};

const char *
heddle_fate_name (HeddleFate fate)
{
  static const char *const names[] = { "stored", "duplicate", "quarantined", "refused" };
  return names[fate];
}

static void
item_free (gpointer data)
{
  Item *item = data;
  heddle_store_mail_free (item->mail);
  if (item->record != NULL)
    heddle_store_record_free (item->record);
  if (item->indexed != NULL)
    heddle_indexed_free (item->indexed);
  g_free (item->error);
  g_free (item);
}

HeddlePipeline *
heddle_pipeline_new (const HeddleConfig *config, HeddleStore *store, HeddleChild *child,
                     guint batch, HeddleOutcomeFunc done, gpointer user_data)
{
  HeddlePipeline *pipeline = g_new0 (HeddlePipeline, 1);
  pipeline->config = config;
  pipeline->store = store;
  pipeline->child = child;
  pipeline->batch = MAX (batch, 1);
  pipeline->done = done;
  pipeline->user_data = user_data;
  g_queue_init (&pipeline->items);
  return pipeline;
}

void
heddle_pipeline_free (HeddlePipeline *pipeline)
{
  if (pipeline == NULL)
    return;
  if (!g_queue_is_empty (&pipeline->items))
    heddle_child_drop (pipeline->child);
  g_queue_clear_full (&pipeline->items, item_free);
  g_free (pipeline);
}

/* --- settle ------------------------------------------------------------------------ */

gboolean
heddle_pipeline_proven (const HeddleConfig *config, const char *auth, const HeddleMessage *head)
{
  if (auth == NULL || *auth == '\0' || head->from == NULL || head->from->address == NULL)
    return FALSE;
  const char *address = head->from->address;
  const char *at = strrchr (address, '@');
  if (at == NULL || !heddle_config_is_us (config, address))
    return FALSE;
  gsize local = (gsize) (at - address);
  return g_ascii_strcasecmp (auth, address) == 0
         || (strlen (auth) == local && g_ascii_strncasecmp (auth, address, local) == 0);
}

/* What the index gets of a mail: its record, once that is known to be sound, or why
 * there is none. */
static HeddleStoreRecord *
make_record (const char *mail, GBytes *bytes, const GError *trouble)
{
  HeddleStoreRecord *record = g_new0 (HeddleStoreRecord, 1);
  record->mail = g_strdup (mail);
  g_autoptr (GError) error = NULL;
  record->chain = bytes == NULL ? NULL : heddle_chain_from_record (bytes, &error);
  if (record->chain != NULL) {
    record->record = g_bytes_ref (bytes);
  } else if (trouble != NULL) {
    record->reason = g_strdup (trouble->message);
  } else {
    record->reason = g_strdup_printf ("the parser's record is not sound: %s", error->message);
  }
  return record;
}

static gsize
record_size (const Item *item)
{
  GBytes *record = item->record != NULL ? item->record->record : NULL;
  return record != NULL ? g_bytes_get_size (record) : 0;
}

/* Take the result of the oldest mail under way. */
static gboolean
settle_one (HeddlePipeline *pipeline, GError **error)
{
  g_autoptr (GError) trouble = NULL;
  g_autoptr (GBytes) bytes = heddle_child_receive (pipeline->child, &trouble);
  if (g_error_matches (trouble, HEDDLE_WORKER_ERROR, HEDDLE_WORKER_ERROR_CHILD)) {
    g_propagate_error (error, g_steal_pointer (&trouble));
    return FALSE;
  }
  GList *l = pipeline->items.head;
  while (((Item *) l->data)->step != STEP_PARSING)
    l = l->next;
  Item *item = l->data;
  gsize size = g_bytes_get_size (item->mail->bytes);
  pipeline->ahead -= size;
  item->record = make_record (item->mail->mail, bytes, trouble);
  const HeddleChain *chain = item->record->chain;
  if (chain != NULL && item->mail->envelope != NULL && !item->mail->verified)
    item->mail->verified = heddle_pipeline_proven (
        pipeline->config, item->mail->envelope->auth, g_ptr_array_index (chain->messages, 0));
  /* It is needed again soon, unless many have to wait: then its record is smaller. */
  if (pipeline->items.length > 3 * pipeline->batch)
    g_clear_pointer (&item->record->chain, heddle_chain_free);
  item->step = item->kept ? STEP_KEPT : STEP_PARSED;
  if (item->kept)
    g_clear_pointer (&item->mail->bytes, g_bytes_unref);
  else
    pipeline->settled += size;
  pipeline->records += record_size (item);
  return TRUE;
}

static void
send_one (HeddlePipeline *pipeline, Item *item)
{
  heddle_child_send (pipeline->child, item->mail->bytes);
  pipeline->ahead += g_bytes_get_size (item->mail->bytes);
}

/* Take what results there are, and wait for more while too much is under way. */
static gboolean
settle (HeddlePipeline *pipeline, GError **error)
{
  guint most = MIN (pipeline->batch, HEDDLE_CHILD_UNDER_WAY - 1);
  while (heddle_child_is_ready (pipeline->child)
         || heddle_child_under_way (pipeline->child) > most || pipeline->ahead > AHEAD_BYTES)
    if (!settle_one (pipeline, error))
      return FALSE;
  return TRUE;
}

/* --- keep and index --------------------------------------------------------------------- */

/* Trouble that passes, or that a person has to end: no mail's fault. */
static gboolean
is_passing (const GError *error)
{
  return error->domain == HEDDLE_STORE_ERROR;
}

static void
refuse (Item *item, const char *why)
{
  item->fate = HEDDLE_FATE_REFUSED;
  item->error = g_strdup (why);
  item->step = STEP_DONE;
}

/* Into the truth: all of @items (of Item) that are at STEP_PARSED. */
static gboolean
keep (HeddlePipeline *pipeline, const GPtrArray *items, GError **error)
{
  g_autoptr (GPtrArray) mails = g_ptr_array_new ();
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  for (guint i = 0; i < items->len; i++) {
    Item *item = g_ptr_array_index (items, i);
    if (item->step != STEP_PARSED)
      continue;
    g_ptr_array_add (mails, item->mail);
    g_ptr_array_add (kept, item);
  }
  if (kept->len == 0)
    return TRUE;
  g_autoptr (GArray) is_new = NULL;
  if (!heddle_store_add_mails (pipeline->store, mails, &is_new, error))
    return FALSE;
  for (guint i = 0; i < kept->len; i++) {
    Item *item = g_ptr_array_index (kept, i);
    item->is_new = g_array_index (is_new, gboolean, i);
    item->step = STEP_KEPT;
    pipeline->settled -= g_bytes_get_size (item->mail->bytes);
    g_clear_pointer (&item->mail->bytes, g_bytes_unref);
  }
  return TRUE;
}

/* A mail that is known and indexed stays as it is, unless it may count as proven
 * only now. */
static gboolean
settle_known (HeddlePipeline *pipeline, Item *item, GError **error)
{
  if (item->is_new || item->mail->verified)
    return TRUE;
  g_autoptr (GError) trouble = NULL;
  HeddleIndexed *indexed = heddle_store_indexed (pipeline->store, item->mail->mail, &trouble);
  if (indexed == NULL) {
    if (g_error_matches (trouble, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_UNKNOWN))
      return TRUE;
    g_propagate_error (error, g_steal_pointer (&trouble));
    return FALSE;
  }
  item->indexed = indexed;
  item->fate = HEDDLE_FATE_DUPLICATE;
  item->step = STEP_DONE;
  return TRUE;
}

static void
take_indexed (Item *item, const HeddleIndexed *indexed)
{
  if (indexed->thread == NULL) {
    item->fate = HEDDLE_FATE_QUARANTINED;
    item->error = g_strdup (item->record->reason);
  } else {
    item->fate = item->is_new ? HEDDLE_FATE_STORED : HEDDLE_FATE_DUPLICATE;
    item->indexed = g_new0 (HeddleIndexed, 1);
    item->indexed->mail = g_strdup (indexed->mail);
    item->indexed->message = g_strdup (indexed->message);
    item->indexed->thread = g_strdup (indexed->thread);
    item->indexed->added = item->is_new ? indexed->added : 0;
    item->indexed->merged = item->is_new ? indexed->merged : 0;
  }
  item->step = STEP_DONE;
}

/* Into the index: all of @items that are at STEP_KEPT. The same bytes twice in one
 * batch are one record. */
static gboolean
index_items (HeddlePipeline *pipeline, const GPtrArray *items, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < items->len; i++) {
    Item *item = g_ptr_array_index (items, i);
    if (item->step != STEP_KEPT || g_hash_table_contains (places, item->mail->mail))
      continue;
    if (!settle_known (pipeline, item, error))
      return FALSE;
    if (item->step != STEP_KEPT)
      continue;
    g_hash_table_insert (places, item->mail->mail, GUINT_TO_POINTER (records->len));
    g_ptr_array_add (records, item->record);
  }
  if (records->len == 0)
    return TRUE;
  g_autoptr (GPtrArray) indexed = NULL;
  if (!heddle_store_index (pipeline->store, records, &indexed, error))
    return FALSE;
  pipeline->wanted = heddle_store_merged_again (pipeline->store);
  for (guint i = 0; i < items->len; i++) {
    Item *item = g_ptr_array_index (items, i);
    if (item->step != STEP_KEPT)
      continue;
    guint place = GPOINTER_TO_UINT (g_hash_table_lookup (places, item->mail->mail));
    take_indexed (item, g_ptr_array_index (indexed, place));
  }
  return TRUE;
}

/* One mail that the index will not have, though nothing is wrong with the disk. */
static gboolean
quarantine (HeddlePipeline *pipeline, Item *item, const char *why, GError **error)
{
  pipeline->records -= record_size (item);
  g_clear_pointer (&item->record->record, g_bytes_unref);
  g_clear_pointer (&item->record->chain, heddle_chain_free);
  item->record->reason = g_strdup (why);
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  g_ptr_array_add (one, item);
  return index_items (pipeline, one, error);
}

static gboolean
commit_one_by_one (HeddlePipeline *pipeline, const GPtrArray *items, GError **error)
{
  for (guint i = 0; i < items->len; i++) {
    Item *item = g_ptr_array_index (items, i);
    g_autoptr (GPtrArray) one = g_ptr_array_new ();
    g_ptr_array_add (one, item);
    g_autoptr (GError) trouble = NULL;
    if (keep (pipeline, one, &trouble) && index_items (pipeline, one, &trouble))
      continue;
    if (is_passing (trouble)) {
      g_propagate_error (error, g_steal_pointer (&trouble));
      return FALSE;
    }
    if (item->step == STEP_PARSED)
      refuse (item, trouble->message);
    else if (!quarantine (pipeline, item, trouble->message, error))
      return FALSE;
  }
  return TRUE;
}

static void
report (HeddlePipeline *pipeline)
{
  Item *item;
  while ((item = g_queue_peek_head (&pipeline->items)) != NULL && item->step == STEP_DONE) {
    HeddleOutcome outcome = { .tag = item->tag,
                              .fate = item->fate,
                              .mail = item->mail->mail,
                              .indexed = item->indexed,
                              .error = item->error };
    pipeline->done (&outcome, pipeline->user_data);
    pipeline->records -= record_size (item);
    item_free (g_queue_pop_head (&pipeline->items));
  }
}

static void
serve_child (gpointer child)
{
  heddle_child_serve (child);
}

/* All of @items through the remaining steps, but for indexing when that is not @worth it. */
static gboolean
commit_items (HeddlePipeline *pipeline, const GPtrArray *items, gboolean worth, GError **error)
{
  g_autoptr (GError) trouble = NULL;
  if (keep (pipeline, items, &trouble)
      && (!worth || index_items (pipeline, items, &trouble)))
    return TRUE;
  if (!is_passing (trouble))
    return commit_one_by_one (pipeline, items, error);
  g_propagate_error (error, g_steal_pointer (&trouble));
  return FALSE;
}

/* All that was parsed. @all: whether or not it is worth an indexing. */
static gboolean
commit (HeddlePipeline *pipeline, gboolean all, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  for (GList *l = pipeline->items.head; l != NULL; l = l->next) {
    Item *item = l->data;
    if (item->step < STEP_PARSED)
      break;
    g_ptr_array_add (items, item);
  }
  gboolean worth = all || items->len >= pipeline->wanted || pipeline->records >= RECORD_BYTES;
  heddle_store_set_idle (pipeline->store, serve_child, pipeline->child);
  gboolean good = commit_items (pipeline, items, worth, error);
  heddle_store_set_idle (pipeline->store, NULL, NULL);
  report (pipeline);
  pipeline->waiting
      = good ? pipeline->items.length - heddle_child_under_way (pipeline->child) : 0;
  return good;
}

/* --- what others call ----------------------------------------------------------------- */

/* A reason to take nothing at all of it; NULL for a mail. */
static const char *
unfit (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  if (size > heddle_limits_default.bytes)
    return "larger than a mail may be";
  for (gsize i = 0; i < size; i++)
    if (!g_ascii_isspace (data[i]))
      return NULL;
  return "empty";
}

static gboolean
is_batch (const HeddlePipeline *pipeline)
{
  guint fresh = pipeline->items.length - heddle_child_under_way (pipeline->child)
                - pipeline->waiting;
  return fresh >= pipeline->batch || pipeline->settled >= BATCH_BYTES;
}

static gboolean
add_item (HeddlePipeline *pipeline, Item *item, GError **error)
{
  g_queue_push_tail (&pipeline->items, item);
  if (item->step == STEP_PARSING)
    send_one (pipeline, item);
  if (!settle (pipeline, error))
    return FALSE;
  return !is_batch (pipeline) || commit (pipeline, FALSE, error);
}

gboolean
heddle_pipeline_add (HeddlePipeline *pipeline, HeddleStoreMail *mail, gpointer tag,
                     GError **error)
{
  Item *item = g_new0 (Item, 1);
  item->mail = mail;
  item->tag = tag;
  if (mail->mail == NULL) {
    gsize size;
    gconstpointer data = g_bytes_get_data (mail->bytes, &size);
    mail->mail = heddle_mail_id (data, size);
  }
  const char *why = unfit (mail->bytes);
  if (why != NULL)
    refuse (item, why);
  return add_item (pipeline, item, error);
}

/* Of a mail that is in the truth. */
static Item *
kept_item (const char *mail)
{
  Item *item = g_new0 (Item, 1);
  item->mail = g_new0 (HeddleStoreMail, 1);
  item->mail->mail = g_strdup (mail);
  item->mail->received = HEDDLE_TIME_NONE;
  item->kept = TRUE;
  item->is_new = TRUE;
  return item;
}

gboolean
heddle_pipeline_add_kept (HeddlePipeline *pipeline, const char *mail, GBytes *bytes,
                          GError **error)
{
  Item *item = kept_item (mail);
  item->mail->bytes = g_bytes_ref (bytes);
  return add_item (pipeline, item, error);
}

gboolean
heddle_pipeline_add_lost (HeddlePipeline *pipeline, const char *mail, const char *why,
                          GError **error)
{
  Item *item = kept_item (mail);
  item->record = g_new0 (HeddleStoreRecord, 1);
  item->record->mail = g_strdup (mail);
  item->record->reason = g_strdup (why);
  item->step = STEP_KEPT;
  return add_item (pipeline, item, error);
}

gboolean
heddle_pipeline_flush (HeddlePipeline *pipeline, GError **error)
{
  while (!g_queue_is_empty (&pipeline->items)) {
    while (heddle_child_under_way (pipeline->child) > 0 && !is_batch (pipeline))
      if (!settle_one (pipeline, error))
        return FALSE;
    if (!commit (pipeline, heddle_child_under_way (pipeline->child) == 0, error))
      return FALSE;
  }
  return TRUE;
}

HeddlePipeline *
heddle_pipeline_twin (const HeddlePipeline *pipeline, HeddleOutcomeFunc done, gpointer user_data)
{
  g_assert (g_queue_is_empty ((GQueue *) &pipeline->items));
  return heddle_pipeline_new (pipeline->config, pipeline->store, pipeline->child,
                              pipeline->batch, done, user_data);
}

HeddleStore *
heddle_pipeline_store (const HeddlePipeline *pipeline)
{
  return pipeline->store;
}
