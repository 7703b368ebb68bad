/* SPDX-License-Identifier: MIT */
/* words: the languages' tables (parser/locale/) as one index, so that a place in a text is
 * looked up once, however many languages there are. Looking up needs no table beside the
 * finished one; how it is made stands in build.h.
 * Within parser/ only.
 */
#ifndef HEDDLE_PARSER_WORDS_H
#define HEDDLE_PARSER_WORDS_H

#include <glib.h>

/* What a row of a language's table is. A new language is a new file of rows. */
typedef enum {
  /* labels of inline header blocks, without the colon */
  HEDDLE_WORD_FROM,      /* value 1: only below a banner, else "Author" is a book's */
  HEDDLE_WORD_TO,
  HEDDLE_WORD_CC,
  HEDDLE_WORD_BCC,
  HEDDLE_WORD_SUBJECT,
  HEDDLE_WORD_DATE,      /* "Date"; value 1: as Outlook says it, "Sent", "Gesendet" */
  HEDDLE_WORD_REPLY_TO,
  HEDDLE_WORD_FIELD_ELSE, /* "Importance", "Attachments": belongs to a block, says nothing */
  /* attributions: DATE, PERSON and these words, in any order (parts.c). The words are
   * peeled off at the edges of what the date leaves, as long as there are any, and what
   * is left over is the person; so a row is a whole fixed string, and two that may stand
   * beside each other are two rows. Only at the very beginning of an attribution do they
   * match with a capital letter: "Said" behind the date is a name. */
  HEDDLE_WORD_ON,        /* next to the date, before it or behind: "on", "am", "le", "tarihinde",
                            "időpont"; with a date behind it, it may begin an attribution */
  HEDDLE_WORD_AT,        /* between date and time of day: "at", "um", "à", "a las"; value 1: what
                            follows can only be an hour, "kl. 10", "o godz. 10" */
  HEDDLE_WORD_WROTE,     /* the verb and all else that goes with the person, before or behind,
                            case endings too: "wrote", "schrieb", "hat" and "geschrieben",
                            "님이 작성", "のメール", "ο χρήστης", "quoting". Value 1: a reference
                            follows, "in article <id>", and it says nothing of who wrote; 2: no
                            verb, "by", which needs a date and an address beside it; 3: no
                            verb, a title before the name, "Kontakt" */
  /* banners */
  HEDDLE_WORD_ORIGINAL,  /* "Original Message": between rows of dashes; value 1: a word that stands
                            between dashes elsewhere too, "Original": between long rows only */
  HEDDLE_WORD_FORWARDED, /* "Forwarded message", "Forwarded by"; value 1: "Message from", with
                            the author and the date behind it, before the dashes; 2: "Forwarded message
                            from", with who wrote, as Mutt and Horde have it */
  HEDDLE_WORD_BEGIN_FORWARD, /* "Begin forwarded message": a line of its own, with ":" */
  HEDDLE_WORD_END_FORWARD, /* "End forwarded message": between rows of dashes, below it */
  /* zones */
  HEDDLE_WORD_GREETING,  /* "Dear", "Hi": opens a greeting */
  HEDDLE_WORD_GREETING_AFTER, /* "jan", "先生": ends a name in a greeting; value 1: and needs no
                            comma behind it, "様" */
  HEDDLE_WORD_SIGNOFF,   /* "Best regards"; value 1: it stands behind the name, "敬上", "드림";
                            2: thanks, which may go on ("thank you for …"); 3: opens a sentence
                            that closes, over several lines, "je vous prie d'agréer" */
  HEDDLE_WORD_SENT_FROM, /* "Sent from my": a client's footer */
  HEDDLE_WORD_DISCLAIMER, /* how a legal disclaimer begins */
  HEDDLE_WORD_LIST_FOOTER, /* "to unsubscribe": below a row of dashes, a list's own footer */
  HEDDLE_WORD_GATEWAY,   /* what a gateway or a virus scanner stamps onto a mail, above or below:
                            "this email originated from outside", "checked for viruses" */
  HEDDLE_WORD_REPLY_ABOVE, /* a help desk's marker, alone on its line but for marks: "please type
                            your reply above this line" */
  HEDDLE_WORD_MARKING,   /* "UNCLASSIFIED": a line of its own */
  HEDDLE_WORD_TRAILER,   /* "Sender", "Recipient": a released document's own trailer; value
                            else: HeddleTrailerWord */
  /* dates (names of months and days come from CLDR, not from here) */
  HEDDLE_WORD_DAYTIME,   /* before or behind a clock: "a.m.", value 0 for before noon; "p.m.", "下午":
                            12; "Uhr", "hours", which say neither: HEDDLE_DAYTIME_ANY */
  HEDDLE_WORD_RELATIVE,  /* "tomorrow": value is days from the reference; HEDDLE_RELATIVE_NONE: a
                            phrase that only holds such a word, "hoy en día", "por la mañana";
                            HEDDLE_RELATIVE_EITHER: "कल", tomorrow or yesterday; HEDDLE_RELATIVE_LAST:
                            "i måndags", last Monday */
  HEDDLE_WORD_UNIT,      /* "hours", "business days": value is HeddleUnit; 16 more for each
                            of a count that the word has in itself, "أسبوعين", two weeks */
  HEDDLE_WORD_BY,        /* "by", "before", "no later than": value HEDDLE_TERM_DUE; "until": 0, asks
                            for nothing; of words that stand behind, see HeddleTerm */
  HEDDLE_WORD_WITHIN,    /* "within", "in the next": value HEDDLE_TERM_DUE; "in": 0, sets no term; of
                            words that stand behind ("以内に", "sonra"), see HeddleTerm */
  HEDDLE_WORD_NUMBER,    /* "two": value is the number */
  HEDDLE_WORD_END_OF,    /* "EOD", "end of the week": value is HeddleUnit, and 16 more for each
                            unit further ("end of next week"); HEDDLE_END_… may be added */
  HEDDLE_WORD_NEXT,      /* "next", "this": value is weeks from the reference's; HEDDLE_NEXT_AFTER:
                            behind a weekday, a week after the coming one, "Friday week" */
  HEDDLE_WORD_PART_OF,   /* "early", "the beginning of", "mid-": value is HeddlePartOf */
  HEDDLE_WORD_WEEK_OF,   /* "the week of", with a date behind it: all of its week; value 1: with
                            the number of a week, "KW"; HEDDLE_WEEKS_AWAY and the weeks: whole by
                            itself, "the week after next" */
  HEDDLE_WORD_DAY_WORD,  /* before a month: "first", "premier", "catorce": value is the day, and
                            HEDDLE_DAY_WORD_OF more where "of" must stand between */
  HEDDLE_WORD_GRANT,     /* before a count, the time that somebody has: "you have", with a
                            TO_DO behind it; value is HeddleGrant */
  HEDDLE_WORD_TO_DO,     /* behind such a count: "to", "Zeit", "pour" */
  HEDDLE_WORD_TERM,      /* in a sentence with it a day to come is the last for something: "expires";
                            value is HeddleTermWord */
  HEDDLE_WORD_ABOUT,     /* before a count or a time, and changes nothing: "about", "exactly" */
  HEDDLE_WORD_JOINS,     /* between two ends where BETWEEN stands before them, too short or too
                            common for a THROUGH: "a", "en" */
  HEDDLE_WORD_SUITS,     /* behind a weekday that opens a sentence: "works", "is fine" */
  HEDDLE_WORD_UNABLE,    /* in a sentence with it "from Monday" (HEDDLE_TERM_FROM) has been:
                            "cannot", "blocked" */
  HEDDLE_WORD_WEEKEND,   /* "over the weekend": value 0 the nearest, 1 the coming, 2 the next but
                            one, -1 the last, 3 the coming, only behind "by" and the like */
  HEDDLE_WORD_HOUR,      /* "noon", "midnight": value is the minutes of the day */
  HEDDLE_WORD_HALF,      /* part of an hour beside it, before or behind: "half past", "y media", "半";
                            value is the minutes, negative where it counts to the hour: "halb", "пол" */
  HEDDLE_WORD_THROUGH,   /* joins the two ends of a span: "to", "through", "bis" (dashes do
                            so in every language) */
  HEDDLE_WORD_AROUND,    /* beside a time, and changes what it says: "between", "calle"; value is
                            HeddleAround */
  HEDDLE_WORD_ERA,       /* before a year that counts from its beginning: "平成", "民國"; value is
                            the year before its first */
  HEDDLE_WORD_PAST,      /* "met", "wrote": in a sentence with it "on Monday" is the last one */
  HEDDLE_WORD_PAST_ENDING, /* the same by the end of a word, where a language's verbs show it:
                            "-ono", "-liśmy" */
  HEDDLE_WORD_FUTURE,    /* "be", "will": "on Monday" behind it is to come, and so is a PAST right behind
                            it, "will be closed" */
  HEDDLE_WORD_THE,       /* before a day of the month: "the 20th"; value 1: the number needs no
                            ordinal's ending behind it: "le 20", "el 20", "dia 20" */
  HEDDLE_WORD_ON_DAY,    /* a weekday that says "on" itself, "pénteken", "周五": as it is in WEEKDAY or in
                            CLDR; value 0: what says so behind one, "に", "को"; HEDDLE_DAY_FROM more:
                            it is the first day, "から" */
  HEDDLE_WORD_NO_NAME,   /* names of months and days that are other words when lower case: "may";
                            value 1: with a capital too, "to", which is Thursday in Finnish */
  HEDDLE_WORD_WEEKDAY,   /* abbreviations and inflected forms that CLDR lacks, "thurs.", "piątku":
                            value 1 Monday … 7; what may have a dot behind it is written with it */
  HEDDLE_WORD_MONTH,     /* the same of months: value 1 to 12 */
  HEDDLE_WORD_ORDINAL,   /* behind a number of a date: "th", "числа"; value HeddlePart: "年", "г." */
  HEDDLE_WORD_OF,        /* between day, month and year: "of", "de"; before them: "ngày" */
  /* people */
  HEDDLE_WORD_BEHALF,    /* between who sends and who writes: "on behalf of" */
  HEDDLE_WORD_VIA,       /* before the list or service that passed a mail on: "via" */
  /* case numbers */
  HEDDLE_WORD_CASE,      /* "ticket": value is the digits that suffice without a mark behind
                            the word, 0: a mark ("#", ":", a CASE_NUMBER) is a must;
                            HEDDLE_CASE_SAYS more: it says "number" itself, "受付番号" */
  HEDDLE_WORD_CASE_NUMBER, /* "number", "id": marks what follows as one; value 1: "is", "lautet", which
                            may stand there and marks nothing */
  /* asks */
  HEDDLE_WORD_REQUEST,   /* "could you", "please" …: value is HeddleAsk */
  HEDDLE_WORD_COMMITMENT, /* "I will", "we'll" …: value is HeddlePromise */
  HEDDLE_WORD_COURTESY,  /* "if you have any questions": value is HeddleCourtesy */
  HEDDLE_WORD_DOUBT,     /* "if", "hope": a promise behind it is none; value is HeddleDoubt */
  HEDDLE_WORD_ASKS,      /* ends a question that may do without its mark: "ですか" */
  HEDDLE_WORD_AND,       /* "and", "but": a clause begins behind it */
  HEDDLE_WORD_ABBREVIATION, /* "mr.": its dot ends no sentence; value 1: before a small letter or
                               a digit */
  /* redactions beyond those of every language: "name removed" */
  HEDDLE_WORD_WITHHELD,  /* value 1: also with other words before it: "phone number redacted" */
  /* attachments by mention */
  HEDDLE_WORD_ATTACHED,  /* before a file's name: "attachment", "see attached"; value is HeddleAttachedWord */
  /* acknowledgements by a machine or a clerk (receipt.c): value is HeddleAcknowledge */
  HEDDLE_WORD_ACKNOWLEDGE,
  /* answers written into a quotation (answers.c) */
  HEDDLE_WORD_ANSWERS,   /* what people call them: "answers", "my comments" */
  HEDDLE_WORD_COLOUR,    /* "in red": value is HeddleHue */
  /* zones */
  HEDDLE_WORD_ANSWER,    /* "yes", "ok", "well": before a comma an answer, or how a text goes on, and
                            no name */
  HEDDLE_WORD_TEAM,      /* "team": ends the line with which a team signs; value 1: begins it,
                            "el equipo" */
  /* links (lost.c): value HeddleLinkWord */
  HEDDLE_WORD_LINK,
  HEDDLE_N_WORDS
} HeddleWordKind;

typedef enum {
  HEDDLE_UNIT_HOUR,
  HEDDLE_UNIT_DAY,
  HEDDLE_UNIT_WORKDAY,
  HEDDLE_UNIT_WEEK,
  HEDDLE_UNIT_MONTH,
  HEDDLE_UNIT_YEAR,
  HEDDLE_UNIT_NAMED, /* of END_OF: of what follows: "end of" */
  HEDDLE_UNIT_BASIS = 4096, /* added, of a UNIT before its count: what kind of days are counted
                               behind it, "영업일 기준" */
  HEDDLE_UNIT_TERM = 8192,  /* added: says that so much is left, "gününüz var", "天时间" */
  HEDDLE_UNIT_COUNTED = 16384, /* added to a count in itself: never the whole unit, "sebulan" */
  HEDDLE_UNIT_AGO = 8 /* added, of a UNIT: counts back, "két hete", two weeks ago */
} HeddleUnit;

/* Of a BY or a WITHIN, added up. What stands behind goes on without a blank where the
 * language writes so: "金曜日までに", "금요일까지"; else behind one: "cuma gününe kadar",
 * "perjantaihin mennessä" (the inflected names are rows of WEEKDAY). */
typedef enum {
  HEDDLE_TERM_DUE = 1,    /* the last day or moment for something */
  HEDDLE_TERM_AGO = 8,    /* of a WITHIN, counts back: "ago" (with BEHIND), "vor", "hace" */
  HEDDLE_TERM_BEHIND = 2, /* stands behind what it belongs to, not before */
  HEDDLE_TERM_FROM = 32,  /* of a BY, the first day, past or to come as the sentence tells: "da", "od" */
  HEDDLE_TERM_SINCE = 16, /* of a BY, the first day: "since", a weekday behind it is the last */
  HEDDLE_TERM_GLUED = 4   /* ends a word of another script than CJK: Hungarian "péntekig" is
                             { BY, "ig", DUE + BEHIND + GLUED } behind "péntek" */
} HeddleTerm;

typedef enum { /* what a number is, by the word behind it */
  HEDDLE_PART_DAY,    /* "th", "日", "числа" */
  HEDDLE_PART_YEAR,   /* "年", "г." */
  HEDDLE_PART_MONTH,  /* "月" */
  HEDDLE_PART_HOUR,   /* "h", "時" */
  HEDDLE_PART_MINUTE, /* "min", "分" */
  HEDDLE_PART_SECOND
} HeddlePart;

typedef enum {
  HEDDLE_AROUND_OPENS,        /* a span, of times above all: "from", "von" */
  HEDDLE_AROUND_BETWEEN,      /* one whose ends are joined by "and" (AND): "between" */
  HEDDLE_AROUND_STREET,       /* before a date that is a street's name: "calle", "rue du" */
  HEDDLE_AROUND_STREET_NAME,  /* behind one, with a capital: "Street" */
  HEDDLE_AROUND_STREET_BEHIND, /* behind one, without a capital too */
  HEDDLE_AROUND_PART,          /* behind a weekday, a part of it: "morning", "au matin" */
  HEDDLE_AROUND_PART_LATE,     /* the same past noon, "evening": an hour behind it is of that half */
  HEDDLE_AROUND_EVERY          /* before a day that comes again and again: "every", "minden" */
} HeddleAround;

enum { HEDDLE_DAY_FROM = 16 };  /* of an ON_DAY */
enum { HEDDLE_CASE_SAYS = 16 }; /* of a CASE, added to the digits */
typedef enum {
  HEDDLE_PART_OF_BEGIN,
  HEDDLE_PART_OF_MIDDLE
} HeddlePartOf;

typedef enum { /* of a GRANT, which else needs a TO_DO */
  HEDDLE_GRANT_ALONE = 1, /* "please allow" */
  HEDDLE_GRANT_RANGE = 2  /* says so of a range, "takes 24 to 48 hours" */
} HeddleGrant;

typedef enum { /* of a TERM */
  HEDDLE_TERM_WORD_BEFORE, /* stands before the day: "deadline" */
  HEDDLE_TERM_WORD_BESIDE, /* before it or behind: "expires" */
  HEDDLE_TERM_WORD_ENDING  /* as the first, and ends a compound: "Widerspruchsfrist" */
} HeddleTermWord;

enum { HEDDLE_DAY_WORD_OF = 32, HEDDLE_NEXT_AFTER = 100, HEDDLE_WEEKS_AWAY = 16 };

/* Of a NEXT: the weekday that comes, "vendredi prochain" on a Tuesday is three days away where
 * "next Friday" is ten; of a week or a month the next one, like 1. */
enum { HEDDLE_NEXT_COMING = 64 };

enum {
  HEDDLE_DAYTIME_ANY = 24,
  HEDDLE_RELATIVE_LAST = 100, /* and 1 to 7 more: the weekday that was, "i måndags" */
  HEDDLE_RELATIVE_EITHER = 126,
  HEDDLE_RELATIVE_NONE = 127,
  HEDDLE_RELATIVE_LATE = 1000 /* added to the days: past noon, "tonight", "завтра вечером" */
};
enum { /* added to an END_OF */
  HEDDLE_END_DUE = 256,    /* says "by" itself, "kuu lõpuks" */
  HEDDLE_END_FIRST = 512,  /* no end, but the first day, "下周初"; needs no "by" */
  HEDDLE_END_MIDDLE = 1024 /* nor this, but the middle, "来月中旬" */
};

typedef enum { /* of a TRAILER, besides 0 */
  HEDDLE_TRAILER_PAGE = 1,    /* "page", before a released page's number */
  HEDDLE_TRAILER_DECISION = 2 /* "release in part", as such a page is stamped */
} HeddleTrailerWord;

typedef enum { /* of an ATTACHED, besides 0 */
  HEDDLE_ATTACHED_SAYS = 1, /* says by itself that something comes along: "attached are", "anbei" */
  HEDDLE_ATTACHED_NONE = 2  /* only holds such words: "is attached to" */
} HeddleAttachedWord;

typedef enum { /* of a LINK */
  HEDDLE_LINK_END,   /* "here", a link where its sentence ends and says so: */
  HEDDLE_LINK_WORDS, /* "click here", whatever stands around it */
  HEDDLE_LINK_LEADS  /* "the form is", "can be found": such a sentence */
} HeddleLinkWord;

typedef enum { /* of an ACKNOWLEDGE */
  HEDDLE_ACKNOWLEDGE_RECEIPT, /* "we have received your report" */
  HEDDLE_ACKNOWLEDGE_THANKS,  /* "thank you for contacting us": people say so too, and go on */
  HEDDLE_ACKNOWLEDGE_MACHINE, /* "do not reply to this e-mail", "your ticket number is" */
  HEDDLE_ACKNOWLEDGE_AWAY,    /* "I am out of the office" */
  HEDDLE_ACKNOWLEDGE_FOUND,   /* what was found or done: "suspended", "violates"; none says so */
  HEDDLE_ACKNOWLEDGE_NOT_YET  /* "will", "if": its sentence says what may be found or done */
} HeddleAcknowledge;

typedef enum { /* where a REQUEST asks */
  HEDDLE_ASK_ANYWHERE,
  HEDDLE_ASK_CLAUSE, /* at the beginning of a clause */
  HEDDLE_ASK_FIRST   /* at the beginning of a sentence, behind a name at most: imperatives */
} HeddleAsk;

typedef enum { /* what of a COMMITMENT promises */
  HEDDLE_PROMISE_ALWAYS,
  HEDDLE_PROMISE_DATED,  /* with a day to come: "I am sending it tomorrow" */
  HEDDLE_PROMISE_MINE,   /* nothing; at a sentence's beginning, it speaks of the writer, "we are" */
  HEDDLE_PROMISE_GOES_ON /* in such a sentence: "and will" */
} HeddlePromise;

typedef enum { /* of a DOUBT */
  HEDDLE_DOUBT_ANYWHERE,
  HEDDLE_DOUBT_IF,    /* opens a condition: at a sentence's beginning for all of it */
  HEDDLE_DOUBT_CLAUSE /* at the beginning of a clause, where it opens one; a noun elsewhere: "caso" */
} HeddleDoubt;

typedef enum { /* what a COURTESY does */
  HEDDLE_COURTESY_TAKES, /* takes back the request before it, or behind it when it comes first */
  HEDDLE_COURTESY_LAST,  /* "how are you": at a sentence's end, where that asks for nothing */
  HEDDLE_COURTESY_IDLE,  /* "please note", "feel free": asks for nothing, up to the next clause */
  HEDDLE_COURTESY_NONE   /* does nothing: only holds another word within it ("申请" holds "请") */
} HeddleCourtesy;

/* A colour as people name it. */
typedef enum {
  HEDDLE_HUE_NONE, /* black, white, grey, or none said */
  HEDDLE_HUE_RED,
  HEDDLE_HUE_ORANGE,
  HEDDLE_HUE_YELLOW,
  HEDDLE_HUE_GREEN,
  HEDDLE_HUE_BLUE,
  HEDDLE_HUE_PURPLE,
} HeddleHue;

typedef struct { /* a row of a language's table */
  HeddleWordKind kind;
  const char *text; /* lower case; one blank stands for any white space */
  int value;        /* by kind, else 0 */
} HeddleWordRow;

typedef struct {
  const char *language;     /* BCP 47: "en", "pt-BR"; CLDR is asked for it: names of months and
                               days, words for noon, what stands between the parts of a date */
  const HeddleWordRow *words; /* ends with a NULL text */
} HeddleLocale;

/* What a look-up finds. */
typedef struct {
  guint8 kind;       /* HeddleWordKind */
  guint8 characters; /* of the row's text; 255: more too */
  guint8 spaced;     /* a blank stands within it */
  guint8 slashed;    /* a slash does */
  gint32 value;      /* as in the row */
} HeddleWord;

typedef struct _HeddleWords HeddleWords;

/* All languages' words; made when Heddle is built (make-tables.c). */
extern const HeddleWords heddle_words_made;

/* A set of kinds. They have outgrown 64 bits; the compiler keeps it in two registers. */
__extension__ typedef unsigned __int128 HeddleKinds;
#define HEDDLE_WORD_BIT(kind) ((HeddleKinds) 1 << (kind))

/* The longest word of one of @kinds (a set of HEDDLE_WORD_BIT) that stands at the
 * beginning of @text, case and width of white space disregarded, and that does
 * not end in the middle of a word. Returns NULL when there is none; @ret_length:
 * (out) (optional) bytes of @text that it covers. Time: linear in the length of
 * the match. */
const HeddleWord *heddle_words_at (const HeddleWords *words, const char *text, gsize length,
                                   HeddleKinds kinds, gsize *ret_length);

/* The same among the words of @languages: (inout) a set of heddle_language_bit(), of which
 * those are left that have the word; untouched when there is none. */
#define HEDDLE_ALL_LANGUAGES G_MAXUINT64
const HeddleWord *heddle_words_in (const HeddleWords *words, const char *text, gsize length,
                                   HeddleKinds kinds, guint64 *languages, gsize *ret_length);

/* Those of @kinds of which some word stands at the beginning of @text, in one walk. */
HeddleKinds heddle_words_kinds_of (const HeddleWords *words, const char *text, gsize length,
                               HeddleKinds kinds);

/* The kinds (a set of HEDDLE_WORD_BIT) of the words that may begin at @text, judged by
 * its letters up to what is none of a to z, or by its first four bytes: a kind that is not
 * in it does not, one that is in it may not either. Constant time, for those who would ask
 * for many kinds one after another. */
HeddleKinds heddle_words_kinds_at (const HeddleWords *words, const char *text, gsize length);

/* The same of two indices in one look. */
HeddleKinds heddle_words_kinds_at_both (const HeddleWords *words, const HeddleWords *others,
                                        const char *text, gsize length,
                                        HeddleKinds *ret_others);

/* With them: a BY or a WITHIN of HEDDLE_TERM_BEHIND may begin here. */
#define HEDDLE_WORD_BEHIND HEDDLE_WORD_BIT (127)
G_STATIC_ASSERT (HEDDLE_N_WORDS <= 127);

/* FALSE where @text, a word, ends in none that is glued on (HEDDLE_TERM_GLUED), judged by
 * its last two bytes. */
gboolean heddle_words_may_be_glued (const HeddleWords *words, const char *text, gsize length);

#endif
