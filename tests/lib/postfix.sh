# SPDX-License-Identifier: MIT
# A private Postfix on 127.0.0.1 for tests and the demo: its own configuration,
# queue and mailboxes below one temporary folder, beside an installed Postfix and
# without touching it. To be sourced by bash:
#
#   . tests/lib/postfix.sh
#   postfix_reason || exit 77            # why it cannot be had here, if it cannot
#   dir=$(mktemp -d); trap 'postfix_stop "$dir"; rm -rf "$dir"' EXIT
#   postfix_start "$dir" unix:$dir/milter.sock threads@example.org ana@example.org
#                                                    # sets POSTFIX_PORT
#   postfix_user "$dir" ana@example.org secret       # who may log in
#   postfix_send -u ana@example.org:secret ana@example.org threads@example.org < mail.eml
#   postfix_wait "$dir" threads@example.org 1 10     # a mail within 10 s
#   ls "$(postfix_maildir "$dir" threads@example.org)/new"
#
# Each address that is named at the start has a Maildir of its own, all others of
# every domain share one, so no mail leaves the machine. The folder becomes passable (mode 711): Postfix's user must reach its
# queue and the milter's socket, which that user must be able to open (mode 666
# within the folder, or group postfix).

# Installs what is missing. Returns 1 with a reason on standard error where that is
# not possible, or where it would remove another MTA.
postfix_install() {
  local missing=() package other
  for package in postfix sasl2-bin libsasl2-modules curl; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' \
      || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  other=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package} ${Provides}\n' 2>/dev/null \
            | awk '$1 == "ii" && $2 != "postfix" && / mail-transport-agent/ {print $2; exit}')
  if [ -n "$other" ]; then
    echo "postfix: $other is installed and Postfix would remove it" >&2
    return 1
  fi
  if [ "$(id -u)" != 0 ]; then
    echo "postfix: not root, so ${missing[*]} cannot be installed" >&2
    return 1
  fi
  # Without an answer the package would ask what kind of site this is.
  echo 'postfix postfix/main_mailer_type select No configuration' | debconf-set-selections \
    2>/dev/null || true
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" \
    > /dev/null || { echo "postfix: apt-get could not install ${missing[*]}" >&2; return 1; }
}

# Returns 0 when a private Postfix can be had; else prints why not on standard output.
postfix_reason() {
  if [ "$(id -u)" != 0 ]; then echo "a private Postfix needs root"; return 1; fi
  PATH=$PATH:/usr/sbin:/sbin
  local tool
  for tool in postfix postconf saslpasswd2 curl; do
    command -v "$tool" > /dev/null || { echo "$tool is not installed"; return 1; }
  done
}

postfix_port_busy() { (exec 3<> "/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# A port on which nobody answers now.
postfix_free_port() {
  local port
  while port=$((20000 + RANDOM % 12000)); postfix_port_busy "$port"; do :; done
  echo "$port"
}

postfix_write_config() { # DIR PORT MILTER
  local dir=$1 port=$2 milter=$3 postfix_uid
  postfix_uid=$(id -u postfix)
  mkdir -p "$dir/etc/sasl" "$dir/queue" "$dir/data" "$dir/log" "$dir/mail"
  chmod 711 "$dir"
  chown postfix:root "$dir/data"
  chmod 700 "$dir/data"
  chown postfix "$dir/mail"
  cat > "$dir/etc/main.cf" <<CONF
compatibility_level = 3.6
queue_directory = $dir/queue
data_directory = $dir/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
shlib_directory = /usr/lib/postfix
mail_owner = postfix
setgid_group = postdrop
maillog_file = $dir/log/mail.log
maillog_file_prefixes = $dir/log
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.example.org
mydestination =
mynetworks = 127.0.0.0/8
disable_dns_lookups = yes
smtpd_peername_lookup = no
biff = no
alias_maps =
alias_database =
local_recipient_maps =
in_flow_delay = 0
smtpd_client_connection_count_limit = 0
header_size_limit = 1000000
message_size_limit = 60000000
mailbox_size_limit = 0
virtual_mailbox_limit = 0
smtpd_forbid_bare_newline = normalize
smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject
recipient_delimiter = +
virtual_mailbox_domains = regexp:{ { /./ ok } }
virtual_mailbox_maps = texthash:$dir/etc/mailboxes, static:other/
virtual_mailbox_base = $dir/mail
virtual_uid_maps = static:$postfix_uid
virtual_gid_maps = static:$(id -g postfix)
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = cyrus
smtpd_sasl_local_domain = example.org
smtpd_tls_auth_only = no
smtpd_milters = $milter
non_smtpd_milters =
milter_protocol = 6
milter_default_action = tempfail
CONF
  cat > "$dir/etc/sasl/smtpd.conf" <<CONF
pwcheck_method: auxprop
auxprop_plugin: sasldb
mech_list: PLAIN LOGIN
sasldb_path: $dir/sasldb2
CONF
  cat > "$dir/etc/master.cf" <<CONF
127.0.0.1:$port inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
CONF
}

# postfix_start DIR MILTER ADDRESS…: DIR absolute; MILTER as in main.cf, "" for none.
# Sets POSTFIX_PORT. Returns 1 with the reason on standard error.
postfix_start() {
  local dir=$1 milter=$2 try address
  shift 2
  PATH=$PATH:/usr/sbin:/sbin
  mkdir -p "$dir/etc"
  for address; do echo "$address ${address#*@}/${address%@*}/"; done > "$dir/etc/mailboxes"
  for try in 1 2 3; do
    POSTFIX_PORT=$(postfix_free_port)
    postfix_write_config "$dir" "$POSTFIX_PORT" "$milter"
    postfix -c "$dir/etc" start > "$dir/log/start.log" 2>&1 || continue
    for _ in $(seq 50); do
      postfix_port_busy "$POSTFIX_PORT" && return 0
      sleep 0.1
    done
    postfix_stop "$dir"
  done
  echo "postfix: does not start:" >&2
  tail -3 "$dir/log/start.log" "$dir/log/mail.log" >&2 2>/dev/null
  return 1
}

# postfix_setting DIR NAME=VALUE…: change main.cf and reload.
postfix_setting() {
  local dir=$1
  shift
  postconf -c "$dir/etc" -e "$@" && postfix -c "$dir/etc" reload > /dev/null 2>&1
}

# Ends Postfix; no error where none runs. Safe in a trap.
postfix_stop() {
  local dir=$1 pid
  [ -f "$dir/queue/pid/master.pid" ] || return 0
  pid=$(tr -cd 0-9 < "$dir/queue/pid/master.pid")
  postfix -c "$dir/etc" stop > /dev/null 2>&1 || true
  for _ in $(seq 50); do
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
  done
  kill -9 "$pid" 2>/dev/null || true
  rm -f "$dir/queue/pid/master.pid"
}

# postfix_user DIR ADDRESS PASSWORD: may log in with that password from now on.
postfix_user() {
  local dir=$1 user=${2%@*} domain=${2#*@}
  printf '%s' "$3" | saslpasswd2 -p -c -f "$dir/sasldb2" -u "$domain" "$user" || return 1
  chown postfix "$dir/sasldb2"
  chmod 600 "$dir/sasldb2"
}

# postfix_send [-u ADDRESS:PASSWORD] SENDER RCPT… < MAIL: one mail, line ends LF or
# CRLF. Returns curl's status: 0 after 250. The server's last answer is in
# POSTFIX_ANSWER, as "250 2.0.0 Ok: queued as …".
postfix_send() {
  local login=() rcpts=() sender trace status=0 mail
  if [ "$1" = -u ]; then login=(--user "$2" --login-options AUTH=PLAIN); shift 2; fi
  sender=$1
  shift
  for _; do rcpts+=(--mail-rcpt "$_"); done
  mail=$(mktemp) trace=$(mktemp)
  sed 's/\r$//; s/$/\r/' > "$mail"
  curl --silent --show-error --verbose --max-time 60 "smtp://127.0.0.1:$POSTFIX_PORT/client.example.org" \
    --mail-from "$sender" "${rcpts[@]}" "${login[@]}" --upload-file "$mail" > "$trace" 2>&1 || status=$?
  POSTFIX_ANSWER=$(tr -d '\r' < "$trace" | sed -n 's/^< \([245][0-9][0-9] .*\)/\1/p' \
                     | grep -v '^221 ' | tail -1)
  rm -f "$mail" "$trace"
  return "$status"
}

# The Maildir of an address; without one, of all that were not named at the start.
postfix_maildir() {
  if [ $# = 1 ]; then echo "$1/mail/other"; else echo "$1/mail/${2#*@}/${2%@*}"; fi
}

# postfix_wait DIR ADDRESS COUNT SECONDS: until so many mails are there.
postfix_wait() {
  local box
  box=$(postfix_maildir "$1" "$2")/new
  for _ in $(seq $(($4 * 10))); do
    [ "$(find "$box" -type f 2>/dev/null | wc -l)" -ge "$3" ] && return 0
    sleep 0.1
  done
  return 1
}
