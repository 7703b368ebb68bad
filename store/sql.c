/* SPDX-License-Identifier: MIT */
/* sql: statements, transactions and errors over one SQLite connection.
 *
 * Statements are prepared once and kept by their text, which is a literal of this
 * folder (a query of somebody's is prepared for once); one that is asked for while
 * it is in use (a function that calls itself) is prepared a second time and thrown
 * away afterwards. Opening and migrating is open.c's.
 */
#include "config.h"

#include <stdarg.h>

#include "store/sql-private.h"

struct _HeddleStmt {
  HeddleSql *sql; /* outlives it */
  sqlite3_stmt *stmt;
  gboolean kept, busy;
};

/* --- errors ------------------------------------------------------------------ */

typedef struct {
  int rc; /* primary result code */
  HeddleStoreError code;
  const char *remedy;
} Cause;

static const Cause causes[] = {
  { SQLITE_BUSY, HEDDLE_STORE_ERROR_LOCKED, "another program holds it: try again" },
  { SQLITE_LOCKED, HEDDLE_STORE_ERROR_LOCKED, "another program holds it: try again" },
  { SQLITE_PROTOCOL, HEDDLE_STORE_ERROR_LOCKED, "another program holds it: try again" },
  { SQLITE_FULL, HEDDLE_STORE_ERROR_DISK, "make room on the disk" },
  { SQLITE_READONLY, HEDDLE_STORE_ERROR_DISK, "it or its folder is read-only for this user" },
  { SQLITE_CANTOPEN, HEDDLE_STORE_ERROR_DISK, "look at the permissions of it and its folder" },
  { SQLITE_PERM, HEDDLE_STORE_ERROR_DISK, "look at the permissions of it and its folder" },
  { SQLITE_IOERR, HEDDLE_STORE_ERROR_DISK, "look at the disk" },
  { SQLITE_TOOBIG, HEDDLE_STORE_ERROR_DISK, "one value is too large for the store" },
  { SQLITE_NOMEM, HEDDLE_STORE_ERROR_DISK, "not enough memory" },
  { SQLITE_NOTADB, HEDDLE_STORE_ERROR_CORRUPT, NULL },
  { SQLITE_CORRUPT, HEDDLE_STORE_ERROR_CORRUPT, NULL },
};

gboolean
heddle_sql_fail (HeddleSql *sql, int rc, GError **error)
{
  /* What has no row of its own (no such table, a broken constraint) means that the
   * file is not as this program left it. */
  Cause cause = { rc, HEDDLE_STORE_ERROR_CORRUPT, NULL };
  for (gsize i = 0; i < G_N_ELEMENTS (causes); i++)
    if (causes[i].rc == (rc & 0xff))
      cause = causes[i];
  if (cause.remedy == NULL)
    cause.remedy = sql->schema->durable ? "restore it from a backup" : "run 'heddle rebuild'";
  const char *what = sql->db != NULL ? sqlite3_errmsg (sql->db) : sqlite3_errstr (rc);
  g_set_error (error, HEDDLE_STORE_ERROR, (int) cause.code, "%s %s: %s; %s", sql->schema->noun,
               sql->path, what, cause.remedy);
  return FALSE;
}

/* --- statements ---------------------------------------------------------------- */

static HeddleStmt *
prepare_new (HeddleSql *sql, const char *text, gboolean kept, GError **error)
{
  sqlite3_stmt *raw = NULL;
  unsigned int flags = kept ? SQLITE_PREPARE_PERSISTENT : 0;
  int rc = sqlite3_prepare_v3 (sql->db, text, -1, flags, &raw, NULL);
  if (rc != SQLITE_OK) {
    heddle_sql_fail (sql, rc, error);
    return NULL;
  }
  HeddleStmt *stmt = g_new0 (HeddleStmt, 1);
  stmt->sql = sql;
  stmt->stmt = raw;
  stmt->kept = kept;
  return stmt;
}

HeddleStmt *
heddle_sql_prepare (HeddleSql *sql, const char *text, GError **error)
{
  HeddleStmt *stmt = g_hash_table_lookup (sql->statements, text);
  if (stmt == NULL) {
    stmt = prepare_new (sql, text, TRUE, error);
    if (stmt == NULL)
      return NULL;
    g_hash_table_insert (sql->statements, g_strdup (text), stmt);
  } else if (stmt->busy) {
    stmt = prepare_new (sql, text, FALSE, error);
  }
  if (stmt != NULL)
    stmt->busy = TRUE;
  return stmt;
}

HeddleStmt *
heddle_sql_prepare_once (HeddleSql *sql, const char *text, GError **error)
{
  return prepare_new (sql, text, FALSE, error);
}

void
heddle_stmt_destroy (HeddleStmt *stmt)
{
  sqlite3_finalize (stmt->stmt);
  g_free (stmt);
}

void
heddle_stmt_done (HeddleStmt *stmt)
{
  if (stmt == NULL)
    return;
  if (!stmt->kept) {
    heddle_stmt_destroy (stmt);
    return;
  }
  sqlite3_reset (stmt->stmt);
  sqlite3_clear_bindings (stmt->stmt);
  stmt->busy = FALSE;
}

void
heddle_stmt_reset (HeddleStmt *stmt)
{
  sqlite3_reset (stmt->stmt);
}

void
heddle_stmt_bind_blob (HeddleStmt *stmt, int place, gconstpointer bytes, gsize length)
{
  /* A NULL pointer would bind NULL, where an empty value is meant. */
  sqlite3_bind_blob64 (stmt->stmt, place, bytes != NULL ? bytes : "", length, SQLITE_STATIC);
}

void
heddle_stmt_bind_text (HeddleStmt *stmt, int place, const char *text)
{
  sqlite3_bind_text (stmt->stmt, place, text, -1, SQLITE_STATIC);
}

void
heddle_stmt_bind_int (HeddleStmt *stmt, int place, gint64 value)
{
  sqlite3_bind_int64 (stmt->stmt, place, value);
}

static void
bind_bytes (HeddleStmt *stmt, int place, GBytes *bytes)
{
  gsize length = 0;
  if (bytes == NULL) {
    sqlite3_bind_null (stmt->stmt, place);
    return;
  }
  gconstpointer data = g_bytes_get_data (bytes, &length);
  heddle_stmt_bind_blob (stmt, place, data, length);
}

void
heddle_stmt_bind (HeddleStmt *stmt, const char *types, ...)
{
  va_list args;
  va_start (args, types);
  for (int place = 1; types[place - 1] != '\0'; place++) {
    switch (types[place - 1]) {
    case 'i':
      sqlite3_bind_int64 (stmt->stmt, place, va_arg (args, gint64));
      break;
    case 'd':
      sqlite3_bind_double (stmt->stmt, place, va_arg (args, double));
      break;
    case 't':
      heddle_stmt_bind_text (stmt, place, va_arg (args, const char *));
      break;
    case 'b':
      bind_bytes (stmt, place, va_arg (args, GBytes *));
      break;
    case 'T': {
      HeddleTime time = va_arg (args, HeddleTime);
      if (time == HEDDLE_TIME_NONE)
        sqlite3_bind_null (stmt->stmt, place);
      else
        sqlite3_bind_int64 (stmt->stmt, place, time);
      break;
    }
    default:
      g_assert_not_reached ();
    }
  }
  va_end (args);
}

HeddleStep
heddle_stmt_step (HeddleStmt *stmt, GError **error)
{
  int rc = sqlite3_step (stmt->stmt);
  if (rc == SQLITE_ROW)
    return HEDDLE_STEP_ROW;
  if (rc == SQLITE_DONE)
    return HEDDLE_STEP_DONE;
  heddle_sql_fail (stmt->sql, rc, error);
  return HEDDLE_STEP_ERROR;
}

gboolean
heddle_stmt_run (HeddleStmt *stmt, GError **error)
{
  HeddleStep step;
  do
    step = heddle_stmt_step (stmt, error);
  while (step == HEDDLE_STEP_ROW);
  sqlite3_reset (stmt->stmt);
  return step == HEDDLE_STEP_DONE;
}

gboolean
heddle_stmt_is_null (HeddleStmt *stmt, int column)
{
  return sqlite3_column_type (stmt->stmt, column) == SQLITE_NULL;
}

gint64
heddle_stmt_int (HeddleStmt *stmt, int column)
{
  return sqlite3_column_int64 (stmt->stmt, column);
}

double
heddle_stmt_double (HeddleStmt *stmt, int column)
{
  return sqlite3_column_double (stmt->stmt, column);
}

HeddleTime
heddle_stmt_time (HeddleStmt *stmt, int column)
{
  return heddle_stmt_is_null (stmt, column) ? HEDDLE_TIME_NONE : heddle_stmt_int (stmt, column);
}

char *
heddle_stmt_text (HeddleStmt *stmt, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (stmt->stmt, column));
}

gconstpointer
heddle_stmt_blob (HeddleStmt *stmt, int column, gsize *ret_length)
{
  gconstpointer bytes = sqlite3_column_blob (stmt->stmt, column);
  *ret_length = (gsize) sqlite3_column_bytes (stmt->stmt, column);
  return bytes;
}

GBytes *
heddle_stmt_bytes (HeddleStmt *stmt, int column)
{
  gsize length = 0;
  gconstpointer bytes = heddle_stmt_blob (stmt, column, &length);
  return g_bytes_new (bytes, length);
}

/* --- while it works ---------------------------------------------------------------- */

/* Of SQLite's own machine: about a mail's rows. */
#define IDLE_STEPS 500

static int
on_progress (void *data)
{
  const HeddleSql *sql = data;
  sql->idle (sql->idle_data);
  return 0; /* go on */
}

void
heddle_sql_set_idle (HeddleSql *sql, void (*idle) (gpointer user_data), gpointer user_data)
{
  sql->idle = idle;
  sql->idle_data = user_data;
  sqlite3_progress_handler (sql->db, idle != NULL ? IDLE_STEPS : 0, on_progress, sql);
}

/* --- short ways -------------------------------------------------------------------- */

gboolean
heddle_sql_exec (HeddleSql *sql, const char *text, GError **error)
{
  int rc = sqlite3_exec (sql->db, text, NULL, NULL, NULL);
  return rc == SQLITE_OK || heddle_sql_fail (sql, rc, error);
}

gboolean
heddle_sql_number (HeddleSql *sql, const char *text, gint64 *ret, GError **error)
{
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (sql, text, error);
  if (stmt == NULL)
    return FALSE;
  HeddleStep step = heddle_stmt_step (stmt, error);
  if (step == HEDDLE_STEP_ERROR)
    return FALSE;
  *ret = step == HEDDLE_STEP_ROW ? heddle_stmt_int (stmt, 0) : 0;
  return TRUE;
}

gint64
heddle_sql_last_id (HeddleSql *sql)
{
  return sqlite3_last_insert_rowid (sql->db);
}

int
heddle_sql_changes (HeddleSql *sql)
{
  return sqlite3_changes (sql->db);
}

/* --- transactions -------------------------------------------------------------------- */

gboolean
heddle_transaction_begin (HeddleTransaction *transaction, HeddleSql *sql, HeddleStoreMode mode,
                          GError **error)
{
  /* A writer takes the lock at once: one that began as a reader could not wait for
   * another writer without holding an outdated view. */
  const char *begin = mode == HEDDLE_STORE_WRITE ? "BEGIN IMMEDIATE" : "BEGIN";
  if (!heddle_sql_exec (sql, begin, error))
    return FALSE;
  transaction->sql = sql;
  return TRUE;
}

gboolean
heddle_transaction_commit (HeddleTransaction *transaction, GError **error)
{
  if (!heddle_sql_exec (transaction->sql, "COMMIT", error))
    return FALSE;
  transaction->sql = NULL;
  return TRUE;
}

void
heddle_transaction_clear (HeddleTransaction *transaction)
{
  if (transaction->sql != NULL && !sqlite3_get_autocommit (transaction->sql->db))
    sqlite3_exec (transaction->sql->db, "ROLLBACK", NULL, NULL, NULL);
  transaction->sql = NULL;
}
