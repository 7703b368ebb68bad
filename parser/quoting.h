/* SPDX-License-Identifier: MIT */
/* quoting: quotations without ">". Within parser/ only.
 */
#ifndef HEDDLE_PARSER_QUOTING_H
#define HEDDLE_PARSER_QUOTING_H

#include "parser/boundary.h"

/* Add to the depth of lines, and move their content behind what marks them. For bodies of
 * plain text. */
void heddle_quoting_read (const HeddleView *view);

#endif
