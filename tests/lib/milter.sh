# SPDX-License-Identifier: MIT
# TAP, a heddle-milter, an SMTP client that sends bytes as they are, and a look into
# the spool; for the tests in tests/milter/. To be sourced by bash.

builddir=${G_TEST_BUILDDIR:-$PWD}
TAP_COUNT=0

# tap NAME COMMAND…: one case.
tap() {
  local name=$1
  shift
  TAP_COUNT=$((TAP_COUNT + 1))
  if "$@" > "$dir/tap.out" 2>&1; then
    echo "ok $TAP_COUNT - $name"
  else
    echo "not ok $TAP_COUNT - $name"
    sed 's/^/# /' "$dir/tap.out"
  fi
}
tap_done() { echo "1..$TAP_COUNT"; }

# until_true SECONDS COMMAND…
until_true() {
  local tries=$(($1 * 20))
  shift
  while ! "$@" > /dev/null 2>&1; do
    tries=$((tries - 1))
    [ $tries -gt 0 ] || return 1
    sleep 0.05
  done
}

# milter_start DIR [OPTION…]: configuration DIR/heddle.conf, spool DIR/spool, socket
# DIR/milter.sock, log DIR/milter.log. Sets MILTER_PID.
milter_start() {
  local at=$1
  shift
  touch "$at/milter.log"
  cat "$at/milter.log" >> "$at/all.log"
  : > "$at/milter.log"
  HEDDLE_CONFIG='' "$builddir/heddle-milter" --allow-root --config "$at/heddle.conf" \
    --spool "$at/spool" --socket "unix:$at/milter.sock" --socket-group postfix "$@" \
    2>> "$at/milter.log" &
  MILTER_PID=$!
  until_true 5 grep -q milter-ready "$at/milter.log"
}

# milter_stop: by SIGTERM; its exit status.
milter_stop() {
  kill "$MILTER_PID" 2>/dev/null
  wait "$MILTER_PID"
}
milter_kill() {
  kill -9 "$MILTER_PID" 2>/dev/null
  wait "$MILTER_PID" 2>/dev/null
}

# --- the spool -----------------------------------------------------------------

spool_count() { find "$dir/spool/new" -type f | wc -l; }
spool_names() { find "$dir/spool/new" -type f | sort; }
spool_empty() { rm -f "$dir"/spool/new/*; }
# The mail and the envelope within an entry.
spool_mail() { tail -c +112 "$1" | head -c "$(head -1 "$1" | cut -d' ' -f4 | sed 's/^0*//')"; }
spool_envelope() { tail -c "$(head -1 "$1" | cut -d' ' -f3 | sed 's/^0*//')" "$1"; }

# --- SMTP ------------------------------------------------------------------------

# smtp_open: a session at descriptor 7.
smtp_open() {
  exec 7<> "/dev/tcp/127.0.0.1/$POSTFIX_PORT" || return 1
  smtp_answer
  smtp "EHLO client.example.org"
}
smtp_close() {
  smtp QUIT
  exec 7>&-
}
# The server's answer, its last line in SMTP_ANSWER.
smtp_answer() {
  SMTP_ANSWER=
  while IFS= read -r -t 30 SMTP_ANSWER <&7; do
    SMTP_ANSWER=${SMTP_ANSWER%$'\r'}
    [[ $SMTP_ANSWER =~ ^[0-9]{3}- ]] || break
  done
}
# smtp COMMAND: says it and takes the answer.
smtp() {
  printf '%s\r\n' "$1" >&7
  smtp_answer
}
# smtp_text FILE: after 354, the bytes of a file with CRLF line ends, dots stuffed.
smtp_text() {
  LC_ALL=C sed 's/^\./../' "$1" >&7
  smtp .
}
# smtp_mail FILE SENDER RCPT…: one mail in an open session.
smtp_mail() {
  local file=$1 rcpt
  smtp "MAIL FROM:<$2>"
  shift 2
  for rcpt; do
    [[ $SMTP_ANSWER = 250* ]] || return 1
    smtp "RCPT TO:<$rcpt>"
  done
  [[ $SMTP_ANSWER = 250* ]] || return 1
  smtp DATA
  [[ $SMTP_ANSWER = 354* ]] || return 1
  smtp_text "$file"
  [[ $SMTP_ANSWER = 250* ]]
}
