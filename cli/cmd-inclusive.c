/* SPDX-License-Identifier: MIT */
/* heddle inclusive: the fewest mails that hold a whole thread, and what the others add. */
#include "cli/cli.h"

/* The mails that the evidence of @thread names: array of HeddleThreadMail. */
static GPtrArray *
mails_of (HeddleStore *store, const HeddleThread *thread, GError **error)
{
  g_autoptr (GPtrArray) mails
      = g_ptr_array_new_with_free_func ((GDestroyNotify)heddle_thread_mail_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < thread->messages->len; i++) {
    const HeddleNode *node = thread->messages->pdata[i];
    for (guint k = 0; k < node->evidence->len; k++) {
      const HeddleEvidence *evidence = node->evidence->pdata[k];
      if (!g_hash_table_add (seen, evidence->mail))
        continue;
      HeddleChain *chain = heddle_store_chain (store, evidence->mail, error);
      if (chain == NULL)
        return NULL;
      g_ptr_array_add (mails, heddle_thread_mail_new (evidence->mail, evidence->verified, chain));
    }
  }
  return g_steal_pointer (&mails);
}

static void
print_adds (const HeddleThread *thread, const HeddleInclusiveMail *mail)
{
  guint n = mail->attachments->len + mail->variants->len;
  if (mail->needed && mail->messages->len > 0)
    printf ("      alone holds %u of the messages\n", mail->messages->len);
  for (guint i = 0; i < mail->attachments->len; i++) {
    const HeddleAddition *addition = &g_array_index (mail->attachments, HeddleAddition, i);
    g_autofree char *name
        = heddle_clean (addition->attachment->name != NULL ? addition->attachment->name
                                                           : "without a name",
                        TRUE);
    printf ("      adds the file %s, sha256 %s\n", name, addition->attachment->sha256);
  }
  for (guint i = 0; i < mail->variants->len; i++) {
    const HeddleAddition *addition = &g_array_index (mail->variants, HeddleAddition, i);
    printf ("      adds another text of %s: %s\n",
            ((const HeddleNode *)thread->messages->pdata[addition->message])->id,
            heddle_copy_name (addition->copy));
  }
  if (!mail->needed && n == 0)
    printf ("      adds nothing\n");
}

static void
print_mail (const HeddleThread *thread, const HeddleInclusiveMail *mail)
{
  const GPtrArray *messages = mail->mail->chain->messages;
  const HeddleMessage *own = messages->len > 0 ? messages->pdata[0] : NULL;
  g_autofree char *who = heddle_text_person (own != NULL ? own->from : NULL);
  g_autofree char *when = heddle_text_date (own != NULL ? own->date : NULL);
  printf ("  %s%.16s%s  %s, %s: %u of %u messages\n", heddle_style (HEDDLE_STYLE_BOLD),
          mail->mail->mail, heddle_style (HEDDLE_STYLE_PLAIN), when, who, mail->holds,
          thread->messages->len);
  print_adds (thread, mail);
}

static void
print_text (const HeddleThread *thread, const HeddleInclusive *inclusive)
{
  for (int needed = 1; needed >= 0; needed--) {
    if (needed == 1)
      printf ("%u of %u mails hold every message that was shown:\n", inclusive->needed,
              inclusive->mails->len);
    else if (inclusive->needed < inclusive->mails->len)
      printf ("the others:\n");
    for (guint i = 0; i < inclusive->mails->len; i++) {
      const HeddleInclusiveMail *mail = inclusive->mails->pdata[i];
      if (mail->needed == needed)
        print_mail (thread, mail);
    }
  }
  if (inclusive->unheld > 0)
    printf ("no mail holds %u of the messages: heddle gaps %s\n", inclusive->unheld, thread->id);
}

int
heddle_cmd_inclusive (HeddleCli *cli)
{
  g_autoptr (GError) error = NULL;
  HeddleStore *store = heddle_cli_store (cli, HEDDLE_STORE_READ, &error);
  g_autoptr (HeddleThread) thread
      = store != NULL ? heddle_cli_thread (cli, heddle_cli_arg (cli, 0), &error) : NULL;
  g_autoptr (GPtrArray) mails = thread != NULL ? mails_of (store, thread, &error) : NULL;
  if (mails == NULL)
    return heddle_cli_fail (cli, error);
  g_autoptr (HeddleInclusive) inclusive = heddle_inclusive (thread, mails);
  if (cli->json) {
    HeddleJson *json = heddle_json_new (2);
    heddle_render_inclusive (json, thread, inclusive);
    heddle_cli_print_json (json);
  } else
    print_text (thread, inclusive);
  if (inclusive->needed > inclusive->least)
    heddle_cli_note (cli, "finding the fewest would take too long; %u or more mails are needed",
                     inclusive->least);
  return HEDDLE_EXIT_OK;
}
