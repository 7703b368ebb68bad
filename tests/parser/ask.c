/* SPDX-License-Identifier: MIT */
#include "parser/ask.h"
#include "tests/parser/tables.h"

/* Each row is said on Tuesday 2018-04-10, 15:40. What is found: the first letter of the
 * kind ("r", "q", "c", "d"), behind "=" the due day, joined by " ". */
static const struct {
  const char *text, *expect;
} rows[] = {
  /* requests */
  { "Could you please provide an update?", "r" },
  { "Could you send the list by Friday?", "r=2018-04-13" },
  { "Hi Sam, can you look at this account", "r" },
  { "Please review the attached.", "r" },
  { "Please let me know your action plan on this.", "r" },
  { "Let me know what you need from us.", "r" },
  { "I was wondering if you could help us find the right person?", "r" },
  { "If you could tell us whom to ask, we would appreciate it.", "r" },
  { "If you know of further accounts, please let me know.", "r" },
  { "Sam, send me the link.", "r" },
  { "Send the forms before the 20th.", "r=2018-04-20" },
  { "We urge you to restore the account.", "r" },
  { "I'd like to be kept in the loop please.", "r" },
  { "Please send it within 48 hours.", "r=2018-04-12" },
  { "Could you call me on Thursday?", "r=2018-04-12" },
  { "Could you tell us what happened yesterday?", "r" },
  { "Please send the file and let me know if you have any questions.", "r" },
  { "- Please call Ana", "r" },
  /* questions */
  { "How has Chirper responded?", "q" },
  { "Any updates?", "q" },
  { "Did you hear from them by 12 April?", "q=2018-04-12" },
  { "Was it closed\342\200\246?", "q" },
  { "\330\242\333\214\330\247 \330\256\330\250\330\261\333\214 \331\207\330\263\330\252\330\237", "q" },
  /* promises */
  { "I will keep you posted.", "c" },
  { "We'll get back to you.", "c" },
  { "We\342\200\231ll get back to you within 2 business days.", "c=2018-04-12" },
  { "I am going to talk to them later today.", "c=2018-04-10" },
  { "I will call you tomorrow morning.", "c=2018-04-11" },
  { "I will send it next week.", "c=2018-04-22" },
  { "I will send it today, and the rest tomorrow.", "c" },
  { "I will answer your mail of 3 April.", "c" },
  { "I will look after it until Friday.", "c" },
  { "I will send it tomorrow, by noon on Thursday at the latest.", "c=2018-04-12" },
  { "You will hear from us by Friday.", "c=2018-04-13" },
  { "We expect to have an answer by 20 April.", "c=2018-04-20" },
  { "We aim to reply within 2 business days.", "c=2018-04-12" },
  { "Our team will review it and get back to you.", "c" },
  { "We expect to hear from you by Friday.", "d=2018-04-13" },
  { "Sure, and I'll call them now.", "c" },
  { "Please note that we will close the case by Friday.", "c=2018-04-13" },
  { "Please send it and I will forward it by Friday.", "r=2018-04-13 c" },
  /* deadlines */
  { "The form is due by Friday 13 April.", "d=2018-04-13" },
  { "Reviews take 5-7 business days.", "d=2018-04-19" },
  { "The report was filed by 3 April.", "" },
  { "He is away until the 20th.", "" },
  { "The deadline is 20 April 2018 at 5pm.", "d=2018-04-20" },
  /* nothing */
  { "Thanks for your help.", "" },
  { "How are you?", "" },
  { "Hi Ana, how are you?", "" },
  { "Really?", "" },
  { "Please find attached the report.", "" },
  { "Please note that the account is public.", "" },
  { "Please do not hesitate to contact me.", "" },
  { "Please feel free to call me.", "" },
  { "Thank you for your patience.", "" },
  { "Let me know if you have any questions.", "" },
  { "Please let us know if you have any further questions or concerns.", "" },
  { "If you have any questions, please call me.", "" },
  { "He is going to report the account.", "" },
  { "They will call you.", "" },
  { "They will call you tomorrow.", "" },
  { "I hope we will hear from them.", "" },
  { "We'll see, but yes.", "" },
  { "I am pleased to help.", "" },
  { "Their answer was \"please send us the link\".", "" },
  { "She asked \342\200\234could you help?\342\200\235 and left.", "" },
  { "Their answer: \"We looked. Please send it. Thanks.\" That was all.", "" },
  { "See https://example.org/?q=please", "" },
  { "I saw your mail and called them.", "" },
  /* scripts that put no blanks between words, and verbs at the end of the sentence */
  { "请尽快恢复这个帐号。", "r" },
  { "我们已经提交了申诉，请告知处理结果。", "r" },
  { "您能把工单编号发给我吗？", "r" },
  { "请问什么时候会有结果？", "q" },
  { "我们会继续跟进此事。", "c" },
  { "如果他们回复，我们会告诉您。", "" },
  { "我们已经申请恢复帐号。", "" },
  { "如有任何问题，请随时联系我们。", "" },
  { "请见附件。", "" },
  { "您好吗？", "" },
  { "他们说“请发链接”。", "" },
  { "煩請協助確認這個帳號的狀態。", "r" },
  { "我們將儘快回覆您。", "c" },
  { "若有疑問，請與我們聯絡。", "" },
  { "我們已收到您的檢舉。", "" },
  { "アカウントの状況をご確認ください。", "r" },
  { "リンクを送っていただけますか。", "r" },
  { "ご対応のほど、よろしくお願いいたします。", "r" },
  { "明日の朝ご連絡いたします。", "c=2018-04-11" },
  { "いつ頃になりますか？", "q" },
  { "ご不明な点がございましたら、ご連絡ください。", "" },
  { "よろしくお願いいたします。", "" },
  { "このメールには返信しないでください。", "" },
  { "ご連絡くださいましてありがとうございます。", "" },
  { "계정 상태를 확인해 주시기 바랍니다.", "r" },
  { "링크를 보내주실 수 있나요?", "r" },
  { "빠른 답변 부탁드립니다.", "r" },
  { "결과가 나오는 대로 연락드리겠습니다.", "c" },
  { "궁금한 점이 있으시면 연락 주세요.", "" },
  { "안녕하세요?", "" },
  { "첨부 파일을 참고해 주세요.", "" },
  { "Vui lòng cho chúng tôi biết mã vụ việc.", "r" },
  { "Bạn có thể gửi lại đường dẫn không?", "r" },
  { "Chúng tôi sẽ liên hệ lại với bạn.", "c" },
  { "Nếu bạn có bất kỳ câu hỏi nào, vui lòng liên hệ với chúng tôi.", "" },
  { "Xin lưu ý rằng tài khoản này là công khai.", "" },
  { "Mohon segera pulihkan akun ini.", "r" },
  { "Apakah Anda bisa mengirim tautannya?", "r" },
  { "Kami akan menghubungi Anda kembali.", "c" },
  { "Jika ada pertanyaan, silakan hubungi kami.", "" },
  { "Mohon maaf atas keterlambatannya.", "" },
  { "कृपया इस खाते को जल्द बहाल करें।", "r" },
  { "क्या आप हमें लिंक भेज सकते हैं?", "r" },
  { "हम आपको जल्द सूचित करेंगे।", "c" },
  { "यदि आपके कोई प्रश्न हों, तो कृपया हमें लिखें।", "" },
  { "कला और संस्कृति विभाग ने खाता देखा।", "" },
  { "", "" },
};

/* The kinds of what @text asks, promises or sets, "r=2018-04-13 c". (transfer full) */
static char *
find (const char *text)
{
  static const HeddleWall now = { 2018, 4, 10, 15, 40, 0 };
  gsize length = strlen (text);
  g_autoptr (GArray) covered = g_array_new (FALSE, FALSE, sizeof (HeddleRange));
  g_autoptr (GPtrArray) urls = heddle_urls_find (&tables, text, length, NULL, 9, covered);
  g_autoptr (HeddleGlance) glance = heddle_glance_new (&tables, text, length);
  g_autoptr (GArray) places = heddle_when_places (&tables, text, length, glance, &now, FALSE, covered, 9);
  g_autoptr (GPtrArray) actions
      = heddle_asks_find (&tables, text, length, glance, NULL, &now, covered, places, 9);
  GString *shown = g_string_new (NULL);

  for (guint n = 0; n < actions->len; n++) {
    const HeddleAction *one = g_ptr_array_index (actions, n);
    g_string_append_printf (shown, "%s%c", n > 0 ? " " : "", "rqcd"[one->kind]);
    if (one->has_due)
      g_string_append_printf (shown, "=%04d-%02d-%02d", one->due.year, one->due.month, one->due.day);
  }
  return g_string_free (shown, FALSE);
}

static void
test_rows (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *found = find (rows[i].text);
    g_test_message ("%s", rows[i].text);
    g_assert_cmpstr (found, ==, rows[i].expect);
  }
}

/* facts/asks.tsv: sentences of many languages. 95 of 100 must be right, and every row of
 * "-", in which nothing may be found. Run alone, the test prints each row that is wrong. */
static void
test_table (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "tests", "parser", "facts", "asks.tsv", NULL);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  guint all = 0, right = 0, caught = 0;

  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  g_auto (GStrv) lines = g_strsplit (content, "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    char *tab = strchr (*line, '\t');
    if (**line == '#' || tab == NULL)
      continue;
    *tab++ = '\0';
    g_autofree char *found = find (*line);
    gboolean trap = g_str_equal (tab, "-"), fits = g_str_equal (found, trap ? "" : tab);
    all++;
    right += fits;
    caught += trap && !fits;
    if (!fits)
      g_test_message ("%s: want %s, got %s", *line, tab, found);
  }
  g_test_message ("%u rows, %u right, %u traps caught", all, right, caught);
  g_assert_cmpuint (all, >=, 120);
  g_assert_cmpuint (right * 100, >=, all * 95);
  g_assert_cmpuint (caught, ==, 0);
}

static void
add_sentence (gsize start, gsize end, gpointer user_data)
{
  const char **ends = user_data;
  g_assert_cmpuint (start, <, end);
  g_string_append_printf ((GString *) ends[1], "[%.*s]", (int) (end - start), ends[0] + start);
}

static const struct {
  const char *text, *expect;
} sentences[] = {
  { "One. Two? Three! Four", "[One.][Two?][Three!][Four]" },
  { "Ask Mr. Cole, e.g. today. Version 3.5 is out.", "[Ask Mr. Cole, e.g. today.][Version 3.5 is out.]" },
  { "Come at 5 p.m. on Friday. Bring A. Ruiz.", "[Come at 5 p.m. on Friday.][Bring A. Ruiz.]" },
  { "He said \"no.\" Then he left.", "[He said \"no.\"][Then he left.]" },
  { "One\n\nTwo", "[One][Two]" },
  { "This line is long enough that a mailer has wrapped it here\nand goes on. Yes.",
    "[This line is long enough that a mailer has wrapped it here\nand goes on.][Yes.]" },
  { "Dear Sam,\nCould you", "[Dear Sam,][Could you]" },
  { "We need:\n- one\n- two", "[We need:][- one][- two]" },
  { "in the loop please and\n\nto know", "[in the loop please and\n\nto know]" },
  { "see https://example.org/a.b now", "[see https://example.org/a.b now]" },
  { "\344\275\240\345\245\275\343\200\202\345\206\215\350\247\201\343\200\202",
    "[\344\275\240\345\245\275\343\200\202][\345\206\215\350\247\201\343\200\202]" },
  { "我们看过了。（谢谢）他说「好的。」再见！", "[我们看过了。][（谢谢）他说「好的。」][再见！]" },
  { "अच्छा। ठीक है।", "[अच्छा।][ठीक है।]" },
  { "このたびはお問い合わせをいただきまして、\nありがとうございます。",
    "[このたびはお問い合わせをいただきまして、\nありがとうございます。]" },
  { "Wait... what?!", "[Wait...][what?!]" },
  { " \n \n", "" },
  { "", "" },
};

static void
test_sentences (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++) {
    g_autoptr (GString) shown = g_string_new (NULL);
    const void *data[] = { sentences[i].text, shown };
    heddle_sentences_each (&tables, sentences[i].text, strlen (sentences[i].text), add_sentence,
                           data);
    g_assert_cmpstr (shown->str, ==, sentences[i].expect);
  }
}

static void
test_span (void)
{
  const char *text = "Hello.\nPlease send the list to the\ndesk.\n";
  static const HeddleTextLine lines[] = { { 0, 11 }, { 7, 12 }, { 35, 14 } };
  g_autoptr (GArray) map_lines = g_array_new (FALSE, FALSE, sizeof (HeddleTextLine));
  g_autoptr (GArray) nothing = g_array_new (FALSE, FALSE, sizeof (HeddleRange));
  g_array_append_vals (map_lines, lines, 3);
  HeddleTextMap map = { map_lines, NULL };
  g_autoptr (HeddleGlance) glance = heddle_glance_new (&tables, text, strlen (text));
  g_autoptr (GPtrArray) actions
      = heddle_asks_find (&tables, text, strlen (text), glance, &map, NULL, nothing, nothing, 9);

  g_assert_cmpuint (actions->len, ==, 1);
  const HeddleAction *one = g_ptr_array_index (actions, 0);
  g_assert_cmpstr (one->text, ==, "Please send the list to the desk.");
  g_assert_cmpuint (one->span.first, ==, 12);
  g_assert_cmpuint (one->span.last, ==, 14);
}

/* What is beyond the bound of a kind is left out, and one warning says so. */
static void
test_fill (void)
{
  HeddleMessage *message = heddle_message_new (HEDDLE_KIND_RECEIVED);
  HeddleLimits limits = heddle_limits_default;
  HeddleTextMap map = { NULL, NULL };
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);

  limits.facts = 2;
  g_free (message->text);
  message->text = g_strdup ("Please look at @ana, @sam and @eve. https://example.org/1\n"
                            "https://example.org/2 <a.png>\nCase# 77\n");
  message->subject = g_strdup ("[Ticket: 5512] Case# 77");
  heddle_facts_fill (&tables, message, &map, "<b.png><c.png>", &limits, warnings);
  heddle_facts_fill (&tables, message, &map, NULL, &limits, warnings);
  g_assert_cmpuint (message->handles->len, ==, 2);
  g_assert_cmpuint (message->urls->len, ==, 2);
  g_assert_cmpuint (message->attachments->len, ==, 2);
  g_assert_cmpuint (message->cases->len, ==, 2);
  g_assert_cmpstr (((HeddleCase *) g_ptr_array_index (message->cases, 1))->id, ==, "5512");
  g_assert_cmpuint (warnings->len, ==, 1);
  heddle_message_free (message);
}

static void
test_hostile (void)
{
  static const char *const units[] = { "please ", "\"", "\"a ", "\342\200\234", "\342\200\234a\n", "?", ". ", "if ",
                                       "I will, ", "A.", "\n", "a\n\n", "let me know if " };
  static const HeddleWall now = { 2018, 4, 10, 15, 40, 0 };
  g_autoptr (GArray) nothing = g_array_new (FALSE, FALSE, sizeof (HeddleRange));

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (HeddleWhenPlace));
    while (text->len < 200000)
      g_string_append (text, units[i]);
    gint64 begin = g_get_monotonic_time ();
    g_autoptr (HeddleGlance) glance = heddle_glance_new (&tables, text->str, text->len);
    g_autoptr (GPtrArray) actions = heddle_asks_find (&tables, text->str, text->len, glance, NULL,
                                                      &now, nothing, places, 1000);
    g_test_message ("%s: %" G_GINT64_FORMAT " us", units[i], g_get_monotonic_time () - begin);
    g_assert_cmpint (g_get_monotonic_time () - begin, <, 5 * G_USEC_PER_SEC);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tables_init ();
  g_test_add_func ("/parser/ask/rows", test_rows);
  g_test_add_func ("/parser/ask/table", test_table);
  g_test_add_func ("/parser/ask/sentences", test_sentences);
  g_test_add_func ("/parser/ask/span", test_span);
  g_test_add_func ("/parser/ask/fill", test_fill);
  g_test_add_func ("/parser/ask/hostile", test_hostile);
  int status = g_test_run ();
  tables_clear ();
  return status;
}
