#!/bin/bash
# usage: stage.sh library|tests
# library  configures build/, builds the library (into target/, once for everything) and installs it afresh
#          into build/prefix, which the bindings' tests, the consumers, the examples and the benchmarks use
# tests    builds the C and C++ test programs, as many as can be built
set -eu
cd "$(dirname "$0")/.."
. tools/deps/lib.sh

case ${1:-library} in
  library)
    generator=()
    if [ ! -f build/CMakeCache.txt ] && have ninja; then generator=(-G Ninja); fi
    cmake -S . -B build "${generator[@]}" -DSCIC_CARGO_TARGET_DIR="$PWD/target" -DSCIC_BUILD_TESTS=ON
    cmake --build build --target scic_build
    rm -rf build/prefix
    cmake --install build --prefix build/prefix
    ;;
  tests)
    keep_going=-k
    if grep -q '^CMAKE_GENERATOR:INTERNAL=Ninja' build/CMakeCache.txt; then keep_going=-k0; fi
    cmake --build build --target scic_tests --parallel "$(nproc)" -- $keep_going
    ;;
  *) echo "usage: stage.sh library|tests" >&2; exit 2 ;;
esac
