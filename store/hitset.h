/* SPDX-License-Identifier: MIT */
/* hitset: which messages hold the words of a query, for a condition on each. */
#ifndef HEDDLE_STORE_HITSET_H
#define HEDDLE_STORE_HITSET_H

#include "store/sql.h"

/* Make the function is_hit(id) of SQL say which rows of the full text index @match, an
 * expression for it, matches; in place of what it said before. @ret: FALSE where there is no
 * room for that. */
gboolean heddle_hitset_make (HeddleSql *sql, const char *match, gboolean *ret, GError **error);

#endif
