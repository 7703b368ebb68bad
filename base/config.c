/* SPDX-License-Identifier: MIT */
/* A heddle.conf to a HeddleConfig, each line checked.
 *
 * How: config-lines.c gives the lines; each key is looked up in the table of
 * config-keys.c and handed to its reader; what a single line cannot show (a backup
 * who is nobody, a person without an address) is checked at the end, still against
 * the line that said it. The first thing wrong ends it. Not handled: including
 * other files; asking the configuration is config-ask.c. */
#include "base/config-keys.h"

#include <string.h>

typedef struct {
  HeddleConfig *config;
  const char *file;
  char *dir;
  GHashTable *seen; /* "group" and "group\nkey" to the line's number */
  gpointer group;   /* what the current group's keys are written into */
  const char *kind; /* the table's name for the current group (static) */
} Loader;

static gboolean complain (const Loader *loader, guint line, GError **error, const char *format,
                          ...) G_GNUC_PRINTF (4, 5);

static gboolean
complain (const Loader *loader, guint line, GError **error, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *why = g_strdup_vprintf (format, args);
  va_end (args);
  /* One line, whatever the file holds. */
  for (char *c = why; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = '?';
  g_set_error (error, HEDDLE_BASE_ERROR, HEDDLE_BASE_ERROR_CONFIG, "%s:%u: %s", loader->file,
               line, why);
  return FALSE;
}

static void
person_free (gpointer data)
{
  HeddlePersonConfig *person = data;
  g_free (person->id);
  g_free (person->name);
  g_strfreev (person->addresses);
  g_free (person->backup);
  g_free (person);
}

static void
party_free (gpointer data)
{
  HeddlePartyConfig *party = data;
  g_free (party->id);
  g_strfreev (party->match);
  g_free (party->zone);
  g_free (party);
}

HeddleConfig *
heddle_config_new (void)
{
  HeddleConfig *config = g_new0 (HeddleConfig, 1);
  config->milter.socket = g_strdup ("unix:/run/heddle/milter.sock");
  config->milter.spool = g_strdup ("/var/spool/heddle");
  config->milter.inboxes = g_new0 (char *, 1);
  config->milter.max_bytes = 40 * 1024 * 1024; /* four times Postfix's own default */
  config->milter.max_sessions = 400;           /* four times Postfix's smtpd processes */
  config->us.domains = g_new0 (char *, 1);
  config->us.addresses = g_new0 (char *, 1);
  config->us.names = g_new0 (char *, 1);
  config->persons = g_ptr_array_new_with_free_func (person_free);
  config->parties = g_ptr_array_new_with_free_func (party_free);
  config->warnings = g_ptr_array_new_with_free_func (g_free);
  config->calendar.zone = g_strdup ("UTC");
  config->calendar.week = HEDDLE_WEEK_MON_FRI;
  config->calendar.dates = g_new0 (char *, 1);
  config->policy.reply_days = 5;
  config->policy.commitment_days = 5;
  config->policy.request_days = 5;
  config->remind.relay = g_strdup ("smtp://127.0.0.1:25");
  config->remind.gap_days = 3;
  config->remind.hour = 9;
  return config;
}

void
heddle_config_free (HeddleConfig *config)
{
  if (config == NULL)
    return;
  g_free (config->file);
  g_ptr_array_unref (config->warnings);
  g_free (config->store.path);
  g_free (config->milter.socket);
  g_free (config->milter.socket_group);
  g_free (config->milter.spool);
  g_strfreev (config->milter.inboxes);
  g_strfreev (config->us.domains);
  g_strfreev (config->us.addresses);
  g_strfreev (config->us.names);
  g_ptr_array_unref (config->persons);
  g_ptr_array_unref (config->parties);
  g_free (config->calendar.zone);
  g_free (config->calendar.holidays);
  g_strfreev (config->calendar.dates);
  g_free (config->remind.from);
  g_free (config->remind.relay);
  g_free (config->trust.authserv_id);
  g_free (config);
}

static gpointer
add_person (HeddleConfig *config, const char *id)
{
  HeddlePersonConfig *person = g_new0 (HeddlePersonConfig, 1);
  person->id = g_strdup (id);
  person->addresses = g_new0 (char *, 1);
  person->detail = HEDDLE_DETAIL_BRIEF;
  g_ptr_array_add (config->persons, person);
  return person;
}

static gpointer
add_party (HeddleConfig *config, const char *id)
{
  HeddlePartyConfig *party = g_new0 (HeddlePartyConfig, 1);
  party->id = g_strdup (id);
  party->match = g_new0 (char *, 1);
  g_ptr_array_add (config->parties, party);
  return party;
}

/* An id stands in ids of rules, in logs and on command lines. */
static gboolean
is_plain_id (const char *id)
{
  for (const char *c = id; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '-' && *c != '_')
      return FALSE;
  return *id != '\0';
}

static gboolean
open_group (Loader *loader, const HeddleConfigLine *line, GError **error)
{
  static const struct {
    const char *kind;
    gpointer (*add) (HeddleConfig *config, const char *id);
  } many[] = { { "person", add_person }, { "party", add_party } };

  gpointer before;
  if (g_hash_table_lookup_extended (loader->seen, line->group, NULL, &before))
    return complain (loader, line->number, error,
                     "[%s] stands in line %u already; put all its keys there", line->group,
                     GPOINTER_TO_UINT (before));
  g_hash_table_insert (loader->seen, g_strdup (line->group), GUINT_TO_POINTER (line->number));

  for (gsize i = 0; i < G_N_ELEMENTS (many); i++) {
    gsize length = strlen (many[i].kind);
    if (strncmp (line->group, many[i].kind, length) != 0
        || (line->group[length] != '\0' && line->group[length] != ' '))
      continue;
    const char *id = line->group[length] == ' ' ? line->group + length + 1 : "";
    if (!is_plain_id (id))
      return complain (
          loader, line->number, error,
          "[%s] has no short name of its own; write [%s NAME] with letters, digits, "
          "- or _",
          line->group, many[i].kind);
    loader->kind = many[i].kind;
    loader->group = many[i].add (loader->config, id);
    return TRUE;
  }
  for (gsize i = 0; i < heddle_config_n_keys; i++)
    if (strcmp (heddle_config_keys[i].group, line->group) == 0) {
      loader->kind = heddle_config_keys[i].group;
      loader->group = loader->config;
      return TRUE;
    }
  return complain (loader, line->number, error,
                   "[%s] is no group that Heddle knows; see heddle.conf(5)", line->group);
}

static const HeddleConfigKey *
find_key (const char *kind, const char *name)
{
  for (gsize i = 0; i < heddle_config_n_keys; i++)
    if (strcmp (heddle_config_keys[i].group, kind) == 0
        && strcmp (heddle_config_keys[i].key, name) == 0)
      return &heddle_config_keys[i];
  return NULL;
}

/* Split at ';', "\;" being a ';' of the text itself. */
static char **
split_items (const char *text)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) item = g_string_new (NULL);
  for (const char *c = text;; c++) {
    if (*c == '\\' && c[1] == ';')
      g_string_append_c (item, *++c);
    else if (*c != '\0' && *c != ';')
      g_string_append_c (item, *c);
    else {
      char *trimmed = g_strstrip (g_strdup (item->str));
      g_string_truncate (item, 0);
      if (*trimmed != '\0')
        g_ptr_array_add (items, trimmed);
      else
        g_free (trimmed);
      if (*c == '\0')
        break;
    }
  }
  g_ptr_array_add (items, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&items), FALSE);
}

static gboolean
read_key (Loader *loader, const HeddleConfigLine *line, GError **error)
{
  const HeddleConfigKey *key = find_key (loader->kind, line->key);
  if (key == NULL)
    return complain (loader, line->number, error,
                     "\"%s\" is no key of [%s]; see heddle.conf(5)", line->key, loader->kind);
  g_autofree char *place = g_strdup_printf ("%s\n%s", line->group, line->key);
  gpointer before;
  if (g_hash_table_lookup_extended (loader->seen, place, NULL, &before))
    return complain (loader, line->number, error,
                     "%s stands in line %u already; keep one of them", line->key,
                     GPOINTER_TO_UINT (before));
  g_hash_table_insert (loader->seen, g_steal_pointer (&place), GUINT_TO_POINTER (line->number));

  g_auto (GStrv) items = split_items (line->value);
  HeddleConfigValue value = { line->value, items, loader->dir };
  if (items[0] == NULL)
    return complain (loader, line->number, error,
                     "%s has no value; give it one or leave it out", line->key);
  g_autofree char *why = key->read (key, &value, (char *)loader->group + key->offset);
  if (why != NULL)
    return complain (loader, line->number, error, "%s: %s", line->key, why);
  if (key->offset == G_STRUCT_OFFSET (HeddlePartyConfig, week)
      && strcmp (key->group, "party") == 0)
    ((HeddlePartyConfig *)loader->group)->has_week = TRUE;
  return TRUE;
}

static guint
line_of (const Loader *loader, const char *kind, const char *id, const char *key)
{
  g_autofree char *place = key != NULL ? g_strdup_printf ("%s %s\n%s", kind, id, key)
                                       : g_strdup_printf ("%s %s", kind, id);
  return GPOINTER_TO_UINT (g_hash_table_lookup (loader->seen, place));
}

static gboolean
check_required (const Loader *loader, const char *kind, const char *id, GError **error)
{
  for (gsize i = 0; i < heddle_config_n_keys; i++) {
    const HeddleConfigKey *key = &heddle_config_keys[i];
    if (key->required && strcmp (key->group, kind) == 0
        && line_of (loader, kind, id, key->key) == 0)
      return complain (loader, line_of (loader, kind, id, NULL), error,
                       "[%s %s] has no \"%s\"; add one", kind, id, key->key);
  }
  return TRUE;
}

/* A backup who is not in the file harms nobody: nobody stands in, and that is said. */
static gboolean
check_backup (const Loader *loader, HeddlePersonConfig *person, GError **error)
{
  guint line = line_of (loader, "person", person->id, "backup");
  g_autoptr (GError) odd = NULL;
  if (strcmp (person->backup, person->id) == 0)
    return complain (loader, line, error,
                     "backup: \"%s\" is that person alone; name another [person]",
                     person->backup);
  if (heddle_config_person (loader->config, person->backup) != NULL)
    return TRUE;
  complain (loader, line, &odd, "backup: \"%s\" is no [person] of this file: nobody stands in",
            person->backup);
  g_ptr_array_add (loader->config->warnings, g_strdup (odd->message));
  g_clear_pointer (&person->backup, g_free);
  return TRUE;
}

/* What only the whole file shows. */
static gboolean
check_whole (const Loader *loader, GError **error)
{
  const HeddleConfig *config = loader->config;
  for (guint i = 0; i < config->parties->len; i++) {
    const HeddlePartyConfig *party = config->parties->pdata[i];
    if (!check_required (loader, "party", party->id, error))
      return FALSE;
  }
  for (guint i = 0; i < config->persons->len; i++) {
    HeddlePersonConfig *person = config->persons->pdata[i];
    if (!check_required (loader, "person", person->id, error))
      return FALSE;
    if (person->backup != NULL && !check_backup (loader, person, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
load_text (Loader *loader, const char *text, GError **error)
{
  guint number = 0;
  g_autofree char *why = NULL;
  g_autoptr (GPtrArray) lines = heddle_config_lines (text, &number, &why);
  if (lines == NULL)
    return complain (loader, number, error, "%s", why);
  for (guint i = 0; i < lines->len; i++) {
    const HeddleConfigLine *line = lines->pdata[i];
    if (!(line->key == NULL ? open_group (loader, line, error)
                            : read_key (loader, line, error)))
      return FALSE;
  }
  return check_whole (loader, error);
}

/* The first of the places where a configuration is looked for, NULL where none is. */
static char *
find_file (void)
{
  const char *named = g_getenv ("HEDDLE_CONFIG");
  if (named != NULL && *named != '\0')
    return g_strdup (named);
  const char *const places[] = { g_get_user_config_dir (), HEDDLE_SYSCONFDIR, "/etc" };
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autofree char *file = g_build_filename (places[i], "heddle", "heddle.conf", NULL);
    if (g_file_test (file, G_FILE_TEST_EXISTS))
      return g_steal_pointer (&file);
  }
  return NULL;
}

HeddleConfig *
heddle_config_load (const char *path, GError **error)
{
  g_autoptr (HeddleConfig) config = heddle_config_new ();
  config->file = path != NULL ? g_strdup (path) : find_file ();
  if (config->file == NULL)
    return g_steal_pointer (&config);

  g_autofree char *text = NULL;
  gsize length;
  g_autoptr (GError) trouble = NULL;
  if (!g_file_get_contents (config->file, &text, &length, &trouble)) {
    g_set_error (error, HEDDLE_BASE_ERROR, HEDDLE_BASE_ERROR_CONFIG, "%s; give a file to read",
                 trouble->message);
    return NULL;
  }
  g_autofree char *whole = g_canonicalize_filename (config->file, NULL);
  g_autofree char *dir = g_path_get_dirname (whole);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Loader loader = { config, config->file, dir, seen, NULL, NULL };
  if (memchr (text, '\0', length) != NULL) {
    complain (&loader, 1, error, "binary data; give a text file");
    return NULL;
  }
  if (!load_text (&loader, text, error))
    return NULL;
  config->has_policy = config->us.domains[0] != NULL;
  return g_steal_pointer (&config);
}
