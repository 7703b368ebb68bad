/* SPDX-License-Identifier: MIT */
/* Any bytes as a spool entry: damaged, or an envelope and a mail that encode to an
 * entry which says the same. As few inputs guess a digest, the bytes are also tried
 * as the envelope of an entry whose head is right. */
#include <string.h>

#include "spool/entry.h"
#include "tests/fuzz/fuzz.h"

static void
try_entry (gconstpointer data, gsize size)
{
  g_autoptr (GBytes) entry = g_bytes_new (data, size);
  g_autoptr (HeddleSpoolEnvelope) envelope = NULL;
  g_autoptr (GBytes) mail = NULL;
  g_autoptr (GError) error = NULL;
  if (!heddle_spool_decode (entry, &envelope, &mail, &error)) {
    g_assert_error (error, HEDDLE_SPOOL_ERROR, HEDDLE_SPOOL_ERROR_DAMAGED);
    g_assert_null (envelope);
    return;
  }
  g_assert_cmpuint (g_bytes_get_size (mail), <=, size - HEDDLE_ENTRY_HEAD);
  g_autoptr (GString) fields = heddle_entry_encode (envelope);
  g_autofree char *digest = heddle_sha256 (fields->str, fields->len);
  char head[HEDDLE_ENTRY_HEAD + 1];
  heddle_entry_head (head, fields->len, 0, digest);
  g_string_prepend (fields, head);
  g_autoptr (GBytes) again = g_bytes_new (fields->str, fields->len);
  g_autoptr (HeddleSpoolEnvelope) same = NULL;
  g_autoptr (GBytes) nothing = NULL;
  g_assert_true (heddle_spool_decode (again, &same, &nothing, &error));
  g_assert_cmpuint (same->rcpts->len, ==, envelope->rcpts->len);
  g_assert_cmpuint (same->header_order->len, ==, envelope->header_order->len);
  g_assert_cmpstr (same->sender, ==, envelope->sender);
  g_assert_true (same->received == envelope->received);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  try_entry (data, size);
  g_autofree char *digest = heddle_sha256 (data, size);
  g_autofree char *whole = g_malloc (HEDDLE_ENTRY_HEAD + size + 1);
  heddle_entry_head (whole, size, 0, digest);
  if (size > 0)
    memcpy (whole + HEDDLE_ENTRY_HEAD, data, size);
  try_entry (whole, HEDDLE_ENTRY_HEAD + size);
  return 0;
}
