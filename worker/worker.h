/* SPDX-License-Identifier: MIT */
/* worker: one mail's way from bytes to an indexed thread. pipeline.c is the file
 * to read first.
 *
 * It promises: a mail is in the truth, durable, before its source is unlinked; a
 * mail that breaks the parser harms no other; the same bytes twice add nothing; a
 * crash anywhere repeats, never duplicates. It uses no network and runs no
 * programs.
 *
 * Files: child.c (the parser in a process of its own behind a pipe, with bounds on
 * memory and time), pipeline.c (parse, thread, save in batches), worker.c (the
 * loop over the spool), source.c (files, mboxes, Maildirs to mails, for ingest).
 */
#ifndef HEDDLE_WORKER_H
#define HEDDLE_WORKER_H

#include "base/base.h"
#include "store/store.h"

#define HEDDLE_WORKER_ERROR (heddle_worker_error_quark ())
GQuark heddle_worker_error_quark (void);
typedef enum {
  HEDDLE_WORKER_ERROR_CHILD,  /* no child process can be had */
  HEDDLE_WORKER_ERROR_BROKEN, /* this mail broke the parser: it crashed, or was over its bounds */
  HEDDLE_WORKER_ERROR_PARSE,  /* the parser refused this mail, with its own words */
  HEDDLE_WORKER_ERROR_SOURCE, /* a file that cannot be read */
} HeddleWorkerError;

/* --- the parse child ---------------------------------------------------------------- */

typedef struct {
  gsize memory;   /* bytes of address space */
  guint seconds;  /* of CPU for one mail, and twice that on the clock */
  guint recycle;  /* mails after which a child is replaced */
} HeddleChildBounds;
extern const HeddleChildBounds heddle_child_bounds_default;

/* A parser in another process. It is forked, never exec'd, so make it before
 * threads are started or files opened that it should not see; it closes all it
 * inherited but its pipes. A child that died is replaced on the next send. */
typedef struct _HeddleChild HeddleChild;
HeddleChild *heddle_child_new (const HeddleChildBounds *bounds, GError **error);
void heddle_child_free (HeddleChild *child);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleChild, heddle_child_free)

/* Hand over a mail; returns at once or when the pipe has room, reading finished
 * results meanwhile. Up to 64 may be under way. */
gboolean heddle_child_send (HeddleChild *child, GBytes *mail, GError **error);
/* The result for the oldest mail under way: its record (transfer full), or an
 * error BROKEN or PARSE for that mail alone. */
GBytes *heddle_child_receive (HeddleChild *child, GError **error);
guint heddle_child_under_way (const HeddleChild *child);

/* --- the pipeline --------------------------------------------------------------------- */

typedef struct _HeddlePipeline HeddlePipeline;

/* What became of one mail. */
typedef enum {
  HEDDLE_FATE_STORED,
  HEDDLE_FATE_DUPLICATE,
  HEDDLE_FATE_QUARANTINED,
  HEDDLE_FATE_REFUSED /* not kept: too large, or nothing in it */
} HeddleFate;
const char *heddle_fate_name (HeddleFate fate);

typedef struct {
  gpointer tag;  /* what heddle_pipeline_add() was given */
  HeddleFate fate;
  const HeddleIndexed *indexed; /* (nullable) NULL unless STORED or DUPLICATE */
  const char *error;            /* (nullable) one line */
} HeddleOutcome;
/* Called once for each mail, in the order of adding, after it is durable and
 * indexed. */
typedef void (*HeddleOutcomeFunc) (const HeddleOutcome *outcome, gpointer user_data);

/* @child and @store must outlive it. @batch: mails a transaction. */
HeddlePipeline *heddle_pipeline_new (HeddleStore *store, HeddleChild *child, guint batch,
                                     HeddleOutcomeFunc done, gpointer user_data);
void heddle_pipeline_free (HeddlePipeline *pipeline); /* what was not flushed is dropped */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddlePipeline, heddle_pipeline_free)

/* Add a mail (transfer full), flushing when a batch is full. */
gboolean heddle_pipeline_add (HeddlePipeline *pipeline, HeddleStoreMail *mail, gpointer tag,
                              GError **error);
/* Commit what is there. */
gboolean heddle_pipeline_flush (HeddlePipeline *pipeline, GError **error);
/* Parse and index all that is in the truth and not in the index; run it when a
 * store has been opened for writing. @ret_count: (out) (optional).
 * @progress: (nullable) called with how many are done and how many there are. */
gboolean heddle_pipeline_catch_up (HeddlePipeline *pipeline, guint *ret_count,
                                   void (*progress) (guint done, guint all, gpointer user_data),
                                   gpointer user_data, GError **error);

/* --- mails in files ---------------------------------------------------------------------- */

/* Called for each mail of a file; FALSE stops. @error_text: (nullable) set where
 * something could not be read, @bytes is NULL then. @offset: its place in an
 * mbox, else 0. */
typedef gboolean (*HeddleSourceFunc) (const char *path, gint64 offset, GBytes *bytes,
                                      const char *error_text, gpointer user_data);
/* Each mail in @path: a mail, an mbox (mboxrd, mboxo), a Maildir (cur and new), a
 * folder of such, in the order of their names; "-" is standard input. Fails with
 * SOURCE when @path itself cannot be opened. */
gboolean heddle_source_each (const char *path, HeddleSourceFunc func, gpointer user_data,
                             GError **error);

/* --- the worker ---------------------------------------------------------------------------- */

/* Drain the spool; with @once return when it is empty, else go on until SIGTERM
 * or SIGINT. Returns an exit status (base.h). Logs; prints nothing. */
int heddle_worker_run (const HeddleConfig *config, const char *db, gboolean once);

#endif
