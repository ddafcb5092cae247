#!/bin/bash
# What is generated is up to date; headers, exports, bindings and their documentation agree.
set -u
cd "$(dirname "$0")/../.." || exit
cargo run --quiet --locked --manifest-path tools/gen/Cargo.toml --target-dir target/gen -- \
  check --root . --lib build/lib/libscic.so --lib build/lib/libscic.a --prefix build/prefix
