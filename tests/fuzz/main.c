/* SPDX-License-Identifier: MIT */
/* Replays inputs through a fuzz target: the files that are named ("-" is standard
 * input), else all of tests/fuzz/corpus/TARGET, each reported as a test (TAP). */
#include "tests/fuzz/fuzz.h"

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>

static void
replay_stdin (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 piece[4096];
  size_t n;

  while ((n = fread (piece, 1, sizeof piece, stdin)) > 0)
    g_byte_array_append (bytes, piece, (guint)n);
  LLVMFuzzerTestOneInput (bytes->data ? bytes->data : piece, bytes->len);
}

static gboolean
replay_file (const char *path)
{
  g_autofree char *bytes = NULL;
  gsize length;

  if (!g_file_get_contents (path, &bytes, &length, NULL))
    return FALSE;
  LLVMFuzzerTestOneInput ((const uint8_t *)bytes, length);
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

static int
replay_corpus (const char *target)
{
  const char *top = g_getenv ("G_TEST_SRCDIR");
  g_autofree char *folder
      = g_build_filename (top ? top : ".", "tests", "fuzz", "corpus", target, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;
  int failed = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  if (names->len == 0) {
    printf ("1..1\nnot ok 1 - %s has inputs\n", folder);
    return 1;
  }
  g_ptr_array_sort (names, compare_names);
  printf ("1..%u\n", names->len);
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *path = g_build_filename (folder, names->pdata[i], NULL);
    gboolean ok = replay_file (path);

    failed += !ok;
    printf ("%s %u - %s/%s\n", ok ? "ok" : "not ok", i + 1, target, (char *)names->pdata[i]);
    fflush (stdout); /* a crash must not take the lines before it along */
  }
  return failed > 0;
}

int
main (int argc, char **argv)
{
  g_autofree char *target = g_path_get_basename (argv[0]);

  if (argc == 1)
    return replay_corpus (target);
  for (int i = 1; i < argc; i++) {
    if (g_str_equal (argv[i], "-")) {
      replay_stdin ();
    } else if (!replay_file (argv[i])) {
      fprintf (stderr, "%s: cannot be read\n", argv[i]);
      return 1;
    }
  }
  return 0;
}
