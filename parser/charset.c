/* SPDX-License-Identifier: MIT */
/* charset: bytes of any charset to valid UTF-8 without NUL.
 *
 * Converts by ICU, whose tables are data within the library: no file is opened,
 * unlike iconv's modules, which a sandbox would have to let through. Charsets
 * are taken as mailers use them, not as they are named (the table below). What is
 * claimed and cannot be is looked into by detect.c, what was mis-decoded before it was
 * sent by mojibake.c.
 * Not handled: charsets that change in the middle.
 */
#include "parser/charset.h"
#include "parser/mail.h"

#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ustring.h>

/* What is claimed and what is meant. */
static const struct {
  const char *claimed, *meant;
} aliases[] = {
  { "iso-8859-1", "windows-1252" },
  { "iso_8859-1", "windows-1252" },
  { "iso8859-1", "windows-1252" },
  { "latin1", "windows-1252" },
  { "us-ascii", "utf-8" }, /* what is claimed by default: nothing */
  { "ascii", "utf-8" },
  { "ansi_x3.4-1968", "utf-8" },
  { "unknown-8bit", "utf-8" },
  { "x-unknown", "utf-8" },
  { "8bit", "utf-8" },
  { "cp1252", "windows-1252" },
  { "iso-8859-1-windows-1252", "windows-1252" },
  { "ansi", "windows-1252" },
  { "iso-8859-9", "windows-1254" },
  { "iso-8859-11", "windows-874" },
  { "tis-620", "windows-874" },
  { "gb2312", "gb18030" },
  { "gb_2312-80", "gb18030" },
  { "x-gbk", "gb18030" },
  { "gbk", "gb18030" },
  { "cp936", "gb18030" },
  { "ms936", "gb18030" },
  { "windows-936", "gb18030" },
  { "euc-cn", "gb18030" },
  { "big5", "big5-hkscs" },
  { "x-big5", "big5-hkscs" },
  { "big-5", "big5-hkscs" },
  { "cn-big5", "big5-hkscs" },
  { "cp950", "big5-hkscs" },
  { "big5-eten", "big5-hkscs" },
  { "ks_c_5601-1987", "windows-949" },
  { "ks_c_5601-1989", "windows-949" },
  { "ksc5601", "windows-949" },
  { "ksc_5601", "windows-949" },
  { "ks_c_5601", "windows-949" },
  { "cp949", "windows-949" },
  { "uhc", "windows-949" },
  { "euc-kr", "windows-949" },
  { "shift_jis", "windows-31j" },
  { "shift-jis", "windows-31j" },
  { "sjis", "windows-31j" },
  { "ms_kanji", "windows-31j" },
  { "cp932", "windows-31j" },
  { "x-sjis", "windows-31j" },
  { "eucjp", "euc-jp" },
  { "x-euc-jp", "euc-jp" },
  { "iso-2022-jp", "jis7" }, /* with half-width kana, as in the wild */
  { "iso-2022-jp-1", "jis7" },
  { "iso-2022-jp-ms", "jis7" },
  { "cp50220", "jis7" },
  { "cp50221", "jis7" },
  { "koi8-r", "koi8-u" }, /* where they differ, one has boxes, the other letters */
  { "koi8", "koi8-u" },
  { "iso-8859-8", "windows-1255" },
  { "unicode-1-1-utf-7", "utf-7" },
  { "iso-8859-8-i", "windows-1255" },
  { "x-mac-roman", "macintosh" },
  { "utf8", "utf-8" },
  { "utf-16", "utf-16le" },
  { "unicode", "utf-16le" },
};

/* Charsets whose bytes may look like another's: ASCII or UTF-8 by chance. */
static const char *const stateful[]
    = { "iso-2022-", "jis7", "hz-gb-2312", "utf-7", "utf-16", "utf-32" };
/* Charsets of two bytes, where a short text may be valid UTF-8 by chance. */
static const char *const wide[] = { "gb18030", "big5", "windows-949", "windows-31j", "euc-" };

/* Designators of ISO 2022, which stand in no other text. */
static const struct {
  const char *escape, *charset;
} designators[] = { { "$B", "jis7" },        { "$@", "jis7" },        { "(I", "jis7" },
                    { "$)C", "iso-2022-kr" }, { "$)A", "iso-2022-cn" }, { "$)G", "iso-2022-cn" } };

enum { LEAST_TRIPLETS = 2, LEAST_LETTERS = 24 };

static gboolean
begins_with_any (const char *name, const char *const *heads, gsize n_heads)
{
  for (gsize i = 0; i < n_heads; i++)
    if (g_str_has_prefix (name, heads[i]))
      return TRUE;
  return FALSE;
}

/* The name to ask of ICU (transfer full) (nullable). */
static char *
meant_charset (const char *charset)
{
  g_autofree char *name = NULL;

  if (charset == NULL)
    return NULL;
  name = g_strstrip (g_ascii_strdown (charset, -1));
  for (gsize i = 0; i < G_N_ELEMENTS (aliases); i++)
    if (g_str_equal (aliases[i].claimed, name))
      return g_strdup (aliases[i].meant);
  return *name ? g_steal_pointer (&name) : NULL;
}

gboolean
heddle_is_ascii (const char *bytes, gsize length)
{
  gsize i = 0;

  /* Eight bytes at a time: none is NUL or ESC, none has its top bit set. */
  for (; i + 8 <= length; i += 8) {
    guint64 word, esc;

    memcpy (&word, bytes + i, 8);
    esc = word ^ G_GUINT64_CONSTANT (0x1b1b1b1b1b1b1b1b);
    if (((word | (word - G_GUINT64_CONSTANT (0x0101010101010101))
          | (esc - G_GUINT64_CONSTANT (0x0101010101010101)))
         & G_GUINT64_CONSTANT (0x8080808080808080))
        != 0)
      break;
  }
  for (; i < length; i++)
    if (bytes[i] <= 0 || bytes[i] == 0x1b)
      return FALSE;
  return TRUE;
}

/* @bytes with NUL and what is not UTF-8 as U+FFFD (transfer full). */
static char *
repair_utf8 (const char *bytes, gsize length, gsize *ret_length)
{
  GString *out = g_string_sized_new (length + 16);
  const char *p = bytes, *end = bytes + length, *bad;

  while (p < end) {
    /* g_utf8_validate_len() stops at a NUL as well. */
    g_utf8_validate_len (p, (gsize)(end - p), &bad);
    g_string_append_len (out, p, bad - p);
    if (bad < end)
      g_string_append (out, "\357\277\275");
    p = bad + 1;
  }
  *ret_length = out->len;
  return g_string_free (out, FALSE);
}

/* Through UTF-16 by ICU; NULL when ICU does not know @name. */
static char *
convert (const char *name, const char *bytes, gsize length, gsize *ret_length)
{
  UErrorCode status = U_ZERO_ERROR;
  UConverter *converter = ucnv_open (name, &status);
  g_autofree UChar *wide_text = NULL;
  g_autofree char *text = NULL;
  int32_t units, capacity, written = 0;

  if (converter == NULL || U_FAILURE (status) || length > G_MAXINT32 / 8) {
    ucnv_close (converter);
    return NULL;
  }
  /* No charset that ICU knows gives more than two units a byte. */
  capacity = (int32_t)length * 2 + 16;
  wide_text = g_new (UChar, (gsize)capacity);
  units = ucnv_toUChars (converter, wide_text, capacity, bytes, (int32_t)length, &status);
  ucnv_close (converter);
  if (U_FAILURE (status))
    return NULL;
  text = g_malloc ((gsize)units * 3 + 1);
  status = U_ZERO_ERROR;
  u_strToUTF8WithSub (text, units * 3 + 1, &written, wide_text, units, 0xfffd, NULL, &status);
  if (U_FAILURE (status))
    return NULL;
  text[written] = '\0';
  if (memchr (text, '\0', (gsize)written) != NULL)
    return repair_utf8 (text, (gsize)written, ret_length);
  *ret_length = (gsize)written;
  return g_steal_pointer (&text);
}

/* Whether text that is not all UTF-8 is so for the most part: more characters of
 * several bytes than flaws. */
static gboolean
mostly_utf8 (const char *bytes, gsize length)
{
  const char *p = bytes, *end = bytes + length, *bad;
  gsize good = 0, flaws = 0;

  while (p < end) {
    g_utf8_validate_len (p, (gsize)(end - p), &bad);
    for (const char *q = p; q < bad; q++)
      good += (guchar)*q >= 0xc0;
    flaws += bad < end && *bad != '\0';
    p = bad + 1;
  }
  return good > flaws;
}

/* A byte order mark, and the charset that it names. */
static const char *
bom_charset (const char *bytes, gsize length, gsize *ret_skip)
{
  static const struct {
    const char *bom;
    gsize length;
    const char *charset;
  } marks[] = { { "\357\273\277", 3, "utf-8" },
                { "\377\376", 2, "utf-16le" },
                { "\376\377", 2, "utf-16be" } };

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (length >= marks[i].length && memcmp (bytes, marks[i].bom, marks[i].length) == 0) {
      *ret_skip = marks[i].length;
      return marks[i].charset;
    }
  return NULL;
}

/* The charset that escapes in 7-bit text tell, else NULL. */
static const char *
escaped_charset (const char *bytes, gsize length)
{
  const char *p = memchr (bytes, 0x1b, length), *end = bytes + length;

  if (p == NULL)
    return NULL;
  for (gsize i = 0; i < length; i++)
    if ((guchar) bytes[i] >= 0x80)
      return NULL;
  for (; p != NULL; p = memchr (p + 1, 0x1b, (gsize) (end - p) - 1))
    for (gsize i = 0; i < G_N_ELEMENTS (designators); i++) {
      gsize n = strlen (designators[i].escape);
      if ((gsize) (end - p) > n && memcmp (p + 1, designators[i].escape, n) == 0)
        return designators[i].charset;
    }
  return NULL;
}

/* Whether valid UTF-8 is surely meant as such: it has characters of three bytes, which
 * pairs of a two-byte charset make by no chance. */
static gboolean
is_surely_utf8 (const char *bytes, gsize length)
{
  guint triplets = 0;

  for (gsize i = 0; i < length && triplets < LEAST_TRIPLETS; i++)
    triplets += (guchar) bytes[i] >= 0xe0;
  return triplets >= LEAST_TRIPLETS;
}

/* Whether a claim of Western Europe's charset, which careless mailers make by default,
 * cannot be: nearly all letters lie beyond ASCII. */
static gboolean
is_careless (const char *name, const char *bytes, gsize length)
{
  gsize letters;

  return g_str_equal (name, "windows-1252") && heddle_charset_is_alphabet (bytes, length, &letters)
         && letters >= LEAST_LETTERS;
}

/* Neither the claim nor the bytes are sure: what can be detected, else windows-1252, which
 * maps every byte. */
static char *
decode_last (const char *bytes, gsize length, gsize *ret_length)
{
  if (mostly_utf8 (bytes, length))
    return repair_utf8 (bytes, length, ret_length);

  const char *name = heddle_charset_detect (bytes, length);
  char *text = name != NULL ? convert (name, bytes, length, ret_length) : NULL;
  if (text == NULL)
    text = convert ("windows-1252", bytes, length, ret_length);
  return text != NULL ? text : repair_utf8 (bytes, length, ret_length);
}

/* What @bytes say by the charset @name (nullable), as a copy; NULL when they serve
 * as they are. */
static char *
decode_by_name (const char *bytes, gsize length, const char *name, gsize *ret_length,
                gboolean *ret_odd)
{
  gboolean tricky = name != NULL && begins_with_any (name, stateful, G_N_ELEMENTS (stateful));
  gboolean ascii = heddle_is_ascii (bytes, length);
  const char *escaped = ascii || tricky ? NULL : escaped_charset (bytes, length);
  gboolean claims_utf8 = name == NULL || g_str_equal (name, "utf-8");
  g_autofree char *text = NULL;

  if (escaped != NULL && (text = convert (escaped, bytes, length, ret_length)) != NULL) {
    *ret_odd = TRUE;
    return g_steal_pointer (&text);
  }
  gboolean valid = ascii || g_utf8_validate_len (bytes, length, NULL);
  if (!tricky && valid
      && (ascii || claims_utf8 || !begins_with_any (name, wide, G_N_ELEMENTS (wide))
          || is_surely_utf8 (bytes, length))) {
    *ret_odd = !ascii && !claims_utf8;
    return NULL;
  }
  if (!claims_utf8 && is_careless (name, bytes, length)
      && heddle_charset_detect (bytes, length) != NULL) {
    *ret_odd = TRUE;
    return decode_last (bytes, length, ret_length);
  }
  if (!claims_utf8)
    text = convert (name, bytes, length, ret_length);
  *ret_odd = text == NULL && name != NULL;
  /* A claim that does not fit bytes that are UTF-8 was wrong. */
  if (text != NULL && (!valid || tricky || strstr (text, "\357\277\275") == NULL))
    return g_steal_pointer (&text);
  *ret_odd = name != NULL;
  return valid ? NULL : decode_last (bytes, length, ret_length);
}

/* Text that was taken for windows-1252 once. */
static char *
undo_twice (const char *text, gsize length, char *owned, gsize *ret_length, guint *odd)
{
  gsize undone = 0;
  char *once = heddle_mojibake_undo (text, length, &undone);

  if (once == NULL)
    return owned;
  g_free (owned);
  *ret_length = undone;
  *odd |= HEDDLE_CHARSET_TWICE;
  return once;
}

const char *
heddle_charset_view (gconstpointer data, gsize length, const char *charset, char **ret_owned,
                     gsize *ret_length, guint *ret_odd)
{
  const char *bytes = data;
  g_autofree char *name = meant_charset (charset);
  gsize skip = 0;
  const char *bom = bom_charset (bytes, length, &skip);
  gboolean wrong = FALSE;
  guint odd = 0;

  if (bom != NULL) {
    bytes += skip;
    length -= skip;
    g_free (name);
    name = g_strdup (bom);
  }
  *ret_length = length;
  *ret_owned = decode_by_name (bytes, length, name, ret_length, &wrong);
  odd = wrong ? HEDDLE_CHARSET_CLAIM : 0;
  if (*ret_owned != NULL || !heddle_is_ascii (bytes, length))
    *ret_owned = undo_twice (*ret_owned != NULL ? *ret_owned : bytes, *ret_length, *ret_owned,
                             ret_length, &odd);
  if (ret_odd != NULL)
    *ret_odd = odd;
  return *ret_owned ? *ret_owned : bytes;
}

char *
heddle_charset_decode (gconstpointer bytes, gsize length, const char *charset,
                       gsize *ret_length, guint *ret_odd)
{
  char *owned;
  const char *text = heddle_charset_view (bytes, length, charset, &owned, ret_length, ret_odd);

  return owned ? owned : g_strndup (text, *ret_length);
}

void
heddle_charset_warn (guint odd, GPtrArray *warnings)
{
  if (odd & HEDDLE_CHARSET_CLAIM)
    heddle_warn (warnings, "A text is not in the charset that it claims.");
  if (odd & HEDDLE_CHARSET_TWICE)
    heddle_warn (warnings, "A text was taken for another charset on its way, and is put right.");
}

char *
heddle_text_decode (gconstpointer bytes, gsize length, gsize *ret_length)
{
  return heddle_charset_decode (bytes, length, NULL, ret_length, NULL);
}
