#!/bin/sh
# SPDX-License-Identifier: MIT
# people: who is who in a store, joined and parted by hand, before and after later mail.
. "$G_TEST_SRCDIR/tests/cli/lib.sh"
db=$tmp/store/heddle.db
mkdir "$tmp/in" "$tmp/later"

mail () { # FOLDER NAME FROM TO TEXT
  printf 'From: %s\nTo: %s\nSubject: Mail %s\nDate: Tue, 10 Apr 2018 10:00:00 +0200\nMessage-ID: <%s@x.example>\n\n%b\n' \
    "$3" "$4" "$2" "$2" "$5" > "$tmp/$1/$2.eml"
}
mail in a "Ana Ruiz <ana@example.org>" "Sam Ode <sam@chirper.example>" "The first mail, which asks for help with an account."
mail in b "Ana Ruiz <ana.ruiz@example.org>" "sam@chirper.example" "Another mail, from another address of hers."
mail in c "Ana Ruiz <ana@partner.example>" "Lea Brandt <lea@partner.example>" "A mail of somebody else who has that name."
mail in d "Sam Ode <sam@chirper.example>" "Ana Ruiz <ana@example.org>" \
  'We look into it at once.\n\nOn Mon, Apr 9, 2018 at 3:40 PM, Ana Ruiz wrote:\n\n> Please look into this account, which was taken over\n> some days ago by somebody whom nobody knows.\n'
mail in e "(b)(6) <(b)(6)>" "Lea Brandt <lea@partner.example>" "Whoever wrote this is withheld."
mail later f "Ana Ruiz <press@example.org>" "Lea Brandt <lea@partner.example>" "A third address of hers, some days later."

run ingest --db "$db" "$tmp/in"
run people --db "$db" --json
is "people" 0
valid "people: the form" people
test_ "people: nobody is withheld" test "$(value 'any("(b)" in n for p in d for n in p["names"] + p["addresses"])')" = False
run people --db "$db" --json ana
is "people TEXT" 0
test_ "people: addresses of one organisation are one person, others are not" test \
  "$(value 'sorted(p["addresses"] for p in d)')" = "[['ana.ruiz@example.org', 'ana@example.org'], ['ana@partner.example']]"
test_ "people: a name alone counts to the one in the conversation" test \
  "$(value '[(p["messages"], p["by_name"]) for p in d if len(p["addresses"]) == 2]')" = "[(3, 1)]"
test_ "people: the evidence says so" test \
  "$(value 'sorted(set(e["kind"] for p in d for e in p["evidence"]))')" = "['conversation', 'header']"
ana=$(value '[p["id"] for p in d if len(p["addresses"]) == 2][0]')
other=$(value '[p["id"] for p in d if len(p["addresses"]) == 1][0]')
run people --db "$db" "$ana"
has "people ID, for people" "Ana Ruiz <ana.ruiz@example.org, ana@example.org>"
[ "$(wc -l < "$tmp/out")" = 1 ]
report "people ID: one line" $?
run people --db "$db" --json nobody-at-all
is "people: no hit is no failure" 0
test_ "people: no hit is an empty list" test "$(value 'd')" = "[]"

run people join "$ana" "$other" --db "$db" --json
is "people join" 0
valid "people join: the form" people
test_ "people join: one person" test "$(value '[len(p["addresses"]) for p in d]')" = "[3]"
run people --db "$db" --json "$other"
test_ "people join: the other id works" test "$(value '[len(p["addresses"]) for p in d]')" = "[3]"
cp "$tmp/out" "$tmp/shown"
run people join "$ana" "$other" --db "$db"
is "people join again" 0
says "people join again changes nothing" "they were one already"
run people --db "$db" --json "$other"
test_ "people join again: the same" cmp -s "$tmp/out" "$tmp/shown"
run ingest --db "$db" "$tmp/later"
run people --db "$db" --json ana
test_ "people join: later mail joins them" test "$(value '[len(p["addresses"]) for p in d]')" = "[4]"
cp "$tmp/out" "$tmp/shown"
run rebuild --db "$db"
run people --db "$db" --json ana
test_ "people: rebuild gives the same" cmp -s "$tmp/out" "$tmp/shown"

run people part "$ana" press@example.org --db "$db" --json
is "people part" 0
valid "people part: the form" people
test_ "people part: two persons" test "$(value '[p["addresses"] for p in d][1]')" = "['press@example.org']"
run people part "$ana" ana@partner.example --db "$db"
is "people part: an address that was joined" 0
run people --db "$db" --json ana
test_ "people part: three persons" test "$(value 'sorted(len(p["addresses"]) for p in d)')" = "[1, 1, 2]"
run people join ana@example.org press@example.org --db "$db"
is "people join by addresses" 0
run people --db "$db" --json "$ana"
test_ "people: a later join prevails" test "$(value 'd[0]["addresses"]')" = "['ana.ruiz@example.org', 'ana@example.org', 'press@example.org']"

printf '[us]\ndomains = example.org\n[person lea]\nname = Lea Brandt\naddresses = lea@partner.example; sam@chirper.example\n' > "$tmp/heddle.conf"
run people --db "$db" --config "$tmp/heddle.conf" --json lea@partner.example
test_ "people: the configuration is evidence" test "$(value '(len(d), len(d[0]["addresses"]), "configuration" in [e["kind"] for e in d[0]["evidence"]])')" = "(1, 2, True)"

for words in "join $ana p000000000000" "join nobody@example.org $ana" "part $ana nobody@example.org" \
             "part p000000000000 ana@example.org" "part lea@partner.example lea@partner.example"; do
  run people $words --db "$db"
  is "people $words" 1
  says "people $words: one line" "heddle: people: "
done
run people join "$ana" --db "$db"
is "people join: one id" 2
run people part "$ana" --db "$db"
is "people part: no address" 2
run people join x y --db "$tmp/none/heddle.db"
is "people join: no store" 66
run people --db "$tmp/none/heddle.db"
is "people: no store" 66
test_ "none of them made one" test ! -e "$tmp/none"
finish
