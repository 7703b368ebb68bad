/* SPDX-License-Identifier: MIT */
/* store: all that lasts, and the only SQL.
 *
 * It promises: no function here says anything of SQLite, so that a server engine
 * can stand beside it one day. Two files: the *truth* (raw mails with their
 * envelopes, people's decisions, the outbox and what was sent) at the path that
 * is given, and the *index* (chains, threads, full text) with "-index" added to
 * the name, which can be thrown away and made anew. The truth commits first; the
 * index catches up (heddle_store_pending()). Readers never block the writer, nor
 * it them. What was committed survives a crash of program and machine.
 *
 * Files: open.c (a SQLite file, safe, ours and of this version), packs.c (many small values
 * in few compressed ones), truth.c (schema; mails),
 * index.c (schema; what is pending), messages.c and replace.c (parsed mails in),
 * peek.c (whose truth it is, at a glance), thread.c (conversations out), query.c and query-term.c (the grammar to a tree),
 * query-sql.c (the tree to SQL with bound values only), search.c, snippet.c,
 * decision.c, rules.c (what people decided about threads, for threads/), people.c, outbox.c,
 * quarantine.c, check.c (is all as it was written). docs/schema.md describes the tables.
 */
#ifndef HEDDLE_STORE_H
#define HEDDLE_STORE_H

#include "base/base.h"
#include "threads/threads.h"

#define HEDDLE_STORE_ERROR (heddle_store_error_quark ())
GQuark heddle_store_error_quark (void);
typedef enum {
  HEDDLE_STORE_ERROR_MISSING, /* no store there (exit 66) */
  HEDDLE_STORE_ERROR_UNKNOWN, /* no such id in it (exit 1) */
  HEDDLE_STORE_ERROR_AMBIGUOUS, /* a Message-ID that several messages bear (exit 1) */
  HEDDLE_STORE_ERROR_LOCKED,  /* held by another too long: try again (exit 75) */
  HEDDLE_STORE_ERROR_DISK,    /* full, read-only, unreadable (exit 74) */
  HEDDLE_STORE_ERROR_CORRUPT, /* damaged, or not ours (exit 74) */
  HEDDLE_STORE_ERROR_VERSION, /* made by a newer Heddle (exit 74) */
  HEDDLE_STORE_ERROR_QUERY,   /* a query that cannot be understood; the message says where (exit 2) */
} HeddleStoreError;

typedef struct _HeddleStore HeddleStore;
typedef enum {
  HEDDLE_STORE_READ,  /* fails with MISSING where there is none; never writes */
  HEDDLE_STORE_ASK,   /* the same, for the questions of "asking", raw mails and decisions: as
                         quick as can be, so damage shows when it is met. For a program of one
                         thread that holds no other store open */
  HEDDLE_STORE_WRITE, /* makes the store, and its folder, mode 0700, where there is none */
} HeddleStoreMode;

/* Open the store at @path. Files are made with mode 0600. A writer waits up to
 * 5 s for another one, then LOCKED. An index that is missing, damaged or of another
 * truth is set aside and made empty by a writer: everything is then pending; a reader
 * fails with CORRUPT and the advice to run `heddle rebuild`. Older files are migrated
 * by a writer. To be used by one thread at a time, and not across fork(): a child
 * opens its own. (transfer full) */
HeddleStore *heddle_store_open (const char *path, HeddleStoreMode mode, GError **error);
void heddle_store_close (HeddleStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleStore, heddle_store_close)

/* Call @idle (NULL: nothing any more) now and then while something is written, so that
 * who waits for it can go on with other things in small steps. It must not use the
 * store. */
void heddle_store_set_idle (HeddleStore *store, void (*idle) (gpointer user_data),
                            gpointer user_data);

/* --- truth: mails ---------------------------------------------------------------- */

typedef struct {
  char *sender;   /* (nullable) MAIL FROM without brackets; "" for <> */
  char **rcpts;   /* (nullable) RCPT TO, without brackets */
  char *auth;     /* (nullable) {auth_authen} */
  char *client;   /* (nullable) address of the SMTP client */
  char *queue_id; /* (nullable) */
  char *path;     /* (nullable) for mail that was ingested from a file */
} HeddleEnvelope;
void heddle_envelope_free (HeddleEnvelope *envelope);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleEnvelope, heddle_envelope_free)

typedef struct {
  char *mail;        /* heddle_mail_id (bytes) */
  GBytes *bytes;     /* as they came */
  HeddleEnvelope *envelope;
  HeddleTime received;
  gboolean verified; /* proven to come from one of us */
} HeddleStoreMail;
void heddle_store_mail_free (HeddleStoreMail *mail);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleStoreMail, heddle_store_mail_free)

/* Keep @mails (array of HeddleStoreMail), all or none, durable when this
 * returns. @ret_new: (out) (optional) (transfer full): array of gboolean, FALSE
 * where the same bytes were there already (their further envelope is kept too;
 * verified stays TRUE once any envelope proves it). */
gboolean heddle_store_add_mails (HeddleStore *store, const GPtrArray *mails, GArray **ret_new,
                                 GError **error);

/* The bytes of a mail as they came (transfer full). Fails with UNKNOWN. @mail
 * may be any unique beginning of at least 8 digits. */
GBytes *heddle_store_raw (HeddleStore *store, const char *mail, GError **error);

/* Mails that are in the truth and neither indexed nor quarantined: array of
 * char *, oldest first, at most @limit (0: all). (transfer full) */
GPtrArray *heddle_store_pending (HeddleStore *store, guint limit, GError **error);

/* --- index ------------------------------------------------------------------------- */

typedef struct {
  char *mail;
  char *message; /* "m…" of chain[0] */
  char *thread;  /* "t…" */
  guint added;   /* messages that this mail made known */
  guint merged;  /* messages that it showed again */
} HeddleIndexed;
void heddle_indexed_free (HeddleIndexed *indexed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleIndexed, heddle_indexed_free)

typedef struct {
  char *mail;
  GBytes *record;  /* heddle_chain_to_record(); NULL: it could not be parsed */
  HeddleChain *chain; /* (nullable) what @record says, where that was read already;
                         heddle_store_index() takes it */
  char *reason;    /* (nullable) then: one line, without content */
} HeddleStoreRecord;
void heddle_store_record_free (HeddleStoreRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleStoreRecord, heddle_store_record_free)

/* Thread and index what was parsed (array of HeddleStoreRecord, each of a mail in
 * the truth), all or none; what has no record is quarantined under its reason.
 * Known ones are made anew. @ret: (out) (optional) (transfer full): array of
 * HeddleIndexed, in the order of @records, `thread` NULL for quarantined ones. */
gboolean heddle_store_index (HeddleStore *store, const GPtrArray *records, GPtrArray **ret,
                             GError **error);

/* Mails known before that the last heddle_store_index() had to merge again. */
guint heddle_store_merged_again (const HeddleStore *store);

/* Where a mail that is indexed stands (transfer full), added and merged 0.
 * Fails with UNKNOWN. */
HeddleIndexed *heddle_store_indexed (HeddleStore *store, const char *mail, GError **error);

/* Forget the index, all is pending then. What `heddle rebuild` starts with. Fails, and
 * forgets nothing, where the truth cannot say which mails it has. */
gboolean heddle_store_drop_index (HeddleStore *store, GError **error);

typedef struct {
  char *mail, *reason;
  HeddleTime since; /* when the mail arrived */
  gint64 size;
} HeddleQuarantined;
void heddle_quarantined_free (HeddleQuarantined *item);
GPtrArray *heddle_store_quarantine (HeddleStore *store, GError **error);
/* Make it pending again. */
gboolean heddle_store_release (HeddleStore *store, const char *mail, GError **error);

/* --- asking ------------------------------------------------------------------------- */

/* A thread, whole, by any id it ever had, by any id of one of its messages, or by
 * a Message-ID with or without brackets, of which several messages may claim to be: then
 * the one whose it is counted (threads/threads.h) (transfer full). */
HeddleThread *heddle_store_thread (HeddleStore *store, const char *id, GError **error);

/* The chain of an indexed mail (all 64 digits of its id), without its lines (transfer
 * full). Fails with UNKNOWN. */
HeddleChain *heddle_store_chain (HeddleStore *store, const char *mail, GError **error);

/* The thread that a line of `heddle threads` shows. `messages` of @thread is
 * empty; the counts are filled in. */
typedef struct {
  HeddleThread *thread;
  gboolean alike; /* another has its topic: heddle_store_suggestions() may find some */
} HeddleThreadSummary;
void heddle_thread_summary_free (HeddleThreadSummary *summary);

typedef enum { HEDDLE_SORT_BEST, HEDDLE_SORT_NEWEST, HEDDLE_SORT_OLDEST } HeddleSort;
typedef enum {
  HEDDLE_OUTPUT_MESSAGES,
  HEDDLE_OUTPUT_THREADS,
  HEDDLE_OUTPUT_PARTICIPANTS,
  HEDDLE_OUTPUT_URLS,
  HEDDLE_OUTPUT_DOMAINS,
  HEDDLE_OUTPUT_ATTACHMENTS,
  HEDDLE_OUTPUT_HANDLES,
  HEDDLE_OUTPUT_CASES
} HeddleOutput;

/* What follow-ups make of a thread. */
typedef enum {
  HEDDLE_ASK_OPEN,      /* one of us owes something */
  HEDDLE_ASK_WAITING,   /* only others do */
  HEDDLE_ASK_OVERDUE,   /* something is overdue */
  HEDDLE_ASK_UNSETTLED, /* somebody owes something */
} HeddleAskState;
/* The ids of the threads in @state, some perhaps twice: array of char * (transfer full). */
typedef GPtrArray *(*HeddleAskThreadsFunc) (HeddleAskState state, gpointer data, GError **error);

typedef struct {
  guint limit;  /* 0: all */
  guint offset;
  HeddleSort sort;
  HeddleTime now;   /* for relative dates in a query */
  GTimeZone *zone;  /* (nullable): UTC; in which dates of a query are read */
  HeddleAskThreadsFunc threads_in; /* (nullable): is:open and the like fail with QUERY. Called
                       while the query is read, once for each of them */
  gpointer data;    /* for it */
} HeddleAskOptions;

/* Threads with a message that matches @query (NULL or "": all), newest first:
 * array of HeddleThreadSummary (transfer full). Fails with QUERY: "at column N:
 * …". */
GPtrArray *heddle_store_threads (HeddleStore *store, const char *query,
                                 const HeddleAskOptions *options, GError **error);

/* What a person may want to join with @thread (of which `messages` may be empty): array of
 * HeddleSuggestion, the nearest first (transfer full). */
GPtrArray *heddle_store_suggestions (HeddleStore *store, const HeddleThread *thread,
                                     GError **error);

typedef struct {
  char *thread, *message;
  HeddlePerson *from; /* (nullable) */
  HeddleDate *date;   /* (nullable) */
  char *subject;      /* (nullable) */
  char *snippet;      /* plain text; a hit stands between \001 and \002 */
  double score;       /* higher is better; 0 where words play no part, and where the best
                         does not come first */
} HeddleHit;
void heddle_hit_free (HeddleHit *hit);
/* Array of HeddleHit (transfer full). Messages that nobody has shown us are among them
 * only where the query names is:missing or id:. */
GPtrArray *heddle_store_search (HeddleStore *store, const char *query,
                                const HeddleAskOptions *options, GError **error);

typedef struct {
  char *value;
  guint count;
  HeddleTime first, last; /* of the messages it stands in; NONE where no time is known */
} HeddleTally;
void heddle_tally_free (HeddleTally *tally);
/* What the matching messages hold, most frequent first, then by value: array of
 * HeddleTally (transfer full). Not for OUTPUT_MESSAGES and OUTPUT_THREADS. */
GPtrArray *heddle_store_tally (HeddleStore *store, const char *query, HeddleOutput output,
                               const HeddleAskOptions *options, GError **error);

/* --- truth: what people decided -------------------------------------------------------- */

typedef enum {
  HEDDLE_DECISION_CLOSE,
  HEDDLE_DECISION_REOPEN,
  HEDDLE_DECISION_CLAIM,   /* value: the person's id, NULL where unknown */
  HEDDLE_DECISION_SNOOZE,  /* time: until when */
  HEDDLE_DECISION_SET_DUE, /* time: the end of that day */
  HEDDLE_DECISION_ASSIGN,  /* value: a person's id */
  HEDDLE_DECISION_JOIN,    /* subject and value: evidence whose conversations are one */
  HEDDLE_DECISION_SPLIT,   /* subject: evidence; its message begins a conversation */
  HEDDLE_DECISION_PEOPLE_JOIN, /* subject and value: heddle_people_key(): one person */
  HEDDLE_DECISION_PEOPLE_PART, /* subject: heddle_people_key(): stands alone */
} HeddleDecisionKind;

typedef struct {
  HeddleDecisionKind kind;
  char *subject;   /* the follow-up's id, as it was when the decision was made; of JOIN and
                      SPLIT what heddle_evidence_name() gives */
  char *value;     /* (nullable) */
  HeddleTime time; /* NONE where it has none */
  HeddleTime made; /* when */
} HeddleDecision;
void heddle_decision_free (HeddleDecision *decision);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleDecision, heddle_decision_free)
gboolean heddle_store_decide (HeddleStore *store, const HeddleDecision *decision, GError **error);
/* @decisions (array of HeddleDecision), all or none, durable when this returns. What JOIN
 * and SPLIT decide is then in the index too; where that fails, the next who writes to the
 * index does it. */
gboolean heddle_store_decide_all (HeddleStore *store, const GPtrArray *decisions, GError **error);
/* How a decision names a piece of evidence: its mail, "/", its index (transfer full). */
char *heddle_evidence_name (const HeddleEvidence *evidence);
/* Whether somebody split a conversation at @message. */
gboolean heddle_store_is_split (HeddleStore *store, const HeddleNode *message, gboolean *ret,
                                GError **error);
/* All decisions, oldest first: array of HeddleDecision (transfer full). */
GPtrArray *heddle_store_decisions (HeddleStore *store, GError **error);

/* Tell @people whom all mails of the index name, and what was decided about them. */
gboolean heddle_store_people (HeddleStore *store, HeddlePeople *people, GError **error);

/* --- truth: reminders and the outbox ---------------------------------------------------- */

/* What calendars were told of one follow-up and one invitee. */
typedef struct {
  char *followup;  /* its id when it was first reminded of */
  char *person;    /* the invitee's id */
  char *address;   /* where the invite went */
  char *uid;       /* of the event; never reused */
  int sequence;    /* of the last mail that was queued */
  gboolean cancelled;
  HeddleTime start; /* DTSTART that was last said */
  HeddleTime queued; /* when the last mail was queued */
  char *token;      /* unguessable, in the organizer's address */
} HeddleReminder;
HeddleReminder *heddle_reminder_copy (const HeddleReminder *reminder);
void heddle_reminder_free (HeddleReminder *reminder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleReminder, heddle_reminder_free)

typedef enum {
  HEDDLE_OUTBOX_WAITING,
  HEDDLE_OUTBOX_SENT,
  HEDDLE_OUTBOX_FAILED /* for good */
} HeddleOutboxState;

typedef struct {
  gint64 id;
  char *sender, *rcpt; /* envelope addresses */
  GBytes *bytes;       /* frozen: the same at every attempt */
  HeddleOutboxState state;
  HeddleTime queued, next; /* next: not to be tried before */
  int attempts;
  char *trouble; /* (nullable) what the last attempt met, one line */
} HeddleOutboxItem;
void heddle_outbox_item_free (HeddleOutboxItem *item);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleOutboxItem, heddle_outbox_item_free)

/* All reminders ever, array of HeddleReminder (transfer full). */
GPtrArray *heddle_store_reminders (HeddleStore *store, GError **error);
/* Write down @reminder (known by its uid) and put @item in the outbox, both or
 * neither, durable when this returns. Fails with LOCKED, and writes nothing, where
 * another planner was first: that uid has this sequence already or a higher one, or a
 * reminder under another uid is live for that follow-up and person. */
gboolean heddle_store_queue (HeddleStore *store, const HeddleReminder *reminder,
                             const HeddleOutboxItem *item, GError **error);
/* Items of @state, oldest first, array of HeddleOutboxItem (transfer full). */
GPtrArray *heddle_store_outbox (HeddleStore *store, HeddleOutboxState state, GError **error);
/* Write down what an attempt gave: state, attempts, next and trouble of @item. What is
 * sent stays sent: anything else then fails with UNKNOWN. */
gboolean heddle_store_outbox_update (HeddleStore *store, const HeddleOutboxItem *item,
                                     GError **error);

/* --- looking after it --------------------------------------------------------------------- */

typedef struct {
  guint64 mails, messages /* shown to us, missing ones not counted */, threads;
  guint64 quarantined, pending, waiting, failed;
  HeddleTime last_mail; /* NONE when there is none */
  guint64 truth_bytes, index_bytes;
} HeddleStoreStats;
gboolean heddle_store_stats (HeddleStore *store, HeddleStoreStats *ret, GError **error);

typedef enum {
  HEDDLE_FAULT_TRUTH, /* of the file that cannot be made again */
  HEDDLE_FAULT_MAIL,  /* the bytes of one mail */
  HEDDLE_FAULT_INDEX, /* heddle_store_drop_index() and catching up mend it */
} HeddleFaultPart;
typedef struct {
  HeddleFaultPart part;
  char *mail; /* (nullable) */
  char *what; /* one line, without content */
} HeddleFault;
typedef struct {
  guint64 mails, bytes; /* looked at; found to be as they came */
  guint64 indexed, quarantined, pending;
  GPtrArray *faults; /* of HeddleFault, the truth's first; empty: all is well */
} HeddleCheck;
void heddle_check_free (HeddleCheck *check);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleCheck, heddle_check_free)
typedef void (*HeddleCheckFunc) (guint64 done, guint64 all, gpointer user_data);

/* Read all of the store at @path again, the bytes of every mail too, and say what is not
 * as it was written (transfer full). Writes nothing. @progress: (nullable): after each
 * mail. Fails, as heddle_store_open() does, only where the truth cannot be opened or
 * somebody holds it. */
HeddleCheck *heddle_store_check (const char *path, HeddleCheckFunc progress, gpointer user_data,
                                 GError **error);

#endif
