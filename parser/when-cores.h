/* SPDX-License-Identifier: MIT */
/* when-cores: what stands behind "by", "on" or nothing where a text speaks of time.
 * Within parser/, for when-mentions.c only.
 */
#ifndef HEDDLE_PARSER_WHEN_CORES_H
#define HEDDLE_PARSER_WHEN_CORES_H

#include "parser/facts.h"
#include "parser/scan.h"

typedef struct {
  const HeddleTables *tables;
  HeddleScan scan;
  const HeddleWall *reference; /* (nullable) */
  HeddleWhenPlace *place;
  gboolean behind;   /* behind any preposition */
  gboolean prefixed; /* behind "by", "until" and the like */
  gboolean within;   /* behind "within", "in" */
} HeddleWhenReader;

/* Move over a word of one of @kinds (a set of HEDDLE_WORD_BIT). (nullable) */
const HeddleWord *heddle_when_word (HeddleWhenReader *reader, guint64 kinds);

/* Any core; what it needs of a preposition, the flags must allow. */
gboolean heddle_when_core (HeddleWhenReader *reader);
/* "48 hours", "5-7 business days". */
gboolean heddle_when_units (HeddleWhenReader *reader);

#endif
