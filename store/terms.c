/* SPDX-License-Identifier: MIT */
/* terms: words of a text, folded.
 *
 * A word is a run of letters, digits and marks. Scripts that write without blanks
 * (Chinese, Japanese, Thai …) give a word a character, so that a phrase of them finds
 * a substring. Long runs are cut: they are data, not words. The tokenizer of the index
 * ("ascii") then only parts at blanks; it knows no Unicode that could age.
 */
#include "config.h"

#include "parser/parser.h"
#include "store/terms.h"

#define TERM_BYTES 64

/* Scripts without blanks between words. Hangul has them, and is not here. */
static gboolean
stands_alone (gunichar c)
{
  static const struct {
    gunichar first, last;
  } ranges[] = {
    { 0x0e00, 0x0eff },   /* Thai, Lao */
    { 0x0f00, 0x0fff },   /* Tibetan */
    { 0x1000, 0x109f },   /* Burmese */
    { 0x1780, 0x17ff },   /* Khmer */
    { 0x2e80, 0x2fdf },   /* radicals */
    { 0x3005, 0x3007 },   /* ideographic iteration and zero */
    { 0x3041, 0x30ff },   /* kana */
    { 0x31f0, 0x31ff },   { 0x3400, 0x4dbf }, { 0x4e00, 0x9fff }, { 0xf900, 0xfaff },
    { 0x20000, 0x3ffff }, /* ideographs of the higher planes */
  };
  if (c < ranges[0].first)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++)
    if (c >= ranges[i].first && c <= ranges[i].last)
      return TRUE;
  return FALSE;
}

static gboolean
in_word (gunichar c)
{
  if (c < 0x80)
    return g_ascii_isalnum ((char) c);
  return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

/* In text that is not folded yet a format character (ZWNJ, a soft hyphen) stands within
 * a word: folding takes it out. */
static gboolean
in_raw_word (gunichar c)
{
  return in_word (c) || (c >= 0x80 && g_unichar_type (c) == G_UNICODE_FORMAT);
}

/* The next word of @text, of characters that are @within one: its beginning, @ret_end
 * behind it; NULL at the end. */
static const char *
next_word (const char *text, gboolean (*within) (gunichar c), const char **ret_end)
{
  while (*text != '\0' && !within (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  if (*text == '\0')
    return NULL;
  const char *end = text;
  do {
    gunichar c = g_utf8_get_char (end);
    if (!within (c) || (end > text && stands_alone (c)))
      break;
    end = g_utf8_next_char (end);
    if (stands_alone (c))
      break;
  } while (*end != '\0');
  *ret_end = end;
  return text;
}

/* Bytes of a word that count. */
static gsize
cut (const char *word, const char *end)
{
  if (end - word <= TERM_BYTES)
    return (gsize) (end - word);
  const char *stop = word + TERM_BYTES;
  while (((guchar) *stop & 0xc0) == 0x80)
    stop--;
  return (gsize) (stop - word);
}

GPtrArray *
heddle_terms_split (const char *text)
{
  GPtrArray *terms = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folded = heddle_text_fold (text);
  const char *end = NULL;
  for (const char *word = next_word (folded, in_word, &end); word != NULL;
       word = next_word (end, in_word, &end))
    g_ptr_array_add (terms, g_strndup (word, cut (word, end)));
  return terms;
}

/* The words of a text that is all ASCII, whose folding is lower case. */
static void
append_simple (GString *out, const char *text)
{
  const char *at = text;
  for (;;) {
    while (*at != '\0' && !g_ascii_isalnum (*at))
      at++;
    if (*at == '\0')
      return;
    if (out->len > 0)
      g_string_append_c (out, ' ');
    for (guint n = 0; g_ascii_isalnum (*at); at++, n++)
      if (n < TERM_BYTES)
        g_string_append_c (out, g_ascii_tolower (*at));
  }
}

static gboolean
is_ascii (const char *text)
{
  for (; *text != '\0'; text++)
    if ((guchar) *text >= 0x80)
      return FALSE;
  return TRUE;
}

void
heddle_terms_append (GString *out, const char *text)
{
  if (is_ascii (text)) {
    append_simple (out, text);
    return;
  }
  g_autofree char *folded = heddle_text_fold (text);
  const char *end = NULL;
  for (const char *word = next_word (folded, in_word, &end); word != NULL;
       word = next_word (end, in_word, &end)) {
    if (out->len > 0)
      g_string_append_c (out, ' ');
    g_string_append_len (out, word, (gssize) cut (word, end));
  }
}

static void
clear_term (gpointer item)
{
  g_free (((HeddleTerm *) item)->term);
}

/* Most words are ASCII, and folding them is lower case. */
static gboolean
is_simple (const char *word, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if ((guchar) word[i] >= 0x80)
      return FALSE;
  return length <= TERM_BYTES;
}

static void
add_term (GArray *terms, char *folded, const char *text, const char *word, const char *end)
{
  HeddleTerm term = { folded, (gsize) (word - text), (gsize) (end - text) };
  g_array_append_val (terms, term);
}

GArray *
heddle_terms_locate (const char *text, guint most)
{
  GArray *terms = g_array_new (FALSE, FALSE, sizeof (HeddleTerm));
  g_array_set_clear_func (terms, clear_term);
  const char *word, *end = text;
  while (terms->len < most && (word = next_word (end, in_raw_word, &end)) != NULL) {
    gsize length = (gsize) (end - word);
    if (is_simple (word, length)) {
      add_term (terms, g_ascii_strdown (word, (gssize) length), text, word, end);
      continue;
    }
    g_autofree char *raw = g_strndup (word, length);
    g_autoptr (GPtrArray) folded = heddle_terms_split (raw);
    for (guint i = 0; i < folded->len; i++)
      add_term (terms, g_strdup (folded->pdata[i]), text, word, end);
  }
  return terms;
}
