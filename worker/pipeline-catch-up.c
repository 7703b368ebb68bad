/* SPDX-License-Identifier: MIT */
/* catch up: index what the truth holds and the index does not, after a crash
 * between the two, a new index or a release from quarantine. */
#include "config.h"

#include "worker/pipeline.h"

typedef struct {
  guint done, all;
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
add_pending (HeddlePipeline *twin, HeddleStore *store, const char *mail, GError **error)
{
  g_autoptr (GBytes) bytes = heddle_store_raw (store, mail, error);
  return bytes != NULL && heddle_pipeline_add_kept (twin, mail, bytes, error);
}

gboolean
heddle_pipeline_catch_up (HeddlePipeline *pipeline, guint *ret_count,
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
    if (!add_pending (twin, store, g_ptr_array_index (pending, i), error))
      return FALSE;
  if (!heddle_pipeline_flush (twin, error))
    return FALSE;
  if (ret_count != NULL)
    *ret_count = tally.done;
  return TRUE;
}
