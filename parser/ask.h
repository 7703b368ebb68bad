/* SPDX-License-Identifier: MIT */
/* ask: requests, questions, promises and deadlines of a text. Within parser/ only. */
#ifndef HEDDLE_PARSER_ASK_H
#define HEDDLE_PARSER_ASK_H

#include "parser/facts.h"

/* Actions in the order of the text; at most one of a kind a sentence. @places: the dates
 * of the text, from heddle_when_places(). Array of HeddleAction (transfer full). */
GPtrArray *heddle_asks_find (const HeddleTables *tables, const char *text, gsize length,
                             const HeddleGlance *glance, const HeddleTextMap *map,
                             const HeddleWall *reference, const GArray *covered, const GArray *places, guint most);

#endif
