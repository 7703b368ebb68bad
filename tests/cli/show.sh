#!/bin/sh
# SPDX-License-Identifier: MIT
# show for people and show --tree: both clocks, marks, branches, right-to-left text.
. "$G_TEST_SRCDIR/tests/cli/lib.sh"
db=$tmp/heddle.db
mkdir "$tmp/in" "$tmp/deep"

mail () { # FILE FROM DATE ID PARENT TEXT
  {
    printf 'From: %s\nTo: Ana Ruiz <ana@example.org>\nSubject: The account of the garden club\n' "$2"
    printf 'Date: %s\nMessage-ID: <%s>\n' "$3" "$4"
    [ -z "$5" ] || printf 'In-Reply-To: <%s>\nReferences: <%s>\n' "$5" "$5"
    printf 'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n%s\n' "$6"
  } > "$1"
}
mail "$tmp/in/1.eml" "Ana Ruiz <ana@example.org>" "Tue, 10 Apr 2018 10:00:00 +0200" a@example.org "" "We lost the account of the club."
mail "$tmp/in/2.eml" "مریم کریمی <maryam@example.org>" "Tue, 10 Apr 2018 12:30:00 +0430" b@example.org a@example.org "سلام آنا، حساب هنوز بسته است."
mail "$tmp/in/3.eml" "יעל כהן <yael@example.org>" "Tue, 10 Apr 2018 13:00:00 +0300" c@example.org b@example.org "שלום, אני בודקת."
mail "$tmp/in/4.eml" "Sam Ode <sam@example.org>" "Wed, 11 Apr 2018 09:00:00 +0200" d@example.org a@example.org "I ask them too."
mail "$tmp/in/5.eml" "Sam Ode <sam@example.org>" "Thu, 12 Apr 2018 09:00:00 +0200" e@example.org never@example.org "See above."
mail "$tmp/in/6.eml" "ليلى حداد <layla@example.org>" "Fri, 13 Apr 2018 09:00:00 +0200" f@example.org e@example.org "$(printf 'turned \342\200\256around\n\nOn Thu, Apr 12, 2018 at 8:00 AM, Tilda Okonek <tilda@example.org> wrote:\n> The lock is on since Monday, says the desk.')"
printf '[calendar]\nzone = Europe/Berlin\n' > "$tmp/conf"
run ingest --db "$db" "$tmp/in"
is "ingest" 0

run show --db "$db" --config "$tmp/conf" --tree a@example.org
is "show --tree" 0
test_ "--tree: a line a message" test "$(grep -c 'm[0-9a-z]\{12\}' "$tmp/out")" = 4
sed -n '3,6s/\(.*\)2018-04-1.*/[\1]/p' "$tmp/out" > "$tmp/strokes"
printf '[]\n[├─ ]\n[│  └─ ]\n[└─ ]\n' > "$tmp/wanted"
test_ "--tree: the branches" diff "$tmp/wanted" "$tmp/strokes"
has "--tree: a Persian name is isolated" "⁨مریم کریمی⁩ <maryam@example.org>"
has "--tree: a Hebrew excerpt is isolated" "⁨שלום, אני בודקת.⁩"
LC_ALL=C run show --db "$db" --tree a@example.org
sed -n '3,6s/\(.*\)2018-04-1.*/[\1]/p' "$tmp/out" > "$tmp/strokes"
printf '[]\n[|- ]\n[|  `- ]\n[`- ]\n' > "$tmp/wanted"
test_ "--tree: ASCII where the locale is not UTF-8" diff "$tmp/wanted" "$tmp/strokes"
run show --db "$db" --tree f@example.org
has "--tree: missing is marked" "[missing]"
has "--tree: quoted only is marked" "[quoted only]"
run show --db "$db" --config "$tmp/conf" b@example.org
has "show: their clock and ours" "2018-04-10 12:30 +04:30 (ours 2018-04-10 10:00)"
has "show: one clock where they agree" "2018-04-10 10:00 +02:00  "
has "show: a line of Persian is isolated" "⁨سلام آنا، حساب هنوز بسته است.⁩"
run show --db "$db" f@example.org
has "show: quoted only is marked" ", only quoted"
has "show: missing is marked" "a message that nobody has shown us"
has "show: an override is escaped" "turned <U+202E>around"
has "show: an Arabic name is isolated" "⁨ليلى حداد⁩"

# A forged Message-ID neither hides nor replaces whose it is.
mkdir "$tmp/forged"
mail "$tmp/forged/1.eml" "Ana Ruiz <ana@example.org>" "Mon, 16 Apr 2018 09:00:00 +0200" same@example.org "" "The invoice of the garden club is paid, as we said."
mail "$tmp/forged/2.eml" "Mallory Ode <mallory@evil.example>" "Mon, 16 Apr 2018 08:00:00 +0200" same@example.org "" "Please pay the invoice again, to another account this time."
run ingest --db "$tmp/forged.db" "$tmp/forged/1.eml"
run ingest --db "$tmp/forged.db" --unverified "$tmp/forged/2.eml"
run show --db "$tmp/forged.db" --json same@example.org
is "show: a Message-ID that two bear" 0
test_ "show: the proven one is shown" test "$(value 'd["messages"][0]["from"]["address"]')" = ana@example.org
says "show: the other is named" "others bear the same Message-ID"
other=$(value 'd["messages"][0]["message_id_shared_with"][0]')
test_ "show: by its id" grep -q "$other" "$tmp/err"
run show --db "$tmp/forged.db" "$other"
has "show: which shows it" "mallory@evil.example"
run search --db "$tmp/forged.db" --json id:same@example.org
test_ "search id: finds both" test "$(value 'len(d)')" = 2
for command in export gaps inclusive; do
  run $command --db "$tmp/forged.db" "<same@example.org>"
  is "$command takes it too" 0
done

# 200 answers to answers: every one a line, and no line runs out of the screen.
last=
for i in $(seq 200); do
  mail "$tmp/deep/$i.eml" "Ana Ruiz <ana@example.org>" "Tue, 10 Apr 2018 $(printf '%02d:%02d' $((i / 60)) $((i % 60))):00 +0200" "deep$i@example.org" "$last" "This is the answer of number $i, which is long enough."
  last=deep$i@example.org
done
run ingest --db "$tmp/deep.db" "$tmp/deep"
run show --db "$tmp/deep.db" --tree deep1@example.org
test_ "--tree: 200 deep, 200 lines" test "$(grep -c 'm[0-9a-z]\{12\}' "$tmp/out")" = 200
test_ "--tree: the depth is a number there" grep -q '└─ (199 deep) 2018-04-10 03:20' "$tmp/out"
test_ "--tree: the indentation ends" \
  "$python" -c 'import sys; sys.exit(max(map(len, open(sys.argv[1], encoding="utf-8"))) > 240)' "$tmp/out"
finish
