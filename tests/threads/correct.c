/* SPDX-License-Identifier: MIT */
/* People's corrections: the same from every order, with mail that comes later, and undone
 * by a later one. A case is mails, decisions about them, and which mails stand together. */
#include "tests/threads/support.h"
#include "base/base.h"

#include <string.h>

#define DECISIONS_MAX 6

/* "a+b": join the conversations of mails a and b; "/a": split at mail a; "/a1": at entry 1
 * of it. In the order in which people decided. */
typedef struct {
  const char *name;
  Mail mails[MAILS_MAX];
  const char *decisions[DECISIONS_MAX];
  const char *want; /* mails of a conversation, by their last message's mail; sorted */
} Case;

#define ANA "Ana Ruiz <ana@example.org>"
#define SAM "Sam Okoro <sam@chirper.example>"
#define AT(day) .date = "2026-03-" day " 10:00:00+00:00"
#define MAIL(letter, day, ...) \
  { letter, FALSE, { { "What mail " letter " says, on the day " day ".", .from = ANA, AT (day), .id = letter "@x", __VA_ARGS__ } } }
#define ALONE(letter, day) MAIL (letter, day, .subject = "One")
#define ANSWER(letter, day, to) MAIL (letter, day, .answers = to "@x")

/* a ← b ← c, a ← d; e ← f apart. */
#define TALK \
  ALONE ("a", "01"), ANSWER ("b", "02", "a"), ANSWER ("c", "03", "b"), ANSWER ("d", "04", "a"), \
      ALONE ("e", "05"), ANSWER ("f", "06", "e")

static const Case cases[] = {
  { "as evidence has it", { TALK }, { NULL }, "abcd ef" },
  { "joined", { TALK }, { "a+e" }, "abcdef" },
  { "joined by answers", { TALK }, { "f+c" }, "abcdef" },
  { "split", { TALK }, { "/b" }, "ad bc ef" },
  { "split below a split", { TALK }, { "/b", "/c" }, "ad b c ef" },
  { "split above a split", { TALK }, { "/c", "/b" }, "ad b c ef" },
  { "split twice", { TALK }, { "/b", "/b" }, "ad bc ef" },
  { "all of it answers that", { TALK }, { "/a" }, "abcd ef" },
  { "joined and split", { TALK }, { "a+e", "/e" }, "abcd ef" },
  { "joined by answers and split", { TALK }, { "c+f", "/e" }, "abcd ef" },
  { "joined and split at the other", { TALK }, { "a+e", "/a" }, "abcd ef" },
  { "joined and split within", { TALK }, { "a+e", "/f" }, "abcde f" },
  { "split and joined", { TALK }, { "/b", "a+b" }, "abcd ef" },
  { "split, joined, split", { TALK }, { "/b", "a+c", "/b" }, "ad bc ef" },
  { "split and joined elsewhere", { TALK }, { "/b", "b+e" }, "ad bcef" },
  { "split and joined elsewhere, and back", { TALK }, { "/b", "b+e", "/e" }, "ad bc ef" },
  { "joined, split, joined", { TALK }, { "a+e", "/e", "d+f" }, "abcdef" },
  { "a join of two brings both",
    { ALONE ("a", "01"), ALONE ("b", "02"), ALONE ("c", "03") },
    { "a+b", "c+b" },
    "abc" },
  { "what was joined first goes along",
    { ALONE ("a", "01"), ALONE ("b", "02"), ALONE ("c", "03") },
    { "a+b", "c+b", "/a" },
    "ab c" },
  { "about mails that are not there", { ALONE ("a", "01"), ALONE ("b", "02") }, { "a+z", "/z", "z+b" }, "a b" },
  /* Nobody showed m; a and b answer it. */
  { "answers to what nobody showed",
    { MAIL ("a", "01", .answers = "m@x"), MAIL ("b", "02", .answers = "m@x") },
    { "/b" },
    "a b" },
  { "both answers to what nobody showed",
    { MAIL ("a", "01", .answers = "m@x"), MAIL ("b", "02", .answers = "m@x") },
    { "/b", "/a" },
    "a b" },
  { "the one answer to what nobody showed", { MAIL ("a", "01", .answers = "m@x") }, { "/a" }, "a" },
  /* A quoted message: entry 1 of b is a, sent on with another above it. */
  { "a forward that starts its own talk",
    { ALONE ("a", "01"), MAIL ("b", "02", .references = "a@x"), ANSWER ("c", "03", "b") },
    { "/b" },
    "a bc" },
  /* g knows of b alone, by way of one that nobody showed: it goes where b goes. */
  { "what only the split holds",
    { ALONE ("a", "01"), ANSWER ("b", "02", "a"), MAIL ("g", "03", .references = "b@x n@x") },
    { "/b" },
    "a bg" },
};

/* --- deciding --------------------------------------------------------------------------- */

static char *
id_of (char letter)
{
  const char name[] = { letter, '\0' };
  return heddle_sha256 (name, 1);
}

static HeddleThreadRules *
rules_of (const Case *set)
{
  HeddleThreadRules *rules = heddle_thread_rules_new ();

  for (gint64 i = 0; i < DECISIONS_MAX && set->decisions[i]; i++) {
    const char *text = set->decisions[i];
    gboolean join = text[1] == '+';
    g_autofree char *mail = id_of (join ? text[0] : text[1]), *other = join ? id_of (text[2]) : NULL;
    HeddleThreadRule rule
        = { join ? HEDDLE_RULE_JOIN : HEDDLE_RULE_SPLIT, i + 1, mail, 0, other, 0 };
    heddle_thread_rules_add (rules, &rule);
  }
  return rules;
}

static GPtrArray *
mails_of (const Case *set, const HeddleThreadRules *rules)
{
  GPtrArray *mails = support_mails (set->mails);

  for (guint i = 0; i < mails->len; i++)
    heddle_thread_mail_rule (mails->pdata[i], rules);
  return mails;
}

/* --- what came of it ---------------------------------------------------------------------- */

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static char
letter_of (const char *mail)
{
  for (char letter = 'a'; letter <= 'z'; letter++) {
    g_autofree char *id = id_of (letter);
    if (strcmp (id, mail) == 0)
      return letter;
  }
  g_assert_not_reached ();
}

/* "ad bc ef": the mails of each conversation. Parents stay within theirs, and each id of a
 * conversation that evidence gives is that of one. */
static char *
together (const GPtrArray *threads)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint t = 0; t < threads->len; t++) {
    const HeddleThread *thread = threads->pdata[t];
    GString *word = g_string_new (NULL);

    for (guint n = 0; n < thread->messages->len; n++) {
      const HeddleNode *node = thread->messages->pdata[n];
      g_assert_cmpint (node->parent, <, (int) thread->messages->len);
      for (guint i = 0; i < node->evidence->len; i++) {
        const HeddleEvidence *evidence = node->evidence->pdata[i];
        if (evidence->received)
          g_string_append_c (word, letter_of (evidence->mail));
      }
    }
    for (gsize i = 1; i < word->len; i++) {
      for (gsize k = i; k > 0 && word->str[k - 1] > word->str[k]; k--) {
        char swap = word->str[k];
        word->str[k] = word->str[k - 1];
        word->str[k - 1] = swap;
      }
    }
    g_ptr_array_add (words, g_string_free (word, FALSE));
  }
  g_ptr_array_sort (words, compare_words);
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" ", (char **) words->pdata);
}

/* --- every order ---------------------------------------------------------------------------- */

typedef struct {
  const Case *set;
  char *want;
  guint seen;
} Orders;

/* Of 720 orders one in so many is looked at; fewer are all looked at. */
#define ORDERS_STEP 11

static void
check_order (Orders *orders, const GPtrArray *mails)
{
  g_autoptr (Memory) memory = memory_new ();
  g_autoptr (GPtrArray) threads = NULL, one = g_ptr_array_new ();
  g_autofree char *got = NULL, *all = NULL;

  for (guint i = 0; i < mails->len; i++) {
    g_ptr_array_set_size (one, 0);
    g_ptr_array_add (one, mails->pdata[i]);
    memory_add (memory, one);
    if (i % 2 == 0)
      memory_add (memory, one); /* twice */
  }
  threads = memory_threads (memory);
  got = support_print (threads);
  all = together (threads);
  g_assert_cmpstr (all, ==, orders->set->want);
  if (!orders->want)
    orders->want = g_strdup (got);
  g_assert_cmpstr (got, ==, orders->want);
}

static void
permute (Orders *orders, GPtrArray *mails, guint fixed)
{
  if (fixed == mails->len) {
    if (mails->len < MAILS_MAX || orders->seen++ % ORDERS_STEP == 0)
      check_order (orders, mails);
    return;
  }
  for (guint i = fixed; i < mails->len; i++) {
    gpointer swap = mails->pdata[i];

    mails->pdata[i] = mails->pdata[fixed];
    mails->pdata[fixed] = swap;
    permute (orders, mails, fixed + 1);
    mails->pdata[fixed] = mails->pdata[i];
    mails->pdata[i] = swap;
  }
}

static void
test_orders (gconstpointer data)
{
  const Case *set = data;
  g_autoptr (HeddleThreadRules) rules = rules_of (set);
  g_autoptr (GPtrArray) mails = mails_of (set, rules);
  Orders orders = { set, NULL, 0 };

  permute (&orders, mails, 0);
  g_free (orders.want);
}

/* --- one by one ----------------------------------------------------------------------------- */

/* Mails that share nothing are one bundle where somebody joined them, and only there. */
static void
test_bundle (void)
{
  static const Case set = { "two", { ALONE ("a", "01"), ALONE ("b", "02") }, { "a+b" }, "ab" };
  g_autoptr (HeddleThreadRules) rules = rules_of (&set);
  g_autoptr (GPtrArray) plain = support_mails (set.mails), joined = mails_of (&set, rules);
  g_autoptr (Memory) before = memory_new (), after = memory_new ();

  memory_add (before, plain);
  g_assert_cmpuint (before->bundles->len, ==, 2);
  memory_add (after, joined);
  g_assert_cmpuint (after->bundles->len, ==, 1);
}

/* An answer that was split off has no parent; joined again, it has its own. */
static void
test_parents (void)
{
  static const Case sets[]
      = { { "split", { ALONE ("a", "01"), ANSWER ("b", "02", "a") }, { "/b" }, "a b" },
          { "joined", { ALONE ("a", "01"), ANSWER ("b", "02", "a") }, { "/b", "b+a" }, "ab" } };

  for (guint i = 0; i < G_N_ELEMENTS (sets); i++) {
    g_autoptr (HeddleThreadRules) rules = rules_of (&sets[i]);
    g_autoptr (GPtrArray) mails = mails_of (&sets[i], rules), threads = heddle_threads_merge (mails);
    const HeddleThread *thread = threads->pdata[threads->len - 1];
    const HeddleNode *last = thread->messages->pdata[thread->messages->len - 1];

    g_assert_cmpuint (threads->len, ==, i == 0 ? 2 : 1);
    g_assert_cmpint (last->parent, ==, i == 0 ? -1 : 0);
  }
}

/* Every id that a thread had before is one of some thread after. */
static void
test_ids (void)
{
  static const Case set = { "ids", { TALK }, { "/b", "c+f", "/d" }, NULL };
  g_autoptr (HeddleThreadRules) rules = rules_of (&set);
  g_autoptr (GPtrArray) plain = support_mails (set.mails), corrected = mails_of (&set, rules);
  g_autoptr (GPtrArray) before = heddle_threads_merge (plain), after = heddle_threads_merge (corrected);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  guint known = 0;

  for (guint t = 0; t < after->len; t++) {
    const HeddleThread *thread = after->pdata[t];
    for (guint i = 0; i < thread->ids->len; i++)
      g_assert_true (g_hash_table_add (ids, thread->ids->pdata[i]));
  }
  for (guint t = 0; t < before->len; t++) {
    const HeddleThread *thread = before->pdata[t];
    for (guint i = 0; i < thread->ids->len; i++, known++)
      g_assert_true (g_hash_table_contains (ids, thread->ids->pdata[i]));
  }
  g_assert_cmpuint (known, ==, g_hash_table_size (ids));
}

/* A message is found by all its names, and decisions name the mail itself. */
static void
test_find (void)
{
  static const Mail mails[MAILS_MAX] = {
    { "a", FALSE,
      { { "Above what it quotes.", .up = 1, .from = SAM, AT ("02"), .id = "a@x", .answers = "m@x" },
        { "What was quoted, by somebody, some days ago and at some length.",
          .kind = HEDDLE_KIND_REPLY, .from = ANA, .date = "2026-03-01 10:00" } } },
    { "b", FALSE,
      { { "What was quoted, by somebody, some days ago and at some length.", .from = ANA,
          AT ("01"), .id = "m@x" } } },
  };
  g_autoptr (GPtrArray) all = support_mails (mails), threads = heddle_threads_merge (all);
  const HeddleThread *thread = threads->pdata[0];
  g_autofree char *b = id_of ('b');

  g_assert_cmpuint (threads->len, ==, 1);
  g_assert_cmpuint (thread->messages->len, ==, 2);
  for (guint n = 0; n < 2; n++) {
    const HeddleNode *node = thread->messages->pdata[n];
    g_assert_cmpint (heddle_thread_find (thread, node->message->message_id), ==, (int) n);
    for (guint i = 0; i < node->ids->len; i++)
      g_assert_cmpint (heddle_thread_find (thread, node->ids->pdata[i]), ==, (int) n);
  }
  for (guint i = 0; i < thread->ids->len; i++)
    g_assert_cmpint (heddle_thread_find (thread, thread->ids->pdata[i]), >=, 0);
  g_assert_cmpint (heddle_thread_find (thread, "t000000000000"), ==, -1);
  const HeddleNode *quoted = thread->messages->pdata[heddle_thread_find (thread, "m@x")];
  g_assert_cmpuint (quoted->evidence->len, ==, 2);
  g_assert_cmpstr (heddle_node_anchor (quoted)->mail, ==, b);
  g_assert_cmpuint (heddle_node_anchor (quoted)->index, ==, 0);
}

/* A line of answers, cut in many places, costs no more than walks of it. */
static void
test_deep (void)
{
  enum { DEEP = 8000, CUTS = 40 };
  g_autoptr (GPtrArray) mails
      = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_thread_mail_free);
  g_autoptr (HeddleThreadRules) rules = heddle_thread_rules_new ();
  g_autoptr (GPtrArray) threads = NULL;

  for (guint i = 0; i < DEEP; i++) {
    g_autofree char *name = g_strdup_printf ("%u@x", i), *before = g_strdup_printf ("%u@x", i - 1);
    g_autofree char *mail = heddle_sha256 (name, strlen (name));
    Entry entry = { "Yes.", .from = ANA, .id = name, .answers = i > 0 ? before : NULL };
    GPtrArray *messages = g_ptr_array_new ();
    HeddleThreadRule rule = { HEDDLE_RULE_SPLIT, i, mail, 0, NULL, 0 };

    g_ptr_array_add (messages, support_message (&entry));
    g_ptr_array_add (mails, support_mail_of (name, FALSE, messages));
    if (i % (DEEP / CUTS) == 0)
      heddle_thread_rules_add (rules, &rule);
  }
  for (guint i = 0; i < mails->len; i++)
    heddle_thread_mail_rule (mails->pdata[i], rules);
  threads = heddle_threads_merge (mails);
  g_assert_cmpuint (threads->len, ==, CUTS);
  for (guint t = 0; t < threads->len; t++)
    g_assert_cmpuint (((HeddleThread *) threads->pdata[t])->messages->len, ==, DEEP / CUTS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/threads/correct/", cases[i].name, NULL);
    g_test_add_data_func (path, &cases[i], test_orders);
  }
  g_test_add_func ("/threads/correct/bundle", test_bundle);
  g_test_add_func ("/threads/correct/parents", test_parents);
  g_test_add_func ("/threads/correct/ids", test_ids);
  g_test_add_func ("/threads/correct/find", test_find);
  g_test_add_func ("/threads/correct/deep", test_deep);
  return g_test_run ();
}
