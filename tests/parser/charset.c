/* SPDX-License-Identifier: MIT */
#include "parser/charset.h"
#include "parser/encoded.h"
#include "parser/mime.h"
#include "parser/parameter.h"

#include <string.h>

/* For 200,000 bytes; what grows with the square of its length takes minutes. */
#define MOST_SECONDS 2

/* What is claimed (NULL: nothing), the bytes, the text that they are, what is odd. */
static const struct {
  const char *claimed, *bytes, *expect;
  guint odd;
} texts[] = {
  { "iso-8859-1", "\223caf\351\224 \226 5 \200",
    "“café” – 5 €", 0 },
  { "us-ascii", "\223caf\351\224",
    "“café”", HEDDLE_CHARSET_CLAIM },
  { NULL, "\223caf\351\224",
    "“café”", 0 },
  { "utf-8", "caf\351",
    "café", HEDDLE_CHARSET_CLAIM },
  { "iso-8859-1", "caf\303\251",
    "café", HEDDLE_CHARSET_CLAIM },
  { "gb2312", "\304\372\272\303\243\254\316\322\303\307\322\321\312\325\265\275\304\372\265\304\276\331\261"
    "\250\241\243",
    "您好，我们已收到您的举报。", 0 },
  { "gb2312", "\2019\3569\351F\242\343",
    "㐀镕€", 0 },
  { "gb2312", "\346\202\250\345\245\275\357\274\214\346\210\221\344\273\254\345\267\262\346\224\266\345\210"
    "\260\346\202\250\347\232\204\344\270\276\346\212\245\343\200\202",
    "您好，我们已收到您的举报。", HEDDLE_CHARSET_CLAIM },
  { "gb2312", "\301\252\315\250",
    "联通", 0 },
  { NULL, "\304\372\272\303\243\254\316\322\303\307\322\321\312\325\265\275\304\372\265\304\276\331\261"
    "\250\241\243",
    "您好，我们已收到您的举报。", 0 },
  { "utf-8", "\304\372\272\303\243\254\316\322\303\307\322\321\312\325\265\275\304\372\265\304\276\331\261"
    "\250\241\243",
    "您好，我们已收到您的举报。", HEDDLE_CHARSET_CLAIM },
  { "big5", "\261z\246n\241A\247\332\255\314\244w\246\254\250\354\261z\252\272\300\313\301|\241A\244T\255"
    "\323\244u\247@\244\321\244\272\263q\252\276\261z\241C",
    "您好，我們已收到您的檢舉，三個工作天內通知您。", 0 },
  { "big5", "\262`\244\364\226\365\235\357",
    "深水埗嘅", 0 },
  { NULL, "\261z\246n\241A\247\332\255\314\244w\246\254\250\354\261z\252\272\300\313\301|\241A\244T\255"
    "\323\244u\247@\244\321\244\272\263q\252\276\261z\241C",
    "您好，我們已收到您的檢舉，三個工作天內通知您。", 0 },
  { "big5", "\346\202\250\345\245\275\357\274\214\346\210\221\345\200\221\345\267\262\346\224\266\345\210"
    "\260\346\202\250\347\232\204\346\252\242\350\210\211\357\274\214\344\270\211\345\200\213\345"
    "\267\245\344\275\234\345\244\251\345\205\247\351\200\232\347\237\245\346\202\250\343\200\202"
    "",
    "您好，我們已收到您的檢舉，三個工作天內通知您。", HEDDLE_CHARSET_CLAIM },
  { "iso-2022-jp", "\033$B$*@$OC$K$J$C$F$*$j$^$9!#:4F#$G$9!#\033(B",
    "お世話になっております。佐藤です。", 0 },
  { NULL, "\033$B$*@$OC$K$J$C$F$*$j$^$9!#:4F#$G$9!#\033(B",
    "お世話になっております。佐藤です。", HEDDLE_CHARSET_CLAIM },
  { "us-ascii", "\033$B$*@$OC$K$J$C$F$*$j$^$9!#:4F#$G$9!#\033(B",
    "お世話になっております。佐藤です。", HEDDLE_CHARSET_CLAIM },
  { "iso-8859-1", "\033$B$*@$OC$K$J$C$F$*$j$^$9!#:4F#$G$9!#\033(B",
    "お世話になっております。佐藤です。", HEDDLE_CHARSET_CLAIM },
  { "iso-2022-jp", "\033$B-!$\042\033(B",
    "①あ", 0 },
  { "iso-2022-jp", "\033(I10\033(B",
    "ｱｰ", 0 },
  { "shift_jis", "\207@\201`\215\262\223\241",
    "①～佐藤", 0 },
  { NULL, "\202\250\220\242\230b\202\311\202\310\202\301\202\304\202\250\202\350\202\334\202\267\201"
    "B\215\262\223\241\202\305\202\267\201B",
    "お世話になっております。佐藤です。", 0 },
  { "euc-jp", "\244\252\300\244\317\303\244\313\244\312\244\303\244\306\244\252\244\352\244\336\244\271\241"
    "\243\272\264\306\243\244\307\244\271\241\243",
    "お世話になっております。佐藤です。", 0 },
  { NULL, "\244\252\300\244\317\303\244\313\244\312\244\303\244\306\244\252\244\352\244\336\244\271\241"
    "\243\272\264\306\243\244\307\244\271\241\243",
    "お世話になっております。佐藤です。", 0 },
  { "euc-kr", "\276\310\263\347\307\317\274\274\277\344 \214c\271\346",
    "안녕하세요 똠방", 0 },
  { "ks_c_5601-1987", "\276\310\263\347\307\317\274\274\277\344",
    "안녕하세요", 0 },
  { NULL, "\276\310\263\347\307\317\274\274\277\344. \275\305\260\355\307\330 \301\326\275\305 \260\350"
    "\301\244\300\272 \300\372\310\361\260\241 \310\256\300\316\307\317\260\355 \300\326\275\300"
    "\264\317\264\331.",
    "안녕하세요. 신고해 주신 계정은 저희가 확인하고 있습니다.", 0 },
  { "koi8-r", "\372\304\322\301\327\323\324\327\325\312\324\305! \355\331 \320\317\314\325\336\311\314\311"
    " \327\301\333\305 \320\311\323\330\315\317 \311 \317\324\327\305\324\311\315 \332\301\327"
    "\324\322\301.",
    "Здравствуйте! Мы получили ваше письмо и ответим завтра.", 0 },
  { NULL, "\372\304\322\301\327\323\324\327\325\312\324\305! \355\331 \320\317\314\325\336\311\314\311"
    " \327\301\333\305 \320\311\323\330\315\317 \311 \317\324\327\305\324\311\315 \332\301\327"
    "\324\322\301.",
    "Здравствуйте! Мы получили ваше письмо и ответим завтра.", 0 },
  { "iso-8859-1", "\372\304\322\301\327\323\324\327\325\312\324\305! \355\331 \320\317\314\325\336\311\314\311"
    " \327\301\333\305 \320\311\323\330\315\317 \311 \317\324\327\305\324\311\315 \332\301\327"
    "\324\322\301.",
    "Здравствуйте! Мы получили ваше письмо и ответим завтра.", HEDDLE_CHARSET_CLAIM },
  { NULL, "\307\344\360\340\342\361\362\342\363\351\362\345! \314\373 \357\356\353\363\367\350\353\350"
    " \342\340\370\345 \357\350\361\374\354\356 \350 \356\362\342\345\362\350\354 \347\340\342"
    "\362\360\340.",
    "Здравствуйте! Мы получили ваше письмо и ответим завтра.", 0 },
  { "utf-8", "\307\344\360\340\342\361\362\342\363\351\362\345! \314\373 \357\356\353\363\367\350\353\350"
    " \342\340\370\345 \357\350\361\374\354\356 \350 \356\362\342\345\362\350\354 \347\340\342"
    "\362\360\340.",
    "Здравствуйте! Мы получили ваше письмо и ответим завтра.", HEDDLE_CHARSET_CLAIM },
  { NULL, "\312\341\353\347\354\335\361\341 \363\341\362, \353\334\342\341\354\345 \364\357 \354\336"
    "\355\365\354\334 \363\341\362 \352\341\351 \350\341 \341\360\341\355\364\336\363\357\365\354"
    "\345.",
    "Καλημέρα σας, λάβαμε το μήνυμά σας και θα απαντήσουμε.", 0 },
  { "utf-7", "Hi +T2BZfQ-",
    "Hi 你好", 0 },
  { "unicode-1-1-utf-7", "caf+AOk-",
    "café", 0 },
  { "x-none", "Gr\374\337e",
    "Grüße", HEDDLE_CHARSET_CLAIM },
  { "hz-gb-2312", "~{VPND~}",
    "中文", 0 },
  { NULL, "Gr\374\337e",
    "Grüße", 0 },
  { NULL, "Le compte a \351t\351 supprim\351 hier \340 midi, d\351sol\351 pour le d\351lai.",
    "Le compte a été supprimé hier à midi, désolé pour le délai.", 0 },
  { NULL, "\363\320\301\323\311\302\317",
    "óÐÁÓÉÂÏ", 0 },
};

static void
test_texts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    gsize length = 0;
    guint odd = 99;
    g_autofree char *text = heddle_charset_decode (texts[i].bytes, strlen (texts[i].bytes),
                                                   texts[i].claimed, &length, &odd);

    g_test_message ("%u: %s", (guint) i, texts[i].claimed ? texts[i].claimed : "undeclared");
    g_assert_cmpstr (text, ==, texts[i].expect);
    g_assert_cmpuint (length, ==, strlen (texts[i].expect));
    g_assert_cmpuint (odd, ==, texts[i].odd);
  }
}

/* NULL: it is left alone. */
static const struct {
  const char *text, *expect;
} mojibake[] = {
  { "Le cafÃ© Ã©tait fermÃ©.", "Le café était fermé." },
  { "Itâ€™s â€œclosedâ€.", "It’s “closed”." },
  { "ä½ å¥½ï¼Œè°¢è°¢", "你好，谢谢" },
  { "Ð¡Ð¿Ð°ÑÐ¸Ð±Ð¾", "Спасибо" },
  { "Új sor: één\nLe cafÃ© Ã©tait fermÃ©. Merci Ã  lâ€™Ã©quipe.\n", "Új sor: één\nLe café était fermé. Merci à l’équipe.\n" },
  { "РЎРїР°СЃРёР±Рѕ, РјС‹ РѕС‚РІРµС‚РёРј РІР°Рј Р·Р°РІС‚СЂР°.", "Спасибо, мы ответим вам завтра." },
  { "café", NULL },
  { "Р°дрес: улица Р°, дом 3", NULL },
  { "NÃO É POSSÍVEL", NULL },
  { "CAFÉ…\nTHÉ…\n", NULL },
  { "“CAFÉ” «É»", NULL },
  { "He wrote Ã© for é.", NULL },
  { "Ã©", NULL },
  { "Đã gửi từ Hà Nội", NULL },
  { "", NULL },
};

static void
test_mojibake (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mojibake); i++) {
    gsize length = 0;
    g_autofree char *text
        = heddle_mojibake_undo (mojibake[i].text, strlen (mojibake[i].text), &length);

    g_assert_cmpstr (text, ==, mojibake[i].expect);
    if (text != NULL)
      g_assert_cmpuint (length, ==, strlen (text));
  }
}

static const struct {
  const char *text, *expect;
} words[] = {
  { "plain", "plain" },
  { "=\077utf-8\077Q\077caf=C3=A9\077=", "café" },
  { "=\077UTF-8\077q\077a_b=5Fc\077= d", "a b_c d" },
  { "=\077gb2312\077B\077xPq6ww==\077=", "您好" },
  { "=\077utf-8\077B\07755Sz6A==\077= =\077utf-8\077B\077r4nltw==\077= =\077utf-8\077B\077suWP"
    "lw==\077= =\077utf-8\077B\07755CG\077=", "申诉已受理" },
  { "=\077gb2312\077B\077yerL39I=\077= =\077gb2312\077B\0770crcwO0=\077=", "申诉已受理" },
  { "=\077utf-8\077Q\077=E7=94\077=\n =\077utf-8\077Q\077=B3=E8=AF=89\077=", "申诉" },
  { "=\077iso-2022-jp\077B\077GyRCJCIbKEI=\077= =\077iso-2022-jp\077B\077GyRCJCQbKEI=\077=", "あい" },
  { "=\077koi8-r\077B\0778NLJ18XU\077=", "Привет" },
  { "=\077us-ascii*en\077Q\077Hi\077=", "Hi" },
  { "=\077utf-8\077Q\077a b\077=", "a b" },
  { "=\077utf-8\077B\077YWI\077=", "ab" },
  { "=\077utf-8\077B\077Y2Fmw6k\077= x", "café x" },
  { "=\077utf-8\077Q\077a\077= =\077iso-8859-1\077Q\077=E9\077= b", "aé b" },
  { "x =\077utf-8\077Q\077a\077= y", "x a y" },
  { "=\077x-none\077Q\077caf=E9\077=", "café" },
  { "=\077utf-8\077X\077a\077= b", "=?utf-8?X?a?= b" },
  { "=\077utf-8\077Q\077a", "=?utf-8?Q?a" },
  { "1 =\077 2 \077= 3", "1 =? 2 ?= 3" },
  { "=\077utf-8\077Q\077\077=", "" },
  { "=\077\077Q\077a\077=", "=??Q?a?=" },
  { "=\077utf-8\077Q\077a=00b\077=", "a�b" },
  { "a= =\077utf-8\077Q\077b\077=", "a= b" },
};

static void
test_words (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++) {
    g_autofree char *text = heddle_encoded_undo (words[i].text);
    g_autofree char *hidden = heddle_encoded_hide (words[i].text);
    g_autofree char *shown = heddle_encoded_show (hidden);

    g_assert_cmpstr (text, ==, words[i].expect);
    g_assert_cmpstr (shown, ==, words[i].expect);
    g_assert_true (g_str_is_ascii (hidden));
    g_assert_null (strstr (hidden, "=?"));
  }
}

static const struct {
  const char *value, *name, *expect;
} parameters[] = {
  { "text/plain; charset=utf-8", "charset", "utf-8" },
  { "text/plain; CHARSET=\042gb2312\042 ; x=1", "charset", "gb2312" },
  { "text/plain", "charset", NULL },
  { "a/b; charset=", "charset", NULL },
  { "a/b; name=my file.pdf; x=1", "name", "my file.pdf" },
  { "a/b; name=\042a;b\134\042c.pdf\042", "name", "a;b\"c.pdf" },
  { "a/b; name=a.txt (a comment)", "name", "a.txt" },
  { "a/b; name*=utf-8''caf%C3%A9.pdf", "name", "café.pdf" },
  { "a/b; name=cafe.pdf; name*=iso-8859-1'fr'caf%E9.pdf", "name", "café.pdf" },
  { "a/b; name*0*=gb2312''%C9%EA%CB; name*1*=%DF; name*2=.pdf", "name", "申诉.pdf" },
  { "a/b; name*1=b.pdf; name*0=a", "name", "ab.pdf" },
  { "a/b; name*0=a; name*2=c", "name", "a" },
  { "a/b; name=\042=\077gb2312\077B\077yerL3y5wZGY=\077=\042", "name", "申诉.pdf" },
  { "a/b; name=\042=\077utf-8\077B\07755Sz6K+J\077=\042", "name", "申诉" },
  { "a/b; name=\042\347\224\263\350\257\211.pdf\042", "name", "申诉.pdf" },
  { "a/b; name*=%ZZ''x", "name", "x" },
  { "a/b;;; ; name=x", "name", "x" },
  { "a/b; name", "name", NULL },
  { "a/b; name=\042x", "name", "x" },
  { "; charset=x", "charset", "x" },
};

static void
test_parameters (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (parameters); i++) {
    g_autoptr (HeddleParameters) all = heddle_parameters_new (parameters[i].value);
    g_autofree char *text = heddle_parameters_get (all, parameters[i].name);

    g_test_message ("%s", parameters[i].value);
    g_assert_cmpstr (text, ==, parameters[i].expect);
  }
}

/* An address field: "name|address" of each person, joined by " ". */
static const struct {
  const char *value, *expect;
} fields[] = {
  { "=?utf-8?B?UnVpeiwgQW5hOyAieCIgKHkp?= <ana@example.org>", "Ruiz, Ana; \"x\" (y)|ana@example.org" },
  { "\"=?gb2312?B?zfXOsA==?=\" <wang@example.org>, sam@example.org", "王伟|wang@example.org |sam@example.org" },
  { "王伟 <wang@example.org>", "王伟|wang@example.org" },
  { "=?utf-8?Q?=E7=8E?= =?utf-8?Q?=8B=E4=BC=9F?= <wang@example.org>", "王伟|wang@example.org" },
  { "a_xb <a_x41@example.org>", "a_xb|a_x41@example.org" },
};

static void
test_fields (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++) {
    g_autoptr (GPtrArray) people
        = g_ptr_array_new_with_free_func ((GDestroyNotify) heddle_person_free);
    g_autoptr (GString) shown = g_string_new (NULL);

    heddle_address_read (fields[i].value, &heddle_limits_default, people, NULL);
    for (guint n = 0; n < people->len; n++) {
      const HeddlePerson *one = g_ptr_array_index (people, n);
      g_string_append_printf (shown, "%s%s|%s", n > 0 ? " " : "", one->name ? one->name : "",
                              one->address);
    }
    g_assert_cmpstr (shown->str, ==, fields[i].expect);
  }
}

/* Shapes that grow with the square of their length where something is looked for again
 * from each place. */
static void
test_hostile (void)
{
  static const struct {
    const char *again, *last;
  } shapes[] = { { "=?", "" },
                 { "=?utf-8?Q?", "" },
                 { "=?utf-8?Q?a", "?=" },
                 { "=?utf-8?Q?a?=", "" },
                 { "=?utf-8?Q?a?= ", "" },
                 { "_x", "" },
                 { ";a*1*=", "" },
                 { "\303", "" },
                 { "\033$", "" },
                 { "\303\203", "" } };

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    gsize length;

    while (text->len < 200000)
      g_string_append (text, shapes[i].again);
    g_string_append (text, shapes[i].last);
    gint64 before = g_get_monotonic_time ();
    g_autofree char *decoded
        = heddle_charset_decode (text->str, text->len, NULL, &length, NULL);
    g_autofree char *undone = heddle_encoded_undo (decoded);
    g_autofree char *hidden = heddle_encoded_hide (decoded);
    g_autofree char *shown = heddle_encoded_show (hidden);
    g_autoptr (HeddleParameters) all = heddle_parameters_new (decoded);
    g_autofree char *value = heddle_parameters_get (all, "a");

    g_assert_cmpint (g_get_monotonic_time () - before, <, MOST_SECONDS * G_USEC_PER_SEC);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parser/charset/texts", test_texts);
  g_test_add_func ("/parser/charset/mojibake", test_mojibake);
  g_test_add_func ("/parser/charset/words", test_words);
  g_test_add_func ("/parser/charset/parameters", test_parameters);
  g_test_add_func ("/parser/charset/fields", test_fields);
  g_test_add_func ("/parser/charset/hostile", test_hostile);
  return g_test_run ();
}
