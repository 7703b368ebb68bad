/* SPDX-License-Identifier: MIT */
/* threads: which messages are the same, and which belong together.
 *
 * It promises: pure. It asks for what is already known through HeddleThreadSource,
 * which store/ fulfils (and a table in memory, in tests). The outcome depends on
 * the set of mails alone, never on the order in which they came.
 *
 * How: every chain entry of every mail is a piece of *evidence*. Evidence has
 * *keys* (threads/key.c): its Message-ID, those it refers to, fingerprints of its
 * text. Mails that share a key, directly or through others, form a *bundle*.
 * A bundle is merged from scratch, sorted, whenever a mail is added to it: that
 * is what makes the order of arrival irrelevant. Merging (match.c, merge.c)
 * yields nodes (one a message) and edges, and their connected parts are the
 * threads. People's corrections (HeddleThreadRules) are laid over these parts
 * (correct.c); they come with the mails that they name.
 */
#ifndef HEDDLE_THREADS_H
#define HEDDLE_THREADS_H

#include "base/base.h"
#include "parser/parser.h"

/* Ids: each piece of evidence gives heddle_id ('m', mail, index) and heddle_id
 * ('t', mail, index), each Message-ID heddle_id ('m', "mid", Message-ID). So they
 * follow from the set of mails, and an id that was printed once is among the
 * `ids` of some message or thread however many mails follow. A Message-ID that
 * several messages claim is one's: that of a verified mail before that of a
 * received one, then by how often it is shown, then by the least mail id.
 */
#define HEDDLE_THREADS_ERROR (heddle_threads_error_quark ())
GQuark heddle_threads_error_quark (void);
typedef enum {
  HEDDLE_THREADS_ERROR_SOURCE /* the source failed; its own error is chained in the message */
} HeddleThreadsError;

/* A mail as merging sees it: its id, where its bytes came from, its chain. Make
 * it with heddle_thread_mail_new(); do not change it afterwards. Counted: free
 * gives one reference back. Not to be shared between running threads. */
typedef struct {
  char *mail;        /* heddle_mail_id() of its bytes */
  gboolean verified; /* proven to come from one of us */
  HeddleChain *chain; /* `lines` may be empty */
  GPtrArray *rules;  /* (nullable) private: what people decided that names it (rule.c) */
  gpointer traits;   /* private: what is compared of its messages, made when first asked for */
  GPtrArray *keys;   /* (nullable) private: heddle_thread_keys(), made when first asked for */
  guint refs;        /* private */
} HeddleThreadMail;
HeddleThreadMail *heddle_thread_mail_new (const char *mail, gboolean verified, HeddleChain *chain /* full */);
HeddleThreadMail *heddle_thread_mail_ref (HeddleThreadMail *mail);
void heddle_thread_mail_free (HeddleThreadMail *mail);
/* What it says is needed no more; `mail` stays. */
void heddle_thread_mail_forget (HeddleThreadMail *mail);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleThreadMail, heddle_thread_mail_free)

/* Where a message stands: chain entry @index of @mail. */
typedef struct {
  char *mail;
  guint index;
  gboolean received; /* the mail itself, not quoted or attached in it */
  gboolean verified;
  char id[16];       /* that it gives its message; its thread's has the same digits */
} HeddleEvidence;

/* How a text differs from the one that is shown. */
typedef enum {
  HEDDLE_VARIANT_SHOWN,
  HEDDLE_VARIANT_TRUNCATED, /* the ends, or one of them, are left out */
  HEDDLE_VARIANT_EXTENDED,  /* something stands before or behind it */
  HEDDLE_VARIANT_REDACTED,  /* more words are withheld */
  HEDDLE_VARIANT_OPEN,      /* fewer are */
  HEDDLE_VARIANT_OTHER      /* other words */
} HeddleDifference;
const char *heddle_difference_name (HeddleDifference difference); /* NULL for SHOWN */

typedef struct {
  char *text; /* as the first of the evidence has it */
  HeddleDifference difference;
  GArray *evidence; /* of guint: places in the node's `evidence`, ascending */
} HeddleVariant;
void heddle_variant_free (HeddleVariant *variant);

typedef enum { HEDDLE_FIELD_FROM, HEDDLE_FIELD_TO, HEDDLE_FIELD_CC, HEDDLE_FIELD_BCC,
               HEDDLE_FIELDS } HeddlePersonField;

typedef struct {
  char *id;            /* "m…": the least that its evidence gives; a MISSING one's is its Message-ID's */
  GPtrArray *ids;      /* of char *: every id by which this message was ever known, sorted */
  int parent;          /* index in the thread's messages, -1: none */
  GPtrArray *evidence; /* of HeddleEvidence, sorted by mail and index; empty for MISSING */
  int best;            /* index in `evidence`: whose text was taken; the message's spans and its
                          actions' spans count the lines of that mail. -1 for MISSING */
  HeddleMessage *message; /* the merged message; kind MISSING where nobody showed it;
                             its own `parent` is -1 and means nothing here */
  GPtrArray *variants; /* of HeddleVariant, the shown one first; empty where all copies read alike */
  guint variants_left_out; /* copies whose texts would be too many */
  int filled[HEDDLE_FIELDS]; /* by HeddlePersonField: the place in `evidence` from which people were filled
                                in that another copy withholds; -1: none was */
  GPtrArray *namesakes; /* of char *: the least ids of other messages that bear its Message-ID */
} HeddleNode;

typedef struct {
  char *id;        /* "t…": the least of `ids` */
  GPtrArray *ids;  /* of char *, sorted: one for each piece of evidence in it */
  char *subject;   /* (nullable) of the oldest message that has one, as written there */
  GPtrArray *participants; /* of HeddlePerson, withheld ones left out, in order of appearance */
  GPtrArray *messages;     /* of HeddleNode, oldest first; ties parents first, then by id; a parent
                              stands later only where both clocks say their zone and say so */
  gboolean has_first;      /* at least one message's time is known */
  gint64 first, last;      /* UTC seconds; a wall clock without a zone counts as UTC here */
  guint received, quoted_only, missing; /* they add up to messages->len */
} HeddleThread;

void heddle_node_free (HeddleNode *node);
void heddle_thread_free (HeddleThread *thread);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleThread, heddle_thread_free)

/* What people decided about where messages belong, each with a number: of two that
 * contradict one another the one with the higher number prevails. A message is named by
 * any piece of its evidence: by a mail's id and an index in its chain, which stay what they
 * are however many mails follow. What names a mail that is not there changes nothing. */
typedef enum {
  HEDDLE_RULE_JOIN, /* the conversations of both pieces of evidence are one */
  HEDDLE_RULE_SPLIT /* the message, and what answers it, is a conversation of its own; the
                       first message of what a JOIN brought takes all of that with it */
} HeddleRuleKind;
typedef struct {
  HeddleRuleKind kind;
  gint64 number;
  char *mail;
  guint index;
  char *other; /* (nullable) of a JOIN */
  guint other_index;
} HeddleThreadRule;

typedef struct _HeddleThreadRules HeddleThreadRules;
HeddleThreadRules *heddle_thread_rules_new (void);
void heddle_thread_rules_free (HeddleThreadRules *rules);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleThreadRules, heddle_thread_rules_free)
void heddle_thread_rules_add (HeddleThreadRules *rules, const HeddleThreadRule *rule);
/* Tell @mail which of @rules name it, before anything is asked of it. All mails of a
 * bundle are to be told the same @rules. */
void heddle_thread_mail_rule (HeddleThreadMail *mail, const HeddleThreadRules *rules);

/* The place among the messages of @thread of the one that @id names: an id of a message, a
 * Message-ID without brackets, or an id that a piece of its evidence gives a thread; -1. */
int heddle_thread_find (const HeddleThread *thread, const char *id);
/* The piece of evidence by which a rule names @node: the mail itself where it was received.
 * NULL for a MISSING one. (transfer none) */
const HeddleEvidence *heddle_node_anchor (const HeddleNode *node);

/* The keys of a mail, unique and sorted (transfer full, not to be changed): mails that share
 * one belong to one bundle. 17 ASCII characters each, of meaning to nobody else. */
GPtrArray *heddle_thread_keys (const HeddleThreadMail *mail);

/* What is known already; store/ fulfils it. */
typedef struct {
  gpointer self;
  /* Every mail of every bundle that holds one of @keys, each once, in any order:
   * array of HeddleThreadMail (transfer full); NULL with @error set on failure. */
  GPtrArray *(*mails_by_keys) (gpointer self, const GPtrArray *keys, GError **error);
} HeddleThreadSource;

/* All the mails of one bundle to its threads: array of HeddleThread, sorted by
 * id (transfer full). @mails: array of HeddleThreadMail, in any order; consumed
 * in no way. */
GPtrArray *heddle_threads_merge (const GPtrArray *mails);

/* The bundles that @mails (array of HeddleThreadMail, new ones) touch or make:
 * array of HeddleBundle, by the id of their first mail (transfer full). Each of
 * @mails is in one of them, and they replace all bundles that held one of their
 * mails before. The bundles hold references of their own. Mails that are known
 * already are harmless: what @mails says of one prevails, but verified stays.
 * Fails with HEDDLE_THREADS_ERROR_SOURCE. */
typedef struct {
  GPtrArray *mails;   /* of HeddleThreadMail: all of the bundle, sorted by id */
  GPtrArray *threads; /* of HeddleThread, as heddle_threads_merge() gives them */
} HeddleBundle;
void heddle_bundle_free (HeddleBundle *bundle);
GPtrArray *heddle_threads_add (const HeddleThreadSource *source, const GPtrArray *mails,
                               GError **error);

/* --- what may belong together (suggest.c) --------------------------------------------- */

/* More conversations of one subject are no hint: it is a formula of that house. */
#define HEDDLE_SUGGESTIONS_MOST 5u

/* A number for what @subject (nullable) is about: the same for subjects that say the same,
 * and perhaps for some others. 0: it says nothing ("Re:", "Update"). */
gint64 heddle_topic (const char *subject);

/* A conversation that a person may want to join with another one. */
typedef struct {
  char *thread, *subject;
  char *why;    /* English, one line */
  gint64 apart; /* seconds between them */
} HeddleSuggestion;
void heddle_suggestion_free (HeddleSuggestion *suggestion);

/* Those of @others (array of HeddleThread without messages, those of the same topic) that
 * have the subject of @thread, somebody of it, and a time near to it, the nearest first, then
 * by id: array of HeddleSuggestion (transfer full). None where @others are too many. */
GPtrArray *heddle_suggestions (const HeddleThread *thread, const GPtrArray *others);

/* --- who is who (people.c) ------------------------------------------------------------ */

/* Somebody whom one message names, and where. Nothing of it is kept by reference. */
typedef struct {
  const char *name, *address; /* (nullable) with neither it is nobody */
  gboolean author;        /* who wrote it; else one of those to whom it went */
  gboolean header;        /* it stands in the header of a mail, else in a quotation */
  gint64 message, thread; /* their numbers, to be counted by */
  gint64 time;            /* of the message; G_MININT64: not known */
  const char *mail;       /* the evidence */
  guint index;
} HeddleSighting;

typedef enum {
  HEDDLE_PEOPLE_CONFIGURED, /* the configuration says that both are one */
  HEDDLE_PEOPLE_JOIN,       /* somebody decided that both are one */
  HEDDLE_PEOPLE_PART        /* somebody decided that the first stands alone */
} HeddlePeopleRule;

/* Why an identity is one. */
typedef enum {
  HEDDLE_PROOF_HEADER,       /* a header shows the name with the address, or the name alone */
  HEDDLE_PROOF_QUOTATION,    /* a quotation does: weaker, for who quotes may write anything */
  HEDDLE_PROOF_CONVERSATION, /* the name alone, where one of that name takes part */
  HEDDLE_PROOF_CONFIGURED,
  HEDDLE_PROOF_DECIDED
} HeddleProofKind;
typedef struct {
  HeddleProofKind kind;
  char *name, *address; /* (nullable) */
  char *mail;           /* (nullable) the first of its evidence, by id */
  guint index, count;
} HeddleProof;

typedef enum {
  HEDDLE_IDENTITY_PERSON,
  HEDDLE_IDENTITY_SHARED, /* an address from which several names write */
  HEDDLE_IDENTITY_NAME    /* a name without an address; may be several people */
} HeddleIdentityKind;
typedef struct {
  char *id;             /* "p…": the least of `ids` */
  GPtrArray *ids;       /* of char *, sorted: one for each address and name of it */
  HeddleIdentityKind kind;
  GPtrArray *names;     /* of char *, as mostly written, by their words */
  GPtrArray *addresses; /* of char *, sorted */
  GPtrArray *keys;      /* of char *, sorted: how decisions name what it is made of */
  guint messages, threads; /* that it wrote, and in how many conversations */
  guint by_name;           /* of the messages, known by the name alone */
  gint64 first, last;      /* of them; G_MININT64: not known */
  GPtrArray *proofs;       /* of HeddleProof */
} HeddleIdentity;
void heddle_identity_free (HeddleIdentity *identity);

typedef struct _HeddlePeople HeddlePeople;
HeddlePeople *heddle_people_new (void);
void heddle_people_free (HeddlePeople *people);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddlePeople, heddle_people_free)
/* In any order. */
void heddle_people_see (HeddlePeople *people, const HeddleSighting *sighting);
/* In the order in which they are to hold. @one, @other: keys; what names nobody does nothing. */
void heddle_people_rule (HeddlePeople *people, HeddlePeopleRule rule, const char *one,
                         const char *other);
/* The key of an address, or of a name where @address is NULL (transfer full) (nullable). */
char *heddle_people_key (const char *address, const char *name);
/* Array of HeddleIdentity, by id (transfer full). */
GPtrArray *heddle_people_identities (HeddlePeople *people);
/* --- what is not there ------------------------------------------------------------ */

typedef enum {
  HEDDLE_GAP_MESSAGE,   /* others answer it or refer to it, and nobody showed it */
  HEDDLE_GAP_ATTACHMENT /* a message names it, or says that it came along, and it did not */
} HeddleGapKind;
const char *heddle_gap_kind_name (HeddleGapKind kind);

typedef enum {
  HEDDLE_GAP_ANSWERS,  /* the message answers it */
  HEDDLE_GAP_REFERS,   /* its References hold it */
  HEDDLE_GAP_NAMES,    /* its text names the file */
  HEDDLE_GAP_CAPTIONS, /* its text says what the file shows */
  HEDDLE_GAP_SAYS      /* its text says that something came along */
} HeddleGapReason;
const char *heddle_gap_reason_name (HeddleGapReason reason);

typedef struct {
  guint message; /* index in the thread's messages */
  char *mail;    /* (nullable) in which it stands so: as received, where it was */
  HeddleGapReason reason;
  char *text;    /* (nullable) the caption, or the sentence */
} HeddleGapEvidence;

typedef struct {
  HeddleGapKind kind;
  guint message; /* index in the thread's messages: of the missing one; of the first that
                    names the file */
  char *name;    /* (nullable) the file's */
  GPtrArray *evidence; /* of HeddleGapEvidence, answers first, in the order of the messages */
  HeddleTime after, before; /* between which it was sent: what it answers, what answers it;
                               NONE where no clock says it, or they contradict one another */
  HeddlePerson *likely_author; /* (nullable) whom all that answers it addresses; of a file,
                                  the author of the message */
  HeddlePerson *ask; /* (nullable) who most likely holds it */
  char *sentence;    /* English, to be copied into a mail */
} HeddleGap;
void heddle_gap_free (HeddleGap *gap);

/* What is missing from @thread: array of HeddleGap, missing messages first, each kind in
 * the order of its messages (transfer full). @config: (nullable) says who is one of us.
 * Linear in the thread. */
GPtrArray *heddle_gaps (const HeddleThread *thread, const HeddleConfig *config);

/* --- the fewest mails ---------------------------------------------------------------- */

typedef enum {
  HEDDLE_COPY_WHOLE,
  HEDDLE_COPY_TRUNCATED, /* it lacks words that the thread's text has */
  HEDDLE_COPY_REDACTED,  /* it withholds words, or the author, that others show */
  HEDDLE_COPY_OTHER,     /* other words */
  HEDDLE_COPY_EXTENDED,  /* whole, and something stands before or behind it */
  HEDDLE_COPY_OPEN       /* whole, and shows words that the thread's text withholds */
} HeddleCopy;
const char *heddle_copy_name (HeddleCopy copy); /* NULL for WHOLE */

typedef struct {
  guint message; /* index in the thread's messages */
  HeddleCopy copy;
  const HeddleAttachment *attachment; /* (nullable) the mail's */
} HeddleAddition;

/* What a mail has that the needed ones, itself left out, have not. */
typedef struct {
  const HeddleThreadMail *mail;
  int message;      /* index of what it is itself, -1: another conversation's */
  gboolean needed;
  guint holds;      /* messages, whole */
  GArray *messages; /* of guint: held whole in no other needed mail */
  GArray *attachments, *variants; /* of HeddleAddition; variants: those of the messages but the
                                     shown ones */
} HeddleInclusiveMail;

typedef struct {
  GPtrArray *mails; /* of HeddleInclusiveMail, oldest first, then by id */
  guint needed;
  guint least;      /* no set of fewer mails will do */
  guint unheld;     /* messages that no mail holds: the missing ones */
} HeddleInclusive;
void heddle_inclusive_free (HeddleInclusive *inclusive);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleInclusive, heddle_inclusive_free)

/* The smallest set of @mails (array of HeddleThreadMail; all that the evidence of @thread
 * names) that holds every message of @thread whole (transfer full). Among sets of one
 * size older mails come first. Exact (`needed` is `least`) but for threads that would
 * take too long; then it may be larger. @mails must outlive it. */
HeddleInclusive *heddle_inclusive (const HeddleThread *thread, const GPtrArray *mails);

#endif
