/* SPDX-License-Identifier: MIT */
/* heddle join, split: what a person says about which mails are one conversation, written
 * down for ever.
 *
 * Nothing is ever taken back: a split undoes a join and a join a split, and the later one
 * holds. What would change nothing is not written down. Decisions name messages by their
 * evidence (heddle_node_anchor()), so they hold whatever ids later mail gives.
 *
 * Not handled: splitting at a message that nobody has shown us; it has no evidence. */
#include "cli/cli.h"

#include <string.h>

/* @id without the brackets of a Message-ID (transfer full). */
static char *
bare_id (const char *id)
{
  gsize length = strlen (id);
  gboolean bracketed = length > 2 && id[0] == '<' && id[length - 1] == '>';
  return bracketed ? g_strndup (id + 1, length - 2) : g_strdup (id);
}

static HeddleThread *
find_thread (HeddleStore *store, const char *id, GError **error)
{
  HeddleThread *thread = heddle_store_thread (store, id, error);
  if (thread == NULL)
    g_prefix_error (error, "%s: ", id);
  return thread;
}

/* The message of @thread that @id names, NULL where it names the thread as a whole. */
static const HeddleNode *
find_message (const HeddleThread *thread, const char *id)
{
  g_autofree char *bare = bare_id (id);
  int place = heddle_thread_find (thread, bare);
  return place >= 0 ? thread->messages->pdata[place] : NULL;
}

/* The name of a piece of evidence of what @id names in @thread, the nearest where nobody
 * has shown us that one (transfer full). */
static char *
name_evidence (const HeddleThread *thread, const char *id)
{
  const HeddleNode *node = find_message (thread, id);
  const HeddleEvidence *evidence = node != NULL ? heddle_node_anchor (node) : NULL;
  for (guint i = 0; evidence == NULL && i < thread->messages->len; i++)
    evidence = heddle_node_anchor (thread->messages->pdata[i]);
  return heddle_evidence_name (evidence);
}

static HeddleDecision *
decision_new (HeddleDecisionKind kind, char *subject /* full */, HeddleTime made)
{
  HeddleDecision *decision = g_new0 (HeddleDecision, 1);
  decision->kind = kind;
  decision->subject = subject;
  decision->time = HEDDLE_TIME_NONE;
  decision->made = made;
  return decision;
}

/* Write @decisions down; they were weighed with the store open for reading, so that asking
 * about nothing makes no store. */
static gboolean
write_down (HeddleCli *cli, const GPtrArray *decisions, GError **error)
{
  if (decisions->len == 0)
    return TRUE;
  g_clear_pointer (&cli->store, heddle_store_close);
  return heddle_cli_store (cli, HEDDLE_STORE_WRITE, error) != NULL
         && heddle_store_decide_all (cli->store, decisions, error);
}

/* --- join ------------------------------------------------------------------------------ */

typedef struct {
  GPtrArray *joined;    /* of char *: the ids that the conversations had, each once */
  GPtrArray *decisions; /* of HeddleDecision */
  char *first;          /* evidence of the first one */
} Join;

static gboolean
join_take (HeddleCli *cli, Join *join, const char *id, HeddleTime now, GError **error)
{
  g_autoptr (HeddleThread) thread = find_thread (cli->store, id, error);
  if (thread == NULL)
    return FALSE;
  if (g_ptr_array_find_with_equal_func (join->joined, thread->id, g_str_equal, NULL))
    return TRUE;
  g_autofree char *evidence = name_evidence (thread, id);
  g_ptr_array_add (join->joined, g_strdup (thread->id));
  if (join->first == NULL) {
    join->first = g_steal_pointer (&evidence);
    return TRUE;
  }
  HeddleDecision *decision = decision_new (HEDDLE_DECISION_JOIN, g_strdup (join->first), now);
  decision->value = g_steal_pointer (&evidence);
  g_ptr_array_add (join->decisions, decision);
  return TRUE;
}

static void
print_join (const HeddleCli *cli, const Join *join, const char *thread, HeddleTime now)
{
  gboolean changed = join->decisions->len > 0;
  if (!cli->json) {
    g_ptr_array_add (join->joined, NULL);
    g_autofree char *list = g_strjoinv (", ", (char **)join->joined->pdata);
    printf ("%s: %s %s\n", thread,
            changed ? "one conversation now:" : "one conversation already:", list);
    return;
  }
  HeddleJson *json = heddle_json_new (2);
  heddle_json_begin_object (json, NULL);
  heddle_json_string (json, "schema", "heddle.join/1");
  heddle_json_string (json, "thread", thread);
  heddle_json_begin_array (json, "joined");
  for (guint i = 0; i < join->joined->len; i++)
    heddle_json_string (json, NULL, join->joined->pdata[i]);
  heddle_json_end_array (json);
  heddle_json_bool (json, "changed", changed);
  heddle_json_time (json, "made", changed ? now : HEDDLE_TIME_NONE);
  heddle_json_end_object (json);
  heddle_cli_print_json (json);
}

static gboolean
join_all (HeddleCli *cli, Join *join, GError **error)
{
  HeddleTime now;
  if (!heddle_cli_now (cli, &now, error)
      || heddle_cli_store (cli, HEDDLE_STORE_READ, error) == NULL)
    return FALSE;
  for (guint i = 0; i < cli->args->len; i++)
    if (!join_take (cli, join, heddle_cli_arg (cli, i), now, error))
      return FALSE;
  if (!write_down (cli, join->decisions, error))
    return FALSE;
  g_autoptr (HeddleThread) thread = find_thread (cli->store, heddle_cli_arg (cli, 0), error);
  if (thread != NULL)
    print_join (cli, join, thread->id, now);
  return thread != NULL;
}

int
heddle_cmd_join (HeddleCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) joined = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) decisions
      = g_ptr_array_new_with_free_func ((GDestroyNotify)heddle_decision_free);
  Join join = { joined, decisions, NULL };
  gboolean ok = join_all (cli, &join, &error);
  g_free (join.first);
  return ok ? HEDDLE_EXIT_OK : heddle_cli_fail (cli, error);
}

/* --- split ----------------------------------------------------------------------------- */

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

/* Whether a message of @thread is neither @top nor below it, and somebody has shown it.
 * Each message is walked over once. */
static gboolean
leaves_any (const HeddleThread *thread, int top)
{
  enum { NEW, BELOW, APART };
  g_autofree guint8 *states = g_new0 (guint8, thread->messages->len);
  gboolean found = FALSE;
  states[top] = BELOW;
  for (guint i = 0; i < thread->messages->len; i++) {
    int at = (int)i;
    while (at >= 0 && states[at] == NEW)
      at = ((HeddleNode *)thread->messages->pdata[at])->parent;
    guint8 state = at >= 0 ? states[at] : APART;
    for (at = (int)i; at >= 0 && states[at] == NEW;) {
      const HeddleNode *node = thread->messages->pdata[at];
      states[at] = state;
      found = found || (state == APART && node->evidence->len > 0);
      at = node->parent;
    }
  }
  return found;
}

/* @ret: (transfer full) the decision, NULL where it was made before. @ret_message: the id. */
static gboolean
split_weigh (HeddleCli *cli, const HeddleThread *thread, HeddleDecision **ret,
             char **ret_message, GError **error)
{
  HeddleTime now;
  const char *from = heddle_cli_arg (cli, 0), *id = heddle_cli_arg (cli, 1);
  g_autoptr (HeddleThread) its = find_thread (cli->store, id, error);
  if (its == NULL || !heddle_cli_now (cli, &now, error))
    return FALSE;
  const HeddleNode *message = find_message (its, id);
  const HeddleEvidence *evidence = message != NULL ? heddle_node_anchor (message) : NULL;
  if (message == NULL || g_ptr_array_find_with_equal_func (its->ids, id, g_str_equal, NULL))
    return fail_input (error, "%s: name a message, by its id or its Message-ID", id);
  if (evidence == NULL)
    return fail_input (
        error, "%s: nobody has shown us that message; split at one that answers it", id);
  *ret_message = g_strdup (message->id);
  if (strcmp (its->id, thread->id) != 0) {
    gboolean done = FALSE;
    if (!heddle_store_is_split (cli->store, message, &done, error))
      return FALSE;
    return done || fail_input (error, "%s: not in %s; it is in %s", id, from, its->id);
  }
  if (!leaves_any (its, heddle_thread_find (its, message->id)))
    return fail_input (error, "%s: all of %s answers it; there is nothing to take it from", id,
                       from);
  *ret = decision_new (HEDDLE_DECISION_SPLIT, heddle_evidence_name (evidence), now);
  return TRUE;
}

static void
print_split (const HeddleCli *cli, const char *from, const char *thread, const char *message,
             const HeddleDecision *decision)
{
  if (!cli->json) {
    printf ("%s: a conversation of its own %s, apart from %s\n", thread,
            decision != NULL ? "now" : "already", from);
    return;
  }
  HeddleJson *json = heddle_json_new (2);
  heddle_json_begin_object (json, NULL);
  heddle_json_string (json, "schema", "heddle.split/1");
  heddle_json_string (json, "thread", thread);
  heddle_json_string (json, "message", message);
  heddle_json_string (json, "from", from);
  heddle_json_bool (json, "changed", decision != NULL);
  heddle_json_time (json, "made", decision != NULL ? decision->made : HEDDLE_TIME_NONE);
  heddle_json_end_object (json);
  heddle_cli_print_json (json);
}

/* A message that was in @before and is not in @thread (transfer full). */
static char *
left_behind (const HeddleThread *before, const HeddleThread *thread)
{
  g_autoptr (GHashTable) gone = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < thread->messages->len; i++)
    g_hash_table_add (gone, ((HeddleNode *)thread->messages->pdata[i])->id);
  for (guint i = 0; i < before->messages->len; i++) {
    const HeddleNode *node = before->messages->pdata[i];
    if (node->evidence->len > 0 && !g_hash_table_contains (gone, node->id))
      return g_strdup (node->id);
  }
  return g_strdup (before->id);
}

static gboolean
split_one (HeddleCli *cli, GError **error)
{
  if (heddle_cli_store (cli, HEDDLE_STORE_READ, error) == NULL)
    return FALSE;
  g_autoptr (HeddleThread) before = find_thread (cli->store, heddle_cli_arg (cli, 0), error);
  g_autoptr (GPtrArray) decisions
      = g_ptr_array_new_with_free_func ((GDestroyNotify)heddle_decision_free);
  HeddleDecision *decision = NULL;
  g_autofree char *message = NULL;
  if (before == NULL || !split_weigh (cli, before, &decision, &message, error))
    return FALSE;
  if (decision != NULL)
    g_ptr_array_add (decisions, decision);
  if (!write_down (cli, decisions, error))
    return FALSE;
  g_autoptr (HeddleThread) thread = find_thread (cli->store, message, error);
  g_autofree char *left = thread != NULL ? left_behind (before, thread) : NULL;
  g_autoptr (HeddleThread) rest = left != NULL ? find_thread (cli->store, left, error) : NULL;
  if (rest == NULL)
    return FALSE;
  print_split (cli, rest->id, thread->id, message, decision);
  return TRUE;
}

int
heddle_cmd_split (HeddleCli *cli)
{
  g_autoptr (GError) error = NULL;
  return split_one (cli, &error) ? HEDDLE_EXIT_OK : heddle_cli_fail (cli, error);
}
