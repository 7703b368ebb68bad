#!/bin/sh
# SPDX-License-Identifier: MIT
# No two libraries define the same symbol: a linker takes the first archive's and
# says nothing.
command -v nm > /dev/null || { echo "1..0 # SKIP nm is not there"; exit 0; }
list=$(mktemp) || exit 99
cd "$G_TEST_BUILDDIR" || exit 99
# What makes the tables at build time is in no program that is installed.
ls */libheddle-*.a | grep -v /libheddle-build.a | xargs nm -A --defined-only 2> /dev/null |
  awk 'NF >= 3 && $(NF - 1) ~ /^[A-TV-Z]$/ && $NF ~ /^heddle_/ { print $NF }' | sort > "$list"
trap 'rm -f "$list"' EXIT
echo 1..2
if [ "$(wc -l < "$list")" -gt 50 ]; then echo "ok 1 - symbols are found"
else echo "not ok 1 - symbols are found"; fi
twice=$(uniq -d "$list")
if [ -z "$twice" ]; then echo "ok 2 - each is defined once"
else
  echo "# $twice"
  echo "not ok 2 - each is defined once"
fi
