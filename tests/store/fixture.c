/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "tests/store/fixture.h"

void
fixture_set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  fixture->folder = g_dir_make_tmp ("heddle-store-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "new", "heddle.db", NULL);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    remove_tree (child);
  }
  g_remove (path);
}

void
fixture_tear_down (Fixture *fixture, gconstpointer unused)
{
  remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

HeddleStore *
fixture_open (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  HeddleStore *store = heddle_store_open (fixture->path, HEDDLE_STORE_WRITE, &error);
  g_assert_no_error (error);
  return store;
}

HeddleStoreMail *
fixture_mail (const char *bytes, gboolean verified)
{
  HeddleStoreMail *mail = g_new0 (HeddleStoreMail, 1);
  mail->mail = heddle_mail_id (bytes, strlen (bytes));
  mail->bytes = g_bytes_new (bytes, strlen (bytes));
  mail->envelope = g_new0 (HeddleEnvelope, 1);
  mail->envelope->sender = g_strdup ("ana@example.org");
  mail->envelope->rcpts = g_strsplit ("threads@example.org cases@example.org", " ", -1);
  mail->envelope->queue_id = g_strdup ("4Q1");
  mail->received = 1523390351;
  mail->verified = verified;
  return mail;
}

char *
fixture_add (HeddleStore *store, const char *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) mails
      = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_store_mail_free);
  HeddleStoreMail *mail = fixture_mail (bytes, FALSE);
  g_ptr_array_add (mails, mail);
  g_assert_true (heddle_store_add_mails (store, mails, NULL, &error));
  g_assert_no_error (error);
  return g_strdup (mail->mail);
}

HeddleStoreRecord *
fixture_record (const char *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleParser) parser = heddle_parser_new ();
  g_autoptr (HeddleChain) chain = heddle_parse_mail (parser, bytes, strlen (bytes), NULL, &error);
  g_assert_no_error (error);
  HeddleStoreRecord *record = g_new0 (HeddleStoreRecord, 1);
  record->mail = heddle_mail_id (bytes, strlen (bytes));
  record->record = heddle_chain_to_record (chain, FALSE);
  return record;
}

GPtrArray *
fixture_index (HeddleStore *store, const char *const *mails, guint count)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records
      = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_store_record_free);
  GPtrArray *indexed = NULL;
  for (guint i = 0; i < count; i++) {
    g_free (fixture_add (store, mails[i]));
    g_ptr_array_add (records, fixture_record (mails[i]));
  }
  g_assert_true (heddle_store_index (store, records, &indexed, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (indexed->len, ==, count);
  return indexed;
}

static void
dump_node (GString *out, const HeddleNode *node)
{
  const HeddleMessage *message = node->message;
  g_string_append_printf (out, "  %s parent %d kind %s subject %s text %s ids", node->id,
                          node->parent, heddle_kind_name (message->kind), message->subject,
                          message->text);
  for (guint i = 0; i < node->ids->len; i++)
    g_string_append_printf (out, " %s", (char *) node->ids->pdata[i]);
  for (guint i = 0; i < node->evidence->len; i++) {
    const HeddleEvidence *evidence = node->evidence->pdata[i];
    g_string_append_printf (out, " %.8s/%u/%d", evidence->mail, evidence->index, evidence->received);
  }
  g_string_append_c (out, '\n');
}

static void
dump_thread (GString *out, HeddleStore *store, const HeddleThread *summary)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleThread) thread = heddle_store_thread (store, summary->id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (thread->id, ==, summary->id);
  g_assert_cmpuint (thread->received, ==, summary->received);
  g_assert_cmpuint (thread->missing, ==, summary->missing);
  g_assert_cmpuint (thread->participants->len, ==, summary->participants->len);
  g_string_append_printf (out, "%s %s %d %d %u %u %u\n", summary->id, summary->subject,
                          (int) summary->first, (int) summary->last, summary->received,
                          summary->quoted_only, summary->missing);
  for (guint i = 0; i < thread->messages->len; i++)
    dump_node (out, thread->messages->pdata[i]);
}

char *
fixture_dump (HeddleStore *store)
{
  const HeddleAskOptions options = { .sort = HEDDLE_SORT_OLDEST };
  g_autoptr (GError) error = NULL;
  GString *out = g_string_new (NULL);
  g_autoptr (GPtrArray) threads = heddle_store_threads (store, NULL, &options, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < threads->len; i++)
    dump_thread (out, store, ((HeddleThreadSummary *) threads->pdata[i])->thread);
  g_autoptr (GPtrArray) hits = heddle_store_search (store, "", &options, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < hits->len; i++) {
    const HeddleHit *hit = hits->pdata[i];
    g_string_append_printf (out, "%s %s %s %s\n", hit->thread, hit->message, hit->subject,
                            hit->snippet);
  }
  for (int output = HEDDLE_OUTPUT_PARTICIPANTS; output <= HEDDLE_OUTPUT_CASES; output++) {
    g_autoptr (GPtrArray) tallies
        = heddle_store_tally (store, "", (HeddleOutput) output, &options, &error);
    g_assert_no_error (error);
    for (guint i = 0; i < tallies->len; i++) {
      const HeddleTally *tally = tallies->pdata[i];
      g_string_append_printf (out, "%d %s %u %d %d\n", output, tally->value, tally->count,
                              (int) tally->first, (int) tally->last);
    }
  }
  return g_string_free (out, FALSE);
}

void
fixture_sql (const char *path, const char *text)
{
  sqlite3 *db = NULL;
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, text, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

gint64
fixture_number (const char *path, const char *text)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *stmt = NULL;
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, text, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  gint64 number = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return number;
}
