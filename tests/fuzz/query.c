/* SPDX-License-Identifier: MIT */
/* Any bytes as a query: an error that names a column, or a tree whose SQL the index
 * takes; and as a text that the same query marks in a snippet. */
#include <stdlib.h>
#include <string.h>

#include <glib/gstdio.h>

#include "store/query.h"
#include "store/snippet.h"
#include "tests/fuzz/fuzz.h"

#define NOW 1523390351

static char *folder;
static HeddleStore *store;

static void
clean_up (void)
{
  static const char *const names[] = { "x.db", "x.db-wal", "x.db-shm", "x.db-index", "x.db-index-wal",
                                       "x.db-index-shm" };
  heddle_store_close (store);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (folder, names[i], NULL);
    g_remove (path);
  }
  g_rmdir (folder);
  g_free (folder);
}

static void
open_store (void)
{
  folder = g_dir_make_tmp ("heddle-fuzz-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "x.db", NULL);
  store = heddle_store_open (path, HEDDLE_STORE_WRITE, NULL);
  g_assert_nonnull (store);
  atexit (clean_up);
}

static GPtrArray *
no_threads (HeddleAskState state, gpointer data, GError **error)
{
  return g_ptr_array_new ();
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const HeddleAskOptions options = { .now = NOW, .limit = 10, .threads_in = no_threads };
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GError) error = NULL;

  if (store == NULL)
    open_store ();
  g_autoptr (HeddleQuery) query = heddle_query_parse (text, NOW, NULL, &error);
  if (query == NULL) {
    g_assert_error (error, HEDDLE_STORE_ERROR, HEDDLE_STORE_ERROR_QUERY);
    g_assert_true (g_str_has_prefix (error->message, "at column "));
    return 0;
  }
  g_autofree char *snippet = heddle_snippet (valid, query);
  g_assert_true (g_utf8_validate (snippet, -1, NULL));
  g_assert_cmpuint (strlen (snippet), <, 4096);
  g_autoptr (GPtrArray) hits = heddle_store_search (store, text, &options, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) threads = heddle_store_threads (store, text, &options, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) tally
      = heddle_store_tally (store, text, HEDDLE_OUTPUT_URLS, &options, &error);
  g_assert_no_error (error);
  return 0;
}
