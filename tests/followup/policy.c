/* SPDX-License-Identifier: MIT */
/* Policies and holidays from a configuration and from .ics text. */
#include "followup/policy.h"

#include <string.h>

#define CALENDAR(events)                                                                       \
  "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//\r\n" events "END:VCALENDAR\r\n"
#define EVENT(lines)                                                                           \
  "BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20180101T000000Z\r\n" lines "END:VEVENT\r\n"

static HeddleDay
day_of (int year, int month, int day)
{
  HeddleDay ret = 0;

  g_assert_true (heddle_day_from_wall (&(HeddleWall){ year, month, day }, &ret));
  return ret;
}

static char *
days_to_text (const HeddleHolidays *holidays, int year)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < heddle_holidays_count (holidays); i++) {
    HeddleWall wall;

    g_assert_true (heddle_day_to_wall (heddle_holidays_nth (holidays, i), &wall));
    if (wall.year == year)
      g_string_append_printf (text, "%02d-%02d ", wall.month, wall.day);
  }
  return g_string_free (text, FALSE);
}

static void
test_holidays_good (void)
{
  static const struct {
    const char *name, *ics, *days; /* of 2018 */
  } table[] = {
    { "one day", CALENDAR (EVENT ("DTSTART;VALUE=DATE:20180402\r\n")), "04-02 " },
    { "three days, the end is not one of them",
      CALENDAR (EVENT ("DTSTART;VALUE=DATE:20181224\r\nDTEND;VALUE=DATE:20181227\r\n")),
      "12-24 12-25 12-26 " },
    { "every year", CALENDAR (EVENT ("DTSTART;VALUE=DATE:20011003\r\nRRULE:FREQ=YEARLY\r\n")),
      "10-03 " },
    { "every year, until",
      CALENDAR (EVENT ("DTSTART;VALUE=DATE:20011003\r\nRRULE:FREQ=YEARLY;UNTIL=20171231\r\n")),
      "" },
    { "the last Monday in May",
      CALENDAR (EVENT ("DTSTART;VALUE=DATE:20150525\r\n"
                       "RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO\r\n")),
      "05-28 " },
    { "but not this year",
      CALENDAR (EVENT ("DTSTART;VALUE=DATE:20150101\r\nRRULE:FREQ=YEARLY\r\n"
                       "EXDATE;VALUE=DATE:20180101\r\n")),
      "" },
    { "an hour is no holiday",
      CALENDAR (EVENT ("DTSTART:20180402T090000Z\r\nDTEND:20180402T100000Z\r\n")), "" },
    { "called off", CALENDAR (EVENT ("DTSTART;VALUE=DATE:20180402\r\nSTATUS:CANCELLED\r\n")),
      "" },
    { "two calendars in one file, LF alone",
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20180402\nEND:VEVENT\nEND:VCALENDAR\n"
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20180501\nEND:VEVENT\nEND:VCALENDAR\n",
      "04-02 05-01 " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (HeddleHolidays) holidays = heddle_holidays_new ();
    g_autoptr (GError) error = NULL;
    g_autofree char *days = NULL;

    g_test_message ("%s", table[i].name);
    heddle_holidays_add_ics (holidays, "h.ics", table[i].ics, strlen (table[i].ics), &error);
    g_assert_no_error (error);
    days = days_to_text (holidays, 2018);
    g_assert_cmpstr (days, ==, table[i].days);
  }
}

static void
test_holidays_bad (void)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autofree char *large = g_strnfill (256 * 1024 + 1, ' ');

  for (int i = 0; i < 20; i++)
    g_string_append (deep, "BEGIN:VEVENT\r\n");
  const char *const table[] = {
    "not a calendar at all",
    CALENDAR (
        EVENT ("DTSTART;VALUE=DATE:20180402\r\nRRULE:FREQ=SECONDLY;COUNT=2000000000\r\n")),
    CALENDAR (EVENT ("DTSTART;VALUE=DATE:20180402\r\nRRULE:FREQ=WEEKLY\r\n")),
    CALENDAR (EVENT ("DTSTART;VALUE=DATE:20180402\r\nRRULE:FREQ=YEARLY;BYSECOND=1,2,3\r\n")),
    CALENDAR (EVENT ("DTSTART;VALUE=DATE:20180402\r\nRRULE:FREQ=YEARLY;BYWEEKNO=1\r\n")),
    "BEGIN:VTODO\r\nEND:VTODO\r\n",
    deep->str,
    large,
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (HeddleHolidays) holidays = heddle_holidays_new ();
    g_autoptr (GError) error = NULL;

    g_test_message ("row %u", i);
    g_assert_false (
        heddle_holidays_add_ics (holidays, "h.ics", table[i], strlen (table[i]), &error));
    g_assert_error (error, HEDDLE_FOLLOWUP_ERROR, HEDDLE_FOLLOWUP_ERROR_HOLIDAYS);
    g_assert_true (g_str_has_prefix (error->message, "h.ics: "));
    g_assert_cmpuint (heddle_holidays_count (holidays), ==, 0);
  }
}

/* --- configuration --------------------------------------------------------------- */

static HeddlePartyConfig *
add_party (HeddleConfig *config, const char *id)
{
  HeddlePartyConfig *party = g_new0 (HeddlePartyConfig, 1);

  party->id = g_strdup (id);
  party->match = g_strsplit ("@chirper.example", ";", -1);
  g_ptr_array_add (config->parties, party);
  return party;
}

static void
test_policy (void)
{
  g_autoptr (HeddleConfig) config = heddle_config_new ();
  HeddlePartyConfig *chirper = add_party (config, "chirper");
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddlePolicy) policy = NULL;
  g_autofree char *rule = NULL;

  config->calendar.dates
      = (g_strfreev (config->calendar.dates), g_strsplit ("2018-04-02", ";", -1));
  config->policy.reply_days = 5;
  config->policy.request_days = 4;
  chirper->reply_days = 3;
  chirper->has_week = TRUE;
  chirper->week = 0x4f;
  chirper->zone = g_strdup ("Asia/Tehran");
  policy = heddle_policy_new (config, &error);
  g_assert_no_error (error);

  g_assert_cmpint (heddle_policy_days (policy, chirper, HEDDLE_FOLLOWUP_AWAITING_REPLY, &rule),
                   ==, 3);
  g_assert_cmpstr (rule, ==, "party.chirper.reply-days");
  g_clear_pointer (&rule, g_free);
  g_assert_cmpint (heddle_policy_days (policy, chirper, HEDDLE_FOLLOWUP_REQUEST, &rule), ==, 4);
  g_assert_cmpstr (rule, ==, "policy.request-days");
  g_clear_pointer (&rule, g_free);
  g_assert_cmpint (heddle_policy_days (policy, NULL, HEDDLE_FOLLOWUP_AWAITING_REPLY, &rule), ==,
                   5);
  g_assert_cmpstr (rule, ==, "policy.reply-days");

  g_assert_cmpint (heddle_policy_workdays (policy, chirper)->week, ==, 0x4f);
  g_assert_cmpstr (g_time_zone_get_identifier (heddle_policy_workdays (policy, chirper)->zone),
                   ==, "Asia/Tehran");
  g_assert_cmpint (heddle_policy_workdays (policy, NULL)->week, ==, HEDDLE_WEEK_MON_FRI);
  /* Holidays are the site's, for everybody. */
  g_assert_cmpstr (
      heddle_workdays_off (heddle_policy_workdays (policy, chirper), day_of (2018, 4, 2)), ==,
      "holiday");
  g_assert_cmpstr (
      heddle_workdays_off (heddle_policy_workdays (policy, chirper), day_of (2018, 4, 6)), ==,
      "weekend");
}

static void
test_policy_refuses (void)
{
  g_autoptr (HeddleConfig) config = heddle_config_new ();
  HeddlePartyConfig *chirper = add_party (config, "chirper");
  g_autoptr (GError) error = NULL;

  chirper->zone = g_strdup ("Europe/Nowhere");
  g_assert_null (heddle_policy_new (config, &error));
  g_assert_error (error, HEDDLE_FOLLOWUP_ERROR, HEDDLE_FOLLOWUP_ERROR_CONFIG);
  g_assert_nonnull (strstr (error->message, "[party chirper] zone"));
  g_clear_error (&error);

  g_clear_pointer (&chirper->zone, g_free);
  g_free (config->calendar.holidays);
  config->calendar.holidays = g_strdup ("/"); /* there, and no file of holidays */
  g_assert_null (heddle_policy_new (config, &error));
  g_assert_error (error, HEDDLE_FOLLOWUP_ERROR, HEDDLE_FOLLOWUP_ERROR_HOLIDAYS);
}

static void
test_policy_without_file (void)
{
  g_autoptr (HeddleConfig) config = heddle_config_new ();
  g_autoptr (GError) error = NULL;

  config->calendar.holidays = g_strdup ("/nonexistent/holidays.ics");
  g_autoptr (HeddlePolicy) policy = heddle_policy_new (config, &error);
  g_assert_no_error (error);
  g_assert_nonnull (policy);
  g_assert_null (
      heddle_workdays_off (heddle_policy_workdays (policy, NULL), day_of (2018, 12, 25)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/followup/holidays/good", test_holidays_good);
  g_test_add_func ("/followup/holidays/bad", test_holidays_bad);
  g_test_add_func ("/followup/policy/days", test_policy);
  g_test_add_func ("/followup/policy/refuses", test_policy_refuses);
  g_test_add_func ("/followup/policy/without-file", test_policy_without_file);
  return g_test_run ();
}
