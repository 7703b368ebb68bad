/* SPDX-License-Identifier: MIT */
/* index: the file that can be made anew, its schema, and which mails it lacks.
 *
 * It belongs to one truth, whose random name it bears; one of another truth (a
 * backup put in place) is set aside like a damaged one, as FILE.damaged. Which mails
 * are pending is found by comparing the ids in both files, never by a counter: the
 * index may lose its last commits in a power cut, and a truth may come back from a
 * backup. docs/schema.md describes the tables.
 */
#include "config.h"

#include <errno.h>
#include <string.h>

#include <glib/gstdio.h>

#include "store/packs.h"
#include "store/store-private.h"

static const char version_1[] =
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE mails ("
    "  id INTEGER PRIMARY KEY,"
    "  sha BLOB NOT NULL UNIQUE CHECK (length (sha) = 32),"
    "  bundle INTEGER," /* NULL: quarantined */
    "  node INTEGER,"   /* of chain[0] */
    "  reason TEXT);"
    "CREATE INDEX mails_bundle ON mails (bundle);"
    "CREATE TABLE records (mail INTEGER PRIMARY KEY, bytes BLOB NOT NULL);"
    "CREATE TABLE keys ("
    "  key INTEGER NOT NULL, mail INTEGER NOT NULL, PRIMARY KEY (key, mail)) WITHOUT ROWID;"
    "CREATE INDEX keys_mail ON keys (mail);"
    "CREATE TABLE threads ("
    "  id INTEGER PRIMARY KEY, bundle INTEGER NOT NULL, thread TEXT NOT NULL,"
    "  subject TEXT, first INTEGER, last INTEGER,"
    "  received INTEGER NOT NULL, quoted INTEGER NOT NULL, missing INTEGER NOT NULL,"
    "  participants BLOB NOT NULL);"
    "CREATE INDEX threads_thread ON threads (thread);"
    "CREATE INDEX threads_bundle ON threads (bundle);"
    "CREATE INDEX threads_last ON threads (last DESC, thread);"
    "CREATE TABLE nodes ("
    "  id INTEGER PRIMARY KEY, bundle INTEGER NOT NULL, thread INTEGER NOT NULL,"
    "  message TEXT NOT NULL, digest BLOB NOT NULL, names BLOB NOT NULL,"
    "  message_id TEXT, time INTEGER, flags INTEGER NOT NULL);"
    "CREATE INDEX nodes_message ON nodes (message);"
    "CREATE INDEX nodes_bundle ON nodes (bundle);"
    "CREATE INDEX nodes_thread ON nodes (thread);"
    "CREATE INDEX nodes_message_id ON nodes (message_id) WHERE message_id IS NOT NULL;"
    "CREATE INDEX nodes_time ON nodes (time DESC, message);"
    "CREATE TABLE gists (node INTEGER PRIMARY KEY, bytes BLOB NOT NULL);"
    "CREATE TABLE aliases ("
    "  alias TEXT NOT NULL, node INTEGER NOT NULL, PRIMARY KEY (alias, node)) WITHOUT ROWID;"
    "CREATE INDEX aliases_node ON aliases (node);"
    "CREATE TABLE thread_aliases ("
    "  alias TEXT NOT NULL, thread INTEGER NOT NULL,"
    "  PRIMARY KEY (alias, thread)) WITHOUT ROWID;"
    "CREATE INDEX thread_aliases_thread ON thread_aliases (thread);"
    "CREATE TABLE facts ("
    "  node INTEGER NOT NULL, kind INTEGER NOT NULL, value TEXT NOT NULL, shown TEXT NOT NULL,"
    "  PRIMARY KEY (node, kind, value)) WITHOUT ROWID;"
    "CREATE INDEX facts_value ON facts (kind, value);"
    "CREATE VIRTUAL TABLE words USING fts5 ("
    "  subject, body, author, others, attachments, content = '',"
    "  tokenize = 'ascii');";

/* The record has captions and what an inferred zone rests on: all is read anew. */
static const char version_2[] =
    "DELETE FROM mails; DELETE FROM records; DELETE FROM keys; DELETE FROM threads;"
    "DELETE FROM nodes; DELETE FROM gists; DELETE FROM aliases; DELETE FROM thread_aliases;"
    "DELETE FROM facts; INSERT INTO words (words) VALUES ('delete-all');";

/* What is small and alike stands together: records and gists in packs, a key once for its
 * bundle, an id once for messages and threads, a fact's value once for all messages. */
static const char version_3[] =
    "DROP TABLE records; DROP TABLE gists; DROP TABLE keys; DROP TABLE aliases;"
    "DROP TABLE thread_aliases; DROP TABLE facts; DROP TABLE nodes; DROP TABLE mails;"
    "DELETE FROM threads; DROP INDEX threads_thread; INSERT INTO words (words) VALUES ('delete-all');"
    "CREATE TABLE mails ("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  sha BLOB NOT NULL UNIQUE CHECK (length (sha) = 32),"
    "  bundle INTEGER," /* NULL: quarantined */
    "  node INTEGER,"   /* of chain[0] */
    "  pack INTEGER, start INTEGER, length INTEGER,"
    "  reason TEXT);"
    "CREATE INDEX mails_bundle ON mails (bundle);"
    "CREATE TABLE nodes ("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT, bundle INTEGER NOT NULL, thread INTEGER NOT NULL,"
    "  message TEXT NOT NULL, digest BLOB NOT NULL, names BLOB NOT NULL,"
    "  message_id TEXT, time INTEGER, flags INTEGER NOT NULL,"
    "  pack INTEGER NOT NULL, start INTEGER NOT NULL, length INTEGER NOT NULL);"
    "CREATE INDEX nodes_bundle ON nodes (bundle);"
    "CREATE INDEX nodes_thread ON nodes (thread);"
    "CREATE INDEX nodes_message_id ON nodes (message_id) WHERE message_id IS NOT NULL;"
    "CREATE INDEX nodes_time ON nodes (time DESC, message);"
    "CREATE TABLE packs (id INTEGER PRIMARY KEY AUTOINCREMENT, held INTEGER NOT NULL);"
    /* A number is never given twice, not even by an index that was made anew. */
    "INSERT INTO sqlite_sequence VALUES ('packs', abs (random () % 1099511627776));"
    "CREATE TABLE pack_bytes (pack INTEGER PRIMARY KEY, bytes BLOB NOT NULL);"
    "CREATE TABLE keys (key INTEGER PRIMARY KEY, mail INTEGER NOT NULL);"
    "CREATE TABLE ids (id INTEGER PRIMARY KEY, node INTEGER NOT NULL);"
    "CREATE TABLE things ("
    "  id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, value TEXT NOT NULL, shown TEXT);"
    "CREATE INDEX things_value ON things (kind, value);"
    "CREATE TABLE facts ("
    "  node INTEGER NOT NULL, thing INTEGER NOT NULL, PRIMARY KEY (node, thing)) WITHOUT ROWID;"
    "CREATE INDEX facts_thing ON facts (thing);";

/* Gists in packs of their own, which those of the records stand after. */
static const char version_4[] = "ALTER TABLE packs ADD COLUMN after INTEGER";

/* The record has Outlook's conversation index, and keys are made another way. */
static const char version_5[] =
    "DELETE FROM mails; DELETE FROM nodes; DELETE FROM packs; DELETE FROM pack_bytes;"
    "DELETE FROM keys; DELETE FROM ids; DELETE FROM things; DELETE FROM facts;"
    "DELETE FROM threads; INSERT INTO words (words) VALUES ('delete-all');";

/* Long texts have a key more. */
#define version_6 version_5
/* The language of each message is known: all is read anew. */
#define version_7 version_5

/* Which threads have one subject. */
static const char version_8[] =
    "DELETE FROM mails; DELETE FROM nodes; DELETE FROM packs; DELETE FROM pack_bytes;"
    "DELETE FROM keys; DELETE FROM ids; DELETE FROM things; DELETE FROM facts;"
    "DELETE FROM threads; INSERT INTO words (words) VALUES ('delete-all');"
    "ALTER TABLE threads ADD COLUMN topic INTEGER;"
    "CREATE INDEX threads_topic ON threads (topic) WHERE topic IS NOT NULL;";

static const char *const migrations[] = { version_1, version_2, version_3, version_4,
                                          version_5, version_6, version_7, version_8, NULL };

const HeddleSchema heddle_index_schema = {
  .noun = "index",
  .application_id = 0x48646c49, /* "HdlI" */
  .migrations = migrations,
  .durable = FALSE,
};

/* --- whose it is ------------------------------------------------------------------- */

static GBytes *
read_name (HeddleSql *sql, GError **error)
{
  g_autoptr (HeddleStmt) stmt
      = heddle_sql_prepare (sql, "SELECT value FROM meta WHERE name = 'store'", error);
  if (stmt == NULL)
    return NULL;
  HeddleStep step = heddle_stmt_step (stmt, error);
  if (step == HEDDLE_STEP_ERROR)
    return NULL;
  return step == HEDDLE_STEP_ROW ? heddle_stmt_bytes (stmt, 0) : g_bytes_new (NULL, 0);
}

/* A truth that cannot say its name is damaged, and its index may be all that is left of
 * some mails: it must not pass for one of another store. */
gboolean
heddle_truth_check_name (HeddleStore *store, GError **error)
{
  g_autoptr (GBytes) name = read_name (store->truth, error);
  if (name == NULL)
    return FALSE;
  if (g_bytes_get_size (name) == HEDDLE_NAME_BYTES)
    return TRUE;
  g_set_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_CORRUPT,
               "store %s has lost its name; restore it from a backup",
               heddle_sql_path (store->truth));
  return FALSE;
}

static gboolean
write_name (HeddleStore *store, GError **error)
{
  g_autoptr (GBytes) name = read_name (store->truth, error);
  g_autoptr (HeddleStmt) stmt = name == NULL
      ? NULL
      : heddle_sql_prepare (store->index, "INSERT OR IGNORE INTO meta VALUES ('store', ?)", error);
  if (stmt == NULL)
    return FALSE;
  heddle_stmt_bind (stmt, "b", name);
  return heddle_stmt_run (stmt, error);
}

static gboolean
check_name (HeddleStore *store, GError **error)
{
  g_autoptr (GBytes) ours = read_name (store->truth, error);
  g_autoptr (GBytes) theirs = ours != NULL ? read_name (store->index, error) : NULL;
  if (theirs == NULL)
    return FALSE;
  if (g_bytes_equal (ours, theirs))
    return TRUE;
  if (g_bytes_get_size (theirs) == 0) {
    g_set_error_literal (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_MISSING,
                         "the index is not whole yet");
    return FALSE;
  }
  g_set_error_literal (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_CORRUPT,
                       "the index is of another store; run 'heddle rebuild'");
  return FALSE;
}

/* That each table can be read at its beginning: damage further in shows up later, as
 * CORRUPT, and is mended by heddle_store_drop_index(). */
static gboolean
check_tables (HeddleSql *sql, GError **error)
{
  /* One statement: every question is asked after this. */
  static const char probes[] =
    "SELECT (SELECT count(*) FROM (SELECT 1 FROM mails LIMIT 1)),"
    " (SELECT count(*) FROM (SELECT 1 FROM packs LIMIT 1)),"
    " (SELECT count(*) FROM (SELECT 1 FROM pack_bytes LIMIT 1)),"
    " (SELECT count(*) FROM (SELECT 1 FROM keys LIMIT 1)),"
    " (SELECT count(*) FROM (SELECT 1 FROM threads LIMIT 1)),"
    " (SELECT count(*) FROM (SELECT 1 FROM nodes LIMIT 1)),"
    " (SELECT count(*) FROM (SELECT 1 FROM ids LIMIT 1)),"
    " (SELECT count(*) FROM (SELECT 1 FROM things LIMIT 1)),"
    " (SELECT count(*) FROM (SELECT 1 FROM facts LIMIT 1)),"
    " (SELECT count(*) FROM (SELECT rowid FROM words LIMIT 1))";
  gint64 unused = 0;
  return heddle_sql_number (sql, probes, &unused, error);
}

/* --- opening ------------------------------------------------------------------------ */

static char *
index_path (HeddleStore *store)
{
  g_autofree char *path = g_canonicalize_filename (store->path, NULL);
  return g_strconcat (path, "-index", NULL);
}

static gboolean
open_once (HeddleStore *store, GError **error)
{
  g_autofree char *path = index_path (store);
  store->index = heddle_sql_open (path, &heddle_index_schema, store->mode, error);
  if (store->index != NULL
      && (store->mode == HEDDLE_STORE_READ || write_name (store, error))
      && check_name (store, error) && check_tables (store->index, error))
    return TRUE;
  g_clear_pointer (&store->index, heddle_sql_close);
  return FALSE;
}

gboolean
heddle_index_open_named (HeddleStore *store, const guint8 *name)
{
  g_autofree char *path = index_path (store);
  store->index = heddle_sql_open (path, &heddle_index_schema, store->mode, NULL);
  g_autoptr (GBytes) theirs = store->index != NULL ? read_name (store->index, NULL) : NULL;
  gsize length = 0;
  gconstpointer bytes = theirs != NULL ? g_bytes_get_data (theirs, &length) : NULL;
  if (length == HEDDLE_NAME_BYTES && memcmp (bytes, name, length) == 0)
    return TRUE;
  g_clear_pointer (&store->index, heddle_sql_close);
  return FALSE;
}

static gboolean
set_aside (HeddleStore *store, GError **error)
{
  g_autofree char *path = index_path (store);
  g_autofree char *aside = g_strconcat (path, ".damaged", NULL);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *shm = g_strconcat (path, "-shm", NULL);
  g_clear_pointer (&store->index, heddle_sql_close);
  heddle_pack_cache_clear (store->packs[HEDDLE_PACKS_INDEX]);
  if (g_rename (path, aside) != 0) {
    g_set_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_DISK,
                 "cannot set the damaged index %s aside: %s", path, g_strerror (errno));
    return FALSE;
  }
  g_unlink (wal);
  g_unlink (shm);
  return TRUE;
}

static gboolean
advise_reader (GError *cause, GError **error)
{
  if (g_error_matches (cause, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_CORRUPT)
      || g_error_matches (cause, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_MISSING))
    g_set_error_literal (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_CORRUPT,
                         "the store's index is missing or damaged; run 'heddle rebuild'");
  else
    g_propagate_error (error, g_error_copy (cause));
  return FALSE;
}

/* The first mail of a store comes after its index is whole. So where there is none yet a
 * writer may just be making both files, and where there is one a second look decides. */
static gboolean
open_for_reading (HeddleStore *store, const GError *cause, GError **error)
{
  g_autoptr (GError) again = NULL;
  gint64 any = 1;
  if (g_error_matches (cause, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_MISSING)
      && heddle_sql_number (store->truth, "SELECT EXISTS (SELECT 1 FROM mails)", &any, NULL)
      && !any) {
    g_set_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_MISSING,
                 "no mail at %s yet; 'heddle ingest' adds some", heddle_sql_path (store->truth));
    return FALSE;
  }
  return open_once (store, &again) || advise_reader (again, error);
}

gboolean
heddle_index_open (HeddleStore *store, GError **error)
{
  g_autoptr (GError) cause = NULL;
  if (!heddle_truth_check_name (store, error))
    return FALSE;
  if (open_once (store, &cause))
    return TRUE;
  if (store->mode == HEDDLE_STORE_READ)
    return open_for_reading (store, cause, error);
  if (!g_error_matches (cause, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_CORRUPT)) {
    g_propagate_error (error, g_steal_pointer (&cause));
    return FALSE;
  }
  return set_aside (store, error) && open_once (store, error);
}

gboolean
heddle_index_begin (HeddleStore *store, HeddleTransaction *transaction, GError **error)
{
  /* Another program may have set the file aside and made a new one. */
  if (heddle_sql_moved (store->index)) {
    g_clear_pointer (&store->index, heddle_sql_close);
    if (!heddle_index_open (store, error))
      return FALSE;
  }
  return heddle_transaction_begin (transaction, store->index, HEDDLE_STORE_WRITE, error);
}

gboolean
heddle_store_drop_index (HeddleStore *store, GError **error)
{
  g_autoptr (GError) cause = NULL;
  gint64 mails = 0;
  /* A truth that cannot even say which mails it has would leave nothing of the index. */
  if (!heddle_sql_number (store->truth, "SELECT count(*) FROM mails", &mails, error))
    return FALSE;
  heddle_pack_cache_clear (store->packs[HEDDLE_PACKS_INDEX]);
  if (heddle_sql_reset (store->index, &cause) && write_name (store, &cause))
    return TRUE;
  if (!g_error_matches (cause, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_CORRUPT)) {
    g_propagate_error (error, g_steal_pointer (&cause));
    return FALSE;
  }
  return set_aside (store, error) && open_once (store, error);
}

/* --- what is pending ------------------------------------------------------------------- */

typedef struct {
  gint64 id; /* in the truth: the order of arrival */
  guint8 sha[HEDDLE_SHA_BYTES];
} Pending;

static int
compare_pending (gconstpointer a, gconstpointer b)
{
  const Pending *x = a, *y = b;
  return (x->id > y->id) - (x->id < y->id);
}

/* Both lists come in the order of their ids, so one walk of each finds what is only in
 * the first. */
static gboolean
find_pending (HeddleStmt *have, HeddleStmt *done, GArray *pending, GError **error)
{
  HeddleStep left = heddle_stmt_step (have, error), right = HEDDLE_STEP_ERROR;
  if (left != HEDDLE_STEP_ERROR)
    right = heddle_stmt_step (done, error);
  while (left == HEDDLE_STEP_ROW && right != HEDDLE_STEP_ERROR) {
    gsize length = 0;
    gconstpointer sha = heddle_stmt_blob (have, 0, &length);
    gconstpointer other = right == HEDDLE_STEP_ROW ? heddle_stmt_blob (done, 0, &length) : NULL;
    int order = other == NULL ? -1 : memcmp (sha, other, HEDDLE_SHA_BYTES);
    if (order < 0) {
      Pending item = { .id = heddle_stmt_int (have, 1) };
      memcpy (item.sha, sha, sizeof item.sha);
      g_array_append_val (pending, item);
    }
    if (order >= 0)
      right = heddle_stmt_step (done, error);
    if (order <= 0)
      left = heddle_stmt_step (have, error);
  }
  return left == HEDDLE_STEP_DONE && right != HEDDLE_STEP_ERROR;
}

static GArray *
list_pending (HeddleStore *store, GError **error)
{
  g_autoptr (GArray) pending = g_array_new (FALSE, FALSE, sizeof (Pending));
  g_autoptr (HeddleStmt) have
      = heddle_sql_prepare (store->truth, "SELECT sha, id FROM mails ORDER BY sha", error);
  g_autoptr (HeddleStmt) done = have == NULL
      ? NULL
      : heddle_sql_prepare (store->index, "SELECT sha FROM mails ORDER BY sha", error);
  if (done == NULL || !find_pending (have, done, pending, error))
    return NULL;
  g_array_sort (pending, compare_pending);
  return g_steal_pointer (&pending);
}

GPtrArray *
heddle_store_pending (HeddleStore *store, guint limit, GError **error)
{
  g_autoptr (GArray) pending = list_pending (store, error);
  if (pending == NULL)
    return NULL;
  GPtrArray *mails = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < pending->len && (limit == 0 || i < limit); i++)
    g_ptr_array_add (mails, heddle_sha_write (g_array_index (pending, Pending, i).sha));
  return mails;
}

/* --- figures --------------------------------------------------------------------------- */

static gboolean
count_index (HeddleStore *store, HeddleStoreStats *stats, GError **error)
{
  struct {
    const char *text;
    guint64 *ret;
  } counts[] = {
    { "SELECT ifnull(sum(received + quoted), 0) FROM threads", &stats->messages },
    { "SELECT count(*) FROM threads", &stats->threads },
    { "SELECT count(*) FROM mails WHERE bundle IS NULL", &stats->quarantined },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++) {
    gint64 count = 0;
    if (!heddle_sql_number (store->index, counts[i].text, &count, error))
      return FALSE;
    *counts[i].ret = (guint64) count;
  }
  return TRUE;
}

static gboolean
count_truth (HeddleStore *store, HeddleStoreStats *stats, GError **error)
{
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      store->truth,
      "SELECT (SELECT count(*) FROM mails), (SELECT received FROM mails ORDER BY id DESC LIMIT 1),"
      " (SELECT count(*) FROM outbox WHERE state = 'waiting'),"
      " (SELECT count(*) FROM outbox WHERE state = 'failed')",
      error);
  if (stmt == NULL || heddle_stmt_step (stmt, error) != HEDDLE_STEP_ROW)
    return FALSE;
  stats->mails = (guint64) heddle_stmt_int (stmt, 0);
  stats->last_mail = heddle_stmt_time (stmt, 1);
  stats->waiting = (guint64) heddle_stmt_int (stmt, 2);
  stats->failed = (guint64) heddle_stmt_int (stmt, 3);
  return TRUE;
}

gboolean
heddle_store_stats (HeddleStore *store, HeddleStoreStats *ret, GError **error)
{
  HeddleStoreStats stats = { 0 };
  g_autoptr (GArray) pending = list_pending (store, error);
  if (pending == NULL || !count_truth (store, &stats, error)
      || !count_index (store, &stats, error))
    return FALSE;
  stats.pending = pending->len;
  stats.truth_bytes = heddle_sql_size (store->truth);
  stats.index_bytes = heddle_sql_size (store->index);
  *ret = stats;
  return TRUE;
}
