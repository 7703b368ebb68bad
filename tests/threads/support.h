/* SPDX-License-Identifier: MIT */
/* Chains by hand, a table of bundles in memory, and results as one string. */
#ifndef TESTS_THREADS_SUPPORT_H
#define TESTS_THREADS_SUPPORT_H

#include "threads/threads.h"

#define ENTRIES_MAX 6
#define MAILS_MAX 6

/* One chain entry. Times are "2026-03-01 10:05", with ":30" and "+01:00" behind
 * it or not, or a day alone. `from` is "Name <address>", either of them alone,
 * "?" where withheld ("Name ?": the address is). An entry without text ends its
 * mail; "" is an empty text. */
typedef struct {
  const char *text;
  int up; /* the entry that it answers, 0: none (nothing answers the mail itself) */
  HeddleKind kind; /* of all but the first */
  const char *from, *to, *date, *subject;
  const char *id, *answers, *references; /* the last one blank-separated */
  const char *greeting, *attachment, *index; /* the last one Outlook's, in hexadecimal */
  const char *mentioned; /* a file that its text names, "|" and a caption behind it or not */
} Entry;

typedef struct {
  const char *name; /* its id is the digest of it */
  gboolean verified;
  Entry entries[ENTRIES_MAX];
} Mail;

HeddleMessage *support_message (const Entry *entry);
HeddleThreadMail *support_mail (const Mail *mail);
HeddleThreadMail *support_mail_of (const char *name, gboolean verified, GPtrArray *messages /* full */);
/* Array of HeddleThreadMail that frees them. */
GPtrArray *support_mails (const Mail *mails);

/* All of @threads: every field that merging decides. */
char *support_print (const GPtrArray *threads);

/* Bundles in memory, as the store keeps them. */
typedef struct {
  GPtrArray *bundles; /* of HeddleBundle */
  HeddleThreadSource source;
  guint asked;
} Memory;
Memory *memory_new (void);
void memory_free (Memory *memory);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Memory, memory_free)
void memory_add (Memory *memory, const GPtrArray *mails);
/* All threads of all bundles, sorted by id; they stay the memory's. */
GPtrArray *memory_threads (const Memory *memory);

#endif
