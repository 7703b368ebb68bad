/* SPDX-License-Identifier: MIT */
/* names: how the index of names lies in memory. For names.c, which reads it, and
 * names-build.c and names-write.c, which make it. */
#ifndef HEDDLE_PARSER_NAMES_H
#define HEDDLE_PARSER_NAMES_H

#include "parser/tables.h"

/* How a row's value is laid out: number, its second meaning, what else is known. */
enum {
  HEDDLE_NAMES_NUMBER = 0xf,
  HEDDLE_NAMES_OTHER_SHIFT = 4,
  HEDDLE_NAMES_CALENDAR_SHIFT = 8,
  HEDDLE_NAMES_CALENDARS = 0x3,
  HEDDLE_NAMES_ABBREVIATED = 1 << 10,
  HEDDLE_NAMES_DOTS_SHIFT = 11,
  HEDDLE_NAMES_OTHER_DOTS_SHIFT = 13,
  HEDDLE_NAMES_DOTS = HEDDLE_DOT_DAY | HEDDLE_DOT_YEAR,
  HEDDLE_NAMES_LOWER = 1 << 16, /* a whole name that some language writes without a capital */
  HEDDLE_NAMES_SINGLE
  = 1 << 15 /* one character, which is a name only where nothing else can stand */
};

struct _HeddleNames {
  const HeddleWords *words; /* with values as above */
  guint64 day_first;        /* the languages that write the day before the month */
};

#endif
