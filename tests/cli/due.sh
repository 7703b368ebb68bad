#!/bin/sh
# SPDX-License-Identifier: MIT
# due, why, what people decide, remind: with a policy and a fixed clock.
. "$G_TEST_SRCDIR/tests/cli/lib.sh"
db=$tmp/heddle.db
conf=$tmp/heddle.conf
cat > "$conf" << 'CONF'
[us]
domains = example.org
[person ana]
name = Ana Ruiz
addresses = ana@example.org
backup = sam
[person sam]
addresses = sam@example.org
[party chirper]
match = @chirper.example
role = platform
reply-days = 3
request-days = 3
[calendar]
zone = Europe/Berlin
[remind]
from = follow-up@threads.example.org
relay = smtp://127.0.0.1:1
CONF
cat > "$tmp/1.eml" << 'MAIL'
From: Ana Ruiz <ana@example.org>
To: Support <support@chirper.example>
Subject: Account of a client taken over
Date: Tue, 10 Apr 2018 10:00:00 +0200
Message-ID: <one@example.org>

Dear all,

the account @garden_club was taken over. Could you please look into it?

Best,
Ana
MAIL
cat > "$tmp/2.eml" << 'MAIL'
From: Support <support@chirper.example>
To: Ana Ruiz <ana@example.org>
Subject: Re: Account of a client taken over
Date: Fri, 20 Apr 2018 09:30:00 +0200
Message-ID: <two@chirper.example>
In-Reply-To: <one@example.org>
References: <one@example.org>

Hello Ana,

we have looked into it and given the account back to its owner on Thursday.
MAIL
with () { # ARG…: with this store, policy and day
  run "$@" --db "$db" --config "$conf" --now "$now"
}
now=2018-04-12
with ingest "$tmp/1.eml"
is "ingest" 0

# The thread's calendar: the answer is owed by the end of Friday the 13th in Berlin.
with export --format=ics one@example.org
is "export --format=ics" 0
has "export: the event is when it is due" "DTSTART:20180413T215959Z"
has "export: who owes it" "SUMMARY:Support: owes an answer (Account of a client taken over)"
test_ "export: one event" test "$(grep -c BEGIN:VEVENT "$tmp/out")" = 1
test_ "export: every line ends as a calendar's must" test "$(grep -c "$(printf '\r')\$" "$tmp/out")" = "$(wc -l < "$tmp/out")"
test_ "export: it invites nobody" test "$(grep -cE '^(METHOD|ORGANIZER|ATTENDEE)' "$tmp/out")" = 0
if "$python" -c 'import vobject' 2> /dev/null; then
  test_ "export: another reader takes it" "$python" -c "
import vobject
event = vobject.readOne(open('$tmp/out', newline='').read()).vevent
assert event.dtstart.value.isoformat() == '2018-04-13T21:59:59+00:00', event.dtstart.value
assert 'Could you please look into it?' in event.description.value, event.description.value"
fi
cp "$tmp/out" "$tmp/calendar"
now=2018-04-20
with export --format=ics one@example.org
test_ "export: another day, the same bytes" cmp -s "$tmp/out" "$tmp/calendar"
now=2018-04-12

run due --db "$db" --json
is "due: no policy" 0
test_ "due: no policy is an empty list" test "$(value d)" = "[]"
says "due: no policy is noted" "[us]"
with due --json
is "due" 0
valid "due: the form" due
test_ "due: one is open" test "$(value 'len(d)')" = 1
id=$(value 'd[0]["id"]')
test_ "due: it names the debtor and the owner" \
  test "$(value '(d[0]["waiting_on"]["address"], d[0]["owner"])')" = "('support@chirper.example', 'ana')"
test_ "due: three working days, to the end of the day by our zone" \
  test "$(value 'd[0]["due"][:16]')" = "2018-04-13T21:59"
test_ "due: not overdue yet" test "$(value '(d[0]["overdue"], d[0]["overdue_working_days"])')" = "(False, 0)"
now=2018-04-17T12:00
with due --json
test_ "due: overdue by two working days" test "$(value '(d[0]["overdue"], d[0]["overdue_working_days"])')" = "(True, 2)"
with --json
valid "no command: the form" home
test_ "no command: one is overdue" test "$(value '(d["open"], d["overdue"])')" = "(1, 1)"
with due
has "due: for people" "$id"
with threads --json
test_ "threads: the state is waiting" test "$(value 'd[0]["state"]')" = waiting
for query in is:waiting is:overdue 'is:overdue -is:open' 'NOT (is:open OR is:closed)'; do
  with threads --json "$query"
  test_ "threads $query: that thread" test "$(value 'len(d)')" = 1
done
for query in is:open is:closed 'is:overdue is:open'; do
  with threads --json "$query"
  test_ "threads $query: none" test "$(value 'd')" = "[]"
done
with search --json is:overdue
test_ "search is:overdue: the messages of that thread" test "$(value 'len(d) >= 1')" = True
run due --db "$db" --config "$conf" --now yesterday
is "--now that is no time" 2
says "--now is named" "--now"

with why "$id" --json
is "why" 0
valid "why: the form" why
test_ "why: three days are counted" test "$(value 'sum(s["counted"] for s in d["steps"])')" = 3
with why "$id"
has "why: for people" "$id"
with why f000000000000
is "why: an unknown follow-up" 1
says "why: an unknown follow-up is named" f000000000000
with why "$id" "$id"
is "why: two ids" 2

decide () { # NAME DECISION ARG…
  name=$1
  shift
  with "$@" --json
  is "$name" 0
  valid "$name: the form" decision
}
decide snooze snooze "$id" 3d
test_ "snooze: three days from now" test "$(value 'd["time"]')" = "2018-04-20T10:00:00Z"
with due --json
test_ "snooze: due says so" test "$(value 'd[0]["snoozed_until"]')" = "2018-04-20T10:00:00Z"
decide "snooze to a time" snooze "$id" 2018-04-19T08:00
test_ "snooze to a time: in our zone" test "$(value 'd["time"]')" = "2018-04-19T06:00:00Z"
with snooze "$id" 2018-04-01
is "snooze: the past" 2
with snooze "$id" soon
is "snooze: no time" 2
with snooze "$id"
is "snooze: until when" 2
decide set-due set-due "$id" 2018-04-25
with due --json
test_ "set-due: due says so" test "$(value '(d[0]["due"][:10], d[0]["overdue"])')" = "('2018-04-25', False)"
with set-due "$id" 2018-02-30
is "set-due: no date" 2
with set-due "$id" 2018-04-25T10:00
is "set-due: more than a date" 2
decide assign assign "$id" sam
with due --json
test_ "assign: due says so" test "$(value 'd[0]["owner"]')" = sam
with assign "$id" eva
is "assign: nobody of that name" 1
says "assign: the name is named" eva
decide claim claim "$id" --as ana
decide close close "$id"
with due --json
test_ "close: nothing is open" test "$(value d)" = "[]"
says "close: nothing is noted" "nothing is open"
with threads --json
test_ "close: the thread is closed" test "$(value 'd[0]["state"]')" = closed
with why "$id" --json
test_ "close: why still knows it" test "$(value 'd["closed"]')" = True
decide reopen reopen "$id"
with due --json
test_ "reopen: it is open" test "$(value 'len(d)')" = 1
with close f000000000000
is "close: an unknown follow-up" 1
run close "$id" --db "$db"
is "close: no policy" 1

# A second store, in which nobody decided anything.
db=$tmp/second.db
now=2018-04-12
with ingest "$tmp/1.eml"
now=2018-04-17T12:00
with remind --dry-run --json
is "remind --dry-run" 0
valid "remind --dry-run: the form" remind
test_ "remind --dry-run: one invite" \
  test "$(value '[(i["method"], i["person"], i["address"]) for i in d["invites"]]')" = "[('REQUEST', 'ana', 'ana@example.org')]"
with outbox --json
test_ "remind --dry-run: nothing was written" test "$(value d)" = "[]"
with remind --json
is "remind: a relay that is down" 75
valid "remind: a relay that is down has the form" remind
with outbox --json
valid "outbox: the form" outbox
test_ "remind: it waits" test "$(value '[(i["state"], i["rcpt"]) for i in d]')" = "[('waiting', 'ana@example.org')]"
with outbox
has "outbox: for people" "ana@example.org"
mkdir "$tmp/outdir"
with remind --outdir "$tmp/outdir" --json
is "remind --outdir" 0
valid "remind --outdir: the form" remind
test_ "remind --outdir: one file" test "$(ls "$tmp/outdir" | wc -l)" = 1
test_ "remind --outdir: an invite for Ana" grep -q '^To: .*ana@example.org' "$tmp/outdir"/*.eml
with remind --outdir "$tmp/outdir" --json
test_ "remind again: nothing" test "$(value '(d["invites"], d["files"])')" = "([], [])"
with outbox --state=sent --json
test_ "outbox --state=sent" test "$(value 'len(d)')" = 1
now=2018-04-20
with ingest "$tmp/2.eml"
now=2018-04-20T12:00
with remind --outdir "$tmp/outdir" --json
is "remind: after the answer" 0
test_ "remind: one CANCEL" test "$(value '[i["method"] for i in d["invites"]]')" = "['CANCEL']"
with remind --outdir "$tmp/none" --json
is "remind --outdir: nothing to write" 0
with export --format=ics one@example.org
test_ "export: what is answered is no event" test "$(grep -c BEGIN:VEVENT "$tmp/out")" = 0
with due --json
test_ "due: the answer closed it" test "$(value d)" = "[]"
sed -i '/^from/d' "$conf"
db=$tmp/third.db
now=2018-04-12
with ingest "$tmp/1.eml"
now=2018-04-17T12:00
with remind
is "remind: no sender" 78
finish
