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

/* A day, a month or an instant by its name or its numbers, as a span (query-day.c). FALSE
 * when @text is none. */
gboolean heddle_query_day (const char *text, GDateTime *now, GTimeZone *zone, HeddleTime *ret_from,
                           HeddleTime *ret_to);

#endif
