/* SPDX-License-Identifier: MIT */
/* Zones of the lines of a message. A row is a bare document and a letter a line: h
 * header, g greeting, b body, s sign-off, S signature, a attachment, m marking, - blank,
 * o nobody's. */
#ifndef HEDDLE_TESTS_ZONES_H
#define HEDDLE_TESTS_ZONES_H

#include "parser/parser.h"

#include <string.h>

typedef struct {
  const char *name, *body, *zones;
} ZoneCase;

static inline char
zone_letter (HeddleZone zone)
{
  return "hgbsSam-o"[zone];
}

static inline void
test_zones (gconstpointer data)
{
  const ZoneCase *c = data;
  g_autoptr (HeddleParser) parser = heddle_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (HeddleChain) chain
      = heddle_parse_text (parser, c->body, strlen (c->body), NULL, &error);
  g_assert_no_error (error);
  g_autoptr (GString) zones = g_string_new (NULL);
  for (guint i = 0; i < chain->lines->len; i++)
    g_string_append_c (zones, zone_letter (((HeddleChainLine *) chain->lines->pdata[i])->zone));
  g_assert_cmpstr (zones->str, ==, c->zones);
}

static inline void
add_zone_cases (const char *under, const ZoneCase *cases, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    g_autofree char *path = g_strdup_printf ("%s/%s", under, cases[i].name);
    g_test_add_data_func (path, &cases[i], test_zones);
  }
}

#endif
