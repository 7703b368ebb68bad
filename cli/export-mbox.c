/* SPDX-License-Identifier: MIT */
/* An mbox of the mails that a thread was made from, then of what was only quoted in them,
 * as mails that say so (export-mail.c).
 *
 * It is of the mboxrd kind: a line of any number of '>' and "From " gets one
 * more '>', and the separator says so ("From mboxrd@z", as git's), so that reading it gives the bytes back. Line ends stay as they came; only a
 * mail whose last line has no end gets one, which the form needs.
 * Not handled: the separator's own sender and date, which nobody reads; they are
 * fixed, so that equal threads give equal files. */
#include "cli/export.h"

#include <string.h>

static gboolean
wants_quoting (const char *line, gsize length)
{
  gsize marks = 0;
  while (marks < length && line[marks] == '>')
    marks++;
  return length - marks >= 5 && memcmp (line + marks, "From ", 5) == 0;
}

static void
print_mbox_mail (GBytes *bytes)
{
  gsize left;
  const char *at = g_bytes_get_data (bytes, &left);
  /* An mbox's separator that came with the bytes is replaced by ours. */
  if (left >= 5 && memcmp (at, "From ", 5) == 0) {
    const char *newline = memchr (at, '\n', left);
    gsize skip = newline != NULL ? (gsize)(newline + 1 - at) : left;
    at += skip;
    left -= skip;
  }
  fputs ("From mboxrd@z Thu Jan  1 00:00:00 1970\n", stdout);
  gboolean ended = TRUE;
  while (left > 0) {
    const char *newline = memchr (at, '\n', left);
    gsize length = newline != NULL ? (gsize)(newline + 1 - at) : left;
    if (wants_quoting (at, length))
      fputc ('>', stdout);
    fwrite (at, 1, length, stdout);
    ended = newline != NULL;
    at += length;
    left -= length;
  }
  fputs (ended ? "\n" : "\n\n", stdout);
}

/* Every mail that shows a message of @thread, each once, those that were received
 * as a message of it in the thread's order. */
static GPtrArray *
mails_of (const HeddleThread *thread)
{
  g_autoptr (GPtrArray) mails = g_ptr_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (int received = 1; received >= 0; received--)
    for (guint i = 0; i < thread->messages->len; i++) {
      const HeddleNode *node = thread->messages->pdata[i];
      for (guint j = 0; j < node->evidence->len; j++) {
        HeddleEvidence *evidence = node->evidence->pdata[j];
        if (evidence->received == received && g_hash_table_add (seen, evidence->mail))
          g_ptr_array_add (mails, evidence->mail);
      }
    }
  return g_steal_pointer (&mails);
}

int
heddle_export_mbox (HeddleCli *cli, const HeddleExport *export, GError **error)
{
  g_autoptr (GPtrArray) mails = mails_of (export->thread);
  for (guint i = 0; i < mails->len; i++) {
    g_autoptr (GBytes) bytes = heddle_store_raw (cli->store, mails->pdata[i], error);
    if (bytes == NULL)
      return -1;
    print_mbox_mail (bytes);
  }
  for (guint i = 0; i < export->thread->messages->len; i++) {
    const HeddleNode *node = export->thread->messages->pdata[i];
    if (node->message->kind == HEDDLE_KIND_MISSING || heddle_node_is_received (node))
      continue;
    char *mail = heddle_export_mail (export->thread, node);
    g_autoptr (GBytes) bytes = g_bytes_new_take (mail, strlen (mail));
    print_mbox_mail (bytes);
  }
  return HEDDLE_EXIT_OK;
}
