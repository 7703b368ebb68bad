/* SPDX-License-Identifier: MIT */
/* subject: the prefixes of subjects. Within parser/ only. */
#ifndef HEDDLE_PARSER_SUBJECT_H
#define HEDDLE_PARSER_SUBJECT_H

#include <glib.h>

typedef struct {
  const char *text; /* lower case, without the colon */
  gboolean forward; /* else an answer */
  gboolean either;  /* a forward in one language and an answer in another */
} HeddlePrefix;

/* parser/locale/prefixes.c; ends with a NULL text. */
extern const HeddlePrefix heddle_prefixes[];

/* Whether the last who wrote @subject (nullable) forwarded: its first prefix, "[list]" before
 * it disregarded, is one of forwards. */
gboolean heddle_subject_is_forward (const char *subject);
/* The same of answers. */
gboolean heddle_subject_is_answer (const char *subject);
/* Whether that prefix may as well be one of forwards: "VS" is, in Danish and Norwegian. */
gboolean heddle_subject_may_forward (const char *subject);

#endif
