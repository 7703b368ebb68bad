/* SPDX-License-Identifier: MIT */
/* migrations: each file of the store from its first version to today's.
 *
 * The first versions stand here as they were released, with what they held, and are never
 * edited: what store/ says of them today could only agree with itself.
 */
#include "config.h"

#include <string.h>

#include <zstd.h>

#include "tests/store/fixture.h"

static const char truth_1[]
    = "CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;"
      "INSERT INTO meta VALUES ('store', x'00112233445566778899aabbccddeeff');"
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

static const char index_1[]
    = "CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;"
      "CREATE TABLE mails ("
      "  id INTEGER PRIMARY KEY,"
      "  sha BLOB NOT NULL UNIQUE CHECK (length (sha) = 32),"
      "  bundle INTEGER,"
      "  node INTEGER,"
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
      "  node INTEGER NOT NULL, kind INTEGER NOT NULL, value TEXT NOT NULL, shown TEXT NOT "
      "NULL,"
      "  PRIMARY KEY (node, kind, value)) WITHOUT ROWID;"
      "CREATE INDEX facts_value ON facts (kind, value);"
      "CREATE VIRTUAL TABLE words USING fts5 ("
      "  subject, body, author, others, attachments, content = '',"
      "  tokenize = 'ascii');";

/* What people decided and what was sent, as version 1 kept it. */
static const char decided[]
    = "INSERT INTO envelopes (mail, digest, received, verified, sender, queue_id)"
      " VALUES (1, x'01', 1523390351, 1, 'ana@example.org', '4Q1');"
      "INSERT INTO recipients VALUES (1, 0, 'threads@example.org');"
      "INSERT INTO decisions (kind, subject, made) VALUES ('close', 'f1', 1523390400);"
      "INSERT INTO reminders VALUES ('u1@example.org', 'f1', 'ana', 'ana@example.org', 0, 0, "
      "1523390500,"
      "  1523390501, 'tok');"
      "INSERT INTO outbox (uid, sequence, sender, rcpt, bytes, state, queued, attempts)"
      " VALUES ('u1@example.org', 0, 'follow-up@threads.example.org', 'ana@example.org', "
      "x'5375',"
      "  'waiting', 1523390501, 0);";

static const char *const old_mails[] = {
  "From: Ana Ruiz <ana@example.org>\r\nMessage-ID: <v1@example.org>\r\nSubject: Account "
  "locked\r\n"
  "Date: Tue, 10 Apr 2018 15:40:00 -0400\r\n\r\nDear Sam, the account is locked again.\r\n",
  "From: Sam <sam@chirper.example>\nMessage-ID: <v2@chirper.example>\nSubject: Re: Account "
  "locked\n"
  "In-Reply-To: <v1@example.org>\nDate: Wed, 11 Apr 2018 09:00:00 -0400\n\nWe look into it, "
  "Ana.\n",
};
static const char new_mail[] = "From: Ana Ruiz <ana@example.org>\nMessage-ID: "
                               "<v3@example.org>\nSubject: Re: Account locked\n"
                               "In-Reply-To: <v2@chirper.example>\nDate: Thu, 12 Apr 2018 "
                               "09:00:00 -0400\n\nIs there news?\n";

/* A packed value of version 1: 0 and the bytes, or 1 and a Zstandard frame. */
static GByteArray *
pack_1 (const char *bytes, gboolean squeezed)
{
  gsize length = strlen (bytes);
  GByteArray *packed = g_byte_array_new ();
  const guint8 kind = squeezed ? 1 : 0;
  g_byte_array_append (packed, &kind, 1);
  if (!squeezed) {
    g_byte_array_append (packed, (const guint8 *)bytes, (guint)length);
    return packed;
  }
  g_byte_array_set_size (packed, 1 + (guint)ZSTD_compressBound (length));
  gsize done = ZSTD_compress (packed->data + 1, packed->len - 1, bytes, length, 3);
  g_assert_false (ZSTD_isError (done));
  g_byte_array_set_size (packed, 1 + (guint)done);
  return packed;
}

static char *
hex_of (const GByteArray *bytes)
{
  GString *hex = g_string_new (NULL);
  for (guint i = 0; i < bytes->len; i++)
    g_string_append_printf (hex, "%02x", bytes->data[i]);
  return g_string_free (hex, FALSE);
}

/* Both files as version 1 left them; the index has looked at the first mail. */
static void
make_version_1 (Fixture *fixture)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autofree char *index = g_strconcat (fixture->path, "-index", NULL);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  fixture_sql (fixture->path, truth_1);
  fixture_sql (index, index_1);
  for (guint i = 0; i < G_N_ELEMENTS (old_mails); i++) {
    g_autofree char *id = heddle_mail_id (old_mails[i], strlen (old_mails[i]));
    g_autoptr (GByteArray) packed = pack_1 (old_mails[i], i > 0);
    g_autofree char *bytes = hex_of (packed);
    g_autofree char *rows = g_strdup_printf (
        "INSERT INTO mails (sha, size, received, verified) VALUES (x'%s', %d, 1523390351, %d);"
        "INSERT INTO raws VALUES (%d, x'%s');",
        id, (int)strlen (old_mails[i]), i == 0, (int)i + 1, bytes);
    fixture_sql (fixture->path, rows);
    if (i > 0)
      continue;
    g_autofree char *looked = g_strdup_printf (
        "INSERT INTO mails VALUES (1, x'%s', 1, 1, NULL); INSERT INTO records VALUES (1, "
        "x'00');"
        "INSERT INTO keys VALUES (5, 1); INSERT INTO gists VALUES (1, x'00');"
        "INSERT INTO threads VALUES (1, 1, 't0', NULL, NULL, NULL, 1, 0, 0, x'00');"
        "INSERT INTO nodes VALUES (1, 1, 1, 'm0', x'00', x'00', NULL, NULL, 1);"
        "INSERT INTO aliases VALUES ('m1', 1); INSERT INTO thread_aliases VALUES ('t1', 1);"
        "INSERT INTO facts VALUES (1, 0, 'ana@example.org', 'ana@example.org');"
        "INSERT INTO words (rowid, body) VALUES (1, 'locked');",
        id);
    fixture_sql (index, looked);
  }
  fixture_sql (fixture->path, decided);
  fixture_sql (index, "INSERT INTO meta VALUES ('store', x'00112233445566778899aabbccddeeff')");
  fixture_sql (fixture->path, "PRAGMA application_id=1214540884; PRAGMA user_version=1");
  fixture_sql (index, "PRAGMA application_id=1214540873; PRAGMA user_version=1");
}

static void
assert_raw (HeddleStore *store, const char *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = heddle_mail_id (bytes, strlen (bytes));
  g_autoptr (GBytes) raw = heddle_store_raw (store, id, &error);
  g_assert_no_error (error);
  gsize length = 0;
  gconstpointer data = g_bytes_get_data (raw, &length);
  g_assert_cmpmem (data, length, bytes, strlen (bytes));
}

static void
test_reader (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  make_version_1 (fixture);
  g_autoptr (HeddleStore) store = heddle_store_open (fixture->path, HEDDLE_STORE_READ, &error);
  g_assert_null (store);
  g_assert_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_VERSION);
  g_assert_cmpint (fixture_number (fixture->path, "PRAGMA user_version"), ==, 1);
}

/* What cannot be made again is there, to the byte. */
static void
test_truth (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  make_version_1 (fixture);
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  g_assert_cmpint (fixture_number (fixture->path, "PRAGMA user_version"), >=, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (old_mails); i++)
    assert_raw (store, old_mails[i]);
  g_autoptr (GPtrArray) decisions = heddle_store_decisions (store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (decisions->len, ==, 1);
  g_assert_cmpstr (((HeddleDecision *)decisions->pdata[0])->subject, ==, "f1");
  g_autoptr (GPtrArray) reminders = heddle_store_reminders (store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reminders->len, ==, 1);
  g_assert_cmpstr (((HeddleReminder *)reminders->pdata[0])->token, ==, "tok");
  g_autoptr (GPtrArray) outbox = heddle_store_outbox (store, HEDDLE_OUTBOX_WAITING, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (outbox->len, ==, 1);
  g_assert_cmpuint (g_bytes_get_size (((HeddleOutboxItem *)outbox->pdata[0])->bytes), ==, 2);
  g_assert_cmpint (fixture_number (fixture->path, "SELECT count(*) FROM recipients"), ==, 1);
}

/* Old mails and new ones live side by side, and the index is as one that never was old. */
static void
test_both (Fixture *fixture, gconstpointer unused)
{
  const char *const all[] = { old_mails[0], old_mails[1], new_mail };
  g_autoptr (GError) error = NULL;
  make_version_1 (fixture);
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  g_autoptr (GPtrArray) pending = heddle_store_pending (store, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pending->len, ==, 2); /* read anew */
  g_ptr_array_unref (fixture_index (store, all, 3));
  g_assert_cmpint (fixture_number (fixture->path, "SELECT count(*) FROM mails"), ==, 3);
  g_assert_cmpint (fixture_number (fixture->path, "SELECT verified FROM mails WHERE id = 1"),
                   ==, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    assert_raw (store, all[i]);
  g_autofree char *got = fixture_dump (store);
  g_autofree char *path = g_build_filename (fixture->folder, "fresh.db", NULL);
  g_autoptr (HeddleStore) fresh = heddle_store_open (path, HEDDLE_STORE_WRITE, &error);
  g_assert_no_error (error);
  g_ptr_array_unref (fixture_index (fresh, all, 3));
  g_autofree char *want = fixture_dump (fresh);
  g_assert_cmpstr (got, ==, want);
}

/* A file of today and one that grew have the same tables. */
static void
test_tables (Fixture *fixture, gconstpointer unused)
{
  static const char sum[]
      = "SELECT sum (length (sql) * (1 + unicode (name))) FROM sqlite_schema";
  g_autofree char *path = g_build_filename (fixture->folder, "fresh.db", NULL);
  make_version_1 (fixture);
  g_autoptr (HeddleStore) grown = fixture_open (fixture);
  g_autoptr (HeddleStore) fresh = heddle_store_open (path, HEDDLE_STORE_WRITE, NULL);
  for (int i = 0; i < 2; i++) {
    g_autofree char *one = g_strconcat (fixture->path, i > 0 ? "-index" : "", NULL);
    g_autofree char *other = g_strconcat (path, i > 0 ? "-index" : "", NULL);
    g_assert_cmpint (fixture_number (one, sum), ==, fixture_number (other, sum));
    g_assert_cmpint (fixture_number (one, "PRAGMA user_version"), ==,
                     fixture_number (other, "PRAGMA user_version"));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store/migrations/reader", test_reader);
  FIXTURE_TEST ("/store/migrations/truth", test_truth);
  FIXTURE_TEST ("/store/migrations/both", test_both);
  FIXTURE_TEST ("/store/migrations/tables", test_tables);
  return g_test_run ();
}
