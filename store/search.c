/* SPDX-License-Identifier: MIT */
/* search: what matches a query, as messages, threads or counted facts. */
#include "config.h"

#include <string.h>

#include "store/hitset.h"
#include "store/node.h"
#include "store/packs.h"
#include "store/query-people.h"
#include "store/query-sql.h"
#include "store/snippet.h"

#define COMMON_HITS 500

/* --- types --------------------------------------------------------------------------- */

void
heddle_thread_summary_free (HeddleThreadSummary *summary)
{
  if (summary == NULL)
    return;
  heddle_thread_free (summary->thread);
  g_free (summary);
}

void
heddle_hit_free (HeddleHit *hit)
{
  if (hit == NULL)
    return;
  g_free (hit->thread);
  g_free (hit->message);
  heddle_person_free (hit->from);
  heddle_date_free (hit->date);
  g_free (hit->subject);
  g_free (hit->snippet);
  g_free (hit);
}

void
heddle_tally_free (HeddleTally *tally)
{
  if (tally == NULL)
    return;
  g_free (tally->value);
  g_free (tally);
}

/* --- what they share ------------------------------------------------------------------- */

/* The tables that a condition is about. */
static const char *
from_clause (const HeddleCondition *condition)
{
  return condition->match != NULL ? "words JOIN nodes n ON n.id = words.rowid WHERE words MATCH ? AND "
                                  : "nodes n WHERE ";
}

static HeddleQuery *
read_query (HeddleStore *store, const char *text, const HeddleAskOptions *options, GError **error)
{
  g_autoptr (HeddleQuery) query = heddle_query_parse (text, options->now, options->zone, error);
  if (query == NULL || !heddle_query_resolve (query, options, error)
      || !heddle_query_people (store, &query, error))
    return NULL;
  return g_steal_pointer (&query);
}

/* The last two parameters of a statement that ends with LIMIT ? OFFSET ?. */
static void
bind_limit (HeddleStmt *stmt, int place, const HeddleAskOptions *options)
{
  heddle_stmt_bind_int (stmt, place, options->limit == 0 ? -1 : (gint64) options->limit);
  heddle_stmt_bind_int (stmt, place + 1, options->offset);
}

/* --- threads ------------------------------------------------------------------------------ */

static HeddleThread *
read_summary (HeddleStmt *stmt, GError **error)
{
  gsize length = 0;
  gconstpointer packed = heddle_stmt_blob (stmt, 7, &length);
  g_autoptr (GPtrArray) participants = heddle_persons_read (packed, length, error);
  if (participants == NULL)
    return NULL;
  HeddleThread *thread = g_new0 (HeddleThread, 1);
  thread->id = heddle_stmt_text (stmt, 0);
  thread->ids = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (thread->ids, g_strdup (thread->id));
  thread->subject = heddle_stmt_text (stmt, 1);
  thread->participants = g_steal_pointer (&participants);
  thread->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_node_free);
  thread->has_first = !heddle_stmt_is_null (stmt, 2);
  thread->first = heddle_stmt_int (stmt, 2);
  thread->last = heddle_stmt_int (stmt, 3);
  thread->received = (guint) heddle_stmt_int (stmt, 4);
  thread->quoted_only = (guint) heddle_stmt_int (stmt, 5);
  thread->missing = (guint) heddle_stmt_int (stmt, 6);
  return thread;
}

static GPtrArray *
read_summaries (HeddleStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) list
      = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_thread_summary_free);
  HeddleStep step;
  while ((step = heddle_stmt_step (stmt, error)) == HEDDLE_STEP_ROW) {
    HeddleThread *thread = read_summary (stmt, error);
    if (thread == NULL)
      return NULL;
    HeddleThreadSummary *summary = g_new0 (HeddleThreadSummary, 1);
    summary->thread = thread;
    summary->alike = heddle_stmt_int (stmt, 8) != 0;
    g_ptr_array_add (list, summary);
  }
  return step == HEDDLE_STEP_DONE ? g_steal_pointer (&list) : NULL;
}

/* The threads of @topic in other bundles than that of @id; none where they are too many. In
 * the bundle of @id stands what evidence or a person keeps apart from it. */
static GPtrArray *
others_of_topic (HeddleStore *store, gint64 topic, const char *id, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_thread_free);
  g_autoptr (GArray) bundles = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      store->index,
      "SELECT thread, subject, first, last, received, quoted, missing, participants, bundle"
      " FROM threads WHERE topic = ? LIMIT ?",
      error);
  if (stmt == NULL)
    return NULL;
  heddle_stmt_bind (stmt, "ii", topic, (gint64) HEDDLE_SUGGESTIONS_MOST + 2);
  gint64 own = -1;
  HeddleStep step;
  while ((step = heddle_stmt_step (stmt, error)) == HEDDLE_STEP_ROW) {
    HeddleThread *thread = read_summary (stmt, error);
    if (thread == NULL)
      return NULL;
    gint64 bundle = heddle_stmt_int (stmt, 8);
    own = strcmp (thread->id, id) == 0 ? bundle : own;
    g_ptr_array_add (all, thread);
    g_array_append_val (bundles, bundle);
  }
  if (step != HEDDLE_STEP_DONE)
    return NULL;
  gboolean many = all->len > HEDDLE_SUGGESTIONS_MOST + 1;
  for (guint i = all->len; i-- > 0;)
    if (many || own < 0 || g_array_index (bundles, gint64, i) == own)
      g_ptr_array_remove_index (all, i);
  return g_steal_pointer (&all);
}

GPtrArray *
heddle_store_suggestions (HeddleStore *store, const HeddleThread *thread, GError **error)
{
  gint64 topic = heddle_topic (thread->subject);
  g_autoptr (GPtrArray) others
      = topic != 0 ? others_of_topic (store, topic, thread->id, error)
                   : g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_thread_free);
  return others != NULL ? heddle_suggestions (thread, others) : NULL;
}

GPtrArray *
heddle_store_threads (HeddleStore *store, const char *query, const HeddleAskOptions *options,
                      GError **error)
{
  g_autoptr (HeddleQuery) tree = read_query (store, query, options, error);
  if (tree == NULL)
    return NULL;
  g_autoptr (GString) sql = g_string_new (
      "SELECT t.thread, t.subject, t.first, t.last, t.received, t.quoted, t.missing,"
      " t.participants, EXISTS (SELECT 1 FROM threads o WHERE o.topic = t.topic AND o.id <> t.id)"
      " FROM threads t");
  g_autoptr (HeddleCondition) condition = heddle_query_condition (tree);
  gboolean all = tree->kind == HEDDLE_QUERY_ALL;
  if (!all)
    g_string_append_printf (sql, " WHERE t.id IN (SELECT n.thread FROM %s%s)",
                            from_clause (condition), condition->where->str);
  g_string_append (sql, " ORDER BY t.last DESC, t.thread LIMIT ? OFFSET ?");
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare_once (store->index, sql->str, error);
  if (stmt == NULL)
    return NULL;
  bind_limit (stmt, all ? 1 : heddle_condition_bind (condition, stmt, 1), options);
  return read_summaries (stmt, error);
}

/* --- messages ------------------------------------------------------------------------------- */

static HeddleHit *
read_hit (HeddleStore *store, HeddleStmt *stmt, const HeddleQuery *query, GError **error)
{
  HeddleSlot slot;
  heddle_slot_column (stmt, 3, &slot);
  g_autoptr (GBytes) bytes = heddle_slot_read (store, HEDDLE_PACKS_INDEX, &slot, error);
  g_autoptr (HeddleMessage) gist = bytes != NULL ? heddle_gist_read (bytes, error) : NULL;
  if (gist == NULL)
    return NULL;
  HeddleHit *hit = g_new0 (HeddleHit, 1);
  hit->thread = heddle_stmt_text (stmt, 0);
  hit->message = heddle_stmt_text (stmt, 1);
  hit->from = g_steal_pointer (&gist->from);
  hit->date = g_steal_pointer (&gist->date);
  hit->subject = g_steal_pointer (&gist->subject);
  hit->snippet = heddle_snippet (gist->text, query);
  /* The index counts downwards; and no hit is better than none by a minus. */
  double rank = heddle_stmt_double (stmt, 2);
  hit->score = rank < 0 ? -rank : 0;
  return hit;
}

/* Whether so many messages have the words that the newest of them are found sooner by
 * going through all messages, newest first, than by sorting those that match. Then the match
 * of @condition has become a hitset. */
static gboolean
is_common (HeddleStore *store, HeddleCondition *condition, const HeddleAskOptions *options,
           gboolean *ret, GError **error)
{
  const gint64 many = MAX (COMMON_HITS, 8 * ((gint64) options->limit + options->offset));
  *ret = FALSE;
  if (condition->match == NULL || options->limit == 0 || options->sort != HEDDLE_SORT_NEWEST)
    return TRUE;
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      store->index, "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)", error);
  if (stmt == NULL)
    return FALSE;
  heddle_stmt_bind_text (stmt, 1, condition->match);
  heddle_stmt_bind_int (stmt, 2, many);
  if (heddle_stmt_step (stmt, error) != HEDDLE_STEP_ROW)
    return FALSE;
  if (heddle_stmt_int (stmt, 0) < many)
    return TRUE;
  if (!heddle_hitset_make (store->index, condition->match, ret, error))
    return FALSE;
  if (*ret)
    g_clear_pointer (&condition->match, g_free);
  return TRUE;
}

/* The statement for messages. What was found is cut to the limit before the gists, which
 * are large, are read. A word in the subject counts twice; names rank nothing. To rank
 * costs more than to find, and only the best first needs it. */
static char *
write_search (const HeddleCondition *condition, HeddleSort sort, gboolean common)
{
  static const char *const orders[] = {
    [HEDDLE_SORT_BEST] = "score, n.time DESC, n.message",
    [HEDDLE_SORT_NEWEST] = "n.time DESC, n.message",
    [HEDDLE_SORT_OLDEST] = "n.time IS NULL, n.time, n.message",
  };
  gboolean ranked = condition->match != NULL && sort == HEDDLE_SORT_BEST;
  return g_strdup_printf (
      "WITH hits AS MATERIALIZED (SELECT n.id, n.message, n.thread, n.time, n.pack, n.start,"
      " n.length, %s AS score FROM %s%s"
      " ORDER BY %s LIMIT ? OFFSET ?)"
      " SELECT t.thread, n.message, n.score, n.pack, n.start, n.length FROM hits n"
      " JOIN threads t ON t.id = n.thread ORDER BY %s",
      ranked ? "bm25 (words, 2.0, 1.0, 0.0, 0.0, 0.0)" : "0.0",
      common ? "nodes n INDEXED BY nodes_time WHERE is_hit (n.id) AND "
             : from_clause (condition),
      condition->where->str, orders[sort], orders[sort]);
}

GPtrArray *
heddle_store_search (HeddleStore *store, const char *query, const HeddleAskOptions *options,
                     GError **error)
{
  g_autoptr (HeddleQuery) tree = read_query (store, query, options, error);
  if (tree == NULL)
    return NULL;
  g_autoptr (HeddleCondition) condition = heddle_query_condition (tree);
  gboolean common = FALSE;
  g_auto (HeddleTransaction) snapshot = { 0 }; /* a hitset is true of one state only */
  if (!heddle_transaction_begin (&snapshot, store->index, HEDDLE_STORE_READ, error)
      || !is_common (store, condition, options, &common, error))
    return NULL;
  g_autofree char *sql = write_search (condition, options->sort, common);
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare_once (store->index, sql, error);
  if (stmt == NULL)
    return NULL;
  bind_limit (stmt, heddle_condition_bind (condition, stmt, 1), options);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_hit_free);
  HeddleStep step;
  while ((step = heddle_stmt_step (stmt, error)) == HEDDLE_STEP_ROW) {
    HeddleHit *hit = read_hit (store, stmt, tree, error);
    if (hit == NULL)
      return NULL;
    g_ptr_array_add (list, hit);
  }
  return step == HEDDLE_STEP_DONE ? g_steal_pointer (&list) : NULL;
}

/* --- counted facts ----------------------------------------------------------------------------- */

static const struct {
  HeddleFactKind first, last;
} tallied[] = {
  [HEDDLE_OUTPUT_PARTICIPANTS] = { HEDDLE_FACT_FROM, HEDDLE_FACT_TO },
  [HEDDLE_OUTPUT_URLS] = { HEDDLE_FACT_URL, HEDDLE_FACT_URL },
  [HEDDLE_OUTPUT_DOMAINS] = { HEDDLE_FACT_DOMAIN, HEDDLE_FACT_DOMAIN },
  [HEDDLE_OUTPUT_ATTACHMENTS] = { HEDDLE_FACT_ATTACHMENT, HEDDLE_FACT_ATTACHMENT },
  [HEDDLE_OUTPUT_HANDLES] = { HEDDLE_FACT_HANDLE, HEDDLE_FACT_HANDLE },
  [HEDDLE_OUTPUT_CASES] = { HEDDLE_FACT_CASE, HEDDLE_FACT_CASE },
};

static int
compare_tallies (gconstpointer a, gconstpointer b)
{
  const HeddleTally *x = *(HeddleTally *const *) a, *y = *(HeddleTally *const *) b;
  return x->count != y->count ? (x->count < y->count) - (x->count > y->count)
                              : strcmp (x->value, y->value);
}

/* Rows come sorted by value, then by how often it was written so, so that the first of
 * a value names it. */
static GPtrArray *
read_tallies (HeddleStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_tally_free);
  g_autofree char *current = NULL;
  HeddleTally *tally = NULL;
  HeddleStep step;
  while ((step = heddle_stmt_step (stmt, error)) == HEDDLE_STEP_ROW) {
    g_autofree char *value = heddle_stmt_text (stmt, 0);
    HeddleTime first = heddle_stmt_time (stmt, 3), last = heddle_stmt_time (stmt, 4);
    if (tally == NULL || strcmp (value, current) != 0) {
      g_free (current);
      current = g_steal_pointer (&value);
      tally = g_new0 (HeddleTally, 1);
      tally->value = heddle_stmt_text (stmt, 1);
      tally->first = tally->last = HEDDLE_TIME_NONE;
      g_ptr_array_add (list, tally);
    }
    tally->count += (guint) heddle_stmt_int (stmt, 2);
    if (first != HEDDLE_TIME_NONE && (tally->first == HEDDLE_TIME_NONE || first < tally->first))
      tally->first = first;
    tally->last = MAX (tally->last, last); /* NONE is the least number */
  }
  return step == HEDDLE_STEP_DONE ? g_steal_pointer (&list) : NULL;
}

static void
cut_list (GPtrArray *list, const HeddleAskOptions *options)
{
  g_ptr_array_remove_range (list, 0, MIN (options->offset, list->len));
  if (options->limit > 0 && list->len > options->limit)
    g_ptr_array_remove_range (list, options->limit, list->len - options->limit);
}

GPtrArray *
heddle_store_tally (HeddleStore *store, const char *query, HeddleOutput output,
                    const HeddleAskOptions *options, GError **error)
{
  g_return_val_if_fail (output > HEDDLE_OUTPUT_THREADS && output <= HEDDLE_OUTPUT_CASES, NULL);
  g_autoptr (HeddleQuery) tree = read_query (store, query, options, error);
  if (tree == NULL)
    return NULL;
  g_autoptr (HeddleCondition) condition = heddle_query_condition (tree);
  g_autofree char *sql = g_strdup_printf (
      "WITH hits AS MATERIALIZED (SELECT n.id, n.time FROM %s%s),"
      " held AS (SELECT f.node, v.value, min (ifnull (v.shown, v.value)) AS shown, h.time"
      "  FROM hits h JOIN facts f ON f.node = h.id JOIN things v ON v.id = f.thing"
      "  WHERE v.kind BETWEEN ? AND ? GROUP BY f.node, v.value)"
      " SELECT value, shown, count (*) AS times, min (time), max (time) FROM held"
      " GROUP BY value, shown ORDER BY value, times DESC, shown",
      from_clause (condition), condition->where->str);
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare_once (store->index, sql, error);
  if (stmt == NULL)
    return NULL;
  int place = heddle_condition_bind (condition, stmt, 1);
  heddle_stmt_bind_int (stmt, place, tallied[output].first);
  heddle_stmt_bind_int (stmt, place + 1, tallied[output].last);
  g_autoptr (GPtrArray) list = read_tallies (stmt, error);
  if (list == NULL)
    return NULL;
  g_ptr_array_sort (list, compare_tallies);
  cut_list (list, options);
  return g_steal_pointer (&list);
}
