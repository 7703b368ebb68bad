# SPDX-License-Identifier: MIT
# What the shell tests of cli/ share: TAP, a folder of one's own, the program under
# test with nothing of the user's around it. Sourced, not run.
#
#   run ARG…         runs heddle; leaves $status, $tmp/out, $tmp/err
#   is NAME STATUS   passes when $status is STATUS
#   says NAME TEXT   passes when standard error is one line with TEXT in it
#   has NAME TEXT    passes when standard output has TEXT
#   test_ NAME CMD…  passes when CMD succeeds
#   valid NAME FORM  passes when standard output is JSON of docs/schema/FORM.json
#   finish           prints the plan
set -u
heddle=$G_TEST_BUILDDIR/heddle
python=/usr/bin/python3
tests=0
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
trap 'exit 99' HUP INT TERM
export HOME="$tmp/home" XDG_CONFIG_HOME="$tmp/home/.config" XDG_DATA_HOME="$tmp/home/.local/share"
export HEDDLE_CONFIG=
mkdir -p "$HOME"

run () {
  "$heddle" "$@" > "$tmp/out" 2> "$tmp/err" < "${input:-/dev/null}"
  status=$?
}

report () { # NAME RESULT
  tests=$((tests + 1))
  if [ "$2" = 0 ]; then
    echo "ok $tests - $1"
  else
    echo "# exit status $status"
    head -c 2000 "$tmp/out" | sed 's/^/# out: /' && echo
    head -c 2000 "$tmp/err" | sed 's/^/# err: /' && echo
    echo "not ok $tests - $1"
  fi
}

is () { [ "$status" = "$2" ]; report "$1" $?; }
has () { grep -qF -e "$2" "$tmp/out"; report "$1" $?; }
says () {
  [ "$(wc -l < "$tmp/err")" = 1 ] && grep -q '^heddle: ' "$tmp/err" && grep -qF -e "$2" "$tmp/err"
  report "$1" $?
}
test_ () {
  name=$1
  shift
  "$@" > "$tmp/test.log" 2>&1
  result=$?
  [ "$result" = 0 ] || head -c 2000 "$tmp/test.log" | sed 's/^/# /'
  report "$name" "$result"
}
valid () {
  if "$python" -c 'import jsonschema' 2> /dev/null; then
    test_ "$1" "$python" "$G_TEST_SRCDIR/tests/cli/schema.py" "$2" "$tmp/out"
  else
    tests=$((tests + 1))
    echo "ok $tests - $1 # SKIP python3-jsonschema is not there"
  fi
}
finish () { echo "1..$tests"; }

# A value of the JSON on standard output: `value 'd["chain"][0]["subject"]'`.
value () { "$python" -c 'import json,sys; d=json.load(open(sys.argv[1])); print(eval(sys.argv[2]))' "$tmp/out" "$1"; }
