/* SPDX-License-Identifier: MIT */
/* courtesy: does a message say anything? */
#ifndef HEDDLE_FOLLOWUP_COURTESY_H
#define HEDDLE_FOLLOWUP_COURTESY_H

#include "followup/side.h"

/* Whether @message says more than thanks or "got it": only that counts as a turn in
 * the conversation. A request, a promise, an attachment or encrypted text always
 * do. What a machine wrote, and what nobody has shown us, never does. @sides gives
 * the names that stand in a thank-you note. */
gboolean heddle_says_something (const HeddleSides *sides, const HeddleMessage *message);

#endif
