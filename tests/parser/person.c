/* SPDX-License-Identifier: MIT */
#include "tests/parser/tables.h"

/* A person as "name|address", "!" behind it when withheld; "-" is absent. */
static char *
show (const HeddlePerson *person)
{
  return g_strdup_printf ("%s|%s%s", person->name != NULL ? person->name : "-",
                          person->address != NULL ? person->address : "-",
                          person->redacted ? "!" : "");
}

static const struct {
  const char *text, *expect;
} people[] = {
  { "Ana Ruiz <ana@example.org>", "Ana Ruiz|ana@example.org" },
  { "\"Ruiz, Ana\" <Ana@EXAMPLE.org>", "Ruiz, Ana|Ana@example.org" },
  { "'Ana Ruiz' <ana@example.org>", "Ana Ruiz|ana@example.org" },
  { "Ruiz, Ana <ana@example.org>", "Ruiz, Ana|ana@example.org" },
  { "Ana Ruiz [mailto:ana@example.org]", "Ana Ruiz|ana@example.org" },
  { "Ana Ruiz <mailto:ana@example.org>", "Ana Ruiz|ana@example.org" },
  { "Ana Ruiz <mailto:ana@example.org?subject=Hi>", "Ana Ruiz|ana@example.org" },
  { "ana@example.org<mailto:ana@example.org>", "-|ana@example.org" },
  { "Ana Ruiz <ana@example.org<mailto:ana@example.org>>", "Ana Ruiz|ana@example.org" },
  { "ana@example.org [mailto:ana@example.org]", "-|ana@example.org" },
  { "\"ana@example.org\" <ana@example.org>", "-|ana@example.org" },
  { "<ana@example.org>", "-|ana@example.org" },
  { "<mailto:ana@example.org>", "-|ana@example.org" },
  { "ana@example.org", "-|ana@example.org" },
  { "mailto:ana@example.org", "-|ana@example.org" },
  { "Ana Ruiz (ana@example.org)", "Ana Ruiz|ana@example.org" },
  { "[Ana Ruiz](mailto:ana@example.org)", "Ana Ruiz|ana@example.org" },
  { "Ana Ruiz ana@example.org:", "Ana Ruiz|ana@example.org" },
  { "Ana Ruiz", "Ana Ruiz|-" },
  { "*Ana Ruiz*", "Ana Ruiz|-" },
  /* Lotus, Exchange, cc:Mail */
  { "Ana Ruiz@HELP", "Ana Ruiz|-" },
  { "Ana Ruiz/Help Desk@Help Desk", "Ana Ruiz|-" },
  { "Ana Ruiz/HELP@ORG @ ORG", "Ana Ruiz|-" },
  { "ana@example.org@HELP", "-|ana@example.org" },
  { "\"Ruiz, Ana\" <ana@example.org>@HELP", "Ruiz, Ana|ana@example.org" },
  { "\"Ana Ruiz\" <ana@example.org>@SMTP@helpGate", "Ana Ruiz|ana@example.org" },
  { "Ana Ruiz <ana@example.org> @ HELP", "Ana Ruiz|ana@example.org" },
  { "Ana Ruiz [SMTP:ana@example.org]", "Ana Ruiz|ana@example.org" },
  { "\"Ruiz; Ana\" <SMTP:ana@example.org>", "Ruiz; Ana|ana@example.org" },
  { "ana@desk", "ana@desk|-" },
  { "'ana@example.org'", "-|ana@example.org" },
  { "Ana @ the desk", "Ana @ the desk|-" },
  { "Ana  Ruiz ,", "Ana Ruiz|-" },
  { "Ana Ruiz (Helpline)", "Ana Ruiz (Helpline)|-" },
  { "Ruiz, Ana (Legal) <ana@example.org>", "Ruiz, Ana|ana@example.org" },
  { "Ruiz, Ana M. (2761)", "Ruiz, Ana M.|-" },
  { "Ruiz Ana (2761)", "Ruiz Ana|-" },
  { "Ruiz, Ana - TPX4", "Ruiz, Ana|-" },
  { "Ruiz, A.- TPXW", "Ruiz, A.|-" },
  { "Ana Ruiz - TPX4", "Ana Ruiz - TPX4|-" },
  { "Ana Ruiz (she/her)", "Ana Ruiz (she/her)|-" },
  { "Ruiz, Ana/NY/Corp@Corp", "Ruiz, Ana|-" },
  { "Ana Ruiz (b)(6)", "Ana Ruiz|-!" },
  { "Ana Ruiz <(b)(6)>", "Ana Ruiz|-!" },
  { "Ana Ruiz <(b)(6)@example.org>", "Ana Ruiz|-!" },
  { "Ana Ruiz [mailto:(b)(6)]", "Ana Ruiz|-!" },
  { "Ana Ruiz [redacted]", "Ana Ruiz|-!" },
  { "Ana Ruiz [b6]", "Ana Ruiz|-!" },
  { "Ana Ruiz <redacted>", "Ana Ruiz|-!" },
  { "Ana Ruiz [email\302\240protected]", "Ana Ruiz|-!" },
  { "(b)(6)", "-|-!" },
  { "(b) (6)", "-|-!" },
  { "(b)(7)(C)", "-|-!" },
  { "<(b)(6)>", "-|-!" },
  { "(b)(6) <ana@example.org>", "-|ana@example.org!" },
  { "(b)(6) <(b)(6)>", "-|-!" },
  { "<name removed>", "-|-!" },
  { "XXXXX", "-|-!" },
  { "XXXX XXXXX <XXX>", "-|-!" },
  { "\342\226\210\342\226\210\342\226\210\342\226\210", "-|-!" },
  { "\342\226\210\342\226\210 \342\226\210\342\226\210\342\226\210 <ana@example.org>",
    "-|ana@example.org!" },
  { "list@example.org on behalf of Ana Ruiz", "Ana Ruiz|-" },
  { "list@example.org [mailto:list@example.org] On Behalf Of Ana Ruiz <ana@example.org>",
    "Ana Ruiz|ana@example.org" },
  { "Ana Ruiz via Helpline <list@example.org>", "Ana Ruiz|list@example.org" },
  { "Ana Ruiz/HELP/Example@EXAMPLE", "Ana Ruiz|-" },
  { "\330\271\331\204\333\214 <ali@example.org>", "\330\271\331\204\333\214|ali@example.org" },
  { "Ana <ana@b\303\274cher.example>", "Ana|ana@b\303\274cher.example" },
  { "Ana <not an address>", "Ana|-" },
  { "Ana <ana@", "Ana < ana@|-" },
  { "", NULL },
  { "  ", NULL },
  { " ,; ", NULL },
  { "<>", NULL },
  { "\"\"", NULL },
};

static void
test_read (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (people); i++) {
    g_autoptr (HeddlePerson) person
        = heddle_person_read (&tables, people[i].text, strlen (people[i].text));
    g_test_message ("%s", people[i].text);
    g_autofree char *shown = person != NULL ? show (person) : NULL;
    g_assert_cmpstr (shown, ==, people[i].expect);
  }
}

static void
test_raw (void)
{
  const char *text = " Ana\tRuiz\n <(b)(6)> ";
  g_autoptr (HeddlePerson) person = heddle_person_read (&tables, text, strlen (text));
  g_assert_cmpstr (person->raw, ==, "Ana Ruiz <(b)(6)>");
}

static const struct {
  const char *text, *expect; /* joined by " & " */
} lists[] = {
  { "Ana Ruiz <ana@example.org>, Sam Cole <sam@example.net>",
    "Ana Ruiz|ana@example.org & Sam Cole|sam@example.net" },
  { "Ana Ruiz; Sam Cole", "Ana Ruiz|- & Sam Cole|-" },
  { "Ruiz, Ana; Cole, Sam", "Ruiz, Ana|- & Cole, Sam|-" },
  { "Ruiz, Ana <ana@example.org>; Cole, Sam", "Ruiz, Ana|ana@example.org & Cole, Sam|-" },
  { "Ruiz, Ana <ana@example.org>, Cole, Sam <sam@example.net>",
    "Ruiz, Ana|ana@example.org & Cole, Sam|sam@example.net" },
  { "\"Ruiz, Ana\" <ana@example.org>, sam@example.net",
    "Ruiz, Ana|ana@example.org & -|sam@example.net" },
  { "Ana Ruiz, Sam Cole", "Ana Ruiz|- & Sam Cole|-" },
  { "Ana, Sam", "Ana|- & Sam|-" },
  { "Ana Ruiz [mailto:ana@example.org]; Sam Cole [mailto:sam@example.net]",
    "Ana Ruiz|ana@example.org & Sam Cole|sam@example.net" },
  { "ana@example.org<mailto:ana@example.org>; sam@example.net",
    "-|ana@example.org & -|sam@example.net" },
  { "(b)(6) Holly Example (b)(6) Akbar Example",
    "-|-! & Holly Example|-! & Akbar Example|-" },
  { "(b)(6) Holly Example (b)(6) Akbar Example\n(b)(6)",
    "-|-! & Holly Example|-! & Akbar Example|-!" },
  { "(b)(6) (b)(6) Akbar Example (b)(6) (b)(6)", "-|-! & -|-! & Akbar Example|-! & -|-!" },
  { "(b)(6) (b)(6) Akbar Example; (b)(6)", "-|-! & -|-! & Akbar Example|- & -|-!" },
  { "(b)(6), (b)(6)", "-|-! & -|-!" },
  { "Sam Cole <(b)(6)> Akbar Example <(b)(6)>", "Sam Cole|-! & Akbar Example|-!" },
  { "(b)(6) <(b)(6)>; Ana Ruiz", "-|-! & Ana Ruiz|-" },
  { "Ana Ruiz", "Ana Ruiz|-" },
  { "<name removed>, [redacted]", "-|-! & -|-!" },
  { "Ana Ruiz <ana@example.org>,", "Ana Ruiz|ana@example.org" },
  { "Ana <ana@example.org>\nSam <sam@example.net>", "Ana|ana@example.org & Sam|sam@example.net" },
  { "ana@example.org sam@example.net", "-|ana@example.org & -|sam@example.net" },
  { "undisclosed-recipients:;", "" },
  { "Friends of the desk: ana@example.org, Sam Cole; Li", "-|ana@example.org & Sam Cole|- & Li|-" },
  { "Ana <ana@example.org>@HELP, Sam Cole/HELP@ORG @ ORG, li@example.org@HELP",
    "Ana|ana@example.org & Sam Cole|- & -|li@example.org" },
  { ";;,,", "" },
  { "", "" },
};

static void
test_list (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++) {
    g_autoptr (GPtrArray) found
        = heddle_person_read_list (&tables, lists[i].text, strlen (lists[i].text), 100);
    g_autoptr (GString) shown = g_string_new (NULL);
    for (guint n = 0; n < found->len; n++) {
      g_autofree char *one = show (g_ptr_array_index (found, n));
      g_string_append_printf (shown, "%s%s", n > 0 ? " & " : "", one);
    }
    g_test_message ("%s", lists[i].text);
    g_assert_cmpstr (shown->str, ==, lists[i].expect);
  }
}

static void
test_most (void)
{
  const char *text = "a@example.org, b@example.org, c@example.org";
  g_autoptr (GPtrArray) found = heddle_person_read_list (&tables, text, strlen (text), 2);
  g_assert_cmpuint (found->len, ==, 2);
}

static const struct {
  const char *text;
  gsize bytes;
} redactions[] = {
  { "(b)(6)", 6 },
  { "(b)(6) (b)(6) wrote", 13 },
  { "(b)(6), (b)(7)(C) x", 17 },
  { "(b) (6) x", 7 },
  { "[redacted]", 10 },
  { "[Name Redacted] x", 15 },
  { "(phone number redacted)", 23 },
  { "<name removed>", 14 },
  { "[email\302\240protected]", 18 },
  { "XXXX", 4 },
  { "XXXXXXXX y", 8 },
  { "\342\226\210\342\226\210", 6 },
  { "<(b)(6)>", 8 },
  { "[(b)(6)]", 8 },
  { "(b)(6)(b)(6)", 12 },
  { "(b)", 0 },
  { "(b)(0)", 0 },
  { "(a)(6)", 0 },
  { "(6)", 0 },
  { "XXX", 0 },
  { "XXXXL", 0 },
  { "xxxx", 0 },
  { "redacted", 0 },
  { "[the name was redacted by them]", 0 },
  { "[removed]", 0 },
  { "\342\226\210", 0 },
  { "[", 0 },
  { "", 0 },
};

static void
test_redaction (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (redactions); i++) {
    g_test_message ("%s", redactions[i].text);
    g_assert_cmpuint (heddle_redaction_at (&tables, redactions[i].text,
                                           strlen (redactions[i].text)), ==, redactions[i].bytes);
  }
}

/* Rows of what opens but never closes take linear time: a second is far above it. */
static void
test_hostile (void)
{
  static const char *const units[] = { "<", "(", "[", "\"", "(b)", "(b)(6)", "X", "XXXX ", "@", "a@",
                                       ",", ";", "[redacted ", "<[", "on behalf of ", "a,", "<a@b.c" };
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    while (text->len < 200000)
      g_string_append (text, units[i]);
    gint64 begin = g_get_monotonic_time ();
    g_autoptr (HeddlePerson) person = heddle_person_read (&tables, text->str, text->len);
    g_autoptr (GPtrArray) list = heddle_person_read_list (&tables, text->str, text->len, 1000);
    heddle_redaction_at (&tables, text->str, text->len);
    g_test_message ("%s: %" G_GINT64_FORMAT " us", units[i], g_get_monotonic_time () - begin);
    g_assert_cmpint (g_get_monotonic_time () - begin, <, 5 * G_USEC_PER_SEC);
    g_assert_cmpuint (list->len, <=, 1000);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tables_init ();
  g_test_add_func ("/parser/person/read", test_read);
  g_test_add_func ("/parser/person/raw", test_raw);
  g_test_add_func ("/parser/person/list", test_list);
  g_test_add_func ("/parser/person/most", test_most);
  g_test_add_func ("/parser/person/redaction", test_redaction);
  g_test_add_func ("/parser/person/hostile", test_hostile);
  int status = g_test_run ();
  tables_clear ();
  return status;
}
