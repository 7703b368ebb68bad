/* SPDX-License-Identifier: MIT */
#include "tests/parser/tables.h"

#define SAFE "https://nam02.safelinks.protection.outlook.com/?url="
#define DEFENSE "https://urldefense.com/v3/__"

/* Found addresses as "url", with " (text)" and " = domain" where a row cares; joined
 * by " & ". */
static const struct {
  const char *text, *urls;
} rows[] = {
  { "see https://example.org/a.", "https://example.org/a" },
  { "(https://example.org/a)", "https://example.org/a" },
  { "(see https://example.org/a_(b)).", "https://example.org/a_(b)" },
  { "[https://example.org/a]", "https://example.org/a" },
  { "https://example.org/a?b=c&d=e#f, then", "https://example.org/a?b=c&d=e#f" },
  { "https://example.org!", "https://example.org" },
  { "\"https://example.org/x\"", "https://example.org/x" },
  { "\342\200\234https://example.org/x\342\200\235", "https://example.org/x" },
  { "*https://example.org/x*", "https://example.org/x" },
  { "_https://example.org/x_", "https://example.org/x" },
  { "https://example.org/user_", "https://example.org/user_" },
  { "HTTP://EXAMPLE.org/A", "HTTP://EXAMPLE.org/A" },
  { "www.example.org/a", "www.example.org/a" },
  { "ftp://ftp.example.org/pub", "ftp://ftp.example.org/pub" },
  { "https://example.org:8443/a", "https://example.org:8443/a" },
  { "http://localhost:8080/", "http://localhost:8080/" },
  { "http://[2001:db8::1]:80/a", "http://[2001:db8::1]:80/a" },
  { "http://192.0.2.7/a", "http://192.0.2.7/a" },
  { "https://b\303\274cher.example/\303\244", "https://b\303\274cher.example/\303\244" },
  { "\350\257\267\347\234\213https://example.org/a\343\200\202", "https://example.org/a" },
  { "https://user:pw@example.org/a", "https://user:pw@example.org/a" },
  { "<https://example.org/a>", "https://example.org/a" },
  { "<https://example.org/a/\nlong>", "https://example.org/a/long" },
  { "<https://example.org/a/ \n  long>.", "https://example.org/a/long" },
  { "<https://example.org/a and more>", "https://example.org/a" },
  { "<https://example.org/a\n\nmore>", "https://example.org/a" },
  { "here<https://example.org/a>,", "https://example.org/a" },
  { "<https://example.org/1>\n<https://example.org/2>", "https://example.org/1 & https://example.org/2" },
  { "https://example.org/1 https://example.org/1", "https://example.org/1" },
  { "[the page](https://example.org/a)", "https://example.org/a (the page)" },
  { "[the page](https://example.org/a_(b)).", "https://example.org/a_(b) (the page)" },
  { "[https://example.org/a](https://example.org/a)", "https://example.org/a" },
  { "[here](#) and [there]()", "? (here) & ? (there)" },
  { "read it here.", "" },
  { "mailto:ana@example.org", "" },
  { "<mailto:ana@example.org>", "" },
  { "ana@www.example.org", "" },
  { "the http:// prefix", "" },
  { "https://", "" },
  { "https://...", "" },
  { "www. and www.example", "" },
  { "xhttp://example.org", "" },
  { "http:///path", "" },
  { "https://example.org|more", "https://example.org" },
  { "https://example.org/?a=1|2", "https://example.org/?a=1|2" },
  { SAFE "https%3A%2F%2Fexample.org%2Fa%3Fb&data=02%7C01",
    "https://example.org/a?b [" SAFE "https%3A%2F%2Fexample.org%2Fa%3Fb&data=02%7C01]" },
  { SAFE "javascript%3Aalert(1)&data=0", SAFE "javascript%3Aalert(1)&data=0" },
  { SAFE "https%3A%2F%2Fexample.org%2F%0Aa&data=0", SAFE "https%3A%2F%2Fexample.org%2F%0Aa&data=0" },
  { "https://example.org/a<" SAFE "https%3A%2F%2Fexample.org%2Fa&data=0>",
    "https://example.org/a [" SAFE "https%3A%2F%2Fexample.org%2Fa&data=0]" },
  { "https://urldefense.proofpoint.com/v2/url?u=https-3A__example.org_a-5Fb&d=Dw",
    "https://example.org/a_b [https://urldefense.proofpoint.com/v2/url?u=https-3A__example.org_a-5Fb&d=Dw]" },
  { DEFENSE "https://example.org/a__;!!abc$", "https://example.org/a [" DEFENSE "https://example.org/a__;!!abc$]" },
  { DEFENSE "https://example.org/a*b__;Iw!!abc$", "https://example.org/a#b [" DEFENSE "https://example.org/a*b__;Iw!!abc$]" },
  { DEFENSE "https://example.org/a**Ab__;Iyg!!abc$", "https://example.org/a#(b [" DEFENSE "https://example.org/a**Ab__;Iyg!!abc$]" },
  { DEFENSE "https:/example.org/a__;!!abc$", "https://example.org/a [" DEFENSE "https:/example.org/a__;!!abc$]" },
  { "https://www.google.com/url?q=https://example.org/a&sa=D", "https://example.org/a [https://www.google.com/url?q=https://example.org/a&sa=D]" },
  { "https://www.google.com/url?sa=t&url=https%3A%2F%2Fexample.org", "https://example.org [https://www.google.com/url?sa=t&url=https%3A%2F%2Fexample.org]" },
  { SAFE "https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%253A%252F%252Fexample.org&d=1",
    "https://example.org [" SAFE "https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%253A%252F%252Fexample.org&d=1]" },
  { "https://www.google.com/search?q=https", "https://www.google.com/search?q=https" },
};

static char *
show (GPtrArray *urls)
{
  GString *shown = g_string_new (NULL);
  for (guint i = 0; i < urls->len; i++) {
    const HeddleUrl *url = g_ptr_array_index (urls, i);
    g_string_append_printf (shown, "%s%s", i > 0 ? " & " : "", url->url != NULL ? url->url : "?");
    if (url->text != NULL)
      g_string_append_printf (shown, " (%s)", url->text);
    if (url->original != NULL)
      g_string_append_printf (shown, " [%s]", url->original);
    g_assert_true ((url->domain != NULL) == (url->url != NULL));
  }
  return g_string_free (shown, FALSE);
}

static void
test_text (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GArray) covered = g_array_new (FALSE, FALSE, sizeof (HeddleRange));
    g_autoptr (GPtrArray) urls
        = heddle_urls_find (&tables, rows[i].text, strlen (rows[i].text), NULL, 100, covered);
    g_autofree char *shown = show (urls);
    g_test_message ("%s", rows[i].text);
    g_assert_cmpstr (shown, ==, rows[i].urls);
    for (guint n = 0; n < covered->len; n++) {
      const HeddleRange *range = &g_array_index (covered, HeddleRange, n);
      g_assert_cmpuint (range->start, <, range->end);
      g_assert_cmpuint (range->end, <=, strlen (rows[i].text));
      if (n > 0)
        g_assert_cmpuint (range->start, >=, range[-1].end);
    }
  }
}

/* Links of markup: text, the words that carry one, where it leads, what is found. */
static const struct {
  const char *text, *words, *href, *urls;
} linked[] = {
  { "read it here now", "here", "https://example.org/a", "https://example.org/a (here)" },
  { "read it here now", "here", "", "? (here)" },
  { "read it here now", "here", "#", "? (here)" },
  { "read it here now", "here", "#top", "" },
  { "write to Ana now", "Ana", "mailto:ana@example.org", "" },
  { "call us now", "us", "tel:+15550100", "" },
  { "see https://example.org/a now", "https://example.org/a", "https://example.org/a/", "https://example.org/a/" },
  { "see example.org now", "example.org", "http://example.org/", "http://example.org/" },
  { "see example.org now", "example.org", SAFE "http%3A%2F%2Fexample.org&d=1",
    "http://example.org [" SAFE "http%3A%2F%2Fexample.org&d=1]" },
  { "see https://bank.example now", "https://bank.example", "https://evil.example",
    "https://evil.example (https://bank.example)" },
  { "see https://bank.example now", "https://bank.example", "#", "? (https://bank.example) & https://bank.example" },
  { "", "", "https://example.org/a", "" },
};

static void
test_links (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (linked); i++) {
    g_autoptr (GArray) covered = g_array_new (FALSE, FALSE, sizeof (HeddleRange));
    g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (HeddleTextLink));
    const char *words = strstr (linked[i].text, linked[i].words);
    gsize start = (gsize) (words - linked[i].text);
    HeddleTextLink link = { start, start + strlen (linked[i].words), linked[i].href };
    g_array_append_val (links, link);
    g_autoptr (GPtrArray) urls = heddle_urls_find (&tables, linked[i].text, strlen (linked[i].text),
                                                   links, 100, covered);
    g_autofree char *shown = show (urls);
    g_test_message ("%s → %s", linked[i].text, linked[i].href);
    g_assert_cmpstr (shown, ==, linked[i].urls);
  }
}

static const struct {
  const char *text, *domain;
} domains[] = {
  { "https://www.a.example.co.uk:80/x", "example.co.uk" },
  { "https://ana:pw@www.Example.org", "example.org" },
  { "http://[2001:db8::1]/", "[2001:db8::1]" },
  { "http://192.0.2.7:80/", "192.0.2.7" },
  { "www.example.org", "example.org" },
  { "http://localhost/", "localhost" },
  { "https://example.org@evil.example/", "evil.example" },
  { SAFE "https%3A%2F%2Fwww.example.org&d=1", "example.org" },
};

static void
test_domain (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (domains); i++) {
    g_autoptr (GArray) covered = g_array_new (FALSE, FALSE, sizeof (HeddleRange));
    g_autoptr (GPtrArray) urls
        = heddle_urls_find (&tables, domains[i].text, strlen (domains[i].text), NULL, 1, covered);
    g_assert_cmpuint (urls->len, ==, 1);
    g_assert_cmpstr (((HeddleUrl *) g_ptr_array_index (urls, 0))->domain, ==, domains[i].domain);
  }
}

static void
test_hostile (void)
{
  static const char *const units[] = { "<http://", "[", "[](http://", "http://a(", "www.", "https://a)", "<https://a.b/\n",
                                       "[a](https://a.b", SAFE, "http://a.b" };
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (GArray) covered = g_array_new (FALSE, FALSE, sizeof (HeddleRange));
    while (text->len < 200000)
      g_string_append (text, units[i]);
    gint64 begin = g_get_monotonic_time ();
    g_autoptr (GPtrArray) urls
        = heddle_urls_find (&tables, text->str, text->len, NULL, 1000, covered);
    g_test_message ("%s: %" G_GINT64_FORMAT " us", units[i], g_get_monotonic_time () - begin);
    g_assert_cmpint (g_get_monotonic_time () - begin, <, 5 * G_USEC_PER_SEC);
    g_assert_cmpuint (urls->len, <=, 1000);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tables_init ();
  g_test_add_func ("/parser/url/text", test_text);
  g_test_add_func ("/parser/url/links", test_links);
  g_test_add_func ("/parser/url/domain", test_domain);
  g_test_add_func ("/parser/url/hostile", test_hostile);
  int status = g_test_run ();
  tables_clear ();
  return status;
}
