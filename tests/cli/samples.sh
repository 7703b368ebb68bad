#!/bin/sh
# SPDX-License-Identifier: MIT
# Every sample mail gives its expected answer; samples.py says how.
python=/usr/bin/python3
[ -x "$python" ] || { echo "1..0 # SKIP $python is not there"; exit 0; }
exec "$python" "$G_TEST_SRCDIR/tests/cli/samples.py" "$G_TEST_BUILDDIR/heddle" "$G_TEST_SRCDIR/samples"
