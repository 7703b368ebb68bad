/* SPDX-License-Identifier: MIT */
/* sql: SQLite, made safe once. Nothing outside store/ includes this. */
#ifndef HEDDLE_STORE_SQL_H
#define HEDDLE_STORE_SQL_H

#include <sqlite3.h>

#include "store/store.h"

/* What one file is: who made it, and how it grew. */
typedef struct {
  const char *noun;        /* for people: "store", "index" */
  gint32 application_id;
  const char *const *migrations; /* SQL from version N to N + 1, NULL-terminated; never edited
                                    once released, only added to */
  gboolean durable;        /* a commit survives a power cut */
} HeddleSchema;

typedef struct _HeddleSql HeddleSql;
typedef struct _HeddleStmt HeddleStmt;

/* This process uses SQLite from one thread; does nothing where it used it before. */
void heddle_sql_alone (void);

/* Open @path, check that it is of @schema, and with WRITE make or migrate it. Fails
 * with MISSING, CORRUPT, VERSION, DISK, LOCKED. (transfer full) */
HeddleSql *heddle_sql_open (const char *path, const HeddleSchema *schema, HeddleStoreMode mode,
                            GError **error);
void heddle_sql_close (HeddleSql *sql);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleSql, heddle_sql_close)

/* Forget every table and start again from version 0, in one transaction. */
gboolean heddle_sql_reset (HeddleSql *sql, GError **error);
/* Absolute (transfer none). */
const char *heddle_sql_path (const HeddleSql *sql);
/* The file with its log, in bytes. */
guint64 heddle_sql_size (const HeddleSql *sql);
/* The file is no longer the one that stands at its path. */
gboolean heddle_sql_moved (HeddleSql *sql);

/* heddle_store_set_idle() */
void heddle_sql_set_idle (HeddleSql *sql, void (*idle) (gpointer user_data), gpointer user_data);

gboolean heddle_sql_exec (HeddleSql *sql, const char *text, GError **error);
/* The first column of the first row, 0 where there is none. */
gboolean heddle_sql_number (HeddleSql *sql, const char *text, gint64 *ret, GError **error);
gint64 heddle_sql_last_id (HeddleSql *sql);
int heddle_sql_changes (HeddleSql *sql);

/* Set @error from what the connection met last; always returns FALSE. */
gboolean heddle_sql_fail (HeddleSql *sql, int rc, GError **error);

/* A statement, kept for the next time it is asked for. (transfer full) */
HeddleStmt *heddle_sql_prepare (HeddleSql *sql, const char *text, GError **error);
/* One that is made for this use alone. (transfer full) */
HeddleStmt *heddle_sql_prepare_once (HeddleSql *sql, const char *text, GError **error);
void heddle_stmt_done (HeddleStmt *stmt);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleStmt, heddle_stmt_done)

/* Bind from the first parameter on, a letter each: 'i' gint64 (cast at the call!), 'd'
 * double, 't' const char * (nullable), 'b' GBytes * (nullable), 'T' HeddleTime, NONE being NULL.
 * What is bound must live until the statement is stepped for the last time. */
void heddle_stmt_bind (HeddleStmt *stmt, const char *types, ...);
/* Bind one, from 1; @bytes is copied by nobody. */
void heddle_stmt_bind_blob (HeddleStmt *stmt, int place, gconstpointer bytes, gsize length);
void heddle_stmt_bind_text (HeddleStmt *stmt, int place, const char *text);
void heddle_stmt_bind_int (HeddleStmt *stmt, int place, gint64 value);
void heddle_stmt_reset (HeddleStmt *stmt);

typedef enum { HEDDLE_STEP_ROW, HEDDLE_STEP_DONE, HEDDLE_STEP_ERROR } HeddleStep;
HeddleStep heddle_stmt_step (HeddleStmt *stmt, GError **error);
/* Step to the end and reset, for what gives no rows. */
gboolean heddle_stmt_run (HeddleStmt *stmt, GError **error);

gboolean heddle_stmt_is_null (HeddleStmt *stmt, int column);
gint64 heddle_stmt_int (HeddleStmt *stmt, int column);
double heddle_stmt_double (HeddleStmt *stmt, int column);
HeddleTime heddle_stmt_time (HeddleStmt *stmt, int column);
char *heddle_stmt_text (HeddleStmt *stmt, int column);    /* (transfer full) (nullable) */
GBytes *heddle_stmt_bytes (HeddleStmt *stmt, int column); /* (transfer full), empty for NULL */
/* Valid until the next step. */
gconstpointer heddle_stmt_blob (HeddleStmt *stmt, int column, gsize *ret_length);

/* A transaction that is rolled back unless it was committed:
 *   g_auto (HeddleTransaction) transaction = { 0 }; */
typedef struct {
  HeddleSql *sql; /* NULL: not open */
} HeddleTransaction;
gboolean heddle_transaction_begin (HeddleTransaction *transaction, HeddleSql *sql,
                                   HeddleStoreMode mode, GError **error);
gboolean heddle_transaction_commit (HeddleTransaction *transaction, GError **error);
void heddle_transaction_clear (HeddleTransaction *transaction);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HeddleTransaction, heddle_transaction_clear)

#endif
