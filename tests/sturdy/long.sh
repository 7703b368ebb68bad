#!/bin/sh
# SPDX-License-Identifier: MIT
# long.py says what it tests.
exec /usr/bin/python3 -B "$G_TEST_SRCDIR/tests/sturdy/long.py"
