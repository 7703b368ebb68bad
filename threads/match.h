/* SPDX-License-Identifier: MIT */
/* threads/match: are two pieces of evidence the same message? */
#ifndef HEDDLE_THREADS_MATCH_H
#define HEDDLE_THREADS_MATCH_H

#include "threads/clock.h"
#include "threads/fingerprint.h"
#include "threads/threads.h"

/* Members of a set as hashes, the least of them; `whole` if none was left out. */
#define HEDDLE_TRAITS_SET 8
typedef struct {
  guint n;
  gboolean whole;
  guint32 hashes[HEDDLE_TRAITS_SET]; /* ascending */
} HeddleTraitSet;

/* Who wrote, as far as a comparison needs it. Withheld or unsaid: all NULL. */
typedef struct {
  const char *address; /* (nullable) lower case */
  const char *name;    /* (nullable) folded words in alphabetical order */
  gboolean weak;       /* the name was read off the address */
} HeddleAuthor;

typedef enum {
  HEDDLE_AUTHOR_DIFFERENT,
  HEDDLE_AUTHOR_UNKNOWN, /* nothing against it, and no proof */
  HEDDLE_AUTHOR_SAME
} HeddleAuthorRelation;

/* What is compared of one chain entry, made once a mail. */
typedef struct {
  const HeddleMessage *message; /* the mail's */
  HeddleFingerprint print;
  HeddleAuthor author; /* strings belong to the traits */
  HeddleClock clock;
  HeddleTraitSet recipients, cases;
} HeddleTraits;

/* The traits of all messages of @mail, kept with it (transfer none). */
const HeddleTraits *heddle_traits_of (const HeddleThreadMail *mail);
/* Those of all @mails (array of HeddleThreadMail) that have none yet. Mails of one bundle
 * quote each other: a text that several have is looked at once. */
void heddle_traits_make (const GPtrArray *mails);
void heddle_traits_free (HeddleTraits *traits, guint n); /* NULL is fine */

/* The words of a name, folded, in alphabetical order: "Ruiz, Ana" and "Ana RUIZ" both give
 * "ana ruiz". NULL where it has none. (transfer full) */
char *heddle_name_words (const char *name);
/* Whether each word of @few stands in @many, both as heddle_name_words() gives them. */
gboolean heddle_name_within (const char *few, const char *many);
HeddleAuthorRelation heddle_author_compare (const HeddleAuthor *a, const HeddleAuthor *b);
/* What is known of one author from two places: the address, and the longer
 * name, into @into. Strings are shared. */
void heddle_author_join (HeddleAuthor *into, const HeddleAuthor *other);

/* Why two pieces of evidence are looked at together. */
typedef enum {
  HEDDLE_GROUND_MESSAGE_ID, /* they bear the same Message-ID */
  HEDDLE_GROUND_TEXT,       /* they share a key of author, clock and text */
  HEDDLE_GROUND_ANSWERED,   /* one and the same message answers both */
  HEDDLE_GROUND_ANSWER      /* both answer one and the same message */
} HeddleGround;

/* All that is known of the two sides: of the evidence itself (@a, @b) and of
 * what each has been found to be one message with (the rest). */
typedef struct {
  const HeddleTraits *a, *b;
  const HeddleAuthor *author_a, *author_b;
  const HeddleClock *clock_a, *clock_b;
} HeddlePair;

gboolean heddle_match (const HeddlePair *pair, HeddleGround ground);

#endif
