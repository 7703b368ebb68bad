/* SPDX-License-Identifier: MIT */
/* charset: bytes of any charset to valid UTF-8 without NUL.
 *
 * Converts by ICU, whose tables are data within the library: no file is opened,
 * unlike iconv's modules, which a sandbox would have to let through. Charsets
 * are taken as mailers use them, not as they are named (the table below).
 * Not handled: text that was mis-decoded before it was sent (mojibake), and
 * charsets that change in the middle.
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
  { "us-ascii", "windows-1252" },
  { "ascii", "windows-1252" },
  { "ansi_x3.4-1968", "windows-1252" },
  { "cp1252", "windows-1252" },
  { "iso-8859-9", "windows-1254" },
  { "iso-8859-11", "windows-874" },
  { "tis-620", "windows-874" },
  { "gb2312", "gb18030" },
  { "gb_2312-80", "gb18030" },
  { "x-gbk", "gb18030" },
  { "gbk", "gb18030" },
  { "cp936", "gb18030" },
  { "ks_c_5601-1987", "windows-949" },
  { "euc-kr", "windows-949" },
  { "shift_jis", "windows-31j" },
  { "x-sjis", "windows-31j" },
  { "unicode-1-1-utf-7", "utf-7" },
  { "iso-8859-8-i", "iso-8859-8" },
  { "x-mac-roman", "macintosh" },
  { "utf8", "utf-8" },
  { "utf-16", "utf-16le" },
  { "unicode", "utf-16le" },
};

/* Charsets whose bytes may look like another's: ASCII or UTF-8 by chance. */
static const char *const stateful[]
    = { "iso-2022-", "hz-gb-2312", "utf-7", "utf-16", "utf-32" };
/* Charsets of two bytes, where a short text may be valid UTF-8 by chance. */
static const char *const wide[] = { "gb18030", "big5", "windows-949", "windows-31j", "euc-" };

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

/* Neither the claim nor the bytes are sure: windows-1252 maps every byte. */
static char *
decode_last (const char *bytes, gsize length, gsize *ret_length)
{
  char *text = mostly_utf8 (bytes, length)
                   ? NULL
                   : convert ("windows-1252", bytes, length, ret_length);

  return text ? text : repair_utf8 (bytes, length, ret_length);
}

/* What @bytes say by the charset @name (nullable), as a copy; NULL when they serve
 * as they are. */
static char *
decode_by_name (const char *bytes, gsize length, const char *name, gsize *ret_length,
                gboolean *ret_odd)
{
  gboolean tricky = name != NULL && begins_with_any (name, stateful, G_N_ELEMENTS (stateful));
  gboolean ascii = heddle_is_ascii (bytes, length);
  gboolean valid = ascii || g_utf8_validate_len (bytes, length, NULL);
  gboolean claims_utf8 = name == NULL || g_str_equal (name, "utf-8");
  g_autofree char *text = NULL;

  if (!tricky && valid
      && (ascii || claims_utf8 || !begins_with_any (name, wide, G_N_ELEMENTS (wide)))) {
    *ret_odd = !ascii && !claims_utf8;
    return NULL;
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

const char *
heddle_charset_view (gconstpointer data, gsize length, const char *charset, char **ret_owned,
                     gsize *ret_length, gboolean *ret_odd)
{
  const char *bytes = data;
  g_autofree char *name = meant_charset (charset);
  gsize skip = 0;
  const char *bom = bom_charset (bytes, length, &skip);
  gboolean odd = FALSE;

  if (bom != NULL) {
    bytes += skip;
    length -= skip;
    g_free (name);
    name = g_strdup (bom);
  }
  *ret_length = length;
  *ret_owned = decode_by_name (bytes, length, name, ret_length, &odd);
  if (ret_odd != NULL)
    *ret_odd = odd;
  return *ret_owned ? *ret_owned : bytes;
}

char *
heddle_charset_decode (gconstpointer bytes, gsize length, const char *charset,
                       gsize *ret_length, gboolean *ret_odd)
{
  char *owned;
  const char *text = heddle_charset_view (bytes, length, charset, &owned, ret_length, ret_odd);

  return owned ? owned : g_strndup (text, *ret_length);
}

char *
heddle_text_decode (gconstpointer bytes, gsize length, gsize *ret_length)
{
  return heddle_charset_decode (bytes, length, NULL, ret_length, NULL);
}
