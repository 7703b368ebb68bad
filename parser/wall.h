/* SPDX-License-Identifier: MIT */
/* wall: calendar arithmetic on wall clocks. Within parser/ only; the two functions
 * that facts.h names (to seconds and back) are here too.
 */
#ifndef HEDDLE_PARSER_WALL_H
#define HEDDLE_PARSER_WALL_H

#include "parser/facts.h"

/* Days from 1970-01-01. */
gint64 heddle_wall_days (const HeddleWall *wall);
/* Monday 1 … Sunday 7. */
int heddle_wall_weekday (const HeddleWall *wall);
int heddle_month_days (int year, int month);
/* Whether there is such a day in the years 1 to 9999. */
gboolean heddle_wall_is_date (int year, int month, int day);

void heddle_wall_add_days (HeddleWall *wall, gint64 days);
/* The @days-th day of Monday to Friday after @wall, before it
 * where @days is negative; 0 stays where it is. */
void heddle_wall_add_workdays (HeddleWall *wall, gint64 days);
/* The same day of another month, its last where it is shorter. */
void heddle_wall_add_months (HeddleWall *wall, int months);

#endif
