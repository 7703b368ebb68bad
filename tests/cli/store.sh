#!/bin/sh
# SPDX-License-Identifier: MIT
# ingest, threads, show, search, export, quarantine, status, rebuild: from files to
# answers of the promised form.
. "$G_TEST_SRCDIR/tests/cli/lib.sh"
db=$tmp/store/heddle.db
mkdir "$tmp/in"

cat > "$tmp/in/1.eml" << 'MAIL'
From: Ana Ruiz <ana@example.org>
To: Support <support@chirper.example>
Subject: Account of a client taken over
Date: Tue, 10 Apr 2018 10:00:00 +0200
Message-ID: <one@example.org>

Dear all,

the account @garden_club was taken over, see https://chirper.example/garden_club/1.
Could you please look into it?

Best,
Ana
MAIL
cat > "$tmp/in/2.eml" << 'MAIL'
From: Support <support@chirper.example>
To: Ana Ruiz <ana@example.org>
Subject: Re: Account of a client taken over
Date: Wed, 11 Apr 2018 09:30:00 +0200
Message-ID: <two@chirper.example>
In-Reply-To: <one@example.org>
References: <one@example.org>

Hello Ana,

we have opened Case# 4711 for it.

> the account @garden_club was taken over, see https://chirper.example/garden_club/1.
> Could you please look into it?
MAIL
cat > "$tmp/in/3.eml" << 'MAIL'
From: Sam Ode <sam@example.org>
To: Ana Ruiz <ana@example.org>
Subject: Lunch
Date: Thu, 12 Apr 2018 11:00:00 +0200
Message-ID: <three@example.org>

From here it is ten minutes.
MAIL

run ingest --db "$db" --json "$tmp/in"
is "ingest: a folder" 0
valid "ingest: a line a mail" ingest
cp "$tmp/out" "$tmp/lines"
test_ "ingest: three mails are stored" test "$(grep -c '"status": "stored"' "$tmp/lines")" = 3
test_ "ingest: the path is the file itself" grep -qF "\"path\": \"$tmp/in/2.eml\", \"offset\": 0" "$tmp/lines"
says "ingest: a summary" "3 stored, 0 known already, 0 quarantined, 0 refused"
test_ "ingest: the store is its owner's alone" test "$(stat -c %a "$db")" = 600
run ingest --db "$db" --json "$tmp/in/1.eml" "$tmp/in/2.eml"
is "ingest: again" 0
test_ "ingest: the same bytes twice add nothing" test "$(grep -c '"status": "duplicate".*"added": 0' "$tmp/out")" = 2
valid "ingest: duplicates have the form" ingest

run threads --db "$db" --json
is "threads" 0
valid "threads: the form" threads
test_ "threads: newest first" test "$(value '[t["subject"] for t in d]')" = "['Lunch', 'Account of a client taken over']"
test_ "threads: counts" test "$(value '(d[1]["messages"], d[1]["received"], d[1]["missing"], d[1]["last"])')" = "(2, 2, 0, '2018-04-11T07:30:00Z')"
thread=$(value 'd[1]["thread"]')
run threads --db "$db"
has "threads: for people" "$thread"
run threads --db "$db" --limit 1 --json
test_ "threads --limit" test "$(value 'len(d)')" = 1
run threads --db "$db" from:sam --json
test_ "threads: a query" test "$(value '[t["subject"] for t in d]')" = "['Lunch']"

run show --db "$db" "$thread" --json
is "show: by thread" 0
valid "show: the form" show
cp "$tmp/out" "$tmp/shown"
message=$(value 'd["messages"][0]["id"]')
mail=$(value 'd["messages"][0]["evidence"][0]["mail"]')
test_ "show: oldest first, with parents" test "$(value '[m["parent"] for m in d["messages"]] == [None, d["messages"][0]["id"]]')" = True
test_ "show: the evidence names both mails" test "$(value 'len(d["messages"][0]["evidence"])')" = 2
for id in "$message" one@example.org "<two@chirper.example>"; do
  run show --db "$db" --json "$id"
  test_ "show: by $id" cmp -s "$tmp/out" "$tmp/shown"
done
run show --db "$db" "$thread"
has "show: for people" "Could you please look into it?"
run export --db "$db" "$thread"
test_ "export --format=json is show --json" cmp -s "$tmp/out" "$tmp/shown"
run show --db "$db" t000000000000
is "show: an unknown id" 1
says "show: an unknown id is named" t000000000000
run show --db "$db" "$thread" "$message"
is "show: two ids" 2
run show --db "$db"
is "show: no id" 2
known=$(for f in 1 2; do "$python" -c 'import hashlib,sys; print(hashlib.sha256(open(sys.argv[1],"rb").read()).hexdigest())' "$tmp/in/$f.eml"; done)
test_ "a mail is known by its SHA-256" sh -c 'echo "$1" | grep -qx "$2"' - "$known" "$mail"
first=$(echo "$known" | head -n 1)
run show --db "$db" --raw "$first"
test_ "show --raw gives the bytes" cmp -s "$tmp/out" "$tmp/in/1.eml"
run show --db "$db" --raw ffffffffffff
is "show --raw: an unknown mail" 1

run search --db "$db" --json garden_club
is "search" 0
valid "search: the form" search
test_ "search: finds what the author wrote" test "$(value '[h["message"] for h in d]')" = "['$message']"
test_ "search: no marks in the snippet" test "$(value '"\x01" in d[0]["snippet"]')" = False
test_ "search: where the hits are" test "$(value '[d[0]["snippet"][a:b].lower() for a, b in d[0]["hits"]]')" = "['garden_club', 'garden_club']"
run search --db "$db" garden_club
has "search: for people" "$message"
run search --db "$db" --json --sort=oldest 'from:example.org OR from:ana'
is "search --sort" 0
run search --db "$db" --json the -case
is "search: a minus is no option" 0
for output in participants urls domains handles cases attachments; do
  run search --db "$db" --json --output=$output from:ana OR from:support
  is "search --output=$output" 0
  valid "search --output=$output: the form" tally
  cp "$tmp/out" "$tmp/$output"
done
cp "$tmp/cases" "$tmp/out"
test_ "search --output=cases" test "$(value '[(c["value"], c["count"]) for c in d]')" = "[('4711', 1)]"
run search --db "$db" --json --output=threads garden_club
valid "search --output=threads: the form" threads
run search --db "$db" --output=sideways x
is "search: an output that is none" 2
run search --db "$db" --sort=sideways x
is "search: an order that is none" 2
run search --db "$db" --limit=many x
is "search: a number that is none" 2
run search --db "$db" --json frobnicated
is "search: no hit is no failure" 0
test_ "search: no hit is an empty list" test "$(value 'd')" = "[]"
says "search: no hit is noted" "nothing matches"
run search --db "$db" '(from:ana'
is "search: a query that cannot be understood" 2
# @1: the caret's line of standard error, @2 a query: the caret is below that column.
caret () {
  run search --db "$db" "$2"
  is "search: $2" 2
  test_ "search: $2: a caret" test "$(sed -n 3p "$tmp/err")" = "$1"
}
test_ "search: it says where" grep -q "^heddle: search: at column 1: this bracket" "$tmp/err"
test_ "search: it shows the query" test "$(sed -n 2p "$tmp/err")" = "  (from:ana"
caret '  ^' '(from:ana'
caret '        ^' 'a AND )'
caret '          ^' '日本 is:blue' # wide letters
caret '             ^' "$(printf 'a\033b (c')" # what a terminal would act on is written out
long=$(printf 'word%.0s ' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20)
run search --db "$db" "$long ( x"
test_ "search: of a long query a piece" test "$(sed -n 2p "$tmp/err" | cut -c1-5)" = "  …"
run search --db "$db" frob:ana
is "search: an unknown prefix" 2
run search --db "$db"
is "search: no query" 2

run threads --db "$db" --json subject:lunch
lunch=$(value 'd[0]["thread"]')
run export --db "$db" "$lunch" --format=mbox
is "export --format=mbox" 0
has "export: the body's From is quoted" ">From here it is"
run export --db "$db" "$thread" --format=mbox
cp "$tmp/out" "$tmp/thread.mbox"
run ingest --db "$db" --json "$tmp/thread.mbox"
test_ "export: the mbox gives the same mails back" test "$(grep -c '"status": "duplicate"' "$tmp/out")" = 2
run export --db "$db" "$thread" --format=pdf
is "export: a form that is none" 2
says "export: it is named" "pdf"

# The same set in another order, and rebuilt, gives the same ids.
for f in 3 2 1; do run ingest --db "$tmp/other/heddle.db" "$tmp/in/$f.eml"; done
run show --db "$tmp/other/heddle.db" --json two@chirper.example
test_ "another order gives the same thread" cmp -s "$tmp/out" "$tmp/shown"
run rebuild --db "$db"
is "rebuild" 0
run show --db "$db" --json "$thread"
test_ "rebuild gives the same thread" cmp -s "$tmp/out" "$tmp/shown"
run rebuild --db "$tmp/none.db"
is "rebuild: no store" 66
test_ "rebuild makes no store" test ! -e "$tmp/none.db"

run status --db "$db" --json
is "status" 0
valid "status: the form" status
test_ "status: counts" test "$(value '(d["store"]["mails"], d["store"]["threads"], d["store"]["pending"])')" = "(3, 2, 0)"
run status --db "$db"
has "status: for people" "mails          3"
run --db "$db" --json
is "no command" 0
valid "no command: the form" home
run --db "$db"
has "no command: for people" "2 threads"
run outbox --db "$db" --json
is "outbox" 0
valid "outbox: the form" outbox

# What cannot be parsed is kept aside and the rest goes on.
printf '\001\002\000\377binary\000' > "$tmp/bad.eml"
: > "$tmp/empty.eml"
run ingest --db "$db" --json "$tmp/bad.eml" "$tmp/in/1.eml"
is "ingest: a mail that is none" 1
valid "ingest: a mail that is none has the form" ingest
test_ "ingest: the next one goes on" grep -q '"status": "duplicate"' "$tmp/out"
test_ "ingest: the bad one is quarantined" grep -q '"status": "quarantined".*"error": "' "$tmp/out"
run quarantine --db "$db" --json
is "quarantine" 0
valid "quarantine: the form" quarantine
bad=$(value 'd[0]["mail"]')
run quarantine list --db "$db"
has "quarantine list: for people" "$bad"
run quarantine show "$bad" --db "$db"
test_ "quarantine show gives the bytes" cmp -s "$tmp/out" "$tmp/bad.eml"
run quarantine retry --db "$db"
is "quarantine retry: it is still no mail" 1
run quarantine retry ffffffffffff --db "$db"
is "quarantine retry: an unknown mail" 1
run quarantine sideways --db "$db"
is "quarantine: a verb that is none" 2
run ingest --db "$db" --json "$tmp/empty.eml"
is "ingest: an empty file" 1
valid "ingest: an empty file has the form" ingest
test_ "ingest: an empty file is refused" grep -q '"status": "refused"' "$tmp/out"
run ingest --db "$db" "$tmp/missing"
is "ingest: no such file" 66
run ingest --db "$db" "$tmp/missing" "$tmp/in/1.eml"
is "ingest: no such file, and the rest goes on" 1
test_ "ingest: the rest went on" grep -q "1 known already" "$tmp/err"
run ingest --db "$db" --json "$tmp/missing" "$tmp/in/1.eml"
valid "ingest: no such file has the form" ingest
test_ "ingest: no such file has its line" grep -q '"path": "'"$tmp"'/missing".*"status": "refused"' "$tmp/out"
run ingest --db "$db" --json "$tmp/missing"
is "ingest: no such file alone, in JSON" 66
test_ "ingest: no such file alone has its line" grep -q '"status": "refused"' "$tmp/out"
input=$tmp/in/3.eml
run ingest --db "$tmp/third/heddle.db" --json -
is "ingest: standard input" 0
test_ "ingest: standard input is stored" grep -q '"path": "-".*"status": "stored"' "$tmp/out"
input=/dev/null
run show --db "$tmp/third/heddle.db" three@example.org --json
test_ "ingest counts as proven" test "$(value 'd["messages"][0]["evidence"][0]["verified"]')" = True
run ingest --db "$tmp/fourth/heddle.db" --unverified "$tmp/in/3.eml"
run show --db "$tmp/fourth/heddle.db" three@example.org --json
test_ "ingest --unverified does not" test "$(value 'd["messages"][0]["evidence"][0]["verified"]')" = False

# The worker, on a spool that is empty, and on one that cannot be.
printf '[milter]\nspool = spool\n' > "$tmp/worker.conf"
run worker --once --config "$tmp/worker.conf" --db "$tmp/sixth/heddle.db"
is "worker --once: an empty spool" 0
test_ "worker: nothing on standard output" test ! -s "$tmp/out"
printf '[milter]\nspool = none/spool\n' > "$tmp/worker.conf"
run worker --once --config "$tmp/worker.conf" --db "$tmp/sixth/heddle.db"
is "worker --once: no place for a spool" 74

# Nothing of a mail reaches a terminal as it is.
printf 'From: "\033[31mAna" <ana@example.org>\nSubject: \342\200\256gpj\nMessage-ID: <e@example.org>\nContent-Type: text/plain; charset=utf-8\nContent-Disposition: inline\n\nred \033[31m and \302\2331m \342\201\246 turned\n' > "$tmp/escape.eml"
run ingest --db "$tmp/fifth/heddle.db" "$tmp/escape.eml"
for command in "parse $tmp/escape.eml" "parse --explain $tmp/escape.eml" "show e@example.org" "threads" "search turned" \
               "search --output=participants turned" "due"; do
  for form in "" --json; do
    run $command $form --db "$tmp/fifth/heddle.db"
    is "$command $form: escapes" 0
    test_ "$command $form: no escape, no C1, no bidi control" \
      "$python" -c 'import sys; t=open(sys.argv[1], encoding="utf-8").read(); sys.exit(any(c in t for c in "\x1b\x9b\u202e\u2066"))' "$tmp/out"
  done
done

for command in "threads" "show x" "search x" "due" "why f1" "close f1" "export x" "quarantine" \
               "quarantine retry" "remind --dry-run"; do
  run $command --db "$tmp/none/heddle.db"
  is "$command: no store" 66
done
test_ "none of them made one" test ! -e "$tmp/none"
run ingest --db "$tmp/in/1.eml" "$tmp/in/1.eml"
is "ingest: a store that is none" 74
test_ "and it is left as it was" test "$(head -c 5 "$tmp/in/1.eml")" = "From:"
finish
