/* SPDX-License-Identifier: MIT */
/* together: boundaries that were run together into one line. Within parser/ only.
 */
#ifndef HEDDLE_PARSER_TOGETHER_H
#define HEDDLE_PARSER_TOGETHER_H

#include "parser/boundary.h"

/* Part such lines of @body. @subject: (nullable) the mail's own. TRUE if there were any. */
gboolean heddle_together_part (const HeddleTables *tables, HeddleBody *body, const char *subject);

#endif
