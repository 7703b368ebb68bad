/* SPDX-License-Identifier: MIT */
/* threads/people: what was seen of everybody.
 *
 * Everybody is an address, or a name where no address stands with it. Sightings are kept
 * with their number of times and the least of their evidence, so that nothing hangs on
 * their order. Who is withheld altogether is nobody.
 *
 * An address that stands where a name should is no name. */
#include "threads/people.h"
#include "threads/match.h"

#include <string.h>

/* Longer ones are no names. */
#define NAME_BYTES 200

/* --- life --------------------------------------------------------------------------- */

static void
count_clear (HeddleSeenCount *count)
{
  g_free (count->mail);
}

static void
pair_free (gpointer data)
{
  HeddlePeoplePair *pair = data;

  count_clear (&pair->header);
  count_clear (&pair->quoted);
  g_free (pair);
}

static void
entity_free (gpointer data)
{
  HeddleEntity *entity = data;

  g_free (entity->key);
  g_free (entity->address);
  g_ptr_array_unref (entity->pairs);
  count_clear (&entity->header);
  count_clear (&entity->quoted);
  g_free (entity);
}

static void
name_free (gpointer data)
{
  HeddlePeopleName *name = data;

  g_free (name->words);
  g_hash_table_unref (name->written);
  g_free (name);
}

static void
rule_clear (gpointer data)
{
  HeddleRuleOfPeople *rule = data;

  g_free (rule->one);
  g_free (rule->other);
}

HeddlePeople *
heddle_people_new (void)
{
  HeddlePeople *people = g_new0 (HeddlePeople, 1);

  people->entities = g_ptr_array_new_with_free_func (entity_free);
  people->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  people->names = g_ptr_array_new_with_free_func (name_free);
  people->by_words = g_hash_table_new (g_str_hash, g_str_equal);
  people->by_written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  people->pairs = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  people->mails = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  people->seen = g_array_new (FALSE, FALSE, sizeof (HeddleSeen));
  people->rules = g_array_new (FALSE, FALSE, sizeof (HeddleRuleOfPeople));
  g_array_set_clear_func (people->rules, rule_clear);
  return people;
}

void
heddle_people_free (HeddlePeople *people)
{
  if (!people)
    return;
  g_ptr_array_unref (people->entities);
  g_hash_table_unref (people->by_key);
  g_ptr_array_unref (people->names);
  g_hash_table_unref (people->by_words);
  g_hash_table_unref (people->by_written);
  g_hash_table_unref (people->pairs);
  g_hash_table_unref (people->mails);
  g_array_unref (people->seen);
  g_array_unref (people->rules);
  g_free (people);
}

/* --- names ---------------------------------------------------------------------------- */

/* NULL where @written is none. */
static HeddlePeopleName *
name_of (HeddlePeople *people, const char *written)
{
  gpointer found;
  HeddlePeopleName *name = NULL;
  g_autofree char *words = NULL;

  if (!written || strchr (written, '@') || strlen (written) > NAME_BYTES)
    return NULL;
  if (g_hash_table_lookup_extended (people->by_written, written, NULL, &found))
    return found;
  words = heddle_name_words (written);
  if (words)
    name = g_hash_table_lookup (people->by_words, words);
  if (words && !name) {
    name = g_new0 (HeddlePeopleName, 1);
    name->words = g_steal_pointer (&words);
    name->written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    name->number = people->names->len;
    g_ptr_array_add (people->names, name);
    g_hash_table_insert (people->by_words, name->words, name);
  }
  g_hash_table_insert (people->by_written, g_strdup (written), name);
  return name;
}

const char *
heddle_people_name_shown (const HeddlePeopleName *name)
{
  GHashTableIter iter;
  gpointer written, count;
  const char *best = NULL;
  guint most = 0;

  g_hash_table_iter_init (&iter, name->written);
  while (g_hash_table_iter_next (&iter, &written, &count)) {
    guint times = GPOINTER_TO_UINT (count);
    if (!best || times > most || (times == most && strcmp (written, best) < 0)) {
      best = written;
      most = times;
    }
  }
  return best ? best : name->words;
}

char *
heddle_people_key (const char *address, const char *name)
{
  g_autofree char *words = NULL, *low = NULL;

  if (address && *address) {
    low = g_ascii_strdown (address, -1);
    return g_strconcat ("address:", low, NULL);
  }
  words = name ? heddle_name_words (name) : NULL;
  return words ? g_strconcat ("name:", words, NULL) : NULL;
}

/* --- sightings -------------------------------------------------------------------------- */

void
heddle_seen_count_add (HeddleSeenCount *count, const char *mail, guint index)
{
  int order = count->mail ? strcmp (mail, count->mail) : -1;

  count->count++;
  if (order > 0 || (order == 0 && index >= count->index))
    return;
  if (order < 0) {
    g_free (count->mail);
    count->mail = g_strdup (mail);
  }
  count->index = index;
}

/* @key: (transfer full) */
static guint
entity_of (HeddlePeople *people, char *key, const char *address, HeddlePeopleName *name)
{
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (people->by_key, key));
  HeddleEntity *entity;

  if (found > 0) {
    g_free (key);
    return found - 1;
  }
  entity = g_new0 (HeddleEntity, 1);
  entity->key = key;
  entity->address = address ? g_ascii_strdown (address, -1) : NULL;
  entity->name = address ? NULL : name;
  entity->pairs = g_ptr_array_new_with_free_func (pair_free);
  g_ptr_array_add (people->entities, entity);
  g_hash_table_insert (people->by_key, entity->key, GUINT_TO_POINTER (people->entities->len));
  return people->entities->len - 1;
}

static HeddlePeoplePair *
pair_of (HeddlePeople *people, guint entity, HeddlePeopleName *name)
{
  gint64 key = (gint64)entity << 32 | name->number;
  HeddlePeoplePair *pair = g_hash_table_lookup (people->pairs, &key);

  if (pair)
    return pair;
  pair = g_new0 (HeddlePeoplePair, 1);
  pair->name = name;
  g_ptr_array_add (((HeddleEntity *)people->entities->pdata[entity])->pairs, pair);
  g_hash_table_insert (people->pairs, g_memdup2 (&key, sizeof key), pair);
  return pair;
}

static const char *
mail_kept (HeddlePeople *people, const char *mail)
{
  gpointer kept;

  if (g_hash_table_lookup_extended (people->mails, mail, &kept, NULL))
    return kept;
  kept = g_strdup (mail);
  g_hash_table_add (people->mails, kept);
  return kept;
}

void
heddle_people_see (HeddlePeople *people, const HeddleSighting *s)
{
  gboolean addressed = s->address && *s->address;
  HeddlePeopleName *name = name_of (people, s->name);
  HeddleEntity *entity;
  HeddlePeoplePair *pair;
  guint place;

  if (!addressed && !name)
    return;
  place = entity_of (people,
                     addressed ? heddle_people_key (s->address, NULL)
                               : g_strconcat ("name:", name->words, NULL),
                     addressed ? s->address : NULL, name);
  entity = people->entities->pdata[place];
  if (name) {
    guint times = GPOINTER_TO_UINT (g_hash_table_lookup (name->written, s->name));
    g_hash_table_insert (name->written, g_strdup (s->name), GUINT_TO_POINTER (times + 1));
  }
  pair = addressed && name ? pair_of (people, place, name) : NULL;
  if (pair && s->header) {
    pair->called += s->author;
    pair->calling += !s->author;
  }
  if (pair)
    heddle_seen_count_add (s->header ? &pair->header : &pair->quoted, s->mail, s->index);
  else if (addressed)
    heddle_seen_count_add (s->header ? &entity->header : &entity->quoted, s->mail, s->index);
  HeddleSeen seen
      = { place,   name ? (int)name->number : -1, s->author, s->header, s->message, s->thread,
          s->time, mail_kept (people, s->mail),   s->index };
  g_array_append_val (people->seen, seen);
}

void
heddle_people_rule (HeddlePeople *people, HeddlePeopleRule rule, const char *one,
                    const char *other)
{
  HeddleRuleOfPeople kept = { rule, g_strdup (one), g_strdup (other) };

  g_array_append_val (people->rules, kept);
}
