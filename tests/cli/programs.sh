#!/bin/sh
# SPDX-License-Identifier: MIT
# What each program is made of: what reads the store has no SMTP client in it, and the
# one that has is found beside it, in the build folder and where it is installed.
. "$G_TEST_SRCDIR/tests/cli/lib.sh"
status=0

needs () { readelf -d "$1" | grep -q "NEEDED.*\[lib$2\."; }
lacks () { ! needs "$@"; }
if command -v readelf > /dev/null; then
  test_ "heddle has no SMTP client" lacks "$heddle" curl
  test_ "heddle-deliver has" needs "$G_TEST_BUILDDIR/heddle-deliver" curl
fi

"$G_TEST_BUILDDIR/heddle-deliver" > "$tmp/out" 2> "$tmp/err"
status=$?
is "heddle-deliver alone says who runs it" 2
test_ "and names remind" grep -q "heddle remind" "$tmp/err"
"$G_TEST_BUILDDIR/heddle-deliver" "$tmp/no/such.db" never > "$tmp/out" 2> "$tmp/err"
status=$?
is "a clock that is no number" 2
finish
