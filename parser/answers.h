/* SPDX-License-Identifier: MIT */
/* answers: answers written into a quotation in a colour or behind a mark. Within
 * parser/ only.
 */
#ifndef HEDDLE_PARSER_ANSWERS_H
#define HEDDLE_PARSER_ANSWERS_H

#include "parser/zone.h"

/* Give lines of @marks that a message above announces as its answers ("in red") to that
 * message. @messages: of HeddleMessage, those of this body from @base on. Linear: at most
 * a few looks at each line for each message that announces something. */
void heddle_answers_give (const HeddleView *view, HeddleMark *marks, guint base,
                          const GPtrArray *messages);

#endif
