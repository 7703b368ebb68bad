/* SPDX-License-Identifier: MIT */
/* agent: which client wrote a mail, by what its header says. Within parser/ only. */
#ifndef HEDDLE_PARSER_AGENT_H
#define HEDDLE_PARSER_AGENT_H

#include <glib.h>

typedef struct {
  const char *begin;   /* of User-Agent or X-Mailer */
  const char *client;  /* the style, as in styles.c */
  const char *same_as; /* (nullable) the style whose boundaries look the same */
} HeddleAgent;

/* Ends with a NULL begin. */
extern const HeddleAgent heddle_agents[];

/* The client by the header's @fields, NULL when none is known. Static. */
const HeddleAgent *heddle_agent_find (const GArray *fields);

/* The style of the boundary that a mail of @agent wrote, whose look says @style: what it
 * looks like, unless that says nothing or is the same for both. Static, or @style. */
const char *heddle_agent_style (const HeddleAgent *agent, const char *style);

#endif
