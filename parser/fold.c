/* SPDX-License-Identifier: MIT */
/* fold: text as search and matching compare it.
 *
 * What folding is stands in fold-rule.c. Here is what makes it cheap: each character
 * becomes what a table says (fold.h). Where that begins with a mark or a letter that joins
 * the one before it (vowels of Indic scripts, voiced marks of kana, parts of Hangul), all
 * is composed at the end; nothing else hangs on neighbours. The tables are of the ICU that
 * Heddle was built with, so a newer one changes no word of an index.
 */
#include "parser/parser.h"

#include "parser/fold.h"

#include <string.h>

#define REPLACEMENT 0xfffd

typedef struct {
  char *bytes;
  gsize length, room;
  gboolean blank; /* white space stands behind it */
  gboolean loose; /* something of it joins what stands before it */
} Out;

static void
make_room (Out *out, gsize more)
{
  if (out->length + more < out->room)
    return;
  out->room = out->room + out->room / 2 + more;
  out->bytes = g_realloc (out->bytes, out->room + 1);
}

/* Bytes without white space. */
static void
put (Out *out, const char *bytes, gsize length)
{
  make_room (out, length + 1);
  if (out->blank)
    out->bytes[out->length++] = ' ';
  out->blank = FALSE;
  memcpy (out->bytes + out->length, bytes, length);
  out->length += length;
}

/* Folded bytes, which may hold blanks. */
static void
put_folded (Out *out, const char *bytes, gsize length)
{
  while (length > 0) {
    const char *blank = memchr (bytes, ' ', length);
    gsize piece = blank != NULL ? (gsize)(blank - bytes) : length;

    if (piece > 0)
      put (out, bytes, piece);
    if (blank == NULL)
      return;
    out->blank = out->length > 0;
    bytes = blank + 1;
    length -= piece + 1;
  }
}

/* The character at @at, whose bytes are at @at, @size of them. */
static void
fold_wide (Out *out, gunichar c, const char *at, gsize size)
{
  guint16 place = heddle_fold_blocks[heddle_fold_pages[c >> HEDDLE_FOLD_BITS]]
                                    [c & ((1 << HEDDLE_FOLD_BITS) - 1)];

  if (place < HEDDLE_FOLD_FIRST) {
    out->loose |= place == HEDDLE_FOLD_SAME_LOOSE;
    put (out, at, size);
    return;
  }
  out->loose |= (heddle_fold_pool[place] & HEDDLE_FOLD_LOOSE) != 0;
  put_folded (out, (const char *)heddle_fold_pool + place + 1,
              heddle_fold_pool[place] & (HEDDLE_FOLD_LOOSE - 1));
}

/* What is not ASCII at @at; what is no UTF-8 counts as one odd character a byte. */
static const char *
fold_next (Out *out, const char *at, const char *end)
{
  static const char odd[] = "\357\277\275";
  gunichar c = g_utf8_get_char_validated (at, (gssize)(end - at));
  const char *next = at + 1;

  if (c >= 0x110000) {
    fold_wide (out, REPLACEMENT, odd, sizeof odd - 1);
    return next;
  }
  next = g_utf8_next_char (at);
  fold_wide (out, c, at, (gsize)(next - at));
  return next;
}

char *
heddle_text_fold (const char *text)
{
  gsize length = strlen (text);
  const char *end = text + length;
  Out out = { .bytes = g_malloc (length + 1), .room = length };

  while (text < end) {
    char c = *text;

    if ((guchar)c >= 0x80) {
      text = fold_next (&out, text, end);
      continue;
    }
    text++;
    if (g_ascii_isspace (c) || c == '\v') {
      out.blank = out.length > 0;
      continue;
    }
    c = g_ascii_tolower (c);
    if (out.length + 2 < out.room && !out.blank)
      out.bytes[out.length++] = c;
    else
      put (&out, &c, 1);
  }
  out.bytes[out.length] = '\0';
  if (!out.loose)
    return out.bytes;
  char *whole = g_utf8_normalize (out.bytes, (gssize)out.length, G_NORMALIZE_NFC);
  g_free (out.bytes);
  return whole;
}
