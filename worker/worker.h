/* SPDX-License-Identifier: MIT */
/* worker: one mail's way from bytes to an indexed thread. pipeline.c is the file
 * to read first.
 *
 * It promises: a mail is in the truth, durable, before its source is unlinked; a
 * mail that breaks the parser harms no other; the same bytes twice add nothing; a
 * crash anywhere repeats, never duplicates. It uses no network and runs no
 * programs.
 *
 * Files: child.c (the parser in processes of its own behind pipes, with bounds on
 * memory and time), lane.c (one of these), pipeline.c (parse, thread, save in batches), worker.c (the
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
  guint recycle;  /* mails after which a child is replaced; 0: never */
  guint processes; /* at once, when there is work for so many; 0 is 1 */
} HeddleChildBounds;
extern const HeddleChildBounds heddle_child_bounds_default;

/* Mails that may be under way at once. */
#define HEDDLE_CHILD_UNDER_WAY 4096

/* A parser in other processes, one or a few: forked, never exec'd; each closes all it
 * inherited but its two pipes. The first child starts here, so make it before threads are
 * started or secrets read that it should not see. One that died is replaced, and
 * what it had not answered is handed to the next; the mail at which it died is
 * tried once more by a fresh child before it is blamed (unless it used up its CPU
 * time), so that its fate does not depend on the mails before it. Not for use by
 * several threads. Fails with CHILD. */
typedef struct _HeddleChild HeddleChild;
HeddleChild *heddle_child_new (const HeddleChildBounds *bounds, GError **error);
void heddle_child_free (HeddleChild *child);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddleChild, heddle_child_free)

/* Hand over a mail; returns at once. Up to HEDDLE_CHILD_UNDER_WAY may be under way; more
 * is a programming error. */
void heddle_child_send (HeddleChild *child, GBytes *mail);
/* Let the processes go on as far as that takes no waiting: to be called now and then by
 * who has other things to do while mails are under way. */
void heddle_child_serve (HeddleChild *child);
/* heddle_child_receive() would return at once. */
gboolean heddle_child_is_ready (const HeddleChild *child);
/* The result for the oldest mail under way: its record (transfer full), or an
 * error BROKEN or PARSE for that mail alone, which is then done; after CHILD it is
 * still under way. The record is not checked yet (heddle_chain_from_record()). */
GBytes *heddle_child_receive (HeddleChild *child, GError **error);
guint heddle_child_under_way (const HeddleChild *child);
/* Forget all that is under way. */
void heddle_child_drop (HeddleChild *child);

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
  const char *mail;             /* its id */
  const HeddleIndexed *indexed; /* (nullable) NULL unless STORED or DUPLICATE */
  const char *error;            /* (nullable) one line, without content */
} HeddleOutcome;
/* Called once for each mail, in the order of adding, after it is durable and
 * indexed. It must not call the pipeline. */
typedef void (*HeddleOutcomeFunc) (const HeddleOutcome *outcome, gpointer user_data);

/* @config, @store and @child must outlive it. @batch: mails a transaction. */
HeddlePipeline *heddle_pipeline_new (const HeddleConfig *config, HeddleStore *store,
                                     HeddleChild *child, guint batch, HeddleOutcomeFunc done,
                                     gpointer user_data);
void heddle_pipeline_free (HeddlePipeline *pipeline); /* what was not flushed is dropped */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeddlePipeline, heddle_pipeline_free)

/* Add a mail (transfer full, also on failure; bytes and received must be there, the
 * id is filled in), committing when a batch is full: parsing of what follows goes
 * on meanwhile. A mail counts as proven to come from one of us when @mail says
 * `verified` (a user of this machine ingests it) or when its envelope's `auth` is
 * the address, or the bare local part of the address, of its one author, who is
 * one of us.
 * Fails with the store's error, or CHILD: nothing is lost then, all that was added
 * is still there, and heddle_pipeline_flush() tries again. */
gboolean heddle_pipeline_add (HeddlePipeline *pipeline, HeddleStoreMail *mail, gpointer tag,
                              GError **error);
/* Commit all that is there. Same errors, and may be called again after them. */
gboolean heddle_pipeline_flush (HeddlePipeline *pipeline, GError **error);
/* Parse and index all that is in the truth and not in the index; run it when a
 * store has been opened for writing. @ret_count: (out) (optional). @ret_lost: (out)
 * (optional) those of them whose bytes are damaged; they are quarantined.
 * @progress: (nullable) called with how many are done and how many there are. */
gboolean heddle_pipeline_catch_up (HeddlePipeline *pipeline, guint *ret_count, guint *ret_lost,
                                   void (*progress) (guint done, guint all, gpointer user_data),
                                   gpointer user_data, GError **error);

/* --- mails in files ---------------------------------------------------------------------- */

/* Called for each mail of a file; FALSE stops. @error_text: (nullable) set where
 * something could not be read, @bytes is NULL then. @offset: where the mail's own
 * first byte stands in an mbox, behind its "From " line, else 0. */
typedef gboolean (*HeddleSourceFunc) (const char *path, gint64 offset, GBytes *bytes,
                                      const char *error_text, gpointer user_data);
/* Each mail in @path: a mail, an mbox, a Maildir (cur and new), a folder of such, in
 * the order of their names; "-" is standard input. In a folder a file is taken when
 * it is named .eml, .mbox or by digits alone, or when it begins as a mail or an
 * mbox does; what begins with a dot is passed over but for Maildir++ subfolders.
 * The bytes are those of the file: the ">" that an mbox puts before a line that
 * begins with "From " stays, since nothing tells it from one that was always
 * there. Fails with SOURCE when @path itself cannot be opened. */
gboolean heddle_source_each (const char *path, HeddleSourceFunc func, gpointer user_data,
                             GError **error);

/* --- the worker ---------------------------------------------------------------------------- */

/* Drain the spool; with @once return when it is empty, else go on until SIGTERM
 * or SIGINT. Returns an exit status (base.h). Logs; prints nothing. */
int heddle_worker_run (const HeddleConfig *config, const char *db, gboolean once);

#endif
