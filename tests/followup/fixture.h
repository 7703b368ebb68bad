/* SPDX-License-Identifier: MIT */
/* Threads and a configuration for the tests of followup/, written as tables. */
#ifndef HEDDLE_TESTS_FOLLOWUP_FIXTURE_H
#define HEDDLE_TESTS_FOLLOWUP_FIXTURE_H

#include "followup/followup.h"

typedef struct {
  const char *from, *to, *cc; /* "Name <address>, …"; "?" is somebody withheld; NULL: none */
  int parent;                 /* row, -1: none */
  const char *date;           /* ISO 8601; NULL: none */
  const char *actions;        /* letters r q c d, each with an optional date: "r c2018-04-20" */
  const char *text;
  HeddleAutomatic automatic;
  gboolean received;
} Row;

/* Helpline people ana, sam (a person each) at example.org, Berlin; party chirper, 3
 * days; lines are added below. */
HeddleConfig *fixture_config (const char *more);
HeddleThread *fixture_thread (const Row *rows, guint count);
void fixture_thread_free (HeddleThread *thread);
HeddleTime fixture_time (const char *iso);
HeddlePerson *fixture_person (const char *written);

#endif
