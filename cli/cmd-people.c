/* SPDX-License-Identifier: MIT */
/* heddle people: who is who; and what a person says about it, written down for ever.
 *
 * `people join` and `people part` undo one another, and the later one holds. A person is
 * named by any id they ever had, or by one of their addresses. What would change nothing
 * is not written down. */
#include "cli/cli.h"

#include <string.h>

static const char *const kinds[] = { "person", "shared", "name" };
static const char *const proofs[]
    = { "header", "quotation", "conversation", "configuration", "decision" };

/* All that is known now: array of HeddleIdentity (transfer full). */
static GPtrArray *
read_people (HeddleCli *cli, HeddleStoreMode mode, GError **error)
{
  g_autoptr (HeddlePeople) people = heddle_people_new ();
  if (heddle_cli_store (cli, mode, error) == NULL)
    return NULL;
  for (guint i = 0; i < cli->config->persons->len; i++) {
    const HeddlePersonConfig *person = cli->config->persons->pdata[i];
    g_autofree char *first = heddle_people_key (person->addresses[0], NULL);
    for (char **address = person->addresses; *address != NULL; address++) {
      g_autofree char *key = heddle_people_key (*address, NULL);
      if (strcmp (key, first) != 0)
        heddle_people_rule (people, HEDDLE_PEOPLE_CONFIGURED, first, key);
    }
  }
  return heddle_store_people (cli->store, people, error) ? heddle_people_identities (people)
                                                         : NULL;
}

static gboolean
holds (const GPtrArray *strings, const char *text)
{
  return g_ptr_array_find_with_equal_func ((GPtrArray *)strings, text, g_str_equal, NULL);
}

/* --- showing ------------------------------------------------------------------------- */

static gboolean
any_within (const GPtrArray *strings, const char *folded)
{
  for (guint i = 0; i < strings->len; i++) {
    g_autofree char *text = heddle_text_fold (strings->pdata[i]);
    if (strstr (text, folded) != NULL)
      return TRUE;
  }
  return FALSE;
}

/* @text: what was asked for, "" for all. */
static gboolean
is_asked_for (const HeddleIdentity *person, const char *text)
{
  g_autofree char *folded = heddle_text_fold (text);
  return holds (person->ids, text) || any_within (person->names, folded)
         || any_within (person->addresses, folded);
}

static int
compare_people (gconstpointer a, gconstpointer b)
{
  const HeddleIdentity *x = *(HeddleIdentity *const *)a, *y = *(HeddleIdentity *const *)b;
  if (x->messages != y->messages)
    return x->messages > y->messages ? -1 : 1;
  return strcmp (x->id, y->id);
}

static void
render_proofs (HeddleJson *json, const GPtrArray *list)
{
  heddle_json_begin_array (json, "evidence");
  for (guint i = 0; i < list->len; i++) {
    const HeddleProof *proof = list->pdata[i];
    heddle_json_flat (json);
    heddle_json_begin_object (json, NULL);
    heddle_json_string (json, "kind", proofs[proof->kind]);
    heddle_json_string (json, "name", proof->name);
    heddle_json_string (json, "address", proof->address);
    heddle_json_int (json, "count", proof->count);
    heddle_json_string (json, "mail", proof->mail);
    if (proof->mail != NULL)
      heddle_json_int (json, "index", proof->index);
    else
      heddle_json_null (json, "index");
    heddle_json_end_object (json);
  }
  heddle_json_end_array (json);
}

static void
render_identity (HeddleJson *json, const HeddleIdentity *person)
{
  heddle_json_begin_object (json, NULL);
  heddle_json_string (json, "id", person->id);
  heddle_json_string (json, "kind", kinds[person->kind]);
  heddle_render_strings (json, "names", person->names);
  heddle_render_strings (json, "addresses", person->addresses);
  heddle_json_int (json, "messages", person->messages);
  heddle_json_int (json, "by_name", person->by_name);
  heddle_json_int (json, "threads", person->threads);
  heddle_json_time (json, "first", person->first);
  heddle_json_time (json, "last", person->last);
  render_proofs (json, person->proofs);
  heddle_json_end_object (json);
}

static char *
joined (const GPtrArray *strings, guint width)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < strings->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (char *)strings->pdata[i]);
  return heddle_excerpt (text->str, width);
}

static void
print_identity (const HeddleIdentity *person, GTimeZone *zone)
{
  g_autofree char *names = joined (person->names, 60);
  g_autofree char *addresses = joined (person->addresses, 80);
  g_autofree char *last = heddle_text_time (person->last, zone);
  gboolean both = *names != '\0' && *addresses != '\0';
  printf ("%s  %s%s%s%s%s%s%s  %u written%s%s\n", person->id, heddle_style (HEDDLE_STYLE_BOLD),
          names, heddle_style (HEDDLE_STYLE_PLAIN), both ? " <" : "", addresses,
          both ? ">" : "",
          person->kind == HEDDLE_IDENTITY_SHARED ? " (shared)"
          : person->kind == HEDDLE_IDENTITY_NAME ? " (a name alone)"
                                                 : "",
          person->messages, person->messages > 0 ? ", last " : "",
          person->messages > 0 ? last : "");
}

static int
show (HeddleCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people = read_people (cli, HEDDLE_STORE_READ, &error);
  if (people == NULL)
    return heddle_cli_fail (cli, error);
  g_autofree char *text = heddle_cli_query (cli);
  HeddleJson *json = cli->json ? heddle_json_new (2) : NULL;
  guint shown = 0;
  g_ptr_array_sort (people, compare_people);
  if (json != NULL)
    heddle_json_begin_array (json, NULL);
  for (guint i = 0; i < people->len; i++) {
    if (!is_asked_for (people->pdata[i], text != NULL ? text : ""))
      continue;
    shown++;
    if (json != NULL)
      render_identity (json, people->pdata[i]);
    else
      print_identity (people->pdata[i], cli->zone);
  }
  if (json != NULL) {
    heddle_json_end_array (json);
    heddle_cli_print_json (json);
  }
  if (shown == 0)
    heddle_cli_note (cli, "nobody is named so");
  return HEDDLE_EXIT_OK;
}

/* --- deciding ---------------------------------------------------------------------------- */

static gboolean fail_input (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
fail_input (GError **error, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, HEDDLE_CLI_ERROR, HEDDLE_CLI_ERROR_INPUT, text);
  return FALSE;
}

/* The one whom @word names: an id, or an address. Today's ids before those of names that
 * several bear. */
static const HeddleIdentity *
find_person (const GPtrArray *people, const char *word, GError **error)
{
  g_autofree char *key = heddle_people_key (word, NULL);
  const HeddleIdentity *found = NULL;
  for (guint i = 0; i < people->len; i++) {
    const HeddleIdentity *person = people->pdata[i];
    if (strcmp (person->id, word) == 0 || holds (person->keys, key))
      return person;
  }
  for (guint i = 0; i < people->len; i++) {
    const HeddleIdentity *person = people->pdata[i];
    if (!holds (person->ids, word))
      continue;
    if (found != NULL) {
      fail_input (error, "%s: that name alone is now several people; name one by address",
                  word);
      return NULL;
    }
    found = person;
  }
  if (found == NULL)
    fail_input (error, "%s: nobody has that id or address; heddle people lists them", word);
  return found;
}

static void
add_decision (GPtrArray *decisions, HeddleDecisionKind kind, const char *one, const char *other,
              HeddleTime made)
{
  HeddleDecision *decision = g_new0 (HeddleDecision, 1);
  decision->kind = kind;
  decision->subject = g_strdup (one);
  decision->value = g_strdup (other);
  decision->time = HEDDLE_TIME_NONE;
  decision->made = made;
  g_ptr_array_add (decisions, decision);
}

static gboolean
decide_join (HeddleCli *cli, const GPtrArray *people, HeddleTime now, GPtrArray *decisions,
             GError **error)
{
  const HeddleIdentity *first = find_person (people, heddle_cli_arg (cli, 1), error);
  for (guint i = 2; first != NULL && i < cli->args->len; i++) {
    const HeddleIdentity *other = find_person (people, heddle_cli_arg (cli, i), error);
    if (other == NULL)
      return FALSE;
    if (other != first)
      add_decision (decisions, HEDDLE_DECISION_PEOPLE_JOIN, first->keys->pdata[0],
                    other->keys->pdata[0], now);
  }
  return first != NULL;
}

static gboolean
decide_part (HeddleCli *cli, const GPtrArray *people, HeddleTime now, GPtrArray *decisions,
             GError **error)
{
  const char *id = heddle_cli_arg (cli, 1), *word = heddle_cli_arg (cli, 2);
  const HeddleIdentity *person = find_person (people, id, error);
  if (person == NULL)
    return FALSE;
  g_autofree char *address = heddle_people_key (word, NULL);
  g_autofree char *name = heddle_people_key (NULL, word);
  const char *key = holds (person->keys, address)                ? address
                    : name != NULL && holds (person->keys, name) ? name
                                                                 : NULL;
  if (key == NULL)
    return fail_input (error, "%s: not an address of %s", word, id);
  if (person->keys->len == 1)
    return fail_input (error, "%s: all that %s has; there is nothing to part it from", word,
                       id);
  add_decision (decisions, HEDDLE_DECISION_PEOPLE_PART, key, NULL, now);
  return TRUE;
}

/* Say who the named ones are now. */
static gboolean
print_decided (HeddleCli *cli, gboolean changed, GError **error)
{
  g_autoptr (GPtrArray) people = read_people (cli, HEDDLE_STORE_READ, error);
  const HeddleIdentity *first
      = people != NULL ? find_person (people, heddle_cli_arg (cli, 1), error) : NULL;
  const HeddleIdentity *last
      = first != NULL ? find_person (people, heddle_cli_arg (cli, cli->args->len - 1), NULL)
                      : NULL;
  if (first == NULL)
    return FALSE;
  if (!cli->json) {
    print_identity (first, cli->zone);
    if (last != NULL && last != first)
      print_identity (last, cli->zone);
    if (!changed)
      heddle_cli_note (cli, "they were one already");
    return TRUE;
  }
  HeddleJson *json = heddle_json_new (2);
  heddle_json_begin_array (json, NULL);
  render_identity (json, first);
  if (last != NULL && last != first)
    render_identity (json, last);
  heddle_json_end_array (json);
  heddle_cli_print_json (json);
  return TRUE;
}

static int
decide (HeddleCli *cli, gboolean join)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) decisions
      = g_ptr_array_new_with_free_func ((GDestroyNotify)heddle_decision_free);
  HeddleTime now;
  /* Read first: deciding about nobody must not make a store. */
  g_autoptr (GPtrArray) people = read_people (cli, HEDDLE_STORE_READ, &error);
  if (people == NULL || !heddle_cli_now (cli, &now, &error)
      || !(join ? decide_join : decide_part) (cli, people, now, decisions, &error))
    return heddle_cli_fail (cli, error);
  if (decisions->len > 0) {
    g_clear_pointer (&cli->store, heddle_store_close);
    if (heddle_cli_store (cli, HEDDLE_STORE_WRITE, &error) == NULL
        || !heddle_store_decide_all (cli->store, decisions, &error))
      return heddle_cli_fail (cli, error);
  }
  if (!print_decided (cli, decisions->len > 0, &error))
    return heddle_cli_fail (cli, error);
  return HEDDLE_EXIT_OK;
}

int
heddle_cmd_people (HeddleCli *cli)
{
  const char *verb = heddle_cli_arg (cli, 0);
  if (g_strcmp0 (verb, "join") == 0 && cli->args->len >= 3)
    return decide (cli, TRUE);
  if (g_strcmp0 (verb, "part") == 0 && cli->args->len == 3)
    return decide (cli, FALSE);
  if (g_strcmp0 (verb, "join") != 0 && g_strcmp0 (verb, "part") != 0)
    return show (cli);
  heddle_cli_note (cli, "it wants join ID ID… or part ID ADDRESS; see heddle people --help");
  return HEDDLE_EXIT_USAGE;
}
