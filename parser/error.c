/* SPDX-License-Identifier: MIT */
#include "parser/parser.h"

G_DEFINE_QUARK (heddle-parse-error-quark, heddle_parse_error)
