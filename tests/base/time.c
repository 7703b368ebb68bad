/* SPDX-License-Identifier: MIT */
/* base/time.c: what is read, what is refused, what is written. */
#include "base/base.h"

#include <string.h>

static const struct {
  const char *text, *zone, *utc; /* utc NULL: refused */
} times[] = {
  { "2018-04-10", NULL, "2018-04-10T00:00:00Z" },
  { "2018-04-10", "Europe/Berlin", "2018-04-09T22:00:00Z" },
  { "2018-04-10T15:40", "America/New_York", "2018-04-10T19:40:00Z" },
  { "2018-04-10 15:40:09", NULL, "2018-04-10T15:40:09Z" },
  { "2018-04-10T15:40:00-04:00", "Europe/Berlin", "2018-04-10T19:40:00Z" },
  { "2018-04-10T15:40:00-0400", NULL, "2018-04-10T19:40:00Z" },
  { "2018-04-10T15:40:00+05:30", NULL, "2018-04-10T10:10:00Z" },
  { "2018-04-10T15:40:00+02", NULL, "2018-04-10T13:40:00Z" },
  { "2018-04-10T15:40:00.125Z", NULL, "2018-04-10T15:40:00Z" },
  { "2018-03-25T02:30", "Europe/Berlin", "2018-03-25T01:00:00Z" }, /* in the gap: its end */
  { "2020-02-29", NULL, "2020-02-29T00:00:00Z" },
  { "20180410", "Europe/Berlin", "2018-04-09T22:00:00Z" },
  { "20180410T194009Z", "Europe/Berlin", "2018-04-10T19:40:09Z" },
  { "20180410T1540-0400", NULL, "2018-04-10T19:40:00Z" },
  { "20180410T15:40", NULL, NULL },
  { "2018-04-10T1540", NULL, NULL },
  { "2018-0410", NULL, NULL },
  { "201804-10", NULL, NULL },
  { "20180229", NULL, NULL },
  { "2018041", NULL, NULL },
  { "0001-01-01", NULL, "0001-01-01T00:00:00Z" },
  { "9999-12-31T23:59:59Z", NULL, "9999-12-31T23:59:59Z" },
  { "", NULL, NULL },
  { "2018-4-10", NULL, NULL },
  { "2018-02-29", NULL, NULL },
  { "2018-13-01", NULL, NULL },
  { "2018-00-10", NULL, NULL },
  { "2018-04-00", NULL, NULL },
  { "0000-01-01", NULL, NULL },
  { "2018-04-10T", NULL, NULL },
  { "2018-04-10T24:00", NULL, NULL },
  { "2018-04-10T15", NULL, NULL },
  { "2018-04-10T15:40x", NULL, NULL },
  { "2018-04-10T15:40:00+0", NULL, NULL },
  { "2018-04-10T15:40:00+19:00", NULL, NULL },
  { "2018-04-10T15:40:00.", NULL, NULL },
  { "2018-04-10Z", NULL, NULL },
  { "tomorrow", NULL, NULL },
};

static void
test_parse (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GTimeZone) zone
      = times[i].zone != NULL ? heddle_zone_new (times[i].zone, NULL) : NULL;
  g_autoptr (GError) error = NULL;
  HeddleTime time = 42;
  gboolean ok = heddle_time_parse (times[i].text, zone, &time, &error);
  if (times[i].utc == NULL) {
    g_assert_false (ok);
    g_assert_error (error, HEDDLE_BASE_ERROR, HEDDLE_BASE_ERROR_TIME);
    g_assert_cmpint (time, ==, 42);
    return;
  }
  g_assert_no_error (error);
  g_autofree char *utc = heddle_time_format (time);
  g_assert_cmpstr (utc, ==, times[i].utc);
}

static void
test_format_limits (void)
{
  g_assert_null (heddle_time_format (HEDDLE_TIME_NONE));
  g_assert_null (heddle_time_format (G_MAXINT64));
  g_assert_null (heddle_time_format (-62135596801)); /* the year 0 */
}

static void
test_zones (void)
{
  static const char *const bad[]
      = { "", "Europe/Nowhere", "/etc/localtime", "../etc/localtime", "+02:00", "Berlin\n" };
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (heddle_zone_new (bad[i], &error));
    g_assert_error (error, HEDDLE_BASE_ERROR, HEDDLE_BASE_ERROR_TIME);
    g_assert_null (strchr (error->message, '\n'));
  }
  g_autoptr (GTimeZone) kolkata = heddle_zone_new ("Asia/Kolkata", NULL);
  g_assert_nonnull (kolkata);
  g_autoptr (GTimeZone) utc = heddle_zone_new ("UTC", NULL);
  g_assert_nonnull (utc);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++) {
    g_autofree char *path = g_strdup_printf ("/base/time/parse/%02" G_GSIZE_FORMAT, i);
    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_parse);
  }
  g_test_add_func ("/base/time/format-limits", test_format_limits);
  g_test_add_func ("/base/time/zones", test_zones);
  return g_test_run ();
}
