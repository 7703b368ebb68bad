/* SPDX-License-Identifier: MIT */
/* chain: a mail's lines to messages and parents. Within parser/ only. */
#ifndef HEDDLE_PARSER_CHAIN_H
#define HEDDLE_PARSER_CHAIN_H

#include "parser/mail.h"
#include "parser/tables.h"

/* Append the messages and lines of @mail and of all it carries to @chain; the
 * mail's own message comes first. @text_document: a header block at the top of
 * the body describes the mail itself. */
void heddle_chain_build (const HeddleTables *tables, HeddleMail *mail, gboolean text_document,
                         const HeddleLimits *limits, HeddleChain *chain);

/* Give messages that have no parent yet the one that their In-Reply-To names, where the
 * chain holds it. Never makes a circle. */
void heddle_chain_name_parents (HeddleChain *chain);

#endif
