#!/bin/bash
# SPDX-License-Identifier: MIT
# heddle-milter behind a real Postfix: what is answered 250 is in the spool, byte for
# byte; what cannot be kept is answered 451; other mail is left alone.
here=$(cd "$(dirname "$0")/.." && pwd)
. "$here/lib/postfix.sh"
. "$here/lib/milter.sh"
if ! reason=$(postfix_reason); then
  echo "1..0 # SKIP $reason"
  exit 0
fi
dir=$(mktemp -d) || exit 99
trap 'kill -9 "$MILTER_PID" 2>/dev/null; postfix_stop "$dir"; chattr -i "$dir/spool/tmp" 2>/dev/null; rm -rf "$dir"' EXIT

cat > "$dir/heddle.conf" <<'CONF'
[milter]
inboxes = threads@example.org; cases@example.org
max-bytes = 3000000
[us]
domains = example.org
CONF
printf 'From: Ana Ruiz <ana@example.org>\r\nTo: threads@example.org\r\nSubject: a thread\r\nMessage-ID: <1@example.org>\r\nDate: Tue, 10 Apr 2018 15:59:11 -0400\r\n\r\nHello.\r\n' > "$dir/plain.eml"

milter_start "$dir" || { echo "Bail out! the milter does not start"; cat "$dir/milter.log"; exit 1; }
postfix_start "$dir" "unix:$dir/milter.sock" threads@example.org cases@example.org sam@example.net \
  || { echo "Bail out! Postfix does not start"; exit 1; }
postfix_user "$dir" ana@example.org secret

# send FILE SENDER RCPT…: one mail in a session of its own.
send() {
  smtp_open && smtp_mail "$@"
  local status=$?
  smtp_close
  return $status
}
one() { spool_names | tail -1; }

# --- mail to an inbox ------------------------------------------------------------

kept_before_answer() {
  spool_empty
  smtp_open && smtp_mail "$dir/plain.eml" ana@example.org threads@example.org || return 1
  [ "$(spool_count)" = 1 ] || return 1 # the session is still open: nothing ran later
  smtp_close
  cmp <(spool_mail "$(one)") "$dir/plain.eml"
}
tap "mail to an inbox is in the spool, byte for byte, before 250" kept_before_answer
tap "and is delivered on" postfix_wait "$dir" threads@example.org 1 10

envelope() {
  spool_envelope "$(one)" > "$dir/envelope"
  cat "$dir/envelope"
  grep -qx 'sender 15:ana@example.org' "$dir/envelope" \
    && grep -qx 'rcpt 19:threads@example.org' "$dir/envelope" \
    && grep -qx 'client 9:127.0.0.1' "$dir/envelope" \
    && grep -qx 'helo 18:client.example.org' "$dir/envelope" \
    && grep -q '^queue-id ' "$dir/envelope" && grep -q '^daemon ' "$dir/envelope" \
    && grep -qE '^received [0-9]+:[0-9]+$' "$dir/envelope" \
    && ! grep -q '^auth ' "$dir/envelope" \
    && [ "$(grep '^header' "$dir/envelope" | cut -d: -f2 | tr '\n' ' ')" \
         = 'From To Subject Message-ID Date ' ]
}
tap "its envelope and the order of its header are kept" envelope

authenticated() {
  spool_empty
  postfix_send -u ana@example.org:secret ana@example.org threads@example.org < "$dir/plain.eml" \
    && spool_envelope "$(one)" | grep -qx 'auth 15:ana@example.org' \
    && spool_envelope "$(one)" | grep -qx 'auth-type 5:PLAIN'
}
tap "the name that a password was checked for is kept" authenticated

tagged() {
  spool_empty
  send "$dir/plain.eml" '' 'Threads+urgent@EXAMPLE.org' || return 1
  spool_envelope "$(one)" | grep -qx 'sender 0:' \
    && spool_envelope "$(one)" | grep -qx 'rcpt 26:Threads+urgent@EXAMPLE.org'
}
tap "a tag, capitals and an empty sender do no harm" tagged

mixed() {
  spool_empty
  send "$dir/plain.eml" ana@example.org sam@example.net threads@example.org cases@example.org || return 1
  [ "$(spool_count)" = 1 ] && [ "$(spool_envelope "$(one)" | grep -c '^rcpt ')" = 2 ]
}
tap "two inboxes and another recipient: one entry, naming the inboxes" mixed
tap "delivered to all" postfix_wait "$dir" cases@example.org 1 10
tap "to the other too" postfix_wait "$dir" sam@example.net 1 10

other() {
  spool_empty
  send "$dir/plain.eml" ana@example.org sam@example.net || return 1
  [ "$(spool_count)" = 0 ] && postfix_wait "$dir" sam@example.net 2 10
}
tap "other mail passes untouched" other

# --- bytes ---------------------------------------------------------------------------

exact_bytes() {
  spool_empty
  printf 'From: Ana Ruiz <ana@example.org>\r\nX-Fold:  two blanks\r\n\tfolded  \r\nX-Tight:none\r\nX-8bit: caf\303\251 \377\r\nSubject:\r\nDate: Tue, 10 Apr 2018 15:59:11 -0400\r\nMessage-ID: <2@example.org>\r\n\r\n.\r\n..two\r\n.x\r\nNUL \0 here, 8 bit \351\377, ctl \001\033\r\n%s\r\n\r\n\r\n' \
    "$(head -c 3000 /dev/zero | tr '\0' x)" > "$dir/odd.eml"
  send "$dir/odd.eml" ana@example.org threads@example.org || return 1
  cmp <(spool_mail "$(one)") "$dir/odd.eml"
}
tap "8 bit, NUL, dots, folds and blanks arrive as they were sent" exact_bytes

large_header() {
  spool_empty
  { printf 'From: ana@example.org\r\nDate: Tue, 10 Apr 2018 15:59:11 -0400\r\nMessage-ID: <3@example.org>\r\nX-Long: begin\r\n'
    for i in $(seq 300); do printf ' %0270d\r\n' "$i"; done
    printf '\r\nx\r\n'; } > "$dir/long.eml"
  send "$dir/long.eml" ana@example.org threads@example.org || return 1
  # Postfix 3.7 itself cuts a field to 60000 bytes once a milter is attached, in what it
  # delivers too.
  [ "$(spool_mail "$(one)" | wc -c)" -gt 60000 ] \
    && cmp <(spool_mail "$(one)" | head -c 60000) <(head -c 60000 "$dir/long.eml") \
    && cmp <(spool_mail "$(one)" | tail -c 5) <(tail -c 5 "$dir/long.eml")
}
tap "a header field of 80 KB passes" large_header

large_body() {
  spool_empty
  { cat "$dir/plain.eml"; head -c 1500000 /dev/urandom | base64 -w 76 | sed 's/$/\r/'; } > "$dir/large.eml"
  send "$dir/large.eml" ana@example.org threads@example.org || return 1
  cmp <(spool_mail "$(one)") "$dir/large.eml"
}
tap "2 MB arrive as they were sent" large_body

too_large() {
  spool_empty
  { cat "$dir/large.eml" "$dir/large.eml"; } > "$dir/larger.eml"
  send "$dir/larger.eml" ana@example.org threads@example.org
  [ "$(spool_count)" = 0 ] && [ -z "$(ls "$dir/spool/tmp")" ] \
    && grep -q 'mail-not-kept.*larger than milter.max-bytes' "$dir/milter.log"
}
tap "more than max-bytes is not kept, leaves nothing, and the log says why" too_large

# --- sessions -----------------------------------------------------------------------------

several() {
  spool_empty
  smtp_open || return 1
  local i
  for i in 1 2 3; do
    smtp_mail "$dir/plain.eml" ana@example.org threads@example.org || return 1
    smtp_mail "$dir/plain.eml" ana@example.org sam@example.net || return 1
    smtp "MAIL FROM:<ana@example.org>" && smtp "RCPT TO:<threads@example.org>" && smtp RSET
  done
  smtp "MAIL FROM:<ana@example.org>" && smtp "RCPT TO:<cases@example.org>"
  smtp "MAIL FROM:<ana@example.org>"
  exec 7>&- # gone without QUIT
  [ "$(spool_count)" = 3 ]
}
tap "several mails, resets and a break in one session" several

broken_off() {
  spool_empty
  smtp_open && smtp "MAIL FROM:<ana@example.org>" && smtp "RCPT TO:<threads@example.org>" && smtp DATA
  printf 'From: ana@example.org\r\n\r\nhalf' >&7
  exec 7>&-
  sleep 0.3
  [ "$(spool_count)" = 0 ] && until_true 5 test -z "$(ls "$dir/spool/tmp")"
}
tap "a client that breaks off leaves nothing" broken_off

parallel() {
  spool_empty
  smtp-source -s 20 -m 200 -l 10240 -f ana@example.org -t threads@example.org \
    "127.0.0.1:$POSTFIX_PORT" || return 1
  [ "$(spool_count)" = 200 ]
}
tap "20 sessions at once: 200 of 200 mails" parallel

# --- trouble ----------------------------------------------------------------------------------

# As send, but keeps the answer that mattered, in SMTP_LAST.
attempt() {
  smtp_open
  smtp_mail "$dir/plain.eml" ana@example.org threads@example.org
  SMTP_LAST=$SMTP_ANSWER
  smtp_close
}
no_spool() {
  spool_empty
  mv "$dir/spool/tmp" "$dir/spool/gone" && rmdir "$dir/spool/gone" || return 1
  attempt
  echo "$SMTP_LAST"
  [[ $SMTP_LAST = 451* ]] || return 1
  grep -q 'mail-not-kept' "$dir/milter.log" || return 1
  smtp_open && smtp_mail "$dir/plain.eml" ana@example.org sam@example.net || return 1
  smtp_close
}
tap "without a spool folder: 451 for the inbox, a line in the log, other mail passes" no_spool

restarted() {
  milter_stop || return 1
  milter_start "$dir" && attempt
  [[ $SMTP_LAST = 250* ]] && [ "$(spool_count)" = 1 ]
}
tap "the milter ends at SIGTERM with 0; started again, the same mail is kept" restarted

read_only() {
  spool_empty
  chattr +i "$dir/spool/tmp" 2>/dev/null || mount -t tmpfs -o size=16k none "$dir/spool/tmp" \
    2>/dev/null || { echo "cannot make a folder that refuses root"; return 0; }
  milter_kill
  milter_start "$dir"
  attempt
  chattr -i "$dir/spool/tmp" 2>/dev/null || umount "$dir/spool/tmp"
  echo "$SMTP_LAST"
  [[ $SMTP_LAST = 451* ]] && [ "$(spool_count)" = 0 ] || return 1
  milter_kill
  milter_start "$dir" && attempt
  [[ $SMTP_LAST = 250* ]] && [ "$(spool_count)" = 1 ]
}
tap "a spool that cannot be written: 451; mended, the mail is kept" read_only

killed() {
  spool_empty
  smtp_open && smtp "MAIL FROM:<ana@example.org>" && smtp "RCPT TO:<threads@example.org>"
  [[ $SMTP_ANSWER = 250* ]] || return 1
  milter_kill
  smtp DATA
  [[ $SMTP_ANSWER = 354* ]] && smtp_text "$dir/plain.eml"
  local answer=$SMTP_ANSWER
  exec 7>&-
  echo "$answer"
  [[ $answer = 4* ]] && [ "$(spool_count)" = 0 ]
}
tap "the milter is killed amid a session: 4xx, nothing kept" killed

stale() {
  [ -S "$dir/milter.sock" ] || return 1
  milter_start "$dir" && attempt
  [[ $SMTP_LAST = 250* ]] && [ "$(spool_count)" = 1 ]
}
tap "the stale socket that it left is taken over" stale

crowded() {
  milter_kill
  sed 's/^max-bytes.*/max-sessions = 2/' "$dir/heddle.conf" > "$dir/few.conf"
  milter_start "$dir" --config "$dir/few.conf" || return 1
  spool_empty
  exec 5<> "/dev/tcp/127.0.0.1/$POSTFIX_PORT" 6<> "/dev/tcp/127.0.0.1/$POSTFIX_PORT"
  read -r -t 10 <&5 && read -r -t 10 <&6
  attempt
  local first=$SMTP_LAST
  exec 5>&- 6>&-
  sleep 0.3
  attempt
  echo "$first / $SMTP_LAST"
  [[ $first = 4* ]] && [[ $SMTP_LAST = 250* ]]
}
tap "above max-sessions: 4xx until others have gone" crowded

# --- deliver = discard ---------------------------------------------------------------------

discard() {
  milter_kill
  sed 's/^max-bytes.*/deliver = discard/' "$dir/heddle.conf" > "$dir/discard.conf"
  milter_start "$dir" --config "$dir/discard.conf" || return 1
  spool_empty
  local had others
  had=$(ls "$(postfix_maildir "$dir" threads@example.org)/new" | wc -l)
  others=$(ls "$(postfix_maildir "$dir" sam@example.net)/new" | wc -l)
  attempt
  [[ $SMTP_LAST = 250* ]] && [ "$(spool_count)" = 1 ] || return 1
  send "$dir/plain.eml" ana@example.org sam@example.net threads@example.org || return 1
  [ "$(spool_count)" = 2 ] || return 1
  postfix_wait "$dir" sam@example.net $((others + 1)) 10 || return 1
  sleep 0.5
  [ "$(ls "$(postfix_maildir "$dir" threads@example.org)/new" | wc -l)" = "$had" ]
}
tap "deliver=discard: kept, not delivered to the inbox, but to other recipients" discard

# --- TCP ---------------------------------------------------------------------------------------

tcp() {
  milter_kill
  local port
  port=$(postfix_free_port)
  milter_start "$dir" --socket "inet:127.0.0.1:$port" || return 1
  postfix_setting "$dir" "smtpd_milters=inet:127.0.0.1:$port"
  sleep 0.5
  spool_empty
  attempt
  [[ $SMTP_LAST = 250* ]] && [ "$(spool_count)" = 1 ] || return 1
  local begun=$EPOCHREALTIME
  smtp-source -d -m 50 -l 4000 -f ana@example.org -t threads@example.org \
    "127.0.0.1:$POSTFIX_PORT" || return 1
  local took=$(( (${EPOCHREALTIME/./} - ${begun/./}) / 50000 ))
  echo "$took ms a mail"
  [ "$took" -lt 30 ]
}
tap "over TCP, without a stall of 40 ms a mail" tcp

# --- the worker -----------------------------------------------------------------------------------

drained() {
  spool_empty
  smtp_open
  smtp_mail "$dir/plain.eml" sam@example.net threads@example.org
  smtp_mail "$dir/odd.eml" sam@example.net threads@example.org
  smtp_mail "$dir/plain.eml" sam@example.net threads@example.org
  smtp_close
  postfix_send -u ana@example.org:secret ana@example.org threads@example.org < "$dir/plain.eml"
  [ "$(spool_count)" = 4 ] || return 1
  HEDDLE_CONFIG='' "$builddir/heddle" worker --once --config "$dir/drain.conf" || return 1
  [ "$(spool_count)" = 0 ] && [ -z "$(ls "$dir/spool/bad")" ] || return 1
  HEDDLE_CONFIG='' "$builddir/heddle" status --json --config "$dir/drain.conf" | tee "$dir/status"
  tr -d ' \n' < "$dir/status" | grep -q '"mails":2,'
}
sed "s|^max-bytes.*|spool = $dir/spool|; \$ a [store]\npath = $dir/heddle.db" "$dir/heddle.conf" > "$dir/drain.conf"
tap "heddle worker --once drains the spool; the same mail three times is one" drained

quiet_log() { ! grep -qE 'ana@|threads@|example' <(cat "$dir/all.log" "$dir/milter.log" | sed 's/milter-ready.*//'); }
tap "no address is in the log" quiet_log
tap_done
