/* SPDX-License-Identifier: MIT */
/* The days of holidays, as a sorted set. Where they come from is holidays.c's, which needs
 * libical; who only counts does not. */
#include "followup/holidays.h"

struct _HeddleHolidays {
  GArray *days; /* of HeddleDay, sorted, unique */
};

HeddleHolidays *
heddle_holidays_new (void)
{
  HeddleHolidays *holidays = g_new0 (HeddleHolidays, 1);

  holidays->days = g_array_new (FALSE, FALSE, sizeof (HeddleDay));
  return holidays;
}

void
heddle_holidays_free (HeddleHolidays *holidays)
{
  if (holidays == NULL)
    return;
  g_array_unref (holidays->days);
  g_free (holidays);
}

guint
heddle_holidays_count (const HeddleHolidays *holidays)
{
  return holidays == NULL ? 0 : holidays->days->len;
}

HeddleDay
heddle_holidays_nth (const HeddleHolidays *holidays, guint index)
{
  return g_array_index (holidays->days, HeddleDay, index);
}

guint
heddle_holidays_after (const HeddleHolidays *holidays, HeddleDay day)
{
  guint low = 0, high = heddle_holidays_count (holidays);

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (heddle_holidays_nth (holidays, middle) <= day)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

gboolean
heddle_holidays_has (const HeddleHolidays *holidays, HeddleDay day)
{
  guint after = heddle_holidays_after (holidays, day);

  return after > 0 && heddle_holidays_nth (holidays, after - 1) == day;
}

void
heddle_holidays_add (HeddleHolidays *holidays, HeddleDay day)
{
  if (!heddle_holidays_has (holidays, day))
    g_array_insert_val (holidays->days, heddle_holidays_after (holidays, day), day);
}
