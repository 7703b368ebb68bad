/* SPDX-License-Identifier: MIT */
/* The table of keys. A new one is a row here, a field in base.h, a default in
 * config.c where it has one, and a paragraph in heddle.conf(5) (a test asks). */
#include "base/config-keys.h"

#define TOP(field) G_STRUCT_OFFSET (HeddleConfig, field)
#define PERSON(field) G_STRUCT_OFFSET (HeddlePersonConfig, field)
#define PARTY(field) G_STRUCT_OFFSET (HeddlePartyConfig, field)
#define READ(kind) heddle_config_read_##kind

/* Ten years of days are a typing error, as is a mail of less than a kilobyte or
 * more than a gigabyte. */
#define DAYS 0, 3650
#define BYTES 1024, 1 << 30
#define SESSIONS 1, 100000

const HeddleConfigKey heddle_config_keys[] = {
  { "store", "path", READ (path), TOP (store.path) },

  { "milter", "socket", READ (socket), TOP (milter.socket) },
  { "milter", "socket-group", READ (text), TOP (milter.socket_group) },
  { "milter", "spool", READ (path), TOP (milter.spool) },
  { "milter", "inboxes", READ (addresses), TOP (milter.inboxes) },
  { "milter", "deliver", READ (deliver), TOP (milter.discard) },
  { "milter", "max-bytes", READ (int64), TOP (milter.max_bytes), BYTES },
  { "milter", "max-sessions", READ (int), TOP (milter.max_sessions), SESSIONS },

  { "us", "domains", READ (domains), TOP (us.domains) },
  { "us", "addresses", READ (addresses), TOP (us.addresses) },
  { "us", "names", READ (names), TOP (us.names) },

  { "person", "name", READ (text), PERSON (name) },
  { "person", "addresses", READ (addresses), PERSON (addresses), .required = TRUE },
  { "person", "backup", READ (text), PERSON (backup) },
  { "person", "detail", READ (detail), PERSON (detail) },

  { "party", "match", READ (matches), PARTY (match), .required = TRUE },
  { "party", "role", READ (role), PARTY (role) },
  { "party", "reply-days", READ (int), PARTY (reply_days), DAYS },
  { "party", "commitment-days", READ (int), PARTY (commitment_days), DAYS },
  { "party", "request-days", READ (int), PARTY (request_days), DAYS },
  { "party", "week", READ (week), PARTY (week) },
  { "party", "zone", READ (zone), PARTY (zone) },

  { "calendar", "zone", READ (zone), TOP (calendar.zone) },
  { "calendar", "week", READ (week), TOP (calendar.week) },
  { "calendar", "holidays", READ (path), TOP (calendar.holidays) },
  { "calendar", "dates", READ (dates), TOP (calendar.dates) },

  { "policy", "reply-days", READ (int), TOP (policy.reply_days), 1, 3650 },
  { "policy", "commitment-days", READ (int), TOP (policy.commitment_days), 1, 3650 },
  { "policy", "request-days", READ (int), TOP (policy.request_days), 1, 3650 },

  { "remind", "from", READ (address), TOP (remind.from) },
  { "remind", "relay", READ (relay), TOP (remind.relay) },
  { "remind", "gap-days", READ (int), TOP (remind.gap_days), 1, 3650 },
  { "remind", "at", READ (at), TOP (remind.hour) },

  { "trust", "authserv-id", READ (host), TOP (trust.authserv_id) },
};
const gsize heddle_config_n_keys = G_N_ELEMENTS (heddle_config_keys);

/* "at" fills two fields through one offset. */
G_STATIC_ASSERT (G_STRUCT_OFFSET (HeddleConfig, remind.minute)
                 == G_STRUCT_OFFSET (HeddleConfig, remind.hour) + sizeof (int));
