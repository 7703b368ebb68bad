/* SPDX-License-Identifier: MIT */
/* hitset: which messages hold the words, a bit each.
 *
 * Where words are common, the newest of their messages are found by going through all
 * messages, newest first, and asking of each whether it is one of those that hold them.
 * SQLite keeps what a sub-query gives in a tree, at several times the cost of finding it;
 * here it is a bit, and a function of SQL's that looks at it.
 */
#include "config.h"

#include <string.h>

#include "store/hitset.h"
#include "store/sql-private.h"

#define MOST ((gint64) 1 << 28) /* ids beyond are not looked at: 32 MB */

typedef struct {
  guint64 *bits;
  gint64 room; /* ids below it have a place */
} HitSet;

static void
hitset_free (gpointer data)
{
  HitSet *set = data;
  if (set == NULL)
    return;
  g_free (set->bits);
  g_free (set);
}

static void
add (HitSet *set, gint64 id)
{
  if (id >= set->room) {
    gint64 room = (MAX (2 * set->room, id + 1) + 63) / 64 * 64;
    set->bits = g_realloc (set->bits, (gsize) room / 8);
    memset (set->bits + set->room / 64, 0, (gsize) (room - set->room) / 8);
    set->room = room;
  }
  set->bits[id / 64] |= (guint64) 1 << (id % 64);
}

static void
is_hit (sqlite3_context *context, int n, sqlite3_value **values)
{
  const HitSet *set = sqlite3_user_data (context);
  gint64 id = sqlite3_value_int64 (values[0]);
  sqlite3_result_int (context, id >= 0 && id < set->room && (set->bits[id / 64] >> (id % 64) & 1) != 0);
}

/* The one of this connection, empty: a function cannot be defined anew while any statement
 * is under way, so it is defined once. */
static HitSet *
empty_set (HeddleSql *sql, GError **error)
{
  HitSet *set = sql->hits;
  if (set != NULL) {
    memset (set->bits, 0, (gsize) set->room / 8);
    return set;
  }
  set = g_new0 (HitSet, 1);
  set->bits = g_new0 (guint64, 1);
  set->room = 64;
  int rc = sqlite3_create_function_v2 (sql->db, "is_hit", 1, SQLITE_UTF8 | SQLITE_DIRECTONLY, set,
                                       is_hit, NULL, NULL, hitset_free);
  if (rc != SQLITE_OK) { /* and has freed it */
    heddle_sql_fail (sql, rc, error);
    return NULL;
  }
  return sql->hits = set;
}

gboolean
heddle_hitset_make (HeddleSql *sql, const char *match, gboolean *ret, GError **error)
{
  HitSet *set = empty_set (sql, error);
  if (set == NULL)
    return FALSE;
  g_autoptr (HeddleStmt) stmt
      = heddle_sql_prepare (sql, "SELECT rowid FROM words WHERE words MATCH ?", error);
  if (stmt == NULL)
    return FALSE;
  heddle_stmt_bind_text (stmt, 1, match);
  HeddleStep step;
  *ret = FALSE;
  while ((step = heddle_stmt_step (stmt, error)) == HEDDLE_STEP_ROW) {
    gint64 id = heddle_stmt_int (stmt, 0);
    if (id < 0 || id >= MOST)
      return TRUE;
    add (set, id);
  }
  *ret = step == HEDDLE_STEP_DONE;
  return *ret;
}
