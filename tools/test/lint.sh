#!/bin/bash
# Formatting, warnings, and notices of what is linked.
set -u
cd "$(dirname "$0")/../.." || exit
. tools/test/checks.sh

# Every crate that is linked into the library has its notice.
noticed() {
  local crates missing=0
  crates=$(cargo tree --locked -e normal --prefix none --format '{p}' | sed 's/ .*//' | sort -u) || return
  for crate in $crates; do
    [ "$crate" = scic ] || grep -q "^| $crate |" THIRD-PARTY-NOTICES.md || { echo "$crate is not in THIRD-PARTY-NOTICES.md"; missing=1; }
  done
  return $missing
}

if cargo fmt --version >/dev/null 2>&1; then
  for manifest in Cargo.toml tools/*/Cargo.toml; do
    [ ! -f "$manifest" ] || check "cargo fmt, $manifest" cargo fmt --manifest-path "$manifest" --check
  done
else
  skip "cargo fmt" "rustfmt missing"
fi
if cargo clippy --version >/dev/null 2>&1; then
  check "cargo clippy" cargo clippy --locked --all-targets --quiet -- -D warnings
  check "cargo clippy, tools/gen" cargo clippy --manifest-path tools/gen/Cargo.toml --target-dir target/gen --locked --all-targets --quiet -- -D warnings
else
  skip "cargo clippy" "clippy missing"
fi
check "third-party notices" noticed
finish
