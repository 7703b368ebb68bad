/* SPDX-License-Identifier: MIT */
/* Where Heddle's other programs are: beside this one (the build folder), or where `make
 * install` put them; by this program's own path first, so that an installation that was
 * moved whole still works. A developer's build knows its folder and looks there last. */
#include "config.h"

#include "cli/cli.h"

char *
heddle_program_find (const char *name)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : g_strdup (".");
  g_autofree char *above = g_path_get_dirname (folder);
  char *places[] = {
    self != NULL ? g_build_filename (folder, name, NULL) : NULL,
    self != NULL ? g_build_filename (above, "libexec", PACKAGE_TARNAME, name, NULL) : NULL,
    g_build_filename (HEDDLE_LIBEXECDIR, name, NULL),
#ifdef HEDDLE_BUILDDIR
    g_build_filename (HEDDLE_BUILDDIR, name, NULL),
#endif
  };
  char *found = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
    if (found == NULL && places[i] != NULL && g_file_test (places[i], G_FILE_TEST_IS_EXECUTABLE))
      found = g_steal_pointer (&places[i]);
    g_free (places[i]);
  }
  return found;
}
