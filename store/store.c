/* SPDX-License-Identifier: MIT */
/* store: opening the two files together, and the small types. */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "store/store-private.h"

#define ID_DIGITS 12 /* behind the letter, five bits each */
#define PACKS_BYTES ((gsize) 4 << 20) /* of unpacked packs at hand, for each file */

static HeddleStore *
new_store (const char *path, HeddleStoreMode mode)
{
  HeddleStore *store = g_new0 (HeddleStore, 1);
  store->mode = mode;
  store->path = g_strdup (path);
  store->peeked = -1;
  for (gsize i = 0; i < G_N_ELEMENTS (store->packs); i++)
    store->packs[i] = heddle_pack_cache_new (PACKS_BYTES);
  return store;
}

HeddleStore *
heddle_store_open_truth (const char *path, HeddleStoreMode mode, GError **error)
{
  g_autoptr (HeddleStore) store = new_store (path, mode);
  return heddle_truth_need (store, error) ? g_steal_pointer (&store) : NULL;
}

gboolean
heddle_truth_need (HeddleStore *store, GError **error)
{
  if (store->truth == NULL)
    store->truth = heddle_sql_open (store->path, &heddle_truth_schema, store->mode, error);
  return store->truth != NULL;
}

/* NULL where it takes the long way to find out what is wrong, if anything. */
static HeddleStore *
open_to_ask (const char *path)
{
  guint8 name[HEDDLE_NAME_BYTES];
  g_autoptr (HeddleStore) store = new_store (path, HEDDLE_STORE_READ);
  heddle_sql_alone ();
  if (heddle_truth_peek (path, name, &store->peeked) && heddle_index_open_named (store, name))
    return g_steal_pointer (&store);
  return NULL;
}

HeddleStore *
heddle_store_open (const char *path, HeddleStoreMode mode, GError **error)
{
  if (mode == HEDDLE_STORE_ASK) {
    HeddleStore *asked = open_to_ask (path);
    if (asked != NULL)
      return asked;
    mode = HEDDLE_STORE_READ;
  }
  g_autoptr (HeddleStore) store = heddle_store_open_truth (path, mode, error);
  if (store == NULL || !heddle_index_open (store, error))
    return NULL;
  return g_steal_pointer (&store);
}

void
heddle_store_close (HeddleStore *store)
{
  if (store == NULL)
    return;
  heddle_sql_close (store->index);
  heddle_sql_close (store->truth);
  if (store->peeked >= 0)
    close (store->peeked);
  g_free (store->path);
  for (gsize i = 0; i < G_N_ELEMENTS (store->packs); i++)
    heddle_pack_cache_free (store->packs[i]);
  heddle_rules_free (store->rules);
  g_free (store);
}

void
heddle_store_set_idle (HeddleStore *store, void (*idle) (gpointer user_data), gpointer user_data)
{
  if (store->truth != NULL)
    heddle_sql_set_idle (store->truth, idle, user_data);
  if (store->index != NULL)
    heddle_sql_set_idle (store->index, idle, user_data);
}

/* --- ids ------------------------------------------------------------------ */

gboolean
heddle_sha_read (const char *mail, guint8 *ret, GError **error)
{
  gsize length = strlen (mail);
  gboolean ok = length == 2 * HEDDLE_SHA_BYTES;
  for (gsize i = 0; ok && i < HEDDLE_SHA_BYTES; i++) {
    int high = g_ascii_xdigit_value (mail[2 * i]);
    int low = g_ascii_xdigit_value (mail[2 * i + 1]);
    ok = high >= 0 && low >= 0;
    ret[i] = (guint8) (((guint) high << 4) | ((guint) low & 15));
  }
  if (!ok)
    g_set_error_literal (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_UNKNOWN,
                         "that is no id of a mail: 64 hexadecimal digits are");
  return ok;
}

char *
heddle_sha_write (gconstpointer sha)
{
  static const char digits[] = "0123456789abcdef";
  const guint8 *bytes = sha;
  char *text = g_malloc (2 * HEDDLE_SHA_BYTES + 1);
  for (gsize i = 0; i < HEDDLE_SHA_BYTES; i++) {
    text[2 * i] = digits[bytes[i] >> 4];
    text[2 * i + 1] = digits[bytes[i] & 15];
  }
  text[2 * HEDDLE_SHA_BYTES] = '\0';
  return text;
}

gboolean
heddle_id_number (const char *id, gint64 *ret)
{
  static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz"; /* heddle_id() */
  guint64 number = 0;
  if (*id != 'm' && *id != 't')
    return FALSE;
  gsize length = 1;
  for (; id[length] != '\0' && length <= ID_DIGITS; length++) {
    const char *digit = strchr (alphabet, id[length]);
    if (digit == NULL)
      return FALSE;
    number = number << 5 | (guint64) (digit - alphabet);
  }
  *ret = (gint64) number;
  return length == ID_DIGITS + 1 && id[length] == '\0';
}

/* --- small types --------------------------------------------------------------------- */

void
heddle_envelope_free (HeddleEnvelope *envelope)
{
  if (envelope == NULL)
    return;
  g_free (envelope->sender);
  g_strfreev (envelope->rcpts);
  g_free (envelope->auth);
  g_free (envelope->client);
  g_free (envelope->queue_id);
  g_free (envelope->path);
  g_free (envelope);
}

void
heddle_store_mail_free (HeddleStoreMail *mail)
{
  if (mail == NULL)
    return;
  g_free (mail->mail);
  g_clear_pointer (&mail->bytes, g_bytes_unref);
  heddle_envelope_free (mail->envelope);
  g_free (mail);
}

void
heddle_indexed_free (HeddleIndexed *indexed)
{
  if (indexed == NULL)
    return;
  g_free (indexed->mail);
  g_free (indexed->message);
  g_free (indexed->thread);
  g_free (indexed);
}

void
heddle_store_record_free (HeddleStoreRecord *record)
{
  if (record == NULL)
    return;
  g_free (record->mail);
  g_clear_pointer (&record->record, g_bytes_unref);
  heddle_chain_free (record->chain);
  g_free (record->reason);
  g_free (record);
}

void
heddle_quarantined_free (HeddleQuarantined *item)
{
  if (item == NULL)
    return;
  g_free (item->mail);
  g_free (item->reason);
  g_free (item);
}
