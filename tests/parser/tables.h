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
  tables.words = heddle_words_new (heddle_locales);
  tables.names = heddle_names_new (heddle_locales);
  tables.domains = heddle_domains_new ();
}

static inline void
tables_clear (void)
{
  heddle_words_free (tables.words);
  heddle_names_free (tables.names);
  heddle_domains_free (tables.domains);
}

#endif
