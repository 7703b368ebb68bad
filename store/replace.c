/* SPDX-License-Identifier: MIT */
/* replace: the index rows of some bundles by new ones.
 *
 * First all rows of all old bundles are looked at (a mail that comes may join bundles,
 * one that is made anew may part them), then the new threads and nodes are written,
 * each over the old row of the same id where there is one, then what nobody took over
 * is deleted. A node whose digest is the same keeps its words, facts and gist.
 */
#include "config.h"

#include <string.h>

#include "store/messages.h"
#include "store/node.h"

typedef struct {
  gint64 id;      /* row; the key */
  gint64 bundle, thread;
  GBytes *digest, *names; /* of nodes: fingerprints of what they hold, and of their ids */
  gboolean used;
} OldRow;

typedef struct {
  gint64 id;
  gint64 bundle, node; /* as they stand; 0: none */
  gint64 now;          /* the node that is its chain[0] now */
  HeddleSlot record;   /* of a new one */
} MailRow;

/* A thing that has its row. */
typedef struct {
  HeddleFactKind kind;
  char *value, *shown; /* shown: (nullable) */
  gint64 id;
} Thing;

/* An id, and the node that it is of. */
typedef struct {
  gint64 id, node;
} IdRow;

typedef struct {
  HeddleStore *store;
  GHashTable *records;     /* of the mails that are new: char * to GBytes */
  HeddlePacker gists, packed; /* the records are packed after the gists of their messages */
  GHashTable *bundles;     /* set of gint64: seen */
  GPtrArray *nodes, *threads;  /* of OldRow, owned */
  GHashTable *node_by_name, *thread_by_name; /* char * to OldRow */
  GHashTable *things;      /* set of Thing: people and hosts that come again and again */
  GArray *ids;             /* of IdRow: to be written */
} Replace;

static void
old_row_free (gpointer item)
{
  OldRow *row = item;
  g_clear_pointer (&row->digest, g_bytes_unref);
  g_clear_pointer (&row->names, g_bytes_unref);
  g_free (row);
}

static guint
thing_hash (gconstpointer item)
{
  const Thing *thing = item;
  return g_str_hash (thing->value) * 31 + (guint) thing->kind;
}

static gboolean
thing_equal (gconstpointer a, gconstpointer b)
{
  const Thing *x = a, *y = b;
  return x->kind == y->kind && strcmp (x->value, y->value) == 0
         && g_strcmp0 (x->shown, y->shown) == 0;
}

static void
thing_free (gpointer item)
{
  Thing *thing = item;
  g_free (thing->value);
  g_free (thing->shown);
  g_free (thing);
}

/* --- what stands there ---------------------------------------------------------------- */

static gboolean
load_rows (Replace *replace, const char *text, gint64 bundle, GPtrArray *rows, GHashTable *by_name,
           GError **error)
{
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (replace->store->index, text, error);
  if (stmt == NULL)
    return FALSE;
  heddle_stmt_bind (stmt, "i", bundle);
  HeddleStep step;
  while ((step = heddle_stmt_step (stmt, error)) == HEDDLE_STEP_ROW) {
    OldRow *row = g_new0 (OldRow, 1);
    row->id = heddle_stmt_int (stmt, 0);
    row->thread = heddle_stmt_int (stmt, 2);
    row->digest = heddle_stmt_bytes (stmt, 3);
    row->names = heddle_stmt_bytes (stmt, 4);
    row->bundle = bundle;
    g_ptr_array_add (rows, row);
    g_hash_table_insert (by_name, heddle_stmt_text (stmt, 1), row);
  }
  return step == HEDDLE_STEP_DONE;
}

static gboolean
touch (Replace *replace, gint64 bundle, GError **error)
{
  if (bundle == 0 || g_hash_table_contains (replace->bundles, &bundle))
    return TRUE;
  g_hash_table_add (replace->bundles, g_memdup2 (&bundle, sizeof bundle));
  return load_rows (replace, "SELECT id, message, thread, digest, names FROM nodes"
                             " WHERE bundle = ?", bundle, replace->nodes, replace->node_by_name, error)
         && load_rows (replace, "SELECT id, thread, 0, NULL, NULL FROM threads WHERE bundle = ?", bundle,
                       replace->threads, replace->thread_by_name, error);
}

static MailRow *
find_mail (HeddleStore *store, const char *mail, GError **error)
{
  guint8 sha[HEDDLE_SHA_BYTES];
  if (!heddle_sha_read (mail, sha, error))
    return NULL;
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      store->index, "SELECT id, ifnull (bundle, 0), ifnull (node, 0) FROM mails WHERE sha = ?",
      error);
  if (stmt == NULL)
    return NULL;
  heddle_stmt_bind_blob (stmt, 1, sha, sizeof sha);
  HeddleStep step = heddle_stmt_step (stmt, error);
  if (step == HEDDLE_STEP_DONE)
    g_set_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_CORRUPT,
                 "the index lacks mail %s that it threaded; run 'heddle rebuild'", mail);
  if (step != HEDDLE_STEP_ROW)
    return NULL;
  MailRow *row = g_new0 (MailRow, 1);
  row->id = heddle_stmt_int (stmt, 0);
  row->bundle = heddle_stmt_int (stmt, 1);
  row->node = heddle_stmt_int (stmt, 2);
  return row;
}

/* The rows of the mails of @bundle: char * (the bundle's) to MailRow. */
static GHashTable *
find_mails (Replace *replace, const HeddleBundle *bundle, gint64 *ret_number, GError **error)
{
  g_autoptr (GHashTable) rows = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  gint64 number = G_MAXINT64;
  for (guint i = 0; i < bundle->mails->len; i++) {
    const HeddleThreadMail *mail = bundle->mails->pdata[i];
    MailRow *row = find_mail (replace->store, mail->mail, error);
    if (row == NULL)
      return NULL;
    g_hash_table_insert (rows, mail->mail, row);
    number = MIN (number, row->id);
    if (!touch (replace, row->bundle, error))
      return NULL;
  }
  *ret_number = number;
  return g_steal_pointer (&rows);
}

/* --- nodes -------------------------------------------------------------------------------- */

static gboolean
run_with_id (HeddleStore *store, const char *text, gint64 id, GError **error)
{
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (store->index, text, error);
  if (stmt == NULL)
    return FALSE;
  heddle_stmt_bind (stmt, "i", id);
  return heddle_stmt_run (stmt, error);
}

static gboolean
tell_words (HeddleStore *store, const char *text, gint64 id, const HeddleMessage *message,
            GError **error)
{
  g_autoptr (GPtrArray) columns = heddle_node_columns (message);
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (store->index, text, error);
  if (stmt == NULL)
    return FALSE;
  heddle_stmt_bind_int (stmt, 1, id);
  for (int i = 0; i < HEDDLE_COLUMNS; i++)
    heddle_stmt_bind_text (stmt, 2 + i, columns->pdata[i]);
  return heddle_stmt_run (stmt, error);
}

/* Where the gist of a node stands, and what it says. */
static HeddleMessage *
read_gist (HeddleStore *store, gint64 id, HeddleSlot *slot, GError **error)
{
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      store->index, "SELECT pack, start, length FROM nodes WHERE id = ?", error);
  if (stmt == NULL)
    return NULL;
  heddle_stmt_bind (stmt, "i", id);
  if (heddle_stmt_step (stmt, error) == HEDDLE_STEP_ERROR)
    return NULL;
  heddle_slot_column (stmt, 0, slot);
  g_autoptr (GBytes) gist = heddle_slot_read (store, HEDDLE_PACKS_INDEX, slot, error);
  return gist != NULL ? heddle_gist_read (gist, error) : NULL;
}

static gboolean
delete_node (Replace *replace, gint64 id, GError **error)
{
  HeddleStore *store = replace->store;
  static const char *const deletes[] = {
    "DELETE FROM things WHERE id IN (SELECT thing FROM facts WHERE node = ?1)"
    " AND NOT EXISTS (SELECT 1 FROM facts WHERE thing = things.id AND node <> ?1)",
    "DELETE FROM facts WHERE node = ?",
    "DELETE FROM nodes WHERE id = ?",
  };
  HeddleSlot slot = { 0 };
  g_autoptr (HeddleMessage) gist = read_gist (store, id, &slot, error);
  if (gist == NULL || !heddle_slot_drop (store, HEDDLE_PACKS_INDEX, &slot, error)
      || !tell_words (store, "INSERT INTO words (words, rowid, subject, body, author, others,"
                             " attachments) VALUES ('delete', ?, ?, ?, ?, ?, ?)", id, gist, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (deletes); i++)
    if (!run_with_id (store, deletes[i], id, error))
      return FALSE;
  g_hash_table_remove_all (replace->things); /* some may be gone */
  return TRUE;
}

/* The row of what @fact says, made where there is none. */
static gboolean
find_thing_row (HeddleStore *store, const HeddleFact *fact, const char *shown, gint64 *ret,
                GError **error)
{
  g_autoptr (HeddleStmt) find = heddle_sql_prepare (
      store->index, "SELECT id FROM things WHERE kind = ? AND value = ? AND shown IS ?", error);
  if (find == NULL)
    return FALSE;
  heddle_stmt_bind (find, "itt", (gint64) fact->kind, fact->value, shown);
  HeddleStep step = heddle_stmt_step (find, error);
  if (step == HEDDLE_STEP_ROW)
    *ret = heddle_stmt_int (find, 0);
  if (step != HEDDLE_STEP_DONE)
    return step == HEDDLE_STEP_ROW;
  g_autoptr (HeddleStmt) insert = heddle_sql_prepare (
      store->index, "INSERT INTO things (kind, value, shown) VALUES (?, ?, ?)", error);
  if (insert == NULL)
    return FALSE;
  heddle_stmt_bind (insert, "itt", (gint64) fact->kind, fact->value, shown);
  if (!heddle_stmt_run (insert, error))
    return FALSE;
  *ret = heddle_sql_last_id (store->index);
  return TRUE;
}

static gboolean
find_thing (Replace *replace, const HeddleFact *fact, gint64 *ret, GError **error)
{
  char *shown = strcmp (fact->shown, fact->value) != 0 ? fact->shown : NULL;
  const Thing wanted = { fact->kind, fact->value, shown, 0 };
  const Thing *known = g_hash_table_lookup (replace->things, &wanted);
  if (known != NULL) {
    *ret = known->id;
    return TRUE;
  }
  if (!find_thing_row (replace->store, fact, shown, ret, error))
    return FALSE;
  Thing *thing = g_new (Thing, 1);
  *thing = (Thing){ fact->kind, g_strdup (fact->value), g_strdup (shown), *ret };
  g_hash_table_add (replace->things, thing);
  return TRUE;
}

static gboolean
write_facts (Replace *replace, gint64 id, const GArray *facts, GError **error)
{
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      replace->store->index, "INSERT OR IGNORE INTO facts VALUES (?, ?)", error);
  if (stmt == NULL)
    return FALSE;
  for (guint i = 0; i < facts->len; i++) {
    gint64 thing = 0;
    if (!find_thing (replace, &g_array_index (facts, HeddleFact, i), &thing, error))
      return FALSE;
    heddle_stmt_bind (stmt, "ii", id, thing);
    if (!heddle_stmt_run (stmt, error))
      return FALSE;
  }
  return TRUE;
}

static void
note_ids (Replace *replace, gint64 node, const GPtrArray *ids)
{
  for (guint i = 0; i < ids->len; i++) {
    IdRow row = { .node = node };
    if (heddle_id_number (ids->pdata[i], &row.id))
      g_array_append_val (replace->ids, row);
  }
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  const IdRow *x = a, *y = b;
  return (x->id > y->id) - (x->id < y->id);
}

/* In the order of the table; of one id the last that was noted prevails. What another node
 * had as its id before is this one's now. */
static gboolean
write_ids (Replace *replace, GError **error)
{
  GArray *ids = replace->ids;
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      replace->store->index,
      "INSERT INTO ids VALUES (?, ?)"
      " ON CONFLICT (id) DO UPDATE SET node = excluded.node WHERE node <> excluded.node",
      error);
  if (stmt == NULL)
    return FALSE;
  g_array_sort (ids, compare_ids); /* stable */
  for (guint i = 0; i < ids->len; i++) {
    const IdRow *row = &g_array_index (ids, IdRow, i);
    if (i + 1 < ids->len && row[1].id == row->id)
      continue;
    heddle_stmt_bind (stmt, "ii", row->id, row->node);
    if (!heddle_stmt_run (stmt, error))
      return FALSE;
  }
  return TRUE;
}

/* What a node is, as it goes into its row. */
typedef struct {
  const HeddleNode *node;
  gint64 bundle, thread;
  const GArray *facts; /* of HeddleFact */
  GBytes *digest, *names;
} NewNode;

/* @id: the row to write, 0 for a new one. @ret_id: which it was. */
static gboolean
insert_node (Replace *replace, gint64 id, const NewNode *new, gint64 *ret_id, GError **error)
{
  HeddleStore *store = replace->store;
  const HeddleNode *node = new->node;
  HeddleSlot slot;
  g_autoptr (GBytes) gist = heddle_gist_write (node->message);
  if (!heddle_packer_add (&replace->gists, gist, &slot, error))
    return FALSE;
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      store->index,
      "INSERT INTO nodes (id, bundle, thread, message, digest, names, message_id, time, flags,"
      " pack, start, length) VALUES (nullif (?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      error);
  if (stmt == NULL)
    return FALSE;
  heddle_stmt_bind (stmt, "iiitbbtTiiii", id, new->bundle, new->thread, node->id, new->digest,
                    new->names, node->message->message_id, heddle_node_time (node->message),
                    (gint64) heddle_node_flags (node), slot.pack, slot.start, slot.length);
  if (!heddle_stmt_run (stmt, error))
    return FALSE;
  *ret_id = heddle_sql_last_id (store->index);
  note_ids (replace, *ret_id, node->ids);
  return tell_words (store, "INSERT INTO words (rowid, subject, body, author, others, attachments)"
                            " VALUES (?, ?, ?, ?, ?, ?)", *ret_id, node->message, error)
         && write_facts (replace, *ret_id, new->facts, error);
}

/* The old row, whose content is as before, to where it stands now. */
static gboolean
move_node (Replace *replace, const OldRow *old, const NewNode *new, GError **error)
{
  gboolean renamed = !g_bytes_equal (old->names, new->names);
  if (old->bundle == new->bundle && old->thread == new->thread && !renamed)
    return TRUE;
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      replace->store->index, "UPDATE nodes SET bundle = ?, thread = ?, names = ? WHERE id = ?", error);
  if (stmt == NULL)
    return FALSE;
  heddle_stmt_bind (stmt, "iibi", new->bundle, new->thread, new->names, old->id);
  if (renamed)
    note_ids (replace, old->id, new->node->ids);
  return heddle_stmt_run (stmt, error);
}

static gboolean
write_node (Replace *replace, const NewNode *new, gint64 *ret_id, GError **error)
{
  OldRow *old = g_hash_table_lookup (replace->node_by_name, new->node->id);
  if (old == NULL || old->used) /* two of one name: the second gets a row of its own */
    return insert_node (replace, 0, new, ret_id, error);
  old->used = TRUE;
  *ret_id = old->id;
  if (g_bytes_equal (old->digest, new->digest))
    return move_node (replace, old, new, error);
  return delete_node (replace, old->id, error) && insert_node (replace, old->id, new, ret_id, error);
}

/* --- threads -------------------------------------------------------------------------------- */

static gboolean
insert_thread (HeddleStore *store, gint64 id, gint64 bundle, const HeddleThread *thread,
               gint64 *ret_id, GError **error)
{
  g_autoptr (GBytes) participants = heddle_persons_write (thread->participants);
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      store->index,
      "INSERT INTO threads (id, bundle, thread, subject, first, last, received, quoted, missing,"
      " participants, topic) VALUES (nullif (?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif (?, 0))",
      error);
  if (stmt == NULL)
    return FALSE;
  heddle_stmt_bind (stmt, "iittTTiiibi", id, bundle, thread->id, thread->subject,
                    thread->has_first ? thread->first : HEDDLE_TIME_NONE,
                    thread->has_first ? thread->last : HEDDLE_TIME_NONE, (gint64) thread->received,
                    (gint64) thread->quoted_only, (gint64) thread->missing, participants,
                    heddle_topic (thread->subject));
  if (!heddle_stmt_run (stmt, error))
    return FALSE;
  *ret_id = heddle_sql_last_id (store->index);
  return TRUE;
}

static gboolean
write_thread (Replace *replace, gint64 bundle, const HeddleThread *thread, gint64 *ret_id,
              GError **error)
{
  OldRow *old = g_hash_table_lookup (replace->thread_by_name, thread->id);
  gint64 id = 0;
  if (old != NULL && !old->used) {
    old->used = TRUE;
    id = old->id;
    if (!run_with_id (replace->store, "DELETE FROM threads WHERE id = ?", id, error))
      return FALSE;
  }
  return insert_thread (replace->store, id, bundle, thread, ret_id, error);
}

/* --- bundles ----------------------------------------------------------------------------------- */

static void
note_mails (GHashTable *mails, const HeddleNode *node, gint64 id)
{
  for (guint i = 0; i < node->evidence->len; i++) {
    const HeddleEvidence *evidence = node->evidence->pdata[i];
    MailRow *row = evidence->index == 0 ? g_hash_table_lookup (mails, evidence->mail) : NULL;
    if (row != NULL)
      row->now = id;
  }
}

/* The records of those of @mails that are new, by the mail's id. */
static gboolean
pack_records (Replace *replace, const HeddleBundle *bundle, GHashTable *mails, GError **error)
{
  for (guint i = 0; i < bundle->mails->len; i++) {
    const char *mail = ((HeddleThreadMail *) bundle->mails->pdata[i])->mail;
    GBytes *record = g_hash_table_lookup (replace->records, mail);
    MailRow *row = g_hash_table_lookup (mails, mail);
    if (record != NULL && !heddle_packer_add (&replace->packed, record, &row->record, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
update_mails (HeddleStore *store, GHashTable *mails, gint64 bundle, GError **error)
{
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      store->index,
      "UPDATE mails SET bundle = ?1, node = nullif (?2, 0), pack = iif (?3, ?3, pack),"
      " start = iif (?3, ?4, start), length = iif (?3, ?5, length) WHERE id = ?6",
      error);
  GHashTableIter iter;
  gpointer value;
  if (stmt == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, mails);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const MailRow *row = value;
    if (row->bundle == bundle && row->node == row->now)
      continue;
    heddle_stmt_bind (stmt, "iiiiii", bundle, row->now, row->record.pack, row->record.start,
                      row->record.length, row->id);
    if (!heddle_stmt_run (stmt, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
write_bundle (Replace *replace, const HeddleBundle *bundle, GHashTable *mails, gint64 number,
              GError **error)
{
  for (guint t = 0; t < bundle->threads->len; t++) {
    const HeddleThread *thread = bundle->threads->pdata[t];
    gint64 thread_id = 0, node_id = 0;
    if (!write_thread (replace, number, thread, &thread_id, error))
      return FALSE;
    for (guint n = 0; n < thread->messages->len; n++) {
      const HeddleNode *node = thread->messages->pdata[n];
      g_autoptr (GArray) facts = heddle_node_facts (node->message);
      g_autoptr (GBytes) digest = heddle_node_digest (node, facts);
      g_autoptr (GBytes) names = heddle_node_names (node);
      const NewNode new = { node, number, thread_id, facts, digest, names };
      if (!write_node (replace, &new, &node_id, error))
        return FALSE;
      note_mails (mails, node, node_id);
    }
  }
  return pack_records (replace, bundle, mails, error)
         && update_mails (replace->store, mails, number, error);
}

static gboolean
delete_unused (Replace *replace, GError **error)
{
  for (guint i = 0; i < replace->nodes->len; i++) {
    const OldRow *row = replace->nodes->pdata[i];
    if (!row->used && !delete_node (replace, row->id, error))
      return FALSE;
  }
  for (guint i = 0; i < replace->threads->len; i++) {
    const OldRow *row = replace->threads->pdata[i];
    if (!row->used && !run_with_id (replace->store, "DELETE FROM threads WHERE id = ?", row->id, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
replace_all (Replace *replace, const GPtrArray *bundles, GHashTable *touched, GError **error)
{
  g_autoptr (GPtrArray) mails
      = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer bundle;
  g_hash_table_iter_init (&iter, touched);
  while (g_hash_table_iter_next (&iter, &bundle, NULL))
    if (!touch (replace, *(gint64 *) bundle, error))
      return FALSE;
  for (guint i = 0; i < bundles->len; i++) {
    gint64 number = 0;
    GHashTable *rows = find_mails (replace, bundles->pdata[i], &number, error);
    if (rows == NULL)
      return FALSE;
    g_ptr_array_add (mails, rows);
    g_array_append_val (numbers, number);
  }
  for (guint i = 0; i < bundles->len; i++)
    if (!write_bundle (replace, bundles->pdata[i], mails->pdata[i],
                       g_array_index (numbers, gint64, i), error))
      return FALSE;
  return delete_unused (replace, error) && write_ids (replace, error)
         && heddle_packer_flush (&replace->packed, error);
}

gboolean
heddle_replace (HeddleStore *store, const GPtrArray *bundles, GHashTable *touched,
                GHashTable *records, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GPtrArray) nodes = g_ptr_array_new_with_free_func (old_row_free);
  g_autoptr (GPtrArray) threads = g_ptr_array_new_with_free_func (old_row_free);
  g_autoptr (GHashTable) node_by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) thread_by_name
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (IdRow));
  g_autoptr (GHashTable) things
      = g_hash_table_new_full (thing_hash, thing_equal, thing_free, NULL);
  const HeddlePacker packer = { .store = store, .whose = HEDDLE_PACKS_INDEX };
  Replace replace = { store,   records,      packer,         packer, seen, nodes,
                      threads, node_by_name, thread_by_name, things, ids };
  replace.packed.before = &replace.gists;
  gboolean ok = replace_all (&replace, bundles, touched, error);
  heddle_packer_clear (&replace.gists);
  heddle_packer_clear (&replace.packed);
  return ok;
}
