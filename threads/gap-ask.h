/* SPDX-License-Identifier: MIT */
/* threads/gap-ask: whom to ask for what is missing, and in which words. */
#ifndef HEDDLE_THREADS_GAP_ASK_H
#define HEDDLE_THREADS_GAP_ASK_H

#include "threads/threads.h"

/* The same person, as far as a thread can tell: one address, or one name where either
 * gives no address. */
gboolean heddle_gap_same_person (const HeddlePerson *a, const HeddlePerson *b);
/* Whether anything is known of whom to write to. */
gboolean heddle_gap_is_known (const HeddlePerson *person);

/* Fill in `ask` and `sentence` of @gap from its evidence and its likely author.
 * @carriers: by index of a message, the index of the message with which it came as the
 * mail's own ("who forwarded it"), -1: none. */
void heddle_gap_ask (const HeddleThread *thread, const HeddleConfig *config, const int *carriers,
                     HeddleGap *gap);

#endif
