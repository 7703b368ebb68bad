/* SPDX-License-Identifier: MIT */
/* Zones of the lines of a message. A row is a bare document and a letter a line: h
 * header, g greeting, b body, s sign-off, S signature, a attachment, m marking, - blank,
 * o nobody's. */
#include "parser/parser.h"

#include <string.h>

typedef struct {
  const char *name, *body, *zones;
} Case;

/* Gives the author a name. */
#define ANA "From: Ana Ruiz <ana@example.org>\nDate: Tue, 10 Apr 2018 15:59:11 +0200\nSubject: Case\n\n"

static const Case cases[] = {
  { "all", "Dear Sam,\n\nIt is done.\n\nBest,\nAna\n-- \nAna Ruiz\nHelpline\n", "g-b-ssSSS" },
  { "name-and-comma", "Sam,\n\nIt is done.\n", "g-b" },
  { "name-and-withheld", "Ruben and (b)(6)\n\nIt is done.\n", "g-b" },
  { "withheld", "(b)(6)\n\nIt is done.\n", "g-b" },
  { "term-of-address", "Sam jaan,\n\nIt is done.\n", "g-b" },
  { "team", "Hello Lumen team,\n\nIt is done.\n", "g-b" },
  { "list", "Hello list,\n\nIt is done.\n", "g-b" },
  { "name-and-dash", "To: Sam Oduya <sam@example.org>\n" ANA "Sam -\n\nIt is done.\n", "hhhh-g-b" },
  { "names-with-and", "Ruben & Pia,\n\nIt is done.\n", "g-b" },
  { "name-known", "To: Sam Oduya <sam@example.org>\n" ANA "Sam\nIt is done.\n", "hhhh-gb" },
  { "name-known-and-colon", "To: Sam Oduya <sam@example.org>\n" ANA "Sam:\nIt is done.\n",
    "hhhh-gb" },
  { "full-width-comma", "陈伟，\n\n办好了。\n", "g-b" },
  { "word-and-full-width", "您好：\n\n办好了。\n", "g-b" },
  { "address-written-on", "田中様\nお世話になっております。\n\n終わりました。\n", "gg-b" },
  { "opened-cry", "¡Hello Ana!\n\nIt is done.\n", "g-b" },
  { "closing-full-width", "終わりました。\n\nよろしくお願いいたします。\n田中\n", "b-ss" },
  { "list-of-names", "To: Sam Oduya <sam@example.org>\n" ANA "Sam, Pia, Milo\n\nIt is done.\n", "hhhh-g-b" },
  { "list-of-names-known-later", "To: Sam Oduya <sam@example.org>\n" ANA "Milo, Sam\n\nIt is done.\n", "hhhh-g-b" },
  { "names-joined-known", "To: Sam Oduya <sam@example.org>, Pia Lund <pia@example.org>\n" ANA
    "Sam and Pia:\nIt is done.\n", "hhhh-gb" },
  { "short-names-joined",
    "To: Robert Oduya <oduya@example.org>, Pia Lund <pia@example.org>\n" ANA "Bob & Pia --\n\nIt is done.\n",
    "hhhh-g-b" },
  { "greeting-and-one-word", "Hello, everybody!\nIt is done.\n", "gb" },
  { "trap-greeting-and-thanks", "Hello, thanks!\nIt is done.\n", "bb" },
  { "trap-joined-unknown", "To: Sam Oduya <sam@example.org>\n" ANA "Sam and forms:\nIt is done.\n", "hhhh-bb" },
  { "trap-places", "Berlin, Hamburg\n\nIt is done.\n", "b-b" },
  { "many-without-comma", "Hi relay operators\n\nIt is done.\n", "g-b" },
{ "trap-bare-signature", "On Tue, Apr 10, 2018 at 3:40 PM, Sam Oduya <sam@example.org> wrote:\n"
    "> Pia Lund\n> +49 30 1234567\n> On Mon, Apr 9, 2018 at 3:40 PM, Pia Lund <pia@example.org> wrote:\n>> It is done.\n",
    "hbbhb" },
  { "trap-colon", "Note:\n\nIt is done.\n", "b-b" },
  { "trap-shouted", "FYI,\n\nIt is done.\n", "b-b" },
  { "trap-closing-first", ANA "Cordially,\nAna Ruiz\nHelpline lead\n+49 30 1234567\n", "hhh-ssSS" },
  { "trap-greeting-goes-on", "Hi, just to say,\nit is done.\n", "bb" },
  { "trap-greeting-alone", "Thank you, Sam\n", "s" },
  { "trap-name-in-prose", "Sam, it is done.\nWe are glad.\n", "bb" },
  { "signoff-of-a-team", "It is done.\n\nRegards,\nThe Chirper team\n", "b-ss" },
  { "team-last", ANA "It is done.\n\nThe Chirper Team\n", "hhh-b-s" },
  { "team-with-and", "It is done.\n\nThe Trust and Safety Team\n", "b-s" },
  { "team-with-hyphen", "Es ist erledigt.\n\nIhr Chirper-Team\n", "b-s" },
  { "team-first", "Está hecho.\n\nEl equipo de soporte\n", "b-s" },
  { "team-without-blanks", "办好了。\n\n支持团队\n", "b-s" },
  { "trap-team-in-prose", ANA "It is done.\n\nI left the old team\n", "hhh-b-b" },
  { "trap-team-in-sentence", "It is done.\n\nAsk the Chirper team.\n", "b-b" },
  { "trap-team-not-apart", "Those who know of it:\nThe Chirper Team\n", "bb" },
  { "signoff-with-name", "It is done.\nThanks, Ana\n", "bs" },
  { "signoff-then-block", "It is done.\n\nKind regards,\nAna Ruiz\nHelpline lead\n+49 30 1234\n",
    "b-ssSS" },
  { "trap-signoff-in-prose", "Thanks for the links.\nThe second of them does not open here.\n", "bb" },
  { "name-last", ANA "It is done.\n\nAna\n", "hhh-b-s" },
  { "name-then-block", ANA "It is done.\n\nAna Ruiz\nHelpline lead\n", "hhh-b-SS" },
  { "postscript", "It is done.\n\nBest,\nAna\n\nPS: the form is attached to the other mail.\n",
    "b-ss-b" },
  /* words of closing */
  { "name-apart-above-block", "It is done.\n\nThanks,\n\nAna Ruiz\nHelpline lead\n+49 30 1234567\n",
    "b-s-SSS" },
  /* scripts without blanks */
  { "zh-greeting", "尊敬的王先生：\n\n办好了。\n\n此致\n敬礼！\n\n陈伟\n", "g-b-ss-s" },
  { "zh-greeting-after", "王先生，您好：\n\n办好了。\n\n谢谢！\n", "g-b-s" },
  { "zh-greeting-alone", "您好！\n\n办好了。\n", "g-b" },
  { "zh-greeting-shared", "您好，办好了。\n", "b" },
  { "zh-trap-word", "好的，\n我们马上处理。\n", "bb" },
  { "zh-trap-thanks", "办好了，谢谢！\n请尽快回复。\n", "bb" },
  { "zh-trap-thanks-go-on", "办好了。\n谢谢！\n请尽快处理。\n", "bbb" },
  { "zh-hant", "林小姐您好：\n\n已處理。\n\n順頌\n時祺\n\n陳怡君 敬上\n", "g-b-ss-s" },
  { "ja", "佐藤様\n\n完了しました。\n\nよろしくお願いいたします。\n\n田中 花子\n", "g-b-s-s" },
  { "ja-kana-name", "アナ・ルイス様\n\n完了しました。\n以上、よろしくお願いいたします。\n", "g-bs" },
  { "ja-trap", "このたびはご連絡ありがとうございます。\n確認いたします。\n", "bb" },
  { "ko", "김민수님,\n\n처리했습니다.\n\n감사합니다.\n이서연 드림\n", "g-b-ss" },
  { "ko-greeting", "안녕하세요, 김민수님.\n\n처리했습니다.\n\n감사합니다.\n", "g-b-s" },
  { "vi", "Chào anh Minh,\n\nĐã xong.\n\nTrân trọng,\nLê Thu Hà\n", "g-b-ss" },
  { "id", "Yth. Bapak Budi,\n\nSudah selesai.\n\nHormat kami,\nDewi Lestari\n", "g-b-ss" },
  { "hi", "प्रिय अना जी,\n\nकाम हो गया।\n\nसादर,\nरोहन मेहता\n", "g-b-ss" },
  { "marking-zh", "内部资料\n\n办好了。\n", "m-b" },
  { "extension-behind-name", "It is done.\n\nThanks,\nAna x39106\n", "b-ss" },
  { "thanks-last", "It is done.\n\nThanks again for all the work.\n", "b-s" },
  { "thanks-then-name", "It is done.\n\nThank you for your time :)\n\nAna\n", "b-s-s" },
  { "words-behind-name", "办好了。\n\n陈伟 敬上\n", "b-s" },
  { "trap-thanks-go-on", "Thanks for the list of names, we need it.\n\nAna\n", "b-s" },
  { "trap-thanks-asks", "It is done.\n\nThanks for asking, and how is Sam?\n", "b-b" },
  { "trap-names-below-thanks",
    "It is done.\n\nThank you for coming.\n\nAna Ruiz\nSam Oduya\nMilo Brandt\nPia Lund\nTilda Okonek\n"
    "Bela Farkas\nRuben Castellanos\n",
    "b-s-bbbbbbb" },
  { "trap-note-below",
    "It is done [1].\n\nBest,\nAna\n\n[1] https://chirper.example/rules\n", "b-ss-b" },
  { "trap-prose-below",
    "It is done.\n\nBest,\nAna\n\nThe rules say that we need the form before Friday, not after\nthe weekend.\n",
    "b-ss-bb" },
  { "row-below-signoff", "It is done.\n\nBest,\n   Ana.\n----\nhttps://ana.example/ - on safe telephones, for new and old users of them\n",
    "b-ssSS" },
  { "signoff-below-dashes", "It is done.\n\n-- \nRegards,\nAna Ruiz\n", "b-sss" },
  { "block-below-dashes", "It is done.\n\n-- \nRegards,\nAna Ruiz\nHelpline lead\n+49 30 1234567\n",
    "b-SSSSS" },
  { "trap-names-of-another-below-dashes", ANA "It is done.\n\n-- \nRegards,\nSam Oduya\n", "hhh-b-SSS" },
  { "name-in-line-above-postscript", "It is done.\n\nThanks!  Ana\n\nP.S. The form is attached to the other mail.\n",
    "b-s-b" },
  { "thanks-signed-by-dash", ANA "It is done.\n\nThanks again for all of the hard work!!! --Ana\n",
    "hhh-b-s" },
  { "words-and-small-name", ANA "tx, ana\n", "hhh-s" },
  { "dash-and-full-name", "It is done.\n\n- Ana Ruiz\n", "b-s" },
  { "extension-below-name", ANA "It is done.\n\nAna\n\nx-58752\n", "hhh-b-S-S" },
  { "dash-and-name", "It is done.\n\n-Ana\n", "b-s" },
  { "dashes-and-name", ANA "It is done.\n-- Ana\n", "hhh-bs" },
  { "trap-list-of-dashes", "We need:\n\n- a form\n- a name\n", "b-bb" },
  { "short-form", "From: Jeffrey Lund <j@example.org>\nDate: Tue, 10 Apr 2018 15:59:11 +0200\nSubject: C\n\n"
    "It is done.\n\nJeff\n", "hhh-b-s" },
  { "short-form-of-the-table",
    "From: William Lund <wl@example.org>\nDate: Tue, 10 Apr 2018 15:59:11 +0200\nSubject: C\n\nIt is done.\n\nBill\n",
    "hhh-b-s" },
  { "trap-short-form-of-another",
    "From: William Lund <wl@example.org>\nDate: Tue, 10 Apr 2018 15:59:11 +0200\nSubject: C\n\nThe last one to ask is\n\nBob\n",
    "hhh-b-b" },
  { "long-form-with-title",
    "From: Lund, Ken <kl@example.org>\nDate: Tue, 10 Apr 2018 15:59:11 +0200\nSubject: C\n\n"
    "It is done.\n\nKenneth A. Lund, PE\nPress desk\n+49 30 1234567\n",
    "hhh-b-SSS" },
  { "initials-of-name-with-comma",
    "From: Ruiz, Ana M. <x17@example.org>\nDate: Tue, 10 Apr 2018 15:59:11 +0200\nSubject: C\n\nIt is done.\n\nAR\n",
    "hhh-b-s" },
  { "initial-and-name-of-the-address",
    "From: ALee <ALee@example.org>\nDate: Tue, 10 Apr 2018 15:59:11 +0200\nSubject: C\n\nIt is done.\n\nAna Lee\n",
    "hhh-b-s" },
  { "team-of-the-house",
    "From: no-reply@chirper.example\nDate: Tue, 10 Apr 2018 15:59:11 +0200\nSubject: C\n\nIt is done.\n\nThe Chirper Team\n",
    "hhh-b-s" },
  { "block-of-the-house",
    "From: Ana Ruiz <ana@chirper.example>\nDate: Tue, 10 Apr 2018 15:59:11 +0200\nSubject: C\n\nIt is done.\n\n"
    "Customer care\nChirper Ltd\nPhone: +49 30 1234567\nhelp@chirper.example\n",
    "hhh-b-SSSS" },
  { "trap-block-of-a-colleague",
    "From: Ana Ruiz <ana@chirper.example>\nDate: Tue, 10 Apr 2018 15:59:11 +0200\nSubject: C\n\nAsk the one below.\n\n"
    "Pia Lund\nChirper Ltd\nPhone: +49 30 1234567\n",
    "hhh-b-bbb" },
  { "trap-block-that-is-announced",
    "From: Ana Ruiz <ana@chirper.example>\nDate: Tue, 10 Apr 2018 15:59:11 +0200\nSubject: C\n\nWrite to\n\n"
    "Customer care\nChirper Ltd\nPhone: +49 30 1234567\n",
    "hhh-b-bbb" },
  { "lost-blanks", ANA "It is done.\n?\nAna Ruiz\nHelpline lead\n+49 30 1234567\n\n?\n", "hhh-bbSSS-S" },
  { "initials", ANA "It is done.\n\nAR\n", "hhh-b-s" },
  { "name-of-the-address", "From: ana.ruiz@example.org\nDate: Tue, 10 Apr 2018 15:59:11 +0200\nSubject: C\n\n"
    "It is done.\n\nAna\n", "hhh-b-s" },
  { "trap-name-of-another", ANA "The last one to ask is\n\nMilo\n", "hhh-b-b" },
  { "trap-names-below-name", ANA "These came:\n\nAna\nSam\nMilo\n", "hhh-b-bbb" },
  { "block-without-words", ANA "It is done.\n\nAna Ruiz\nHelpline lead\n\nMobile: +49 30 1234567\n",
    "hhh-b-SS-S" },
  { "block-of-nobody-known", "It is done.\n\nAna Ruiz\nhttps://ana.example/\n", "b-SS" },
  { "trap-contact-of-another", ANA "Ask her:\n\nPia Lund\nNorth Press\n+49 30 1234567\n",
    "hhh-b-bbb" },
  { "row-above-block", ANA "It is done.\n\n*********************\nAna Ruiz\nHelpline lead\n+49 30 1234567\n",
    "hhh-b-SSSS" },
  { "block-alone", ANA "Ana Ruiz\nHelpline lead\nexample.org\n+49 30 1234567\nana@example.org\n",
    "hhh-SSSSS" },
  { "signoff-in-line", "I saw your mail and will call you now. Thanks, Ana\n", "b" },
  /* who answers on top signs above the quotation */
  { "signed-above-quotation",
    "It is done.\n\nBest,\nAna\n\nOn Tue, Apr 10, 2018 at 3:40 PM, Sam Oduya <sam@example.org> wrote:\n"
    "> Is it done?\n>\n> Thanks,\n> Sam\n",
    "b-ss-hb-ss" },
  { "torn-out-by-wrapping",
    "On Tue, Apr 10, 2018 at 3:40 PM, Sam Oduya <sam@example.org> wrote:\n"
    "> It is done.\n>\n> Best,\n> Sam\n>\n"
    "> On Mon, Apr 9, 2018 at 1:10 PM, Ana Ruiz <ana@example.org> wrote:\n"
    ">> Is it done, or shall I write to them once more before the\n> weekend\n>> comes?\n",
    "hb-ss-hbbb" },
  { "telephone", "It is done.\n\nSent from my iPhone\n", "b-S" },
  { "disclaimer",
    "It is done.\n\nThis email and any attachments are confidential.\nDelete it otherwise.\n",
    "b-SS" },
  { "marking", "It is done.\n\nOfficial\n\nUNCLASSIFIED\n", "b-m-m" },
  { "trap-initials-no-marking", "It is done.\n\nThanks,\nAK\n", "b-ss" },
  { "trap-marking", "The official said so.\nIt was confidential.\n", "bb" },
  { "attachments", "See these.\n\n<Screen Shot 1.png><b.pdf>\n", "b-a" },
  { "trap-dashes-part-text",
    "It is done.\n---\nThe second thing is the form, which has to be there before the end\n"
    "of the month, or else they close the case and we have to begin with\n"
    "all of it once more, which nobody here wants to do again, I think.\n",
    "bbbbb" },
  { "yahoo-footer",
    "It is done.\n\n__________________________________________________\nDo You Yahoo!?\nTalk to friends.\nhttp://chirper.example/\n",
    "b-SSSS" },
  { "decorated-disclaimer", "It is done.\n\n*This email and any attachments are confidential.\nDelete it otherwise.*\n",
    "b-SS" },
  { "titled-disclaimer",
    "It is done.\n\nNOTE: This message is confidential.\nDelete it otherwise.\n", "b-SS" },
  { "disclaimer-behind-its-row",
    "It is done.\n\n************************************************************\n*******\n\n"
    "This message is a PRIVATE communication.\nDelete it otherwise.\n",
    "b-SS-SS" },
  { "disclaimer-of-what-precedes",
    "It is done.\n\nThe preceding e-mail message contains information that is confidential.\n", "b-S" },
  { "disclaimer-in-german",
    "Es ist getan.\n\nDiese Nachricht einschliesslich etwaiger Anhaenge ist vertraulich.\n", "b-S" },
  { "trap-disclaimer-goes-on",
    "The page at https://chirper.example/words is all that we have got for our\nconfidentiality notice.\n",
    "bb" },
  { "attachments-of-lotus",
    ANA "See these.\n\nAna\n\n(See attached file: report of March.doc)        (See attached\nfile: list.doc)\n",
    "hhh-b-s-aa" },
  { "block-below-attachment", ANA "See this.\n<<form.doc>>\nAna Ruiz\nHelpline lead\n+49 30 1234567\n",
    "hhh-baSSS" },
  { "block-right-below-text", ANA "It is done, and it will be sent today.\nAna Ruiz\n+49 30 1234567\n",
    "hhh-bSS" },
  { "trap-name-goes-on", ANA "Whoever calls has to ask for\nAna Ruiz\n+49 30 1234567\n", "hhh-bbb" },
  { "dashed-name-above-link", "It is done.\n\n-Hana\nhttps://chirper.example/\n", "b-SS" },
  { "trap-dashed-list", "It needs:\n\n-Cookies\nhttps://chirper.example/\n", "b-bb" },
  { "trap-dashed-item", "It needs them.\n\n-Cookies\nand https://chirper.example/\n", "b-bb" },
  { "row-and-blank-above-block",
    ANA "It is done.\n*_*_*_*_*_*_*_*_*\n\nAna Ruiz\nHelpline lead\n+49 30 1234567\n", "hhh-bS-SSS" },
  { "box",
    ANA "It is done.\n\nBest,\nAna\n\n********************\nAna Ruiz\n+49 30 1234567\n********************\n"
        "The helpline answers whoever calls it, at night too,\nand asks for no name.\n********************\n",
    "hhh-b-ss-SSSSSSS" },
  { "trap-box", ANA "It is done.\n\n********************\nRelays\n+49 30 1234567\n********************\n",
    "hhh-b-bbbb" },
  { "yahoo-footer-wrapped-row",
    "It is done.\n\n__________________________________________________\n_______\nDo You Yahoo!?\nTalk to friends.\n",
    "b-SSSS" },
  { "row-torn-below-signoff", "It is done.\n\nCheers\n\n-----\n---------------\nAna Ruiz\nHelpline lead\n", "b-s-SSSS" },
  { "thanks-and-more-thanks", "It is done.\n\nThanks.  I appreciate it.\n", "b-s" },
  { "closings-in-a-row", "It is done.\n\nThanks! All the best, Ana\n", "b-s" },
  { "placeholders", "It is done.\n<<...OLE_Obj...>>\n\nBest,\nAna\n\n<Embedded Picture (Metafile)>\n", "ba-ss-a" },
  { "trap-placeholder", "The <Embedded Picture> is lost.\n<Embedded in prose> it is.\n", "bb" },
  { "listed-above-placeholder",
    "It is done.\n\n - form.doc\n\n<Embedded Picture (Metafile)>\n", "b-a-a" },
  { "name-behind-a-dash", "It is done.\n\nThanks for any hints,\n\n - Bram\n", "b-s-s" },
  { "below-a-torn-line",
    "It is done.\n\nThanks,\nAna Ruiz\n\nOn Tue, Apr 10, 2018 at 3:40 PM, Sam Oduya <sam@example.org> wrote:\n\n"
    "> The links were lost on the way, and that has been a mistake, it was made\nby me.\n>\n> Thanks,\n> Sam\n",
    "b-ss-h-bb-ss" },
  { "signoff-below-torn-lines",
    "On Tue, Apr 10, 2018 at 3:40 PM, Sam Oduya <sam@example.org> wrote:\n> We need the forms that the desk still keeps, each of\n"
    "them, and the list of whom\nthey were sent to, for\nus to go on with it\n>\n> Thank you for any hints,\n> Sam\n>\n"
    "> Sam Oduya, Systems Analyst\n> Office: 207 555 2254\n",
    "hbbbb-ss-SS" },
  { "trap-note", "It is done.\n\nNote: this form is the only one.\n", "b-b" },
  { "archive-footer-above-disclaimer",
    "It is done.\n\n--\nView this message in context: https://lists.example/t1.html\n"
    "Sent from the relays mailing list archive at Lists.\n\n"
    "This email and any attachments are confidential.\nDelete it otherwise.\n",
    "b-ooo-SS" },
  { "files-listed", "See these.\n\nAna\n - report.doc\n - list of names.xls\n", "b-saa" },
  { "gateway-stamp",
    "CAUTION: This email originated from outside of the organisation. Do not\nclick links.\n\nHi Sam,\n\nIt is done.\n",
    "oo-g-b" },
  { "external", "[EXTERNAL]\n\nHi Sam,\n\nIt is done.\n", "o-g-b" },
  { "scanner", "It is done.\n\nAna\n\n---\nThis email has been checked for viruses by Argus.\nhttps://argus.example/\n",
    "b-s-ooo" },
  { "scanner-titled-row",
    "It is done.\n\nAna\n\n__________ Information from ESET NOD32 Antivirus, version 1234 (20250504) __________\n\n"
    "The message was checked by ESET NOD32 Antivirus.\n\nhttp://www.eset.com\n",
    "b-s-o-o-o" },
  { "trap-titled-row", "It is done.\n\n_____ The plan for May _____\n\nAsk for the keys.\nTurn left.\n", "b-b-bb" },
  { "list-footer-without-row", "It is done.\n\nTo unsubscribe from this group, write to\nx-unsubscribe@lists.example\n",
    "b-oo" },
  { "trap-list-in-prose", "The mailing list is full.\nAsk to be let in at x@lists.example\n", "bb" },
  { "list-footer", "It is done.\n\nAna\n_______________________________\nx mailing list\nhttps://x.example/\n",
    "b-sooo" },
};

static char
letter (HeddleZone zone)
{
  return "hgbsSam-o"[zone];
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (HeddleParser) parser = heddle_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleChain) chain
      = heddle_parse_text (parser, c->body, strlen (c->body), NULL, &error);
  g_assert_no_error (error);
  g_autoptr (GString) zones = g_string_new (NULL);
  for (guint i = 0; i < chain->lines->len; i++)
    g_string_append_c (zones, letter (((HeddleChainLine *) chain->lines->pdata[i])->zone));
  g_assert_cmpstr (zones->str, ==, c->zones);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/zone/%s", cases[i].name);
    g_test_add_data_func (path, &cases[i], test_case);
  }
  return g_test_run ();
}
