/* SPDX-License-Identifier: MIT */
/* What pipeline-catch-up.c and the tests need of pipeline.c. Within worker/ only. */
#ifndef HEDDLE_WORKER_PIPELINE_H
#define HEDDLE_WORKER_PIPELINE_H

#include "worker/worker.h"

/* Whether @auth, the name that the MTA checked a password for, proves that the
 * author of @head sent it: it is the author's address in any case, or the bare
 * local part of it, and the address is ours. */
gboolean heddle_pipeline_proven (const HeddleConfig *config, const char *auth,
                                 const HeddleMessage *head);

/* Add a mail that is in the truth already: it is only parsed and indexed. */
gboolean heddle_pipeline_add_kept (HeddlePipeline *pipeline, const char *mail, GBytes *bytes,
                                   GError **error);

/* Add a mail of the truth whose bytes cannot be read any more: it is quarantined with @why,
 * so that it is asked for once and not at every start. */
gboolean heddle_pipeline_add_lost (HeddlePipeline *pipeline, const char *mail, const char *why,
                                   GError **error);

/* Another pipeline of the same store and child; @pipeline must be empty as long as
 * it lives. (transfer full) */
HeddlePipeline *heddle_pipeline_twin (const HeddlePipeline *pipeline, HeddleOutcomeFunc done,
                                      gpointer user_data);
HeddleStore *heddle_pipeline_store (const HeddlePipeline *pipeline);

#endif
