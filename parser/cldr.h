/* SPDX-License-Identifier: MIT */
/* cldr: what ICU's data (CLDR) says of the dates of a language. Within parser/, for
 * names-build.c only. */
#ifndef HEDDLE_PARSER_CLDR_H
#define HEDDLE_PARSER_CLDR_H

#include "parser/cldr-calendar.h"
#include "parser/tables.h"

/* A name, or a word between the parts of a date. */
typedef struct {
  HeddleWordKind kind; /* MONTH, WEEKDAY, DAYTIME, AT, OF, ORDINAL */
  const char *text;    /* as ICU has it */
  int value;           /* as of a row of that kind */
  gboolean abbreviated;
  int dots; /* of a month: HEDDLE_DOT_DAY + HEDDLE_DOT_YEAR as the language writes them */
  HeddleCldrCalendar calendar;
  gboolean day_first; /* the language writes the day before the month */
} HeddleCldrWord;

typedef void (*HeddleCldrFunc) (const HeddleCldrWord *word, gpointer user_data);

/* All of @language (BCP 47), whole names before abbreviated ones; none when ICU lacks it. */
void heddle_cldr_each (const char *language, HeddleCldrCalendar calendar, HeddleCldrFunc func,
                       gpointer user_data);

#endif
