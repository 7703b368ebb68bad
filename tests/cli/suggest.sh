#!/bin/sh
# SPDX-License-Identifier: MIT
# One subject joins nothing; with people and time it is said, and can be accepted.
. "$G_TEST_SRCDIR/tests/cli/lib.sh"
db=$tmp/heddle.db
mail () { # NUMBER SUBJECT DAY FROM TO
  cat > "$tmp/$1.eml" << MAIL
From: $4
To: $5
Subject: $2
Date: $3 Mar 2026 10:00:00 +0100
Message-ID: <$1@example.org>

What mail number $1 says stands in no other one: $1 of $3 March.
MAIL
}
mail 1 "Account of the reef watch taken over" 3 "Ana Ruiz <ana@example.org>" sam@chirper.example
mail 2 "Re: Account of the reef watch taken over" 9 "Sam Okoro <sam@chirper.example>" lea@partner.example
mail 3 "Account of the reef watch taken over" 28 "Sam Okoro <sam@chirper.example>" lea@partner.example
mail 4 "Account of the reef watch taken over" 4 noor@elsewhere.example milo@elsewhere.example
mail 5 Update 3 "Ana Ruiz <ana@example.org>" sam@chirper.example
mail 6 "Re: Update" 3 "Sam Okoro <sam@chirper.example>" ana@example.org

for i in 4 6 2 1 5 3; do run ingest --db "$db" "$tmp/$i.eml"; done
run show --db "$db" --json 1@example.org
is "show" 0
valid "its form" show
cp "$tmp/out" "$tmp/shown"
one=$(value 'd["thread"]')
other=$(value 'd["suggestions"][0]["thread"]')
test_ "one is suggested, and why" test "$(value '[s["why"] for s in d["suggestions"]]')" = \
  "['the same subject, sam@chirper.example takes part in both, 6 days apart']"
run show --db "$db" --json 2@example.org
test_ "the other way round too, and nothing that is later or of others" test \
  "$(value '[s["thread"] for s in d["suggestions"]]')" = "['$one']"
test_ "it is that one" test "$(value 'd["thread"]')" = "$other"
run show --db "$db" --json 5@example.org
test_ "Update suggests nothing" test "$(value 'd["suggestions"]')" = "[]"
run threads --db "$db" --json
valid "threads: its form" threads
test_ "threads says so too" test "$(value 'sum(len(t["suggestions"]) for t in d)')" = 2
run show --db "$db" 1@example.org
has "for people, with the command" "sam@chirper.example takes part in both, 6 days apart; heddle join $one $other"
test_ "on one line" test "$(grep -c perhaps "$tmp/out")" = 1
mkdir "$tmp/in"
mv "$tmp"/*.eml "$tmp/in"
run ingest --db "$tmp/again.db" "$tmp/in"
run show --db "$tmp/again.db" --json 1@example.org
test_ "whatever comes first" cmp -s "$tmp/out" "$tmp/shown"

run join --db "$db" "$one" "$other"
is "join" 0
run show --db "$db" --json "$one"
test_ "what was joined suggests nothing" test "$(value '(len(d["messages"]), d["suggestions"])')" = "(2, [])"
split=$(value 'd["messages"][1]["id"]')
run split --db "$db" "$one" "$split"
is "split" 0
run show --db "$db" --json "$one"
test_ "nor what a person parted again" test "$(value '(len(d["messages"]), d["suggestions"])')" = "(1, [])"
finish
