#!/bin/bash
# usage: ctest.sh LABEL
# Runs the CTest programs of a label and counts the tests inside them: a program's own `N passed, M failed`
# if it prints one, else the program.
set -u
cd "$(dirname "$0")/../.." || exit
label=$1
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ctest --test-dir build -N -L "^$label\$" | grep -q '^Total Tests: 0$'; then
  echo "skipped: no tests of this kind are built here"
  exit 77
fi
ctest --test-dir build -V -L "^$label\$" -j "$(nproc)" > "$log" 2>&1
status=$?
cat "$log"
# Output of test 7 stands in lines "7: text"; its end is ` 3/12 Test  #7: name ....   Passed    0.01 sec`,
# with ***Failed, ***Timeout, ***Skipped, ***Not Run, ***Exception: … instead of Passed.
awk '
  /^[0-9]+: ([a-z]+: )?[0-9]+ passed, [0-9]+ failed/ {
    id = $1 + 0
    match($0, /[0-9]+ passed/); own_p[id] = substr($0, RSTART, RLENGTH) + 0
    match($0, /[0-9]+ failed/); own_f[id] = substr($0, RSTART, RLENGTH) + 0
    own_s[id] = match($0, /[0-9]+ skipped/) ? substr($0, RSTART, RLENGTH) + 0 : 0
    own[id] = 1
  }
  /^ *[0-9]+\/[0-9]+ Test +#[0-9]+: / {
    match($0, /#[0-9]+/); id = substr($0, RSTART + 1, RLENGTH - 1) + 0
    if ($0 ~ /\*\*\*Skipped/) { s++; next }
    ok = $0 !~ /\*\*\*/ && $0 ~ / Passed /
    if (!own[id]) { if (ok) p++; else f++; next }
    p += own_p[id]; f += own_f[id]; s += own_s[id]
    if (!ok && own_f[id] == 0) f++   # it crashed, or a checker found something
  }
  END { printf "%d passed, %d failed, %d skipped\n", p, f, s }' "$log"
exit $status
