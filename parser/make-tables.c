/* SPDX-License-Identifier: MIT */
/* make-tables: writes the finished tables of all languages as C to standard output. Runs
 * while Heddle is built, on the machine that builds it; what it writes is numbers that
 * every machine reads alike. The names are those of the ICU that it is linked with.
 */
#include "parser/build.h"
#include "parser/names.h"
#include "parser/words-index.h"

#include <stdio.h>

int
main (void)
{
  HeddleWords *words = heddle_words_new (heddle_locales);
  HeddleNames *names = heddle_names_new (heddle_locales);
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean has_names = names->day_first != 0;

  g_string_append (out, "/* Written by make-tables of parser/locale/ and of ICU's data. */\n"
                        "#include \"parser/names.h\"\n#include \"parser/words-index.h\"\n");
  heddle_words_write_folded (words, out);
  heddle_words_write (words, "const", "heddle_words_made", out);
  heddle_words_write (names->words, "static const", "names", out);
  g_string_append_printf (
      out, "const HeddleNames heddle_names_made = { &names, 0x%" G_GINT64_MODIFIER "xU };\n",
      names->day_first);
  heddle_names_free (names);
  heddle_words_free (words);
  if (!has_names) {
    fputs ("make-tables: ICU knows no dates: install its data (libicu) and make again\n",
           stderr);
    return 1;
  }
  gboolean written = fwrite (out->str, 1, out->len, stdout) == out->len;
  if (fflush (stdout) != 0 || !written) {
    perror ("make-tables: standard output");
    return 1;
  }
  return 0;
}
