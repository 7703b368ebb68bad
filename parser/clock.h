/* SPDX-License-Identifier: MIT */
/* clock: what the rest of a chain says about a wall clock's zone. Within parser/ only. */
#ifndef HEDDLE_PARSER_CLOCK_H
#define HEDDLE_PARSER_CLOCK_H

#include "parser/parser.h"

/* Settle by the rest of the chain whether dates like 03/04/2018 give the day first, in
 * what the messages say too, and warn with both readings where nothing settles it.
 *
 * Then set utc, as inferred, of the dates of @chain that another message pins down: a
 * client writes the date of what it quotes in its own zone, so the quoted wall clock
 * stands in the zone that the answer's own Date field gives. Where the answer is quoted
 * itself, its author's zone may be known by another message of the same address, or
 * because a message stands in the chain twice, once with its offset and once as the
 * author's client shows it. What said so is kept with the date. Only within days (a change to or from summer time may lie
 * between otherwise), and never when a message would then be younger than its answer. */
void heddle_clock_infer (HeddleChain *chain);

#endif
