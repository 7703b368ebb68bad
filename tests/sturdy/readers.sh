#!/bin/sh
# SPDX-License-Identifier: MIT
# readers.py says what it tests.
exec /usr/bin/python3 -B "$G_TEST_SRCDIR/tests/sturdy/readers.py"
