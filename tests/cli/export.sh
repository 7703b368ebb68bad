#!/bin/sh
# SPDX-License-Identifier: MIT
# export --format=html: one page that loads nothing, whatever the mails hold.
. "$G_TEST_SRCDIR/tests/cli/lib.sh"
page () { "$python" "$G_TEST_SRCDIR/tests/cli/page.py" "$@"; }
db=$tmp/heddle.db
mkdir "$tmp/in"
"$python" "$G_TEST_SRCDIR/tests/cli/page.py" serve "$tmp/asked" > /dev/null 2>&1 &
server=$!
trap 'kill $server 2> /dev/null; rm -rf "$tmp"' EXIT
for i in 1 2 3 4 5 6 7 8 9 10; do
  [ -s "$tmp/asked" ] && break
  sleep 0.5
done
port=$(head -n 1 "$tmp/asked")
bait=http://127.0.0.1:$port

cat > "$tmp/in/1.eml" << MAIL
From: "Ana <img src=$bait/name>" <ana@example.org>
To: Support <support@chirper.example>
Subject: Locked out </title><script src=$bait/subject></script>
Date: Tue, 10 Apr 2018 10:00:00 +0200
Message-ID: <one"onload="x@example.org>
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Dear all, <img src="$bait/plain"> & <style>@import url($bait/style)</style>

could you please look into https://chirper.example/garden_club/1?from=http://evil.example/x.y and www.chirper.example?

</p></article><svg onload="fetch('$bait/svg')"> javascript:alert(1) chirper.example/path and e.g. this.

MAIL
cat > "$tmp/in/2.eml" << MAIL
From: Support <support@chirper.example>
To: Ana Ruiz <ana@example.org>
Subject: Re: Locked out
Date: Fri, 20 Apr 2018 09:30:00 +0200
Message-ID: <two@chirper.example>
In-Reply-To: <one"onload="x@example.org>
Content-Type: text/html; charset=utf-8

<html><head><link rel=stylesheet href="$bait/link"></head><body background="$bait/body">
<p>We look into it.<img src="$bait/html"><iframe src="$bait/frame"></iframe></p>
<a href="$bait/a">the report</a></body></html>
MAIL
cat > "$tmp/in/3.eml" << 'MAIL'
From: مریم کریمی <maryam@example.org>
To: Ana Ruiz <ana@example.org>
Subject: Re: Locked out
Date: Sat, 21 Apr 2018 12:30:00 +0430
Message-ID: <three@example.org>
In-Reply-To: <two@chirper.example>
References: <two@chirper.example>
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

سلام آنا، حساب هنوز بسته است.

turned ‮around

שלום לכולם

On Mon, Apr 16, 2018 at 3:40 PM, Tilda Okonek <tilda@example.org> wrote:
> The lock is on since Monday, says the desk.
MAIL
cat > "$tmp/in/4.eml" << 'MAIL'
From: Sam Ode <sam@example.org>
To: Ana Ruiz <ana@example.org>
Subject: Re: Locked out
Date: Sun, 22 Apr 2018 12:30:00 +0200
Message-ID: <four@example.org>
In-Reply-To: <lost@chirper.example>
References: <two@chirper.example> <lost@chirper.example>

I take it from here.
MAIL
cat > "$tmp/conf" << 'CONF'
[us]
domains = example.org
[party chirper]
match = @chirper.example
role = platform
reply-days = 3
[calendar]
zone = Europe/Berlin
CONF
run ingest --db "$db" "$tmp/in"
is "ingest" 0
run export --db "$db" --config "$tmp/conf" --format=html three@example.org
is "export --format=html" 0
cp "$tmp/out" "$tmp/page.html"
test_ "it loads nothing, runs nothing, leads nowhere" page still "$tmp/page.html"
test_ "no byte of a mail is markup" sh -c '! grep -qiE "<(img|script|iframe|link|object)" "$1"' - "$tmp/page.html"
test_ "no control of a mail turns it around" sh -c '! grep -q "$(printf "\342\200\256")" "$1"' - "$tmp/page.html"
has "an override is shown" "turned &lt;U+202E&gt;around"
has "URLs are defanged" "hxxps://chirper[.]example/garden_club/1?from=hxxp://evil[.]example/x.y and www[.]chirper[.]example?"
has "a host with a path is" "chirper[.]example/path and e.g. this."
sed -n 's/.*<bdi dir="rtl" lang="und-Arab">مریم کریمی.*/x/p' "$tmp/out" > "$tmp/found"
test_ "a Persian name has its direction" test -s "$tmp/found"
has "a Persian paragraph has its direction" '<p class="said" dir="rtl" lang="und-Arab">سلام آنا، حساب هنوز بسته است.</p>'
has "a Hebrew paragraph has its direction" '<p class="said" dir="rtl" lang="und-Hebr">שלום לכולם</p>'
has "both clocks" 'Their clock: <time datetime="2018-04-21T08:00:00Z">2018-04-21 12:30 +04:30</time> · ours: <time datetime="2018-04-21T08:00:00Z">2018-04-21 10:00</time>'
has "quoted only is a word" '<strong class="mark">Quoted only</strong>'
has "missing is a word" '<strong class="mark">Missing</strong>'
has "the drawing says how long the answer took" '>after 9 days</text>'
run export --db "$db" --config "$tmp/conf" --format=html three@example.org
test_ "twice the same" cmp -s "$tmp/out" "$tmp/page.html"
test_ "no present time is in it" sh -c '! grep -q "As of" "$1"' - "$tmp/page.html"

# The first mail alone waits for an answer.
run ingest --db "$tmp/open.db" "$tmp/in/1.eml"
first=$("$heddle" threads --db "$tmp/open.db" --json | sed -n 's/.*"thread": "\(t[^"]*\)".*/\1/p')
run export --db "$tmp/open.db" --config "$tmp/conf" --format=html "$first" --now 2018-04-18T12:00
has "--now is said" "As of 2018-04-18 12:00"
has "an open follow-up is a section" "Open follow-ups</h2>"
has "and says by how much it is overdue" "Overdue by 3 working days"
has "and marks its message" '<strong class="mark">Follow-up open</strong>'
has "and its row of the drawing" '<tspan class="due">open, due 2018-04-13</tspan>'

browser=$(command -v chromium || command -v chromium-browser)
render () { # FILE ARG…
  file=$1
  shift
  timeout 100 "$browser" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage \
    --no-first-run --disable-background-networking --user-data-dir="$tmp/profile" \
    --virtual-time-budget=2000 "$@" "file://$file" 2> "$tmp/browser.log"
}
skip () {
  tests=$((tests + 1))
  echo "ok $tests - in a browser # SKIP $1"
  finish
  exit 0
}
[ -n "$browser" ] || skip "chromium is not installed"
# What the server would see of a page that does load: if nothing, the rest proves nothing.
echo "<!DOCTYPE html><p>hello<img src='$bait/control'>" > "$tmp/control.html"
render "$tmp/control.html" --dump-dom > "$tmp/control.dom" || skip "chromium does not run here"
test_ "the server sees a page that loads" grep -qx /control "$tmp/asked"
render "$tmp/page.html" --dump-dom > "$tmp/dom"
test_ "the browser reads the same page" page still "$tmp/dom"
dom () { page value "$tmp/dom" "$1"; }
test_ "six articles" test "$(dom 'sum(t == "article" for t, a, x in d)')" = 6
test_ "the heading is the subject, letter by letter" \
  test "$(dom '[x for t, a, x in d if t == "h1"][0]')" = "Locked out </title><script src=hxxp://127[.]0[.]0[.]1:$port/subject></script>"
test_ "a row of the drawing for each" test "$(dom 'sum(t == "text" and bool(re.match("[1-6][.] ", x)) for t, a, x in d)')" = 6
test_ "the drawing has a name and a description" test "$(dom '[t for t, a, x in d if a.get("id") in ("drawing-title", "drawing-desc") and x]')" = "['title', 'desc']"
render "$tmp/page.html" --window-size=800,1200 --hide-scrollbars --screenshot="$tmp/page.png" > /dev/null
test_ "the picture is not blank" page drawn "$tmp/page.png"
echo "<!DOCTYPE html><p>" > "$tmp/blank.html"
render "$tmp/blank.html" --window-size=800,1200 --hide-scrollbars --screenshot="$tmp/blank.png" > /dev/null
test_ "a blank one would be seen" sh -c '! "$@"' - "$python" "$G_TEST_SRCDIR/tests/cli/page.py" drawn "$tmp/blank.png"
test_ "the server saw nothing of the page" test "$(tail -n +2 "$tmp/asked" | grep -vcx -e /control -e /favicon.ico)" = 0
finish
