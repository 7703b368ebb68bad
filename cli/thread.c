/* SPDX-License-Identifier: MIT */
/* The thread that somebody names on the command line. Anybody can write a Message-ID of
 * somebody else's mail into their own: the store knows whose it is, and here it is said
 * that others bear it too. */
#include "cli/cli.h"

#include <string.h>

/* Enough to look at; show --json names them under "message_id_shared_with". */
#define NAMED 8

static void
note_others (HeddleCli *cli, const HeddleThread *thread, const char *id)
{
  gsize length = strlen (id);
  gboolean bracketed = length > 2 && id[0] == '<' && id[length - 1] == '>';
  g_autofree char *bare = bracketed ? g_strndup (id + 1, length - 2) : g_strdup (id);
  const HeddleNode *node = NULL;
  for (guint i = 0; i < thread->messages->len && node == NULL; i++) {
    const HeddleNode *one = thread->messages->pdata[i];
    if (one->namesakes->len > 0 && g_strcmp0 (one->message->message_id, bare) == 0)
      node = one;
  }
  if (node == NULL)
    return;
  g_autoptr (GString) list = g_string_new (NULL);
  for (guint i = 0; i < node->namesakes->len && i < NAMED; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", (char *)node->namesakes->pdata[i]);
  heddle_cli_note (cli, "this is %s; others bear the same Message-ID, by mistake or forged: %s%s",
                   node->id, list->str, node->namesakes->len > NAMED ? " …" : "");
}

HeddleThread *
heddle_cli_thread (HeddleCli *cli, const char *id, GError **error)
{
  HeddleThread *thread = heddle_store_thread (cli->store, id, error);
  if (thread != NULL)
    note_others (cli, thread, id);
  return thread;
}
