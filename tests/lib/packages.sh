# SPDX-License-Identifier: MIT
# packages.sh: what Heddle wants of a Debian 12, in one place. Sourced by sh, after
# say.sh.

# To build.
packages_build="autoconf automake gcc make pkg-config libc6-dev
  libglib2.0-dev libgmime-3.0-dev libsqlite3-dev libical-dev libmilter-dev
  libxml2-dev libicu-dev libpsl-dev libcurl4-openssl-dev libzstd-dev
  libjson-glib-dev libseccomp-dev"
# To run the main job for real: an MTA with SASL, a mail client, a reader of JSON.
packages_mta="postfix sasl2-bin libsasl2-modules libsasl2-modules-db curl jq"
# To run every test: what notmuch finds, checks of JSON Schemas and invites by others, valgrind, and
# what `make distcheck` packs with.
packages_test="notmuch python3 python3-jsonschema python3-vobject valgrind xz-utils"
# To render exported pages; where it cannot be had, that one test is skipped.
packages_browser="chromium fonts-dejavu-core"

# packages_missing NAME…: those that are not installed.
packages_missing () {
  for packages_name in "$@"; do
    case $(dpkg-query -W -f '${Status}' "$packages_name" 2> /dev/null) in
      "install ok installed") ;;
      *) printf '%s ' "$packages_name" ;;
    esac
  done
}

# packages_root COMMAND…: as root; fails when we are not and have no sudo.
packages_root () {
  if [ "$(id -u)" -eq 0 ]; then "$@"
  elif command -v sudo > /dev/null; then sudo "$@"
  else return 1
  fi
}

# packages_may_be_root: true when packages_root would work without a question, or
# somebody is there to answer it.
packages_may_be_root () {
  [ "$(id -u)" -eq 0 ] && return 0
  command -v sudo > /dev/null || return 1
  sudo -n true 2> /dev/null || { [ -t 0 ] && sudo -v; }
}

# packages_other_mta: names the installed packages that installing Postfix would
# remove; nothing when there are none.
packages_other_mta () {
  [ -z "$(packages_missing postfix)" ] && return 0
  LC_ALL=C apt-get install -s --no-install-recommends postfix 2> /dev/null < /dev/null |
    sed -n 's/^Remv \([^ ]*\).*/\1/p' | tr '\n' ' '
}

# packages_install LOG NAME…: install what is missing of NAME…; does nothing, and
# needs no root, when nothing is. Postfix comes without a configuration, so that
# the system gets no mail server that it did not have: ours has its own.
packages_install () {
  packages_log=$1
  shift
  packages_list=$(packages_missing "$@")
  [ -n "$packages_list" ] || return 0
  command -v apt-get > /dev/null ||
    die "these Debian packages are missing, and there is no apt-get to install them: $packages_list" 69
  packages_may_be_root ||
    die "these packages are missing, and only root can install them: $packages_list" 69
  step "apt-get update" "$packages_log" packages_root apt-get -q update ||
    die "apt-get cannot read its package lists; is the network there?" 69
  case " $packages_list" in
    *" postfix "*)
      packages_conflict=$(packages_other_mta)
      [ -z "$packages_conflict" ] ||
        die "installing postfix would remove the mail server that is here ($packages_conflict): not done; remove it yourself, or run on another machine" 69
      echo "postfix postfix/main_mailer_type select No configuration" |
        packages_root debconf-set-selections || die "debconf-set-selections failed" 69
      ;;
  esac
  # shellcheck disable=SC2086  # a list of words
  step "installing $(echo $packages_list | wc -w) packages" "$packages_log" \
    packages_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -y --no-install-recommends --no-remove install $packages_list ||
    die "apt-get could not install: $packages_list" 69
}
