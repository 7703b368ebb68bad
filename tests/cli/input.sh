#!/bin/sh
# SPDX-License-Identifier: MIT
# Bad input, no store, a broken configuration: one clear line, the right status,
# nothing left behind.
. "$G_TEST_SRCDIR/tests/cli/lib.sh"

: > "$tmp/empty"
head -c 4096 "$heddle" > "$tmp/binary"
printf 'From: Ana Ruiz <ana@example.org>\nSubj' > "$tmp/truncated"
printf 'Content-Type: multipart/mixed; boundary=b\nFrom: ana@example.org\n\n--b\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\nRGVhciBTYW0sCgpoZWxsb' > "$tmp/cut"

run parse "$tmp/empty"
is "parse: an empty file" 1
says "parse: an empty file is named" "$tmp/empty: "
test_ "parse: no answer for an empty file" test ! -s "$tmp/out"
run parse --json --text "$tmp/empty"
is "parse --text: an empty file" 1
run parse
is "parse: empty standard input" 1
says "parse: standard input is named" "standard input"
run parse --json "$tmp/binary"
is "parse: a binary file" 1
says "parse: a binary file is named" "$tmp/binary: "
run parse --json "$tmp/truncated"
is "parse: a truncated header" 0
valid "parse: a truncated header has the form" parse
run parse --json "$tmp/cut"
is "parse: a truncated part" 0
valid "parse: a truncated part has the form" parse
test_ "parse: what was odd is a warning" test "$(value 'len(d["warnings"]) > 0')" = True
run parse "$tmp/missing"
is "parse: no such file" 66
says "parse: no such file is named" "$tmp/missing"
run parse "$tmp"
is "parse: a folder" 1
says "parse: a folder is named" "$tmp"
input=$tmp/truncated
run parse -
is "parse: - is standard input" 0
input=/dev/null

if command -v setpriv > /dev/null && [ "$(id -u)" = 0 ]; then
  open=$(mktemp -d /tmp/heddle-test-XXXXXX) && chmod 755 "$open" || exit 99
  cp "$tmp/truncated" "$open/closed.eml"
  chmod 000 "$open/closed.eml"
  cp "$heddle" "$G_TEST_BUILDDIR/heddle-full" "$open" && chmod 755 "$open"/heddle*
  setpriv --reuid=65534 --regid=65534 --clear-groups "$open/heddle" parse "$open/closed.eml" \
    > "$tmp/out" 2> "$tmp/err"
  status=$?
  rm -rf "$open"
  is "parse: an unreadable file" 1
  says "parse: an unreadable file is named" "closed.eml: Permission denied"
else
  tests=$((tests + 1))
  echo "ok $tests - parse: an unreadable file # SKIP needs root and setpriv"
fi

for command in "status" "outbox"; do
  run $command --db "$tmp/none/heddle.db"
  is "$command: no store" 66
  says "$command: no store is named" "$tmp/none/heddle.db"
  run $command
  is "$command: no store at the default place" 66
done
test_ "a question makes no store" test ! -e "$tmp/none" -a ! -e "$HOME/.local"

printf '[us]\ndomains = example.org\n\n[polizy]\nreply-days = 3\n' > "$tmp/broken.conf"
for command in status; do
  run $command --config "$tmp/broken.conf"
  is "$command: a broken configuration" 78
  says "$command: the line of the mistake" "$tmp/broken.conf:4: [polizy]"
done
HEDDLE_CONFIG=$tmp/broken.conf run status
is "HEDDLE_CONFIG is read" 78
mkdir -p "$XDG_CONFIG_HOME/heddle"
printf '[us]\nname = x\n' > "$XDG_CONFIG_HOME/heddle/heddle.conf"
run status
is "the configuration of the user is read" 78
says "and named" "heddle/heddle.conf:2: \"name\""
HEDDLE_CONFIG=$tmp/broken.conf run status
says "HEDDLE_CONFIG comes before it" "broken.conf:4"
rm -r "$XDG_CONFIG_HOME/heddle"
run status --config "$tmp/missing.conf"
is "a configuration that is not there" 78
run parse --config "$tmp/broken.conf" "$tmp/truncated"
is "parse reads no configuration" 0
run outbox --db "$tmp/truncated"
is "a store that is none" 74
finish
