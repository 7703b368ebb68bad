/* SPDX-License-Identifier: MIT */
#include "tests/parser/tables.h"

/* Each row: what is written, what is read of it (local time by its precision, offset),
 * what is left. */
static const struct {
  const char *text, *expect, *rest;
} rows[] = {
  { "Tue, Apr 10, 2018 at 3:40 PM", "2018-04-10T15:40", "" },
  { "Tue, Apr 10, 2018 at 3:40\302\240PM, Ana Ruiz wrote:", "2018-04-10T15:40", ", Ana Ruiz wrote:" },
  { "Tue, Apr 10, 2018 at 3:40\342\200\257PM (b)(6) wrote:", "2018-04-10T15:40", " (b)(6) wrote:" },
  { "Tue, Apr 10, 2018 at 3:40\nPM, Ana", "2018-04-10T15:40", ", Ana" },
  { "Tue, Apr 3, 2018, 10:45 AM Ana Ruiz", "2018-04-03T10:45", " Ana Ruiz" },
  { "4 Apr 2018, at 12:26, Ana", "2018-04-04T12:26", ", Ana" },
  { "Apr 3, 2018, at 11:15 AM, Ana", "2018-04-03T11:15", ", Ana" },
  { "Apr 3, 2018, 11:15 AM", "2018-04-03T11:15", "" },
  { "Tuesday, April 10, 2018 1:43 PM", "2018-04-10T13:43", "" },
  { "Tuesday, 10 April 2018 13:43", "2018-04-10T13:43", "" },
  { "Tuesday 10 April 2018 at 1.43 pm", "2018-04-10T13:43", "" },
  { "  Tue, 10 Apr 2018 15:59:11 -0400", "2018-04-10T15:59:11-0400", "" },
  { "Tue, 10 Apr 2018 15:59:11 -0400 (EDT)", "2018-04-10T15:59:11-0400", "" },
  { "10 Apr 18 15:59 EST", "2018-04-10T15:59-0500", "" },
  { "Tue, 10 Apr 2018 15:59:11 GMT", "2018-04-10T15:59:11+0000", "" },
  { "Tue, 10 Apr 2018 15:59:11 -0700 (Pacific Daylight Time)", "2018-04-10T15:59:11-0700", "" },
  { "Tue Apr 10 15:59:11 2018", "2018-04-10T15:59:11", "" },
  { "Tue Apr 10 15:59:11 EDT 2018", "2018-04-10T15:59:11-0400", "" },
  { "Tue Apr 10 15:59:11 2018 -0400", "2018-04-10T15:59:11-0400", "" },
  { "4/10/18 3:40 PM", "2018-04-10T15:40", "" },
  { "4/10/18, 3:40 PM, Ana", "2018-04-10T15:40", ", Ana" },
  { "04/10/2018 03:40 PM", "2018-04-10T15:40", "" },
  { "10/04/2018 15:40:22", "2018-10-04T15:40:22", "" },
  { "03/04/2018 09:00", "2018-03-04T09:00", "" },
  { "13/04/2018 09:00", "2018-04-13T09:00", "" },
  { "04-13-2018 09:00", "2018-04-13T09:00", "" },
  { "10.04.2018 15:40", "2018-04-10T15:40", "" },
  { "10.04.18 um 15:40", "2018-04-10T15:40", "" },
  { "04.13.2018", "2018-04-13", "" },
  { "2018-04-10 15:40", "2018-04-10T15:40", "" },
  { "2018-04-10T15:40:22Z", "2018-04-10T15:40:22+0000", "" },
  { "2018-04-10T15:40:22.123456+02:00", "2018-04-10T15:40:22+0200", "" },
  { "2018/4/10 15:40", "2018-04-10T15:40", "" },
  { "2018-04-10 (Tue) 15:40", "2018-04-10T15:40", "" },
  { "2018-Apr-10", "2018-04-10", "" },
  { "10-Apr-2018 3:40pm", "2018-04-10T15:40", "" },
  { "10th April 2018", "2018-04-10", "" },
  { "1st of May, 2018 9am", "2018-05-01T09:00", "" },
  { "April 2nd, 2018 - 14:05", "2018-04-02T14:05", "" },
  { "Sept 3, 2018", "2018-09-03", "" },
  { "Tues, 3 July 2018", "2018-07-03", "" },
  { "10 April 2018 3:40 a.m.", "2018-04-10T03:40", "" },
  { "10 April 2018 12:05 AM", "2018-04-10T00:05", "" },
  { "10 April 2018 12:05 PM", "2018-04-10T12:05", "" },
  { "10 April 2018 15:40 PM", "2018-04-10T15:40", "" },
  { "10 April 2018 15:40 (GMT-4)", "2018-04-10T15:40-0400", "" },
  { "10 April 2018 15:40 GMT+1", "2018-04-10T15:40+0100", "" },
  { "10 April 2018 15:40 (UTC+05:30)", "2018-04-10T15:40+0530", "" },
  { "10 April 2018 15:40 (PDT)", "2018-04-10T15:40-0700", "" },
  { "10 April 2018 15:40 UTC", "2018-04-10T15:40+0000", "" },
  { "10 April 2018 15:40 \342\210\2220330", "2018-04-10T15:40-0330", "" },
  { "10 April 2018 5pm ET", "2018-04-10T17:00", "" },
  { "10 April 2018 15:40 (b)(6) wrote", "2018-04-10T15:40", " (b)(6) wrote" },
  { "10 April 2018 15:40 -0400 (b)(6)", "2018-04-10T15:40-0400", " (b)(6)" },
  { "10 April 2018 15:40 -0400 (name removed)", "2018-04-10T15:40-0400", " (name removed)" },
  { "10 April 2018 15:40 Estela", "2018-04-10T15:40", " Estela" },
  { "30 June 2015 23:59:60 +0000", "2015-06-30T23:59:59+0000", "" },
  { "29 Feb 2016", "2016-02-29", "" },
  { "1 Jan 99", "1999-01-01", "" },
  { "1 Jan 70", "1970-01-01", "" },
  { "1 Jan 69", "2069-01-01", "" },
  { "10 April 2018\n\n15:40 was when", "2018-04-10", "\n\n15:40 was when" },
  { "\342\200\216Tue, \342\200\216Apr \342\200\21610, \342\200\2162018 at 3:40 PM", "2018-04-10T15:40", "" },
  { "12:30 10 April 2018", "2018-04-10T12:30", "" },
  { "03:40 PM 4/10/2018, Ana", "2018-04-10T15:40", ", Ana" }, /* Eudora */
  { "10 April 2018, 3.5 hours", "2018-04-10", ", 3.5 hours" },
  { "10 April 2018, 300 people", "2018-04-10", ", 300 people" },
};

static const char *const none[] = {
  "",          " ",           "Tue",          "Tuesday,",      "April 2018",   "10 April",
  "Apr 10",    "30 Feb 2018", "29 Feb 2017",  "31 Apr 2018",   "2018-13-01",   "2018-00-10",
  "0/10/2018", "32.01.2018",  "10.04.201",    "10.04.20188",   "2018-04-1022", "192.168.10.14",
  "10 April 2018 25:00", "10 April 2018 12:60", "10 April 2018 13:00 AM",
  "10 April 2018 0:30 PM", "On 10 April 2018", "May I ask", "Mariam Jan, 3",
  "Marchers 10, 2018", "10 Mayor 2018", "555-12-2018", "Mon 10:30", "Apr 10 15:59:11", "13/13/2018",
  "10/04-2018", "00 Apr 2018",
};

static char *
show (const HeddleDate *date)
{
  const HeddleWall *w = &date->local;
  GString *s = g_string_new (NULL);

  g_string_append_printf (s, "%04d-%02d-%02d", w->year, w->month, w->day);
  if (date->precision != HEDDLE_PRECISION_DAY)
    g_string_append_printf (s, "T%02d:%02d", w->hour, w->minute);
  if (date->precision == HEDDLE_PRECISION_SECOND)
    g_string_append_printf (s, ":%02d", w->second);
  if (date->has_offset)
    g_string_append_printf (s, "%c%02d%02d", date->offset < 0 ? '-' : '+', ABS (date->offset) / 60,
                            ABS (date->offset) % 60);
  return g_string_free (s, FALSE);
}

static void
test_read (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    HeddleDate *date = NULL;
    gsize read = heddle_when_read (&tables, rows[i].text, strlen (rows[i].text), &date);

    g_test_message ("%s", rows[i].text);
    g_assert_nonnull (date);
    g_autofree char *shown = show (date);
    g_assert_cmpstr (shown, ==, rows[i].expect);
    g_assert_cmpstr (rows[i].text + read, ==, rows[i].rest);
    g_assert_true (date->has_utc == date->has_offset);
    if (date->has_utc)
      g_assert_cmpint (date->utc, ==, heddle_wall_to_seconds (&date->local) - date->offset * 60);
    heddle_date_free (date);
  }
}

static void
test_none (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (none); i++) {
    HeddleDate *date = NULL;
    g_test_message ("%s", none[i]);
    g_assert_cmpuint (heddle_when_read (&tables, none[i], strlen (none[i]), &date), ==, 0);
    g_assert_null (date);
  }
}

static void
test_raw (void)
{
  const char *text = "  Tue,\tApr 10,  2018\302\240at 3:40\n PM, Ana";
  HeddleDate *date = NULL;

  heddle_when_read (&tables, text, strlen (text), &date);
  g_assert_cmpstr (date->raw, ==, "Tue, Apr 10, 2018 at 3:40 PM");
  heddle_date_free (date);
}

/* Every cut of a date is read without a look past its end (what ASan watches). */
static void
test_cuts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    gsize length = strlen (rows[i].text);
    for (gsize cut = 0; cut < length; cut++) {
      if (((guchar) rows[i].text[cut] & 0xc0) == 0x80)
        continue;
      g_autofree char *copy = g_memdup2 (rows[i].text, MAX (cut, 1));
      HeddleDate *date = NULL;
      gsize read = heddle_when_read (&tables, copy, cut, &date);
      g_assert_cmpuint (read, <=, cut);
      g_assert_true ((read > 0) == (date != NULL));
      heddle_date_free (date);
    }
  }
}

static void
test_wall (void)
{
  for (gint64 seconds = -62135596800; seconds < 253402300800; seconds += 86400 * 97 + 12345) {
    HeddleWall wall;
    heddle_wall_from_seconds (seconds, &wall);
    g_assert_cmpint (heddle_wall_to_seconds (&wall), ==, seconds);
    g_autoptr (GDateTime) other = g_date_time_new_utc (wall.year, wall.month, wall.day, wall.hour,
                                                       wall.minute, wall.second);
    g_assert_nonnull (other);
    g_assert_cmpint (g_date_time_to_unix (other), ==, seconds);
  }
}

/* Without a clock only what names its year is found. */
static void
test_no_reference (void)
{
  const char *text = "by Friday, tomorrow, 13 April, within 3 days, by 13 April 2018";
  g_autoptr (GArray) nothing = g_array_new (FALSE, FALSE, sizeof (HeddleRange));
  g_autoptr (HeddleGlance) glance = heddle_glance_new (&tables, text, strlen (text));
  g_autoptr (GArray) places
      = heddle_when_places (&tables, text, strlen (text), glance, NULL, FALSE, nothing, 100);

  g_assert_cmpuint (places->len, ==, 1);
  g_assert_cmpint (g_array_index (places, HeddleWhenPlace, 0).from.day, ==, 13);
}

static void
test_hostile (void)
{
  static const char *const units[]
      = { "by ", "by the ", "Mon ", "On Mon", "Apr 1", "1/", "by\n", "in a ", "by 1:", "5-", "within 5 to " };
  static const HeddleWall now = { 2018, 4, 10, 15, 40, 0 };
  g_autoptr (GArray) nothing = g_array_new (FALSE, FALSE, sizeof (HeddleRange));

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    while (text->len < 200000)
      g_string_append (text, units[i]);
    gint64 begin = g_get_monotonic_time ();
    g_autoptr (HeddleGlance) glance = heddle_glance_new (&tables, text->str, text->len);
    g_autoptr (GArray) places
        = heddle_when_places (&tables, text->str, text->len, glance, &now, FALSE, nothing, 1000);
    g_test_message ("%s: %" G_GINT64_FORMAT " us", units[i], g_get_monotonic_time () - begin);
    g_assert_cmpint (g_get_monotonic_time () - begin, <, 5 * G_USEC_PER_SEC);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tables_init ();
  g_test_add_func ("/parser/when/read", test_read);
  g_test_add_func ("/parser/when/none", test_none);
  g_test_add_func ("/parser/when/raw", test_raw);
  g_test_add_func ("/parser/when/cuts", test_cuts);
  g_test_add_func ("/parser/when/wall", test_wall);
  g_test_add_func ("/parser/when/no-reference", test_no_reference);
  g_test_add_func ("/parser/when/hostile", test_hostile);
  int status = g_test_run ();
  tables_clear ();
  return status;
}
