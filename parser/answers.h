/* SPDX-License-Identifier: MIT */
/* answers: answers written into a quotation in a colour or behind a mark. Within
 * parser/ only.
 */
#ifndef HEDDLE_PARSER_ANSWERS_H
#define HEDDLE_PARSER_ANSWERS_H

#include "parser/zone.h"

/* Part the lines of @body whose last words alone are of a colour in which a line above
 * announces answers: "Who owns it?" in black, "We do." in red. A body that announces none
 * is left as it is. Linear. */
void heddle_answers_part (const HeddleTables *tables, HeddleBody *body);

/* Give lines of @marks that a message above announces as its answers ("in red") to that
 * message. @messages: of HeddleMessage, those of this body from @base on. Linear: at most
 * a few looks at each line for each message that announces something. */
void heddle_answers_give (const HeddleView *view, HeddleMark *marks, guint base,
                          const GPtrArray *messages);

#endif
