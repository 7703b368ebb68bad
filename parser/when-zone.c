/* SPDX-License-Identifier: MIT */
/* Zones behind a time of day: offsets, letters, and the comment behind an offset.
 *
 * Not handled: zones' whole names, but for such a comment; zones that several countries
 * call alike ("IST"): they are read over but say nothing.
 */
#include "parser/when.h"

#include <string.h>

enum { ZONE_UNSAID = G_MAXINT16 };

static const struct {
  const char *name; /* upper case: "est" and "met" are words */
  int minutes;
} zones[] = {
  { "UTC", 0 },      { "GMT", 0 },      { "UT", 0 },       { "Z", 0 },
  { "EST", -300 },   { "EDT", -240 },   { "CST", -360 },   { "CDT", -300 },
  { "MST", -420 },   { "MDT", -360 },   { "PST", -480 },   { "PDT", -420 },
  { "AKST", -540 },  { "AKDT", -480 },  { "HST", -600 },   { "AST", -240 },
  { "ADT", -180 },   { "NST", -210 },   { "NDT", -150 },   { "BRT", -180 },
  { "WET", 0 },      { "WEST", 60 },    { "CET", 60 },     { "CEST", 120 },
  { "MEZ", 60 },     { "MESZ", 120 },   { "MET", 60 },     { "MEST", 120 },
  { "EET", 120 },    { "EEST", 180 },   { "MSK", 180 },    { "TRT", 180 },
  { "IRST", 210 },   { "IRDT", 270 },   { "AFT", 270 },    { "PKT", 300 },
  { "WIB", 420 },    { "HKT", 480 },    { "SGT", 480 },    { "JST", 540 },
  { "KST", 540 },    { "AEST", 600 },   { "AEDT", 660 },   { "NZST", 720 },
  { "NZDT", 780 },   { "SAST", 120 },   { "EAT", 180 },    { "WAT", 60 },
  { "CAT", 120 },    { "BST", 60 },     { "ET", ZONE_UNSAID }, { "CT", ZONE_UNSAID },
  { "MT", ZONE_UNSAID }, { "PT", ZONE_UNSAID }, { "IST", ZONE_UNSAID },
};

/* "+0200", "+02:00", "-5" (only behind "GMT"), U+2212 for the hyphen. */
static gboolean
read_offset (HeddleScan *scan, gboolean short_too, int *ret_minutes)
{
  gsize begin = scan->at;
  gboolean west = heddle_scan_peek (scan, 0) == '-';
  int hours, minutes = 0;
  guint digits;

  if (heddle_scan_peek (scan, 0) == '\xe2' && heddle_scan_peek (scan, 1) == '\x88'
      && heddle_scan_peek (scan, 2) == '\x92') {
    west = TRUE;
    scan->at += 3;
  } else if (!heddle_scan_char (scan, '+') && !heddle_scan_char (scan, '-'))
    return FALSE;

  gboolean fits = heddle_scan_number (scan, 1, 4, &hours, &digits)
                  && (digits == 4 || digits == 2 || (digits == 1 && short_too));
  if (fits && digits == 4) {
    minutes = hours % 100;
    hours /= 100;
  } else if (fits && heddle_scan_char (scan, ':'))
    fits = heddle_scan_number (scan, 2, 2, &minutes, NULL);
  else if (fits)
    fits = digits == 2 || short_too;
  if (!fits || hours > 14 || minutes > 59) {
    scan->at = begin;
    return FALSE;
  }
  *ret_minutes = (hours * 60 + minutes) * (west ? -1 : 1);
  return TRUE;
}

static gboolean
read_zone_name (HeddleScan *scan, int *ret_minutes)
{
  gsize letters = 0;
  while (letters < 6 && g_ascii_isupper (heddle_scan_peek (scan, letters)))
    letters++;
  if (letters == 0
      || heddle_letter_at (scan->text + scan->at + letters, scan->length - scan->at - letters))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++) {
    if (strncmp (zones[i].name, scan->text + scan->at, letters) == 0
        && zones[i].name[letters] == '\0') {
      scan->at += letters;
      *ret_minutes = zones[i].minutes;
      if (zones[i].minutes == 0)
        read_offset (scan, TRUE, ret_minutes); /* "GMT+1" */
      return TRUE;
    }
  }
  return FALSE;
}

/* "Eastern Daylight Time", as Windows names the zones of North America; AOL's
 * attributions have it. "Eastern Time" says no one offset. */
static gboolean
read_long_name (HeddleScan *scan, int *ret_minutes)
{
  static const struct {
    const char *name;
    int minutes;
  } regions[] = { { "eastern", -300 }, { "central", -360 }, { "mountain", -420 }, { "pacific", -480 } };
  gsize begin = scan->at;
  for (gsize i = 0; i < G_N_ELEMENTS (regions); i++) {
    if (!heddle_scan_word (scan, regions[i].name))
      continue;
    heddle_scan_blanks (scan);
    gboolean summer = heddle_scan_word (scan, "daylight");
    gboolean winter = !summer && heddle_scan_word (scan, "standard");
    heddle_scan_blanks (scan);
    if (!heddle_scan_word (scan, "time")) {
      if (summer || winter || !g_ascii_isupper (scan->text[begin]))
        break;
      while (scan->text[scan->at - 1] == ' ') /* "5 pm Eastern" */
        scan->at--;
      *ret_minutes = ZONE_UNSAID;
      return TRUE;
    }
    *ret_minutes = !summer && !winter ? ZONE_UNSAID : regions[i].minutes + (summer ? 60 : 0);
    return TRUE;
  }
  scan->at = begin;
  return FALSE;
}

/* A comment behind an offset: "(EDT)", "(Pacific Daylight Time)"; never "(b)(6)". */
static void
pass_zone_comment (HeddleScan *scan)
{
  gsize begin = scan->at;
  heddle_scan_blanks (scan);
  const char *text = scan->text + scan->at;
  gssize close = heddle_find_near (text, scan->length - scan->at, ')', 48);
  gboolean zone = close > 2 && text[0] == '(' && g_ascii_isupper (text[1]);
  gboolean upper = TRUE;

  for (gssize i = 1; zone && i < close; i++) {
    zone = g_ascii_isalpha (text[i]) || text[i] == ' ' || text[i] == '-' || text[i] == '+'
           || text[i] == ':' || g_ascii_isdigit (text[i]);
    upper = upper && !g_ascii_islower (text[i]) && text[i] != ' ';
  }
  if (zone && (upper ? close <= 10 : close > 5 && g_str_has_prefix (text + close - 5, " Time)")))
    scan->at += (gsize) close + 1;
  else
    scan->at = begin;
}

gboolean
heddle_when_zone (HeddleScan *scan, gboolean *ret_has_offset, int *ret_minutes)
{
  gsize begin = scan->at;
  int minutes = 0;

  heddle_scan_blanks (scan);
  char close = heddle_scan_char (scan, '(') ? ')' : heddle_scan_char (scan, '[') ? ']' : '\0';
  gboolean bracket = close != '\0'; /* "[GMT+8]": Yahoo in Chinese */
  gboolean found = read_offset (scan, FALSE, &minutes) || read_zone_name (scan, &minutes)
                   || read_long_name (scan, &minutes);
  if (!found || (bracket && !heddle_scan_char (scan, close))) {
    scan->at = begin;
    return FALSE;
  }
  if (!bracket)
    pass_zone_comment (scan);
  *ret_has_offset = minutes != ZONE_UNSAID;
  *ret_minutes = minutes;
  return TRUE;
}
