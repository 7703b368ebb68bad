/* SPDX-License-Identifier: MIT */
/* base64: runs of it in a mail as the bytes that they mean, and back to the letter.
 *
 * Half of the bytes of mail are base64, and it hides from compression what would
 * compress: texts in scripts that mailers write so, documents, the same attachment in
 * each answer at another place in its group of three. A run is four lines or more of one
 * width with one kind of line end, and what is left of it on a last line. What is
 * decoded is encoded again and compared at once: a run that would not come back exactly
 * (padding in the middle, bits that mean nothing) stays as it is.
 *
 * The folded form: the number of runs; for each how many bytes stand before it as they
 * are, how many it has, its width and its flags; then all bytes. Numbers are seven bits
 * a byte, the lowest first, the last one without its high bit.
 *
 * Not handled: base64 on one line, lines of changing width, uuencode.
 */
#include "config.h"

#include <string.h>

#include "store/store-private.h"

#define LINES 4 /* fewer are not worth it */
#define NARROWEST 40
#define WIDEST 1000

enum { FLAG_CRLF = 1, FLAG_OPEN = 2 /* the last line has no end */ };

typedef struct {
  gsize before; /* bytes between the run before and this one */
  gsize bytes;  /* that it means */
  gsize width;  /* letters in a line, four for three bytes */
  guint flags;
} Run;

/* --- letters ------------------------------------------------------------------------ */

/* What a letter stands for. */
enum { NO = 255 };
/* clang-format off */
static const guint8 values[256] = {
  NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO,
  NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO,
  NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, 62, NO, NO, NO, 63,
  52, 53, 54, 55, 56, 57, 58, 59, 60, 61, NO, NO, NO, NO, NO, NO,
  NO, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
  15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, NO, NO, NO, NO, NO,
  NO, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40,
  41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, NO, NO, NO, NO, NO,
  NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO,
  NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO,
  NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO,
  NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO,
  NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO,
  NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO,
  NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO,
  NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO,
};
/* clang-format on */

/* A line of @length bytes; its letters behind @out. */
static gsize
encode_line (const guint8 *bytes, gsize length, char *out)
{
  static const char letters[]
      = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  char *at = out;
  for (; length >= 3; bytes += 3, length -= 3) {
    *at++ = letters[bytes[0] >> 2];
    *at++ = letters[(bytes[0] & 3) << 4 | bytes[1] >> 4];
    *at++ = letters[(bytes[1] & 15) << 2 | bytes[2] >> 6];
    *at++ = letters[bytes[2] & 63];
  }
  if (length > 0) {
    guint8 second = length > 1 ? bytes[1] : 0;
    *at++ = letters[bytes[0] >> 2];
    *at++ = letters[(bytes[0] & 3) << 4 | second >> 4];
    *at++ = length > 1 ? letters[(second & 15) << 2] : '=';
    *at++ = '=';
  }
  return (gsize)(at - out);
}

/* With its end, at most WIDEST + 2 letters. */
static gsize
write_line (const Run *run, const guint8 *bytes, gsize length, gboolean last, char *out)
{
  gsize done = encode_line (bytes, length, out);
  if (last && (run->flags & FLAG_OPEN) != 0)
    return done;
  if ((run->flags & FLAG_CRLF) != 0)
    out[done++] = '\r';
  out[done++] = '\n';
  return done;
}

static gsize
count_letters (const char *text, gsize length)
{
  gsize i = 0;
  while (i < length && values[(guchar)text[i]] != NO)
    i++;
  return i;
}

/* @length letters, nothing else, to the whole bytes that they give. */
static gsize
decode_letters (const char *text, gsize length, guint8 *out)
{
  const guchar *at = (const guchar *)text;
  guint8 *start = out;
  for (; length >= 4; at += 4, length -= 4) {
    guint32 group = (guint32)values[at[0]] << 18 | (guint32)values[at[1]] << 12
                    | (guint32)values[at[2]] << 6 | values[at[3]];
    *out++ = (guint8)(group >> 16);
    *out++ = (guint8)(group >> 8);
    *out++ = (guint8)group;
  }
  if (length >= 2)
    *out++ = (guint8)(values[at[0]] << 2 | values[at[1]] >> 4);
  if (length == 3)
    *out++ = (guint8)(values[at[1]] << 4 | values[at[2]] >> 2);
  return (gsize)(out - start);
}

/* --- finding -------------------------------------------------------------------------- */

static gboolean
is_end (const char *text, gsize length, gsize at, guint flags)
{
  if ((flags & FLAG_CRLF) != 0)
    return at + 2 <= length && text[at] == '\r' && text[at + 1] == '\n';
  return at < length && text[at] == '\n';
}

/* The line behind the last whole one, where it ends the run; what it adds to it. */
static gsize
tail_of (const char *text, gsize length, gsize at, Run *run)
{
  gsize ending = (run->flags & FLAG_CRLF) != 0 ? 2 : 1;
  gsize n = count_letters (text + at, MIN (run->width, length - at));
  while (n < run->width && at + n < length && text[at + n] == '=' && n % 4 >= 2)
    n++;
  if (n == 0 || n % 4 != 0)
    return 0;
  if (is_end (text, length, at + n, run->flags))
    return n + ending;
  if (at + n < length)
    return 0;
  run->flags |= FLAG_OPEN;
  return n;
}

/* Where the run ends that begins at @at, the beginning of a line; @at where none does. */
static gsize
find_end (const char *text, gsize length, gsize at, Run *run)
{
  run->width = count_letters (text + at, MIN (length - at, WIDEST));
  if (run->width < NARROWEST || run->width % 4 != 0)
    return at;
  run->flags = is_end (text, length, at + run->width, FLAG_CRLF) ? FLAG_CRLF : 0;
  gsize stride = run->width + (run->flags != 0 ? 2 : 1), end = at;
  while (length - end >= stride && is_end (text, length, end + run->width, run->flags)
         && count_letters (text + end, run->width) == run->width)
    end += stride;
  return end - at < LINES * stride ? at : end + tail_of (text, length, end, run);
}

/* --- folding ---------------------------------------------------------------------------- */

static void
append_number (GByteArray *out, guint64 number)
{
  guint8 byte;
  for (; number >= 0x80; number >>= 7) {
    byte = (guint8)(number | 0x80);
    g_byte_array_append (out, &byte, 1);
  }
  byte = (guint8)number;
  g_byte_array_append (out, &byte, 1);
}

/* text[at … end - 1], if it is what its bytes give, behind @out. A line of letters alone
 * always is; the last one may have bits that mean nothing. */
static gboolean
decode_run (Run *run, const char *text, gsize at, gsize end, GByteArray *out)
{
  char line[WIDEST + 2];
  gsize stride = run->width + ((run->flags & FLAG_CRLF) != 0 ? 2 : 1);
  guint before = out->len;
  g_byte_array_set_size (out, before + (guint)((end - at) / 4 * 3 + 3));
  guint8 *to = out->data + before;
  for (; end - at > stride; at += stride)
    to += decode_letters (text + at, run->width, to);
  gsize some = decode_letters (text + at, count_letters (text + at, end - at), to);
  gsize n = write_line (run, to, some, TRUE, line);
  gboolean good = some > 0 && n == end - at && memcmp (text + at, line, n) == 0;
  run->bytes = (gsize)(to - (out->data + before)) + some;
  g_byte_array_set_size (out, before + (good ? (guint)run->bytes : 0));
  return good;
}

static gsize
next_line (const char *text, gsize length, gsize at)
{
  const char *end = memchr (text + at, '\n', length - at);
  return end != NULL ? (gsize)(end - text) + 1 : length;
}

GBytes *
heddle_base64_fold (GBytes *plain)
{
  gsize length = 0, done = 0, count = 0;
  const char *text = g_bytes_get_data (plain, &length);
  g_autoptr (GByteArray) runs = g_byte_array_new (), bytes = g_byte_array_new ();
  for (gsize at = 0; at < length;) {
    Run run = { 0 };
    gsize end = find_end (text, length, at, &run);
    if (end == at) {
      at = next_line (text, length, at);
      continue;
    }
    guint kept = bytes->len;
    run.before = at - done;
    g_byte_array_append (bytes, (const guint8 *)text + done, (guint)run.before);
    if (decode_run (&run, text, at, end, bytes)) {
      append_number (runs, run.before);
      append_number (runs, run.bytes);
      append_number (runs, run.width);
      append_number (runs, run.flags);
      count++;
      done = end;
    } else {
      g_byte_array_set_size (bytes, kept);
    }
    at = end;
  }
  if (count == 0)
    return NULL;
  GByteArray *folded = g_byte_array_new ();
  append_number (folded, count);
  g_byte_array_append (folded, runs->data, runs->len);
  g_byte_array_append (folded, bytes->data, bytes->len);
  g_byte_array_append (folded, (const guint8 *)text + done, (guint)(length - done));
  return g_byte_array_free_to_bytes (folded);
}

/* --- and back ------------------------------------------------------------------------------
 */

typedef struct {
  const guint8 *at, *end;
} Reader;

static gboolean
read_number (Reader *reader, gsize *ret)
{
  guint64 number = 0;
  for (guint shift = 0; reader->at < reader->end && shift < 63; shift += 7) {
    guint8 byte = *reader->at++;
    number |= (guint64)(byte & 0x7f) << shift;
    if ((byte & 0x80) == 0) {
      *ret = (gsize)number;
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
read_run (Reader *reader, Run *run)
{
  gsize flags = 0;
  if (!read_number (reader, &run->before) || !read_number (reader, &run->bytes)
      || !read_number (reader, &run->width) || !read_number (reader, &flags))
    return FALSE;
  run->flags = (guint)flags;
  return run->width >= NARROWEST && run->width <= WIDEST && run->width % 4 == 0;
}

/* @count bytes as they are. */
static gboolean
copy (Reader *from, gsize count, GByteArray *out, gsize size)
{
  if (count > (gsize)(from->end - from->at) || count > size - out->len)
    return FALSE;
  g_byte_array_append (out, from->at, (guint)count);
  from->at += count;
  return TRUE;
}

static gboolean
encode_run (Reader *from, const Run *run, GByteArray *out, gsize size)
{
  char line[WIDEST + 2];
  gsize step = run->width / 4 * 3;
  if (run->bytes > (gsize)(from->end - from->at))
    return FALSE;
  for (gsize left = run->bytes; left > 0;) {
    gsize some = MIN (step, left);
    gsize n = write_line (run, from->at, some, some == left, line);
    if (n > size - out->len)
      return FALSE;
    g_byte_array_append (out, (const guint8 *)line, (guint)n);
    from->at += some;
    left -= some;
  }
  return TRUE;
}

GBytes *
heddle_base64_unfold (GBytes *folded, gsize size)
{
  gsize length = 0, count = 0;
  const guint8 *start = g_bytes_get_data (folded, &length);
  Reader runs = { start, start + length }, bytes = { start, start + length };
  if (!read_number (&runs, &count) || count > length)
    return NULL;
  bytes.at = runs.at;
  for (gsize i = 0; i < count; i++) {
    Run run;
    if (!read_run (&bytes, &run))
      return NULL;
  }
  g_autoptr (GByteArray) out = g_byte_array_sized_new ((guint)MIN (size, 2 * length));
  for (gsize i = 0; i < count; i++) {
    Run run = { 0 };
    if (!read_run (&runs, &run) || !copy (&bytes, run.before, out, size)
        || !encode_run (&bytes, &run, out, size))
      return NULL;
  }
  if (!copy (&bytes, (gsize)(bytes.end - bytes.at), out, size) || out->len != size)
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}
