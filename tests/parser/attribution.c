/* SPDX-License-Identifier: MIT */
/* Attributions in any order of words, wrapped anywhere, and what only looks like one. The
 * languages are the test's own few rows, so that what is tested is the engine. A row is a
 * body and what is found: "first-last|name|address|date", one a line. */
#include "parser/boundary.h"
#include "parser/build.h"

#include <string.h>

static const HeddleWordRow test_de[] = {
  { HEDDLE_WORD_ON, "am", 0 },
  { HEDDLE_WORD_AT, "um", 0 },
  { HEDDLE_WORD_WROTE, "schrieb", 0 },
  { HEDDLE_WORD_WROTE, "hat", 0 },
  { HEDDLE_WORD_WROTE, "geschrieben", 0 },
  { HEDDLE_WORD_WROTE, "zitat von", 0 },
  { 0, NULL, 0 },
};
static const HeddleWordRow test_fr[] = {
  { HEDDLE_WORD_ON, "le", 0 },
  { HEDDLE_WORD_AT, "à", 0 },
  { HEDDLE_WORD_WROTE, "a écrit", 0 },
  { 0, NULL, 0 },
};
static const HeddleWordRow test_tr[] = {
  { HEDDLE_WORD_ON, "tarihinde", 0 },
  { HEDDLE_WORD_WROTE, "şunu yazdı", 0 },
  { 0, NULL, 0 },
};
static const HeddleWordRow test_zh[] = {
  { HEDDLE_WORD_ON, "在", 0 },
  { HEDDLE_WORD_ON, "于", 0 },
  { HEDDLE_WORD_WROTE, "写道", 0 },
  { 0, NULL, 0 },
};
static const HeddleLocale de = { "de", test_de }, fr = { "fr", test_fr },
                          tr = { "tr", test_tr }, zh = { "zh", test_zh };
extern const HeddleLocale heddle_locale_en;
static const HeddleLocale *const locales[] = { &heddle_locale_en, &de, &fr, &tr, &zh, NULL };

typedef struct {
  const char *name, *body, *found;
} Case;

static const Case cases[] = {
  /* order */
  { "on-date-person",
    "On Tue, Apr 10, 2018 at 3:40 PM, Ana Ruiz <ana@example.org> wrote:\n> Hi\n",
    "0-0|Ana Ruiz|ana@example.org|2018-04-10T15:40\n" },
  { "on-date-verb-person", "Am 10.04.2018 um 15:40 schrieb Ana Ruiz <ana@example.org>:\n\nHi\n",
    "0-0|Ana Ruiz|ana@example.org|2018-04-10T15:40\n" },
  { "verb-in-two",
    "Ana Ruiz <ana@example.org> hat am 10. April 2018 um 15:40 geschrieben:\n> Hi\n",
    "0-0|Ana Ruiz|ana@example.org|2018-04-10T15:40\n" },
  { "blank-before-colon",
    "Le 10 avril 2018 à 15:40, Ana Ruiz <ana@example.org> a écrit :\n\n> Hi\n",
    "0-0|Ana Ruiz|ana@example.org|2018-04-10T15:40\n" },
  { "no-verb", "2018-04-10 15:40 GMT+02:00 Ana Ruiz <ana@example.org>:\n\nHi\n",
    "0-0|Ana Ruiz|ana@example.org|2018-04-10T15:40\n" },
  { "person-first", "Ana Ruiz <ana@example.org> wrote on 10 April 2018 at 15:40:\n> Hi\n",
    "0-0|Ana Ruiz|ana@example.org|2018-04-10T15:40\n" },
  { "verb-last",
    "Ana Ruiz <ana@example.org>, 10 Nis 2018 Sal, 15:40 tarihinde şunu yazdı:\n\nHi\n",
    "0-0|Ana Ruiz|ana@example.org|2018-04-10T15:40\n" },
  { "clock-in-brackets", "On 10 April 2018 (at 15:40), Ana Ruiz wrote:\n> Hi\n",
    "0-0|Ana Ruiz|-|2018-04-10T15:40\n" },
  { "no-person", "On Tue, Apr 10, 2018 at 3:40 PM wrote:\n> Hi\n",
    "0-0|-|-|2018-04-10T15:40\n" },
  { "address-alone", "On Tue, Apr 10, 2018 at 3:40 PM, <ana@example.org> wrote:\n> Hi\n",
    "0-0|-|ana@example.org|2018-04-10T15:40\n" },
  { "quoted-name", "On 4/10/18, 3:40 PM, \"Ruiz, Ana\" <ana@example.org> wrote:\n\nHi\n",
    "0-0|Ruiz, Ana|ana@example.org|2018-04-10T15:40\n" },
  { "comma-before-verb",
    "On 10 Apr 2018 15:40 +0000, Ana Ruiz <ana@example.org>, wrote:\n> Hi\n",
    "0-0|Ana Ruiz|ana@example.org|2018-04-10T15:40\n" },
  { "no-address", "shamira wrote:\n> Hi\n", "" },
  { "handle-with-date", "On 4/10/2018 3:16 PM, vbindal wrote:\n> Hi\n",
    "0-0|vbindal|-|2018-04-10T15:16\n" },
  { "mailto",
    "On 10 Apr 2018, at 15:40, Ana <ana@example.org<mailto:ana@example.org>> wrote:\nHi\n",
    "0-0|Ana|ana@example.org|2018-04-10T15:40\n" },
  { "message-id",
    "On Tue, Apr 10, 2018 at 03:40:11PM +0200, in message <a.1@mail.example>, "
    "Ana Ruiz wrote:\n> Hi\n",
    "0-0|Ana Ruiz|-|2018-04-10T15:40\n" },
  { "article", "In article <a.1@mail.example>, Ana Ruiz <ana@example.org> wrote:\n> Hi\n",
    "0-0|Ana Ruiz|ana@example.org|-\n" },
  { "usenet", "Ana Ruiz <ana@example.org> writes:\n\n> Hi\n",
    "0-0|Ana Ruiz|ana@example.org|-\n" },
  { "horde", "Quoting Ana Ruiz <ana@example.org>:\n\n> Hi\n",
    "0-0|Ana Ruiz|ana@example.org|-\n" },
  { "horde-de", "Zitat von Ana Ruiz <ana@example.org>:\n\n> Hi\n",
    "0-0|Ana Ruiz|ana@example.org|-\n" },
  { "mutt-star", "* Ana Ruiz <ana@example.org> [2018-04-10 15:40]:\n> Hi\n",
    "0-0|Ana Ruiz|ana@example.org|2018-04-10T15:40\n" },
  { "zoho",
    "---- On Tue, 10 Apr 2018 15:40:11 +0200 Ana Ruiz <ana@example.org> wrote ----\n\nHi\n",
    "0-0|Ana Ruiz|ana@example.org|2018-04-10T15:40\n" },
  { "archive", "Ana Ruiz wrote\n> Hi\n", "0-0|Ana Ruiz|-|-\n" },
  { "withheld", "On 3 May, (b)(6) wrote:\n\nHi\n", "0-0|(withheld)|-|3 May\n" },
  { "withheld-x", "On Tue, Apr 10, 2018 at 3:40 PM, XXXX wrote:\nHi\n",
    "0-0|(withheld)|-|2018-04-10T15:40\n" },
  { "weekday", "On Monday, Ana Ruiz wrote:\n> Hi\n", "0-0|Ana Ruiz|-|Monday\n" },
  { "eudora", "At 03:40 PM 4/10/2018, you wrote:\n>Hi\n", "0-0|-|-|2018-04-10T15:40\n" },
  { "eudora-name", "At 4/10/2018 03:40 PM, Ana Ruiz wrote:\n>Hi\n",
    "0-0|Ana Ruiz|-|2018-04-10T15:40\n" },
  { "aol", "In a message dated 4/10/2018 3:40:11 PM Eastern Daylight Time, ana@example.org \nwrites:\n\nHi\n",
    "0-1|-|ana@example.org|2018-04-10T15:40\n" },
  { "no-colon", "2018/4/10 Ana Ruiz <ana@example.org>\n\n> Hi\n",
    "0-0|Ana Ruiz|ana@example.org|2018-04-10T00:00\n" },
  { "comment", "Ana Ruiz (ana@example.org) wrote:\n> Hi\n",
    "0-0|Ana Ruiz|ana@example.org|-\n" },
  { "cjk", "在 2018-04-10 15:40:11，Ana Ruiz <ana@example.org> 写道：\n\nHi\n",
    "0-0|Ana Ruiz|ana@example.org|2018-04-10T15:40\n" },
  /* names that are words */
  { "name-le", "On 10 Apr 2018, at 15:40, Le Van Minh <minh@example.org> wrote:\n> Hi\n",
    "0-0|Le Van Minh|minh@example.org|2018-04-10T15:40\n" },
  { "name-said", "On 10 Apr 2018, at 15:40, Said Ahmed wrote:\n> Hi\n",
    "0-0|Said Ahmed|-|2018-04-10T15:40\n" },
  { "name-said-last", "Ahmed Said wrote:\n> Hi\n", "0-0|Ahmed Said|-|-\n" },
  { "name-may", "May Lee wrote:\n> Hi\n", "0-0|May Lee|-|-\n" },
  /* wrapped */
  { "in-the-address",
    "> On Tue, Apr 10, 2018 at 3:40 PM, Ana Ruiz <\n> ana@example.org> wrote:\n>> Hi\n",
    "0-1|Ana Ruiz|ana@example.org|2018-04-10T15:40\n" },
  { "bracket-as-mark",
    "On Tue, Apr 10, 2018 at 3:40 PM, Ana Ruiz <ana@example.org\n> wrote:\n\n> Hi\n",
    "0-1|Ana Ruiz|ana@example.org|2018-04-10T15:40\n" },
  { "bracket-as-line",
    ">> >> On Tue, Apr 10, 2018 at 3:40 PM, Ana Ruiz <\n>> ana@example.org\n>> >> >\n>> >> "
    "wrote:\n>> >>> Hi\n",
    "0-3|Ana Ruiz|ana@example.org|2018-04-10T15:40\n" },
  { "bracket-alone",
    "> > On Tue, Apr 10, 2018 at 3:40 PM Ana Ruiz\n<\n> ana@example.org>\n> > wrote:\n> > > "
    "Hi\n",
    "0-3|Ana Ruiz|ana@example.org|2018-04-10T15:40\n" },
  { "mark-lost",
    "> On Tue, Apr 10, 2018 at 3:40 PM, Ana Ruiz <ana@example.org>\nwrote:\n>\n>> Hi\n",
    "0-1|Ana Ruiz|ana@example.org|2018-04-10T15:40\n" },
  { "in-the-date",
    "On Tue, Apr 10,\n2018 at 3:40 PM, Ana Ruiz\n<ana@example.org>\nwrote:\n> Hi\n",
    "0-3|Ana Ruiz|ana@example.org|2018-04-10T15:40\n" },
  { "blank-lines",
    "On Tue, Apr 10, 2018 at 3:40 PM\n\nAna Ruiz <ana@example.org>\n\nwrote:\n\nHi\n",
    "0-4|Ana Ruiz|ana@example.org|2018-04-10T15:40\n" },
  { "entities",
    "> On Tue, Apr 10, 2018 at 3:40 PM, anar &lt;\n\n> ana@\n\n> &gt; wrote:\n>>> Hi\n",
    "0-4|anar|-|2018-04-10T15:40\n" },
  { "indented",
    "    On Tue, Apr 10, 2018 at 3:40 PM, Ana Ruiz <ana@example.org> wrote:\n    Hi\n",
    "0-0|Ana Ruiz|ana@example.org|2018-04-10T15:40\n" },
  { "one-line", "On Tue, Apr 10, 2018 at 3:40 PM Ana Ruiz <ana@example.org> wrote: > Hi\n",
    "0-0|Ana Ruiz|ana@example.org|2018-04-10T15:40\n" },
  /* none */
  { "trap-monday", "On Monday he wrote: nothing will come of it.\n> Hi\n", "" },
  { "trap-monday-quoted", "On Monday he wrote:\n> Hi\n", "" },
  { "trap-said", "As Sam said:\n\n- one\n- two\n", "" },
  { "trap-day", "On 10 April 2018 Sam Okoro wrote:\n\nThe account will come back.\n", "" },
  { "trap-prose", "On 10 April 2018 we met Sam, who knew all. Then Ana wrote:\n> Hi\n", "" },
  { "trap-list", "On 10 April 2018 at 15:40 we filed these:\n\n1. one\n2. two\n", "" },
  { "trap-log", "2018-04-10 15:40:11 sam@example.org:\nlogin failed\n", "" },
  { "trap-address", "Please write to ana@example.org:\n> Hi\n", "" },
  { "trap-colon-later",
    "On 10 April 2018 at 15:40 the account fell.\nWe waited. Then she\nwrote:\n> Hi\n", "" },
};

static void
describe (const HeddleBoundary *b, GString *out)
{
  const HeddlePerson *from = b->from;
  g_string_append_printf (out, "%u-%u|%s|%s|", b->first, b->last,
                          from == NULL         ? "-"
                          : from->name != NULL ? from->name
                          : from->redacted     ? "(withheld)"
                                               : "-",
                          from == NULL || from->address == NULL ? "-" : from->address);
  if (b->date == NULL)
    g_string_append (out, "-\n");
  else if (!b->date->has_local)
    g_string_append_printf (out, "%s\n", b->date->raw);
  else
    g_string_append_printf (out, "%04d-%02d-%02dT%02d:%02d\n", b->date->local.year,
                            b->date->local.month, b->date->local.day, b->date->local.hour,
                            b->date->local.minute);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  HeddleWords *words = heddle_words_new (locales);
  HeddleNames *names = heddle_names_new (locales);
  HeddleTables tables = { words, names, heddle_domains_new () };
  g_autoptr (HeddleBody) body = heddle_body_new ();
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  heddle_body_add_text (body, c->body, strlen (c->body), (HeddleTextForm){ FALSE, FALSE },
                        &heddle_limits_default, warnings);
  HeddleView view = { &tables, body->lines };
  g_autoptr (GPtrArray) found = heddle_boundaries_find (&view, FALSE, NULL);
  g_autoptr (GString) out = g_string_new (NULL);
  for (guint i = 0; i < found->len; i++)
    describe (g_ptr_array_index (found, i), out);
  g_assert_cmpstr (out->str, ==, c->found);
  heddle_words_free (words);
  heddle_names_free (names);
  heddle_domains_free (tables.domains);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/attribution/%s", cases[i].name);
    g_test_add_data_func (path, &cases[i], test_case);
  }
  return g_test_run ();
}
