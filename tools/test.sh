#!/bin/bash
# usage: test.sh [SUITE...]
# Runs the test suites (all of them, in the order below), goes on after a failing one, and closes with the
# counts of every suite and one line `N passed, N failed, N skipped`. Fails if anything failed.
# What a suite printed is in build/logs/; a suite is a script in tools/test/ that ends with such a line, or
# exits with 77 and says why it cannot run here. SCIC_SUITE_TIMEOUT (seconds, 1800) ends one that hangs.
set -u
cd "$(dirname "$0")/.." || exit
. tools/deps/lib.sh
logs=build/logs
mkdir -p "$logs"
export CARGO_TERM_COLOR=never NO_COLOR=1 TERM=dumb # logs are read as text
total_passed=0 total_failed=0 total_skipped=0
declare -a summaries=()

has() { compgen -G "$1" > /dev/null; } # has GLOB

# The command of each suite.
command_of() {
  case $1 in
    lint | rust | julia | go | honesty | examples) echo "tools/test/$1.sh" ;;
    library | tests) echo "tools/stage.sh $1" ;;
    c | c-static | c-asan | c-valgrind | cpp | headers) echo "tools/test/ctest.sh $1" ;;
    consumers) echo "ctests/consumer/run.sh build/prefix build/consumers" ;;
    *) return 1 ;;
  esac
}
# Why a suite cannot run here; nothing if it can.
obstacle() {
  case $1 in
    lint | rust | library) ;;
    *) [ -z "$no_library" ] || { echo "$no_library"; return; } ;;
  esac
  case $1 in
    library) have cmake || echo "cmake missing" ;;
    c-valgrind) have valgrind || echo "valgrind missing" ;;
    cpp) have c++ || have g++ || have clang++ || echo "C++ compiler missing" ;;
    julia) has 'bindings/julia/SciC/test/runtests.jl' || echo "there is no Julia binding" ;;
    go) has 'bindings/go/go.mod' || echo "there is no Go binding" ;;
    honesty) has 'tools/gen/Cargo.toml' || echo "there is no generator" ;;
  esac
}

report() { # report SUITE PASSED FAILED SKIPPED SECONDS [NOTE]
  local line
  total_passed=$((total_passed + $2)) total_failed=$((total_failed + $3)) total_skipped=$((total_skipped + $4))
  line=$(printf '%-11s %5d passed, %d failed' "$1" "$2" "$3")
  [ "$4" = 0 ] || line+=", $4 skipped"
  line+="  ($5 s)${6:+  $6}"
  summaries+=("$line")
  echo "$line"
}

run() { # run SUITE
  local suite=$1 log=$logs/$1.log why status start=$SECONDS p=0 f=0 s=0 count
  local -a command
  read -ra command <<< "$(command_of "$suite")"
  why=$(obstacle "$suite")
  if [ -n "$why" ]; then
    [ "$suite" != library ] || no_library="the library was not built: $why"
    report "$suite" 0 0 1 0 "skipped: $why"
    return
  fi
  SCIC_CARGO_TARGET_DIR=$PWD/target timeout -k 30 "${SCIC_SUITE_TIMEOUT:-1800}" "${command[@]}" > "$log" 2>&1 < /dev/null
  status=$?
  if [ $status = 77 ]; then
    report "$suite" 0 0 1 $((SECONDS - start)) "$(tail -n 1 "$log")"
    return
  fi
  count=$(grep -E '[0-9]+ passed, [0-9]+ failed(, [0-9]+ skipped)?$' "$log" | tail -n 1)
  if [[ $count =~ ([0-9]+)\ passed,\ ([0-9]+)\ failed(,\ ([0-9]+)\ skipped)?$ ]]; then
    p=${BASH_REMATCH[1]} f=${BASH_REMATCH[2]} s=${BASH_REMATCH[4]:-0}
  fi
  if [ $status != 0 ] && [ "$f" = 0 ]; then # it did not get as far as counting
    f=1
  elif [ "$suite" != library ] && [ "$suite" != tests ] && [ $((p + f + s)) = 0 ]; then # these two only build
    f=1
    echo "the suite ran no test" >> "$log"
  fi
  if [ "$f" != 0 ]; then
    echo "---- $suite failed; the end of $log:"
    grep -nE '\bFAIL(ED)?\b|\*\*\*|^error|^ERROR|Test Failed|panicked at' "$log" | head -n 25
    echo "----"
    tail -n 40 "$log"
    echo "----"
    [ "$suite" != library ] || no_library="the library was not built"
  fi
  report "$suite" "$p" "$f" "$s" $((SECONDS - start)) "$([ $status != 124 ] || echo timeout)"
}

no_library=
if [ $# = 0 ]; then
  suites=(lint library tests rust c c-static c-asan c-valgrind headers cpp julia go consumers examples honesty)
else
  for suite in "$@"; do command_of "$suite" > /dev/null || { echo "test.sh: no suite $suite" >&2; exit 2; }; done
  suites=("$@")
fi
echo "SciC: tests ($(uname -sm), $(nproc) processors)"
for suite in "${suites[@]}"; do run "$suite"; done

echo
printf '%s\n' "${summaries[@]}"
echo "$total_passed passed, $total_failed failed$([ $total_skipped = 0 ] || echo ", $total_skipped skipped")"
[ $total_failed = 0 ]
