/* SPDX-License-Identifier: MIT */
/* encoded: encoded words (RFC 2047) in fields. Within parser/ only. */
#ifndef HEDDLE_PARSER_ENCODED_H
#define HEDDLE_PARSER_ENCODED_H

#include <glib.h>

/* @text, valid UTF-8, with its encoded words undone, valid UTF-8 without NUL
 * (transfer full). What only looks like one stays as it is. */
char *heddle_encoded_undo (const char *text);

/* The same as ASCII for a reader of addresses that shall neither meet a charset nor take
 * a comma that was encoded for one that parts: each encoded word is one atom of letters,
 * digits and "_", and so is each other character beyond ASCII. (transfer full) */
char *heddle_encoded_hide (const char *text);
/* What was hidden, in whole or in parts, as text again: valid UTF-8 (transfer full). */
char *heddle_encoded_show (const char *hidden);

#endif
