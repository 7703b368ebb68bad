/* SPDX-License-Identifier: MIT */
/* query-sql: a query's tree to SQL.
 *
 * What the full text index can answer alone (words joined by AND and OR) becomes one
 * expression for it, made of quoted words, of which folding left letters and digits
 * only; at the top of the tree that expression is the table that is walked, so that it
 * ranks. All else becomes conditions on a row of nodes. Lists are written as balanced
 * trees: SQLite bounds the depth of an expression.
 */
#include "config.h"

#include "store/query-sql.h"
#include "store/store-private.h"

static void
clear_bind (gpointer item)
{
  g_free (((HeddleBind *) item)->text);
}

void
heddle_condition_free (HeddleCondition *condition)
{
  if (condition == NULL)
    return;
  g_free (condition->match);
  g_string_free (condition->where, TRUE);
  g_array_unref (condition->binds);
  g_free (condition);
}

/* --- full text ---------------------------------------------------------------------- */

static gboolean
is_words (const HeddleQuery *query)
{
  if (query->kind == HEDDLE_QUERY_WORDS)
    return TRUE;
  if (query->kind != HEDDLE_QUERY_AND && query->kind != HEDDLE_QUERY_OR)
    return FALSE;
  for (guint i = 0; i < query->children->len; i++)
    if (!is_words (query->children->pdata[i]))
      return FALSE;
  return TRUE;
}

static void
write_match (GString *out, const HeddleQuery *query)
{
  if (query->kind == HEDDLE_QUERY_WORDS) {
    g_string_append_printf (out, "%s : \"", query->columns);
    for (guint i = 0; i < query->terms->len; i++)
      g_string_append_printf (out, "%s%s", i > 0 ? " " : "", (char *) query->terms->pdata[i]);
    g_string_append (out, query->beginning ? "\" *" : "\"");
    return;
  }
  g_string_append_c (out, '(');
  for (guint i = 0; i < query->children->len; i++) {
    if (i > 0)
      g_string_append (out, query->kind == HEDDLE_QUERY_AND ? " AND " : " OR ");
    write_match (out, query->children->pdata[i]);
  }
  g_string_append_c (out, ')');
}

/* --- conditions ------------------------------------------------------------------------ */

static void
bind_text (HeddleCondition *condition, const char *text)
{
  HeddleBind bind = { g_strdup (text), 0 };
  g_array_append_val (condition->binds, bind);
}

static void
bind_number (HeddleCondition *condition, gint64 number)
{
  HeddleBind bind = { NULL, number };
  g_array_append_val (condition->binds, bind);
}

static void
write_fact (HeddleCondition *condition, const HeddleQuery *query)
{
  static const char *const matches[] = {
    [HEDDLE_MATCH_EQUAL] = "v.value = ?",
    [HEDDLE_MATCH_WITHIN] = "instr (lower (v.value), ?) > 0",
    [HEDDLE_MATCH_BEGINS] = "instr (v.value, ?) = 1",
    [HEDDLE_MATCH_ENDS] = "substr (v.value, -length (?)) = ?",
  };
  g_string_append_printf (condition->where,
                          "n.id IN (SELECT f.node FROM things v JOIN facts f ON f.thing = v.id"
                          " WHERE v.kind IN (?, ?) AND %s)",
                          matches[query->match]);
  bind_number (condition, query->first_fact);
  bind_number (condition, query->last_fact);
  bind_text (condition, query->value);
  if (query->match == HEDDLE_MATCH_ENDS)
    bind_text (condition, query->value);
}

static void
write_named (HeddleCondition *condition, const HeddleQuery *query)
{
  static const char threads_of[] = "n.thread IN (SELECT o.thread FROM things w JOIN facts g"
                                   " ON g.thing = w.id JOIN nodes o ON o.id = g.node"
                                   " WHERE w.kind IN (0, 1) AND w.value = ?)";
  g_string_append (condition->where,
                   "(n.id IN (SELECT f.node FROM things v JOIN facts f ON f.thing = v.id"
                   " WHERE v.kind IN (?, ?) AND v.value = ?)");
  bind_number (condition, query->first_fact);
  bind_number (condition, query->last_fact);
  bind_text (condition, query->value);
  g_string_append_printf (condition->where, " AND %s", threads_of);
  bind_text (condition, query->address);
  for (guint i = 0; i < query->terms->len; i++) {
    g_string_append_printf (condition->where, " AND NOT %s", threads_of);
    bind_text (condition, query->terms->pdata[i]);
  }
  g_string_append_c (condition->where, ')');
}

static void
write_time (HeddleCondition *condition, const HeddleQuery *query)
{
  /* IS NOT NULL, so that NOT finds what has no time. */
  g_string_append (condition->where, "(n.time IS NOT NULL");
  if (query->from != HEDDLE_TIME_NONE) {
    g_string_append (condition->where, " AND n.time >= ?");
    bind_number (condition, query->from);
  }
  if (query->to != HEDDLE_TIME_NONE) {
    g_string_append (condition->where, " AND n.time < ?");
    bind_number (condition, query->to);
  }
  g_string_append_c (condition->where, ')');
}

static void
write_id (HeddleCondition *condition, const HeddleQuery *query)
{
  gboolean thread = query->kind == HEDDLE_QUERY_THREAD;
  gint64 number = 0; /* is nobody's */
  if (!heddle_id_number (query->value, &number) || (!thread && query->value[0] != 'm'))
    number = 0;
  g_string_append (condition->where,
                   thread ? "n.thread IN (SELECT o.thread FROM ids i JOIN nodes o ON o.id = i.node"
                            "  WHERE i.id = ?)"
                          : "n.id IN (SELECT node FROM ids WHERE id = ?"
                            " UNION SELECT id FROM nodes WHERE message_id = ?)");
  bind_number (condition, number);
  if (!thread)
    bind_text (condition, query->value);
}

static void
write_state (HeddleCondition *condition, const HeddleQuery *query)
{
  g_string_append (condition->where, "n.thread IN (SELECT id FROM threads WHERE thread IN"
                                     " (SELECT value FROM json_each (?)))");
  bind_text (condition, query->value != NULL ? query->value : "[]");
}

static void write_node (HeddleCondition *condition, const HeddleQuery *query);

/* children[first … last - 1], as a balanced tree. */
static void
write_list (HeddleCondition *condition, const GPtrArray *children, const char *word, guint first,
            guint last)
{
  if (last - first == 1) {
    write_node (condition, children->pdata[first]);
    return;
  }
  guint middle = first + (last - first) / 2;
  g_string_append_c (condition->where, '(');
  write_list (condition, children, word, first, middle);
  g_string_append (condition->where, word);
  write_list (condition, children, word, middle, last);
  g_string_append_c (condition->where, ')');
}

static void
write_words (HeddleCondition *condition, const HeddleQuery *query)
{
  g_autoptr (GString) match = g_string_new (NULL);
  write_match (match, query);
  g_string_append (condition->where, "n.id IN (SELECT rowid FROM words WHERE words MATCH ?)");
  bind_text (condition, match->str);
}

static void
write_node (HeddleCondition *condition, const HeddleQuery *query)
{
  switch (query->kind) {
  case HEDDLE_QUERY_ALL:
    g_string_append (condition->where, "1");
    break;
  case HEDDLE_QUERY_AND:
  case HEDDLE_QUERY_OR:
    if (is_words (query))
      write_words (condition, query);
    else
      write_list (condition, query->children, query->kind == HEDDLE_QUERY_AND ? " AND " : " OR ", 0,
                  query->children->len);
    break;
  case HEDDLE_QUERY_NOT:
    g_string_append (condition->where, "NOT (");
    write_node (condition, query->children->pdata[0]);
    g_string_append_c (condition->where, ')');
    break;
  case HEDDLE_QUERY_WORDS:
    write_words (condition, query);
    break;
  case HEDDLE_QUERY_FACT:
    write_fact (condition, query);
    break;
  case HEDDLE_QUERY_TIME:
    write_time (condition, query);
    break;
  case HEDDLE_QUERY_FLAG:
    g_string_append (condition->where, "(n.flags & ?) <> 0");
    bind_number (condition, query->flags);
    break;
  case HEDDLE_QUERY_NAMED:
    write_named (condition, query);
    break;
  case HEDDLE_QUERY_STATE:
    write_state (condition, query);
    break;
  case HEDDLE_QUERY_ID:
  case HEDDLE_QUERY_THREAD:
    write_id (condition, query);
    break;
  }
}

/* --- all of it ---------------------------------------------------------------------------- */

static gboolean
asks_for_missing (const HeddleQuery *query)
{
  if (query->kind == HEDDLE_QUERY_ID
      || (query->kind == HEDDLE_QUERY_FLAG && (query->flags & HEDDLE_FLAG_MISSING) != 0))
    return TRUE;
  for (guint i = 0; query->children != NULL && i < query->children->len; i++)
    if (asks_for_missing (query->children->pdata[i]))
      return TRUE;
  return FALSE;
}

/* The parts of the top AND: what is words goes into the match, the rest is returned. */
static GPtrArray *
part (const HeddleQuery *query, GString *match)
{
  GPtrArray *rest = g_ptr_array_new ();
  guint count = query->kind == HEDDLE_QUERY_AND ? query->children->len : 1;
  for (guint i = 0; i < count; i++) {
    HeddleQuery *child
        = query->kind == HEDDLE_QUERY_AND ? query->children->pdata[i] : (HeddleQuery *) query;
    if (!is_words (child)) {
      g_ptr_array_add (rest, child);
      continue;
    }
    g_string_append (match, match->len > 0 ? " AND (" : "(");
    write_match (match, child);
    g_string_append_c (match, ')');
  }
  return rest;
}

HeddleCondition *
heddle_query_condition (const HeddleQuery *query)
{
  HeddleCondition *condition = g_new0 (HeddleCondition, 1);
  condition->where = g_string_new (NULL);
  condition->binds = g_array_new (FALSE, FALSE, sizeof (HeddleBind));
  g_array_set_clear_func (condition->binds, clear_bind);
  g_autoptr (GString) match = g_string_new (NULL);
  g_autoptr (GPtrArray) rest = part (query, match);
  if (!asks_for_missing (query)) {
    g_string_append (condition->where, "(n.flags & ?) = 0");
    bind_number (condition, HEDDLE_FLAG_MISSING);
  } else {
    g_string_append_c (condition->where, '1');
  }
  if (rest->len > 0) {
    g_string_append (condition->where, " AND ");
    write_list (condition, rest, " AND ", 0, rest->len);
  }
  if (match->len > 0)
    condition->match = g_strdup (match->str);
  return condition;
}

int
heddle_condition_bind (const HeddleCondition *condition, HeddleStmt *stmt, int place)
{
  if (condition->match != NULL)
    heddle_stmt_bind_text (stmt, place++, condition->match);
  for (guint i = 0; i < condition->binds->len; i++) {
    const HeddleBind *bind = &g_array_index (condition->binds, HeddleBind, i);
    if (bind->text != NULL)
      heddle_stmt_bind_text (stmt, place++, bind->text);
    else
      heddle_stmt_bind_int (stmt, place++, bind->number);
  }
  return place;
}
