/* SPDX-License-Identifier: MIT */
/* words: folded text, word by word. */
#ifndef HEDDLE_FOLLOWUP_WORDS_H
#define HEDDLE_FOLLOWUP_WORDS_H

#include <glib.h>

/* The words of @text ((nullable): none), folded as heddle_text_fold() does, cut at
 * all that is neither letter nor digit; of at most the first @bytes bytes of
 * @text. (transfer full) */
GPtrArray *heddle_words (const char *text, gsize bytes);

#endif
