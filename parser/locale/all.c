/* SPDX-License-Identifier: MIT */
/* The languages. Another one: a file beside this one, and its line here and in
 * parser/module.am, and its prefixes of subjects in prefixes.c. */
#include "parser/build.h"

extern const HeddleLocale heddle_locale_da;
extern const HeddleLocale heddle_locale_de;
extern const HeddleLocale heddle_locale_en;
extern const HeddleLocale heddle_locale_et;
extern const HeddleLocale heddle_locale_fi;
extern const HeddleLocale heddle_locale_fr;
extern const HeddleLocale heddle_locale_hi;
extern const HeddleLocale heddle_locale_hu;
extern const HeddleLocale heddle_locale_id;
extern const HeddleLocale heddle_locale_ja;
extern const HeddleLocale heddle_locale_ko;
extern const HeddleLocale heddle_locale_nb;
extern const HeddleLocale heddle_locale_nl;
extern const HeddleLocale heddle_locale_sv;
extern const HeddleLocale heddle_locale_vi;
extern const HeddleLocale heddle_locale_zh_Hans;
extern const HeddleLocale heddle_locale_zh_Hant;
extern const HeddleLocale heddle_locale_ru;
extern const HeddleLocale heddle_locale_uk;
extern const HeddleLocale heddle_locale_bg;
extern const HeddleLocale heddle_locale_sr;
extern const HeddleLocale heddle_locale_el;
extern const HeddleLocale heddle_locale_tr;
extern const HeddleLocale heddle_locale_ar;
extern const HeddleLocale heddle_locale_fa;
extern const HeddleLocale heddle_locale_he;
extern const HeddleLocale heddle_locale_cs;
extern const HeddleLocale heddle_locale_es;
extern const HeddleLocale heddle_locale_it;
extern const HeddleLocale heddle_locale_pl;
extern const HeddleLocale heddle_locale_hr;
extern const HeddleLocale heddle_locale_pt;
extern const HeddleLocale heddle_locale_pt_BR;
extern const HeddleLocale heddle_locale_ro;
extern const HeddleLocale heddle_locale_sk;
extern const HeddleLocale heddle_locale_sr_Latn;

const HeddleLocale *const heddle_locales[] = {
  &heddle_locale_en,
  &heddle_locale_da,
  &heddle_locale_de,
  &heddle_locale_et,
  &heddle_locale_fi,
  &heddle_locale_fr,
  &heddle_locale_hi,
  &heddle_locale_hu,
  &heddle_locale_id,
  &heddle_locale_ja,
  &heddle_locale_ko,
  &heddle_locale_nb,
  &heddle_locale_nl,
  &heddle_locale_sv,
  &heddle_locale_vi,
  &heddle_locale_zh_Hans,
  &heddle_locale_zh_Hant,
  &heddle_locale_ru,
  &heddle_locale_uk,
  &heddle_locale_bg,
  &heddle_locale_sr,
  &heddle_locale_el,
  &heddle_locale_tr,
  &heddle_locale_ar,
  &heddle_locale_fa,
  &heddle_locale_he,
  &heddle_locale_cs,
  &heddle_locale_es,
  &heddle_locale_it,
  &heddle_locale_pl,
  &heddle_locale_hr, /* behind Polish: both call a month "listopada", and not the same */
  &heddle_locale_pt,
  &heddle_locale_pt_BR,
  &heddle_locale_ro,
  &heddle_locale_sk,
  &heddle_locale_sr_Latn,
  NULL,
};
