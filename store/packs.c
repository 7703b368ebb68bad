/* SPDX-License-Identifier: MIT */
/* packs: many small values in few compressed ones.
 *
 * Mails of one conversation quote each other, and a message's gist says again what its
 * mail's record says: one after the other in one frame they cost a third of what a frame
 * each costs. A transaction fills packs of a bounded size, which are never written again;
 * a pack counts the values in it that are still wanted and goes with the last of them. So
 * to read one value costs one pack at most, and to write one never touches another's.
 * What was unpacked last is kept at hand (pack-cache.c).
 *
 * A pack may stand after another one, whose bytes are known when it is compressed: what
 * is read often and is small (gists) then costs nothing of what it repeats (records).
 *
 * Not handled: a pack of which little is still wanted keeps its size; mails that come one
 * at a time have a pack each.
 */
#include "config.h"

#include "store/packs.h"
#include "store/store-private.h"

#define MOST_BYTES ((gsize)1 << 30) /* of one value that is larger than a pack */
#define ALIGNMENT 8                 /* records are read in place */

/* A search reads many packs of the index for a little of each; of the truth one asks for
 * a mail now and then, or for all in the order in which they came. */
static const struct {
  gsize bytes; /* of a pack, unless one value is larger */
  const char *what;
  const char *after; /* (nullable) the pack that one stands after */
} kinds[] = {
  [HEDDLE_PACKS_TRUTH] = { 1 << 20, "a mail", NULL },
  [HEDDLE_PACKS_INDEX] = { 1 << 16, "the index", "SELECT after FROM packs WHERE id = ?" },
};

static HeddleSql *
file_of (HeddleStore *store, HeddlePacks whose)
{
  return whose == HEDDLE_PACKS_TRUTH ? store->truth : store->index;
}

void
heddle_packer_clear (HeddlePacker *packer)
{
  g_clear_pointer (&packer->plain, g_byte_array_unref);
  g_clear_pointer (&packer->last_plain, g_bytes_unref);
  packer->pack = packer->last = 0;
}

/* A row first: its number says where the values stand. */
static gboolean
begin_pack (HeddlePacker *packer, GError **error)
{
  HeddleSql *sql = file_of (packer->store, packer->whose);
  g_autoptr (HeddleStmt) stmt
      = heddle_sql_prepare (sql, "INSERT INTO packs (held) VALUES (0)", error);
  if (stmt == NULL || !heddle_stmt_run (stmt, error))
    return FALSE;
  packer->pack = heddle_sql_last_id (sql);
  packer->held = 0;
  packer->plain = g_byte_array_new ();
  return TRUE;
}

/* The pack under way stands after the last one of @before, which is wanted as long. */
static gboolean
link_pack (HeddlePacker *packer, const HeddlePacker *before, GError **error)
{
  if (before == NULL || before->last == 0)
    return TRUE;
  HeddleSql *sql = file_of (packer->store, packer->whose);
  g_autoptr (HeddleStmt) after
      = heddle_sql_prepare (sql, "UPDATE packs SET after = ? WHERE id = ?", error);
  g_autoptr (HeddleStmt) hold
      = after == NULL
            ? NULL
            : heddle_sql_prepare (sql, "UPDATE packs SET held = held + 1 WHERE id = ?", error);
  if (hold == NULL)
    return FALSE;
  heddle_stmt_bind (after, "ii", before->last, packer->pack);
  heddle_stmt_bind (hold, "i", before->last);
  return heddle_stmt_run (after, error) && heddle_stmt_run (hold, error);
}

gboolean
heddle_packer_flush (HeddlePacker *packer, GError **error)
{
  HeddlePacker *before = packer->before;
  if (before != NULL && !heddle_packer_flush (before, error))
    return FALSE;
  if (packer->pack == 0)
    return TRUE;
  HeddleSql *sql = file_of (packer->store, packer->whose);
  g_autoptr (GBytes) plain = g_byte_array_free_to_bytes (g_steal_pointer (&packer->plain));
  g_autoptr (GBytes) packed = heddle_pack (plain, before != NULL ? before->last_plain : NULL);
  if (!link_pack (packer, before, error))
    return FALSE;
  g_autoptr (HeddleStmt) count
      = heddle_sql_prepare (sql, "UPDATE packs SET held = held + ? WHERE id = ?", error);
  g_autoptr (HeddleStmt) keep
      = count == NULL ? NULL
                      : heddle_sql_prepare (sql, "INSERT INTO pack_bytes VALUES (?, ?)", error);
  if (keep == NULL)
    return FALSE;
  heddle_stmt_bind (count, "ii", packer->held, packer->pack);
  heddle_stmt_bind (keep, "ib", packer->pack, packed);
  packer->last = packer->pack;
  g_clear_pointer (&packer->last_plain, g_bytes_unref);
  packer->last_plain = g_steal_pointer (&plain);
  packer->pack = 0;
  return heddle_stmt_run (count, error) && heddle_stmt_run (keep, error);
}

gboolean
heddle_packer_add (HeddlePacker *packer, GBytes *value, HeddleSlot *ret, GError **error)
{
  static const guint8 padding[ALIGNMENT] = { 0 };
  gsize length = 0;
  gconstpointer bytes = g_bytes_get_data (value, &length);
  if (packer->pack != 0 && packer->plain->len + length > kinds[packer->whose].bytes
      && !heddle_packer_flush (packer, error))
    return FALSE;
  if (packer->pack == 0 && !begin_pack (packer, error))
    return FALSE;
  guint past = packer->plain->len % ALIGNMENT;
  if (past > 0)
    g_byte_array_append (packer->plain, padding, ALIGNMENT - past);
  *ret = (HeddleSlot){ packer->pack, packer->plain->len, (gint64)length };
  if (length > 0)
    g_byte_array_append (packer->plain, bytes, (guint)length);
  packer->held++;
  return TRUE;
}

/* --- out ---------------------------------------------------------------------------- */

static gboolean
fail_damaged (HeddlePacks whose, GError **error)
{
  g_set_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_CORRUPT,
               "%s is damaged; run 'heddle check'", kinds[whose].what);
  return FALSE;
}

/* @ret: the pack that @pack stands after; 0: none. */
static gboolean
find_after (HeddleStore *store, HeddlePacks whose, gint64 pack, gint64 *ret, GError **error)
{
  *ret = 0;
  if (kinds[whose].after == NULL)
    return TRUE;
  g_autoptr (HeddleStmt) stmt
      = heddle_sql_prepare (file_of (store, whose), kinds[whose].after, error);
  if (stmt == NULL)
    return FALSE;
  heddle_stmt_bind (stmt, "i", pack);
  HeddleStep step = heddle_stmt_step (stmt, error);
  if (step == HEDDLE_STEP_ROW)
    *ret = heddle_stmt_int (stmt, 0);
  return step != HEDDLE_STEP_ERROR;
}

static GBytes *
read_pack (HeddleStore *store, HeddlePacks whose, gint64 pack, guint depth, GError **error)
{
  GBytes *kept = heddle_pack_cache_get (store->packs[whose], pack);
  if (kept != NULL)
    return kept;
  gint64 after = 0;
  g_autoptr (GBytes) before = NULL;
  if (!find_after (store, whose, pack, &after, error))
    return NULL;
  if (after != 0) {
    /* What others stand after stands after none. */
    if (depth == 0)
      before = read_pack (store, whose, after, depth + 1, error);
    else
      fail_damaged (whose, error);
    if (before == NULL)
      return NULL;
  }
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      file_of (store, whose), "SELECT bytes FROM pack_bytes WHERE pack = ?", error);
  if (stmt == NULL)
    return NULL;
  heddle_stmt_bind (stmt, "i", pack);
  if (heddle_stmt_step (stmt, error) == HEDDLE_STEP_ERROR)
    return NULL;
  gsize length = 0;
  gconstpointer packed = heddle_stmt_blob (stmt, 0, &length);
  GBytes *plain = heddle_unpack (packed, length, before, MOST_BYTES, kinds[whose].what, error);
  if (plain != NULL)
    heddle_pack_cache_put (store->packs[whose], pack, plain);
  return plain;
}

GBytes *
heddle_slot_read (HeddleStore *store, HeddlePacks whose, const HeddleSlot *slot, GError **error)
{
  g_autoptr (GBytes) plain = read_pack (store, whose, slot->pack, 0, error);
  if (plain == NULL)
    return NULL;
  gint64 size = (gint64)g_bytes_get_size (plain);
  if (slot->start < 0 || slot->length < 0 || slot->start > size
      || slot->length > size - slot->start) {
    fail_damaged (whose, error);
    return NULL;
  }
  return g_bytes_new_from_bytes (plain, (gsize)slot->start, (gsize)slot->length);
}

void
heddle_slot_column (HeddleStmt *stmt, int column, HeddleSlot *ret)
{
  ret->pack = heddle_stmt_int (stmt, column);
  ret->start = heddle_stmt_int (stmt, column + 1);
  ret->length = heddle_stmt_int (stmt, column + 2);
}

/* One value less in @pack. @ret: how many are left. Not with RETURNING: such a statement
 * sets a savepoint, for which the full text index writes out all that it has in hand. */
static gboolean
let_go (HeddleStore *store, HeddlePacks whose, gint64 pack, gint64 *ret, GError **error)
{
  HeddleSql *sql = file_of (store, whose);
  g_autoptr (HeddleStmt) less
      = heddle_sql_prepare (sql, "UPDATE packs SET held = held - 1 WHERE id = ?", error);
  g_autoptr (HeddleStmt) left
      = less == NULL ? NULL
                     : heddle_sql_prepare (sql, "SELECT held FROM packs WHERE id = ?", error);
  if (left == NULL)
    return FALSE;
  heddle_stmt_bind (less, "i", pack);
  heddle_stmt_bind (left, "i", pack);
  if (!heddle_stmt_run (less, error))
    return FALSE;
  HeddleStep step = heddle_stmt_step (left, error);
  *ret = step == HEDDLE_STEP_ROW ? heddle_stmt_int (left, 0) : -1;
  return step != HEDDLE_STEP_ERROR;
}

gboolean
heddle_slot_drop (HeddleStore *store, HeddlePacks whose, const HeddleSlot *slot, GError **error)
{
  static const char *const steps[] = {
    "DELETE FROM pack_bytes WHERE pack = ?",
    "DELETE FROM packs WHERE id = ?",
  };
  gint64 left = 0, after = 0;
  if (!let_go (store, whose, slot->pack, &left, error))
    return FALSE;
  if (left != 0)
    return TRUE;
  if (!find_after (store, whose, slot->pack, &after, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (file_of (store, whose), steps[i], error);
    if (stmt == NULL)
      return FALSE;
    heddle_stmt_bind (stmt, "i", slot->pack);
    if (!heddle_stmt_run (stmt, error))
      return FALSE;
  }
  const HeddleSlot other = { .pack = after };
  return after == 0 || heddle_slot_drop (store, whose, &other, error);
}
