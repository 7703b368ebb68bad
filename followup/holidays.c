/* SPDX-License-Identifier: MIT */
/* Holidays: from the all-day events of an .ics file to a sorted set of days.
 *
 * libical reads the file; it is asked only after size and nesting were bounded,
 * since it recurses over components. Of rules it expands plain yearly ones ("the
 * last Monday in May"), bounded by the year 2100, and leaves out EXDATEs.
 *
 * Not handled: events with a time of day (they are no holidays), rules by week
 * number or position in a set and lunar ones: such a file is refused, not misread.
 */
#include "followup/holidays.h"

#include <libical/ical.h>
#include <string.h>

#include "followup/ical.h"
#include "followup/workdays.h"

#define ICS_BYTES (256 * 1024)
#define ICS_DEPTH 8
#define ICS_DAYS 20000
#define EVENT_DAYS 366
#define LAST_YEAR 2100
#define EMPTY ICAL_RECURRENCE_ARRAY_MAX

/* --- one event ------------------------------------------------------------------- */

typedef struct {
  HeddleHolidays *found;
  HeddleHolidays *except; /* EXDATEs of the event */
  int length;             /* days */
} Event;

static gboolean
day_of_ical (struct icaltimetype time, HeddleDay *ret)
{
  return heddle_day_from_wall (
      &(HeddleWall){ .year = time.year, .month = time.month, .day = time.day }, ret);
}

static void
add_event_day (Event *event, struct icaltimetype start)
{
  HeddleDay day;

  if (!day_of_ical (start, &day) || heddle_holidays_has (event->except, day))
    return;
  for (int i = 0; i < event->length && heddle_holidays_count (event->found) < ICS_DAYS; i++)
    heddle_holidays_add (event->found, day + i);
}

static gboolean
rule_is_plain (const struct icalrecurrencetype *rule)
{
  return rule->freq == ICAL_YEARLY_RECURRENCE && rule->rscale == NULL && rule->interval >= 1
         && rule->by_second[0] == EMPTY && rule->by_minute[0] == EMPTY
         && rule->by_hour[0] == EMPTY && rule->by_year_day[0] == EMPTY
         && rule->by_week_no[0] == EMPTY && rule->by_set_pos[0] == EMPTY;
}

static gboolean
expand_rule (Event *event, struct icaltimetype start, icalproperty *property)
{
  struct icalrecurrencetype rule = icalproperty_get_rrule (property);
  g_autoptr (icalrecur_iterator) each = NULL;

  if (!rule_is_plain (&rule))
    return FALSE;
  each = icalrecur_iterator_new (rule, start);
  if (each == NULL)
    return FALSE;
  for (int i = 0; i < ICS_DAYS; i++) {
    struct icaltimetype next = icalrecur_iterator_next (each);

    if (icaltime_is_null_time (next) || next.year > LAST_YEAR)
      break;
    add_event_day (event, next);
  }
  return TRUE;
}

/* DTEND of an all-day event is the day after its last (RFC 5545, 3.6.1). */
static int
event_length (icalcomponent *vevent, struct icaltimetype start)
{
  HeddleDay first, end;

  if (icalcomponent_get_first_property (vevent, ICAL_DTEND_PROPERTY) == NULL
      && icalcomponent_get_first_property (vevent, ICAL_DURATION_PROPERTY) == NULL)
    return 1;
  if (!day_of_ical (start, &first) || !day_of_ical (icalcomponent_get_dtend (vevent), &end))
    return 1;
  return (int)CLAMP (end - first, 1, EVENT_DAYS);
}

static gboolean
read_event (HeddleHolidays *found, icalcomponent *vevent)
{
  g_autoptr (HeddleHolidays) except = heddle_holidays_new ();
  struct icaltimetype start = icalcomponent_get_dtstart (vevent);
  Event event = { found, except, 1 };
  HeddleDay day;
  icalproperty *property;

  if (icaltime_is_null_time (start) || !start.is_date
      || icalcomponent_get_status (vevent) == ICAL_STATUS_CANCELLED)
    return TRUE;
  event.length = event_length (vevent, start);
  for (property = icalcomponent_get_first_property (vevent, ICAL_EXDATE_PROPERTY);
       property != NULL;
       property = icalcomponent_get_next_property (vevent, ICAL_EXDATE_PROPERTY))
    if (day_of_ical (icalproperty_get_exdate (property), &day))
      heddle_holidays_add (except, day);

  add_event_day (&event, start);
  for (property = icalcomponent_get_first_property (vevent, ICAL_RDATE_PROPERTY);
       property != NULL;
       property = icalcomponent_get_next_property (vevent, ICAL_RDATE_PROPERTY))
    add_event_day (&event, icalproperty_get_rdate (property).time);
  for (property = icalcomponent_get_first_property (vevent, ICAL_RRULE_PROPERTY);
       property != NULL;
       property = icalcomponent_get_next_property (vevent, ICAL_RRULE_PROPERTY))
    if (!expand_rule (&event, start, property))
      return FALSE;
  return TRUE;
}

/* --- a file ---------------------------------------------------------------------- */

static gboolean
too_deep (const char *text)
{
  int depth = 0;

  for (const char *line = text; line != NULL; line = strchr (line, '\n')) {
    line += *line == '\n';
    if (g_ascii_strncasecmp (line, "BEGIN:", 6) == 0 && ++depth > ICS_DEPTH)
      return TRUE;
    if (g_ascii_strncasecmp (line, "END:", 4) == 0)
      depth--;
  }
  return FALSE;
}

static gboolean
refuse (GError **error, const char *name, const char *why)
{
  g_set_error (error, HEDDLE_FOLLOWUP_ERROR, HEDDLE_FOLLOWUP_ERROR_HOLIDAYS, "%s: %s", name,
               why);
  return FALSE;
}

static gboolean
read_calendar (HeddleHolidays *found, icalcomponent *top, const char *name, GError **error)
{
  for (icalcomponent *vevent = icalcomponent_get_first_component (top, ICAL_VEVENT_COMPONENT);
       vevent != NULL; vevent = icalcomponent_get_next_component (top, ICAL_VEVENT_COMPONENT))
    if (!read_event (found, vevent))
      return refuse (
          error, name,
          "an event repeats by a rule other than a plain yearly one; write its days out");
  return TRUE;
}

gboolean
heddle_holidays_add_ics (HeddleHolidays *holidays, const char *name, const char *text,
                         gsize length, GError **error)
{
  g_autoptr (HeddleHolidays) found = heddle_holidays_new ();
  g_autoptr (icalcomponent) top = NULL;
  g_autofree char *copy = NULL;

  if (length > ICS_BYTES)
    return refuse (error, name, "larger than 256 KB; keep the years that matter");
  if (memchr (text, '\0', length) != NULL)
    return refuse (error, name, "not an iCalendar file; export the holidays as .ics");
  copy = g_strndup (text, length);
  if (too_deep (copy))
    return refuse (error, name, "components nested too deep; export the holidays as .ics");
  top = icalparser_parse_string (copy);
  if (top == NULL)
    return refuse (error, name, "not an iCalendar file; export the holidays as .ics");
  /* Several VCALENDARs in one file come wrapped in an XROOT. */
  if (icalcomponent_isa (top) == ICAL_XROOT_COMPONENT) {
    for (icalcomponent *one = icalcomponent_get_first_component (top, ICAL_VCALENDAR_COMPONENT);
         one != NULL; one = icalcomponent_get_next_component (top, ICAL_VCALENDAR_COMPONENT))
      if (!read_calendar (found, one, name, error))
        return FALSE;
  } else if (icalcomponent_isa (top) != ICAL_VCALENDAR_COMPONENT) {
    return refuse (error, name, "no VCALENDAR in it; export the holidays as .ics");
  } else if (!read_calendar (found, top, name, error)) {
    return FALSE;
  }
  for (guint i = 0; i < heddle_holidays_count (found); i++)
    heddle_holidays_add (holidays, heddle_holidays_nth (found, i));
  return TRUE;
}

gboolean
heddle_holidays_add_file (HeddleHolidays *holidays, const char *path, GError **error)
{
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GError) cause = NULL;

  file = g_mapped_file_new (path, FALSE, &cause);
  if (file == NULL)
    return refuse (
        error, path,
        "the holidays cannot be read; check [calendar] holidays and the file's mode");
  if (g_mapped_file_get_length (file) == 0)
    return refuse (error, path, "the holidays are an empty file; leave the key out for none");
  return heddle_holidays_add_ics (holidays, path, g_mapped_file_get_contents (file),
                                  g_mapped_file_get_length (file), error);
}
