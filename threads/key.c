/* SPDX-License-Identifier: MIT */
/* threads/key: under what a message is looked up, and laid beside others.
 *
 * Two mails are compared only if they share a key, directly or through others, so
 * each reason for which match.c takes two messages for one has its key:
 *
 *   the Message-IDs that a message bears and refers to;
 *   both ends of its letters, each together with the quarter hour's minute and
 *     the span of 26 h in which it was written; and again with the next span, so
 *     that any two clocks that can be one moment share one; so too the least window of
 *     long texts, for copies in which words at both ends are withheld;
 *   for long texts, all the letters with the author's name, for copies that say
 *     no time. Without an author, with nothing, and then only among such copies;
 *   Outlook's conversation index with the subject (outlook.c).
 *
 * Text alone is no key: form letters and paragraphs that everybody pastes would
 * tie the whole archive into one bundle. Short texts ("Thanks!") have none at
 * all: they are found through their neighbours in the conversation.
 *
 * What machines send is not looked for by its text alone either.
 *
 * What a person joined has a key of its own, so that it is one bundle.
 *
 * Keys are hashes and may collide; then a bundle is larger than it need be. */
#include "threads/key.h"
#include "threads/outlook.h"
#include "threads/rule.h"

#include <string.h>

#define KEY_LENGTH 17u

/* --- references -------------------------------------------------------------- */

static void
reference_add (const char **list, guint *n, const char *id, const char *own)
{
  if (!id || !*id || (own && strcmp (id, own) == 0))
    return;
  for (guint i = 0; i < *n; i++) {
    if (strcmp (list[i], id) == 0) {
      memmove (list + i, list + i + 1, (*n - i - 1) * sizeof *list);
      (*n)--;
      break;
    }
  }
  list[(*n)++] = id;
}

guint
heddle_key_references (const HeddleMessage *message, const char **ret)
{
  const GPtrArray *all = message->references;
  guint n = 0, len = all ? all->len : 0;
  guint skip = len >= HEDDLE_KEY_REFERENCES ? len - (HEDDLE_KEY_REFERENCES - 2) : 0;

  if (skip > 0)
    reference_add (ret, &n, all->pdata[0], message->message_id);
  for (guint i = skip; i < len; i++)
    reference_add (ret, &n, all->pdata[i], message->message_id);
  reference_add (ret, &n, message->in_reply_to, message->message_id);
  return n;
}

/* --- keys ---------------------------------------------------------------------- */

gboolean
heddle_key_undated (const HeddleMessage *message, const HeddleTraits *traits, guint64 *ret)
{
  gint64 minute;

  if (traits->print.letters < HEDDLE_FINGERPRINT_LONG
      || message->automatic != HEDDLE_AUTOMATIC_NO)
    return FALSE;
  if (traits->author.name)
    *ret = heddle_fingerprint_mix (traits->print.full,
                                   heddle_fingerprint_hash (traits->author.name,
                                                            strlen (traits->author.name)));
  else if (!heddle_clock_minute (&traits->clock, &minute))
    *ret = traits->print.full;
  else
    return FALSE;
  return TRUE;
}

static void
key_add (GPtrArray *keys, char kind, guint64 hash)
{
  static const char digits[] = "0123456789abcdef";
  char *key = g_malloc (KEY_LENGTH + 1);

  key[0] = kind;
  for (guint i = KEY_LENGTH - 1; i > 0; i--, hash >>= 4)
    key[i] = digits[hash & 0xf];
  key[KEY_LENGTH] = '\0';
  g_ptr_array_add (keys, key);
}

static void
dated_keys (GPtrArray *keys, char kind, guint64 edge, gint64 minute)
{
  gint64 residue = ((minute % HEDDLE_CLOCK_STEP) + HEDDLE_CLOCK_STEP) % HEDDLE_CLOCK_STEP;
  /* Spans are counted from far back, so that division rounds one way. */
  gint64 span = (minute + (G_GINT64_CONSTANT (1) << 50)) / HEDDLE_CLOCK_SPAN;
  guint64 base = heddle_fingerprint_mix (edge, (guint64) residue);

  key_add (keys, kind, heddle_fingerprint_mix (base, (guint64) span));
  key_add (keys, kind, heddle_fingerprint_mix (base, (guint64) span + 1));
}

static void
message_keys (GPtrArray *keys, const HeddleMessage *message, const HeddleTraits *traits)
{
  const char *references[HEDDLE_KEY_REFERENCES];
  guint n = heddle_key_references (message, references);
  guint64 undated, conversation;
  gint64 minute;

  if (message->message_id && *message->message_id)
    key_add (keys, 'i', heddle_fingerprint_hash (message->message_id, strlen (message->message_id)));
  for (guint i = 0; i < n; i++)
    key_add (keys, 'i', heddle_fingerprint_hash (references[i], strlen (references[i])));
  if (traits->print.letters >= HEDDLE_FINGERPRINT_SHORT
      && heddle_clock_minute (&traits->clock, &minute)) {
    dated_keys (keys, 'h', traits->print.head, minute);
    if (traits->print.letters >= HEDDLE_FINGERPRINT_LONG)
      dated_keys (keys, 't', traits->print.tail, minute);
    if (traits->print.letters >= HEDDLE_FINGERPRINT_LONG && traits->print.n_sketch > 0)
      dated_keys (keys, 's', traits->print.sketch[0], minute);
  }
  if (heddle_key_undated (message, traits, &undated))
    key_add (keys, 'f', undated);
  if (heddle_outlook_key (message, &conversation))
    key_add (keys, 'x', conversation);
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static GPtrArray *
keys_make (const HeddleThreadMail *mail)
{
  const HeddleTraits *traits = heddle_traits_of (mail);
  const GPtrArray *messages = mail->chain->messages;
  GPtrArray *all = g_ptr_array_new (), *keys = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < messages->len; i++)
    message_keys (all, messages->pdata[i], &traits[i]);
  for (guint i = 0; mail->rules && i < mail->rules->len; i++) {
    guint64 hash;
    if (heddle_rule_key (mail->rules->pdata[i], &hash))
      key_add (all, 'r', hash);
  }
  g_ptr_array_sort (all, compare_keys);
  for (guint i = 0; i < all->len; i++) {
    if (i + 1 < all->len && strcmp (all->pdata[i], all->pdata[i + 1]) == 0)
      g_free (all->pdata[i]);
    else
      g_ptr_array_add (keys, all->pdata[i]);
  }
  g_ptr_array_free (all, TRUE);
  return keys;
}

GPtrArray *
heddle_thread_keys (const HeddleThreadMail *mail)
{
  /* A cache: the mail says the same with and without it. */
  if (mail->keys == NULL)
    ((HeddleThreadMail *) mail)->keys = keys_make (mail);
  return g_ptr_array_ref (mail->keys);
}
