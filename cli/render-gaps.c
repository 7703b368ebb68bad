/* SPDX-License-Identifier: MIT */
/* The JSON of what is missing and of which mails are needed (docs/schema/gaps.json,
 * inclusive.json). */
#include "cli/cli.h"

static const char *
id_of (const HeddleThread *thread, guint message)
{
  return ((const HeddleNode *)thread->messages->pdata[message])->id;
}

void
heddle_render_gap (HeddleJson *json, const HeddleThread *thread, const HeddleGap *gap)
{
  const HeddleNode *node = thread->messages->pdata[gap->message];

  heddle_json_begin_object (json, NULL);
  heddle_json_string (json, "kind", heddle_gap_kind_name (gap->kind));
  heddle_json_string (json, "thread", thread->id);
  heddle_json_string (json, "message", node->id);
  heddle_json_string (json, "message_id", node->message->message_id);
  heddle_json_string (json, "name", gap->name);
  heddle_json_begin_array (json, "evidence");
  for (guint i = 0; i < gap->evidence->len; i++) {
    const HeddleGapEvidence *evidence = gap->evidence->pdata[i];
    heddle_json_flat (json);
    heddle_json_begin_object (json, NULL);
    heddle_json_string (json, "message", id_of (thread, evidence->message));
    heddle_json_string (json, "mail", evidence->mail);
    heddle_json_string (json, "why", heddle_gap_reason_name (evidence->reason));
    heddle_json_string (json, "text", evidence->text);
    heddle_json_end_object (json);
  }
  heddle_json_end_array (json);
  heddle_json_time (json, "after", gap->after);
  heddle_json_time (json, "before", gap->before);
  heddle_render_person (json, "likely_author", gap->likely_author);
  heddle_json_begin_object (json, "ask");
  heddle_render_person (json, "person", gap->ask);
  heddle_json_string (json, "sentence", gap->sentence);
  heddle_json_end_object (json);
  heddle_json_end_object (json);
}

static void
render_adds (HeddleJson *json, const HeddleThread *thread, const HeddleInclusiveMail *mail)
{
  heddle_json_begin_object (json, "adds");
  heddle_json_flat (json);
  heddle_json_begin_array (json, "messages");
  for (guint i = 0; i < mail->messages->len; i++)
    heddle_json_string (json, NULL, id_of (thread, g_array_index (mail->messages, guint, i)));
  heddle_json_end_array (json);
  heddle_json_begin_array (json, "attachments");
  for (guint i = 0; i < mail->attachments->len; i++) {
    const HeddleAddition *addition = &g_array_index (mail->attachments, HeddleAddition, i);
    heddle_json_flat (json);
    heddle_json_begin_object (json, NULL);
    heddle_json_string (json, "message", id_of (thread, addition->message));
    heddle_json_string (json, "name", addition->attachment->name);
    heddle_json_string (json, "sha256", addition->attachment->sha256);
    heddle_json_end_object (json);
  }
  heddle_json_end_array (json);
  heddle_json_begin_array (json, "variants");
  for (guint i = 0; i < mail->variants->len; i++) {
    const HeddleAddition *addition = &g_array_index (mail->variants, HeddleAddition, i);
    heddle_json_flat (json);
    heddle_json_begin_object (json, NULL);
    heddle_json_string (json, "message", id_of (thread, addition->message));
    heddle_json_string (json, "how", heddle_copy_name (addition->copy));
    heddle_json_end_object (json);
  }
  heddle_json_end_array (json);
  heddle_json_end_object (json);
}

void
heddle_render_inclusive (HeddleJson *json, const HeddleThread *thread,
                         const HeddleInclusive *inclusive)
{
  heddle_json_begin_object (json, NULL);
  heddle_json_string (json, "thread", thread->id);
  heddle_json_int (json, "messages", thread->messages->len);
  heddle_json_int (json, "missing", inclusive->unheld);
  heddle_json_int (json, "needed", inclusive->needed);
  heddle_json_int (json, "least", inclusive->least);
  heddle_json_begin_array (json, "mails");
  for (guint i = 0; i < inclusive->mails->len; i++) {
    const HeddleInclusiveMail *mail = inclusive->mails->pdata[i];
    heddle_json_begin_object (json, NULL);
    heddle_json_string (json, "mail", mail->mail->mail);
    heddle_json_string (json, "message",
                        mail->message >= 0 ? id_of (thread, (guint)mail->message) : NULL);
    heddle_json_bool (json, "needed", mail->needed);
    heddle_json_int (json, "holds", mail->holds);
    render_adds (json, thread, mail);
    heddle_json_end_object (json);
  }
  heddle_json_end_array (json);
  heddle_json_end_object (json);
}
