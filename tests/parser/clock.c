/* SPDX-License-Identifier: MIT */
/* The order of day and month in a chain, and zones that one message pins for another: a
 * row is a mail, and of each message of its chain the day, the moment, and what an
 * inferred moment rests on. */
#include "parser/facts.h"
#include "parser/parser.h"

#include <string.h>

#define HEAD                                                                                       \
  "From: Sam Oduya <sam@example.org>\nTo: Ana Ruiz <ana@example.org>\nSubject: Re: Account\n"      \
  "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"

typedef struct {
  const char *name, *mail, *expect;
  gboolean warns; /* of two readings */
} Case;

static const Case cases[] = {
  { "german-labels",
    HEAD "Date: Fri, 11 May 2018 09:00:00 +0200\n\nOk.\n\nVon: Ana Ruiz <ana@example.org>\n"
         "Gesendet: 03/04/2018 15:40\nAn: Sam Oduya <sam@example.org>\nBetreff: Account\n\nHi\n",
    "2018-05-11 07:00Z|2018-04-03", FALSE },
  { "french-attribution",
    HEAD "Date: Fri, 11 May 2018 09:00:00 +0200\n\nOk.\n\nLe 03/04/2018 \303\240 15:40, Ana Ruiz a "
         "\303\251crit :\n> Bonjour\n",
    "2018-05-11 07:00Z|2018-04-03", FALSE },
  { "english-alone",
    HEAD "Date: Fri, 11 May 2018 09:00:00 +0200\n\nOk.\n\nOn 03/04/2018 15:40, Ana Ruiz wrote:\n> Hi\n",
    "2018-05-11 07:00Z|2018-03-04", TRUE },
  { "english-by-time",
    HEAD "Date: Mon, 12 Mar 2018 09:00:00 +0100\n\nOk.\n\nOn 11/03/2018 15:40, Ana Ruiz wrote:\n> Hi\n",
    "2018-03-12 08:00Z|2018-03-11 14:40Z answer 0 at +1", FALSE },
  { "english-in-europe",
    HEAD "Date: Fri, 11 May 2018 09:00:00 +0200\n\nOk.\n\n-------- Original message --------\n"
         "From: Ana Ruiz <ana@example.org>\nDate: 03/04/2018 15:40 (GMT+01:00)\n"
         "To: Sam Oduya <sam@example.org>\nSubject: Account\n\nHi\n",
    "2018-05-11 07:00Z|2018-04-03 14:40Z", FALSE },
  { "english-in-america",
    HEAD "Date: Fri, 11 May 2018 09:00:00 +0200\n\nOk.\n\n-------- Original message --------\n"
         "From: Ana Ruiz <ana@example.org>\nDate: 03/04/2018 15:40 (GMT-05:00)\n"
         "To: Sam Oduya <sam@example.org>\nSubject: Account\n\nHi\n",
    "2018-05-11 07:00Z|2018-03-04 20:40Z", TRUE },
  { "english-in-manila",
    HEAD "Date: Fri, 11 May 2018 09:00:00 +0200\n\nOk.\n\n-------- Original message --------\n"
         "From: Ana Ruiz <ana@example.org>\nDate: 03/04/2018 15:40 (GMT+08:00)\n"
         "To: Sam Oduya <sam@example.org>\nSubject: Account\n\nHi\n",
    "2018-05-11 07:00Z|2018-03-04 07:40Z", TRUE },
  { "english-by-others",
    HEAD "Date: Fri, 11 May 2018 09:00:00 +0200\n\nOk, by 05/06/2018.\n\nOn 25/04/2018 15:40, Ana Ruiz "
         "wrote:\n> Hi\n>\n> On 03/04/2018 10:00, Sam Oduya wrote:\n>> Hello\n",
    "2018-05-11 07:00Z|2018-04-25|2018-04-03", FALSE },
  { "direct-zone",
    HEAD "Date: Tue, 10 Apr 2018 16:00:00 -0400\n\nOk.\n\nOn Tue, Apr 10, 2018 at 3:40 PM, Ana Ruiz "
         "<ana@example.org> wrote:\n> Hi\n",
    "2018-04-10 20:00Z|2018-04-10 19:40Z answer 0 at -4", FALSE },
  { "zone-of-the-same-person",
    HEAD "Date: Tue, 10 Apr 2018 16:00:00 -0400\n\nOk.\n\nOn Tue, Apr 10, 2018 at 3:40 PM, Ana Ruiz "
         "<ana@example.org> wrote:\n> Thanks.\n>\n> On Tue, Apr 10, 2018 at 9:10 PM, Sam Oduya "
         "<sam@example.org> wrote:\n>> Please wait.\n>>\n>> On Tue, Apr 10, 2018 at 2:05 PM, Ana Ruiz "
         "<ana@example.org> wrote:\n>>> Hello\n",
    "2018-04-10 20:00Z|2018-04-10 19:40Z answer 0 at -4|2018-04-10|2018-04-10 18:05Z author 0 at -4", FALSE },
  { "zone-of-nobody",
    HEAD "Date: Tue, 10 Apr 2018 16:00:00 -0400\n\nOk.\n\nOn Tue, Apr 10, 2018 at 3:40 PM, Ana Ruiz "
         "<ana@example.org> wrote:\n> Thanks.\n>\n> On Tue, Apr 10, 2018 at 9:10 PM, Pia Lund "
         "<pia@example.org> wrote:\n>> Please wait.\n",
    "2018-04-10 20:00Z|2018-04-10 19:40Z answer 0 at -4|2018-04-10", FALSE },
  /* Pia's message stands in the mail as a part, with its offset, and as Ana's client shows it. */
  { "copy-tells-the-zone",
    "From: Sam Oduya <sam@example.org>\nTo: Ana Ruiz <ana@example.org>\nSubject: Re: Account\n"
    "Date: Tue, 10 Apr 2018 22:00:00 +0200\nMIME-Version: 1.0\n"
    "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nOk.\n\nOn Tue, Apr 10, 2018 "
    "at 9:40 PM, Ana Ruiz <ana@example.org> wrote:\n> Thanks.\n>\n> On Tue, Apr 10, 2018 at 2:05 PM, Pia "
    "Lund <pia@example.org> wrote:\n>> Hello, who can help?\n\n--b\nContent-Type: message/rfc822\n\n"
    "From: Pia Lund <pia@example.org>\nTo: Ana Ruiz <ana@example.org>\nSubject: Account\n"
    "Date: Tue, 10 Apr 2018 11:05:00 -0700\n\nHello, who can help?\n--b--\n",
    "2018-04-10 20:00Z|2018-04-10 19:40Z answer 0 at +2|2018-04-10 18:05Z copy 3 at -4|2018-04-10 18:05Z",
    FALSE },
  /* Language: month first is English, but neither of two hands of a chain that agrees. */
  { "spanish-labels",
    HEAD "Date: Fri, 11 May 2018 09:00:00 +0200\n\nOk.\n\nDe: Ana Ruiz <ana@example.org>\n"
         "Enviado: 03/04/2018 15:40\nPara: Sam Oduya <sam@example.org>\nAsunto: Account\n\nHola\n",
    "2018-05-11 07:00Z|2018-04-03", FALSE },
  { "english-by-others-month-first",
    HEAD "Date: Fri, 11 May 2018 09:00:00 +0200\n\nOk.\n\nOn 04/25/2018 15:40, Ana Ruiz wrote:\n> Hi\n>\n"
         "> On 03/04/2018 10:00, Sam Oduya wrote:\n>> Hello\n",
    "2018-05-11 07:00Z|2018-04-25|2018-03-04", FALSE },
  /* The year is too far back for either reading to be younger than the answer. */
  { "english-of-another-year",
    HEAD "Date: Fri, 11 May 2018 09:00:00 +0200\n\nOk.\n\nOn 05/06/2017 15:40, Ana Ruiz wrote:\n> Hi\n",
    "2018-05-11 07:00Z|2017-05-06", TRUE },
  { "same-either-way",
    HEAD "Date: Fri, 11 May 2018 09:00:00 +0200\n\nOk.\n\nOn 04/04/2018 15:40, Ana Ruiz wrote:\n> Hi\n",
    "2018-05-11 07:00Z|2018-04-04", FALSE },
};

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  HeddleParser *parser = heddle_parser_new ();
  g_autoptr (GError) error = NULL;
  HeddleChain *chain = heddle_parse_mail (parser, test->mail, strlen (test->mail), NULL, &error);
  g_autoptr (GString) got = g_string_new (NULL);
  gboolean warns = FALSE;

  g_assert_no_error (error);
  for (guint i = 0; i < chain->messages->len; i++) {
    const HeddleMessage *message = g_ptr_array_index (chain->messages, i);
    const HeddleDate *date = message->date;
    g_assert_nonnull (date);
    HeddleWall wall = date->local;
    if (date->has_utc)
      heddle_wall_from_seconds (date->utc, &wall);
    g_string_append_printf (got, "%s%04d-%02d-%02d", i > 0 ? "|" : "", wall.year, wall.month,
                            wall.day);
    if (date->has_utc)
      g_string_append_printf (got, " %02d:%02dZ", wall.hour, wall.minute);
    g_assert_cmpint (date->pin != HEDDLE_PIN_NONE, ==, date->inferred);
    if (date->inferred)
      g_string_append_printf (got, " %s %d at %+d", heddle_pin_name (date->pin), date->witness,
                              date->zone / 60);
  }
  for (guint i = 0; i < chain->warnings->len; i++)
    warns |= strstr (g_ptr_array_index (chain->warnings, i), "two ways") != NULL;
  g_assert_cmpstr (got->str, ==, test->expect);
  g_assert_cmpint (warns, ==, test->warns);
  heddle_chain_free (chain);
  heddle_parser_free (parser);
}

/* What people wrote follows the order that the chain settles. */
static void
test_mentions (void)
{
  HeddleParser *parser = heddle_parser_new ();
  const char *mail = cases[7].mail;
  HeddleChain *chain = heddle_parse_mail (parser, mail, strlen (mail), NULL, NULL);
  const HeddleMessage *message = g_ptr_array_index (chain->messages, 0);

  g_assert_cmpuint (message->dates->len, ==, 1);
  const HeddleMention *mention = g_ptr_array_index (message->dates, 0);
  g_assert_cmpint (mention->start.month, ==, 6);
  g_assert_cmpint (mention->start.day, ==, 5);
  heddle_chain_free (chain);
  heddle_parser_free (parser);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/parser/clock/%s", cases[i].name);
    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/parser/clock/mentions", test_mentions);
  return g_test_run ();
}
