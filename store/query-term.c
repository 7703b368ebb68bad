/* SPDX-License-Identifier: MIT */
/* query-term: what each prefix of a query means. A new prefix is a row of `fields`.
 *
 * from:, to:, participant: with a whole address want that address, with "@domain" that
 * domain, else the words one after the other in name and address, as notmuch does; so
 * from:example.org finds sub-domains too. to: is To, Cc and Bcc. What else names the same
 * people is query-people.c's.
 */
#include "config.h"

#include <string.h>

#include "parser/parser.h"
#include "store/query-private.h"
#include "store/terms.h"

typedef struct _Field Field;
struct _Field {
  const char *prefix;
  HeddleQuery *(*make) (const HeddleAsk *ask, const Field *field, HeddleAskTerm *term,
                        char **ret_why);
  const char *columns;
  HeddleFactKind first, last;
};

#define WRITTEN "{subject body}"

/* --- words ------------------------------------------------------------------------ */

static HeddleQuery *
make_words (const HeddleAsk *ask, const Field *field, HeddleAskTerm *term, char **ret_why)
{
  g_autoptr (HeddleQuery) query = heddle_query_new (HEDDLE_QUERY_WORDS);
  gsize length = strlen (term->value);
  if (field->prefix == NULL && !term->quoted && strcmp (term->value, "*") == 0)
    return heddle_query_new (HEDDLE_QUERY_ALL);
  query->terms = heddle_terms_split (term->value);
  query->columns = field->columns;
  query->written = strcmp (field->columns, WRITTEN) == 0 || strcmp (field->columns, "body") == 0;
  query->beginning = !term->quoted && length > 0 && term->value[length - 1] == '*';
  if (query->terms->len > 0)
    return g_steal_pointer (&query);
  *ret_why = g_strdup_printf ("there is no word in '%s'", term->value);
  return NULL;
}

/* --- facts -------------------------------------------------------------------------- */

static HeddleQuery *
new_fact (const Field *field, HeddleMatch match, const char *value)
{
  HeddleQuery *query = heddle_query_new (HEDDLE_QUERY_FACT);
  query->first_fact = field->first;
  query->last_fact = field->last;
  query->match = match;
  query->value = heddle_text_fold (value);
  return query;
}

static HeddleQuery *
make_person (const HeddleAsk *ask, const Field *field, HeddleAskTerm *term, char **ret_why)
{
  const char *at = strrchr (term->value, '@');
  if (at == NULL || at[1] == '\0' || strpbrk (term->value, " <>") != NULL) {
    HeddleQuery *words = make_words (ask, field, term, ret_why);
    if (words != NULL) {
      words->person = TRUE;
      words->first_fact = field->first;
      words->last_fact = field->last;
    }
    return words;
  }
  HeddleQuery *fact
      = new_fact (field, at == term->value ? HEDDLE_MATCH_ENDS : HEDDLE_MATCH_EQUAL, term->value);
  fact->person = fact->match == HEDDLE_MATCH_EQUAL;
  return fact;
}

static HeddleQuery *
make_equal (const HeddleAsk *ask, const Field *field, HeddleAskTerm *term, char **ret_why)
{
  return new_fact (field, HEDDLE_MATCH_EQUAL, term->value);
}

static HeddleQuery *
make_url (const HeddleAsk *ask, const Field *field, HeddleAskTerm *term, char **ret_why)
{
  HeddleQuery *query = new_fact (field, HEDDLE_MATCH_WITHIN, "");
  g_free (query->value);
  query->value = g_utf8_strdown (term->value, -1);
  return query;
}

static HeddleQuery *
make_handle (const HeddleAsk *ask, const Field *field, HeddleAskTerm *term, char **ret_why)
{
  g_autofree char *handle
      = g_strconcat (term->value[0] == '@' ? "" : "@", term->value, NULL);
  return new_fact (field, HEDDLE_MATCH_EQUAL, handle);
}

static HeddleQuery *
make_type (const HeddleAsk *ask, const Field *field, HeddleAskTerm *term, char **ret_why)
{
  if (strchr (term->value, '/') != NULL)
    return new_fact (field, HEDDLE_MATCH_EQUAL, term->value);
  g_autofree char *major = g_strconcat (term->value, "/", NULL);
  return new_fact (field, HEDDLE_MATCH_BEGINS, major);
}

/* --- ids ------------------------------------------------------------------------------ */

static HeddleQuery *
make_id (const HeddleAsk *ask, const Field *field, HeddleAskTerm *term, char **ret_why)
{
  gboolean thread = strcmp (field->prefix, "thread") == 0;
  HeddleQuery *query = heddle_query_new (thread ? HEDDLE_QUERY_THREAD : HEDDLE_QUERY_ID);
  gsize length = strlen (term->value);
  gboolean bracketed = length > 2 && term->value[0] == '<' && term->value[length - 1] == '>';
  query->value = bracketed ? g_strndup (term->value + 1, length - 2) : g_strdup (term->value);
  return query;
}

/* --- time -------------------------------------------------------------------------------- */

static gboolean
read_date (const HeddleAsk *ask, const char *text, HeddleTime *ret_from, HeddleTime *ret_to,
           char **ret_why)
{
  if (heddle_query_date (text, ask->now, ask->zone, ret_from, ret_to))
    return TRUE;
  *ret_why = g_strdup_printf ("'%s' is no date: 2018-04-10, 2018-04, 3days, today … are", text);
  return FALSE;
}

static HeddleQuery *
make_range (const HeddleAsk *ask, const Field *field, HeddleAskTerm *term, char **ret_why)
{
  g_autoptr (HeddleQuery) query = heddle_query_new (HEDDLE_QUERY_TIME);
  HeddleTime from = 0, to = 0;
  const char *dots = strstr (term->value, "..");
  term->blame_value = TRUE;
  if (dots == NULL)
    return read_date (ask, term->value, &query->from, &query->to, ret_why)
               ? g_steal_pointer (&query)
               : NULL;
  g_autofree char *first = g_strndup (term->value, (gsize) (dots - term->value));
  const char *last = dots + 2;
  if (*first == '\0' && *last == '\0') {
    *ret_why = g_strdup ("a date is expected on one side of '..'");
    return NULL;
  }
  if (*first != '\0') {
    if (!read_date (ask, first, &from, &to, ret_why))
      return NULL;
    query->from = from;
  }
  if (*last != '\0') {
    if (!read_date (ask, last, &from, &to, ret_why))
      return NULL;
    query->to = to;
  }
  if (query->from != HEDDLE_TIME_NONE && query->to != HEDDLE_TIME_NONE && query->from >= query->to) {
    *ret_why = g_strdup_printf ("'%s' ends before it begins", term->value);
    return NULL;
  }
  return g_steal_pointer (&query);
}

/* before:X ends where X begins, after:X begins there too, so that the two part all that
 * has a time; as git does. */
static HeddleQuery *
make_side (const HeddleAsk *ask, const Field *field, HeddleAskTerm *term, char **ret_why)
{
  g_autoptr (HeddleQuery) query = heddle_query_new (HEDDLE_QUERY_TIME);
  HeddleTime from = 0, to = 0;
  term->blame_value = TRUE;
  if (!read_date (ask, term->value, &from, &to, ret_why))
    return NULL;
  if (strcmp (field->prefix, "before") == 0)
    query->to = from;
  else
    query->from = from;
  return g_steal_pointer (&query);
}

/* --- flags ---------------------------------------------------------------------------------- */

typedef struct {
  const char *prefix, *name;
  guint flag; /* 0: a state of the thread */
  HeddleAskState state;
  gboolean outside; /* all that is not in that state */
} FlagName;

static const FlagName flag_names[] = {
  { "has", "attachment", HEDDLE_FLAG_ATTACHMENT },
  { "has", "url", HEDDLE_FLAG_URL },
  { "has", "action", HEDDLE_FLAG_ACTION },
  { "has", "redaction", HEDDLE_FLAG_REDACTION },
  { "is", "received", HEDDLE_FLAG_RECEIVED },
  { "is", "quoted", HEDDLE_FLAG_QUOTED },
  { "is", "missing", HEDDLE_FLAG_MISSING },
  { "is", "encrypted", HEDDLE_FLAG_ENCRYPTED },
  { "is", "open", 0, HEDDLE_ASK_OPEN, FALSE },
  { "is", "waiting", 0, HEDDLE_ASK_WAITING, FALSE },
  { "is", "overdue", 0, HEDDLE_ASK_OVERDUE, FALSE },
  { "is", "closed", 0, HEDDLE_ASK_UNSETTLED, TRUE },
};

static HeddleQuery *
new_state (const FlagName *name)
{
  HeddleQuery *query = heddle_query_new (HEDDLE_QUERY_STATE);
  query->state = name->state;
  if (!name->outside)
    return query;
  HeddleQuery *other = heddle_query_new (HEDDLE_QUERY_NOT);
  g_ptr_array_add (other->children, query);
  return other;
}

static HeddleQuery *
make_flag (const HeddleAsk *ask, const Field *field, HeddleAskTerm *term, char **ret_why)
{
  g_autoptr (GString) known = g_string_new (NULL);
  term->blame_value = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (flag_names); i++) {
    const FlagName *name = &flag_names[i];
    if (strcmp (name->prefix, field->prefix) != 0)
      continue;
    g_string_append_printf (known, "%s%s", known->len > 0 ? ", " : "", name->name);
    if (g_ascii_strcasecmp (name->name, term->value) != 0)
      continue;
    if (name->flag == 0)
      return new_state (name);
    HeddleQuery *query = heddle_query_new (HEDDLE_QUERY_FLAG);
    query->flags = name->flag;
    return query;
  }
  *ret_why = g_strdup_printf ("%s: knows %s", field->prefix, known->str);
  return NULL;
}

/* A region ("pt-BR") is not looked at: texts do not say theirs. */
static HeddleQuery *
make_language (const HeddleAsk *ask, const Field *field, HeddleAskTerm *term, char **ret_why)
{
  g_autofree char *code = g_ascii_strdown (term->value, (gssize) strcspn (term->value, "-_"));
  if (strcmp (code, "no") == 0)
    return new_fact (field, HEDDLE_MATCH_EQUAL, "nb");
  if (heddle_language_is_known (code))
    return new_fact (field, HEDDLE_MATCH_EQUAL, code);
  term->blame_value = TRUE;
  *ret_why = g_strdup_printf ("'%s' is no language that is told apart here; give its code, as in "
                              "lang:fa", term->value);
  return NULL;
}

/* --- all of them ------------------------------------------------------------------------------ */

static const Field plain = { NULL, make_words, WRITTEN, 0, 0 };
static const Field fields[] = {
  { "from", make_person, "author", HEDDLE_FACT_FROM, HEDDLE_FACT_FROM },
  { "to", make_person, "others", HEDDLE_FACT_TO, HEDDLE_FACT_TO },
  { "participant", make_person, "{author others}", HEDDLE_FACT_FROM, HEDDLE_FACT_TO },
  { "subject", make_words, "subject", 0, 0 },
  { "body", make_words, "body", 0, 0 },
  { "attachment", make_words, "attachments", 0, 0 },
  { "thread", make_id, NULL, 0, 0 },
  { "id", make_id, NULL, 0, 0 },
  { "date", make_range, NULL, 0, 0 },
  { "before", make_side, NULL, 0, 0 },
  { "after", make_side, NULL, 0, 0 },
  { "url", make_url, NULL, HEDDLE_FACT_URL, HEDDLE_FACT_URL },
  { "domain", make_equal, NULL, HEDDLE_FACT_DOMAIN, HEDDLE_FACT_DOMAIN },
  { "handle", make_handle, NULL, HEDDLE_FACT_HANDLE, HEDDLE_FACT_HANDLE },
  { "case", make_equal, NULL, HEDDLE_FACT_CASE, HEDDLE_FACT_CASE },
  { "type", make_type, NULL, HEDDLE_FACT_TYPE, HEDDLE_FACT_TYPE },
  { "has", make_flag, NULL, 0, 0 },
  { "is", make_flag, NULL, 0, 0 },
  { "lang", make_language, NULL, HEDDLE_FACT_LANGUAGE, HEDDLE_FACT_LANGUAGE },
};

HeddleQuery *
heddle_query_term (const HeddleAsk *ask, HeddleAskTerm *term, char **ret_why)
{
  term->blame_value = FALSE;
  if (term->prefix == NULL)
    return plain.make (ask, &plain, term, ret_why);
  g_autoptr (GString) known = g_string_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++) {
    if (g_ascii_strcasecmp (fields[i].prefix, term->prefix) == 0) {
      if (term->value[0] != '\0')
        return fields[i].make (ask, &fields[i], term, ret_why);
      *ret_why = g_strdup_printf ("a value is expected after '%s:'", term->prefix);
      return NULL;
    }
    g_string_append_printf (known, " %s:", fields[i].prefix);
  }
  *ret_why = g_strdup_printf ("there is no prefix '%s:'; put it in quotation marks to search for "
                              "it, or use one of%s", term->prefix, known->str);
  return NULL;
}
