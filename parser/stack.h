/* SPDX-License-Identifier: MIT */
/* stack: signatures that clients left below the quoted text, back to their owners.
 * Within parser/ only.
 */
#ifndef HEDDLE_PARSER_STACK_H
#define HEDDLE_PARSER_STACK_H

#include "parser/zone.h"

/* Where an answer is written above an unmarked quotation, and the client puts the
 * signature below it, signatures pile up at the end, the innermost answer's first.
 * @last: the message whose lines end the body. @outward: array of guint, the
 * messages that were written above it, the nearest first. @messages: of
 * HeddleMessage. Moves the blocks of the signature of @last, each to the next message
 * outward whose author it names and that has none of its own, else to the only other
 * message without one that its author wrote; what names none of them stays where it is if it is the first and @last has an unknown or the same
 * author, else is nobody's. */
void heddle_stack_share (const HeddleView *view, guint last, const GArray *outward,
                         const GPtrArray *messages, HeddleMark *marks);

#endif
