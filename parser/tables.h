/* SPDX-License-Identifier: MIT */
/* tables: what a HeddleParser holds; but for the domains it is made while Heddle is
 * built (make-tables.c) and read-only. Within parser/ only. */
#ifndef HEDDLE_PARSER_TABLES_H
#define HEDDLE_PARSER_TABLES_H

#include "parser/words.h"

typedef struct _HeddleNames HeddleNames; /* names.c: months and days of CLDR, by ICU */
typedef struct _HeddleDomains HeddleDomains; /* domain.c: registrable domains, by libpsl */

typedef struct {
  const HeddleWords *words;
  const HeddleNames *names;
  HeddleDomains *domains;
} HeddleTables;

/* Within HeddleParser; (transfer none). */
struct _HeddleParser;
const HeddleTables *heddle_parser_tables (const struct _HeddleParser *parser);

/* Names and words of dates in all languages; made when Heddle is built. */
extern const HeddleNames heddle_names_made;

/* What stands behind a number of a date. */
enum { HEDDLE_DOT_DAY = 1, HEDDLE_DOT_YEAR = 2 };

/* What a name of CLDR says. */
typedef enum { HEDDLE_NAME_MONTH, HEDDLE_NAME_WEEKDAY } HeddleNameKind;

/* If the name of a month or a day, whole or abbreviated, of any language of the
 * tables begins @text (case disregarded, a dot behind it taken along, not in the
 * middle of a word): its number (1 to 12; Monday 1 to Sunday 7), else 0. */
int heddle_names_at (const HeddleNames *names, HeddleNameKind kind, const char *text, gsize length,
                     gsize *ret_length);
/* The same with all that the index knows of it. */
typedef struct {
  int number;
  int other;             /* what another language calls so, 0: nothing */
  int calendar;          /* HeddleCldrCalendar (cldr-calendar.h) */
  gboolean abbreviated;
  int dots, other_dots;  /* number's, other's language: HEDDLE_DOT_DAY, HEDDLE_DOT_YEAR */
  gboolean lower;        /* some language writes the whole name so without a capital */
  guint64 languages;     /* that have it, a set of heddle_language_bit() */
  gboolean single;       /* of one character: "火", "K" */
} HeddleName;
gboolean heddle_names_find (const HeddleNames *names, HeddleNameKind kind, const char *text,
                            gsize length, HeddleName *ret, gsize *ret_length);
/* The languages (a set of heddle_language_bit()) that write the day before the month. */
guint64 heddle_names_day_first (const HeddleNames *names);
/* FALSE where no name of @kind begins; one look, for few words of a text pass. */
gboolean heddle_names_may_begin (const HeddleNames *names, HeddleNameKind kind, const char *text,
                                 gsize length);
/* A word of one of @kinds (DAYTIME, AT, OF, ORDINAL), as heddle_words_at() finds it in the
 * languages' own rows, here of what CLDR writes in dates. */
const HeddleWord *heddle_names_word (const HeddleNames *names, const char *text, gsize length,
                                     HeddleKinds kinds, gsize *ret_length);
/* Those of @kinds of which some word or name begins @text. */
HeddleKinds heddle_names_kinds_of (const HeddleNames *names, const char *text, gsize length,
                               HeddleKinds kinds);
/* Those of all kinds that may begin @text, as heddle_words_kinds_at() has them. */
HeddleKinds heddle_names_kinds_at (const HeddleNames *names, const char *text, gsize length);
/* The same, and those of @words in @ret_words, in one look. */
HeddleKinds heddle_names_kinds_at_too (const HeddleNames *names, const HeddleWords *words,
                                       const char *text, gsize length, HeddleKinds *ret_words);
HeddleDomains *heddle_domains_new (void);
void heddle_domains_free (HeddleDomains *domains);
/* The registrable domain of @host ("a.b.example.co.uk" gives "example.co.uk"),
 * lower case, IDN as U-label as written; an IP literal, and a host that is itself
 * a public suffix, as it is. (transfer full) */
char *heddle_domains_registrable (const HeddleDomains *domains, const char *host);
/* Whether the last label of @host, which must have two at least, is a suffix that
 * the list knows: "a.org" but not "a.ruiz". */
gboolean heddle_domains_known (const HeddleDomains *domains, const char *host);

#endif
