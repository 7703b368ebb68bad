/* SPDX-License-Identifier: MIT */
/* pack: what is large, compressed (Zstandard, level 2: packs of mail are as small as at
 * level 3). The first byte says how: 0 as it is, 1 a Zstandard frame
 * with its content's size and checksum. What is compressed after other bytes can only be
 * read with the same ones. */
#include "config.h"

#include <string.h>
#include <zstd.h>

#include "store/store-private.h"

#define LEVEL 2
enum { PLAIN = 0, ZSTD = 1 };

/* One a thread: making one costs more than compressing a short mail. */
static void
free_context (gpointer cctx)
{
  ZSTD_freeCCtx (cctx);
}
static void
free_reader (gpointer dctx)
{
  ZSTD_freeDCtx (dctx);
}
static GPrivate contexts = G_PRIVATE_INIT (free_context);
static GPrivate readers = G_PRIVATE_INIT (free_reader);

static ZSTD_CCtx *
context (void)
{
  ZSTD_CCtx *cctx = g_private_get (&contexts);
  if (cctx == NULL) {
    cctx = ZSTD_createCCtx ();
    g_assert (cctx != NULL); /* out of memory, where GLib aborts too */
    ZSTD_CCtx_setParameter (cctx, ZSTD_c_compressionLevel, LEVEL);
    ZSTD_CCtx_setParameter (cctx, ZSTD_c_checksumFlag, 1);
    g_private_set (&contexts, cctx);
  }
  return cctx;
}

static ZSTD_DCtx *
reader (void)
{
  ZSTD_DCtx *dctx = g_private_get (&readers);
  if (dctx == NULL) {
    dctx = ZSTD_createDCtx ();
    g_assert (dctx != NULL);
    g_private_set (&readers, dctx);
  }
  return dctx;
}

GBytes *
heddle_pack (GBytes *plain, GBytes *before)
{
  gsize length = 0, known = 0;
  gconstpointer bytes = g_bytes_get_data (plain, &length);
  gconstpointer prefix = before != NULL ? g_bytes_get_data (before, &known) : NULL;
  gsize bound = 1 + MAX (ZSTD_compressBound (length), length);
  g_autofree guint8 *packed = g_malloc (bound);
  ZSTD_CCtx_refPrefix (context (), prefix, known); /* for this frame alone */
  gsize done = ZSTD_compress2 (context (), packed + 1, bound - 1, bytes, length);
  if (ZSTD_isError (done) || done >= length) {
    packed[0] = PLAIN;
    if (length > 0)
      memcpy (packed + 1, bytes, length);
    done = length;
  } else {
    packed[0] = ZSTD;
  }
  packed = g_realloc (packed, done + 1);
  return g_bytes_new_take (g_steal_pointer (&packed), done + 1);
}

GBytes *
heddle_unpack (gconstpointer packed, gsize length, GBytes *before, gsize most, const char *what,
               GError **error)
{
  const guint8 *bytes = packed;
  if (length >= 1 && bytes[0] == PLAIN && length - 1 <= most)
    return g_bytes_new (bytes + 1, length - 1);
  if (length >= 1 && bytes[0] == ZSTD) {
    unsigned long long size = ZSTD_getFrameContentSize (bytes + 1, length - 1);
    if (size != ZSTD_CONTENTSIZE_UNKNOWN && size != ZSTD_CONTENTSIZE_ERROR && size <= most) {
      gsize known = 0;
      gconstpointer prefix = before != NULL ? g_bytes_get_data (before, &known) : NULL;
      g_autofree guint8 *plain = g_malloc (size + 1);
      ZSTD_DCtx_refPrefix (reader (), prefix, known);
      if (ZSTD_decompressDCtx (reader (), plain, size, bytes + 1, length - 1) == size)
        return g_bytes_new_take (g_steal_pointer (&plain), size);
    }
  }
  g_set_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_CORRUPT,
               "%s is damaged; run 'heddle check'", what);
  return NULL;
}
