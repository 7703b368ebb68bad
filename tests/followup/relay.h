/* SPDX-License-Identifier: MIT */
/* A relay for tests: speaks just enough SMTP on a loopback port of its own, says what
 * it is told to say, and keeps what it was given. */
#ifndef HEDDLE_TESTS_FOLLOWUP_RELAY_H
#define HEDDLE_TESTS_FOLLOWUP_RELAY_H

#include <glib.h>

typedef struct {
  const char *greeting, *mail, *rcpt, *data, *end; /* (nullable) replies; NULL: the usual */
  const char *rcpt_for; /* (nullable) only this recipient gets `rcpt` */
  int hang_up_after;    /* lines of data; 0: never, -1: at its end, without a reply */
} RelayManner;

typedef struct {
  char *sender, *rcpt;
  GString *bytes; /* dots undone */
} RelayMail;

typedef struct _Relay Relay;
Relay *relay_start (const RelayManner *manner);
/* "smtp://127.0.0.1:PORT", lives as long as the relay. */
const char *relay_url (const Relay *relay);
/* Ends it: array of RelayMail that it said 250 to (transfer full). */
GPtrArray *relay_stop (Relay *relay);
/* A port on which nobody listens. */
char *relay_nobody (void);

#endif
