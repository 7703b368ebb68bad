/* SPDX-License-Identifier: MIT */
/* urlend: where web addresses begin and end in a text. Within parser/ only. Each call looks
 * at no more than HEDDLE_URLEND_MOST bytes. */
#ifndef HEDDLE_PARSER_URLEND_H
#define HEDDLE_PARSER_URLEND_H

#include "parser/tables.h"

enum { HEDDLE_URLEND_MOST = 8192 };

/* The bytes of "http://" and the like, of "hxxp://", or of "www."; 0 when none begins
 * @text or nothing follows. */
gsize heddle_urlend_scheme (const char *text, gsize length);

/* Whether the address at @at stands behind "<" or "<URL:". */
gboolean heddle_urlend_opened (const char *text, gsize at);

/* The end of the bare address at @at, without what the sentence put behind it. It goes on
 * over the end of a line that is full, where what follows is no word. */
gsize heddle_urlend_bare (const HeddleDomains *domains, const char *text, gsize length, gsize at);

/* The end of the address at @at that stands in "<>", before the ">": it may go on over
 * line ends, but a blank within a line ends it, and then it is a bare one. 0: so. */
gsize heddle_urlend_bracketed (const char *text, gsize length, gsize at);

#endif
