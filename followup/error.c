/* SPDX-License-Identifier: MIT */
#include "followup/followup.h"

G_DEFINE_QUARK (heddle - followup - error - quark, heddle_followup_error)
