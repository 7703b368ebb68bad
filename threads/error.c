/* SPDX-License-Identifier: MIT */
#include "threads/threads.h"

G_DEFINE_QUARK (heddle-threads-error-quark, heddle_threads_error)
