# shellcheck shell=bash
# Sourced by suites that are a list of commands: a line per check, and the count that tools/test.sh reads.
passed=0 failed=0 skipped=0
check_log=$(mktemp)

check() { # check NAME COMMAND...
  local name=$1
  shift
  if "$@" > "$check_log" 2>&1; then
    passed=$((passed + 1))
    echo "ok $name"
  else
    failed=$((failed + 1))
    echo "FAIL $name"
    tail -n 40 "$check_log" | sed 's/^/    /'
  fi
}
skip() { # skip NAME WHY
  skipped=$((skipped + 1))
  echo "skip $1: $2"
}
finish() { # finish [LABEL]: the closing line; its status is the suite's
  rm -f "$check_log"
  echo "${1:+$1: }$passed passed, $failed failed$([ $skipped = 0 ] || echo ", $skipped skipped")"
  [ "$failed" = 0 ]
}
