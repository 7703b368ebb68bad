# SPDX-License-Identifier: MIT
# build.sh: the build in DIR, made or brought up to date. Sourced by sh, after
# say.sh. The working directory is the top of the source tree.

# build_in DIR LOG CONFIGURE-OPTION…
build_in () {
  build_dir=$1 build_log=$2
  shift 2
  if [ ! -x configure ]; then
    step "autogen.sh" "$build_log" ./autogen.sh || return 1
  fi
  mkdir -p "$build_dir"
  if [ ! -f "$build_dir/Makefile" ]; then
    step "configure in $build_dir/" "$build_log" build_configure "$build_dir" "$@" || return 1
  fi
  step "make in $build_dir/" "$build_log" make -C "$build_dir" -j"$(nproc)"
}

build_configure () {
  cd "$1" || return 1
  shift
  ../configure "$@"
}
