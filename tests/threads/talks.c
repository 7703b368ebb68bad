/* SPDX-License-Identifier: MIT */
/* Five hundred made up conversations of which the truth is known, with harm done to what is
 * quoted: how many pairs of copies are found, and whether any are found wrongly. */
#include "tests/threads/harm.h"

#include <string.h>

#define TALKS 500
#define LONGEST 6

static HeddleParser *parser;

typedef struct {
  GRand *rand;
  GPtrArray *mails;
  GHashTable *truth; /* id of the evidence to message + 1 */
  guint messages, unread; /* said; mails whose chains came out otherwise */
} World;

static gboolean
chance (World *world, int percent)
{
  return g_rand_int_range (world->rand, 0, 100) < percent;
}

static void
said_make (World *world, Said *said, const Said *before)
{
  static const char *const brief[] = { "Thanks!", "Yes, please.", "OK", "Thank you, we will see.", "Any news?" };
  gboolean is_brief = before && chance (world, 15);
  g_autofree char *body = is_brief ? g_strdup (brief[g_rand_int_range (world->rand, 0, G_N_ELEMENTS (brief))])
                                   : paragraph (world->rand, (guint) g_rand_int_range (world->rand, 1, 6));

  do
    said->author = &people[g_rand_int_range (world->rand, 0, N_PEOPLE)];
  while (before && said->author == before->author);
  said->to = before ? before->author : &people[(said->author - people + 1) % N_PEOPLE];
  said->minute = before ? before->minute + g_rand_int_range (world->rand, 3, 3000)
                        : 29500000 + g_rand_int_range (world->rand, 0, 500000);
  said->zone = 60 * g_rand_int_range (world->rand, -8, 9);
  said->text = g_strdup_printf ("Hello %s,\n\n%s\n\nRegards,\n%s", said->to->name, body, said->author->name);
}

/* The chain of mail @n of @talk: the mail and what it quotes, the nearest first. */
static void
send_mail (World *world, const Said *talk, guint n, guint number)
{
  g_autofree char *head
      = n > 0 && chance (world, 50)
            ? g_strdup_printf ("Message-ID: <%u@made.example>\nIn-Reply-To: <%u@made.example>", number + n,
                               number + n - 1)
            : g_strdup_printf ("Message-ID: <%u@made.example>", number + n);
  GString *out = mail_begin (&talk[n], head);
  HeddleThreadMail *mail;
  /* One client quotes what the client before it wrote: harm adds up, downwards. */
  guint harmed = chance (world, 60) ? (guint) g_rand_int_range (world->rand, 1, n_harms) : 0;
  guint more = chance (world, 30) ? (guint) g_rand_int_range (world->rand, 1, n_harms) : 0;

  if (n > 0) {
    Quoted q = quote (&talk[n - 1]);
    harms[harmed].harm (&q);
    if (more != harmed)
      harms[more].harm (&q);
    append_quoted (out, &q, 60 + (n % 3) * 8);
    g_free (q.text);
  }
  mail = mail_end (parser, out);
  if (mail->chain->messages->len != (n > 0 ? 2 : 1))
    world->unread++;
  for (guint i = 0; i < MIN (mail->chain->messages->len, 2) && i <= n; i++) {
    g_autofree char *index = g_strdup_printf ("%u", i);
    const char *parts[] = { mail->mail, index, NULL };
    g_hash_table_insert (world->truth, heddle_id ('m', parts), GUINT_TO_POINTER (number + n - i + 1));
  }
  g_ptr_array_add (world->mails, mail);
}

static void
talk_make (World *world)
{
  Said talk[LONGEST];
  guint n = (guint) g_rand_int_range (world->rand, 2, LONGEST + 1);

  for (guint i = 0; i < n; i++)
    said_make (world, &talk[i], i > 0 ? &talk[i - 1] : NULL);
  for (guint i = 0; i < n; i++) {
    if (i + 1 == n || chance (world, 70))
      send_mail (world, talk, i, world->messages);
  }
  world->messages += n;
  for (guint i = 0; i < n; i++)
    g_free (talk[i].text);
}

/* Pairs of evidence: found to be one message, truly of one, and both. */
typedef struct {
  guint64 found, real, both;
} Pairs;

static void
count_node (const World *world, const HeddleNode *node, GHashTable *shown, Pairs *pairs)
{
  g_autoptr (GHashTable) within = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < node->ids->len; i++) {
    gpointer truth = g_hash_table_lookup (world->truth, node->ids->pdata[i]);
    guint before, all;

    if (!truth)
      continue;
    before = GPOINTER_TO_UINT (g_hash_table_lookup (within, truth));
    all = GPOINTER_TO_UINT (g_hash_table_lookup (shown, truth));
    pairs->both += before;
    pairs->real += all;
    g_hash_table_insert (within, truth, GUINT_TO_POINTER (before + 1));
    g_hash_table_insert (shown, truth, GUINT_TO_POINTER (all + 1));
  }
  pairs->found += (guint64) node->evidence->len * (node->evidence->len - 1) / 2;
}

static void
test_truth (void)
{
  World world = { .rand = g_rand_new_with_seed (20260302), .mails = mails_new (),
                  .truth = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
  g_autoptr (GHashTable) shown = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) threads = NULL;
  Pairs pairs = { 0 };

  for (guint i = 0; i < TALKS; i++)
    talk_make (&world);
  threads = heddle_threads_merge (world.mails);
  for (guint i = 0; i < threads->len; i++) {
    const GPtrArray *messages = ((HeddleThread *) threads->pdata[i])->messages;
    for (guint k = 0; k < messages->len; k++)
      count_node (&world, messages->pdata[k], shown, &pairs);
  }
  g_test_message ("%u messages, %u mails, %u chains read otherwise, %u threads found", world.messages,
                  world.mails->len, world.unread, threads->len);
  g_test_message ("precision %.4f recall %.4f of %" G_GUINT64_FORMAT " pairs",
                  pairs.found ? (double) pairs.both / (double) pairs.found : 1.0,
                  (double) pairs.both / (double) pairs.real, pairs.real);
  g_assert_cmpuint (pairs.found, >, 0);
  g_assert_cmpfloat ((double) pairs.both / (double) pairs.found, >=, 0.995);
  g_assert_cmpfloat ((double) pairs.both / (double) pairs.real, >=, 0.97);
  g_rand_free (world.rand);
  g_ptr_array_unref (world.mails);
  g_hash_table_unref (world.truth);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  parser = heddle_parser_new ();
  g_test_add_func ("/threads/talks/truth", test_truth);
  status = g_test_run ();
  heddle_parser_free (parser);
  return status;
}
