/* SPDX-License-Identifier: MIT */
/* What `heddle remind` and heddle-deliver agree on. */
#ifndef HEDDLE_CLI_DELIVER_H
#define HEDDLE_CLI_DELIVER_H

#include "base/base.h"

/* heddle-deliver's exit status when the relay cannot be reached: the mails wait. */
#define HEDDLE_DELIVER_RELAY HEDDLE_EXIT_UNAVAILABLE

#endif
