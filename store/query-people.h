/* SPDX-License-Identifier: MIT */
/* query-people: what else names the people that a query asks for. */
#ifndef HEDDLE_STORE_QUERY_PEOPLE_H
#define HEDDLE_STORE_QUERY_PEOPLE_H

#include "store/query-private.h"

/* Widen each term of @query that asks for a person by what @store knows of that person. */
gboolean heddle_query_people (HeddleStore *store, HeddleQuery **query, GError **error);

#endif
