/* SPDX-License-Identifier: MIT */
/* What a key of heddle.conf may be set to: a reader for each kind of value.
 *
 * A reader writes the field or returns the complaint, never both. Whoever sets a
 * text field owns what was there before. Not handled: whether a path exists, a host
 * answers or a person is known; that is seen when they are used. */
#include "base/config-keys.h"

#include <string.h>

static void
set_text (gpointer field, char *value /* full */)
{
  char **text = field;
  g_free (*text);
  *text = value;
}

static void
set_list (gpointer field, GPtrArray *items /* full, of char * */)
{
  char ***list = field;
  g_strfreev (*list);
  g_ptr_array_add (items, NULL);
  *list = (char **)g_ptr_array_free (items, FALSE);
}

char *
heddle_config_read_text (const HeddleConfigKey *key, const HeddleConfigValue *value,
                         gpointer field)
{
  for (const char *c = value->text; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      return g_strdup ("a control character; write it without");
  set_text (field, g_strdup (value->text));
  return NULL;
}

static char *
absolute_path (const char *path, const char *dir)
{
  if (g_str_has_prefix (path, "~/"))
    return g_build_filename (g_get_home_dir (), path + 2, NULL);
  return g_canonicalize_filename (path, dir);
}

char *
heddle_config_read_path (const HeddleConfigKey *key, const HeddleConfigValue *value,
                         gpointer field)
{
  set_text (field, absolute_path (value->text, value->dir));
  return NULL;
}

char *
heddle_config_read_int64 (const HeddleConfigKey *key, const HeddleConfigValue *value,
                          gpointer field)
{
  gint64 number;
  if (!g_ascii_string_to_signed (value->text, 10, key->least, key->most, &number, NULL))
    return g_strdup_printf ("\"%s\" is no number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT
                            "; write one",
                            value->text, key->least, key->most);
  *(gint64 *)field = number;
  return NULL;
}

char *
heddle_config_read_int (const HeddleConfigKey *key, const HeddleConfigValue *value,
                        gpointer field)
{
  gint64 number = 0;
  char *why = heddle_config_read_int64 (key, value, &number);
  if (why == NULL)
    *(int *)field = (int)number;
  return why;
}

char *
heddle_config_read_zone (const HeddleConfigKey *key, const HeddleConfigValue *value,
                         gpointer field)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTimeZone) zone = heddle_zone_new (value->text, &error);
  if (zone == NULL)
    return g_strdup (error->message);
  set_text (field, g_strdup (value->text));
  return NULL;
}

char *
heddle_config_read_socket (const HeddleConfigKey *key, const HeddleConfigValue *value,
                           gpointer field)
{
  static const char *const kinds[] = { "unix:", "local:", "inet:", "inet6:", "fd:" };
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (value->text, kinds[i]) && value->text[strlen (kinds[i])] != '\0')
      return heddle_config_read_text (key, value, field);
  return g_strdup_printf ("\"%s\" is no socket; write unix:/path or inet:port@host",
                          value->text);
}

char *
heddle_config_read_relay (const HeddleConfigKey *key, const HeddleConfigValue *value,
                          gpointer field)
{
  g_autoptr (GUri) uri = g_uri_parse (value->text, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  if ((strcmp (scheme, "smtp") != 0 && strcmp (scheme, "smtps") != 0) || host == NULL
      || *host == '\0')
    return g_strdup_printf ("\"%s\" is no relay; write smtp://host:port or smtps://host:port",
                            value->text);
  return heddle_config_read_text (key, value, field);
}

/* The place of @word in @words, -1 where it is none of them. */
static int
find_word (const char *word, const char *const *words)
{
  for (int i = 0; words[i] != NULL; i++)
    if (g_ascii_strcasecmp (word, words[i]) == 0)
      return i;
  return -1;
}

static char *
choose (const char *word, const char *const *words, int *ret)
{
  int found = find_word (word, words);
  if (found < 0) {
    g_autofree char *list = g_strjoinv (", ", (char **)words);
    return g_strdup_printf ("\"%s\" is none of %s; write one of them", word, list);
  }
  *ret = found;
  return NULL;
}

char *
heddle_config_read_deliver (const HeddleConfigKey *key, const HeddleConfigValue *value,
                            gpointer field)
{
  static const char *const words[] = { "pass", "discard", NULL };
  int found = 0;
  char *why = choose (value->text, words, &found);
  if (why == NULL)
    *(gboolean *)field = found;
  return why;
}

char *
heddle_config_read_detail (const HeddleConfigKey *key, const HeddleConfigValue *value,
                           gpointer field)
{
  static const char *const words[] = { [HEDDLE_DETAIL_ID] = "id",
                                       [HEDDLE_DETAIL_BRIEF] = "brief",
                                       [HEDDLE_DETAIL_FULL] = "full",
                                       NULL };
  int found = 0;
  char *why = choose (value->text, words, &found);
  if (why == NULL)
    *(HeddleDetail *)field = (HeddleDetail)found;
  return why;
}

char *
heddle_config_read_role (const HeddleConfigKey *key, const HeddleConfigValue *value,
                         gpointer field)
{
  static const char *const words[] = { "platform", "partner", "official", NULL };
  int found = 0;
  char *why = choose (value->text, words, &found);
  if (why == NULL)
    *(HeddleRole *)field = (HeddleRole)(HEDDLE_ROLE_PLATFORM + found);
  return why;
}

/* "mon-fri", "sat-wed" (over the week's end), "mon", to bits. */
static gboolean
read_days (const char *text, HeddleWeek *week)
{
  static const char *const days[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL };
  g_auto (GStrv) ends = g_strsplit (text, "-", 3);
  guint n = g_strv_length (ends);
  if (n < 1 || n > 2)
    return FALSE;
  int first = find_word (g_strstrip (ends[0]), days);
  int last = n == 2 ? find_word (g_strstrip (ends[1]), days) : first;
  if (first < 0 || last < 0)
    return FALSE;
  for (int day = first;; day = (day + 1) % 7) {
    *week |= (HeddleWeek)(1 << day);
    if (day == last)
      return TRUE;
  }
}

char *
heddle_config_read_week (const HeddleConfigKey *key, const HeddleConfigValue *value,
                         gpointer field)
{
  HeddleWeek week = 0;
  g_auto (GStrv) pieces = g_strsplit_set (value->text, ",;", -1);
  for (char **piece = pieces; *piece != NULL; piece++)
    if (!read_days (g_strstrip (*piece), &week))
      return g_strdup_printf (
          "\"%s\" is no working week; write mon-fri, sun-thu or mon,tue,wed", value->text);
  *(HeddleWeek *)field = week;
  return NULL;
}

char *
heddle_config_read_at (const HeddleConfigKey *key, const HeddleConfigValue *value,
                       gpointer field)
{
  int *hour_minute = field; /* two ints, side by side in the struct */
  const char *t = value->text;
  if (strlen (t) == 5 && g_ascii_isdigit (t[0]) && g_ascii_isdigit (t[1]) && t[2] == ':'
      && g_ascii_isdigit (t[3]) && g_ascii_isdigit (t[4])) {
    int hour = (t[0] - '0') * 10 + t[1] - '0', minute = (t[3] - '0') * 10 + t[4] - '0';
    if (hour <= 23 && minute <= 59) {
      hour_minute[0] = hour;
      hour_minute[1] = minute;
      return NULL;
    }
  }
  return g_strdup_printf ("\"%s\" is no time of day; write it as 09:00", t);
}

static gboolean
is_domain (const char *text)
{
  if (*text == '\0' || *text == '.' || *text == '-')
    return FALSE;
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '-' && *c != '.' && (guchar)*c < 0x80)
      return FALSE;
  return text[strlen (text) - 1] != '.' && strstr (text, "..") == NULL;
}

static gboolean
is_address (const char *text)
{
  const char *at = strchr (text, '@');
  if (at == NULL || at == text || !is_domain (at + 1))
    return FALSE;
  for (const char *c = text; c < at; c++)
    if (g_ascii_iscntrl (*c) || strchr (" <>(),;:\\\"[]", *c) != NULL)
      return FALSE;
  return TRUE;
}

char *
heddle_config_read_host (const HeddleConfigKey *key, const HeddleConfigValue *value,
                         gpointer field)
{
  if (!is_domain (value->text))
    return g_strdup_printf ("\"%s\" is no host name; write one such as mail.example.org",
                            value->text);
  set_text (field, g_ascii_strdown (value->text, -1));
  return NULL;
}

char *
heddle_config_read_address (const HeddleConfigKey *key, const HeddleConfigValue *value,
                            gpointer field)
{
  if (!is_address (value->text))
    return g_strdup_printf ("\"%s\" is no address; write it as name@example.org", value->text);
  set_text (field, g_ascii_strdown (value->text, -1));
  return NULL;
}

/* Every item that is @good, in lower case; the complaint about the first that is
 * not, else. */
static char *
read_list (const HeddleConfigValue *value, gboolean (*good) (const char *), const char *what,
           gpointer field)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_free);
  for (char **item = value->items; *item != NULL; item++) {
    if (!good (*item))
      return g_strdup_printf ("\"%s\" is no %s; separate several with ;", *item, what);
    g_ptr_array_add (items, g_ascii_strdown (*item, -1));
  }
  set_list (field, g_steal_pointer (&items));
  return NULL;
}

char *
heddle_config_read_addresses (const HeddleConfigKey *key, const HeddleConfigValue *value,
                              gpointer field)
{
  return read_list (value, is_address, "address", field);
}

char *
heddle_config_read_domains (const HeddleConfigKey *key, const HeddleConfigValue *value,
                            gpointer field)
{
  return read_list (value, is_domain, "domain", field);
}

static gboolean
is_date (const char *text)
{
  HeddleTime ignored;
  return strlen (text) == 10 && heddle_time_parse (text, NULL, &ignored, NULL);
}

char *
heddle_config_read_dates (const HeddleConfigKey *key, const HeddleConfigValue *value,
                          gpointer field)
{
  return read_list (value, is_date, "date such as 2018-12-25", field);
}

char *
heddle_config_read_names (const HeddleConfigKey *key, const HeddleConfigValue *value,
                          gpointer field)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_free);
  for (char **item = value->items; *item != NULL; item++)
    g_ptr_array_add (items, heddle_config_fold_name (*item));
  set_list (field, g_steal_pointer (&items));
  return NULL;
}

char *
heddle_config_read_matches (const HeddleConfigKey *key, const HeddleConfigValue *value,
                            gpointer field)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_free);
  for (char **item = value->items; *item != NULL; item++) {
    gboolean domain = **item == '@', address = strchr (*item, '@') != NULL;
    if (domain ? !is_domain (*item + 1) : address && !is_address (*item))
      return g_strdup_printf (
          "\"%s\" matches nobody; write @domain, an address or a name, separated with ;",
          *item);
    g_ptr_array_add (items,
                     address ? g_ascii_strdown (*item, -1) : heddle_config_fold_name (*item));
  }
  set_list (field, g_steal_pointer (&items));
  return NULL;
}
