/* SPDX-License-Identifier: MIT */
/* html: HTML bodies to the one model of lines. Not read yet: a warning says so. */
#include "parser/lines.h"

void
heddle_body_add_html (HeddleBody *body, const char *html, gsize length, const char *charset,
                      const HeddleLimits *limits, GPtrArray *warnings)
{
  heddle_warn (warnings, "HTML is not read yet.");
}
