/* SPDX-License-Identifier: MIT */
/* when-cores: what stands behind "by", "on" or nothing, or before "までに", where a text
 * speaks of time. Within parser/, for when-mentions.c, when-cores.c and when-spans.c only.
 */
#ifndef HEDDLE_PARSER_WHEN_CORES_H
#define HEDDLE_PARSER_WHEN_CORES_H

#include "parser/facts.h"
#include "parser/scan.h"
#include "parser/when.h"

enum { HEDDLE_WHEN_WORDS = 16 };

typedef struct {
  const HeddleTables *tables;
  const HeddleGlance *glance; /* of the text */
  HeddleScan scan;
  /* All words of a phrase are of one language. Behind each word that was passed: the
   * languages that are left; what lies ahead of the scan is of a way that led nowhere. */
  struct {
    gsize end;
    guint64 languages;
  } words[HEDDLE_WHEN_WORDS];
  guint n_words;
  const HeddleWall *reference; /* (nullable) */
  HeddleWhenPlace *place;
  /* What begins at a place, as heddle_when_opens() saw it last. */
  struct {
    gsize at, length;
    HeddleKinds kinds;
  } opens;
  gboolean behind;   /* behind any preposition, or before a postposition */
  gboolean on;       /* behind "on" */
  gboolean prefixed; /* behind "by", "until" and the like */
  gboolean within;   /* behind "within", "in" */
  gboolean one;      /* behind "within": "the" counts, "within the hour" */
  gboolean bare_day; /* its article lets a number alone be a day: "avant le 20" */
  gboolean from;     /* behind a first day, past or to come: "od poniedziałku" */
  gboolean back;     /* counts back: "3 days ago", "vor 3 Tagen" */
  gboolean day_first; /* 03/04 is 3 April */
  gboolean past;     /* the sentence tells of what has been */
  gboolean ahead;    /* or of what is to come */
  gboolean this_month; /* a day of the month was read that says so */
  gboolean alone;    /* only a word of tense beside it makes a day of it: "I will call Friday." */
  gboolean nearest;  /* what was read is the last or the coming one, as the sentence tells */
  gboolean either;   /* a word was read that says tomorrow or yesterday, by the tense */
  gboolean late;     /* the day's word says that an hour is past noon: "tomorrow evening at 8" */
  gsize *habit;      /* (nullable) behind days of a habit, that are no time: "Mon-Fri 9-17" */
  gboolean units;    /* what was read is a count of units */
  int least, most, unit; /* that count */
} HeddleWhenReader;

/* Move over a word of one of @kinds (a set of HEDDLE_WORD_BIT). (nullable) */
const HeddleWord *heddle_when_word (HeddleWhenReader *reader, HeddleKinds kinds);
/* Whether the text writes the day first, or the words read so far are of languages that do. */
gboolean heddle_when_is_day_first (HeddleWhenReader *reader);
/* How many weeks or months from the reference's lies what @next, a NEXT, says. */
int heddle_when_further (const HeddleWord *next);

/* The languages that all words before the scan are of, and that one more is of some. */
guint64 heddle_when_languages (HeddleWhenReader *reader);
void heddle_when_narrow (HeddleWhenReader *reader, guint64 languages);

/* The kinds of words and names that begin where the scan is, of those that a core or what
 * stands before one may begin with: most words of a text are none. */
HeddleKinds heddle_when_opens (HeddleWhenReader *reader);
HeddleKinds heddle_when_opens_at (const HeddleTables *tables, const char *text, gsize length);

/* Any core; what it needs of a preposition, the flags must allow. */
gboolean heddle_when_core (HeddleWhenReader *reader);

/* --- when-tense.c ----------------------------------------------------------------------- */

/* Of the words beside @start and @end the nearest before it that tells past from future,
 * else the first behind it: of the past < 0, of what is to come > 0, else 0. @from: of what
 * began at a day, which "cannot" sets in the past. */
int heddle_when_tense (const HeddleTables *tables, const char *text, gsize length, gsize start,
                       gsize end, guint64 languages, gboolean from);

/* --- when-reader.c ---------------------------------------------------------------------- */

gboolean heddle_when_digit (const HeddleScan *scan);
/* The day of the reference at midnight. */
HeddleWall heddle_when_midnight (const HeddleWhenReader *reader);
void heddle_when_set_day (HeddleWhenReader *reader, HeddleWall day);
void heddle_when_set_range (HeddleWhenReader *reader, HeddleWall from, HeddleWall to);

/* --- when-times.c ----------------------------------------------------------------------- */

/* The place is @clock's time of its day. */
void heddle_when_set_time (HeddleWhenReader *reader, const HeddleWall *clock,
                           HeddlePrecision precision);
/* ", 17:00", "at 5pm ET", "at noon" behind a day. */
void heddle_when_time_after (HeddleWhenReader *reader);
/* "明天下午5点": the word that was read from @begin may end in what belongs to the clock. */
gboolean heddle_when_time_within (HeddleWhenReader *reader, gsize begin);
/* "5pm ET", "17:00 tomorrow", "noon on Friday": only behind "by" and the like. */
gboolean heddle_when_time (HeddleWhenReader *reader);

/* --- when-ordinals.c -------------------------------------------------------------------- */

/* "the 20th", "le 20", "20日", "zum 20."; of @weekday, if that is not 0. */
gboolean heddle_when_ordinal (HeddleWhenReader *reader, int weekday);

/* --- when-around.c ---------------------------------------------------------------------- */

/* Look at what stands around @place, no further back than @least: the time of day before a
 * day ("15:40 on 3 April"), "between" before a span. FALSE where the date is none, but a
 * street's name ("calle 2 de Mayo"). */
gboolean heddle_when_around (const HeddleTables *tables, const char *text, gsize length,
                             gsize least, HeddleWhenPlace *place);
/* Whether a time of day stands right before @day. */
gboolean heddle_when_clock_before (const HeddleTables *tables, const char *text, gsize day);
/* The word of one of @kinds that ends where @end is, blanks and quotes between, of four
 * words at most, and where it begins. (nullable) */
const HeddleWord *heddle_when_word_before (const HeddleTables *tables, const char *text,
                                           gsize least, gsize end, HeddleKinds kinds,
                                           gsize *ret_begin);

/* --- when-loose.c ----------------------------------------------------------------------- */

/* A day with less than a date has, into @wall; its year is 0 where none stands. */
gboolean heddle_when_loose_date (HeddleWhenReader *reader, int weekday, HeddleWall *wall);

/* --- of when-cores.c -------------------------------------------------------------------- */

/* A day by any of its names, with the time of day behind it: "tomorrow", "Friday at 5pm",
 * "13 April". */
gboolean heddle_when_any_day (HeddleWhenReader *reader);
/* A word that stands at @at and is no name of a day or a month, if one does; its end. (nullable) */
const HeddleWord *heddle_when_other_word (HeddleWhenReader *reader, gsize at, gsize *ret_end);
/* Set the year in which @wall's day lies nearest, of @weekday first, if that is not 0. */
gboolean heddle_when_resolve_year (const HeddleWhenReader *reader, int weekday, HeddleWall *wall);
/* A date, behind a @weekday if that is not 0. */
gboolean heddle_when_read_date (HeddleWhenReader *reader, int weekday);
/* "3-5 April", "3 to 5 April 2018": a span whose first day stands alone. */
gboolean heddle_when_days_of_month (HeddleWhenReader *reader);
/* "to 5 April", "-5" behind a day that began at @begin, with its month first or not. */
void heddle_when_range_end (HeddleWhenReader *reader, gsize begin, gboolean month_first);

/* The same without a weekday, and spans of dates. */
gboolean heddle_when_day_or_days (HeddleWhenReader *reader);

/* --- when-week.c ------------------------------------------------------------------------ */

typedef enum {
  HEDDLE_WEEK_NONE,
  HEDDLE_WEEK_SPAN, /* the place is set */
  HEDDLE_WEEK_HABIT /* moved behind it, which is no time: "Mon-Fri 9-17" */
} HeddleWhenWeek;

/* "Friday 13 April", "Friday the 13th"; a weekday alone only with @alone. @weeks: 0 the
 * coming one, 1 that of the next week, -1 the last one. */
gboolean heddle_when_weekday (HeddleWhenReader *reader, gboolean alone, int weeks);
/* Move over a weekday's name that can be nothing else: its number, or 0. */
int heddle_when_weekday_name (HeddleWhenReader *reader);
HeddleWall heddle_when_resolve_weekday (const HeddleWhenReader *reader, int weekday, int weeks);
/* Move over "EOD", "evening" behind a day. */
void heddle_when_pass_end_of_day (HeddleWhenReader *reader);
gboolean heddle_when_pass_part_of_day (HeddleWhenReader *reader);
/* "Monday to Wednesday" */
HeddleWhenWeek heddle_when_week (HeddleWhenReader *reader);
/* Whether the weekday that was read from @at opens a sentence that says so of it: "Thursday
 * works for the call". */
gboolean heddle_when_suits (HeddleWhenReader *reader, gsize at);
/* Whether it stands where a clause ends, and a day is meant if the sentence tells past from
 * future: "I will call you Friday." */
gboolean heddle_when_stands_alone (HeddleWhenReader *reader, gsize at);

/* --- when-parts.c ----------------------------------------------------------------------- */

/* "early next week", "mid-April", "the beginning of the month" */
gboolean heddle_when_part_of (HeddleWhenReader *reader);
/* The place is the first or the middle day of the unit that lies @further than the
 * reference's. */
void heddle_when_set_part (HeddleWhenReader *reader, HeddlePartOf part, HeddleUnit unit,
                           int further);
/* "the week of 7 May", "KW 18" */
gboolean heddle_when_week_of (HeddleWhenReader *reader);

/* --- when-grants.c ---------------------------------------------------------------------- */

/* "You have seven days" at @at, where something to do follows. */
gboolean heddle_when_grant (HeddleWhenReader *reader, gsize at);
/* Move over "about", "exactly". */
void heddle_when_pass_about (HeddleWhenReader *reader);
/* Whether the sentence around @place says that something ends then. */
gboolean heddle_when_is_term (const HeddleTables *tables, const char *text, gsize length,
                              const HeddleWall *reference, const HeddleWhenPlace *place);

/* --- when-spans.c ----------------------------------------------------------------------- */

/* "48 hours", "5-7 business days". */
gboolean heddle_when_units (HeddleWhenReader *reader);
/* Set the place by the count that was read, backwards with reader->back. */
void heddle_when_set_units (HeddleWhenReader *reader);
gboolean heddle_when_weekend (HeddleWhenReader *reader);
/* "next week", "this month", "next Friday" */
gboolean heddle_when_next (HeddleWhenReader *reader);
/* "EOD", "EOD Friday", "the end of the week", "the end of May" */
gboolean heddle_when_end_of (HeddleWhenReader *reader);
/* "-", "–", "to": what joins the two ends of a span; blanks around it too. */
gboolean heddle_when_through (HeddleWhenReader *reader);
/* The same, or "and" where "between" stands before the first end, which began at @begin. */
gboolean heddle_when_join (HeddleWhenReader *reader, gsize begin);

#endif
