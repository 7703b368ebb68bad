/* SPDX-License-Identifier: MIT */
/* People and what they said, mails that quote it, and what quoting does to it. */
#ifndef TESTS_THREADS_HARM_H
#define TESTS_THREADS_HARM_H

#include "threads/threads.h"

typedef struct {
  const char *name, *address;
} Person;

#define N_PEOPLE 6
extern const Person people[N_PEOPLE];

/* A message that one person wrote. */
typedef struct {
  const Person *author, *to;
  gint64 minute; /* UTC */
  int zone;
  char *text;
} Said;

/* How it stands in somebody else's mail. */
typedef struct {
  char *text;
  const char *name, *address; /* NULL: not shown */
  gint64 minute;
  int zone;
  gboolean dated, withheld;
  enum { GMAIL, THUNDERBIRD_DE, OUTLOOK, OUTLOOK_FR, FORWARD, BOUNDARIES } boundary;
  const char *behind; /* (nullable) a line below the whole mail */
} Quoted;

/* @sentences of made up prose (transfer full). */
char *paragraph (GRand *rand, guint sentences);

/* What @said says, as it stands before any harm; free its text. */
Quoted quote (const Said *said);
/* A mail of @said. @head: Message-ID, and what else stands in the header. */
GString *mail_begin (const Said *said, const char *head);
void append_quoted (GString *out, const Quoted *q, guint width);
/* Consumes @out. */
HeddleThreadMail *mail_end (HeddleParser *parser, GString *out);
GPtrArray *mails_new (void);

typedef struct {
  const char *name;
  void (*harm) (Quoted *q);
} Harm;

/* The first does nothing. */
extern const Harm harms[];
extern const guint n_harms;
/* Harms that others are judged with. */
void do_no_date (Quoted *q);
void do_withheld (Quoted *q);
void do_cut (Quoted *q);

#endif
