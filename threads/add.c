/* SPDX-License-Identifier: MIT */
/* threads/add: new mails to the bundles that they touch or make.
 *
 * One question to the source brings all bundles that share a key with the new
 * mails; with them they fall apart again into the parts that keys connect, and
 * each part is merged from scratch. */
#include "threads/match.h"

#include <string.h>

static int
compare_mails (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(HeddleThreadMail *const *) a)->mail, (*(HeddleThreadMail *const *) b)->mail);
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Keys of all @mails, each once, sorted; they are the mails'. */
static GPtrArray *
keys_of_all (const GPtrArray *mails)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *ret = g_ptr_array_new ();

  for (guint i = 0; i < mails->len; i++) {
    g_autoptr (GPtrArray) keys = heddle_thread_keys (mails->pdata[i]);
    for (guint k = 0; k < keys->len; k++) {
      if (g_hash_table_add (seen, keys->pdata[k]))
        g_ptr_array_add (ret, keys->pdata[k]);
    }
  }
  g_ptr_array_sort (ret, compare_keys);
  return ret;
}

/* Add @mail (transfer none) unless its id is there; what proves it stays. */
static void
mail_add (GPtrArray *all, GHashTable *by_id, HeddleThreadMail *mail)
{
  HeddleThreadMail *there = g_hash_table_lookup (by_id, mail->mail);

  if (there) {
    there->verified = there->verified || mail->verified;
    return;
  }
  g_ptr_array_add (all, heddle_thread_mail_ref (mail));
  g_hash_table_insert (by_id, mail->mail, mail);
}

static guint
find (guint *parents, guint i)
{
  while (parents[i] != i)
    i = parents[i] = parents[parents[i]];
  return i;
}

/* For each of @mails the least index of those that keys connect it with. */
static guint *
connect_by_keys (const GPtrArray *mails)
{
  guint *parents = g_new (guint, MAX (mails->len, 1));
  g_autoptr (GHashTable) first = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < mails->len; i++) {
    g_autoptr (GPtrArray) keys = heddle_thread_keys (mails->pdata[i]);

    parents[i] = i;
    for (guint k = 0; k < keys->len; k++) {
      gpointer other;

      if (!g_hash_table_lookup_extended (first, keys->pdata[k], NULL, &other)) {
        g_hash_table_insert (first, keys->pdata[k], GUINT_TO_POINTER (i));
        continue;
      }
      guint a = find (parents, i), b = find (parents, GPOINTER_TO_UINT (other));
      parents[MAX (a, b)] = MIN (a, b);
    }
  }
  for (guint i = 0; i < mails->len; i++) {
    parents[i] = find (parents, i);
    /* Nobody asks for them again, and a long conversation has many. */
    g_clear_pointer (&((HeddleThreadMail *) mails->pdata[i])->keys, g_ptr_array_unref);
  }
  return parents;
}

/* @mails sorted by id: so the least index of a bundle is its first mail. */
static GPtrArray *
bundles_of (const GPtrArray *mails)
{
  GPtrArray *ret = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_bundle_free);
  g_autofree guint *roots = connect_by_keys (mails);
  g_autofree HeddleBundle **bundles = g_new0 (HeddleBundle *, MAX (mails->len, 1));

  for (guint i = 0; i < mails->len; i++) {
    HeddleBundle **bundle = &bundles[roots[i]];

    if (!*bundle) {
      *bundle = g_new0 (HeddleBundle, 1);
      (*bundle)->mails = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_thread_mail_free);
      g_ptr_array_add (ret, *bundle);
    }
    g_ptr_array_add ((*bundle)->mails, heddle_thread_mail_ref (mails->pdata[i]));
  }
  for (guint i = 0; i < ret->len; i++) {
    HeddleBundle *bundle = ret->pdata[i];
    bundle->threads = heddle_threads_merge (bundle->mails);
  }
  return ret;
}

GPtrArray *
heddle_threads_add (const HeddleThreadSource *source, const GPtrArray *mails, GError **error)
{
  g_autoptr (GPtrArray) keys = keys_of_all (mails), known = NULL;
  g_autoptr (GPtrArray) all
      = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_thread_mail_free);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) cause = NULL;

  known = source->mails_by_keys (source->self, keys, &cause);
  if (!known) {
    g_set_error (error, HEDDLE_THREADS_ERROR, HEDDLE_THREADS_ERROR_SOURCE,
                 "the mails known so far cannot be read: %s",
                 cause ? cause->message : "no reason given");
    return NULL;
  }
  for (guint i = 0; i < mails->len; i++)
    mail_add (all, by_id, mails->pdata[i]);
  for (guint i = 0; i < known->len; i++)
    mail_add (all, by_id, known->pdata[i]);
  g_ptr_array_sort (all, compare_mails);
  return bundles_of (all);
}
