# SPDX-License-Identifier: MIT
# say.sh: what samples/run.sh and tests/run.sh say while they work. Sourced by sh.
#
# Results go to standard output. A step that takes longer than a second shows how
# long it has been at it: in place on a terminal, as a line each half minute
# elsewhere, so that the log of a CI stays short.

say_bold= say_dim= say_off=
if [ -t 1 ] && [ -z "${NO_COLOR-}" ] && [ "${TERM-dumb}" != dumb ]; then
  say_bold=$(printf '\033[1m') say_dim=$(printf '\033[2m') say_off=$(printf '\033[0m')
fi

# say_title TEXT: a heading.
say_title () {
  printf '\n%s%s%s\n' "$say_bold" "$1" "$say_off"
}

# say_note TEXT…: one line of explanation each.
say_note () {
  for say_line in "$@"; do
    printf '%s  %s%s\n' "$say_dim" "$say_line" "$say_off"
  done
}

# die TEXT [STATUS]: one line on standard error, then the end.
die () {
  printf '%s: %s\n' "${say_program:-heddle}" "$1" >&2
  exit "${2:-1}"
}

# step LABEL LOG COMMAND…: run COMMAND with its output in LOG, show progress;
# when it fails, show the end of LOG and return its status.
step () {
  step_label=$1 step_log=$2
  shift 2
  step_begin=$(date +%s)
  "$@" > "$step_log" 2>&1 < /dev/null &
  step_pid=$!
  step_said=0
  [ -t 1 ] || printf '  %s …\n' "$step_label"
  sleep 0.3
  while kill -0 "$step_pid" 2> /dev/null; do
    step_took=$(($(date +%s) - step_begin))
    if [ -t 1 ]; then
      printf '\r  %s … %s s' "$step_label" "$step_took"
    elif [ "$step_took" -ge $((step_said + 30)) ]; then
      step_said=$step_took
      printf '  %s … %s s\n' "$step_label" "$step_took"
    fi
    sleep 1
  done
  step_status=0
  wait "$step_pid" || step_status=$?
  step_took=$(($(date +%s) - step_begin))
  if [ -t 1 ]; then printf '\r'; fi
  if [ "$step_status" -eq 0 ]; then
    printf '  %s: done, %s s\n' "$step_label" "$step_took"
  else
    printf '  %s: failed with status %s after %s s\n' "$step_label" "$step_status" "$step_took"
    tail -n 25 "$step_log" | sed 's/^/    /'
  fi
  return "$step_status"
}
