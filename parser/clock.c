/* SPDX-License-Identifier: MIT */
/* clock: see clock.h. */
#include "parser/clock.h"

#include "parser/facts.h"

#define PIN_MOST (2 * 24 * 60 * 60) /* seconds */

void
heddle_clock_infer (HeddleChain *chain)
{
  for (guint m = 0; m < chain->messages->len; m++) {
    const HeddleMessage *answer = g_ptr_array_index (chain->messages, m);
    if (answer->parent < 0 || answer->date == NULL || !answer->date->has_offset
        || !answer->date->has_local)
      continue;
    HeddleMessage *quoted = g_ptr_array_index (chain->messages, answer->parent);
    HeddleDate *date = quoted->date;
    if (quoted->kind == HEDDLE_KIND_ATTACHED || date == NULL || !date->has_local || date->has_utc
        || date->has_offset || date->precision == HEDDLE_PRECISION_DAY)
      continue;
    gint64 gap = heddle_wall_to_seconds (&answer->date->local) - heddle_wall_to_seconds (&date->local);
    if (gap < 0 || gap > PIN_MOST)
      continue;
    date->utc = heddle_wall_to_seconds (&date->local) - (gint64) answer->date->offset * 60;
    date->has_utc = TRUE;
    date->inferred = TRUE;
  }
}
