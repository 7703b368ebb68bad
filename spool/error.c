/* SPDX-License-Identifier: MIT */
#include "spool/spool.h"

G_DEFINE_QUARK (heddle-spool-error-quark, heddle_spool_error)
