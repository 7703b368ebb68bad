/* SPDX-License-Identifier: MIT */
/* snippet: the words of a text are folded as the index folds them, and compared with the
 * words and phrases of the query that were asked of what authors wrote. What stands
 * under NOT is not looked for. Only the first WORDS words are looked at. */
#include "config.h"

#include <string.h>

#include "store/snippet.h"
#include "store/terms.h"

#define WORDS 20000
#define FIRST 48 /* words to begin with: most hits are early ones */
#define BEFORE 40  /* characters before the first hit */
#define LENGTH 160 /* characters in all, at most a word more */

static void
collect (const HeddleQuery *query, GPtrArray *phrases)
{
  if (query->kind == HEDDLE_QUERY_NOT)
    return;
  if (query->kind == HEDDLE_QUERY_WORDS && query->written)
    g_ptr_array_add (phrases, (gpointer) query);
  for (guint i = 0; query->children != NULL && i < query->children->len; i++)
    collect (query->children->pdata[i], phrases);
}

/* How many terms from @at on the phrase covers; 0 where it does not stand there. */
static guint
covers (const HeddleQuery *phrase, const GArray *terms, guint at)
{
  guint length = phrase->terms->len;
  if (length > terms->len - at)
    return 0;
  for (guint i = 0; i < length; i++) {
    const char *term = g_array_index (terms, HeddleTerm, at + i).term;
    const char *wanted = phrase->terms->pdata[i];
    gboolean open = phrase->beginning && i + 1 == length;
    if (open ? !g_str_has_prefix (term, wanted) : strcmp (term, wanted) != 0)
      return 0;
  }
  return length;
}

static guint
longest (const GPtrArray *phrases, const GArray *terms, guint at)
{
  guint most = 0;
  for (guint i = 0; i < phrases->len; i++)
    most = MAX (most, covers (phrases->pdata[i], terms, at));
  return most;
}

/* @from and @to to the bytes of the window around the byte @hit, whole words. */
static void
window (const char *text, gsize hit, gsize *from, gsize *to)
{
  const char *start = text + hit, *end;
  for (int i = 0; i < BEFORE && start > text; i++)
    start = g_utf8_prev_char (start);
  if (start > text) {
    const char *blank = start;
    while (blank < text + hit && !g_unichar_isspace (g_utf8_get_char (blank)))
      blank = g_utf8_next_char (blank);
    start = blank < text + hit ? blank : text + hit;
  }
  end = start;
  for (int i = 0; i < LENGTH && *end != '\0'; i++)
    end = g_utf8_next_char (end);
  /* To the end of the word, unless it has none. */
  for (int i = 0; i < 20 && *end != '\0' && !g_unichar_isspace (g_utf8_get_char (end)); i++)
    end = g_utf8_next_char (end);
  *from = (gsize) (start - text);
  *to = (gsize) (end - text);
}

/* Append text[from … to - 1] on one line. */
static void
append_clean (GString *out, const char *text, gsize from, gsize to)
{
  for (const char *at = text + from; at < text + to; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);
    gboolean blank = g_unichar_isspace (c);
    if (blank && out->len > 0 && out->str[out->len - 1] != ' ')
      g_string_append_c (out, ' ');
    else if (!blank && !g_unichar_iscntrl (c))
      g_string_append_unichar (out, c);
  }
}

static void
append_marked (GString *out, const char *text, gsize from, gsize to, const GArray *terms,
               const GPtrArray *phrases)
{
  gsize done = from;
  for (guint i = 0; i < terms->len && g_array_index (terms, HeddleTerm, i).start < to;) {
    const HeddleTerm *first = &g_array_index (terms, HeddleTerm, i);
    guint length = first->start >= done ? longest (phrases, terms, i) : 0;
    if (length == 0) {
      i++;
      continue;
    }
    gsize end = g_array_index (terms, HeddleTerm, i + length - 1).end;
    append_clean (out, text, done, first->start);
    g_string_append_c (out, '\001');
    append_clean (out, text, first->start, MIN (end, to));
    g_string_append_c (out, '\002');
    done = MIN (end, to);
    i += length;
  }
  append_clean (out, text, done, to);
}

/* Whether @terms reach to the end of the window around the term at @at, with what a phrase
 * that begins in it may need behind it. */
static gboolean
fill_window (const char *text, const GArray *terms, const GPtrArray *phrases, guint at)
{
  gsize from = 0, to = 0;
  guint behind = 1;
  for (guint i = 0; i < phrases->len; i++)
    behind = MAX (behind, ((const HeddleQuery *) phrases->pdata[i])->terms->len);
  if (at == terms->len || behind > terms->len)
    return FALSE;
  window (text, g_array_index (terms, HeddleTerm, at).start, &from, &to);
  return g_array_index (terms, HeddleTerm, terms->len - behind).start >= to;
}

/* The words of @text up to some behind the first hit, which is at @ret_at; it is their
 * number where there is none. A phrase that the last word cuts is found when there are more. */
static GArray *
find_first (const char *text, const GPtrArray *phrases, guint *ret_at)
{
  guint most = phrases->len > 0 ? FIRST : 0;
  for (;;) {
    g_autoptr (GArray) terms = heddle_terms_locate (text, most);
    guint at = 0;
    while (at < terms->len && longest (phrases, terms, at) == 0)
      at++;
    if (terms->len < most || most == 0 || most >= WORDS || fill_window (text, terms, phrases, at)) {
      *ret_at = at;
      return g_steal_pointer (&terms);
    }
    most = MIN (most * 8, WORDS);
  }
}

char *
heddle_snippet (const char *text, const HeddleQuery *query)
{
  g_autoptr (GPtrArray) phrases = g_ptr_array_new ();
  guint at = 0;
  collect (query, phrases);
  g_autoptr (GArray) terms = find_first (text, phrases, &at);
  gsize from = 0, to = 0;
  window (text, at < terms->len ? g_array_index (terms, HeddleTerm, at).start : 0, &from, &to);
  GString *out = g_string_new (NULL);
  append_marked (out, text, from, to, terms, phrases);
  g_strchomp (out->str);
  out->len = strlen (out->str);
  if (from > 0)
    g_string_prepend (out, "…");
  if (text[to] != '\0')
    g_string_append (out, "…");
  return g_string_free (out, FALSE);
}
