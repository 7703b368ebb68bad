/* SPDX-License-Identifier: MIT */
#include "store/store.h"

G_DEFINE_QUARK (heddle-store-error-quark, heddle_store_error)
