/* SPDX-License-Identifier: MIT */
/* Folded text and the bases of subjects. */
#include "parser/parser.h"
#include "parser/subject.h"

#include <time.h>

static const struct {
  const char *text, *folded;
} folds[] = {
  { "", "" },
  { " Dear \t SAM,\n\nsee ", "dear sam, see" },
  { "Ana RU\303\215Z caf\303\251 \303\205ngstr\303\266m", "ana ruiz cafe angstrom" },
  { "Stra\303\237e \305\201\303\263d\305\272 \303\230re", "strasse lodz ore" },
  { "\357\274\241\357\275\202\357\274\221", "ab1" },     /* full width */
  { "\342\205\243 \302\262 \357\254\201n", "iv 2 fin" }, /* compatibility */
  { "\331\202\330\247\330\266\333\214", "\331\202\330\247\330\266\331\212" }, /* Farsi yeh */
  { "\332\251\330\252\330\247\330\250", "\331\203\330\252\330\247\330\250" }, /* keheh */
  { "\331\205\331\217\330\255\331\216\331\205\331\221\330\257",
    "\331\205\330\255\331\205\330\257" },
  { "\331\205\330\255\331\200\331\200\331\205\330\257",
    "\331\205\330\255\331\205\330\257" },                                     /* tatweel */
  { "\330\243\330\245\330\242\331\261", "\330\247\330\247\330\247\330\247" }, /* alefs */
  { "\330\247\330\263\330\252\330\252\330\247\330\261\330\251",
    "\330\247\330\263\330\252\330\252\330\247\330\261\331\207" },         /* teh marbuta */
  { "\331\205\333\214\342\200\214\330\256", "\331\205\331\212\330\256" }, /* ZWNJ */
  { "\333\261\333\262 \331\243 \340\245\252", "12 3 4" },                 /* digits */
  { "a\302\240\302\255b\342\200\213c", "a bc" },
  { "\340\244\225\340\244\277", "\340\244\225\340\244\277" }, /* a vowel of Devanagari stays */
  { "\343\201\214 \343\201\213", "\343\201\214 \343\201\213" }, /* ga is not ka */
  { "\352\260\200", "\352\260\200" },                           /* Hangul stays whole */
  { "\304\260stanbul \304\261", "istanbul i" },
};

static void
test_fold (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (folds); i++) {
    g_autofree char *got = heddle_text_fold (folds[i].text);

    g_assert_cmpstr (got, ==, folds[i].folded);
  }
}

/* Folding what is folded changes nothing: each character by itself, and random
 * strings of them. */
static void
test_idempotent (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (gunichar c = 1; c < 0x30000; c++) {
    GString *text = g_string_new (NULL);
    g_autofree char *once = NULL, *twice = NULL;

    for (int i = 0; i < (c < 0x20000 ? 1 : 12); i++) {
      gunichar r = c < 0x20000 ? c : (gunichar)g_rand_int_range (rand, 1, 0x3100);

      if (g_unichar_validate (r))
        g_string_append_unichar (text, r);
    }
    once = heddle_text_fold (text->str);
    twice = heddle_text_fold (once);
    g_assert_cmpstr (once, ==, twice);
    g_assert_true (g_utf8_validate (once, -1, NULL));
    g_string_free (text, TRUE);
  }
}

static const struct {
  const char *subject, *base;
} subjects[] = {
  { "Case 1234", "Case 1234" },
  { "Re: Case 1234", "Case 1234" },
  { "RE: Fwd: AW:  WG: Case", "Case" },
  { "Re[2]: Re(3): Re^4: Re5 : Case", "Case" },
  { "Re: [list] Re: Case", "[list] Case" },
  { "[list] Re: Case", "[list] Case" },
  { "\342\200\217RE\342\200\217: \342\200\217נושא", "נושא" },
  { "תגובה: הועבר: נושא", "נושא" },
  { "ΑΠ: ΣΧΕΤ: Θέμα", "Θέμα" },
  { "İLT: Ynt: Konu", "Konu" },
  { "\345\233\236\345\244\215\357\274\232Case", "Case" },
  { "\320\236\321\202\320\262: Case", "Case" },
  { "\330\261\330\257: Case", "Case" },
  { "Reply: Case", "Reply: Case" },
  { "Refund", "Refund" },
  { "Re", "Re" },
  { "Re:", "" },
  { "Case (fwd)", "Case" },
  { " a \t b ", "a b" },
  { "[unclosed Re: x", "[unclosed Re: x" },
  { "", "" },
  { NULL, "" },
};

static void
test_subjects (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (subjects); i++) {
    g_autofree char *got = heddle_subject_base (subjects[i].subject);
    g_autofree char *again = heddle_subject_base (got);

    g_assert_cmpstr (got, ==, subjects[i].base);
    g_assert_cmpstr (again, ==, subjects[i].base);
  }
}

static const struct {
  const char *subject;
  gboolean forward;
} forwards[] = {
  { "Fwd: Case", TRUE },
  { "FW : Re: Case", TRUE },
  { "WG[2]: Case", TRUE },
  { "[list] Fwd: Case", TRUE },
  { "\350\275\254\345\217\221\357\274\232Case", TRUE },
  { "Re: Fwd: Case", FALSE },
  { "\342\200\217FW: נושא", TRUE },
  { "Прослеђено: Тема", TRUE },
  { "VS: Case", FALSE }, /* "forwarded" in some languages, "answered" in another */
  { "Fwd", FALSE },
  { "Forward: Case", FALSE },
  { "", FALSE },
  { NULL, FALSE },
};

static void
test_forwards (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forwards); i++)
    g_assert_cmpint (heddle_subject_is_forward (forwards[i].subject), ==, forwards[i].forward);
}

static void
test_hostile (void)
{
  GString *text = g_string_new (NULL);
  clock_t start = clock ();
  g_autofree char *base = NULL, *folded = NULL;

  for (int i = 0; i < 200000; i++)
    g_string_append (text, i % 2 ? "Re: " : "[");
  base = heddle_subject_base (text->str);
  for (int i = 0; i < 200000; i++)
    g_string_append (text, "\357\267\272"); /* one character that becomes eighteen */
  folded = heddle_text_fold (text->str);
  g_assert_cmpint (clock () - start, <, 5 * CLOCKS_PER_SEC);
  g_string_free (text, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fold/text", test_fold);
  g_test_add_func ("/fold/idempotent", test_idempotent);
  g_test_add_func ("/fold/subjects", test_subjects);
  g_test_add_func ("/fold/forwards", test_forwards);
  g_test_add_func ("/fold/hostile", test_hostile);
  return g_test_run ();
}
