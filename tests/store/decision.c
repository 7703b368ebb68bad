/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tests/store/fixture.h"

static const HeddleDecision cases[] = {
  { HEDDLE_DECISION_CLOSE, (char *) "f0a", NULL, HEDDLE_TIME_NONE, 100 },
  { HEDDLE_DECISION_REOPEN, (char *) "f0a", NULL, HEDDLE_TIME_NONE, 100 },
  { HEDDLE_DECISION_CLAIM, (char *) "f0b", (char *) "ana", HEDDLE_TIME_NONE, 90 },
  { HEDDLE_DECISION_SNOOZE, (char *) "f0b", NULL, 1523390351, 80 },
  { HEDDLE_DECISION_SET_DUE, (char *) "f'); --", NULL, -1, 70 },
  { HEDDLE_DECISION_ASSIGN, (char *) "f0c", (char *) "سام", 0, 60 },
};

static void
assert_cases (HeddleStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = heddle_store_decisions (store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, G_N_ELEMENTS (cases));
  for (guint i = 0; i < list->len; i++) {
    const HeddleDecision *got = list->pdata[i];
    g_assert_cmpint (got->kind, ==, cases[i].kind);
    g_assert_cmpstr (got->subject, ==, cases[i].subject);
    g_assert_cmpstr (got->value, ==, cases[i].value);
    g_assert_cmpint (got->time, ==, cases[i].time);
    g_assert_cmpint (got->made, ==, cases[i].made);
  }
}

/* They come back as they were made, in that order, and outlive the index. */
static void
test_decisions (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_assert_true (heddle_store_decide (store, &cases[i], &error));
    g_assert_no_error (error);
  }
  assert_cases (store);
  g_assert_true (heddle_store_drop_index (store, &error));
  g_clear_pointer (&store, heddle_store_close);
  store = heddle_store_open (fixture->path, HEDDLE_STORE_READ, &error);
  g_assert_no_error (error);
  assert_cases (store);
}

static void
test_unknown_kind (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleStore) store = fixture_open (fixture);
  fixture_sql (fixture->path, "INSERT INTO decisions (kind, subject, made) VALUES ('dance', 'f', 1)");
  g_autoptr (GPtrArray) list = heddle_store_decisions (store, &error);
  g_assert_null (list);
  g_assert_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_CORRUPT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store/decision/all", test_decisions);
  FIXTURE_TEST ("/store/decision/unknown-kind", test_unknown_kind);
  return g_test_run ();
}
