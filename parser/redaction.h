/* SPDX-License-Identifier: MIT */
/* redaction: marks that stand where a name or an address was withheld. Within
 * parser/ only. heddle_redaction_at(), which takes neighbours together, is in facts.h.
 */
#ifndef HEDDLE_PARSER_REDACTION_H
#define HEDDLE_PARSER_REDACTION_H

#include "parser/facts.h"

/* The bytes of the one mark that begins @text, else 0; brackets around it, as in
 * "<(b)(6)>", belong to it. Looks at a bounded number of bytes, but for rows of one
 * character, which it passes over. */
gsize heddle_redaction_one (const HeddleTables *tables, const char *text, gsize length);

/* Whether marks are all that @text, a line without blanks at its ends, holds. */
gboolean heddle_redaction_fills (const HeddleTables *tables, const char *text, gsize length);

#endif
