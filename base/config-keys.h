/* SPDX-License-Identifier: MIT */
/* The table of everything a heddle.conf may hold: it drives reading, checking and
 * the test of the manual page. Internal to base/ (and its tests). */
#ifndef HEDDLE_BASE_CONFIG_KEYS_H
#define HEDDLE_BASE_CONFIG_KEYS_H

#include "base/base.h"

typedef struct {
  const char *text; /* of the value, trimmed, escapes undone */
  char **items;     /* the same split at ';', each trimmed, empty ones left out */
  const char *dir;  /* of the file, for relative paths */
} HeddleConfigValue;

typedef struct _HeddleConfigKey HeddleConfigKey;

/* Write @value to @field. On failure nothing is written and the complaint, "what is
 * wrong; what to do", is returned (transfer full). */
typedef char *(*HeddleConfigReader) (const HeddleConfigKey *key, const HeddleConfigValue *value,
                                     gpointer field);

struct _HeddleConfigKey {
  const char *group; /* "person" and "party" stand for "[person ID]", "[party ID]" */
  const char *key;
  HeddleConfigReader read;
  gsize offset; /* in HeddleConfig, HeddlePersonConfig or HeddlePartyConfig, by the group */
  gint64 least, most; /* of numbers */
  gboolean required;  /* in a group of its kind */
};

extern const HeddleConfigKey heddle_config_keys[];
extern const gsize heddle_config_n_keys;

/* Readers (config-value.c). */
char *heddle_config_read_text (const HeddleConfigKey *, const HeddleConfigValue *, gpointer);
char *heddle_config_read_path (const HeddleConfigKey *, const HeddleConfigValue *, gpointer);
char *heddle_config_read_int (const HeddleConfigKey *, const HeddleConfigValue *, gpointer);
char *heddle_config_read_int64 (const HeddleConfigKey *, const HeddleConfigValue *, gpointer);
char *heddle_config_read_zone (const HeddleConfigKey *, const HeddleConfigValue *, gpointer);
char *heddle_config_read_socket (const HeddleConfigKey *, const HeddleConfigValue *, gpointer);
char *heddle_config_read_relay (const HeddleConfigKey *, const HeddleConfigValue *, gpointer);
char *heddle_config_read_deliver (const HeddleConfigKey *, const HeddleConfigValue *, gpointer);
char *heddle_config_read_detail (const HeddleConfigKey *, const HeddleConfigValue *, gpointer);
char *heddle_config_read_role (const HeddleConfigKey *, const HeddleConfigValue *, gpointer);
char *heddle_config_read_week (const HeddleConfigKey *, const HeddleConfigValue *, gpointer);
char *heddle_config_read_at (const HeddleConfigKey *, const HeddleConfigValue *, gpointer);
char *heddle_config_read_host (const HeddleConfigKey *, const HeddleConfigValue *, gpointer);
char *heddle_config_read_address (const HeddleConfigKey *, const HeddleConfigValue *, gpointer);
char *heddle_config_read_addresses (const HeddleConfigKey *, const HeddleConfigValue *, gpointer);
char *heddle_config_read_domains (const HeddleConfigKey *, const HeddleConfigValue *, gpointer);
char *heddle_config_read_names (const HeddleConfigKey *, const HeddleConfigValue *, gpointer);
char *heddle_config_read_matches (const HeddleConfigKey *, const HeddleConfigValue *, gpointer);
char *heddle_config_read_dates (const HeddleConfigKey *, const HeddleConfigValue *, gpointer);

/* @name as names are compared: case folded, white space to single blanks.
 * (transfer full) (config-ask.c) */
char *heddle_config_fold_name (const char *name);

/* A file's text, line by line (config-lines.c). */
typedef struct {
  guint number; /* from 1 */
  char *group;  /* the group it stands in, or opens */
  char *key;    /* NULL for the line that opens a group */
  char *value;  /* NULL then too; escapes undone, comment and outer blanks gone */
} HeddleConfigLine;

/* The lines of @text that say something: array of HeddleConfigLine (transfer full).
 * On failure NULL, and @ret_line and @ret_why (transfer full) say where and what. */
GPtrArray *heddle_config_lines (const char *text, guint *ret_line, char **ret_why);

#endif
