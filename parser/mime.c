/* SPDX-License-Identifier: MIT */
/* mime: header fields and parts as places in the bytes of a mail.
 *
 * Why MIME is walked here and not by GMimeParser: GMime 3.2.13 takes 1.4 KB for
 * each part before anybody can count them, recurses over nested address groups
 * while it parses, and offers no hook at which a limit would hold; a scan ahead
 * that finds every such place would have to know where headers and boundaries
 * are, which is this walk. So the walk is ours, over slices of the mail's own
 * bytes, with the limits in it. Addresses and transfer encodings are GMime's, one
 * bounded field or part at a time; parameters and encoded words are ours (parameter.c,
 * encoded.c), since GMime undoes charsets by iconv, which opens files.
 *
 * Linear: each byte is looked at once a level of nesting, and levels are bounded.
 * Not handled: message/partial is not put together, uuencoded files within text
 * stay text.
 */
#include "config.h"

#include "parser/mime.h"

#include "parser/lines.h"

#include <string.h>

/* The end of the line at @p: behind its LF, or @end. */
static const char *
next_line (const char *p, const char *end)
{
  const char *lf = memchr (p, '\n', (gsize)(end - p));

  return lf ? lf + 1 : end;
}

static gboolean
is_empty_line (const char *p, const char *end)
{
  return p < end && (*p == '\n' || (*p == '\r' && p + 1 < end && p[1] == '\n'));
}

/* Bytes of a field's name at @p (RFC 5322 3.6.8: printable ASCII but ":"), 0 when
 * no field begins here. Blanks before the colon are obsolete, and met. */
static gsize
field_name (const char *p, const char *end)
{
  const char *q = p;

  while (q<end && * q> ' ' && *q < 0x7f && *q != ':')
    q++;
  if (q == p)
    return 0;
  for (const char *colon = q; colon < end; colon++) {
    if (*colon == ':')
      return (gsize)(q - p);
    if (*colon != ' ' && *colon != '\t')
      break;
  }
  return 0;
}

/* Where the field that begins at @p ends: behind the last line that goes on with
 * it, by beginning with a blank. */
static const char *
field_end (const char *p, const char *end)
{
  p = next_line (p, end);
  while (p < end && (*p == ' ' || *p == '\t'))
    p = next_line (p, end);
  return p;
}

static void
add_field (GArray *fields, const char *p, gsize name_length, const char *stop,
           const HeddleLimits *limits, GPtrArray *warnings)
{
  const char *colon = memchr (p + name_length, ':', (gsize)(stop - p) - name_length);
  HeddleField field = { p, name_length, colon + 1, (gsize)(stop - colon) - 1 };

  if (field.value_length > limits->header_bytes) {
    field.value_length = limits->header_bytes;
    heddle_warn (warnings, "A header field is too long and was cut.");
  }
  if (fields->len < limits->headers)
    g_array_append_val (fields, field);
  else
    heddle_warn (warnings, "The header has too many fields; the rest is left out.");
}

gsize
heddle_mime_header (const char *bytes, gsize length, const HeddleLimits *limits, GArray *fields,
                    GPtrArray *warnings)
{
  const char *p = bytes, *end = bytes + length;

  while (p < end) {
    gsize name_length;
    const char *next;

    if (is_empty_line (p, end))
      return (gsize)(next_line (p, end) - bytes);
    name_length = field_name (p, end);
    if (name_length > 0) {
      next = field_end (p, end);
      add_field (fields, p, name_length, next, limits, warnings);
    } else {
      next = next_line (p, end);
      /* A stray line among fields is passed over; two in a row are a body that
       * lost its empty line. */
      if (next >= end || field_name (next, end) == 0)
        break;
      heddle_warn (warnings, "A line of the header is no field.");
    }
    p = next;
  }
  if (p < end)
    heddle_warn (warnings, "The header does not end with an empty line.");
  return (gsize)(p - bytes);
}

static const HeddleField *
find_field (const GArray *fields, const char *name)
{
  gsize length = strlen (name);

  for (guint i = 0; i < fields->len; i++) {
    const HeddleField *field = &g_array_index (fields, HeddleField, i);

    if (field->name_length == length && g_ascii_strncasecmp (field->name, name, length) == 0)
      return field;
  }
  return NULL;
}

char *
heddle_mime_get (const GArray *fields, const char *name)
{
  const HeddleField *field = find_field (fields, name);
  g_autofree char *value = NULL;
  gsize n = 0;

  if (field == NULL)
    return NULL;
  value = g_malloc (field->value_length + 1);
  for (gsize i = 0; i < field->value_length; i++) {
    char c = field->value[i];

    if (c == '\0')
      c = ' ';
    if (c != '\r' && c != '\n')
      value[n++] = c;
  }
  value[n] = '\0';
  g_strstrip (value);
  return g_steal_pointer (&value);
}

guint
heddle_mime_count (const GArray *fields, const char *name)
{
  gsize length = strlen (name);
  guint n = 0;

  for (guint i = 0; i < fields->len; i++) {
    const HeddleField *field = &g_array_index (fields, HeddleField, i);

    n += field->name_length == length && g_ascii_strncasecmp (field->name, name, length) == 0;
  }
  return n;
}

/* --- multiparts ------------------------------------------------------------------------ */

/* Whether the line at @p is a delimiter (RFC 2046 5.1.1): "--", the boundary,
 * "--" for the last one, then nothing but blanks. */
static gboolean
is_delimiter (const char *p, const char *end, const char *boundary, gsize length,
              gboolean *ret_last)
{
  if ((gsize)(end - p) < length + 2 || p[0] != '-' || p[1] != '-'
      || memcmp (p + 2, boundary, length) != 0)
    return FALSE;
  p += length + 2;
  *ret_last = end - p >= 2 && p[0] == '-' && p[1] == '-';
  if (*ret_last)
    p += 2;
  while (p < end && (*p == ' ' || *p == '\t' || *p == '\r'))
    p++;
  return p == end || *p == '\n';
}

/* A part without the line end that belongs to the delimiter behind it. */
static void
add_part (GArray *parts, const char *begin, const char *stop)
{
  HeddleSlice slice = { begin, (gsize)(stop - begin) };

  if (slice.length > 0 && begin[slice.length - 1] == '\n')
    slice.length--;
  if (slice.length > 0 && begin[slice.length - 1] == '\r')
    slice.length--;
  g_array_append_val (parts, slice);
}

/* The next line from @p on that begins with "--" and @boundary, or NULL. */
static const char *
find_delimiter (const char *p, const char *body, const char *end, const char *dashed,
                gsize dashed_length)
{
  while (p < end && (p = memmem (p, (gsize)(end - p), dashed, dashed_length)) != NULL) {
    if (p == body || p[-1] == '\n')
      return p;
    p += 2;
  }
  return NULL;
}

void
heddle_mime_split (const char *body, gsize length, const char *boundary, guint most,
                   GArray *parts, gboolean *ret_closed)
{
  g_autofree char *dashed = g_strconcat ("--", boundary, NULL);
  gsize dashed_length = strlen (dashed);
  const char *p = body, *end = body + length, *begin = NULL;
  gboolean last = FALSE;

  while (!last && parts->len < most
         && (p = find_delimiter (p, body, end, dashed, dashed_length)) != NULL) {
    if (is_delimiter (p, end, boundary, dashed_length - 2, &last)) {
      if (begin != NULL)
        add_part (parts, begin, p);
      begin = next_line (p, end);
      p = begin;
    } else {
      p += 2;
      last = FALSE;
    }
  }
  *ret_closed = last;
  if (!last && begin != NULL && begin < end && parts->len < most)
    add_part (parts, begin, end);
}
