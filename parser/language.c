/* SPDX-License-Identifier: MIT */
/* language: in which language a text is written, where its first words leave no doubt.
 *
 * The script of most letters says it of many; letters of its own say it of Arabic's and
 * Cyrillic's; of Latin letters the small words that every sentence needs do, of which one
 * language must have more than any other, and two at the least. A short text ("Thanks!")
 * has no language, and that is no error: nothing is guessed.
 *
 * Not handled: two languages in one text (the first words count); languages that are not
 * in the tables.
 */
#include "parser/parser.h"

#include <string.h>

#define LETTERS 600    /* that are looked at */
#define LEAST_LETTERS 6
#define WORD_BYTES 12

typedef enum { AR, FA, UR, RU, UK, BE, BG, SR, EN, DE, FR, ES, PT, IT, NL, PL, TR, SV, DA, NB,
               CS, SK, RO, HU, VI, ID, FI, ET, HR, N_LANGUAGES } Language;

static const char *const codes[N_LANGUAGES]
    = { "ar", "fa", "ur", "ru", "uk", "be", "bg", "sr", "en", "de", "fr", "es", "pt", "it", "nl",
        "pl", "tr", "sv", "da", "nb", "cs", "sk", "ro", "hu", "vi", "id", "fi", "et", "hr" };

/* Scripts that one language writes, or of which we tell no two apart. */
static const struct {
  GUnicodeScript script;
  const char *code;
} scripts[] = {
  { G_UNICODE_SCRIPT_HEBREW, "he" },     { G_UNICODE_SCRIPT_GREEK, "el" },    { G_UNICODE_SCRIPT_THAI, "th" },
  { G_UNICODE_SCRIPT_HANGUL, "ko" },     { G_UNICODE_SCRIPT_ARMENIAN, "hy" }, { G_UNICODE_SCRIPT_GEORGIAN, "ka" },
  { G_UNICODE_SCRIPT_DEVANAGARI, "hi" }, { G_UNICODE_SCRIPT_BENGALI, "bn" },  { G_UNICODE_SCRIPT_TAMIL, "ta" },
  { G_UNICODE_SCRIPT_TELUGU, "te" },     { G_UNICODE_SCRIPT_KHMER, "km" },    { G_UNICODE_SCRIPT_MYANMAR, "my" },
  { G_UNICODE_SCRIPT_LAO, "lo" },        { G_UNICODE_SCRIPT_ETHIOPIC, "am" }, { G_UNICODE_SCRIPT_TIBETAN, "bo" },
};

/* Letters that tell languages of one script apart. Arabic's kaf and yeh are not among
 * them, as Persian is often typed with them; Urdu has Persian's letters too, so that its own
 * weigh more; Belarusian has most of Russian's and Ukrainian's. */
static const struct {
  Language language;
  guint weight;
  const char *letters;
} own_letters[] = {
  { FA, 1, "پچژگکی" }, { AR, 1, "ةىأإ" }, { UR, 4, "ٹڈڑےںہھ" }, { RU, 1, "ыэё" },
  { UK, 1, "іїєґ" },   { BE, 8, "ў" },     { BG, 1, "ъ" },        { SR, 1, "ђјљњћџ" },
};

/* Small words, and the languages whose sentences are full of them; by their bytes. */
#define L(language) (1u << (language - EN))
static const struct {
  const char *word;
  guint32 languages;
} own_words[] = {
  { "a", L (CS) | L (SK) | L (HU) }, { "aan", L (NL) }, { "ada", L (ID) }, { "af", L (DA) },
  { "aga", L (ET) }, { "akan", L (ID) }, { "ako", L (SK) }, { "ale", L (PL) | L (CS) | L (SK) },
  { "ali", L (HR) }, { "alla", L (IT) }, { "am", L (RO) }, { "and", L (EN) }, { "are", L (EN) },
  { "as", L (PT) }, { "at", L (DA) | L (NB) }, { "att", L (SV) }, { "au", L (FR) },
  { "auch", L (DE) }, { "auf", L (DE) }, { "av", L (SV) | L (NB) }, { "avec", L (FR) },
  { "az", L (HU) }, { "be", L (EN) }, { "ben", L (TR) }, { "bir", L (TR) }, { "bisa", L (ID) },
  { "bitte", L (DE) }, { "biz", L (TR) }, { "ble", L (NB) }, { "blev", L (DA) },
  { "bu", L (TR) }, { "by", L (CS) | L (SK) }, { "care", L (RO) }, { "che", L (IT) },
  { "cho", L (VI) }, { "com", L (PT) }, { "como", L (ES) }, { "con", L (ES) | L (IT) },
  { "csak", L (HU) }, { "cu", L (RO) }, { "czy", L (PL) }, { "các", L (VI) }, { "có", L (VI) },
  { "că", L (RO) }, { "của", L (VI) }, { "da", L (PT) | L (TR) | L (HR) }, { "daha", L (TR) },
  { "dan", L (ID) }, { "dans", L (FR) }, { "dari", L (ID) }, { "das", L (DE) },
  { "dat", L (NL) }, { "de", L (NL) | L (TR) | L (RO) | L (HU) }, { "deg", L (NB) },
  { "del", L (ES) | L (IT) }, { "della", L (IT) }, { "dem", L (DE) },
  { "den", L (DE) | L (SV) }, { "dengan", L (ID) }, { "der", L (DE) }, { "des", L (FR) },
  { "det", L (SV) | L (DA) | L (NB) }, { "değil", L (TR) }, { "di", L (IT) | L (ID) },
  { "die", L (DE) }, { "dig", L (DA) }, { "din", L (RO) }, { "dit", L (NL) }, { "dla", L (PL) },
  { "do", L (PT) | L (PL) | L (CS) | L (SK) }, { "du", L (FR) }, { "e", L (PT) | L (IT) },
  { "een", L (NL) }, { "efter", L (DA) }, { "egy", L (HU) }, { "ei", L (FI) | L (ET) },
  { "ein", L (DE) }, { "eine", L (DE) }, { "el", L (ES) }, { "em", L (PT) },
  { "en", L (ES) | L (NL) | L (SV) | L (DA) | L (NB) | L (FI) }, { "er", L (DA) | L (NB) },
  { "es", L (DE) | L (ES) }, { "est", L (FR) }, { "este", L (RO) }, { "está", L (ES) },
  { "et", L (FR) | L (ET) }, { "ett", L (SV) }, { "etter", L (NB) }, { "että", L (FI) },
  { "ez", L (HU) }, { "foi", L (PT) }, { "for", L (EN) | L (DA) | L (NB) }, { "from", L (EN) },
  { "för", L (SV) }, { "für", L (DE) }, { "gibi", L (TR) }, { "gli", L (IT) },
  { "grazie", L (IT) }, { "har", L (SV) | L (DA) | L (NB) }, { "have", L (EN) },
  { "het", L (NL) }, { "ho", L (IT) }, { "hogy", L (HU) }, { "hva", L (NB) },
  { "hvad", L (DA) }, { "hän", L (FI) }, { "i", L (EN) | L (PL) | L (HR) }, { "ich", L (DE) },
  { "ik", L (NL) }, { "ikke", L (DA) | L (NB) }, { "il", L (IT) }, { "ile", L (TR) },
  { "ili", L (HR) }, { "ini", L (ID) }, { "inte", L (SV) }, { "is", L (EN) | L (NL) | L (HU) },
  { "ist", L (DE) }, { "it", L (EN) }, { "itu", L (ID) }, { "için", L (TR) },
  { "ja", L (FI) | L (ET) }, { "jag", L (SV) }, { "jak", L (PL) | L (CS) },
  { "je", L (FR) | L (CS) | L (SK) | L (HR) }, { "jeg", L (DA) | L (NB) }, { "jest", L (PL) },
  { "joka", L (FI) }, { "jsem", L (CS) }, { "jsme", L (CS) }, { "ka", L (ET) },
  { "kami", L (ID) }, { "kan", L (SV) }, { "kao", L (HR) }, { "ke", L (ID) },
  { "kell", L (HU) }, { "không", L (VI) }, { "které", L (CS) }, { "ktoré", L (SK) },
  { "kui", L (ET) }, { "kun", L (FI) }, { "la", L (FR) | L (ES) | L (IT) | L (RO) },
  { "las", L (ES) }, { "le", L (FR) }, { "les", L (FR) }, { "lo", L (ES) | L (IT) },
  { "los", L (ES) }, { "là", L (VI) }, { "lütfen", L (TR) }, { "ma", L (ET) },
  { "mai", L (RO) }, { "mange", L (DA) | L (NB) }, { "me", L (ET) },
  { "med", L (SV) | L (DA) | L (NB) }, { "meg", L (NB) | L (HU) }, { "met", L (NL) },
  { "mi", L (TR) }, { "mig", L (DA) }, { "mis", L (ET) }, { "mit", L (DE) },
  { "mutta", L (FI) }, { "myös", L (FI) }, { "már", L (HU) }, { "một", L (VI) },
  { "na", L (PT) | L (PL) | L (CS) | L (SK) | L (HR) }, { "nem", L (HU) }, { "není", L (CS) },
  { "nicht", L (DE) }, { "nie", L (PL) | L (SK) }, { "niet", L (NL) }, { "nije", L (HR) },
  { "no", L (ES) | L (PT) }, { "non", L (IT) }, { "not", L (EN) }, { "nous", L (FR) },
  { "nu", L (DA) | L (RO) }, { "này", L (VI) }, { "não", L (PT) }, { "nå", L (NB) },
  { "o", L (PT) | L (RO) }, { "och", L (SV) }, { "od", L (PL) | L (HR) }, { "of", L (EN) },
  { "og", L (DA) | L (NB) }, { "olarak", L (TR) }, { "olen", L (FI) | L (ET) },
  { "om", L (SV) }, { "oma", L (ET) }, { "on", L (EN) | L (FI) | L (ET) }, { "op", L (NL) },
  { "os", L (PT) }, { "ovat", L (FI) }, { "para", L (ES) | L (PT) }, { "pas", L (FR) },
  { "pe", L (RO) }, { "pentru", L (RO) }, { "per", L (IT) }, { "po", L (PL) },
  { "por", L (ES) | L (PT) }, { "pour", L (FR) }, { "pre", L (SK) }, { "pro", L (CS) },
  { "proszę", L (PL) }, { "prosím", L (CS) | L (SK) }, { "przez", L (PL) },
  { "på", L (SV) | L (DA) | L (NB) }, { "que", L (FR) | L (ES) | L (PT) }, { "qui", L (FR) },
  { "s", L (CS) | L (SK) | L (HR) }, { "sa", L (SK) }, { "sam", L (HR) }, { "saya", L (ID) },
  { "se", L (ES) | L (PT) | L (CS) | L (FI) | L (HR) }, { "see", L (ET) }, { "seg", L (NB) },
  { "seu", L (PT) }, { "si", L (IT) }, { "sie", L (DE) }, { "sig", L (DA) }, { "się", L (PL) },
  { "sme", L (SK) }, { "smo", L (HR) }, { "som", L (SV) | L (DA) | L (NB) | L (SK) },
  { "sono", L (IT) }, { "su", L (ES) | L (HR) }, { "sur", L (FR) }, { "să", L (RO) },
  { "są", L (PL) }, { "tak", L (DA) }, { "takk", L (NB) }, { "te", L (NL) }, { "that", L (EN) },
  { "the", L (EN) }, { "they", L (EN) }, { "this", L (EN) }, { "tidak", L (ID) },
  { "til", L (DA) | L (NB) }, { "till", L (SV) }, { "to", L (EN) | L (PL) | L (CS) | L (SK) },
  { "trong", L (VI) }, { "tämä", L (FI) }, { "tôi", L (VI) }, { "u", L (NL) | L (HR) },
  { "um", L (PT) }, { "uma", L (PT) }, { "un", L (FR) | L (ES) | L (IT) | L (RO) },
  { "una", L (ES) | L (IT) }, { "und", L (DE) }, { "une", L (FR) }, { "untuk", L (ID) },
  { "usted", L (ES) }, { "uw", L (NL) }, { "v", L (CS) | L (SK) }, { "van", L (NL) | L (HU) },
  { "var", L (TR) }, { "ve", L (TR) }, { "vi", L (SV) | L (DA) | L (NB) }, { "você", L (PT) },
  { "volt", L (HU) }, { "von", L (DE) }, { "voor", L (NL) }, { "votre", L (FR) },
  { "vous", L (FR) }, { "và", L (VI) }, { "või", L (ET) }, { "vă", L (RO) }, { "với", L (VI) },
  { "w", L (PL) }, { "was", L (EN) }, { "we", L (EN) | L (NL) }, { "wij", L (NL) },
  { "wir", L (DE) }, { "with", L (EN) }, { "y", L (ES) }, { "yang", L (ID) }, { "you", L (EN) },
  { "your", L (EN) }, { "z", L (PL) }, { "za", L (HR) }, { "zijn", L (NL) }, { "zu", L (DE) },
  { "är", L (SV) }, { "çok", L (TR) }, { "è", L (IT) }, { "é", L (PT) }, { "és", L (HU) },
  { "în", L (RO) }, { "đã", L (VI) }, { "được", L (VI) }, { "što", L (HR) }, { "że", L (PL) },
  { "že", L (CS) | L (SK) }, { "și", L (RO) },
};

typedef struct {
  guint letters, latin, arabic, cyrillic, han, kana;
  guint alone[G_N_ELEMENTS (scripts)];
  guint score[N_LANGUAGES];
} Count;

static void
count_own_letter (Count *count, const char *at, gsize length)
{
  char letter[8] = "";

  memcpy (letter, at, MIN (length, sizeof letter - 1));
  for (gsize i = 0; i < G_N_ELEMENTS (own_letters); i++)
    if (strstr (own_letters[i].letters, letter) != NULL)
      count->score[own_letters[i].language] += own_letters[i].weight;
}

static void
count_letter (Count *count, gunichar c, const char *at, gsize length)
{
  GUnicodeScript script = c < 0x250 ? G_UNICODE_SCRIPT_LATIN : g_unichar_get_script (c);

  count->letters++;
  count->latin += script == G_UNICODE_SCRIPT_LATIN;
  count->han += script == G_UNICODE_SCRIPT_HAN;
  count->kana += script == G_UNICODE_SCRIPT_HIRAGANA || script == G_UNICODE_SCRIPT_KATAKANA;
  count->arabic += script == G_UNICODE_SCRIPT_ARABIC;
  count->cyrillic += script == G_UNICODE_SCRIPT_CYRILLIC;
  if (script == G_UNICODE_SCRIPT_ARABIC || script == G_UNICODE_SCRIPT_CYRILLIC)
    count_own_letter (count, at, length);
  for (gsize i = 0; script != G_UNICODE_SCRIPT_LATIN && i < G_N_ELEMENTS (scripts); i++)
    count->alone[i] += scripts[i].script == script;
}

/* @word: in lower case. */
static void
count_word (Count *count, const char *word)
{
  gsize low = 0, high = G_N_ELEMENTS (own_words);

  while (low < high) {
    gsize middle = (low + high) / 2;
    int order = strcmp (word, own_words[middle].word);

    if (order == 0) {
      for (int i = EN; i < N_LANGUAGES; i++)
        count->score[i] += (own_words[middle].languages & L (i)) != 0;
      return;
    }
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
}

static void
take_word (Count *count, const char *start, const char *end)
{
  gsize length = (gsize)(end - start);

  if (length > WORD_BYTES)
    return;
  /* Most words are ASCII: no memory for them. */
  char ascii[WORD_BYTES + 1] = "";
  for (gsize i = 0; i < length; i++) {
    if ((guchar)start[i] >= 0x80) {
      g_autofree char *lower = g_utf8_strdown (start, (gssize)length);
      count_word (count, lower);
      return;
    }
    ascii[i] = g_ascii_tolower (start[i]);
  }
  count_word (count, ascii);
}

static void
count_text (Count *count, const char *text)
{
  const char *word = NULL;

  for (const char *at = text; *at != '\0' && count->letters < LETTERS;) {
    gunichar c = g_utf8_get_char (at);
    const char *next = g_utf8_next_char (at);

    if (g_unichar_isalpha (c)) {
      count_letter (count, c, at, (gsize)(next - at));
      word = word != NULL ? word : at;
    } else if (word != NULL && !g_unichar_ismark (c)) {
      take_word (count, word, at);
      word = NULL;
    }
    at = next;
    if (*at == '\0' && word != NULL)
      take_word (count, word, at);
  }
}

/* The one of first … last that scores more than any other, and @least. */
static const char *
best (const Count *count, int first, int last, guint least)
{
  int most = first;
  gboolean tie = FALSE;

  for (int i = first + 1; i <= last; i++) {
    tie = count->score[i] == count->score[most] || (tie && count->score[i] < count->score[most]);
    if (count->score[i] > count->score[most])
      most = i;
  }
  return !tie && count->score[most] >= least ? codes[most] : NULL;
}

const char *
heddle_text_language (const char *text)
{
  Count count = { 0 };
  guint half;

  count_text (&count, text);
  half = count.letters / 2;
  if (count.han + count.kana > half && count.letters > 1)
    return count.kana * 10 > count.han ? "ja" : "zh";
  if (count.letters < LEAST_LETTERS)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++)
    if (count.alone[i] > half)
      return scripts[i].code;
  if (count.arabic > half)
    return best (&count, AR, UR, 1);
  if (count.cyrillic > half)
    return best (&count, RU, SR, 1);
  return count.latin > half ? best (&count, EN, HR, 2) : NULL;
}

gboolean
heddle_language_is_known (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (strcmp (codes[i], code) == 0)
      return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++)
    if (strcmp (scripts[i].code, code) == 0)
      return TRUE;
  return strcmp (code, "ja") == 0 || strcmp (code, "zh") == 0;
}
