#!/bin/sh
# SPDX-License-Identifier: MIT
# The seed thread, where it is: $HEDDLE_SEED, or ../shared/seed-thread.txt beside the
# source tree. It is no part of the project, so elsewhere this is skipped.
src=${G_TEST_SRCDIR:-.}
seed=${HEDDLE_SEED:-$src/../shared/seed-thread.txt}
if [ ! -r "$seed" ]; then
  echo "1..0 # SKIP no seed thread at $(basename "$(dirname "$seed")")/$(basename "$seed")"
  exit 0
fi
if [ ! -x /usr/bin/python3 ]; then
  echo "1..0 # SKIP no /usr/bin/python3"
  exit 0
fi
exec /usr/bin/python3 "$src/tests/seed/seed.py" "${G_TEST_BUILDDIR:-build}/heddle" "$seed" \
  "$src/tests/seed/seed.data"
