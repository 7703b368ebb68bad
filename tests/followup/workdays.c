/* SPDX-License-Identifier: MIT */
/* Counting days, against a reference that does it the slow way: walk the clock in
 * quarters of an hour, ask GLib for the date each time, and count the dates. */
#include "followup/workdays.h"

#define QUARTER 900

static const char *const zones[] = {
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "Asia/Tehran",
  "Asia/Kathmandu",
  "America/Sao_Paulo",
  "America/Havana",
  "Pacific/Apia",
  "Asia/Beirut",
  "Pacific/Auckland",
};
static const HeddleWeek weeks[] = {
  HEDDLE_WEEK_MON_FRI,
  0x4f, /* Sun-Thu */
  0x67, /* Sat-Wed */
  0x7f,
  0x01,
};

static HeddleTime
time_of (const char *iso)
{
  g_autoptr (GError) error = NULL;
  HeddleTime time = 0;

  g_assert_true (heddle_time_parse (iso, NULL, &time, &error));
  g_assert_no_error (error);
  return time;
}

/* --- the reference --------------------------------------------------------------- */

static char *
date_at (GTimeZone *zone, HeddleTime time, int *ret_weekday)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  *ret_weekday = g_date_time_get_day_of_week (local) - 1;
  return g_date_time_format (local, "%Y-%m-%d");
}

static HeddleTime
reference_due (GTimeZone *zone, HeddleWeek week, GHashTable *holidays, HeddleTime since,
               int count)
{
  int weekday;
  HeddleTime time = since - (since % QUARTER);
  g_autofree char *date = date_at (zone, since, &weekday);

  for (;;) {
    char *next = date_at (zone, time += QUARTER, &weekday);

    if (g_str_equal (next, date)) {
      g_free (next);
      continue;
    }
    if (count == 0) {
      g_free (next);
      return time - 1;
    }
    g_free (date);
    date = next;
    if ((week >> weekday & 1) && !g_hash_table_contains (holidays, date))
      count--;
  }
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20180410);

  for (int round = 0; round < 1000; round++) {
    const char *name = zones[g_rand_int_range (rand, 0, G_N_ELEMENTS (zones))];
    g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (name);
    g_autoptr (HeddleHolidays) holidays = heddle_holidays_new ();
    g_autoptr (GHashTable) dates
        = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    HeddleTime since = time_of ("2005-01-01") + g_rand_int_range (rand, 0, 20 * 365 * 86400);
    HeddleWorkdays work
        = { zone, weeks[g_rand_int_range (rand, 0, G_N_ELEMENTS (weeks))], holidays };
    int count = g_rand_int_range (rand, 0, work.week == 0x01 ? 4 : 12);
    HeddleDay first = heddle_day_of (zone, since);
    HeddleTime due;

    for (int i = g_rand_int_range (rand, 0, 6); i > 0; i--) {
      HeddleDay day = first + g_rand_int_range (rand, -3, 15);
      HeddleWall wall;

      heddle_holidays_add (holidays, day);
      g_assert_true (heddle_day_to_wall (day, &wall));
      g_hash_table_add (dates,
                        g_strdup_printf ("%04d-%02d-%02d", wall.year, wall.month, wall.day));
    }
    due = heddle_day_end (zone, heddle_workdays_add (&work, first, count, NULL));
    g_test_message ("%s since %" G_GINT64_FORMAT " week %02x count %d", name, since, work.week,
                    count);
    g_assert_cmpint (due, ==, reference_due (zone, work.week, dates, since, count));
    /* Counting back gives what was counted forth. */
    g_assert_cmpint (heddle_workdays_between (&work, first, heddle_day_of (zone, due)), ==,
                     count);
  }
}

/* --- written by hand ------------------------------------------------------------- */

static void
test_table (void)
{
  static const struct {
    const char *zone, *since;
    HeddleWeek week;
    int count;
    const char *due;
  } table[] = {
    /* Tuesday and three days; summer time in Berlin. */
    { "Europe/Berlin", "2018-04-10T19:40:00Z", 0x1f, 3, "2018-04-13T21:59:59Z" },
    /* Friday night there is Saturday here. */
    { "America/New_York", "2018-04-14T02:00:00Z", 0x1f, 1, "2018-04-17T03:59:59Z" },
    { "Europe/Berlin", "2018-04-14T02:00:00Z", 0x1f, 1, "2018-04-16T21:59:59Z" },
    /* Over a change to summer time, and a leap day. */
    { "Europe/Berlin", "2018-03-23T12:00:00Z", 0x1f, 1, "2018-03-26T21:59:59Z" },
    { "UTC", "2020-02-28T12:00:00Z", 0x7f, 1, "2020-02-29T23:59:59Z" },
    /* Half hours and quarters. */
    { "Asia/Kathmandu", "2018-04-10T12:00:00Z", 0x1f, 1, "2018-04-11T18:14:59Z" },
    /* Tehran moves its clocks at that midnight. */
    { "Asia/Tehran", "2018-03-20T12:00:00Z", 0x67, 1, "2018-03-21T20:29:59Z" },
    /* Midnight does not exist on 2018-11-04 in São Paulo: the day starts at one. */
    { "America/Sao_Paulo", "2018-11-02T12:00:00Z", 0x7f, 1, "2018-11-04T02:59:59Z" },
    /* Samoa had no 2011-12-30; that Friday still counts as a day of the calendar. */
    { "Pacific/Apia", "2011-12-29T12:00:00Z", 0x7f, 2, "2011-12-31T09:59:59Z" },
    { "UTC", "2018-04-10T12:00:00Z", 0x1f, 0, "2018-04-10T23:59:59Z" },
    /* Nobody ever works: it still ends. */
    { "UTC", "2018-04-10T12:00:00Z", 0x00, 2, "2021-01-06T23:59:59Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (table[i].zone);
    HeddleWorkdays work = { zone, table[i].week, NULL };
    HeddleDay day = heddle_day_of (zone, time_of (table[i].since));
    g_autofree char *due = heddle_time_format (
        heddle_day_end (zone, heddle_workdays_add (&work, day, table[i].count, NULL)));

    g_test_message ("row %u", i);
    g_assert_cmpstr (due, ==, table[i].due);
  }
}

static void
test_steps (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (HeddleHolidays) holidays = heddle_holidays_new ();
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (HeddleDayStep));
  HeddleWorkdays work = { zone, 0x1f, holidays };
  g_autoptr (GString) text = g_string_new (NULL);

  heddle_holidays_add (holidays, heddle_day_of (zone, time_of ("2018-04-02")));
  heddle_workdays_add (&work, heddle_day_of (zone, time_of ("2018-03-30")), 2, steps);
  for (guint i = 0; i < steps->len; i++) {
    HeddleDayStep *step = &g_array_index (steps, HeddleDayStep, i);

    g_string_append_printf (text, "%d-%d%s%s;", step->day.month, step->day.day,
                            step->counted ? "+" : "-", step->reason);
  }
  g_assert_cmpstr (text->str, ==,
                   "3-30-day of the message;3-31-weekend;4-1-weekend;4-2-holiday;4-3+counted;"
                   "4-4+counted;");
}

static void
test_walls (void)
{
  static const HeddleWall bad[] = {
    { 0 }, { 2018, 2, 29 }, { 2018, 13, 1 }, { 1970, 1, 1 }, { 99999, 1, 1 }, { 2018, 1, -1 },
  };
  HeddleDay day = 7;
  HeddleWall wall;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (heddle_day_from_wall (&bad[i], &day));
  g_assert_cmpint (day, ==, 7);
  g_assert_true (heddle_day_from_wall (&(HeddleWall){ 2020, 2, 29 }, &day));
  g_assert_cmpint (day, ==, time_of ("2020-02-29") / 86400);
  g_assert_true (heddle_day_to_wall (day, &wall));
  g_assert_cmpint (wall.year * 10000 + wall.month * 100 + wall.day, ==, 20200229);
  g_assert_false (heddle_day_to_wall (G_MAXINT64 / 86400, &wall));
}

static void
test_far (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  HeddleWorkdays work = { zone, 0x1f, NULL };

  /* 400 years have 20,871 weeks: a closed form needs no walk. */
  g_assert_cmpint (heddle_workdays_between (&work, 0, 146097), ==, 20871 * 5);
  g_assert_cmpint (heddle_workdays_between (&work, 5, 5), ==, 0);
  g_assert_cmpint (heddle_workdays_between (&work, 5, 1), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/followup/workdays/table", test_table);
  g_test_add_func ("/followup/workdays/random", test_random);
  g_test_add_func ("/followup/workdays/steps", test_steps);
  g_test_add_func ("/followup/workdays/walls", test_walls);
  g_test_add_func ("/followup/workdays/far", test_far);
  return g_test_run ();
}
