/* SPDX-License-Identifier: MIT */
/* Boundaries: what clients write between messages, and what only looks like it. A row
 * is a body and what is found in it: "first-last style name date", one a line. */
#include "parser/boundary.h"

#include <string.h>

typedef struct {
  const char *name, *body, *found;
} Case;

static const Case cases[] = {
  { "gmail", "Hello\n\nOn Tue, Apr 10, 2018 at 3:40 PM, Ana Ruiz <ana@example.org> wrote:\n\n> Hi\n",
    "2-2 gmail Ana Ruiz 2018-04-10T15:40\n" },
  { "gmail-new", "On Tue, Apr 3, 2018, 10:45 AM Ana Ruiz <ana@example.org> wrote:\n\nHi\n",
    "0-0 gmail Ana Ruiz 2018-04-03T10:45\n" },
  { "gmail-wrapped-twice",
    "On Tue, Apr 10, 2018 at 3:40 PM,\nAna Ruiz\n<ana@example.org> wrote:\n> Hi\n",
    "0-2 gmail Ana Ruiz 2018-04-10T15:40\n" },
  { "withheld", "On Tue, Apr 10, 2018 at 3:40 PM, (b)(6) wrote:\n\nHi\n",
    "0-0 gmail (withheld) 2018-04-10T15:40\n" },
  { "apple", "On 4 Apr 2018, at 12:26, Ana Ruiz <ana@example.org> wrote:\n\n> Hi\n",
    "0-0 apple Ana Ruiz 2018-04-04T12:26\n" },
  { "apple-us", "On Apr 3, 2018, at 11:15 AM, Ana Ruiz (b)(6) wrote:\n\nHi\n",
    "0-0 apple Ana Ruiz 2018-04-03T11:15\n" },
  { "thunderbird", "On 4/10/18 3:40 PM, Ana Ruiz wrote:\n> Hi\n",
    "0-0 thunderbird Ana Ruiz 2018-04-10T15:40\n" },
  { "yahoo",
    "On Tuesday, April 10, 2018, 3:40:11 PM EDT, Ana Ruiz <ana@example.org> wrote:\n\nHi\n",
    "0-0 yahoo Ana Ruiz 2018-04-10T15:40\n" },
  { "person-first", "Ana Ruiz <ana@example.org> wrote on 2018-04-10 15:40:11:\n\n> Hi\n",
    "0-0 unknown Ana Ruiz 2018-04-10T15:40\n" },
  { "person-first-in-prose", "Ana Ruiz wrote on 10/04/2018 that all is well:\n> Hi\n", "" },
  { "subject-wrapped",
    "From: Ana Ruiz\nSent: Tuesday, April 10, 2018 1:43 PM\n"
    "Subject: Re: The account of the radio was taken over and posts about our\nlotteries\n\nHi\n",
    "0-3 outlook Ana Ruiz 2018-04-10T13:43\n" },
  { "outlook-for-mac",
    "From: Ana Ruiz\nDate: Tuesday, 10 April 2018 at 13:43\nTo: Sam Okoro\nSubject: Re: Case\nHi\n",
    "0-3 outlook Ana Ruiz 2018-04-10T13:43\n" },
  { "yahoo-shares-its-line",
    "  On Tue, Apr 10, 2018 at 15:40, Ana Ruiz<ana@example.org> wrote:   Hi Sam\nwell\n",
    "0-0 yahoo Ana Ruiz 2018-04-10T15:40\n" },
  { "prose-shares-its-line",
    "On Tue, Apr 10, 2018 at 15:40, Ana Ruiz wrote: we are well.  So are we.\nwell\n", "" },
  { "name-only-above-quotes", "Ana Ruiz wrote:\n> Hi\n", "0-0 unknown Ana Ruiz -\n" },
  { "original-message",
    "Yes.\n\n-----Original Message-----\nFrom: Ana Ruiz\nSent: Tuesday, April 10, 2018 1:43 PM\n"
    "To: Sam Okoro\nSubject: RE: Case\n\nHi\n",
    "2-6 outlook Ana Ruiz 2018-04-10T13:43\n" },
  { "outlook-web-rule",
    "Yes.\n\n________________________________\nFrom: Ana Ruiz\n"
    "Sent: Tuesday, April 10, 2018 1:43 PM\nTo: Sam Okoro\nSubject: RE: Case\n\nHi\n",
    "2-6 outlook Ana Ruiz 2018-04-10T13:43\n" },
  { "blank-lines-between-fields",
    "From: Ana Ruiz\n\nSent: Friday, March 30, 2018 11:16 AM\n\nTo: Sam Okoro\n\n"
    "Cc: (b)(6) (b)(6) Ivo Petrov\n(b)(6)\n\nSubject: RE: Case\n\n(b)(6)\n\nHi\n",
    "0-9 outlook Ana Ruiz 2018-03-30T11:16\n" },
  { "no-from", "Official\n\nSent: Tuesday, March 27, 2018 5:20 PM\n\nSubject: Flagging\n\nHello,\n",
    "2-4 unknown - 2018-03-27T17:20\n" },
  { "gmail-forward",
    "---------- Forwarded message ---------\nFrom: Ana Ruiz <ana@example.org>\n"
    "Date: Tue, Apr 10, 2018 at 3:40 PM\nSubject: Case\nTo: Sam <sam@example.org>\n\nHi\n",
    "0-4 gmail Ana Ruiz 2018-04-10T15:40\n" },
  { "apple-forward",
    "Begin forwarded message:\n\nFrom: Ana Ruiz <ana@example.org>\nSubject: Case\n"
    "Date: April 10, 2018 at 3:40:11 PM EDT\nTo: Sam <sam@example.org>\n\nHi\n",
    "0-5 apple Ana Ruiz 2018-04-10T15:40\n" },
  { "thunderbird-forward",
    "-------- Forwarded Message --------\nSubject: Case\nDate: Tue, 10 Apr 2018 15:40:11 +0200\n"
    "From: Ana Ruiz <ana@example.org>\nTo: Sam <sam@example.org>\n\nHi\n",
    "0-4 thunderbird Ana Ruiz 2018-04-10T15:40\n" },
  { "bold-labels",
    "*From:* Ana Ruiz <ana@example.org>\n*Sent:* Tuesday, April 10, 2018 1:43 PM\n"
    "*To:* Sam\n*Subject:* Case\n\nHi\n",
    "0-3 outlook Ana Ruiz 2018-04-10T13:43\n" },
  { "quoted-block", "> From: Ana Ruiz\n> Sent: Tuesday, April 10, 2018 1:43 PM\n> Subject: x\n>\n> Hi\n",
    "0-2 outlook Ana Ruiz 2018-04-10T13:43\n" },
  { "two-in-a-row",
    "A\n\nOn Tue, Apr 10, 2018 at 3:40 PM, Ana Ruiz wrote:\n\nB\n\n"
    "On Mon, Apr 9, 2018 at 8:01 AM, Sam Okoro wrote:\n\nC\n",
    "2-2 gmail Ana Ruiz 2018-04-10T15:40\n6-6 gmail Sam Okoro 2018-04-09T08:01\n" },
  { "notes-two-lines",
    "Yes.\n\n\tAna Ruiz\n\t04/10/2018 03:40 PM\n\t\t \n\t\t To: Sam Okoro/HELP/ORG@ORG\n"
    "\t\t cc: \n\t\t Subject: Case\n\nHi\n",
    "2-7 lotus Ana Ruiz 2018-04-10T15:40\n" },
  { "notes-one-line", "Ana Ruiz on 04/10/2018 03:40:10 PM\nTo: Sam Okoro/HELP/ORG@ORG\ncc:\n\nHi\n",
    "0-2 lotus Ana Ruiz 2018-04-10T15:40\n" },
  { "notes-banner-company",
    "---------------------- Forwarded by Sam Okoro/HELP/ORG on 04/10/2018 \n"
    "04:21 PM ---------------------------\n\n\tExample Org\n\t\n"
    "\tFrom:  Ana Ruiz                           04/10/2018 03:40 PM\n\t\n"
    "To: Sam Okoro/HELP/ORG@ORG, Ivo Petrov/HELP/ORG@ORG, Li \nWei/HELP/ORG@ORG\ncc:  \n"
    "Subject: Case\n\nHi\n",
    "0-10 lotus Ana Ruiz 2018-04-10T15:40\n" },
  { "notes-wrapped-in-the-date",
    "\"Ana Ruiz of the Helpline\" <ana.ruiz@helpline.example> on 04/10/2018 \n03:40:10 PM\n"
    "To: \"Sam\" <sam@example.org>\ncc:  \nSubject: Case\n\nHi\n",
    "0-4 lotus Ana Ruiz of the Helpline 2018-04-10T15:40\n" },
  { "notes-wrapped-before-pm",
    "\"Ana Ruiz of the Helpline\" <ana.ruiz@helpline.example> on 04/10/18 03:40:10 \nPM\n\n"
    "To: Sam Okoro/HELP/ORG@ORG\ncc:\nSubject: Case\n\nHi\n",
    "0-5 lotus Ana Ruiz of the Helpline 2018-04-10T15:40\n" },
  { "notes-wrapped-in-the-name",
    "Ana Ruiz of the Helpline for People Whose Accounts Were Taken Over, Desk\n"
    "<ana.ruiz@helpline.example> on 04/10/2018 03:40 PM\nTo: Sam Okoro/HELP/ORG@ORG\ncc:\n\nHi\n",
    "0-3 lotus Ana Ruiz of the Helpline for People Whose Accounts Were Taken Over, Desk 2018-04-10T15:40\n" },
  { "notes-blank-line-below-the-author",
    "Yes.\n\n\nAna Ruiz\n\n04/10/2018 03:40 PM\nTo: Sam Okoro/HELP/ORG@ORG\ncc:  \n\n"
    "Subject: Case\n\nHi\n",
    "3-9 lotus Ana Ruiz 2018-04-10T15:40\n" },
  { "notes-sign-off-is-no-author",
    "Yes.\nThanks,\nSam\n\n04/10/2018 03:40 PM\nTo: Sam Okoro/HELP/ORG@ORG\ncc:  \n"
    "Subject: Case\n\nHi\n",
    "4-7 lotus - 2018-04-10T15:40\n" },
  { "notes-many-blank-lines",
    "\"Ana Ruiz\" <ana@example.org> on 04/10/2018 03:40:49 PM\n\n\n\n\n\n\n\n\n\n"
    " To:      Sam Okoro/HELP@HELP\n\n cc:      \"Ivo Petrov\" <ivo@example.org>, \"Li\n"
    "          Wei\" <li@example.org>\n\n\n Subject: Case\n\nHi\n",
    "0-16 lotus Ana Ruiz 2018-04-10T15:40\n" },
  { "notes-sent-by-and-respond",
    "\tAna Ruiz\n\tSent by: Sam Okoro\n\t04/10/2018 03:40 PM\n\tPlease respond to Ana Ruiz\n\t\t \n"
    "\t\t To: Ivo Petrov/HELP/ORG@ORG\n\t\t cc: \n\t\t Subject: Case\n\nHi\n",
    "0-7 lotus Ana Ruiz 2018-04-10T15:40\n" },
  { "notes-box-below-a-banner",
    "---------------------- Forwarded by Sam Okoro/HELP on 04/10/2018 03:59 PM\n"
    "---------------------------\n                     ANA R.\n"
    "                     RUIZHELPLINE\n                     04/09/2018 03:31 PM\n"
    "        (Embedded image moved to file: pic17086.pcx)\n\n"
    "Helpline of the Coast  040-216-1442    Fax Number: 040-216-2884\n\n"
    "To:   Sam Okoro/HELP@HELP\ncc:\nSubject:  Case\n\nHi\n",
    "0-11 lotus ANA R. RUIZHELPLINE 2018-04-09T15:31\n" },
  { "notes-all-on-one-line",
    "Yes.\n\nSam\n\n\n\n\tAna Ruiz/HELP@EXAMPLE 04/10/18 03:40 PM \t   To: Sam Okoro/HELP "
    "Desk@HELP Desk  cc: Ivo Petrov/HELP@EXAMPLE  Subject: RE: Case\t\n\n\nHi\n",
    "6-6 lotus Ana Ruiz 2018-04-10T15:40\n" },
  { "notes-labels-without-colons",
    "Yes.\n\nAna Ruiz/HELP/ORG\n04/10/2018 03:40 PM\n\nTo\nSam Okoro/HELP/ORG@ORG\ncc\n\n"
    "Subject\nRe: Case\n\n\n\nHi\n",
    "2-10 lotus Ana Ruiz 2018-04-10T15:40\n" },
  { "notes-from-and-date-below-a-banner",
    "---------------------- Forwarded by Sam Okoro/HELP on 04/10/2018 \n"
    "03:59 PM ---------------------------\nFrom:\tAna Ruiz@HELP on 04/09/2018 10:46 AM\n\nHi\n",
    "0-2 lotus Ana Ruiz 2018-04-09T10:46\n" },
  { "notes-two-columns",
    "                    \"Ana Ruiz\"\n"
    "                    <ana.ruiz@helpl        To:     \"Sam Okoro\" \n"
    "<sam.okoro@example.org>\n"
    "                    ine.example>           cc:     Ivo Petrov/HELP@HELP, \n"
    "                                           Li Wei <li@example.org>\n"
    "                    04/10/2018 03:40       Subject:     Case\n"
    "                    PM\n\nHi\n",
    "0-6 lotus Ana Ruiz 2018-04-10T15:40\n" },
  { "notes-two-columns-sent-by",
    "> >                     Ana Ruiz\n> >                     Sent by: Li Wei        To:     "
    "Sam Okoro/HELP@HELP\n> >                                            cc:\n"
    "> >                     04/10/2018             Subject:     The account was\n> taken over\n"
    "> >                     03:40 PM\n> >                     Please respond\n"
    "> >                     to Ana Ruiz\n> >\n> > Hi\n",
    "0-7 lotus Ana Ruiz 2018-04-10T15:40\n" },
  { "notes-message-from",
    "Yes.\n\n----- Message from \"Ana Ruiz\" <ana@example.org> on Tue, 10 Apr \n"
    "2018 15:40:32 +0200 -----\nTo:\t\"Sam Okoro\" <sam@example.org>\n"
    "cc:\t\"Ivo Petrov\" \n<ivo@example.org>\nSubject:\tCase\nHi\n",
    "2-7 lotus Ana Ruiz 2018-04-10T15:40\n" },
  { "notes-wrote",
    "Yes.\n\n-----Ana Ruiz/HELP/ORG wrote: -----\nTo: Sam Okoro/HELP/ORG@ORG\nFrom: Ana Ruiz/HELP/ORG\n"
    "Date: 04/10/2018 03:40PM\nSubject: Case\n\nHi\n",
    "2-6 lotus Ana Ruiz 2018-04-10T15:40\n" },
  { "notes-wrote-and-quoted-its-fields",
    "-----\"Ana Ruiz\" <ana@example.org> wrote: -----\n\n>To: \"Sam Okoro\" <sam@example.org>\n"
    ">From: \"Ana Ruiz\" <ana@example.org>\n>Date: 04/10/2018 03:40PM\n"
    ">Cc: \"Ivo Petrov\" <ivo@example.org>, li@example.org,\n>desk@example.org\n"
    ">Subject: [EXTERNAL] Re: What the station should do about the lost\n>account\n>\n>Hi\n>\n\nYes.\n",
    "0-8 lotus Ana Ruiz 2018-04-10T15:40\n" },
  { "notes-wrote-wrapped",
    "-----\"Ana Ruiz of the Helpline for All\" <ana.ruiz@helpline.example> wrote:\n-----\n\n>Hi\n",
    "0-1 lotus Ana Ruiz of the Helpline for All -\n" },
  { "trap-wrote-between-dashes", "----- what I wrote: -----\nnothing\n----- and then -----\n",
    "" },
  { "notes-unsent",
    "Thanks.\nSam\n \n\nTo: Ana Ruiz/HELP/ORG@ORG, All of the Help \nDesk\n"
    "cc: Ivo Petrov/HELP/ORG@ORG, Li \nWei/HELP/ORG@ORG \n\nSubject: New Case\n\nHi\n",
    "4-9 lotus - -\n" },
  { "trap-draft-of-a-mail",
    "Please write to them:\n\nTo: desk@example.org\nCc: ana@example.org\nSubject: The radio\n\nHi\n", "" },
  { "groupwise-below-a-mark", "> Hi\n>>>> Ana Ruiz <ana@example.org> 04/10/18 3:40 PM >>>\n> Hi\n",
    "1-1 groupwise Ana Ruiz 2018-04-10T15:40\n" },
  { "deep-quote-is-no-groupwise",
    "a\n>>> On 4/10/2018 at 3:40 PM, Ana Ruiz <ana@example.org> wrote:\n>>>> Hi\n",
    "1-1 groupwise Ana Ruiz 2018-04-10T15:40\n" },
  { "notes-names-the-month",
    "Ana Ruiz/HELP/ORG\nApril 10, 2018 03:40 PM\n\nTo: Sam Okoro/HELP@ORG\ncc:\nSubject: Case\n\nHi\n",
    "0-5 lotus Ana Ruiz 2018-04-10T15:40\n" },
  { "values-below-their-labels",
    "From:\nAna Ruiz\nSent:\nTuesday, April 10, 2018 1:43 PM\nTo:\nSam Okoro\nSubject:\nCase\n\nHi\n",
    "0-7 outlook Ana Ruiz 2018-04-10T13:43\n" },
  { "empty-subject-above-text",
    "From: Ana Ruiz\nSent: Tuesday, April 10, 2018 1:43 PM\nTo: Sam Okoro\nSubject:\nHi Sam\n",
    "0-3 outlook Ana Ruiz 2018-04-10T13:43\n" },
  { "cells-of-a-table",
    "From: | Ana Ruiz <ana@example.org>\nDate: | Tue, 10 Apr 2018 15:40:11 +0200\nSubject: | Case\n\nHi\n",
    "0-2 unknown Ana Ruiz 2018-04-10T15:40\n" },
  { "no-break-blanks-around-the-colon",
    "From\302\240: Ana Ruiz\nSent\302\240:\302\240Tuesday, April 10, 2018 1:43 PM\nTo\302\240: Sam\n"
    "Subject\302\240: Case\n\nHi\n",
    "0-3 outlook Ana Ruiz 2018-04-10T13:43\n" },
  { "ccmail",
    "Yes.\n\n______________________________ Reply Separator _________________________________\n"
    "Subject: Case\nAuthor:  Ana Ruiz at HELPLINE\nDate:    4/10/98 3:40 PM\n\n\nHi\n",
    "2-5 ccmail Ana Ruiz 1998-04-10T15:40\n" },
  { "ccmail-from-outside",
    "____________________Reply Separator____________________\nSubject:    Case\n"
    "Author: \"Ruiz; Ana (Helpline)\" <SMTP:ana@example.org>\nDate:       04/10/2018 2:40 PM\n\nHi\n",
    "0-3 ccmail Ruiz; Ana (Helpline) 2018-04-10T14:40\n" },
  { "groupwise",
    "Yes.\nSam\n\n>>> Ana Ruiz <ana@example.org> 04/10/18 03:40PM >>>\n\nHi\n",
    "3-3 groupwise Ana Ruiz 2018-04-10T15:40\n" },
  { "groupwise-wrapped",
    "Yes.\n\n>>> \"Ana Ruiz of the Helpline\" <ana.ruiz@helpline.example> 4/10/2018 3:40:43 \n"
    "pm >>>\nHi\n",
    "2-3 groupwise Ana Ruiz of the Helpline 2018-04-10T15:40\n" },
  { "groupwise-in-message",
    "Yes.\n\n>>> On 4/10/2018 at 3:40 PM, in message\n<5ACCBF5A.6F1C.00A5.0@helpline.example>, "
    "Ana Ruiz\n<ana@example.org> wrote:\n> Hi\n",
    "2-4 groupwise Ana Ruiz 2018-04-10T15:40\n" },
  { "trap-three-marks", ">>> Ana said it on 04/10/2018\n>>> and we did\n", "" },
  { "bracket-below-from",
    "    -----Original Message-----\n   From:   \"Ruiz, Ana\" <ana@example.org>@HELPLINE\n\n"
    "[mailto:IMCEANOTES-+22Ruiz+2C+20Ana+22+20+3Cana+40example+2Eorg+3E+40HELP\n"
    "LINE@HELPLINE.example]\n\n\n   Sent:   Tuesday, April 10, 2018 1:43 PM\n   To:     Okoro, Sam\n"
    "   Subject:  RE: Case\n\nHi\n",
    "0-9 outlook Ruiz, Ana 2018-04-10T13:43\n" },
  { "header-as-it-travels",
    "Hello\n\nReceived: from mail.example.org (mail.example.org [192.0.2.7]) by \n"
    "mx.example.org with ESMTP; Tue, 10 Apr 2018 15:40:14 +0200\nMessage-ID: <a1@example.org>\n"
    "Date: Tue, 10 Apr 2018 15:40:11 +0200\nFrom: Ana Ruiz <ana@example.org>\n"
    "X-Accept-Language: en\nTo: Sam Okoro <sam@example.org>\nSubject: Case\n"
    "Content-Type: multipart/mixed; boundary=\"\n------------2161B6\"\n\nHi\n",
    "2-11 unknown Ana Ruiz 2018-04-10T15:40\n" },
  { "mark-lost-in-a-field",
    "> From: Ana Ruiz <ana@example.org>\n> To: \"Sam\" <sam@example.org>, \"Ivo Petrov\"\n"
    "<ivo@example.org>,\n> \"Li\" <li@example.org>\n> Subject: Case\n> Date: Tue, 10 Apr 2018 15:40:11 "
    "+0200\n>\n> Hi\n",
    "0-5 unknown Ana Ruiz 2018-04-10T15:40\n" },
  { "fields-on-one-line",
    "From: Ana Ruiz [mailto:ana@example.org] Sent: Tuesday, April 10, 2018 1:43 PM To: Sam Okoro "
    "Cc: Ivo Petrov Subject: RE: Case\n\nHi\n",
    "0-0 unknown Ana Ruiz 2018-04-10T13:43\n" },
  { "inline-attachment",
    "\n--------- Inline attachment follows ---------\n\nFrom:  </O=HELP/OU=EU/CN=RECIPIENTS/CN=ARUIZ>\n"
    "To: Okoro, Sam </O=HELP/OU=EU/CN=RECIPIENTS/CN=SOKORO>\nDate: Tuesday, April 10, 2018 4:23:32 "
    "GMT\nSubject: \n\nHi\n",
    "1-6 unknown ARUIZ 2018-04-10T04:23\n" },
  { "trap-author-of-a-book", "Author: Ana Ruiz\nSubject: Radio\nTo: all who listen\n\nHi\n", "" },
  { "trap-memo-of-names", "Ana Ruiz\nSam Okoro\nIvo Petrov\n04/10/2018\nTo: the desk\n", "" },
  { "trap-journey", "From: Berlin\nTo: Paris\nDate: 10 April 2018\nPrice: 40\n", "" },
  { "trap-journey-on-one-line", "From: Berlin To: Paris Date: 10 April 2018\n", "" },
  { "day-and-subject", "From: Ana Ruiz\nDate: 10 April 2018\nSubject: Case\n\nHi\n",
    "0-2 unknown Ana Ruiz 2018-04-10T00:00\n" },
  { "trap-release", "X-Mailer: none\nX-Status: none\nThat is what the log said.\n", "" },
  { "trap-name-and-date", "Ana Ruiz\n04/10/2018 03:40 PM\nwas the last that we heard.\n", "" },
  /* no boundaries */
  { "trap-prose", "On Monday he wrote: nothing will come of it.\nWe waited.\n", "" },
  { "trap-she-wrote", "As she wrote:\n\nnothing will come of it.\n", "" },
  { "trap-contract", "From: Berlin\nTo: Paris\nPrice: 40\n", "" },
  { "trap-note", "Note to self:\nSubject: the thing we spoke of\n\nIt is late.\n", "" },
  { "trap-re", "Re: the thing we spoke of\n\nIt is late.\n", "" },
  { "trap-dashes", "-----\nOriginal message of the day: be kind\n-----\n", "" },
  { "trap-dated-prose", "On 10 April 2018 we filed a report with these three links:\n\nhttps://x.example/a\n",
    "" },
  { "trailer", "Hi\n\nSender:\tAna Ruiz (b)(6)\n\t(b)(6)\nRecipient:\t(b)(6)\n\tSam <(b)(6)>\n", "" },
};

static void
describe (const HeddleBoundary *b, GString *out)
{
  g_string_append_printf (out, "%u-%u %s ", b->first, b->last, b->style);
  if (b->from == NULL)
    g_string_append (out, "-");
  else
    g_string_append (out, b->from->name != NULL ? b->from->name
                          : b->from->redacted   ? "(withheld)"
                                                : "(no name)");
  if (b->date != NULL && b->date->has_local)
    g_string_append_printf (out, " %04d-%02d-%02dT%02d:%02d\n", b->date->local.year,
                            b->date->local.month, b->date->local.day, b->date->local.hour,
                            b->date->local.minute);
  else
    g_string_append (out, " -\n");
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (HeddleParser) parser = heddle_parser_new ();
  g_autoptr (HeddleBody) body = heddle_body_new ();
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  heddle_body_add_text (body, c->body, strlen (c->body), (HeddleTextForm){ FALSE, FALSE },
                        &heddle_limits_default, warnings);
  HeddleView view = { heddle_parser_tables (parser), body->lines };
  g_autoptr (GPtrArray) found = heddle_boundaries_find (&view, FALSE, NULL);
  g_autoptr (GString) out = g_string_new (NULL);
  for (guint i = 0; i < found->len; i++)
    describe (g_ptr_array_index (found, i), out);
  g_assert_cmpstr (out->str, ==, c->found);
}

/* What the fields of the first boundary say: "subject | to | cc | bcc". */
static const Case fields[] = {
  { "outlook-turned-name",
    "From: Ruiz, Ana\nSent: Tuesday, April 10, 2018 1:43 PM\nTo: Okoro III, Sam\nCc: Wei, Li M.\n"
    "Subject: Case\n\nHi\n",
    "Case | Okoro III, Sam | Wei, Li M. | " },
  { "outlook-two-whole-names",
    "From: Ana Ruiz\nSent: Tuesday, April 10, 2018 1:43 PM\nTo: Sam Okoro, Li Wei\nSubject: Case\n\nHi\n",
    "Case | Sam Okoro & Li Wei |  | " },
  { "outlook-wrapped-list",
    "From: Ruiz, Ana\nSent: Tuesday, April 10, 2018 1:43 PM\nTo: Okoro, Sam; Petrov,\n"
    "Ivo; 'li@example.org'; 'Holly Brandt\n(E-mail)'\nSubject: Case\nImportance: High\n\nHi\n",
    "Case | Okoro, Sam & Petrov, Ivo & li@example.org & Holly Brandt |  | " },
  { "no-outlook-two-names",
    "From: Ana <ana@example.org>\nDate: Tue, 10 Apr 2018 15:40:11 +0200\nTo: Sam, Li\nSubject: Case\n\nHi\n",
    "Case | Sam & Li |  | " },
  { "notes-blind-copy-in-brackets",
    "Ana Ruiz\n04/10/2018 03:40 PM\nTo: Sam Okoro/HELP@ORG, Help Desk@ORG\n"
    "cc: Ivo Petrov/HELP@ORG (bcc: Li Wei/HELP@ORG)\nSubject: Case\n\nHi\n",
    "Case | Sam Okoro & Help Desk | Ivo Petrov | Li Wei" },
  { "notes-wrapped-in-a-path",
    "Ana Ruiz\n04/10/2018 03:40 PM\nTo: Sam Okoro/HELP@ORG, Molly Lund/Help \nDesk@Help Desk@ORG, Li \n"
    "Wei/HELP@ORG\ncc:  \n\nSubject: Case\n\nHi\n",
    "Case | Sam Okoro & Molly Lund & Li Wei |  | " },
  { "notes-on-one-line",
    "\tAna Ruiz/HELP 04/10/18 03:40 PM \t   To: Sam Okoro/HELP@ORG, li@example.org@ORG  cc: Ivo "
    "Petrov/HELP@ORG  Subject: RE: Case: to all\t\n\nHi\n",
    "RE: Case: to all | Sam Okoro & li@example.org | Ivo Petrov | " },
  { "notes-two-columns",
    "                    Ana Ruiz\n                    <ana@example           To:     \"Sam Okoro\" \n"
    "<sam@example.org>, Li\n                    .org>                  Wei/HELP@ORG\n"
    "                                           cc:\n"
    "                    04/10/2018             Subject:     The case of the\n"
    "                    03:40 PM               radio\n\nHi\n",
    "The case of the radio | sam@example.org & Li Wei |  | " },
  { "ccmail",
    "_____________________________ Forward Header _____________________________\nSubject: Case\n"
    "Author:  Ana Ruiz at HELPLINE\nDate:    4/10/98 3:40 PM\n\nHi\n",
    "Case |  |  | " },
  { "withheld-list",
    "From: Ana Ruiz\nDate: Tue, 10 Apr 2018 15:40:11 +0200\nTo: undisclosed-recipients:;\nSubject: Case\n\nHi\n",
    "Case |  |  | " },
};

static void
append_people (const GPtrArray *people, GString *out)
{
  g_string_append (out, " | ");
  for (guint i = 0; i < people->len; i++) {
    const HeddlePerson *person = g_ptr_array_index (people, i);
    g_string_append_printf (out, "%s%s", i > 0 ? " & " : "",
                            person->address != NULL ? person->address
                            : person->name != NULL  ? person->name
                                                    : "(withheld)");
  }
}

static void
test_fields (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (HeddleParser) parser = heddle_parser_new ();
  g_autoptr (HeddleBody) body = heddle_body_new ();
  heddle_body_add_text (body, c->body, strlen (c->body), (HeddleTextForm){ FALSE, FALSE },
                        &heddle_limits_default, NULL);
  HeddleView view = { heddle_parser_tables (parser), body->lines };
  g_autoptr (GPtrArray) found = heddle_boundaries_find (&view, FALSE, NULL);
  g_assert_cmpuint (found->len, ==, 1);
  const HeddleBoundary *b = g_ptr_array_index (found, 0);
  g_autoptr (GString) out = g_string_new (b->subject != NULL ? b->subject : "");
  append_people (b->to, out);
  append_people (b->cc, out);
  append_people (b->bcc, out);
  g_assert_cmpstr (out->str, ==, c->found);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/boundary/%s", cases[i].name);
    g_test_add_data_func (path, &cases[i], test_case);
  }
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    g_autofree char *path = g_strdup_printf ("/fields/%s", fields[i].name);
    g_test_add_data_func (path, &fields[i], test_fields);
  }
  return g_test_run ();
}
