#!/bin/sh
# SPDX-License-Identifier: MIT
# Header queries find what notmuch finds: notmuch.py says which, and where they differ.
python=/usr/bin/python3
command -v notmuch > /dev/null || { echo "1..0 # SKIP notmuch is not there"; exit 0; }
[ -x "$python" ] || { echo "1..0 # SKIP python3 is not there"; exit 0; }
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
trap 'exit 99' HUP INT TERM
"$python" "$G_TEST_SRCDIR/tests/cli/notmuch.py" "$G_TEST_BUILDDIR/heddle" \
  "$G_TEST_SRCDIR/samples" "$tmp"
