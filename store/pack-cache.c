/* SPDX-License-Identifier: MIT */
/* pack-cache: the packs that were unpacked last, within a bound of bytes.
 *
 * Numbers of packs are never given twice, so what was read stays true; what a
 * transaction wrote and took back is forgotten by heddle_pack_cache_clear(). There are
 * few at a time: a list, the last used in front, is enough.
 */
#include "config.h"

#include "store/store-private.h"

#define ENTRIES 32

typedef struct {
  gint64 pack;
  GBytes *plain;
} Entry;

struct _HeddlePackCache {
  Entry entries[ENTRIES];
  guint count;
  gsize bytes, most;
};

HeddlePackCache *
heddle_pack_cache_new (gsize most)
{
  HeddlePackCache *cache = g_new0 (HeddlePackCache, 1);
  cache->most = most;
  return cache;
}

static void
drop_last (HeddlePackCache *cache)
{
  Entry *entry = &cache->entries[--cache->count];
  cache->bytes -= g_bytes_get_size (entry->plain);
  g_bytes_unref (entry->plain);
}

void
heddle_pack_cache_clear (HeddlePackCache *cache)
{
  while (cache->count > 0)
    drop_last (cache);
}

void
heddle_pack_cache_free (HeddlePackCache *cache)
{
  if (cache == NULL)
    return;
  heddle_pack_cache_clear (cache);
  g_free (cache);
}

/* The first @count move back by one place, @entry comes before them. */
static void
put_first (HeddlePackCache *cache, guint count, Entry entry)
{
  for (guint i = count; i > 0; i--)
    cache->entries[i] = cache->entries[i - 1];
  cache->entries[0] = entry;
}

GBytes *
heddle_pack_cache_get (HeddlePackCache *cache, gint64 pack)
{
  for (guint i = 0; i < cache->count; i++) {
    Entry entry = cache->entries[i];
    if (entry.pack != pack)
      continue;
    put_first (cache, i, entry);
    return g_bytes_ref (entry.plain);
  }
  return NULL;
}

void
heddle_pack_cache_put (HeddlePackCache *cache, gint64 pack, GBytes *plain)
{
  gsize size = g_bytes_get_size (plain);
  if (size > cache->most)
    return;
  while (cache->count == ENTRIES || cache->bytes + size > cache->most)
    drop_last (cache);
  put_first (cache, cache->count, (Entry){ pack, g_bytes_ref (plain) });
  cache->count++;
  cache->bytes += size;
}
