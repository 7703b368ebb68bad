#!/bin/sh
# SPDX-License-Identifier: MIT
# Samples, and the seed thread where it is ($HEDDLE_SEED, or ../shared/seed-thread.txt
# beside the source tree), as mailers change them; variations.py says how.
src=${G_TEST_SRCDIR:-.}
python=/usr/bin/python3
[ -x "$python" ] || { echo "1..0 # SKIP $python is not there"; exit 0; }
exec "$python" "$src/tests/variations/variations.py" "${G_TEST_BUILDDIR:-build}/heddle" \
  "$src/samples" "${HEDDLE_SEED:-$src/../shared/seed-thread.txt}"
