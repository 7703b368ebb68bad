/* SPDX-License-Identifier: MIT */
/* The catalogue of boundary styles: what clients write between a message and the one it
 * quotes, in text. What their HTML says by class and id stands in htmlmark.c.
 *
 * A row is a shape (style.h), an example, and where the form was seen: in the client's own
 * source or documentation, in the test mails of a public project, or in a kind of mail that
 * everybody can look up. What was seen nowhere has no row. Rows of one shape stand in the
 * order in which more mail fits them; the first counts.
 */
#include "parser/style.h"

#define LISTS "mail of the Apache Solr users' list, 2017"
#define TRIMMER "discourse/email_reply_trimmer, embedded_email_matcher.rb"
#define FORWARDS "crisp-oss/email-forward-parser, test/fixtures/"
#define TALON "mailgun/talon, tests/fixtures/"

/* clang-format off: a row is read as a row */
const HeddleStyle heddle_styles[] = {
  /* --- attributions --- */
  { "yahoo", "reply", "ow,mn,Y@tp?,[JA]v:+",
    "On Tue, Apr 10, 2018 at 3:40 PM, Ana Ruiz<ana@example.org> wrote:   Hello Sam,",
    "Yahoo's apps; mail of the helpline's kind with \"Sent from Yahoo Mail on Android\"" },
  { "google-groups", "reply", "oW,[Mm]n,Y@spz?,[PX]v:",
    "On Tuesday, April 10, 2018 at 3:40:11 PM UTC+2, Ana Ruiz wrote:",
    "mail of lists at Google Groups, sent from its web pages" },
  { "proton", "reply", "oW,[Mm]n,Y@tp?,[Aa]v:",
    "On Tuesday, April 10th, 2018 at 3:40 PM, Ana Ruiz <ana@example.org> wrote:",
    "ProtonMail/WebClients, the composer's reply line" },
  { "yahoo", "reply", "oW,[Mmn][Mmn],?Y,?@?[st]p?z?,[AaPQJX]v:",
    "On Tuesday, April 10, 2018, 3:40:11 PM EDT, Ana Ruiz <ana@example.org> wrote:", LISTS },
  { "fastmail", "reply", "ow,mn,Y,@tp?,[PA]v:",
    "On Tue, Apr 10, 2018, at 3:40 PM, Ana Ruiz wrote:", TRIMMER },
  { "superhuman", "reply", "ow,mnY@tp,[AJ]v:",
    "On Tue, Apr 10 2018 at 3:40 PM, Ana Ruiz < ana@example.org > wrote:",
    "mail of public lists, sent with Superhuman" },
  { "mutt", "reply", "ow,mn,Y@spz?,[PAa]v:",
    "On Tue, Apr 10, 2018 at 03:40:11PM +0200, Ana Ruiz wrote:",
    "Mutt's manual, $attribution and %d; mail of the Linux kernel's lists" },
  { "gmail", "reply", "o?v?w,?[mn].?[mn],?Y,?@?tp?o?,?o?v?[AQ]v?:?",
    "On Tue, Apr 10, 2018 at 3:40 PM Ana Ruiz <ana@example.org> wrote:", LISTS },
  { "gmail", "reply", "ow,mn,Y@?,?tp?,[XaP]v:",
    "On Tue, Apr 10, 2018 at 3:40 PM, <ana@example.org> wrote:", LISTS },
  { "gmail", "reply", "onMY@t,?v?[AQ]v?:",
    "On 10 April 2018 at 15:40, Ana Ruiz <ana@example.org> wrote:", LISTS },
  { "gmail", "reply", "Y-n-ntz[Aa]:",
    "2018-04-10 15:40 GMT+02:00 Ana Ruiz <ana@example.org>:", LISTS },
  { "gmail", "reply", "Y/n/nA", "2018/4/10 Ana Ruiz <ana@example.org>", TRIMMER },
  { "gmail", "reply", "on?mn?,?Ytp?,?v?[QA]v?:",
    "On Apr 10, 2018 3:40 PM, \"Ana Ruiz\" <ana@example.org> wrote:", LISTS },
  { "gmail", "reply", "on.n.Ytv[QA]:",
    "Am 10.04.2018 15:40 schrieb \"Ana Ruiz\" <ana@example.org>:", LISTS },
  { "gmail", "reply", "A,nmYw,to?v:", "Ana Ruiz <ana@example.org>, 10 Nis 2018 Sal, 15:40 tarihinde şunu yazdı:",
    "mail of the Linux kernel's lists, in Turkish" },
  { "gmail", "reply", "AoY[mn]nw?p?tv:", "Ana Ruiz <ana@example.org> 于2018年4月10日周二 下午3:40写道：",
    "mail of the Linux kernel's lists, in Chinese" },
  { "gmail", "reply", "Y[mn]nw?p?t,?Av?:", "2018年4月10日(火) 15:40 Ana Ruiz <ana@example.org>:",
    "mail of public lists, in Japanese and Korean" },
  { "evolution", "reply", "ow,Y-n-n@tz,[PAa]v:",
    "On Tue, 2018-04-10 at 15:40 +0200, Ana Ruiz wrote:", LISTS },
  { "freshdesk", "reply", "ow,nm@tp,Av:",
    "On Tue, 10 Apr at 3:40 PM , Ana Ruiz <ana@example.org> wrote:",
    "mail from Freshdesk desks" },
  { "rt", "reply", "owmnsY,[aPA]v:",
    "On Tue Apr 10 15:40:11 2018, ana@example.org wrote:",
    "Request Tracker, the quotation above a reply on a ticket" },
  { "claws", "reply", "ow,nmYszAv:",
    "On Tue, 10 Apr 2018 15:40:11 +0200\nAna Ruiz <ana@example.org> wrote:",
    "Claws Mail's and Sylpheed's default quotation; mail of the Linux kernel's lists" },
  { "zoho", "reply", "dow,nmYsz[AaJ]vd",
    "---- On Tue, 10 Apr 2018 15:40:11 +0200 Ana Ruiz <ana@example.org> wrote ----",
    "crisp-oss/email-reply-parser, test/fixtures/email_zoho.txt" },
  { "pine", "reply", "ow,nmY,[PA]v:", "On Tue, 10 Apr 2018, Ana Ruiz wrote:",
    "Alpine's default reply leadin, _DATE_ and _FROM_; mail of the Linux kernel's lists" },
  { "mailru", "reply", "w,nmYsz[vo][Aa]:", "Tue, 10 Apr 2018 15:40:11 +0400 от Ana Ruiz <ana@example.org>:",
    TALON "html_replies/mail_ru.html" },
  { "mailru", "reply", "W,n?[Mm]n?,?Y,?tp?z[vo][Aa]:",
    "Вторник, 10 апреля 2018, 15:40 +03:00 от Ana Ruiz <ana@example.org>:",
    "closeio/quotequail, tests/files/mailru_forward.html, for the date; mail of public lists" },
  { "spark", "reply", "onmY,?tz,A,v:", "On 10 Apr 2018, 15:40 +0200, Ana Ruiz <ana@example.org>, wrote:", LISTS },
  { "k9", "reply", "on?[Mm]n?,?Yszv?,?[AQ]v?:", "On April 10, 2018 3:40:11 PM EDT, Ana Ruiz <ana@example.org> wrote:",
    LISTS },
  { "k9", "reply", "onMYspz,[AQ]v:", "On 10 April 2018 3:40:11 pm GMT+01:00, Ana Ruiz <ana@example.org> wrote:", LISTS },
  { "k9", "reply", "o[Mm]n,Yspz,[AQ]v:", "On April 10, 2018 3:40:11 PM EDT, Ana Ruiz <ana@example.org> wrote:", LISTS },
  { "apple", "reply", "onmY,@t,[AXPa]v:", "On 10 Apr 2018, at 15:40, Ana Ruiz <ana@example.org> wrote:", LISTS },
  { "apple", "reply", "omn,Y,@tp?,[AXPa]v:", "On Apr 10, 2018, at 3:40 PM, Ana Ruiz <ana@example.org> wrote:", LISTS },
  { "apple", "reply", "on.n.Y@tvA:", "Am 10.04.2018 um 15:40 schrieb Ana Ruiz <ana@example.org>:",
    TRIMMER },
  { "apple", "reply", "o?nmY,?@t,?v?Av?:", "Le 10 avr. 2018 à 15:40, Ana Ruiz <ana@example.org> a écrit :", TRIMMER },
  { "apple", "reply", "oY[mn]n,?pt,Av:", "在 2018年4月10日，下午3:40，Ana Ruiz <ana@example.org> 写道：",
    "crisp-oss/email-reply-parser, lib/regex.js" },
  { "apple", "reply", "Y/n/nt,Av:", "2018/04/10 15:40、Ana Ruiz <ana@example.org>のメール:",
    "crisp-oss/email-reply-parser, lib/regex.js" },
  { "outlook", "reply", "on[./]n[./][nY],tp?,?v?[QA]v?:",
    "On 4/10/18, 3:40 PM, \"Ana Ruiz\" <ana@example.org> wrote:", "Outlook for Mac; " LISTS },
  { "yandex", "reply", "n.n.Y,tQ:", "10.04.2018, 15:40, \"Ana Ruiz\" <ana@example.org>:",
    "mail of public lists, sent with Yandex Mail" },
  { "yandex", "reply", "n.n.Y,t,Q:", "10.04.2018, 15:40, \"Ana Ruiz\" <ana@example.org>:",
    "mail of public lists, sent with Yandex Mail" },
  { "netease", "reply", "[@o]Y-n-ns,[QA]v:", "At 2018-04-10 15:40:11, \"Ana Ruiz\" <ana@example.org> wrote:",
    "mail of the Linux kernel's lists, sent with 163.com and 126.com" },
  { "thunderbird", "reply", "oY-n-nt,?[PaAX]v:", "On 2018-04-10 15:40, Ana Ruiz wrote:",
    "Thunderbird where the system writes dates so; Roundcube's mailreplyintro is the same" },
  { "squirrelmail", "reply", "ow,Mn,Ytp,[Pa]v:", "On Tue, April 10, 2018 3:40 pm, Ana Ruiz wrote:",
    "SquirrelMail's citation with date and author; mail of public lists" },
  { "kmail", "reply", "oW,?nMY@?sz?,?[PA]v:", "On Tuesday, 10 April 2018 15:40:11 CEST Ana Ruiz wrote:",
    "KDE's lists; KMail's standard template" },
  { "aol", "reply", "on/n/[nY]sp?z,[aA]v:", "In a message dated 4/10/2018 3:40:11 PM EDT, ana@example.org writes:",
    "mail of public lists, sent with AOL" },
  { "groupwise", "reply", "on/n/[nY]@tp,r?,?[AP]v:",
    "On 4/10/2018 at 3:40 PM, in message <5ACC.1@mail.example>, Ana Ruiz <ana@example.org> wrote:",
    "mail of public lists, sent with GroupWise" },
  { "thunderbird", "reply", "on[./]n[./][nY],?@?tp?,?v?[PaX]v?:", "On 4/10/18 3:40 PM, Ana Ruiz wrote:",
    "Thunderbird's mailnews.reply_header_ondateauthorwrote; " LISTS },
  { "thunderbird", "reply", "on[./]n[./][nY]@t[PaX]v:", "Dne 10.04.2018 v 15:40 Ana Ruiz napsal(a):", LISTS },
  { "lotus", "reply", "[AP]von[./]n[./][nY]sp?:", "Ana Ruiz <ana@example.org> wrote on 04/10/2018 03:40:11 PM:",
    "mail of public lists, sent with Notes" },
{ "lotus", "reply", "d[QAaP]vd:?", "-----Ana Ruiz <ana@example.org> wrote: -----", "mail of public lists, sent with iNotes" },
  { "tutanota", "reply", "nmY[,@]?tv[aA]:", "10 Apr 2018, 15:40 by ana@example.org:",
    "tutao/tutanota, the reply's info line" },
  { "eudora", "reply", "@tp?w?,?n/n/Y,v:", "At 03:40 PM 4/10/2018, you wrote:", TRIMMER },
  { "eudora", "reply", "@n/n/Ytp?,[PAa]?v:", "At 4/10/2018 03:40 PM, Ana Ruiz wrote:", TRIMMER },
  { "horde", "reply", "v[APaRX]:", "Quoting Ana Ruiz <ana@example.org>:", "horde/imp, the attribution's default" },
  { "nabble", "reply", "Pv", "Ana Ruiz wrote", LISTS },

  /* --- banners and header blocks --- */
  { "hubspot", "forward", "#10_f=FDJT?C?/W,Mn,Y,spz", "---------- Forwarded message ---------\n"
    "From: Ana Ruiz <ana@example.org>\nDate: Tuesday, April 10, 2018, 3:40:11 PM -0400\nSubject: Case\nTo: sam@example.org",
    FORWARDS "hubspot_en_body.txt" },
  { "gmail", "forward", "#10_f=FDJT*", "---------- Forwarded message ---------\n"
    "From: Ana Ruiz <ana@example.org>\nDate: Tue, Apr 10, 2018 at 3:40 PM\nSubject: Case\nTo: <sam@example.org>",
    FORWARDS "gmail_en_body.txt" },
  { "missive", "forward", "#10_f=FDT*", "---------- Forwarded message ----------\n"
    "From: Ana Ruiz <ana@example.org>\nDate: April 10, 2018 at 3:40 PM\nTo: sam@example.org\nSubject: Case",
    FORWARDS "missive_en_body.txt" },
  { "gmail", "forward", "#10_f", "---------- Forwarded message ---------", FORWARDS "gmail_en_body.txt" },
  { "gmail", "forward", "#9_f", "--------- Forwarded message ---------", "mail of public lists, sent with Gmail's apps" },
  { "ionos", "reply, forward", "#10_o=FTC?[SD]J*", "---------- Original Message ----------\n"
    "From: Ana Ruiz <ana@example.org>\nTo: Sam <sam@example.org>\nDate: 04/10/2018 3:40 PM EST\nSubject: Case",
    FORWARDS "ionos_one_and_one_en_body.txt" },
  { "thunderbird", "forward", "#8_[fo]=J*", "-------- Forwarded Message --------\n"
    "Subject: Case\nDate: Tue, 10 Apr 2018 15:40:11 +0200\nFrom: Ana Ruiz <ana@example.org>\nTo: sam@example.org",
    FORWARDS "thunderbird_en_body.txt" },
  { "mailru", "forward", "#8_f=FTC?[SD]J*", "-------- Пересылаемое сообщение --------\n"
    "От кого: Ana Ruiz <ana@example.org>\nКому: Sam <sam@example.org>\nДата: Среда, 14 июня 2017, 15:19 +03:00\nТема: Case",
    "closeio/quotequail, tests/files/mailru_forward.html" },
  { "samsung", "reply, forward", "#8_o=FDTC?J?*", "-------- Original message --------\n"
    "From: Ana Ruiz <ana@example.org>\nDate: 10/04/2018 15:40 (GMT+01:00)\nTo: sam@example.org\nSubject: Case",
    "mail of public lists, \"Sent from my Samsung Galaxy smartphone.\"" },
  { "k9", "reply, forward", "#8_o=FSTC?J?*", "-------- Original Message --------\n"
    "From: Ana Ruiz <ana@example.org>\nSent: April 10, 2018 3:40:11 PM EDT\nTo: sam@example.org\nSubject: Case",
    "thunderbird/thunderbird-android, TextQuoteCreator's header style" },
  { "thunderbird", "forward", "#8_[fo]", "-------- Forwarded Message --------", FORWARDS "thunderbird_en_body.txt" },
  { "proton", "reply, forward", "#7_[fo]*", "------- Original Message -------\n"
    "On Tuesday, April 10th, 2018 at 3:40 PM, Ana Ruiz <ana@example.org> wrote:", "ProtonMail/WebClients, the composer's reply line" },
  { "emclient", "reply, forward", "#6_[fo]=FTC?[SD]J*", "------ Original Message ------\n"
    "From: \"Ana Ruiz\" <ana@example.org>\nTo: \"Sam\" <sam@example.org>\nSent: 10/04/2018 15:40:11\nSubject: Case",
    "mail of public lists, sent with eM Client" },
  { "mutt", "forward", "#5_fm*", "----- Forwarded message from Ana Ruiz <ana@example.org> -----",
    "Mutt's manual, $forward_attribution_intro; Horde IMP writes the same" },
  { "zimbra", "reply", "#5_o=FTC?SJ/W,Mn,Ysp?", "----- Original Message -----\n"
    "From: ana@example.org\nTo: sam@example.org\nSent: Tuesday, April 10, 2018 3:40:11 PM\nSubject: Case",
    TALON "standard_replies/comcast.eml" },
  { "yahoo", "reply, forward", "#5_[fo]=FTC?S*", "----- Original Message -----\n"
    "From: Ana Ruiz <ana@example.org>\nTo: sam@example.org\nCc:\nSent: Tuesday, April 10, 2018 3:40 PM\nSubject: Case",
    TALON "standard_replies/yahoo.eml" },
  { "yahoo", "forward", "#5_f=*", "----- Forwarded Message -----\n"
    "From: Ana Ruiz <ana@example.org>\nTo: sam@example.org\nSent: Tuesday, April 10, 2018, 3:40:11 PM EDT\nSubject: Case",
    FORWARDS "yahoo_en_body.txt" },
  { "aol", "reply", "#5o=FTC?SJ*", "-----Original Message-----\n"
    "From: Ana Ruiz <ana@example.org>\nTo: sam@example.org\nSent: Tue, Apr 10, 2018 3:40 pm\nSubject: Case",
    TALON "standard_replies/aol.eml" },
  { "outlook", "reply", "#[4567]_?o*", "-----Original Message-----\n"
    "From: Ana Ruiz [mailto:ana@example.org]\nSent: Tuesday, April 10, 2018 3:40 PM\nTo: sam@example.org\nSubject: RE: Case", LISTS },
  { "lotus", "forward", "#[123456789][0123456789]?_?fy*",
    "---------------------- Forwarded by Ana Ruiz/HELP/ORG on 04/10/2018 03:40 PM ---------------------------",
    "the Enron mails that FERC released" },
  { "lotus", "forward", "#[23][0123456789]_?[fo]*", "---------------------- Forwarded message ----------------------",
    "the Enron mails that FERC released" },
  { "mailmate", "forward", "#0f=*", "Forwarded message:\n\n> From: Ana Ruiz <ana@example.org>\n"
    "> To: sam@example.org\n> Subject: Case\n> Date: Tue, 10 Apr 2018 15:40:11 +0200",
    FORWARDS "mailmate_en_body.txt" },
  { "apple", "forward", "#0b*", "Begin forwarded message:\n\n"
    "From: Ana Ruiz <ana@example.org>\nSubject: Case\nDate: April 10, 2018 at 3:40:11 PM EDT\nTo: sam@example.org",
    FORWARDS "apple_mail_en_body.txt" },
  { "ccmail", "reply, forward", "#[23][0123456789]x_?[of]=!*",
    "______________________________ Reply Separator _________________________________\n"
    "Subject: Case\nAuthor:  Ana Ruiz at HELP\nDate:    4/10/98 3:40 PM", "the Enron mails that FERC released" },
  { "outlook", "reply, forward", "=FST?C?B?J?E?E?E?/*",
    "From: Ana Ruiz <ana@example.org>\nSent: Tuesday, April 10, 2018 3:40 PM\nTo: sam@example.org\nSubject: RE: Case",
    "crisp-oss/email-reply-parser, test/fixtures/email_msn.txt" },
  { "outlook", "reply, forward", "=FDT?C?B?J?E?E?/W,?[Mn][nM],?Y,?@?tp?",
    "From: Ana Ruiz <ana@example.org>\nDate: Tuesday, April 10, 2018 at 3:40 PM\nTo: sam@example.org\nSubject: Re: Case",
    "Outlook for Mac and for telephones; crisp-oss/email-reply-parser, test/fixtures/email_ios_outlook_en.txt" },
  { "gmx", "reply", "=SFTC?J/*",
    "Sent: Tuesday, April 10, 2018 at 3:40 PM\nFrom: \"Ana Ruiz\" <ana@example.org>\nTo: sam@example.org\nSubject: Case",
    "mail of public lists, sent from GMX and mail.com" },
  { NULL, NULL, NULL, NULL, NULL },
};
