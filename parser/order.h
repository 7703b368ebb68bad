/* SPDX-License-Identifier: MIT */
/* order: whether numbers alone ("03/04/2018") give the day or the month first. Within
 * parser/ only. */
#ifndef HEDDLE_PARSER_ORDER_H
#define HEDDLE_PARSER_ORDER_H

#include "parser/boundary.h"

typedef enum {
  HEDDLE_ORDER_NONE,        /* not of the form 03/04/2018, or both the same day */
  HEDDLE_ORDER_DAY_FIRST,   /* 14/03/2018 */
  HEDDLE_ORDER_MONTH_FIRST, /* 03/14/2018 */
  HEDDLE_ORDER_EITHER       /* 03/04/2018 */
} HeddleOrder;

/* Of the date that stands in @raw. */
HeddleOrder heddle_order_of (const char *raw);
/* Whether @wall, which was read from @raw, took the month as the first number. */
gboolean heddle_order_is_month_first (const char *raw, const HeddleWall *wall);
/* The other reading. */
HeddleWall heddle_order_other (const HeddleWall *wall);
void heddle_order_swap (HeddleDate *date);

/* Read the date of @boundary, where it says neither, as the language of the words in the
 * boundary's lines writes it: "Von:" day first. */
void heddle_order_by_words (const HeddleView *view, HeddleBoundary *boundary);

#endif
