/* SPDX-License-Identifier: MIT */
/* Dates as mailers write them in their languages where that is not CLDR's own long or short
 * form (cldr.c has those): Gmail's abbreviated day and month with a word before the clock,
 * Outlook's and Yahoo's, blanks and marks that telephones put in. A row is a language, what
 * stands behind the "on" of an attribution or behind "Date:", what is read of it, and what
 * is left. */
#include "parser/build.h"
#include "tests/parser/tables.h"

static const struct {
  const char *language, *text, *expect, *rest;
} rows[] = {
  { "en", "Tue, Apr 10, 2018 at 3:40\u202fPM Ana", "2018-04-10T15:40", " Ana" },
  { "en", "Tuesday, 10 April 2018 15:40:11", "2018-04-10T15:40:11", "" },
  { "en", "10 Apr 2018, at 15:40, Ana", "2018-04-10T15:40", ", Ana" },
  { "en", "Tuesday, April 10, 2018, 3:40:11 PM EDT, Ana", "2018-04-10T15:40:11-0400", ", Ana" },
  { "de", "Di., 10. Apr. 2018 um 15:40 Uhr schrieb Ana", "2018-04-10T15:40", " schrieb Ana" },
  { "de", "10.04.2018 um 15:40 schrieb Ana", "2018-04-10T15:40", " schrieb Ana" },
  { "de", "10.04.18 um 15:40 schrieb", "2018-04-10T15:40", " schrieb" },
  { "de", "Dienstag, 10. April 2018 15:40", "2018-04-10T15:40", "" },
  { "de", "Dienstag, 10. April 2018, 15:40:11 MESZ", "2018-04-10T15:40:11+0200", "" },
  { "de", "10. März 2018, 15:40 Uhr", "2018-03-10T15:40", "" },
  { "de", "Dienstag, den 10. April 2018 15:40", "2018-04-10T15:40", "" },
  { "fr", "mar. 10 avr. 2018 à 15:40, Ana", "2018-04-10T15:40", ", Ana" },
  { "fr", "10 avr. 2018 à 15:40, Ana", "2018-04-10T15:40", ", Ana" },
  { "fr", "mardi 10 avril 2018 15:40", "2018-04-10T15:40", "" },
  { "fr", "10/04/2018 à 15:40", "2018-10-04T15:40", "" },
  { "fr", "25/04/2018 à 15:40", "2018-04-25T15:40", "" },
  { "fr", "10 avril 2018 à 15h40, Ana", "2018-04-10T15:40", ", Ana" },
  { "fr", "mardi 1er mai 2018 à 15:40", "2018-05-01T15:40", "" },
  { "fr", "mardi 10 avril 2018 à 15:40:11 UTC+2", "2018-04-10T15:40:11+0200", "" },
  { "es", "mar, 10 abr 2018 a las 15:40, Ana", "2018-04-10T15:40", ", Ana" },
  { "es", "mar., 10 de abr. de 2018 a la(s) 15:40", "2018-04-10T15:40", "" },
  { "es", "10 de abril de 2018 a las 15:40", "2018-04-10T15:40", "" },
  { "es", "10 de abril de 2018, 3:40:11 p.\u00a0m. GMT-4", "2018-04-10T15:40:11-0400", "" },
  { "es", "martes, 10 de abril de 2018 3:40 p. m.", "2018-04-10T15:40", "" },
  { "es", "25/4/18 a las 15:40", "2018-04-25T15:40", "" },
  { "pt-BR", "ter., 10 de abr. de 2018 às 15:40, Ana", "2018-04-10T15:40", ", Ana" },
  { "pt-BR", "ter, 10 de abr de 2018 15:40, Ana", "2018-04-10T15:40", ", Ana" },
  { "pt-BR", "terça-feira, 10 de abril de 2018 15:40", "2018-04-10T15:40", "" },
  { "pt", "10/04/2018, às 15:40", "2018-10-04T15:40", "" },
  { "pt", "terça, 10 de abril de 2018 à(s) 15:40", "2018-04-10T15:40", "" },
  { "it", "mar 10 apr 2018 alle ore 15:40 Ana", "2018-04-10T15:40", " Ana" },
  { "it", "10 aprile 2018 15:40", "2018-04-10T15:40", "" },
  { "it", "martedì 10 aprile 2018 15:40", "2018-04-10T15:40", "" },
  { "it", "25/04/2018 alle 15:40", "2018-04-25T15:40", "" },
  { "nl", "di 10 apr. 2018 om 15:40 schreef Ana", "2018-04-10T15:40", " schreef Ana" },
  { "nl", "dinsdag 10 april 2018 15:40", "2018-04-10T15:40", "" },
  { "nl", "Op 10 april 2018", NULL, NULL },
  { "pl", "wt., 10 kwi 2018 o 15:40 Ana", "2018-04-10T15:40", " Ana" },
  { "pl", "wtorek, 10 kwietnia 2018 15:40", "2018-04-10T15:40", "" },
  { "pl", "10 kwi 2018, o godz. 15:40", "2018-04-10T15:40", "" },
  { "pl", "pt., 9 lis 2018 o 15:40", "2018-11-09T15:40", "" },
  { "cs", "út 10. 4. 2018 v 15:40 odesílatel", "2018-04-10T15:40", " odesílatel" },
  { "cs", "úterý 10. dubna 2018 15:40", "2018-04-10T15:40", "" },
  { "sk", "ut 10. 4. 2018 o 15:40 Ana", "2018-04-10T15:40", " Ana" },
  { "sv", "tis 10 apr. 2018 kl 15:40 skrev Ana", "2018-04-10T15:40", " skrev Ana" },
  { "sv", "den 10 april 2018 15:40", "2018-04-10T15:40", "" },
  { "da", "tir. 10. apr. 2018 kl. 15.40 skrev", "2018-04-10T15:40", " skrev" },
  { "da", "10. april 2018 15:40", "2018-04-10T15:40", "" },
  { "nb", "tir. 10. apr. 2018 kl. 15:40 skrev", "2018-04-10T15:40", " skrev" },
  { "fi", "ti 10. huhtik. 2018 klo 15.40 Ana", "2018-04-10T15:40", " Ana" },
  { "fi", "10.4.2018 kello 15.40", "2018-04-10T15:40", "" },
  { "fi", "tiistai 10. huhtikuuta 2018 15.40", "2018-04-10T15:40", "" },
  { "et", "T, 10. aprill 2018 kell 15:40", "2018-04-10T15:40", "" },
  { "hu", "2018. ápr. 10., K 15:40", "2018-04-10T15:40", "" },
  { "hu", "2018. ápr. 10., K, 15:40", "2018-04-10T15:40", "" },
  { "hu", "2018. április 10., kedd 15:40", "2018-04-10T15:40", "" },
  { "hu", "2018.04.10. 15:40", "2018-04-10T15:40", "" },
  { "ro", "mar., 10 apr. 2018 la 15:40 Ana", "2018-04-10T15:40", " Ana" },
  { "ro", "marţi, 10 aprilie 2018 15:40", "2018-04-10T15:40", "" },
  { "hr", "uto, 10. tra 2018. u 15:40", "2018-04-10T15:40", "" },
  { "hr", "pet, 12. lis 2018. u 15:40", "2018-10-12T15:40", "" },
  { "sr", "уто, 10. апр 2018. у 15:40", "2018-04-10T15:40", "" },
  { "hr", "uto, 10. apr 2018. u 15:40", "2018-04-10T15:40", "" },
  { "bg", "вт, 10.04.2018 г. в 15:40", "2018-04-10T15:40", "" },
  { "el", "Τρί 10 Απρ 2018 στις 3:40 μ.μ.", "2018-04-10T15:40", "" },
  { "tr", "10 Nis 2018 Sal, 15:40 tarihinde", "2018-04-10T15:40", " tarihinde" },
  { "tr", "10 Nisan 2018 Salı 15:40", "2018-04-10T15:40", "" },
  { "ru", "вт, 10 апр. 2018 г. в 15:40, Ана", "2018-04-10T15:40", ", Ана" },
  { "ru", "10 апреля 2018 г., 15:40", "2018-04-10T15:40", "" },
  { "ru", "10 апреля 2018, 15:40 +03:00", "2018-04-10T15:40+0300", "" },
  { "ru", "Вторник, 10 апреля 2018, 15:40 +03:00", "2018-04-10T15:40+0300", "" },
  { "ru", "10.04.2018 15:40", "2018-04-10T15:40", "" },
  { "uk", "вт, 10 квіт. 2018 р. о 15:40", "2018-04-10T15:40", "" },
  { "ar", "الثلاثاء، 10 أبريل 2018 في 3:40 م", "2018-04-10T15:40", "" },
  { "ar", "الثلاثاء، ١٠ أبريل ٢٠١٨ في ٣:٤٠ م", "2018-04-10T15:40", "" },
  { "ar", "١٠\u200f/٠٤\u200f/٢٠١٨، ٣:٤٠ م", "2018-10-04T15:40", "" },
  { "fa", "سه\u200cشنبه ۱۰ آوریل ۲۰۱۸، ۱۵:۴۰", "2018-04-10T15:40", "" },
  { "fa", "۱۳۹۷ فروردین ۲۱, سه\u200cشنبه ساعت ۱۵:۴۰", "2018-04-10T15:40", "" },
  { "fa", "۱۳۹۷/۱/۲۱ ۱۵:۴۰", "2018-04-10T15:40", "" },
  { "he", "יום ג׳, 10 באפר׳ 2018 ב-15:40", "2018-04-10T15:40", "" },
  { "he", "\u202bיום ג׳, 10 באפר׳ 2018 ב-15:40 מאת", "2018-04-10T15:40", " מאת" },
  { "zh-Hans", "2018年4月10日周二 15:40写道", "2018-04-10T15:40", "写道" },
  { "zh-Hans", "2018年4月10日星期二 下午3:40", "2018-04-10T15:40", "" },
  { "zh-Hans", "2018-04-10 15:40:11，“Ana”", "2018-04-10T15:40:11", "，“Ana”" },
  { "zh-Hans", "2018年4月10日(星期二) 下午3:40", "2018-04-10T15:40", "" },
  { "zh-Hans", "2018－04－10 15：40", "2018-04-10T15:40", "" },
  { "zh-Hans", "2018年4月10日，下午3:40", "2018-04-10T15:40", "" },
  { "zh-Hant", "2018年4月10日 週二 下午3:40 寫道", "2018-04-10T15:40", " 寫道" },
  { "zh-Hant", "2018年4月10日週二 下午3:40", "2018-04-10T15:40", "" },
  { "zh-Hant", "2018年4月10日 GMT+8 下午3:40:11", "2018-04-10T15:40:11+0800", "" },
  { "ja", "2018年4月10日(火) 15:40 Ana", "2018-04-10T15:40", " Ana" },
  { "ja", "2018年4月10日（火）15：40", "2018-04-10T15:40", "" },
  { "ja", "2018年4月10日火曜日 15:40", "2018-04-10T15:40", "" },
  { "ja", "2018年4月10日 15:40、Ana", "2018-04-10T15:40", "、Ana" },
  { "ja", "2018/04/10 (火) 15:40", "2018-04-10T15:40", "" },
  { "ja", "2018年4月10日 午後3時40分", "2018-04-10T15:40", "" },
  { "ko", "2018년 4월 10일 (화) 오후 3:40, Ana", "2018-04-10T15:40", ", Ana" },
  { "ko", "2018. 4. 10. 오후 3:40", "2018-04-10T15:40", "" },
  { "ko", "2018년 4월 10일 화요일 오후 3:40", "2018-04-10T15:40", "" },
  { "ko", "2018-04-10 (화) 15:40:11", "2018-04-10T15:40:11", "" },
  { "vi", "Th 3, 10 thg 4, 2018 vào lúc 15:40 Ana", "2018-04-10T15:40", " Ana" },
  { "vi", "15:40 Th 3, 10 thg 4, 2018 Ana", "2018-04-10T15:40", " Ana" },
  { "vi", "Thứ Ba, 10 tháng 4, 2018 3:40 CH", "2018-04-10T15:40", "" },
  { "vi", "ngày 10 tháng 4 năm 2018", "2018-04-10", "" },
  { "id", "Sel, 10 Apr 2018 pukul 15.40 Ana", "2018-04-10T15:40", " Ana" },
  { "id", "Selasa, 10 April 2018 15.40", "2018-04-10T15:40", "" },
  { "hi", "मंगल, 10 अप्रैल 2018 को 3:40 pm बजे Ana", "2018-04-10T15:40", " Ana" },
  { "hi", "मंगल, १० अप्रैल २०१८ को ३:४० pm", "2018-04-10T15:40", "" },
  /* Buddhist years, as Thai telephones write them in any language */
  { "en", "10 April 2561 15:40", "2018-04-10T15:40", "" },
  { "en", "10/4/2561 15:40", "2018-04-10T15:40", "" },
  /* machines */
  { "en", "Tue Apr 10 15:40:00 CEST 2018", "2018-04-10T15:40:00+0200", "" },
  { "en", "10-Apr-2018 15:40", "2018-04-10T15:40", "" },
  { "en", "2018-04-10T15:40:00Z", "2018-04-10T15:40:00+0000", "" },
};

static gboolean
has_language (const char *language)
{
  gsize length = strlen (language);

  for (gsize i = 0; heddle_locales[i] != NULL; i++)
    if (strncmp (heddle_locales[i]->language, language, length) == 0)
      return TRUE;
  return FALSE;
}

static char *
show (const HeddleDate *date)
{
  const HeddleWall *w = &date->local;
  GString *s = g_string_new (NULL);

  g_string_append_printf (s, "%04d-%02d-%02d", w->year, w->month, w->day);
  if (date->precision != HEDDLE_PRECISION_DAY)
    g_string_append_printf (s, "T%02d:%02d", w->hour, w->minute);
  if (date->precision == HEDDLE_PRECISION_SECOND)
    g_string_append_printf (s, ":%02d", w->second);
  if (date->has_offset)
    g_string_append_printf (s, "%c%02d%02d", date->offset < 0 ? '-' : '+', ABS (date->offset) / 60,
                            ABS (date->offset) % 60);
  return g_string_free (s, FALSE);
}

static void
test_read (void)
{
  guint wrong = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    HeddleDate *date = NULL;
    gsize read = heddle_when_read (&tables, rows[i].text, strlen (rows[i].text), &date);
    g_autofree char *shown = date != NULL ? show (date) : NULL;
    if (has_language (rows[i].language)
        && (g_strcmp0 (shown, rows[i].expect) != 0
            || (date != NULL && !g_str_equal (rows[i].text + read, rows[i].rest)))) {
      g_test_message ("%s: %s: %s, rest \"%s\"", rows[i].language, rows[i].text,
                      shown != NULL ? shown : "nothing", rows[i].text + read);
      wrong++;
    }
    heddle_date_free (date);
  }
  g_assert_cmpuint (wrong, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tables_init ();
  g_test_add_func ("/parser/clients/read", test_read);
  int status = g_test_run ();
  tables_clear ();
  return status;
}
