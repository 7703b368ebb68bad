/* SPDX-License-Identifier: MIT */
/* content: what a part says that it is, its bytes decoded, and it as an attachment.
 *
 * Parameters (RFC 2231, and the encoded words that mailers put there although RFC
 * 2047 forbids it) are read by GMime; they are never written by it, since 3.2.13
 * loops for ever when it re-encodes some of them. A type that cannot be read is
 * text/plain (RFC 2045 5.2).
 */
#include "parser/mime.h"

#include "parser/charset.h"

#include <gmime/gmime.h>
#include <string.h>

#define NAME_BYTES 255 /* of a file's name: no file system takes more */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeContentType, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeContentDisposition, g_object_unref)

GMimeParserOptions *
heddle_gmime_options (void)
{
  static GMimeParserOptions *options;
  static const char *fallback[] = { "utf-8", "windows-1252", NULL };

  if (g_once_init_enter (&options)) {
    GMimeParserOptions *made;

    g_mime_init ();
    made = g_mime_parser_options_new ();
    g_mime_parser_options_set_fallback_charsets (made, fallback);
    g_once_init_leave (&options, made);
  }
  return options;
}

/* The last path component without control and direction characters: a name is
 * shown and compared, and must not pretend to be another one. */
static char *
safe_name (const char *name)
{
  GString *safe = g_string_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  const char *base = valid;

  for (const char *p = valid; *p; p++)
    if (*p == '/' || *p == '\\')
      base = p + 1;
  for (const char *p = base; *p && safe->len < NAME_BYTES; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (!g_unichar_iscntrl (c) && g_unichar_type (c) != G_UNICODE_FORMAT)
      g_string_append_unichar (safe, c);
  }
  g_strstrip (safe->str);
  if (*safe->str == '\0') {
    g_string_free (safe, TRUE);
    return NULL;
  }
  return g_string_free (safe, FALSE);
}

/* A parameter's value in valid UTF-8, NULL when it is absent or empty. */
static char *
parameter (GMimeContentType *type, const char *name)
{
  const char *value = g_mime_content_type_get_parameter (type, name);

  return value && *value ? g_utf8_make_valid (value, -1) : NULL;
}

static char *
lower_parameter (GMimeContentType *type, const char *name)
{
  char *value = parameter (type, name);

  for (char *p = value; p != NULL && *p; p++)
    *p = g_ascii_tolower (*p);
  return value;
}

static gboolean
parameter_is (GMimeContentType *type, const char *name, const char *value)
{
  const char *found = g_mime_content_type_get_parameter (type, name);

  return found != NULL && g_ascii_strcasecmp (found, value) == 0;
}

static void
read_type (HeddleContent *content, const char *value)
{
  g_autoptr (GMimeContentType) type
      = g_mime_content_type_parse (heddle_gmime_options (), value);
  g_autofree char *name = NULL, *mime = NULL;

  mime = g_mime_content_type_get_mime_type (type);
  g_free (content->type);
  content->type = g_utf8_make_valid (mime, -1);
  for (char *p = content->type; *p; p++)
    *p = g_ascii_tolower (*p);
  content->charset = parameter (type, "charset");
  content->boundary = parameter (type, "boundary");
  name = parameter (type, "name");
  if (name != NULL)
    content->name = safe_name (name);
  content->method = parameter (type, "method");
  for (char *p = content->method; p != NULL && *p; p++)
    *p = g_ascii_toupper (*p);
  content->smime = lower_parameter (type, "smime-type");
  content->report = lower_parameter (type, "report-type");
  content->flowed = parameter_is (type, "format", "flowed");
  content->delsp = parameter_is (type, "delsp", "yes");
}

static void
read_disposition (HeddleContent *content, const char *value)
{
  g_autoptr (GMimeContentDisposition) disposition
      = g_mime_content_disposition_parse (heddle_gmime_options (), value);
  const char *name = g_mime_content_disposition_get_parameter (disposition, "filename");

  content->attachment = g_mime_content_disposition_is_attachment (disposition);
  if (name != NULL && *name) {
    g_free (content->name);
    content->name = safe_name (name);
  }
}

static HeddleEncoding
read_encoding (const char *value)
{
  static const struct {
    const char *name;
    HeddleEncoding encoding;
  } encodings[]
      = { { "base64", HEDDLE_ENCODING_BASE64 }, { "quoted-printable", HEDDLE_ENCODING_QP } };

  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    if (g_ascii_strncasecmp (value, encodings[i].name, strlen (encodings[i].name)) == 0)
      return encodings[i].encoding;
  return HEDDLE_ENCODING_NONE;
}

HeddleContent *
heddle_content_new (const GArray *fields, const char *otherwise)
{
  HeddleContent *content = g_new0 (HeddleContent, 1);
  g_autofree char *type = heddle_mime_get (fields, "Content-Type");
  g_autofree char *disposition = heddle_mime_get (fields, "Content-Disposition");
  g_autofree char *encoding = heddle_mime_get (fields, "Content-Transfer-Encoding");

  content->type = g_strdup (otherwise);
  if (type != NULL && strchr (type, '/') != NULL)
    read_type (content, type);
  if (disposition != NULL && *disposition)
    read_disposition (content, disposition);
  if (encoding != NULL)
    content->encoding = read_encoding (encoding);
  return content;
}

void
heddle_content_free (HeddleContent *content)
{
  if (content == NULL)
    return;
  g_free (content->type);
  g_free (content->charset);
  g_free (content->boundary);
  g_free (content->name);
  g_free (content->method);
  g_free (content->smime);
  g_free (content->report);
  g_free (content);
}

/* --- bytes ------------------------------------------------------------------------------ */

static void
init_decode (GMimeEncoding *state, HeddleEncoding encoding)
{
  static const GMimeContentEncoding encodings[]
      = { GMIME_CONTENT_ENCODING_BINARY, GMIME_CONTENT_ENCODING_BASE64,
          GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE };

  g_mime_encoding_init_decode (state, encodings[encoding]);
}

char *
heddle_content_decode (const HeddleContent *content, HeddleSlice body, gsize *ret_length)
{
  GMimeEncoding state;
  char *out;

  heddle_gmime_options ();
  init_decode (&state, content->encoding);
  /* Decoding never makes more bytes; a few are held back between steps. */
  out = g_malloc (body.length + 16);
  *ret_length = g_mime_encoding_step (&state, body.bytes, body.length, out);
  return out;
}

HeddleAttachment *
heddle_content_attachment (const HeddleContent *content, HeddleSlice body)
{
  enum { STEP = 32 * 1024 };
  HeddleAttachment *attachment = g_new0 (HeddleAttachment, 1);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *out = g_malloc (STEP + 16);
  GMimeEncoding state;

  heddle_gmime_options ();
  init_decode (&state, content->encoding);
  for (gsize at = 0; at < body.length; at += STEP) {
    gsize n = g_mime_encoding_step (&state, body.bytes + at, MIN (STEP, body.length - at), out);

    g_checksum_update (sum, (const guchar *)out, (gssize)n);
    attachment->size += (gint64)n;
  }
  attachment->name = g_strdup (content->name);
  attachment->type = g_strdup (content->type);
  attachment->sha256 = g_strdup (g_checksum_get_string (sum));
  attachment->kind = HEDDLE_ATTACHMENT_PART;
  return attachment;
}
