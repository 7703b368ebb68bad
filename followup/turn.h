/* SPDX-License-Identifier: MIT */
/* turn: a message as a move in the conversation: who, to whom, when, does it count. */
#ifndef HEDDLE_FOLLOWUP_TURN_H
#define HEDDLE_FOLLOWUP_TURN_H

#include "followup/policy.h"
#include "followup/side.h"

typedef struct {
  const HeddlePerson *person; /* as written */
  const HeddleSide *side;
} HeddleAddressee;

typedef struct {
  guint index; /* of the message in the thread */
  const HeddleNode *node;
  const HeddleMessage *message;
  HeddleTime time; /* NONE where the document gives none */
  const HeddleSide *author;
  gboolean counts;   /* not a machine's, not missing, not in the future, no note to the inbox */
  gboolean speaks;   /* counts and says something */
  gboolean inferred; /* the addressees are not written in a header */
  GArray *to;        /* of HeddleAddressee: whom it speaks to */
  GArray *heard;     /* of HeddleAddressee: those and everybody copied */
} HeddleTurn;

/* The turns of @thread: array of HeddleTurn (transfer full), oldest first, except
 * that nobody answers before having been written to: a parent always precedes. */
GPtrArray *heddle_turns_new (const HeddlePolicy *policy, HeddleSides *sides,
                             const HeddleThread *thread, HeddleTime now);

/* Whether one of @addressees stands on @kind. */
gboolean heddle_addressees_have (const GArray *addressees, HeddleSideKind kind);

#endif
