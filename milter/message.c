/* SPDX-License-Identifier: MIT */
/* message: one mail on its way from the MTA into the spool.
 *
 * The bytes are those of the mail on the wire: a milter gets fields without their
 * line ends and folded with LF, so CRLF is put back; the body comes with CRLF as it
 * is. What the MTA itself strips (NUL in a header) is not there to keep. */
#include "config.h"

#include <string.h>

#include "milter/message.h"

HeddleMilterMessage *
heddle_milter_message_new (guint64 limit)
{
  HeddleMilterMessage *message = g_new0 (HeddleMilterMessage, 1);
  message->envelope = heddle_spool_envelope_new ();
  message->inboxes = g_ptr_array_new_with_free_func (g_free);
  message->limit = limit;
  return message;
}

static void
drop_writer (HeddleMilterMessage *message)
{
  heddle_spool_abort (g_steal_pointer (&message->writer));
}

void
heddle_milter_message_free (HeddleMilterMessage *message)
{
  if (message == NULL)
    return;
  drop_writer (message);
  heddle_spool_envelope_free (message->envelope);
  g_ptr_array_unref (message->inboxes);
  g_clear_error (&message->trouble);
  g_free (message);
}

void
heddle_milter_message_begin (HeddleMilterMessage *message, HeddleSpool *spool)
{
  message->writer = heddle_spool_begin (spool, &message->trouble);
}

static void
append (HeddleMilterMessage *message, gconstpointer bytes, gsize length)
{
  if (message->writer == NULL)
    return;
  message->size += length;
  if (message->size > message->limit)
    g_set_error (&message->trouble, HEDDLE_SPOOL_ERROR, HEDDLE_SPOOL_ERROR_LIMIT,
                 "larger than milter.max-bytes (%" G_GUINT64_FORMAT
                 "); lower the MTA's message_size_limit or raise max-bytes",
                 message->limit);
  else
    heddle_spool_write (message->writer, bytes, length, &message->trouble);
  if (message->trouble != NULL)
    drop_writer (message);
}

static void
append_text (HeddleMilterMessage *message, const char *text)
{
  append (message, text, strlen (text));
}

void
heddle_milter_message_header (HeddleMilterMessage *message, const char *name, const char *value,
                              gboolean blank)
{
  g_ptr_array_add (message->envelope->header_order, g_strdup (name));
  append_text (message, name);
  append_text (message, blank ? ": " : ":");
  for (const char *feed; (feed = strchr (value, '\n')) != NULL; value = feed + 1) {
    gsize length = (gsize) (feed - value);
    append (message, value, length > 0 && feed[-1] == '\r' ? length - 1 : length);
    append_text (message, "\r\n");
  }
  append_text (message, value);
  append_text (message, "\r\n");
}

void
heddle_milter_message_body (HeddleMilterMessage *message, gconstpointer bytes, gsize length)
{
  append (message, bytes, length);
}

gboolean
heddle_milter_message_commit (HeddleMilterMessage *message, char **ret_name)
{
  return message->writer != NULL
         && heddle_spool_commit (g_steal_pointer (&message->writer), message->envelope, ret_name,
                                 &message->trouble);
}
