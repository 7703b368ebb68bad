#!/bin/sh
# SPDX-License-Identifier: MIT
# tests/run.sh: every test, from a bare Debian 12 on. Installs what is missing (as
# root, or with sudo), builds, and ends with "N passed, N failed, N skipped"; the
# exit status is 0 when nothing failed. Leaves installed packages and build folders.
#
#   tests/run.sh          all of it, some ten minutes on two cores
#   tests/run.sh --quick  the build and `make check` alone
set -u
cd "$(dirname "$0")/.." || exit 1
say_program=tests/run.sh
. tests/lib/say.sh
. tests/lib/packages.sh
. tests/lib/build.sh

quick=no
case ${1-} in
  --quick) quick=yes ;;
  "") ;;
  *) die "unknown argument: $1; there is only --quick" 2 ;;
esac

logs=$(mktemp -d) || die "cannot make a temporary folder" 74
began=$(date +%s)
passed=0 failed=0 skipped=0
clean_up () {
  if [ "$failed" -eq 0 ]; then rm -rf "$logs"; else echo "logs are in $logs"; fi
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP

# result NAME STATUS: one test of our own; 77 is a skip, as automake has it.
result () {
  case $2 in
    0) passed=$((passed + 1)) ;;
    77) skipped=$((skipped + 1)); echo "  SKIP: $1" ;;
    *) failed=$((failed + 1)); echo "  FAIL: $1" ;;
  esac
}

# check_in DIR NAME: `make check` there; its summary goes into the count.
check_in () {
  check_log=$logs/$2.log
  check_status=0
  # The output is kept, not shown: a failing step would print the end of it.
  step "make check in $1/" "$check_log" make -C "$1" check || check_status=$?
  check_sum () {
    sed -n "s/^# $1: *\([0-9][0-9]*\)$/\1/p" "$check_log" | tail -n 1 | grep . || echo 0
  }
  check_total=$(check_sum TOTAL)
  passed=$((passed + $(check_sum PASS) + $(check_sum XFAIL)))
  skipped=$((skipped + $(check_sum SKIP)))
  check_failed=$(($(check_sum FAIL) + $(check_sum XPASS) + $(check_sum ERROR)))
  # A check that broke before it could count is a failure all the same.
  if [ "$check_status" -ne 0 ] && [ "$check_failed" -eq 0 ]; then check_failed=1; fi
  # Nor is one that passed over some of its programs a success.
  check_want=$(make -C "$1" -s --no-print-directory \
    --eval 'heddle-count: ; @echo $(words $(TEST_LOGS))' heddle-count)
  check_have=$(grep -oE '^(PASS|FAIL|XFAIL|XPASS|SKIP|ERROR): [^ ]+' "$check_log" |
    cut -d ' ' -f 2 | sort -u | wc -l)
  if [ "$check_have" != "$check_want" ]; then
    echo "  $check_have of $check_want test programs gave a result"
    check_failed=$((check_failed + 1))
  fi
  failed=$((failed + check_failed))
  grep -E '^(FAIL|XPASS|ERROR|SKIP)[: ]' "$check_log" | sed 's/^/  /'
  echo "  $check_total results, $check_failed failed"
}

# sample_files: each sample that `heddle parse` reads.
sample_files () {
  find samples -name '*.eml' -o -path 'samples/*/*.txt' | LC_ALL=C sort
}

# valgrind_some PROGRAM LOG-FOLDER SAMPLE…: prints "STATUS N". The samples go through one
# process, for it takes longer to make a parser than to parse them all.
cat > "$logs/valgrind-some" <<'SOME'
#!/bin/sh
program=$1 logs=$2
shift 2
valgrind -q --error-exitcode=99 --leak-check=full --show-leak-kinds=definite \
  --errors-for-leak-kinds=definite "$program" "$@" > "$logs/valgrind-$$" 2>&1
echo "$? $#"
SOME
chmod +x "$logs/valgrind-some"

say_title "1. Packages and build"
# shellcheck disable=SC2086  # lists of words
packages_install "$logs/apt.log" $packages_build $packages_mta $packages_test
# shellcheck disable=SC2086
(packages_install "$logs/apt-browser.log" $packages_browser) ||
  echo "  no browser: exported pages are not rendered"
build_in build "$logs/build.log" --enable-werror || die "the build failed"

say_title "2. make check: units, samples, schemas, commands, a real Postfix"
check_in build check

if [ "$quick" = no ]; then
  say_title "3. The same under AddressSanitizer, LeakSanitizer and UBSan"
  build_in build-asan "$logs/build-asan.log" --enable-werror --enable-sanitizers ||
    die "the build with sanitizers failed"
  check_in build-asan asan

  say_title "4. valgrind over the samples"
  sample_files > "$logs/samples"
  samples=$(wc -l < "$logs/samples")
  step "$samples samples" "$logs/valgrind.log" \
    xargs -a "$logs/samples" -n 50 -P "$(nproc)" \
    "$logs/valgrind-some" build/tests/fuzz/chain "$logs"
  run=0
  while read -r status n; do
    result "valgrind over $n samples" "$status"
    run=$((run + n))
  done < "$logs/valgrind.log"
  [ "$run" -eq "$samples" ] || result "valgrind over each sample" 1

  say_title "5. make distcheck: what a release would hold, built and tested elsewhere"
  build_in build-dist "$logs/build-dist.log" || die "the build for distcheck failed"
  step "make distcheck in build-dist/" "$logs/distcheck.log" \
    make -C build-dist distcheck DISTCHECK_CONFIGURE_FLAGS=--enable-werror
  result "make distcheck" $?

  say_title "6. samples/run.sh: the main job, from SMTP to the invite and back"
  step "samples/run.sh" "$logs/samples-run.log" samples/run.sh
  result "samples/run.sh" $?
fi

echo
echo "$(($(date +%s) - began)) s"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
