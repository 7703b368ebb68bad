/* SPDX-License-Identifier: MIT */
/* The languages. Another one: a file beside this one, and its line here and in
 * parser/module.am, and its prefixes of subjects in prefixes.c. */
#include "parser/words.h"

extern const HeddleLocale heddle_locale_en;

const HeddleLocale *const heddle_locales[] = {
  &heddle_locale_en,
  NULL,
};
