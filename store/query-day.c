/* SPDX-License-Identifier: MIT */
/* query-day: days, months and years as notmuch's users write them in a query.
 *
 * "monday" is the last one before today; "march", "march_2018"; "10_april", "april_10",
 * "10april2018"; "20180410", "10.4.2018", "4/10/2018" (the month first); "@1523390351".
 * A month without a year is this year's. Names are English, as all words of queries are;
 * three letters of them do.
 */
#include "config.h"

#include <string.h>

#include "store/query-private.h"

#define PARTS 3

/* A date taken apart: at most one name of a month, and numbers in their order. */
typedef struct {
  int month;          /* 0: not named */
  guint before;       /* how many numbers stand before its name */
  int numbers[PARTS];
  gsize digits[PARTS];
  guint count;
} Parts;

/* Which of @names (each of three letters or more) the @length bytes at @text are, from 1. */
static int
find_name (const char *const *names, const char *text, gsize length)
{
  for (int i = 0; names[i] != NULL; i++)
    if ((length == 3 || length == strlen (names[i]))
        && g_ascii_strncasecmp (text, names[i], length) == 0)
      return i + 1;
  return 0;
}

static int
find_month (const char *text, gsize length)
{
  static const char *const months[]
      = { "january", "february", "march",     "april",   "may",      "june",    "july",
          "august",  "september", "october", "november", "december", NULL };
  return find_name (months, text, length);
}

static gboolean
take_number (Parts *parts, const char *text, gsize digits)
{
  if (parts->count == PARTS || digits > 4)
    return FALSE;
  parts->numbers[parts->count] = (int) g_ascii_strtoll (text, NULL, 10);
  parts->digits[parts->count++] = digits;
  return TRUE;
}

/* Words and numbers parted by one of @between, or by nothing. */
static gboolean
take_apart (const char *text, const char *between, Parts *parts)
{
  while (*text != '\0') {
    gsize digits = strspn (text, "0123456789");
    gsize letters = 0;
    while (g_ascii_isalpha (text[letters]))
      letters++;
    if (digits > 0 ? !take_number (parts, text, digits)
                   : parts->month != 0 || (parts->month = find_month (text, letters)) == 0)
      return FALSE;
    if (digits == 0)
      parts->before = parts->count;
    text += digits + letters * (digits == 0);
    if (*text != '\0' && strchr (between, *text) != NULL && text[1] != '\0')
      text++;
  }
  return TRUE;
}

/* The span of a day, of a month where @day is 0. */
static gboolean
span (GTimeZone *zone, int year, int month, int day, HeddleTime *ret_from, HeddleTime *ret_to)
{
  if (month < 1 || month > 12 || year < 1 || year > 9998)
    return FALSE;
  g_autoptr (GDateTime) from = g_date_time_new (zone, year, month, MAX (day, 1), 0, 0, 0);
  g_autoptr (GDateTime) to = from == NULL ? NULL
                             : day == 0   ? g_date_time_add_months (from, 1)
                                          : g_date_time_add_days (from, 1);
  if (to == NULL)
    return FALSE;
  *ret_from = g_date_time_to_unix (from);
  *ret_to = g_date_time_to_unix (to);
  return TRUE;
}

static gboolean
read_named (const char *text, GDateTime *now, GTimeZone *zone, HeddleTime *ret_from,
            HeddleTime *ret_to)
{
  Parts parts = { 0 };
  int year = g_date_time_get_year (now), day = 0;
  if (!take_apart (text, "_-", &parts) || parts.month == 0 || parts.count > 2)
    return FALSE;
  for (guint i = 0; i < parts.count; i++) {
    if (parts.digits[i] == 4)
      year = parts.numbers[i];
    else if (day == 0 && parts.digits[i] <= 2)
      day = parts.numbers[i];
    else
      return FALSE;
    if (parts.digits[i] <= 2 && day == 0)
      return FALSE;
  }
  return span (zone, year, parts.month, day, ret_from, ret_to);
}

/* @order: which number is the day, which the month. */
static gboolean
read_numbers (const char *text, const char *between, guint day, guint month, GTimeZone *zone,
              HeddleTime *ret_from, HeddleTime *ret_to)
{
  Parts parts = { 0 };
  if (strpbrk (text, between) == NULL || !take_apart (text, between, &parts) || parts.month != 0
      || parts.count != 3 || parts.digits[2] != 4 || parts.numbers[day] == 0)
    return FALSE;
  return span (zone, parts.numbers[2], parts.numbers[month], parts.numbers[day], ret_from, ret_to);
}

static gboolean
read_weekday (const char *text, GDateTime *now, GTimeZone *zone, HeddleTime *ret_from,
              HeddleTime *ret_to)
{
  static const char *const days[] = { "monday", "tuesday", "wednesday", "thursday", "friday",
                                      "saturday", "sunday", NULL };
  int wanted = find_name (days, text, strlen (text));
  if (wanted == 0)
    return FALSE;
  int back = (g_date_time_get_day_of_week (now) - wanted + 7) % 7;
  g_autoptr (GDateTime) day = g_date_time_add_days (now, back == 0 ? -7 : -back);
  return day != NULL
         && span (zone, g_date_time_get_year (day), g_date_time_get_month (day),
                  g_date_time_get_day_of_month (day), ret_from, ret_to);
}

static gboolean
read_digits (const char *text, GTimeZone *zone, HeddleTime *ret_from, HeddleTime *ret_to)
{
  gsize length = strlen (text);
  gboolean stamp = text[0] == '@';
  if (length < 2 || length > 13 || strspn (text + stamp, "0123456789") != length - stamp)
    return FALSE;
  gint64 number = g_ascii_strtoll (text + stamp, NULL, 10);
  if (!stamp)
    return length == 8 && number % 100 != 0
           && span (zone, (int) (number / 10000), (int) (number / 100 % 100), (int) (number % 100),
                    ret_from, ret_to);
  *ret_from = number;
  *ret_to = number + 1;
  return TRUE;
}

gboolean
heddle_query_day (const char *text, GDateTime *now, GTimeZone *zone, HeddleTime *ret_from,
                  HeddleTime *ret_to)
{
  return read_digits (text, zone, ret_from, ret_to)
         || read_weekday (text, now, zone, ret_from, ret_to)
         || read_numbers (text, ".", 0, 1, zone, ret_from, ret_to)
         || read_numbers (text, "/", 1, 0, zone, ret_from, ret_to)
         || read_named (text, now, zone, ret_from, ret_to);
}
