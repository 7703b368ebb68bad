/* SPDX-License-Identifier: MIT */
/* query-sql: a query's tree to SQL over the index; every value is bound. */
#ifndef HEDDLE_STORE_QUERY_SQL_H
#define HEDDLE_STORE_QUERY_SQL_H

#include "store/query.h"
#include "store/sql.h"

typedef struct {
  char *text; /* (nullable): then the number */
  gint64 number;
} HeddleBind;

typedef struct {
  char *match;     /* (nullable) expression for the full text index, to be bound; ranks the hits */
  GString *where;  /* condition on `nodes n`, its parameters anonymous */
  GArray *binds;   /* of HeddleBind, for `where` */
} HeddleCondition;
void heddle_condition_free (HeddleCondition *condition);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleCondition, heddle_condition_free)

/* (transfer full). Messages that nobody has shown us are left out unless @query asks for
 * them. */
HeddleCondition *heddle_query_condition (const HeddleQuery *query);

/* Bind the match, if there is one, then the rest, from parameter @place on; returns the
 * next one. */
int heddle_condition_bind (const HeddleCondition *condition, HeddleStmt *stmt, int place);

#endif
