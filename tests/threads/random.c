/* SPDX-License-Identifier: MIT */
/* Conversations made up by chance, of which the truth is known: mails that quote
 * one another as clients do, with other zones, names alone, names withheld, lines
 * wrapped anew, ends cut off. No two messages are ever taken for one, few copies
 * are missed, and every order gives the same. */
#include "tests/threads/support.h"
#include "base/base.h"

#include <string.h>

#define PEOPLE 12
#define SHUFFLES 200

typedef struct {
  int parent; /* message, -1 */
  guint author;
  gint64 minute; /* UTC */
  int zone;      /* minutes, of the author */
  char *text, *redacted, *id;
} Said;

typedef struct {
  GRand *rand;
  GPtrArray *said; /* of Said, all conversations in one row */
  GPtrArray *mails;
  GHashTable *truth; /* id of the evidence to message + 1 */
} World;

static const char *const words[]
    = { "account", "report", "letter", "police", "office", "photo",  "number", "weekend", "platform",
        "partner", "review", "stamp",  "threat", "public", "escalate", "harbour", "signal", "copy",
        "tomorrow", "please", "could", "would",  "before", "after",  "with",   "their",   "journal" };
static const char *const brief[] = { "Thanks!", "Yes.", "OK", "Thank you, Ana!", "See below." };

static void
said_free (gpointer data)
{
  Said *said = data;

  g_free (said->text);
  g_free (said->redacted);
  g_free (said->id);
  g_free (said);
}

static gboolean
chance (World *world, int percent)
{
  return g_rand_int_range (world->rand, 0, 100) < percent;
}

static void
say_text (World *world, Said *said)
{
  GString *text = g_string_new (NULL), *redacted = g_string_new (NULL);
  int n = chance (world, 20) ? g_rand_int_range (world->rand, 5, 9)
                             : g_rand_int_range (world->rand, 20, 120);

  if (chance (world, 15)) {
    g_string_assign (text, brief[g_rand_int_range (world->rand, 0, G_N_ELEMENTS (brief))]);
    g_string_assign (redacted, text->str);
    n = 0;
  }
  for (int i = 0; i < n; i++) {
    const char *word = words[g_rand_int_range (world->rand, 0, G_N_ELEMENTS (words))];
    gboolean withheld = chance (world, 3);

    g_string_append_printf (text, "%s%s", word, i % 9 == 8 ? ".\n" : " ");
    g_string_append_printf (redacted, "%s%s", withheld ? "(b)(6)" : word, i % 9 == 8 ? ".\n" : " ");
  }
  said->text = g_string_free (text, FALSE);
  said->redacted = g_string_free (redacted, FALSE);
}

static void
talk (World *world, guint messages)
{
  guint base = world->said->len;
  gint64 minute = 30000000 + g_rand_int_range (world->rand, 0, 200000);

  for (guint i = 0; i < messages; i++) {
    Said *said = g_new0 (Said, 1);

    said->parent = i == 0 ? -1 : (int) base + g_rand_int_range (world->rand, (gint32) i / 2, (gint32) i);
    said->author = (guint) g_rand_int_range (world->rand, 0, PEOPLE);
    minute += g_rand_int_range (world->rand, 1, 2000);
    said->minute = minute;
    said->zone = 60 * g_rand_int_range (world->rand, -8, 9);
    said->id = g_strdup_printf ("%u@made.example", world->said->len);
    say_text (world, said);
    g_ptr_array_add (world->said, said);
  }
}

static char *
written (gint64 minute, int zone, gboolean with_zone)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_utc ((minute + zone) * 60);
  g_autofree char *wall = g_date_time_format (at, "%Y-%m-%d %H:%M");

  if (!with_zone)
    return g_steal_pointer (&wall);
  return g_strdup_printf ("%s:07%c%02d:%02d", wall, zone < 0 ? '-' : '+', ABS (zone) / 60,
                          ABS (zone) % 60);
}

static char *
rewrapped (const char *text)
{
  g_auto (GStrv) all = g_strsplit_set (text, " \n", -1);
  return g_strjoinv ("\n> ", all);
}

static HeddleMessage *
quoted (World *world, const Said *said, int zone, gboolean released)
{
  g_autofree char *date = chance (world, 10) ? NULL : written (said->minute, zone, FALSE);
  g_autofree char *text = released ? g_strdup (said->redacted) : rewrapped (said->text);
  g_autofree char *from
      = released ? g_strdup ("?")
                 : g_strdup_printf (chance (world, 50) ? "Person P%u" : "Person P%u <p%u@example.org>",
                                    said->author, said->author);
  Entry entry = { .text = text, .kind = HEDDLE_KIND_REPLY, .from = from, .date = date };

  if (released && !date)
    entry.date = date = written (said->minute, zone, FALSE);
  if (!released && strlen (text) > 400 && chance (world, 8))
    text[strlen (text) * 2 / 3] = '\0';
  return support_message (&entry);
}

static void
send (World *world, guint number)
{
  const Said *said = world->said->pdata[number];
  g_autofree char *date = written (said->minute, said->zone, TRUE);
  g_autofree char *from = g_strdup_printf ("Person P%u <p%u@example.org>", said->author, said->author);
  const Said *parent = said->parent >= 0 ? world->said->pdata[said->parent] : NULL;
  gboolean headers = parent && chance (world, 80), released = chance (world, 10);
  Entry entry = { .text = said->text, .from = from, .date = date, .id = said->id,
                  .answers = headers ? parent->id : NULL };
  GPtrArray *messages = g_ptr_array_new ();
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree char *name = g_strdup_printf ("mail %u", number);
  HeddleThreadMail *mail;
  int zone = said->zone;

  g_ptr_array_add (messages, support_message (&entry));
  g_array_append_val (numbers, number);
  for (int up = said->parent; up >= 0 && chance (world, 85);) {
    const Said *above = world->said->pdata[up];
    guint that = (guint) up;

    ((HeddleMessage *) messages->pdata[messages->len - 1])->parent = (int) messages->len;
    g_ptr_array_add (messages, quoted (world, above, zone, released));
    g_array_append_val (numbers, that);
    zone = above->zone;
    up = above->parent;
  }
  mail = support_mail_of (name, FALSE, messages);
  for (guint i = 0; i < numbers->len; i++) {
    g_autofree char *index = g_strdup_printf ("%u", i);
    const char *parts[] = { mail->mail, index, NULL };
    g_hash_table_insert (world->truth, heddle_id ('m', parts),
                         GUINT_TO_POINTER (g_array_index (numbers, guint, i) + 1));
  }
  g_ptr_array_add (world->mails, mail);
}

static World *
world_new (guint32 seed, guint talks, guint messages)
{
  World *world = g_new0 (World, 1);

  world->rand = g_rand_new_with_seed (seed);
  world->said = g_ptr_array_new_with_free_func (said_free);
  world->mails = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_thread_mail_free);
  world->truth = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < talks; i++)
    talk (world, messages);
  for (guint i = 0; i < world->said->len; i++) {
    if (chance (world, 60))
      send (world, i);
  }
  return world;
}

static void
world_free (World *world)
{
  g_rand_free (world->rand);
  g_ptr_array_unref (world->said);
  g_ptr_array_unref (world->mails);
  g_hash_table_unref (world->truth);
  g_free (world);
}

/* --- tests ----------------------------------------------------------------------- */

static guint
truth_of (const World *world, const char *id)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (world->truth, id));
}

typedef struct {
  guint shown; /* messages of which there is evidence */
  guint nodes; /* found */
  guint wrong; /* nodes with evidence of several messages */
  guint false_parents;
} Score;

/* The message that all evidence of @node shows; 0 if it shows several. */
static guint
shown_by (const World *world, const HeddleNode *node)
{
  guint truth = 0;

  for (guint k = 0; k < node->ids->len; k++) {
    guint that = truth_of (world, node->ids->pdata[k]);
    if (that > 0 && truth > 0 && that != truth)
      return 0;
    truth = that > 0 ? that : truth;
  }
  return truth;
}

static void
score_thread (const World *world, const HeddleThread *thread, GHashTable *seen, Score *score)
{
  for (guint m = 0; m < thread->messages->len; m++) {
    const HeddleNode *node = thread->messages->pdata[m], *parent = NULL;
    guint truth;

    if (node->evidence->len == 0)
      continue;
    score->nodes++;
    truth = shown_by (world, node);
    if (truth == 0) {
      score->wrong++;
      continue;
    }
    g_hash_table_add (seen, GUINT_TO_POINTER (truth));
    if (node->parent >= 0)
      parent = thread->messages->pdata[node->parent];
    if (parent && parent->evidence->len > 0
        && (int) truth_of (world, parent->id)
               != ((const Said *) world->said->pdata[truth - 1])->parent + 1)
      score->false_parents++;
  }
}

static void
test_truth (gconstpointer data)
{
  World *world = world_new (GPOINTER_TO_UINT (data), 12, 12);
  g_autoptr (GPtrArray) threads = heddle_threads_merge (world->mails);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  Score score = { 0 };

  for (guint i = 0; i < threads->len; i++)
    score_thread (world, threads->pdata[i], seen, &score);
  score.shown = g_hash_table_size (seen);
  g_test_message ("%u mails, %u entries, %u messages shown, %u found, %u threads",
                  world->mails->len, g_hash_table_size (world->truth), score.shown, score.nodes,
                  threads->len);
  g_assert_cmpuint (score.wrong, ==, 0);
  g_assert_cmpuint (score.false_parents, ==, 0);
  /* What is missed has both ends blacked out, or is a short text under a withheld
   * name on another clock. */
  g_assert_cmpuint (score.nodes, <=, score.shown + score.shown / 20);
  world_free (world);
}

static void
shuffle (GRand *rand, GPtrArray *array)
{
  for (guint i = array->len; i > 1; i--) {
    guint k = (guint) g_rand_int_range (rand, 0, (gint32) i);
    gpointer swap = array->pdata[k];
    array->pdata[k] = array->pdata[i - 1];
    array->pdata[i - 1] = swap;
  }
}

static void
test_orders (void)
{
  World *world = world_new (11, 6, 10);
  g_autoptr (GPtrArray) threads = heddle_threads_merge (world->mails);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  g_autofree char *expected = support_print (threads);

  for (guint i = 0; i < world->mails->len; i++)
    g_ptr_array_add (order, world->mails->pdata[i]);
  for (guint round = 0; round < SHUFFLES; round++) {
    g_autoptr (Memory) memory = memory_new ();
    g_autoptr (GPtrArray) batch = g_ptr_array_new (), grown = NULL;
    g_autofree char *found = NULL;

    shuffle (world->rand, order);
    for (guint i = 0; i < order->len; i++) {
      g_ptr_array_add (batch, order->pdata[i]);
      if (chance (world, 50) || i + 1 == order->len) {
        memory_add (memory, batch);
        g_ptr_array_set_size (batch, 0);
      }
    }
    /* Some of them once more. */
    for (guint i = 0; i < order->len; i += 3)
      g_ptr_array_add (batch, order->pdata[i]);
    memory_add (memory, batch);
    grown = memory_threads (memory);
    found = support_print (grown);
    g_assert_cmpstr (found, ==, expected);
  }
  world_free (world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint seed = 1; seed <= 12; seed++) {
    g_autofree char *name = g_strdup_printf ("/threads/random/truth/%u", seed);
    g_test_add_data_func (name, GUINT_TO_POINTER (seed), test_truth);
  }
  g_test_add_func ("/threads/random/orders", test_orders);
  return g_test_run ();
}
