#!/bin/sh
# SPDX-License-Identifier: MIT
# Samples, and the seed thread where it is ($HEDDLE_SEED, or ../shared/seed-thread.txt
# beside the source tree), as mailers change them; variations.py says how.
src=${G_TEST_SRCDIR:-.}
python=/usr/bin/python3
[ -x "$python" ] || { echo "1..0 # SKIP $python is not there"; exit 0; }
heddle=${G_TEST_BUILDDIR:-build}/heddle
# Under a sanitizer making the parser takes most of a second, each time.
if ldd "$heddle" 2> /dev/null | grep -q libasan; then
  HEDDLE_VARIATIONS=${HEDDLE_VARIATIONS:-few}
  export HEDDLE_VARIATIONS
fi
exec "$python" "$src/tests/variations/variations.py" "$heddle" \
  "$src/samples" "${HEDDLE_SEED:-$src/../shared/seed-thread.txt}"
