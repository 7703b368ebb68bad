/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/store/fixture.h"

static gboolean
queue (HeddleStore *store, const char *followup, const char *person, const char *uid, int sequence,
       gboolean cancelled, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("From: x\r\n\r\n\0y", 13);
  HeddleReminder reminder = {
    .followup = (char *) followup, .person = (char *) person, .address = (char *) "ana@example.org",
    .uid = (char *) uid, .sequence = sequence, .cancelled = cancelled, .start = 1523390351,
    .queued = 1523390000, .token = (char *) "secret",
  };
  HeddleOutboxItem item = {
    .sender = (char *) "follow-up@threads.example.org", .rcpt = (char *) "ana@example.org",
    .bytes = bytes, .state = HEDDLE_OUTBOX_WAITING, .queued = 1523390000, .next = 1523390000,
  };
  return heddle_store_queue (store, &reminder, &item, error);
}

typedef struct {
  const char *followup, *person, *uid;
  int sequence;
  gboolean cancelled;
  gboolean taken;
} Step;

static void
test_races (Fixture *fixture, gconstpointer unused)
{
  static const Step steps[] = {
    { "f1", "ana", "u1", 0, FALSE, TRUE },
    { "f1", "ana", "u1", 0, FALSE, FALSE }, /* the same plan again */
    { "f1", "ana", "u2", 0, FALSE, FALSE }, /* the other planner's uid */
    { "f1", "sam", "u2", 0, FALSE, TRUE },  /* another person is another event */
    { "f1", "ana", "u1", 1, FALSE, TRUE },
    { "f1", "ana", "u1", 1, TRUE, FALSE },
    { "f1", "ana", "u1", 2, TRUE, TRUE },
    { "f1", "ana", "u1", 1, FALSE, FALSE }, /* late */
    { "f1", "ana", "u3", 0, FALSE, TRUE },  /* after a cancel a new event may begin */
    { "f2", "ana", "u3", 5, FALSE, FALSE }, /* a uid is never used for another */
    { "f1", "ana", "u1", 3, FALSE, FALSE }, /* nor a cancelled one revived beside it */
  };
  guint taken = 0;
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_autoptr (GError) error = NULL;
    const Step *step = &steps[i];
    gboolean ok = queue (store, step->followup, step->person, step->uid, step->sequence,
                         step->cancelled, &error);
    g_test_message ("step %d: %s", (int) i, error != NULL ? error->message : "taken");
    g_assert_cmpint (ok, ==, step->taken);
    if (!ok)
      g_assert_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_LOCKED);
    taken += ok;
    g_autoptr (GPtrArray) waiting = heddle_store_outbox (store, HEDDLE_OUTBOX_WAITING, NULL);
    g_assert_cmpuint (waiting->len, ==, taken);
  }
  g_autoptr (GPtrArray) reminders = heddle_store_reminders (store, NULL);
  g_assert_cmpuint (reminders->len, ==, 3);
  const HeddleReminder *first = reminders->pdata[0];
  g_assert_cmpstr (first->uid, ==, "u1");
  g_assert_cmpint (first->sequence, ==, 2);
  g_assert_true (first->cancelled);
  g_assert_cmpint (first->start, ==, 1523390351);
  g_assert_cmpstr (first->token, ==, "secret");
}

/* Eight processes queue the same reminder at once: one wins, the others are told. */
static void
test_many (Fixture *fixture, gconstpointer unused)
{
  enum { PLANNERS = 8 };
  int gate[2];
  pid_t pids[PLANNERS];
  heddle_store_close (fixture_open (fixture));
  g_assert_cmpint (pipe (gate), ==, 0);
  for (int i = 0; i < PLANNERS; i++) {
    pids[i] = fork ();
    if (pids[i] != 0)
      continue;
    char byte;
    g_autofree char *uid = g_strdup_printf ("u%d", i);
    g_autoptr (GError) error = NULL;
    close (gate[1]);
    HeddleStore *store = heddle_store_open (fixture->path, HEDDLE_STORE_WRITE, NULL);
    if (store == NULL || read (gate[0], &byte, 1) != 0)
      _exit (9);
    if (queue (store, "f1", "ana", uid, 0, FALSE, &error))
      _exit (0);
    _exit (g_error_matches (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_LOCKED) ? 1 : 9);
  }
  close (gate[0]);
  close (gate[1]);
  int won = 0, told = 0;
  for (int i = 0; i < PLANNERS; i++) {
    int status = 0;
    g_assert_cmpint (waitpid (pids[i], &status, 0), ==, pids[i]);
    g_assert_true (WIFEXITED (status));
    won += WEXITSTATUS (status) == 0;
    told += WEXITSTATUS (status) == 1;
  }
  g_assert_cmpint (won, ==, 1);
  g_assert_cmpint (told, ==, PLANNERS - 1);
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  g_autoptr (GPtrArray) waiting = heddle_store_outbox (store, HEDDLE_OUTBOX_WAITING, NULL);
  g_assert_cmpuint (waiting->len, ==, 1);
}

static void
test_update (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  g_assert_true (queue (store, "f1", "ana", "u1", 0, FALSE, &error));
  g_assert_true (queue (store, "f2", "ana", "u2", 0, FALSE, &error));
  g_autoptr (GPtrArray) waiting = heddle_store_outbox (store, HEDDLE_OUTBOX_WAITING, &error);
  g_assert_no_error (error);
  HeddleOutboxItem *item = waiting->pdata[0];
  g_assert_cmpuint (g_bytes_get_size (item->bytes), ==, 13);
  g_assert_null (item->trouble);
  item->attempts = 1;
  item->next = 1523399999;
  item->trouble = g_strdup ("451 4.3.0 try again");
  g_assert_true (heddle_store_outbox_update (store, item, &error));
  g_autoptr (GPtrArray) again = heddle_store_outbox (store, HEDDLE_OUTBOX_WAITING, &error);
  const HeddleOutboxItem *got = again->pdata[0];
  g_assert_cmpint (got->id, ==, item->id);
  g_assert_cmpint (got->attempts, ==, 1);
  g_assert_cmpint (got->next, ==, 1523399999);
  g_assert_cmpstr (got->trouble, ==, "451 4.3.0 try again");
  item->state = HEDDLE_OUTBOX_SENT;
  g_assert_true (heddle_store_outbox_update (store, item, &error));
  g_assert_true (heddle_store_outbox_update (store, item, &error)); /* told twice */
  item->state = HEDDLE_OUTBOX_WAITING;
  g_assert_false (heddle_store_outbox_update (store, item, &error)); /* sent stays sent */
  g_assert_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_UNKNOWN);
  HeddleStoreStats stats = { 0 };
  g_assert_true (heddle_store_stats (store, &stats, NULL));
  g_assert_cmpuint (stats.waiting, ==, 1);
  g_assert_cmpuint (stats.failed, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store/outbox/races", test_races);
  FIXTURE_TEST ("/store/outbox/many", test_many);
  FIXTURE_TEST ("/store/outbox/update", test_update);
  return g_test_run ();
}
