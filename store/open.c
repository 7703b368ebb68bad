/* SPDX-License-Identifier: MIT */
/* open: a SQLite file to a connection that is safe, ours and of this version.
 *
 * A new file is made with mode 0600 before SQLite sees it (its -wal and -shm take
 * over that mode), in a folder of mode 0700. It is written to only after its
 * application id was looked at, so a file of somebody else is left as it is.
 *
 * Readers of a WAL file need its -shm, which SQLite makes when it is not there. So
 * a reader must be the owner of the store (its files have mode 0600; anybody else
 * gets DISK), and where the owner may not write to the folder either, reading works
 * while a writer has the store open and fails with DISK otherwise. On a read-only
 * file system nobody can write, and the file is read as immutable.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "store/sql-private.h"

#define BUSY_MS 5000
#define VALUE_BYTES (256 << 20) /* the largest mail, compressed, with room */

/* --- the file ------------------------------------------------------------------ */

static gboolean
fail_errno (const char *noun, const char *path, GError **error)
{
  int saved = errno;
  g_set_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_DISK,
               "cannot make %s %s: %s; look at the folder's permissions", noun, path,
               g_strerror (saved));
  return FALSE;
}

static gboolean
sync_folder (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    return FALSE;
  gboolean ok = fsync (fd) == 0;
  return close (fd) == 0 && ok;
}

static gboolean
make_folder (const char *folder)
{
  if (g_file_test (folder, G_FILE_TEST_IS_DIR))
    return TRUE;
  return g_mkdir_with_parents (folder, 0700) == 0 && chmod (folder, 0700) == 0;
}

static gboolean
make_file (const char *path, const char *noun, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  if (!make_folder (folder))
    return fail_errno (noun, path, error);
  /* Only with O_EXCL: to close another descriptor of a file that SQLite holds open
   * in this process would drop its POSIX locks. */
  int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    return errno == EEXIST ? TRUE : fail_errno (noun, path, error);
  gboolean ok = fchmod (fd, 0600) == 0;
  ok = close (fd) == 0 && ok && sync_folder (folder);
  return ok ? TRUE : fail_errno (noun, path, error);
}

static gboolean
find_file (const char *path, const char *noun, GError **error)
{
  GStatBuf st;
  if (g_stat (path, &st) == 0)
    return TRUE;
  if (errno == ENOENT || errno == ENOTDIR)
    g_set_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_MISSING,
                 "no %s at %s; 'heddle ingest' makes one", noun, path);
  else
    g_set_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_DISK, "cannot read %s %s: %s",
                 noun, path, g_strerror (errno));
  return FALSE;
}

/* --- the connection ---------------------------------------------------------------- */

static void
harden (sqlite3 *db)
{
  static const struct {
    int limit, value;
  } limits[] = {
    { SQLITE_LIMIT_LENGTH, VALUE_BYTES },     { SQLITE_LIMIT_SQL_LENGTH, 100000 },
    { SQLITE_LIMIT_EXPR_DEPTH, 120 },         { SQLITE_LIMIT_ATTACHED, 0 },
    { SQLITE_LIMIT_COMPOUND_SELECT, 10 },     { SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000 },
    { SQLITE_LIMIT_VARIABLE_NUMBER, 1000 },   { SQLITE_LIMIT_TRIGGER_DEPTH, 4 },
  };
  static const struct {
    int option, value;
  } options[] = {
    { SQLITE_DBCONFIG_DEFENSIVE, 1 },
    { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
    { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
    { SQLITE_DBCONFIG_DQS_DDL, 0 },
    { SQLITE_DBCONFIG_DQS_DML, 0 },
    { SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    sqlite3_limit (db, limits[i].limit, limits[i].value);
  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    sqlite3_db_config (db, options[i].option, options[i].value, NULL);
  sqlite3_busy_timeout (db, BUSY_MS);
}

static gboolean
on_read_only_disk (const char *path)
{
  struct statvfs vfs;
  return statvfs (path, &vfs) == 0 && (vfs.f_flag & ST_RDONLY) != 0;
}

static int
connect_file (HeddleSql *sql, HeddleStoreMode mode)
{
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;
  if (mode == HEDDLE_STORE_WRITE)
    return sqlite3_open_v2 (sql->path, &sql->db, flags | SQLITE_OPEN_READWRITE, NULL);
  flags |= SQLITE_OPEN_READONLY;
  if (!on_read_only_disk (sql->path))
    return sqlite3_open_v2 (sql->path, &sql->db, flags, NULL);
  g_autofree char *uri = g_filename_to_uri (sql->path, NULL, NULL);
  g_autofree char *immutable = g_strconcat (uri, "?immutable=1", NULL);
  return sqlite3_open_v2 (immutable, &sql->db, flags | SQLITE_OPEN_URI, NULL);
}

static gboolean
set_pragmas (HeddleSql *sql, HeddleStoreMode mode, GError **error)
{
  static const char common[] = "PRAGMA cell_size_check=ON; PRAGMA secure_delete=ON;"
                               "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000;";
  if (!heddle_sql_exec (sql, common, error))
    return FALSE;
  if (mode == HEDDLE_STORE_READ)
    return heddle_sql_exec (sql, "PRAGMA query_only=ON;", error);
  /* The index may lose its last commits in a power cut, never its form: which mails it
   * holds is told by its own rows, so what it lost is pending again. */
  return heddle_sql_exec (sql,
                          sql->schema->durable ? "PRAGMA synchronous=FULL"
                                               : "PRAGMA synchronous=NORMAL",
                          error);
}

/* --- whose file it is, and how old ---------------------------------------------------- */

static gint32
newest (const HeddleSchema *schema)
{
  gint32 count = 0;
  while (schema->migrations[count] != NULL)
    count++;
  return count;
}

/* @ret: its version, 0 for a file without anything in it. */
static gboolean
identify (HeddleSql *sql, gint64 *ret, GError **error)
{
  const HeddleSchema *schema = sql->schema;
  gint64 application = 0, version = 0, tables = 0;
  if (!heddle_sql_number (sql, "PRAGMA application_id", &application, error)
      || !heddle_sql_number (sql, "PRAGMA user_version", &version, error)
      || !heddle_sql_number (sql, "SELECT count(*) FROM sqlite_schema", &tables, error))
    return FALSE;
  gboolean fresh = application == 0 && version == 0 && tables == 0;
  if (!fresh && application != schema->application_id) {
    g_set_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_CORRUPT,
                 "%s is not a Heddle %s; name another file", sql->path, schema->noun);
    return FALSE;
  }
  if (version > newest (schema)) {
    g_set_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_VERSION,
                 "%s %s was made by a newer Heddle (version %d, this one knows %d); update Heddle",
                 schema->noun, sql->path, (int) version, newest (schema));
    return FALSE;
  }
  *ret = version;
  return TRUE;
}

static gboolean
check_for_reading (HeddleSql *sql, GError **error)
{
  gint64 version = 0;
  if (!identify (sql, &version, error))
    return FALSE;
  if (version == newest (sql->schema))
    return TRUE;
  if (version == 0)
    g_set_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_MISSING,
                 "no %s at %s: the file is empty; 'heddle ingest' fills one", sql->schema->noun,
                 sql->path);
  else
    g_set_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_VERSION,
                 "%s %s was made by an older Heddle; 'heddle worker --once' brings it up to date",
                 sql->schema->noun, sql->path);
  return FALSE;
}

/* --- migrations -------------------------------------------------------------------------- */

/* SQLite does not wait for others here, whatever the busy timeout says. */
static gboolean
switch_to_wal (HeddleSql *sql, GError **error)
{
  for (int waited = 0;; waited += 20) {
    int rc = sqlite3_exec (sql->db, "PRAGMA journal_mode=WAL", NULL, NULL, NULL);
    if (rc == SQLITE_OK)
      break;
    if ((rc & 0xff) != SQLITE_BUSY || waited >= BUSY_MS)
      return heddle_sql_fail (sql, rc, error);
    g_usleep (20000);
  }
  return heddle_sql_exec (sql, "PRAGMA wal_autocheckpoint=4000; PRAGMA journal_size_limit=67108864;",
                          error);
}

static gboolean
run_migrations (HeddleSql *sql, gint64 version, GError **error)
{
  for (; sql->schema->migrations[version] != NULL; version++)
    if (!heddle_sql_exec (sql, sql->schema->migrations[version], error))
      return FALSE;
  g_autofree char *stamp = g_strdup_printf ("PRAGMA application_id=%d; PRAGMA user_version=%d;",
                                            sql->schema->application_id, (int) version);
  return heddle_sql_exec (sql, stamp, error);
}

static gboolean
migrate (HeddleSql *sql, GError **error)
{
  gint64 version = 0;
  if (!identify (sql, &version, error) || !switch_to_wal (sql, error))
    return FALSE;
  if (version == newest (sql->schema))
    return TRUE;
  g_auto (HeddleTransaction) transaction = { 0 };
  return heddle_transaction_begin (&transaction, sql, HEDDLE_STORE_WRITE, error)
         && identify (sql, &version, error) /* another may have been here first */
         && run_migrations (sql, version, error) && heddle_transaction_commit (&transaction, error);
}

void
heddle_sql_alone (void)
{
  /* No locks, and no counting of memory. Refused once SQLite is in use. */
  sqlite3_config (SQLITE_CONFIG_SINGLETHREAD);
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
}

HeddleSql *
heddle_sql_open (const char *path, const HeddleSchema *schema, HeddleStoreMode mode,
                 GError **error)
{
  g_autoptr (HeddleSql) sql = g_new0 (HeddleSql, 1);
  sql->path = g_canonicalize_filename (path, NULL);
  sql->schema = schema;
  sql->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify) heddle_stmt_destroy);
  gboolean there = mode == HEDDLE_STORE_WRITE ? make_file (sql->path, schema->noun, error)
                                              : find_file (sql->path, schema->noun, error);
  if (!there)
    return NULL;
  int rc = connect_file (sql, mode);
  if (rc != SQLITE_OK) {
    heddle_sql_fail (sql, rc, error);
    return NULL;
  }
  harden (sql->db);
  gboolean ok = set_pragmas (sql, mode, error)
                && (mode == HEDDLE_STORE_WRITE ? migrate (sql, error)
                                               : check_for_reading (sql, error));
  return ok ? g_steal_pointer (&sql) : NULL;
}

void
heddle_sql_close (HeddleSql *sql)
{
  if (sql == NULL)
    return;
  g_clear_pointer (&sql->statements, g_hash_table_unref);
  sqlite3_close (sql->db);
  g_free (sql->path);
  g_free (sql);
}

/* --- looking after it ------------------------------------------------------------------------ */

/* The names of the tables, those behind a virtual table left out: they go with it. */
static GPtrArray *
list_tables (HeddleSql *sql, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      sql, "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type <> 'shadow'"
           " AND name NOT LIKE 'sqlite_%'", error);
  if (stmt == NULL)
    return NULL;
  HeddleStep step;
  while ((step = heddle_stmt_step (stmt, error)) == HEDDLE_STEP_ROW)
    g_ptr_array_add (names, heddle_stmt_text (stmt, 0));
  return step == HEDDLE_STEP_DONE ? g_steal_pointer (&names) : NULL;
}

gboolean
heddle_sql_reset (HeddleSql *sql, GError **error)
{
  g_auto (HeddleTransaction) transaction = { 0 };
  g_hash_table_remove_all (sql->statements);
  /* What is dropped comes back from the same mails: no need to overwrite it. */
  if (!heddle_sql_exec (sql, "PRAGMA foreign_keys=OFF; PRAGMA secure_delete=FAST;", error)
      || !heddle_transaction_begin (&transaction, sql, HEDDLE_STORE_WRITE, error))
    return FALSE;
  g_autoptr (GPtrArray) names = list_tables (sql, error);
  if (names == NULL)
    return FALSE;
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *drop = g_strdup_printf ("DROP TABLE \"%s\"", (char *) names->pdata[i]);
    if (!heddle_sql_exec (sql, drop, error))
      return FALSE;
  }
  return run_migrations (sql, 0, error) && heddle_transaction_commit (&transaction, error)
         && heddle_sql_exec (sql, "PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;", error);
}

const char *
heddle_sql_path (const HeddleSql *sql)
{
  return sql->path;
}

guint64
heddle_sql_size (const HeddleSql *sql)
{
  static const char *const tails[] = { "", "-wal" };
  guint64 size = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (tails); i++) {
    g_autofree char *name = g_strconcat (sql->path, tails[i], NULL);
    GStatBuf st;
    if (g_stat (name, &st) == 0)
      size += (guint64) st.st_size;
  }
  return size;
}

gboolean
heddle_sql_moved (HeddleSql *sql)
{
  int moved = 0;
  return sqlite3_file_control (sql->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK
         && moved != 0;
}
