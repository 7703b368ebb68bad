/* SPDX-License-Identifier: MIT */
/* Quoting does harm to what is quoted. Mails are written out with each harm and each two of
 * them done to the quotation, and parsed; the same conversation must come out. Then what must
 * stay apart. tests/threads/talks.c has whole conversations. */
#include "tests/threads/harm.h"

/* --- each harm, and each two ------------------------------------------------------------------ */

static HeddleParser *parser;

/* Two mails, the second of which quotes the first, harmed; @header joins them or not. */
static guint
messages_of_pair (const Harm *one, const Harm *two, gboolean header, guint *ret_threads)
{
  Said first = { &people[0], &people[1], 29500000 + 65, 60,
                 (char *) "Dear Sam,\n\nThe account of Noor Haddad was taken over on Monday night, and the café's page shows another name since then. Could you please tell us at https://partner.example/help/page which papers you need, so that it can be given back before the Übergabe?\n\nBest regards,\nAna" };
  Said second = { &people[1], &people[0], 29500000 + 500, 0,
                  (char *) "We look into it and come back to you as soon as the review is done." };
  g_autoptr (GPtrArray) mails = mails_new (), threads = NULL;
  Quoted q = quote (&first);
  GString *answer = mail_begin (&second, header ? "Message-ID: <b@x.example>\nIn-Reply-To: <a@x.example>"
                                                : "Message-ID: <b@x.example>");
  guint messages = 0;

  g_ptr_array_add (mails, mail_end (parser, mail_begin (&first, "Message-ID: <a@x.example>")));
  one->harm (&q);
  if (two != one)
    two->harm (&q);
  append_quoted (answer, &q, 64);
  g_ptr_array_add (mails, mail_end (parser, answer));
  g_free (q.text);
  threads = heddle_threads_merge (mails);
  for (guint i = 0; i < threads->len; i++)
    messages += ((HeddleThread *) threads->pdata[i])->messages->len;
  *ret_threads = threads->len;
  return messages;
}

/* Two harms after which nothing proves any more that a quotation without a header is of that
 * message: neither author nor time, or neither time nor all of the text. */
static gboolean
beyond_proof (const Harm *one, const Harm *two)
{
  static void (*const pairs[][2]) (Quoted *) = {
    { do_no_date, do_withheld }, { do_no_date, do_cut }, { do_withheld, do_cut },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++) {
    if ((one->harm == pairs[i][0] && two->harm == pairs[i][1])
        || (one->harm == pairs[i][1] && two->harm == pairs[i][0]))
      return TRUE;
  }
  return FALSE;
}

static void
test_pairs (gconstpointer data)
{
  const Harm *one = data;
  guint bad = 0;

  for (guint i = 0; i < n_harms; i++) {
    for (int header = 0; header < 2; header++) {
      guint threads, messages = messages_of_pair (one, &harms[i], header, &threads);
      if ((messages != 2 || threads != 1) && (header || !beyond_proof (one, &harms[i]))) {
        g_test_message ("%s and %s, %s header: %u messages, %u threads", one->name, harms[i].name,
                        header ? "with" : "without", messages, threads);
        bad++;
      }
    }
  }
  if (bad > 0)
    g_test_fail ();
}

/* --- what must stay apart ------------------------------------------------------------------- */

typedef struct {
  const char *name;
  guint threads, messages;
  struct {
    guint author, to;
    gint64 minute;
    const char *text, *head;
    int quotes; /* the mail that it quotes, counted from 1; 0: none */
    gboolean forwards;
  } mails[4];
} Trap;

#define LETTER                                                                                     \
  "We are sorry that your account was taken over. Please send us a copy of the letter and of a "   \
  "document that shows your name, and we look into it within three working days."
#define MORE "Here is the letter; the document follows tomorrow, as the office opens at noon only."

static const Trap traps[] = {
  { "a form letter to two people", 2, 2,
    { { 1, 0, 29500000, "Dear Ana,\n\n" LETTER, "Message-ID: <a@x.example>" },
      { 1, 2, 29500000, "Dear Lea,\n\n" LETTER, "Message-ID: <b@x.example>" } } },
  { "a form letter without names, quoted by both", 2, 4,
    { { 1, 0, 29500000, LETTER, "Message-ID: <a@x.example>" },
      { 0, 1, 29500060, "I have sent all of it by post.", "Message-ID: <c@x.example>", 1 },
      { 1, 2, 29500003, LETTER, "Message-ID: <b@x.example>" },
      { 2, 1, 29500090, "What kind of document shall it be?", "Message-ID: <d@x.example>", 3 } } },
  { "thanks twice in one conversation", 1, 4,
    { { 1, 0, 29500000, LETTER, "Message-ID: <a@x.example>" },
      { 0, 1, 29500060, "Thanks!", "Message-ID: <b@x.example>\nIn-Reply-To: <a@x.example>", 1 },
      { 1, 0, 29500090, MORE, "Message-ID: <c@x.example>\nIn-Reply-To: <b@x.example>", 2 },
      { 0, 1, 29500120, "Thanks!", "Message-ID: <d@x.example>\nIn-Reply-To: <c@x.example>", 3 } } },
  { "thanks to two people", 2, 2,
    { { 0, 1, 29500060, "Thanks!", "Message-ID: <a@x.example>" },
      { 0, 2, 29500060, "Thanks!", "Message-ID: <b@x.example>" } } },
  { "one text on two days", 2, 4,
    { { 1, 0, 29500000, LETTER, "Message-ID: <a@x.example>" },
      { 0, 1, 29500060, "I have sent all of it by post.", "Message-ID: <c@x.example>", 1 },
      { 1, 0, 29500000 + 3 * 1440, LETTER, "Message-ID: <b@x.example>" },
      { 0, 1, 29500060 + 3 * 1440, "What kind of document shall it be?", "Message-ID: <d@x.example>", 3 } } },
  { "one subject and the same people", 2, 2,
    { { 1, 0, 29500000, LETTER, "Message-ID: <a@x.example>" },
      { 0, 1, 29500060, MORE, "Message-ID: <b@x.example>" } } },
  { "a forward to others that starts a talk of its own", 1, 4,
    { { 1, 0, 29500000, LETTER, "Message-ID: <a@x.example>" },
      { 0, 1, 29500060, "I have sent all of it by post.", "Message-ID: <b@x.example>\nIn-Reply-To: <a@x.example>", 1 },
      { 0, 2, 29500070, "Lea, have you seen such a letter before?", "Message-ID: <c@x.example>", 1, TRUE },
      { 2, 0, 29500120, "Twice, and they did give the account back.", "Message-ID: <d@x.example>\nIn-Reply-To: <c@x.example>" } } },
};

static void
test_trap (gconstpointer data)
{
  const Trap *trap = data;
  g_autoptr (GPtrArray) mails = mails_new (), threads = NULL;
  Said said[4];
  guint messages = 0;

  for (guint i = 0; i < 4 && trap->mails[i].text; i++) {
    GString *out;
    said[i] = (Said) { &people[trap->mails[i].author], &people[trap->mails[i].to], trap->mails[i].minute, 0,
                       (char *) trap->mails[i].text };
    out = mail_begin (&said[i], trap->mails[i].head);
    if (trap->mails[i].quotes > 0) {
      Quoted q = quote (&said[trap->mails[i].quotes - 1]);
      q.boundary = trap->mails[i].forwards ? FORWARD : GMAIL;
      append_quoted (out, &q, 60);
      g_free (q.text);
    }
    g_ptr_array_add (mails, mail_end (parser, out));
  }
  threads = heddle_threads_merge (mails);
  for (guint i = 0; i < threads->len; i++)
    messages += ((HeddleThread *) threads->pdata[i])->messages->len;
  g_assert_cmpuint (threads->len, ==, trap->threads);
  g_assert_cmpuint (messages, ==, trap->messages);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  parser = heddle_parser_new ();
  for (guint i = 0; i < n_harms; i++) {
    g_autofree char *name = g_strdup_printf ("/threads/damage/%s", harms[i].name);
    g_test_add_data_func (name, &harms[i], test_pairs);
  }
  for (guint i = 0; i < G_N_ELEMENTS (traps); i++) {
    g_autofree char *name = g_strdup_printf ("/threads/traps/%s", traps[i].name);
    g_test_add_data_func (name, &traps[i], test_trap);
  }
  status = g_test_run ();
  heddle_parser_free (parser);
  return status;
}
