#!/bin/sh
# SPDX-License-Identifier: MIT
# join and split: what they answer, what they refuse, and that they hold.
. "$G_TEST_SRCDIR/tests/cli/lib.sh"
db=$tmp/store/heddle.db
mkdir "$tmp/in" "$tmp/later"

mail () { # FOLDER NAME DAY ANSWERS
  {
    printf 'From: Ana Ruiz <ana@example.org>\nTo: Sam Ode <sam@chirper.example>\n'
    printf 'Subject: Mail %s\nDate: %s Apr 2018 10:00:00 +0200\n' "$2" "$3"
    printf 'Message-ID: <%s@example.org>\n' "$2"
    [ -z "$4" ] || printf 'In-Reply-To: <%s@example.org>\n' "$4"
    printf '\nThis is what mail %s has to say.\n' "$2"
  } > "$tmp/$1/$2.eml"
}
mail in a 10 ""
mail in b 11 a
mail in c 12 b
mail in d 13 ""
mail later e 14 d
mail later f 15 c
mail later t 16 b

# The subjects' letters, a word a thread, as the store has it.
together () { # NAME DB WANT
  run threads --db "$2" --json
  for t in $(value '" ".join(t["thread"] for t in d)'); do
    run show --db "$2" --json "$t"
    value '"".join(m["subject"][-1] if m["subject"] else "?" for m in d["messages"])'
  done | sort | tr '\n' ' ' > "$tmp/words"
  test_ "$1" test "$(cat "$tmp/words")" = "$3 "
}
id () { run show --db "$db" --json "$1@example.org"; value 'd["thread"]'; }
message () { run show --db "$db" --json "$1@example.org"; value '[m["id"] for m in d["messages"] if m["message_id"] == "'"$1"'@example.org"][0]'; }

run ingest --db "$db" "$tmp/in"
together "two conversations" "$db" "abc d"
a=$(id a) d=$(id d) b=$(message b)

run join --db "$db" --json --now 2018-05-01 "$a" "$d"
is "join" 0
valid "join: the form" join
test_ "join: which they were" test "$(value '(d["joined"] == ["'"$a"'", "'"$d"'"], d["changed"], d["made"])')" = "(True, True, '2018-05-01T00:00:00Z')"
joined=$(value 'd["thread"]')
together "join: one conversation" "$db" "abcd"
for old in "$a" "$d" "$joined"; do
  run show --db "$db" --json "$old"
  test_ "join: $old works" test "$(value 'len(d["messages"])')" = 4
done
run join --db "$db" --json "$a" "$d"
is "join again" 0
valid "join again: the form" join
test_ "join again changes nothing" test "$(value '(d["changed"], d["made"])')" = "(False, None)"
run join --db "$db" "$a" "$d"
has "join again: for people" "one conversation already"

run split --db "$db" --json "$joined" "<d@example.org>"
is "split: undoes the join" 0
valid "split: the form" split
test_ "split: what it gave" test "$(value '(d["thread"] == "'"$d"'", d["from"] == "'"$a"'", d["changed"])')" = "(True, True, True)"
together "split: two again" "$db" "abc d"
run split --db "$db" --json "$a" d@example.org
is "split again" 0
valid "split again: the form" split
test_ "split again changes nothing" test "$(value '(d["changed"], d["made"])')" = "(False, None)"

run split --db "$db" "$a" "$b"
is "split at an answer" 0
has "split: for people" "a conversation of its own now, apart from"
[ "$(wc -l < "$tmp/out")" = 1 ]
report "split: one line" $?
together "split: three" "$db" "a bc d"
run join --db "$db" b@example.org d@example.org
is "join by Message-IDs" 0
[ "$(wc -l < "$tmp/out")" = 1 ]
report "join: one line" $?
together "split and joined elsewhere" "$db" "a bcd"

run ingest --db "$db" "$tmp/later"
together "later mail goes where it was decided" "$db" "a bcdeft"
run show --db "$db" --json c@example.org
cp "$tmp/out" "$tmp/shown"
run rebuild --db "$db"
together "rebuild gives the same conversations" "$db" "a bcdeft"
run show --db "$db" --json c@example.org
test_ "rebuild gives the same bytes" cmp -s "$tmp/out" "$tmp/shown"
rm "$db-index"
run ingest --db "$db" "$tmp/in"
run rebuild --db "$db"
run show --db "$db" --json c@example.org
test_ "without an index too" cmp -s "$tmp/out" "$tmp/shown"

run split --db "$db" b@example.org t@example.org
is "split: a Message-ID may begin like an id" 0
run join --db "$db" b@example.org t@example.org
is "join: so may it there" 0
run show --db "$db" --json c@example.org
test_ "split and joined again is as before" cmp -s "$tmp/out" "$tmp/shown"

# What cannot be done is said in one line and changes nothing.
for words in "join $a t000000000000" "join t000000000000 $a" "split $a m000000000000" "split t000000000000 $b" "split $a $a" "split $d a@example.org" "split $a a@example.org"; do
  run $words --db "$db"
  is "$words" 1
  says "$words: one line" "heddle: "
done
run join --db "$db" "$a"
is "join: one thread" 2
run split --db "$db" "$a"
is "split: no message" 2
run show --db "$db" --json c@example.org
test_ "none of them changed a thing" cmp -s "$tmp/out" "$tmp/shown"
for words in "join x y" "split x y"; do
  run $words --db "$tmp/none/heddle.db"
  is "$words: no store" 66
done
test_ "none of them made one" test ! -e "$tmp/none"

# What nobody has shown us is no place to split at.
mail later g 16 unseen
mail later h 17 unseen
run ingest --db "$db" "$tmp/later"
run split --db "$db" "$(id g)" "$(run show --db "$db" --json g@example.org; value '[m["id"] for m in d["messages"] if m["kind"] == "missing"][0]')"
is "split at a missing message" 1
says "split at a missing message: what to do" "split at one that answers it"
run split --db "$db" g@example.org h@example.org
is "split between two answers to it" 0
together "each has its own" "$db" "?g a bcdeft h"
finish
