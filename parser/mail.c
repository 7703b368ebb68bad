/* SPDX-License-Identifier: MIT */
/* mail: MIME to a header, one body and what is attached.
 *
 * Walks the parts (mime.c says why it does so itself) and sorts each: text that a
 * mail client would show goes to the one body, a message goes to a HeddleMail of
 * its own, everything else is an attachment: nothing is dropped but what an
 * alternative says a second time.
 *
 * Of an alternative one reading is taken. text/plain is the author's words with
 * the least in between; but where the HTML marks quotations (a quote container,
 * Outlook's divider) it knows what the plain text lost, and where the plain text
 * is empty, or says only that there is HTML, there is no choice.
 *
 * Not handled: decryption, message/partial, uuencoded files within text, TNEF.
 */
#include "config.h"

#include "parser/mail.h"

#include "parser/alternative.h"
#include "parser/charset.h"
#include "parser/escapes.h"
#include "parser/mime.h"

#include <string.h>

typedef struct { /* one reading, nested messages included */
  const HeddleLimits *limits;
  GPtrArray *warnings;
  guint parts;
  gboolean muted; /* within the reading of an alternative that was not taken: only its
                     attachments count */
} Walk;

typedef struct { /* a part within a multipart */
  GArray *fields;
  HeddleContent *content;
  HeddleSlice body;
  char *decoded; /* (nullable) the body decoded, where that was needed before it is read */
  gsize decoded_length;
} Part;

static HeddleMail *read_message (Walk *walk, const char *bytes, gsize length, HeddleKind kind,
                                 guint depth);
static void read_part (Walk *walk, HeddleMail *mail, const Part *part, guint depth);

void
heddle_mail_free (HeddleMail *mail)
{
  if (mail == NULL)
    return;
  heddle_message_free (mail->head);
  heddle_body_free (mail->body);
  g_clear_pointer (&mail->nested, g_ptr_array_unref);
  g_free (mail);
}

static HeddleMail *
mail_new (HeddleKind kind)
{
  HeddleMail *mail = g_new0 (HeddleMail, 1);

  mail->head = heddle_message_new (kind);
  mail->body = heddle_body_new ();
  mail->nested = g_ptr_array_new_with_free_func ((GDestroyNotify)heddle_mail_free);
  return mail;
}

/* --- text --------------------------------------------------------------------------- */

/* The body with its encoding undone; @ret_owned gets what is to be freed. */
static const char *
part_bytes (const Part *part, char **ret_owned, gsize *ret_length)
{
  *ret_length = part->body.length;
  if (part->content->encoding == HEDDLE_ENCODING_NONE)
    return part->body.bytes;
  *ret_length = part->decoded_length;
  if (part->decoded != NULL)
    return part->decoded;
  return *ret_owned = heddle_content_decode (part->content, part->body, ret_length);
}

/* The same for a part that is looked at more than once. */
static const char *
keep_bytes (Part *part, gsize *ret_length)
{
  if (part->content->encoding == HEDDLE_ENCODING_NONE) {
    *ret_length = part->body.length;
    return part->body.bytes;
  }
  if (part->decoded == NULL)
    part->decoded = heddle_content_decode (part->content, part->body, &part->decoded_length);
  *ret_length = part->decoded_length;
  return part->decoded;
}

static void
add_plain (Walk *walk, HeddleMail *mail, const Part *part)
{
  const HeddleContent *content = part->content;
  HeddleTextForm form = { content->flowed, content->delsp };
  g_autofree char *decoded = NULL, *owned = NULL, *plain = NULL;
  const char *bytes, *text;
  gsize length;
  guint odd, first = mail->body->lines->len;

  bytes = part_bytes (part, &decoded, &length);
  text = heddle_charset_view (bytes, length, content->charset, &owned, &length, &odd);
  heddle_charset_warn (odd, walk->warnings);
  plain = heddle_escapes_undo (text, &length);
  text = plain != NULL ? plain : text;
  heddle_body_add_text (mail->body, text, length, form, walk->limits, walk->warnings);
  mail->head->encrypted |= heddle_body_read_armour (mail->body, first);
}

static void
add_html (Walk *walk, HeddleMail *mail, const Part *part)
{
  gsize length;
  g_autofree char *decoded = NULL;
  const char *html = part_bytes (part, &decoded, &length);
  guint first = mail->body->lines->len;

  heddle_body_add_html (mail->body, html, length, part->content->charset, walk->limits,
                        walk->warnings);
  mail->head->encrypted |= heddle_body_read_armour (mail->body, first);
}

/* --- alternatives ---------------------------------------------------------------------- */

/* Whether HTML marks quotations. */
static gboolean
html_marks_quotes (const char *html, gsize length)
{
  static const char *const marks[]
      = { "<blockquote",      "<BLOCKQUOTE",      "gmail_quote",      "divRplyFwdMsg",
          "appendonsend",     "yahoo_quoted",     "moz-cite-prefix",  "moz-forward-container",
          "protonmail_quote", "zmail_extra",      "border-top:solid", "border-top: solid",
          "stopSpelling",     "zwchr",            "name=\"quote\"",   "OutlookMessageHeader",
          "OLK_SRC_BODY",     "messageReplySection" };

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (memmem (html, length, marks[i], strlen (marks[i])) != NULL)
      return TRUE;
  return FALSE;
}

/* Whether a plain text stands there only because it has to. */
static gboolean
says_little (const char *text, gsize length)
{
  gsize inked = 0;

  for (gsize i = 0; i < length && inked < 200; i++)
    inked += (guchar)text[i] > ' ';
  if (inked == 0)
    return TRUE;
  return inked < 200
         && (memmem (text, length, "HTML", 4) != NULL || memmem (text, length, "html", 4) != NULL);
}

static void
part_clear (gpointer data)
{
  Part *part = data;

  g_clear_pointer (&part->fields, g_array_unref);
  g_clear_pointer (&part->content, heddle_content_free);
  g_clear_pointer (&part->decoded, g_free);
}

static gboolean
is_type (const Part *part, const char *type)
{
  return g_str_equal (part->content->type, type);
}

static void
part_init (Walk *walk, Part *part, HeddleSlice slice, const char *otherwise)
{
  gsize at;

  part->fields = g_array_new (FALSE, FALSE, sizeof (HeddleField));
  at = heddle_mime_header (slice.bytes, slice.length, walk->limits, part->fields, NULL);
  part->content = heddle_content_new (part->fields, otherwise);
  part->body.bytes = slice.bytes + at;
  part->body.length = slice.length - at;
}

/* The parts of a multipart (of Part). Counts them against the limit before any
 * memory is spent on them. */
static GArray *
split_parts (Walk *walk, const Part *whole)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_autoptr (GArray) slices = g_array_new (FALSE, FALSE, sizeof (HeddleSlice));
  guint left = walk->limits->mime_parts - MIN (walk->parts, walk->limits->mime_parts);
  const char *otherwise = is_type (whole, "multipart/digest") ? "message/rfc822" : "text/plain";
  gboolean closed = FALSE;

  g_array_set_clear_func (parts, part_clear);
  if (whole->content->boundary != NULL)
    heddle_mime_split (whole->body.bytes, whole->body.length, whole->content->boundary, left,
                       slices, &closed);
  if (slices->len >= left)
    heddle_warn (walk->warnings, "The mail has too many parts; the rest is left out.");
  else if (!closed && slices->len > 0)
    heddle_warn (walk->warnings, "A multipart has no end: the mail may be truncated.");
  walk->parts += slices->len;
  for (guint i = 0; i < slices->len; i++) {
    Part part = { 0 };

    part_init (walk, &part, g_array_index (slices, HeddleSlice, i), otherwise);
    g_array_append_val (parts, part);
  }
  return parts;
}

/* Whether @part is HTML, or a multipart that carries it (related, mixed within
 * related: no deeper, lest alternatives within each other be searched again and
 * again). Its words go to @both. @ret_marks: whether that HTML marks quotations. */
static gboolean
find_html (Walk *walk, Part *part, guint levels, HeddleAlternative *both, gboolean *ret_marks)
{
  g_autoptr (GArray) parts = NULL;
  guint counted = walk->parts;
  gboolean found = FALSE;

  if (is_type (part, "text/html")) {
    gsize length;
    const char *html = keep_bytes (part, &length);

    heddle_alternative_add_html (both, html, length);
    *ret_marks = html_marks_quotes (html, length);
    return TRUE;
  }
  if (!g_str_has_prefix (part->content->type, "multipart/") || levels == 0)
    return FALSE;
  parts = split_parts (walk, part);
  walk->parts = counted; /* they are counted when they are read */
  for (guint i = 0; i < parts->len && !found; i++)
    found = find_html (walk, &g_array_index (parts, Part, i), levels - 1, both, ret_marks);
  return found;
}

/* Which of the texts of an alternative is read: the one with more structure, unless it was
 * cut short. -1 when there is none of both. */
static int
choose_text (Walk *walk, const GArray *parts)
{
  g_autofree HeddleAlternative *both = heddle_alternative_new ();
  int plain = -1, html = -1;
  gboolean marks = FALSE, little = FALSE;
  HeddleDifference difference;

  for (guint i = 0; i < parts->len; i++) {
    Part *part = &g_array_index (parts, Part, i);

    if (part->content->attachment)
      continue;
    if (is_type (part, "text/plain") && plain < 0) {
      gsize length;
      const char *text = keep_bytes (part, &length);

      plain = (int)i;
      little = says_little (text, length);
      heddle_alternative_add_plain (both, text, length);
    } else if (find_html (walk, part, 2, both, &marks)) {
      html = (int)i;
    }
  }
  if (plain < 0 || html < 0)
    return MAX (plain, html);
  difference = heddle_alternative_compare (both);
  if (!little && (difference.html_cut || (!marks && !difference.plain_cut)))
    html = plain;
  if (difference.differ && !little && !walk->muted)
    heddle_warn (walk->warnings,
                 html == plain ? "The text and the HTML say different things; the text is read."
                               : "The text and the HTML say different things; the HTML is read.");
  return html;
}

/* Read one of the texts of an alternative, and all that is no text. */
static void
read_alternative (Walk *walk, HeddleMail *mail, const GArray *parts, guint depth)
{
  int chosen = choose_text (walk, parts);

  for (guint i = 0; i < parts->len; i++) {
    const Part *part = &g_array_index (parts, Part, i);
    gboolean text = g_str_has_prefix (part->content->type, "text/")
                    && !is_type (part, "text/calendar") && !part->content->attachment;
    gboolean muted = walk->muted;

    if (text && chosen >= 0 && (int)i != chosen)
      continue; /* the same in other words */
    walk->muted = muted || (chosen >= 0 && (int)i != chosen);
    read_part (walk, mail, part, depth);
    walk->muted = muted;
  }
}

/* --- parts ------------------------------------------------------------------------------ */

static void
read_multipart (Walk *walk, HeddleMail *mail, const Part *whole, guint depth)
{
  g_autoptr (GArray) parts = split_parts (walk, whole);

  if (is_type (whole, "multipart/encrypted"))
    mail->head->encrypted = TRUE;
  if (parts->len == 0 && walk->parts < walk->limits->mime_parts) {
    heddle_warn (walk->warnings, "A multipart has no parts; it is read as text.");
    add_plain (walk, mail, whole);
    return;
  }
  if (is_type (whole, "multipart/alternative")) {
    read_alternative (walk, mail, parts, depth);
    return;
  }
  for (guint i = 0; i < parts->len; i++)
    read_part (walk, mail, &g_array_index (parts, Part, i), depth);
}

static gboolean
has_suffix (const char *name, const char *suffix)
{
  gsize n = name ? strlen (name) : 0, m = strlen (suffix);

  return n >= m && g_ascii_strcasecmp (name + n - m, suffix) == 0;
}

/* A message as a part: message/rfc822, or a file that is one. */
static gboolean
is_message (const HeddleContent *content)
{
  static const char *const files[] = { "application/octet-stream", "text/plain",
                                       "application/eml", "application/x-eml",
                                       "application/x-message", NULL };

  return g_str_equal (content->type, "message/rfc822")
         || g_str_equal (content->type, "message/global")
         || g_str_equal (content->type, "text/rfc822-headers") /* RFC 6522 4: a bounce's */
         || g_str_equal (content->type, "message/global-headers")
         || (has_suffix (content->name, ".eml") && g_strv_contains (files, content->type));
}

/* Whether a mail client shows that text: files are opened, not shown, and a text
 * with a name is a file unless it is the first text. */
static gboolean
is_shown (const HeddleMail *mail, const HeddleContent *content)
{
  static const char *const shown[] = { "text/plain",      "text/html",    "text/markdown",
                                       "text/x-markdown", "text/x-patch", "text/x-diff" };

  if (content->attachment || (content->name != NULL && mail->body->lines->len > 0))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (shown); i++)
    if (g_str_equal (content->type, shown[i]))
      return TRUE;
  return FALSE;
}

static void
read_nested (Walk *walk, HeddleMail *mail, const Part *part, guint depth)
{
  g_autofree char *decoded = NULL;
  const char *bytes = part->body.bytes;
  gsize length = part->body.length;

  /* RFC 2046 5.2.1 allows no encoding here; mailers use it. */
  if (part->content->encoding != HEDDLE_ENCODING_NONE)
    bytes = decoded = heddle_content_decode (part->content, part->body, &length);
  g_ptr_array_add (mail->nested,
                   read_message (walk, bytes, length, HEDDLE_KIND_ATTACHED, depth + 1));
}

static void
note_type (HeddleMail *mail, const HeddleContent *content)
{
  static const char *const methods[] = { "REQUEST", "REPLY", "COUNTER", "CANCEL" };

  if (g_str_equal (content->type, "application/pkcs7-mime")
      || g_str_equal (content->type, "application/x-pkcs7-mime")) {
    /* RFC 8551 3.5.2: signed-data wraps the text, but hides nothing. */
    if (content->smime == NULL || !g_str_equal (content->smime, "signed-data"))
      mail->head->encrypted = TRUE;
  }
  if (!g_str_equal (content->type, "text/calendar") || content->method == NULL
      || mail->head->automatic != HEDDLE_AUTOMATIC_NO)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    if (g_str_equal (content->method, methods[i])) {
      mail->head->automatic = HEDDLE_AUTOMATIC_CALENDAR;
      mail->head->ground = "text/calendar";
    }
}

static void
read_part (Walk *walk, HeddleMail *mail, const Part *part, guint depth)
{
  const HeddleContent *content = part->content;
  gboolean multipart = g_str_has_prefix (content->type, "multipart/");

  note_type (mail, content);
  if (multipart && depth < walk->limits->mime_depth) {
    read_multipart (walk, mail, part, depth + 1);
  } else if (is_message (content) && depth < walk->limits->mime_depth) {
    read_nested (walk, mail, part, depth);
  } else if (is_shown (mail, content)) {
    if (walk->muted)
      return;
    if (g_str_equal (content->type, "text/html"))
      add_html (walk, mail, part);
    else
      add_plain (walk, mail, part);
  } else {
    if (multipart || is_message (content))
      heddle_warn (walk->warnings, "Parts are nested too deep; the inner ones are not read.");
    g_ptr_array_add (mail->head->attachments, heddle_content_attachment (content, part->body));
  }
}

/* --- messages ----------------------------------------------------------------------------- */

/* Where the header begins: behind a byte order mark, empty lines that a paste or an
 * editor left, and an mbox's separator, which are no part of the mail. */
static gsize
skip_to_header (const char *bytes, gsize length)
{
  gsize at = length >= 3 && memcmp (bytes, "\357\273\277", 3) == 0 ? 3 : 0;
  const char *lf;

  while (at < length && (bytes[at] == '\n' || bytes[at] == '\r'))
    at++;
  if (length - at < 5 || memcmp (bytes + at, "From ", 5) != 0)
    return at;
  lf = memchr (bytes + at, '\n', length - at);
  return lf ? (gsize)(lf + 1 - bytes) : at;
}

/* Whether a header of at least one field that mail has was read: a text may well
 * begin with "Note: …". */
static gboolean
is_header (const GArray *fields)
{
  static const char *const known[]
      = { "From",         "To",          "Subject",    "Date",        "Message-ID",
          "Received",     "Cc",          "Bcc",        "Sender",      "Reply-To",
          "MIME-Version", "Return-Path", "References", "In-Reply-To", "Content-Type",
          "Delivered-To", "Resent-From" };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (heddle_mime_count (fields, known[i]) > 0)
      return TRUE;
  for (guint i = 0; i < fields->len; i++) {
    const HeddleField *field = &g_array_index (fields, HeddleField, i);

    if (field->name_length > 2 && g_ascii_strncasecmp (field->name, "X-", 2) == 0)
      return TRUE;
  }
  return FALSE;
}

static HeddleMail *
read_message (Walk *walk, const char *bytes, gsize length, HeddleKind kind, guint depth)
{
  g_autoptr (HeddleMail) mail = mail_new (kind);
  gsize skip = skip_to_header (bytes, length);
  Part whole = { 0 };
  gsize at;

  whole.fields = g_array_new (FALSE, FALSE, sizeof (HeddleField));
  at = skip
       + heddle_mime_header (bytes + skip, length - skip, walk->limits, whole.fields, NULL);
  if (is_header (whole.fields)) {
    g_array_set_size (whole.fields, 0);
    heddle_mime_header (bytes + skip, length - skip, walk->limits, whole.fields,
                        walk->warnings);
  } else {
    heddle_warn (walk->warnings, "There is no header; all of it is read as text.");
    g_array_set_size (whole.fields, 0);
    at = 0;
  }
  whole.content = heddle_content_new (whole.fields, "text/plain");
  whole.body.bytes = bytes + at;
  whole.body.length = length - at;
  heddle_header_read (whole.fields, whole.content->charset, walk->limits, mail->head,
                      walk->warnings);
  heddle_automatic_read (whole.fields, whole.content, mail->head);
  mail->agent = heddle_agent_find (whole.fields);
  read_part (walk, mail, &whole, depth);
  part_clear (&whole);
  return g_steal_pointer (&mail);
}

/* Whether bytes without a header are no text either: a NUL, or many control
 * characters, near the beginning. */
static gboolean
is_binary (const char *bytes, gsize length)
{
  gsize looked = MIN (length, 4096), control = 0;

  for (gsize i = 0; i < looked; i++) {
    guchar c = (guchar)bytes[i];

    if (c == '\0')
      return TRUE;
    control += c < ' ' && (c < '\t' || c > '\r') && c != '\033';
  }
  return control * 20 > looked;
}

static gboolean
is_white (const char *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace (bytes[i]))
      return FALSE;
  return TRUE;
}

/* Whether a header begins the mail. */
static gboolean
begins_with_header (Walk *walk, const char *bytes, gsize length)
{
  g_autoptr (GArray) fields = g_array_new (FALSE, FALSE, sizeof (HeddleField));
  gsize skip = skip_to_header (bytes, length);

  heddle_mime_header (bytes + skip, length - skip, walk->limits, fields, NULL);
  return is_header (fields);
}

HeddleMail *
heddle_mail_read (gconstpointer bytes, gsize length, const HeddleLimits *limits,
                  GPtrArray *warnings, GError **error)
{
  Walk walk = { limits ? limits : &heddle_limits_default, warnings, 1, FALSE };

  if (length == 0 || is_white (bytes, length)) {
    g_set_error_literal (error, HEDDLE_PARSE_ERROR, HEDDLE_PARSE_ERROR_EMPTY,
                         "the mail is empty");
    return NULL;
  }
  if (length > walk.limits->bytes) {
    g_set_error (error, HEDDLE_PARSE_ERROR, HEDDLE_PARSE_ERROR_LIMIT,
                 "the mail has %" G_GSIZE_FORMAT " bytes, more than the %" G_GSIZE_FORMAT
                 " that are read",
                 length, walk.limits->bytes);
    return NULL;
  }
  if (!begins_with_header (&walk, bytes, length) && is_binary (bytes, length)) {
    g_set_error_literal (error, HEDDLE_PARSE_ERROR, HEDDLE_PARSE_ERROR_NOT_MAIL,
                         "this is no mail: binary data without a header");
    return NULL;
  }
  return read_message (&walk, bytes, length, HEDDLE_KIND_RECEIVED, 0);
}
