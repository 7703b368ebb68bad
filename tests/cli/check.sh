#!/bin/sh
# SPDX-License-Identifier: MIT
# check: a sound store is sound, and each kind of damage is told with what helps.
. "$G_TEST_SRCDIR/tests/cli/lib.sh"
db=$tmp/heddle.db
value () { "$python" -c "import json,sys; d = json.load(open('$tmp/out')); print($1)"; }
# damage FILE SQL: what no program of ours would do.
damage () {
  "$python" - "$1" "$2" << 'PYTHON'
import sqlite3
import sys
store = sqlite3.connect(sys.argv[1])
assert store.execute(sys.argv[2]).rowcount == 1
store.commit()
PYTHON
}
again () { # a copy of the sound store, to be damaged
  rm -f "$tmp"/copy.db*
  cp "$db" "$tmp/copy.db"
  cp "$db-index" "$tmp/copy.db-index"
}

run check --db "$tmp/none.db"
is "no store" 66
run ingest --db "$db" "$G_TEST_SRCDIR/samples/thread"
is "mails come in" 0
mails=$(ls "$G_TEST_SRCDIR/samples/thread/"*.eml | wc -l)

run check --db "$db" --json
is "a sound store" 0
valid "its form" check
test_ "all of it was looked at" test "$(value '(d["ok"], d["mails"], d["indexed"], d["pending"], d["faults"])')" = "(True, $mails, $mails, 0, [])"
bytes=$(cat "$G_TEST_SRCDIR/samples/thread/"*.eml | wc -c)
test_ "to the last byte" test "$(value 'd["bytes"]')" = "$bytes"
run check --db "$db"
has "for people" "$mails mails, $bytes bytes as they came; $mails indexed, 0 in quarantine, 0 pending; 0 faults"

again
damage "$tmp/copy.db" "UPDATE mails SET sha = zeroblob (32) WHERE id = 1"
run check --db "$tmp/copy.db" --json
is "a mail that is not what its id says" 1
valid "its form with faults" check
test_ "is named, the rest is sound, and the index knows one that the truth has not" test \
  "$(value '([f["part"] for f in d["faults"]], d["mails"])')" = "(['mail', 'index'], $mails)"
test_ "by its id" test "$(value 'd["faults"][0]["mail"]')" = "$(printf '%064d' 0)"

again
damage "$tmp/copy.db" "UPDATE mails SET length = length + 1 WHERE id = 2"
run check --db "$tmp/copy.db" --json
is "a mail that stands elsewhere" 1
test_ "is the only fault" test "$(value '[f["part"] for f in d["faults"]]')" = "['mail']"

again
damage "$tmp/copy.db" "UPDATE pack_bytes SET bytes = zeroblob (10) WHERE pack = (SELECT min (pack) FROM pack_bytes)"
run check --db "$tmp/copy.db" --json
is "a pack that is no pack" 1
test_ "spoils mails, not the check" test "$(value '(set(f["part"] for f in d["faults"]), d["indexed"])')" = "({'mail'}, $mails)"

again
rm "$tmp/copy.db-index"
run check --db "$tmp/copy.db" --json
is "no index" 1
test_ "is the index's fault" test "$(value '[(f["part"], f["remedy"]) for f in d["faults"]]')" = "[('index', \"run 'heddle rebuild'\")]"
test_ "check makes none" test ! -e "$tmp/copy.db-index"
run rebuild --db "$tmp/copy.db"
run check --db "$tmp/copy.db"
is "rebuild is what helps" 0

again
damage "$tmp/copy.db-index" "UPDATE mails SET start = start + 1 WHERE id = 1"
run check --db "$tmp/copy.db"
is "a record that cannot be read" 1
says "what helps is said" "the index is damaged; run 'heddle rebuild'"

again
size=$(stat -c %s "$tmp/copy.db-index")
dd if=/dev/urandom of="$tmp/copy.db-index" bs=512 seek=9 count=$((size / 512 - 9)) conv=notrunc 2> /dev/null
run check --db "$tmp/copy.db" --json
is "an index of noise" 1
test_ "the mails are sound" test "$(value '(set(f["part"] for f in d["faults"]), d["mails"])')" = "({'index'}, $mails)"

again
dd if=/dev/urandom of="$tmp/copy.db" bs=512 seek=9 count=9 conv=notrunc 2> /dev/null
run check --db "$tmp/copy.db" --json
test_ "a truth with noise in it is not sound" test "$status" = 1 -o "$status" = 74
finish
