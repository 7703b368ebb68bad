/* SPDX-License-Identifier: MIT */
/* What query.c and query-term.c share. */
#ifndef HEDDLE_STORE_QUERY_PRIVATE_H
#define HEDDLE_STORE_QUERY_PRIVATE_H

#include "store/query.h"

typedef struct {
  HeddleTime now;
  GTimeZone *zone; /* (nullable) */
} HeddleAsk;

typedef struct {
  char *prefix; /* (nullable) without its colon */
  char *value;
  gboolean quoted;
  const char *place;    /* of the value in the query */
  gboolean blame_value; /* set where an error is about the value, not the prefix */
} HeddleAskTerm;

HeddleQuery *heddle_query_new (HeddleQueryKind kind);

/* What @term asks for (transfer full); NULL where it cannot be understood, with the
 * reason in @ret_why. */
HeddleQuery *heddle_query_term (const HeddleAsk *ask, HeddleAskTerm *term, char **ret_why);

#endif
