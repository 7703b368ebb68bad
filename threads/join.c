/* SPDX-License-Identifier: MIT */
/* threads/join: find all evidence that is one message.
 *
 * Evidence is laid side by side by keys, the strongest first: the same
 * Message-ID; the same text (whole, its head, its tail, a part of it) at the same UTC minute,
 * on the same wall clock, in the same minute of the hour; the same text without
 * a time. Then by position, over and over until nothing moves: what one message
 * answers, and what answers one message.
 *
 * Within a key evidence is sorted by time and each piece compared with the last
 * WINDOW different messages only. So all is n log n, whatever a hostile mail
 * repeats; the price is that of more than WINDOW alike messages within a day not
 * all copies are found. Since the sorting depends on the mails alone, so does
 * the outcome. */
#include "threads/join.h"
#include "threads/cluster.h"
#include "threads/key.h"

#include <string.h>

#define WINDOW 16
/* Of the least windows of a text, how many are laid beside those of others. */
#define WINDOWS_TRIED 4
/* Rounds of looking at positions: each reaches one message further down a
 * conversation (upwards one round goes all the way). */
#define ROUNDS 16

typedef struct {
  guint64 key;
  gint64 order;
  guint item;
} Candidate;

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *x = a, *y = b;

  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  if (x->order != y->order)
    return x->order < y->order ? -1 : 1;
  return x->item < y->item ? -1 : x->item > y->item;
}

static void
candidate_add (GArray *candidates, guint64 key, gint64 order, guint item)
{
  Candidate candidate = { key, order, item };
  g_array_append_val (candidates, candidate);
}

static GArray *
candidates_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (Candidate));
}

/* --- within a key ---------------------------------------------------------------- */

/* Two that answer nothing apart from one another: so do those that they answer. */
static void
climb (HeddlePool *pool, guint a, guint b)
{
  int x = pool->items[a].up, y = pool->items[b].up;

  while (x >= 0 && y >= 0
         && heddle_cluster_find (pool, (guint) x) != heddle_cluster_find (pool, (guint) y)
         && heddle_cluster_try (pool, (guint) x, (guint) y, HEDDLE_GROUND_ANSWERED)) {
    x = pool->items[x].up;
    y = pool->items[y].up;
  }
}

static void
join_run (HeddlePool *pool, const Candidate *run, guint n, HeddleGround ground)
{
  guint window[WINDOW], filled = 0, next = 0;

  for (guint i = 0; i < n; i++) {
    guint item = run[i].item, root = heddle_cluster_find (pool, item);
    gboolean done = FALSE;

    for (guint k = 1; k <= filled && !done; k++) {
      guint other = window[(next + WINDOW - k) % WINDOW];
      if (heddle_cluster_find (pool, other) == root) {
        done = TRUE;
      } else if (heddle_cluster_try (pool, item, other, ground)) {
        done = TRUE;
        if (ground == HEDDLE_GROUND_ANSWERED)
          climb (pool, item, other);
      }
    }
    if (!done) {
      window[next] = item;
      next = (next + 1) % WINDOW;
      filled = MIN (filled + 1, WINDOW);
    }
  }
}

/* Sorts @candidates and calls @each on every run of one key that has a second. */
static void
for_each_run (HeddlePool *pool, GArray *candidates, HeddleGround ground,
              void (*each) (HeddlePool *, const Candidate *, guint, HeddleGround))
{
  const Candidate *all = (const Candidate *) (gpointer) candidates->data;

  g_array_sort (candidates, compare_candidates);
  for (guint start = 0, end; start < candidates->len; start = end) {
    for (end = start + 1; end < candidates->len && all[end].key == all[start].key;)
      end++;
    if (end - start > 1)
      each (pool, all + start, end - start, ground);
  }
}

/* --- by Message-ID and by text ------------------------------------------------------ */

static void
join_by_message_id (HeddlePool *pool)
{
  g_autoptr (GArray) candidates = candidates_new ();

  /* Ordered by text, so that equal ones are neighbours. */
  for (guint i = 0; i < pool->n; i++) {
    const HeddlePoolItem *item = &pool->items[i];
    if (item->name >= 0)
      candidate_add (candidates, (guint64) item->name, (gint64) item->traits->print.full, i);
  }
  for_each_run (pool, candidates, HEDDLE_GROUND_MESSAGE_ID, join_run);
}

typedef enum { BY_UTC, BY_WALL, BY_MINUTE, N_CLOCKS } ClockKey;
typedef enum { BY_FULL, BY_HEAD, BY_TAIL, N_TEXTS } TextKey;

static gboolean
clock_key (const HeddleClock *clock, ClockKey by, guint64 *key, gint64 *order)
{
  if (!heddle_clock_minute (clock, order))
    return FALSE;
  switch (by) {
  case BY_UTC:
    *key = (guint64) clock->utc;
    return clock->has_utc;
  case BY_WALL:
    *key = (guint64) clock->wall;
    return clock->has_wall;
  default:
    *key = (guint64) (((*order % HEDDLE_CLOCK_STEP) + HEDDLE_CLOCK_STEP) % HEDDLE_CLOCK_STEP);
    return TRUE;
  }
}

static gboolean
text_key (const HeddleFingerprint *print, TextKey by, guint64 *key)
{
  *key = by == BY_FULL ? print->full : by == BY_HEAD ? print->head : print->tail;
  return print->letters >= (by == BY_FULL ? HEDDLE_FINGERPRINT_SHORT : HEDDLE_FINGERPRINT_LONG);
}

static void
join_by_text (HeddlePool *pool, TextKey text, ClockKey clock)
{
  g_autoptr (GArray) candidates = candidates_new ();

  for (guint i = 0; i < pool->n; i++) {
    const HeddleTraits *traits = pool->items[i].traits;
    guint64 letters, time;
    gint64 order;

    if (text_key (&traits->print, text, &letters) && clock_key (&traits->clock, clock, &time, &order))
      candidate_add (candidates, heddle_fingerprint_mix (letters, time), order, i);
  }
  for_each_run (pool, candidates, HEDDLE_GROUND_TEXT, join_run);
}

/* Long texts that have a part in common: words at both ends are withheld in one. */
static void
join_by_windows (HeddlePool *pool)
{
  g_autoptr (GArray) candidates = candidates_new ();

  for (guint i = 0; i < pool->n; i++) {
    const HeddleTraits *traits = pool->items[i].traits;
    guint64 time;
    gint64 order;

    if (traits->print.letters < HEDDLE_FINGERPRINT_LONG
        || !clock_key (&traits->clock, BY_MINUTE, &time, &order))
      continue;
    for (guint k = 0; k < MIN (traits->print.n_sketch, WINDOWS_TRIED); k++)
      candidate_add (candidates, heddle_fingerprint_mix (traits->print.sketch[k], time), order, i);
  }
  for_each_run (pool, candidates, HEDDLE_GROUND_TEXT, join_run);
}

/* A copy that says no time is taken for the one message of that text; where
 * several have it (a form letter), for none. */
static void
join_undated_run (HeddlePool *pool, const Candidate *run, guint n, HeddleGround ground)
{
  int dated = -1;

  for (guint i = 0; i < n; i++) {
    guint root = heddle_cluster_find (pool, run[i].item);
    gint64 minute;

    if (!heddle_clock_minute (&pool->clusters[root].clock, &minute))
      continue;
    if (dated >= 0 && (guint) dated != root)
      return;
    dated = (int) root;
  }
  join_run (pool, run, n, ground);
}

static void
join_undated (HeddlePool *pool)
{
  g_autoptr (GArray) candidates = candidates_new ();
  guint64 key;

  for (guint i = 0; i < pool->n; i++) {
    if (heddle_key_undated (pool->items[i].message, pool->items[i].traits, &key))
      candidate_add (candidates, key, 0, i);
  }
  for_each_run (pool, candidates, HEDDLE_GROUND_TEXT, join_undated_run);
}

/* --- whose a Message-ID is -------------------------------------------------------- */

/* How good a claim the cluster of @item has, for evidence @item. */
static guint
claim (const HeddlePoolItem *item)
{
  return item->index == 0 ? (item->mail->verified ? 2 : 1) : 0;
}

/* Give each Message-ID that a header bears to one message (see threads.h). */
static void
holders_find (HeddlePool *pool)
{
  g_autofree guint *claims = g_new0 (guint, MAX (pool->n, 1));

  for (guint i = 0; i < pool->n; i++) {
    guint root = heddle_cluster_find (pool, i);
    claims[root] = MAX (claims[root], claim (&pool->items[i]));
  }
  memset (pool->holders, -1, pool->names->len * sizeof *pool->holders);
  for (guint i = 0; i < pool->n; i++) {
    int name = pool->items[i].name;
    guint root = heddle_cluster_find (pool, i);

    if (name < 0)
      continue;
    if (pool->holders[name] >= 0) {
      guint held = (guint) pool->holders[name];
      if (claims[held] > claims[root]
          || (claims[held] == claims[root]
              && pool->clusters[held].size >= pool->clusters[root].size))
        continue;
    }
    pool->holders[name] = (int) root;
  }
}

/* --- by position -------------------------------------------------------------------- */

/* The entry that the mail (or attached mail) @i quotes as what it answers, -1;
 * for a forward only where @forwards. */
static int
answered_entry (const HeddlePool *pool, guint i, gboolean forwards)
{
  int up = pool->items[i].up;
  HeddleKind kind;

  if (up < 0 || !heddle_pool_is_whole (&pool->items[i]))
    return -1;
  kind = pool->items[up].message->kind;
  return kind == HEDDLE_KIND_REPLY || (forwards && kind == HEDDLE_KIND_FORWARD) ? up : -1;
}

/* In-Reply-To names a message that we have, and an entry below quotes it. */
static void
join_answered_known (HeddlePool *pool)
{
  for (guint i = 0; i < pool->n; i++) {
    int name = heddle_pool_answers (pool, i), up = answered_entry (pool, i, TRUE);

    if (name >= 0 && up >= 0 && pool->holders[name] >= 0
        && heddle_cluster_try (pool, (guint) up, (guint) pool->holders[name],
                               HEDDLE_GROUND_ANSWERED))
      climb (pool, (guint) up, (guint) pool->holders[name]);
  }
}

/* In-Reply-To names a message that nobody received, and entries quote it. */
static void
join_answered_unknown (HeddlePool *pool)
{
  g_autoptr (GArray) candidates = candidates_new ();

  for (guint i = 0; i < pool->n; i++) {
    int name = heddle_pool_answers (pool, i), up = answered_entry (pool, i, FALSE);
    if (name >= 0 && up >= 0 && pool->holders[name] < 0)
      candidate_add (candidates, (guint64) name, 0, (guint) up);
  }
  for_each_run (pool, candidates, HEDDLE_GROUND_ANSWERED, join_run);
}

/* One message shown in several mails, and in each what it answers. */
static void
join_answered (HeddlePool *pool)
{
  g_autoptr (GArray) candidates = candidates_new ();

  for (guint i = 0; i < pool->n; i++) {
    if (pool->items[i].up >= 0)
      candidate_add (candidates, heddle_cluster_find (pool, i), 0, (guint) pool->items[i].up);
  }
  for_each_run (pool, candidates, HEDDLE_GROUND_ANSWERED, join_run);
}

/* Answers to one message, by entry and by header, that say the same. */
static void
join_answers (HeddlePool *pool)
{
  g_autoptr (GArray) candidates = candidates_new ();

  for (guint i = 0; i < pool->n; i++) {
    int name = heddle_pool_answers (pool, i), up = pool->items[i].up;
    guint64 text = pool->items[i].traits->print.full;
    gint64 order = 0;

    heddle_clock_minute (&pool->items[i].traits->clock, &order);
    if (up >= 0)
      candidate_add (candidates,
                     heddle_fingerprint_mix (heddle_cluster_find (pool, (guint) up), text), order, i);
    if (name >= 0 && pool->holders[name] >= 0)
      candidate_add (
          candidates,
          heddle_fingerprint_mix (heddle_cluster_find (pool, (guint) pool->holders[name]), text),
          order, i);
  }
  for_each_run (pool, candidates, HEDDLE_GROUND_ANSWER, join_run);
}

/* --- Message-IDs by position ------------------------------------------------------------ */

/* A message known only from quotations is the one that the mails quoting it name
 * in In-Reply-To, where all of them agree: each Message-ID on one message, each
 * message on one Message-ID, and the message itself does not refer to it. */
static void
infer_message_ids (HeddlePool *pool)
{
  enum { NONE = -1, MANY = -2 };
  g_autofree int *named = g_new (int, MAX (pool->names->len, 1));

  for (guint k = 0; k < pool->names->len; k++)
    named[k] = NONE;
  for (guint i = 0; i < pool->n; i++)
    pool->clusters[i].inferred = NONE;
  for (guint i = 0; i < pool->n; i++) {
    int name = heddle_pool_answers (pool, i), up = answered_entry (pool, i, FALSE), root;

    if (name < 0 || up < 0 || pool->holders[name] >= 0)
      continue;
    root = (int) heddle_cluster_find (pool, (guint) up);
    if (pool->clusters[root].name >= 0)
      root = MANY;
    named[name] = named[name] == NONE || named[name] == root ? root : MANY;
  }
  for (guint i = 0; i < pool->n; i++) {
    const HeddlePoolItem *item = &pool->items[i];
    int root = (int) heddle_cluster_find (pool, i);

    for (guint k = 0; k < item->references; k++) {
      int name = g_array_index (pool->reference_names, int, item->reference + k);
      if (named[name] == root)
        named[name] = MANY;
    }
  }
  for (guint k = 0; k < pool->names->len; k++) {
    if (named[k] >= 0)
      pool->clusters[named[k]].inferred
          = pool->clusters[named[k]].inferred == NONE ? (int) k : MANY;
  }
  for (guint k = 0; k < pool->names->len; k++) {
    if (named[k] >= 0 && pool->clusters[named[k]].inferred == (int) k)
      pool->holders[k] = named[k];
  }
}

void
heddle_join_all (HeddlePool *pool)
{
  guint before;

  join_by_message_id (pool);
  for (int text = 0; text < N_TEXTS; text++) {
    for (int clock = 0; clock < N_CLOCKS; clock++)
      join_by_text (pool, (TextKey) text, (ClockKey) clock);
  }
  join_by_windows (pool);
  join_undated (pool);
  for (guint round = 0; round < ROUNDS; round++) {
    before = pool->unions;
    holders_find (pool);
    infer_message_ids (pool);
    join_answered_known (pool);
    join_answered_unknown (pool);
    join_answered (pool);
    join_answers (pool);
    if (pool->unions == before)
      break;
  }
  holders_find (pool);
  infer_message_ids (pool);
}
