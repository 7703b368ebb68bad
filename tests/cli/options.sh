#!/bin/sh
# SPDX-License-Identifier: MIT
# Global options, help, and what a wrong command line gets.
. "$G_TEST_SRCDIR/tests/cli/lib.sh"
printf 'From: Ana Ruiz <ana@example.org>\nSubject: hello\n\nDear Sam,\n\nhello\n' > "$tmp/mail.eml"

run --version
is "--version" 0
has "--version names the version" "heddle 0."
run --help
is "--help" 0
for word in parse help; do has "--help lists $word" "  $word "; done
has "--help says what is not there yet" "not yet:"

# Each command that --help lists has its own help and a section of the manual.
run --help
sed -n '/(no command)/,/^$/s/^  \([a-z-][a-z-]*\) .*/\1/p' "$tmp/out" > "$tmp/commands"
test_ "--help lists several commands" test "$(wc -l < "$tmp/commands")" -ge 4
while read -r command; do
  run "$command" --help
  is "$command --help" 0
  has "$command --help has an example" "Example: heddle $command"
  escaped=$(printf '%s' "$command" | sed 's/-/\\\\-/g')
  test_ "heddle(1) has $command" grep -q "^\.SS heddle $escaped" "$G_TEST_SRCDIR/docs/man/heddle.1"
  cp "$tmp/out" "$tmp/own"
  run help "$command"
  test_ "help $command is $command --help" cmp -s "$tmp/own" "$tmp/out"
  sed -n 's/^  --\([a-z-]*\).*/\1/p' "$tmp/own" | sort -u > "$tmp/options"
  while read -r option; do
    escaped=$(printf '%s' "$option" | sed 's/-/\\\\-/g')
    test_ "heddle(1) has --$option" grep -q -- "\\\\-\\\\-$escaped" "$G_TEST_SRCDIR/docs/man/heddle.1"
  done < "$tmp/options"
done < "$tmp/commands"

run parse --json "$tmp/mail.eml"
cp "$tmp/out" "$tmp/after"
run --json parse "$tmp/mail.eml"
test_ "--json before and after the command" cmp -s "$tmp/out" "$tmp/after"
run parse -- "$tmp/mail.eml"
is "-- ends the options" 0
run --now=2018-04-10 --db "$tmp/none.db" --config "$tmp/none.conf" parse "$tmp/mail.eml"
is "parse asks neither store nor configuration" 0

run frobnicate
is "an unknown command" 2
says "an unknown command is named" frobnicate
for command in feed setup doctor backup forget; do
  run "$command"
  is "$command is not built yet" 2
  says "$command says so" "not built yet"
done
run parse --frobnicate
is "an unknown option" 2
says "an unknown option is named" --frobnicate
run parse -x
is "an unknown letter" 2
run parse --text=yes "$tmp/mail.eml"
is "a value for a flag" 2
run parse --db
is "an option without its value" 2
says "an option without its value is named" --db
run parse "$tmp/mail.eml" "$tmp/mail.eml"
is "one argument too many" 2
run status --limit 3
is "an option of another command" 2
run outbox --state=sideways
is "a state that is none" 2
says "a state that is none is named" sideways
run help frobnicate
is "help for no command" 2

# Nothing of a command line reaches the terminal as it is.
run "$(printf 'fr\033[31mob')"
test_ "no escape in what is said" sh -c '! grep -q "$(printf "\\033")" "$1"' - "$tmp/err"

# Whoever reads may stop reading; a full disk is said.
for i in 1 2 3 4 5 6 7 8 9 10; do cat "$tmp/mail.eml"; done > "$tmp/long.eml"
"$heddle" parse --json "$tmp/long.eml" 2> "$tmp/err" | head -c 1 > /dev/null
test_ "a reader that went away needs no words" test ! -s "$tmp/err"
if [ -w /dev/full ]; then
  "$heddle" parse --json "$tmp/mail.eml" > /dev/full 2> "$tmp/err"
  status=$?
  : > "$tmp/out"
  is "a full disk" 74
  says "a full disk is said" "standard output"
fi
finish
