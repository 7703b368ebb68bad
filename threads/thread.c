/* SPDX-License-Identifier: MIT */
/* threads/thread: the life of the public structs. */
#include "base/base.h"
#include "threads/match.h"

#include <string.h>

HeddleThreadMail *
heddle_thread_mail_new (const char *mail, gboolean verified, HeddleChain *chain)
{
  HeddleThreadMail *ret = g_new0 (HeddleThreadMail, 1);

  ret->mail = g_strdup (mail);
  ret->verified = verified;
  ret->chain = chain;
  ret->refs = 1;
  return ret;
}

HeddleThreadMail *
heddle_thread_mail_ref (HeddleThreadMail *mail)
{
  mail->refs++;
  return mail;
}

void
heddle_thread_mail_forget (HeddleThreadMail *mail)
{
  heddle_traits_free (mail->traits, mail->chain ? mail->chain->messages->len : 0);
  mail->traits = NULL;
  g_clear_pointer (&mail->chain, heddle_chain_free);
  g_clear_pointer (&mail->rules, g_ptr_array_unref);
  g_clear_pointer (&mail->keys, g_ptr_array_unref);
}

void
heddle_thread_mail_free (HeddleThreadMail *mail)
{
  if (!mail || --mail->refs > 0)
    return;
  heddle_thread_mail_forget (mail);
  g_free (mail->mail);
  g_free (mail);
}

const char *
heddle_difference_name (HeddleDifference difference)
{
  static const char *const names[] = { NULL, "truncated", "extended", "redacted", "open", "other" };
  return names[difference];
}

void
heddle_node_free (HeddleNode *node)
{
  if (!node)
    return;
  g_free (node->id);
  g_clear_pointer (&node->ids, g_ptr_array_unref);
  g_clear_pointer (&node->evidence, g_ptr_array_unref);
  g_clear_pointer (&node->variants, g_ptr_array_unref);
  g_clear_pointer (&node->namesakes, g_ptr_array_unref);
  heddle_message_free (node->message);
  g_free (node);
}

void
heddle_thread_free (HeddleThread *thread)
{
  if (!thread)
    return;
  g_free (thread->id);
  g_clear_pointer (&thread->ids, g_ptr_array_unref);
  g_free (thread->subject);
  g_clear_pointer (&thread->participants, g_ptr_array_unref);
  g_clear_pointer (&thread->messages, g_ptr_array_unref);
  g_free (thread);
}

void
heddle_bundle_free (HeddleBundle *bundle)
{
  if (!bundle)
    return;
  g_clear_pointer (&bundle->mails, g_ptr_array_unref);
  g_clear_pointer (&bundle->threads, g_ptr_array_unref);
  g_free (bundle);
}

/* --- names of messages ------------------------------------------------------------ */

static gboolean
evidence_gives (const HeddleEvidence *evidence, const char *id)
{
  return id[0] == 't' && strcmp (evidence->id + 1, id + 1) == 0;
}

static gboolean
node_is_named (const HeddleNode *node, const char *id)
{
  if (g_strcmp0 (node->message->message_id, id) == 0)
    return TRUE;
  for (guint i = 0; i < node->ids->len; i++) {
    if (strcmp (node->ids->pdata[i], id) == 0)
      return TRUE;
  }
  for (guint i = 0; *id == 't' && i < node->evidence->len; i++) {
    if (evidence_gives (node->evidence->pdata[i], id))
      return TRUE;
  }
  return FALSE;
}

int
heddle_thread_find (const HeddleThread *thread, const char *id)
{
  for (guint i = 0; i < thread->messages->len; i++) {
    if (node_is_named (thread->messages->pdata[i], id))
      return (int) i;
  }
  return -1;
}

const HeddleEvidence *
heddle_node_anchor (const HeddleNode *node)
{
  for (guint i = 0; i < node->evidence->len; i++) {
    const HeddleEvidence *evidence = node->evidence->pdata[i];
    if (evidence->received)
      return evidence;
  }
  return node->evidence->len > 0 ? node->evidence->pdata[0] : NULL;
}
