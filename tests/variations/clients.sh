#!/bin/sh
# SPDX-License-Identifier: MIT
# Every client in its forms and languages, and docs/clients.md, which says so; clients.py says
# how. With --print that page is written.
src=${G_TEST_SRCDIR:-$(dirname "$0")/../..}
python=/usr/bin/python3
[ -x "$python" ] || { echo "1..0 # SKIP $python is not there"; exit 0; }
page=$src/docs/clients.md
if [ "${1:-}" = --print ]; then
  "$python" "$src/tests/variations/clients.py" "$src/samples" "$page" --print > "$page.new" \
    && mv "$page.new" "$page"
else
  exec "$python" "$src/tests/variations/clients.py" "$src/samples" "$page"
fi
