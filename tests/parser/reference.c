/* SPDX-License-Identifier: MIT */
#include "tests/parser/tables.h"

/* What is found, joined by " & ". */
static const struct {
  const char *text, *found;
} handles[] = {
  { "the account @ana_ruiz is", "@ana_ruiz" },
  { "from @snow_ is public", "@snow_" },
  { "by @Ruhr_ - however", "@Ruhr_" },
  { "(@ana)", "@ana" },
  { "\"@ana\"", "@ana" },
  { "@ana/@sam", "@ana & @sam" },
  { "@ana,@sam", "@ana & @sam" },
  { ".@ana says", "@ana" },
  { "*@ana*", "@ana" },
  { "@Ana and @ana", "@Ana" },
  { "Ask @ana. Then @sam.", "@ana & @sam" },
  { "Ask @ana.Then", "@ana" },
  { "@ana.ruiz on Instagram", "@ana.ruiz" },
  { "@ana.bsky.social", "@ana.bsky.social" },
  { "@ana@social.example", "@ana@social.example" },
  { "@ana@social.example.", "@ana@social.example" },
  { "@123abc", "@123abc" },
  { "ana@example.org", "" },
  { "<ana@example.org>", "" },
  { "everyone @example.org", "" },
  { "@example.co.uk", "" },
  { "@media print { a }", "" },
  { "@import url(x)", "" },
  { "@font-face {", "" },
  { "@charset \"utf-8\"", "" },
  { "@page :first", "" },
  { "@namespace x", "" },
  { "@ home", "" },
  { "5 @2 each", "" },
  { "@9am", "" },
  { "@12345", "" },
  { "@@ana", "" },
  { "a@ana", "" },
  { "@abcdefghijklmnopqrstuvwxyz12345", "" },
  { "@abcdefghijklmnopqrstuvwxyz1234", "@abcdefghijklmnopqrstuvwxyz1234" },
  { "@ana-ruiz", "@ana-ruiz" },
  { "@an\303\241", "@an\303\241" },
  { "https://example.org/@ana and @sam", "@sam" },
  { "https://example.org/ana/status/1", "" },
  { "@", "" },
  { "(b)(6)@(b)(6)", "" },
}, cases[] = {
  { "Case# 1234", "1234=Case# 1234" },
  { "your case number 00123456 is", "00123456=case number 00123456" },
  { "Case #12", "12=Case #12" },
  { "Case number is 77-12.", "77-12=Case number is 77-12" },
  { "Ticket #5512", "5512=Ticket #5512" },
  { "[Ticket: 5512]", "5512=Ticket: 5512" },
  { "ticket ID 5512", "5512=ticket ID 5512" },
  { "ticket 5512", "5512=ticket 5512" },
  { "Your request (48213) has been updated.", "48213=request (48213)" },
  { "(ticket 48213) is open", "48213=ticket 48213" },
  { "Ticket ID: CH-5512", "CH-5512=Ticket ID: CH-5512" },
  { "Ref: ABC-1234", "ABC-1234=Ref: ABC-1234" },
  { "our reference number: 2018-1234", "2018-1234=our reference number: 2018-1234" },
  { "Your reference: AB/123/18.", "AB/123/18=Your reference: AB/123/18" },
  { "[#ABC-123-45678] Your report", "ABC-123-45678=[#ABC-123-45678]" },
  { "[example.org #1234] x", "1234=[example.org #1234]" },
  { "ref:_00D30oGq._500D0Bx12:ref", "_00D30oGq._500D0Bx12=ref:_00D30oGq._500D0Bx12:ref" },
  { "[ ref:_00D30oGq._500D0Bx12:ref ]", "_00D30oGq._500D0Bx12=ref:_00D30oGq._500D0Bx12:ref" },
  { "Request #12345", "12345=Request #12345" },
  { "(report id 8871-22)", "8871-22=report id 8871-22" },
  { "INC0012345 was", "INC0012345=INC0012345" },
  { "Case 01234567 and case # 01234567", "01234567=Case 01234567" },
  { "Case#1 and Case#2", "1=Case#1 & 2=Case#2" },
  { "case\nnumber\n4711", "4711=case number 4711" },
  { "#1", "" },
  { "we are #1", "" },
  { "[#1]", "" },
  { "in any case 3 people", "" },
  { "in case: 2018 was", "" },
  { "the case of 2018", "" },
  { "the 2018 case", "" },
  { "case 2018", "" },
  { "request 5000 dollars", "" },
  { "Ref: 03/04/2018", "" },
  { "Ref: 555-123-4567", "" },
  { "call 555-123-4567", "" },
  { "reference to 12345", "" },
  { "Report: nothing", "" },
  { "case number unknown", "" },
  { "INCIDENT", "" },
  { "INC12", "" },
  { "ticketing 123456", "" },
  { "suitcase# 1234", "" },
  { "https://example.org/case#1234", "" },
  { "the reference: see 2", "" },
  { "ref: ref", "" },
};

static void
test_handles (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (handles); i++) {
    gsize length = strlen (handles[i].text);
    g_autoptr (GArray) covered = g_array_new (FALSE, FALSE, sizeof (HeddleRange));
    g_autoptr (GPtrArray) urls = heddle_urls_find (&tables, handles[i].text, length, NULL, 9, covered);
    g_autoptr (GPtrArray) found = heddle_handles_find (&tables, handles[i].text, length, covered, 9);
    g_ptr_array_add (found, NULL);
    g_autofree char *shown = g_strjoinv (" & ", (char **) found->pdata);
    g_test_message ("%s", handles[i].text);
    g_assert_cmpstr (shown, ==, handles[i].found);
  }
}

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    gsize length = strlen (cases[i].text);
    g_autoptr (GArray) covered = g_array_new (FALSE, FALSE, sizeof (HeddleRange));
    g_autoptr (GPtrArray) urls = heddle_urls_find (&tables, cases[i].text, length, NULL, 9, covered);
    g_autoptr (HeddleGlance) glance = heddle_glance_new (&tables, cases[i].text, length);
    g_autoptr (GPtrArray) found
        = heddle_cases_find (&tables, cases[i].text, length, glance, covered, 9);
    g_autoptr (GString) shown = g_string_new (NULL);
    for (guint n = 0; n < found->len; n++) {
      const HeddleCase *one = g_ptr_array_index (found, n);
      g_string_append_printf (shown, "%s%s=%s", n > 0 ? " & " : "", one->id, one->raw);
    }
    g_test_message ("%s", cases[i].text);
    g_assert_cmpstr (shown->str, ==, cases[i].found);
  }
}

static void
test_hostile (void)
{
  static const char *const units[] = { "@", "@a@", "@a.", "case ", "[#", "[a", "ref:", "INC", "case# ", "Ref: 1-", "case:\n" };
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (GArray) covered = g_array_new (FALSE, FALSE, sizeof (HeddleRange));
    while (text->len < 200000)
      g_string_append (text, units[i]);
    gint64 begin = g_get_monotonic_time ();
    g_autoptr (GPtrArray) one = heddle_handles_find (&tables, text->str, text->len, covered, 1000);
    g_autoptr (HeddleGlance) glance = heddle_glance_new (&tables, text->str, text->len);
    g_autoptr (GPtrArray) two
        = heddle_cases_find (&tables, text->str, text->len, glance, covered, 1000);
    g_test_message ("%s: %" G_GINT64_FORMAT " us", units[i], g_get_monotonic_time () - begin);
    g_assert_cmpint (g_get_monotonic_time () - begin, <, 5 * G_USEC_PER_SEC);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tables_init ();
  g_test_add_func ("/parser/reference/handles", test_handles);
  g_test_add_func ("/parser/reference/cases", test_cases);
  g_test_add_func ("/parser/reference/hostile", test_hostile);
  int status = g_test_run ();
  tables_clear ();
  return status;
}
