/* SPDX-License-Identifier: MIT */
/* What is missing from a conversation, and whom to ask for it. */
#include "tests/threads/support.h"

#include <string.h>

#define LONG                                                                                       \
  "The account of our client was taken over on Monday night. Could you please tell us which "      \
  "papers you need, so that it can be given back before the weekend?"
#define ANSWER                                                                                     \
  "We need a copy of the registration and a letter on paper with the letterhead. Both can be "     \
  "sent as photographs; the review takes three working days from then on."
#define MORE                                                                                       \
  "We have looked at what you sent us, and the copy cannot be read. A scan of the first page "     \
  "is enough, in colour, and please name the city in which it was issued."

#define ANA "Ana Ruiz <ana@example.org>"
#define SAM "Sam Okoro <sam@chirper.example>"
#define LEA "Lea Brandt <lea@partner.example>"

typedef struct {
  const char *name;
  Mail mails[MAILS_MAX];
  const char *gaps; /* a line each: kind name after before author ask evidence, "-" for none */
} Row;

static const Row rows[] = {
  { "nothing is missing",
    { { "a", FALSE, { { LONG, .from = ANA, .to = SAM, .date = "2026-03-02 10:00:00+00:00", .id = "a@x" } } },
      { "b", FALSE, { { ANSWER, .from = SAM, .to = ANA, .date = "2026-03-03 10:00:00+00:00", .id = "b@x", .answers = "a@x" } } } },
    "" },
  { "between what it answers and what answers it",
    { { "a", FALSE, { { LONG, .from = ANA, .to = SAM, .date = "2026-03-02 10:00:00+00:00", .id = "a@example.org" } } },
      { "c", FALSE, { { MORE, .from = ANA, .to = SAM, .date = "2026-03-05 10:00:00+00:00", .id = "c@example.org", .references = "a@example.org b@chirper.example" } } } },
    "message b@chirper.example 2026-03-02T10:00:00Z 2026-03-05T10:00:00Z sam@chirper.example "
    "ana@example.org answers\n" },
  { "a clock without a zone widens the bound by all zones",
    { { "c", FALSE, { { MORE, .from = ANA, .to = SAM, .date = "2026-03-05 10:00", .id = "c@example.org", .answers = "b@chirper.example" } } } },
    "message b@chirper.example - 2026-03-05T22:00:59Z sam@chirper.example ana@example.org answers\n" },
  { "ours are asked before others, and two answers must agree on the author",
    { { "b", FALSE, { { ANSWER, .from = SAM, .to = ANA, .date = "2026-03-03 10:00:00+00:00", .id = "b@x", .answers = "a@y" } } },
      { "c", FALSE, { { MORE, .from = LEA, .to = SAM, .date = "2026-03-05 10:00:00+00:00", .id = "c@x", .answers = "a@y" } } } },
    "message a@y - 2026-03-03T10:00:00Z - ana@example.org answers answers\n" },
  { "who goes on after their own message",
    { { "c", FALSE, { { MORE, .from = ANA, .to = SAM, .date = "2026-03-05 10:00:00+00:00", .id = "c@example.org", .answers = "b@example.org" } } } },
    "message b@example.org - 2026-03-05T10:00:00Z - ana@example.org answers\n" },
  { "nobody of ours: who answered",
    { { "c", FALSE, { { MORE, .from = LEA, .to = SAM, .date = "2026-03-05 10:00:00+00:00", .id = "c@x", .answers = "b@y" } } } },
    "message b@y - 2026-03-05T10:00:00Z sam@chirper.example lea@partner.example answers\n" },
  { "a withheld author is nobody",
    { { "c", FALSE, { { MORE, .from = "?", .to = "?", .date = "2026-03-05 10:00:00+00:00", .id = "c@x", .answers = "b@y" } } } },
    "message b@y - 2026-03-05T10:00:00Z - - answers\n" },
  { "what several refer to",
    { { "b", FALSE, { { ANSWER, .from = SAM, .to = ANA, .date = "2026-03-03 10:00:00+00:00", .id = "b@x", .answers = "a@y" } } },
      { "c", FALSE, { { MORE, .from = ANA, .to = SAM, .date = "2026-03-05 10:00:00+00:00", .id = "c@x", .references = "a@y b@x" } } } },
    "message a@y - 2026-03-03T10:00:00Z ana@example.org ana@example.org answers refers\n" },
  { "who quotes an older message than the one that they answer",
    { { "a", FALSE, { { LONG, .from = ANA, .to = SAM, .date = "2026-03-02 10:00:00+00:00", .id = "a@x" } } },
      { "c", FALSE,
        { { MORE, .up = 1, .from = LEA, .to = SAM, .date = "2026-03-05 10:00:00+00:00", .id = "c@x", .answers = "b@y" },
          { LONG, .kind = HEDDLE_KIND_REPLY, .from = ANA, .date = "2026-03-02 10:00" } } } },
    "message b@y 2026-03-02T10:00:00Z 2026-03-05T10:00:00Z sam@chirper.example "
    "lea@partner.example answers\n" },
  { "who quotes the message that they answer, without its Message-ID",
    { { "c", FALSE,
        { { MORE, .up = 1, .from = LEA, .to = SAM, .date = "2026-03-05 10:00:00+00:00", .id = "c@x", .answers = "b@y" },
          { LONG, .kind = HEDDLE_KIND_REPLY, .from = SAM, .date = "2026-03-02 10:00" } } } },
    "" },
  { "a file that is named and came with another message, under a client's spelling",
    { { "a", FALSE, { { LONG, .from = ANA, .to = SAM, .date = "2026-03-02 10:00:00+00:00", .id = "a@x", .mentioned = "Screen Shot 12.jpg|the letter" } } },
      { "b", FALSE, { { ANSWER, .from = SAM, .to = ANA, .date = "2026-03-03 10:00:00+00:00", .id = "b@x", .answers = "a@x", .attachment = "screen_shot_12.JPG" } } } },
    "" },
  { "a file that never came, named twice",
    { { "a", FALSE, { { LONG, .from = SAM, .to = ANA, .date = "2026-03-02 10:00:00+00:00", .id = "a@x", .mentioned = "shot.jpg|the letter" } } },
      { "b", FALSE, { { ANSWER, .from = LEA, .to = SAM, .date = "2026-03-03 10:00:00+00:00", .id = "b@x", .answers = "a@x", .mentioned = "Shot.jpg" } } } },
    "attachment shot.jpg 2026-03-02T10:00:00Z 2026-03-02T10:00:00Z sam@chirper.example "
    "ana@example.org captions names\n" },
  { "a sentence speaks of files, and none came",
    { { "a", FALSE, { { "Dear Sam, attached are the screen shots of the threats.", .from = ANA, .to = SAM, .date = "2026-03-02 10:00:00+00:00", .id = "a@x" } } } },
    "attachment - 2026-03-02T10:00:00Z 2026-03-02T10:00:00Z ana@example.org ana@example.org says\n" },
  { "and one did",
    { { "a", FALSE, { { "Dear Sam, attached are the screen shots of the threats.", .from = ANA, .to = SAM, .date = "2026-03-02 10:00:00+00:00", .id = "a@x", .attachment = "a.png" } } } },
    "" },
  { "or with the forward",
    { { "f", FALSE,
        { { "See below.", .up = 1, .from = ANA, .to = SAM, .date = "2026-03-04 10:00:00+00:00", .id = "f@x", .attachment = "a.png" },
          { "Dear Ana, attached are the screen shots of the threats.", .kind = HEDDLE_KIND_FORWARD, .from = LEA, .date = "2026-03-02 10:00" } } } },
    "" },
  { "an answer takes no files along: what came with it is its own",
    { { "f", FALSE,
        { { LONG, .up = 1, .from = ANA, .to = LEA, .date = "2026-03-04 10:00:00+00:00", .id = "f@x", .attachment = "logo.png" },
          { "Dear Ana, attached are the screen shots of the threats.", .kind = HEDDLE_KIND_REPLY, .from = LEA, .date = "2026-03-02" } } } },
    "attachment - 2026-03-01T10:00:00Z 2026-03-03T11:59:59Z lea@partner.example ana@example.org says\n" },
  { "an account that something is attached to",
    { { "a", FALSE, { { "The number is attached to the account of our client.", .from = ANA, .to = SAM, .date = "2026-03-02 10:00:00+00:00", .id = "a@x" } } } },
    "" },
};

static void
print_time (GString *out, HeddleTime time)
{
  g_autofree char *text = heddle_time_format (time);
  g_string_append_printf (out, " %s", text != NULL ? text : "-");
}

static void
print_person (GString *out, const HeddlePerson *person)
{
  g_string_append_printf (out, " %s", person != NULL ? person->address : "-");
}

static char *
print_gaps (const HeddleThread *thread, const GPtrArray *gaps)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < gaps->len; i++) {
    const HeddleGap *gap = gaps->pdata[i];
    const HeddleNode *node = thread->messages->pdata[gap->message];
    const char *name = gap->kind == HEDDLE_GAP_MESSAGE ? node->message->message_id : gap->name;
    g_string_append_printf (out, "%s %s", heddle_gap_kind_name (gap->kind), name != NULL ? name : "-");
    print_time (out, gap->after);
    print_time (out, gap->before);
    print_person (out, gap->likely_author);
    print_person (out, gap->ask);
    for (guint k = 0; k < gap->evidence->len; k++) {
      const HeddleGapEvidence *evidence = gap->evidence->pdata[k];
      g_assert_nonnull (evidence->mail);
      g_string_append_printf (out, " %s", heddle_gap_reason_name (evidence->reason));
    }
    g_string_append_c (out, '\n');
    g_assert_true (g_str_has_prefix (gap->sentence, "Could you please "));
    g_assert_true (g_str_has_suffix (gap->sentence, "?"));
  }
  return g_string_free (out, FALSE);
}

static HeddleConfig *
our_config (void)
{
  HeddleConfig *config = heddle_config_new ();
  g_strfreev (config->us.domains);
  config->us.domains = g_strsplit ("example.org", ";", -1);
  return config;
}

static void
test_rows (void)
{
  g_autoptr (HeddleConfig) config = our_config ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) mails = support_mails (rows[i].mails);
    g_autoptr (GPtrArray) threads = heddle_threads_merge (mails);
    g_test_message ("%s", rows[i].name);
    g_assert_cmpuint (threads->len, ==, 1);
    g_autoptr (GPtrArray) gaps = heddle_gaps (threads->pdata[0], config);
    g_autofree char *found = print_gaps (threads->pdata[0], gaps);
    g_assert_cmpstr (found, ==, rows[i].gaps);
  }
}

typedef struct {
  Mail mail;
  const char *sentence; /* of the only gap */
} Sentence;

static const Sentence sentences[] = {
  { { "c", FALSE, { { MORE, .from = ANA, .to = SAM, .date = "2026-03-05 10:00", .id = "c@x", .answers = "b@y", .subject = "Re: The \"blue\" account" } } },
    "Could you please forward the message, probably from Sam Okoro, that you answered on 5 March "
    "2026 in \"Re: The 'blue' account\"?" },
  { { "c", FALSE, { { MORE, .from = SAM, .to = ANA, .id = "c@x", .answers = "b@example.org" } } },
    "Could you please send us again your message that Sam Okoro answered?" },
  { { "c", FALSE, { { MORE, .from = "?", .date = "2026-03-05", .id = "c@x", .answers = "b@y" } } },
    "Could you please forward the message that was answered on 5 March 2026?" },
  { { "c", FALSE, { { MORE, .from = ANA, .to = SAM, .date = "2026-03-05", .id = "c@x", .subject = "Papers", .mentioned = "a.pdf" } } },
    "Could you please send us the file \"a.pdf\" that came with your message of 5 March 2026, "
    "\"Papers\"?" },
  { { "c", FALSE, { { "Please find attached the papers.", .from = SAM, .to = ANA, .id = "c@x" } } },
    "Could you please send us what was attached to the message from Sam Okoro?" },
};

static void
test_sentences (void)
{
  g_autoptr (HeddleConfig) config = our_config ();

  for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++) {
    g_autoptr (GPtrArray) mails
        = g_ptr_array_new_with_free_func ((GDestroyNotify)heddle_thread_mail_free);
    g_ptr_array_add (mails, support_mail (&sentences[i].mail));
    g_autoptr (GPtrArray) threads = heddle_threads_merge (mails);
    g_autoptr (GPtrArray) gaps = heddle_gaps (threads->pdata[0], config);
    g_assert_cmpuint (gaps->len, ==, 1);
    g_assert_cmpstr (((HeddleGap *)gaps->pdata[0])->sentence, ==, sentences[i].sentence);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gaps/rows", test_rows);
  g_test_add_func ("/gaps/sentences", test_sentences);
  return g_test_run ();
}
