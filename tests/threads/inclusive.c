/* SPDX-License-Identifier: MIT */
/* The fewest mails that hold a conversation, and what the others add. */
#include "tests/threads/support.h"
#include "threads/cover.h"

#include <string.h>

#define FIRST                                                                                      \
  "The account of Mira Levin was taken over on Monday night. Could you please tell us which "      \
  "papers you need, so that it can be given back before the weekend?"
#define WITHHELD                                                                                   \
  "The account of (b)(6) was taken over on Monday night. Could you please tell us which "          \
  "papers you need, so that it can be given back before the weekend?"
#define CUT                                                                                        \
  "The account of Mira Levin was taken over on Monday night. Could you please tell us which papers you"
#define SECOND                                                                                     \
  "We need a copy of the registration and a letter on paper with the letterhead. Both can be "     \
  "sent as photographs; the review takes three working days from then on."

#define MORE "All of it is meant for its addressee alone, who is not to pass it on to anybody else."

#define ANA "Ana Ruiz <ana@example.org>"
#define SAM "Sam Okoro <sam@chirper.example>"
#define A_HEAD .from = ANA, .to = SAM, .date = "2026-03-02 10:05:00+00:00", .id = "a@x"
#define B_HEAD .from = SAM, .to = ANA, .date = "2026-03-03 09:00:00+00:00", .id = "b@x", .answers = "a@x"
#define QUOTED .kind = HEDDLE_KIND_REPLY, .from = ANA, .date = "2026-03-02 10:05"

typedef struct {
  const char *name;
  Mail mails[MAILS_MAX];
  const char *answer; /* "NAME: needed? holds +messages attachments variants" by the mails' names */
} Row;

static const Row rows[] = {
  { "one mail",
    { { "a", FALSE, { { FIRST, A_HEAD } } } },
    "a needed 1 +1\n" },
  { "an answer that quotes it all",
    { { "a", FALSE, { { FIRST, A_HEAD } } },
      { "b", FALSE, { { SECOND, .up = 1, B_HEAD }, { FIRST, QUOTED } } } },
    "a 1 +0\nb needed 2 +2\n" },
  { "a file keeps nothing needed, and is said",
    { { "a", FALSE, { { FIRST, A_HEAD, .attachment = "shot.png" } } },
      { "b", FALSE, { { SECOND, .up = 1, B_HEAD }, { FIRST, QUOTED } } } },
    "a 1 +0 shot.png\nb needed 2 +2\n" },
  { "an answer that cuts it",
    { { "a", FALSE, { { FIRST, A_HEAD } } },
      { "b", FALSE, { { SECOND, .up = 1, B_HEAD }, { CUT, QUOTED } } } },
    "a needed 1 +1\nb needed 1 +1 truncated\n" },
  { "an answer that withholds a name",
    { { "a", FALSE, { { FIRST, A_HEAD } } },
      { "b", FALSE, { { SECOND, .up = 1, B_HEAD }, { WITHHELD, QUOTED } } } },
    "a needed 1 +1\nb needed 1 +1 redacted\n" },
  { "a cut copy beside whole ones",
    { { "b", FALSE, { { SECOND, .up = 1, B_HEAD }, { FIRST, QUOTED } } },
      { "c", FALSE,
        { { SECOND, .up = 1, B_HEAD }, { CUT, QUOTED } } } },
    "c 1 +0 truncated\nb needed 2 +2\n" },
  { "a copy with more behind it holds it, and adds that",
    { { "a", FALSE, { { FIRST, A_HEAD } } },
      { "b", FALSE, { { SECOND, .up = 1, B_HEAD }, { FIRST " " MORE, QUOTED } } } },
    "a 1 +0\nb needed 2 +2 extended\n" },
  { "a blank copy holds nothing and adds nothing",
    { { "a", FALSE, { { FIRST, A_HEAD } } },
      { "b", FALSE, { { SECOND, .up = 1, B_HEAD }, { "", QUOTED } } } },
    "a needed 1 +1\nb needed 1 +1\n" },
  { "the same message in two mails: the least id",
    { { "a", FALSE, { { FIRST, A_HEAD } } }, { "z", FALSE, { { FIRST, A_HEAD } } } },
    NULL },
};

static const char *
name_of (const Mail *mails, const char *id)
{
  for (guint i = 0; i < MAILS_MAX && mails[i].name != NULL; i++) {
    g_autofree char *mail = heddle_sha256 (mails[i].name, strlen (mails[i].name));
    if (strcmp (mail, id) == 0)
      return mails[i].name;
  }
  g_assert_not_reached ();
}

static char *
print_inclusive (const Mail *mails, const HeddleInclusive *inclusive)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < inclusive->mails->len; i++) {
    const HeddleInclusiveMail *mail = inclusive->mails->pdata[i];
    g_string_append_printf (out, "%s%s %u +%u", name_of (mails, mail->mail->mail),
                            mail->needed ? " needed" : "", mail->holds, mail->messages->len);
    for (guint k = 0; k < mail->attachments->len; k++)
      g_string_append_printf (
          out, " %s", g_array_index (mail->attachments, HeddleAddition, k).attachment->name);
    for (guint k = 0; k < mail->variants->len; k++)
      g_string_append_printf (
          out, " %s", heddle_copy_name (g_array_index (mail->variants, HeddleAddition, k).copy));
    g_string_append_c (out, '\n');
  }
  return g_string_free (out, FALSE);
}

static void
test_rows (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) mails = support_mails (rows[i].mails);
    g_autoptr (GPtrArray) threads = heddle_threads_merge (mails);
    g_test_message ("%s", rows[i].name);
    g_assert_cmpuint (threads->len, ==, 1);
    g_autoptr (HeddleInclusive) inclusive = heddle_inclusive (threads->pdata[0], mails);
    g_assert_cmpuint (inclusive->needed, ==, inclusive->least);
    g_autofree char *found = print_inclusive (rows[i].mails, inclusive);
    if (rows[i].answer != NULL) {
      g_assert_cmpstr (found, ==, rows[i].answer);
      continue;
    }
    const HeddleInclusiveMail *first = inclusive->mails->pdata[0], *second = inclusive->mails->pdata[1];
    g_assert_cmpstr (first->mail->mail, <, second->mail->mail);
    g_assert_true (first->needed);
    g_assert_false (second->needed);
  }
}

/* The order in which mails are given decides nothing. */
static void
test_order (void)
{
  const Row *row = &rows[5];
  g_autoptr (GPtrArray) mails = support_mails (row->mails);
  g_autoptr (GPtrArray) threads = heddle_threads_merge (mails);
  gpointer first = mails->pdata[0];

  mails->pdata[0] = mails->pdata[1];
  mails->pdata[1] = first;
  g_autoptr (HeddleInclusive) inclusive = heddle_inclusive (threads->pdata[0], mails);
  g_autofree char *found = print_inclusive (row->mails, inclusive);
  g_assert_cmpstr (found, ==, row->answer);
}

/* --- sets ------------------------------------------------------------------------------ */

#define SETS_MAX 40

/* @words: sets of letters, blank-separated. Returns those chosen, as they stand. */
static char *
cover (const char *words, guint *ret_least)
{
  g_auto (GStrv) texts = g_strsplit (words, " ", -1);
  guint n = g_strv_length (texts);
  GArray *sets[SETS_MAX];
  gboolean chosen[SETS_MAX];
  GString *out = g_string_new (NULL);

  for (guint s = 0; s < n; s++) {
    sets[s] = g_array_new (FALSE, FALSE, sizeof (guint));
    for (const char *c = texts[s]; *c != '\0'; c++) {
      guint e = (guint)(*c - 'a');
      g_array_append_val (sets[s], e);
    }
  }
  *ret_least = heddle_cover_find (sets, n, 26, chosen);
  for (guint s = 0; s < n; s++) {
    if (chosen[s])
      g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", texts[s]);
    g_array_unref (sets[s]);
  }
  return g_string_free (out, FALSE);
}

static void
test_cover (void)
{
  static const struct {
    const char *sets, *chosen;
  } tables[] = {
    { "a", "a" },
    { "a ab abc", "abc" },
    { "abc ab a", "abc" },
    { "ab ab", "ab" },
    { "ab bc ca", "ab bc" },              /* any two will do: the first two */
    { "abcd aef bgh ae bf", "abcd aef bgh" },
    { "abef cdgh abcd ef gh", "abef cdgh" }, /* taking the largest first takes three */
    { "cdef ab cd gh abgh ef", "cdef abgh" },
    /* A ring of seven: four sets, and whoever takes the largest knows of no less than three. */
    { "ab bc cd de ef fg ga", "ab bc de fg" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++) {
    guint least;
    g_autofree char *found = cover (tables[i].sets, &least);
    g_auto (GStrv) words = g_strsplit (tables[i].chosen, " ", -1);
    g_assert_cmpuint (least, ==, g_strv_length (words));
    g_assert_cmpuint (strlen (found), ==, strlen (tables[i].chosen));
    g_assert_cmpstr (found, ==, tables[i].chosen);
  }
}

/* A ring of more sets than are searched through: all is held, and the bound is true. */
static void
test_many (void)
{
  enum { N = 2001 };
  GArray *sets[N];
  gboolean chosen[N], held[N] = { FALSE };
  guint taken = 0;

  for (guint s = 0; s < N; s++) {
    guint pair[] = { s, (s + 1) % N };
    sets[s] = g_array_new (FALSE, FALSE, sizeof (guint));
    g_array_append_vals (sets[s], pair, 2);
  }
  guint least = heddle_cover_find (sets, N, N, chosen);
  for (guint s = 0; s < N; s++) {
    for (guint i = 0; chosen[s] && i < 2; i++)
      held[g_array_index (sets[s], guint, i)] = TRUE;
    taken += chosen[s] ? 1 : 0;
    g_array_unref (sets[s]);
  }
  for (guint e = 0; e < N; e++)
    g_assert_true (held[e]);
  g_assert_cmpuint (least, <=, (N + 1) / 2);
  g_assert_cmpuint (least, >=, N / 3);
  g_assert_cmpuint (taken, >=, (N + 1) / 2);
  g_assert_cmpuint (taken, <, 2 * (N + 1) / 3 + 1);
}

/* Many copies of few mails cost next to nothing, and are no reason to guess. */
static void
test_copies (void)
{
  enum { N = 4000, KINDS = 30, EACH = 200 };
  GArray *sets[N];
  gboolean chosen[N];

  for (guint s = 0; s < N; s++) {
    sets[s] = g_array_new (FALSE, FALSE, sizeof (guint));
    for (guint i = 0; i < EACH; i++) {
      guint e = s % KINDS + i;
      g_array_append_val (sets[s], e);
    }
  }
  g_assert_cmpuint (heddle_cover_find (sets, N, KINDS + EACH, chosen), ==, 2);
  for (guint s = 0; s < N; s++) {
    g_assert_cmpint (chosen[s], ==, s == 0 || s == KINDS - 1);
    g_array_unref (sets[s]);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/inclusive/rows", test_rows);
  g_test_add_func ("/inclusive/order", test_order);
  g_test_add_func ("/inclusive/cover", test_cover);
  g_test_add_func ("/inclusive/many", test_many);
  g_test_add_func ("/inclusive/copies", test_copies);
  return g_test_run ();
}
