/* SPDX-License-Identifier: MIT */
/* assemble: from marked lines to what each message says. Within parser/ only. */
#ifndef HEDDLE_PARSER_ASSEMBLE_H
#define HEDDLE_PARSER_ASSEMBLE_H

#include "parser/zone.h"

/* Move the lines of the body to @chain, whose texts the view then has no more, and fill
 * text, greeting, sign-off, signature, markings, spans and facts of its messages from
 * @base on. */
void heddle_assemble (const HeddleView *view, const HeddleMark *marks, guint base,
                      const HeddleLimits *limits, HeddleChain *chain);

#endif
