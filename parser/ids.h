/* SPDX-License-Identifier: MIT */
/* ids: Message-IDs in what names them. Within parser/ only. */
#ifndef HEDDLE_PARSER_IDS_H
#define HEDDLE_PARSER_IDS_H

#include <glib.h>

/* Append the Message-IDs of @text, valid UTF-8, to @ids (of char *): what stands in angle
 * brackets, white space within dropped; without brackets a lone word with "@". */
void heddle_ids_read (const char *text, GPtrArray *ids);

/* The first of them (transfer full) (nullable). */
char *heddle_ids_first (const char *text);

#endif
