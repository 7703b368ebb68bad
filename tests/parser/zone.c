/* SPDX-License-Identifier: MIT */
/* Zones of the lines of a message. A row is a bare document and a letter a line: h
 * header, g greeting, b body, s sign-off, S signature, a attachment, m marking, - blank,
 * o nobody's. */
#include "parser/parser.h"

#include <string.h>

typedef struct {
  const char *name, *body, *zones;
} Case;

/* Gives the author a name. */
#define ANA "From: Ana Ruiz <ana@example.org>\nDate: Tue, 10 Apr 2018 15:59:11 +0200\nSubject: Case\n\n"

static const Case cases[] = {
  { "all", "Dear Sam,\n\nIt is done.\n\nBest,\nAna\n-- \nAna Ruiz\nHelpline\n", "g-b-ssSSS" },
  { "name-and-comma", "Sam,\n\nIt is done.\n", "g-b" },
  { "name-and-withheld", "Ruben and (b)(6)\n\nIt is done.\n", "g-b" },
  { "withheld", "(b)(6)\n\nIt is done.\n", "g-b" },
  { "term-of-address", "Sam jaan,\n\nIt is done.\n", "g-b" },
  { "team", "Hello Lumen team,\n\nIt is done.\n", "g-b" },
  { "list", "Hello list,\n\nIt is done.\n", "g-b" },
  { "trap-greeting-goes-on", "Hi, just to say,\nit is done.\n", "bb" },
  { "trap-greeting-alone", "Thank you, Sam\n", "s" },
  { "trap-name-in-prose", "Sam, it is done.\nWe are glad.\n", "bb" },
  { "signoff-of-a-team", "It is done.\n\nRegards,\nThe Chirper team\n", "b-ss" },
  { "signoff-with-name", "It is done.\nThanks, Ana\n", "bs" },
  { "signoff-then-block", "It is done.\n\nKind regards,\nAna Ruiz\nHelpline lead\n+49 30 1234\n",
    "b-ssSS" },
  { "trap-signoff-in-prose", "Thanks for the links.\nThe second of them does not open here.\n", "bb" },
  { "name-last", ANA "It is done.\n\nAna\n", "hhh-b-s" },
  { "name-then-block", ANA "It is done.\n\nAna Ruiz\nHelpline lead\n", "hhh-b-sS" },
  { "postscript", "It is done.\n\nBest,\nAna\n\nPS: the form is attached to the other mail.\n",
    "b-bb-b" },
  { "telephone", "It is done.\n\nSent from my iPhone\n", "b-S" },
  { "disclaimer",
    "It is done.\n\nThis email and any attachments are confidential.\nDelete it otherwise.\n",
    "b-SS" },
  { "marking", "It is done.\n\nOfficial\n\nUNCLASSIFIED\n", "b-m-m" },
  { "trap-marking", "The official said so.\nIt was confidential.\n", "bb" },
  { "attachments", "See these.\n\n<Screen Shot 1.png><b.pdf>\n", "b-a" },
  { "list-footer", "It is done.\n\nAna\n_______________________________\nx mailing list\nhttps://x.example/\n",
    "b-booo" },
};

static char
letter (HeddleZone zone)
{
  return "hgbsSam-o"[zone];
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
  g_autoptr (GString) zones = g_string_new (NULL);
  for (guint i = 0; i < chain->lines->len; i++)
    g_string_append_c (zones, letter (((HeddleChainLine *) chain->lines->pdata[i])->zone));
  g_assert_cmpstr (zones->str, ==, c->zones);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/zone/%s", cases[i].name);
    g_test_add_data_func (path, &cases[i], test_case);
  }
  return g_test_run ();
}
