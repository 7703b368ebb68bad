#!/bin/sh
# SPDX-License-Identifier: MIT
# tests/long.sh: what takes too long for every change. All tests again and again under
# the sanitizers, to find those that fail now and then, and then the benches.
#
#   tests/long.sh [ROUNDS]    5 rounds by default; tests/run.sh first
set -u
cd "$(dirname "$0")/.." || exit 1
say_program=tests/long.sh
. tests/lib/say.sh

rounds=${1-5}
case $rounds in
  "" | *[!0-9]*) die "not a number of rounds: $rounds" 2 ;;
esac
for build in build build-asan; do
  [ -x "$build/heddle" ] || die "there is no $build/heddle; run tests/run.sh first" 66
done
logs=$(mktemp -d) || die "cannot make a temporary folder" 74
failed=0
trap '[ "$failed" -ne 0 ] || rm -rf "$logs"' EXIT
trap 'exit 130' INT TERM HUP

say_title "$rounds rounds of make check under the sanitizers"
round=1
while [ "$round" -le "$rounds" ]; do
  step "round $round" "$logs/round-$round.log" make -C build-asan check ||
    { failed=$((failed + 1)); grep -E '^(FAIL|ERROR|XPASS)[: ]' "$logs/round-$round.log"; }
  round=$((round + 1))
done

say_title "every variation of every sample"
HEDDLE_VARIATIONS=all G_TEST_SRCDIR=$PWD G_TEST_BUILDDIR=$PWD/build \
  tests/variations/variations.sh > "$logs/variations" ||
  { failed=$((failed + 1)); grep '^not ok' "$logs/variations" | grep -v '# TODO'; }

say_title "crashes, orders, readers, damage, malice and long conversations, at length"
for test in crash order readers mend hostile long; do
  step "$test" "$logs/$test.log" env HEDDLE_LONG=1 G_TEST_BUILDDIR="$PWD/build" \
    /usr/bin/python3 -B "tests/sturdy/$test.py" && ! grep '^not ok' "$logs/$test.log" ||
    failed=$((failed + 1))
done

say_title "make bench"
make -C build bench < /dev/null || failed=$((failed + 1))

[ "$failed" -eq 0 ] || echo "logs are in $logs"
echo "$failed failed"
[ "$failed" -eq 0 ]
