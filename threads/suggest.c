/* SPDX-License-Identifier: MIT */
/* threads/suggest: which conversations a person might want to join.
 *
 * One subject joins nothing: "Update" is everybody's. But where a subject says something,
 * somebody takes part in both, and not much time lies between them, that can be said, and
 * why. A subject says something by two words that are no formula of mail ("status update"),
 * or by one with a number of four digits; and only while few conversations have it.
 *
 * Not handled: subjects that changed on the way; what one word says in a language without
 * blanks; who is who beyond address and name.
 *
 * The index keeps what a subject says: another list of words or another rule here needs
 * another version of the index (store/index.c). */
#include "threads/fingerprint.h"
#include "threads/threads.h"

#include <string.h>

/* Between the end of one and the beginning of the other. */
#define APART_SECONDS ((gint64) 14 * 86400)
#define TELLING_WORDS 2u
#define TELLING_DIGITS 4u
#define WORD_LETTERS 3u
/* Names that a reason gives. */
#define NAMED 2u

void
heddle_suggestion_free (HeddleSuggestion *suggestion)
{
  if (suggestion == NULL)
    return;
  g_free (suggestion->thread);
  g_free (suggestion->subject);
  g_free (suggestion->why);
  g_free (suggestion);
}

/* --- subjects ----------------------------------------------------------------------- */

/* Words of many a subject that tell nothing of what it is about, sorted. */
static gboolean
is_formula (const char *word)
{
  static const char *const formulas[]
      = { "about",   "again",   "and",     "answer", "attached", "email",  "follow",   "followup",
          "for",     "from",    "hello",   "help",   "important", "info",  "information", "mail",
          "meeting", "message", "new",     "news",   "next",     "note",   "our",      "please",
          "question", "questions", "quick", "regarding", "reminder", "reply", "request", "short",
          "status",  "the",     "this",    "update", "updates",  "urgent", "with",     "your" };

  for (gsize i = 0; i < G_N_ELEMENTS (formulas); i++)
    if (strcmp (formulas[i], word) == 0)
      return TRUE;
  return FALSE;
}

/* How much one word tells: a number that is long enough all that is wanted. */
static guint
tells (const char *word)
{
  guint letters = 0, digits = 0;

  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p)) {
    letters += g_unichar_isalpha (g_utf8_get_char (p)) ? 1 : 0;
    digits += g_ascii_isdigit (*p) ? 1 : 0;
  }
  if (digits >= TELLING_DIGITS)
    return TELLING_WORDS;
  return letters >= WORD_LETTERS && !is_formula (word) ? 1 : 0;
}

/* @subject as it is compared; NULL where it tells nothing (transfer full). */
static char *
topic_words (const char *subject)
{
  g_autofree char *base = heddle_subject_base (subject), *folded = heddle_text_fold (base);
  g_auto (GStrv) words = g_strsplit_set (folded, " \t[](){}<>\"'`:;,.!?*#/|_-", -1);
  GString *out = g_string_new (NULL);
  guint telling = 0;

  for (guint i = 0; words[i] != NULL; i++) {
    if (*words[i] == '\0')
      continue;
    telling += tells (words[i]);
    g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", words[i]);
  }
  return g_string_free (out, telling < TELLING_WORDS);
}

gint64
heddle_topic (const char *subject)
{
  g_autofree char *words = topic_words (subject);
  gint64 hash = words == NULL ? 0
                              : (gint64) (heddle_fingerprint_hash (words, strlen (words))
                                          & (guint64) G_MAXINT64);
  return words != NULL && hash == 0 ? 1 : hash;
}

/* --- reasons --------------------------------------------------------------------------- */

static gboolean
is_same (const HeddlePerson *a, const HeddlePerson *b)
{
  if (a->address != NULL && b->address != NULL)
    return g_ascii_strcasecmp (a->address, b->address) == 0;
  if (a->name == NULL || b->name == NULL || strchr (a->name, ' ') == NULL)
    return FALSE;
  g_autofree char *one = heddle_text_fold (a->name), *other = heddle_text_fold (b->name);
  return *one != '\0' && strcmp (one, other) == 0;
}

static gboolean
takes_part (const HeddlePerson *person, const GPtrArray *people, guint most)
{
  for (guint i = 0; i < people->len && i < most; i++)
    if (is_same (person, people->pdata[i]))
      return TRUE;
  return FALSE;
}

/* Who takes part in both, in words; NULL: nobody does. Of large rounds the first are looked
 * at. */
static char *
common_words (const HeddleThread *a, const HeddleThread *b)
{
  const guint most = 64;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  guint found = 0;

  for (guint i = 0; i < a->participants->len && i < most; i++) {
    const HeddlePerson *person = a->participants->pdata[i];
    if (!takes_part (person, b->participants, most))
      continue;
    if (found++ < NAMED)
      g_ptr_array_add (names, person->address != NULL ? person->address : person->name);
  }
  if (found == 0)
    return NULL;
  if (found == 1)
    return g_strdup_printf ("%s takes part in both", (char *) names->pdata[0]);
  if (found == 2)
    return g_strdup_printf ("%s and %s take part in both", (char *) names->pdata[0],
                            (char *) names->pdata[1]);
  return g_strdup_printf ("%s, %s and %u more take part in both", (char *) names->pdata[0],
                          (char *) names->pdata[1], found - NAMED);
}

/* Seconds from the end of the earlier to the beginning of the later; 0 where they overlap. */
static gint64
seconds_apart (const HeddleThread *a, const HeddleThread *b)
{
  if (a->last < b->first)
    return b->first - a->last;
  return b->last < a->first ? a->first - b->last : 0;
}

static char *
apart_words (gint64 seconds)
{
  gint64 days = seconds / 86400;

  if (seconds == 0)
    return g_strdup ("at one time");
  if (days == 0)
    return g_strdup ("less than a day apart");
  return g_strdup_printf ("%d day%s apart", (int) days, days == 1 ? "" : "s");
}

static HeddleSuggestion *
suggest (const HeddleThread *thread, const char *topic, const HeddleThread *other)
{
  g_autofree char *words = topic_words (other->subject);

  if (g_strcmp0 (words, topic) != 0 || !thread->has_first || !other->has_first
      || seconds_apart (thread, other) > APART_SECONDS)
    return NULL;
  g_autofree char *common = common_words (thread, other);
  if (common == NULL)
    return NULL;
  HeddleSuggestion *ret = g_new0 (HeddleSuggestion, 1);
  ret->apart = seconds_apart (thread, other);
  g_autofree char *apart = apart_words (ret->apart);
  ret->thread = g_strdup (other->id);
  ret->subject = g_strdup (other->subject);
  ret->why = g_strdup_printf ("the same subject, %s, %s", common, apart);
  return ret;
}

static int
compare_suggestions (gconstpointer a, gconstpointer b)
{
  const HeddleSuggestion *x = *(HeddleSuggestion *const *) a, *y = *(HeddleSuggestion *const *) b;
  return x->apart != y->apart ? (x->apart < y->apart ? -1 : 1) : strcmp (x->thread, y->thread);
}

GPtrArray *
heddle_suggestions (const HeddleThread *thread, const GPtrArray *others)
{
  g_autofree char *topic = topic_words (thread->subject);
  GPtrArray *ret = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_suggestion_free);

  for (guint i = 0; topic != NULL && others->len <= HEDDLE_SUGGESTIONS_MOST && i < others->len;
       i++) {
    HeddleSuggestion *suggestion = suggest (thread, topic, others->pdata[i]);
    if (suggestion != NULL)
      g_ptr_array_add (ret, suggestion);
  }
  g_ptr_array_sort (ret, compare_suggestions);
  return ret;
}
