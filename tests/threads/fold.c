/* SPDX-License-Identifier: MIT */
/* Stands in for the parser's folding in the tests of threads/ alone: lower case
 * is all that their texts need. Weak, so that the parser's own is taken. */
#include "parser/parser.h"

__attribute__ ((weak)) char *
heddle_text_fold (const char *text)
{
  return g_utf8_casefold (text, -1);
}
