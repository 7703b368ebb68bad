#!/bin/sh
# SPDX-License-Identifier: MIT
# What each program is made of: what reads the store has no SMTP client in it, and the
# one that has is found beside it, in the build folder and where it is installed.
. "$G_TEST_SRCDIR/tests/cli/lib.sh"
status=0

needs () { readelf -d "$1" | grep -q "NEEDED.*\[lib$2\."; }
lacks () { ! needs "$@"; }
if command -v readelf > /dev/null; then
  test_ "heddle has no SMTP client" lacks "$heddle" curl
  test_ "heddle-full has none either" lacks "$G_TEST_BUILDDIR/heddle-full" curl
  for library in gmime-3 xml2 psl ical icui18n icuuc stdc++ seccomp; do
    test_ "heddle, which asks the store, has no lib$library" lacks "$heddle" "$library"
  done
  test_ "heddle-deliver has" needs "$G_TEST_BUILDDIR/heddle-deliver" curl
fi

"$G_TEST_BUILDDIR/heddle-deliver" > "$tmp/out" 2> "$tmp/err"
status=$?
is "heddle-deliver alone says who runs it" 2
test_ "and names remind" grep -q "heddle remind" "$tmp/err"
"$G_TEST_BUILDDIR/heddle-deliver" "$tmp/no/such.db" never > "$tmp/out" 2> "$tmp/err"
status=$?
is "a clock that is no number" 2

# One command line, two programs: the same answers and the same exit status.
printf 'From: Ana Ruiz <ana@example.org>\nSubject: Lunch\nMessage-ID: <1@example.org>\n\nHi!\n' > "$tmp/1.eml"
run ingest --db "$tmp/x.db" "$tmp/1.eml"
is "ingest, by heddle-full" 0
for words in "search lunch" "threads" "show --json 1@example.org" "--version" "help search" \
  "search --help" "search (" "threads is:open" "frob" "status --db"; do
  # shellcheck disable=SC2086  # words
  "$G_TEST_BUILDDIR/heddle-full" --db "$tmp/x.db" $words > "$tmp/full.out" 2> "$tmp/full.err"
  full=$?
  # shellcheck disable=SC2086
  run --db "$tmp/x.db" $words
  is "heddle $words: the exit status of heddle-full" "$full"
  test_ "heddle $words: its answer" cmp "$tmp/out" "$tmp/full.out"
  test_ "heddle $words: its notes" cmp "$tmp/err" "$tmp/full.err"
done

# With a policy the states are computed: by the one that reads as long as no file of
# holidays is named, else by the other.
printf '[us]\ndomains = example.org\n[policy]\nreply-days = 2\n[calendar]\nzone = Europe/Berlin\ndates = 2018-04-12\n' > "$tmp/us.conf"
{ cat "$tmp/us.conf"; printf 'holidays = %s/days.ics\n' "$tmp"; } > "$tmp/days.conf"
printf 'BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:20180411\nEND:VEVENT\nEND:VCALENDAR\n' > "$tmp/days.ics"
printf 'From: Ana Ruiz <ana@example.org>\nTo: desk@chirper.example\nSubject: Lock\nMessage-ID: <2@example.org>\nDate: Tue, 10 Apr 2018 09:00:00 +0200\n\nCould you please lift the lock?\n' > "$tmp/2.eml"
run ingest --db "$tmp/x.db" "$tmp/2.eml"
for conf in us days; do
  for words in "show --json 2@example.org" "threads --json" "search --output=threads lock" "threads is:open" "search lock"; do
    # shellcheck disable=SC2086
    "$G_TEST_BUILDDIR/heddle-full" --db "$tmp/x.db" --config "$tmp/$conf.conf" --now 2018-04-20 $words > "$tmp/full.out" 2> "$tmp/full.err"
    full=$?
    # shellcheck disable=SC2086
    run --db "$tmp/x.db" --config "$tmp/$conf.conf" --now 2018-04-20 $words
    is "$conf: $words: the exit status" "$full"
    test_ "$conf: $words: the answer" cmp "$tmp/out" "$tmp/full.out"
    test_ "$conf: $words: the notes" cmp "$tmp/err" "$tmp/full.err"
  done
  run --db "$tmp/x.db" --config "$tmp/$conf.conf" --now 2018-04-20 show --json 2@example.org
  test_ "$conf: somebody owes an answer" test "$(value 'd["state"]')" = waiting
done

# Where it is installed: bin/ and libexec/heddle/ below one folder, wherever that is.
mkdir -p "$tmp/moved/bin" "$tmp/moved/libexec/heddle" "$tmp/alone"
cp "$heddle" "$tmp/moved/bin/heddle"
cp "$heddle" "$tmp/alone/heddle"
cp "$G_TEST_BUILDDIR/heddle-full" "$tmp/moved/libexec/heddle"
heddle=$tmp/moved/bin/heddle
run parse --json "$tmp/1.eml"
is "an installation that was moved" 0
heddle=$tmp/alone/heddle
run --version
is "heddle alone" 0
run parse "$tmp/1.eml"
if [ "$status" = 0 ]; then # a developer's build, or there is an installed one
  is "heddle alone finds its other half" 0
else
  is "heddle without its other half" 69
  says "it says what is missing" "install Heddle whole"
fi
finish
