/* SPDX-License-Identifier: MIT */
/* What sql.c and open.c share about a connection. */
#ifndef HEDDLE_STORE_SQL_PRIVATE_H
#define HEDDLE_STORE_SQL_PRIVATE_H

#include "store/sql.h"

struct _HeddleSql {
  sqlite3 *db;
  char *path;
  const HeddleSchema *schema; /* static */
  GHashTable *statements;     /* char * to HeddleStmt, owns both */
  void (*idle) (gpointer user_data); /* (nullable) */
  gpointer idle_data;
  gpointer hits; /* (nullable) hitset.c's; the function of SQL's that asks it owns it */
};

void heddle_stmt_destroy (HeddleStmt *stmt);

#endif
