#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes ./configure from a fresh checkout. Run once; `make` keeps it fresh after.
set -eu
cd "$(dirname "$0")"
exec autoreconf --install --force
