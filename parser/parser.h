/* SPDX-License-Identifier: MIT */
/* parser: from bytes to the reply chain inside them.
 *
 * It promises: pure functions of their arguments. No disk, network, clock,
 * locale, log or global state; limits and the reference time are arguments.
 * Every byte string gives a chain or one clear error. Time and memory grow
 * linearly with the input. What the document does not say is absent (NULL, or a
 * has_ flag that is FALSE), never guessed; what is inferred says so.
 *
 * How a mail goes through: mail.c (MIME to bodies and attachments) → html.c and
 * lines.c (each body to one model of lines) → boundary.c (where other messages
 * begin) → zone.c (greeting, sign-off, signature) → chain.c (messages, parents,
 * stacked signatures) → person.c, when.c, url.c, reference.c, ask.c (what a
 * message says) → record.c (the chain as one flat value).
 *
 * All text is valid UTF-8 without NUL. All strings and arrays in these structs
 * belong to the struct that holds them.
 */
#ifndef HEDDLE_PARSER_H
#define HEDDLE_PARSER_H

#include <glib.h>

#define HEDDLE_PARSE_ERROR (heddle_parse_error_quark ())
GQuark heddle_parse_error_quark (void);
typedef enum {
  HEDDLE_PARSE_ERROR_EMPTY,    /* no bytes, or none but white space */
  HEDDLE_PARSE_ERROR_NOT_MAIL, /* binary data: no header field, and control bytes */
  HEDDLE_PARSE_ERROR_LIMIT,    /* larger than limits->bytes */
  HEDDLE_PARSE_ERROR_RECORD,   /* a record that is not one (heddle_chain_from_record) */
} HeddleParseError;

/* --- limits ----------------------------------------------------------------- */

/* Past `bytes` parsing is refused. Past any other the rest is left out and a
 * warning in the chain says which. */
typedef struct {
  gsize bytes;         /* of a mail */
  gsize header_bytes;  /* of one header field; longer ones are cut before GMime sees them */
  guint headers;       /* fields in one header */
  guint addresses;     /* in one address field */
  guint references;    /* Message-IDs in one field */
  guint mime_depth;    /* multiparts and message/rfc822 within each other */
  guint mime_parts;    /* in one mail, embedded ones included */
  guint lines;         /* of all bodies */
  gsize line_bytes;    /* of one line; longer ones are broken */
  guint messages;      /* in one chain */
  guint facts;         /* URLs, handles, dates, actions …, of each kind in one message;
                          0: none is looked for */
} HeddleLimits;
extern const HeddleLimits heddle_limits_default;

/* --- what a chain is made of -------------------------------------------------- */

typedef struct { /* a clock on a wall: no zone */
  int year, month, day, hour, minute, second;
} HeddleWall;

typedef enum {
  HEDDLE_PRECISION_DAY,
  HEDDLE_PRECISION_MINUTE,
  HEDDLE_PRECISION_SECOND
} HeddlePrecision;

typedef enum { /* what says in which zone a wall clock stands */
  HEDDLE_PIN_NONE,
  HEDDLE_PIN_ANSWER, /* the date of the answer that quotes it */
  HEDDLE_PIN_AUTHOR, /* another date of that answer's author */
  HEDDLE_PIN_COPY    /* how that author's client shows a message of known time */
} HeddlePin;

typedef struct {
  char *raw; /* as written, white space folded */
  gboolean has_local;
  HeddleWall local; /* as written; hour, minute, second 0 under PRECISION_DAY */
  gboolean has_offset;
  int offset; /* minutes east of Greenwich, as written */
  gboolean has_utc;
  gint64 utc;        /* seconds since 1970 */
  gboolean inferred; /* utc rests on what the rest of the chain says */
  HeddlePrecision precision;
  HeddlePin pin; /* the evidence where `inferred`, else NONE */
  int zone;            /* the minutes east of Greenwich that utc rests on then */
  int witness;         /* the index of the message that says so, -1 out of its chain */
} HeddleDate;

typedef struct {
  char *name;    /* (nullable) without quotes; NULL where withheld */
  char *address; /* (nullable) addr-spec, domain in lower case; NULL where withheld */
  gboolean redacted; /* the document says that a name or an address is withheld */
  char *raw; /* as written, white space folded */
} HeddlePerson;

typedef struct {
  guint first, last; /* lines of the chain, from 1, both included */
} HeddleSpan;

typedef struct {
  char *url;      /* (nullable) unwrapped; as written, but for white space within; NULL when
                     words carry a link whose target was lost */
  char *text;     /* (nullable) the words that carried the link, if others than the URL */
  char *domain;   /* (nullable) registrable domain, lower case; an IP literal as it is */
  char *original; /* (nullable) the scanner's wrapped form, or the disarmed one as written */
} HeddleUrl;

typedef struct {
  char *id;  /* the number alone */
  char *raw; /* as written: "Case# 1234" */
} HeddleCase;

typedef enum { HEDDLE_ATTACHMENT_PART, HEDDLE_ATTACHMENT_MENTIONED } HeddleAttachmentKind;
typedef struct {
  char *name;   /* (nullable) the last path component, no control characters */
  char *type;   /* (nullable) lower case "image/png" */
  gint64 size;  /* decoded bytes, -1 when not here */
  char *sha256; /* (nullable) of the decoded bytes */
  HeddleAttachmentKind kind;
  char *caption; /* (nullable) what a line of the text says that it shows */
} HeddleAttachment;

typedef struct { /* a date or a span of time that the text speaks of */
  char *raw;
  HeddleWall start;
  gboolean has_end;
  HeddleWall end; /* inclusive */
  HeddlePrecision precision;
} HeddleMention;

typedef enum {
  HEDDLE_ACTION_REQUEST,
  HEDDLE_ACTION_QUESTION,
  HEDDLE_ACTION_COMMITMENT,
  HEDDLE_ACTION_DEADLINE
} HeddleActionKind;
typedef struct {
  HeddleActionKind kind;
  char *text; /* the sentence, white space folded */
  gboolean has_due;
  HeddleWall due; /* the day until which, or on which, by the sentence's own words */
  HeddleSpan span;
} HeddleAction;

typedef enum {
  HEDDLE_KIND_RECEIVED, /* chain[0] */
  HEDDLE_KIND_FORWARD,  /* carried by a forward */
  HEDDLE_KIND_REPLY,    /* quoted by an answer */
  HEDDLE_KIND_ATTACHED, /* a message/rfc822 part or an attached .eml */
  HEDDLE_KIND_MISSING,  /* never in a chain: what threads/ makes of a reference to a
                           message that nobody has shown us */
} HeddleKind;

typedef enum {
  HEDDLE_AUTOMATIC_NO,
  HEDDLE_AUTOMATIC_AUTO_REPLY,
  HEDDLE_AUTOMATIC_BOUNCE,
  HEDDLE_AUTOMATIC_ACKNOWLEDGEMENT,
  HEDDLE_AUTOMATIC_CALENDAR,
  HEDDLE_AUTOMATIC_LIST
} HeddleAutomatic;

typedef struct {
  int parent; /* index of the message that this one answers or forwards, -1: none */
  HeddleKind kind;
  char *style; /* (nullable) the client that wrote the boundary: "gmail", "outlook",
                  "apple", "thunderbird", "yahoo", …, "unknown"; NULL for RECEIVED */
  HeddlePerson *from;       /* (nullable) */
  GPtrArray *to, *cc, *bcc; /* of HeddlePerson, never NULL */
  char *subject;            /* (nullable) */
  HeddleDate *date;         /* (nullable) */
  char *message_id;         /* (nullable) without angle brackets, as the next two */
  char *in_reply_to;        /* (nullable) the first one where there are several */
  GPtrArray *references;    /* of char *, oldest first */
  char *thread_index;       /* (nullable) Outlook's conversation index in lower-case hexadecimal:
                               22 bytes of the conversation, 5 more for each answer */
  char *text;               /* what the author wrote here; "" when nothing */
  char *greeting, *signoff, *signature; /* (nullable) */
  GPtrArray *markings;      /* of char *: "UNCLASSIFIED" */
  GPtrArray *urls;          /* of HeddleUrl */
  GPtrArray *handles;       /* of char *, with "@", as first written */
  GPtrArray *people;        /* of HeddlePerson: whom the text names with their address */
  GPtrArray *cases;         /* of HeddleCase */
  GPtrArray *attachments;   /* of HeddleAttachment */
  GPtrArray *dates;         /* of HeddleMention */
  GPtrArray *actions;       /* of HeddleAction, in the order of the text */
  gboolean encrypted;
  HeddleAutomatic automatic;
  const char *ground; /* (nullable) static: what made it `automatic`, for --explain */
  GArray *spans;            /* of HeddleSpan: where `text` stands, ascending */
} HeddleMessage;

typedef enum {
  HEDDLE_ZONE_HEADER, /* attribution lines and inline header blocks */
  HEDDLE_ZONE_GREETING,
  HEDDLE_ZONE_BODY,
  HEDDLE_ZONE_SIGNOFF,
  HEDDLE_ZONE_SIGNATURE, /* disclaimers and "Sent from my …" too */
  HEDDLE_ZONE_ATTACHMENT,
  HEDDLE_ZONE_MARKING,
  HEDDLE_ZONE_BLANK,
  HEDDLE_ZONE_OTHER /* belongs to nobody */
} HeddleZone;

typedef struct {
  char *text; /* the physical line, decoded, marks kept, without its line end */
  HeddleZone zone;
  int message;      /* whose it is, -1 for ZONE_OTHER; a header line's is the message it introduces */
  int depth;        /* quote marks or containers around it */
  const char *rule; /* (nullable) static: the rule that decided, for --explain */
} HeddleChainLine;

typedef struct {
  GPtrArray *messages; /* of HeddleMessage; [0] is the mail as received */
  GPtrArray *lines;    /* of HeddleChainLine */
  GPtrArray *warnings; /* of char *, one sentence each: what was odd, without content */
} HeddleChain;

/* Names as interface.md spells them ("auto-reply"); NULL for AUTOMATIC_NO. */
const char *heddle_kind_name (HeddleKind kind);
const char *heddle_zone_name (HeddleZone zone);
const char *heddle_automatic_name (HeddleAutomatic automatic);
const char *heddle_action_kind_name (HeddleActionKind kind);
const char *heddle_precision_name (HeddlePrecision precision);
const char *heddle_pin_name (HeddlePin pin); /* NULL for NONE */

HeddlePerson *heddle_person_new (const char *name, const char *address, gboolean redacted,
                                 const char *raw);
HeddlePerson *heddle_person_copy (const HeddlePerson *person); /* NULL gives NULL */
void heddle_person_free (HeddlePerson *person);
HeddleDate *heddle_date_copy (const HeddleDate *date); /* NULL gives NULL */
void heddle_date_free (HeddleDate *date);
void heddle_url_free (HeddleUrl *url);
void heddle_case_free (HeddleCase *item);
void heddle_attachment_free (HeddleAttachment *attachment);
void heddle_mention_free (HeddleMention *mention);
void heddle_action_free (HeddleAction *action);
HeddleMessage *heddle_message_new (HeddleKind kind); /* empty, all lists there */
HeddleMessage *heddle_message_copy (const HeddleMessage *message); /* deep */
/* As that, but both have their lists in common from then on: what would change a list of
 * either has to put another in its place. */
HeddleMessage *heddle_message_share (const HeddleMessage *message);
void heddle_message_free (HeddleMessage *message);
HeddleChain *heddle_chain_new (void);
void heddle_chain_free (HeddleChain *chain);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddlePerson, heddle_person_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleDate, heddle_date_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleMessage, heddle_message_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleChain, heddle_chain_free)

/* --- parsing -------------------------------------------------------------------- */

/* The tables: names of months and days, word lists, the public suffix list. They are
 * read-only data of the program, so making one costs next to nothing and reads no file.
 * Holds no state between calls; one a thread. */
typedef struct _HeddleParser HeddleParser;
HeddleParser *heddle_parser_new (void);
void heddle_parser_free (HeddleParser *parser);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleParser, heddle_parser_free)

/* The chain of one mail, RFC 5322 with MIME, line ends LF or CRLF; a leading
 * mbox "From " line is passed over. (transfer full)
 * @limits: (nullable): the defaults.
 * Fails with EMPTY, NOT_MAIL, LIMIT. */
HeddleChain *heddle_parse_mail (HeddleParser *parser, gconstpointer bytes, gsize length,
                                const HeddleLimits *limits, GError **error);

/* The chain of a bare text document: a released thread, a pasted body. An
 * unquoted header block at the very top describes chain[0]; otherwise chain[0]
 * is the document itself and has no author. Same errors. (transfer full) */
HeddleChain *heddle_parse_text (HeddleParser *parser, gconstpointer bytes, gsize length,
                                const HeddleLimits *limits, GError **error);

/* --- the record: a chain as one flat value that crosses a pipe --------------------- */

/* Bytes that say all that @chain holds, `lines` only if @with_lines, and of these
 * not `rule`. The form is private and may change with any release. (transfer full) */
GBytes *heddle_chain_to_record (const HeddleChain *chain, gboolean with_lines);

/* The chain in @record, every length, count, index, enum and string checked:
 * the sender may have been taken over by a hostile mail. (transfer full) What would
 * change a list of its messages has to put another in its place: empty ones are one.
 * Fails with HEDDLE_PARSE_ERROR_RECORD. */
HeddleChain *heddle_chain_from_record (GBytes *record, GError **error);

/* --- text, as search and matching compare it ---------------------------------------- */

/* @text folded: case, accents, full-width forms, Arabic/Persian letter variants
 * (ي/ی, ك/ک, ة/ه), tatweel, diacritics, ZWNJ and other format characters gone,
 * every decimal digit as ASCII; runs of white space one blank, none at
 * the ends. Idempotent. (transfer full) */
char *heddle_text_fold (const char *text);

/* A subject without its prefixes ("Re:", "Fwd:", "AW:", "Re[2]:"; a "[list]" among
 * them is kept), of any supported language, white space folded. "" for NULL.
 * (transfer full) */
char *heddle_subject_base (const char *subject);

/* In which language @text is written, by its first words: a code of BCP 47 without region
 * ("fa", "pt"; static), NULL where they leave it open, as short texts do. */
const char *heddle_text_language (const char *text);
/* Whether heddle_text_language() could ever say @code. */
gboolean heddle_language_is_known (const char *code);

/* The first sentence of @text that says that something comes with it ("attached are the
 * screen shots", "anbei die Liste"), in any supported language, white space folded and
 * cut to what is bearable; NULL where there is none. Linear. (transfer full) */
char *heddle_enclosed_sentence (const char *text);

#endif
