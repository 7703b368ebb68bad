/* SPDX-License-Identifier: MIT */
/* holidays: the days of an .ics file and of a list, as a sorted set. */
#ifndef HEDDLE_FOLLOWUP_HOLIDAYS_H
#define HEDDLE_FOLLOWUP_HOLIDAYS_H

#include "base/base.h"

/* Days since 1970-01-01 on a calendar that hangs on a wall. */
typedef gint64 HeddleDay;

typedef struct _HeddleHolidays HeddleHolidays;
HeddleHolidays *heddle_holidays_new (void);
void heddle_holidays_free (HeddleHolidays *holidays);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleHolidays, heddle_holidays_free)

/* Add the all-day events of the .ics file at @path, yearly ones up to the year
 * 2100. Fails with HEDDLE_FOLLOWUP_ERROR_HOLIDAYS, as "PATH: what is wrong; what to
 * do", when it cannot be read, is larger than 256 KB, is no calendar, or has a
 * rule that is not a plain yearly one: a holiday that is silently left out would
 * make dates wrong. Nothing is added then. */
gboolean heddle_holidays_add_file (HeddleHolidays *holidays, const char *path, GError **error);
/* The same of the text itself; @name stands in errors. */
gboolean heddle_holidays_add_ics (HeddleHolidays *holidays, const char *name, const char *text,
                                  gsize length, GError **error);
void heddle_holidays_add (HeddleHolidays *holidays, HeddleDay day);

/* NULL is the empty set in all of these. */
gboolean heddle_holidays_has (const HeddleHolidays *holidays, HeddleDay day);
guint heddle_holidays_count (const HeddleHolidays *holidays);
/* The @index-th, ascending. */
HeddleDay heddle_holidays_nth (const HeddleHolidays *holidays, guint index);
/* The index of the first that is later than @day. */
guint heddle_holidays_after (const HeddleHolidays *holidays, HeddleDay day);

#endif
