/* SPDX-License-Identifier: MIT */
/* truth: the file of what cannot be made again; here its schema and its mails.
 *
 * A mail is a row in `mails` (small, so that walking them is cheap) and its bytes stand in
 * a pack with those of the mails that came with it; in a store of version 1 they stood
 * alone in `raws`, and still do. An envelope is kept for each arrival; the same arrival told twice, as a
 * worker does after a crash, is one. Decisions are in decision.c, reminders and the
 * outbox in outbox.c. docs/schema.md describes the tables.
 */
#include "config.h"

#include <string.h>

#include "store/packs.h"
#include "store/store-private.h"

enum { FORM_PLAIN = 0 /* or NULL */, FORM_FOLDED = 1 /* heddle_base64_fold() */ };

#define MAIL_BYTES ((gsize) 1 << 30)

static const char version_1[] =
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;"
    "INSERT INTO meta VALUES ('store', randomblob (16));"
    "CREATE TABLE mails ("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  sha BLOB NOT NULL UNIQUE CHECK (length (sha) = 32),"
    "  size INTEGER NOT NULL,"
    "  received INTEGER NOT NULL,"
    "  verified INTEGER NOT NULL);"
    "CREATE TABLE raws ("
    "  mail INTEGER PRIMARY KEY REFERENCES mails (id) ON DELETE CASCADE,"
    "  bytes BLOB NOT NULL);"
    "CREATE TABLE envelopes ("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  mail INTEGER NOT NULL REFERENCES mails (id) ON DELETE CASCADE,"
    "  digest BLOB NOT NULL,"
    "  received INTEGER NOT NULL,"
    "  verified INTEGER NOT NULL,"
    "  sender TEXT, auth TEXT, client TEXT, queue_id TEXT, path TEXT,"
    "  UNIQUE (mail, digest));"
    "CREATE TABLE recipients ("
    "  envelope INTEGER NOT NULL REFERENCES envelopes (id) ON DELETE CASCADE,"
    "  place INTEGER NOT NULL,"
    "  address TEXT NOT NULL,"
    "  PRIMARY KEY (envelope, place)) WITHOUT ROWID;"
    "CREATE TABLE decisions ("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  kind TEXT NOT NULL, subject TEXT NOT NULL, value TEXT, time INTEGER,"
    "  made INTEGER NOT NULL);"
    "CREATE TABLE reminders ("
    "  uid TEXT PRIMARY KEY,"
    "  followup TEXT NOT NULL, person TEXT NOT NULL, address TEXT NOT NULL,"
    "  sequence INTEGER NOT NULL, cancelled INTEGER NOT NULL, start INTEGER,"
    "  queued INTEGER, token TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE UNIQUE INDEX reminders_live ON reminders (followup, person) WHERE cancelled = 0;"
    "CREATE TABLE outbox ("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  uid TEXT NOT NULL REFERENCES reminders (uid), sequence INTEGER NOT NULL,"
    "  sender TEXT NOT NULL, rcpt TEXT NOT NULL, bytes BLOB NOT NULL,"
    "  state TEXT NOT NULL, queued INTEGER, next INTEGER, attempts INTEGER NOT NULL,"
    "  trouble TEXT,"
    "  UNIQUE (uid, sequence));"
    "CREATE INDEX outbox_state ON outbox (state, id);";

/* Mails that came before stay where they are. */
static const char version_2[] =
    "CREATE TABLE packs (id INTEGER PRIMARY KEY AUTOINCREMENT, held INTEGER NOT NULL);"
    "CREATE TABLE pack_bytes ("
    "  pack INTEGER PRIMARY KEY REFERENCES packs (id) ON DELETE CASCADE, bytes BLOB NOT NULL);"
    "ALTER TABLE mails ADD COLUMN pack INTEGER;" /* NULL: in raws */
    "ALTER TABLE mails ADD COLUMN start INTEGER;"
    "ALTER TABLE mails ADD COLUMN length INTEGER;";

static const char version_3[] = "ALTER TABLE mails ADD COLUMN form INTEGER"; /* FORM_… */

static const char *const migrations[] = { version_1, version_2, version_3, NULL };

const HeddleSchema heddle_truth_schema = {
  .noun = "store",
  .application_id = 0x48646c54, /* "HdlT" */
  .migrations = migrations,
  .durable = TRUE,
};

/* ROW: @ret is what the truth says of a mail; DONE: it has none such. */
static HeddleStep
look_up (HeddleStore *store, const guint8 *sha, HeddleTruthMail *ret, GError **error)
{
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      store->truth, "SELECT id, size, received, verified FROM mails WHERE sha = ?", error);
  if (stmt == NULL)
    return HEDDLE_STEP_ERROR;
  heddle_stmt_bind_blob (stmt, 1, sha, HEDDLE_SHA_BYTES);
  HeddleStep step = heddle_stmt_step (stmt, error);
  if (step != HEDDLE_STEP_ROW)
    return step;
  ret->id = heddle_stmt_int (stmt, 0);
  ret->size = heddle_stmt_int (stmt, 1);
  ret->received = heddle_stmt_time (stmt, 2);
  ret->verified = heddle_stmt_int (stmt, 3) != 0;
  return step;
}

/* --- mails in ---------------------------------------------------------------------- */

/* What makes two arrivals the same one. For a file that is its name alone, so that
 * ingesting it again adds nothing; else the time belongs to it. */
static GBytes *
envelope_digest (const HeddleStoreMail *mail)
{
  const HeddleEnvelope *envelope = mail->envelope;
  const char *fields[] = { envelope->sender, envelope->auth, envelope->client,
                           envelope->queue_id, envelope->path };
  g_autoptr (GString) all = g_string_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++) {
    g_string_append_c (all, fields[i] != NULL ? '+' : '-');
    g_string_append (all, fields[i] != NULL ? fields[i] : "");
    g_string_append_c (all, '\0');
  }
  for (char **rcpt = envelope->rcpts; rcpt != NULL && *rcpt != NULL; rcpt++)
    g_string_append_len (all, *rcpt, (gssize) strlen (*rcpt) + 1);
  if (envelope->path == NULL)
    g_string_append_printf (all, "@%" G_GINT64_FORMAT, mail->received);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (sum, (const guchar *) all->str, (gssize) all->len);
  guint8 digest[HEDDLE_SHA_BYTES];
  gsize length = sizeof digest;
  g_checksum_get_digest (sum, digest, &length);
  return g_bytes_new (digest, 16);
}

static gboolean
add_recipients (HeddleStore *store, gint64 envelope, char **rcpts, GError **error)
{
  g_autoptr (HeddleStmt) stmt
      = heddle_sql_prepare (store->truth, "INSERT INTO recipients VALUES (?, ?, ?)", error);
  if (stmt == NULL)
    return FALSE;
  for (gint64 i = 0; rcpts[i] != NULL; i++) {
    heddle_stmt_bind (stmt, "iit", envelope, i, rcpts[i]);
    if (!heddle_stmt_run (stmt, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
add_envelope (HeddleStore *store, gint64 id, const HeddleStoreMail *mail, GError **error)
{
  const HeddleEnvelope *envelope = mail->envelope;
  if (envelope == NULL)
    return TRUE;
  g_autoptr (GBytes) digest = envelope_digest (mail);
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      store->truth,
      "INSERT OR IGNORE INTO envelopes (mail, digest, received, verified, sender, auth, client,"
      " queue_id, path) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      error);
  if (stmt == NULL)
    return FALSE;
  heddle_stmt_bind (stmt, "ibiittttt", id, digest, mail->received, (gint64) mail->verified,
                    envelope->sender, envelope->auth, envelope->client, envelope->queue_id,
                    envelope->path);
  if (!heddle_stmt_run (stmt, error))
    return FALSE;
  if (heddle_sql_changes (store->truth) == 0 || envelope->rcpts == NULL)
    return TRUE;
  return add_recipients (store, heddle_sql_last_id (store->truth), envelope->rcpts, error);
}

static gboolean
insert_mail (HeddlePacker *packer, const guint8 *sha, const HeddleStoreMail *mail, gint64 *ret_id,
             GError **error)
{
  HeddleSql *truth = packer->store->truth;
  HeddleSlot slot;
  g_autoptr (GBytes) folded = heddle_base64_fold (mail->bytes);
  if (!heddle_packer_add (packer, folded != NULL ? folded : mail->bytes, &slot, error))
    return FALSE;
  g_autoptr (HeddleStmt) insert = heddle_sql_prepare (
      truth,
      "INSERT INTO mails (sha, size, received, verified, pack, start, length, form)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, nullif (?, 0))",
      error);
  if (insert == NULL)
    return FALSE;
  heddle_stmt_bind_blob (insert, 1, sha, HEDDLE_SHA_BYTES);
  heddle_stmt_bind_int (insert, 2, (gint64) g_bytes_get_size (mail->bytes));
  heddle_stmt_bind_int (insert, 3, mail->received);
  heddle_stmt_bind_int (insert, 4, mail->verified != FALSE);
  heddle_stmt_bind_int (insert, 5, slot.pack);
  heddle_stmt_bind_int (insert, 6, slot.start);
  heddle_stmt_bind_int (insert, 7, slot.length);
  heddle_stmt_bind_int (insert, 8, folded != NULL ? FORM_FOLDED : FORM_PLAIN);
  if (!heddle_stmt_run (insert, error))
    return FALSE;
  *ret_id = heddle_sql_last_id (truth);
  return TRUE;
}

/* @ret_id: of the new row, or of the one that was there. */
static gboolean
add_mail (HeddlePacker *packer, const HeddleStoreMail *mail, gint64 *ret_id, gboolean *ret_new,
          GError **error)
{
  HeddleStore *store = packer->store;
  HeddleTruthMail found = { 0 };
  guint8 sha[HEDDLE_SHA_BYTES];
  if (!heddle_sha_read (mail->mail, sha, error))
    return FALSE;
  HeddleStep step = look_up (store, sha, &found, error);
  if (step == HEDDLE_STEP_ERROR)
    return FALSE;
  *ret_new = step == HEDDLE_STEP_DONE;
  if (*ret_new)
    return insert_mail (packer, sha, mail, ret_id, error);
  *ret_id = found.id;
  if (!mail->verified || found.verified)
    return TRUE;
  g_autoptr (HeddleStmt) prove
      = heddle_sql_prepare (store->truth, "UPDATE mails SET verified = 1 WHERE id = ?", error);
  if (prove == NULL)
    return FALSE;
  heddle_stmt_bind (prove, "i", found.id);
  return heddle_stmt_run (prove, error);
}

static gboolean
add_mails (HeddlePacker *packer, const GPtrArray *mails, GArray *fresh, GError **error)
{
  for (guint i = 0; i < mails->len; i++) {
    const HeddleStoreMail *mail = mails->pdata[i];
    gint64 id = 0;
    gboolean is_new = FALSE;
    if (!add_mail (packer, mail, &id, &is_new, error)
        || !add_envelope (packer->store, id, mail, error))
      return FALSE;
    g_array_append_val (fresh, is_new);
  }
  return heddle_packer_flush (packer, error);
}

gboolean
heddle_store_add_mails (HeddleStore *store, const GPtrArray *mails, GArray **ret_new,
                        GError **error)
{
  g_autoptr (GArray) fresh = g_array_new (FALSE, FALSE, sizeof (gboolean));
  g_auto (HeddleTransaction) transaction = { 0 };
  if (!heddle_transaction_begin (&transaction, store->truth, HEDDLE_STORE_WRITE, error))
    return FALSE;
  g_auto (HeddlePacker) packer = { .store = store, .whose = HEDDLE_PACKS_TRUTH };
  if (!add_mails (&packer, mails, fresh, error)
      || !heddle_transaction_commit (&transaction, error))
    return FALSE;
  if (ret_new != NULL)
    *ret_new = g_steal_pointer (&fresh);
  return TRUE;
}

/* --- mails out ---------------------------------------------------------------------- */

static gboolean
fail_unknown (const char *mail, GError **error)
{
  g_set_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_UNKNOWN, "no mail %s in this store",
               mail);
  return FALSE;
}

gboolean
heddle_truth_find (HeddleStore *store, const guint8 *sha, HeddleTruthMail *ret, GError **error)
{
  HeddleStep step = look_up (store, sha, ret, error);
  if (step == HEDDLE_STEP_DONE) {
    g_autofree char *mail = heddle_sha_write (sha);
    return fail_unknown (mail, error);
  }
  return step == HEDDLE_STEP_ROW;
}

/* The mails whose id begins with @mail lie between two ids. */
static gboolean
prefix_bounds (const char *mail, guint8 *low, guint8 *high, GError **error)
{
  char lowest[2 * HEDDLE_SHA_BYTES + 1], highest[2 * HEDDLE_SHA_BYTES + 1];
  gsize length = strlen (mail);
  if (length < 8 || length > 2 * HEDDLE_SHA_BYTES) {
    g_set_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_UNKNOWN,
                 "an id of a mail has at least 8 and at most %d digits", 2 * HEDDLE_SHA_BYTES);
    return FALSE;
  }
  memset (lowest, '0', sizeof lowest - 1);
  memset (highest, 'f', sizeof highest - 1);
  lowest[sizeof lowest - 1] = highest[sizeof highest - 1] = '\0';
  memcpy (lowest, mail, length);
  memcpy (highest, mail, length);
  return heddle_sha_read (lowest, low, error) && heddle_sha_read (highest, high, error);
}

/* A mail's row. */
typedef struct {
  guint8 sha[HEDDLE_SHA_BYTES];
  gint64 id, size, form;
  HeddleSlot slot;
} Place;

static gboolean
fail_damaged (const Place *place, GError **error)
{
  g_autofree char *mail = heddle_sha_write (place->sha);
  g_set_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_CORRUPT,
               "mail %s is damaged; run 'heddle check'", mail);
  return FALSE;
}

static GBytes *
read_packed (HeddleStore *store, const Place *place, GError **error)
{
  g_autoptr (GBytes) part = heddle_slot_read (store, HEDDLE_PACKS_TRUTH, &place->slot, error);
  if (part == NULL)
    return NULL;
  if (place->form == FORM_FOLDED) {
    GBytes *bytes = heddle_base64_unfold (part, (gsize) MAX (place->size, 0));
    if (bytes == NULL)
      fail_damaged (place, error);
    return bytes;
  }
  /* A copy, so that few mails at hand do not hold as many packs. */
  gsize size = 0;
  gconstpointer data = g_bytes_get_data (part, &size);
  return g_bytes_new (data, size);
}

/* The bytes of a mail, from where its row says that they stand. */
static GBytes *
read_bytes (HeddleStore *store, const Place *place, GError **error)
{
  if (place->slot.pack != 0)
    return read_packed (store, place, error);
  g_autoptr (HeddleStmt) stmt
      = heddle_sql_prepare (store->truth, "SELECT bytes FROM raws WHERE mail = ?", error);
  if (stmt == NULL)
    return NULL;
  heddle_stmt_bind (stmt, "i", place->id);
  if (heddle_stmt_step (stmt, error) == HEDDLE_STEP_ERROR)
    return NULL;
  gsize length = 0;
  gconstpointer packed = heddle_stmt_blob (stmt, 0, &length);
  return heddle_unpack (packed, length, NULL, MAIL_BYTES, "a mail", error);
}

/* Its id is made of its bytes: any that were changed behind our back are told by it. */
static gboolean
check_bytes (GBytes *bytes, const Place *place, GError **error)
{
  gsize length = 0;
  gconstpointer data = g_bytes_get_data (bytes, &length);
  g_autofree char *want = heddle_sha_write (place->sha), *got = heddle_mail_id (data, length);
  return strcmp (want, got) == 0 || fail_damaged (place, error);
}

GBytes *
heddle_store_raw (HeddleStore *store, const char *mail, GError **error)
{
  guint8 low[HEDDLE_SHA_BYTES], high[HEDDLE_SHA_BYTES];
  if (!prefix_bounds (mail, low, high, error) || !heddle_truth_need (store, error))
    return NULL;
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      store->truth,
      "SELECT sha, id, size, form, pack, start, length FROM mails WHERE sha BETWEEN ? AND ?"
      " LIMIT 2",
      error);
  if (stmt == NULL)
    return NULL;
  heddle_stmt_bind_blob (stmt, 1, low, sizeof low);
  heddle_stmt_bind_blob (stmt, 2, high, sizeof high);
  HeddleStep step = heddle_stmt_step (stmt, error);
  if (step != HEDDLE_STEP_ROW) {
    if (step == HEDDLE_STEP_DONE)
      fail_unknown (mail, error);
    return NULL;
  }
  Place place = { .id = heddle_stmt_int (stmt, 1),
                  .size = heddle_stmt_int (stmt, 2),
                  .form = heddle_stmt_int (stmt, 3) };
  gsize length = 0;
  memcpy (place.sha, heddle_stmt_blob (stmt, 0, &length), sizeof place.sha);
  heddle_slot_column (stmt, 4, &place.slot);
  step = heddle_stmt_step (stmt, error);
  if (step == HEDDLE_STEP_ROW)
    g_set_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_AMBIGUOUS,
                 "several mails have an id that begins with %s: give more digits", mail);
  if (step != HEDDLE_STEP_DONE)
    return NULL;
  g_autoptr (GBytes) bytes = read_bytes (store, &place, error);
  return bytes != NULL && check_bytes (bytes, &place, error) ? g_steal_pointer (&bytes) : NULL;
}
