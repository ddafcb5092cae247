#!/bin/bash
# The tests of the Rust core, and those in its documentation.
set -u
cd "$(dirname "$0")/../.." || exit
status=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if cargo nextest --version >/dev/null 2>&1; then
  cargo nextest run --locked --no-fail-fast --no-tests=pass >> "$log" 2>&1 || status=1
  cargo test --locked --doc --no-fail-fast >> "$log" 2>&1 || status=1
else
  cargo test --locked --no-fail-fast >> "$log" 2>&1 || status=1
fi
cat "$log"
# nextest:    Summary [ 1.2s] 30 tests run: 29 passed (1 slow), 1 failed, 2 skipped
# cargo test: test result: ok. 3 passed; 0 failed; 1 ignored; …
awk '
  function before(word) { return match($0, "[0-9]+ " word) ? substr($0, RSTART, RLENGTH) + 0 : 0 }
  /^ *Summary \[/   { p += before("passed"); f += before("failed") + before("timed out"); s += before("skipped") }
  /^test result: / { p += before("passed"); f += before("failed"); s += before("ignored") }
  END { printf "%d passed, %d failed, %d skipped\n", p, f, s }' "$log"
exit $status
