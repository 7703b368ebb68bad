/* SPDX-License-Identifier: MIT */
/* mails: see mails.h. */
#include "tests/bench/mails.h"

#include <stdio.h>

static void
load (const char *path, GPtrArray *mails)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  char *bytes;
  gsize length;

  if (dir == NULL) {
    if (!g_str_has_suffix (path, ".json") && !g_str_has_suffix (path, ".ann")
        && g_file_get_contents (path, &bytes, &length, NULL))
      g_ptr_array_add (mails, g_bytes_new_take (bytes, length));
    return;
  }
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *below = g_build_filename (path, name, NULL);

    load (below, mails);
  }
}

GPtrArray *
bench_mails (const char *folder, gsize *ret_bytes)
{
  const char *named = g_getenv ("HEDDLE_BENCH_MAILDIR");
  g_autoptr (GPtrArray) mails = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);

  folder = named != NULL ? named : folder;
  if (folder != NULL)
    load (folder, mails);
  if (mails->len == 0) {
    fprintf (stderr, "bench: no mails below %s\n", folder != NULL ? folder : "nothing");
    return NULL;
  }
  *ret_bytes = 0;
  for (guint i = 0; i < mails->len; i++)
    *ret_bytes += g_bytes_get_size (mails->pdata[i]);
  return g_steal_pointer (&mails);
}
