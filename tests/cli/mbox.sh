#!/bin/sh
# SPDX-License-Identifier: MIT
# export --format=mbox: the mails come back byte for byte; what was only quoted is a mail
# that says so, and is never taken for a received one.
. "$G_TEST_SRCDIR/tests/cli/lib.sh"
db=$tmp/heddle.db
mkdir "$tmp/in"
cat > "$tmp/in/1.eml" << 'MAIL'
From: Ana Ruiz <ana@example.org>
To: Support <support@chirper.example>
Subject: Re: حساب باشگاه
Date: Sat, 21 Apr 2018 12:30:00 +0200
Message-ID: <one@example.org>
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

From here on it is yours.

On Mon, Apr 16, 2018 at 3:40 PM, مریم کریمی <maryam@example.org> wrote:
> سلام، حساب باشگاه از دوشنبه بسته است و هیچ‌کس جواب نمی‌دهد.
> From the desk nothing was heard, in all the days since then.
MAIL
run ingest --db "$db" "$tmp/in"
is "ingest" 0
run show --db "$db" --json one@example.org
cp "$tmp/out" "$tmp/before"
run export --db "$db" --format=mbox one@example.org
is "export --format=mbox" 0
cp "$tmp/out" "$tmp/thread.mbox"
cat > "$tmp/read.py" << 'PY'
import email.policy, mailbox, sys
box = mailbox.mbox(sys.argv[1], factory=lambda f: email.message_from_binary_file(f, policy=email.policy.default))
mails = [m for m in box if m["X-Heddle-Reconstructed"] == "yes"]
assert len(box) == 2 and len(mails) == 1, (len(box), len(mails))
mail = mails[0]
assert str(mail["From"]) == "مریم کریمی <maryam@example.org>", mail["From"]
assert mail["Message-ID"].endswith("@reconstructed.heddle.invalid>"), mail["Message-ID"]
assert "هیچ‌کس" in mail.get_content() and "From the desk" in mail.get_content()
assert mail["X-Heddle-Evidence"].startswith(sys.argv[2]), mail["X-Heddle-Evidence"]
assert "Apr 16, 2018" in mail["X-Heddle-Date"] and mail["Date"].datetime.day == 16
assert not mail.defects and not any(getattr(v, "defects", ()) for v in mail.values()), mail.defects
head = open(sys.argv[1], "rb").read().rsplit(b"\nFrom ", 1)[1].split(b"\n\n")[0]
assert head.isascii() and all(len(line) <= 200 for line in head.split(b"\n"))
PY
sum=$(sha256sum < "$tmp/in/1.eml" | cut -d ' ' -f 1)
test_ "another reader finds the quotation as a mail that says so" "$python" "$tmp/read.py" "$tmp/thread.mbox" "$sum"
run ingest --db "$tmp/other.db" --json "$tmp/thread.mbox"
is "the mbox is read again" 0
run show --db "$tmp/other.db" --raw "$sum"
test_ "the received mail is the same, byte for byte" cmp -s "$tmp/out" "$tmp/in/1.eml"
run show --db "$tmp/other.db" --json one@example.org
test_ "still only one message was received" \
  test "$(value 'sum(any(e["received"] for e in m["evidence"]) for m in d["messages"])')" = 1
test_ "and no message came of the export" test "$(value 'len(d["messages"])')" = 2
run threads --db "$tmp/other.db" --json
test_ "the counts say so" test "$(value '[(t["received"], t["quoted_only"]) for t in d]')" = "[(1, 1)]"
# Lines that look like the form's own come back as they were.
printf 'From: Eva Lind <eva@example.org>\nSubject: Lines\nDate: Sun, 22 Apr 2018 11:00:00 +0200\nMessage-ID: <lines@example.org>\n\nFrom a@b Tue Apr 10 10:00:00 2018\n\nFrom a@b Tue Apr 10 10:00:00 2018\n>From a@b Tue Apr 10 10:00:00 2018\n>>From x\n\n' > "$tmp/lines.eml"
run ingest --db "$tmp/lines.db" "$tmp/lines.eml"
run export --db "$tmp/lines.db" --format=mbox lines@example.org
cp "$tmp/out" "$tmp/lines.mbox"
run ingest --db "$tmp/third.db" "$tmp/lines.mbox"
run show --db "$tmp/third.db" --raw "$(sha256sum < "$tmp/lines.eml" | cut -d ' ' -f 1)"
test_ "lines that begin with From come back" cmp -s "$tmp/out" "$tmp/lines.eml"
# A forged mark hides nothing.
printf 'From: Eva Lind <eva@example.org>\nSubject: Another thing\nDate: Sun, 22 Apr 2018 12:30:00 +0200\nX-Heddle-Reconstructed: yes\nMessage-ID: <m0@reconstructed.heddle.invalid>\n\nThe gate of the garden was painted green.\n' > "$tmp/forged.eml"
run ingest --db "$tmp/other.db" --json "$tmp/forged.eml"
test_ "a forged one is stored" grep -q '"status": "stored"' "$tmp/out"
run search --db "$tmp/other.db" --json painted
test_ "and found" test "$(value 'len(d)')" = 1
finish
