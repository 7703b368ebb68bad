/* SPDX-License-Identifier: MIT */
/* Any bytes as a mail: an error or a HeddleMail within its limits, whose head is fit
 * to cross the pipe. */
#include "parser/mail.h"
#include "tests/fuzz/fuzz.h"

static void
check_mail (const HeddleMail *mail)
{
  const HeddleLimits *limits = &heddle_limits_default;
  g_autoptr (HeddleChain) chain = heddle_chain_new ();
  g_autoptr (GBytes) record = NULL;
  g_autoptr (HeddleChain) back = NULL;

  g_assert_cmpuint (mail->body->lines->len, <=, limits->lines);
  g_assert_cmpuint (mail->head->references->len, <=, limits->references);
  for (guint i = 0; i < mail->body->lines->len; i++) {
    const HeddleLine *line = mail->body->lines->pdata[i];

    g_assert_true (g_utf8_validate (line->text, -1, NULL));
    g_assert_true (g_utf8_validate (line->content, -1, NULL));
  }
  /* The reader refuses what is not UTF-8 and what is out of range. */
  g_ptr_array_add (chain->messages, heddle_message_copy (mail->head));
  record = heddle_chain_to_record (chain, TRUE);
  back = heddle_chain_from_record (record, NULL);
  g_assert_nonnull (back);
  for (guint i = 0; i < mail->nested->len; i++)
    check_mail (mail->nested->pdata[i]);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (HeddleMail) mail = heddle_mail_read (data, size, NULL, warnings, NULL);

  if (mail != NULL)
    check_mail (mail);
  return 0;
}
