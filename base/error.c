/* SPDX-License-Identifier: MIT */
#include "base/base.h"

G_DEFINE_QUARK (heddle-base-error-quark, heddle_base_error)
