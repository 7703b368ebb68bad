/* SPDX-License-Identifier: MIT */
/* Texts and their languages, as a table. */
#include "parser/parser.h"

static const struct {
  const char *text, *code;
} cases[] = {
  { "Dear Sam, the account of the reef watch was taken over and they cannot log in.", "en" },
  { "Liebe Ana, das Konto ist wieder da, und ich danke euch für die schnelle Hilfe.", "de" },
  { "Bonjour, je vous remercie pour votre aide, le compte est dans les mains de son équipe.", "fr" },
  { "Hola, la cuenta del grupo está bloqueada y no se puede entrar con el correo.", "es" },
  { "Olá, a conta foi bloqueada e não é possível entrar com o endereço que você tem.", "pt" },
  { "Ciao, il profilo della squadra non è più in linea e non so che cosa fare con la posta.", "it" },
  { "Beste Sam, het account van de groep is niet meer bereikbaar en wij vragen om hulp.", "nl" },
  { "Proszę o pomoc, konto nie jest dostępne i nie wiemy, czy to od nas zależy.", "pl" },
  { "Merhaba, hesap çok önemli ve biz bir çözüm için bekliyoruz, lütfen yardım edin.", "tr" },
  { "Hej, kontot är inte vårt och jag vet att det finns ett fel som vi kan rätta till.", "sv" },
  { "Hej, kontoen er ikke vores, og jeg ved ikke hvad der blev af den efter i går, mange tak.", "da" },
  { "Hei, kontoen er ikke vår, og jeg vet ikke hva som ble av den etter i går, mange takk.", "nb" },
  { "Ahoj, účet je zpět a jsme rádi, že se to podařilo, prosím, pošlete to i pro nás.", "cs" },
  { "Szia, a fiók nem elérhető és már csak egy nap van hátra, meg kell oldani.", "hu" },
  { "Xin chào, tài khoản của tôi không có trong danh sách và tôi đã gửi cho các bạn.", "vi" },
  { "Halo, akun kami tidak bisa dibuka dan saya ada di kantor untuk menunggu.", "id" },
  { "سلام سارا جان، حساب کاربری گروه بسته شده است، لطفا پیگیری کنید.", "fa" },
  /* Typed on an Arabic keyboard. */
  { "سلام، حساب كاربري ما بسته شده است، لطفا پيگيري كنيد و چه كار كنيم.", "fa" },
  { "مرحبا، الصفحة الخاصة بالمنظمة مغلقة، نرجو المساعدة في أقرب وقت.", "ar" },
  { "براہ کرم ہمیں بتائیں کہ یہ اکاؤنٹ کیوں بند کیا گیا ہے۔", "ur" },
  { "Здравствуйте, аккаунт организации заблокирован, мы просим помочь нам быстро.", "ru" },
  { "Добрий день, обліковий запис організації заблоковано, просимо допомогти.", "uk" },
  { "Здравейте, профилът на организацията е блокиран, как да бъде върнат?", "bg" },
  { "Поштовани, налог организације је угашен, молимо вас да нам помогнете, љубазно.", "sr" },
  { "שלום, החשבון של הארגון נחסם ואנחנו מבקשים עזרה.", "he" },
  { "Καλησπέρα, ο λογαριασμός της οργάνωσης έκλεισε.", "el" },
  { "アカウントが停止されました。ご確認ください。", "ja" },
  { "我们的账号被封了，请帮忙处理。", "zh" },
  { "계정이 정지되었습니다. 확인 부탁드립니다.", "ko" },
  { "हमारा खाता बंद कर दिया गया है, कृपया मदद करें।", "hi" },
  { "บัญชีของเราถูกปิด กรุณาช่วยด้วย", "th" },
  /* Nothing to go by. */
  { "", NULL },
  { "Thanks!", NULL },
  { "OK", NULL },
  { "12345 https://example.org/?a=1", NULL },
  { "Reef Watch Harbour Nine", NULL },
  { "好", NULL },
  { "\n\n\t ...", NULL },
};

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%s", cases[i].text);
    g_assert_cmpstr (heddle_text_language (cases[i].text), ==, cases[i].code);
    if (cases[i].code != NULL)
      g_assert_true (heddle_language_is_known (cases[i].code));
  }
  g_assert_false (heddle_language_is_known ("xx"));
}

/* Only the beginning is read, however long it is. */
static void
test_long (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (int i = 0; i < 100000; i++)
    g_string_append (text, i < 100 ? "the house and " : "das Haus und ");
  g_assert_cmpstr (heddle_text_language (text->str), ==, "en");
}

/* The words are looked up by halving: those at both ends are found too. */
static void
test_words (void)
{
  static const struct {
    const char *text, *code;
  } words[] = {
    { "a az hogy ember", "hu" },  { "the you xxxxxx", "en" },  { "și să xxxxxx", "ro" },
    { "đã của xxxxxx", "vi" },    { "się jest xxxxxx", "pl" }, { "är och xxxxxx", "sv" },
    { "über auf das xxxx", "de" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++) {
    g_test_message ("%s", words[i].text);
    g_assert_cmpstr (heddle_text_language (words[i].text), ==, words[i].code);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parser/language/cases", test_cases);
  g_test_add_func ("/parser/language/long", test_long);
  g_test_add_func ("/parser/language/words", test_words);
  return g_test_run ();
}
