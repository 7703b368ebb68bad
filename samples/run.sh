#!/bin/bash
# SPDX-License-Identifier: MIT
# samples/run.sh: Heddle's main job, for real, on a fresh Debian 12. Installs what is
# missing (as root, or with sudo), builds in build/, starts a private Postfix on
# 127.0.0.1 with heddle-milter in front of it and a worker behind it, sends the
# sample mails as a mail client does, and shows what Heddle makes of them: the chain,
# the thread, a search, what is due and why, the invite, and its end.
#
#   samples/run.sh         all of it; leaves installed packages and build/, no more
#   samples/run.sh --keep  leaves it running, and says how to talk to it
#
# Without root the same runs on `heddle ingest`. Exits non-zero, with one line that
# says why, when a step did not give what it should.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
say_program=samples/run.sh
. tests/lib/say.sh
. tests/lib/packages.sh
. tests/lib/build.sh
. tests/lib/postfix.sh

keep=no
for argument; do
  case $argument in
    --keep) keep=yes ;;
    --built) ;; # we have been here before, without root
    *) die "unknown argument: $argument; there is only --keep" 2 ;;
  esac
done

top=$PWD
work=$(mktemp -d) || die "cannot make a temporary folder" 74
milter_pid= worker_pid= finished=no
PATH=$top/build:$PATH

stop_all() {
  trap '' INT TERM HUP
  for pid in $worker_pid $milter_pid; do kill "$pid" 2> /dev/null; done
  for pid in $worker_pid $milter_pid; do wait "$pid" 2> /dev/null; done
  postfix_stop "$work"
  rm -rf "$work"
}
# shellcheck disable=SC2317  # called by the trap
leave() {
  [ "$keep" = yes ] && [ "$finished" = yes ] && return
  stop_all
}
trap leave EXIT
trap 'exit 130' INT TERM HUP

# The one clock of the samples: Monday, 16 June 2025, in the morning.
now=2025-06-16T09:00+02:00

# --- set-up --------------------------------------------------------------------------

set_up() {
  say_title "Setting up"
  # shellcheck disable=SC2086  # lists of words
  if packages_may_be_root; then
    packages_install "$work/apt.log" $packages_build $packages_mta
  else
    packages_install "$work/apt.log" $packages_build jq
  fi
  build_in build "$work/build.log" || die "the build failed"
  if [ "$(id -u)" != 0 ] && packages_may_be_root; then
    say_note "Postfix needs root: going on with sudo."
    rm -rf "$work"
    exec sudo -- "$BASH" "$top/samples/run.sh" --built "$@"
  fi
}

write_config() { # RELAY
  cat > "$work/heddle.conf" <<CONF
[store]
path = $work/heddle.db
[milter]
socket = unix:$work/milter.sock
spool = $work/spool
inboxes = threads@example.org
[us]
domains = example.org
[person ana]
name = Ana Ruiz
addresses = ana@example.org
backup = sam
[person sam]
name = Sam Oduya
addresses = sam@example.org
backup = ana
[party chirper]
match = @chirper.example
role = platform
reply-days = 3
[party reefwatch]
match = @reefwatch.example
role = partner
[calendar]
zone = Europe/Berlin
holidays = $top/samples/thread/holidays.ics
[policy]
reply-days = 5
[remind]
from = follow-up@threads.example.org
relay = $1
CONF
  export HEDDLE_CONFIG=$work/heddle.conf
}

start_services() {
  say_title "A private Postfix, heddle-milter in front of it, a worker behind it"
  postfix_start "$work" "unix:$work/milter.sock" ana@example.org sam@example.org \
    threads@example.org support@chirper.example || die "Postfix does not start"
  write_config "smtp://127.0.0.1:$POSTFIX_PORT"
  postfix_user "$work" ana@example.org weave || die "cannot make Ana's login"
  postfix_user "$work" sam@example.org thread || die "cannot make Sam's login"
  heddle-milter --allow-root --socket-group postfix > "$work/milter.log" 2>&1 < /dev/null &
  milter_pid=$!
  await "the milter's socket" test -S "$work/milter.sock"
  heddle worker > "$work/worker.log" 2>&1 < /dev/null &
  worker_pid=$!
  say_note "Postfix listens on 127.0.0.1:$POSTFIX_PORT; mail to threads@example.org goes through the" \
    "milter, which puts it in its spool before Postfix gets an answer. The worker parses it."
}

# --- helpers --------------------------------------------------------------------------

# await WHAT COMMAND…: until COMMAND succeeds, 30 s at most.
await() {
  local what=$1 i
  shift
  for i in $(seq 300); do
    "$@" > /dev/null 2>&1 && return 0
    [ $((i % 20)) = 0 ] && printf '  waiting for %s … %s s\n' "$what" $((i / 10))
    sleep 0.1
  done
  tail -n 3 "$work/milter.log" "$work/worker.log" >&2 2> /dev/null
  die "$what did not come within 30 s"
}

# expect WHAT JQ-EXPRESSION < JSON: the expression must be true.
expect() {
  local json
  json=$(cat)
  jq -e "$2" > /dev/null 2>&1 <<< "$json" ||
    die "$1: this is not true of the answer: $2"
  printf '  ✓ %s\n' "$1"
}

# show_run COMMAND…: the command as one would type it, then what it prints.
show_run() {
  printf '\n%s$ %s%s\n' "$say_bold" "$*" "$say_off"
  "$@" 2> "$work/stderr" || { cat "$work/stderr" >&2; die "$1 ${2-} failed"; }
}

# The first lines of what COMMAND prints.
show_head() { # LINES COMMAND…
  local most=$1
  shift
  show_run "$@" > "$work/out" || { cat "$work/out"; exit 1; }
  head -n "$most" "$work/out"
  [ "$(wc -l < "$work/out")" -le "$most" ] ||
    say_note "… and $(($(wc -l < "$work/out") - most)) lines more"
}

mails_known() { [ "$(heddle threads --json | jq '[.[].received] | add // 0')" -ge "$1" ]; }

# deliver SENDER PASSWORD RCPTS FILE: as a mail client does, or as another site's MTA
# does, without a password ("-").
deliver() {
  local sender=$1 password=$2 rcpts=$3 file=$4 login=()
  [ "$password" = - ] || login=(-u "$sender:$password")
  # shellcheck disable=SC2086  # a list of words
  postfix_send "${login[@]}" "$sender" $rcpts < "$file" ||
    die "Postfix did not take $file: $POSTFIX_ANSWER"
  printf '  %-44s %s\n' "${file#samples/}" "$POSTFIX_ANSWER"
}

# --- the story -------------------------------------------------------------------------

send_mails() {
  local desk=support@chirper.example in=threads@example.org t=samples/thread
  say_title "Six mails of two stories"
  if [ "$real" = no ]; then
    show_run heddle ingest samples/released/harbour-radio-forward.eml $t/[1-5]-*.eml
    return
  fi
  deliver ana@example.org weave "$in sam@example.org" samples/released/harbour-radio-forward.eml
  deliver ana@example.org weave "$in" $t/1-ana-forwards.eml
  deliver ana@example.org weave "$desk $in" $t/2-ana-to-chirper.eml
  deliver support@chirper.example - "ana@example.org $in" $t/3-chirper-machine.eml
  deliver sam@example.org thread "$desk ana@example.org $in" $t/4-sam-asks-again.eml
  deliver milo@reefwatch.example - "sam@example.org $in" $t/5-milo-answers.eml
  await "the worker" mails_known 6
  await "Ana's mail in her Maildir" postfix_wait "$work" ana@example.org 2 1
  printf '  ✓ delivered as ever, and all six known to Heddle\n'
}

show_chain() {
  say_title "One forward, twenty messages"
  say_note "A released thread, its names withheld, pasted into a forward. Heddle finds who wrote" \
    "what, when, in answer to whom; the eight signatures that a client piled up at the" \
    "end go back to the messages that they closed."
  show_head 40 heddle parse samples/released/harbour-radio-forward.eml
  heddle parse --json samples/released/harbour-radio-forward.eml > "$work/chain.json"
  expect "21 messages, one the forward itself" '.chain | length == 21' < "$work/chain.json"
  expect "each answers the next" '[.chain[:-1][] | .parent == .index + 1] | all' < "$work/chain.json"
  expect "withheld names stay withheld" \
    '[.chain[] | select(.from.redacted and .from.name == null)] | length == 3' < "$work/chain.json"
  expect "nobody is made up for the message without an author" '.chain[20].from == null' < "$work/chain.json"
  expect "twelve screen shots are named by the oldest" '.chain[20].attachments | length == 12' < "$work/chain.json"
}

show_thread() {
  local thread
  say_title "Five mails, one conversation"
  say_note "Each mail quotes some of the others. What it shows again is kept once."
  thread=$(heddle search --output=threads --json 'handle:@reefwatch_' | jq -r '.[0].thread')
  show_run heddle threads
  show_head 60 heddle show "$thread"
  heddle show --json "$thread" > "$work/thread.json"
  # What the five mails hold: Milo's first mail, Ana's forward of it, Ana's and Sam's
  # to Chirper, the machine's answer, Milo's second.
  expect "six messages out of five mails" '.messages | length == 6' < "$work/thread.json"
  expect "Ana's letter stands in three of the mails" \
    '[.messages[] | select(.message_id == "CAJz7kQ1b7-escalation-0002@mail.example.org") | .evidence | length] == [3]' \
    < "$work/thread.json"
}

show_search() {
  say_title "Asking"
  show_run heddle search 'from:ruben "harbour rat"' --limit=3
  show_run heddle search 'case:40812'
  heddle search --json 'case:40812' | expect "the case number finds its messages" 'length >= 2'
}

show_due() {
  say_title "Who owes us an answer (it is $now)"
  show_run heddle due --now "$now"
  heddle due --json --now "$now" > "$work/due.json"
  expect "Chirper's answer is overdue" "$chirper_open | length == 1 and .[0].overdue" < "$work/due.json"
  followup=$(jq -r "$chirper_open | .[0].id" "$work/due.json")
  say_note "The released thread holds promises too. They are years old: closed by hand."
  jq -r "(. - $chirper_open)[].id" "$work/due.json" | while read -r old; do
    show_run heddle close "$old"
  done
  say_title "Why"
  show_run heddle why "$followup" --now "$now"
}

# The mails in a Maildir or folder whose calendar part says METHOD.
invites() { # METHOD
  grep -lrE "^(Content-Type: text/calendar;|[[:space:]]).*method=$1" "$invite_box" 2> /dev/null
}
have_invite() { [ -n "$(invites "$1")" ]; }

remind() { # NOW
  if [ "$real" = yes ]; then show_run heddle remind --now "$1"
  else show_run heddle remind --outdir "$work/outdir" --now "$1"
  fi
}

show_invite() { # METHOD
  local mail
  await "the invite" have_invite "$1"
  mail=$(invites "$1")
  [ "$(wc -l <<< "$mail")" = 1 ] || die "more than one mail with METHOD:$1"
  say_note "As it arrived in $([ "$real" = yes ] && echo "Ana's Maildir" || echo "the folder"):"
  sed -n '/^[Bb][Ee][Gg][Ii][Nn]/q; /^$/q; /^\(From\|To\|Subject\|Date\|Auto-Submitted\|Content-Type\)/p' "$mail" | sed 's/^/    /'
  calendar_of "$mail" | sed 's/^/    /'
}

# The calendar part of a mail, decoded.
calendar_of() {
  tr -d '\r' < "$1" | awk '
    /^Content-Type: text\/calendar/ { part = 1 }
    part && /^$/ { if (body) exit; body = 1; next }
    part && body && /^--/ { exit }
    part && body { print }' | base64 -d 2> /dev/null | tr -d '\r'
}

show_reminder() {
  say_title "The reminder"
  say_note "An invite in the calendar of one of us; it names the thread and no person."
  mkdir -p "$work/outdir"
  remind "$now"
  show_invite REQUEST
  have_invite CANCEL && die "a CANCEL before there was an answer"
  printf '  ✓ the invite is there\n'
}

show_answer() {
  local later=2025-06-17T19:00+02:00
  say_title "Chirper answers, a day later"
  if [ "$real" = yes ]; then
    deliver ingrid.vale@chirper.example - "sam@example.org threads@example.org" samples/thread/6-chirper-answers.eml
    await "the worker" mails_known 7
  else
    show_run heddle ingest samples/thread/6-chirper-answers.eml
  fi
  heddle due --json --now "$later" | expect "nothing is owed by Chirper any more" "$chirper_open | length == 0"
  remind "$later"
  show_invite CANCEL
  printf '  ✓ the invite is taken back\n'
}

# Of `heddle due`: what Chirper owes.
chirper_open='[.[] | select((.waiting_on.address // "") | endswith("@chirper.example"))]'

say_keep() {
  finished=yes
  say_title "It is still running"
  cat <<TEXT
  Postfix   127.0.0.1:$POSTFIX_PORT, ana@example.org with the password weave
  talk      export HEDDLE_CONFIG=$work/heddle.conf PATH=$top/build:\$PATH
            heddle threads; heddle due --now $now
  send      curl smtp://127.0.0.1:$POSTFIX_PORT -u ana@example.org:weave \\
              --mail-from ana@example.org --mail-rcpt threads@example.org -T some.eml
  mailboxes $work/mail
  stop      kill $milter_pid $worker_pid; postfix -c $work/etc stop; rm -rf $work
TEXT
}

set_up "$@"
real=yes
if reason=$(postfix_reason); then
  invite_box=$work/mail/example.org
  start_services
else
  real=no
  say_title "Without a mail server"
  say_note "$reason, so the same runs on \`heddle ingest\`: no SMTP, no milter, no invite by mail."
  invite_box=$work/outdir
  write_config smtp://127.0.0.1:25
fi
send_mails
show_chain
show_thread
show_search
show_due
show_reminder
show_answer
say_title "All as it should be."
[ "$keep" = yes ] && [ "$real" = yes ] && say_keep
exit 0
