/* SPDX-License-Identifier: MIT */
#include "worker/worker.h"

G_DEFINE_QUARK (heddle-worker-error-quark, heddle_worker_error)
