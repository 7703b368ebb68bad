/* SPDX-License-Identifier: MIT */
/* What the program that only reads does with what it does not do. */
#ifndef HEDDLE_CLI_READER_H
#define HEDDLE_CLI_READER_H

#include "cli/cli.h"

/* Whether this program answers @cli itself. */
gboolean heddle_reader_serves (const HeddleCli *cli);
/* Become the program that does; returns, with an exit status, only where there is none. */
int heddle_reader_hand_over (char **argv);

#endif
