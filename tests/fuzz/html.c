/* SPDX-License-Identifier: MIT */
/* Any bytes as an HTML body: lines of valid text, with links inside them. */
#include "parser/lines.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

static void
check_links (const HeddleLine *line)
{
  gsize length = strlen (line->content), last = 0;

  for (guint i = 0; line->links != NULL && i < line->links->len; i++) {
    const HeddleLink *link = &g_array_index (line->links, HeddleLink, i);

    g_assert_true (last <= link->start && link->start < link->end && link->end <= length);
    g_assert_true (
        g_utf8_validate_len (line->content + link->start, link->end - link->start, NULL));
    g_assert_true (g_utf8_validate (link->href, -1, NULL));
    last = link->end;
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (HeddleBody) body = heddle_body_new ();

  heddle_body_add_html (body, (const char *)data, size, NULL, &heddle_limits_default, NULL);
  for (guint i = 0; i < body->lines->len; i++) {
    const HeddleLine *line = body->lines->pdata[i];

    g_assert_true (g_utf8_validate (line->text, -1, NULL));
    g_assert_true (strpbrk (line->text, "\r\n") == NULL);
    g_assert_cmpuint (strlen (line->text), <=, heddle_limits_default.line_bytes);
    g_assert_cmpint (line->depth, >=, 0);
    check_links (line);
  }
  return 0;
}
