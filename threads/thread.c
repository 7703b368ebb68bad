/* SPDX-License-Identifier: MIT */
/* threads/thread: the life of the public structs. */
#include "threads/match.h"

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
heddle_thread_mail_free (HeddleThreadMail *mail)
{
  if (!mail || --mail->refs > 0)
    return;
  heddle_traits_free (mail->traits, mail->chain ? mail->chain->messages->len : 0);
  heddle_chain_free (mail->chain);
  g_free (mail->mail);
  g_free (mail);
}

void
heddle_node_free (HeddleNode *node)
{
  if (!node)
    return;
  g_free (node->id);
  g_clear_pointer (&node->ids, g_ptr_array_unref);
  g_clear_pointer (&node->evidence, g_ptr_array_unref);
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
