/* SPDX-License-Identifier: MIT */
/* Mails made to hurt: loops, floods, depth. Each must end soon and lose nothing. */
#include "tests/threads/support.h"
#include "base/base.h"

#include <string.h>

/* Far more than any of these takes, far less than quadratic time would. */
#define SECONDS_MAX 20.0

static HeddleThreadMail *
one (guint number, const Entry *entry)
{
  g_autofree char *name = g_strdup_printf ("mail %u", number);
  GPtrArray *messages = g_ptr_array_new ();

  g_ptr_array_add (messages, support_message (entry));
  return support_mail_of (name, FALSE, messages);
}

static GPtrArray *
mails_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_thread_mail_free);
}

static guint
evidence_in (const GPtrArray *threads, guint *nodes)
{
  guint evidence = 0;

  *nodes = 0;
  for (guint i = 0; i < threads->len; i++) {
    const GPtrArray *messages = ((HeddleThread *) threads->pdata[i])->messages;
    for (guint k = 0; k < messages->len; k++)
      evidence += ((HeddleNode *) messages->pdata[k])->evidence->len;
    *nodes += messages->len;
  }
  return evidence;
}

/* Each mail answers the one before it: @n deep, by headers alone. */
static void
test_deep_headers (void)
{
  const guint n = 50000;
  g_autoptr (GPtrArray) mails = mails_new (), threads = NULL;
  g_autoptr (GTimer) timer = NULL;
  const HeddleThread *thread;

  for (guint i = 0; i < n; i++) {
    g_autofree char *id = g_strdup_printf ("%u@x", i), *before = g_strdup_printf ("%u@x", i - 1);
    Entry entry = { .text = "Yes.", .from = "<ana@example.org>", .date = "2026-03-02 10:05:11+01:00",
                    .id = id, .answers = i > 0 ? before : NULL };
    g_ptr_array_add (mails, one (i, &entry));
  }
  timer = g_timer_new ();
  threads = heddle_threads_merge (mails);
  g_assert_cmpfloat (g_timer_elapsed (timer, NULL), <, SECONDS_MAX);
  g_assert_cmpuint (threads->len, ==, 1);
  thread = threads->pdata[0];
  g_assert_cmpuint (thread->messages->len, ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (((HeddleNode *) thread->messages->pdata[i])->parent, ==, (int) i - 1);
}

/* One chain that is very deep, twice. */
static void
test_deep_chain (void)
{
  const guint n = 20000;
  g_autoptr (GPtrArray) mails = mails_new (), threads = NULL;
  g_autoptr (GTimer) timer = NULL;
  guint nodes;

  for (guint copy = 0; copy < 2; copy++) {
    g_autofree char *name = g_strdup_printf ("copy %u", copy), *id = g_strdup_printf ("%u@x", copy);
    GPtrArray *messages = g_ptr_array_new ();

    for (guint i = 0; i < n; i++) {
      g_autofree char *text = g_strdup_printf ("Message %u says that much and no more.", i);
      Entry entry = { .text = text, .kind = i > 0 ? HEDDLE_KIND_REPLY : HEDDLE_KIND_RECEIVED,
                      .from = "Ana Ruiz", .date = "2026-03-02 10:05", .id = i > 0 ? NULL : id,
                      .up = i + 1 < n ? (int) i + 1 : 0 };
      g_ptr_array_add (messages, support_message (&entry));
    }
    g_ptr_array_add (mails, support_mail_of (name, FALSE, messages));
  }
  timer = g_timer_new ();
  threads = heddle_threads_merge (mails);
  g_assert_cmpfloat (g_timer_elapsed (timer, NULL), <, SECONDS_MAX);
  g_assert_cmpuint (evidence_in (threads, &nodes), ==, 2 * n);
  g_assert_cmpuint (nodes, ==, n + 1); /* the two mails bear two Message-IDs */
}

/* The same Message-ID, text, minute over and over. */
static void
test_equal (gconstpointer data)
{
  const char *what = data;
  const guint n = 10000;
  g_autoptr (GPtrArray) mails = mails_new (), threads = NULL;
  g_autoptr (GTimer) timer = NULL;
  guint nodes;

  for (guint i = 0; i < n; i++) {
    g_autofree char *id = g_strdup_printf ("%u@x", strstr (what, "id") ? 1 : i);
    g_autofree char *text
        = g_strdup_printf ("This is the very same text in all of the mails, which is long enough to "
                           "be taken for a fingerprint, up to its number %u.",
                           strstr (what, "text") ? 1 : i * 7919);
    g_autofree char *from = g_strdup_printf ("<p%u@example.org>", strstr (what, "author") ? 1 : i);
    Entry entry = { .text = text, .from = from, .date = "2026-03-02 10:05:11+01:00", .id = id };
    g_ptr_array_add (mails, one (i, &entry));
  }
  timer = g_timer_new ();
  threads = heddle_threads_merge (mails);
  g_assert_cmpfloat (g_timer_elapsed (timer, NULL), <, SECONDS_MAX);
  g_assert_cmpuint (evidence_in (threads, &nodes), ==, n);
  for (guint i = 0; i < threads->len; i++) {
    const HeddleNode *node = ((HeddleThread *) threads->pdata[i])->messages->pdata[0];
    g_assert_cmpuint (node->variants->len, <=, 16);
    /* Each of them is marked, none by all the others. */
    g_assert_cmpuint (node->namesakes->len, <=, 8);
    g_assert_cmpint (node->namesakes->len > 0, ==, strstr (what, "id") && nodes > 1);
  }
  if (strcmp (what, "id text author") == 0)
    g_assert_cmpuint (nodes, ==, 1);
  if (strcmp (what, "text author") == 0)
    g_assert_cmpuint (nodes, ==, n);
}

/* One mail that shows the same message very often, each answering the last. */
static void
test_same_in_one_mail (void)
{
  const guint n = 5000;
  g_autoptr (GPtrArray) mails = mails_new (), threads = NULL;
  GPtrArray *deep = g_ptr_array_new (), *flat = g_ptr_array_new ();
  guint nodes;

  for (guint i = 0; i < n; i++) {
    Entry entry = { .text = "This is the very same text in all of the messages, which is long enough "
                            "to be taken for one, were it not for where it stands.",
                    .kind = HEDDLE_KIND_REPLY, .from = "Ana Ruiz",
                    .up = i + 1 < n ? (int) i + 1 : 0 };
    g_ptr_array_add (deep, support_message (&entry));
    entry.up = 0;
    entry.kind = HEDDLE_KIND_ATTACHED;
    g_ptr_array_add (flat, support_message (&entry));
  }
  g_ptr_array_add (mails, support_mail_of ("deep", FALSE, deep));
  threads = heddle_threads_merge (mails);
  g_assert_cmpuint (evidence_in (threads, &nodes), ==, n);
  g_assert_cmpuint (nodes, ==, n);
  g_clear_pointer (&threads, g_ptr_array_unref);
  g_ptr_array_set_size (mails, 0);
  g_ptr_array_add (mails, support_mail_of ("flat", FALSE, flat));
  threads = heddle_threads_merge (mails);
  g_assert_cmpuint (evidence_in (threads, &nodes), ==, n);
  g_assert_cmpuint (threads->len, ==, 1);
}

/* Parents that are none, or close a ring. */
static void
test_broken_parents (void)
{
  static const int parents[][4] = { { 1, 2, 3, 0 }, { 0, 1, 2, 3 }, { 9, -5, G_MAXINT, G_MININT },
                                    { 1, 0, 3, 2 }, { -1, 2, 3, 1 } };

  for (guint set = 0; set < G_N_ELEMENTS (parents); set++) {
    g_autoptr (GPtrArray) mails = mails_new (), threads = NULL;
    GPtrArray *messages = g_ptr_array_new ();
    guint nodes, edges = 0;

    for (guint i = 0; i < 4; i++) {
      g_autofree char *text = g_strdup_printf ("Text %u", i);
      Entry entry = { .text = text, .kind = i > 0 ? HEDDLE_KIND_REPLY : HEDDLE_KIND_RECEIVED };
      HeddleMessage *message = support_message (&entry);
      message->parent = parents[set][i];
      g_ptr_array_add (messages, message);
    }
    g_ptr_array_add (mails, support_mail_of ("ring", FALSE, messages));
    threads = heddle_threads_merge (mails);
    g_assert_cmpuint (threads->len, ==, 1);
    g_assert_cmpuint (evidence_in (threads, &nodes), ==, 4);
    for (guint i = 0; i < 4; i++)
      edges += ((HeddleNode *) ((HeddleThread *) threads->pdata[0])->messages->pdata[i])->parent >= 0;
    g_assert_cmpuint (edges, <, 4);
  }
}

/* A ring of In-Reply-To over many mails, each with ten thousand references. */
static void
test_references (void)
{
  g_autoptr (GPtrArray) mails = mails_new (), threads = NULL;
  g_autoptr (GTimer) timer = NULL;
  const HeddleThread *thread;

  for (guint i = 0; i < 20; i++) {
    g_autofree char *id = g_strdup_printf ("%u@x", i);
    g_autofree char *next = g_strdup_printf ("%u@x", (i + 1) % 20);
    GString *many = g_string_new (id);

    for (guint k = 0; k < 10000; k++)
      g_string_append_printf (many, " %u.%u@x", i % 3, k);
    Entry entry = { .text = "Yes.", .from = "<ana@example.org>", .date = "2026-03-02 10:05:11+01:00",
                    .id = id, .answers = next, .references = many->str };
    g_ptr_array_add (mails, one (i, &entry));
    g_string_free (many, TRUE);
  }
  timer = g_timer_new ();
  threads = heddle_threads_merge (mails);
  g_assert_cmpfloat (g_timer_elapsed (timer, NULL), <, SECONDS_MAX);
  g_assert_cmpuint (threads->len, ==, 1);
  thread = threads->pdata[0];
  g_assert_cmpuint (thread->received, ==, 20);
  g_assert_cmpuint (thread->missing, <=, 20 * 32);
}

static void
test_far_dates (void)
{
  static const char *const dates[]
      = { "0001-01-01 00:00", "9999-12-31 23:59:59+00:00", "1969-12-31 23:59", "2026-03-02" };
  g_autoptr (GPtrArray) mails = mails_new (), threads = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (dates); i++) {
    g_autofree char *id = g_strdup_printf ("%u@x", i);
    Entry entry = { .text = "Yes.", .date = dates[i], .id = id, .answers = i > 0 ? "0@x" : NULL };
    g_ptr_array_add (mails, one (i, &entry));
  }
  HeddleMessage *broken
      = ((HeddleThreadMail *) mails->pdata[0])->chain->messages->pdata[0];
  broken->date->local.year = G_MININT;
  broken->date->local.month = 99;
  broken->date->local.hour = -7;
  threads = heddle_threads_merge (mails);
  g_assert_cmpuint (threads->len, ==, 1);
  g_assert_cmpuint (((HeddleThread *) threads->pdata[0])->received, ==, G_N_ELEMENTS (dates));
}

static void
test_nothing (void)
{
  g_autoptr (GPtrArray) mails = mails_new (), threads = heddle_threads_merge (mails), more = NULL;

  g_assert_cmpuint (threads->len, ==, 0);
  g_ptr_array_add (mails, support_mail_of ("empty", FALSE, g_ptr_array_new ()));
  more = heddle_threads_merge (mails);
  g_assert_cmpuint (more->len, ==, 0);
}

static GPtrArray *
failing (gpointer self, const GPtrArray *keys, GError **error)
{
  g_set_error_literal (error, HEDDLE_BASE_ERROR, HEDDLE_BASE_ERROR_TIME, "the disk is gone");
  return NULL;
}

static void
test_source_fails (void)
{
  const HeddleThreadSource source = { NULL, failing };
  g_autoptr (GPtrArray) mails = mails_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (heddle_threads_add (&source, mails, &error));
  g_assert_error (error, HEDDLE_THREADS_ERROR, HEDDLE_THREADS_ERROR_SOURCE);
  g_assert_nonnull (strstr (error->message, "the disk is gone"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/threads/hostile/deep headers", test_deep_headers);
  g_test_add_func ("/threads/hostile/deep chain", test_deep_chain);
  g_test_add_data_func ("/threads/hostile/all equal", "id text author", test_equal);
  g_test_add_data_func ("/threads/hostile/equal ids", "id", test_equal);
  g_test_add_data_func ("/threads/hostile/equal ids and authors", "id author", test_equal);
  g_test_add_data_func ("/threads/hostile/equal texts", "text", test_equal);
  g_test_add_data_func ("/threads/hostile/equal texts and authors", "text author", test_equal);
  g_test_add_func ("/threads/hostile/same in one mail", test_same_in_one_mail);
  g_test_add_func ("/threads/hostile/broken parents", test_broken_parents);
  g_test_add_func ("/threads/hostile/references", test_references);
  g_test_add_func ("/threads/hostile/far dates", test_far_dates);
  g_test_add_func ("/threads/hostile/nothing", test_nothing);
  g_test_add_func ("/threads/hostile/source fails", test_source_fails);
  return g_test_run ();
}
