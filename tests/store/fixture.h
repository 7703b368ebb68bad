/* SPDX-License-Identifier: MIT */
/* What the tests of store/ share: a store in a folder of its own, and mails. */
#ifndef TESTS_STORE_FIXTURE_H
#define TESTS_STORE_FIXTURE_H

#include "store/store.h"

typedef struct {
  char *folder; /* is there */
  char *path;   /* of the store; is not there */
} Fixture;

void fixture_set_up (Fixture *fixture, gconstpointer unused);
void fixture_tear_down (Fixture *fixture, gconstpointer unused);
#define FIXTURE_TEST(path, func) \
  g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

/* Open for writing, or fail the test. */
HeddleStore *fixture_open (Fixture *fixture);
/* A mail of these bytes, with an envelope. */
HeddleStoreMail *fixture_mail (const char *bytes, gboolean verified);
/* Add one mail, or fail the test; returns its id. */
char *fixture_add (HeddleStore *store, const char *bytes);
/* What the parser makes of @bytes, for heddle_store_index() (transfer full). */
HeddleStoreRecord *fixture_record (const char *bytes);
/* Add and index some mails at once, or fail the test: array of HeddleIndexed. */
GPtrArray *fixture_index (HeddleStore *store, const char *const *mails, guint count);
/* Everything that can be asked of the store, as text: equal stores give equal text. */
char *fixture_dump (HeddleStore *store);
/* Run one statement with a plain connection of its own, as another program would. */
void fixture_sql (const char *path, const char *text);
gint64 fixture_number (const char *path, const char *text);

#endif
