/* SPDX-License-Identifier: MIT */
/* docket: file numbers of courts and the police, as they stand behind a word that says so.
 * Within parser/ only. */
#ifndef HEDDLE_PARSER_DOCKET_H
#define HEDDLE_PARSER_DOCKET_H

#include <glib.h>

/* The bytes of the file number with blanks, brackets or a colon in it that begins at @at, 0
 * where none does; what is one run of letters and digits is left to the caller. Constant time. */
gsize heddle_docket_at (const char *text, gsize length, gsize at);

#endif
