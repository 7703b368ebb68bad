/* SPDX-License-Identifier: MIT */
/* Every form of a redaction in every place, as text and as HTML: what is withheld is said
 * to be, what still stands is found, and nothing is made of the mark. "@" in a row stands
 * for the mark. */
#include "parser/parser.h"

#include <string.h>

static const char *const marks[] = {
  "(b)(6)", "(b)(4)", "(b) (6)", "(b)(7)(C)", "[b6]", "[redacted]", "[REDACTED]", "<(b)(6)>",
  "<name removed>", "[name withheld]", "[geschw\303\244rzt]", "[email\302\240protected]",
  "[email protected]", "XXXXX", "XXXXXXXXXXXX", "\342\226\210\342\226\210\342\226\210\342\226\210\342\226\210",
};

#define ON "Ok.\n\nOn Tue, Apr 10, 2018 at 3:40 PM, "
#define CALL " wrote:\n\n> Please call.\n"
#define ORIGINAL "Ok.\n\n-----Original Message-----\n"
#define SENT "Sent: Tuesday, April 10, 2018 3:40 PM\n"
#define DAY "Tue, Apr 10, 2018 at 3:40 PM"
#define LONG_DAY "Tuesday, April 10, 2018 3:40 PM"

/* Of the last message: from; to; cc; subject; date; text; sign-off; signature. A person is
 * its name, its address and "!" where withheld. */
static const struct {
  const char *name, *body, *expect;
} places[] = {
  { "author", ON "@" CALL, "!;;;;" DAY ";Please call.;;" },
  { "author-and-address", ON "@ <@>" CALL, "!;;;;" DAY ";Please call.;;" },
  { "address", ON "Pia Lund @" CALL, "Pia Lund!;;;;" DAY ";Please call.;;" },
  { "address-in-brackets", ON "Pia Lund <@>" CALL, "Pia Lund!;;;;" DAY ";Please call.;;" },
  { "local-part", ON "Pia Lund <@example.org>" CALL, "Pia Lund!;;;;" DAY ";Please call.;;" },
  { "name-alone", ON "@ <pia@example.org>" CALL, "pia@example.org!;;;;" DAY ";Please call.;;" },
  { "last-name", ON "Pia @ <pia@example.org>" CALL, "Pia pia@example.org!;;;;" DAY ";Please call.;;" },
  { "first-name", ON "@ Lund" CALL, "Lund!;;;;" DAY ";Please call.;;" },
  { "date", "Ok.\n\nOn @, Pia Lund <pia@example.org>" CALL, "Pia Lund pia@example.org;;;;@;Please call.;;" },
  { "date-and-author", "Ok.\n\nOn @, @" CALL, "!;;;;@;Please call.;;" },
  { "german", "Ok.\n\nAm 10.04.18 um 15:40 schrieb @:\n\n> Bitte anrufen.\n",
    "!;;;;10.04.18 um 15:40;Bitte anrufen.;;" },
  { "french", "Ok.\n\nLe mar. 10 avr. 2018 \303\240 15:40, @ a \303\251crit :\n\n> Appelez.\n",
    "!;;;;mar. 10 avr. 2018 \303\240 15:40;Appelez.;;" },
  { "from-and-to", ORIGINAL "From: @\n" SENT "To: Pia Lund; @\nSubject: Account\n\nPlease call.\n",
    "!;Pia Lund & !;;Account;" LONG_DAY ";Please call.;;" },
  { "lists", ORIGINAL "From: Pia Lund @\n" SENT "To: Ana Ruiz @; @\nCc: @, Bela Strand\nSubject: Account\n\nPlease call.\n",
    "Pia Lund!;Ana Ruiz! & !;! & Bela Strand;Account;" LONG_DAY ";Please call.;;" },
  { "subject", ORIGINAL "From: Pia Lund\n" SENT "To: Ana Ruiz\nSubject: @\n\nPlease call.\n",
    "Pia Lund;Ana Ruiz;;@;" LONG_DAY ";Please call.;;" },
  { "part-of-subject", ORIGINAL "From: Pia Lund\n" SENT "To: Ana Ruiz\nSubject: Account of @\n\nPlease call.\n",
    "Pia Lund;Ana Ruiz;;Account of @;" LONG_DAY ";Please call.;;" },
  { "sent", ORIGINAL "From: Pia Lund\nSent: @\nTo: Ana Ruiz\nSubject: Account\n\nPlease call.\n",
    "Pia Lund;Ana Ruiz;;Account;@;Please call.;;" },
  { "whole-from", ORIGINAL "@\n" SENT "To: Ana Ruiz\nSubject: Account\n\nPlease call.\n",
    "-;Ana Ruiz;;Account;" LONG_DAY ";Please call.;;" },
  { "whole-to", ORIGINAL "From: Pia Lund\n" SENT "@\nSubject: Account\n\nPlease call.\n",
    "Pia Lund;;;Account;" LONG_DAY ";Please call.;;" },
  { "line-of-text", ON "Pia Lund wrote:\n\n> Please call.\n> @\n> They wait.\n",
    "Pia Lund;;;;" DAY ";Please call.|@|They wait.;;" },
  { "paragraph", ON "Pia Lund wrote:\n\n> Please call.\n>\n> @\n> @\n>\n> They wait.\n",
    "Pia Lund;;;;" DAY ";Please call.||@|@||They wait.;;" },
  { "all-of-it", ON "Pia Lund wrote:\n\n> @\n", "Pia Lund;;;;" DAY ";@;;" },
  { "greeting", ON "Pia Lund wrote:\n\n> Dear @,\n>\n> Please call.\n",
    "Pia Lund;;;;" DAY ";Dear @,||Please call.;;" },
  { "in-sentences", ON "Pia Lund wrote:\n\n> @ is a member. I told @ of it, and @. Thank @\n",
    "Pia Lund;;;;" DAY ";@ is a member. I told @ of it, and @. Thank @;;" },
  { "possessive", ON "Pia Lund wrote:\n\n> This is @'s account, I wrote @, too.\n",
    "Pia Lund;;;;" DAY ";This is @'s account, I wrote @, too.;;" },
  { "signed", ON "Pia Lund wrote:\n\n> Please call.\n>\n> Thanks,\n> @\n",
    "Pia Lund;;;;" DAY ";Please call.||Thanks,|@;Thanks,|@;" },
  { "signed-with-title", ON "Pia Lund wrote:\n\n> Please call.\n>\n> Thanks,\n> @\n> Helpline\n",
    "Pia Lund;;;;" DAY ";Please call.||Thanks,|@;Thanks,|@;Helpline" },
  { "signature", ON "Pia Lund wrote:\n\n> Please call.\n>\n> -- \n> @\n> Phone: @\n",
    "Pia Lund;;;;" DAY ";Please call.;;@|Phone: @" },
};

#define HEAD                                                                                       \
  "From: Ana Ruiz <ana@example.org>\nTo: Sam Oduya <sam@example.org>\nSubject: Re: Account\n"      \
  "Date: Tue, 10 Apr 2018 16:00:00 +0000\nMIME-Version: 1.0\nContent-Transfer-Encoding: 8bit\n"

/* @text with @mark for each "@" that is none of an address. */
static char *
with_mark (const char *text, const char *mark)
{
  GString *made = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (*p == '@' && (p == text || !g_ascii_isalnum (p[-1])))
      g_string_append (made, mark);
    else
      g_string_append_c (made, *p);
  return g_string_free (made, FALSE);
}

/* HTML may show its own blank for a no-break one: they count as one here. */
static char *
plain_blanks (char *text /* full */)
{
  g_auto (GStrv) parts = g_strsplit (text, "\302\240", -1);

  g_free (text);
  return g_strjoinv (" ", parts);
}

/* "<@example.org>" holds a mark before the "@" that it has itself. */
static char *
filled (const char *text, const char *mark)
{
  g_autofree char *local = g_strconcat ("<", mark, "\001example.org>", NULL);
  g_auto (GStrv) parts = g_strsplit (text, "<@example.org>", -1);
  g_autofree char *joined = g_strjoinv (local, parts);
  char *made = with_mark (joined, mark);

  return g_strdelimit (made, "\001", '@');
}

static char *
as_mail (const char *body, gboolean html)
{
  if (!html)
    return g_strconcat (HEAD "Content-Type: text/plain; charset=utf-8\n\n", body, NULL);
  g_auto (GStrv) lines = g_strsplit (body, "\n", -1);
  GString *mail = g_string_new (HEAD "Content-Type: text/html; charset=utf-8\n\n<html><body>");
  for (char **line = lines; *line != NULL; line++) {
    g_autofree char *safe = g_markup_escape_text (*line, -1);
    g_string_append_printf (mail, "<div>%s</div>\n", **line != '\0' ? safe : "<br>");
  }
  g_string_append (mail, "</body></html>\n");
  return g_string_free (mail, FALSE);
}

static void
add_person (GString *to, const HeddlePerson *person)
{
  if (person == NULL)
    g_string_append (to, "-");
  else
    g_string_append_printf (to, "%s%s%s%s", person->name != NULL ? person->name : "",
                            person->name != NULL && person->address != NULL ? " " : "",
                            person->address != NULL ? person->address : "",
                            person->redacted ? "!" : "");
}

static void
add_people (GString *to, const GPtrArray *people)
{
  g_string_append_c (to, ';');
  for (guint i = 0; i < people->len; i++) {
    g_string_append (to, i > 0 ? " & " : "");
    add_person (to, g_ptr_array_index (people, i));
  }
}

static char *
told (const HeddleMessage *message)
{
  GString *got = g_string_new (NULL);
  const char *rest[] = { message->subject, message->date != NULL ? message->date->raw : "-",
                         message->text, message->signoff, message->signature };

  add_person (got, message->from);
  add_people (got, message->to);
  add_people (got, message->cc);
  for (gsize i = 0; i < G_N_ELEMENTS (rest); i++)
    g_string_append_printf (got, ";%s", rest[i] != NULL ? rest[i] : "");
  return g_strdelimit (g_string_free (got, FALSE), "\n", '|');
}

static void
test_places (gconstpointer data)
{
  HeddleParser *parser = heddle_parser_new ();
  gsize p = GPOINTER_TO_SIZE (data);

  for (gsize m = 0; m < G_N_ELEMENTS (marks); m++)
    for (int html = 0; html < 2; html++) {
      g_autofree char *body = filled (places[p].body, marks[m]);
      g_autofree char *want = plain_blanks (with_mark (places[p].expect, marks[m]));
      g_autofree char *mail = as_mail (body, html);
      HeddleChain *chain = heddle_parse_mail (parser, mail, strlen (mail), NULL, NULL);
      const HeddleMessage *last = g_ptr_array_index (chain->messages, chain->messages->len - 1);
      g_autofree char *got = plain_blanks (told (last));
      if (chain->messages->len != 2 || !g_str_equal (got, want)) {
        g_test_message ("%s%s: %u messages, %s, not %s", marks[m], html ? " in HTML" : "",
                        chain->messages->len, got, want);
        g_test_fail ();
      }
      if (last->handles->len + last->urls->len + last->attachments->len + last->cases->len > 0) {
        g_test_message ("%s%s: taken for a handle, an address, a file or a case", marks[m],
                        html ? " in HTML" : "");
        g_test_fail ();
      }
      heddle_chain_free (chain);
    }
  heddle_parser_free (parser);
}

/* What looks like a mark and is none. */
static void
test_traps (void)
{
  static const char *const texts[] = {
    "Section 3 (b) (a) of the contract.", "XXX marks the spot.", "Love, xxxxx", "Item (b)(x) is new.",
    "An array[b6x] of [removed files] here.", "The email protected us.",
  };
  HeddleParser *parser = heddle_parser_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *mail = g_strconcat (
        HEAD "Content-Type: text/plain\n\nOk.\n\n-----Original Message-----\nFrom: Pia Lund\n" SENT
             "To: Ana Ruiz\n",
        texts[i], "\nSubject: Account\n\nPlease call.\n", NULL);
    HeddleChain *chain = heddle_parse_mail (parser, mail, strlen (mail), NULL, NULL);
    for (guint m = 0; m < chain->messages->len; m++) {
      const HeddleMessage *message = g_ptr_array_index (chain->messages, m);
      g_assert_true (message->from == NULL || !message->from->redacted);
      for (guint k = 0; k < message->to->len; k++)
        g_assert_false (((HeddlePerson *) g_ptr_array_index (message->to, k))->redacted);
    }
    heddle_chain_free (chain);
  }
  heddle_parser_free (parser);
}

/* Addresses of the web and handles end before a mark, or hold it whole. */
static void
test_within (void)
{
  static const struct {
    const char *text, *url;
  } rows[] = {
    { "See https://chirper.example/(b)(6) and @XXXXX.", "https://chirper.example/(b)(6)" },
    { "See https://chirper.example/u/[email protected] and @(b)(6).", "https://chirper.example/u/" },
    { "See https://chirper.example/[redacted] and @[redacted].", "https://chirper.example/[redacted]" },
    { "See https://chirper.example/(b) (6) now.", "https://chirper.example/" },
  };
  HeddleParser *parser = heddle_parser_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    HeddleChain *chain
        = heddle_parse_text (parser, rows[i].text, strlen (rows[i].text), NULL, NULL);
    const HeddleMessage *message = g_ptr_array_index (chain->messages, 0);
    g_assert_cmpuint (message->urls->len, ==, 1);
    g_assert_cmpstr (((HeddleUrl *) g_ptr_array_index (message->urls, 0))->url, ==, rows[i].url);
    g_assert_cmpuint (message->handles->len, ==, 0);
    heddle_chain_free (chain);
  }
  heddle_parser_free (parser);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autofree char *path = g_strdup_printf ("/parser/redactions/%s", places[i].name);
    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_places);
  }
  g_test_add_func ("/parser/redactions/traps", test_traps);
  g_test_add_func ("/parser/redactions/within", test_within);
  return g_test_run ();
}
