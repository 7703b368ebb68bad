/* SPDX-License-Identifier: MIT */
/* header: the fields of a mail's header to what a message says of itself.
 *
 * A field that says nothing is absent. Of fields that may stand once (RFC 5322
 * 3.6) and stand twice the first is used, and a warning tells, since the two are
 * a way to show one author to a person and another to a program.
 */
#include "parser/mime.h"

#include "parser/charset.h"
#include "parser/encoded.h"
#include "parser/ids.h"
#include "parser/lines.h"

#include <string.h>

char *
heddle_mime_text (const char *value)
{
  gsize length;
  g_autofree char *text = heddle_charset_decode (value, strlen (value), NULL, &length, NULL);
  char *to = text;
  gboolean blank = FALSE;

  for (const char *p = text; *p; p++) {
    if ((guchar)*p <= ' ' || *p == 0x7f) {
      blank = to > text;
    } else {
      if (blank)
        *to++ = ' ';
      *to++ = *p;
      blank = FALSE;
    }
  }
  *to = '\0';
  return g_steal_pointer (&text);
}

static char *
first_id (const GArray *fields, const char *name)
{
  g_autofree char *value = heddle_mime_get (fields, name);
  g_autofree char *text = value != NULL ? heddle_mime_text (value) : NULL;

  return text != NULL ? heddle_ids_first (text) : NULL;
}

static void
read_references (const GArray *fields, const HeddleLimits *limits, HeddleMessage *message,
                 GPtrArray *warnings)
{
  g_autofree char *value = heddle_mime_get (fields, "References");
  g_autofree char *text = value != NULL ? heddle_mime_text (value) : NULL;
  GPtrArray *ids = message->references;

  if (text != NULL)
    heddle_ids_read (text, ids);
  if (ids->len > limits->references) {
    /* The first one names the thread, the last ones are the nearest parents. */
    g_ptr_array_remove_range (ids, 1, ids->len - limits->references);
    heddle_warn (warnings, "The References field is too long; its middle is left out.");
  }
}

/* MS-OXOMSG 2.2.1.3: a byte that is 1, five of a time, a GUID; then five bytes for each
 * answer. Whatever else stands there is nobody's conversation. */
#define INDEX_HEAD 22
#define INDEX_ANSWER 5
#define INDEX_BYTES (INDEX_HEAD + 500 * INDEX_ANSWER)

static char *
read_thread_index (const GArray *fields)
{
  g_autofree char *value = heddle_mime_get (fields, "Thread-Index");
  g_autofree guchar *bytes = NULL;
  gsize length = 0;
  GString *hex;

  if (value == NULL || strlen (value) > 2 * INDEX_BYTES)
    return NULL;
  bytes = g_base64_decode (value, &length);
  if (length < INDEX_HEAD || length > INDEX_BYTES || (length - INDEX_HEAD) % INDEX_ANSWER != 0
      || bytes[0] != 1)
    return NULL;
  hex = g_string_sized_new (2 * length);
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (hex, "%02x", bytes[i]);
  return g_string_free (hex, FALSE);
}

/* A field's value as text; bytes beyond ASCII, which only UTF-8 may be (RFC 6532), are
 * mostly in the charset of the body. */
static char *
get_text (const GArray *fields, const char *name, const char *charset)
{
  g_autofree char *value = heddle_mime_get (fields, name);
  gsize length;

  return value ? heddle_charset_decode (value, strlen (value), charset, &length, NULL) : NULL;
}

static char *
read_subject (const GArray *fields, const char *charset, GPtrArray *warnings)
{
  g_autofree char *value = get_text (fields, "Subject", charset);
  g_autofree char *decoded = NULL, *once = NULL, *text = NULL;
  gsize length;

  if (value == NULL)
    return NULL;
  decoded = heddle_encoded_undo (value);
  once = heddle_mojibake_undo (decoded, strlen (decoded), &length);
  if (once != NULL)
    heddle_charset_warn (HEDDLE_CHARSET_TWICE, warnings);
  text = heddle_mime_text (once ? once : decoded);
  return *text ? g_steal_pointer (&text) : NULL;
}

static void
read_people (const GArray *fields, const char *name, const char *charset,
             const HeddleLimits *limits, GPtrArray *people, GPtrArray *warnings)
{
  g_autofree char *value = get_text (fields, name, charset);

  if (value != NULL)
    heddle_address_read (value, limits, people, warnings);
}

static void
warn_of_doubles (const GArray *fields, GPtrArray *warnings)
{
  static const char *const once[]
      = { "From", "To", "Cc", "Subject", "Date", "Message-ID", "In-Reply-To", "References" };

  for (gsize i = 0; i < G_N_ELEMENTS (once); i++)
    if (heddle_mime_count (fields, once[i]) > 1) {
      g_autofree char *sentence
          = g_strdup_printf ("The header has several %s fields; the first is used.", once[i]);

      heddle_warn (warnings, sentence);
    }
}

void
heddle_header_read (const GArray *fields, const char *charset, const HeddleLimits *limits,
                    HeddleMessage *message, GPtrArray *warnings)
{
  g_autoptr (GPtrArray) from
      = g_ptr_array_new_with_free_func ((GDestroyNotify)heddle_person_free);
  g_autofree char *date = heddle_mime_get (fields, "Date");

  warn_of_doubles (fields, warnings);
  read_people (fields, "From", charset, limits, from, warnings);
  if (from->len > 0)
    message->from = g_ptr_array_steal_index (from, 0);
  if (from->len > 0)
    heddle_warn (warnings, "The From field names several people; the first is used.");
  read_people (fields, "To", charset, limits, message->to, warnings);
  read_people (fields, "Cc", charset, limits, message->cc, warnings);
  read_people (fields, "Bcc", charset, limits, message->bcc, warnings);
  message->subject = read_subject (fields, charset, warnings);
  if (date != NULL && *date) {
    message->date = heddle_datefield_read (date);
    if (!message->date->has_local)
      heddle_warn (warnings, "The Date field cannot be read.");
  }
  message->message_id = first_id (fields, "Message-ID");
  message->in_reply_to = first_id (fields, "In-Reply-To");
  read_references (fields, limits, message, warnings);
  message->thread_index = read_thread_index (fields);
}
