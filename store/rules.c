/* SPDX-License-Identifier: MIT */
/* rules: what people decided about threads, out of the truth, and whether the index has
 * heard of it.
 *
 * Decisions are only ever added, so a store that is open reads those behind the last that
 * it knows. The index keeps a copy of all that it has heard of, a line each (`rules` in its
 * `meta`): after a crash between the two files, or with a truth that came back from a
 * backup, the lines that only one of them has name the bundles to be threaded anew.
 *
 * Not handled: a subject that is no name of evidence, which no version wrote; it is
 * passed over.
 */
#include "config.h"

#include <string.h>

#include "store/store-private.h"

typedef struct _HeddleRules {
  HeddleThreadRules *threads;
  GHashTable *splits; /* set of char *: where somebody split */
  GString *lines;     /* a decision each */
  gint64 last;        /* the highest number that was looked at */
} HeddleRules;

void
heddle_rules_free (HeddleRules *rules)
{
  if (rules == NULL)
    return;
  heddle_thread_rules_free (rules->threads);
  g_hash_table_unref (rules->splits);
  g_string_free (rules->lines, TRUE);
  g_free (rules);
}

char *
heddle_evidence_name (const HeddleEvidence *evidence)
{
  return g_strdup_printf ("%s/%u", evidence->mail, evidence->index);
}

/* --- out of the truth ---------------------------------------------------------------- */

/* @ret_mail: (transfer full). */
static gboolean
read_evidence (const char *name, char **ret_mail, guint *ret_index)
{
  const char *slash = name != NULL ? strchr (name, '/') : NULL;
  guint8 sha[HEDDLE_SHA_BYTES];
  guint64 index = 0;
  if (slash == NULL || !g_ascii_string_to_unsigned (slash + 1, 10, 0, G_MAXUINT, &index, NULL))
    return FALSE;
  g_autofree char *mail = g_strndup (name, (gsize)(slash - name));
  if (!heddle_sha_read (mail, sha, NULL))
    return FALSE;
  *ret_mail = g_steal_pointer (&mail);
  *ret_index = (guint)index;
  return TRUE;
}

static void
take (HeddleRules *rules, gint64 number, const char *kind, const char *subject,
      const char *value)
{
  g_autofree char *mail = NULL, *other = NULL;
  HeddleThreadRule rule = { .kind = HEDDLE_RULE_SPLIT, .number = number };
  if (!read_evidence (subject, &mail, &rule.index))
    return;
  if (strcmp (kind, "join") == 0) {
    rule.kind = HEDDLE_RULE_JOIN;
    if (!read_evidence (value, &other, &rule.other_index))
      return;
  } else {
    g_hash_table_add (rules->splits, g_strdup (subject));
  }
  rule.mail = mail;
  rule.other = other;
  heddle_thread_rules_add (rules->threads, &rule);
  g_string_append_printf (rules->lines, "%" G_GINT64_FORMAT " %s %s %s\n", number, kind,
                          subject, other != NULL ? value : "-");
}

gboolean
heddle_rules_read (HeddleStore *store, GError **error)
{
  if (store->rules == NULL) {
    store->rules = g_new0 (HeddleRules, 1);
    store->rules->threads = heddle_thread_rules_new ();
    store->rules->splits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    store->rules->lines = g_string_new (NULL);
  }
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      store->truth, "SELECT id, kind, subject, value FROM decisions WHERE id > ? ORDER BY id",
      error);
  if (stmt == NULL)
    return FALSE;
  heddle_stmt_bind (stmt, "i", store->rules->last);
  HeddleStep step;
  while ((step = heddle_stmt_step (stmt, error)) == HEDDLE_STEP_ROW) {
    g_autofree char *kind = heddle_stmt_text (stmt, 1);
    store->rules->last = heddle_stmt_int (stmt, 0);
    if (strcmp (kind, "join") != 0 && strcmp (kind, "split") != 0)
      continue;
    g_autofree char *subject = heddle_stmt_text (stmt, 2);
    g_autofree char *value = heddle_stmt_text (stmt, 3);
    take (store->rules, store->rules->last, kind, subject, value);
  }
  return step == HEDDLE_STEP_DONE;
}

void
heddle_rules_tell (HeddleStore *store, HeddleThreadMail *mail)
{
  heddle_thread_mail_rule (mail, store->rules->threads);
}

gboolean
heddle_store_is_split (HeddleStore *store, const HeddleNode *message, gboolean *ret,
                       GError **error)
{
  if (!heddle_rules_read (store, error))
    return FALSE;
  *ret = FALSE;
  for (guint i = 0; i < message->evidence->len && !*ret; i++) {
    g_autofree char *name = heddle_evidence_name (message->evidence->pdata[i]);
    *ret = g_hash_table_contains (store->rules->splits, name);
  }
  return TRUE;
}

/* --- what the index has heard of -------------------------------------------------------- */

static char *
read_heard (HeddleStore *store, GError **error)
{
  g_autoptr (HeddleStmt) stmt
      = heddle_sql_prepare (store->index, "SELECT value FROM meta WHERE name = 'rules'", error);
  if (stmt == NULL)
    return NULL;
  HeddleStep step = heddle_stmt_step (stmt, error);
  if (step == HEDDLE_STEP_ERROR)
    return NULL;
  gsize length = 0;
  gconstpointer text = step == HEDDLE_STEP_ROW ? heddle_stmt_blob (stmt, 0, &length) : NULL;
  return text != NULL ? g_strndup (text, length) : g_strdup ("");
}

static gboolean
write_heard (HeddleStore *store, GError **error)
{
  const GString *lines = store->rules->lines;
  g_autoptr (GBytes) text = g_bytes_new (lines->str, lines->len);
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      store->index, "INSERT OR REPLACE INTO meta VALUES ('rules', ?)", error);
  if (stmt == NULL)
    return FALSE;
  heddle_stmt_bind (stmt, "b", text);
  return heddle_stmt_run (stmt, error);
}

/* The bundle of @mail, where the index has it in one. */
static gboolean
touch_bundle (HeddleStore *store, const char *mail, GHashTable *touched, GError **error)
{
  guint8 sha[HEDDLE_SHA_BYTES];
  if (mail == NULL || !heddle_sha_read (mail, sha, NULL))
    return TRUE;
  g_autoptr (HeddleStmt) stmt = heddle_sql_prepare (
      store->index, "SELECT bundle FROM mails WHERE sha = ? AND bundle > 0", error);
  if (stmt == NULL)
    return FALSE;
  heddle_stmt_bind_blob (stmt, 1, sha, sizeof sha);
  HeddleStep step = heddle_stmt_step (stmt, error);
  if (step == HEDDLE_STEP_ROW) {
    gint64 bundle = heddle_stmt_int (stmt, 0);
    g_hash_table_add (touched, g_memdup2 (&bundle, sizeof bundle));
  }
  return step != HEDDLE_STEP_ERROR;
}

static gboolean
touch_name (HeddleStore *store, const char *name, GHashTable *touched, GError **error)
{
  g_autofree char *mail = NULL;
  guint index;
  return !read_evidence (name, &mail, &index) || touch_bundle (store, mail, touched, error);
}

gboolean
heddle_rules_touch_mail (HeddleStore *store, const HeddleThreadMail *mail, GHashTable *touched,
                         GError **error)
{
  for (guint i = 0; mail->rules != NULL && i < mail->rules->len; i++) {
    const HeddleThreadRule *rule = mail->rules->pdata[i];
    if (!touch_bundle (store, rule->mail, touched, error)
        || !touch_bundle (store, rule->other, touched, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
touch_lines (HeddleStore *store, const char *text, GHashTable *touched, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    g_auto (GStrv) words = g_strsplit (*line, " ", 4);
    if (g_strv_length (words) == 4
        && (!touch_name (store, words[2], touched, error)
            || !touch_name (store, words[3], touched, error)))
      return FALSE;
  }
  return TRUE;
}

gboolean
heddle_rules_touch (HeddleStore *store, GHashTable *touched, GError **error)
{
  const char *known = store->rules->lines->str;
  g_autofree char *heard = read_heard (store, error);
  if (heard == NULL)
    return FALSE;
  if (strcmp (heard, known) == 0)
    return TRUE;
  gsize same = 0;
  for (gsize i = 0; heard[i] != '\0' && heard[i] == known[i]; i++)
    if (heard[i] == '\n')
      same = i + 1;
  return touch_lines (store, heard + same, touched, error)
         && touch_lines (store, known + same, touched, error) && write_heard (store, error);
}
