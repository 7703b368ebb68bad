/* SPDX-License-Identifier: MIT */
/* Chains of small bodies: who owns which lines, who answers whom. A row is a bare
 * document and its messages, one a line: "parent kind author: text", line breaks of
 * the text as "/". */
#include "parser/parser.h"

#include <string.h>

typedef struct {
  const char *name, *body, *chain;
} Case;

#define ON_ANA "On Tue, Apr 10, 2018 at 3:40 PM, Ana Ruiz <ana@example.org> wrote:\n"
#define ON_SAM "On Mon, Apr 9, 2018 at 8:01 AM, Sam Okoro <sam@example.org> wrote:\n"

static const Case cases[] = {
  { "alone", "All is well.\n", "- received -: All is well.\n" },
  { "unmarked", "A\n\n" ON_ANA "\nB\n\n" ON_SAM "\nC\n",
    "1 received -: A\n2 reply Ana Ruiz: B\n- reply Sam Okoro: C\n" },
  { "marked", "A\n\n" ON_ANA "> B\n>\n> " ON_SAM "> > C\n",
    "1 received -: A\n2 reply Ana Ruiz: B\n- reply Sam Okoro: C\n" },
  { "marked-tight", "A\n\n" ON_ANA ">B\n>\n>" ON_SAM ">>C\n",
    "1 received -: A\n2 reply Ana Ruiz: B\n- reply Sam Okoro: C\n" },
  { "run-together", "A\n\n-------- Original message --------From: Ana Ruiz <ana@example.org> "
    "Date: 4/10/18  3:40 PM  (GMT-05:00) To: Sam <sam@example.org> Subject: Case\nB\n",
    "1 received -: A\n- reply Ana Ruiz: B\n" },
  { "run-together-without-more", "A\n\n-------- Original message --------From: Ana Ruiz <ana@example.org> "
    "Date: 4/10/18  3:40 PM  (GMT-05:00)\nB\n",
    "1 received -: A\n- reply Ana Ruiz: B\n" },
  { "trap-run-together", "A\n\n-------- Original message --------From: Ana Ruiz, who wrote it in the spring of the year\nB\n",
    "- received -: A//-------- Original message --------From: Ana Ruiz, who wrote it in the spring of the year/B\n" },
  { "between", ON_ANA "> First?\nYes.\n> Second?\nNo.\n",
    "1 received -: Yes./No.\n- reply Ana Ruiz: First?/Second?\n" },
  { "torn-out",
    ON_ANA "> It says that the form is not the right one, and that we have to write to\nanother\n"
           "> address.\n\nYes.\n",
    "1 received -: Yes.\n- reply Ana Ruiz: It says that the form is not the right one, and that we have "
    "to write to/another/address.\n" },
  { "trap-answer-no-tear",
    ON_ANA "> Does it say that the form is not the right one, and where we have to write to?\nNo.\n"
           "> And why?\nYes.\n",
    "1 received -: No./Yes.\n- reply Ana Ruiz: Does it say that the form is not the right one, and where "
    "we have to write to?/And why?\n" },
  { "trap-answer-to-few-words", ON_ANA "> The form is\nhere\n> and the name is\nSam\n",
    "1 received -: here/Sam\n- reply Ana Ruiz: The form is/and the name is\n" },
  { "signed-with-words-stacked",
    "A\n\n" ON_ANA "\nB\n\n" ON_SAM "\nC\n\n--\nRegards,\nSam Okoro\nHelpline\n\n--\nBest,\nAna Ruiz\nLead\n",
    "1 received -: A\n2 reply Ana Ruiz: B {Best,/Ana Ruiz/Lead}\n"
    "- reply Sam Okoro: C {Regards,/Sam Okoro/Helpline}\n" },
  { "below", ON_ANA "> B\n\nBelow it.\n", "1 received -: Below it.\n- reply Ana Ruiz: B\n" },
  { "inner-answers-below", "A\n\n" ON_ANA "> " ON_SAM "> > C\n>\n> B\n",
    "1 received -: A\n2 reply Ana Ruiz: B\n- reply Sam Okoro: C\n" },
  { "unnamed", "> Who said so?\nNobody knows.\n",
    "1 received -: Nobody knows.\n- reply -: Who said so?\n" },
  { "unnamed-below-named", ON_ANA "> > Who said so?\n> Nobody.\n",
    "1 received -: \n2 reply Ana Ruiz: Nobody.\n- reply -: Who said so?\n" },
  { "marked-in-unmarked", "A\n\n" ON_ANA "\nB\n\n" ON_SAM "> C\n",
    "1 received -: A\n2 reply Ana Ruiz: B\n- reply Sam Okoro: C\n" },
  { "two-answered", ON_ANA "> B\nYes.\n\n" ON_SAM "> C\nNo.\n",
    "1 received -: Yes.//No.\n- reply Ana Ruiz: B\n- reply Sam Okoro: C\n" },
  { "forward-banner",
    "Look.\n\n---------- Forwarded message ---------\nFrom: Ana Ruiz <ana@example.org>\n"
    "Date: Tue, Apr 10, 2018 at 3:40 PM\nSubject: Case\nTo: Sam <sam@example.org>\n\nB\n\n"
    ON_SAM "> C\n",
    "1 received -: Look.\n2 forward Ana Ruiz: B\n- reply Sam Okoro: C\n" },
  { "forward-by-subject",
    "From: Sam Okoro <sam@example.org>\nDate: Tue, 10 Apr 2018 17:00:00 +0200\n"
    "To: ivo@example.org\nSubject: FW: Case\n\nLook.\n\n"
    "From: Ana Ruiz\nSent: Tuesday, April 10, 2018 1:43 PM\nTo: Sam Okoro\nSubject: Case\n\nB\n",
    "1 received Sam Okoro: Look.\n- forward Ana Ruiz: B\n" },
  { "signatures-stacked",
    "A\n\n" ON_ANA "\nB\n\n" ON_SAM "\nC\n\n--\nSam Okoro\nHelpline\n\n--\nAna Ruiz\nLead\n",
    "1 received -: A\n2 reply Ana Ruiz: B {Ana Ruiz/Lead}\n- reply Sam Okoro: C {Sam Okoro/Helpline}\n" },
  { "signature-not-of-a-telephone",
    "A\n\n" ON_ANA "\nB\n\nSent from my iPhone\n\n" ON_SAM "\nC\n\n" ON_ANA
    "\nD\n\n--\nAna Ruiz\nLead\n",
    "1 received -: A\n2 reply Ana Ruiz: B {Sent from my iPhone}\n3 reply Sam Okoro: C\n"
    "- reply Ana Ruiz: D {Ana Ruiz/Lead}\n" },
  { "page-break", "The account is gone and\n\nwe thank you.\n",
    "- received -: The account is gone and//we thank you.\n" },
  { "marking-left-out", "A\n\nUNCLASSIFIED\n\nB\n", "- received -: A//B\n" },
  { "only-a-quotation", ON_ANA "> B\n", "1 received -: \n- reply Ana Ruiz: B\n" },
};

static void
describe (const HeddleMessage *m, GString *out)
{
  g_autofree char *text = g_strdelimit (g_strdup (m->text), "\n", '/');
  if (m->parent < 0)
    g_string_append (out, "-");
  else
    g_string_append_printf (out, "%d", m->parent);
  g_string_append_printf (out, " %s %s: %s", heddle_kind_name (m->kind),
                          m->from != NULL && m->from->name != NULL ? m->from->name : "-", text);
  if (m->signature != NULL) {
    g_autofree char *signature = g_strdelimit (g_strdup (m->signature), "\n", '/');
    g_string_append_printf (out, " {%s}", signature);
  }
  g_string_append_c (out, '\n');
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (HeddleParser) parser = heddle_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleChain) chain
      = heddle_parse_text (parser, c->body, strlen (c->body), NULL, &error);
  g_assert_no_error (error);
  g_autoptr (GString) out = g_string_new (NULL);
  for (guint i = 0; i < chain->messages->len; i++)
    describe (g_ptr_array_index (chain->messages, i), out);
  g_assert_cmpstr (out->str, ==, c->chain);
}

/* Every line of text lies in a span, every span within the lines. */
static void
test_spans (void)
{
  g_autoptr (HeddleParser) parser = heddle_parser_new ();
  const char *body = "Hi Ana,\n\n" ON_ANA "> First?\n\nYes.\n\n> Second?\n\nNo.\n\nSam\n";
  g_autoptr (HeddleChain) chain = heddle_parse_text (parser, body, strlen (body), NULL, NULL);
  const HeddleMessage *m = g_ptr_array_index (chain->messages, 0);
  g_assert_cmpuint (m->spans->len, ==, 3);
  g_assert_cmpuint (g_array_index (m->spans, HeddleSpan, 0).first, ==, 1);
  g_assert_cmpuint (g_array_index (m->spans, HeddleSpan, 1).first, ==, 6);
  g_assert_cmpuint (g_array_index (m->spans, HeddleSpan, 2).first, ==, 10);
  g_assert_cmpuint (g_array_index (m->spans, HeddleSpan, 2).last, ==, 12);
}

static void
test_errors (void)
{
  g_autoptr (HeddleParser) parser = heddle_parser_new ();
  g_autoptr (GError) error = NULL;
  g_assert_null (heddle_parse_text (parser, " \n\n", 3, NULL, &error));
  g_assert_error (error, HEDDLE_PARSE_ERROR, HEDDLE_PARSE_ERROR_EMPTY);
  g_clear_error (&error);
  g_assert_null (heddle_parse_text (parser, "\1\2\3\4\0\0\0\0", 8, NULL, &error));
  g_assert_error (error, HEDDLE_PARSE_ERROR, HEDDLE_PARSE_ERROR_NOT_MAIL);
  g_clear_error (&error);
  HeddleLimits limits = heddle_limits_default;
  limits.bytes = 3;
  g_assert_null (heddle_parse_text (parser, "four", 4, &limits, &error));
  g_assert_error (error, HEDDLE_PARSE_ERROR, HEDDLE_PARSE_ERROR_LIMIT);
}

static void
test_limit_of_messages (void)
{
  g_autoptr (HeddleParser) parser = heddle_parser_new ();
  g_autoptr (GString) body = g_string_new ("A\n");
  for (guint i = 0; i < 50; i++)
    g_string_append (body, "\n" ON_ANA "\nB\n");
  HeddleLimits limits = heddle_limits_default;
  limits.messages = 10;
  g_autoptr (HeddleChain) chain = heddle_parse_text (parser, body->str, body->len, &limits, NULL);
  g_assert_cmpuint (chain->messages->len, ==, 10);
  g_assert_cmpuint (chain->warnings->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/chain/%s", cases[i].name);
    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/chain/spans", test_spans);
  g_test_add_func ("/chain/errors", test_errors);
  g_test_add_func ("/chain/limit-of-messages", test_limit_of_messages);
  return g_test_run ();
}
