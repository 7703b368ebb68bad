/* SPDX-License-Identifier: MIT */
/* cldr-calendar: the calendars that people date their mails by. Within parser/ only. */
#ifndef HEDDLE_PARSER_CLDR_CALENDAR_H
#define HEDDLE_PARSER_CLDR_CALENDAR_H

#include "parser/parser.h"

typedef enum {
  HEDDLE_CLDR_GREGORIAN,
  HEDDLE_CLDR_PERSIAN,
  HEDDLE_CLDR_ISLAMIC,
  HEDDLE_CLDR_BUDDHIST
} HeddleCldrCalendar;

/* ICU's name of it: "persian". */
const char *heddle_cldr_calendar_name (HeddleCldrCalendar calendar);

/* @wall's day, given in @calendar, as the Gregorian one; FALSE when there is no such day. */
gboolean heddle_cldr_calendar_convert (HeddleCldrCalendar calendar, HeddleWall *wall);

#endif
