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
/* Run one statement with a plain connection of its own, as another program would. */
void fixture_sql (const char *path, const char *text);
gint64 fixture_number (const char *path, const char *text);

#endif
