#!/bin/bash
# SPDX-License-Identifier: MIT
# heddle-milter starts, or says in one line why not; sockets that are stale, in use or
# no sockets. Needs no MTA.
here=$(cd "$(dirname "$0")/.." && pwd)
. "$here/lib/milter.sh"
dir=$(mktemp -d) || exit 99
trap 'kill -9 "$MILTER_PID" 2>/dev/null; rm -rf "$dir"' EXIT
group=$(id -gn)
printf '[milter]\ninboxes = threads@example.org\n' > "$dir/heddle.conf"

# fails STATUS PATTERN OPTION…: one line that matches, that status, within 5 s.
fails() {
  local want=$1 pattern=$2 status=0
  shift 2
  HEDDLE_CONFIG='' timeout 5 "$builddir/heddle-milter" "$@" > "$dir/out" 2> "$dir/err" || status=$?
  cat "$dir/err"
  echo "status $status"
  [[ $status =~ ^$want$ ]] && [ ! -s "$dir/out" ] && [ "$(wc -l < "$dir/err")" = 1 ] \
    && grep -qE "$pattern" "$dir/err"
}
start() { milter_start "$dir" --socket-group "$group" "$@"; }
root=--allow-root
good=(--config "$dir/heddle.conf" --spool "$dir/spool")

tap "an unknown option: 2" fails 2 'Unknown option' --frobnicate
tap "an argument: 2" fails 2 'options only' frobnicate
if [ "$(id -u)" = 0 ]; then
  tap "as root: 78" fails 78 'not as root' "${good[@]}"
fi
printf '[milter]\ninboxes = threads@example.org\nfrobnicate = 1\n' > "$dir/bad.conf"
tap "a broken configuration: 78, the line named" fails 78 'bad.conf:3: ' $root --config "$dir/bad.conf"
tap "no such configuration: 78" fails 78 'nowhere.conf' $root --config "$dir/nowhere.conf"
printf '[us]\ndomains = example.org\n' > "$dir/none.conf"
tap "no inboxes: 78" fails 78 'no inboxes' $root --config "$dir/none.conf"
tap "no place for a spool: 74" fails 74 'no spool at /nowhere/x' $root --config "$dir/heddle.conf" --spool /nowhere/x
for socket in unix: unix:relative inet:0@127.0.0.1 inet:x@127.0.0.1 inet:99999@127.0.0.1 tcp:25 \
              inet:25@ "unix:/$(head -c 120 /dev/zero | tr '\0' x)" unix:/nowhere/at/all; do
  tap "socket ${socket:0:30}: said to be wrong" fails '(78|69)' . $root "${good[@]}" --socket "$socket"
done

version() { [ "$("$builddir/heddle-milter" --version)" = "heddle-milter $("$builddir/heddle-milter" --version | cut -d' ' -f2)" ]; }
tap "--version" version
help() { "$builddir/heddle-milter" --help | grep -q -- --socket; }
tap "--help" help

runs() {
  start || return 1
  [ "$(stat -c %a "$dir/milter.sock")" = 660 ] && [ "$(stat -c %a "$dir/spool")" = 700 ]
}
tap "starts; the socket is open to owner and group alone" runs
tap "a socket on which somebody answers: 69" fails 69 'another program does' $root "${good[@]}" --socket "unix:$dir/milter.sock"
still() { kill -0 "$MILTER_PID" && [ -S "$dir/milter.sock" ]; }
tap "and that one still runs" still
stopped() { milter_stop && [ ! -e "$dir/milter.sock" ]; }
tap "SIGTERM: 0, the socket is gone" stopped
stale() {
  start || return 1
  milter_kill
  [ -S "$dir/milter.sock" ] && start && kill -0 "$MILTER_PID"
}
tap "a stale socket is replaced" stale
milter_stop
echo keep > "$dir/file"
tap "a file that is no socket: 69" fails 69 'no socket' $root "${good[@]}" --socket "unix:$dir/file"
kept() { [ "$(cat "$dir/file")" = keep ]; }
tap "and is left alone" kept

tcp() {
  local port
  for _ in 1 2 3; do
    port=$((20000 + RANDOM % 12000))
    start --socket "inet:$port" || continue
    (exec 3<> "/dev/tcp/127.0.0.1/$port") && break
  done
  echo "$port" > "$dir/port"
  (exec 3<> "/dev/tcp/127.0.0.1/$port")
}
tap "listens on a port of the loopback" tcp
tap "a port in use: 69" fails 69 'another program does' $root "${good[@]}" --socket "inet:127.0.0.1:$(cat "$dir/port")"
tap_done
