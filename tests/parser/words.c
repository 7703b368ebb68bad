/* SPDX-License-Identifier: MIT */
/* What a row of a language's table stands for: the ways in which writers spell it. */
#include "parser/build.h"

#include <string.h>

static const HeddleWordRow words[] = {
  { HEDDLE_WORD_FROM, "from", 1 },
  { HEDDLE_WORD_FROM, "from him", 2 },
  { HEDDLE_WORD_FROM, "от кого", 3 },
  { HEDDLE_WORD_FROM, "отчёт", 4 },
  { HEDDLE_WORD_FROM, "αποστολέας", 5 },
  { HEDDLE_WORD_FROM, "kimden ısı", 6 },
  { HEDDLE_WORD_FROM, "إلى", 7 },
  { HEDDLE_WORD_FROM, "می‌خواهیم", 8 },
  { HEDDLE_WORD_FROM, "מאת", 9 },
  { HEDDLE_WORD_FROM, "ד\"ר", 10 },
  { HEDDLE_WORD_FROM, "ايميل كبير", 11 },
  { 0, NULL, 0 },
};
static const HeddleLocale locale = { "en", words };
static const HeddleLocale *const locales[] = { &locale, NULL };

/* @covered: bytes of the text; 0 with value 0: nothing is found. */
static const struct {
  const char *text;
  int value;
  gsize covered;
} rows[] = {
  { "FROM:", 1, 4 },
  { "from  him", 2, 9 },
  { "from\302\240him:", 2, 9 },
  { "fromm", 0, 0 },
  { "ОТ КОГО:", 3, 13 },
  { "Отчет", 4, 10 },
  { "ОТЧЁТ", 4, 10 },
  { "ΑΠΟΣΤΟΛΕΑΣ:", 5, 20 },
  { "Αποστολέας", 5, 20 },
  { "KIMDEN ISI", 6, 10 },
  { "Kimden Isı", 6, 11 },
  { "K\304\260MDEN ISI", 6, 11 },
  { "الى", 7, 6 },
  { "إلی:", 7, 6 },
  { "إِلَى", 7, 10 },                                  /* with vowel signs */
  { "إلـى", 7, 8 },                                    /* tatweel */
  { "إلىَّ", 7, 10 },                                   /* the signs belong to it */
  { "إلىَا", 0, 0 },                                    /* and do not end a word */
  { "می\342\200\214خواهیم", 8, 19 },                    /* with a joiner, */
  { "ميخواهيم", 8, 16 },                               /* without, and with Arabic letters */
  { "ايميل كبير", 11, 19 },
  { "ایمیل کبیر", 11, 19 },
  { "\342\200\217מאת\342\200\217:", 9, 12 },            /* right-to-left marks */
  { "\342\200\253מאת\342\200\254:", 9, 12 },            /* an embedding */
  { "\342\201\247מאת\342\201\251:", 9, 12 },            /* an isolate */
  { "ד״ר", 10, 6 },
  { "ד”ר", 10, 7 },
  { "\342\200\217\342\200\217\342\200\217\342\200\217\342\200\217\342\200\217\342\200\217"
    "\342\200\217\342\200\217\342\200\217\342\200\217\342\200\217מאת",
    0, 0 }, /* no mailer writes twelve */
  { "\342\200\217", 0, 0 },
  { "", 0, 0 },
};

static void
test_at (void)
{
  HeddleWords *index = heddle_words_new (locales);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    gsize covered = 0;
    const HeddleWord *word = heddle_words_at (index, rows[i].text, strlen (rows[i].text),
                                              HEDDLE_WORD_BIT (HEDDLE_WORD_FROM), &covered);
    g_test_message ("%s", rows[i].text);
    g_assert_cmpint (word != NULL ? word->value : 0, ==, rows[i].value);
    g_assert_cmpuint (covered, ==, rows[i].covered);
  }
  heddle_words_free (index);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parser/words/at", test_at);
  return g_test_run ();
}
