/* SPDX-License-Identifier: MIT */
/* What the tests of parser/'s finders share: the tables of a parser, without one. */
#ifndef HEDDLE_TESTS_PARSER_TABLES_H
#define HEDDLE_TESTS_PARSER_TABLES_H

#include "parser/facts.h"

#include <string.h>

static HeddleTables tables;

static inline void
tables_init (void)
{
  tables.words = &heddle_words_made;
  tables.names = &heddle_names_made;
  tables.domains = heddle_domains_new ();
}

static inline void
tables_clear (void)
{
  heddle_domains_free (tables.domains);
}

#endif
