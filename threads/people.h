/* SPDX-License-Identifier: MIT */
/* threads/people: what was seen of everybody; who.c says who is who. */
#ifndef HEDDLE_THREADS_PEOPLE_H
#define HEDDLE_THREADS_PEOPLE_H

#include "threads/threads.h"

/* Evidence of one kind: how often, and the least of it. */
typedef struct {
  guint count;
  char *mail; /* (nullable) */
  guint index;
} HeddleSeenCount;

/* A name, whoever bears it. */
typedef struct {
  char *words;         /* heddle_name_words() */
  GHashTable *written; /* char * to how often, as a pointer */
  guint number;
} HeddlePeopleName;

/* A name that an address was shown with. */
typedef struct {
  HeddlePeopleName *name;
  guint called;  /* in From of a header: what somebody calls himself */
  guint calling; /* in To or Cc of one: what others call him */
  HeddleSeenCount header, quoted;
} HeddlePeoplePair;

/* An address, or a name without one. */
typedef struct {
  char *key;
  char *address;          /* (nullable) */
  HeddlePeopleName *name; /* (nullable) of a name without an address */
  GPtrArray *pairs;       /* of HeddlePeoplePair: of an address */
  HeddleSeenCount header, quoted; /* without a name */
} HeddleEntity;

typedef struct {
  guint entity;
  int name; /* its number, -1 */
  gboolean author, header;
  gint64 message, thread, time;
  const char *mail; /* owned by the people */
  guint index;
} HeddleSeen;

typedef struct {
  HeddlePeopleRule rule;
  char *one, *other;
} HeddleRuleOfPeople;

struct _HeddlePeople {
  GPtrArray *entities; /* of HeddleEntity */
  GHashTable *by_key;  /* key to its place + 1 */
  GPtrArray *names;    /* of HeddlePeopleName */
  GHashTable *by_words;
  GHashTable *by_written; /* (nullable value) what was written to its name: folding is dear */
  GHashTable *pairs;      /* entity and name, as a gint64, to the pair */
  GHashTable *mails;      /* set of char * */
  GArray *seen;           /* of HeddleSeen */
  GArray *rules;          /* of HeddleRuleOfPeople */
};

void heddle_seen_count_add (HeddleSeenCount *count, const char *mail, guint index);
/* As it is mostly written. (transfer none) */
const char *heddle_people_name_shown (const HeddlePeopleName *name);

/* --- who is who (who.c, identity.c) ---------------------------------------- */

typedef struct {
  HeddlePeople *people;
  guint n;
  guint *labels;       /* by entity: equal for one person */
  guint next;          /* a label that none has */
  gboolean *shared;    /* by entity */
  guint8 *why;         /* by entity: HeddleProofKind + 1 of a rule that held */
  GHashTable *bearers; /* thread and name to a label + 1, or SEVERAL */
  guint *homes;        /* by what was seen: the label to which it counts */
} HeddleWho;

const HeddleEntity *heddle_who_entity (const HeddleWho *who, guint i);

/* A conversation and something in it. */
typedef struct {
  gint64 thread;
  guint number; /* of a name, or a label */
} HeddleWhoSlot;
guint heddle_who_slot_hash (gconstpointer data);
gboolean heddle_who_slot_equal (gconstpointer a, gconstpointer b);

/* Array of HeddleIdentity, by id (transfer full). */
GPtrArray *heddle_identities_write (const HeddleWho *who);

#endif
