/* SPDX-License-Identifier: MIT */
/* query: what somebody asks, as a tree. */
#ifndef HEDDLE_STORE_QUERY_H
#define HEDDLE_STORE_QUERY_H

#include "store/store.h"

/* What a message holds, as the index keeps it (facts.kind). Never renumber without a
 * new version of the index. */
typedef enum {
  HEDDLE_FACT_FROM = 0, /* address, else name */
  HEDDLE_FACT_TO = 1,   /* to, cc and bcc */
  HEDDLE_FACT_URL = 2,
  HEDDLE_FACT_DOMAIN = 3,
  HEDDLE_FACT_HANDLE = 4,
  HEDDLE_FACT_CASE = 5,
  HEDDLE_FACT_ATTACHMENT = 6,
  HEDDLE_FACT_TYPE = 7,
  HEDDLE_FACT_LANGUAGE = 8,
} HeddleFactKind;

/* Bits of nodes.flags. Same rule. */
enum {
  HEDDLE_FLAG_RECEIVED = 1 << 0,
  HEDDLE_FLAG_QUOTED = 1 << 1, /* known from quotations alone */
  HEDDLE_FLAG_MISSING = 1 << 2,
  HEDDLE_FLAG_ENCRYPTED = 1 << 3,
  HEDDLE_FLAG_ATTACHMENT = 1 << 4,
  HEDDLE_FLAG_URL = 1 << 5,
  HEDDLE_FLAG_ACTION = 1 << 6,
  HEDDLE_FLAG_REDACTION = 1 << 7,
};

typedef enum {
  HEDDLE_QUERY_ALL,
  HEDDLE_QUERY_AND,
  HEDDLE_QUERY_OR,
  HEDDLE_QUERY_NOT,
  HEDDLE_QUERY_WORDS,  /* `terms` one after the other in `columns` */
  HEDDLE_QUERY_FACT,   /* `value` under kinds first_fact … last_fact */
  HEDDLE_QUERY_TIME,   /* from <= time < to; NONE is open */
  HEDDLE_QUERY_FLAG,   /* one of `flags` */
  HEDDLE_QUERY_ID,     /* a message's id or Message-ID in `value` */
  HEDDLE_QUERY_THREAD, /* any id of a thread or of a message in it */
  HEDDLE_QUERY_NAMED,  /* the name `value` alone, under kinds first_fact … last_fact, in a thread
                          where `address` takes part and none of `terms` does */
  HEDDLE_QUERY_STATE,  /* in a thread of `state`: `value`, a JSON array of ids, once resolved */
} HeddleQueryKind;

typedef enum {
  HEDDLE_MATCH_EQUAL,
  HEDDLE_MATCH_WITHIN, /* `value` stands somewhere in it */
  HEDDLE_MATCH_BEGINS,
  HEDDLE_MATCH_ENDS,
} HeddleMatch;

typedef struct _HeddleQuery HeddleQuery;
struct _HeddleQuery {
  HeddleQueryKind kind;
  GPtrArray *children; /* of HeddleQuery: AND, OR (two or more), NOT (one) */
  const char *columns; /* WORDS: static, column names of the full text index */
  GPtrArray *terms;    /* WORDS: of char *, folded, at least one */
  gboolean beginning;  /* WORDS: the last term is the beginning of a word */
  gboolean written;    /* WORDS: looks in what authors wrote, so a snippet marks it */
  HeddleFactKind first_fact, last_fact;
  HeddleMatch match;
  char *value;
  HeddleTime from, to;
  guint flags;
  HeddleAskState state;
  gboolean person; /* WORDS and FACT: asks for somebody (query-people.c) */
  char *address;   /* NAMED */
  glong column; /* STATE: where it stands in the query, for an error */
};

void heddle_query_free (HeddleQuery *query);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleQuery, heddle_query_free)

/* Read @text. NULL and "" ask for all. Linear; brackets nest at most 20 deep.
 * @zone: (nullable): UTC. Fails with QUERY. (transfer full) */
HeddleQuery *heddle_query_parse (const char *text, HeddleTime now, GTimeZone *zone,
                                 GError **error);

/* Ask @options for the threads that the tree's STATEs mean, after which it can become SQL.
 * Fails with QUERY where @options cannot tell, else as its function does. */
gboolean heddle_query_resolve (HeddleQuery *query, const HeddleAskOptions *options,
                               GError **error);

/* The span of time that @text names ("2018-04", "3days", "yesterday"): from its
 * beginning, included, to its end, not included. FALSE when it names none. */
gboolean heddle_query_date (const char *text, HeddleTime now, GTimeZone *zone, HeddleTime *ret_from,
                            HeddleTime *ret_to);

#endif
