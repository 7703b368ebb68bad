/* SPDX-License-Identifier: MIT */
#include "tests/parser/tables.h"

static const struct {
  const char *host, *domain;
  gboolean known;
} rows[] = {
  { "a.b.example.co.uk", "example.co.uk", TRUE },
  { "WWW.Example.ORG", "example.org", TRUE },
  { "example.org.", "example.org", TRUE },
  { "co.uk", "co.uk", TRUE },
  { "localhost", "localhost", FALSE },
  { "helpline.internal", "helpline.internal", FALSE },
  { "a.helpline.internal", "helpline.internal", FALSE },
  { "192.0.2.7", "192.0.2.7", FALSE },
  { "[2001:db8::1]", "[2001:db8::1]", FALSE },
  { "www.b\303\274cher.example", "b\303\274cher.example", FALSE },
  { "www.B\303\234CHER.de", "b\303\274cher.de", TRUE },
  { "www.xn--bcher-kva.de", "xn--bcher-kva.de", TRUE },
  { "ana.github.io", "ana.github.io", TRUE },
  { "", "", FALSE },
  { "..", "", FALSE },
};

static void
test_registrable (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *domain = heddle_domains_registrable (tables.domains, rows[i].host);
    g_test_message ("%s", rows[i].host);
    g_assert_cmpstr (domain, ==, rows[i].domain);
    if (!g_str_has_suffix (rows[i].host, "."))
      g_assert_true (heddle_domains_known (tables.domains, rows[i].host) == rows[i].known);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tables_init ();
  g_test_add_func ("/parser/domain/registrable", test_registrable);
  int status = g_test_run ();
  tables_clear ();
  return status;
}
