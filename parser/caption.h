/* SPDX-License-Identifier: MIT */
/* caption: what lines of a text say that files show. Within parser/ only. */
#ifndef HEDDLE_PARSER_CAPTION_H
#define HEDDLE_PARSER_CAPTION_H

#include "parser/parser.h"
#include "parser/tables.h"

/* Set the captions of the attachments of @chain: a line "12.13.29 PM - the letter" tells
 * what the one file shows whose name ends so. The file is one of the message's own, else
 * of the message that it answers or forwards, else a part of the mail. */
void heddle_captions_tie (const HeddleTables *tables, HeddleChain *chain);

#endif
