/* SPDX-License-Identifier: MIT */
/* worker: the loop over the spool.
 *
 * One worker at a time (the spool's lock) takes the entries oldest first through
 * the pipeline and removes each once it is kept and indexed. What can never be kept
 * goes to the spool's bad/ with its reason. Trouble with the disk or a locked store
 * is waited out: nothing is dropped, the same batch is tried again. SIGTERM and
 * SIGINT end it between two mails; what is under way is done first.
 *
 * It plans no reminders: what is due is computed by those who ask (`heddle remind`).
 */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "worker/worker.h"
#include "spool/spool.h"

/* Mails a transaction, and how long the first of them may wait for the last. */
#define BATCH 200
#define BATCH_USEC G_USEC_PER_SEC
/* Between two attempts after trouble: doubled from the first to the last. */
#define PAUSE_FIRST_MS 500
#define PAUSE_LAST_MS 30000
#define SWEEP_USEC ((gint64) 3600 * G_USEC_PER_SEC)

typedef struct {
  const HeddleConfig *config;
  char *db;
  gboolean once;
  int signals; /* readable once SIGTERM or SIGINT came */
  HeddleSpool *spool;
  HeddleChild *child;
  HeddleStore *store;
  HeddlePipeline *pipeline;
  gint64 committed; /* monotonic time of the last commit */
  gint64 swept;
  guint stuck;      /* entries that could not be removed since the last look */
  guint counts[4];  /* by fate */
} Worker;

static gboolean
must_stop (const Worker *worker)
{
  struct pollfd fd = { .fd = worker->signals, .events = POLLIN };
  return poll (&fd, 1, 0) > 0;
}

/* The exit status for trouble that is not waited out. */
static int
status_of (const GError *error)
{
  if (g_error_matches (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_LOCKED)
      || g_error_matches (error, HEDDLE_SPOOL_ERROR, HEDDLE_SPOOL_ERROR_LOCKED))
    return HEDDLE_EXIT_TEMPFAIL;
  if (error->domain == HEDDLE_STORE_ERROR || error->domain == HEDDLE_SPOOL_ERROR)
    return HEDDLE_EXIT_IOERR;
  return HEDDLE_EXIT_SOFTWARE;
}

/* Trouble that can end while we wait. A damaged store cannot: opening it anew, by
 * starting again, is what mends an index. */
static gboolean
is_passing (const GError *error)
{
  return g_error_matches (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_LOCKED)
         || g_error_matches (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_DISK)
         || g_error_matches (error, HEDDLE_SPOOL_ERROR, HEDDLE_SPOOL_ERROR_DISK)
         || g_error_matches (error, HEDDLE_WORKER_ERROR, HEDDLE_WORKER_ERROR_CHILD);
}

static void
log_trouble (const char *event, const GError *error)
{
  heddle_log (HEDDLE_LOG_ERROR, event, "cause", error->message, NULL);
}

/* Run @step until it succeeds, or its trouble will not pass, or we are to stop. */
static gboolean
persist (Worker *worker, gboolean (*step) (Worker *worker, GError **error), GError **error)
{
  for (int pause = PAUSE_FIRST_MS;; pause = MIN (pause * 2, PAUSE_LAST_MS)) {
    g_autoptr (GError) trouble = NULL;
    if (step (worker, &trouble))
      return TRUE;
    if (worker->once || !is_passing (trouble) || must_stop (worker)) {
      g_propagate_error (error, g_steal_pointer (&trouble));
      return FALSE;
    }
    log_trouble ("worker-waits", trouble);
    struct pollfd fd = { .fd = worker->signals, .events = POLLIN };
    (void) poll (&fd, 1, pause);
  }
}

/* --- one entry ------------------------------------------------------------------ */

static const char *
fate_event (HeddleFate fate)
{
  static const char *const events[] = { [HEDDLE_FATE_STORED] = "mail-stored",
                                        [HEDDLE_FATE_DUPLICATE] = "mail-duplicate",
                                        [HEDDLE_FATE_QUARANTINED] = "mail-quarantined",
                                        [HEDDLE_FATE_REFUSED] = "mail-set-aside" };
  return events[fate];
}

/* The mail is safe, or will never be: its entry leaves new/. */
static void
on_outcome (const HeddleOutcome *outcome, gpointer user_data)
{
  Worker *worker = user_data;
  g_autofree char *name = outcome->tag;
  g_autoptr (GError) error = NULL;
  worker->counts[outcome->fate]++;
  worker->committed = g_get_monotonic_time ();
  gboolean well = outcome->fate == HEDDLE_FATE_STORED || outcome->fate == HEDDLE_FATE_DUPLICATE;
  heddle_log (well ? HEDDLE_LOG_INFO : HEDDLE_LOG_WARNING, fate_event (outcome->fate), "entry",
              name, "mail", outcome->mail, "thread",
              outcome->indexed != NULL ? outcome->indexed->thread : NULL, "cause",
              outcome->error, NULL);
  gboolean gone = outcome->fate == HEDDLE_FATE_REFUSED
                      ? heddle_spool_set_aside (worker->spool, name, outcome->error, &error)
                      : heddle_spool_remove (worker->spool, name, &error);
  if (gone)
    return;
  log_trouble ("entry-stays", error);
  worker->stuck++;
}

static char **
strings_of (const GPtrArray *array)
{
  char **strings = g_new0 (char *, array->len + 1);
  for (guint i = 0; i < array->len; i++)
    strings[i] = g_strdup (g_ptr_array_index (array, i));
  return strings;
}

static HeddleStoreMail *
mail_of (HeddleSpoolEnvelope *envelope, GBytes *bytes)
{
  HeddleStoreMail *mail = g_new0 (HeddleStoreMail, 1);
  mail->bytes = g_bytes_ref (bytes);
  mail->received = envelope->received;
  mail->envelope = g_new0 (HeddleEnvelope, 1);
  mail->envelope->sender = g_strdup (envelope->sender);
  mail->envelope->rcpts = strings_of (envelope->rcpts);
  mail->envelope->auth = g_strdup (envelope->auth);
  mail->envelope->client = g_strdup (envelope->client);
  mail->envelope->queue_id = g_strdup (envelope->queue_id);
  return mail;
}

static gboolean
flush (Worker *worker, GError **error)
{
  gboolean good = heddle_pipeline_flush (worker->pipeline, error);
  worker->committed = g_get_monotonic_time ();
  return good;
}

static gboolean
set_aside (Worker *worker, const char *name, const GError *why, GError **error)
{
  heddle_log (HEDDLE_LOG_WARNING, "entry-set-aside", "entry", name, "cause", why->message, NULL);
  return heddle_spool_set_aside (worker->spool, name, why->message, error);
}

static gboolean
take_entry (Worker *worker, const char *name, GError **error)
{
  g_autoptr (HeddleSpoolEnvelope) envelope = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) trouble = NULL;
  if (!heddle_spool_read (worker->spool, name, &envelope, &bytes, &trouble)) {
    if (g_error_matches (trouble, HEDDLE_SPOOL_ERROR, HEDDLE_SPOOL_ERROR_DAMAGED)
        || g_error_matches (trouble, HEDDLE_SPOOL_ERROR, HEDDLE_SPOOL_ERROR_LIMIT))
      return set_aside (worker, name, trouble, error);
    /* One unreadable block must not keep the other entries waiting. */
    log_trouble ("entry-unreadable", trouble);
    worker->stuck++;
    return TRUE;
  }
  if (heddle_pipeline_add (worker->pipeline, mail_of (envelope, bytes), g_strdup (name),
                           &trouble))
    return g_get_monotonic_time () - worker->committed < BATCH_USEC
           || persist (worker, flush, error);
  if (worker->once || !is_passing (trouble)) {
    g_propagate_error (error, g_steal_pointer (&trouble));
    return FALSE;
  }
  log_trouble ("worker-waits", trouble);
  return persist (worker, flush, error);
}

/* --- the loop ---------------------------------------------------------------------- */

/* All that is there now. */
static gboolean
drain (Worker *worker, guint *ret_count, GError **error)
{
  g_autoptr (GPtrArray) names = heddle_spool_list (worker->spool, 0, error);
  if (names == NULL)
    return FALSE;
  worker->stuck = 0;
  worker->committed = g_get_monotonic_time ();
  for (guint i = 0; i < names->len && !must_stop (worker); i++)
    if (!take_entry (worker, g_ptr_array_index (names, i), error))
      return FALSE;
  *ret_count = names->len;
  return persist (worker, flush, error);
}

static void
sweep (Worker *worker)
{
  gint64 now = g_get_monotonic_time ();
  if (worker->swept != 0 && now - worker->swept < SWEEP_USEC)
    return;
  worker->swept = now;
  guint count = 0;
  g_autoptr (GError) error = NULL;
  if (!heddle_spool_sweep (worker->spool, heddle_time_now (), &count, &error))
    log_trouble ("sweep-failed", error);
  else if (count > 0)
    heddle_log (HEDDLE_LOG_NOTICE, "spool-swept", "cause", "half-written entries", NULL);
}

static gboolean
loop (Worker *worker, GError **error)
{
  while (!must_stop (worker)) {
    guint count = 0;
    g_autoptr (GError) trouble = NULL;
    sweep (worker);
    if (!drain (worker, &count, &trouble)) {
      if (worker->once || !is_passing (trouble)) {
        g_propagate_error (error, g_steal_pointer (&trouble));
        return FALSE;
      }
      log_trouble ("worker-waits", trouble);
      worker->stuck = 1;
    }
    if (worker->once && (count == 0 || worker->stuck > 0))
      return TRUE;
    if (worker->stuck > 0) {
      struct pollfd fd = { .fd = worker->signals, .events = POLLIN };
      (void) poll (&fd, 1, PAUSE_LAST_MS / 3);
    } else if (count == 0) {
      heddle_spool_wait (worker->spool, (int) (SWEEP_USEC / 1000), worker->signals);
    }
  }
  return TRUE;
}

/* --- beginning and end ----------------------------------------------------------------- */

static gboolean
open_spool (Worker *worker, GError **error)
{
  worker->spool = heddle_spool_open (worker->config->milter.spool, error);
  return worker->spool != NULL && heddle_spool_lock (worker->spool, error);
}

static gboolean
open_child (Worker *worker, GError **error)
{
  worker->child = heddle_child_new (NULL, error);
  return worker->child != NULL;
}

static gboolean
open_store (Worker *worker, GError **error)
{
  worker->store = heddle_store_open (worker->db, HEDDLE_STORE_WRITE, error);
  return worker->store != NULL;
}

static gboolean
catch_up (Worker *worker, GError **error)
{
  guint count = 0, lost = 0;
  char text[16];
  if (!heddle_pipeline_catch_up (worker->pipeline, &count, &lost, NULL, NULL, error))
    return FALSE;
  if (lost > 0) {
    g_snprintf (text, sizeof text, "%u", lost);
    heddle_log (HEDDLE_LOG_ERROR, "mails-damaged", "mails", text, NULL);
  }
  if (count > 0) {
    g_snprintf (text, sizeof text, "%u", count);
    heddle_log (HEDDLE_LOG_NOTICE, "index-caught-up", "mails", text, NULL);
  }
  return TRUE;
}

/* The child before the store, so that it never sees it. */
static gboolean
run (Worker *worker, GError **error)
{
  if (!open_spool (worker, error) || !persist (worker, open_child, error)
      || !persist (worker, open_store, error))
    return FALSE;
  worker->pipeline = heddle_pipeline_new (worker->config, worker->store, worker->child, BATCH,
                                          on_outcome, worker);
  heddle_log (HEDDLE_LOG_NOTICE, "worker-ready", NULL);
  return persist (worker, catch_up, error) && loop (worker, error);
}

static int
finish (Worker *worker, const GError *error)
{
  char counts[4][16];
  for (guint i = 0; i < 4; i++)
    g_snprintf (counts[i], sizeof counts[i], "%u", worker->counts[i]);
  if (error != NULL)
    log_trouble ("worker-failed", error);
  heddle_log (HEDDLE_LOG_NOTICE, "worker-stopped", "stored", counts[HEDDLE_FATE_STORED],
              "duplicate", counts[HEDDLE_FATE_DUPLICATE], "quarantined",
              counts[HEDDLE_FATE_QUARANTINED], "set-aside", counts[HEDDLE_FATE_REFUSED], NULL);
  if (error != NULL)
    return must_stop (worker) && is_passing (error) ? HEDDLE_EXIT_OK : status_of (error);
  return worker->once && worker->stuck > 0 ? HEDDLE_EXIT_IOERR : HEDDLE_EXIT_OK;
}

int
heddle_worker_run (const HeddleConfig *config, const char *db, gboolean once)
{
  g_autoptr (GError) error = NULL;
  Worker worker = { .config = config, .once = once };
  worker.db = heddle_config_store_path (config, db);
  sigset_t ends, before;
  sigemptyset (&ends);
  sigaddset (&ends, SIGTERM);
  sigaddset (&ends, SIGINT);
  (void) sigprocmask (SIG_BLOCK, &ends, &before);
  worker.signals = signalfd (-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK);
  if (worker.signals < 0) {
    heddle_log (HEDDLE_LOG_ERROR, "worker-failed", "cause", g_strerror (errno), NULL);
    g_free (worker.db);
    return HEDDLE_EXIT_SOFTWARE;
  }
  (void) run (&worker, &error);
  int status = finish (&worker, error);
  heddle_pipeline_free (worker.pipeline);
  heddle_child_free (worker.child);
  heddle_store_close (worker.store);
  heddle_spool_close (worker.spool);
  /* A signal that was heeded must not strike again once it is let through. */
  struct signalfd_siginfo heeded;
  while (read (worker.signals, &heeded, sizeof heeded) > 0)
    continue;
  close (worker.signals);
  (void) sigprocmask (SIG_SETMASK, &before, NULL);
  g_free (worker.db);
  return status;
}
