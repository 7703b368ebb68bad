/* SPDX-License-Identifier: MIT */
/* Quoting does harm to what is quoted: other lines, another zone, lost accents, links
 * that a scanner rewrote, names blacked out, ends cut off. Mails are written out, as
 * clients write them, with each harm and each two of them done to the quotation, and
 * parsed; the same conversation must come out. Then five hundred made up conversations
 * of which the truth is known, and what must stay apart. */
#include "tests/threads/support.h"
#include "base/base.h"

#include <string.h>

/* --- what is said ----------------------------------------------------------------- */

typedef struct {
  const char *name, *address;
} Person;

static const Person people[] = {
  { "Ana Ruiz", "ana@example.org" },       { "Sam Okoro", "sam@chirper.example" },
  { "Lea Brandt", "lea@partner.example" }, { "Milo Andersen", "milo@chirper.example" },
  { "Noor Haddad", "noor@example.org" },   { "Tomás Núñez", "tomas@partner.example" },
};

static const char *const nouns[]
    = { "account", "café", "letter", "police office", "photograph", "number", "platform", "señal",
        "review", "stamp", "threat", "Übergabe", "harbour", "journal", "copy of the deed", "page" };
static const char *const verbs[] = { "was taken over", "is still blocked", "has been sent to us",
                                     "came back by post", "cannot be opened", "went to the déjà-vu desk",
                                     "shows another name", "needs a second look" };
static const char *const times[] = { "on Monday night", "last week", "since the weekend", "in April",
                                     "before noon", "after the call", "two days ago", "this morning" };

/* A message that one person wrote. */
typedef struct {
  const Person *author, *to;
  gint64 minute; /* UTC */
  int zone;
  char *text;
} Said;

/* How it stands in somebody else's mail. */
typedef struct {
  char *text;
  const char *name, *address; /* NULL: not shown */
  gint64 minute;
  int zone;
  gboolean dated, withheld;
  enum { GMAIL, THUNDERBIRD_DE, OUTLOOK, OUTLOOK_FR, FORWARD, BOUNDARIES } boundary;
  const char *behind; /* (nullable) a line below the whole mail */
} Quoted;

static char *
paragraph (GRand *rand, guint sentences)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < sentences; i++)
    g_string_append_printf (out, "%sThe %s of %s %s %s.", i ? " " : "",
                            nouns[g_rand_int_range (rand, 0, G_N_ELEMENTS (nouns))],
                            people[g_rand_int_range (rand, 0, G_N_ELEMENTS (people))].name,
                            verbs[g_rand_int_range (rand, 0, G_N_ELEMENTS (verbs))],
                            times[g_rand_int_range (rand, 0, G_N_ELEMENTS (times))]);
  return g_string_free (out, FALSE);
}

static char *
clock_text (gint64 minute, int zone, const char *format)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_utc ((minute + zone) * 60);
  return g_date_time_format (at, format);
}

/* --- mails ------------------------------------------------------------------------------ */

static void
append_wrapped (GString *out, const char *text, guint width, const char *mark)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint l = 0; lines[l]; l++) {
    g_auto (GStrv) words = g_strsplit (lines[l], " ", -1);
    gsize column = 0;

    g_string_append (out, mark);
    for (guint i = 0; words[i]; i++) {
      gsize length = strlen (words[i]);
      if (column > 0 && column + 1 + length > width) {
        g_string_append_printf (out, "\n%s", mark);
        column = 0;
      }
      g_string_append_printf (out, "%s%s", column > 0 ? " " : "", words[i]);
      column += length + 1;
    }
    g_string_append_c (out, '\n');
  }
}

static void
append_block (GString *out, const Quoted *q, const char *const *labels, const char *when)
{
  g_string_append_printf (out, "\n%s %s", labels[0], q->withheld ? "(b)(6)" : q->name);
  if (q->address && !q->withheld)
    g_string_append_printf (out, " <%s>", q->address);
  if (q->dated)
    g_string_append_printf (out, "\n%s %s", labels[1], when);
  g_string_append_printf (out, "\n%s Account\n\n", labels[2]);
}

static void
append_quoted (GString *out, const Quoted *q, guint width)
{
  static const char *const english[] = { "From:", "Sent:", "Subject:" };
  static const char *const french[] = { "De :", "Envoyé :", "Objet :" };
  const char *who = q->withheld ? "(b)(6)" : q->name, *mark = "";
  g_autofree char *when = NULL;

  switch (q->boundary) {
  case GMAIL:
    when = clock_text (q->minute, q->zone, "On %a, %b %-d, %Y at %-I:%M %p ");
    g_string_append_printf (out, "\n%s%s%s%s%s wrote:\n\n", q->dated ? when : "", who,
                            q->address && !q->withheld ? " <" : "",
                            q->address && !q->withheld ? q->address : "",
                            q->address && !q->withheld ? ">" : "");
    mark = "> ";
    break;
  case THUNDERBIRD_DE:
    when = clock_text (q->minute, q->zone, "Am %d.%m.%Y um %H:%M ");
    g_string_append_printf (out, "\n%sschrieb %s:\n", q->dated ? when : "", who);
    mark = "> ";
    break;
  case OUTLOOK_FR:
    when = clock_text (q->minute, q->zone, "%d/%m/%Y %H:%M");
    g_string_append (out, "\n________________________________\n");
    append_block (out, q, french, when);
    break;
  case FORWARD:
    when = clock_text (q->minute, q->zone, "%a, %b %-d, %Y at %-I:%M %p");
    g_string_append (out, "\n---------- Forwarded message ---------");
    append_block (out, q, (const char *const[]) { "From:", "Date:", "Subject:" }, when);
    break;
  case OUTLOOK:
  default:
    when = clock_text (q->minute, q->zone, "%A, %B %-d, %Y %-I:%M %p");
    g_string_append (out, "\n-----Original Message-----");
    append_block (out, q, english, when);
  }
  append_wrapped (out, q->text, width, mark);
  if (q->behind)
    g_string_append_printf (out, "%s%s\n", mark, q->behind);
}

/* @head: Message-ID, and what else stands in the header. */
static GString *
mail_begin (const Said *said, const char *head)
{
  GString *out = g_string_new (NULL);
  g_autofree char *date = clock_text (said->minute, said->zone, "%a, %d %b %Y %H:%M:07");

  g_string_append_printf (out, "From: %s <%s>\nTo: %s <%s>\nSubject: Account\n"
                               "Date: %s %c%02d%02d\n%s\nMIME-Version: 1.0\n"
                               "Content-Type: text/plain; charset=utf-8\n"
                               "Content-Transfer-Encoding: 8bit\n\n",
                          said->author->name, said->author->address, said->to->name,
                          said->to->address, date, said->zone < 0 ? '-' : '+', ABS (said->zone) / 60,
                          ABS (said->zone) % 60, head);
  append_wrapped (out, said->text, 72, "");
  return out;
}

static HeddleThreadMail *
mail_end (HeddleParser *parser, GString *out)
{
  g_autoptr (GError) error = NULL;
  HeddleChain *chain = heddle_parse_mail (parser, out->str, out->len, NULL, &error);
  g_autofree char *id = heddle_mail_id (out->str, out->len);

  g_assert_no_error (error);
  g_string_free (out, TRUE);
  return heddle_thread_mail_new (id, FALSE, chain);
}

static Quoted
quote (const Said *said)
{
  Quoted ret = { .text = g_strdup (said->text), .name = said->author->name,
                 .address = said->author->address, .minute = said->minute, .zone = said->zone,
                 .dated = TRUE };
  return ret;
}

/* --- harm ------------------------------------------------------------------------------------ */

static void
replace (Quoted *q, const char *what, const char *by)
{
  GString *out = g_string_new (q->text);

  g_string_replace (out, what, by, 0);
  g_free (q->text);
  q->text = g_string_free (out, FALSE);
}

/* Each character beyond ASCII by what @each says of it. */
static void
spoil (Quoted *q, void (*each) (GString *, gunichar))
{
  GString *out = g_string_new (NULL);

  for (const char *p = q->text; *p; p = g_utf8_next_char (p)) {
    if ((guchar) *p < 0x80)
      g_string_append_c (out, *p);
    else
      each (out, g_utf8_get_char (p));
  }
  g_free (q->text);
  q->text = g_string_free (out, FALSE);
}

static void
as_question_mark (GString *out, gunichar u)
{
  g_string_append_c (out, '?');
}

static void
as_unknown (GString *out, gunichar u)
{
  g_string_append_unichar (out, 0xfffd);
}

/* Its bytes read as ISO 8859-1. */
static void
as_latin (GString *out, gunichar u)
{
  char bytes[6];
  gint n = g_unichar_to_utf8 (u, bytes);

  for (gint i = 0; i < n; i++)
    g_string_append_unichar (out, (guchar) bytes[i]);
}

static void do_nothing (Quoted *q) { }
static void do_question_marks (Quoted *q) { spoil (q, as_question_mark); }
static void do_unknown (Quoted *q) { spoil (q, as_unknown); }
static void do_mojibake (Quoted *q) { spoil (q, as_latin); }
static void do_zone (Quoted *q) { q->zone += q->zone > 0 ? -9 * 60 : 9 * 60; }
static void do_half_zone (Quoted *q) { q->zone += q->zone > 0 ? -330 : 330; }
static void do_no_date (Quoted *q) { q->dated = FALSE; }
static void do_name_alone (Quoted *q) { q->address = NULL; }
static void do_german (Quoted *q) { q->boundary = THUNDERBIRD_DE; q->address = NULL; }
static void do_outlook (Quoted *q) { q->boundary = OUTLOOK; }
static void do_french (Quoted *q) { q->boundary = OUTLOOK_FR; }
static void do_forward (Quoted *q) { q->boundary = FORWARD; }
static void do_links (Quoted *q)
{
  replace (q, "https://partner.example/help/page",
           "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fpartner.example%2Fhelp%2Fpage&data=05%7C01&reserved=0");
}
static void do_withheld (Quoted *q)
{
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    replace (q, people[i].name, "(b)(6)");
  q->withheld = TRUE;
}
static void do_cut (Quoted *q)
{
  char *end = g_utf8_find_prev_char (q->text, q->text + strlen (q->text) * 2 / 3);
  *end = '\0';
}
static void do_disclaimer (Quoted *q)
{
  q->behind = "This message and its attachments are confidential and meant for the addressee alone.";
}
static void do_banner (Quoted *q)
{
  char *text = g_strdup_printf ("CAUTION: This email originated from outside of the organization.\n\n%s", q->text);
  g_free (q->text);
  q->text = text;
}
static void do_sentences (Quoted *q) { replace (q, ". ", ".\n"); }

typedef struct {
  const char *name;
  void (*harm) (Quoted *q);
} Harm;

static const Harm harms[] = {
  { "nothing", do_nothing },         { "question marks", do_question_marks },
  { "unknown characters", do_unknown }, { "another charset", do_mojibake },
  { "another zone", do_zone },       { "a zone of half hours", do_half_zone },
  { "no date", do_no_date },         { "the name alone", do_name_alone },
  { "German", do_german },           { "Outlook", do_outlook },
  { "French Outlook", do_french },   { "a forward", do_forward },
  { "Safe Links", do_links },        { "names withheld", do_withheld },
  { "cut off", do_cut },             { "a disclaimer", do_disclaimer },
  { "a warning", do_banner },        { "a line a sentence", do_sentences },
};

/* --- each harm, and each two ------------------------------------------------------------------ */

static HeddleParser *parser;

static GPtrArray *
mails_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_thread_mail_free);
}

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

  for (guint i = 0; i < G_N_ELEMENTS (harms); i++) {
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

/* --- conversations of which the truth is known ------------------------------------------------ */

#define TALKS 500
#define LONGEST 6

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
    said->author = &people[g_rand_int_range (world->rand, 0, G_N_ELEMENTS (people))];
  while (before && said->author == before->author);
  said->to = before ? before->author : &people[(said->author - people + 1) % G_N_ELEMENTS (people)];
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
  guint harmed = chance (world, 60) ? (guint) g_rand_int_range (world->rand, 1, G_N_ELEMENTS (harms)) : 0;
  guint more = chance (world, 30) ? (guint) g_rand_int_range (world->rand, 1, G_N_ELEMENTS (harms)) : 0;

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
  g_assert_cmpfloat ((double) pairs.both / (double) pairs.real, >=, 0.95);
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
  for (guint i = 0; i < G_N_ELEMENTS (harms); i++) {
    g_autofree char *name = g_strdup_printf ("/threads/damage/%s", harms[i].name);
    g_test_add_data_func (name, &harms[i], test_pairs);
  }
  for (guint i = 0; i < G_N_ELEMENTS (traps); i++) {
    g_autofree char *name = g_strdup_printf ("/threads/traps/%s", traps[i].name);
    g_test_add_data_func (name, &traps[i], test_trap);
  }
  g_test_add_func ("/threads/damage/truth", test_truth);
  status = g_test_run ();
  heddle_parser_free (parser);
  return status;
}
