/* SPDX-License-Identifier: MIT */
/* snippet: the place of a text that a query hit. */
#ifndef HEDDLE_STORE_SNIPPET_H
#define HEDDLE_STORE_SNIPPET_H

#include "store/query.h"

/* About 160 characters of @text around its first hit, or its beginning where nothing of
 * @query hits; whole words, one line, "…" where it was cut, each hit between \001 and
 * \002. Control characters of the text are left out. (transfer full) */
char *heddle_snippet (const char *text, const HeddleQuery *query);

#endif
