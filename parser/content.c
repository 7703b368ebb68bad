/* SPDX-License-Identifier: MIT */
/* content: what a part says that it is, its bytes decoded, and it as an attachment.
 *
 * Parameters are parameter.c's: GMime would undo their charsets by iconv, whose modules
 * are files, and loops for ever (3.2.13) when it re-encodes some of them. A type that
 * cannot be read is text/plain (RFC 2045 5.2).
 */
#include "parser/mime.h"

#include "parser/parameter.h"

#include <gmime/gmime.h>
#include <string.h>

#define NAME_BYTES 255 /* of a file's name: no file system takes more */

GMimeParserOptions *
heddle_gmime_options (void)
{
  static GMimeParserOptions *options;

  if (g_once_init_enter (&options)) {
    GMimeParserOptions *made;

    g_mime_init ();
    made = g_mime_parser_options_new ();
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

static char *
lower_parameter (const HeddleParameters *parameters, const char *name)
{
  char *value = heddle_parameters_get (parameters, name);

  for (char *p = value; p != NULL && *p; p++)
    *p = g_ascii_tolower (*p);
  return value;
}

static gboolean
parameter_is (const HeddleParameters *parameters, const char *name, const char *value)
{
  g_autofree char *found = lower_parameter (parameters, name);

  return g_strcmp0 (found, value) == 0;
}

/* The first word of a field's value, in lower case and valid UTF-8. */
static char *
first_word (const char *value)
{
  g_autofree char *word = g_strndup (value, strcspn (value, "; \t("));
  g_autofree char *lower = g_ascii_strdown (word, -1);

  return g_utf8_make_valid (lower, -1);
}

static void
read_type (HeddleContent *content, const char *value)
{
  g_autoptr (HeddleParameters) parameters = heddle_parameters_new (value);
  g_autofree char *name = NULL, *type = first_word (value);
  const char *slash = strchr (type, '/');

  if (slash != NULL && slash > type && slash[1] != '\0') {
    g_free (content->type);
    content->type = g_steal_pointer (&type);
  }
  content->charset = heddle_parameters_get (parameters, "charset");
  content->boundary = heddle_parameters_get (parameters, "boundary");
  name = heddle_parameters_get (parameters, "name");
  if (name != NULL)
    content->name = safe_name (name);
  content->method = heddle_parameters_get (parameters, "method");
  for (char *p = content->method; p != NULL && *p; p++)
    *p = g_ascii_toupper (*p);
  content->smime = lower_parameter (parameters, "smime-type");
  content->report = lower_parameter (parameters, "report-type");
  content->flowed = parameter_is (parameters, "format", "flowed");
  content->delsp = parameter_is (parameters, "delsp", "yes");
}

static void
read_disposition (HeddleContent *content, const char *value)
{
  g_autoptr (HeddleParameters) parameters = heddle_parameters_new (value);
  g_autofree char *word = first_word (value);
  g_autofree char *name = heddle_parameters_get (parameters, "filename");

  content->attachment = g_str_equal (word, "attachment");
  if (name != NULL) {
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
