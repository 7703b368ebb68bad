/* SPDX-License-Identifier: MIT */
/* Links that plain text lost, and words that only look like one: a row is a text and the
 * addresses found in it, "?" for a lost one, with its words. */
#include "parser/parser.h"

#include <string.h>

static const struct {
  const char *text, *urls;
} rows[] = {
  { "The form is here.", "? here" },
  { "You can read about that policy here. It is public.", "? here" },
  { "If they are in the photos, they can report the sharing of those photos here.", "? here" },
  { "More information can be found here\n\nBest,\nAna", "? here" },
  { "To unlock it, please click here.", "? click here" },
  { "Click here to read on, or click here to stop.", "? Click here" },
  { "Please follow this link within two days.", "? follow this link" },
  { "Bitte klicken Sie hier, um das Konto zu entsperren.", "? klicken Sie hier" },
  { "Weitere Informationen finden Sie hier.", "? hier" },
  { "Pour continuer, cliquez ici.", "? cliquez ici" },
  { "Le formulaire se trouve ici.", "? ici" },
  { "Haga clic aqu\303\255 para ver el caso.", "? Haga clic aqu\303\255" },
  { "El formulario est\303\241 aqu\303\255.", "? aqu\303\255" },
  { "Clicca qui per vedere la richiesta.", "? Clicca qui" },
  { "Klik hier om verder te gaan.", "? Klik hier" },
  { "Kliknij tutaj, aby zobaczy\304\207 zg\305\202oszenie.", "? Kliknij tutaj" },
  { "Nap\305\231\303\255klad: klikn\304\233te zde.", "? klikn\304\233te zde" },
  { "\320\235\320\260\320\266\320\274\320\270\321\202\320\265 \320\267\320\264\320\265\321\201\321\214, "
    "\321\207\321\202\320\276\320\261\321\213 \320\277\321\200\320\276\320\264\320\276\320\273\320\266\320\270\321\202\321\214.",
    "? \320\235\320\260\320\266\320\274\320\270\321\202\320\265 \320\267\320\264\320\265\321\201\321\214" },
  { "Hesab\304\261n\304\261z i\303\247in buraya t\304\261klay\304\261n.", "? buraya t\304\261klay\304\261n" },
  { "\350\257\267\347\202\271\345\207\273\350\277\231\351\207\214\346\237\245\347\234\213\343\200\202",
    "? \347\202\271\345\207\273\350\277\231\351\207\214" },
  { "\350\251\263\347\264\260\343\201\257\343\201\223\343\201\241\343\202\211\343\202\222\343\202\257\343\203\252\343\203\203\343\202\257\343\200\202",
    "? \343\201\223\343\201\241\343\202\211\343\202\222\343\202\257\343\203\252\343\203\203\343\202\257" },
  { "\330\247\330\266\330\272\330\267 \331\207\331\206\330\247 \331\204\331\204\331\205\330\252\330\247\330\250\330\271\330\251.",
    "? \330\247\330\266\330\272\330\267 \331\207\331\206\330\247" },
  /* The target stands there. */
  { "The form is here: https://example.org/form", "https://example.org/form" },
  { "The form is here.\nhttps://example.org/form", "https://example.org/form" },
  { "Click here <https://example.org/a> to read on.", "https://example.org/a" },
  { "See https://example.org/a, or click here.", "https://example.org/a" },
  { "You can read about it [here](https://example.org/p).", "https://example.org/p here" },
  /* No link at all. */
  { "I am here.", "" },
  { "Here is the list.", "" },
  { "She has lived here since 2011, and we work here.", "" },
  { "I read it here.", "" },
  { "Is anybody here?", "" },
  { "The form is here with me.", "" },
  { "The form is on my desk. I am here.", "" },
  { "The policy is clear. We all agree here.", "" },
  { "More information next week. See you here.", "" },
  { "Ich bin hier.", "" },
  { "Wir sind alle hier. Weitere Informationen folgen.", "" },
  { "Je suis ici.", "" },
  { "Estoy aqu\303\255.", "" },
  { "Sono qui.", "" },
  { "We heard the click. Here it stopped.", "" },
};

static void
test_rows (void)
{
  HeddleParser *parser = heddle_parser_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    HeddleChain *chain
        = heddle_parse_text (parser, rows[i].text, strlen (rows[i].text), NULL, NULL);
    const HeddleMessage *message = g_ptr_array_index (chain->messages, 0);
    g_autoptr (GString) got = g_string_new (NULL);
    for (guint k = 0; k < message->urls->len; k++) {
      const HeddleUrl *url = g_ptr_array_index (message->urls, k);
      g_string_append_printf (got, "%s%s%s%s", k > 0 ? " & " : "", url->url != NULL ? url->url : "?",
                              url->text != NULL ? " " : "", url->text != NULL ? url->text : "");
      g_assert_true (url->url != NULL || url->domain == NULL);
    }
    if (!g_str_equal (got->str, rows[i].urls)) {
      g_test_message ("%s: \"%s\", not \"%s\"", rows[i].text, got->str, rows[i].urls);
      g_test_fail ();
    }
    heddle_chain_free (chain);
  }
  heddle_parser_free (parser);
}

/* Markup says where its links are: words without one are none. */
static void
test_html (void)
{
  static const char mail[]
      = "From: Ana Ruiz <ana@example.org>\nMIME-Version: 1.0\nContent-Type: text/html\n\n"
        "<p>The form is here.</p><p>Please click here.</p>\n";
  HeddleParser *parser = heddle_parser_new ();
  HeddleChain *chain = heddle_parse_mail (parser, mail, strlen (mail), NULL, NULL);

  g_assert_cmpuint (((HeddleMessage *) g_ptr_array_index (chain->messages, 0))->urls->len, ==, 0);
  heddle_chain_free (chain);
  heddle_parser_free (parser);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parser/lost/rows", test_rows);
  g_test_add_func ("/parser/lost/html", test_html);
  return g_test_run ();
}
