#!/bin/sh
# SPDX-License-Identifier: MIT
# The arrows of the architecture: no include against them, and a check that can fail.
cd "${G_TEST_SRCDIR:-.}" || exit 99
echo 1..3
if out=$(find base parser threads store followup spool milter worker cli -name '*.[ch]' \
           -exec tests/check-layers {} +); then
  echo "ok 1 - no include against the architecture"
else
  printf '%s\n' "$out" | sed 's/^/# /'
  echo "not ok 1 - no include against the architecture"
fi
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
mkdir "$tmp/parser" "$tmp/milter"
echo '#include "store/store.h"' > "$tmp/parser/bad.c"
echo '#include <sqlite3.h>' > "$tmp/milter/bad.c"
here=$PWD
cd "$tmp" || exit 99
if "$here/tests/check-layers" parser/bad.c > /dev/null; then echo "not ok 2 - an upward include is found"
else echo "ok 2 - an upward include is found"; fi
if "$here/tests/check-layers" milter/bad.c > /dev/null; then echo "not ok 3 - a foreign library is found"
else echo "ok 3 - a foreign library is found"; fi
