/* SPDX-License-Identifier: MIT */
/* What a mail costs the parse children, from the pipe to the record on its way back: the
 * processor's time of the children, the system's part included, and beside it what handing
 * out and taking back costs the parent. Nothing is stored. */
#include "tests/bench/mails.h"
#include "worker/worker.h"

#include <stdio.h>
#include <sys/resource.h>

#define ROUNDS 5

/* Milliseconds of the processor that @who has had. */
static double
spent (int who)
{
  struct rusage used;

  getrusage ((__rusage_who_t)who, &used);
  return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e3
         + (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e3;
}

static guint
take_one (HeddleChild *child)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) record = heddle_child_receive (child, &error);

  return record != NULL;
}

/* All mails through children of their own; how many gave a record. */
static guint
run (const GPtrArray *mails, GError **error)
{
  g_autoptr (HeddleChild) child = heddle_child_new (NULL, error);
  guint n_read = 0;

  for (guint i = 0; child != NULL && i < mails->len; i++) {
    if (heddle_child_under_way (child) == HEDDLE_CHILD_UNDER_WAY)
      n_read += take_one (child);
    heddle_child_send (child, mails->pdata[i]);
  }
  while (child != NULL && heddle_child_under_way (child) > 0)
    n_read += take_one (child);
  return n_read;
}

int
main (int argc, char **argv)
{
  gsize bytes = 0;
  guint n_read = 0;
  double best[2] = { G_MAXDOUBLE, G_MAXDOUBLE };
  const int who[2] = { RUSAGE_CHILDREN, RUSAGE_SELF };
  g_autoptr (GPtrArray) mails = bench_mails (argc > 1 ? argv[1] : NULL, &bytes);
  g_autoptr (GError) error = NULL;

  for (int round = 0; mails != NULL && round < ROUNDS && error == NULL; round++) {
    double before[2] = { spent (who[0]), spent (who[1]) };

    n_read = run (mails, &error);
    for (int i = 0; i < 2; i++)
      best[i] = MIN (best[i], spent (who[i]) - before[i]);
  }
  if (mails == NULL || error != NULL) {
    fprintf (stderr, "bench-child: %s\n", error != NULL ? error->message : "nothing to read");
    return 1;
  }
  printf ("bench-child: %u mails of %.1f KB (%u read), best of %d rounds\n", mails->len,
          (double)bytes / mails->len / 1000, n_read, ROUNDS);
  printf ("  %.3f ms of the processor a mail in the parse children, %.3f in their parent\n",
          best[0] / mails->len, best[1] / mails->len);
  return 0;
}
