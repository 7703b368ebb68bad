/* SPDX-License-Identifier: MIT */
/* when: the parts that written dates are made of, as when.c reads them; the finder of
 * dates in running text (when-mentions.c) uses them too. Within parser/ only.
 *
 * Each reader moves the scan over what it understands and leaves it where it was
 * otherwise.
 */
#ifndef HEDDLE_PARSER_WHEN_H
#define HEDDLE_PARSER_WHEN_H

#include "parser/facts.h"
#include "parser/scan.h"

/* A word of one of @kinds (a set of HEDDLE_WORD_BIT), of the languages' own rows or of
 * CLDR's. (nullable) */
const HeddleWord *heddle_when_row (const HeddleTables *tables, HeddleScan *scan, HeddleKinds kinds);

/* --- when-date.c ----------------------------------------------------------------------- */

/* A month or a day of the week by its name: its number, 0 when there is none. */
int heddle_when_name (const HeddleTables *tables, HeddleScan *scan, HeddleNameKind kind);

/* A day of the month, 1 to 31, with an ordinal's ending if there is one. */
gboolean heddle_when_day (const HeddleTables *tables, HeddleScan *scan, int *ret_day);

typedef struct {
  gboolean short_years; /* "10 Apr 18" is of 2018 */
  gboolean day_first;   /* "03/04/2018" is of April */
  int weekday;          /* that is written with it, 0: none; decides between two months of
                           one name */
  const HeddleWall *reference; /* (nullable): where no year is written, a month of another
                                  calendar is the one that lies nearest to it */
} HeddleDateHints;

/* Day, month and year in any order that people write; where the month is a name or has a
 * mark ("4月10日") the year may be missing, and is 0 then. Only dates that exist, in the
 * Gregorian calendar whatever they are written in. @hints: (nullable). */
gboolean heddle_when_date (const HeddleTables *tables, HeddleScan *scan,
                           const HeddleDateHints *hints, HeddleWall *ret);

/* --- when-clock.c ---------------------------------------------------------------------- */

typedef enum {
  HEDDLE_CLOCK_NONE,
  HEDDLE_CLOCK_WRONG, /* meant as a time of day, but there is none such: "25:00" */
  HEDDLE_CLOCK_MINUTE,
  HEDDLE_CLOCK_SECOND
} HeddleClockKind;

/* "15:40", "15:59:11", "3:40 PM", "3 p.m.", "15h40", "下午3:40", "15時40分", "15 Uhr"; sets
 * hour, minute, second of @wall. */
HeddleClockKind heddle_when_clock (const HeddleTables *tables, HeddleScan *scan, HeddleWall *wall);
/* The same behind a date: ", at 15:40". */
HeddleClockKind heddle_when_clock_after (const HeddleTables *tables, HeddleScan *scan,
                                         HeddleWall *wall);

/* --- when-zone.c ----------------------------------------------------------------------- */

/* "+0200", "EST", "(PDT)", "[GMT+1]"; a zone whose name says no one offset ("ET") is
 * read with @ret_has_offset FALSE. */
gboolean heddle_when_zone (HeddleScan *scan, gboolean *ret_has_offset, int *ret_minutes);

#endif
