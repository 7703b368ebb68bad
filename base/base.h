/* SPDX-License-Identifier: MIT */
/* base: what every other folder but parser/ may lean on; small, and kept small.
 *
 * It promises: no global state but the log's destination; no clock but
 * heddle_time_now(), which only programs call; nothing that knows what a mail
 * is. Files: config, log, json, time, id.
 */
#ifndef HEDDLE_BASE_H
#define HEDDLE_BASE_H

#include <glib.h>

/* --- time: the clock as a value ------------------------------------------- */

/* Seconds since 1970-01-01T00:00:00Z. All of Heddle gets "now" as an argument
 * of this type; G_MININT64 stands for "not known". */
typedef gint64 HeddleTime;
#define HEDDLE_TIME_NONE G_MININT64

/* The system's clock. For main() functions only. */
HeddleTime heddle_time_now (void);

/* Read ISO 8601: a date ("2018-04-10", its midnight), or a date and a time of
 * day ("2018-04-10T15:40", seconds optional, 'T' or a blank between), with "Z",
 * "+02:00", "-0400" or nothing behind it; with nothing it is in @zone
 * ((nullable): UTC). A time in a DST gap is moved forward, as GLib does.
 * Fails with HEDDLE_BASE_ERROR_TIME; @ret is untouched then. */
gboolean heddle_time_parse (const char *text, GTimeZone *zone, HeddleTime *ret, GError **error);

/* "2018-04-10T19:40:00Z" (transfer full), NULL for HEDDLE_TIME_NONE or a year outside
 * 1..9999. */
char *heddle_time_format (HeddleTime time);

/* The zone of that IANA name (transfer full). Fails with
 * HEDDLE_BASE_ERROR_TIME when it is not known; never falls back to UTC. */
GTimeZone *heddle_zone_new (const char *name, GError **error);

/* --- errors ---------------------------------------------------------------- */

#define HEDDLE_BASE_ERROR (heddle_base_error_quark ())
GQuark heddle_base_error_quark (void);
typedef enum {
  HEDDLE_BASE_ERROR_TIME,   /* a time or a zone that cannot be read */
  HEDDLE_BASE_ERROR_CONFIG, /* the configuration; the message names file, line and remedy */
} HeddleBaseError;

/* sysexits(3) and our own; every program's only exit statuses. */
enum {
  HEDDLE_EXIT_OK = 0,
  HEDDLE_EXIT_PARTIAL = 1,  /* something in the input failed, the rest went on */
  HEDDLE_EXIT_USAGE = 2,    /* wrong options or query */
  HEDDLE_EXIT_NOINPUT = 66, /* no such input or store */
  HEDDLE_EXIT_UNAVAILABLE = 69, /* a service that we need is not there */
  HEDDLE_EXIT_SOFTWARE = 70,
  HEDDLE_EXIT_IOERR = 74,   /* disk */
  HEDDLE_EXIT_TEMPFAIL = 75, /* locked, or try again */
  HEDDLE_EXIT_CONFIG = 78,
};

/* --- ids -------------------------------------------------------------------- */

/* @prefix, then 12 characters of lower-case base 32 (RFC 4648 without i, l, o,
 * u: "0123456789abcdefghjkmnpqrstvwxyz") of the SHA-256 over @parts, each
 * followed by a NUL: 60 bits, opaque, and a function of content alone.
 * @parts ends with NULL. (transfer full) */
char *heddle_id (char prefix, const char *const *parts);

/* The SHA-256 of @bytes as 64 lower-case hexadecimal digits (transfer full). */
char *heddle_sha256 (gconstpointer bytes, gsize length);

/* What a mail is known by: the SHA-256 of @bytes with every CRLF made LF and
 * without a first line that begins with "From " (an mbox's separator).
 * (transfer full) */
char *heddle_mail_id (gconstpointer bytes, gsize length);

/* --- JSON, written (RFC 8259) ---------------------------------------------- */

/* A stream of JSON onto a GString: fields come out in the order in which they
 * are added, so equal input gives equal bytes. Text that is not valid UTF-8 is
 * made so with U+FFFD; control characters (C1 too), line and paragraph separators
 * and bidi controls are escaped.
 * Misuse (a value without a key in an object, an unclosed array) is a
 * programming error and asserts. */
typedef struct _HeddleJson HeddleJson;

/* @indent: blanks a level; 0 writes all on one line. */
HeddleJson *heddle_json_new (guint indent);
/* Closes nothing: all must be closed. Returns the text (transfer full), frees @json. */
char *heddle_json_finish (HeddleJson *json);
void heddle_json_free (HeddleJson *json);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleJson, heddle_json_free)

/* The next container that is begun stands on one line with all that is in it,
 * whatever the indent. */
void heddle_json_flat (HeddleJson *json);

/* @key is NULL inside an array and at the top. */
void heddle_json_begin_object (HeddleJson *json, const char *key);
void heddle_json_end_object (HeddleJson *json);
void heddle_json_begin_array (HeddleJson *json, const char *key);
void heddle_json_end_array (HeddleJson *json);
void heddle_json_string (HeddleJson *json, const char *key, const char *value); /* NULL: null */
void heddle_json_int (HeddleJson *json, const char *key, gint64 value);
void heddle_json_double (HeddleJson *json, const char *key, double value);
void heddle_json_bool (HeddleJson *json, const char *key, gboolean value);
void heddle_json_null (HeddleJson *json, const char *key);
void heddle_json_time (HeddleJson *json, const char *key, HeddleTime value); /* NONE: null */

/* --- log --------------------------------------------------------------------- */

/* One line an event on standard error, "level event key=value …", values
 * quoted where they hold blanks, every control character and non-ASCII byte
 * escaped; with sd-daemon priorities ("<4>") when $JOURNAL_STREAM is set.
 * Programs log; libraries return errors. Never hand it a name, an address, a
 * subject or text of a mail: ids, counts, sizes and causes only. */
typedef enum {
  HEDDLE_LOG_ERROR,
  HEDDLE_LOG_WARNING,
  HEDDLE_LOG_NOTICE,
  HEDDLE_LOG_INFO,
  HEDDLE_LOG_DEBUG,
} HeddleLogLevel;

void heddle_log_set_level (HeddleLogLevel most);
/* Pairs of const char * key and value follow @event, then NULL; a NULL value
 * leaves its pair out. Safe to call from several threads at once. */
void heddle_log (HeddleLogLevel level, const char *event, ...) G_GNUC_NULL_TERMINATED;

/* --- configuration ------------------------------------------------------------ */

/* Days of the working week as a set of bits, Monday bit 0 … Sunday bit 6. */
typedef guint8 HeddleWeek;
#define HEDDLE_WEEK_MON_FRI ((HeddleWeek) 0x1f)

typedef enum { HEDDLE_DETAIL_ID, HEDDLE_DETAIL_BRIEF, HEDDLE_DETAIL_FULL } HeddleDetail;
typedef enum {
  HEDDLE_ROLE_OTHER, /* a [party] that gives no role */
  HEDDLE_ROLE_PLATFORM,
  HEDDLE_ROLE_PARTNER,
  HEDDLE_ROLE_OFFICIAL,
} HeddleRole;

typedef struct { /* [person ID]: one of us, who may be reminded */
  char *id;
  char *name;       /* (nullable) */
  char **addresses; /* lower case, at least one; invites go to the first */
  char *backup;     /* (nullable) id of another person */
  HeddleDetail detail;
} HeddlePersonConfig;

typedef struct { /* [party ID]: somebody we wait for */
  char *id;
  char **match; /* lower case: "@domain" (that domain and those below it) or an address,
                   else a name, compared without regard to case */
  HeddleRole role;
  int reply_days, commitment_days, request_days; /* working days; 0: by [policy] */
  gboolean has_week;
  HeddleWeek week;
  char *zone; /* (nullable) IANA name */
} HeddlePartyConfig;

typedef struct {
  char *file; /* (nullable) where it was read from */
  struct { char *path; } store; /* (nullable): the default path */
  struct {
    char *socket, *spool;
    char *socket_group; /* (nullable) whose members may open the socket; else the program's own */
    char **inboxes; /* lower case, may be empty */
    gboolean discard;
    gint64 max_bytes; /* larger mail is answered 552 by the MTA, or 451 by us */
    int max_sessions;
  } milter;
  struct { char **domains, **addresses, **names; } us; /* lower case, may be empty */
  GPtrArray *persons; /* HeddlePersonConfig, in the order of the file */
  GPtrArray *parties; /* HeddlePartyConfig, in the order of the file */
  struct {
    char *zone; /* IANA name, "UTC" by default */
    HeddleWeek week;
    char *holidays; /* (nullable) path of an .ics */
    char **dates;   /* further holidays, ISO dates, may be empty */
  } calendar;
  struct { int reply_days, commitment_days, request_days; } policy;
  gboolean has_policy; /* a file was read and [us] says who we are */
  struct {
    char *from;  /* (nullable) */
    char *relay; /* an smtp:// or smtps:// URL */
    int gap_days; /* working days between two reminders of one follow-up */
    int hour, minute; /* of the reminder, in the calendar's zone */
  } remind;
  struct { char *authserv_id; } trust; /* (nullable) */
  GPtrArray *warnings; /* of char *, "FILE:LINE: what is odd": it was read all the same */
} HeddleConfig;

/* All defaults, nothing read: works without any file. (transfer full) */
HeddleConfig *heddle_config_new (void);

/* Read @path, or when it is NULL the first of $HEDDLE_CONFIG,
 * ~/.config/heddle/heddle.conf and the system's heddle.conf that is there; none
 * is no error. An unknown group or key, or a value that does not fit, fails with
 * HEDDLE_BASE_ERROR_CONFIG as "FILE:LINE: what is wrong; what to do". A backup who
 * is no [person] is left out with a warning. (transfer full) */
HeddleConfig *heddle_config_load (const char *path, GError **error);
void heddle_config_free (HeddleConfig *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleConfig, heddle_config_free)

/* The person with that id (transfer none) (nullable). */
const HeddlePersonConfig *heddle_config_person (const HeddleConfig *config, const char *id);
/* The person who writes from @address, in any case (transfer none) (nullable). */
const HeddlePersonConfig *heddle_config_person_by_address (const HeddleConfig *config,
                                                           const char *address);
/* Whether @address is ours: a [person]'s, one of [us] addresses, or at exactly
 * one of [us] domains (no subdomains). NULL is not ours. */
gboolean heddle_config_is_us (const HeddleConfig *config, const char *address);
/* The same for an author who may have been written without an address: @address
 * decides where there is one, else @name must be, in any case, one of [us] names
 * or the name of a [person]. Both may be NULL. */
gboolean heddle_config_is_our_author (const HeddleConfig *config, const char *name,
                                      const char *address);
/* The [party] that matches, the longest match winning (transfer none)
 * (nullable). Both may be NULL. */
const HeddlePartyConfig *heddle_config_party (const HeddleConfig *config, const char *name,
                                              const char *address);

/* Where the store is: @option, else the configuration's path, else
 * ~/.local/share/heddle/heddle.db. (transfer full) */
char *heddle_config_store_path (const HeddleConfig *config, const char *option);

#endif
