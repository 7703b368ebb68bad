#!/bin/sh
# SPDX-License-Identifier: MIT
# gaps and inclusive: from mails to whom to ask, and to the mails that are enough.
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

attached are the screen shots of what was sent to our client.

<shot-1.png>
<shot-2.png>

Best,
Ana
MAIL
cat > "$tmp/in/3.eml" << 'MAIL'
From: Ana Ruiz <ana@example.org>
To: Support <support@chirper.example>
Subject: Re: Account of a client taken over
Date: Thu, 12 Apr 2018 09:30:00 +0200
Message-ID: <three@example.org>
In-Reply-To: <two@chirper.example>
References: <one@example.org> <two@chirper.example>

Thank you for the quick answer. The account is still not in the hands of our client.

On Tue, 10 Apr 2018 at 10:00, Ana Ruiz <ana@example.org> wrote:
> Dear all,
>
> attached are the screen shots of what was sent to our client.
>
> <shot-1.png>
> <shot-2.png>
>
> Best,
> Ana
MAIL
cat > "$tmp/in/4.eml" << 'MAIL'
From: Sam Ode <sam@example.org>
To: Ana Ruiz <ana@example.org>
Subject: Lunch
Date: Fri, 13 Apr 2018 11:00:00 +0200
Message-ID: <four@example.org>

It is ten minutes from here.
MAIL
printf '[us]\ndomains = example.org\n' > "$tmp/conf"

run gaps --db "$db"
is "gaps: no store" 66
run ingest --db "$db" "$tmp/in"
is "ingest" 0
run --db "$db" --config "$tmp/conf" gaps --json
is "gaps" 0
valid "gaps: the form" gaps
test_ "gaps: a message and two files" test \
  "$(value '[(g["kind"], g["name"] or g["message_id"]) for g in d]')" = \
  "[('message', 'two@chirper.example'), ('attachment', 'shot-1.png'), ('attachment', 'shot-2.png')]"
test_ "gaps: between what it answers and what answers it" test \
  "$(value 'd[0]["after"], d[0]["before"]')" = "('2018-04-10T08:00:00Z', '2018-04-12T07:30:00Z')"
test_ "gaps: whom the answer addresses" test \
  "$(value 'd[0]["likely_author"]["address"]')" = support@chirper.example
test_ "gaps: who answered it is asked" test \
  "$(value 'd[0]["ask"]["person"]["address"]')" = ana@example.org
test_ "gaps: in a sentence" test "$(value 'd[0]["ask"]["sentence"]')" = \
  'Could you please forward the message, probably from Support, that you answered on 12 April 2018 in "Re: Account of a client taken over"?'
test_ "gaps: the evidence is the answer's mail" test \
  "$(value 'd[0]["evidence"][0]["why"], len(d[0]["evidence"][0]["mail"])')" = "('answers', 64)"
thread=$(value 'd[0]["thread"]')
cp "$tmp/out" "$tmp/all"
run --db "$db" --config "$tmp/conf" gaps "$thread" --json
test_ "gaps: of one thread" cmp -s "$tmp/out" "$tmp/all"
run --db "$db" gaps --limit 1 --json
test_ "gaps --limit" test "$(value 'len(d)')" = 1
run --db "$db" gaps
has "gaps: for people" "Could you please forward"
has "gaps: names the file" "shot-2.png"
run --db "$db" gaps four@example.org --json
is "gaps: nothing is missing" 0
test_ "gaps: then the list is empty" test "$(value 'd')" = "[]"
says "gaps: and says so" "nothing is missing"
run --db "$db" gaps t000000000000
is "gaps: an unknown thread" 1

run --db "$db" inclusive "$thread" --json
is "inclusive" 0
valid "inclusive: the form" inclusive
test_ "inclusive: the answer holds it all" test \
  "$(value '[(m["needed"], m["holds"], len(m["adds"]["messages"])) for m in d["mails"]]')" = \
  "[(False, 1, 0), (True, 2, 2)]"
test_ "inclusive: counts" test \
  "$(value 'd["messages"], d["missing"], d["needed"], d["least"]')" = "(3, 1, 1, 1)"
run --db "$db" inclusive "$thread"
has "inclusive: for people" "1 of 2 mails hold every message that was shown"
has "inclusive: what the other adds" "adds nothing"
run --db "$db" inclusive
is "inclusive: no thread" 2
run --db "$db" inclusive t000000000000
is "inclusive: an unknown thread" 1
finish
