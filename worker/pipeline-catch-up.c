/* SPDX-License-Identifier: MIT */
/* catch up: index what the truth holds and the index does not, after a crash
 * between the two, a new index or a release from quarantine. A mail whose bytes are
 * damaged goes into quarantine: the others do not wait for it. */
#include "config.h"

#include "worker/pipeline.h"

typedef struct {
  guint done, all, lost;
  void (*progress) (guint done, guint all, gpointer user_data);
  gpointer user_data;
} Tally;

static void
count_one (const HeddleOutcome *outcome, gpointer user_data)
{
  Tally *tally = user_data;
  tally->done++;
  if (tally->progress != NULL)
    tally->progress (tally->done, tally->all, tally->user_data);
}

static gboolean
add_pending (HeddlePipeline *twin, const char *mail, Tally *tally, GError **error)
{
  g_autoptr (GError) trouble = NULL;
  g_autoptr (GBytes) bytes = heddle_store_raw (heddle_pipeline_store (twin), mail, &trouble);
  if (bytes != NULL)
    return heddle_pipeline_add_kept (twin, mail, bytes, error);
  if (!g_error_matches (trouble, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_CORRUPT)) {
    g_propagate_error (error, g_steal_pointer (&trouble));
    return FALSE;
  }
  tally->lost++;
  return heddle_pipeline_add_lost (twin, mail, "its bytes in the store are damaged", error);
}

gboolean
heddle_pipeline_catch_up (HeddlePipeline *pipeline, guint *ret_count, guint *ret_lost,
                          void (*progress) (guint done, guint all, gpointer user_data),
                          gpointer user_data, GError **error)
{
  HeddleStore *store = heddle_pipeline_store (pipeline);
  g_autoptr (GPtrArray) pending = heddle_store_pending (store, 0, error);
  if (pending == NULL)
    return FALSE;
  Tally tally = { .all = pending->len, .progress = progress, .user_data = user_data };
  g_autoptr (HeddlePipeline) twin = heddle_pipeline_twin (pipeline, count_one, &tally);
  for (guint i = 0; i < pending->len; i++)
    if (!add_pending (twin, g_ptr_array_index (pending, i), &tally, error))
      return FALSE;
  if (!heddle_pipeline_flush (twin, error))
    return FALSE;
  if (ret_count != NULL)
    *ret_count = tally.done;
  if (ret_lost != NULL)
    *ret_lost = tally.lost;
  return TRUE;
}
