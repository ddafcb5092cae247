#!/bin/sh
# usage: install.sh
# Provides what `make test` and `make demo` need beyond Rust and a C compiler: what is missing is installed
# where that is possible, and named where it is not. Ends with 0 either way: the tests say what they skip.
# Says what it does before it does it. SCIC_NO_INSTALL=1 only names what is missing.
set -u
deps_name=deps
cd "$(dirname "$0")" || exit 1
. ./lib.sh

there() { # there REQUIREMENT
  case $1 in
    eigen) [ -d /usr/include/eigen3 ] || [ -d /usr/local/include/eigen3 ] || pkg-config --exists eigen3 2>/dev/null ;;
    pip) python3 -c 'import pip' 2>/dev/null ;;
    cc) have cc || have gcc || have clang ;;
    c++) have c++ || have g++ || have clang++ ;;
    *) have "$1" ;;
  esac
}

# requirement, Debian package, what is lost without it
requirements() {
  cat <<'T'
make        make            "make test" (tools/test.sh does the same)
cc          gcc             everything
cmake       cmake           everything but the Rust tests
c++         g++             the C++ tests
ninja       ninja-build     nothing: make is used, which is slower
pkg-config  pkg-config      the Go tests and the pkg-config consumers
eigen       libeigen3-dev   the C++ tests with Eigen
valgrind    valgrind        the memory checks of the C tests
T
  # only for fetching Go
  ./install-go.sh --check || echo "pip python3-pip the Go tests, where there is no Go"
}
missing() { requirements | while read -r name package lost; do there "$name" || echo "$name $package $lost"; done; }

MISSING=$(missing)
if [ -n "$MISSING" ] && [ -z "${SCIC_NO_INSTALL:-}" ]; then
  PACKAGES=$(echo "$MISSING" | cut -d' ' -f2 | tr '\n' ' ')
  if APT=$(apt_runner); then
    log "installing with apt-get: $PACKAGES"
    # shellcheck disable=SC2086 # lists of words
    DEBIAN_FRONTEND=noninteractive $APT $apt_options update -qq </dev/null >/dev/null
    for set in "$PACKAGES" $PACKAGES; do # one by one only if together fails: one unknown name spoils the lot
      # shellcheck disable=SC2086
      DEBIAN_FRONTEND=noninteractive $APT $apt_options install -y -qq --no-install-recommends $set \
        </dev/null >/dev/null && [ "$set" = "$PACKAGES" ] && break
    done
    MISSING=$(missing)
  else
    log "cannot install packages here (no apt-get, or neither root nor sudo)"
  fi
fi
if [ -z "${SCIC_NO_INSTALL:-}" ]; then
  ./install-go.sh || log "Go was not installed ($?)"
  ./install-julia.sh || log "Julia was not installed ($?)"
fi
[ -z "$MISSING" ] || echo "$MISSING" | while read -r name _ lost; do log "missing: $name; without it goes: $lost"; done
have cargo || log "missing: cargo (Rust); without it goes: everything"
./install-go.sh --check || log "missing: go 1.24 or later; without it goes: the Go tests"
./install-julia.sh --check || log "missing: julia 1.5 or later; without it goes: the Julia tests"
exit 0
