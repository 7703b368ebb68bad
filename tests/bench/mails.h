/* SPDX-License-Identifier: MIT */
/* mails: what the benches of reading work on. */
#ifndef HEDDLE_TESTS_BENCH_MAILS_H
#define HEDDLE_TESTS_BENCH_MAILS_H

#include <glib.h>

/* The files below the folder that HEDDLE_BENCH_MAILDIR names, else below @folder, as an array
 * of GBytes (transfer full); NULL, and a line on stderr, where there are none. @ret_bytes:
 * gets how large they are together. */
GPtrArray *bench_mails (const char *folder, gsize *ret_bytes);

#endif
