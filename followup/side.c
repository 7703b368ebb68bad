/* SPDX-License-Identifier: MIT */
/* Sides: in one thread, who is us, who is which party, who is somebody else.
 *
 * An attribution line often gives a name alone, a header both name and address; so
 * a name stands for an address when, in this thread, only one address bears it.
 * Outside the parties, people of one domain answer for one another, except at
 * providers where strangers share a domain. An address decides where there is one:
 * a stranger with a colleague's name stays a stranger.
 *
 * Not handled: one person with two addresses, which is threads/'s question.
 */
#include "followup/side.h"

#include <string.h>

#include "followup/policy.h"
#include "followup/words.h"

#define NAME_BYTES 256

/* Domains under which strangers have their mailboxes. */
static const char *const providers[] = {
  "aol.com",      "fastmail.com",   "gmail.com",   "gmx.at",         "gmx.ch",
  "gmx.com",      "gmx.de",         "gmx.net",     "googlemail.com", "hotmail.com",
  "hotmail.fr",   "icloud.com",     "laposte.net", "libero.it",      "live.com",
  "mac.com",      "mail.com",       "mail.ru",     "mailbox.org",    "me.com",
  "msn.com",      "orange.fr",      "outlook.com", "pm.me",          "posteo.de",
  "proton.me",    "protonmail.com", "qq.com",      "riseup.net",     "t-online.de",
  "tutanota.com", "uol.com.br",     "web.de",      "yahoo.co.uk",    "yahoo.com",
  "yahoo.com.br", "yahoo.es",       "yahoo.fr",    "yandex.ru",      "ymail.com",
};

/* Parts of a name or a greeting by which nobody is called. */
static const char *const no_names[] = {
  "afternoon", "all",      "and",     "colleagues", "dear", "desk",  "dr",   "evening",
  "everybody", "everyone", "folks",   "friends",    "good", "hello", "help", "hey",
  "hi",        "info",     "madam",   "morning",    "mr",   "mrs",   "ms",   "of",
  "office",    "sir",      "support", "team",       "the",  "there",
};

static const char *const withheld_marks[] = { "(b)(", "[redacted", "[withheld", "\u2588" };

struct _HeddleSides {
  const HeddleConfig *config;
  GHashTable *addresses; /* folded name → the address that bears it, "" for several */
  GHashTable *names;     /* set: folded parts of all names */
  GHashTable *sides;     /* HeddlePerson → HeddleSide */
  GStringChunk *chunk;
};

static char *
fold_name (const char *name)
{
  g_autoptr (GPtrArray) words = heddle_words (name, NAME_BYTES);

  g_ptr_array_add (words, NULL);
  return g_strjoinv (" ", (char **)words->pdata);
}

static gboolean
in_table (const char *word, const char *const *table, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (g_str_equal (word, table[i]))
      return TRUE;
  return FALSE;
}

static void
learn (HeddleSides *sides, const HeddlePerson *person)
{
  g_autoptr (GPtrArray) words = NULL;
  g_autofree char *name = NULL;
  const char *known;

  if (person == NULL || person->name == NULL)
    return;
  words = heddle_words (person->name, NAME_BYTES);
  for (guint i = 0; i < words->len; i++)
    g_hash_table_add (sides->names, g_strdup (g_ptr_array_index (words, i)));
  if (person->address == NULL)
    return;
  name = fold_name (person->name);
  known = g_hash_table_lookup (sides->addresses, name);
  if (known == NULL)
    g_hash_table_insert (sides->addresses, g_steal_pointer (&name), g_strdup (person->address));
  else if (g_ascii_strcasecmp (known, person->address) != 0)
    g_hash_table_insert (sides->addresses, g_steal_pointer (&name), g_strdup (""));
}

static void
learn_all (HeddleSides *sides, const GPtrArray *persons)
{
  for (guint i = 0; i < persons->len; i++)
    learn (sides, g_ptr_array_index (persons, i));
}

HeddleSides *
heddle_sides_new (const HeddleConfig *config, const HeddleThread *thread)
{
  HeddleSides *sides = g_new0 (HeddleSides, 1);

  sides->config = config;
  sides->addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  sides->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sides->sides = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  sides->chunk = g_string_chunk_new (1024);
  for (guint i = 0; i < thread->messages->len; i++) {
    const HeddleNode *node = g_ptr_array_index (thread->messages, i);

    learn (sides, node->message->from);
    learn_all (sides, node->message->to);
    learn_all (sides, node->message->cc);
  }
  return sides;
}

void
heddle_sides_free (HeddleSides *sides)
{
  if (sides == NULL)
    return;
  g_hash_table_unref (sides->addresses);
  g_hash_table_unref (sides->names);
  g_hash_table_unref (sides->sides);
  g_string_chunk_free (sides->chunk);
  g_free (sides);
}

gboolean
heddle_sides_is_name (const HeddleSides *sides, const char *word)
{
  return g_hash_table_contains (sides->names, word);
}

/* --- one person ------------------------------------------------------------------ */

static const HeddlePersonConfig *
person_by_name (const HeddleConfig *config, const char *folded)
{
  for (guint i = 0; i < config->persons->len; i++) {
    const HeddlePersonConfig *person = g_ptr_array_index (config->persons, i);
    g_autofree char *name = person->name == NULL ? NULL : fold_name (person->name);

    if (name != NULL && *name != '\0' && g_str_equal (name, folded))
      return person;
  }
  return NULL;
}

static const char *
keep (HeddleSides *sides, const char *prefix, const char *text)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);
  g_autofree char *key = g_strconcat (prefix, lower, NULL);

  return g_string_chunk_insert_const (sides->chunk, key);
}

static const char *
outside_key (HeddleSides *sides, const HeddleSide *side, const char *address)
{
  g_autofree char *domain = NULL;

  if (side->party != NULL)
    return keep (sides, "party:", side->party->id);
  if (address == NULL || strrchr (address, '@') == NULL)
    return side->person;
  domain = g_ascii_strdown (strrchr (address, '@') + 1, -1);
  if (in_table (domain, providers, G_N_ELEMENTS (providers)))
    return side->person;
  return keep (sides, "domain:", domain);
}

static void
place (HeddleSides *sides, HeddleSide *side, const char *name, const char *address)
{
  const HeddleConfig *config = sides->config;
  g_autofree char *folded = name == NULL ? g_strdup ("") : fold_name (name);

  if (address == NULL) {
    address = g_hash_table_lookup (sides->addresses, folded);
    if (address != NULL && *address == '\0')
      address = NULL;
  }
  side->person = address != NULL ? keep (sides, "", address) : keep (sides, "name:", folded);
  side->inbox = address != NULL && heddle_config_is_inbox (config, address);
  if (side->inbox || heddle_config_is_our_author (config, name, address)) {
    side->kind = HEDDLE_SIDE_US;
    side->key = "us";
    side->config = address != NULL ? heddle_config_person_by_address (config, address)
                                   : person_by_name (config, folded);
    if (side->config != NULL)
      side->person = keep (sides, "person:", side->config->id);
    return;
  }
  side->kind = HEDDLE_SIDE_OTHER;
  side->party = heddle_config_party (config, name, address);
  side->key = outside_key (sides, side, address);
}

const HeddleSide *
heddle_sides_of (HeddleSides *sides, const HeddlePerson *person)
{
  static const HeddleSide nobody = { HEDDLE_SIDE_NOBODY, "", "", FALSE, NULL, NULL };
  HeddleSide *side;

  if (person == NULL)
    return &nobody;
  side = g_hash_table_lookup (sides->sides, person);
  if (side != NULL)
    return side;
  side = g_new0 (HeddleSide, 1);
  g_hash_table_insert (sides->sides, (gpointer)person, side);
  if (person->name == NULL && person->address == NULL) {
    side->kind = person->redacted ? HEDDLE_SIDE_WITHHELD : HEDDLE_SIDE_NOBODY;
    side->key = side->person = "";
  } else {
    place (sides, side, person->name, person->address);
  }
  return side;
}

/* --- greetings ------------------------------------------------------------------- */

static gboolean
share_name (const GPtrArray *greeting, const GPtrArray *name)
{
  for (guint i = 0; i < MIN (greeting->len, 16); i++) {
    const char *word = g_ptr_array_index (greeting, i);

    if (in_table (word, no_names, G_N_ELEMENTS (no_names)))
      continue;
    for (guint j = 0; j < MIN (name->len, 8); j++)
      if (g_str_equal (word, g_ptr_array_index (name, j)))
        return TRUE;
  }
  return FALSE;
}

gboolean
heddle_side_is_greeted (const GPtrArray *words, const HeddlePerson *person)
{
  g_autoptr (GPtrArray) name = NULL;
  g_autofree char *local = NULL;

  if (words->len == 0)
    return FALSE;
  if (person->name == NULL && person->address != NULL)
    local = g_strndup (person->address, strcspn (person->address, "@"));
  name = heddle_words (person->name != NULL ? person->name : local, NAME_BYTES);
  return share_name (words, name);
}

gboolean
heddle_side_greets_withheld (const char *greeting)
{
  g_autofree char *lower = greeting == NULL ? NULL : g_ascii_strdown (greeting, -1);

  for (guint i = 0; lower != NULL && i < G_N_ELEMENTS (withheld_marks); i++)
    if (strstr (lower, withheld_marks[i]) != NULL)
      return TRUE;
  return FALSE;
}
