/* SPDX-License-Identifier: MIT */
/* entry: a spool entry to bytes and back.
 *
 * Text with lengths in front, so that an operator can read an entry with a pager
 * and no value, whatever bytes an enemy put into it, can end early. Reading checks
 * the digest first, then each field; a field of a newer Heddle is passed over.
 */
#include "config.h"

#include <string.h>

#include "spool/entry.h"

#define MAGIC "heddle-spool 1 "

G_DEFINE_QUARK (heddle-spool-error-quark, heddle_spool_error)

G_STATIC_ASSERT (HEDDLE_ENTRY_HEAD == sizeof MAGIC - 1 + 10 + 1 + 19 + 1 + 64 + 1);

/* Where each field lives; `list` ones repeat. */
static const struct {
  const char *name;
  gsize offset;
  gboolean list;
} fields[] = {
  { "sender", G_STRUCT_OFFSET (HeddleSpoolEnvelope, sender), FALSE },
  { "rcpt", G_STRUCT_OFFSET (HeddleSpoolEnvelope, rcpts), TRUE },
  { "auth", G_STRUCT_OFFSET (HeddleSpoolEnvelope, auth), FALSE },
  { "auth-type", G_STRUCT_OFFSET (HeddleSpoolEnvelope, auth_type), FALSE },
  { "client", G_STRUCT_OFFSET (HeddleSpoolEnvelope, client), FALSE },
  { "helo", G_STRUCT_OFFSET (HeddleSpoolEnvelope, helo), FALSE },
  { "queue-id", G_STRUCT_OFFSET (HeddleSpoolEnvelope, queue_id), FALSE },
  { "daemon", G_STRUCT_OFFSET (HeddleSpoolEnvelope, daemon), FALSE },
  { "header", G_STRUCT_OFFSET (HeddleSpoolEnvelope, header_order), TRUE },
};

HeddleSpoolEnvelope *
heddle_spool_envelope_new (void)
{
  HeddleSpoolEnvelope *envelope = g_new0 (HeddleSpoolEnvelope, 1);
  envelope->rcpts = g_ptr_array_new_with_free_func (g_free);
  envelope->header_order = g_ptr_array_new_with_free_func (g_free);
  envelope->received = HEDDLE_TIME_NONE;
  return envelope;
}

void
heddle_spool_envelope_free (HeddleSpoolEnvelope *envelope)
{
  if (envelope == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i].list)
      g_ptr_array_unref (G_STRUCT_MEMBER (GPtrArray *, envelope, fields[i].offset));
    else
      g_free (G_STRUCT_MEMBER (char *, envelope, fields[i].offset));
  g_free (envelope);
}

void
heddle_entry_head (char head[HEDDLE_ENTRY_HEAD + 1], gsize envelope, guint64 mail,
                   const char *digest)
{
  g_snprintf (head, HEDDLE_ENTRY_HEAD + 1,
              MAGIC "%010" G_GSIZE_FORMAT " %019" G_GUINT64_FORMAT " %.64s\n", envelope, mail,
              digest);
}

static void
append_field (GString *out, const char *name, const char *value)
{
  if (value != NULL)
    g_string_append_printf (out, "%s %" G_GSIZE_FORMAT ":%s\n", name, strlen (value), value);
}

GString *
heddle_entry_encode (const HeddleSpoolEnvelope *envelope)
{
  GString *out = g_string_sized_new (1024);
  if (envelope->received != HEDDLE_TIME_NONE) {
    g_autofree char *received = g_strdup_printf ("%" G_GINT64_FORMAT, envelope->received);
    append_field (out, "received", received);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++) {
    if (!fields[i].list) {
      append_field (out, fields[i].name,
                    G_STRUCT_MEMBER (char *, envelope, fields[i].offset));
      continue;
    }
    const GPtrArray *list = G_STRUCT_MEMBER (GPtrArray *, envelope, fields[i].offset);
    for (guint k = 0; k < list->len; k++)
      append_field (out, fields[i].name, g_ptr_array_index (list, k));
  }
  return out;
}

/* Exactly @digits decimal digits. */
static gboolean
fixed_number (const char *text, guint digits, guint64 *ret)
{
  guint64 value = 0;
  for (guint i = 0; i < digits; i++) {
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
    value = value * 10 + (guint64) (text[i] - '0');
  }
  *ret = value;
  return TRUE;
}

/* Keep one field; FALSE when it contradicts what stands there already. */
static gboolean
take_field (HeddleSpoolEnvelope *envelope, const char *name, gsize name_length, const char *value,
            gsize length)
{
  if (memchr (value, 0, length) != NULL)
    return FALSE;
  g_autofree char *copy = g_strndup (value, length);
  if (name_length == 8 && memcmp (name, "received", 8) == 0) {
    gboolean again = envelope->received != HEDDLE_TIME_NONE;
    return !again
           && g_ascii_string_to_signed (copy, 10, G_MININT64 + 1, G_MAXINT64, &envelope->received,
                                        NULL);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++) {
    if (strlen (fields[i].name) != name_length || memcmp (fields[i].name, name, name_length) != 0)
      continue;
    if (fields[i].list) {
      g_ptr_array_add (G_STRUCT_MEMBER (GPtrArray *, envelope, fields[i].offset),
                       g_steal_pointer (&copy));
      return TRUE;
    }
    char **slot = &G_STRUCT_MEMBER (char *, envelope, fields[i].offset);
    if (*slot != NULL)
      return FALSE;
    *slot = g_steal_pointer (&copy);
    return TRUE;
  }
  return TRUE;
}

static HeddleSpoolEnvelope *
decode_envelope (const char *at, const char *end)
{
  g_autoptr (HeddleSpoolEnvelope) envelope = heddle_spool_envelope_new ();
  while (at < end) {
    const char *name = at;
    while (at < end && (g_ascii_islower (*at) || *at == '-'))
      at++;
    gsize name_length = (gsize) (at - name);
    if (name_length == 0 || at == end || *at++ != ' ')
      return NULL;
    guint64 length = 0;
    const char *digits = at;
    for (; at < end && g_ascii_isdigit (*at) && at - digits < 10; at++)
      length = length * 10 + (guint64) (*at - '0');
    if (at == digits || at == end || *at++ != ':')
      return NULL;
    if (length >= (guint64) (end - at) || at[length] != '\n')
      return NULL;
    if (!take_field (envelope, name, name_length, at, length))
      return NULL;
    at += length + 1;
  }
  return g_steal_pointer (&envelope);
}

static gboolean
damaged (GError **error, const char *what)
{
  g_set_error (error, HEDDLE_SPOOL_ERROR, HEDDLE_SPOOL_ERROR_DAMAGED, "not a spool entry: %s",
               what);
  return FALSE;
}

gboolean
heddle_spool_decode (GBytes *entry, HeddleSpoolEnvelope **ret_envelope, GBytes **ret_bytes,
                     GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (entry, &size);
  if (size < HEDDLE_ENTRY_HEAD)
    return damaged (error, "it is too short");
  const char *number = data + strlen (MAGIC);
  const char *digest = number + 10 + 1 + 19 + 1;
  guint64 envelope_length, mail_length;
  if (memcmp (data, MAGIC, strlen (MAGIC)) != 0 || !fixed_number (number, 10, &envelope_length)
      || number[10] != ' ' || !fixed_number (number + 11, 19, &mail_length) || number[30] != ' '
      || data[HEDDLE_ENTRY_HEAD - 1] != '\n')
    return damaged (error, "its head is of no known form");
  /* 19 digits fit into 63 bits, so this sum cannot wrap. */
  if (envelope_length + mail_length != size - HEDDLE_ENTRY_HEAD)
    return damaged (error, "its length is not what its head says");
  g_autofree char *actual = heddle_sha256 (data + HEDDLE_ENTRY_HEAD, size - HEDDLE_ENTRY_HEAD);
  if (memcmp (actual, digest, 64) != 0)
    return damaged (error, "its digest does not fit");
  g_autoptr (HeddleSpoolEnvelope) envelope
      = decode_envelope (data + HEDDLE_ENTRY_HEAD + mail_length, data + size);
  if (envelope == NULL)
    return damaged (error, "its envelope is of no known form");
  *ret_envelope = g_steal_pointer (&envelope);
  *ret_bytes = g_bytes_new_from_bytes (entry, HEDDLE_ENTRY_HEAD, mail_length);
  return TRUE;
}
