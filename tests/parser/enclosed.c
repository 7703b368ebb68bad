/* SPDX-License-Identifier: MIT */
/* Sentences that say that something comes with a message, in all languages, and such as
 * only look so. */
#include "parser/parser.h"

#include <string.h>

typedef struct {
  const char *text, *sentence; /* NULL: none */
} Row;

static const Row sentences[] = {
  { "Thank you. Attached are the\nscreen shots. More below.", "Attached are the screen shots." },
  { "The report is attached", "The report is attached" },
  { "It is attached to this mail.", "It is attached to this mail." },
  { "Dear Sam,\n\nplease find attached our letter!\n\nAna", "please find attached our letter!" },
  { "This message is intended for you. The letter is attached.", "The letter is attached." },
  { "I've also attached the list.", "I've also attached the list." },
  { "Hallo,\n\nanbei die Liste!\n\nGruß", "anbei die Liste!" },
  { "Den Brief finden Sie im Anhang.", "Den Brief finden Sie im Anhang." },
  { "Vous trouverez ci-joint la liste.", "Vous trouverez ci-joint la liste." },
  { "Le adjunto la carta.", "Le adjunto la carta." },
  { "Trova la lettera in allegato.", "Trova la lettera in allegato." },
  { "Segue em anexo a carta.", "Segue em anexo a carta." },
  { "De brief vindt u in de bijlage.", "De brief vindt u in de bijlage." },
  { "Письмо во вложении.", "Письмо во вложении." },
  { "Лист у вкладенні.", "Лист у вкладенні." },
  { "W załączeniu przesyłam pismo.", "W załączeniu przesyłam pismo." },
  { "Dopis najdete v příloze.", "Dopis najdete v příloze." },
  { "List nájdete v prílohe.", "List nájdete v prílohe." },
  { "Jag bifogar brevet.", "Jag bifogar brevet." },
  { "Jeg vedhæfter brevet.", "Jeg vedhæfter brevet." },
  { "Jeg legger ved brevet.", "Jeg legger ved brevet." },
  { "Kirje on liitteenä.", "Kirje on liitteenä." },
  { "Mektubu ekte bulabilirsiniz.", "Mektubu ekte bulabilirsiniz." },
  { "تجدون الرسالة في المرفق.", "تجدون الرسالة في المرفق." },
  { "نامه به پیوست ارسال می‌شود.", "نامه به پیوست ارسال می‌شود." },
  { "המכתב מצורף.", "המכתב מצורף." },
  { "资料见附件", "资料见附件" },
  { "隨信附上資料", "隨信附上資料" },
  { "資料を添付いたします", "資料を添付いたします" },
  { "자료를 첨부합니다", "자료를 첨부합니다" },
  { "A levelet csatolom.", "A levelet csatolom." },
  { "Am atașat scrisoarea.", "Am atașat scrisoarea." },
  { "Σας επισυνάπτω την επιστολή.", "Σας επισυνάπτω την επιστολή." },
  { "Прилагам писмото.", "Прилагам писмото." },
  { "Pismo je u privitku.", "Pismo je u privitku." },
  { "Писмо је у прилогу.", "Писмо је у прилогу." },
  { "Kiri on manuses.", "Kiri on manuses." },
  { "Bersama ini kami lampirkan surat.", "Bersama ini kami lampirkan surat." },
  { "Tôi xin gửi kèm lá thư.", "Tôi xin gửi kèm lá thư." },
};

static const Row traps[] = {
  { "", NULL },
  { "It is attached to his phone.", NULL },
  { "The numbers are attached to the account.", NULL },
  { "I became very attached.", NULL },
  { "The information contained in the attached file is confidential and may be privileged.", NULL },
  { "This message is intended for its addressee; what is in the attached files too.", NULL },
  { "Which attachments do you accept?", NULL },
  { "The file is too large, the image is dark.", NULL },
  { "Welche Anhänge nehmen Sie an? Die Datei ist zu groß.", NULL },
  { "Quelles pièces jointes acceptez-vous ?", NULL },
  { "Какие файлы вы принимаете?", NULL },
  { "您接受什么文件？", NULL },
};

static void
test_rows (gconstpointer data)
{
  const Row *rows = data;
  gsize n = rows == sentences ? G_N_ELEMENTS (sentences) : G_N_ELEMENTS (traps);

  for (gsize i = 0; i < n; i++) {
    g_autofree char *found = heddle_enclosed_sentence (rows[i].text);
    g_assert_cmpstr (found, ==, rows[i].sentence);
  }
}

/* What is cut is cut between characters. */
static void
test_long (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int side = 0; side < 2; side++) {
    for (int i = 0; i < 5000; i++)
      g_string_append (text, "ü");
    if (side == 0)
      g_string_append (text, " attached is ");
  }
  g_autofree char *found = heddle_enclosed_sentence (text->str);
  g_assert_nonnull (strstr (found, "attached is"));
  g_assert_true (g_utf8_validate (found, -1, NULL));
  g_assert_cmpuint (strlen (found), <, 500);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/enclosed/sentences", sentences, test_rows);
  g_test_add_data_func ("/enclosed/traps", traps, test_rows);
  g_test_add_func ("/enclosed/long", test_long);
  return g_test_run ();
}
