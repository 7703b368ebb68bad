/* SPDX-License-Identifier: MIT */
/* The parts that merging rests on: fingerprints, clocks, authors, keys. */
#include "tests/threads/support.h"
#include "threads/key.h"

#include <string.h>

#define TEXT                                                                                       \
  "The account of our partner was taken over on Monday night. Could you please tell us which "     \
  "papers you need, so that it can be given back before the weekend?"

/* --- texts ------------------------------------------------------------------------ */

typedef struct {
  const char *name, *a, *b;
  HeddleTextRelation expected;
} TextCase;

static const TextCase text_cases[] = {
  { "equal", TEXT, TEXT, HEDDLE_TEXT_SAME },
  { "quote marks and other line ends", "One two three\nfour five.", "> One two\n> three four\n>> five.", HEDDLE_TEXT_SAME },
  { "case, blanks and punctuation", "Yes - we do.", "yes we DO", HEDDLE_TEXT_SAME },
  { "list marks and emphasis", "* first\n* *second*", "- first\n- second", HEDDLE_TEXT_SAME },
  { "a wrapped link", "See https://example.org/a?b=1 there", "See https://scan.example/?u=xyz&v=2 there", HEDDLE_TEXT_SAME },
  { "a link behind a name", "See here there", "See here<https://example.org/a> there", HEDDLE_TEXT_SAME },
  { "an address made a link", "Ask ana at once", "Ask ana<mailto:ana@example.org> at once", HEDDLE_TEXT_SAME },
  { "the place of a picture", "Look: [cid:image001.png@01D] at it", "Look: [image: shot one] at it", HEDDLE_TEXT_SAME },
  { "withheld in two ways", "The name is (b)(6) and no more", "The name is [redacted] and no more", HEDDLE_TEXT_SAME },
  { "withheld with clauses", "The name is (b) (7)(c) and no more", "The name is \xe2\x96\x88\xe2\x96\x88\xe2\x96\x88 and no more", HEDDLE_TEXT_SAME },
  { "a word withheld", TEXT, "The account of our partner was taken over on (b)(6) night. Could you please tell us which papers you need, so that it can be given back before the weekend?", HEDDLE_TEXT_PARTIAL },
  { "cut at the end", TEXT, "The account of our partner was taken over on Monday night. Could you please", HEDDLE_TEXT_PARTIAL },
  { "a disclaimer behind", TEXT, TEXT " This message is meant for its receivers alone and may be secret.", HEDDLE_TEXT_PARTIAL },
  { "a warning before", TEXT, "Caution: this message came from outside. " TEXT, HEDDLE_TEXT_PARTIAL },
  { "nothing on one side", TEXT, "", HEDDLE_TEXT_UNKNOWN },
  { "nothing on either", "--", "> >", HEDDLE_TEXT_UNKNOWN },
  { "short and different", "Yes.", "No.", HEDDLE_TEXT_DIFFERENT },
  { "different", TEXT, "We need a copy of the registration and a letter on paper with the letterhead. Both can be sent as photographs.", HEDDLE_TEXT_DIFFERENT },
  { "accents that became question marks", "Le café du père Noël est fermé", "Le caf? du p?re No?l est ferm?", HEDDLE_TEXT_SAME },
  { "accents read in another charset", "Le café du père Noël est fermé", "Le cafÃ© du pÃ¨re NoÃ«l est fermÃ©", HEDDLE_TEXT_SAME },
  { "accents that nothing stands for", "Le café du père Noël est fermé", "Le caf\xef\xbf\xbd du p\xef\xbf\xbdre No\xef\xbf\xbdl est ferm\xef\xbf\xbd", HEDDLE_TEXT_SAME },
  { "accents left out", "Le café du père Noël est fermé", "Le cafe du pere Noel est ferme", HEDDLE_TEXT_SAME },
  { "accents in two characters", "Señor, el baño está cerrado hoy", "Sen\xcc\x83or, el ban\xcc\x83o esta\xcc\x81 cerrado hoy", HEDDLE_TEXT_SAME },
  { "umlauts written out", "Die Prüfung läuft über Nacht", "Die Pruefung laeuft ueber Nacht", HEDDLE_TEXT_SAME },
  { "another script, lost", "Мы получили письмо", "?? ???????? ??????", HEDDLE_TEXT_UNKNOWN },
  { "another script, in another charset", "Мы получили письмо", "ÐœÑ‹ Ð¿Ð¾Ð»ÑƒÑ‡Ð¸Ð»Ð¸ Ð¿Ð¸ÑÑŒÐ¼Ð¾", HEDDLE_TEXT_UNKNOWN },
  { "short, another vowel", "No", "Now? Ni", HEDDLE_TEXT_DIFFERENT },
  { "short, the vowel alone", "In", "On", HEDDLE_TEXT_DIFFERENT },
  { "an unclosed bracket", "[cid:abc def", "cid abc def", HEDDLE_TEXT_SAME },
};

static void
test_text (gconstpointer data)
{
  const TextCase *row = data;
  Entry entries[] = { { .text = row->a }, { .text = row->b } };
  g_autoptr (HeddleMessage) a = support_message (&entries[0]), b = support_message (&entries[1]);
  HeddleFingerprint x, y;

  heddle_fingerprint_make (a, &x);
  heddle_fingerprint_make (b, &y);
  g_assert_cmpint (heddle_fingerprint_compare (&x, &y), ==, row->expected);
  g_assert_cmpint (heddle_fingerprint_compare (&y, &x), ==, row->expected);
}

static void
test_greeting (void)
{
  Entry entries[] = { { .text = TEXT, .greeting = "Dear Ana," }, { .text = TEXT, .greeting = "Dear (b)(6)," } };
  g_autoptr (HeddleMessage) a = support_message (&entries[0]), b = support_message (&entries[1]);
  HeddleFingerprint x, y;

  heddle_fingerprint_make (a, &x);
  heddle_fingerprint_make (b, &y);
  g_assert_cmpint (heddle_fingerprint_compare (&x, &y), ==, HEDDLE_TEXT_SAME);
  g_assert_cmpuint (x.greeting, !=, 0);
  g_assert_cmpuint (y.greeting, ==, 0);
  g_assert_cmpuint (y.redactions, ==, 1);
}

/* --- clocks ------------------------------------------------------------------------- */

typedef struct {
  const char *a, *b; /* NULL: no date */
  HeddleClockRelation expected;
} ClockCase;

static const ClockCase clock_cases[] = {
  { "2026-03-02 10:05:11+01:00", "2026-03-02 09:05:11+00:00", HEDDLE_CLOCK_SAME },
  { "2026-03-02 10:05:11+01:00", "2026-03-02 10:05:11+00:00", HEDDLE_CLOCK_DIFFERENT },
  { "2026-03-02 10:05:11+01:00", "2026-03-02 10:05", HEDDLE_CLOCK_SAME },
  { "2026-03-02 10:05:11+01:00", "2026-03-02 04:05", HEDDLE_CLOCK_ZONE },
  { "2026-03-02 10:05:11+01:00", "2026-03-02 04:05:11", HEDDLE_CLOCK_ZONE },
  { "2026-03-02 10:05:11+01:00", "2026-03-02 04:05:12", HEDDLE_CLOCK_DIFFERENT },
  { "2026-03-02 10:05:11+01:00", "2026-03-02 14:35", HEDDLE_CLOCK_ZONE }, /* India */
  { "2026-03-02 10:05:11+01:00", "2026-03-02 14:50", HEDDLE_CLOCK_ZONE }, /* Nepal */
  { "2026-03-02 10:05:11+01:00", "2026-03-02 14:55", HEDDLE_CLOCK_DIFFERENT },
  { "2026-03-02 10:05:11+01:00", "2026-03-02 23:05", HEDDLE_CLOCK_ZONE }, /* +14 h */
  { "2026-03-02 10:05:11+01:00", "2026-03-02 23:20", HEDDLE_CLOCK_DIFFERENT },
  { "2026-03-02 10:05:11+01:00", "2026-03-01 21:05", HEDDLE_CLOCK_ZONE }, /* -12 h */
  { "2026-03-02 10:05:11+01:00", "2026-03-01 20:50", HEDDLE_CLOCK_DIFFERENT },
  { "2026-03-02 10:05", "2026-03-03 12:05", HEDDLE_CLOCK_ZONE }, /* 26 h */
  { "2026-03-02 10:05", "2026-03-03 12:20", HEDDLE_CLOCK_DIFFERENT },
  { "2026-03-02 10:05", "2026-03-02 10:05", HEDDLE_CLOCK_SAME },
  { "2026-03-02", "2026-03-02 10:05", HEDDLE_CLOCK_UNKNOWN },
  { "2026-03-02", "2026-03-03 23:05", HEDDLE_CLOCK_UNKNOWN },
  { "2026-03-02", "2026-03-09 10:05", HEDDLE_CLOCK_DIFFERENT },
  { "2026-03-02", "2026-03-03", HEDDLE_CLOCK_UNKNOWN },
  { "2026-03-02", "2026-03-05", HEDDLE_CLOCK_DIFFERENT },
  { NULL, "2026-03-02 10:05", HEDDLE_CLOCK_UNKNOWN },
  { NULL, NULL, HEDDLE_CLOCK_UNKNOWN },
  { "0001-01-01 00:05", "9999-12-31 23:05", HEDDLE_CLOCK_DIFFERENT },
};

static gboolean
share_key (const Entry *a, const Entry *b)
{
  Mail mails[] = { { "a", FALSE, { *a } }, { "b", FALSE, { *b } } };
  g_autoptr (HeddleThreadMail) x = support_mail (&mails[0]), y = support_mail (&mails[1]);
  g_autoptr (GPtrArray) p = heddle_thread_keys (x), q = heddle_thread_keys (y);

  for (guint i = 0; i < p->len; i++) {
    g_assert_cmpuint (strlen (p->pdata[i]), ==, 17);
    if (i > 0)
      g_assert_cmpstr (p->pdata[i - 1], <, p->pdata[i]);
    for (guint k = 0; k < q->len; k++) {
      if (strcmp (p->pdata[i], q->pdata[k]) == 0)
        return TRUE;
    }
  }
  return FALSE;
}

static void
test_clocks (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (clock_cases); i++) {
    const ClockCase *row = &clock_cases[i];
    Entry entries[] = { { .text = TEXT, .date = row->a }, { .text = TEXT, .date = row->b } };
    g_autoptr (HeddleMessage) a = support_message (&entries[0]), b = support_message (&entries[1]);
    HeddleClock x, y;

    heddle_clock_read (a->date, &x);
    heddle_clock_read (b->date, &y);
    g_test_message ("%s %s", row->a, row->b);
    g_assert_cmpint (heddle_clock_compare (&x, &y), ==, row->expected);
    g_assert_cmpint (heddle_clock_compare (&y, &x), ==, row->expected);
    /* What can be one moment is laid side by side. */
    if (row->expected >= HEDDLE_CLOCK_ZONE)
      g_assert_true (share_key (&entries[0], &entries[1]));
  }
}

/* All zones, on both sides of each boundary between the spans that keys are cut in. */
static void
test_keys_of_all_zones (void)
{
  for (guint hour = 0; hour < 52; hour += 3) {
    for (int zone = -HEDDLE_CLOCK_WEST; zone <= HEDDLE_CLOCK_EAST; zone += HEDDLE_CLOCK_STEP) {
      g_autoptr (GDateTime) base = g_date_time_new_utc (2026, 3, 1, 0, 7, 0);
      g_autoptr (GDateTime) at = g_date_time_add_hours (base, (gint) hour);
      g_autoptr (GDateTime) there = g_date_time_add_minutes (at, zone);
      g_autofree char *utc = g_date_time_format (at, "%Y-%m-%d %H:%M:00+00:00");
      g_autofree char *wall = g_date_time_format (there, "%Y-%m-%d %H:%M");
      Entry a = { .text = TEXT, .date = utc }, b = { .text = TEXT, .date = wall };

      g_assert_true (share_key (&a, &b));
    }
  }
}

static void
test_keys_apart (void)
{
  Entry dated = { .text = TEXT, .date = "2026-03-02 10:05", .from = "Ana <ana@example.org>" };
  Entry later = { .text = TEXT, .date = "2026-05-02 10:05", .from = "Lea <lea@example.org>" };
  Entry undated = { .text = TEXT, .from = "Ana" };
  Entry nobody = { .text = TEXT };
  Entry brief = { .text = "Thanks!", .date = "2026-03-02 10:05", .from = "Ana <ana@example.org>" };

  g_assert_false (share_key (&dated, &later));
  g_assert_true (share_key (&dated, &undated));
  g_assert_false (share_key (&later, &undated));
  g_assert_false (share_key (&dated, &nobody));
  g_assert_true (share_key (&nobody, &nobody));
  g_assert_false (share_key (&brief, &brief));
}

/* --- authors --------------------------------------------------------------------------- */

typedef struct {
  const char *a, *b;
  HeddleAuthorRelation expected;
} AuthorCase;

static const AuthorCase author_cases[] = {
  { "Ana Ruiz <ana@example.org>", "<ANA@example.org>", HEDDLE_AUTHOR_SAME },
  { "Ana Ruiz <ana@example.org>", "Ana Ruiz", HEDDLE_AUTHOR_SAME },
  { "Ruiz, Ana", "ana RUIZ", HEDDLE_AUTHOR_SAME },
  { "<ana.ruiz@example.org>", "Ana Ruiz", HEDDLE_AUTHOR_SAME },
  { "Ana Ruiz <ana@example.org>", "Ana", HEDDLE_AUTHOR_UNKNOWN },
  { "Ana Ruiz <ana@example.org>", "Ana Ruiz <ana@gate.example>", HEDDLE_AUTHOR_UNKNOWN },
  { "Ana <ana@example.org>", "Ana <ana@gate.example>", HEDDLE_AUTHOR_DIFFERENT },
  { "Ana Ruiz <ana@example.org>", "Sam Okoro", HEDDLE_AUTHOR_DIFFERENT },
  { "<a17@example.org>", "Sam Okoro", HEDDLE_AUTHOR_UNKNOWN },
  { "Ana Ruiz", "Ana Ruizmann", HEDDLE_AUTHOR_DIFFERENT },
  { "?", "Ana Ruiz <ana@example.org>", HEDDLE_AUTHOR_UNKNOWN },
  { "?", "?", HEDDLE_AUTHOR_UNKNOWN },
  { "Ana Ruiz ?", "Sam Okoro", HEDDLE_AUTHOR_DIFFERENT },
  { NULL, "Ana Ruiz", HEDDLE_AUTHOR_UNKNOWN },
};

static void
test_authors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (author_cases); i++) {
    const AuthorCase *row = &author_cases[i];
    Mail mail = { "a", FALSE, { { .text = "x", .from = row->a }, { .text = "y", .from = row->b } } };
    g_autoptr (HeddleThreadMail) both = support_mail (&mail);
    const HeddleTraits *traits = heddle_traits_of (both);

    g_test_message ("%s and %s", row->a, row->b);
    g_assert_cmpint (heddle_author_compare (&traits[0].author, &traits[1].author), ==, row->expected);
    g_assert_cmpint (heddle_author_compare (&traits[1].author, &traits[0].author), ==, row->expected);
  }
}

static void
test_references (void)
{
  GString *many = g_string_new ("first@x");
  const char *list[HEDDLE_KEY_REFERENCES];
  guint n;

  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (many, " r%u@x", i);
  Entry entry = { .text = "", .id = "own@x", .answers = "r5@x", .references = many->str };
  g_autoptr (HeddleMessage) message = support_message (&entry);
  n = heddle_key_references (message, list);
  g_assert_cmpuint (n, ==, HEDDLE_KEY_REFERENCES);
  g_assert_cmpstr (list[0], ==, "first@x");
  g_assert_cmpstr (list[n - 2], ==, "r9999@x");
  g_assert_cmpstr (list[n - 1], ==, "r5@x");
  g_string_free (many, TRUE);

  Entry own = { .text = "", .id = "own@x", .answers = "a@x", .references = "own@x a@x b@x own@x" };
  g_autoptr (HeddleMessage) looped = support_message (&own);
  n = heddle_key_references (looped, list);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpstr (list[0], ==, "b@x");
  g_assert_cmpstr (list[1], ==, "a@x");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (text_cases); i++) {
    g_autofree char *name = g_strdup_printf ("/threads/text/%s", text_cases[i].name);
    g_test_add_data_func (name, &text_cases[i], test_text);
  }
  g_test_add_func ("/threads/text/greeting", test_greeting);
  g_test_add_func ("/threads/clocks", test_clocks);
  g_test_add_func ("/threads/keys/all zones", test_keys_of_all_zones);
  g_test_add_func ("/threads/keys/apart", test_keys_apart);
  g_test_add_func ("/threads/authors", test_authors);
  g_test_add_func ("/threads/references", test_references);
  return g_test_run ();
}
