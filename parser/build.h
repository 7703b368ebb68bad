/* SPDX-License-Identifier: MIT */
/* build: how the tables that look-ups read are made of the languages' rows and of CLDR.
 * For make-tables.c and make-fold.c, which run while Heddle is built, and for tests; no part of the
 * parser, which holds what they have written.
 */
#ifndef HEDDLE_PARSER_BUILD_H
#define HEDDLE_PARSER_BUILD_H

#include "parser/tables.h"

/* All languages, in the order of the file parser/locale/all.c; ends with NULL. */
extern const HeddleLocale *const heddle_locales[];

/* The bit of the language of locales[@n]: "pt" and "pt-BR" are one. */
guint64 heddle_language_bit (const HeddleLocale *const *locales, guint n);

/* --- words-build.c -------------------------------------------------------------------- */

/* The index of all rows of @locales. (transfer full) */
HeddleWords *heddle_words_new (const HeddleLocale *const *locales);
void heddle_words_free (HeddleWords *words);

/* The same row by row: where several have one text, the one that was added first is
 * found first. The rows may go once they are added. */
typedef struct _HeddleWordsBuild HeddleWordsBuild;
HeddleWordsBuild *heddle_words_build_new (void);
void heddle_words_build_add (HeddleWordsBuild *build, const HeddleWordRow *row,
                             guint64 languages);
HeddleWords *heddle_words_build_end (HeddleWordsBuild *build); /* frees @build */

/* --- names-build.c -------------------------------------------------------------------- */

/* CLDR's names and words of the dates of @locales, and what their rows add. (transfer full) */
HeddleNames *heddle_names_new (const HeddleLocale *const *locales);
void heddle_names_free (HeddleNames *names);

/* --- fold-rule.c ---------------------------------------------------------------------- */

/* heddle_text_fold() as it is meant (transfer full). */
char *heddle_fold_rule (const char *text, gsize length);
/* Whether @c, of folded text, may join or change places with what stands before it. */
gboolean heddle_fold_is_loose (gunichar c);

/* --- words-write.c -------------------------------------------------------------------- */

/* As C, the folding of characters, which is the same for all, and then @words: static arrays
 * whose names begin with @name, and the definition that ties them, "@linkage HeddleWords
 * @name". */
void heddle_words_write_folded (const HeddleWords *words, GString *out);
void heddle_words_write (const HeddleWords *words, const char *linkage, const char *name,
                         GString *out);

#endif
