/* SPDX-License-Identifier: MIT */
/* base/log.c: no value can forge a line. */
#include "base/base.h"

static void
test_escapes (void)
{
  if (g_test_subprocess ()) {
    g_unsetenv ("JOURNAL_STREAM");
    heddle_log (HEDDLE_LOG_NOTICE, "stored", "mail", "ab12", "left-out", NULL, "why",
                "two words\nerror forged \x1b[31m\xc3\xbc", "empty", "", NULL);
    heddle_log (HEDDLE_LOG_DEBUG, "unseen", NULL);
    g_setenv ("JOURNAL_STREAM", "8:1", TRUE);
    heddle_log_set_level (HEDDLE_LOG_DEBUG);
    heddle_log (HEDDLE_LOG_DEBUG, "seen", NULL);
    return;
  }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*notice stored mail=ab12 why=\"two words\\x0aerror forged "
                             "\\x1b[31m\\xc3\\xbc\" empty=\"\"\n<7>debug seen\n*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/log/escapes", test_escapes);
  return g_test_run ();
}
