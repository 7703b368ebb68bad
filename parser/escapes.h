/* SPDX-License-Identifier: MIT */
/* escapes: HTML's escapes left in a plain text. Within parser/ only.
 */
#ifndef HEDDLE_PARSER_ESCAPES_H
#define HEDDLE_PARSER_ESCAPES_H

#include <glib.h>

/* QQ Mail makes its plain text of its HTML and leaves "&nbsp;", "&gt;", "&lt;", "&amp;" and
 * "&quot;" in it: its banner shows it. @text without them (transfer full), NULL where there
 * is no such banner; *@length becomes the new length. */
char *heddle_escapes_undo (const char *text, gsize *length);

#endif
