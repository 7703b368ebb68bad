/* SPDX-License-Identifier: MIT */
/* followup: who owes whom an answer, when it is due, and what calendars are told.
 *
 * It promises: due dates are computed on reading, from the thread, the policy and
 * people's decisions, so that a new holiday or policy changes open deadlines at
 * once. Nothing is ever mailed to anybody but the persons of the configuration.
 * The clock is an argument. Only deliver.c speaks to the network, and only the
 * program heddle-deliver (cli/deliver.c) has it in it.
 *
 * Files: policy.c (configuration to days and weeks), holidays.c (an .ics to days),
 * workdays.c (counting days), side.c (who stands where in a thread), courtesy.c
 * (is anything said?), turn.c (a message as a move), ledger.c (what is open),
 * debt.c (one entry: its clock, its words), decide.c (what people decided), open.c
 * (all threads), reminder.c (what calendars should be told now), calendar.c (the
 * iCalendar stream), invite.c (the iMIP mail), wording.c (what it says), deliver.c (SMTP).
 */
#ifndef HEDDLE_FOLLOWUP_H
#define HEDDLE_FOLLOWUP_H

#include "base/base.h"
#include "store/store.h"
#include "threads/threads.h"

#define HEDDLE_FOLLOWUP_ERROR (heddle_followup_error_quark ())
GQuark heddle_followup_error_quark (void);
typedef enum {
  HEDDLE_FOLLOWUP_ERROR_HOLIDAYS, /* the .ics cannot be read */
  HEDDLE_FOLLOWUP_ERROR_CONFIG,   /* a zone, a sender, a relay that is missing or wrong */
  HEDDLE_FOLLOWUP_ERROR_INVITE,   /* an invite that would break a rule of its own */
  HEDDLE_FOLLOWUP_ERROR_RELAY,    /* the relay refused for now, or was not there */
  HEDDLE_FOLLOWUP_ERROR_REFUSED,  /* the relay refused for good */
} HeddleFollowupError;

/* --- policy ---------------------------------------------------------------------- */

/* The configuration with its holidays and zones read. Keeps a pointer to
 * @config, which must outlive it. */
typedef struct _HeddlePolicy HeddlePolicy;
HeddlePolicy *heddle_policy_new (const HeddleConfig *config, GError **error);
/* The same for a configuration that names no file of holidays, and needs no libical; fails
 * with HOLIDAYS where it names one that is there. */
HeddlePolicy *heddle_policy_new_plain (const HeddleConfig *config, GError **error);
void heddle_policy_free (HeddlePolicy *policy);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddlePolicy, heddle_policy_free)

/* --- the ledger ------------------------------------------------------------------ */

typedef enum {
  HEDDLE_FOLLOWUP_AWAITING_REPLY,
  HEDDLE_FOLLOWUP_REQUEST,
  HEDDLE_FOLLOWUP_COMMITMENT,
  HEDDLE_FOLLOWUP_DEADLINE
} HeddleFollowupKind;
const char *heddle_followup_kind_name (HeddleFollowupKind kind); /* "awaiting_reply" … */

/* One day on the way from `since` to `due`, for `heddle why`. */
typedef struct {
  HeddleWall day;
  gboolean counted;
  const char *reason; /* static: "counted", "weekend", "holiday", "day of the message" */
} HeddleDayStep;

typedef struct {
  char *id;       /* "f…": the least of `ids` */
  GPtrArray *ids; /* of char *, sorted: one for each id of the message */
  char *thread, *message;
  char *subject; /* (nullable) the thread's */
  HeddleFollowupKind kind;
  HeddlePerson *waiting_on;        /* the debtor (nullable): nobody is named */
  gboolean ours;                   /* the debtor is one of us */
  const HeddlePartyConfig *party;  /* (nullable) of the debtor; the policy's configuration's */
  const HeddlePersonConfig *owner; /* (nullable) who is reminded */
  HeddleTime since;                /* of the message that started the clock */
  HeddleTime due;                  /* the last second of the due day, where the debtor lives */
  gboolean due_by_hand;            /* somebody set it */
  gboolean overdue;
  int overdue_working_days; /* working days begun since the due day; 0 when not overdue */
  int waited_working_days;  /* the same since the day of the message */
  guint chasers;            /* later messages that asked for the same again */
  char *reason;             /* one sentence: the rule, in words */
  char *rule;               /* its short name: "party.chirper.reply-days", "policy.reply-days",
                               "promise", "deadline", "decision.set-due" */
  char *evidence_text; /* the sentence that started the clock, else the message's first line */
  GArray *spans; /* of HeddleSpan, of that sentence, in the mail that evidence names first */
  gboolean verified; /* the message stands in a mail that is proven to come from one of us */
  HeddleTime snoozed_until; /* NONE: not snoozed */
  gboolean closed;          /* answered, or closed by hand */
  char *closed_by;          /* (nullable) id of the message that answered */
  char *closed_reason;      /* (nullable) one sentence */
  GArray *steps;            /* of HeddleDayStep */
} HeddleFollowup;
void heddle_followup_free (HeddleFollowup *followup);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleFollowup, heddle_followup_free)

/* All follow-ups of @thread, closed ones too, oldest first: array of
 * HeddleFollowup (transfer full). Empty where the configuration does not say who
 * we are. @decisions: (nullable) array of HeddleDecision, oldest first. What was
 * written after @now has not happened yet; decisions always have. */
GPtrArray *heddle_ledger (const HeddlePolicy *policy, const HeddleThread *thread,
                          const GPtrArray *decisions, HeddleTime now);

/* The open ones of all threads of @store, most overdue first, which is by due,
 * then by id; snoozed ones included. (transfer full) Reads every thread: its cost
 * grows with the store, not with what is open. */
GPtrArray *heddle_followups_open (const HeddlePolicy *policy, HeddleStore *store,
                                  HeddleTime now, GError **error);
/* The one that was ever known as @id, open or closed (transfer full). Fails with
 * HEDDLE_STORE_ERROR_UNKNOWN. */
HeddleFollowup *heddle_followup_find (const HeddlePolicy *policy, HeddleStore *store,
                                      const char *id, HeddleTime now, GError **error);

/* "open", "waiting" or "closed" (static): open where one of us owes something,
 * waiting where only others do, closed where nothing is open. */
const char *heddle_ledger_state (const GPtrArray *followups);

/* The open ones of @followups (array of HeddleFollowup) as one iCalendar stream without a
 * METHOD, an event each in their order, at the moment when it is due (transfer full). It
 * bears names, subjects and sentences: for those who may read the threads. */
char *heddle_agenda (const GPtrArray *followups);

/* --- reminders ------------------------------------------------------------------- */

/* A mail that is to go out, frozen. */
typedef struct {
  HeddleReminder *reminder;
  HeddleOutboxItem *item;
  gboolean cancel;
  char *followup;
} HeddleOutgoing;
void heddle_outgoing_free (HeddleOutgoing *outgoing);

/* What calendars should be told at @now: a REQUEST for each follow-up that is due,
 * verified, not snoozed and has an owner whose calendar does not show it yet, or
 * showed it longer ago than the gap between two reminders; one CANCEL for each
 * event whose follow-up has been closed, snoozed, put off or handed on since, after
 * which its UID is dead. At most 50 REQUESTs at a time, the most overdue first.
 * Array of HeddleOutgoing (transfer full); nothing is written. Random and fresh:
 * UIDs, tokens, Message-IDs. Fails with CONFIG where no sender is configured or a
 * person cannot be written to, as "KEY: what is wrong; what to do". */
GPtrArray *heddle_reminders_plan (const HeddlePolicy *policy, HeddleStore *store,
                                  HeddleTime now, GError **error);

/* Try what waits in the outbox and may be tried at @now; each outcome is written
 * down before the next is tried. Temporary failures are tried again later, with
 * growing gaps. @ret_sent, @ret_failed: (out) (optional) counts, set on failure too. Fails only
 * where the store does, with CONFIG when the relay's URL is none, or, with RELAY,
 * when the relay cannot be reached at all: that too is written down first. */
gboolean heddle_outbox_deliver (const HeddleConfig *config, HeddleStore *store, HeddleTime now,
                                guint *ret_sent, guint *ret_failed, GError **error);

#endif
