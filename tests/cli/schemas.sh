#!/bin/sh
# SPDX-License-Identifier: MIT
# The schemas themselves: each can refuse, field by field.
. "$G_TEST_SRCDIR/tests/cli/lib.sh"
if "$python" -c 'import jsonschema' 2> /dev/null; then
  test_ "every promised field is missed and every wrong type seen" \
    "$python" "$G_TEST_SRCDIR/tests/cli/schema.py" --self-test
  finish
else
  echo "1..0 # SKIP python3-jsonschema is not there"
fi
