/* SPDX-License-Identifier: MIT */
/* mojibake: text that was UTF-8, was read as windows-1252 or windows-1251 and written as
 * UTF-8 again: "cafÃ©", "РґР°".
 *
 * A line is undone where all of it that is not ASCII is such; the text is touched only
 * where that happens often enough to be no chance: twice in a text that has no other
 * letters beyond ASCII, else four times. The five bytes that windows-1252 leaves empty
 * (and the one of windows-1251) stand for themselves, as browsers read them.
 *
 * Not handled: other charsets than these two, and what went wrong twice.
 */
#include "parser/charset.h"

#include <string.h>

enum { LEAST = 2, LEAST_MIXED = 4 };

/* 0x80 to 0x9f of windows-1252; 0: none. */
static const guint16 windows[32] = {
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039,
  0x0152, 0, 0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
  0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
};

/* 0x80 to 0xbf of windows-1251, the rest are the letters in order; 0: none. */
static const guint16 cyrillic[64] = {
  0x0402, 0x0403, 0x201a, 0x0453, 0x201e, 0x2026, 0x2020, 0x2021, 0x20ac, 0x2030, 0x0409, 0x2039,
  0x040a, 0x040c, 0x040b, 0x040f, 0x0452, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
  0,      0x2122, 0x0459, 0x203a, 0x045a, 0x045c, 0x045b, 0x045f, 0x00a0, 0x040e, 0x045e, 0x0408,
  0x00a4, 0x0490, 0x00a6, 0x00a7, 0x0401, 0x00a9, 0x0404, 0x00ab, 0x00ac, 0x00ad, 0x00ae, 0x0407,
  0x00b0, 0x00b1, 0x0406, 0x0456, 0x0491, 0x00b5, 0x00b6, 0x00b7, 0x0451, 0x2116, 0x0454, 0x00bb,
  0x0458, 0x0405, 0x0455, 0x0457,
};

/* The byte that was read as @c, 0 when none was. */
typedef guchar (*ByteOf) (gunichar c);

static guchar
byte_of_cyrillic (gunichar c)
{
  if (c < 0x80 || c == 0x98)
    return (guchar) c;
  if (c >= 0x410 && c <= 0x44f)
    return (guchar) (0xc0 + c - 0x410);
  for (guint i = 0; i < G_N_ELEMENTS (cyrillic); i++)
    if (cyrillic[i] == c)
      return (guchar) (0x80 + i);
  return 0;
}

static guchar
byte_of_western (gunichar c)
{
  if (c < 0x80 || (c >= 0xa0 && c <= 0xff))
    return (guchar) c;
  if (c < 0xa0)
    return windows[c - 0x80] == 0 ? (guchar) c : 0;
  for (guint i = 0; i < G_N_ELEMENTS (windows); i++)
    if (windows[i] == c)
      return (guchar) (0x80 + i);
  return 0;
}

/* What texts are made of; letters of phonetics and of few languages are rather two
 * letters of another one: "É…" is no "Ʌ". */
static gboolean
is_plausible (gunichar c)
{
  static const struct {
    gunichar first, last;
  } ranges[] = { { 0xa0, 0x17f },     { 0x386, 0x3ce },   { 0x401, 0x45f },   { 0x490, 0x491 },
                 { 0x5b0, 0x5ea },    { 0x60c, 0x6cc },   { 0x6f0, 0x6f9 },   { 0x900, 0x97f },
                 { 0xe00, 0xe7f },    { 0x1e00, 0x1eff }, { 0x200b, 0x20bf }, { 0x2100, 0x27bf },
                 { 0x3000, 0x30ff },  { 0x4e00, 0x9fff }, { 0xac00, 0xd7a3 }, { 0xff00, 0xffef },
                 { 0x1f000, 0x1faff } };

  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++)
    if (c >= ranges[i].first && c <= ranges[i].last)
      return TRUE;
  return FALSE;
}

/* The line as the bytes that it was, appended to @out, and how many characters of
 * several bytes they are; -1 when they are none, and nothing is appended. */
static int
undo_line (const char *line, gsize length, ByteOf byte_of, GString *out)
{
  gsize before = out->len;
  int count = 0;

  if (heddle_is_ascii (line, length)) { /* most lines */
    g_string_append_len (out, line, (gssize) length);
    return 0;
  }
  for (const char *p = line, *end = line + length; p < end; p = g_utf8_next_char (p)) {
    guchar byte = byte_of (g_utf8_get_char (p));
    if (byte == 0) {
      g_string_truncate (out, before);
      return -1;
    }
    count += byte >= 0xc0;
    g_string_append_c (out, (char) byte);
  }
  gboolean good = g_utf8_validate_len (out->str + before, out->len - before, NULL);
  for (const char *p = out->str + before; good && count > 0 && *p != '\0'; p = g_utf8_next_char (p))
    good = (guchar) *p < 0x80 || is_plausible (g_utf8_get_char (p));
  if (!good)
    g_string_truncate (out, before);
  return good ? count : -1;
}

static gboolean
has_lead (const char *text, gsize length)
{
  /* Every lead byte of UTF-8 was read as U+00C2 to U+00F4: C3 82 to C3 B4. */
  for (const char *p = text; (p = memchr (p, 0xc3, (gsize) (text + length - p))) != NULL; p++)
    if (p + 1 < text + length && (guchar) p[1] >= 0x82 && (guchar) p[1] <= 0xb4)
      return TRUE;
  return FALSE;
}

/* Which charset the text may have been taken for, if any. */
static ByteOf
taken_for (const char *text, gsize length)
{
  if (has_lead (text, length))
    return byte_of_western;
  /* The commonest letter of the languages that are written in Cyrillic: "а" became "Р°". */
  return g_strstr_len (text, (gssize) length, "\320\240\302\260") != NULL ? byte_of_cyrillic : NULL;
}

char *
heddle_mojibake_undo (const char *text, gsize length, gsize *ret_length)
{
  ByteOf byte_of = taken_for (text, length);

  if (byte_of == NULL)
    return NULL;

  g_autoptr (GString) out = g_string_sized_new (length);
  int undone = 0;
  gboolean mixed = FALSE;

  for (const char *p = text, *end = text + length, *next; p < end; p = next) {
    const char *lf = memchr (p, '\n', (gsize) (end - p));
    next = lf != NULL ? lf + 1 : end;
    int count = undo_line (p, (gsize) (next - p), byte_of, out);
    if (count < 0) {
      g_string_append_len (out, p, next - p);
      mixed = TRUE;
    } else {
      undone += count;
    }
  }
  if (undone < (mixed ? LEAST_MIXED : LEAST))
    return NULL;
  *ret_length = out->len;
  return g_string_free (g_steal_pointer (&out), FALSE);
}
