/* SPDX-License-Identifier: MIT */
/* Ids that follow from content: digests, shortened or whole.
 *
 * All rest on SHA-256. What is hashed for a mail is its bytes with line ends made
 * LF and without an mbox's separator, so that one mail has one id whatever file
 * it came from. Not handled: an mbox's ">From " quoting, which its reader undoes. */
#include "base/base.h"

#include <string.h>

#define DIGEST_BYTES 32
#define ID_CHARACTERS 12 /* of five bits each: a collision in 2^30 items is one in two */

char *
heddle_id (char prefix, const char *const *parts)
{
  static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  for (; *parts != NULL; parts++)
    g_checksum_update (sum, (const guchar *)*parts, (gssize)strlen (*parts) + 1);
  guint8 digest[DIGEST_BYTES];
  gsize length = sizeof digest;
  g_checksum_get_digest (sum, digest, &length);

  char id[ID_CHARACTERS + 2] = { prefix };
  guint bits = 0, held = 0;
  const guint8 *at = digest;
  for (int i = 1; i <= ID_CHARACTERS; i++) {
    if (held < 5) {
      bits = (bits << 8 | *at++) & 0xffff;
      held += 8;
    }
    held -= 5;
    id[i] = alphabet[bits >> held & 31];
  }
  return g_strdup (id);
}

char *
heddle_sha256 (gconstpointer bytes, gsize length)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  for (const guchar *at = bytes; length > 0;) {
    gsize piece = MIN (length, (gsize)1 << 30);
    g_checksum_update (sum, at, (gssize)piece);
    at += piece;
    length -= piece;
  }
  return g_strdup (g_checksum_get_string (sum));
}

char *
heddle_mail_id (gconstpointer bytes, gsize length)
{
  const char *at = bytes, *end = at + length;
  if (length >= 5 && memcmp (at, "From ", 5) == 0) {
    const char *newline = memchr (at, '\n', length);
    at = newline != NULL ? newline + 1 : end;
  }
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  while (at < end) {
    const char *stop = memchr (at, '\r', (gsize)(end - at));
    const char *next = stop != NULL ? stop : end;
    gboolean pair = stop != NULL && stop + 1 < end && stop[1] == '\n';
    if (stop != NULL && !pair)
      next = stop + 1;
    if (next > at)
      g_checksum_update (sum, (const guchar *)at, (gssize)(next - at));
    at = pair ? stop + 1 : next;
  }
  return g_strdup (g_checksum_get_string (sum));
}
