/* SPDX-License-Identifier: MIT */
/* threads/traits: what is compared of a mail's messages, made once and kept.
 *
 * Keys, matching and merging all need the same folded author, clock and
 * fingerprint; folding costs more than all comparing together. */
#include "threads/match.h"

#include <stdlib.h>
#include <string.h>

/* Words of a name beyond are left out: no human's. */
#define NAME_WORDS 8

static int
compare_words (const void *a, const void *b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* "Ruiz, Ana" and "Ana RUIZ" both give "ana ruiz" (nullable). Cuts @folded up. */
static char *
sorted_words (char *folded)
{
  char *words[NAME_WORDS + 1];
  guint n = 0;
  char *p = folded;

  while (*p && n < NAME_WORDS) {
    char *start;

    while (*p && !g_unichar_isalnum (g_utf8_get_char (p)))
      p = g_utf8_next_char (p);
    start = p;
    while (*p && (g_unichar_isalnum (g_utf8_get_char (p)) || g_unichar_ismark (g_utf8_get_char (p))))
      p = g_utf8_next_char (p);
    if (p == start)
      break;
    words[n++] = start;
    if (*p) {
      char *next = g_utf8_next_char (p);
      *p = '\0';
      p = next;
    }
  }
  if (n == 0)
    return NULL;
  qsort (words, n, sizeof *words, compare_words);
  words[n] = NULL;
  return g_strjoinv (" ", words);
}

char *
heddle_name_words (const char *name)
{
  g_autofree char *folded = heddle_text_fold (name);

  return sorted_words (folded);
}

static void
author_read (const HeddlePerson *person, HeddleAuthor *ret)
{
  if (!person)
    return;
  if (person->address && *person->address)
    ret->address = g_ascii_strdown (person->address, -1);
  if (person->name)
    ret->name = heddle_name_words (person->name);
  if (!ret->name && ret->address) {
    const char *at = strrchr (ret->address, '@');
    g_autofree char *local = g_strndup (ret->address, at ? (gsize) (at - ret->address) : 0);
    ret->name = sorted_words (local);
    ret->weak = ret->name != NULL;
  }
}

static void
set_add (HeddleTraitSet *set, const char *text)
{
  g_autofree char *low = g_ascii_strdown (text, -1);
  guint32 hash = (guint32) heddle_fingerprint_hash (low, strlen (low));
  guint at = 0;

  while (at < set->n && set->hashes[at] < hash)
    at++;
  if (at < set->n && set->hashes[at] == hash)
    return;
  if (set->n == HEDDLE_TRAITS_SET) {
    set->whole = FALSE;
    if (at == set->n)
      return;
    set->n--;
  }
  memmove (set->hashes + at + 1, set->hashes + at, (set->n - at) * sizeof *set->hashes);
  set->hashes[at] = hash;
  set->n++;
}

static void
recipients_read (const GPtrArray *people, HeddleTraitSet *set)
{
  for (guint i = 0; people && i < people->len; i++) {
    const HeddlePerson *person = people->pdata[i];
    if (person->address && *person->address)
      set_add (set, person->address);
    else
      set->whole = FALSE;
  }
}

/* --- of texts that are alike ---------------------------------------------------------- */

/* All that a fingerprint is made of. */
static gboolean
is_same_text (gconstpointer a, gconstpointer b)
{
  const HeddleMessage *x = a, *y = b;

  return g_strcmp0 (x->text, y->text) == 0 && g_strcmp0 (x->greeting, y->greeting) == 0
         && g_strcmp0 (x->signoff, y->signoff) == 0;
}

static guint
text_hash (gconstpointer message)
{
  const HeddleMessage *m = message;
  const char *const parts[] = { m->text, m->greeting, m->signoff };
  guint hash = 0;

  /* All of it: "Thanks!" stands below many a greeting. */
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    hash = hash * 31 + (parts[i] ? g_str_hash (parts[i]) : 0);
  return hash;
}

/* @known: (nullable): a message to the fingerprint of its text; added to. */
static void
print_read (const HeddleMessage *message, GHashTable *known, HeddleFingerprint *ret)
{
  const HeddleFingerprint *same = known ? g_hash_table_lookup (known, message) : NULL;

  if (same) {
    *ret = *same;
    return;
  }
  heddle_fingerprint_make (message, ret);
  if (known)
    g_hash_table_insert (known, (gpointer) message, ret);
}

static void
traits_read (const HeddleMessage *message, GHashTable *known, HeddleTraits *ret)
{
  ret->message = message;
  print_read (message, known, &ret->print);
  author_read (message->from, &ret->author);
  heddle_clock_read (message->date, &ret->clock);
  ret->recipients.whole = ret->cases.whole = TRUE;
  recipients_read (message->to, &ret->recipients);
  recipients_read (message->cc, &ret->recipients);
  for (guint i = 0; message->cases && i < message->cases->len; i++)
    set_add (&ret->cases, ((const HeddleCase *) message->cases->pdata[i])->id);
}

static const HeddleTraits *
traits_of (const HeddleThreadMail *mail, GHashTable *known)
{
  const GPtrArray *messages = mail->chain->messages;
  HeddleTraits *traits;

  if (mail->traits)
    return mail->traits;
  traits = g_new0 (HeddleTraits, MAX (messages->len, 1));
  for (guint i = 0; i < messages->len; i++)
    traits_read (messages->pdata[i], known, &traits[i]);
  /* A cache: the mail says the same with and without it. */
  ((HeddleThreadMail *) mail)->traits = traits;
  return traits;
}

const HeddleTraits *
heddle_traits_of (const HeddleThreadMail *mail)
{
  return traits_of (mail, NULL);
}

void
heddle_traits_make (const GPtrArray *mails)
{
  g_autoptr (GHashTable) known = g_hash_table_new (text_hash, is_same_text);

  for (guint i = 0; i < mails->len; i++)
    traits_of (mails->pdata[i], known);
}

void
heddle_traits_free (HeddleTraits *traits, guint n)
{
  for (guint i = 0; traits && i < n; i++) {
    g_free ((char *) traits[i].author.address);
    g_free ((char *) traits[i].author.name);
  }
  g_free (traits);
}
