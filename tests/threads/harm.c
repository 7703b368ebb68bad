/* SPDX-License-Identifier: MIT */
/* Mails written out as clients write them, and the harm that quoting does: other lines,
 * another zone, lost accents, links that a scanner rewrote, names blacked out, ends cut
 * off. */
#include "tests/threads/harm.h"
#include "base/base.h"

#include <string.h>

/* --- what is said ----------------------------------------------------------------- */

const Person people[N_PEOPLE] = {
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

char *
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

void
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
GString *
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

HeddleThreadMail *
mail_end (HeddleParser *parser, GString *out)
{
  g_autoptr (GError) error = NULL;
  HeddleChain *chain = heddle_parse_mail (parser, out->str, out->len, NULL, &error);
  g_autofree char *id = heddle_mail_id (out->str, out->len);

  g_assert_no_error (error);
  g_string_free (out, TRUE);
  return heddle_thread_mail_new (id, FALSE, chain);
}

Quoted
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
void do_no_date (Quoted *q) { q->dated = FALSE; }
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
void do_withheld (Quoted *q)
{
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    replace (q, people[i].name, "(b)(6)");
  q->withheld = TRUE;
}
void do_cut (Quoted *q)
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

const Harm harms[] = {
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
const guint n_harms = G_N_ELEMENTS (harms);

GPtrArray *
mails_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_thread_mail_free);
}
