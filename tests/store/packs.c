/* SPDX-License-Identifier: MIT */
/* packs: what stands together comes back one by one, and leaves nothing behind. */
#include "config.h"

#include <string.h>

#include "tests/store/fixture.h"

/* A mail of @size bytes that no compression makes small. */
static HeddleStoreMail *
noise_mail (guint number, gsize size)
{
  GString *bytes = g_string_new (NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (number);
  g_string_append_printf (bytes, "Subject: %u\r\n\r\n", number);
  while (bytes->len < size)
    g_string_append_c (bytes, (char)g_rand_int_range (rand, 33, 127));
  HeddleStoreMail *mail = fixture_mail (bytes->str, FALSE);
  g_string_free (bytes, TRUE);
  return mail;
}

static void
assert_back (HeddleStore *store, const HeddleStoreMail *mail)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) raw = heddle_store_raw (store, mail->mail, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (raw, mail->bytes));
}

/* Small ones, one as large as a pack, one far larger, in an order in which each has
 * small ones on both sides. */
static void
test_sizes (Fixture *fixture, gconstpointer unused)
{
  static const gsize sizes[]
      = { 100, 300000, 1, 1 << 20, 50, 5 << 20, 700, 600000, 600000, 20 };
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  g_autoptr (GPtrArray) mails
      = g_ptr_array_new_with_free_func ((GDestroyNotify)heddle_store_mail_free);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    g_ptr_array_add (mails, noise_mail (i, sizes[i]));
  g_assert_true (heddle_store_add_mails (store, mails, NULL, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < mails->len; i++)
    assert_back (store, mails->pdata[i]);
  for (guint i = mails->len; i-- > 0;)
    assert_back (store, mails->pdata[i]);
  /* None is larger than a pack unless it holds one mail, and small ones share. */
  g_assert_cmpint (fixture_number (fixture->path,
                                   "SELECT count(*) FROM (SELECT sum (length) s, count(*) c"
                                   " FROM mails GROUP BY pack) WHERE s > 1048576 AND c > 1"),
                   ==, 0);
  g_assert_cmpint (fixture_number (fixture->path, "SELECT count(*) FROM packs"), <,
                   (gint64)mails->len - 2);
}

/* The same mails in one call and one by one: the same bytes back, fewer packs. */
static void
test_alone (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  for (int i = 0; i < 5; i++) {
    g_autofree char *bytes = g_strdup_printf ("Subject: %d\n\nalone\n", i);
    g_free (fixture_add (store, bytes));
    g_free (fixture_add (store, bytes)); /* known: takes no room */
  }
  g_assert_cmpint (fixture_number (fixture->path, "SELECT count(*) FROM packs"), ==, 5);
  g_assert_cmpint (fixture_number (fixture->path, "SELECT min (held) FROM packs"), ==, 1);
}

/* Damage is told as such, whatever it hits, and hides no other pack's mails. */
static void
test_damaged (Fixture *fixture, gconstpointer unused)
{
  static const char *const damages[] = {
    "UPDATE pack_bytes SET bytes = x'' WHERE pack = 1",
    "UPDATE pack_bytes SET bytes = x'01ffff' WHERE pack = 1",
    "UPDATE pack_bytes SET bytes = substr (bytes, 1, length (bytes) - 1) WHERE pack = 1",
    "UPDATE pack_bytes SET bytes = CAST (x'00' || 'Subject: y' AS BLOB) WHERE pack = 1",
    "DELETE FROM pack_bytes WHERE pack = 1",
    "UPDATE mails SET start = -1 WHERE pack = 1",
    "UPDATE mails SET start = 9223372036854775807, length = 9 WHERE pack = 1",
    "UPDATE mails SET length = 9223372036854775807 WHERE pack = 1",
    "UPDATE mails SET length = length - 1 WHERE pack = 1",
    "UPDATE mails SET pack = NULL WHERE pack = 1",
    "UPDATE mails SET form = 1 WHERE pack = 1",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (damages); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *path = g_strdup_printf ("%s/%d.db", fixture->folder, (int)i);
    HeddleStore *store = heddle_store_open (path, HEDDLE_STORE_WRITE, NULL);
    g_autofree char *one
        = fixture_add (store, "Subject: x\n\nyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\n");
    g_autofree char *other = fixture_add (store, "Subject: other\n\nsound\n");
    heddle_store_close (store);
    fixture_sql (path, damages[i]);
    g_autoptr (HeddleStore) again = heddle_store_open (path, HEDDLE_STORE_READ, &error);
    g_assert_no_error (error);
    g_test_message ("%s", damages[i]);
    g_autoptr (GBytes) raw = heddle_store_raw (again, one, &error);
    g_assert_null (raw);
    g_assert_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_CORRUPT);
    g_clear_error (&error);
    g_autoptr (GBytes) sound = heddle_store_raw (again, other, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (g_bytes_get_size (sound), ==, strlen ("Subject: other\n\nsound\n"));
  }
}

/* --- the index ------------------------------------------------------------------------- */

static const char *const talk[] = {
  "From: Ana Ruiz <ana@example.org>\nMessage-ID: <p1@example.org>\nSubject: Harassment report\n"
  "Date: Tue, 10 Apr 2018 09:00:00 +0000\n\nPlease look at the account that I named on "
  "Monday.\n",
  "From: Sam <sam@chirper.example>\nMessage-ID: <p2@chirper.example>\nSubject: Re: Harassment "
  "report\n"
  "In-Reply-To: <p1@example.org>\nDate: Wed, 11 Apr 2018 10:00:00 +0000\n\nWe have closed the "
  "account.\n",
  "From: Mia <mia@partner.example>\nMessage-ID: <p3@partner.example>\nSubject: Re: Harassment "
  "report\n"
  "In-Reply-To: <p1@example.org>\nDate: Thu, 12 Apr 2018 11:00:00 +0000\n\nIt is open again, I "
  "see.\n",
};

static void
quarantine (HeddleStore *store, const char *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records
      = g_ptr_array_new_with_free_func ((GDestroyNotify)heddle_store_record_free);
  HeddleStoreRecord *record = fixture_record (bytes);
  g_clear_pointer (&record->record, g_bytes_unref);
  g_ptr_array_add (records, record);
  g_assert_true (heddle_store_index (store, records, NULL, &error));
  g_assert_no_error (error);
}

static void
assert_counted (Fixture *fixture)
{
  g_autofree char *index = g_strconcat (fixture->path, "-index", NULL);
  g_assert_cmpint (fixture_number (index, "SELECT ifnull (sum (held), 0) FROM packs"), ==,
                   fixture_number (index, "SELECT (SELECT count(*) FROM mails WHERE bundle > 0)"
                                          " + (SELECT count(*) FROM nodes)"
                                          " + (SELECT count(after) FROM packs)"));
  g_assert_cmpint (fixture_number (index, "SELECT count(*) FROM packs WHERE held < 1"), ==, 0);
  g_assert_cmpint (fixture_number (index, "SELECT count(*) FROM pack_bytes WHERE pack NOT IN"
                                          " (SELECT id FROM packs)"),
                   ==, 0);
  g_assert_cmpint (fixture_number (index, "SELECT count(*) FROM things WHERE id NOT IN"
                                          " (SELECT thing FROM facts)"),
                   ==, 0);
  g_assert_cmpint (fixture_number (index, "SELECT count(*) FROM facts WHERE thing NOT IN"
                                          " (SELECT id FROM things)"),
                   ==, 0);
  g_assert_cmpint (fixture_number (index, "SELECT count(*) FROM ids WHERE node NOT IN"
                                          " (SELECT id FROM nodes)"),
                   ==, 0);
  g_assert_cmpint (fixture_number (index, "SELECT count(*) FROM keys WHERE mail NOT IN"
                                          " (SELECT id FROM mails WHERE bundle > 0)"),
                   ==, 0);
}

static void
test_counted (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  g_autofree char *index = g_strconcat (fixture->path, "-index", NULL);
  for (int round = 0; round < 2; round++) {
    for (gsize i = 0; i < G_N_ELEMENTS (talk); i++) {
      g_ptr_array_unref (fixture_index (store, &talk[i], 1));
      assert_counted (fixture);
    }
    g_ptr_array_unref (fixture_index (store, talk, G_N_ELEMENTS (talk)));
    assert_counted (fixture);
    gint64 newest = fixture_number (index, "SELECT max (id) FROM packs");
    g_ptr_array_unref (fixture_index (store, talk, G_N_ELEMENTS (talk)));
    assert_counted (fixture);
    /* What is as before is not written again. */
    g_assert_cmpint (fixture_number (index, "SELECT max (id) FROM packs"), ==, newest);
    for (gsize i = 0; i < G_N_ELEMENTS (talk); i++) {
      quarantine (store, talk[i]);
      assert_counted (fixture);
    }
  }
}

/* A key names one mail of its bundle. Should that one go, it names another. */
static void
test_key_passes_on (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  g_ptr_array_unref (fixture_index (store, talk, 2));
  quarantine (store, talk[0]);
  g_autoptr (GPtrArray) last = fixture_index (store, &talk[2], 1);
  g_autoptr (HeddleThread) thread
      = heddle_store_thread (store, ((HeddleIndexed *)last->pdata[0])->thread, NULL);
  g_assert_nonnull (thread);
  g_assert_cmpuint (thread->received, ==, 2); /* both answer what nobody can show now */
  g_assert_cmpuint (thread->missing, ==, 1);
}

/* More than one pack holds is found again, the first as the last. */
static void
test_many (Fixture *fixture, gconstpointer unused)
{
  enum { MAILS = 120 };
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  g_autoptr (GPtrArray) mails = g_ptr_array_new_with_free_func (g_free);
  for (int i = 0; i < MAILS; i++) {
    GString *bytes = g_string_new (NULL);
    g_string_append_printf (bytes,
                            "From: Ana Ruiz <ana@example.org>\nMessage-ID: <n%d@example.org>\n"
                            "Subject: Case %d\nDate: Tue, 10 Apr 2018 %02d:%02d:00 +0000\n\n",
                            i, i, i / 60, i % 60);
    for (int word = 0; word < 300; word++)
      g_string_append_printf (bytes, "word%x%s", word * 7919 + i * 104729,
                              word % 9 == 8 ? "\n" : " ");
    g_ptr_array_add (mails, g_string_free (bytes, FALSE));
  }
  g_ptr_array_unref (fixture_index (store, (const char *const *)mails->pdata, MAILS));
  assert_counted (fixture);
  g_autofree char *index = g_strconcat (fixture->path, "-index", NULL);
  g_assert_cmpint (fixture_number (index, "SELECT count(*) FROM packs"), >, 2);
  g_autofree char *dump = fixture_dump (store); /* asserts that each can be read */
  for (int i = 0; i < MAILS; i++) {
    g_autofree char *subject = g_strdup_printf ("Case %d", i);
    g_assert_nonnull (strstr (dump, subject));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store/packs/sizes", test_sizes);
  FIXTURE_TEST ("/store/packs/alone", test_alone);
  FIXTURE_TEST ("/store/packs/damaged", test_damaged);
  FIXTURE_TEST ("/store/packs/counted", test_counted);
  FIXTURE_TEST ("/store/packs/key-passes-on", test_key_passes_on);
  FIXTURE_TEST ("/store/packs/many", test_many);
  return g_test_run ();
}
