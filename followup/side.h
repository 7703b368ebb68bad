/* SPDX-License-Identifier: MIT */
/* side: who stands where in one thread: us, or somebody else. */
#ifndef HEDDLE_FOLLOWUP_SIDE_H
#define HEDDLE_FOLLOWUP_SIDE_H

#include "followup/followup.h"

typedef enum {
  HEDDLE_SIDE_NOBODY,   /* no name and no address, and nobody says that they are withheld */
  HEDDLE_SIDE_WITHHELD, /* somebody whose name and address the document withholds */
  HEDDLE_SIDE_US,
  HEDDLE_SIDE_OTHER, /* a [party], or somebody outside who is none */
} HeddleSideKind;

typedef struct {
  HeddleSideKind kind;
  /* Who answers for one another has one key: a [party], the people of a domain, one
   * person at a mail provider's. */
  const char *key;
  const char *person;               /* the one person: their address, else their name, folded */
  gboolean inbox;                   /* the address is one of Heddle's own inboxes */
  const HeddlePartyConfig *party;   /* (nullable) of OTHER */
  const HeddlePersonConfig *config; /* (nullable) of US */
} HeddleSide;

/* Who is who in @thread; keeps pointers to both, which must outlive it. */
typedef struct _HeddleSides HeddleSides;
HeddleSides *heddle_sides_new (const HeddleConfig *config, const HeddleThread *thread);
void heddle_sides_free (HeddleSides *sides);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleSides, heddle_sides_free)

/* Where @person ((nullable): nobody) stands. A name without an address is taken
 * for the one address that bears that name in this thread, if only one does.
 * (transfer none), lives as long as @sides. */
const HeddleSide *heddle_sides_of (HeddleSides *sides, const HeddlePerson *person);

/* Whether @word, folded, is a part of somebody's name in this thread. */
gboolean heddle_sides_is_name (const HeddleSides *sides, const char *word);

/* Whether the words of a greeting call @person by a part of their name. */
gboolean heddle_side_is_greeted (const GPtrArray *words, const HeddlePerson *person);
/* Whether @greeting ((nullable): no) calls somebody whose name is withheld. */
gboolean heddle_side_greets_withheld (const char *greeting);

#endif
