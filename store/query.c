/* SPDX-License-Identifier: MIT */
/* query: the grammar of interface.md, to a tree.
 *
 *   query := and (OR and)*          and := unary (AND? unary)*
 *   unary := (NOT | '-') unary | '(' query ')' | term
 *   term  := word | word* | "phrase" | prefix:word | prefix:"phrase" | *
 *
 * One pass over the text; brackets and NOT nest at most DEPTH deep, a query has at most
 * LEAVES terms of at most BYTES bytes in all, and each bound is an error of its own. What
 * a prefix means is query-term.c's.
 */
#include "config.h"

#include <string.h>

#include "store/query-private.h"

#define DEPTH 20
#define LEAVES 100
#define BYTES 8192

typedef enum { TOKEN_END, TOKEN_OPEN, TOKEN_CLOSE, TOKEN_AND, TOKEN_OR, TOKEN_NOT, TOKEN_TERM } TokenKind;

typedef struct {
  HeddleAsk ask; /* now, zone */
  const char *text, *at;
  TokenKind kind;       /* of the token that is looked at */
  const char *start;    /* where it begins */
  HeddleAskTerm term;   /* for TOKEN_TERM */
  guint depth, leaves;
} Reader;

/* --- errors ----------------------------------------------------------------------- */

static gboolean
fail_at (const Reader *reader, const char *place, GError **error, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

static gboolean
fail_at (const Reader *reader, const char *place, GError **error, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *what = g_strdup_vprintf (format, args);
  va_end (args);
  glong column = g_utf8_pointer_to_offset (reader->text, place) + 1;
  g_set_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_QUERY, "at column %ld: %s", column,
               what);
  return FALSE;
}

/* --- tokens ------------------------------------------------------------------------- */

static gboolean
ends_word (char c)
{
  return c == '\0' || g_ascii_isspace (c) || c == '(' || c == ')' || c == '"';
}

static gboolean
read_phrase (Reader *reader, GError **error)
{
  const char *open = reader->at;
  const char *close = strchr (open + 1, '"');
  if (close == NULL)
    return fail_at (reader, open, error, "this quotation mark is never closed");
  reader->term.value = g_strndup (open + 1, (gsize) (close - open - 1));
  reader->term.quoted = TRUE;
  reader->at = close + 1;
  return TRUE;
}

/* Bytes of a prefix with its colon, 0 where the word has none. "https://…" has none. */
static gsize
prefix_length (const char *word)
{
  gsize length = 0;
  while (g_ascii_isalpha (word[length]) || (length > 0 && (word[length] == '-' || word[length] == '_')))
    length++;
  if (length == 0 || word[length] != ':' || (word[length + 1] == '/' && word[length + 2] == '/'))
    return 0;
  return length + 1;
}

static gboolean
read_term (Reader *reader, GError **error)
{
  gsize prefix = prefix_length (reader->at);
  if (prefix > 0) {
    reader->term.prefix = g_strndup (reader->at, prefix - 1);
    reader->at += prefix;
  }
  reader->kind = TOKEN_TERM;
  reader->term.place = reader->at;
  if (*reader->at == '"')
    return read_phrase (reader, error);
  const char *start = reader->at;
  while (!ends_word (*reader->at))
    reader->at++;
  if (reader->at == start)
    return fail_at (reader, start, error, "a value is expected after '%s:'", reader->term.prefix);
  reader->term.value = g_strndup (start, (gsize) (reader->at - start));
  return TRUE;
}

static void
clear_term (Reader *reader)
{
  g_clear_pointer (&reader->term.prefix, g_free);
  g_clear_pointer (&reader->term.value, g_free);
  reader->term.quoted = FALSE;
}

/* Look at the next token. */
static gboolean
advance (Reader *reader, GError **error)
{
  static const struct {
    const char *word;
    TokenKind kind;
  } words[] = { { "AND", TOKEN_AND }, { "OR", TOKEN_OR }, { "NOT", TOKEN_NOT } };
  clear_term (reader);
  while (g_ascii_isspace (*reader->at))
    reader->at++;
  reader->start = reader->at;
  switch (*reader->at) {
  case '\0':
    reader->kind = TOKEN_END;
    return TRUE;
  case '(':
  case ')':
    reader->kind = *reader->at == '(' ? TOKEN_OPEN : TOKEN_CLOSE;
    reader->at++;
    return TRUE;
  case '-':
    reader->kind = TOKEN_NOT;
    reader->at++;
    if (*reader->at == '\0' || g_ascii_isspace (*reader->at) || *reader->at == ')')
      return fail_at (reader, reader->start, error, "'-' stands before nothing");
    return TRUE;
  default:
    break;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++) {
    gsize length = strlen (words[i].word);
    if (strncmp (reader->at, words[i].word, length) == 0 && ends_word (reader->at[length])) {
      reader->kind = words[i].kind;
      reader->at += length;
      return TRUE;
    }
  }
  return read_term (reader, error);
}

/* --- the tree -------------------------------------------------------------------------- */

HeddleQuery *
heddle_query_new (HeddleQueryKind kind)
{
  HeddleQuery *query = g_new0 (HeddleQuery, 1);
  query->kind = kind;
  query->from = query->to = HEDDLE_TIME_NONE;
  if (kind == HEDDLE_QUERY_AND || kind == HEDDLE_QUERY_OR || kind == HEDDLE_QUERY_NOT)
    query->children = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_query_free);
  return query;
}

void
heddle_query_free (HeddleQuery *query)
{
  if (query == NULL)
    return;
  g_clear_pointer (&query->children, g_ptr_array_unref);
  g_clear_pointer (&query->terms, g_ptr_array_unref);
  g_free (query->value);
  g_free (query->address);
  g_free (query);
}

/* @list (transfer full) of one is that one. */
static HeddleQuery *
unwrap (HeddleQuery *list)
{
  if (list->children->len != 1)
    return list;
  HeddleQuery *only = g_ptr_array_steal_index (list->children, 0);
  heddle_query_free (list);
  return only;
}

static HeddleQuery *read_or (Reader *reader, GError **error);

static HeddleQuery *
read_bracket (Reader *reader, GError **error)
{
  const char *open = reader->start;
  if (!advance (reader, error))
    return NULL;
  if (reader->kind == TOKEN_CLOSE) {
    fail_at (reader, open, error, "there is nothing between these brackets");
    return NULL;
  }
  g_autoptr (HeddleQuery) query = read_or (reader, error);
  if (query == NULL)
    return NULL;
  if (reader->kind != TOKEN_CLOSE) {
    fail_at (reader, open, error, "this bracket is never closed");
    return NULL;
  }
  return advance (reader, error) ? g_steal_pointer (&query) : NULL;
}

static HeddleQuery *
read_leaf (Reader *reader, GError **error)
{
  g_autofree char *why = NULL;
  if (++reader->leaves > LEAVES) {
    fail_at (reader, reader->start, error, "a query has at most %d terms", LEAVES);
    return NULL;
  }
  g_autoptr (HeddleQuery) query = heddle_query_term (&reader->ask, &reader->term, &why);
  if (query == NULL) {
    fail_at (reader, reader->term.prefix != NULL && !reader->term.blame_value ? reader->start
                                                                              : reader->term.place,
             error, "%s", why);
    return NULL;
  }
  HeddleQuery *state = query->kind == HEDDLE_QUERY_NOT ? query->children->pdata[0] : query;
  state->column = g_utf8_pointer_to_offset (reader->text, reader->start) + 1;
  return advance (reader, error) ? g_steal_pointer (&query) : NULL;
}

static HeddleQuery *
read_unary (Reader *reader, GError **error)
{
  g_autoptr (HeddleQuery) query = NULL;
  if (++reader->depth > DEPTH) {
    fail_at (reader, reader->start, error, "brackets and NOT nest at most %d deep", DEPTH);
    return NULL;
  }
  switch (reader->kind) {
  case TOKEN_NOT: {
    g_autoptr (HeddleQuery) inner
        = advance (reader, error) ? read_unary (reader, error) : NULL;
    if (inner == NULL)
      return NULL;
    query = heddle_query_new (HEDDLE_QUERY_NOT);
    g_ptr_array_add (query->children, g_steal_pointer (&inner));
    break;
  }
  case TOKEN_OPEN:
    query = read_bracket (reader, error);
    break;
  case TOKEN_TERM:
    query = read_leaf (reader, error);
    break;
  default:
    fail_at (reader, reader->start, error, "a word, a phrase, a prefix or '(' is expected here");
    break;
  }
  reader->depth--;
  return g_steal_pointer (&query);
}

static HeddleQuery *
read_and (Reader *reader, GError **error)
{
  g_autoptr (HeddleQuery) list = heddle_query_new (HEDDLE_QUERY_AND);
  for (;;) {
    HeddleQuery *next = read_unary (reader, error);
    if (next == NULL)
      return NULL;
    g_ptr_array_add (list->children, next);
    if (reader->kind == TOKEN_END || reader->kind == TOKEN_CLOSE || reader->kind == TOKEN_OR)
      break;
    if (reader->kind == TOKEN_AND && !advance (reader, error))
      return NULL;
  }
  return unwrap (g_steal_pointer (&list));
}

static HeddleQuery *
read_or (Reader *reader, GError **error)
{
  g_autoptr (HeddleQuery) list = heddle_query_new (HEDDLE_QUERY_OR);
  for (;;) {
    HeddleQuery *next = read_and (reader, error);
    if (next == NULL)
      return NULL;
    g_ptr_array_add (list->children, next);
    if (reader->kind != TOKEN_OR)
      break;
    if (!advance (reader, error))
      return NULL;
  }
  return unwrap (g_steal_pointer (&list));
}

static HeddleQuery *
read_all (Reader *reader, GError **error)
{
  if (!advance (reader, error))
    return NULL;
  if (reader->kind == TOKEN_END)
    return heddle_query_new (HEDDLE_QUERY_ALL);
  g_autoptr (HeddleQuery) query = read_or (reader, error);
  if (query == NULL)
    return NULL;
  if (reader->kind == TOKEN_CLOSE) {
    fail_at (reader, reader->start, error, "this bracket was never opened");
    return NULL;
  }
  return g_steal_pointer (&query);
}

/* --- what follow-ups know ------------------------------------------------------------------ */

/* Ids of threads are ASCII letters and digits: no JSON needs to be escaped. */
static char *
write_ids (const GPtrArray *ids)
{
  GString *json = g_string_new ("[");
  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (json, "%s\"%s\"", i > 0 ? "," : "", (char *) ids->pdata[i]);
  g_string_append_c (json, ']');
  return g_string_free (json, FALSE);
}

gboolean
heddle_query_resolve (HeddleQuery *query, const HeddleAskOptions *options, GError **error)
{
  for (guint i = 0; query->children != NULL && i < query->children->len; i++)
    if (!heddle_query_resolve (query->children->pdata[i], options, error))
      return FALSE;
  if (query->kind != HEDDLE_QUERY_STATE)
    return TRUE;
  if (options->threads_in == NULL) {
    g_set_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_QUERY,
                 "at column %ld: what is open or overdue is not known here", query->column);
    return FALSE;
  }
  g_autoptr (GPtrArray) ids = options->threads_in (query->state, options->data, error);
  if (ids == NULL)
    return FALSE;
  query->value = write_ids (ids);
  return TRUE;
}

HeddleQuery *
heddle_query_parse (const char *text, HeddleTime now, GTimeZone *zone, GError **error)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  Reader reader = { .ask = { now, zone }, .text = valid, .at = valid };
  if (strlen (valid) > BYTES) {
    fail_at (&reader, valid, error, "a query has at most %d bytes", BYTES);
    return NULL;
  }
  HeddleQuery *query = read_all (&reader, error);
  clear_term (&reader);
  return query;
}
