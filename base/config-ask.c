/* SPDX-License-Identifier: MIT */
/* Asking a configuration: who is one of us, who is a party, where the store is.
 *
 * Everything compared was folded when it was read, so that only the question is
 * folded here. Not handled: aliases that people taught the store. */
#include "base/config-keys.h"

#include <string.h>

static char *
fold_address (const char *address)
{
  g_autofree char *folded = g_strstrip (g_ascii_strdown (address, -1));
  gsize length = strlen (folded);
  if (length > 0 && folded[length - 1] == '.') /* "example.org." is the same host */
    folded[length - 1] = '\0';
  return g_steal_pointer (&folded);
}

char *
heddle_config_fold_name (const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);
  g_auto (GStrv) words = g_strsplit_set (folded, " \t\n", -1);
  g_autoptr (GString) out = g_string_new (NULL);
  for (char **word = words; *word != NULL; word++)
    if (**word != '\0')
      g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", *word);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

const HeddlePersonConfig *
heddle_config_person (const HeddleConfig *config, const char *id)
{
  for (guint i = 0; id != NULL && i < config->persons->len; i++) {
    const HeddlePersonConfig *person = config->persons->pdata[i];
    if (strcmp (person->id, id) == 0)
      return person;
  }
  return NULL;
}

const HeddlePersonConfig *
heddle_config_person_by_address (const HeddleConfig *config, const char *address)
{
  if (address == NULL)
    return NULL;
  g_autofree char *folded = fold_address (address);
  for (guint i = 0; i < config->persons->len; i++) {
    const HeddlePersonConfig *person = config->persons->pdata[i];
    if (g_strv_contains ((const char *const *)person->addresses, folded))
      return person;
  }
  return NULL;
}

gboolean
heddle_config_is_us (const HeddleConfig *config, const char *address)
{
  if (address == NULL)
    return FALSE;
  if (heddle_config_person_by_address (config, address) != NULL)
    return TRUE;
  g_autofree char *folded = fold_address (address);
  if (g_strv_contains ((const char *const *)config->us.addresses, folded))
    return TRUE;
  const char *at = strrchr (folded, '@');
  return at != NULL && at != folded
         && g_strv_contains ((const char *const *)config->us.domains, at + 1);
}

gboolean
heddle_config_is_our_author (const HeddleConfig *config, const char *name, const char *address)
{
  if (address != NULL)
    return heddle_config_is_us (config, address);
  if (name == NULL)
    return FALSE;
  g_autofree char *folded = heddle_config_fold_name (name);
  if (g_strv_contains ((const char *const *)config->us.names, folded))
    return TRUE;
  for (guint i = 0; i < config->persons->len; i++) {
    const HeddlePersonConfig *person = config->persons->pdata[i];
    g_autofree char *own = person->name != NULL ? heddle_config_fold_name (person->name) : NULL;
    if (own != NULL && *own != '\0' && strcmp (own, folded) == 0)
      return TRUE;
  }
  return FALSE;
}

/* Whether @match ("@domain", an address, a name) is met by the folded pair. */
static gboolean
matches (const char *match, const char *name, const char *address)
{
  if (match[0] != '@')
    return g_strcmp0 (match, strchr (match, '@') != NULL ? address : name) == 0;
  const char *domain = address != NULL ? strrchr (address, '@') : NULL;
  if (domain == NULL)
    return FALSE;
  gsize have = strlen (domain), want = strlen (match);
  if (have == want)
    return strcmp (domain, match) == 0;
  return have > want && strcmp (domain + have - want + 1, match + 1) == 0
         && domain[have - want] == '.';
}

const HeddlePartyConfig *
heddle_config_party (const HeddleConfig *config, const char *name, const char *address)
{
  g_autofree char *folded_name = name != NULL ? heddle_config_fold_name (name) : NULL;
  g_autofree char *folded_address = address != NULL ? fold_address (address) : NULL;
  const HeddlePartyConfig *best = NULL;
  gsize best_length = 0;
  for (guint i = 0; i < config->parties->len; i++) {
    const HeddlePartyConfig *party = config->parties->pdata[i];
    for (char **match = party->match; *match != NULL; match++)
      if (strlen (*match) > best_length && matches (*match, folded_name, folded_address)) {
        best = party;
        best_length = strlen (*match);
      }
  }
  return best;
}

char *
heddle_config_store_path (const HeddleConfig *config, const char *option)
{
  if (option != NULL)
    return g_strdup (option);
  if (config->store.path != NULL)
    return g_strdup (config->store.path);
  return g_build_filename (g_get_user_data_dir (), "heddle", "heddle.db", NULL);
}
