/* SPDX-License-Identifier: MIT */
/* Small sets of mails: what becomes of them, and the same from every order. */
#include "tests/threads/support.h"

#include <string.h>

#define LONG_A                                                                                     \
  "The account of our partner was taken over on Monday night. Could you please tell us which "     \
  "papers you need, so that it can be given back before the weekend?"
#define LONG_A_WRAPPED                                                                             \
  "The account of our partner was taken over\non Monday night. Could you please tell us\nwhich "   \
  "papers you need, so that it can be given back\nbefore the weekend?"
#define LONG_A_REDACTED                                                                            \
  "The account of (b)(6) was taken over on Monday night. Could you please tell us which "          \
  "papers you need, so that it can be given back before the weekend?"
#define LONG_A_OPEN                                                                                \
  "The account of Mira Levin was taken over on Monday night. Could you please tell us which "      \
  "papers you need, so that it can be given back before the weekend?"
#define LONG_A_CUT                                                                                 \
  "The account of our partner was taken over on Monday night. Could you please tell us which "     \
  "papers you need"
#define LONG_B                                                                                     \
  "We need a copy of the registration and a letter on paper with the letterhead. Both can be "     \
  "sent as photographs; the review takes three working days from then on."
#define LONG_C                                                                                     \
  "Here they are, both of them. The letter was signed by the head of the office this morning, "    \
  "and the registration carries the stamp of last year."
#define MEDIUM "Thank you, we look into it and come back."

#define ANA "Ana Ruiz <ana@example.org>"
#define SAM "Sam Okoro <sam@chirper.example>"
#define LEA "Lea Brandt <lea@partner.example>"

typedef struct {
  const char *name;
  const char *counts; /* a thread each: received, quoted only, missing; "edges" counts parents */
  Mail mails[MAILS_MAX];
} Case;

/* Counts are sorted, so that they do not hang on ids. */
static const Case cases[] = {
  { "two answers by headers",
    "3+0+0 edges 2",
    { { "a", FALSE, { { LONG_A, .from = ANA, .date = "2026-03-02 10:05:11+01:00", .id = "a@x" } } },
      { "b", FALSE, { { LONG_B, .from = SAM, .date = "2026-03-02 12:00:00+00:00", .id = "b@x", .answers = "a@x", .references = "a@x" } } },
      { "c", FALSE, { { "Thanks!", .from = ANA, .date = "2026-03-02 14:00:00+01:00", .id = "c@x", .answers = "b@x", .references = "a@x b@x" } } } } },
  { "a received message quoted in another zone, wrapped anew",
    "2+0+0 edges 1",
    { { "a", FALSE, { { LONG_A, .from = ANA, .date = "2026-03-02 10:05:11+01:00", .id = "a@x" } } },
      { "b", FALSE,
        { { LONG_B, .up = 1, .from = SAM, .date = "2026-03-02 12:00:00+00:00", .id = "b@x" },
          { LONG_A_WRAPPED, .kind = HEDDLE_KIND_REPLY, .from = "Ana Ruiz", .date = "2026-03-02 04:05" } } } } },
  { "the same text at another minute is another message",
    "1+0+0 edges 0; 1+1+0 edges 1",
    { { "a", FALSE, { { LONG_A, .from = ANA, .date = "2026-03-02 10:05:11+01:00", .id = "a@x" } } },
      { "b", FALSE,
        { { LONG_B, .up = 1, .from = SAM, .date = "2026-03-02 12:00:00+00:00", .id = "b@x" },
          { LONG_A_WRAPPED, .kind = HEDDLE_KIND_REPLY, .from = "Ana Ruiz", .date = "2026-03-02 04:07" } } } } },
  { "the same minute of another day is another message",
    "1+0+0 edges 0; 1+1+0 edges 1",
    { { "a", FALSE, { { LONG_A, .from = ANA, .date = "2026-03-02 10:05:11+01:00", .id = "a@x" } } },
      { "b", FALSE,
        { { LONG_B, .up = 1, .from = SAM, .date = "2026-03-05 12:00:00+00:00", .id = "b@x" },
          { LONG_A_WRAPPED, .kind = HEDDLE_KIND_REPLY, .from = "Ana Ruiz", .date = "2026-03-04 04:05" } } } } },
  { "quoted without a date, cut at the end",
    "2+0+0 edges 1",
    { { "a", FALSE, { { LONG_A, .from = ANA, .date = "2026-03-02 10:05:11+01:00", .id = "a@x" } } },
      { "b", FALSE,
        { { LONG_B, .up = 1, .from = SAM, .date = "2026-03-02 12:00:00+00:00", .id = "b@x", .answers = "a@x" },
          { LONG_A_CUT, .kind = HEDDLE_KIND_REPLY, .from = "Ana Ruiz" } } } } },
  { "quoted without a date, and no header joins",
    "2+0+0 edges 1",
    { { "a", FALSE, { { LONG_A, .from = ANA, .date = "2026-03-02 10:05:11+01:00", .id = "a@x" } } },
      { "b", FALSE,
        { { LONG_B, .up = 1, .from = SAM, .date = "2026-03-02 12:00:00+00:00", .id = "b@x" },
          { LONG_A_WRAPPED, .kind = HEDDLE_KIND_REPLY, .from = "Ana Ruiz" } } } } },
  { "two mails quote what nobody received",
    "2+2+0 edges 3",
    { { "b", FALSE,
        { { "I forward this to you.", .up = 1, .from = LEA, .date = "2026-03-03 09:00:00+00:00", .id = "b@x" },
          { LONG_B, .up = 2, .kind = HEDDLE_KIND_FORWARD, .from = SAM, .date = "2026-03-02 12:00" },
          { LONG_A, .kind = HEDDLE_KIND_REPLY, .from = "Ana Ruiz", .date = "2026-03-02 10:05" } } },
      { "c", FALSE,
        { { LONG_C, .up = 1, .from = ANA, .date = "2026-03-04 10:00:00+01:00", .id = "c@x" },
          { LONG_B, .up = 2, .kind = HEDDLE_KIND_REPLY, .from = "Sam Okoro", .date = "2026-03-02 13:00" },
          { LONG_A_WRAPPED, .kind = HEDDLE_KIND_REPLY, .from = ANA, .date = "2026-03-02 11:05" } } } } },
  { "a redacted copy and an open one",
    "2+1+0 edges 2",
    { { "b", FALSE,
        { { LONG_B, .up = 1, .from = SAM, .date = "2026-03-03 09:00:00+00:00", .id = "b@x" },
          { LONG_A_OPEN, .greeting = "Dear Sam,", .kind = HEDDLE_KIND_REPLY, .from = ANA, .date = "2026-03-02 10:05" } } },
      { "c", FALSE,
        { { LONG_C, .up = 1, .from = LEA, .date = "2026-03-09 09:00:00+00:00", .id = "c@x" },
          { LONG_A_REDACTED, .greeting = "Dear (b)(6),", .kind = HEDDLE_KIND_FORWARD, .from = "?", .date = "2026-03-02 10:05" } } } } },
  { "two withheld authors are two",
    "1+1+0 edges 1; 1+1+0 edges 1",
    { { "b", FALSE,
        { { LONG_B, .up = 1, .from = SAM, .date = "2026-03-03 09:00:00+00:00", .id = "b@x" },
          { MEDIUM, .kind = HEDDLE_KIND_REPLY, .from = "?", .date = "2026-03-02 10:05" } } },
      { "c", FALSE,
        { { LONG_C, .up = 1, .from = LEA, .date = "2026-03-09 09:00:00+00:00", .id = "c@x" },
          { MEDIUM, .kind = HEDDLE_KIND_REPLY, .from = "?", .date = "2026-03-02 14:05" } } } } },
  { "a withheld author ties no two people together",
    "1+0+0 edges 0; 1+0+0 edges 0; 1+1+0 edges 1",
    { { "a", FALSE, { { LONG_A, .from = ANA, .date = "2026-03-02 10:05:00+01:00", .id = "a@x" } } },
      { "b", FALSE, { { LONG_A, .from = LEA, .date = "2026-03-02 10:05:00+01:00", .id = "b@x" } } },
      { "c", FALSE,
        { { LONG_C, .up = 1, .from = SAM, .date = "2026-03-09 09:00:00+00:00", .id = "c@x" },
          { LONG_A, .kind = HEDDLE_KIND_REPLY, .from = "?", .date = "2026-03-02 10:06" } } } } },
  { "short texts at one minute in two conversations",
    "1+1+0 edges 1; 1+1+0 edges 1",
    { { "b", FALSE,
        { { LONG_B, .up = 1, .from = SAM, .date = "2026-03-03 09:00:00+00:00", .id = "b@x" },
          { "Thanks!", .kind = HEDDLE_KIND_REPLY, .from = ANA, .date = "2026-03-02 10:05" } } },
      { "c", FALSE,
        { { LONG_C, .up = 1, .from = LEA, .date = "2026-03-09 09:00:00+00:00", .id = "c@x" },
          { "Thanks!", .kind = HEDDLE_KIND_REPLY, .from = ANA, .date = "2026-03-02 10:05" } } } } },
  { "a short text above the same message",
    "2+2+0 edges 3",
    { { "b", FALSE,
        { { LONG_B, .up = 1, .from = SAM, .date = "2026-03-03 09:00:00+00:00", .id = "b@x" },
          { "Thanks!", .up = 2, .kind = HEDDLE_KIND_REPLY, .from = ANA, .date = "2026-03-02 10:05" },
          { LONG_A, .kind = HEDDLE_KIND_REPLY, .from = LEA, .date = "2026-03-02 09:00" } } },
      { "c", FALSE,
        { { LONG_C, .up = 1, .from = LEA, .date = "2026-03-09 09:00:00+00:00", .id = "c@x" },
          { "Thanks!", .up = 2, .kind = HEDDLE_KIND_REPLY, .from = "Ana Ruiz", .date = "2026-03-02 12:05" },
          { LONG_A, .kind = HEDDLE_KIND_REPLY, .from = LEA, .date = "2026-03-02 11:00" } } } } },
  { "short texts below the same message",
    "2+3+0 edges 4",
    { { "b", FALSE,
        { { "See below.", .up = 1, .from = SAM, .date = "2026-03-03 09:00:00+00:00", .id = "b@x" },
          { LONG_B, .up = 2, .kind = HEDDLE_KIND_REPLY, .from = SAM, .date = "2026-03-02 11:00" },
          { "Yes.", .up = 3, .kind = HEDDLE_KIND_REPLY, .from = ANA, .date = "2026-03-02 10:05" },
          { "Now?", .kind = HEDDLE_KIND_REPLY, .from = LEA, .date = "2026-03-02 09:00" } } },
      { "c", FALSE,
        { { LONG_C, .up = 1, .from = LEA, .date = "2026-03-09 09:00:00+00:00", .id = "c@x" },
          { LONG_B, .up = 2, .kind = HEDDLE_KIND_REPLY, .from = SAM, .date = "2026-03-02 13:00" },
          { "Yes.", .up = 3, .kind = HEDDLE_KIND_REPLY, .from = "Ana Ruiz", .date = "2026-03-02 12:05" },
          { "Now?", .kind = HEDDLE_KIND_REPLY, .from = LEA, .date = "2026-03-02 11:00" } } } } },
  { "subjects alone join nothing",
    "1+0+0 edges 0; 1+0+0 edges 0",
    { { "a", FALSE, { { LONG_A, .subject = "Update", .from = ANA, .date = "2026-03-02 10:05:11+01:00", .id = "a@x" } } },
      { "b", FALSE, { { LONG_B, .subject = "Re: Update", .from = SAM, .date = "2026-03-02 12:00:00+00:00", .id = "b@x" } } } } },
  { "what nobody showed",
    "2+0+1 edges 2",
    { { "b", FALSE, { { LONG_B, .from = SAM, .date = "2026-03-02 12:00:00+00:00", .id = "b@x", .answers = "a@x", .references = "r@x a@x" } } },
      { "c", FALSE, { { LONG_C, .from = LEA, .date = "2026-03-02 14:00:00+00:00", .id = "c@x", .answers = "a@x", .references = "r@x a@x" } } } } },
  { "a missing one that joins two branches, and those between",
    "3+0+2 edges 4",
    { { "b", FALSE, { { LONG_B, .from = SAM, .date = "2026-03-02 12:00:00+00:00", .id = "b@x", .references = "z@x r@x p@x" } } },
      { "c", FALSE, { { LONG_C, .from = LEA, .date = "2026-03-02 14:00:00+00:00", .id = "c@x", .references = "z@x r@x" } } },
      { "d", FALSE, { { "Now?", .from = LEA, .date = "2026-03-02 15:00:00+00:00", .id = "d@x", .references = "r@x p@x b@x" } } } } },
  { "a quoted parent is the missing one",
    "2+1+0 edges 2",
    { { "b", FALSE,
        { { LONG_B, .up = 1, .from = SAM, .date = "2026-03-02 12:00:00+00:00", .id = "b@x", .answers = "a@x" },
          { LONG_A, .kind = HEDDLE_KIND_REPLY, .from = "Ana Ruiz", .date = "2026-03-02 10:05" } } },
      { "c", FALSE, { { LONG_C, .from = LEA, .date = "2026-03-02 14:00:00+00:00", .id = "c@x", .answers = "a@x" } } } } },
  { "a quoted parent that cannot be the received one",
    "2+1+0 edges 1",
    { { "a", FALSE, { { LONG_A, .from = ANA, .date = "2026-03-02 10:05:11+01:00", .id = "a@x" } } },
      { "b", FALSE,
        { { LONG_B, .up = 1, .from = SAM, .date = "2026-03-02 12:00:00+00:00", .id = "b@x", .answers = "a@x" },
          { LONG_C, .kind = HEDDLE_KIND_REPLY, .from = LEA, .date = "2026-03-01 10:11" } } } } },
  { "one Message-ID on two mails",
    "1+0+0 edges 0; 2+0+0 edges 1",
    { { "a", TRUE, { { LONG_A, .from = ANA, .date = "2026-03-02 10:05:11+01:00", .id = "a@x" } } },
      { "forged", FALSE, { { LONG_C, .from = LEA, .date = "2026-03-02 10:05:11+01:00", .id = "a@x" } } },
      { "b", FALSE, { { LONG_B, .from = SAM, .date = "2026-03-02 12:00:00+00:00", .id = "b@x", .answers = "a@x" } } } } },
  { "one mail by two ways",
    "1+0+0 edges 0",
    { { "a", FALSE, { { LONG_A, .from = ANA, .date = "2026-03-02 10:05:11+01:00", .id = "a@x" } } },
      { "a2", FALSE, { { LONG_A_WRAPPED, .from = "Ana via list <list@example.org>", .date = "2026-03-02 10:05:11+01:00", .id = "a@x" } } } } },
  { "one text to two people",
    "1+0+0 edges 0; 1+0+0 edges 0",
    { { "a", FALSE, { { LONG_A, .to = SAM, .from = ANA, .date = "2026-03-02 10:05:11+01:00", .id = "a@x" } } },
      { "b", FALSE, { { LONG_A, .to = LEA, .from = ANA, .date = "2026-03-02 10:05:40+01:00", .id = "b@x" } } } } },
  { "attached to a mail, and received",
    "2+0+0 edges 1",
    { { "a", FALSE, { { LONG_A, .from = ANA, .date = "2026-03-02 10:05:11+01:00", .id = "a@x", .attachment = "letter.pdf" } } },
      { "b", FALSE,
        { { "See attached.", .up = 1, .from = SAM, .date = "2026-03-02 12:00:00+00:00", .id = "b@x" },
          { LONG_A, .kind = HEDDLE_KIND_ATTACHED, .from = ANA, .date = "2026-03-02 10:05:11+01:00", .id = "a@x", .attachment = "photo.jpg" } } } } },
  { "answers to answers in a ring",
    "3+0+0 edges 2",
    { { "a", FALSE, { { LONG_A, .from = ANA, .date = "2026-03-02 10:05:11+01:00", .id = "a@x", .answers = "c@x", .references = "a@x c@x" } } },
      { "b", FALSE, { { LONG_B, .from = SAM, .date = "2026-03-02 12:00:00+00:00", .id = "b@x", .answers = "a@x" } } },
      { "c", FALSE, { { LONG_C, .from = LEA, .date = "2026-03-02 14:00:00+00:00", .id = "c@x", .answers = "b@x" } } } } },
  { "five mails of one long talk",
    "5+0+0 edges 4",
    { { "a", FALSE, { { LONG_A, .from = ANA, .date = "2026-03-02 10:05:11+01:00", .id = "a@x" } } },
      { "b", FALSE,
        { { LONG_B, .up = 1, .from = SAM, .date = "2026-03-02 12:00:00+00:00", .id = "b@x", .answers = "a@x" },
          { LONG_A_WRAPPED, .kind = HEDDLE_KIND_REPLY, .from = ANA, .date = "2026-03-02 09:05" } } },
      { "c", FALSE,
        { { "Thanks!", .up = 1, .from = ANA, .date = "2026-03-02 14:00:20+01:00", .id = "c@x", .answers = "b@x" },
          { LONG_B, .up = 2, .kind = HEDDLE_KIND_REPLY, .from = SAM, .date = "2026-03-02 13:00" },
          { LONG_A, .kind = HEDDLE_KIND_REPLY, .from = ANA, .date = "2026-03-02 10:05" } } },
      { "d", FALSE,
        { { LONG_C, .up = 1, .from = LEA, .date = "2026-03-03 08:00:00+00:00", .id = "d@x" },
          { "Thanks!", .up = 2, .kind = HEDDLE_KIND_FORWARD, .from = "Ana Ruiz", .date = "2026-03-02 08:00" },
          { LONG_B, .up = 3, .kind = HEDDLE_KIND_REPLY, .from = "Sam Okoro", .date = "2026-03-02 07:00" },
          { LONG_A_REDACTED, .kind = HEDDLE_KIND_REPLY, .from = "?", .date = "2026-03-02 04:05" } } },
      { "e", FALSE,
        { { "Done.", .up = 1, .from = SAM, .date = "2026-03-04 08:00:00+00:00", .id = "e@x", .answers = "d@x" },
          { LONG_C, .kind = HEDDLE_KIND_REPLY, .from = "Lea Brandt", .date = "2026-03-03 09:00" } } } } },
};

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static char *
counts_of (const GPtrArray *threads)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < threads->len; i++) {
    const HeddleThread *thread = threads->pdata[i];
    guint edges = 0;

    for (guint k = 0; k < thread->messages->len; k++)
      edges += ((HeddleNode *) thread->messages->pdata[k])->parent >= 0;
    g_assert_cmpuint (thread->received + thread->quoted_only + thread->missing, ==,
                      thread->messages->len);
    g_ptr_array_add (parts, g_strdup_printf ("%u+%u+%u edges %u", thread->received,
                                             thread->quoted_only, thread->missing, edges));
  }
  g_ptr_array_sort (parts, compare_strings);
  g_ptr_array_add (parts, NULL);
  return g_strjoinv ("; ", (char **) parts->pdata);
}

static void
test_counts (gconstpointer data)
{
  const Case *set = data;
  g_autoptr (GPtrArray) mails = support_mails (set->mails);
  g_autoptr (GPtrArray) threads = heddle_threads_merge (mails);
  g_autofree char *counts = counts_of (threads), *whole = support_print (threads);

  if (strcmp (counts, set->counts) != 0)
    g_test_message ("%s", whole);
  g_assert_cmpstr (counts, ==, set->counts);
}

/* The next permutation in lexical order; FALSE after the last. */
static gboolean
next_permutation (guint *order, guint n)
{
  guint i = n, k = n;

  while (--i > 0 && order[i - 1] > order[i])
    ;
  if (i == 0 || n < 2)
    return FALSE;
  while (order[--k] < order[i - 1])
    ;
  guint swap = order[i - 1];
  order[i - 1] = order[k];
  order[k] = swap;
  for (k = n - 1; i < k; i++, k--) {
    swap = order[i];
    order[i] = order[k];
    order[k] = swap;
  }
  return TRUE;
}

static void
ids_of (const GPtrArray *threads, GHashTable *printed, GHashTable *known)
{
  for (guint i = 0; i < threads->len; i++) {
    const HeddleThread *thread = threads->pdata[i];

    g_hash_table_add (printed, g_strdup (thread->id));
    for (guint k = 0; k < thread->ids->len; k++)
      g_hash_table_add (known, g_strdup (thread->ids->pdata[k]));
    for (guint m = 0; m < thread->messages->len; m++) {
      const HeddleNode *node = thread->messages->pdata[m];
      g_hash_table_add (printed, g_strdup (node->id));
      for (guint k = 0; k < node->ids->len; k++)
        g_hash_table_add (known, g_strdup (node->ids->pdata[k]));
    }
  }
}

/* Add the mails in that order, the first @together at once, and one again. */
static char *
added (const GPtrArray *mails, const guint *order, guint n, guint together)
{
  g_autoptr (Memory) memory = memory_new ();
  g_autoptr (GPtrArray) batch = g_ptr_array_new (), threads = NULL;
  g_autoptr (GHashTable) printed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) known = NULL;
  GHashTableIter iter;
  gpointer id;

  for (guint i = 0; i < n; i++) {
    g_ptr_array_add (batch, mails->pdata[order[i]]);
    if (i + 1 < together)
      continue;
    memory_add (memory, batch);
    g_ptr_array_set_size (batch, 0);
    g_clear_pointer (&threads, g_ptr_array_unref);
    g_clear_pointer (&known, g_hash_table_unref);
    threads = memory_threads (memory);
    known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    ids_of (threads, printed, known);
    g_hash_table_iter_init (&iter, printed);
    while (g_hash_table_iter_next (&iter, &id, NULL))
      g_assert_true (g_hash_table_contains (known, id));
  }
  g_ptr_array_add (batch, mails->pdata[order[0]]);
  memory_add (memory, batch);
  g_clear_pointer (&threads, g_ptr_array_unref);
  threads = memory_threads (memory);
  return support_print (threads);
}

static void
test_orders (gconstpointer data)
{
  const Case *set = data;
  g_autoptr (GPtrArray) mails = support_mails (set->mails), threads = heddle_threads_merge (mails);
  g_autofree char *expected = support_print (threads);
  guint order[MAILS_MAX], n = mails->len, count = 0;

  for (guint i = 0; i < n; i++)
    order[i] = i;
  do {
    g_autoptr (GPtrArray) shuffled = g_ptr_array_new (), again = NULL;
    g_autofree char *merged = NULL, *grown = added (mails, order, n, 1 + count % n);

    for (guint i = 0; i < n; i++)
      g_ptr_array_add (shuffled, mails->pdata[order[i]]);
    g_ptr_array_add (shuffled, mails->pdata[order[n - 1]]);
    again = heddle_threads_merge (shuffled);
    merged = support_print (again);
    g_assert_cmpstr (merged, ==, expected);
    g_assert_cmpstr (grown, ==, expected);
    count++;
  } while (next_permutation (order, n));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *counts = g_strdup_printf ("/threads/merge/%s", cases[i].name);
    g_autofree char *orders = g_strdup_printf ("/threads/orders/%s", cases[i].name);
    g_test_add_data_func (counts, &cases[i], test_counts);
    g_test_add_data_func (orders, &cases[i], test_orders);
  }
  return g_test_run ();
}
