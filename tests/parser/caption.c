/* SPDX-License-Identifier: MIT */
/* Lines that say what files show, and lines that only look so: a row is the text of a
 * mail and, for each attachment in order, its caption. */
#include "parser/parser.h"

#include <string.h>

#define SHOTS                                                                                      \
  "<Screen Shot 2018-03-27 at 12.13.15 PM.png><Screen Shot 2018-03-27 at 12.11.36 PM.png>\n"

static const struct {
  const char *name, *text, *captions; /* joined by "|", "-" for none */
} rows[] = {
  { "clock", "12.13.15 PM - Ms Ruiz's personal mail.\n12.11.36 PM \342\200\223 a threat\n\n" SHOTS,
    "Ms Ruiz's personal mail.|a threat" },
  { "clock-below", SHOTS "\n12.11.36 PM: a threat\n", "-|a threat" },
  { "clock-without-pm", "12.13.15 - a threat\n\n" SHOTS, "a threat|-" },
  { "colons-and-case", "12:13:15pm: a threat\n\n" SHOTS, "a threat|-" },
  { "narrow-blank", "12.13.15 PM \342\200\224 a threat\n\n<Screenshot 2024-03-27 at 12.13.15\342\200\257PM.png>\n",
    "a threat" },
  { "day-and-clock", "2018-03-27 at 12.13.15 PM - a threat\n\n" SHOTS, "a threat|-" },
  { "whole-name", "Screen Shot 2018-03-27 at 12.13.15 PM.png - a threat\n\n" SHOTS, "a threat|-" },
  { "bullets", "* 12.13.15 PM - a threat\n\342\200\242 12.11.36 PM - an insult\n\n" SHOTS,
    "a threat|an insult" },
  { "numbered", "1. 12.13.15 PM - a threat\n2) 12.11.36 PM - an insult\n\n" SHOTS,
    "a threat|an insult" },
  { "wrapped",
    "12.13.15 PM - This one shows the home address of Ms Ruiz on a map,\nwith her telephone number.\n\n" SHOTS,
    "This one shows the home address of Ms Ruiz on a map, with her telephone number.|-" },
  { "wrapped-then-next",
    "12.13.15 PM - This one shows the home address of Ms Ruiz on a map\n12.11.36 PM - an insult\n\n" SHOTS,
    "This one shows the home address of Ms Ruiz on a map|an insult" },
  { "in-brackets", "<letter.pdf> - what the bank wrote\n", "what the bank wrote" },
  { "labelled", "Attachment: letter.pdf: what the bank wrote\n", "what the bank wrote" },
  { "number-of-camera", "IMG_2041 - the door\nIMG_2042: the letter box\n\n<IMG_2041.jpg>\n<IMG_2042.jpg>\n",
    "the door|the letter box" },
  { "screenshot-1", "Screenshot 1: the first answer\n\n<Screenshot 1.png><Screenshot 10.png>\n",
    "the first answer|-" },
  { "gnome", "12-13-15: the answer\n\n<Screenshot from 2024-04-10 12-13-15.png>\n", "the answer" },
  { "android", "121315 - the answer\n\n<Screenshot_20240410-121315.png>\n", "the answer" },
  { "spanish", "12.13.15 p. m. - la respuesta\n\n<Captura de pantalla 2024-04-10 a la(s) 12.13.15 p. m..png>\n",
    "la respuesta" },
  { "german", "12.13.15: die Drohung\n\n<Bildschirmfoto 2024-04-10 um 12.13.15.png>\n", "die Drohung" },
  { "japanese",
    "\345\215\210\345\276\21412.13.15\357\274\232\350\204\205\350\277\253\n\n"
    "<\343\202\271\343\202\257\343\203\252\343\203\274\343\203\263\343\202\267\343\203\247\343\203\203\343\203\210 "
    "2024-04-10 \345\215\210\345\276\21412.13.15.png>\n",
    "\350\204\205\350\277\253" },
  { "chinese-without-blank",
    "12.13.15 - \345\250\201\350\203\201\n\n<\346\210\252\345\261\2172024-04-10 \344\270\213\345\215\21012.13.15.png>\n",
    "\345\250\201\350\203\201" },
  /* What says nothing about a file. */
  { "chronicle", "2018-03-27 - the hearing\n\n<Screen Shot 2018-03-27 at 12.13.15 PM.png>\n", "-" },
  { "chronicle-of-days", "2018-04-10 - the hearing\n\n<2018-04-10.pdf>\n<report 2018-04-11.pdf>\n", "-|-" },
  { "day-in-numbers", "10.04.18 - the hearing\n\n<report 10.04.18.pdf>\n", "-" },
  { "no-such-file", "12.13.29 PM - a threat\n\n" SHOTS, "-|-" },
  { "two-files", "12.13.15 - a threat\n\n<Screen Shot 2018-03-27 at 12.13.15 PM.png><Screen Shot "
                 "2018-03-28 at 12.13.15 PM.png>\n",
    "-|-" },
  { "only-a-part-of-it", "13.15 PM - a threat\n2018 - the year of it\n\n" SHOTS, "-|-" },
  { "agenda", "12.13 - Lunch\n12:11 - Coffee\n\n" SHOTS, "-|-" },
  { "in-a-sentence", "I took 12.13.15 PM - the first - at home.\n\n" SHOTS, "-|-" },
  { "no-blank", "12.13.15 PM-ish was when it came\n\n" SHOTS, "-|-" },
  { "nothing-said", "12.13.15 PM -\n\n" SHOTS, "-|-" },
};

static void
test_rows (void)
{
  HeddleParser *parser = heddle_parser_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    HeddleChain *chain
        = heddle_parse_text (parser, rows[i].text, strlen (rows[i].text), NULL, NULL);
    const HeddleMessage *message = g_ptr_array_index (chain->messages, 0);
    g_autoptr (GString) got = g_string_new (NULL);
    for (guint k = 0; k < message->attachments->len; k++) {
      const HeddleAttachment *one = g_ptr_array_index (message->attachments, k);
      g_string_append_printf (got, "%s%s", k > 0 ? "|" : "",
                              one->caption != NULL ? one->caption : "-");
    }
    if (!g_str_equal (got->str, rows[i].captions)) {
      g_test_message ("%s: %s, not %s", rows[i].name, got->str, rows[i].captions);
      g_test_fail ();
    }
    heddle_chain_free (chain);
  }
  heddle_parser_free (parser);
}

#define MAIL                                                                                       \
  "From: Ana Ruiz <ana@example.org>\nTo: Sam Oduya <sam@example.org>\nSubject: Fwd: shots\n"       \
  "Date: Tue, 10 Apr 2018 16:00:00 -0400\nMIME-Version: 1.0\n"

/* A forward keeps the files; who wrote about them stands further in. And an answer may
 * describe what the message before it named. */
static void
test_other_messages (void)
{
  static const char forward[]
      = MAIL "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nFor you.\n\n"
             "---------- Forwarded message ---------\nFrom: Pia Lund <pia@example.org>\nDate: Tue, Apr 10, "
             "2018 at 3:40 PM\nSubject: shots\nTo: Ana Ruiz <ana@example.org>\n\n12.13.15 PM - a threat\n\n"
             "--b\nContent-Type: image/png; name=\"Screen Shot 2018-03-27 at 12.13.15 PM.png\"\n"
             "Content-Disposition: attachment\n\nPNG\n--b--\n";
  static const char answer[]
      = MAIL "Content-Type: text/plain\n\n12.13.15 PM - a threat, I think.\n\nOn Tue, Apr 10, 2018 at 3:40 "
             "PM, Pia Lund <pia@example.org> wrote:\n> What is this?\n> <Screen Shot 2018-03-27 at 12.13.15 "
             "PM.png>\n";
  static const struct {
    const char *mail, *caption;
    guint message;
  } mails[] = { { forward, "a threat", 0 }, { answer, "a threat, I think.", 1 } };
  HeddleParser *parser = heddle_parser_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (mails); i++) {
    HeddleChain *chain
        = heddle_parse_mail (parser, mails[i].mail, strlen (mails[i].mail), NULL, NULL);
    g_assert_cmpuint (chain->messages->len, ==, 2);
    const HeddleMessage *message = g_ptr_array_index (chain->messages, mails[i].message);
    g_assert_cmpuint (message->attachments->len, ==, 1);
    const HeddleAttachment *file = g_ptr_array_index (message->attachments, 0);
    g_assert_cmpstr (file->caption, ==, mails[i].caption);
    heddle_chain_free (chain);
  }
  heddle_parser_free (parser);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parser/caption/rows", test_rows);
  g_test_add_func ("/parser/caption/other messages", test_other_messages);
  return g_test_run ();
}
