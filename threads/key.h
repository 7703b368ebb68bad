/* SPDX-License-Identifier: MIT */
/* threads/key: under what a message is looked up, and laid beside others. */
#ifndef HEDDLE_THREADS_KEY_H
#define HEDDLE_THREADS_KEY_H

#include "threads/match.h"

/* Message-IDs that a message refers to, beyond which the middle is left out: the
 * first is the conversation's, the last are the nearest. */
#define HEDDLE_KEY_REFERENCES 32

/* The Message-IDs that @message answers, oldest first and the direct one last,
 * each once, its own left out; `ret` has room for HEDDLE_KEY_REFERENCES.
 * Returns how many. (transfer none) */
guint heddle_key_references (const HeddleMessage *message, const char **ret);

/* The number under which an undated copy of a long text by that author is
 * looked for. FALSE where there can be none. */
gboolean heddle_key_undated (const HeddleMessage *message, const HeddleTraits *traits,
                             guint64 *ret);

#endif
