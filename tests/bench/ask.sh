#!/bin/sh
# SPDX-License-Identifier: MIT
# ask.sh HEDDLE [MAILDIR]: ask.py, where what it needs is there.
command -v notmuch > /dev/null || { echo "questions: left out, notmuch is not there"; exit 0; }
[ -x /usr/bin/python3 ] || { echo "questions: left out, python3 is not there"; exit 0; }
exec /usr/bin/python3 "$(dirname "$0")/ask.py" "$@"
